#!/bin/sh
# Every experiment that ships runs to its last file at the paper's settings. Two of those that README names, which
# train nothing, are run from the released networks; of all others make says what it would do.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
mkdir -p data
ln -s "$root/data/released" data/released
cp "$root"/data/*.tsv data/

expect_exit 0 make plan
experiments=$(awk '/^experiments := / { on = 1; sub(/^experiments := /, "") } on { more = sub(/ *\\$/, ""); print; on = more }' build/plan.mk | tr "\n" " ")
for name in square held-square foraging transfer-square-hexagon moving; do
    check "$name is planned" sh -c "echo ' $experiments ' | grep -q ' $name '"
done

# expected NAME: the last file of every stage that an experiment has. A network that is not trained any further has no
# phases to embed.
expected() {
    folder=build/$1/seed-1
    case $1 in transfer-* | foraging*) ;; *) echo "$folder/tsne.tsv" ;; esac
    echo "$folder/network.gn $folder/probe.gn $folder/run.gn $folder/scores.tsv $folder/selectivity.tsv \
        $folder/boundary.tsv $folder/longrun.tsv $folder/track.tsv $folder/errors.tsv \
        $folder/connectivity.tsv $folder/fingerprints.tsv"
}
for name in $experiments; do
    expect_exit 0 make -n "$name"
    for file in $(expected "$name"); do
        check "make $name writes $file" grep -q -e "--output $file" -e "sh experiments/take.sh .*$name/seed-1" "$TMP/out"
    done
    check "$name: no phase twice" sh -c "! sed -e ':a' -e '/\\\\$/N; s/\\\\\\n//; ta' '$TMP/out' | grep -E 'tsne .* ([^ ]*probe.gn) .*\\1( |$)'"
done

for name in foraging transfer-square-hexagon; do
    expect_exit 0 make "$name"
    check "$name trains nothing" grep -q -e '--updates 0 ' "$TMP/out"
    for file in $(expected "$name"); do check "$name: $file" test -s "$file"; done
done
check "the walk along a track is the track's" test -s build/foraging/seed-1/sample.gn
expect_exit 0 make foraging transfer-square-hexagon
check "nothing is left to do" nothing_ran

# A wrong key stops the figures that show the experiment, and the verdicts, instead of leaving it out of them.
cp -r "$root/figures" .
cp "$root"/paper/*.tsv paper/
echo 'square-free.noise-sdd = 3' >>experiments/square.mk
for file in figures/fig5.svg figures/fingerprints.svg build/figures/classes.tsv build/audit/verdicts.tsv; do
    expect_exit 0 make -n $file
    check "$file: what is wrong stops make" grep -q 'square-free.noise-sdd: unknown key.*exit 2' "$TMP/out"
done
expect_exit 0 make -n figures/fig3.svg
check "others are drawn" sh -c "! grep -q noise-sdd '$TMP/out'"
expect_exit 2 make build/square-free/seed-1/network.gn
check 'its own files too' grep -q 'square-free.noise-sdd: unknown key' "$TMP/err"
finish
