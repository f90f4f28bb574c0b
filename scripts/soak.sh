#!/usr/bin/env bash
# Runs the fault tests in their full form, one after the other: about half an hour. Each prints its seed and its counts.
#   scripts/soak.sh                     everything, full
#   scripts/soak.sh middle              everything, in the middle form
#   scripts/soak.sh full chaos backlog  only tests whose names hold one of these words
# The full form without words also fuzzes the reader of text files for SOAK_FUZZ_SECONDS (600); FUZZ_SEED=N begins elsewhere.
# FAULTS_SEED=N repeats the random choices of an earlier run. SOAK_HANG_LIMIT (2h) ends a run that hangs.
# Everything runs on 127.0.0.1 in throw-away folders and stops by itself; the exit code is 0 only if all passed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

form="${1:-full}"
words=$(($# > 1 ? $# - 1 : 0))
case "$form" in
    short | middle | full) [ "$#" -eq 0 ] || shift ;;
    *)
        echo "usage: scripts/soak.sh [short|middle|full] [WORD...]" >&2
        exit 2
        ;;
esac

scripts/setup.sh test || exit $?
cargo build --locked --workspace --bins || exit $?
cargo test --locked --workspace --features tests/services,queue/services --test faults --no-run || exit $?

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
FAULTS="$form" timeout --foreground "${SOAK_HANG_LIMIT:-2h}" \
    cargo test --locked --workspace --features tests/services,queue/services --test faults -- --test-threads=1 "$@" 2>&1 | tee "$log"
code="${PIPESTATUS[0]}"

if [ "$form" = full ] && [ "$words" -eq 0 ]; then
    # Examples are built with the whole workspace, so that they share the libraries of the tests.
    target="${CARGO_TARGET_DIR:-target}"
    cargo build --locked --workspace --example fuzz_text &&
        timeout --foreground "$((${SOAK_FUZZ_SECONDS:-600} + 120))" "$target/debug/examples/fuzz_text" \
            "${SOAK_FUZZ_SECONDS:-600}" "${FUZZ_SEED:-20240229}" tests/fixtures/csv tests/fixtures/json | tee -a "$log"
    fuzzed="${PIPESTATUS[0]}"
    [ "$fuzzed" -eq 124 ] && echo "soak: the fuzzer was stopped; its input is where its first line says" >&2
    [ "$fuzzed" -eq 0 ] || code=1
fi

echo
echo "soak: what each test said of itself"
grep -a -e '^faults: ' -e '^fuzz_text: ' "$log"
grep -a '^test result: ' "$log"
[ "$code" -eq 124 ] && echo "soak: stopped after ${SOAK_HANG_LIMIT:-2h}: something hangs" >&2
exit "$code"
