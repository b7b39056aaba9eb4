# A PostgreSQL cluster of our own: under one folder, on a Unix socket only, never the machine's.
# shellcheck shell=bash disable=SC2154 # root: common.sh

readonly postgres_bin=/usr/lib/postgresql/15/bin
# PostgreSQL refuses to run as root (and as a user without a name), so the server then runs without privileges: in a
# user namespace where it is still the owner of its files or, where namespaces are forbidden, as user `postgres`.
postgres_as=()
postgres_owner=

# Sets `postgres_as`, the words before each PostgreSQL command. $1: the folder of the cluster.
choose_postgres_user() {
    postgres_as=() postgres_owner=
    if [ "$(id -u)" -ne 0 ] && id -un >/dev/null 2>&1; then return; fi
    if unshare --user --map-user=65534 --map-group=65534 true 2>/dev/null; then
        postgres_as=(unshare --user --map-user=65534 --map-group=65534)
        return
    fi
    [ "$(id -u)" -eq 0 ] || fail "PostgreSQL needs a user that has a name"
    postgres_owner=$(id -u postgres 2>/dev/null || echo 65534)
    postgres_as=(setpriv "--reuid=$postgres_owner" "--regid=$(id -g postgres 2>/dev/null || echo 65534)" --clear-groups)
    chmod 711 "$(dirname "$1")"
    "${postgres_as[@]}" test -x "$(dirname "$1")" ||
        fail "PostgreSQL cannot run as root, and another user may not enter $(dirname "$1"): choose --data elsewhere, or run as an ordinary user"
}

# Makes the cluster when there is none yet. $1: its folder; further words go to initdb.
make_cluster() {
    local folder=$1
    shift
    [ -s "$folder/cluster/PG_VERSION" ] && return
    rm -rf "$folder/cluster"
    mkdir -p "$folder/cluster"
    chmod 700 "$folder" "$folder/cluster"
    [ -z "$postgres_owner" ] || chown -R "$postgres_owner:" "$folder"
    # Comparison by bytes keeps `LIKE 'x%'` on the indexes; lower() and trigrams need real letters.
    (cd "$folder" && quietly "${postgres_as[@]}" "$postgres_bin/initdb" -D "$folder/cluster" -U postgres \
        -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 --lc-messages=C --data-checksums --auth=trust "$@")
}

# Chooses the socket's folder, inside the cluster's when its path fits into a socket address (108 bytes).
# Prints it. $1: the cluster's folder.
socket_folder() {
    local folder=$1/socket
    if [ ${#folder} -gt 80 ]; then
        folder=$(mktemp -d "${TMPDIR:-/tmp}/preview-dicom.XXXXXX")
    else
        mkdir -p "$folder"
    fi
    chmod 700 "$folder"
    [ -z "$postgres_owner" ] || chown "$postgres_owner:" "$folder"
    printf '%s\n' "$folder"
}

# Writes the cluster's settings, scaled to the machine. $1: its folder, $2: the socket's folder; further words are
# settings of the caller.
write_postgres_settings() {
    local file=$1/cluster/postgresql.conf socket=$2 memory shared
    shift 2
    memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
    shared=$((memory / 4 < 1024 ? memory / 4 : 1024))
    sed -e "s|@SOCKET@|$socket|" -e "s|@SHARED@|${shared}MB|" -e "s|@CACHE@|$((memory / 2))MB|" \
        "$root/deploy/postgresql.conf.template" >"$file"
    if [ $# -gt 0 ]; then printf '%s\n' "$@" >>"$file"; fi
}

# Forgets a postmaster that is gone: after a crash of the machine its number may belong to another process.
forget_dead_postmaster() {
    local file=$1/cluster/postmaster.pid pid
    [ -s "$file" ] || return 0
    read -r pid <"$file"
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] || rm -f "$file"
}

# The address for libpq of database `portal`. $1: the socket's folder.
database_url() {
    local host=${1//%/%25}
    host=${host// /%20}
    printf 'postgresql://portal@/portal?host=%s\n' "${host//\//%2F}"
}

# Makes our role and database when they lack. $1: the socket's folder.
make_database() {
    local psql=("$postgres_bin/psql" -X -q -At -v ON_ERROR_STOP=1 -h "$1" -U postgres -d postgres)
    [ "$("${psql[@]}" -c "SELECT 1 FROM pg_roles WHERE rolname = 'portal'")" = 1 ] ||
        "${psql[@]}" -c 'CREATE ROLE portal LOGIN'
    [ "$("${psql[@]}" -c "SELECT 1 FROM pg_database WHERE datname = 'portal'")" = 1 ] ||
        "${psql[@]}" -c 'CREATE DATABASE portal OWNER portal'
}
