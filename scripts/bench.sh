#!/usr/bin/env bash
# Measures the promised figures against the program as scripts/run.sh builds it, on data made by rule.
#   scripts/bench.sh                        the figures of the program alone
#   scripts/bench.sh statistics [TASK...]   the statistics beside pandas, SciPy, polars and DuckDB on the same Parquet file
# Prints asked and measured; ends with 1 when a figure is missed. Close other programs first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
# --workspace: with the features, and so the libraries, of every other build.
cargo build --locked --workspace --bins
if [ "${1:-}" = statistics ]; then
    shift
    # shellcheck source=scripts/tools.sh
    source scripts/tools.sh
    python_tools bench-statistics scripts/bench/requirements-statistics.txt
    cargo build --locked --workspace --example bench_statistics
    BENCH_PYTHON="$tools/bench-statistics/bin/python" \
        exec "${CARGO_TARGET_DIR:-target}/debug/examples/bench_statistics" "$@"
fi
cargo build --locked --workspace --example bench
exec "${CARGO_TARGET_DIR:-target}/debug/examples/bench"
