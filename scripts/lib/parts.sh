# The running parts: started in order, watched, started again after a crash, stopped in the opposite order.
# shellcheck shell=bash disable=SC2154 # data and part_as: scripts/run

declare -A part_pid=() part_begun=() part_delay=()

# `launch NAME SIGNAL COMMAND…`: starts a part in a session of its own, so that Ctrl-C reaches this script alone.
# Should this script be killed, the part receives SIGNAL. `part_as` may hold words that take privileges away.
launch() {
    local name=$1 signal=$2
    shift 2
    setsid "${part_as[@]}" setpriv --pdeathsig "$signal" "$@" </dev/null >>"$data/logs/$name.log" 2>&1 9>&- &
    part_pid[$name]=$!
    part_begun[$name]=$(now)
}

# Waits until COMMAND succeeds. `await NAME SECONDS COMMAND…`; fails with the end of the part's log when it ended.
await() {
    local name=$1 deadline=$(($(now) + $2 * 1000))
    shift 2
    until "$@"; do
        if ! kill -0 "${part_pid[$name]}" 2>/dev/null; then
            tail -n 15 "$data/logs/$name.log" >&2
            fail "$name ended while it was starting; its log is $data/logs/$name.log"
        fi
        [ "$(now)" -lt $deadline ] || fail "$name does not answer; its log is $data/logs/$name.log"
        sleep 0.05
    done
}

# Stops a part and waits for it. `stop_part NAME SIGNAL SECONDS`; after SECONDS it is killed.
stop_part() {
    local name=$1 pid=${part_pid[$1]:-} deadline=$(($(now) + $3 * 1000))
    [ -n "$pid" ] || return 0
    kill -s "$2" "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do
        [ "$(now)" -lt $deadline ] || kill -KILL -- "-$pid" 2>/dev/null || true
        sleep 0.05
    done
    unset "part_pid[$name]"
}

# Starts parts again as they end, until this script is told to stop. `restart NAME` is the caller's.
watch_parts() {
    local ended name
    while :; do
        ended=
        wait -n -p ended "${part_pid[@]}" || true
        for name in "${!part_pid[@]}"; do
            if [ "${part_pid[$name]}" = "$ended" ]; then revive "$name"; fi
        done
    done
}

revive() {
    local name=$1 lived=$(($(now) - part_begun[$1]))
    if [ $lived -gt 30000 ]; then part_delay[$name]=1; else part_delay[$name]=$((${part_delay[$name]:-1} * 2)); fi
    [ "${part_delay[$name]}" -le 50 ] || part_delay[$name]=50
    say "$(date -u +%FT%TZ) $name ended unexpectedly; starting it again"
    # What is left of its session would keep its port.
    kill -KILL -- "-${part_pid[$name]}" 2>/dev/null || true
    sleep "$((part_delay[$name] / 10)).$((part_delay[$name] % 10))"
    restart "$name"
}

# Is something accepting connections? $1: address, $2: port.
answers() { (exec 7<>"/dev/tcp/$1/$2") 2>/dev/null; }

# Does GET $3 answer 200? $1: address, $2: port.
healthy() {
    local status=
    {
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$3" >&7
        read -r -t 5 _ status _ <&7
    } 2>/dev/null 7<>"/dev/tcp/$1/$2" || true
    [ "$status" = 200 ]
}

# Prints a free port, below those that the system gives to outgoing connections. $1: address.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        answers "$1" $port || break
    done
    printf '%s\n' $port
}
