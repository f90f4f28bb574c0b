#!/usr/bin/env bash
# Makes the pictures of docs/images: the main pages, light, dark and on a phone, of the program as it is built now.
#   scripts/screenshots.sh                 every picture that the documents show
#   scripts/screenshots.sh distribution    only pictures of these names
#   WHOLE=1 FOLDER=/tmp/pages scripts/screenshots.sh    whole pages, to look at
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/tools.sh
. scripts/tools.sh

scripts/setup.sh test
scripts/app.sh build
cargo build --locked --workspace --bins
use_node
browser_packages
names=("$@")
[ "$#" -gt 0 ] || names=(rows columns distribution grouped timeseries jobs builder board)
PLOTLINE_BINARY="$(realpath "${CARGO_TARGET_DIR:-target}/debug/plotline")" PLOTLINE_BROWSER_PACKAGES="$tools/browser" \
    node tests/browser/pictures.mjs "${FOLDER:-docs/images}" "${names[@]}"
