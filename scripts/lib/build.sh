# Building, and what is made once per checkout: binaries, the viewer, site/.
# shellcheck shell=bash disable=SC2154 # root and cache: common.sh

# One flag set per configuration: changing a flag builds everything again.
readonly release_flags=(-c release --static-swift-stdlib --scratch-path "$cache/for-release")
# shellcheck disable=SC2034 # scripts/test reads it
readonly test_flags=(-c release -Xswiftc -enable-testing --scratch-path "$cache/for-tests")

# Is any file below the given places newer than the stamp $1?
newer_than() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# `with_lock NAME COMMAND…`: two scripts of one checkout never make the same thing at once.
with_lock() {
    local name=$1
    shift
    mkdir -p "$cache"
    (
        flock 8
        "$@"
    ) 8>"$cache/$name.lock"
}

# Sets `bin` to the folder of the release binaries, building them when a source is newer.
# PORTAL_BIN names a folder whose binaries are used as they are.
build_release() {
    bin=${PORTAL_BIN:-$cache/for-release/release}
    if [ -z "${PORTAL_BIN:-}" ] && newer_than "$cache/release.stamp" "$root"/{Package.swift,Sources,handlers}; then
        step "building for release" with_lock release swift_build_release
    fi
    local program
    for program in dispatcher handler storescp portal site-build; do
        [ -x "$bin/$program" ] || fail "there is no program $program in $bin"
    done
}

swift_build_release() {
    local begun=$cache/release.begun
    touch "$begun"
    swift build --package-path "$root" "${release_flags[@]}" 8>&-
    mv "$begun" "$cache/release.stamp"
}

# Installs the viewer's files under the cache.
install_viewer() {
    newer_than "$cache/viewer/INSTALLED" "$root/scripts/install-viewer" "$root/deploy/viewer" || return 0
    step "installing the OHIF viewer" with_lock viewer "$root/scripts/install-viewer" "$cache/viewer"
    touch "$cache/viewer/INSTALLED"
}

# Renders content/ to site/ when the one is newer.
render_site() {
    newer_than "$cache/site.stamp" "$root/content" "$bin/site-build" || return 0
    step "rendering the pages" with_lock site \
        "$bin/site-build" --content "$root/content" --output "$root/site"
    touch "$cache/site.stamp"
}
