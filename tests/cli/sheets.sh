#!/bin/sh
# What the figures are drawn from: pick-units, map-sheet, curve-sheet, arena-walls, count-classes.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# Six units: two grids, a band, a border unit of wall 2, an irregular and an unmodulated one.

golden=$(cd "$(dirname "$0")/../golden/sheets" && pwd)
paper=$(cd "$(dirname "$0")/../../paper" && pwd)
cp "$golden"/*.tsv "$TMP"
cd "$TMP"

field() { awk -F '\t' -v want="$3" '/^#/ { next } !head { for (i = 1; i <= NF; i++) c[$i] = i; head = 1; next }
    { print $c[want] }' "$1" | sed -n "$2p"; }

# ---- pick-units
expect_exit 0 "$BIN/pick-units" scores.tsv --output picks.tsv
pick() { awk -F '\t' -v f="$1" -v p="$2" -v r="$3" '!/^#/ && $1 == f && $2 == p && $4 == r { print $5, $7 }' "${4:-picks.tsv}"; }
check "best grid first" [ "$(pick 2 a 1)" = "3 member" ]
check "then the next" [ "$(pick 2 a 2)" = "1 member" ]
check "an unmodulated unit is no candidate, and no member of another panel is" [ "$(pick 2 a 3)" = "-1 none" ]
check "the band" [ "$(pick 2 b 1)" = "4 member" ]
check "the border" [ "$(pick 2 c 1)" = "0 member" ]
check "most direction-tuned" [ "$(pick 3 a 1)" = "2 ranked" ]
check "Fig. 4a: wall 2 has the border unit" [ "$(pick 4 a 3)" = "0 member" ]
check "wall 1: only a candidate" [ "$(pick 4 a 2)" = "2 candidate" ]
check "no unit twice in a figure" [ -z "$(awk -F '\t' '!/^#/ && $5 >= 0 { print $1, $5 }' picks.tsv | sort | uniq -d)" ]
check "the best grids, then what comes closest" [ "$(pick grids b 1) $(pick grids b 2) $(pick grids b 3)" = "3 member 1 member 2 candidate" ]
check "what is typical needs units that are left" [ "$(pick grids a 1)" = "-1 none" ]
# Twenty irregular units, the first the nearest to a lattice: after eight the middles of the quarters of twelve.
expect_exit 0 "$BIN/pick-units" many-scores.tsv --output many-picks.tsv
check "typical units" [ "$(for k in 1 2 3 4; do pick grids a $k many-picks.tsv; done | tr '\n' ' ')" = "9 typical 12 typical 15 typical 18 typical " ]
check "which stand before the best" [ "$(awk -F '\t' '$1 == "grids" { printf "%s", $2 }' many-picks.tsv)" = aaaabbbbbbbb ]
check "without fingerprints no finest maps" [ -z "$(pick finest a 1)" ]
expect_exit 0 "$BIN/pick-units" scores.tsv --prints prints.tsv --output picks.tsv
check "the finest of the stable maps" [ "$(pick finest a 1) $(pick finest a 2) $(pick finest a 3)" = "3 ranked 1 ranked 2 ranked" ]
check "and of no others" [ "$(pick finest a 5)" = "-1 none" ]
expect_exit 3 "$BIN/pick-units" scores.tsv --prints few-prints.tsv --output none.tsv
one_line few-prints.tsv '2 units' 'expected 6'
expect_exit 3 "$BIN/pick-units" no-class.tsv --output none.tsv
one_line no-class.tsv class
check "nothing is left" [ ! -e none.tsv ]

# ---- sheets of a small network
expect_exit 0 "$BIN/train" --units 6 --steps 60 --trials 16 --curvature-trials 8 --updates 1 --arena triangle --output network.gn
expect_exit 0 "$BIN/probe-tuning" network.gn --trials 200 --bins 8 --skip 0 --output probe.gn
expect_exit 0 "$BIN/map-sheet" probe.gn --columns 4 --gap 2 --order class --scores scores.tsv --outline walls.tsv --cells cells.tsv --output maps.tsv
check "rows: two of 8 bins and a gap" [ "$(grep -c -v '^#' maps.tsv)" -eq 18 ]
check "columns: four of 8 bins and three gaps" [ "$(awk -F '\t' '!/^#/ { print NF; exit }' maps.tsv)" -eq 38 ]
check "values from 0 to 1" awk -F '\t' '/^#/ { next } { for (i = 1; i <= NF; i++) if ($i != "nan") { if ($i < 0 || $i > 1) bad = 1; if ($i == 0) low = 1; if ($i == 1) high = 1 } } END { exit bad || !low || !high }' maps.tsv
check "grids come first, best first" [ "$(field cells.tsv 1 unit) $(field cells.tsv 2 unit) $(field cells.tsv 3 unit)" = "3 1 4" ]
check "a triangle has four wall points and a nan a cell" [ "$(grep -c 'wall' walls.tsv)" -eq 30 ]
expect_exit 0 "$BIN/map-sheet" probe.gn --picks picks.tsv --figure 3 --columns 3 --fill column --cells cells3.tsv --output fig3.tsv
check "down the first column" [ "$(field cells3.tsv 2 row) $(field cells3.tsv 2 column)" = "1 0" ]
expect_exit 0 "$BIN/map-sheet" probe.gn --units 5,0,3 --columns 2 --scores scores.tsv --cells chosen-cells.tsv --output chosen.tsv
check "chosen units, in the order given" [ "$(field chosen-cells.tsv 1 unit) $(field chosen-cells.tsv 2 unit) $(field chosen-cells.tsv 3 unit)" = "5 0 3" ]
check "with their classes" [ "$(field chosen-cells.tsv 3 class)" = grid ]
for list in 6 -1 '' 1,,2 '1,' x 0,1,2,3,4,5,0 99999999999999999; do
    expect_exit 2 "$BIN/map-sheet" probe.gn --units "$list" --output none.tsv
done
expect_exit 0 "$BIN/map-sheet" probe.gn --show autocorrelogram --columns 6 --gap 0 --output sac.tsv
check "autocorrelograms: 15 pixels a side" [ "$(grep -c -v '^#' sac.tsv)" -eq 15 ]
expect_exit 0 "$BIN/map-sheet" probe.gn --show occupancy --cells visits.tsv --output occupancy.tsv
check "one cell" [ "$(grep -c -v '^#' occupancy.tsv)" -eq 8 ]
expect_exit 0 "$BIN/map-sheet" probe.gn --show occupancy --below 3 --cells visits.tsv --output below.tsv
check "with room below, the image lies in its cell" [ "$(grep -v '^#' below.tsv | head -n 3 | sed 's|nan||g' | tr -d '\t\n') $(grep -v '^#' below.tsv | tail -n 8 | cksum)" = " $(grep -v '^#' occupancy.tsv | cksum)" ]
for option in '--units 1' '--columns 2' '--order class' '--picks picks.tsv'; do
    # shellcheck disable=SC2086 # words
    expect_exit 2 "$BIN/map-sheet" probe.gn --show occupancy $option --output none.tsv
    one_line "${option% *}" occupancy
done
expect_exit 0 "$BIN/map-sheet" probe.gn --cells square-cells.tsv --output again.tsv
check "as many columns as make it square" [ "$(field square-cells.tsv 3 row) $(field square-cells.tsv 3 column) $(field square-cells.tsv 4 row)" = "0 2 1" ]
expect_exit 0 "$BIN/map-sheet" probe.gn --output again2.tsv
check "equal inputs, equal bytes" cmp -s again.tsv again2.tsv
expect_exit 2 "$BIN/map-sheet" probe.gn --order class --output none.tsv
one_line --scores
expect_exit 2 "$BIN/map-sheet" probe.gn --picks picks.tsv --output none.tsv
expect_exit 2 "$BIN/map-sheet" probe.gn --show autocorrelogram --outline walls.tsv --output none.tsv
expect_exit 3 "$BIN/map-sheet" network.gn --output none.tsv
one_line network.gn
expect_exit 3 "$BIN/map-sheet" probe.gn --picks picks.tsv --figure 9 --output none.tsv
expect_exit 3 "$BIN/map-sheet" probe.gn --scores far-unit.tsv --output none.tsv
one_line far-unit.tsv 77 "0 to 5"
check "nothing is left" [ ! -e none.tsv ]

expect_exit 0 "$BIN/curve-sheet" probe.gn --curve direction --columns 3 --cells curves-cells.tsv --output direction.tsv
check "36 points and a gap a unit" [ "$(grep -c -v '^#' direction.tsv)" -eq $((6 * 37 + 1)) ]
check "points stay in their cells" awk -F '\t' '/^#/ || $1 == "cell" || $5 == "nan" { next } { c = $1 % 3; r = 1 - int($1 / 3); if ($5 < c || $5 > c + 1 || $6 < r || $6 > r + 1) bad = 1 } END { exit bad }' direction.tsv
expect_exit 0 "$BIN/curve-sheet" probe.gn --curve speed --output speed.tsv
check "11 points and a gap a unit" [ "$(grep -c -v '^#' speed.tsv)" -eq $((6 * 12 + 1)) ]

# ---- arena-walls, count-classes
expect_exit 0 "$BIN/arena-walls" probe.gn --output arena.tsv
check "a triangle's walls" [ "$(grep -c '^wall' arena.tsv)" -eq 5 ]
mkdir -p square/seed-3
cp scores.tsv square/seed-3/scores.tsv
expect_exit 0 "$BIN/count-classes" square/seed-3/scores.tsv --output counts.tsv
check "counts" [ "$(grep -v '^#' counts.tsv | tail -n 1)" = "$(printf 'square\t3\t40\t6\t2\t1\t1\t1\t1\tnan\tnan\tnan\tnan')" ]
cp sized.tsv square/seed-3/scores.tsv
expect_exit 0 "$BIN/count-classes" --chance "$paper/chance.tsv" square/seed-3/scores.tsv --output counts.tsv
check "and what chance does not exceed" grep -qE '^square(	[0-9]+){11}	nan$' counts.tsv
expect_exit 3 "$BIN/count-classes" --chance chance.tsv square/seed-3/scores.tsv --output none.tsv
one_line chance.tsv 'version unknown' 'make calibrate' # a table that was measured with other scores
"$BIN/train" --units 6 --steps 60 --trials 16 --curvature-trials 8 --updates 1 --output other.gn 2>/dev/null
"$BIN/probe-tuning" other.gn --trials 200 --bins 8 --skip 0 --output other-probe.gn 2>/dev/null
"$BIN/score-units" other-probe.gn --noise-maps 99 --output other.tsv 2>/dev/null
for program in map-sheet curve-sheet; do
    expect_exit 3 "$BIN/$program" probe.gn --order class --scores other.tsv --output none.tsv
    one_line 'other.tsv: recipe.arena is square, but triangle in probe.gn: not of one network'
    expect_exit 0 "$BIN/$program" other-probe.gn --order class --scores other.tsv --output own.tsv
done
"$BIN/fingerprints" --trials 20 --contact-trials 0 --per-unit other-units.tsv --output none-else.tsv --paper "$paper/fingerprints.tsv" other.gn 2>/dev/null
expect_exit 0 "$BIN/pick-units" other.tsv --prints other-units.tsv --output own-picks.tsv
mkdir -p square/seed-5
cp other.tsv square/seed-5/scores.tsv
expect_exit 0 "$BIN/count-classes" --chance "$paper/chance.tsv" square/seed-5/scores.tsv --output counts.tsv
check "what chance gives maps of no walk is not known" grep -qE '^square(	[0-9]+){8}(	nan){4}$' counts.tsv
for program in map-sheet curve-sheet; do
    expect_exit 0 "$BIN/$program" other-probe.gn --picks own-picks.tsv --figure 2 --output own.tsv
    expect_exit 3 "$BIN/$program" probe.gn --picks own-picks.tsv --figure 2 --output none.tsv
    one_line 'own-picks.tsv: recipe.arena is square, but triangle in probe.gn: not of one network'
done
"$BIN/train" --units 6 --steps 60 --trials 16 --curvature-trials 8 --updates 1 --seed 9 --output alien.gn 2>/dev/null
"$BIN/fingerprints" --trials 20 --contact-trials 0 --per-unit alien-units.tsv --output none-else.tsv --paper "$paper/fingerprints.tsv" alien.gn 2>/dev/null
expect_exit 3 "$BIN/pick-units" other.tsv --prints alien-units.tsv --output none.tsv
one_line alien-units.tsv 'recipe.seed is 9' 'not of one network'
"$BIN/train" --units 4 --steps 20 --trials 4 --curvature-trials 2 --updates 2 --log square/seed-3/log.tsv --output trained.gn 2>/dev/null
mkdir square/seed-4
cp scores.tsv square/seed-4/scores.tsv
expect_exit 0 "$BIN/count-classes" square/seed-3/scores.tsv square/seed-3/log.tsv square/seed-4/scores.tsv --output counts.tsv
check "a log gives its network the final error, and no other" \
    awk -F '\t' '/^# final_mse/ { split($0, part, ": "); want = part[2] } /^#/ || FNR != NR && $1 == "experiment" || FNR == NR { next } { got[++n] = $13 } END { exit !(n == 2 && want > 0 && got[1] == want + 0 && got[2] == "nan") }' square/seed-3/log.tsv counts.tsv
expect_exit 3 "$BIN/count-classes" square/seed-3/scores.tsv arena.tsv --output none.tsv
one_line "scores, training-log"
expect_exit 2 "$BIN/count-classes" square/seed-3/log.tsv --output none.tsv
one_line 'no table of scores given'
expect_exit 2 "$BIN/count-classes" scores.tsv --output none.tsv
cp odd-class.tsv square/seed-3/odd.tsv
expect_exit 3 "$BIN/count-classes" square/seed-3/odd.tsv --output none.tsv
one_line bend
finish
