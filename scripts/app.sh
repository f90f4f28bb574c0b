#!/usr/bin/env bash
# Builds the web app into crates/web/dist, which the program embeds; with `check` it also checks types, style, the
# generated client and the unit tests. Packages lie outside the clone, so that they are fetched once.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/tools.sh
. scripts/tools.sh

ui=crates/web/ui

# The packages of the app as its lock file names them, in a folder of their own for each lock file, so that clones with
# different ones do not take them from each other. `npm ci` would insist on packages for other systems than this one,
# which not every registry has; `npm install` takes the same locked versions.
packages() {
    local folder
    folder="$tools/app-$(sha256sum "$ui/package-lock.json" | cut -c1-12)"
    if ! cmp -s "$ui/package-lock.json" "$folder/installed-from.json"; then
        echo "app: installing its packages, about a minute"
        rm -rf "$folder"
        mkdir -p "$folder"
        cp "$ui/package.json" "$ui/package-lock.json" "$folder/"
        (cd "$folder" && npm install --silent --no-audit --no-fund)
        cp "$ui/package-lock.json" "$folder/installed-from.json"
    fi
    # Those of lock files that nobody has used for two weeks go.
    touch "$folder"
    find "$tools" -maxdepth 1 -name 'app-*' -mtime +14 -exec rm -rf {} +
    [ -d "$ui/node_modules" ] && [ ! -L "$ui/node_modules" ] || ln -sfn "$folder/node_modules" "$ui/node_modules"
}

# A digest of everything the build reads; dist/.built says which one it was made from.
sources() {
    cat docs/openapi.json docs/methods.md crates/render/maps/*.json "$ui"/*.json "$ui"/*.ts "$ui"/index.html
    find "$ui/src" "$ui/public" "$ui/scripts" -type f -print0 | sort -z | xargs -0 cat
}

build() {
    local digest
    digest="$(sources | sha256sum)"
    [ "$(cat "$ui/../dist/.built" 2>/dev/null)" = "$digest" ] && return
    echo "app: building the web app"
    (cd "$ui" && npm run --silent build)
    echo "$digest" >"$ui/../dist/.built"
}

use_node
packages
case "${1:-build}" in
    build) build ;;
    check)
        cd "$ui"
        npm run --silent schema -- --check
        npm run --silent check
        npm run --silent test
        ;;
    *)
        echo "usage: scripts/app.sh [build|check]" >&2
        exit 2
        ;;
esac
