#!/bin/sh
# The search for periodic maps: every row of the table is trained, scored and ranked; what fails keeps a row.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
tiny_experiment tiny
printf 'search.like = tiny\n' >experiments/search/search.mk
printf 'id\toverrides\tnote\nplain\t-\tas it is\nloud-0.5\tnoise-sd=0.5\t-\nimpossible\tcurvature-trials=30\tmore than there are\n' \
    >experiments/search/recipes.tsv
ranking=build/search/ranking.tsv

column() { # NETWORK NAME: the cell of a network
    awk -F '\t' -v network="$1" -v name="$2" '
        /^#/ { next }
        !head { for (i = 1; i <= NF; i++) at[$i] = i; head = 1; next }
        $at["network"] == network { print $at[name] }' $ranking
}

expect_exit 0 make search
check "a ranking" test -s $ranking
check "of all rows" test "$(grep -vc '^#' $ranking)" -eq 4
check "a scored row says so" test "$(column plain status)" = scored
check "with its updates" test "$(column plain update)" = 12
check "and units" test "$(column plain units)" = 10
classes=$(($(column plain grid) + $(column plain band) + $(column plain border) + \
    $(column plain irregular) + $(column plain unmodulated)))
check "every unit has a class" test $classes -eq 10
check "a row that failed keeps its place" test "$(column impossible status)" = no-network
check "its recipe" test "$(column impossible overrides)" = curvature-trials=30
check "and its note" test "$(column impossible note)" = 'more than there are'
mse=$(awk '/^# final_mse/ { print $3 }' build/search/loud-0.5/seed-1/log.tsv)
check "the error is that of the last updates" awk -v a="$mse" -v b="$(column loud-0.5 mse)" \
    'BEGIN { exit !(a > 0 && (a - b) ^ 2 < 1e-12 * a * a) }'

cp $ranking "$TMP/ranking"
expect_exit 0 make search
check "again: only the failed row is tried" not_ran probe-tuning score-units
check "and nothing changes" cmp -s $ranking "$TMP/ranking"
printf 'quiet\tnoise-sd=0 seeds=1,2\t-\n' >>experiments/search/recipes.tsv
expect_exit 2 make search ROWS='quiet silent'
one_line silent 'no id of experiments/search/recipes.tsv'
expect_exit 2 make search ROWS="quiet'"
one_line ROWS 'a character the shell takes'
expect_exit 0 make search ROWS=quiet
check "rows that are named: only these are tried" test "$(grep -c 'build/bin/train' "$TMP/out")" -eq 2
check "the others stay" test "$(grep -c 'build/bin/probe-tuning' "$TMP/out")" -eq 4
check "and only these are shown, with their places" test "$(awk -F '\t' '$3 == "scored" { print $2 }' "$TMP/out" | sort | tr '\n' ' ')" = \
    'quiet quiet/seed-2 '
cp experiments/search/recipes.tsv "$TMP/good"
printf 'typo\tnoise-sdd=0.5\t-\n' >>experiments/search/recipes.tsv
expect_exit 2 make search ROWS='typo quiet'
check "a row with a wrong key says so" grep -q "recipes.tsv: typo: noise-sdd: unknown key" "$TMP/err"
printf 'a;b\t-\t-\n' >>experiments/search/recipes.tsv
expect_exit 2 make search ROWS=quiet
check "an id of odd characters too" grep -q "id 'a;b', accepted: letters" "$TMP/err"
cp "$TMP/good" experiments/search/recipes.tsv
expect_exit 0 make search ROWS=quiet
check "a new row is trained" test "$(column quiet status)" = scored
check "from each of its seeds" test "$(column quiet/seed-2 status)" = scored

# what is kept of it
cp -r "$root/figures" .
expect_exit 0 make search-results
kept=experiments/search/results
check "the ranking is kept" cmp -s $ranking $kept/ranking.tsv
check "and a page with every row" test "$(grep -c '^## ' $kept/README.md)" -eq 5
check "with the pictures it shows" test "$(sed -n 's/^!.*(\(.*\))$/\1/p' $kept/README.md | sort | tr '\n' ' ')" = \
    'loud-0.5-seed-1.png plain-seed-1.png quiet-seed-1.png quiet-seed-2.png '
for picture in plain loud-0.5 quiet; do
    check "$picture: a picture" test "$(head -c 4 $kept/$picture-seed-1.png | tail -c 3)" = PNG
done

expect_exit 2 make search-results PROFILE=quick
check "the quick profile keeps nothing" grep -q 'PROFILE=quick gives no results to keep' "$TMP/err"
mv build/search "$TMP/search"
expect_exit 0 make search-results RETRAIN=1
check "a search without networks leaves what was kept" test -s $kept/plain-seed-1.png
check "and its rows" test "$(column plain status)" = scored
rm -rf build/search
mv "$TMP/search" build/search

# Without the networks of a row, what is kept of it stays, as long as its recipe is the same.
cp -r $kept "$TMP/before"
mv build/search/quiet "$TMP/quiet"
sed 's/^loud-0.5\tnoise-sd=0.5/loud-0.5\tnoise-sd=0.4/' experiments/search/recipes.tsv >"$TMP/recipes"
expect_exit 0 make search-results
check "networks are gone: what is kept stays" diff -r "$TMP/before" $kept
mv build/search/loud-0.5 "$TMP/loud"
cp experiments/search/recipes.tsv "$TMP/recipes.old"
cp "$TMP/recipes" experiments/search/recipes.tsv
expect_exit 0 make search-results
check "but not of another recipe" test "$(column loud-0.5 status)" = no-network
check "nor its picture" test ! -e $kept/loud-0.5-seed-1.png
check "those of the others stay" cmp -s $kept/quiet-seed-2.png "$TMP/before/quiet-seed-2.png"
sed 's/scored/SCORED/' "$TMP/before/ranking.tsv" >"$TMP/edited.tsv"
expect_exit 3 "$BIN/rank-search" --recipes experiments/search/recipes.tsv --kept "$TMP/edited.tsv" --output "$TMP/r.tsv" \
    build/search/plain/seed-1
one_line edited.tsv
mv "$TMP/recipes.old" experiments/search/recipes.tsv
mv "$TMP/quiet" build/search/quiet
mv "$TMP/loud" build/search/loud-0.5
expect_exit 0 make search-results
check "all networks are there again: so are their rows" diff -r "$TMP/before" $kept

for program in rank-search map-sheet; do
    sed -i "s/^$program	[0-9]*	/$program	999	/" build/options.tsv
done
expect_exit 0 make search-results
check "another algorithm of what ranks and draws: both are done again" ran rank-search map-sheet
rm build/options.tsv

printf 'untrained\tupdates=0 checkpoint-updates=0 phases=-\t-\n' >>experiments/search/recipes.tsv
expect_exit 0 make search
check "a network without an update has no error" test "$(column untrained status) $(column untrained mse)" = 'scored nan'

# A folder of networks that are there, and what was kept of earlier ones: gone is in the ranking no more, impossible is there
# without scores.
mkdir -p found/gone/seed-1 found/plain/seed-1 found/quiet/seed-2 "$TMP/kept"
table() { # NETWORK SEED VALUE: a table of fingerprints
    printf '# format: gridnav-tsv 1\n# kind: fingerprints\nrecipe\tarena\tseed\tvalue\n%s\tsquare\t%s\t%s\n# end: 1 rows\n' "$@"
}
table gone 1 other >found/gone/seed-1/fingerprints.tsv
table plain 1 new >found/plain/seed-1/fingerprints.tsv
table quiet 2 new >found/quiet/seed-2/fingerprints.tsv
touch found/gone/seed-1/maps.png
for row in 'gone 1' 'impossible 1' 'loud-0.5 1' 'plain 1' 'quiet 1' 'quiet 2'; do
    # shellcheck disable=SC2086 # words
    table $row old
done >"$TMP/kept/fingerprints.tsv"
expect_exit 0 sh experiments/search/keep.sh $ranking found "$TMP/kept"
check "fingerprints are kept one table after the other, the earlier ones of networks that are not there" \
    test "$(awk -F '\t' '!/^#/ && $1 != "recipe" { printf "%s %s %s, ", $1, $3, $4 }' "$TMP/kept/fingerprints.tsv")" = \
    'loud-0.5 1 old, plain 1 new, quiet 1 old, quiet 2 new, '
check "as whole tables" test "$(grep -c '^# end' "$TMP/kept/fingerprints.tsv")" -eq 4
check "but none of networks that are not in the ranking" test ! -e "$TMP/kept/gone-seed-1.png"

# the program itself
rank="$BIN/rank-search --recipes experiments/search/recipes.tsv --output $TMP/r.tsv"
# shellcheck disable=SC2086 # words
expect_exit 2 $rank build/search/other/seed-1
one_line other 'no id of the recipes'
# shellcheck disable=SC2086
expect_exit 2 $rank build/search
# A network with a grid-like unit is first when what chance gives is not known.
scores_of() { # NETWORK EXPRESSION of x and y: the scores of one map
    awk "BEGIN { for (y = 19; y >= 0; y--) for (x = 0; x < 20; x++) printf \"%s%s\", $2, x < 19 ? \"\t\" : \"\n\" }" >"$TMP/map.tsv"
    "$BIN/score-units" --map "$TMP/map.tsv" --noise-maps 99 --output "build/search/$1/seed-1/scores.tsv" 2>/dev/null
}
first() { awk -F '\t' '/^#/ || !names++ { next } { print $1; exit }' "$TMP/r.tsv"; }
scores_of plain 'x + 2 * y'
scores_of quiet 'x + 2 * y'
# shellcheck disable=SC2086
expect_exit 0 $rank build/search/plain/seed-1 build/search/quiet/seed-1
last=$(test "$(first)" = plain && echo quiet || echo plain)
scores_of "$last" 'cos(0.8 * x) + cos(0.4 * x + 0.693 * y) + cos(0.4 * x - 0.693 * y)'
# shellcheck disable=SC2086
expect_exit 0 $rank build/search/plain/seed-1 build/search/quiet/seed-1
check 'a network with a grid-like unit is first' test "$(first)" = "$last"
# Where it is known, in the ranking that is kept, only units beyond it count; networks that are equal go by distance.
# shellcheck disable=SC2016 # awk's dollars
check 'the kept ranking is in this order' awk -F '\t' '
    function beyond(class) { return $at[class] > $at[class "_chance"] ? $at[class] - $at[class "_chance"] : 0 }
    /^#/ { next }
    !names { for (names = 1; names <= NF; names++) at[$names] = names; next }
    $at["status"] != "scored" { next }
    { periodic = beyond("grid") + beyond("band"); distance = $at["distance"] + 0 }
    n++ && (periodic > last_periodic || (periodic == last_periodic && distance < last_distance)) { bad = 1 }
    { last_periodic = periodic; last_distance = distance }
    END { exit bad || n < 10 }' "$root/experiments/search/results/ranking.tsv"

rm build/search/plain/seed-1/scores.tsv
# shellcheck disable=SC2086
expect_exit 0 $rank build/search/plain/seed-1
check "not scored is said" grep -q 'not-scored' "$TMP/r.tsv"
sed 's/grid/gird/' build/search/quiet/seed-1/scores.tsv >build/search/plain/seed-1/scores.tsv
# shellcheck disable=SC2086
expect_exit 3 $rank build/search/plain/seed-1
finish
