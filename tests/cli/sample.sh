#!/bin/sh
# sample-trajectories: shapes, seeds, threads, refusals.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
sample=$BIN/sample-trajectories
dump=$BIN/gn-dump

# differ A B: the files are not the same.
differ() { ! cmp -s "$1" "$2"; }

expect_exit 0 "$sample" --trials 40 --steps 100 --seed 7 --threads 1 --output "$TMP/one.gn"
for threads in 2 3 5; do
    expect_exit 0 "$sample" --trials 40 --steps 100 --seed 7 --threads $threads --output "$TMP/many.gn"
    check "the same bytes with $threads threads" cmp "$TMP/one.gn" "$TMP/many.gn"
done
expect_exit 0 "$BIN/gn-check" "$TMP/one.gn"
"$dump" --list "$TMP/one.gn" >"$TMP/list"
printf 'speed\tf32\t40x100\ndirection\tf32\t40x100\nposition\tf32\t40x100x2\nredraws\tu16\t40x100\n' >"$TMP/expected"
check 'the arrays' cmp "$TMP/expected" "$TMP/list"
"$dump" "$TMP/one.gn" >"$TMP/header"
for line in 'recipe.seed	7' 'recipe.arena	square' 'recipe.arena-size	1' 'recipe.top-speed	0.2' \
    'recipe.zero-speed	0.9' 'recipe.still	held' 'recipe.start	centre'; do
    check "header: $line" grep -qxF "$line" "$TMP/header"
done
"$dump" --array speed "$TMP/one.gn" >"$TMP/speed"
# shellcheck disable=SC2016 # awk's dollars
check 'exactly a tenth of the steps moves' \
    awk '{ n = 0; for (i = 1; i <= NF; i++) n += $i > 0; if (n != 10) exit 1 }' "$TMP/speed"

# A trial depends on its number, not on how many there are; another seed is another walk.
expect_exit 0 "$sample" --trials 7 --steps 100 --seed 7 --output "$TMP/few.gn"
"$dump" --array direction "$TMP/one.gn" | head -7 >"$TMP/first"
"$dump" --array direction "$TMP/few.gn" >"$TMP/few"
check 'trials are numbered' cmp "$TMP/first" "$TMP/few"
expect_exit 0 "$sample" --trials 7 --steps 100 --seed 8 --output "$TMP/other.gn"
"$dump" --array direction "$TMP/other.gn" >"$TMP/other"
check 'seeds differ' differ "$TMP/few" "$TMP/other"

# Every arena and option does something and stays inside.
for options in '--arena hexagon' '--arena triangle' '--still diffusing' '--start uniform' '--turn-sd 1' \
    '--zero-speed-mode blocks' '--zero-speed 0' '--top-speed 0.1' '--arena-size 2'; do
    # shellcheck disable=SC2086 # an option and its value
    expect_exit 0 "$sample" --trials 7 --steps 100 --seed 7 $options --output "$TMP/with.gn"
    "$dump" --array position "$TMP/with.gn" >"$TMP/with"
    "$dump" --array position "$TMP/few.gn" >"$TMP/without"
    check "$options matters" differ "$TMP/with" "$TMP/without"
done
"$dump" --array position "$TMP/few.gn" >"$TMP/place"
# shellcheck disable=SC2016
check 'inside the square' \
    awk 'NF && ($1 < -1 || $1 > 1 || $2 < -1 || $2 > 1) { exit 1 }' "$TMP/place"
expect_exit 0 "$sample" --trials 200 --arena triangle --output "$TMP/triangle.gn"
"$dump" --array position "$TMP/triangle.gn" >"$TMP/place"
# shellcheck disable=SC2016
check 'inside the triangle' awk 'NF {
    x = sqrt(3) * ($1 < 0 ? -$1 : $1)
    if ($2 < -0.6500001 || x + $2 > 1.3000001) exit 1 }' "$TMP/place"

# A real animal's track, irregularly sampled, with a gap.
awk 'BEGIN { print "# time x y"
    for (i = 0; i < 2000; i++) { t += 0.02 + 0.01 * sin(i); if (i == 1000) t += 5
        printf "%.6f\t%.6f\t%.6f\n", t, 100 + 40 * sin(t / 3), 60 * cos(t / 5) } }' >"$TMP/real.tsv"
expect_exit 0 "$sample" --track "$TMP/real.tsv" --track-step 0.1 --steps 50 --arena triangle --output "$TMP/real.gn"
expect_exit 0 "$BIN/gn-check" "$TMP/real.gn"
"$dump" "$TMP/real.gn" >"$TMP/header"
check 'two pieces' grep -qxF 'track.pieces	2' "$TMP/header"
"$dump" --list "$TMP/real.gn" >"$TMP/list"
check 'six whole trials' grep -qxF 'speed	f32	6x50' "$TMP/list"
expect_exit 0 "$sample" --track "$TMP/real.tsv" --steps 50 --trials 2 --output "$TMP/two.gn"
expect_exit 2 "$sample" --track "$TMP/real.tsv" --still held --output "$TMP/none.gn"
expect_exit 2 "$sample" --track-near 1 --output "$TMP/none.gn"
expect_exit 2 "$sample" --track-step 1 --output "$TMP/none.gn"
expect_exit 3 "$sample" --track "$TMP/real.tsv" --track-fit none --output "$TMP/none.gn"
one_line inside real.tsv
expect_exit 3 "$sample" --track "$TMP/real.tsv" --track-step 5 --output "$TMP/none.gn"

# What cannot work is refused with one line, and leaves nothing behind.
expect_exit 2 "$sample" --top-speed 1.5 --output "$TMP/none.gn"
one_line top-speed 1.5
expect_exit 2 "$sample" --top-speed 0 --output "$TMP/none.gn"
expect_exit 2 "$sample" --arena circle --output "$TMP/none.gn"
one_line circle
expect_exit 2 "$sample" --trials 0 --output "$TMP/none.gn"
expect_exit 2 "$sample" --zero-speed 1.1 --output "$TMP/none.gn"
expect_exit 2 "$sample" --trials 5
expect_exit 4 "$sample" --turn-sd 0 --zero-speed 0 --trials 3 --output "$TMP/none.gn"
one_line turn-sd 'trial 0'
expect_exit 1 "$sample" --output "$TMP/missing/none.gn"
check 'no file is left' test ! -e "$TMP/none.gn"
finish
