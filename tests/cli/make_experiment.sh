#!/bin/sh
# The Makefile: what an experiment file may say, and how it is refused.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree

refused() { # LINE WORDS...: a file with this third line stops who asks for its experiment, with all words
    line=$1
    shift
    printf '# a comment\nbad.units = 20\n%s\n' "$line" >experiments/bad.mk
    expect_exit 2 make bad
    for word in "$@"; do
        if grep -qF -- "$word" "$TMP/err"; then ok "'$line': $word"; else
            fail "'$line': no '$word' in: $(cat "$TMP/err")"
        fi
    done
    rm experiments/bad.mk
}

tiny_experiment tiny
refused 'bad.unitz = 3' 'experiments/bad.mk:3: bad.unitz: unknown key' 'units' 'int 1..4096'
refused 'bad.noise = 3' 'unknown key' 'the nearest is noise-'
refused 'bad.noise_sd = 0.7' 'experiments/bad.mk:3: bad.noise_sd: unknown key' 'the nearest is noise-sd'
refused 'bad.Units = 33' 'bad.Units: unknown key'
refused ' bad.stepz = 77' 'bad.stepz: unknown key'
refused 'bad.steps = many' 'experiments/bad.mk:3: bad.steps: not an integer' "'many'" 'int 1..1000000'
refused 'bad.steps = 0' 'experiments/bad.mk:3: bad.steps: out of range' "'0'"
refused 'bad.steps = 1.5' 'not an integer'
refused 'bad.noise-sd = 0.1x' 'experiments/bad.mk:3: bad.noise-sd: not a number'
refused 'bad.noise-sd = nan' 'not a number'
refused 'bad.noise-sd =' 'no value'
refused 'bad.arena = round' 'square|hexagon|triangle'
refused 'bad.metabolic-fixed = 1' 'not yes or no'
refused 'bad.seeds = 1 x' 'not an integer from 0 (x)'
refused 'bad.seeds = 1 1' 'given twice'
refused 'bad.checkpoint-updates = 1,,2' 'not an integer'
refused 'bad.units = 30' 'given before at experiments/bad.mk:2'
refused 'good.units = 30' 'expected bad.KEY'
refused 'bad.like = nosuch' 'is no experiment' "'nosuch'"
refused 'bad.like = tinny' 'the nearest is tiny'
refused 'bad.like = bad' 'circle'
refused 'bad.continue = bad' 'circle'
# shellcheck disable=SC2016 # for make, not for the shell
refused 'bad.title = $(shell touch broken)' 'plain value'
check "and nothing of it is run" test ! -e broken
refused 'bad.walk.arena-size = none' 'not a number'
refused "bad.sample.track = a'b.tsv" 'plain value'
refused 'bad.sample.track = day=2.tsv' 'experiments/bad.mk:3: bad.sample.track' 'without = and %'
refused 'bad.sample.track = 100%.tsv' 'without = and %'
refused 'bad.sample.track = ~/track.tsv' 'no ~ for a home'
expect_exit 0 make -n tiny

# A wrong key stops only what needs that experiment.
printf 'bad.unitz = 3\nbad-like.like = bad\nbad-good.units = 12\n' >experiments/bad.mk
expect_exit 2 make build/bad/seed-1/scores.tsv
check "a file of it" grep -q 'experiments/bad.mk:1: bad.unitz' "$TMP/err"
expect_exit 2 make bad-like
check "and of those that are like it" grep -q 'experiments/bad.mk:1: bad.unitz' "$TMP/err"
expect_exit 0 make -n tiny
expect_exit 0 make -n bad-good
printf 'bad.continue = bad-two\nbad-two.like = bad-one\nbad-one.like = tiny\nbad-one.continue = bad\n' >experiments/bad.mk
expect_exit 2 make bad
check "networks cannot continue each other" grep -q 'bad.continue: a circle of experiments that continue each other' "$TMP/err"
expect_exit 0 make -n tiny
printf 'bad.unitz = 3\nbad-like.like = bad\nbad-good.units = 12\n' >experiments/bad.mk
expect_exit 0 make status
check "the status names it" grep -q '^bad .*bad.unitz: unknown key' "$TMP/out"
rm experiments/bad.mk

# What a program would refuse, some of it only after the training
lines() { printf '%s\n' "$@" >experiments/bad.mk; }
lines 'bad.like = tiny' 'bad.phases = 2,7'
expect_exit 2 make bad
check "a phase without a checkpoint" grep -qxF \
    'experiments/bad.mk:2: bad.phases: 7: no checkpoint is kept after that update (bad.checkpoint-updates: 0,2,5,10)' "$TMP/err"
expect_exit 2 make tiny tiny.checkpoint-updates=0,5
check "also from the command line" grep -q '^command line: tiny.phases: 2: no checkpoint' "$TMP/err"
expect_exit 0 make -n tiny tiny.updates=2 tiny.checkpoint-updates=0 # the only phase is the network itself
lines 'bad.like = tiny' 'bad.phases = 2,7' 'bad-two.like = bad' 'bad-two.checkpoint-updates = 2,7'
expect_exit 0 make -n bad-two
lines 'bad.like = tiny' 'bad.trials = 9'
expect_exit 2 make bad
check "more trials of curvature than trials" grep -qxF 'experiments/bad.mk:2: bad.curvature-trials: 10 is more than bad.trials 9' "$TMP/err"
lines 'bad.like = tiny' 'bad.walk.arena = polygon'
expect_exit 2 make bad
check "a polygon without corners" grep -q '^experiments/bad.mk:2: bad.walk.arena: a polygon needs bad.walk.arena-corners' "$TMP/err"
echo 'bad.walk.arena-corners = -1,-1 1,-1 1,1' >>experiments/bad.mk
expect_exit 0 make -n bad
lines 'bad.like = tiny' 'bad.continue = tiny' 'bad.seeds = 1 2'
expect_exit 2 make bad
check "a seed that is not there to continue" grep -q 'bad.continue: tiny has no seed 2 (its seeds: 1)$' "$TMP/err"
expect_exit 0 make -n bad tiny.seeds='1 2'
lines 'bad.like = tiny' 'bad.sweep = units: 5 8' 'bad-on.like = tiny' 'bad-on.continue = bad'
expect_exit 2 make bad-on
check "a sweep cannot be continued" grep -q "bad-on.continue: 'bad' is a sweep: name one of bad-5, bad-8$" "$TMP/err"
rm experiments/bad.mk
refused 'bad.run.trials = 20' 'bad.run.trials: unknown key'
refused 'bad.tsne.metric = euclidean' 'unknown key'
refused 'bad.resume = old.gn' 'unknown key'

# Names that mean something to make already
for name in help status plan search quick bin results; do
    expect_exit 2 make experiment NAME=$name
    check "$name is no experiment" grep -qx "plan: NAME='$name': is a target of make; choose another name" "$TMP/err"
done
printf 'status.units = 20\n' >experiments/status.mk
expect_exit 2 make -n tiny
check "nor may a file have such a name" grep -qx "plan: experiments/status.mk: 'status' is a target of make; choose another name" "$TMP/err"
rm experiments/status.mk

# A sweep's values are checked one by one.
printf 'wide.like = tiny\nwide.sweep = units: 5 0\n' >experiments/wide.mk
expect_exit 2 make wide-0
check "the value that is wrong" grep -q "experiments/wide.mk:2: wide.sweep: units = 0: out of range" "$TMP/err"
expect_exit 0 make -n build/wide-5/seed-1/network.gn
printf 'wide.like = tiny\nwide.sweep = unitz: 5 6\n' >experiments/wide.mk
expect_exit 2 make wide-5
check "and the key" grep -q "unitz = 5: unknown key" "$TMP/err"
printf 'wide.like = tiny\nwide.sweep = units: 5 6\nwide-6.units = 7\n' >experiments/wide.mk
expect_exit 2 make wide-6
check "a key that the sweep sets" grep -q "experiments/wide.mk:3: wide-6.units: set by experiments/wide.mk:2: wide.sweep" "$TMP/err"
expect_exit 0 make -n build/wide-5/seed-1/network.gn
printf 'wide.noise-sd = 0.9\nwide.sweep = like: tiny square\n' >experiments/wide.mk
expect_exit 2 make wide-tiny
expect_exit 2 make wide
check "and what is no option" grep -q "experiments/wide.mk:2: wide.sweep: 'like' is no option" "$TMP/err"
rm experiments/wide.mk

# The command line: keys of experiments that are there.
expect_exit 2 make -n tiny.unitz=3 tiny
check "the command line is checked too" grep -q 'command line: tiny.unitz: unknown key; the nearest is units' "$TMP/err"
expect_exit 2 make tinny tinny.noise-sd=0.2
check "an experiment exists only in a file" grep -q "command line: tinny.noise-sd: there is no experiment 'tinny'; the nearest is tiny" "$TMP/err"
expect_exit 0 make -n tiny.probe.noise-sd=trained tiny.walk.arena=hexagon build/tiny/seed-1/probe.gn
check "an option that has no default is given" grep -q -e '--arena hexagon' "$TMP/out"
expect_exit 0 make -n tiny.metabolic-fixed=yes tiny.no-self-connections=no build/tiny/seed-1/network.gn
check "a flag that is set" grep -q -e '--metabolic-fixed' "$TMP/out"
check "and one that is not" sh -c "! grep -q -e '--no-self' '$TMP/out'"

# Names that make or the shell would take apart.
mkdir -p 'of rat 7'
for name in 'my track.tsv' 'rat (1).tsv' 'a#b.tsv' 'day:2.tsv' 'a,b.tsv' 'of rat 7/é.tsv'; do
    printf '%s\t%s\t%s\n' 0 0 0 1 0.1 0.1 2 0 0.2 3 -0.1 0 4 0 0.1 5 0.1 0 >"$name"
    printf '%s\n' 'along.like = tiny' "along.sample.track = $name" 'along.sample.steps = 3' 'along.sample.track-fit = none' 'along.steps = 3' 'along.probe.skip = 0' \
        >experiments/along.mk
    rm -rf build/along
    expect_exit 0 make build/along/seed-1/sample.gn
    check "the track '$name' is read" test -s build/along/seed-1/sample.gn
    touch -d 'now + 1 minute' "$name"
    expect_exit 0 make -n build/along/seed-1/sample.gn
    check "and a newer one is read again" ran sample-trajectories
done
rm experiments/along.mk

# The search's table: a row that is wrong stops only itself.
printf 'odd\tunitz=3\t-\n' >>experiments/search/recipes.tsv
expect_exit 0 make -n tiny
expect_exit 2 make build/search/odd/seed-1/network.gn
check "a row of the search is refused" grep -q "experiments/search/recipes.tsv: odd: unitz: unknown key" "$TMP/err"

# A new experiment: every key is there, explained, and the file is accepted as it is.
expect_exit 0 make experiment NAME=mine
check "the file is there" test -s experiments/mine.mk
make -s keys | awk '{ print $1 }' | while read -r key; do
    grep -q "^#*mine\.$key *= " experiments/mine.mk || echo "$key"
done >"$TMP/missing"
check "every key is explained" test ! -s "$TMP/missing"
check "it trains one network" grep -qx 'mine.seeds = 1' experiments/mine.mk
rm experiments/mine.mk
expect_exit 0 make experiment NAME=mine square.units=77
check "and says what it has of the square" grep -q '^#mine.units *= 77 ' experiments/mine.mk
sed 's/^#mine/mine/' experiments/mine.mk >"$TMP/all" && cp "$TMP/all" experiments/mine.mk
expect_exit 0 make -n keys
expect_exit 2 make experiment NAME=mine
check "an existing file is left alone" cmp -s "$TMP/all" experiments/mine.mk
expect_exit 2 make experiment NAME=held-square
check "nor is one of another file made again" grep -q "NAME='held-square': exists already, in experiments/held.mk" "$TMP/err"
expect_exit 2 make experiment NAME=../mine

# Keys are the options of the programs themselves, with their defaults and ranges.
"$BIN/train" --options | awk -F '\t' 'NR > 1 && $4 != "output" && $3 !~ /^(continue|trajectories|resume|checkpoints)$/ { print $3 "\t" $5 }' >"$TMP/options"
expect_exit 0 make -s keys
while IFS='	' read -r option fallback; do
    case $option in still | coding | zero-speed-mode | no-self-connections | checkpoint-updates) continue ;; esac # experiments/defaults.mk
    test "$fallback" != - || fallback=$(awk -v key="$option" '$1 == key { print $2 == "no" ? "no" : "-" }' "$TMP/out")
    awk -v key="$option" -v fallback="$fallback" '$1 == key && $2 == fallback { found = 1 } END { exit !found }' "$TMP/out" ||
        echo "$option $fallback"
done <"$TMP/options" >"$TMP/missing"
sed 's/^/# /' "$TMP/missing"
check "every option of train is a key with its default" test ! -s "$TMP/missing"
check "and the study's own defaults are those of its file" sh -c "
    grep -q '^coding *radians ' '$TMP/out' && grep -q '^probe.trials *2000 ' '$TMP/out'"
# A sweep over values of which no names can be made is refused, and the plan can be read.
for value in '0.1;' '0:2' 'a=b'; do
    printf 'odd.like = tiny\nodd.sweep = noise-sd: %s 0.2\n' "$value" >experiments/odd.mk
    expect_exit 2 make odd
    check "a sweep over $value" grep -q "odd.mk:2: odd.sweep: " "$TMP/err"
done
check "whose values name experiments" grep -q "'a=b', expected values of letters" "$TMP/err"
# make takes a tab, a byte order mark and `override` before an assignment, and so does the plan.
printf '\xEF\xBB\xBFodd.like = tiny\n\todd.noise-sd = 0.3\noverride odd.seeds = 4\n' >experiments/odd.mk
make -n odd >"$TMP/odd" 2>&1 || true
check "a tab before a key does not hide it" grep -q -e '--noise-sd 0.3' "$TMP/odd"
check "nor does override" grep -q 'odd/seed-4' "$TMP/odd"
printf 'odd.like = tiny\nodd.seeds = 1 01\n' >experiments/odd.mk
expect_exit 2 make odd
check "one seed written in two ways" grep -q 'given twice (01)' "$TMP/err"
rm experiments/odd.mk

# A network that was trained while its experiment was changed has the new options beside it, but not in it.
make build/tiny/seed-1/network.gn >/dev/null 2>&1
sed 's/^tiny.noise-sd.*//; $a tiny.noise-sd = 0.37' experiments/tiny.mk >"$TMP/tiny.mk"
cp experiments/tiny.mk "$TMP/tiny-before.mk"
cp "$TMP/tiny.mk" experiments/tiny.mk
make plan >/dev/null 2>&1
touch build/tiny/seed-1/network.gn # as if a training with the old options had just ended
expect_exit 0 make build/tiny/seed-1/network.gn
check "it is made again" grep -q -e '--noise-sd 0.37' "$TMP/out"
check "and called what it is" grep -q 'seed-1/network.gn: not by this recipe.*noise-sd' "$TMP/err"
cp "$TMP/tiny-before.mk" experiments/tiny.mk
make build/tiny/seed-1/network.gn >/dev/null 2>&1

# A figure of its own, as the cookbook has it
awk '/^```make$/ { inside = ++count == 4; next } /^```/ { inside = 0 } inside' "$root/data/cookbook.md" |
    sed 's/= size-50$/= tiny/' >experiments/mine.mk
expect_exit 0 make build/mine/ramps.svg
# shellcheck disable=SC2016 # for the block to have
check "the cookbook's file has a rule" grep -q '^mine: \$(WORK)/mine/ramps.svg$' experiments/mine.mk
check "its own figure is drawn" grep -q 'variance that a plane explains' build/mine/ramps.svg
expect_exit 0 make build/mine/ramps.svg
check "once" sh -c "! grep -q gnuplot '$TMP/out'"
expect_exit 0 make -n mine mine.scores.shifts=120
check "and again when what it shows changes" grep -q 'ramps.svg' "$TMP/out"
finish
