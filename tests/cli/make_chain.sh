#!/bin/sh
# The Makefile: a stage reruns when its own options, inputs or program change, and only then.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
tiny_experiment tiny
run=build/tiny/seed-1
files="$run/network.gn $run/log.tsv $run/probe.gn $run/selectivity.tsv $run/track.tsv"
make_files() { # SETTING...
    # shellcheck disable=SC2086 # a list of files
    make "$@" $files
}

expect_exit 0 make_files
check "the options are recorded" grep -qx -e '--units 10' $run/network.gn.args

# (a) nothing changed
expect_exit 0 make_files
check "a second make runs nothing" nothing_ran
expect_exit 0 make_files -q

# (b) an option of the probe
old=$(hash $run/network.gn)
expect_exit 0 make_files tiny.probe.bins=12
check "other bins: probed again" ran probe-tuning
check "and what follows from it" ran selectivity
check "but not trained" not_ran train
check "nor tracked" not_ran track
check "the network was left alone" test "$(hash $run/network.gn)" = "$old"
expect_exit 0 make_files -n
check "a dry run of other options changes nothing" grep -qx -e '--bins 12' $run/probe.gn.args
expect_exit 0 make_files tiny.probe.bins=12
check "the same options again run nothing" nothing_ran

# (c) a program
cp build/bin/selectivity "$TMP/saved"
objcopy --strip-debug build/bin/selectivity
expect_exit 0 make_files tiny.probe.bins=12
check "a program compiled to the same code redoes nothing" nothing_ran
echo changed >"$TMP/note"
objcopy --add-section .change="$TMP/note" build/bin/selectivity
expect_exit 0 make_files tiny.probe.bins=12
check "a changed program runs again" ran selectivity
check "and no other" not_ran probe-tuning train track
expect_exit 0 make_files tiny.probe.bins=12
check "once" nothing_ran

# (d) an input
touch $run/probe.gn
expect_exit 0 make_files tiny.probe.bins=12
check "a newer input" ran selectivity
check "reruns only what reads it" not_ran probe-tuning train track

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
    check "$file: the same bytes with -j2" cmp -s "$TMP/one/seed-1/$file" $run/$file
done
finish
