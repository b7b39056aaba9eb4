# What every script needs: where the checkout is, progress with durations, clear endings.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
# What is built, downloaded or rendered once for all portals of this checkout.
# shellcheck disable=SC2034 # the scripts read it
readonly cache=$root/.build

# Prints one line for people.
say() { printf '%s\n' "$*"; }

# Ends the script with a sentence that says what is wrong and what to do.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Milliseconds since the epoch.
now() { printf '%s\n' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

# `step WORDS COMMAND…`: says what is being done, does it, and says how long it took.
step() {
    local words=$1 begun
    shift
    begun=$(now)
    printf '%s …\n' "$words"
    "$@"
    printf '%s: done in %s\n' "$words" "$(seconds_since "$begun")"
}

# The seconds since `$1` (of `now`), with one decimal: `3.2 s`.
seconds_since() {
    local elapsed=$(($(now) - $1))
    printf '%d.%d s\n' $((elapsed / 1000)) $((elapsed % 1000 / 100))
}

# A JSON string literal.
json_string() {
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    printf '"%s"' "$text"
}

# The name of Debian's packages for the given roles, one a line.
packages_for() {
    awk -v wanted=" $* " '!/^#/ && NF { for (i = 2; i <= NF; i++) if (index(wanted, " " $i " ")) { print $1; next } }' \
        "$root/scripts/packages.txt"
}

# Runs a command, quietly: its output is shown only when it fails.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# Prints the process that watches the portal on data folder $1; fails when there is none.
supervisor_of() {
    local pid
    pid=$(cat "$1/run/supervisor.pid" 2>/dev/null) || return 1
    grep -qsz 'scripts/run' "/proc/$pid/cmdline" && printf '%s\n' "$pid"
}
