#!/bin/sh
# Runs tests and counts: tests/run.sh BUILD SEED ONLY TEST...
# A test prints "ok ..." or "not ok ..." lines (TAP); one that dies, or says nothing, has failed.
set -eu
build=$(cd "$1" && pwd)
seed=$2 only=$3
shift 3
export GN_TEST_SEED="$seed" CMOCKA_MESSAGE_OUTPUT=TAP
export BIN="$build/bin" LC_ALL=C TZ=UTC
logs=$build/tests/logs
mkdir -p "$logs"
passed=0 failed=0 skipped=0
echo "seed $seed"
for test in "$@"; do
    name=$(basename "$test" .sh)
    case $name in
    *"$only"*) ;;
    *) continue ;;
    esac
    log=$logs/$name.log
    status=0
    case $test in
    *fuzz_*) "$test" "tests/fuzz/corpus/${name#fuzz_}" >"$log" 2>&1 || status=$? ;;
    *.sh) timeout "${TEST_SECONDS:-900}" sh "$test" >"$log" 2>&1 || status=$? ;;
    *) timeout "${TEST_SECONDS:-900}" "$test" >"$log" 2>&1 || status=$? ;;
    esac
    skip=$(grep -c '^ok.*# SKIP' "$log" || true)
    good=$(($(grep -c '^ok' "$log" || true) - skip))
    bad=$(grep -c '^not ok' "$log" || true)
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ $((good + skip)) -eq 0 ]; }; then
        bad=1
        echo "not ok - $name: exit status $status after $good passed tests" >>"$log"
    fi
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skip))
    printf '%-28s %4d passed %4d failed\n' "$name" "$good" "$bad"
    if [ "$bad" -ne 0 ]; then
        sed 's/^/    /' "$log" | tail -n 60
    fi
done
if [ "$skipped" -ne 0 ]; then echo "$skipped skipped"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
