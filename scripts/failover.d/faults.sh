# shellcheck shell=bash
# What may happen to a node, each ended so that the next begins with both of them. Sourced by scripts/failover.

readonly FAULTS=(crash freeze cut standby process switch)

# What stands still, by the numbers of its processes.
frozen=()

# try FAULT: does it, says how long nothing was acknowledged, and mends it.
try() {
    local fault=$1 node began
    node=$(primary) || die "there is no primary before $fault"
    if [[ $fault == cut ]] && ! $networked; then
        say "cut: left out, as only root can give a node a network of its own"
        return
    fi
    began=$(date +%s.%N)
    "fault_$fault" "$node"
    within 60 "bookings after $fault" was_booked_after "$began"
    say "$fault: bookings again after $(since "$began") s"
    sleep 2
    "mend_$fault" "$node"
    within 120 "both nodes after $fault" is_whole
    within 60 "a process of the portal after $fault" is_ready one
    within 60 "a process of the portal after $fault" is_ready two
}

since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN { printf "%.1f", to - from }'; }

# What was under way when the fault began may still have been answered a moment later.
was_booked_after() {
    tail -n 40 "$folder/journal" | awk -F'[:,]' -v after="$1" '/"what": "confirmed"/ && $2 > after + 0.5 { found = 1 } END { exit !found }'
}

# The machine loses its power: PostgreSQL and what watches over it are gone at once.
fault_crash() {
    kill_node "$1"
}
mend_crash() { begin_node "$1"; }

# The machine stands still, as one does whose disk or hypervisor does. Its connections stay open, and it knows of nothing when it goes on.
fault_freeze() {
    local postmaster
    postmaster=$(postmaster_of "$1")
    mapfile -t frozen < <(echo "${process[node-$1]}"; echo "$postmaster"; pgrep -P "$postmaster")
    kill -STOP "${frozen[@]}"
}
mend_freeze() {
    # At first those to whom clients were connected: they may try to go on as if nothing had been.
    local index
    for ((index = ${#frozen[@]} - 1; index >= 0; index -= 1)); do
        kill -CONT "${frozen[$index]}" 2>/dev/null || true
        sleep 0.02
    done
    frozen=()
}
thaw_all() { ((${#frozen[@]} == 0)) || kill -CONT "${frozen[@]}" 2>/dev/null || true; }

# The cable is pulled: nothing comes through, and nobody is told.
fault_cut() { ip link set "linka-$1" down; }
mend_cut() { ip link set "linka-$1" up; }

# The standby is gone: commits wait for it until Patroni takes it off the list.
fault_standby() { kill_node "$(other "$1")"; }
mend_standby() { begin_node "$(other "$1")"; }

# A process of the portal is gone, with all that it was at.
fault_process() { end portal-one KILL; }
mend_process() { begin_portal one; }

# The primary is told to step down, as before it is upgraded.
fault_switch() {
    curl --silent --fail --max-time 30 --output /dev/null --request POST --header 'Content-Type: application/json' \
        --data "{\"leader\": \"$1\", \"candidate\": \"$(other "$1")\"}" "http://${address[$1]}:${API_PORT[$1]}/switchover" ||
        die "the primary does not step down"
}
mend_switch() { :; }

kill_node() {
    local postmaster
    postmaster=$(postmaster_of "$1")
    kill -KILL "${process[node-$1]}" "$postmaster"
    wait "${process[node-$1]}" 2>/dev/null || true
    unset "process[node-$1]"
}
