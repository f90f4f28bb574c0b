#!/usr/bin/env bash
# Makes the pictures of docs/images: the main pages, light, dark and on a phone, of the program as it is built now.
#   scripts/screenshots.sh                 every picture that the documents show
#   scripts/screenshots.sh distribution board-phone-dark    only these pages, or one look of a page
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
[ "$#" -gt 0 ] || names=(home-light rows columns form-light distribution grouped timeseries charts-light builder board jobs admin-light)
PLOTLINE_BINARY="$(realpath "${CARGO_TARGET_DIR:-target}/debug/plotline")" PLOTLINE_BROWSER_PACKAGES="$tools/browser" \
    node tests/browser/pictures.mjs "${FOLDER:-docs/images}" "${names[@]}"
if [ "$#" -eq 0 ]; then
    # One picture of each kind of chart, as the server draws it.
    figures="$(mktemp -d)"
    trap 'rm -rf "$figures"' EXIT
    python_tools figures tests/figures/requirements.txt
    "$tools/figures/bin/python" tests/figures/run.py "${CARGO_TARGET_DIR:-target}/debug/plotline" "$figures" "${FOLDER:-docs/images}/charts"
fi
