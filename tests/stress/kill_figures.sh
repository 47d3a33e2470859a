#!/bin/sh
# The whole chain at the quick profile, make -j2 figures, interrupted at random moments: all of its processes
# get SIGKILL, every third time SIGTERM. After each, every file under a final name must be whole, and the last
# make must give all the files, byte for byte, that an uninterrupted one gives. When a chain is through before the
# interruptions are used up, another one is begun.
#   INTERRUPTIONS=20        how many     GN_TEST_SEED=N   other moments
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/../cli/make_lib"
# shellcheck source=tests/stress/lib.sh
. "$(dirname "$0")/lib.sh"
: "${INTERRUPTIONS:=20}"

# All commands that make starts are in the process group of setsid, so that one signal reaches them all.
figures() { exec setsid make -j2 figures PROFILE=quick THREADS=1; }
# Lists the files that make has made, without provenance and times, which may differ.
results() { (cd build/quick && find . -type f ! -name '*.prov' ! -name '*.seconds.tsv' | sort | xargs sha256sum); }

copy_tree
cp -r "$root/figures" "$root/paper" .
mkdir data
cp "$root"/data/*.tsv data/
began=$(now)
status=0
(figures) >"$TMP/log" 2>&1 || status=$?
check 'an uninterrupted make' test "$status" -eq 0
length=$(since "$began")
results >"$TMP/expected"
mv build/quick "$TMP/whole"
check "leaves figures and results" test "$(grep -c '\.svg$' "$TMP/expected")" -gt 15

# A moment is one of a fifth of the whole length, so that a chain is interrupted about ten times.
limit=$(awk -v whole="$length" 'BEGIN { print whole / 5 }')
interrupted=0 partial=0 left=0 chains=0 other=0 files=0
finished() {
    chains=$((chains + 1))
    results >"$TMP/found"
    cmp -s "$TMP/expected" "$TMP/found" && return
    other=$((other + 1))
    diff "$TMP/expected" "$TMP/found" | sed 's/^/#   /'
}
while [ "$interrupted" -lt "$INTERRUPTIONS" ]; do
    moment "$limit"
    (figures) >"$TMP/log" 2>&1 &
    job=$!
    sleep "$seconds"
    signal=KILL
    if [ $((interrupted % 3)) -eq 2 ]; then signal=TERM; fi
    kill "-$signal" "-$job" 2>/dev/null || true
    status=0
    wait "$job" 2>/dev/null || status=$?
    if [ "$status" -eq 0 ]; then
        finished
        rm -rf build/quick
        continue
    fi
    if [ "$status" -lt 128 ] && [ "$signal" = KILL ]; then
        fail "make failed by itself after $seconds s: $(tail -n 1 "$TMP/log")"
        break
    fi
    while pgrep -g "$job" >/dev/null; do sleep 0.1; done # what was told to end has not ended at once
    interrupted=$((interrupted + 1))
    if [ -d build/quick ]; then
        if ! all_whole build/quick "$TMP/whole"; then partial=$((partial + 1)); fi
        left=$((left + unfinished)) files=$((files + whole))
        echo "# $interrupted: SIG$signal after $seconds s: $whole whole files, $unfinished unfinished"
    fi
done
status=0
(figures) >"$TMP/log" 2>&1 || status=$?
check 'at last, without interruption' test "$status" -eq 0
finished
echo "# $interrupted interruptions of a make of $length s, $chains chains finished; $files files looked at," \
    "$left unfinished ones under names of their own"
check "interrupted $INTERRUPTIONS times" test "$interrupted" -eq "$INTERRUPTIONS"
check 'no partial file under its final name' test "$partial" -eq 0
check 'the same files and bytes at the end of each chain' test "$other" -eq 0
finish
