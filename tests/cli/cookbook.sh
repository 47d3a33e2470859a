#!/bin/sh
# The recipes of data/cookbook.md: each block is run (or, in a language that is not installed, skipped).
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
cookbook=$top/data/cookbook.md
library=$BIN/../libgridnav.a
libraries='-Wl,--as-needed -lopenblas -lgsl -lxxhash -lpthread -lm'
# Flags with which the library was compiled; make passes them on.
compiler=${CC:-gcc}
[ -z "${SANITIZE-}" ] || libraries="$libraries -fsanitize=$SANITIZE"
[ -z "${COVERAGE-}" ] || libraries="$libraries --coverage"

# block LANGUAGE N FILE: the N-th block of a language
block() {
    awk -v fence="\`\`\`$1" -v n="$2" '
        $0 == fence { inside = ++count == n; next } /^```/ { inside = 0 } inside' "$cookbook" >"$3"
    check "the cookbook has a block $1 $2" test -s "$3"
}
blocks() { grep -c "^\`\`\`$1\$" "$cookbook"; }
have() { command -v "$1" >/dev/null 2>&1; }
# A block in a language that may be missing
run_block() { # LANGUAGE N INTERPRETER WORDS-OF-ITS-OUTPUT...
    language=$1 n=$2 interpreter=$3
    shift 3
    block "$language" "$n" "$TMP/block"
    if ! have "$interpreter"; then
        ok "$language $n # SKIP no $interpreter"
        return
    fi
    expect_exit 0 "$interpreter" "$TMP/block"
    for word in "$@"; do check "$language $n prints $word" grep -q -- "$word" "$TMP/out"; done
}

# The first Python that has NumPy; without one, the blocks that need it are skipped.
numpy=
for python in python3 /usr/bin/python3; do
    if [ -z "$numpy" ] && "$python" -c 'import numpy' 2>/dev/null; then numpy=$python; fi
done

export PYTHONDONTWRITEBYTECODE=1 # nothing is written into the tree

# Two small networks where the recipes look for them.
cd "$TMP"
ln -s "$BIN/.." real-build
mkdir -p build
ln -s "$BIN" build/bin
ln -s "$top/data" data
ln -s "$top/paper" paper
for folder in build/square/seed-1 build/held-square/seed-1 build/held-square/seed-2; do
    mkdir -p "$folder"
    "$BIN/train" --still diffusing --coding radians --no-self-connections --units 5 --steps 60 --trials 16 --curvature-trials 8 \
        --updates 2 --seed "${folder##*-}" --threads 1 \
        --log $folder/log.tsv --output $folder/network.gn 2>/dev/null
    "$BIN/probe-tuning" --trials 200 --skip 5 --output $folder/probe.gn $folder/network.gn 2>/dev/null
    "$BIN/probe-tuning" --uninterrupted --steps 4000 --every 5 --skip 5 --output $folder/run.gn $folder/network.gn 2>/dev/null
    "$BIN/score-units" --shifts 99 --noise-maps 99 --output $folder/scores.tsv $folder/probe.gn $folder/run.gn 2>/dev/null
done

run_block python 1 python3 'Counter' 'highest gridness'
run_block python 2 python3 'square 5 maps of 32 x 32 bins'
if have python3; then
    middle=$("$BIN/gn-dump" --array rate_map --slice 0 build/square/seed-1/probe.gn 2>/dev/null | awk 'NF && ++n == 17 { print $17 }')
    check 'Python reads the same number as gn-dump' awk -v a="$(sed 's/.*middle: //' "$TMP/out")" -v b="$middle" \
        'BEGIN { d = a - b; exit !(a == b || (d < 1e-6 && d > -1e-6)) }'
fi
run_block r 1 Rscript
run_block julia 1 julia
run_block gnuplot 1 gnuplot
check 'gnuplot drew the map and the curve' test "$(grep -c '<image\|<path' cookbook.svg)" -ge 2
check 'every block of these languages was run' test "$(blocks python) $(blocks r) $(blocks julia) $(blocks gnuplot)" = '4 1 1 1'

run_block sh 1 sh '"recipe.arena"'
check 'the npy file is one' grep -q NUMPY rec.npy
run_block sh 2 sh '^< recipe.seed	1' '^> recipe.seed	2'
check 'one row of classes a network' test "$(grep -cv '^#' classes.tsv)" -eq 3
check 'with what chance gives and the error' sh -c "! grep -q nan classes.tsv"
run_block sh 3 sh
check 'a partner for each unit' test "$(wc -l <partners.tsv)" -eq 5
cp build/held-square/seed-1/probe.gn build/held-square/seed-2/probe.gn
expect_exit 0 sh "$TMP/block"
check 'a network is its own best partner' awk '$1 != $2 || $3 < 0.999 { exit 1 }' partners.tsv

run_block sh 4 sh '^unit	class	gridness60	gridness90'
check 'a row a map' test "$(grep -cv '^#' map-scores.tsv)" -eq 6
run_block sh 5 sh '^track.pieces' '^recipe.top-speed'
check 'the path has a row a step of every trial' awk '/^#/ { next } !named++ { if ($1 != "trial" || $10 != "time") bad = 1; next }
    { n[$1]++ } END { for (t in n) if (n[t] != 200) bad = 1; exit bad || !(length(n) > 3) }' path.tsv
check 'scores along the track have their nulls' awk -F '\t' '/^#/ { next } !named++ { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { n++; found += $at["spatial_information_p99"] > 0 } END { exit !(n == 5 && found) }' along-scores.tsv
"$BIN/gn-dump" along.gn >header
check 'the network was probed along the track' grep -q '^probe.trajectories	given' header
"$BIN/gn-dump" elsewhere.gn >header
check 'and in the hexagon' grep -q '^probe.arena	hexagon' header
check 'every block of sh was run' test "$(blocks sh)" -eq 5

# For networks of every kind, NumPy computes the same outputs as the programs, which also read a network written by NumPy.
run_block python 3 "${numpy:-no-numpy}" 'largest difference'
run_block python 4 "${numpy:-no-numpy}" 'weights at zero'
if [ -n "$numpy" ]; then
    block python 3 "$TMP/run.py"
    cp build/square/seed-1/network.gn kept.gn
    for kind in '--arena square' '--coding radians' '--coding cossin' '--nonlinearity relu' '--nonlinearity rectified-tanh' '--noise-site drive' \
        '--readout place --place-cells 7' '--readout place --place-cells 2 --place-kind difference' '--no-self-connections --arena triangle'; do
        # shellcheck disable=SC2086 # several options
        "$BIN/train" --units 8 --steps 200 --trials 40 --curvature-trials 20 --updates 12 --threads 1 $kind \
            --output build/square/seed-1/network.gn 2>/dev/null
        expect_exit 0 "$numpy" run.py
        check "$kind: the same outputs as track" awk '/^largest/ { n++; if (!($5 <= 1e-5 && $10 >= 0.01)) bad = 1 } END { exit bad || n != 1 }' "$TMP/out"
    done
    mv kept.gn build/square/seed-1/network.gn
    expect_exit 0 "$BIN/gn-check" pruned.gn regrown.gn
    check 'it is trained on by its own recipe' sh -c '
        for n in build/square/seed-1/network regrown; do
            "$1/gn-dump" "$n.gn" | grep "^recipe" | grep -v "recipe.\(steps\|trials\|curvature-trials\|continue\)	" >"$n.recipe"
        done
        cmp build/square/seed-1/network.recipe regrown.recipe' sh "$BIN"
    expect_exit 0 "$BIN/probe-tuning" --trials 10 --skip 5 --output pruned-probe.gn pruned.gn
    check 'what is written back is the same file' "$numpy" -c "
import sys; sys.path.insert(0, 'data'); import gn
gn.write('again.gn', *gn.read('build/square/seed-1/network.gn'))
sys.exit(open('again.gn', 'rb').read() != open('build/square/seed-1/network.gn', 'rb').read())"
    # The header that data/model.md asks for is enough.
    cat >least.py <<'END'
import sys; sys.path.insert(0, "data"); import gn, numpy, re
text = open("data/model.md").read().split("## A network of your own")[1]
header = {"kind": "network", "units": "3", "inputs": "2"}
for keys, values in re.findall(r"^\| (`recipe[^|]*) \| ([^|]*) \|$", text, re.M):
    if not values.startswith("where"):
        header.update(zip(re.findall("`([^`]*)`", keys), values.strip().split(", ")))
weights = numpy.random.default_rng(1).normal(size=(3, 3)).astype("f4")
gn.write("least.gn", header, {"rec": weights, "in": weights[:, :2], "bias": weights[0], "out": weights[:2]})
END
    expect_exit 0 "$numpy" least.py
    expect_exit 0 "$BIN/track" --output least.tsv least.gn
    expect_exit 0 "$BIN/train" --continue least.gn --units 3 --steps 20 --trials 20 --curvature-trials 10 --updates 1 --output least-on.gn
fi

# The experiments are accepted without changes, and a network walks in the L-shaped arena.
for program in "$BIN"/*; do "$program" --options; done | awk '!seen[$0]++' >options.tsv
plan() { # EXPERIMENT.mk...: prints the rules
    (cd "$top" && "$BIN/plan" --programs "$TMP/options.tsv" --defaults experiments/defaults.mk --chain experiments/chain.tsv \
        --rules "$TMP/plan.mk" --work "$TMP/planned" experiments/square.mk "$@")
}
block make 1 "$TMP/cheap.mk"
expect_exit 0 plan "$TMP/cheap.mk"
check 'its rules set what it says' grep -q -e '--metabolic 0 --metabolic-fixed' plan.mk
block make 2 "$TMP/ell.mk"
expect_exit 0 plan "$TMP/ell.mk"
check 'so do those of the L' grep -q -e "--arena polygon" plan.mk
corners=$(sed -n 's/^ell.arena-corners = //p' ell.mk)
expect_exit 0 "$BIN/sample-trajectories" --arena polygon --arena-corners "$corners" --trials 20 --output ell.gn
"$BIN/gn-dump" --array position ell.gn 2>/dev/null >ell.tsv
check 'the animal stays in the L and uses it' awk 'NF == 2 {
    if ($1 < -1 || $1 > 1 || $2 < -1 || $2 > 1 || ($1 > 1e-6 && $2 > 1e-6)) bad = 1
    right += $1 > 0.5; up += $2 > 0.5; n++ } END { exit bad || !(n == 10000 && right > 500 && up > 500) }' ell.tsv

block make 3 "$TMP/round.mk"
expect_exit 0 plan "$TMP/round.mk"
check 'the square walks in a circle, and is not trained' \
    awk '/probe-tuning/ && /--arena circle/ { walks = 1 } /bin\/train/ && !/--updates 0/ && /round/ { trained = 1 } END { exit !walks || trained }' RS= plan.mk

# The patches apply to the sources, compile, and have the effect that is described.
if have git && have "$compiler"; then
    mkdir -p tree
    cp -r "$top/src" tree/src
    block diff 1 "$TMP/l2.diff"
    status=0
    (cd tree && GIT_DIR=/nonexistent git apply "$TMP/l2.diff") || status=$?
    check "l2.diff applies" test "$status" -eq 0
    for file in network/gradient programs/train; do
        expect_exit 0 "$compiler" -std=gnu11 -O1 -Wall -Wextra -Werror -Itree/src -c -o "tree/$(basename $file).o" "tree/src/$file.c"
    done
    # shellcheck disable=SC2086 # a list of words
    expect_exit 0 "$compiler" -o tree/train tree/train.o tree/gradient.o "$library" $libraries
    for program in "$BIN/train" tree/train; do
        "$program" --units 5 --steps 30 --trials 16 --curvature-trials 8 --updates 3 --threads 1 --log "$(basename "$(dirname "$program")").tsv" \
            --output t.gn 2>/dev/null || true
    done
    # The term of an orthogonal W_rec of 5 units and W_in of variance 1/2: (5 + about 5) / 45 instead of about 5 / 20.
    check 'the L2 term has changed' awk -F '\t' '/^#/ { next } $1 == "0" { term[FILENAME] = $3 }
        END { exit !(term["tree.tsv"] > 0 && term["tree.tsv"] != term["bin.tsv"]) }' bin.tsv tree.tsv
    check 'and the objective falls' awk -F '\t' '/^#/ || $1 == "update" { next } $6 > $5 { bad = 1 } { n++ } END { exit bad || n != 3 }' tree.tsv
else
    ok 'changes of the sources # SKIP no git or no compiler'
fi

if have "$compiler"; then
    block c 1 "$TMP/activity.c"
    # shellcheck disable=SC2086 # a list of words
    expect_exit 0 "$compiler" -std=gnu11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Werror -I"$top/src" -o activity activity.c "$library" $libraries
    expect_exit 0 ./activity --absolute --output activity.tsv build/square/seed-1/probe.gn
    expect_exit 0 "$BIN/gn-check" activity.tsv
    check 'a mean rate for each unit' awk -F '\t' '!/^#/ && $1 != "unit" && $2 > 0 { n++ } END { exit n != 5 }' activity.tsv
    # as a stage of the chain
    block tsv 1 "$TMP/row.tsv"
    cat "$top/experiments/chain.tsv" row.tsv >chain.tsv
    ./activity --options | sed 1d >>options.tsv
    printf '%s\n' 'one.like = square' 'one.activity.absolute = yes' >one.mk
    expect_exit 0 "$BIN/plan" --programs options.tsv --defaults "$top/experiments/defaults.mk" --chain chain.tsv --rules plan.mk \
        --work "$TMP/planned" "$top/experiments/square.mk" one.mk
    check 'its row makes it a stage, its options are keys' grep -q 'build/bin/activity --absolute --seed 1' plan.mk
    expect_exit 2 ./activity --absolut --output activity.tsv build/square/seed-1/probe.gn
    one_line absolut
else
    ok 'an analysis program # SKIP no compiler'
fi
finish
