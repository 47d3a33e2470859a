#!/bin/sh
# score-units: a network's units, users' maps, autocorrelograms, threads, refusals.
# shellcheck source=tests/cli/lib.sh disable=SC2016 # awk programs stand in single quotes
. "$(dirname "$0")/lib.sh"
score=$BIN/score-units

# column NAME FILE: the values of a column of a table.
rows() { awk '!/^#/ && names++' "$1"; }
column() {
    awk -F '\t' -v name="$1" '/^#/ { next }
        !at { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$2"
}
# wave N EXPRESSION: an N x N matrix of an awk expression of X and Y in (-1, 1), first row lowest.
wave() {
    awk -v n="$1" "BEGIN {
        for (j = 0; j < n; j++) for (i = 0; i < n; i++) {
            X = (2 * i + 1) / n - 1; Y = (2 * j + 1) / n - 1; pi = atan2(0, -1)
            v = ($2)
            printf \"%s%s\", v == \"nan\" ? v : sprintf(\"%.17g\", v), i < n - 1 ? \"\t\" : \"\n\" } }"
}
# near VALUE EXPECTED TOLERANCE
near() { awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { exit !(a - b <= t && b - a <= t) }'; }

# A triangular lattice of 3 waves of 2 cycles per unit, 60 degrees apart from 0 on.
wave 27 'cos(4*pi*X) + cos(4*pi*(X/2 + Y*sqrt(3)/2)) + cos(4*pi*(Y*sqrt(3)/2 - X/2))' >"$TMP/hex.tsv"
expect_exit 0 "$score" --map "$TMP/hex.tsv" --bin-width 0.0740740740740740741 --arena square --noise-maps 99
cp "$TMP/out" "$TMP/hex-scores.tsv"
check 'a lattice is a grid' test "$(column class "$TMP/hex-scores.tsv")" = grid
check 'of three axes' test "$(column axes "$TMP/hex-scores.tsv")" = 3
check 'of 2 cycles per unit' near "$(column frequency_cycles_per_unit "$TMP/hex-scores.tsv")" 2 0.02
check 'of its spacing' near "$(column spacing "$TMP/hex-scores.tsv")" 0.57735 0.015
check 'of its orientation' near "$(column orientation_degrees "$TMP/hex-scores.tsv")" 30 1.5
check 'stability needs a run' test "$(column stability "$TMP/hex-scores.tsv")" = nan
check 'thresholds in the header' grep -q '^# threshold.border_score: 0.5$' "$TMP/hex-scores.tsv"

"$score" --help >"$TMP/help"
sed -n 's/^# threshold\.\([a-z_]*\): \(.*\)$/\1 \2:/p' "$TMP/hex-scores.tsv" >"$TMP/thresholds"
check 'eleven of them' test "$(wc -l <"$TMP/thresholds")" -eq 11
while read -r line; do check "the help says $line" grep -q "^$line" "$TMP/help"; done <"$TMP/thresholds"

# A band along x, given from the top and from the bottom, in a polygon and in the plain box.
wave 21 'cos(2*pi*1.5*Y + 0.4)' >"$TMP/band.tsv"
expect_exit 0 "$score" --map "$TMP/band.tsv" --bin-width 0.0952380952 --noise-maps 99 --output "$TMP/band-scores.tsv"
check 'a wave is a band' test "$(column class "$TMP/band-scores.tsv")" = band
check 'across y' near "$(column axis1_degrees "$TMP/band-scores.tsv")" 90 0.5
check 'and so long' near "$(column wavelength "$TMP/band-scores.tsv")" 0.6667 0.03
check 'provenance beside the output' grep -q band.tsv "$TMP/band-scores.tsv.prov"
expect_exit 0 "$score" --map "$TMP/band.tsv" --bin-width 0.0952380952 --noise-maps 99 \
    --arena-corners '0,0 2,0 2,2 0,2'
column class "$TMP/out" >"$TMP/class"
check 'a polygon away from 0' test "$(cat "$TMP/class")" = band

# One wall: which one, and the same from the other end with --first-row top.
wave 21 'j == 0 && i < 10' >"$TMP/wall.tsv"
expect_exit 0 "$score" --map "$TMP/wall.tsv" --arena square --bin-width 0.0952380952 --noise-maps 99
cp "$TMP/out" "$TMP/bottom.tsv"
expect_exit 0 "$score" --map "$TMP/wall.tsv" --arena square --bin-width 0.0952380952 --noise-maps 99 --first-row top
cp "$TMP/out" "$TMP/top.tsv"
check 'border score 1 on half a wall' near "$(column border "$TMP/bottom.tsv")" 1 0
check 'coverage' near "$(column border_coverage "$TMP/bottom.tsv")" 0.47619047619047616 1e-12
check 'the bottom wall' test "$(column border_wall "$TMP/bottom.tsv")" = 0
check 'the top wall' test "$(column border_wall "$TMP/top.tsv")" = 2

# A round arena: the field is on the arc that faces up.
wave 21 'X * X + Y * Y > 1 ? "nan" : X * X + Y * Y > 0.7 && Y > sqrt(X * X)' >"$TMP/round.tsv"
expect_exit 0 "$score" --map "$TMP/round.tsv" --arena circle --bin-width 0.0952380952 --noise-maps 99
check 'a circle has borders' near "$(column border "$TMP/out")" 0.9 0.1
check 'the arc' test "$(column border_wall "$TMP/out")" = 2

# Where no wall was seen, nothing is said of borders, and why is: the outer three rings of bins are unvisited.
wave 21 'i < 3 || j < 3 || i > 17 || j > 17 ? "nan" : exp(-3 * (X + 1))' >"$TMP/inner.tsv"
expect_exit 0 "$score" --map "$TMP/inner.tsv" "$TMP/wall.tsv" --arena square --bin-width 0.0952380952 --noise-maps 99
check 'no border score' test "$(column border "$TMP/out" | head -1) $(column fall "$TMP/out" | head -1) $(column border_wall "$TMP/out" | head -1)" = 'nan nan -1'
check 'the other map has one' near "$(column border "$TMP/out" | tail -1)" 1 0
check 'the reason, on stderr' grep -q 'inner.tsv: scores of borders are nan: no wall was visited' "$TMP/err"
check 'of no other map' test "$(grep -c 'borders are nan' "$TMP/err")" -eq 1
check 'and in the header' grep -qx '# border.undefined: 1 of 2: no wall was visited along half of it' "$TMP/out"
# A ring of one bin may be missing, as where an animal's head never touches the wall.
wave 21 'i < 1 || j < 1 || i > 19 || j > 19 ? "nan" : exp(-5 * (X + 1))' >"$TMP/ring.tsv"
expect_exit 0 "$score" --map "$TMP/ring.tsv" --arena square --bin-width 0.0952380952 --noise-maps 99
check 'a border behind a ring of unvisited bins' test "$(column class "$TMP/out") $(column border_wall "$TMP/out")" = 'border 3'

# A constant map has no variance, so that no share of it is defined.
wave 21 '3' >"$TMP/constant.tsv"
expect_exit 0 "$score" --map "$TMP/constant.tsv" --arena square --bin-width 0.0952380952 --noise-maps 99
for name in ramp_share smooth_share slow_share lattice_share fall fall_share wave lattice border gridness60 wavelength; do
    check "$name of a constant map" test "$(column $name "$TMP/out")" = nan
done
check 'no wall' test "$(column fall_wall "$TMP/out") $(column border_wall "$TMP/out")" = '-1 -1'
check 'no class' test "$(column class "$TMP/out")" = unmodulated

# Many maps in one call: a folder, a stack, several files; a row is what the map alone gives.
mkdir "$TMP/maps"
cp "$TMP/wall.tsv" "$TMP/maps/b.tsv"
cp "$TMP/band.tsv" "$TMP/maps/c.txt"
cp "$TMP/round.tsv" "$TMP/maps/a.CSV"
echo 'no map' >"$TMP/maps/notes.md"
expect_exit 0 "$score" --map "$TMP/maps" "$TMP/band.tsv" --bin-width 0.0952380952 --noise-maps 99 --threads 2 --output "$TMP/many.tsv"
check 'a folder in the order of names, then the operand' test "$(column map "$TMP/many.tsv" | tr '\n' ' ')" = \
    "$TMP/maps/a.CSV $TMP/maps/b.tsv $TMP/maps/c.txt $TMP/band.tsv "
k=0
for map in round wall band band; do
    expect_exit 0 "$score" --map "$TMP/$map.tsv" --bin-width 0.0952380952 --noise-maps 99 --threads 1
    rows "$TMP/out" | cut -f 2-75 >"$TMP/alone"
    rows "$TMP/many.tsv" | awk -v k=$k '$1 == k' | cut -f 2-75 >"$TMP/among"
    check "row $k is $map alone" cmp "$TMP/alone" "$TMP/among"
    k=$((k + 1))
done
expect_exit 2 "$score" --map "$TMP/maps" --bin-width 0.0952380952 --noise-maps 99 --sac "$TMP/none.tsv"
one_line --sac 3
mkdir "$TMP/empty"
expect_exit 3 "$score" --map "$TMP/empty"
one_line empty 'no maps'

# The autocorrelogram: size, centre, symmetry, nan where fewer than 25 pairs.
wave 9 'i + j > 13 ? "nan" : sin(3*X) + cos(5*Y) + X*Y' >"$TMP/odd.tsv"
expect_exit 0 "$score" --map "$TMP/odd.tsv" --noise-maps 99 --sac "$TMP/sac.tsv"
check 'size, centre, symmetry' awk -F '\t' '
    { for (i = 1; i <= NF; i++) a[NR, i] = $i; if (NF != 17) bad = 1 }
    END { for (y = 1; y <= 17; y++) for (x = 1; x <= 17; x++)
              if (a[y, x] != a[18 - y, 18 - x]) bad = 1
          d = a[9, 9] - 1; exit bad || NR != 17 || d > 1e-12 || d < -1e-12 }' "$TMP/sac.tsv"
check 'nan, not 0, with fewer than 25 pairs' awk -F '\t' '
    FNR == NR { for (i = 1; i <= NF; i++) u[NR, i] = $i; next }
    { for (i = 1; i <= NF; i++) {
          n = 0; dx = i - 9; dy = FNR - 9
          for (y = 1; y <= 9; y++) for (x = 1; x <= 9; x++) {
              v = y + dy; w = x + dx
              if (v >= 1 && v <= 9 && w >= 1 && w <= 9 && u[y, x] != "nan" && u[v, w] != "nan") n++ }
          if ((n < 25) != ($i == "nan")) bad = 1 } }
    END { exit bad }' "$TMP/odd.tsv" "$TMP/sac.tsv"

# A network's units: the same bytes from any number of threads, surrogates on demand.
"$BIN/train" --units 5 --steps 40 --trials 16 --curvature-trials 8 --updates 1 --output "$TMP/network.gn" 2>/dev/null
"$BIN/probe-tuning" --trials 40 --bins 13 --skip 10 --output "$TMP/probe.gn" "$TMP/network.gn" 2>/dev/null
"$BIN/probe-tuning" --uninterrupted --steps 8000 --every 4 --bins 13 --output "$TMP/run.gn" "$TMP/network.gn" 2>/dev/null
expect_exit 0 "$score" --shifts 99 --noise-maps 99 --threads 1 --output "$TMP/one.tsv" \
    --null-output "$TMP/nulls.tsv" "$TMP/probe.gn" "$TMP/run.gn"
expect_exit 0 "$score" --shifts 99 --noise-maps 99 --threads 3 --output "$TMP/three.tsv" "$TMP/probe.gn" "$TMP/run.gn"
check 'threads change nothing' cmp "$TMP/one.tsv" "$TMP/three.tsv"
# Whatever kernels OpenBLAS would take on a processor: Haswell's are asked for, which all with AVX2 have.
if grep -q avx2 /proc/cpuinfo; then
    for core in Prescott Zen SkylakeX; do
        OPENBLAS_CORETYPE=$core "$score" --shifts 99 --noise-maps 99 --output "$TMP/core.tsv" "$TMP/probe.gn" "$TMP/run.gn" 2>"$TMP/err"
        check "the same bytes where OpenBLAS takes $core for its own" cmp "$TMP/one.tsv" "$TMP/core.tsv"
        check 'and it says whose kernels it ran' grep -q 'BLAS kernels Haswell' "$TMP/err"
    done
fi
check 'a row a unit' test "$(column unit "$TMP/one.tsv" | tr '\n' ' ')" = '0 1 2 3 4 '
check 'the recipe is kept' grep -q '^# recipe.steps: 40$' "$TMP/one.tsv"
check 'classes' sh -c "! grep -v '^#' '$TMP/one.tsv' | tail -n +2 | grep -Evq '	(grid|band|border|irregular|unmodulated)	'"
check 'every surrogate' test "$(column source "$TMP/nulls.tsv" | grep -c shift)" = 495
expect_exit 0 "$BIN/gn-check" "$TMP/one.tsv" "$TMP/nulls.tsv"
expect_exit 0 "$score" --shifts 99 --noise-maps 99 --seed 2 --output "$TMP/other.tsv" "$TMP/probe.gn" "$TMP/run.gn"
check 'the seed does' sh -c "! cmp -s '$TMP/one.tsv' '$TMP/other.tsv'"

# The scored map beside the shown one: alike when both have many steps far from the start, unknown with other bins.
"$BIN/probe-tuning" --trials 30 --steps 4000 --bins 13 --skip 100 --output "$TMP/long.gn" "$TMP/network.gn" 2>/dev/null
"$BIN/probe-tuning" --uninterrupted --steps 100000 --every 4 --bins 13 --output "$TMP/far.gn" "$TMP/network.gn" 2>/dev/null
# A walk that leaves the walls unseen.
awk 'BEGIN { for (i = 0; i <= 2000; i++) print i / 10, 0.5 * sin(i / 10), 0.5 * cos(i / 17) }' >"$TMP/middle.txt"
"$BIN/sample-trajectories" --track "$TMP/middle.txt" --track-fit none --steps 200 --output "$TMP/middle.gn" 2>/dev/null
"$BIN/probe-tuning" --trajectories "$TMP/middle.gn" --bins 13 --skip 10 --output "$TMP/middle-probe.gn" "$TMP/network.gn" 2>/dev/null
"$BIN/probe-tuning" --uninterrupted --trajectories "$TMP/middle.gn" --bins 13 --output "$TMP/middle-run.gn" "$TMP/network.gn" 2>/dev/null
expect_exit 0 "$score" --shifts 99 --noise-maps 99 "$TMP/middle-probe.gn" "$TMP/middle-run.gn"
check 'no border scores of units either' test "$(column border "$TMP/out" | sort -u)" = nan
check 'and why' grep -q 'middle-run.gn: scores of borders are nan' "$TMP/err"
check 'of all units' grep -q '^# border.undefined: 5 of 5: ' "$TMP/out"
"$BIN/train" --units 5 --steps 40 --trials 16 --curvature-trials 8 --updates 1 --coding radians --output "$TMP/other.gn" 2>/dev/null
"$BIN/probe-tuning" --trials 40 --bins 13 --skip 10 --output "$TMP/other-probe.gn" "$TMP/other.gn" 2>/dev/null
expect_exit 3 "$score" --shifts 99 --noise-maps 99 --output "$TMP/no.tsv" "$TMP/other-probe.gn" "$TMP/run.gn"
one_line 'run.gn: recipe.coding is turns, but radians in ' 'other-probe.gn: not of one network'
"$BIN/probe-tuning" --arena triangle --trials 40 --bins 13 --skip 10 --output "$TMP/elsewhere.gn" "$TMP/network.gn" 2>/dev/null
expect_exit 3 "$score" --shifts 99 --noise-maps 99 --output "$TMP/no.tsv" "$TMP/elsewhere.gn" "$TMP/run.gn"
one_line 'run.gn: the animal walked in another arena than in ' elsewhere.gn
"$BIN/probe-tuning" --uninterrupted --steps 8000 --every 4 --bins 12 --output "$TMP/twelve.gn" "$TMP/network.gn" 2>/dev/null
expect_exit 0 "$score" --shifts 99 --noise-maps 99 "$TMP/long.gn" "$TMP/far.gn"
column map_shown_r "$TMP/out" >"$TMP/alike"
check 'alike' awk '!($1 > 0.5 && $1 < 1) { bad = 1 } END { exit bad || NR != 5 }' "$TMP/alike"
column map_shown_r "$TMP/one.tsv" >"$TMP/short"
check 'less so from short trials' awk 'NR == FNR { r[NR] = $1; next } !($1 < r[FNR]) { bad = 1 } END { exit bad }' \
    "$TMP/alike" "$TMP/short"
expect_exit 0 "$score" --shifts 99 --noise-maps 99 "$TMP/long.gn" "$TMP/twelve.gn"
check 'of other bins nothing is said' test "$(column map_shown_r "$TMP/out" | sort -u)" = nan

# The maps that are shown, without a run: smoothed as such, and scored against noise. Unsmoothed they are those of --map.
column direction_range "$TMP/out" >"$TMP/ranges"
expect_exit 0 "$score" --noise-maps 99 --output "$TMP/shown.tsv" "$TMP/long.gn"
check 'a row a unit' test "$(column unit "$TMP/shown.tsv" | wc -l)" -eq 5
check 'stability needs a run here too' test "$(column stability "$TMP/shown.tsv" | sort -u)" = nan
check 'tuning curves do not' test "$(column direction_range "$TMP/shown.tsv")" = "$(cat "$TMP/ranges")"
check 'nothing is said of shifts' sh -c "! grep -q '^# score.shifts' '$TMP/shown.tsv' && grep -q '^# score.smoothing: 1$' '$TMP/shown.tsv'"
expect_exit 0 "$score" --noise-maps 99 --smoothing 0 --output "$TMP/plain.tsv" "$TMP/long.gn"
"$BIN/gn-dump" --array rate_map --format npy --output "$TMP/long.npy" "$TMP/long.gn"
expect_exit 0 "$score" --map "$TMP/long.npy" --arena square --bin-width 0.153846153846153846 --noise-maps 99 --output "$TMP/given.tsv"
check 'the same fits' test "$(column ramp_share "$TMP/plain.tsv")" = "$(column ramp_share "$TMP/given.tsv")"
check 'which smoothing changes' test "$(column ramp_share "$TMP/plain.tsv")" != "$(column ramp_share "$TMP/shown.tsv")"
expect_exit 2 "$score" --null-output "$TMP/x" "$TMP/long.gn"
one_line --null-output run

# A stack of maps: those of a probe, as NumPy has them.
"$BIN/gn-dump" --array rate_map --format npy --output "$TMP/stack.npy" "$TMP/probe.gn"
"$BIN/gn-dump" --array rate_map --slice 3 "$TMP/probe.gn" >"$TMP/third.tsv"
expect_exit 0 "$score" --map "$TMP/stack.npy" --noise-maps 99 --output "$TMP/stacked.tsv"
expect_exit 0 "$score" --map "$TMP/third.tsv" --noise-maps 99
rows "$TMP/out" | cut -f 2-75 >"$TMP/alone"
rows "$TMP/stacked.tsv" | awk '$1 == 3' | cut -f 2-75 >"$TMP/among"
# (as text its single precision has other digits)
check 'a map of a stack' sh -c "cat '$TMP/alone' '$TMP/among' | awk -F '\\t' 'NR == 1 { split(\$0, a, FS); next }
    { for (i = 1; i <= NF; i++) if (\$i != a[i] && !((\$i - a[i]) ^ 2 < 1e-8)) bad = 1 } END { exit bad || NR != 2 }'"
check 'which has scores' test "$(awk '{ print NF }' "$TMP/alone")" -eq 74
check 'its number' test "$(column map_index "$TMP/stacked.tsv" | sed -n 4p)" = 3

# Waves near half a cycle a bin, of which some cancel: none of their scores is made of rounding errors.
awk 'BEGIN { for (y = 0; y < 10; y++) for (x = 0; x < 10; x++) printf "%.6f%s", cos(2 * 3.14159265 * 0.4 * x + 0.7), x < 9 ? "\t" : "\n" }' >"$TMP/fast.tsv"
expect_exit 0 "$score" --map "$TMP/fast.tsv" --noise-maps 99
check 'a wave of 0.4 cycles a bin is a band' test "$(column class "$TMP/out") $(column axes "$TMP/out")" = 'band 1'
check 'whose lattice explains no more than all' awk -v share="$(column lattice_share "$TMP/out")" 'BEGIN { exit !(share < 0.99) }'
# Nothing of a chessboard of bins is smooth, so there is nothing to explain.
awk 'BEGIN { for (y = 0; y < 32; y++) for (x = 0; x < 32; x++) printf "%g%s", 0.3 + 0.1 * ((x + y) % 2), x < 31 ? "\t" : "\n" }' >"$TMP/chess.tsv"
expect_exit 0 "$score" --map "$TMP/chess.tsv" --noise-maps 99
check 'a chessboard is no grid' test "$(column class "$TMP/out") $(column lattice "$TMP/out") $(column fall "$TMP/out")" = 'irregular 0 0'
# A field at a wall that is left out, since most of it was not visited: it covers no wall.
awk 'BEGIN { for (y = 0; y < 20; y++) for (x = 0; x < 20; x++) {
    rate = x == 0 && y == 2 ? 1 : 0.001 * ((x * 7 + y * 3) % 5)
    if (y > 3 && y < 17 && x < 6) rate = "nan"
    printf "%s%s", rate, x < 19 ? "\t" : "\n" } }' >"$TMP/corner.tsv"
expect_exit 0 "$score" --map "$TMP/corner.tsv" --noise-maps 99
check 'a field at no wall that was seen' test "$(column border "$TMP/out")" = -1
# Silent units of a released network, as they are without their run too.
expect_exit 0 "$BIN/probe-tuning" --trials 300 --output "$TMP/quiet.gn" "$(dirname "$0")/../../data/released/hexagon/seed-1/network.gn"
expect_exit 0 "$score" --noise-maps 99 --output "$TMP/quiet.tsv" "$TMP/quiet.gn"
column class "$TMP/quiet.tsv" >"$TMP/classes"
column map_range "$TMP/quiet.tsv" | paste - "$TMP/classes" | awk '$1 < 0.001 { print $2 }' | sort | uniq -c >"$TMP/of-silent"
check 'units whose rate hardly changes are unmodulated' awk '{ n++ } $1 < 3 || $2 != "unmodulated" { bad = 1 } END { exit bad || n != 1 }' "$TMP/of-silent"
expect_exit 2 "$score" --map "$TMP/hex.tsv" --arena polygon --arena-size 9 --arena-corners '-1,-1 1,-1 1,1 -1,1' --bin-width 0.05
one_line --arena-size
expect_exit 0 "$score" --map "$TMP/hex.tsv" --arena-corners '-1,-1 1,-1 1,1 -1,1' --bin-width 0.0740740740740740741 --noise-maps 99
check 'the walls are called what they are' grep -q '^# score.arena: polygon$' "$TMP/out"
cp "$TMP/hex.tsv" "$TMP/a	tab.tsv"
expect_exit 2 "$score" --map "$TMP/a	tab.tsv"
one_line 'a tab'
expect_exit 0 "$BIN/probe-tuning" --trials 20 --bins 2 --skip 0 --output "$TMP/few.gn" "$TMP/network.gn"
expect_exit 0 "$BIN/probe-tuning" --uninterrupted --steps 1200 --every 4 --bins 2 --output "$TMP/few-run.gn" "$TMP/network.gn"
expect_exit 3 "$score" --shifts 99 --noise-maps 99 --output "$TMP/none.tsv" "$TMP/few.gn" "$TMP/few-run.gn"
one_line few-run.gn '4 visited bins' 25

# Refusals.
expect_exit 2 "$score"
one_line 'PROBE RUN'
expect_exit 3 "$score" "$TMP/run.gn"
expect_exit 2 "$score" --shifts 300 "$TMP/probe.gn"
one_line --shifts run
expect_exit 3 "$score" --map "$TMP/hex.tsv" "$TMP/probe.gn"
expect_exit 2 "$score" --map "$TMP/hex.tsv" --shifts 300
one_line --shifts --map
expect_exit 2 "$score" --shifts 98 "$TMP/probe.gn" "$TMP/run.gn"
one_line --shifts 99
expect_exit 2 "$score" --sac "$TMP/x" "$TMP/probe.gn" "$TMP/run.gn"
one_line --sac
expect_exit 2 "$score" --map "$TMP/hex.tsv" --arena-corners '0,0 1,0 x'
one_line arena-corners
expect_exit 2 "$score" --map "$TMP/hex.tsv" --bin-width 1 --arena square
one_line --bin-width outside
expect_exit 3 "$score" "$TMP/run.gn" "$TMP/probe.gn"
one_line probe.gn
printf '1\t2\n3\n' >"$TMP/ragged.tsv"
expect_exit 3 "$score" --map "$TMP/ragged.tsv"
one_line ragged.tsv
printf '1\t2\n3\t4\n' >"$TMP/small.tsv"
expect_exit 3 "$score" --map "$TMP/small.tsv" --output "$TMP/none.tsv"
one_line small.tsv '25'
check 'no partial output' test ! -e "$TMP/none.tsv"
expect_exit 1 "$score" --map "$TMP/absent.tsv"
finish
