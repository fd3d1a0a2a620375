# shellcheck shell=bash
# Words and ground that ./run and ./test share. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit

# The same for every cargo, so that cargo, cargo-leptos and the tests share what they built; and the build
# directory where the README says it is, whatever this account is used to.
export CARGO_TARGET_DIR="$root/target"
# What the browser gets is built beside it, where cargo-leptos does so: the two need not wait for each other.
readonly FRONT_TARGET_DIR="$root/target/front"
export LEPTOS_OUTPUT_NAME=linka
export SQLX_OFFLINE=true

say() { printf '%s\n' "$*"; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# duration SECONDS: "1 min 5 s"
duration() {
    if (($1 >= 60)); then
        printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
    else
        printf '%d s' "$1"
    fi
}

# A build must not ask a database that happens to be configured.
build() { env -u DATABASE_URL "$@"; }
