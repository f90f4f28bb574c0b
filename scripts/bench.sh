#!/usr/bin/env bash
# Measures the promised figures against the program as scripts/run.sh builds it, on data made by rule.
# Prints asked and measured; ends with 1 when a figure is missed. Close other programs first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
# --workspace: with the features, and so the libraries, of every other build.
cargo build --locked --workspace --bins
cargo build --locked --workspace --example bench
exec "${CARGO_TARGET_DIR:-target}/debug/examples/bench"
