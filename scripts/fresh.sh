#!/usr/bin/env bash
# Tries the README's commands on a bare Debian 12: a debootstrap folder with nothing in it but this machine's Rust.
#   scripts/fresh.sh          the first command: from a clone to a running server
#   scripts/fresh.sh test     and the second one: every test
# Needs root, debootstrap, 15 GB in /var/tmp (or FRESH_DIR) and, for a first build, ten minutes and more.
# FRESH_LIBRARIES=target/debug copies libraries that were compiled before; the times are then not those of a first start.
# Everything happens in namespaces of its own: mounts and processes vanish with it, and the folder is deleted.
set -euo pipefail
cd "$(dirname "$0")/.."

limit="${FRESH_LIMIT:-100m}"
mirror="${FRESH_MIRROR:-http://deb.debian.org/debian}"

if [ "${1:-}" != --inside ]; then
    [ "$(id -u)" -eq 0 ] || { echo "fresh: this needs root, for chroot and mounts" >&2; exit 2; }
    command -v debootstrap >/dev/null || { echo "fresh: install debootstrap first" >&2; exit 2; }
    folder="$(mktemp -d "${FRESH_DIR:-/var/tmp}/plotline-fresh-XXXXXX")"
    trap 'rm -rf --one-file-system "$folder"' EXIT
    # Readable for the user without rights, too.
    chmod 755 "$folder"
    echo "fresh: making a bare Debian in $folder"
    debootstrap --variant=minbase bookworm "$folder" "$mirror" >"$folder.log" 2>&1 || { tail -n 20 "$folder.log"; exit 1; }
    rm -f "$folder.log"
    timeout --foreground --signal KILL "$limit" \
        unshare --mount --pid --fork --kill-child "$0" --inside "$folder" "${1:-run}"
    exit
fi

root="$2"
what="$3"
toolchain="$(rustc --print sysroot)"
port="$((20000 + RANDOM % 10000))"

# A command in the bare system, as its administrator.
inside=(chroot "$root" /usr/bin/env -i HOME=/root PATH=/opt/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
    "PLOTLINE_HTTP_ADDR=127.0.0.1:$port")

since() { echo "$(($(date +%s) - $1)) s"; }

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/opt/rust" "$root/src"
mount --bind -o ro "$toolchain" "$root/opt/rust"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# What installing Rust takes: a way to download and the certificates for it.
"${inside[@]}" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates' >/dev/null 2>&1
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
git archive HEAD | tar -x -C "$root/src"

if [ -n "${FRESH_LIBRARIES:-}" ]; then
    echo "fresh: with the libraries of $FRESH_LIBRARIES"
    mkdir -p "$root/src/target/debug/deps"
    cp -a "$FRESH_LIBRARIES"/deps/lib* "$root/src/target/debug/deps/"
    cp -a "$FRESH_LIBRARIES/.fingerprint" "$FRESH_LIBRARIES/build" "$root/src/target/debug/"
fi

echo "fresh: without root and sudo, setup must name the packages and end with 2"
code=0
chroot --userspec=nobody "$root" /usr/bin/env -i PATH=/opt/rust/bin:/usr/bin:/bin bash /src/scripts/setup.sh run || code=$?
[ "$code" -eq 2 ] || { echo "fresh: FAILED: it ended with $code" >&2; exit 1; }

echo "fresh: scripts/run.sh"
start="$(date +%s)"
"${inside[@]}" bash -c 'cd /src && exec ./scripts/run.sh' &
server=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { echo "fresh: FAILED: run.sh ended" >&2; exit 1; }
    sleep 1
done
echo "fresh: from clone to a listening server: $(since "$start")"
"${inside[@]}" bash -c "exec 3<>/dev/tcp/127.0.0.1/$port
    printf 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3; cat <&3" | grep -a '"status":"ok"'
echo "fresh: system libraries that the program loads:"
"${inside[@]}" ldd /src/target/debug/plotline | awk '{ print "       " $1 }'
kill -TERM "$server"
wait "$server" || { echo "fresh: FAILED: the server ended with $?" >&2; exit 1; }

start="$(date +%s)"
"${inside[@]}" bash -c 'cd /src && ./scripts/setup.sh run'
echo "fresh: setup once everything is there: $(since "$start")"

if [ "$what" = test ]; then
    echo "fresh: scripts/test.sh"
    start="$(date +%s)"
    "${inside[@]}" bash -c 'cd /src && ./scripts/test.sh'
    echo "fresh: scripts/test.sh passed in $(since "$start")"
fi
echo "fresh: ok"
