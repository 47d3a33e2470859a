#!/bin/sh
# The Makefile: what an experiment file may say, and how it is refused.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree

refused() { # LINE WORDS...: a file with this third line is refused with all words
    line=$1
    shift
    printf '# a comment\nbad.units = 20\n%s\n' "$line" >experiments/bad.mk
    expect_exit 2 make -n keys
    for word in "$@"; do
        if grep -qF -- "$word" "$TMP/err"; then ok "'$line': $word"; else
            fail "'$line': no '$word' in: $(cat "$TMP/err")"
        fi
    done
    rm experiments/bad.mk
}

expect_exit 0 make -n keys
refused 'bad.unitz = 3' 'experiments/bad.mk:3: bad.unitz: unknown key' 'units' 'int 1..4096'
refused 'bad.noise = 3' 'unknown key' 'the nearest is noise-'
refused 'bad.steps = many' 'experiments/bad.mk:3: bad.steps: not an integer' "'many'" 'int 1..1000000'
refused 'bad.steps = 0' 'experiments/bad.mk:3: bad.steps: out of range' "'0'"
refused 'bad.steps = 1.5' 'not an integer'
refused 'bad.noise-sd = 0.1x' 'experiments/bad.mk:3: bad.noise-sd: not a number'
refused 'bad.noise-sd = nan' 'not a number'
refused 'bad.noise-sd =' 'no value'
refused 'bad.arena = circle' 'square|hexagon|triangle'
refused 'bad.metabolic-fixed = 1' 'not yes or no'
refused 'bad.seeds = 1 x' 'not an integer (x)'
refused 'bad.seeds = 1 1' 'given twice'
refused 'bad.checkpoint-updates = 1,,2' 'not an integer'
refused 'bad.units = 30' 'given before at experiments/bad.mk:2'
refused 'good.units = 30' 'expected bad.KEY'
refused 'bad.like = nosuch' 'no such experiment' "'nosuch'"
refused 'bad.like = bad' 'circle'
refused 'bad.sweep = unitz: 1 2' 'no such key'
refused 'bad.sweep = units: 1 0' 'out of range (units = 0'
# shellcheck disable=SC2016 # for make, not for the shell
refused 'bad.steps = $(shell touch broken)' 'plain value'
check "and nothing of it is run" test ! -e broken
refused 'include other.mk' 'expected NAME.KEY = VALUE'
refused 'bad.probe.noise-sd = loud' 'or trained'
refused 'bad.walk.arena-size = none' 'or -'

tiny_experiment tiny
expect_exit 2 make -n tiny.unitz=3 keys
check "the command line is checked too" grep -q 'command line: tiny.unitz: unknown key' "$TMP/err"
expect_exit 0 make -n tiny.probe.noise-sd=trained tiny.walk.arena=hexagon build/tiny/seed-1/probe.gn
check "an option that - left out is given" grep -q -e '--arena hexagon' "$TMP/out"
expect_exit 0 awk -v override='tiny.units=5; tiny.steps=60; tiny.seeds=2;' -f experiments/check.awk experiments/defaults.mk experiments/tiny.mk
check "several keys of an experiment make no second one" test "$(cat "$TMP/out")" = tiny

# The search's table is checked when a goal reads it.
printf 'odd\tunitz=3\t-\n' >>experiments/search/recipes.tsv
expect_exit 0 make -n keys
expect_exit 2 make -n search-runs
check "a row of the search is refused" \
    grep -q "experiments/search/recipes.tsv:$(wc -l <experiments/search/recipes.tsv): search/odd.unitz: unknown key" "$TMP/err"

# A new experiment: every key is there, explained, and the file is accepted as it is.
expect_exit 0 make experiment NAME=mine
check "the file is there" test -s experiments/mine.mk
make -s keys | awk '{ print $1 }' | while read -r key; do
    grep -q "^#mine\.$key = .*# .*; " experiments/mine.mk || echo "$key"
done >"$TMP/missing"
check "every key is explained" test ! -s "$TMP/missing"
sed 's/^#mine/mine/' experiments/mine.mk >"$TMP/all" && cp "$TMP/all" experiments/mine.mk
expect_exit 0 make -n keys
expect_exit 2 make experiment NAME=mine
check "an existing file is left alone" cmp -s "$TMP/all" experiments/mine.mk
expect_exit 2 make experiment NAME=../mine

# The table of keys says what the programs accept.
help_options() { # PROGRAM: name, type and range as defaults.mk writes them, default
    "$BIN/$1" --help | awk '
        /^common options/ { exit }
        /^  --/ { name = substr($1, 3); flag = NF == 1 }
        /^ +\[/ {
            text = $0; gsub(/^ +\[|\]$/, "", text)
            value = text; if (!sub(/.*default /, "", value)) value = ""
            if (match(text, /in [^ ;]*/)) range = substr(text, RSTART + 3, RLENGTH - 3)
            if (text ~ /^integer/) type = "int " range
            else if (text ~ /^number/) type = "real " range
            else if (text ~ /^one of/) { type = text; sub(/^one of /, "choice ", type); sub(/;.*/, "", type) }
            else type = "text"
            print name "\t" type "\t" value; flag = 0
        }
        flag { print name "\tflag\tno"; flag = 0 }'
}
awk -v table=1 -f experiments/check.awk experiments/defaults.mk >"$TMP/keys"
help_options train >"$TMP/train"
awk -F '\t' '
    function number(s) { return s ~ /^[-+.0-9]/ ? s + 0 : s }
    function same(a, b,    x, y) { # ranges as numbers
        if (a == b) return 1
        split(a, x, /[ ]|\.\./); split(b, y, /[ ]|\.\./)
        return x[1] == y[1] && number(x[2]) == number(y[2]) && number(x[3]) == number(y[3])
    }
    NR == FNR { accepted[$1] = $3; fallback[$1] = $2; next }
    $1 ~ /^(continue|trajectories|resume|checkpoints|log)$/ { next }
    !($1 in accepted) { print $1 ": no key for this option of train"; next }
    $1 == "checkpoint-updates" { next }
    { sub(/ or -$/, "", accepted[$1]); sub(/choice -[|]/, "choice ", accepted[$1]) }
    !same(accepted[$1], $2) { print $1 ": " accepted[$1] " in defaults.mk, " $2 " in train" }
    fallback[$1] == "-" { next } # left out: as the program has it
    number(fallback[$1]) != number($3) { print $1 ": default " fallback[$1] " in defaults.mk, " $3 " in train" }
' "$TMP/keys" "$TMP/train" >"$TMP/differences"
sed 's/^/# /' "$TMP/differences"
check "defaults.mk and train --help agree" test ! -s "$TMP/differences"
for pair in sample:sample-trajectories probe:probe-tuning run:probe-tuning phase:probe-tuning walk:probe-tuning scores:score-units \
    tsne:tsne boundary:boundary-error longrun:long-run-error track:track connectivity:connectivity; do
    [ -x "$BIN/${pair#*:}" ] || continue
    help_options "${pair#*:}" | cut -f 1,2 >"$TMP/options"
    awk -F '\t' -v stage="${pair%:*}." '
        NR == FNR { type[$1] = $2; next }
        index($1, stage) == 1 {
            key = substr($1, length(stage) + 1)
            if (!(key in type)) { print $1 ": no such option"; next }
            split(type[key], there, " "); split($3, here, " ")
            if (there[1] != "text" && there[1] != here[1]) print $1 ": " $3 " here, " type[key] " there"
        }' "$TMP/options" "$TMP/keys" >"$TMP/differences"
    sed 's/^/# /' "$TMP/differences"
    check "the keys ${pair%:*}.* are options of ${pair#*:}" test ! -s "$TMP/differences"
done
finish
