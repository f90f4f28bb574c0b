#!/usr/bin/env bash
# Checks what a build (`setup.sh run`), the tests (`setup.sh test`) or the figures (`setup.sh bench`) need, and installs
# what is missing.
# Debian packages are installed with apt-get as root or through sudo; without either it names them and ends with 2.
# When everything is there it changes nothing, asks no package server and takes a fraction of a second.
set -euo pipefail

# shellcheck source=scripts/tools.sh
. "$(dirname "$0")/tools.sh"

purpose="${1:-run}"
needed_rust="1.95"

main() {
    case "$purpose" in
        run | test | bench) ;;
        *) stop "usage: scripts/setup.sh run|test|bench" ;;
    esac
    check_rust
    missing=()
    need cc build-essential
    need c++ build-essential
    need make build-essential
    # Linked statically into the bundled libpq, for TLS to PostgreSQL (.cargo/config.toml).
    compgen -G '/usr/lib/*/libssl.a' >/dev/null || missing+=(libssl-dev)
    need pkg-config pkg-config
    # The web app is built with Node, which may come from PyPI into a virtual environment (scripts/tools.sh).
    node_is_new_enough node || python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
    if [ "$purpose" = test ]; then
        check_rust_tools
        need curl curl
        need jq jq
        need redis-server redis-server
        need openssl openssl
        # Its signatures are not fetched: the tests bring one of their own.
        [ -x /usr/sbin/clamd ] || need clamd clamav-daemon
        has_postgres || missing+=(postgresql)
        need chromium chromium
        # Virtual environments for the Python tools; Node comes from one too where none is new enough (scripts/tools.sh).
        python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
        # Fault tests: clocks that are wrong, and a small disk of one process.
        compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || missing+=(libfaketime)
        need unshare util-linux
    fi
    if [ "$purpose" = bench ]; then
        need redis-server redis-server
        has_postgres || missing+=(postgresql)
        need wrk wrk
        python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
    fi
    [ "${#missing[@]}" -eq 0 ] || install_missing
}

stop() {
    echo "setup: $*" >&2
    exit 2
}

check_rust() {
    if ! command -v cargo >/dev/null || ! command -v rustc >/dev/null; then
        stop "Rust is not installed (no cargo and rustc in PATH). Install Rust $needed_rust or newer, see https://rustup.rs, then run this again."
    fi
    local version
    version="$(rustc --version | sed -n 's/^rustc \([0-9]*\.[0-9]*\).*/\1/p')"
    if [ "$(printf '%s\n%s\n' "$needed_rust" "$version" | sort -V | head -n 1)" != "$needed_rust" ]; then
        stop "Rust $version is too old: $needed_rust or newer is needed. With rustup: rustup update stable."
    fi
}

check_rust_tools() {
    if ! command -v cargo-fmt >/dev/null || ! command -v cargo-clippy >/dev/null; then
        stop "the tests also use rustfmt and clippy. With rustup: rustup component add rustfmt clippy."
    fi
}

# need COMMAND PACKAGE: notes the Debian package when the command is absent.
need() {
    command -v "$1" >/dev/null && return
    case " ${missing[*]-} " in
        *" $2 "*) ;;
        *) missing+=("$2") ;;
    esac
}

# Only the programs are used: every test makes its own cluster in a temporary folder on a free port.
has_postgres() {
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

install_missing() {
    echo "setup: missing Debian packages: ${missing[*]}"
    command -v apt-get >/dev/null ||
        stop "there is no apt-get here; install what corresponds to these Debian packages: ${missing[*]}"
    local -a as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        may_sudo || stop "neither root nor sudo: have an administrator run: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    echo "setup: installing them with apt-get, about a minute"
    "${as_root[@]}" apt-get update -qq || echo "setup: the package lists could not be refreshed; trying with those at hand" >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null ||
        stop "apt-get could not install: ${missing[*]}"
}

may_sudo() {
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null && return 0
    # A person at a terminal may type the password; a script has nobody to ask.
    [ -t 0 ] && [ -z "${CI:-}" ] && sudo -v
}

main
