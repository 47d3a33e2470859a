#!/bin/sh
# Runs tests and counts: tests/run.sh BUILD SEED ONLY TEST...
# VALGRIND=1 runs every program under valgrind: exit status 99 for an error or a lost block.
# A test prints "ok ..." or "not ok ..." lines (TAP); one that dies, or says nothing, has failed.
set -eu
build=$(cd "$1" && pwd)
seed=$2 only=$3
shift 3
export GN_TEST_SEED="$seed" CMOCKA_MESSAGE_OUTPUT=TAP
export BIN="$build/bin" LC_ALL=C TZ=UTC
logs=$build/tests/logs
mkdir -p "$logs"
valgrind=
if [ -n "${VALGRIND-}" ]; then
    # valgrind does not know AVX-512. Tests that use make, kill -9 or another build are left out.
    valgrind='valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite'
    export GRIDNAV_KERNEL="${GRIDNAV_KERNEL:-avx2}"
    left_out=' cookbook figures identity kill make_chain make_experiment make_released make_search places '
    wrapped=$build/tests/valgrind
    mkdir -p "$wrapped"
    for program in "$BIN"/*; do
        printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$valgrind" "$program" >"$wrapped/${program##*/}"
        chmod +x "$wrapped/${program##*/}"
    done
    export BIN="$wrapped"
fi
passed=0 failed=0 skipped=0
echo "seed $seed"
for test in "$@"; do
    name=$(basename "$test" .sh)
    case $name in
    *"$only"*) ;;
    *) continue ;;
    esac
    case ${left_out-} in *" $name "*) echo "$name: left out under valgrind" && continue ;; esac
    log=$logs/$name.log
    status=0
    # shellcheck disable=SC2086 # valgrind and its options, or nothing
    case $test in
    *fuzz_*) $valgrind "$test" "tests/fuzz/corpus/${name#fuzz_}" >"$log" 2>&1 || status=$? ;;
    *.sh) timeout "${TEST_SECONDS:-900}" sh "$test" >"$log" 2>&1 || status=$? ;;
    *) timeout "${TEST_SECONDS:-900}" $valgrind "$test" >"$log" 2>&1 || status=$? ;;
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
