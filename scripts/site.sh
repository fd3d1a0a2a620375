# shellcheck shell=bash
# What the browser gets, in the build for development. Sourced.

# build_site: target/site, and the hashes of its files beside the program, as `cargo leptos build` leaves them. That does
# no more here than call these four programs, and takes five minutes to be compiled itself, which nobody should wait for
# who wants to see the portal. The optimised site is cargo-leptos's.
build_site() {
    local pkg=target/site/pkg kind hash
    set_up_wasm_bindgen
    build cargo build --lib --no-default-features --features hydrate --target "$WASM" --target-dir "$FRONT_TARGET_DIR" ||
        return
    rm -rf target/site
    mkdir -p "$pkg"
    cp -rT public target/site
    wasm-bindgen --target web --no-typescript --out-name linka --out-dir "$pkg" "$FRONT_TARGET_DIR/$WASM/debug/linka.wasm" ||
        return
    mv "$pkg/linka_bg.wasm" "$pkg/linka.wasm"
    sass --no-source-map style/main.scss "$pkg/linka.css" || return
    for kind in js wasm css; do
        hash=$(sha256sum "$pkg/linka.$kind" | cut -c1-20)
        mv "$pkg/linka.$kind" "$pkg/linka.$hash.$kind"
        echo "$kind: $hash"
    done >target/front/hash.txt
}
