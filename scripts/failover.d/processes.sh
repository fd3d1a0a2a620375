# shellcheck shell=bash
# Processes of a script, by names of its own, with logs in $folder; what is ended is ended by its number. Sourced after setup.sh.

declare -A process=()

# begin NAME COMMAND…: in the background, with a log of its own.
begin() {
    local name=$1
    shift
    "$@" >>"$folder/$name.log" 2>&1 </dev/null &
    process[$name]=$!
}

is_running() { [[ -n ${process[$1]:-} ]] && kill -0 "${process[$1]}" 2>/dev/null; }

# end NAME SIGNAL: and waits for it.
end() {
    is_running "$1" || return 0
    kill "-$2" "${process[$1]}" 2>/dev/null || true
    wait "${process[$1]}" 2>/dev/null || true
    unset "process[$1]"
}

# within SECONDS WHAT COMMAND…: asks until it succeeds.
within() {
    local seconds=$1 what=$2 last
    shift 2
    last=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < last)) || die "$what: not within $seconds s; see $folder"
        sleep 0.2
    done
}

end_all() {
    local name
    for name in "${!process[@]}"; do end "$name" TERM; done
}

# set_up_load COMMAND…: brings what is missing of them, and sets what stands around the processes.
set_up_load() {
    local missing=() command
    local -A brings=([etcd]=etcd-server [haproxy]=haproxy [pgbouncer]=pgbouncer [patroni]=patroni [psql]=postgresql [curl]=curl
        [python3]=python3 [ip]=iproute2)
    PATH="$PATH:/usr/sbin:/sbin"
    for command in "$@"; do have "$command" || missing+=("${brings[$command]}"); done
    ((${#missing[@]} == 0)) || bring run "${missing[@]}"
    postgresql=$(postgresql_folder) || die "PostgreSQL $OLDEST_POSTGRESQL or newer is missing."
    account=$(if ((EUID == 0)); then database_account; else id -un; fi)
}
