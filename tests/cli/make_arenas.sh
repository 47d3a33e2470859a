#!/bin/sh
# Arenas of a user's own through make: an L by its corners, and a circle, are trained in, probed, scored and drawn.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
cp -r "$root/figures" "$root/paper" .
tiny_experiment tiny
sed -i '/^tiny.steps/d' experiments/tiny.mk
printf '%s\n' 'tiny.steps = 120' 'tiny.tsne.perplexity = 8' 'tiny.longrun.steps = 20000' >>experiments/tiny.mk
printf 'ell.like = tiny\nell.arena = polygon\nell.arena-corners = -1,-1 1,-1 1,0 0,0 0,1 -1,1\n' >experiments/ell.mk
printf 'round.like = tiny\nround.arena = circle\nround.arena-size = 0.7\n' >experiments/round.mk

for name in ell round; do
    expect_exit 0 make "$name"
    for file in network.gn probe.gn run.gn scores.tsv selectivity.tsv boundary.tsv longrun.tsv track.tsv \
        errors.tsv connectivity.tsv fingerprints.tsv; do
        check "$name has $file" test -s "build/$name/seed-1/$file"
    done
    check "and its figure" test -s "build/$name/figure.svg" -a -s "build/$name/figure.png"
done

# What is outside is nowhere in the maps, and the walls are drawn.
maps() { "$BIN/gn-dump" --array occupancy "build/$1/seed-1/probe.gn" 2>/dev/null; }
# shellcheck disable=SC2016 # awk's dollars
check "no place of the missing quarter was visited" sh -c "$(cat <<'AWK'
"$0"/gn-dump --array occupancy build/ell/seed-1/probe.gn 2>/dev/null | awk '{ for (i = 1; i <= NF; i++) { all += $i > 0; if (NR > 8 && i > 8) out += $i > 0 } }
    END { exit !(NR == 16 && all > 50 && out == 0) }'
AWK
)" "$BIN"
# walls NAME: of the first map, the corners of its outline (the first comes twice), one a line
walls() { awk -F '\t' '/^#/ || $1 == "cell" { next } $1 == 0 && $2 == "wall" && $3 != "nan" { print $3, $4 }' "build/$1/seed-1/figures/maps-walls.tsv"; }
check "the outline is an L, in bins" test "$(walls ell | awk 'NR == 1 { x = $1; y = $2 } { printf "%g,%g ", $1 - x, $2 - y }')" = '0,0 16,0 16,8 8,8 8,16 0,16 0,0 '
check "that of the circle is round" sh -c "$(cat <<'AWK'
awk '{ x[NR] = $1; y[NR] = $2; sx += NR > 1 ? $1 : 0; sy += NR > 1 ? $2 : 0 }
    END { cx = sx / (NR - 1); cy = sy / (NR - 1)
          for (i = 1; i <= NR; i++) { r = (x[i] - cx) ^ 2 + (y[i] - cy) ^ 2; if ((r - 64) ^ 2 > 0.1) exit 1 } exit NR < 60 }'
AWK
)" <<END_OF_WALLS
$(walls round)
END_OF_WALLS
expect_exit 0 make ell round
check "again: nothing is made anew" nothing_ran

# A recorded track is laid into the arena of the network.
printf '0 0 0\n10 98 0\n15 98 48\n20 48 48\n25 48 98\n30 0 98\n40 0 0\n' >walked.txt
printf '%s\n' 'along.like = ell' 'along.sample.track = walked.txt' 'along.sample.track-step = 0.05' 'along.sample.track-gap = 99' 'along.sample.steps = 120' \
    >experiments/along.mk
expect_exit 0 make build/along/seed-1/probe.gn
check "and fills it" test "$("$BIN/gn-dump" build/along/seed-1/sample.gn | awk '$1 == "track.scale" { print ($2 > 0.0195 && $2 < 0.0209) }')" = 1
check "the probe has its arena" test "$("$BIN/gn-dump" build/along/seed-1/probe.gn | sed -n 's/^probe.arena-corners	//p')" = '-1,-1 1,-1 1,0 0,0 0,1 -1,1'

# Corners belong to the arena that they are given with.
printf 'plain.like = ell\nplain.arena = square\n' >experiments/plain.mk
printf 'other.like = ell\nother.arena-corners = 0,0 1,0 0,1\n' >experiments/other.mk
expect_exit 0 make build/plain/seed-1/probe.gn
check "another arena than that of the experiment it is like" test "$("$BIN/gn-dump" build/plain/seed-1/network.gn | sed -n 's/^recipe.arena	//p')" = square
expect_exit 0 make -n build/other/seed-1/network.gn
check "other corners" grep -q -e "--arena-corners '0,0 1,0 0,1'" "$TMP/out"
expect_exit 0 make -n ell.arena=hexagon build/ell/seed-1/network.gn
check "or another arena on the command line" sh -c "! grep -q -e --arena-corners '$TMP/out'"
expect_exit 0 make -n ell.walk.arena=circle build/ell/seed-1/probe.gn
check "walking elsewhere" grep -q -e 'probe-tuning .*--arena circle' "$TMP/out"
printf 'wrong.like = tiny\nwrong.arena-corners = 0,0 1,0 0,1\n' >experiments/wrong.mk
expect_exit 2 make build/wrong/seed-1/network.gn
check "corners of no polygon" grep -q 'arena-corners: only with arena polygon' "$TMP/err"
finish
