#!/bin/sh
# make compare: two experiments in one figure and one table, and what it refuses.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
cp -r "$root/figures" "$root/paper" .
tiny_experiment tiny
printf 'other.like = tiny\nother.units = 7\nother.seeds = 1 2\n' >experiments/other.mk

expect_exit 2 make compare
check "without names it says how it is called" grep -q 'make compare A=square B=mine' "$TMP/err"
expect_exit 2 make compare A=tiny
expect_exit 2 make compare A=tiny B=nosuch
check "an experiment that is none is named" grep -q "'nosuch' is no experiment" "$TMP/err"

printf 'many.like = tiny\nmany.sweep = units: 5 8\n' >experiments/many.mk
expect_exit 2 make compare A=tiny B=many
check "of a sweep one is to be named" grep -q "'many' is a sweep: name one of many-5, many-8\$" "$TMP/err"
rm experiments/many.mk
for name in figures fig3 scores compare audit; do
    expect_exit 2 make experiment NAME=$name
    check "$name, which make draws, is no experiment" grep -qx "plan: NAME='$name': is a target of make; choose another name" "$TMP/err"
done

expect_exit 0 make compare A=tiny B=other
table=build/compare/tiny-other.tsv
row() { grep "^$1	$2	" "$table"; }
check "a row for each seed of both" [ "$(grep -v '^#' "$table" | cut -f 1,2 | tr '\t\n' '  ')" = "experiment seed tiny 1 other 1 other 2 " ]
check "their units" [ "$(row tiny 1 | cut -f 4) $(row other 2 | cut -f 4)" = "10 7" ]
for network in tiny/1 other/1 other/2; do
    log=build/${network%/*}/seed-${network#*/}/log.tsv
    check "the error of $network is that of its log" \
        [ "$(row "${network%/*}" "${network#*/}" | awk -F '\t' '{ printf "%.6g", $13 }')" = "$(awk -F ': ' '/^# final_mse/ { printf "%.6g", $2 }' "$log")" ]
done
# shellcheck disable=SC2016 # awk's dollars
check "the classes of all units are counted" awk -F '\t' '/^#/ || $1 == "experiment" { next } $5 + $6 + $7 + $8 + $9 != $4 { exit 1 }' "$table"
check "and those that chance would give" awk -F '\t' '/^#/ || $1 == "experiment" { next } { n++ } $10 == "nan" || $11 == "nan" || $12 == "nan" { bad = 1 } END { exit bad || n != 3 }' "$table"
for name in tiny other; do
    check "the figure shows $name" grep -q "<tspan[^>]*>$name" build/compare/tiny-other.svg
done
check "and is there as PNG" test -s build/compare/tiny-other.png
expect_exit 0 make compare A=tiny B=other
check "again: nothing is made anew" nothing_ran
for part in style sheet curves legend; do
    make -n -W "figures/$part.gp" compare A=tiny B=other >"$TMP/out" 2>/dev/null
    check "a change in $part.gp, which the figure's script loads, draws it again" grep -q 'figures/experiment.gp' "$TMP/out"
done
make -n -W figures/appendix.gp compare A=tiny B=other >"$TMP/out" 2>/dev/null
check "one in a part that it does not load does not" sh -c "! grep -q 'figures/experiment.gp' '$TMP/out'"
make -n compare A=tiny B=other other.seeds=1 >"$TMP/out" 2>/dev/null
check "without one of the seeds it is drawn again" grep -q 'figures/experiment.gp' "$TMP/out"
make -n compare A=tiny B=other >"$TMP/out" 2>/dev/null
check "with it the drawing is what it was" sh -c "! grep -q 'figures/experiment.gp' '$TMP/out'"
finish
