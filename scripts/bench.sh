#!/usr/bin/env bash
# Measures the promised figures against the program as scripts/run.sh builds it, on data made by rule, and beside what
# people would take instead in the same run: pandas, ydata-profiling, FastAPI, and on the same Redis Celery, RQ, Dramatiq, arq.
#   scripts/bench.sh                 everything, some minutes
#   scripts/bench.sh statistics [TASK...]   beside pandas, SciPy, polars and DuckDB on the same Parquet file
#   scripts/bench.sh app             the web app in Chromium: first paint, first rows, next page, a new order
#   scripts/bench.sh board           a page of twenty charts from cache: the first chart, all charts
#   scripts/bench.sh web             the app: Lighthouse's score of accessibility, first contentful paint
#   scripts/bench.sh jobs results    only these parts (tests/examples/bench; docs/benchmarks.md lists them)
# Prints asked and measured; ends with 1 when a figure is missed. Close other programs first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/tools.sh
source scripts/tools.sh
if [ "${1:-}" = app ] || [ "${1:-}" = board ]; then
    scripts/setup.sh test
    scripts/app.sh build
    cargo build --locked --workspace --bins
    use_node
    browser_packages
    PLOTLINE_BINARY="$(realpath "${CARGO_TARGET_DIR:-target}/debug/plotline")" PLOTLINE_BROWSER_PACKAGES="$tools/browser" \
        exec node "scripts/bench/$1.mjs"
fi
if [ "${1:-}" = web ]; then
    scripts/setup.sh test
    scripts/app.sh build
    cargo build --locked --workspace --bins
    use_node
    node_packages lighthouse tests/lighthouse
    PLOTLINE_BINARY="$(realpath "${CARGO_TARGET_DIR:-target}/debug/plotline")" \
        PLOTLINE_BROWSER_PACKAGES="$tools/lighthouse" exec node tests/lighthouse/measure.mjs
fi
scripts/setup.sh bench
python_tools bench scripts/bench/requirements.txt
# arq wants an older client of Redis than the others.
python_tools bench-arq scripts/bench/requirements-arq.txt
# --workspace: with the features, and so the libraries, of every other build.
cargo build --locked --workspace --bins
if [ "${1:-}" = statistics ]; then
    shift
    python_tools bench-statistics scripts/bench/requirements-statistics.txt
    cargo build --locked --workspace --features tests/services --example bench_statistics
    BENCH_PYTHON="$tools/bench-statistics/bin/python" \
        exec "${CARGO_TARGET_DIR:-target}/debug/examples/bench_statistics" "$@"
fi
python_tools bench-statistics scripts/bench/requirements-statistics.txt
python_tools bench-profile scripts/bench/requirements-profile.txt
python_tools bench-charts scripts/bench/requirements-charts.txt
cargo build --locked --workspace --features tests/services --example bench
BENCH_PYTHON="$tools/bench/bin/python" BENCH_PYTHON_ARQ="$tools/bench-arq/bin/python" \
    BENCH_PYTHON_STATISTICS="$tools/bench-statistics/bin/python" BENCH_PYTHON_PROFILE="$tools/bench-profile/bin/python" \
    BENCH_PYTHON_CHARTS="$tools/bench-charts/bin/python" \
    exec "${CARGO_TARGET_DIR:-target}/debug/examples/bench" "$@"
