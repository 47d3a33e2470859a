#!/bin/sh
# The smallest and largest values of options, and for every program missing and damaged inputs and outputs that cannot be
# written. The work is done, or refused with the right exit status and one line.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
paper=$(cd "$(dirname "$0")/../../paper" && pwd)
cd "$TMP"
small='--steps 30 --trials 4 --curvature-trials 2 --cg-iterations 2 --updates 1'

# whole COMMAND... FILE: it is done and FILE, the last word, is whole
whole() {
    for file in "$@"; do :; done
    expect_exit 0 "$@"
    if "$BIN/gn-check" "$file" >"$TMP/out" 2>&1; then ok "$(cat "$TMP/out")"; else fail "$(cat "$TMP/out")"; fi
}

# ---- one of everything, none of anything ---------------------------------------------------------

# shellcheck disable=SC2086 # several words
expect_exit 2 "$BIN/train" --units 0 $small --output no.gn
one_line --units "'0'" 1..4096
for key in trials steps curvature-trials; do
    expect_exit 2 "$BIN/train" --units 3 --$key 0 --output no.gn
    one_line --$key "'0'" 1..
done
expect_exit 2 "$BIN/probe-tuning" --bins 0 --output no.gn no.gn
one_line --bins 1..512
whole "$BIN/train" --units 1 --steps 1 --trials 1 --curvature-trials 1 --updates 1 --output one.gn
whole "$BIN/train" --units 5 --steps 20 --trials 1 --curvature-trials 1 --updates 2 --output trial.gn
whole "$BIN/sample-trajectories" --trials 1 --steps 1 --output step.gn
for network in one trial; do
    case $network in one) units=1 ;; *) units=5 ;; esac
    whole "$BIN/probe-tuning" --trials 1 --bins 1 --skip 0 --record 1 --output probe.gn $network.gn
    whole "$BIN/probe-tuning" --uninterrupted --steps 2000 --output run.gn $network.gn
    whole "$BIN/score-units" --shifts 99 --noise-maps 99 probe.gn run.gn --output $network.tsv
    check "$network: every unit has its row" test "$(grep -c '^[0-9]' $network.tsv)" -eq "$units"
    whole "$BIN/selectivity" probe.gn --output selectivity.tsv
    whole "$BIN/connectivity" $network.gn probe.gn --output connectivity.tsv
    expect_exit 0 "$BIN/map-sheet" probe.gn --output maps.txt
    check "$network: a matrix of maps" grep -q '[0-9]' maps.txt
    whole "$BIN/curve-sheet" probe.gn --output curves.tsv
    whole "$BIN/arena-walls" probe.gn --output walls.tsv
    whole "$BIN/track" --steps 1 $network.gn --output track.tsv
    whole "$BIN/long-run-error" --steps 1 --bin 1 --animals 1 $network.gn --output longrun.tsv
    whole "$BIN/fingerprints" --paper "$paper/fingerprints.tsv" --steps 100 --trials 2 --contact-trials 10 --bins 4 \
        --early $network.gn $network.gn --output prints.tsv
done
expect_exit 2 "$BIN/probe-tuning" --trials 1 --skip 20 --output no.gn trial.gn
one_line --skip 20
expect_exit 2 "$BIN/boundary-error" --trials 1 --steps 1 --output no.tsv trial.gn
one_line --steps 91

# ---- nan in a map ---------------------------------------------------------------------------------

map() { # EXPRESSION of i and j
    awk "BEGIN { for (i = 0; i < 20; i++) for (j = 0; j < 20; j++) printf \"%s%s\", $1, j < 19 ? \"\t\" : \"\n\" }"
}
map 'i == 3 && j == 4 ? "nan" : sin(i / 2) * cos(j / 3)' >map.tsv
whole "$BIN/score-units" --map map.tsv --noise-maps 99 --output scores.tsv
map 'i == 3 && j == 4 ? "1e999" : i + j' >map.tsv
expect_exit 3 "$BIN/score-units" --map map.tsv --noise-maps 99 --output no.tsv
one_line map.tsv 'line 4, column 5' 1e999 nan
map '"nan"' >map.tsv
expect_exit 3 "$BIN/score-units" --map map.tsv --noise-maps 99 --output no.tsv
one_line map.tsv '0 visited bins' 25
map 1 >map.tsv
whole "$BIN/score-units" --map map.tsv --noise-maps 99 --output flat.tsv
check 'a flat map has no score' grep -q '^0	unmodulated	nan	nan	nan	' flat.tsv

# ---- much -----------------------------------------------------------------------------------------

whole "$BIN/train" --units 1000 --steps 5 --trials 1 --curvature-trials 1 --cg-iterations 2 --updates 1 --output large.gn
whole "$BIN/sample-trajectories" --trials 1 --steps 1000000 --output long.gn
whole "$BIN/long-run-error" --steps 1000000 --bin 100000 --animals 1 one.gn --output longrun.tsv
check 'a row for 100000 steps' test "$(grep -vc '^[#a-z]' longrun.tsv)" -eq 10
expect_exit 2 "$BIN/train" --units 4097 --output no.gn
one_line --units 4097 4096
expect_exit 2 "$BIN/train" --steps 1000001 --output no.gn
one_line --steps 1000001
# More memory than any machine has; the limit is for machines that would try to provide it. Programs with sanitizers need
# more address space than the limit.
if ! sh -c "ulimit -v 4000000 && '$BIN/gn-check' one.gn" >/dev/null 2>&1; then
    ok 'memory # SKIP the programs take more by themselves'
else
    for size in '--units 100 --steps 1000000' '--trials 1000000'; do
        expect_exit 1 sh -c "ulimit -v 4000000 && '$BIN/train' --threads 1 $size --output no.gn"
        one_line 'out of memory' bytes 'need less'
    done
fi

# ---- every program's inputs and output -----------------------------------------------------------

whole "$BIN/train" --units 5 --steps 100 --trials 4 --curvature-trials 2 --updates 1 --log log.tsv --output network.gn
whole "$BIN/probe-tuning" --trials 6 --bins 6 --record 2 network.gn --output probe.gn
whole "$BIN/probe-tuning" --uninterrupted --steps 2000 network.gn --output run.gn
whole "$BIN/score-units" --shifts 99 --noise-maps 99 probe.gn run.gn --output scores.tsv
whole "$BIN/pick-units" scores.tsv --output picks.tsv
mkdir -p square/seed-1
cp scores.tsv square/seed-1
for update in 0 2; do
    whole "$BIN/train" --units 5 --steps 100 --trials 4 --curvature-trials 2 --updates $update --output update.gn
    whole "$BIN/probe-tuning" --trials 6 --bins 6 --record 2 update.gn --output probe-$update.gn
done

# Each command succeeds. Then it is repeated with each input missing, with each input cut to two thirds, with each input as
# its output, by name and by link, and with an output in a folder that cannot be made.
asked() { # INPUT... -- COMMAND...: the inputs are words of the command
    inputs=
    while [ "$1" != -- ]; do inputs="$inputs $1" && shift; done
    shift
    expect_exit 0 "$@" --output "$(basename "$1").out"
    for input in $inputs; do
        mv "$input" kept
        expect_exit 1 "$@" --output no.out
        one_line "$input" 'No such file'
        head -c $(($(wc -c <kept) * 2 / 3)) kept >"$input"
        expect_exit 3 "$@" --output no.out
        one_line "$input"
        mv kept "$input"
        cp "$input" kept
        ln -s "$input" link
        for same in "$input" "./$input" link; do
            expect_exit 2 "$@" --output "$same"
            one_line --output "$same" 'same file' "$input"
        done
        check "$input is as it was" cmp "$input" kept
        rm kept link
    done
    expect_exit 1 "$@" --output file/no.out
    one_line file/no.out 'no folder'
}
echo x >file
asked network.gn -- "$BIN/arena-walls" network.gn
asked network.gn -- "$BIN/boundary-error" --trials 4 --steps 100 network.gn
asked network.gn probe.gn scores.tsv -- "$BIN/connectivity" --shuffles 99 network.gn probe.gn scores.tsv
asked square/seed-1/scores.tsv -- "$BIN/count-classes" square/seed-1/scores.tsv
asked probe.gn scores.tsv -- "$BIN/curve-sheet" --order class --scores scores.tsv probe.gn
cp network.gn early.gn
cp "$paper/fingerprints.tsv" paper.tsv
asked network.gn early.gn paper.tsv -- "$BIN/fingerprints" --paper paper.tsv --trials 4 --contact-trials 10 --early early.gn network.gn
asked network.gn -- "$BIN/gn-dump" network.gn
asked network.gn -- "$BIN/long-run-error" --steps 100 --bin 10 --animals 2 network.gn
asked probe.gn scores.tsv -- "$BIN/map-sheet" --order class --scores scores.tsv probe.gn
asked probe.gn picks.tsv -- "$BIN/map-sheet" --picks picks.tsv --figure 2 probe.gn
asked scores.tsv -- "$BIN/pick-units" scores.tsv
asked network.gn -- "$BIN/probe-tuning" --trials 4 network.gn
asked probe.gn run.gn -- "$BIN/score-units" --shifts 99 --noise-maps 99 probe.gn run.gn
asked probe.gn -- "$BIN/selectivity" probe.gn
asked network.gn -- "$BIN/track" network.gn
asked network.gn -- "$BIN/train" --units 5 --steps 10 --trials 2 --curvature-trials 1 --updates 1 --continue network.gn
asked probe-0.gn probe.gn probe-2.gn -- "$BIN/tsne" --iterations 10 --perplexity 5 probe-0.gn probe.gn probe-2.gn
check 'no refused command left anything' test -z "$(find . -name '*no.out*' -o -name '*no.gn*' -o -name '*no.tsv*' -o -name '.*.tmp-*')"
finish
