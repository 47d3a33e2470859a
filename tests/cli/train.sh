#!/bin/sh
# train: interruptions leave no trace in the result; what is refused, and with which exit status.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# A tiny recipe, of which an update takes a few milliseconds.
units=10 seed=3 threads=1 exec=
tiny() {
    folder=$TMP/$1
    shift
    mkdir -p "$folder/checkpoints"
    $exec "$BIN/train" --units "$units" --steps 40 --trials 30 --curvature-trials 20 --cg-iterations 20 \
        --seed "$seed" --threads "$threads" --updates "$updates" --checkpoint-updates 0,3,40 --checkpoints "$folder/checkpoints" \
        --log "$folder/log.tsv" --output "$folder/network.gn" "$@"
}
same() { # the results of two folders; .prov and .seconds may differ
    for file in network.gn log.tsv checkpoints/update-000000.gn checkpoints/update-000003.gn \
        checkpoints/update-000040.gn; do
        cmp "$TMP/$1/$file" "$TMP/$2/$file" || return 1
    done
}

# Killed at any moment, twice, and taken up again.
updates=150
expect_exit 0 tiny whole
expect_exit 0 "$BIN/gn-check" "$TMP/whole/network.gn" "$TMP/whole/log.tsv" \
    "$TMP/whole/checkpoints/update-000040.gn"
mkdir -p "$TMP/killed"
kill_after() { # the state file's number of updates, at least
    exec='exec' # so that the program itself is killed, not a shell that waits for it
    tiny killed --state-every 2 2>"$TMP/err" &
    train=$!
    exec=
    while kill -0 "$train" 2>/dev/null; do
        if [ -e "$TMP/killed/checkpoints/$1" ] && [ -e "$TMP/killed/network.gn.state" ]; then
            kill -9 "$train" 2>/dev/null || true
            break
        fi
    done
    wait "$train" 2>/dev/null || true
}
kill_after update-000003.gn
check 'killed early: a state, no network, no log' test -e "$TMP/killed/network.gn.state" -a \
    ! -e "$TMP/killed/network.gn" -a ! -e "$TMP/killed/log.tsv"
kill_after update-000040.gn
check 'killed later: a state, no network, no log' test -e "$TMP/killed/network.gn.state" -a \
    ! -e "$TMP/killed/network.gn" -a ! -e "$TMP/killed/log.tsv"
expect_exit 0 "$BIN/gn-check" "$TMP/killed/network.gn.state"
threads=2
expect_exit 0 tiny killed
threads=1
check 'it went on where it stood' grep -q 'resuming .* at update [1-9]' "$TMP/err"
check 'killed twice, the same bytes' same whole killed
check 'no state is left at the end' test ! -e "$TMP/killed/network.gn.state"
check 'the log has a row an update' test "$(grep -vc '^#' "$TMP/whole/log.tsv")" -eq 151

# From a checkpoint: the same network; the log begins there.
expect_exit 0 tiny resumed --resume "$TMP/whole/checkpoints/update-000040.gn"
check 'resumed from a checkpoint, the same network' cmp "$TMP/whole/network.gn" "$TMP/resumed/network.gn"
grep -v '^#' "$TMP/whole/log.tsv" | tail -n 110 >"$TMP/end"
grep -v '^#' "$TMP/resumed/log.tsv" | tail -n +2 >"$TMP/rows"
check 'and the same rows in its log' cmp "$TMP/end" "$TMP/rows"

updates=6
expect_exit 0 tiny short
expect_exit 3 tiny other --resume "$TMP/short/checkpoints/update-000003.gn" --noise-sd 0.2
one_line update-000003.gn 'recipe.noise-sd is 0.1' 'but --noise-sd is 0.2' 'needs the same options'
seed=4
expect_exit 3 tiny other --resume "$TMP/short/checkpoints/update-000003.gn"
one_line recipe.seed
seed=3
updates=2
expect_exit 2 tiny other --resume "$TMP/short/checkpoints/update-000003.gn"
one_line --updates update-000003.gn
updates=6
expect_exit 3 tiny other --resume "$TMP/short/log.tsv"
expect_exit 1 tiny other --resume "$TMP/absent.gn"
one_line absent.gn
head -c 1000 "$TMP/short/network.gn" >"$TMP/cut.gn"
expect_exit 3 tiny other --resume "$TMP/cut.gn"
one_line cut.gn
check 'nothing was written' test ! -e "$TMP/other/network.gn" -a ! -e "$TMP/other/log.tsv"

# A state of another recipe under the same name is reported and not used.
cp "$TMP/short/checkpoints/update-000003.gn" "$TMP/other/network.gn.state"
expect_exit 0 tiny other --noise-sd 0.2
check 'another recipe starts afresh' grep -q 'another recipe: recipe.noise-sd is 0.1' "$TMP/err"

# Going on from a network's weights under another recipe.
expect_exit 0 tiny further --continue "$TMP/short/network.gn" --noise-sd 0.2
check 'the header names what it continues' sh -c \
    "'$BIN/gn-dump' '$TMP/further/network.gn' | grep -aq 'recipe.continue'"
check 'what differs is said, of what makes the network' \
    sh -c "test \"\$(grep -c 'short/network.gn was trained otherwise: noise-sd (0.1[0-9]* there, 0.2[0-9]* here)\$' '$TMP/err')\" = 1"
expect_exit 0 tiny on --continue "$TMP/short/network.gn" --metabolic 0.1
check 'and nothing of what only the training has' sh -c "! grep -q otherwise '$TMP/err'"
expect_exit 0 tiny on --continue "$TMP/short/network.gn" --still diffusing --nonlinearity relu
check 'options that the header leaves out have their defaults' grep -q 'still (held there, diffusing here), nonlinearity (tanh there, relu here)' "$TMP/err"
expect_exit 0 tiny again --continue "$TMP/short/network.gn" --noise-sd 0.2
check 'the same bytes again' cmp "$TMP/further/network.gn" "$TMP/again/network.gn"
check 'other weights than from the start' sh -c "! cmp -s '$TMP/further/network.gn' '$TMP/other/network.gn'"
units=11
expect_exit 3 tiny wrong --continue "$TMP/short/network.gn"
one_line network.gn '10 units' 11
units=10
expect_exit 3 tiny wrong --continue "$TMP/short/network.gn" --coding cossin
one_line network.gn inputs
expect_exit 3 tiny wrong --continue "$TMP/short/log.tsv"
check 'nothing was written' test ! -e "$TMP/wrong/network.gn"

# Options that are newer than some networks: they are in the recipe when given, and with them too a training can be killed
# and gives the same bytes with more threads.
updates=12
expect_exit 0 tiny plain
while read -r name value more; do
    # shellcheck disable=SC2086 # more: several words, or none
    with() { tiny "$@" --"$name" "$value" $more; }
    of=$TMP/$name
    check "no word of $name in a recipe without" sh -c "! '$BIN/gn-dump' '$TMP/plain/network.gn' | grep -q '^recipe.$name	'"
    expect_exit 0 with "$name"
    check "$name is in its recipe" sh -c "'$BIN/gn-dump' '$of/network.gn' | grep -q '^recipe.$name	$value'"
    check "$name: another network" sh -c "! cmp -s '$TMP/plain/network.gn' '$of/network.gn'"
    expect_exit 0 with stretch --resume "$of/checkpoints/update-000003.gn"
    check "$name: resumed from a checkpoint, the same network" cmp "$of/network.gn" "$TMP/stretch/network.gn"
    rm -rf "$TMP/broken" && mkdir -p "$TMP/broken"
    threads=2
    updates=7
    expect_exit 0 with broken
    mv "$TMP/broken/network.gn" "$TMP/broken/network.gn.state" # as a kill at this update leaves it
    updates=12
    expect_exit 0 with broken
    check "$name: it was taken up" grep -q 'resuming .* at update 7' "$TMP/err"
    check "$name: on two threads, the same network" cmp "$of/network.gn" "$TMP/broken/network.gn"
    threads=1
    expect_exit 3 tiny other --resume "$of/checkpoints/update-000003.gn"
    named=recipe.$name # with more options than one, the first that differs is another
    test -z "$more" || named=recipe.
    one_line update-000003.gn "$named"
    expect_exit 3 with other --resume "$TMP/plain/checkpoints/update-000003.gn"
    one_line update-000003.gn "$named"
done <<'END'
cg-pairs 30
cg-tolerance 0.015625
curvature-growth 9
trial-lifetime 3
nonlinearity rectified-tanh
noise-rise 9
contraction 0.01
contraction-ceiling 0.5 --contraction 0.01 --contraction-floor 0.2
contraction-rise 9 --contraction 0.01
cg-start kept
damping 300
readout place --place-cells 9 --place-kind difference
place-width-first 0.5 --readout place --place-cells 9 --place-narrowing 8
END

# A checkpoint from before the first update is a whole network, also of place cells.
expect_exit 0 "$BIN/train" --units 20 --steps 40 --trials 16 --curvature-trials 16 --readout place --place-cells 9 --updates 0 \
    --threads 1 --output "$TMP/untrained.gn"
expect_exit 0 "$BIN/track" --threads 1 --output "$TMP/untrained.tsv" "$TMP/untrained.gn"

# The trials of the curvature can have wider chunks than all trials, and there can be fewer trials than in a group.
for some in 8 64 112; do
    expect_exit 0 "$BIN/train" --units 20 --steps 40 --trials 112 --curvature-trials $some --curvature-growth 6 \
        --updates 7 --threads 1 --output "$TMP/wide-$some.gn"
done
expect_exit 0 "$BIN/train" --units 20 --steps 40 --trials 112 --curvature-trials 8 --updates 7 --threads 1 \
    --output "$TMP/narrow.gn"
check 'fewer than a group do not grow' sh -c "'$BIN/gn-dump' --array rec '$TMP/wide-8.gn' >'$TMP/a' &&
    '$BIN/gn-dump' --array rec '$TMP/narrow.gn' | cmp - '$TMP/a'"

# Adam keeps its second moment too.
adam() { tiny "$@" --optimiser adam; }
expect_exit 0 adam adam
check 'another optimiser, another network' sh -c "! cmp -s '$TMP/plain/network.gn' '$TMP/adam/network.gn'"
expect_exit 0 adam again --resume "$TMP/adam/checkpoints/update-000003.gn"
check 'resumed from a checkpoint, the same network' cmp "$TMP/adam/network.gn" "$TMP/again/network.gn"
expect_exit 3 tiny other --resume "$TMP/adam/checkpoints/update-000003.gn"
one_line update-000003.gn recipe.optimiser

# On a terminal a bar grows in place; it is gone from the last line.
if command -v script >/dev/null; then
    script -qec "'$BIN/train' --units 20 --steps 40 --trials 60 --curvature-trials 20 --updates 80 --output '$TMP/bar.gn'" \
        "$TMP/terminal" >/dev/null 2>&1 </dev/null
    tr '\r' '\n' <"$TMP/terminal" >"$TMP/shown"
    check 'a bar with updates and what is left' grep -q '\[#*\.*\] [0-9]*/80, .* left' "$TMP/shown"
    check 'the last line is the footer' sh -c "grep 'train' '$TMP/shown' | grep -v Script | tail -1 | grep -q 'done in'"
else
    ok 'a bar on a terminal # SKIP no script'
fi

# Options.
refused() {
    expect_exit 2 "$BIN/train" --output "$TMP/refused.gn" "$@"
    one_line "$1"
}
refused --units 0
refused --units 12.5
refused --noise-sd -1
refused --noise-sd nan
refused --updates -1
refused --coding degrees
refused --cg-decay 1.5
refused --cg-pairs 0
refused --cg-tolerance 0
refused --curvature-growth 0
refused --trial-lifetime 0
refused --nonlinearity sigmoid
refused --contraction -1
refused --cg-start first
refused --damping -1
refused --readout speed
refused --place-cells 9
refused --place-width 0.3
refused --place-width-first 0.1 --readout place
refused --checkpoint-updates 0,,5
refused --checkpoint-updates 5,
refused --checkpoint-updates five
refused --nonsense 1
expect_exit 2 "$BIN/train" --trials 20 --curvature-trials 21 --output "$TMP/refused.gn"
one_line --curvature-trials 21 20
expect_exit 2 env GRIDNAV_KERNEL=sse "$BIN/train" --output "$TMP/refused.gn"
one_line GRIDNAV_KERNEL sse
expect_exit 1 "$BIN/train" --units 2 --steps 2 --trials 2 --curvature-trials 1 --updates 1 \
    --output "$TMP/short/network.gn/network.gn"
check 'no output of refused options' test ! -e "$TMP/refused.gn" -a ! -e "$TMP/refused.gn.state"

# Numbers that diverge: status 4, one line with the update and the value, the state before it kept.
diverging() {
    "$BIN/train" --units 30 --steps 5000 --trials 1 --curvature-trials 1 --updates 3 --gain 100 \
        --noise-sd 0 --metabolic 1e6 --metabolic-fixed --log "$TMP/diverged.tsv" \
        --output "$TMP/diverged.gn"
}
expect_exit 4 diverging
check 'one line about it' test "$(grep -c 'must be finite' "$TMP/err")" -eq 1
check 'with the update, the term and its value' grep -Eq \
    'update [0-9]+: (the (error|l2|rate) term|the gradient.s norm) is -?(nan|inf) \(must be finite\)' "$TMP/err"
check 'the state is kept, no output' test -e "$TMP/diverged.gn.state" -a ! -e "$TMP/diverged.gn" -a \
    ! -e "$TMP/diverged.tsv"
expect_exit 0 "$BIN/gn-check" "$TMP/diverged.gn.state"
expect_exit 4 diverging
check 'again from the state' grep -q 'resuming' "$TMP/err"

# A walk that cannot go on, with one thread and with several, where another thread than the caller's draws it.
for threads in 1 3; do
    expect_exit 4 "$BIN/train" --units 5 --steps 500 --trials 100 --curvature-trials 2 --updates 1 --turn-sd 0 \
        --top-speed 1 --zero-speed 0 --threads $threads --output "$TMP/stuck.gn"
    check "no way along the wall, $threads thread(s): turn-sd is named" grep -q '^train: .*turn-sd 0' "$TMP/err"
    check 'nothing was written' test ! -e "$TMP/stuck.gn"
done
threads=1

# The other recipes run: optimiser, coding, sites, no self-connections, no updates at all.
for option in '--optimiser adam' '--coding cossin --noise-site drive' '--noise-sd 0 --metabolic 0' \
    '--no-self-connections --l2-fixed --metabolic-fixed' '--arena triangle --still diffusing'; do
    # shellcheck disable=SC2086 # several words
    expect_exit 0 tiny options $option
    expect_exit 0 "$BIN/gn-check" "$TMP/options/network.gn"
done
updates=0
expect_exit 0 tiny none
expect_exit 0 "$BIN/gn-check" "$TMP/none/network.gn"
finish
