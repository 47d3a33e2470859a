#!/bin/sh
# train --trajectories: an animal's own walks instead of sampled ones.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
train() { "$BIN/train" --units 10 --trials 40 --curvature-trials 20 --updates 4 "$@"; }

"$BIN/sample-trajectories" --track "$top/data/made-up-track.tsv" --track-step 0.1 --track-gap 1 --steps 60 --output "$TMP/walked.gn" 2>/dev/null
expect_exit 0 train --steps 60 --trajectories "$TMP/walked.gn" --threads 1 --log "$TMP/log.tsv" --output "$TMP/one.gn"
expect_exit 0 train --steps 60 --trajectories "$TMP/walked.gn" --threads 3 --output "$TMP/many.gn"
check 'the same bytes with more threads' cmp "$TMP/one.gn" "$TMP/many.gn"
"$BIN/gn-dump" "$TMP/one.gn" >"$TMP/header"
check 'the header has the hash of the walks' grep -q '^recipe.trajectories	[0-9a-f]\{16\}$' "$TMP/header"
check 'and what was measured of them' grep -q '^recipe.top-speed	0.0' "$TMP/header"

# The first update's error is that of output 0: the mean square of the places of the trials drawn.
"$BIN/gn-dump" --array position "$TMP/walked.gn" | awk 'NF { s += $1 * $1 + $2 * $2; n += 2 } END { print s / n }' >"$TMP/mean"
check 'the error begins as these walks have it' awk -v all="$(cat "$TMP/mean")" -F '\t' \
    '/^0\t/ { exit !($2 > 0.6 * all && $2 < 1.5 * all) }' "$TMP/log.tsv"
# One trial only: whatever is drawn is this one.
"$BIN/sample-trajectories" --track "$top/data/made-up-track.tsv" --track-step 0.1 --trials 1 --steps 60 --output "$TMP/single.gn" 2>/dev/null
expect_exit 0 train --steps 60 --noise-sd 0 --trajectories "$TMP/single.gn" --log "$TMP/log.tsv" --output "$TMP/single-net.gn"
"$BIN/gn-dump" --array position "$TMP/single.gn" | awk 'NF { s += $1 * $1 + $2 * $2; n += 2 } END { print s / n }' >"$TMP/mean"
check 'of a single trial, exactly its own' awk -v all="$(cat "$TMP/mean")" -F '\t' \
    '/^0\t/ { d = $2 / all - 1; exit !(d < 1e-5 && d > -1e-5) }' "$TMP/log.tsv"

expect_exit 0 "$BIN/probe-tuning" --trials 20 --skip 5 --output "$TMP/probe.gn" "$TMP/one.gn"
expect_exit 2 train --steps 50 --trajectories "$TMP/walked.gn" --output "$TMP/none.gn"
one_line steps 60
expect_exit 2 train --steps 60 --trajectories "$TMP/walked.gn" --turn-sd 1 --output "$TMP/none.gn"
expect_exit 3 train --steps 60 --trajectories "$TMP/one.gn" --output "$TMP/none.gn"
expect_exit 3 train --steps 60 --resume "$TMP/one.gn" --output "$TMP/none.gn"
one_line recipe.
finish
