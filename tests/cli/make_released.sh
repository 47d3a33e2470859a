#!/bin/sh
# The Makefile: released networks are taken when their recipe is the one asked for, else trained;
# they can be verified; a killed training goes on.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
tiny_experiment tiny
folder=build/tiny/seed-1
network=$folder/network.gn

expect_exit 0 make $network $folder/update-000002/probe.gn $folder/update-000005/probe.gn
check "nothing released: trained" ran train
expect_exit 0 make release NAME=tiny
check "the log is released, and the checkpoints that are needed" test -e data/released/tiny/seed-1/log.tsv.gz -a \
    -e data/released/tiny/seed-1/checkpoints/update-000002.gn -a -e data/released/tiny/seed-1/checkpoints/update-000005.gn -a \
    -e data/released/tiny/seed-1/checkpoints/update-000010.gn -a ! -e data/released/tiny/seed-1/checkpoints/update-000000.gn
expect_exit 0 make $folder/track.tsv
check "releasing makes nothing stale" not_ran train
cp -r $folder "$TMP/trained"
sums=$(cd data/released && sha256sum tiny/seed-1/*.* tiny/seed-1/checkpoints/*)
mkdir -p "$TMP/other/tiny"
cp -r $folder "$TMP/other/tiny/seed-1"
cp $folder/checkpoints/update-000010.gn "$TMP/other/tiny/seed-1/network.gn" # another network
rm "$TMP/other/tiny/seed-1/checkpoints/update-000002.gn"
expect_exit 1 sh experiments/release.sh tiny "$TMP/other" '2 5' 1
check "without a checkpoint nothing is released" grep -q 'update-000002.gn' "$TMP/err"
check "and what was stays" test "$(cd data/released && sha256sum tiny/seed-1/*.* tiny/seed-1/checkpoints/*)" = "$sums"
check "alone" test "$(ls -A data/released)" = "$(printf 'SHA256SUMS\ntiny')"
"$BIN/train" --units 4 --steps 20 --trials 4 --curvature-trials 2 --updates 1 --output "$TMP/other/tiny/seed-1/checkpoints/update-000009.gn" 2>/dev/null
expect_exit 0 sh experiments/release.sh tiny "$TMP/other" 5 1
check "but no checkpoint of another recipe" test ! -e data/released/tiny/seed-1/checkpoints/update-000009.gn
check "a release replaces the earlier one" cmp -s "$TMP/other/tiny/seed-1/network.gn" data/released/tiny/seed-1/network.gn
check "with all its checkpoints" test ! -e data/released/tiny/seed-1/checkpoints/update-000002.gn
expect_exit 0 make release NAME=tiny
check "and another takes it back" test "$(cd data/released && sha256sum tiny/seed-1/*.* tiny/seed-1/checkpoints/*)" = "$sums"

# a matching recipe
rm -rf build/tiny
expect_exit 0 make status
check "the status says that it is there to take" grep -q '^tiny/seed-1 *released, not taken yet *0 of ' "$TMP/out"
expect_exit 0 make $folder/track.tsv
check "the same recipe: taken" grep -q "taken from data/released/tiny/seed-1" "$TMP/err"
check "and not trained" not_ran train
for file in network.gn checkpoints/update-000002.gn; do
    check "$file is the released one" cmp -s $folder/$file data/released/tiny/seed-1/$file
done
check "the log is the one that was released" cmp -s $folder/log.tsv "$TMP/trained/log.tsv"
expect_exit 0 make $folder/track.tsv
check "a second make runs nothing" nothing_ran
sed -i 's/train\t1\t/train\t2\t/' build/options.tsv
expect_exit 0 make -n $folder/track.tsv
check "another algorithm of train: it is trained again" ran train
expect_exit 0 make plan
check "and the plan says why" grep -q "is not taken: it was trained by 'train algorithm 1', now 'train algorithm 2'" build/plan.mk
rm build/options.tsv

# a recipe that differs, in each kind of key
for setting in units=11 noise-sd=0.11 still=held no-self-connections=no updates=11 arena-size=1.5; do
    rm -rf build/tiny
    expect_exit 0 make tiny.$setting $network
    check "$setting: not taken" grep -q "^# (data/released/tiny/seed-1 is not taken: .*${setting%=*}.* there and .* here)" build/plan.mk
    check "$setting: trained" ran train
done
rm -rf build/tiny
expect_exit 0 make tiny.arena-size=1 tiny.state-every=3 $network
check "the same recipe written otherwise: taken" not_ran train
expect_exit 0 make tiny.checkpoint-updates=0,3,4 tiny.phases=3,4 $network
check "phases whose checkpoints are not released: trained" ran train
rm -rf build/tiny
expect_exit 0 make tiny.seeds='1 2' build/tiny/seed-2/network.gn
check "another seed is trained" ran train

# RETRAIN
for no in 0 no; do
    expect_exit 0 make -n RETRAIN=$no $network
    check "RETRAIN=$no takes it" sh -c "grep -q take.sh '$TMP/out' && ! grep -q 'bin/train ' '$TMP/out'"
done
expect_exit 0 make $folder/track.tsv
check "released again" not_ran train
expect_exit 0 make tiny.updates=3 tiny.phases=- $network
check "another recipe for one call: trained" ran train
expect_exit 0 make $network
check "the next call takes the released one again" grep -q "taken from data/released/tiny/seed-1" "$TMP/err"
check "which is there" cmp -s $network data/released/tiny/seed-1/network.gn
expect_exit 0 make tiny.updates=3 tiny.phases=- $network
check "and trains again when it is asked to" ran train
expect_exit 0 make $folder/track.tsv
expect_exit 0 make RETRAIN=1 $folder/track.tsv
check "RETRAIN=1 trains" ran train
check "to the same bytes" cmp -s $network "$TMP/trained/network.gn"
check "and log" cmp -s $folder/log.tsv "$TMP/trained/log.tsv"
check "and goes on to the rest" ran track
expect_exit 0 make RETRAIN=1 $folder/track.tsv
check "once" nothing_ran
expect_exit 0 make $folder/track.tsv
check "and what was trained stays" nothing_ran

# verify
expect_exit 0 make verify WHOLE=0
check "verify compares a stretch" grep -q 'updates 10 to 12 are the same bytes' "$TMP/out"
expect_exit 0 make verify WHOLE=1
check "or all" grep -q 'updates 0 to 12 are the same bytes' "$TMP/out"
printf '%s\n' 'ell.like = tiny' 'ell.arena = polygon' 'ell.arena-corners = -1,-1 1,-1 1,0 0,0 0,1 -1,1' >experiments/ell.mk
expect_exit 0 make release NAME=ell
expect_exit 0 make verify
check "networks of other arenas too" grep -q 'ell/seed-1: updates 10 to 12 are the same bytes' "$TMP/out"
rm -r experiments/ell.mk data/released/ell
(cd data/released && find tiny -type f | sort | xargs sha256sum >SHA256SUMS)
cp -r data/released/tiny/seed-1 "$TMP/damaged"
head -c 2000 $network >"$TMP/damaged/network.gn"
expect_exit 3 env BIN=build/bin sh experiments/verify.sh "$TMP/damaged" "$TMP/again"
one_line damaged/network.gn
cp data/released/tiny/seed-1/log.tsv.gz "$TMP/log"
echo >>data/released/tiny/seed-1/log.tsv.gz
expect_exit 2 make verify
check "a changed file is found" grep -q 'log.tsv.gz: FAILED' "$TMP/out"
cp "$TMP/log" data/released/tiny/seed-1/log.tsv.gz
expect_exit 0 make RETRAIN=1 tiny.noise-sd=0.2 $network
cp build/tiny/seed-1/checkpoints/update-000010.gn data/released/tiny/seed-1/checkpoints/
(cd data/released && find tiny -type f | sort | xargs sha256sum >SHA256SUMS)
expect_exit 2 make verify
check "and so is a checkpoint of another recipe" grep -q 'needs the same options' "$TMP/err"
rm -rf data build/tiny

# killed and taken up again
long="tiny.updates=150 tiny.trials=50 tiny.curvature-trials=20"
# shellcheck disable=SC2086 # words
expect_exit 0 make $long $network
cp $network "$TMP/whole.gn"
cp $folder/log.tsv "$TMP/whole.tsv"
for signal in TERM KILL; do
    rm -rf build/tiny
    # shellcheck disable=SC2086 # words
    setsid make $long $network >/dev/null 2>&1 &
    group=$!
    tries=0
    while [ ! -e $network.state ] && [ $tries -lt 200 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    kill -s "$signal" -- "-$group"
    wait "$group" 2>/dev/null || true
    check "$signal: stopped on the way" test -e $network.state -a ! -e $network
    # shellcheck disable=SC2086 # words
    expect_exit 0 make $long $network
    check "$signal: goes on" grep -q 'resuming' "$TMP/err"
    check "$signal: to the same bytes" cmp -s $network "$TMP/whole.gn"
    check "$signal: and log" cmp -s $folder/log.tsv "$TMP/whole.tsv"
done
finish
