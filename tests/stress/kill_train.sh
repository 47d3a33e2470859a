#!/bin/sh
# Kill -9 at random moments of a short training, from its start to its end; then it is run again. Always the
# same bytes at the end, never a partial file under its final name.
#   KILLS=100        how many     GN_TEST_SEED=N   other moments
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
# shellcheck source=tests/stress/lib.sh
. "$(dirname "$0")/lib.sh"
: "${KILLS:=100}"

train() { # FOLDER; exec: the program itself is to be killed, not a shell that waits for it
    mkdir -p "$1/checkpoints"
    exec "$BIN/train" --units 24 --steps 60 --trials 60 --curvature-trials 20 --cg-iterations 20 --seed 5 \
        --threads 2 --updates 40 --state-every 3 --checkpoint-updates 0,3,10,20,39,40 \
        --checkpoints "$1/checkpoints" --log "$1/log.tsv" --output "$1/network.gn"
}
results() { (cd "$1" && find . -type f ! -name '*.prov' ! -name '*.seconds.tsv' | sort | xargs sha256sum); }

began=$(now)
status=0
(train "$TMP/whole") 2>/dev/null || status=$?
check 'trained without interruption' test "$status" -eq 0
length=$(since "$began")
results "$TMP/whole" >"$TMP/expected"
check 'which leaves network, log and six checkpoints' test "$(wc -l <"$TMP/expected")" -eq 8

kills=0 resumed=0 late=0 left=0 partial=0 other=0
while [ "$kills" -lt "$KILLS" ] && [ "$late" -lt $((KILLS + 20)) ]; do
    rm -rf "$TMP/killed"
    moment "$length"
    (train "$TMP/killed") 2>/dev/null &
    job=$!
    sleep "$seconds"
    kill -9 "$job" 2>/dev/null || true
    status=0
    wait "$job" 2>/dev/null || status=$?
    if [ "$status" -ne 137 ]; then # it was through before
        late=$((late + 1))
        continue
    fi
    kills=$((kills + 1))
    if ! all_whole "$TMP/killed" "$TMP/whole"; then partial=$((partial + 1)); fi
    left=$((left + unfinished))
    (train "$TMP/killed") 2>"$TMP/err" || true
    if grep -q '^train: resuming' "$TMP/err"; then resumed=$((resumed + 1)); fi
    results "$TMP/killed" >"$TMP/found"
    if ! cmp -s "$TMP/expected" "$TMP/found"; then
        other=$((other + 1))
        echo "# killed after $seconds of $length s:"
        diff "$TMP/expected" "$TMP/found" | sed 's/^/#   /'
    fi
done
echo "# $kills kills within $length s ($late came too late), $resumed taken up from a state," \
    "$left unfinished files left and removed by the next call"
check "killed $KILLS times" test "$kills" -eq "$KILLS"
check 'some of them after the first state' test "$resumed" -gt 0
check 'no partial file under its final name' test "$partial" -eq 0
check 'the same files and bytes after each' test "$other" -eq 0
finish
