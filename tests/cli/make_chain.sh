#!/bin/sh
# The Makefile: a stage reruns when its own options, inputs or program change, and only then.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
tiny_experiment tiny
folder=build/tiny/seed-1
files="$folder/network.gn $folder/log.tsv $folder/probe.gn $folder/selectivity.tsv $folder/track.tsv"
make_files() { # SETTING...
    # shellcheck disable=SC2086 # a list of files
    make "$@" $files
}

expect_exit 0 make_files
check "the options are recorded" grep -qx -e '--units 10' $folder/network.gn.args
check "with the version of the algorithm" grep -qx 'train algorithm 1' $folder/network.gn.args

# (a) nothing changed
expect_exit 0 make_files
check "a second make runs nothing" nothing_ran
expect_exit 0 make_files -q

# (b) an option of the probe
old=$(hash $folder/network.gn)
expect_exit 0 make_files tiny.probe.bins=12
check "other bins: probed again" ran probe-tuning
check "and what follows from it" ran selectivity
check "but not trained" not_ran train
check "nor tracked" not_ran track
check "the network was left alone" test "$(hash $folder/network.gn)" = "$old"
expect_exit 0 make_files tiny.probe.bins=12
check "the same options again run nothing" nothing_ran
expect_exit 0 make_files -n tiny.units=11
check "a dry run says what other options would do" ran train probe-tuning selectivity track
expect_exit 0 make_files tiny.probe.bins=12
check "and redoes nothing" nothing_ran

# (c) a program: when it is compiled again nothing is redone; with another version of its algorithm all its files are
touch build/bin/selectivity
expect_exit 0 make_files tiny.probe.bins=12
check "a program compiled again redoes nothing" nothing_ran
mv build/bin/selectivity build/bin/.selectivity
# shellcheck disable=SC2016 # for the written script to expand
printf '%s\n' '#!/bin/sh' 'case $1 in --options) "${0%/*}/.selectivity" --options | sed "s/^selectivity\t[0-9]*/selectivity\t999/" ;;' \
    '*) exec "${0%/*}/.selectivity" "$@" ;; esac' >build/bin/selectivity
chmod +x build/bin/selectivity
rm build/options.tsv # the copy has no rule that makes it again when a program changes
expect_exit 0 make_files -n tiny.probe.bins=12
check "another algorithm: what it makes is made again" ran selectivity
check "and nothing else" not_ran probe-tuning train track
expect_exit 0 make_files tiny.probe.bins=12
check "it runs" ran selectivity
check "and the version is recorded" grep -qx 'selectivity algorithm 999' $folder/selectivity.tsv.args
expect_exit 0 make_files tiny.probe.bins=12
check "once" nothing_ran
mv build/bin/.selectivity build/bin/selectivity
rm build/options.tsv
expect_exit 0 make_files tiny.probe.bins=12
check "back to the old one" ran selectivity
cp build/options.tsv "$TMP/options"
rm build/options.tsv
printf '%s\n' '#!/bin/sh' 'exit 1' >build/bin/broken
chmod +x build/bin/broken
expect_exit 2 make_files tiny.probe.bins=12
check "a program that cannot say its options stops make" test ! -e build/options.tsv
rm build/bin/broken
expect_exit 0 make_files tiny.probe.bins=12
check "until it can" cmp -s build/options.tsv "$TMP/options"
check "and nothing is redone" nothing_ran

# (d) an input
touch $folder/probe.gn
expect_exit 0 make_files tiny.probe.bins=12
check "a newer input" ran selectivity
check "reruns only what reads it" not_ran probe-tuning train track

# A result is as old as the beginning of its program, so that what changes meanwhile makes it stale.
check "the network is older than its first checkpoint" test $folder/checkpoints/update-000000.gn -nt $folder/network.gn
# A training with other options that was stopped has overwritten checkpoints: the network is trained again.
setsid make tiny.probe.bins=12 tiny.noise-sd=0.3 tiny.updates=150 tiny.trials=50 tiny.curvature-trials=20 $folder/network.gn \
    >/dev/null 2>&1 &
group=$!
tries=0
while [ ! -e $folder/network.gn.state ] && [ $tries -lt 200 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -s KILL -- "-$group"
wait "$group" 2>/dev/null || true
expect_exit 0 make_files tiny.probe.bins=12
check "after a training that was stopped: trained again" ran train probe-tuning

# (e) seeds and sweeps are lists
printf '%s\n' 'wide.like = tiny' 'wide.seeds = 3 4' 'wide.sweep = units: 5 6' >experiments/wide.mk
expect_exit 0 make build/wide-5/seed-3/network.gn build/wide-6/seed-4/network.gn
check "a sweep sets its key" grep -qx -e '--units 6' build/wide-6/seed-4/network.gn.args
check "over what it is like" grep -qx -e '--steps 50' build/wide-6/seed-4/network.gn.args

# (f) the launcher goes before the heavy commands
expect_exit 0 make LAUNCH='env GN_LAUNCHED=1' build/wide-5/seed-4/probe.gn
check "LAUNCH precedes train" grep -q '^env GN_LAUNCHED=1 build/bin/train' "$TMP/out"
check "and probe-tuning" grep -q '^env GN_LAUNCHED=1 build/bin/probe-tuning' "$TMP/out"

# (g) two at once give the same bytes
cp -r build/tiny "$TMP/one"
rm -rf build/tiny
expect_exit 0 make_files -j2 tiny.probe.bins=12 THREADS=1
for file in network.gn log.tsv probe.gn selectivity.tsv track.tsv; do
    check "$file: the same bytes with -j2" cmp -s "$TMP/one/seed-1/$file" $folder/$file
done

# (h) a user's own rule in an experiment's file
printf '%s\n' 'own.like = tiny' 'own.png: build/own/seed-1/track.tsv' '	cp $< $@' >experiments/own.mk
expect_exit 0 make own.png
check "an experiment's file may hold rules of make" cmp own.png build/own/seed-1/track.tsv

# (i) the plan says what make does: every command that runs stands in it
expect_exit 0 make -n build/tiny/seed-1/scores.tsv tiny.units=12
grep '^build/bin/' "$TMP/out" | sed 's/ *\\$//; s/  */ /g' | while read -r line; do
    grep -qF -- "${line%% --seed*}" build/plan.mk || echo "$line"
done >"$TMP/unplanned"
check "every command of make -n is in the plan" test ! -s "$TMP/unplanned"
finish
