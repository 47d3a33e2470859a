#!/bin/sh
# probe-tuning, track, boundary-error, long-run-error, selectivity: their tables and arrays
# recomputed from each other with awk, threads, refusals.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
dump=$BIN/gn-dump
probe=$BIN/probe-tuning
net=$TMP/network.gn

"$BIN/train" --units 12 --steps 110 --trials 32 --curvature-trials 16 --updates 2 --output "$net" 2>/dev/null
# Before training W_out is 0, and so is the output: every error is known from the walk alone.
"$BIN/train" --units 3 --steps 110 --trials 16 --curvature-trials 16 --updates 0 --output "$TMP/zero.gn" 2>/dev/null

# rows FILE: a table's rows without its keys, names and end.
rows() { awk '!/^#/ && names++' "$1"; }
# key NAME FILE
key() { sed -n "s/^# $1: //p" "$2"; }
near() { awk -v a="$1" -v b="$2" -v tolerance="$3" 'BEGIN { d = a - b; exit !(d <= tolerance && -d <= tolerance) }'; }

# ---- probe-tuning ----------------------------------------------------------------------------

expect_exit 0 "$probe" --trials 41 --record 41 --bins 6 --skip 10 --seed 3 --threads 1 --output "$TMP/one.gn" "$net"
expect_exit 0 "$probe" --trials 41 --record 41 --bins 6 --skip 10 --seed 3 --threads 3 --output "$TMP/three.gn" "$net"
check 'the same bytes with 3 threads' cmp "$TMP/one.gn" "$TMP/three.gn"
expect_exit 0 "$BIN/gn-check" "$TMP/one.gn"
"$dump" --list "$TMP/one.gn" >"$TMP/list"
for line in 'rate_map	f32	12x6x6' 'rate_map_half	f32	2x12x6x6' 'occupancy	u32	6x6' \
    'direction_tuning	f32	12x36' 'direction_centre	f32	36' 'speed_tuning	f32	12x11' 'speed_centre	f32	11' \
    'response	f32	12x4510' 'response_position	f32	4510x2' 'response_speed	f32	4510' 'response_direction	f32	4510'; do
    check "array $line" grep -qxF "$line" "$TMP/list"
done
"$dump" "$TMP/one.gn" >"$TMP/header"
for line in 'units	12' 'bins	6' 'x_min	-1' 'y_min	-1' 'update	2' 'recipe.units	12' 'probe.seed	3' 'probe.skip	10' \
    'probe.arena	square' 'probe.noise-sd	0'; do
    check "header $line" grep -qxF "$line" "$TMP/header"
done

# Unit 4's map and curves again, from its recorded responses.
for array in response_position response_speed response_direction; do
    "$dump" --array $array "$TMP/one.gn" >"$TMP/$array"
done
"$dump" --array response --slice 4 "$TMP/one.gn" | tr '\t' '\n' >"$TMP/response"
paste "$TMP/response" "$TMP/response_position" "$TMP/response_speed" "$TMP/response_direction" | awk '
    function bin(v, n) { v = int(v); return v < n ? v : n - 1 }
    (NR - 1) % 110 >= 10 {
        b = bin(($3 + 1) * 3, 6) * 6 + bin(($2 + 1) * 3, 6); map[b] += $1; visits[b]++
        s = $4 > 0 ? 1 + bin($4 * 50, 10) : 0; speed[s] += $1; at_speed[s]++
        if ($4 > 0) { d = bin($5 * 36, 36); turn[d] += $1; turned[d]++ }
    }
    END {
        for (b = 0; b < 36; b++) print visits[b] ? map[b] / visits[b] : "nan"
        for (s = 0; s < 11; s++) print at_speed[s] ? speed[s] / at_speed[s] : "nan"
        for (d = 0; d < 36; d++) print turned[d] ? turn[d] / turned[d] : "nan"
    }' >"$TMP/again"
{
    "$dump" --array rate_map --slice 4 "$TMP/one.gn"
    "$dump" --array speed_tuning --slice 4 "$TMP/one.gn"
    "$dump" --array direction_tuning --slice 4 "$TMP/one.gn"
} | tr '\t' '\n' >"$TMP/told"
check 'map and curves are the means of the responses' sh -c "paste '$TMP/told' '$TMP/again' | awk '
    \$1 == \"nan\" || \$2 == \"nan\" { if (\$1 != \$2) exit 1; next }
    { d = \$1 - \$2; if (d > 2e-6 || d < -2e-6) exit 1; n++ }
    END { if (n < 60) exit 1 }'"
"$dump" --array occupancy "$TMP/one.gn" >"$TMP/occupancy"
check 'occupancy counts every step after the skipped' \
    awk '{ for (i = 1; i <= NF; i++) n += $i } END { exit n != 41 * 100 }' "$TMP/occupancy"

# Given trials are the ones walked; fresh ones differ.
expect_exit 0 "$BIN/sample-trajectories" --trials 9 --steps 60 --arena triangle --output "$TMP/walk.gn"
expect_exit 0 "$probe" --trajectories "$TMP/walk.gn" --record 9 --skip 0 --output "$TMP/given.gn" "$net"
"$dump" --array response_speed "$TMP/given.gn" >"$TMP/given"
"$dump" --array speed "$TMP/walk.gn" | tr '\t' '\n' >"$TMP/walked"
check 'the given trials are walked' cmp "$TMP/given" "$TMP/walked"
"$dump" "$TMP/given.gn" >"$TMP/header"
check 'the arena is theirs' grep -qxF 'probe.arena	triangle' "$TMP/header"
check 'the recipe is the network'"'"'s' grep -qxF 'recipe.arena	square' "$TMP/header"
expect_exit 0 "$probe" --trials 9 --arena hexagon --output "$TMP/hexagon.gn" "$net"
"$dump" "$TMP/hexagon.gn" >"$TMP/header"
check 'another arena' grep -qxF 'probe.arena	hexagon' "$TMP/header"
expect_exit 0 "$probe" --trials 41 --record 41 --bins 6 --skip 10 --seed 3 --noise-sd trained --output "$TMP/noisy.gn" "$net"
"$dump" --array response --slice 4 "$TMP/noisy.gn" | tr '\t' '\n' >"$TMP/noisy"
check 'noise of the trained size' sh -c "paste '$TMP/response' '$TMP/noisy' | awk '
    { d = \$2 - \$1; sum += d * d } END { sd = sqrt(sum / NR); exit !(sd > 0.095 && sd < 0.13) }'"

# ---- the uninterrupted run -------------------------------------------------------------------

expect_exit 0 "$probe" --uninterrupted --steps 20105 --every 20 --threads 1 --output "$TMP/run.gn" "$net"
expect_exit 0 "$probe" --uninterrupted --steps 20105 --every 20 --threads 2 --output "$TMP/again.gn" "$net"
check 'the same bytes with 2 threads' cmp "$TMP/run.gn" "$TMP/again.gn"
"$dump" --list "$TMP/run.gn" >"$TMP/list"
printf 'rate\tf32\t12x1003\nposition\tf32\t1003x2\nspeed\tf32\t1003\ndirection\tf32\t1003\n' >"$TMP/expected"
check 'arrays of a run' cmp "$TMP/list" "$TMP/expected"
"$dump" --array position "$TMP/run.gn" >"$TMP/place"
check 'it never jumps' awk '
    NR > 1 { dx = $1 - x; dy = $2 - y; if (dx * dx + dy * dy > 16) jumps++; far += dx * dx + dy * dy > 0.01 }
    { x = $1; y = $2 } END { exit jumps || far < 100 }' "$TMP/place"

# Of given trials it is what a probe of them records, step for step, across the batches of 500 trials.
expect_exit 0 "$BIN/sample-trajectories" --trials 503 --steps 7 --seed 8 --output "$TMP/given.gn"
expect_exit 0 "$probe" --trajectories "$TMP/given.gn" --record 503 --skip 2 --noise-sd 0.2 --output "$TMP/record.gn" "$net"
expect_exit 0 "$probe" --uninterrupted --trajectories "$TMP/given.gn" --skip 3 --every 2 --noise-sd 0.2 --output "$TMP/run.gn" "$net"
"$dump" --array response "$TMP/record.gn" | head -n 12 | awk '{ for (s = 1; s <= NF; s++) if ((s - 1) % 7 == 3 || (s - 1) % 7 == 5) printf "%s\t", $s; print "" }' |
    sed 's/\t$//' >"$TMP/expected"
"$dump" --array rate "$TMP/run.gn" >"$TMP/rate"
check 'a run of given trials' cmp "$TMP/rate" "$TMP/expected"
"$dump" --array response_position "$TMP/record.gn" | awk '(NR - 1) % 7 == 3 || (NR - 1) % 7 == 5' >"$TMP/expected"
"$dump" --array position "$TMP/run.gn" >"$TMP/place"
check 'and where the animal was' cmp "$TMP/place" "$TMP/expected"

# ---- selectivity -----------------------------------------------------------------------------

expect_exit 0 "$BIN/selectivity" --output "$TMP/selectivity.tsv" "$TMP/one.gn"
rows "$TMP/selectivity.tsv" | awk '$1 == 4' >"$TMP/row"
awk 'NR <= 36 && $1 != "nan" { n++; s += $1 < 0 ? -$1 : $1; ss += $1 * $1 }
    NR > 36 && NR <= 47 && $1 != "nan" { b = NR - 37; x = b ? (b - 0.5) * 0.02 : 0; m++; sx += x; sy += $1; sxx += x * x; sxy += x * $1 }
    NR > 47 && $1 != "nan" { if (low == "" || $1 < low) low = $1; if (high == "" || $1 > high) high = $1 }
    END { slope = (sxy - sx * sy / m) / (sxx - sx * sx / m)
          printf "%.9g %.9g %.9g\n", slope < 0 ? -slope : slope, high - low, 1 - s * s / (n * ss) }' "$TMP/told" >"$TMP/expected"
read -r _ speed direction spatial _ <"$TMP/row"
read -r expected_speed expected_direction expected_spatial <"$TMP/expected"
check 'speed selectivity is the slope' near "$speed" "$expected_speed" 1e-5
check 'direction selectivity is the range' near "$direction" "$expected_direction" 1e-6
check 'spatial selectivity is the sparseness' near "$spatial" "$expected_spatial" 1e-6
check 'a row a unit' test "$(rows "$TMP/selectivity.tsv" | wc -l)" -eq 12

# ---- track -----------------------------------------------------------------------------------

expect_exit 0 "$BIN/track" --seed 2 --output "$TMP/track.tsv" "$TMP/zero.gn"
rows "$TMP/track.tsv" >"$TMP/rows"
check 'the output of an untrained network is 0' awk '$4 != 0 || $5 != 0 { exit 1 }' "$TMP/rows"
check 'the path adds up' awk -v tau=6.283185307179586 '
    { x += $6 * cos(tau * $7); y += $6 * sin(tau * $7)
      if (x - $2 > 1e-5 || $2 - x > 1e-5 || y - $3 > 1e-5 || $3 - y > 1e-5) exit 1 }' "$TMP/rows"
expected=$(awk '{ s += $2 * $2 + $3 * $3 } END { printf "%.12g", s / 2 / NR }' "$TMP/rows")
check 'its error' near "$(key error_squared "$TMP/track.tsv")" "$expected" 1e-8
expect_exit 0 "$BIN/track" --trajectories "$TMP/walk.gn" --trial 3 --output "$TMP/track.tsv" "$net"
rows "$TMP/track.tsv" | cut -f 6 >"$TMP/speed"
"$dump" --array speed --slice 3 "$TMP/walk.gn" | tr '\t' '\n' >"$TMP/walked"
check 'the chosen trial' cmp "$TMP/speed" "$TMP/walked"
expect_exit 2 "$BIN/track" --trajectories "$TMP/walk.gn" --trial 9 --output "$TMP/none" "$net"
expect_exit 2 "$BIN/track" --trajectories "$TMP/walk.gn" --steps 9 --output "$TMP/none" "$net"
expect_exit 2 "$BIN/track" --trials 0 --output "$TMP/none" "$net"
expect_exit 2 "$BIN/track" --trajectories "$TMP/walk.gn" --trial 3 --trials 7 --output "$TMP/none" "$net"
one_line --trials 'at most 6'

# Several trials in one call are those of a call each, and of trials at the same place each has its own noise.
expect_exit 0 "$BIN/track" --trajectories "$TMP/walk.gn" --trial 2 --trials 4 --threads 1 --output "$TMP/four.tsv" "$net"
rows "$TMP/four.tsv" | awk '$1 == 3' | cut -f 2- >"$TMP/third"
rows "$TMP/track.tsv" >"$TMP/expected"
check 'a trial is the same alone and among others' cmp "$TMP/third" "$TMP/expected"
check 'a column says which' test "$(rows "$TMP/four.tsv" | cut -f 1 | uniq -c | awk '{ printf "%s:%s ", $2, $1 }')" = '2:60 3:60 4:60 5:60 '
expect_exit 0 "$BIN/track" --trajectories "$TMP/walk.gn" --trials 0 --output "$TMP/all.tsv" "$net"
check 'all of them' test "$(rows "$TMP/all.tsv" | wc -l)" -eq 540
rows "$TMP/all.tsv" | awk '{ e += (($5 - $3) ^ 2 + ($6 - $4) ^ 2) / 2 } END { printf "%.12g\n", e / NR }' >"$TMP/expected"
check 'the error is over all of them' near "$(key error_squared "$TMP/all.tsv")" "$(cat "$TMP/expected")" 1e-8

# Trial r is that of probe-tuning: the outputs are W_out times its rates, noise included, across the batches of 500.
"$dump" --array out "$net" | tr '\t' '\n' >"$TMP/weights"
expect_exit 0 "$probe" --trials 502 --record 502 --steps 8 --skip 0 --seed 4 --noise-sd 0.2 --output "$TMP/noisy.gn" "$net"
expect_exit 0 "$BIN/track" --trial 498 --trials 4 --steps 8 --seed 4 --noise-sd 0.2 --output "$TMP/late.tsv" "$net"
"$dump" --array response "$TMP/noisy.gn" | cut -f 3985-4016 >"$TMP/response"
"$dump" --array response_position "$TMP/noisy.gn" | sed -n 3985,4016p >"$TMP/place"
awk -F '\t' 'FILENAME ~ /weights$/ { w[FNR] = $1; next }
    { for (s = 1; s <= NF; s++) { x[s] += w[FNR] * $s; y[s] += w[FNR + 12] * $s } n = NF }
    END { for (s = 1; s <= n; s++) printf "%.7g\t%.7g\n", x[s], y[s] }' "$TMP/weights" "$TMP/response" |
    paste "$TMP/place" - >"$TMP/expected"
rows "$TMP/late.tsv" | cut -f 3-6 | paste - "$TMP/expected" >"$TMP/both"
check 'trials 498 to 501 are those of probe-tuning' awk '
    function far(a, b) { return a - b > 1e-5 || b - a > 1e-5 }
    $1 != $5 || $2 != $6 || far($3, $7) || far($4, $8) { bad = 1 } { n++ } END { exit bad || n != 32 }' "$TMP/both"
for trial in 498 500; do
    expect_exit 0 "$BIN/track" --trial $trial --steps 8 --seed 4 --noise-sd 0.2 --output "$TMP/one.tsv" "$net"
    rows "$TMP/one.tsv" | cut -f 4,5 >"$TMP/alone"
    rows "$TMP/late.tsv" | awk -v t=$trial '$1 == t' | cut -f 5,6 >"$TMP/among"
    check "trial $trial alone has the same noise" cmp "$TMP/alone" "$TMP/among"
done

# Along a track the time of each step is kept.
awk 'BEGIN { for (i = 0; i <= 400; i++) printf "%.2f,%.4f,%.4f\n", 100 + i / 50, cos(i / 40), sin(i / 30) }' >"$TMP/timed.csv"
"$BIN/sample-trajectories" --track "$TMP/timed.csv" --steps 200 --output "$TMP/timed.gn" 2>/dev/null
expect_exit 0 "$BIN/track" --trajectories "$TMP/timed.gn" --trials 0 --output "$TMP/timed.tsv" "$net"
check 'track has a column of time' awk -F '\t' '/^#/ { next } !named++ { if ($10 != "time") bad = 1; next }
    { d = $10 - 100 - ++n / 50; if (d > 1e-9 || d < -1e-9) bad = 1 } END { exit bad || n != 400 }' "$TMP/timed.tsv"
expect_exit 0 "$probe" --trajectories "$TMP/timed.gn" --record 2 --skip 0 --output "$TMP/timed-probe.gn" "$net"
"$dump" --array response_time "$TMP/timed-probe.gn" >"$TMP/times"
check 'so have the rates' awk '{ d = $1 - 100 - NR / 50; if (d > 1e-9 || d < -1e-9) bad = 1 } END { exit bad || NR != 400 }' "$TMP/times"
expect_exit 0 "$BIN/track" --trajectories "$TMP/walk.gn" --output "$TMP/track.tsv" "$net"
check 'without a track there is none' test "$(awk '!/^#/' "$TMP/track.tsv" | head -1)" = \
    "$(printf 'step\ttarget_x\ttarget_y\toutput_x\toutput_y\tspeed\tdirection\tredraws')"

# The errors of many trials, as their paths have them.
expect_exit 0 "$BIN/track" --trajectories "$TMP/walk.gn" --trials 0 --table errors --output "$TMP/errors.tsv" "$net"
rows "$TMP/all.tsv" | awk -F '\t' '{
    e[$2] += (($5 - $3) ^ 2 + ($6 - $4) ^ 2) / 2; n[$2]++; x += $3; y += $4; xx += $3 * $3 + $4 * $4; rows++ }
    END { for (s = 0; s in e; s++) printf "%d\t%.9g\t%.9g\t%d\n", s, e[s] / n[s], (xx - (x * x + y * y) / rows) / rows / 2, n[s] }' >"$TMP/expected"
rows "$TMP/errors.tsv" | paste - "$TMP/expected" >"$TMP/both"
check 'their errors, step by step' awk -F '\t' 'function off(a, b) { return (a - b) ^ 2 > 1e-10 * b * b }
    $1 != $5 || off($2, $6) || off($3, $7) || $4 != $8 { bad = 1 } END { exit bad || NR < 5 }' "$TMP/both"

# ---- boundary-error, from the tracks of the same trials ----------------------------------------

trials=60
options='--steps 200 --zero-speed 0.5 --top-speed 0.1'
trial=0
while [ $trial -lt $trials ]; do
    # shellcheck disable=SC2086
    "$BIN/track" --seed 2 --trial $trial $options --output "$TMP/track.tsv" "$TMP/zero.gn" 2>/dev/null
    rows "$TMP/track.tsv" | awk -v trial=$trial '{ print trial, $1, ($2 * $2 + $3 * $3) / 2, $8 }'
    trial=$((trial + 1))
done >"$TMP/tracks"
# shellcheck disable=SC2086
expect_exit 0 "$BIN/boundary-error" --seed 2 --trials $trials $options --output "$TMP/boundary.tsv" "$TMP/zero.gn"
for count in steps redraws; do
    awk -v count=$count '
        { e[$1, $2] = $3; r[$1, $2] = $4; trials = $1; steps = $2 + 1 }
        END {
            for (t = 0; t <= trials; t++) {
                for (f = 0; f < steps && !r[t, f]; f++);
                if (f < 40 || f + 50 >= steps) continue
                n = 0
                for (s = f + 1; s <= f + 50; s++) n += count == "steps" ? r[t, s] > 0 : r[t, s]
                g = n < 2 ? n : n < 6 ? "2-5" : "6-50"
                members[g]++
                for (i = -40; i <= 40; i++) sum[g, i] += e[t, f + i]
            }
            split("0 1 2-5 6-50", groups)
            for (j = 1; j <= 4; j++) for (i = -40; i <= 40; i++)
                if (members[groups[j]]) print groups[j], i, sum[groups[j], i] / members[groups[j]], members[groups[j]]
        }' "$TMP/tracks" >"$TMP/expected"
    rows "$TMP/boundary.tsv" | awk -v count=$count '$1 == count && $2 != "none" && $6 > 0 { print $2, $3, $4, $6 }' >"$TMP/measured"
    check "groups by $count as counted from the tracks" sh -c "paste -d ' ' '$TMP/expected' '$TMP/measured' | awk '
        { d = \$3 - \$7; if (\$1 != \$5 || \$2 != \$6 || \$4 != \$8 || d > 1e-6 || d < -1e-6) bad++; n++ }
        END { exit bad || n < 3 * 81 }'"
done
check 'all groups and steps stand in the table' test "$(rows "$TMP/boundary.tsv" | wc -l)" -eq $((2 * 5 * 81))
# shellcheck disable=SC2086
expect_exit 0 "$BIN/boundary-error" --seed 2 --trials $trials --first included $options --threads 1 --output "$TMP/included.tsv" "$TMP/zero.gn"
rows "$TMP/included.tsv" | awk '$2 == "0"' | cut -f 1,3- >"$TMP/zero-group"
rows "$TMP/included.tsv" | awk '$2 == "none"' | cut -f 1,3- >"$TMP/control"
check 'with the first one included, nobody counts none but the control' cmp "$TMP/zero-group" "$TMP/control"
# shellcheck disable=SC2086
expect_exit 0 "$BIN/boundary-error" --seed 2 --trials $trials --first included $options --threads 3 --output "$TMP/again.tsv" "$TMP/zero.gn"
check 'the same bytes with 3 threads' cmp "$TMP/included.tsv" "$TMP/again.tsv"
expect_exit 2 "$BIN/boundary-error" --steps 90 --output "$TMP/none" "$net"
one_line 90 91

# A network whose rates grow without end has no maps, as nan stands for what was never visited.
"$BIN/train" --units 12 --steps 40 --trials 16 --curvature-trials 8 --nonlinearity relu --gain 50 --updates 0 --output "$TMP/relu.gn" 2>/dev/null
expect_exit 4 "$BIN/probe-tuning" --trials 20 --steps 400 --skip 10 --output "$TMP/relu-probe.gn" "$TMP/relu.gn"
one_line 'relu.gn: its rates do not stay finite'
expect_exit 4 "$BIN/probe-tuning" --uninterrupted --steps 2000 --output "$TMP/relu-probe.gn" "$TMP/relu.gn"
check 'nothing is left' test ! -e "$TMP/relu-probe.gn"

# ---- long-run-error ----------------------------------------------------------------------------

# Bins are rows of the table and change nothing of the walk, not even where zero-speed steps are counted exactly.
for bin in 4 1000; do
    expect_exit 0 "$BIN/long-run-error" --steps 2000 --bin $bin --animals 3 --zero-speed-mode steps --output "$TMP/bin-$bin.tsv" "$net"
    sed -n 's/^# best_constant: //p' "$TMP/bin-$bin.tsv" >"$TMP/bin-$bin"
done
check 'the same walk whatever the bins' sh -c "paste '$TMP/bin-4' '$TMP/bin-1000' |
    awk '{ exit !(\$1 > 0 && (\$1 - \$2) ^ 2 < 1e-18 * \$1 ^ 2) }'"

expect_exit 0 "$BIN/long-run-error" --steps 25000 --bin 10000 --animals 5 --threads 1 --output "$TMP/long.tsv" "$TMP/zero.gn"
expect_exit 0 "$BIN/long-run-error" --steps 25000 --bin 10000 --animals 5 --threads 2 --output "$TMP/again.tsv" "$TMP/zero.gn"
check 'the same bytes with 2 threads' cmp "$TMP/long.tsv" "$TMP/again.tsv"
rows "$TMP/long.tsv" | cut -f 1-3 >"$TMP/bins"
printf '0\t0\t10000\n1\t10000\t20000\n2\t20000\t25000\n' >"$TMP/expected"
check 'bins, the last one short' cmp "$TMP/bins" "$TMP/expected"
# A zero output errs by the mean square of the position: the variance plus the squared mean.
mean=$(rows "$TMP/long.tsv" | awk '{ s += $4 * ($3 - $2); n += $3 - $2 } END { printf "%.12g", s / n }')
check 'the best constant is a little better than 0' \
    awk -v mean="$mean" -v best="$(key best_constant "$TMP/long.tsv")" 'BEGIN { exit !(best <= mean && best > 0.9 * mean) }'

expect_exit 0 "$BIN/long-run-error" --steps 40000 --bins 8 --output "$TMP/long.tsv" "$net"
check 'a map correlation for every unit' test "$(key map_correlation_units "$TMP/long.tsv")" -eq 12
check 'maps persist' awk -v r="$(key map_correlation_median "$TMP/long.tsv")" 'BEGIN { exit !(r > 0.5 && r <= 1) }'

# ---- refusals ------------------------------------------------------------------------------------

head -c 300 "$net" >"$TMP/cut.gn"
for program in probe-tuning track boundary-error long-run-error; do
    expect_exit 3 "$BIN/$program" --output "$TMP/none" "$TMP/cut.gn"
    one_line cut.gn
    expect_exit 3 "$BIN/$program" --output "$TMP/none" "$TMP/walk.gn"
    expect_exit 1 "$BIN/$program" --output "$TMP/none" "$TMP/missing.gn"
    expect_exit 2 "$BIN/$program" --output "$TMP/none"
    for noise in -1 x nan 0x1 trainedx; do
        expect_exit 2 "$BIN/$program" --noise-sd=$noise --output "$TMP/none" "$net"
    done
    expect_exit 2 "$BIN/$program" --top-speed 1.2 --output "$TMP/none" "$net"
    one_line top-speed
done
expect_exit 3 "$BIN/selectivity" --output "$TMP/none" "$net"
expect_exit 2 "$probe" --skip 110 --output "$TMP/none" "$net"
one_line 110
expect_exit 2 "$probe" --record 2001 --output "$TMP/none" "$net"
expect_exit 2 "$probe" --every 5 --output "$TMP/none" "$net"
expect_exit 2 "$probe" --uninterrupted --record 5 --output "$TMP/none" "$net"
expect_exit 2 "$probe" --trajectories "$TMP/walk.gn" --arena square --output "$TMP/none" "$net"
check 'no file is left' test ! -e "$TMP/none"
finish
