# shellcheck shell=bash
# Two nodes of a database under Patroni with an etcd, two processes of the portal, and HAProxy before both, from the very files of
# docs/deploy/nodes. Sourced by scripts/failover after processes.sh; everything of it stands in $folder, and ends with it.

readonly TEMPLATES=docs/deploy/nodes
readonly PASSWORD=for-this-run-only
readonly PORTAL=127.0.0.1:4700 DATABASE=127.0.0.1:4701 POOLER_PORT=4702 ETCD_PORT=4703
declare -Ar PORTAL_PORT=([one]=4711 [two]=4712) NODE_PORT=([a]=4721 [b]=4722) API_PORT=([a]=4731 [b]=4732)

# Where nodes are reached, and whether each has a network of its own that can be cut.
declare -A address=()
networked=false
hub=127.0.0.1

# fill TEMPLATE FILE NAME=VALUE…: what stands between @ is filled in.
fill() {
    local template=$1 file=$2 filled
    shift 2
    filled=$(<"$TEMPLATES/$template")
    for pair in "$@"; do filled=${filled//"@${pair%%=*}@"/"${pair#*=}"}; done
    [[ ! $filled =~ @[A-Z_]+@ ]] || die "$template: nobody fills in ${BASH_REMATCH[0]}"
    printf '%s\n' "$filled" >"$folder/$file"
}

# What stands before a command that is not root's, which PostgreSQL refuses to be.
not_as_root() { if ((EUID == 0)); then echo setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups; fi; }

# Names a node gets a network of its own, which only root can give: a cable to a bridge of this machine.
make_network() {
    address=([a]=127.0.0.1 [b]=127.0.0.1)
    if ((EUID != 0)) || ! ip netns add linka-a 2>/dev/null; then return; fi
    networked=true
    hub=10.213.77.1
    ip link add linka-hub type bridge
    ip address add "$hub/24" dev linka-hub
    ip link set linka-hub up
    local node last=10
    for node in a b; do
        ((last += 1))
        address[$node]=10.213.77.$last
        [[ $node == a ]] || ip netns add "linka-$node"
        ip link add "linka-$node" type veth peer name inside netns "linka-$node"
        ip link set "linka-$node" master linka-hub up
        ip -n "linka-$node" address add "${address[$node]}/24" dev inside
        ip -n "linka-$node" link set inside up
        ip -n "linka-$node" link set lo up
    done
}

end_network() {
    $networked || return 0
    for node in a b; do ip netns delete "linka-$node" 2>/dev/null || true; done
    ip link delete linka-hub 2>/dev/null || true
}

begin_etcd() {
    local peer="http://127.0.0.1:$((ETCD_PORT + 1))"
    begin etcd etcd --name linka --data-dir "$folder/etcd" --listen-client-urls "http://$hub:$ETCD_PORT" \
        --advertise-client-urls "http://$hub:$ETCD_PORT" --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" \
        --initial-cluster "linka=$peer" --logger zap
    within 20 "etcd" curl --silent --fail --max-time 1 "http://$hub:$ETCD_PORT/health"
}

fill_node() {
    local node=$1 network=127.0.0.1/32
    $networked && network=10.213.77.0/24
    fill patroni.yml "patroni-$node.yml" "NAME=$node" "ADDRESS=${address[$node]}" "API_PORT=${API_PORT[$node]}" \
        "PORT=${NODE_PORT[$node]}" "ETCD=$hub:$ETCD_PORT" "DATA=$folder/data-$node" "PROGRAMS=$postgresql" "PASSWORD=$PASSWORD" \
        "PGPASS=$folder/pgpass-$node" "SOCKETS=$folder/sockets" "NETWORK=$network"
}

begin_node() {
    local before=()
    if $networked; then before=(ip netns exec "linka-$1"); fi
    # shellcheck disable=SC2046 # a list of words
    begin "node-$1" "${before[@]}" $(not_as_root) patroni "$folder/patroni-$1.yml"
}

postmaster_of() { head -n 1 "$folder/data-$1/postmaster.pid" 2>/dev/null; }

# answers NODE AS: whether a node says so of itself.
answers() { curl --silent --fail --max-time 1 --output /dev/null "http://${address[$1]}:${API_PORT[$1]}/$2"; }

primary() {
    for node in a b; do
        if answers "$node" primary; then
            echo "$node"
            return
        fi
    done
    return 1
}

other() { if [[ $1 == a ]]; then echo b; else echo a; fi; }

# One is the primary, and the other has all that is committed there.
is_whole() {
    local node
    node=$(primary) && answers "$(other "$node")" synchronous
}

# The address of a database as somebody, behind HAProxy.
psql_as() { printf 'postgres://%s:%s@%s/%s' "$1" "$PASSWORD" "$DATABASE" "$2"; }

# The owner of the schema, who brings it up to date, and the login that serves.
make_database() {
    local sql=(psql --no-psqlrc --quiet --set ON_ERROR_STOP=1)
    "${sql[@]}" "$(psql_as postgres postgres)" --command "create role linka login createrole password '$PASSWORD'" \
        --command "create database linka owner linka"
    env "LINKA_DATA=$folder/portal" "DATABASE_URL=$(psql_as linka linka)" "$binary" migrate
    "${sql[@]}" "$(psql_as linka linka)" --command "alter role linka_server password '$PASSWORD'"
}

begin_proxy() {
    fill haproxy.cfg haproxy.cfg "DATABASE=$DATABASE" "PORTAL=$PORTAL" "ONE=127.0.0.1:${PORTAL_PORT[one]}" \
        "TWO=127.0.0.1:${PORTAL_PORT[two]}" A=a B=b "A_ADDRESS=${address[a]}" "B_ADDRESS=${address[b]}" "A_PORT=${NODE_PORT[a]}" \
        "B_PORT=${NODE_PORT[b]}" "A_API_PORT=${API_PORT[a]}" "B_API_PORT=${API_PORT[b]}"
    haproxy -c -q -f "$folder/haproxy.cfg" || die "haproxy.cfg is not right"
    begin haproxy haproxy -db -f "$folder/haproxy.cfg"
    within 20 "the database behind HAProxy" psql "$(psql_as postgres postgres)" --no-psqlrc --command "select 1"
}

begin_pooler() {
    printf '"linka_server" "%s"\n' "$PASSWORD" >"$folder/users.txt"
    fill pgbouncer.ini pgbouncer.ini DATABASE_HOST=127.0.0.1 "DATABASE_PORT=${DATABASE#*:}" "POOLER_PORT=$POOLER_PORT" \
        "USERS=$folder/users.txt" LENT=20
    # shellcheck disable=SC2046 # a list of words
    begin pgbouncer $(not_as_root) pgbouncer "$folder/pgbouncer.ini"
}

# begin_portal NAME: one process of the portal.
begin_portal() {
    local name=$1
    local settings=("LINKA_ACCOUNT=$account" "LINKA_DATA=$folder/portal" "LINKA_ADDR=127.0.0.1:${PORTAL_PORT[$1]}" "LINKA_URL=http://$PORTAL"
        LINKA_BEHIND_PROXY=true LINKA_PROXY_HEADER=x-forwarded-for "DATABASE_URL=$(psql_as linka_server linka)")
    if $pooled; then settings+=("LINKA_POOLER_URL=postgres://linka_server:$PASSWORD@127.0.0.1:$POOLER_PORT/linka"); fi
    begin "portal-$name" env "${settings[@]}" "$binary" serve
}

is_ready() { curl --silent --fail --max-time 1 --output /dev/null "http://127.0.0.1:${PORTAL_PORT[$1]}/readyz"; }

end_cluster() {
    local name node
    thaw_all
    for name in load portal-one portal-two pgbouncer haproxy; do end "$name" TERM; done
    for node in a b; do end "node-$node" TERM; done
    for node in a b; do end_postmaster "$node"; done
    end etcd TERM
    end_network
}

end_postmaster() {
    local number
    number=$(postmaster_of "$1") || return 0
    [[ -z $number ]] || kill -QUIT "$number" 2>/dev/null || true
}
