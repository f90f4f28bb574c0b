#!/usr/bin/env bash
# Installs what is missing and runs every check and test. Ends with `N passed, N failed`; exit code 0 only if all passed.
# Arguments go to `cargo test` and skip the other checks, for example: scripts/test.sh --test server accounts
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
# shellcheck source=scripts/tools.sh
. scripts/tools.sh

if [ "${CI:-}" = true ]; then
    # A clone is new for each run; the libraries it needs are not.
    export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${HOME:-/tmp}/.cache/plotline/target}"
fi
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
# Nothing waits longer than this; it is a guard against a hang, not a measure of speed.
hang_limit="${TEST_HANG_LIMIT:-45m}"
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

# Suites that start PostgreSQL and Redis servers of their own.
services="tests/services,queue/services"
passed=0
failed=0
table=""

# step NAME COMMAND...: runs one check, shows its output and notes its time and outcome.
step() {
    local name="$1" start outcome
    shift
    echo
    echo "==> $name"
    start="$(date +%s)"
    if "$@"; then outcome=ok; else outcome=FAILED; failed=$((failed + 1)); fi
    note "$name" "$(($(date +%s) - start)) s" "$outcome"
    [ "$outcome" = ok ]
}

note() {
    table+="$(printf '%-58s %10s  %s' "$1" "$2" "$3")"$'\n'
}

# run_tests ARGS...: cargo test with a row in the table for every test executable.
run_tests() {
    local log="$results/tests.log" start code
    echo
    echo "==> tests"
    start="$(date +%s)"
    CARGO_TERM_COLOR=never timeout --foreground "$hang_limit" cargo test --locked --workspace --features "$services" --no-fail-fast "$@" 2>&1 | tee "$log"
    code="${PIPESTATUS[0]}"
    local suites
    suites="$(awk '
        /^ *(Running|Doc-tests) / {
            name = $0; sub(/^ *Running /, "", name); sub(/^ *Doc-tests /, "doc tests ", name)
            # "unittests src/lib.rs (…/deps/engine-0123)" becomes "unit tests of engine".
            if (match(name, /deps\/[A-Za-z_]+-/)) {
                target = substr(name, RSTART + 5, RLENGTH - 6)
                name = (name ~ /^unittests/ ? "unit tests of " : "suite ") target
            }
        }
        /^test result: / {
            p = $4; f = $6; t = $NF
            print p "\t" f "\t" name "\t" t
        }' "$log")"
    local suite_passed suite_failed name seconds
    while IFS=$'\t' read -r suite_passed suite_failed name seconds; do
        [ -n "$name" ] || continue
        passed=$((passed + suite_passed))
        failed=$((failed + suite_failed))
        # Crates without a test of that sort do not deserve a row.
        [ "$((suite_passed + suite_failed))" -eq 0 ] && continue
        note "$name ($((suite_passed + suite_failed)) tests)" "$seconds" "$([ "$suite_failed" -eq 0 ] && echo ok || echo FAILED)"
    done <<<"$suites"
    if [ "$code" -ne 0 ] && ! grep -q '^test result: FAILED' "$log"; then
        # The build broke, a test process died or the time ran out: no result line tells of it.
        failed=$((failed + 1))
        [ "$code" -eq 124 ] && echo "test: stopped after $hang_limit: something hangs" >&2
        note "tests: ended with code $code" "" FAILED
    fi
    note "tests, building included" "$(($(date +%s) - start)) s" "$([ "$code" -eq 0 ] && echo ok || echo FAILED)"
}

check_document() {
    python_tools openapi tests/openapi/requirements.txt &&
        "$tools/openapi/bin/python" -m openapi_spec_validator docs/openapi.json && passed=$((passed + 1))
}

check_client() {
    local target="${CARGO_TARGET_DIR:-target}"
    python_tools client tests/client/requirements.txt &&
        timeout --foreground 5m "$tools/client/bin/python" tests/client/run.py "$target/debug/plotline" docs/openapi.json &&
        passed=$((passed + 1))
}

# Charts of every kind: opened by Plotly for Python, valid against the schema of the Plotly that the app ships, drawn as files.
check_figures() {
    local target="${CARGO_TARGET_DIR:-target}"
    use_node && python_tools figures tests/figures/requirements.txt &&
        timeout --foreground 5m "$tools/figures/bin/python" tests/figures/run.py "$target/debug/plotline" "$results/figures" &&
        node tests/figures/schema.mjs crates/web/ui/node_modules/plotly.js/dist/plot-schema.json "$results/figures" &&
        passed=$((passed + 2))
}

check_requests() {
    local target="${CARGO_TARGET_DIR:-target}"
    python_tools schemathesis tests/schemathesis/requirements.txt &&
        timeout --foreground 4m "$tools/schemathesis/bin/python" tests/schemathesis/run.py "$target/debug/plotline" docs/openapi.json &&
        passed=$((passed + 3))
}

check_app() {
    scripts/app.sh check | tee "$results/app.log"
    local code="${PIPESTATUS[0]}"
    # Vitest's last lines: "Tests  11 passed (11)" or "Tests  1 failed | 10 passed (11)".
    local counted
    counted="$(sed 's/\x1b\[[0-9;]*m//g' "$results/app.log" | sed -n 's/^ *Tests .* \([0-9]*\) passed.*/\1/p')"
    passed=$((passed + ${counted:-0}))
    return "$code"
}

check_pages() {
    use_node && browser_packages || return
    local target="${CARGO_TARGET_DIR:-target}"
    PLOTLINE_BINARY="$(realpath "$target/debug/plotline")" PLOTLINE_BROWSER_PACKAGES="$tools/browser" \
        node --test --test-reporter=spec tests/browser/*.test.mjs | tee "$results/pages.log"
    local code="${PIPESTATUS[0]}"
    passed=$((passed + $(sed -n 's/^ℹ pass \([0-9]*\)$/\1/p' "$results/pages.log")))
    return "$code"
}

close() {
    echo
    echo "$table"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

scripts/setup.sh test || exit $?

echo "test: a first build compiles about 640 libraries, roughly 15 minutes on two cores; after that a run takes minutes"
if [ "$#" -gt 0 ]; then
    step "build" cargo build --locked --workspace --bins || close
    run_tests "$@"
    close
fi
step "format (cargo fmt)" cargo fmt --all --check
step "web app (build)" scripts/app.sh build || close
step "build (the binary that the tests drive)" cargo build --locked --workspace --bins || close
step "lints (cargo clippy)" cargo clippy --locked --workspace --all-targets --features "$services" -- -D warnings
run_tests
step "OpenAPI document (openapi-spec-validator)" check_document
step "client made from the document (openapi-python-client)" check_client
step "figures and files of charts (Plotly for Python, its schema, PDF text)" check_figures
step "requests made from the document (Schemathesis)" check_requests
step "web app (client, types, style, unit tests)" check_app
step "pages in Chromium" check_pages
close
