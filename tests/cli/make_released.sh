#!/bin/sh
# The Makefile: released networks are taken when their recipe is the one asked for, else trained;
# they can be verified; a killed training goes on.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
tiny_experiment tiny
sed -i 's/^developing := /&tiny /' experiments/rules.mk
run=build/tiny/seed-1
network=$run/network.gn

expect_exit 0 make $network
check "nothing released: trained" ran train
expect_exit 0 make release NAME=tiny
check "log and checkpoints are released" test -e data/released/tiny/seed-1/log.tsv -a \
    -e data/released/tiny/seed-1/checkpoints/update-000005.gn
expect_exit 0 make $run/track.tsv
check "releasing makes nothing stale" not_ran train
cp -r $run "$TMP/trained"

# a matching recipe
rm -rf build/tiny
expect_exit 0 make status
check "the status says that it is there to take" grep -q '^tiny/seed-1 *released *0 of .*; not taken yet' "$TMP/out"
expect_exit 0 make $run/track.tsv
check "the same recipe: taken" grep -q "taken from data/released/tiny/seed-1" "$TMP/err"
check "and not trained" not_ran train
for file in network.gn log.tsv checkpoints/update-000002.gn; do
    check "$file is the released one" cmp -s $run/$file data/released/tiny/seed-1/$file
done
expect_exit 0 make $run/track.tsv
check "a second make runs nothing" nothing_ran
objcopy --add-section .change=Makefile build/bin/train
expect_exit 0 make $run/track.tsv
check "a change of train's code redoes nothing after a released network" nothing_ran
rm -f build/bin/train && cp "$BIN/train" build/bin/

# a recipe that differs, in each kind of key
for setting in units=11 noise-sd=0.11 still=diffusing no-self-connections=yes updates=11 arena-size=1.5; do
    rm -rf build/tiny
    expect_exit 0 make tiny.$setting $network
    check "$setting: not used" grep -q "not used, .*${setting%=*}.* there and .* here" "$TMP/err"
    check "$setting: trained" ran train
done
rm -rf build/tiny
expect_exit 0 make tiny.arena-size=1 tiny.state-every=3 $network
check "the same recipe written otherwise: taken" not_ran train
expect_exit 0 make tiny.checkpoint-updates=0,3 $network
check "other checkpoints are trained" ran train
rm -rf build/tiny
expect_exit 0 make tiny.seeds='1 2' build/tiny/seed-2/network.gn
check "another seed is trained" ran train

# RETRAIN
expect_exit 0 make $run/track.tsv
check "released again" not_ran train
expect_exit 0 make RETRAIN=1 $run/track.tsv
check "RETRAIN=1 trains" ran train
check "to the same bytes" cmp -s $network "$TMP/trained/network.gn"
check "and log" cmp -s $run/log.tsv "$TMP/trained/log.tsv"
check "and goes on to the rest" ran track
expect_exit 0 make RETRAIN=1 $run/track.tsv
check "once" nothing_ran
expect_exit 0 make $run/track.tsv
check "and what was trained stays" nothing_ran

# tables that take long
expect_exit 0 make release-tables
table=data/released/tiny/seed-1/update-000002/scores.tsv
check "scores of a phase are kept" cmp -s $table $run/update-000002/scores.tsv
check "and what they were made with" grep -q '^network.gn .*--units 10 .* scores.tsv .*--shifts 20' $table.made
take_tables() {
    rm -rf build/tiny
    expect_exit 0 make "$@" $run/scores.tsv $run/longrun.tsv $run/update-000002/scores.tsv
}
take_tables
check "released tables are taken" not_ran score-units probe-tuning long-run-error train
check "as they are" cmp -s $table $run/update-000002/scores.tsv
expect_exit 0 make $run/scores.tsv
check "once" nothing_ran
take_tables RESCORE=1
check "RESCORE=1 computes them" ran score-units probe-tuning long-run-error
check "to the same bytes" cmp -s $table $run/update-000002/scores.tsv
take_tables tiny.probe.bins=17
check "another option of the probe: computed" ran score-units probe-tuning
check "what it does not change: taken" not_ran long-run-error
mkdir src && echo 'int changed;' >src/gn_changed.c
take_tables
check "other sources: computed" ran score-units long-run-error
rm -r src
take_tables
expect_exit 0 make verify-tables
check "verify-tables compares" grep -q '^4 tables: the same bytes' "$TMP/out"
sed -i '$s/$/ /' $table
expect_exit 2 make verify-tables
check "and finds a changed one" grep -q 'update-000002/scores.tsv .*differ' "$TMP/out" "$TMP/err"
expect_exit 0 make release-tables

# verify
expect_exit 0 make verify
check "verify compares a stretch" grep -q 'updates 10 to 12 are the same bytes' "$TMP/out"
expect_exit 0 make verify WHOLE=1
check "or all" grep -q 'updates 0 to 12 are the same bytes' "$TMP/out"
cp data/released/tiny/seed-1/log.tsv "$TMP/log"
echo >>data/released/tiny/seed-1/log.tsv
expect_exit 2 make verify
check "a changed file is found" grep -q 'log.tsv: FAILED' "$TMP/out"
cp "$TMP/log" data/released/tiny/seed-1/log.tsv
expect_exit 0 make RETRAIN=1 tiny.noise-sd=0.2 $network
cp build/tiny/seed-1/checkpoints/update-000010.gn data/released/tiny/seed-1/checkpoints/
(cd data/released && find tiny -type f | sort | xargs sha256sum >SHA256SUMS)
expect_exit 2 make verify
check "and so is a checkpoint of another recipe" grep -q 'not the recipe' "$TMP/err"
rm -rf data build/tiny

# killed and taken up again
long="tiny.updates=150 tiny.trials=50 tiny.curvature-trials=20"
# shellcheck disable=SC2086 # words
expect_exit 0 make $long $network
cp $network "$TMP/whole.gn"
cp $run/log.tsv "$TMP/whole.tsv"
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
    check "$signal: and log" cmp -s $run/log.tsv "$TMP/whole.tsv"
done
finish
