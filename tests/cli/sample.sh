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
one_line real.tsv 'no 500 steps of 5' 'the longest of 2 pieces'
expect_exit 2 "$sample" --track "$TMP/real.tsv" --track-columns 1,2,9 --output "$TMP/none.gn"
one_line real.tsv --track-columns "'9'" '3 columns'

# header KEY: of $TMP/o.gn
header() { "$dump" "$TMP/o.gn" | sed -n "s/^$1	//p"; }
extent() { "$dump" --array position "$TMP/o.gn" | awk -v c="$1" 'NF { if (!n++ || $c < a) a = $c; if (n == 1 || $c > b) b = $c } END { printf "%.4f %.4f\n", a, b }'; }

# A box narrower than the square lies in its middle.
printf '0 0 0\n4 10 0\n20 10 40\n24 0 40\n40 0 0\n' >"$TMP/box.tsv"
expect_exit 0 "$sample" --track "$TMP/box.tsv" --track-step 0.5 --track-gap 99 --steps 80 --output "$TMP/o.gn"
check 'x in the middle' test "$(extent 1)" = '-0.2500 0.2500'
check 'y from wall to wall' test "$(extent 2)" = '-1.0000 1.0000'

# A round box becomes the circle, an L-shaped one the L.
awk 'BEGIN { for (i = 0; i <= 400; i++) print i / 50, 30 + 20 * cos(i / 9) * sin(i / 50), 20 + 20 * sin(i / 9) * sin(i / 50) }' >"$TMP/round.txt"
expect_exit 0 "$sample" --track "$TMP/round.txt" --arena circle --output "$TMP/o.gn"
check 'of radius 20 about (30, 20)' awk -v s="$(header track.scale)" -v x="$(header track.shift-x)" -v y="$(header track.shift-y)" \
    'BEGIN { exit !(s > 0.0499 && s < 0.0503 && (x + 1.5) ^ 2 < 1e-4 && (y + 1) ^ 2 < 1e-4) }'
printf '0 0 0\n10 98 0\n15 98 48\n20 48 48\n25 48 98\n30 0 98\n40 0 0\n' >"$TMP/ell.txt"
expect_exit 0 "$sample" --track "$TMP/ell.txt" --track-step 0.5 --track-gap 99 --steps 80 --arena polygon \
    --arena-corners '-1,-1 1,-1 1,0 0,0 0,1 -1,1' --output "$TMP/o.gn"
check 'x from wall to wall' awk -v extent="$(extent 1)" 'BEGIN { split(extent, e, " "); exit !(e[1] < -0.98 && e[2] > 0.98) }'
check 'y too' awk -v extent="$(extent 2)" 'BEGIN { split(extent, e, " "); exit !(e[1] < -0.98 && e[2] > 0.98) }'

# A corridor narrower than the steps of sampled walks are long.
awk 'BEGIN { for (i = 0; i <= 400; i++) print i / 50, 50 + 50 * sin(i / 30), 2 + 2 * sin(i / 7) }' >"$TMP/corridor.txt"
expect_exit 0 "$sample" --track "$TMP/corridor.txt" --arena polygon --arena-corners '-1,-0.05 1,-0.05 1,0.05 -1,0.05' --output "$TMP/o.gn"
check 'from end to end' test "$(extent 1 | cut -c1-4)" = '-1.0'
expect_exit 2 "$sample" --arena polygon --arena-corners '-1,-0.05 1,-0.05 1,0.05 -1,0.05' --output "$TMP/none.gn"
one_line top-speed inradius

# Rows of nan end a piece, unless they are bridged.
printf '0 0 0\n1 1 0\n2 2 0\n3 nan nan\n4 4 0\n5 4 1\n6 4 2\n7 3 3\n8 2 3\n' >"$TMP/nan.tsv"
expect_exit 0 "$sample" --track "$TMP/nan.tsv" --steps 2 --output "$TMP/o.gn"
check 'two pieces' test "$(header track.pieces) $(header track.time-unseen)" = '2 2'
"$dump" --array time "$TMP/o.gn" >"$TMP/time"
printf '1\t2\n5\t6\n7\t8\n' >"$TMP/expected"
check 'the time of each step is the track'"'"'s' cmp "$TMP/time" "$TMP/expected"
expect_exit 0 "$sample" --track "$TMP/nan.tsv" --steps 2 --track-bridge 2 --output "$TMP/o.gn"
check 'one piece' test "$(header track.pieces)" = 1

# Twenty minutes at 50 Hz, a few frames lost every 15 s: what is dropped is said, and little is.
awk 'BEGIN { for (i = 0; i < 60000; i++) { b = i % 750 > 743
    printf "%.2f\t%s\t%s\n", i * .02, b ? "nan" : 50 + 49 * sin(i / 100), b ? "nan" : 50 + 49 * cos(i / 137) } }' >"$TMP/lost.tsv"
expect_exit 0 "$sample" --track "$TMP/lost.tsv" --output "$TMP/o.gn"
check 'said on stderr' grep -q '80 pieces, 160 trials of 371 steps .*1187.2 of 1199.86 time units used; 11.06 between pieces; 1.6 left over' "$TMP/err"
check 'and in the header' test "$(header track.rows) $(header track.rows-missing) $(header track.rows-used)" = '59520 480 59440'
check 'the times add up' awk -v all="$(header track.time)" -v a="$(header track.time-used)" -v b="$(header track.time-unseen)" \
    -v c="$(header track.time-left-over)" -v d="$(header track.time-short)" \
    'BEGIN { e = all - a - b - c - d; exit !(a > 0.98 * all && e < 1e-6 && e > -1e-6) }'
expect_exit 0 "$sample" --track "$TMP/lost.tsv" --steps 500 --output "$TMP/o.gn"
check 'with trials of 500 more is left over, and said' awk -v t="$(header track.time-left-over)" 'BEGIN { d = t - 388.8; exit !(d * d < 1e-9) }'

# One mistracked frame: named, left out, and no measure of the box.
awk 'BEGIN { for (i = 0; i < 3000; i++) { x = 50 + 49 * sin(i / 100); y = 50 + 49 * cos(i / 137); if (i == 1500) { x = 640; y = 480 }
    printf "%.2f\t%.3f\t%.3f\n", i * .02, x, y } }' >"$TMP/out.tsv"
expect_exit 0 "$sample" --track "$TMP/out.tsv" --output "$TMP/o.gn"
check 'named with line and time' grep -q 'out.tsv: line 1501, time 30: jump at (640, 480), .* 1 row left out' "$TMP/err"
check 'counted' test "$(header track.rows-jumps) $(header track.jumps)" = '1 1'
check 'the box is that of the animal' awk -v s="$(header track.scale)" 'BEGIN { exit !(s > 0.0204 && s < 0.0205) }'
check 'the largest speed is told' awk -v v="$(header track.speed)" 'BEGIN { exit !(v > 60 && v < 120) }'
expect_exit 3 "$sample" --track "$TMP/out.tsv" --track-speed 1e6 --output "$TMP/none.gn"
one_line out.tsv 'line 1501' 'time 30' --track-speed --track-step
expect_exit 0 "$sample" --track "$TMP/out.tsv" --track-speed 1e6 --track-step 0.005 --output "$TMP/o.gn"
check 'on request it stays' test "$(header track.rows-jumps) $(header track.rows)" = '0 3000'

# Frames lost at (0, 0).
awk 'BEGIN { for (i = 0; i < 3000; i++) { x = 50 + 49 * sin(i / 100); y = 50 + 49 * cos(i / 137); if (x < 30 && y < 30 && i % 20 == 0) x = y = 0
    printf "%.2f\t%.3f\t%.3f\n", i * .02, x, y } }' >"$TMP/zero.tsv"
expect_exit 0 "$sample" --track "$TMP/zero.tsv" --output "$TMP/o.gn"
check 'told' grep -q '25 rows lie at exactly (0, 0).*--track-zero missing' "$TMP/err"
check 'they are no moves of the animal' awk -v v="$(header recipe.top-speed)" 'BEGIN { exit !(v < 0.02) }'
expect_exit 0 "$sample" --track "$TMP/zero.tsv" --track-zero missing --track-bridge 0.05 --output "$TMP/o.gn"
check 'missing on request' test "$(header track.rows-zero) $(header track.jumps) $(header track.pieces)" = '25 0 1'
expect_exit 2 "$sample" --track-zero missing --output "$TMP/none.gn"

# What cannot work is refused with one line, and leaves nothing behind.
expect_exit 2 "$sample" --top-speed 1.5 --output "$TMP/none.gn"
one_line top-speed 1.5
expect_exit 2 "$sample" --top-speed 0 --output "$TMP/none.gn"
expect_exit 2 "$sample" --arena round --output "$TMP/none.gn"
one_line round
expect_exit 2 "$sample" --trials 0 --output "$TMP/none.gn"
expect_exit 2 "$sample" --zero-speed 1.1 --output "$TMP/none.gn"
expect_exit 2 "$sample" --trials 5
expect_exit 4 "$sample" --turn-sd 0 --zero-speed 0 --trials 3 --output "$TMP/none.gn"
one_line turn-sd 'trial 0'
expect_exit 1 "$sample" --output "$TMP/one.gn/none.gn"
check 'no file is left' test ! -e "$TMP/none.gn"
finish
