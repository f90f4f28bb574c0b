#!/usr/bin/env bash
# Installs what is missing, builds Plotline and starts it: API and worker in one process, nothing else needed.
# Settings come from the environment, for example: PLOTLINE_HTTP_ADDR=127.0.0.1:9000 scripts/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."

address="${PLOTLINE_HTTP_ADDR:-127.0.0.1:8080}"
port="${address##*:}"
host="${address%:*}"
# A server that listens on every address is reached on loopback.
case "$host" in 0.0.0.0 | '[::]' | '') host=127.0.0.1 ;; esac
target="${CARGO_TARGET_DIR:-target}"

port_taken() {
    [ "$port" != 0 ] && (exec 3<>"/dev/tcp/$(tr -d '[]' <<<"$host")/$port") 2>/dev/null
}

if port_taken; then
    echo "run: something already listens on $host:$port. Stop it, or choose another port:" >&2
    echo "     PLOTLINE_HTTP_ADDR=127.0.0.1:8081 scripts/run.sh" >&2
    exit 1
fi

scripts/setup.sh run

if [ -x "$target/debug/plotline" ]; then
    echo "run: building what changed (seconds to a minute)"
else
    echo "run: first build: about 640 libraries, roughly 15 minutes on two cores; later starts take seconds"
fi
# The page is part of the program, so it is built first. Without it everything else works, and the page says what to do.
scripts/app.sh build || echo "run: the web app could not be built; going on without it" >&2
# --workspace resolves library features exactly as scripts/test.sh does, so that both share one build.
cargo build --locked --workspace --bins

echo "run: starting plotline serve"
exec "$target/debug/plotline" serve
