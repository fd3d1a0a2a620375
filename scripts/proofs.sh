# shellcheck shell=bash
# Each tool proves on something tiny that it works, before anything that takes long relies on it: that a program is there
# tells little, as a linker that was a link to nothing has taught us. Sourced by setup.sh.
#
# A proof is remembered until the program changes, so that it costs nothing when nothing did.

# prove TOOL REMEDY PROGRAM…: runs proof_of_TOOL in an empty folder. REMEDY is what to do if that fails, PROGRAM… the files
# that matter: their paths, sizes and dates tell whether it was these that proved themselves.
prove() {
    local tool=$1 remedy=$2 seen mark folder status=0
    shift 2
    seen=$(stat -L -c '%n %s %Y' "$@" 2>&1 | cksum) || true
    mark="$tools/proven/$tool-${seen%% *}"
    [[ ! -e $mark ]] || return 0

    # Open to a database's account, too.
    folder=$(mktemp -d "${TMPDIR:-/tmp}/linka-proof.XXXXXX")
    chmod 755 "$folder"
    # In the background because set -e would not hold in it after `if` or before `||`.
    (cd "$folder" && "proof_of_$tool") >"$folder/log" 2>&1 </dev/null &
    wait $! || status=$?
    if ((status != 0)); then
        tail -n 10 "$folder/log" >&2
        rm -rf "$folder"
        die "$tool does not work here, see above. Remedy: $remedy"
    fi
    rm -rf "$folder"
    mkdir -p "$tools/proven"
    : >"$mark"
}

where() { command -v "$1" || echo "$1"; }

proof_of_cc() {
    echo 'int main(void) { return 0; }' >proof.c
    cc -o proof proof.c
    ./proof
}

# A cluster can be made, and has the extension that keeps bookings apart.
proof_of_postgresql() {
    local as_owner=()
    mkdir data
    if ((EUID == 0)); then
        as_owner=(runuser -u "$(database_account)" --)
        chown "$(database_account)" data
    fi
    "${as_owner[@]}" "$postgresql/initdb" -D data -U linka -A trust -E UTF8 --locale=C --no-sync
    "${as_owner[@]}" "$postgresql/postgres" --single -D "$PWD/data" -c exit_on_error=on postgres <<<'create extension btree_gist'
}

proof_of_rust() {
    echo 'fn main() {}' >proof.rs
    "$rust/bin/rustc" proof.rs
    ./proof
}

# A browser's crate of three lines: with the standard library, compiled and linked.
proof_of_rust_for_the_browser() {
    cat >proof.rs <<'END'
#[unsafe(no_mangle)]
pub extern "C" fn proof(n: u32) -> usize {
    format!("proof {n}").len()
}
END
    "$rust/bin/rustc" --target "$WASM" --crate-type cdylib --edition 2024 proof.rs
    [[ -s proof.wasm ]]
}

proof_of_clippy() {
    echo 'fn main() { if [1].len() == 0 {} }' >proof.rs
    "$rust/bin/clippy-driver" --sysroot "$rust" proof.rs -W clippy::all 2>complaints
    grep -q len_zero complaints
}

proof_of_rustfmt() {
    [[ $("$rust/bin/rustfmt" <<<'fn  main( ){}') == 'fn main() {}' ]]
}

proof_of_sass() {
    # shellcheck disable=SC2016 # a variable of Sass's
    [[ $(sass --stdin --style=compressed <<<'$a: 1px; p { margin: $a }') == 'p{margin:1px}' ]]
}

proof_of_wasm_opt() {
    proof_of_rust_for_the_browser
    wasm-opt -Oz --enable-bulk-memory --enable-nontrapping-float-to-int proof.wasm -o smaller.wasm # as cargo-leptos does
    [[ -s smaller.wasm ]]
}

# The same with the crate of that name, as the program takes nothing else.
proof_of_wasm_bindgen() {
    mkdir src
    cat >src/lib.rs <<'END'
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn proof(n: u32) -> String {
    format!("proof {n}")
}
END
    cat >Cargo.toml <<END
[package]
name = "proof"
version = "0.0.0"
edition = "2024"
[lib]
crate-type = ["cdylib"]
[dependencies]
wasm-bindgen = "=$(cd "$root" && locked_version wasm-bindgen)"
END
    CARGO_TARGET_DIR="$PWD/target" CARGO_PROFILE_DEV_DEBUG=0 cargo build --quiet --target "$WASM"
    wasm-bindgen --target web --out-dir out "target/$WASM/debug/proof.wasm"
    [[ -s out/proof_bg.wasm && -s out/proof.js ]]
}

proof_of_typescript() {
    echo 'export const proof: number = 1;' >proof.ts
    tsc --noEmit proof.ts
}

proof_of_chromium() {
    local page
    page=$("$chromium" --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" --dump-dom 'data:text/html,<p>proof')
    [[ $page == *'<p>proof'* ]]
}

proof_of_firefox() {
    echo '<p>proof' >proof.html
    mkdir profile
    HOME=$PWD "$firefox" --headless --profile "$PWD/profile" --screenshot "$PWD/proof.png" "file://$PWD/proof.html"
    [[ -s proof.png ]]
}

proof_of_dovecot() { "$DOVECOT" --version; }

proof_of_xmllint() { xmllint --noout - <<<'<proof/>'; }

# Watches nothing, and knows how it should be told what to watch.
proof_of_prometheus() {
    prometheus --version
    echo 'global: {scrape_interval: 1s}' >proof.yml
    promtool check config proof.yml
}

proof_of_pdftotext() { pdftotext -v; }
