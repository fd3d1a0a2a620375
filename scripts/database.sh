# shellcheck shell=bash
# A PostgreSQL for as long as a command runs: the one by which queries are prepared and the one of the tests. Sourced after
# setup.sh.

# memory_or_disk: where a database that is thrown away is made, in memory if there is plenty, else where temporary files go.
# Each test's database is a thousand small files that come and go within a second, which a file system on a disk takes more
# time for than PostgreSQL for everything else: an inode that was just freed is not given out again at once, and each new one
# has to look past all of those.
memory_or_disk() {
    local memory=/dev/shm enough=$((6 << 20)) free available
    free=$(df --output=avail -k "$memory" 2>/dev/null | tail -n 1) || true
    available=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo 2>/dev/null) || true
    if [[ -w $memory ]] && ((${free:-0} >= enough && ${available:-0} >= enough)); then
        echo "$memory"
    else
        echo "${TMPDIR:-/tmp}"
    fi
}

# with_database FOLDER COMMAND…: runs the command with DATABASE_URL, and leaves postgres.log in FOLDER, where the database's
# account must be able to write. In a process of its own, at whose end the database is stopped, whatever the end.
#
# What the planner knows of its tables depends on nothing but the migrations: whether a column of a query may be null is
# read from the plan, which would follow from what autovacuum came across. No plan is compiled, as on no connection of the
# portal's (src/server/db/connections.rs). Settings and locale are otherwise those of the
# portal's own (src/server/db/private).
with_database() (
    folder=$1
    shift
    programs=$(postgresql_folder) || die "PostgreSQL $OLDEST_POSTGRESQL or newer is missing."
    as_owner=()
    if ((EUID == 0)); then as_owner=(runuser -u "$(database_account)" --); fi
    pg_ctl() { (cd / && "${as_owner[@]}" "$programs/pg_ctl" -D "$folder/data" "$@" >/dev/null); }

    (cd / && "${as_owner[@]}" "$programs/initdb" -D "$folder/data" -U linka -A trust -E UTF8 --locale=C.UTF-8 --no-sync) \
        >/dev/null || die "there is no database: initdb failed."
    trap 'pg_ctl -m immediate stop 2>/dev/null; rm -rf "$folder/data"' EXIT
    pg_ctl -l "$folder/postgres.log" -w start -o "\
        -c listen_addresses='' -c unix_socket_directories='$folder' -c unix_socket_permissions=0700 \
        -c autovacuum=off -c jit=off -c timezone=UTC -c max_connections=200 -c log_lock_waits=on" || die "the database does not start."
    DATABASE_URL="postgres://linka@localhost/postgres?host=$folder" "$@"
)
