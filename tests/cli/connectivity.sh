#!/bin/sh
# connectivity: its four tables, their agreement, refusals.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
connectivity=$BIN/connectivity

expect_exit 0 "$BIN/train" --units 14 --steps 40 --trials 24 --curvature-trials 12 --updates 2 \
    --output "$TMP/network.gn"
expect_exit 0 "$BIN/probe-tuning" --trials 100 --skip 5 --bins 8 --output "$TMP/probe.gn" "$TMP/network.gn"

relate() { "$connectivity" --shuffles 99 "$@"; }

expect_exit 0 relate --threads 1 --output "$TMP/profile.tsv" "$TMP/network.gn" "$TMP/probe.gn"
expect_exit 0 relate --threads 2 --output "$TMP/again.tsv" "$TMP/network.gn" "$TMP/probe.gn"
check 'the same bytes again, with 2 threads' cmp "$TMP/profile.tsv" "$TMP/again.tsv"
for key in similarity.explained similarity.null-p95 similarity.p distance.explained offset.null-p99; do
    check "header: $key" grep -q "^# $key: [0-9]" "$TMP/profile.tsv"
done
check '14 units, 182 pairs' grep -q '^# similarity.pairs: 182$' "$TMP/profile.tsv"
# shellcheck disable=SC2016 # awk's dollars
check 'every pair is in a bin' awk -F '\t' '$1 == "similarity" { n += $8 } END { exit n != 182 }' \
    "$TMP/profile.tsv"

expect_exit 0 relate --table spectrum --output "$TMP/spectrum.tsv" "$TMP/network.gn" "$TMP/probe.gn"
expect_exit 0 relate --table order --output "$TMP/order.tsv" "$TMP/network.gn" "$TMP/probe.gn"
expect_exit 0 relate --table weights --output "$TMP/weights.tsv" "$TMP/network.gn" "$TMP/probe.gn"
grep -v '^#' "$TMP/weights.tsv" >"$TMP/rows"
# The trace, whatever the order, is the sum of the eigenvalues.
# shellcheck disable=SC2016 # awk's dollars
trace=$(awk '{ t += $NR } END { printf "%.9f", t }' "$TMP/rows")
# shellcheck disable=SC2016 # awk's dollars
check "eigenvalues add up to the trace $trace" awk -F '\t' -v trace="$trace" '
    /^#/ || $1 == "index" { next }
    { re += $2; im += $3; if (NR > 1 && n++ && $2 > last) exit 1; last = $2 }
    END { d = re - trace; exit !(n == 14 && d * d < 1e-12 && im * im < 1e-18) }' "$TMP/spectrum.tsv"
# The first two units of the order, and the weight from the second to the first.
# shellcheck disable=SC2016 # awk's dollars
to=$(awk -F '\t' '$1 == "0" { print $2 }' "$TMP/order.tsv")
# shellcheck disable=SC2016 # awk's dollars
from=$(awk -F '\t' '$1 == "1" { print $2 }' "$TMP/order.tsv")
"$BIN/gn-dump" --array rec "$TMP/network.gn" >"$TMP/rec" 2>"$TMP/err"
# shellcheck disable=SC2016 # awk's dollars
check 'the matrix is in that order' awk -v to="$to" -v from="$from" '
    FNR == 1 && NR == 1 { w = $2; next }
    NR != FNR && FNR == to + 1 { d = w - $(from + 1); exit !(d * d < 1e-12) }' "$TMP/rows" "$TMP/rec"

# Scores put classes first.
{
    echo '# kind: scores'
    printf 'unit\tclass\n'
    i=0
    while [ $i -lt 14 ]; do
        if [ $i -eq 9 ]; then printf '%d\tgrid\n' $i; else printf '%d\tborder\n' $i; fi
        i=$((i + 1))
    done
} >"$TMP/plain.tsv"
expect_exit 3 relate --table order --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$TMP/plain.tsv"
one_line plain.tsv
expect_exit 0 "$BIN/probe-tuning" --uninterrupted --steps 4000 --bins 8 --output "$TMP/run.gn" "$TMP/network.gn"
expect_exit 0 "$BIN/score-units" --noise-maps 99 --shifts 99 --output "$TMP/scores.tsv" "$TMP/probe.gn" "$TMP/run.gn"
expect_exit 0 relate --table order --output "$TMP/order.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$TMP/scores.tsv"
"$BIN/gn-dump" --array class "$TMP/scores.tsv" >"$TMP/class"
# shellcheck disable=SC2016 # awk's dollars
check 'each unit has the class of its scores, each class stands together' awk -F '\t' '
    NR == FNR { class[NR - 1] = $1; next }
    /^#/ || $1 == "place" { next }
    { n++; if ($3 != class[$2]) exit 1
      if ($3 != last) { if (seen[$3]++) exit 1; last = $3 } }
    END { exit n != 14 }' "$TMP/class" "$TMP/order.tsv"

# What training added: nothing, when the network itself is the baseline.
expect_exit 3 relate --baseline "$TMP/network.gn" --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn"
one_line "all weights are equal"

expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/probe.gn" "$TMP/probe.gn"
one_line probe.gn network
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/network.gn"
expect_exit 0 "$BIN/train" --units 11 --steps 40 --trials 24 --curvature-trials 12 --updates 1 \
    --output "$TMP/small.gn"
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/small.gn" "$TMP/probe.gn"
one_line probe.gn rate_map
expect_exit 0 "$BIN/probe-tuning" --trials 100 --skip 5 --bins 8 --output "$TMP/small-probe.gn" "$TMP/small.gn"
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/small.gn" "$TMP/small-probe.gn" "$TMP/scores.tsv"
one_line scores.tsv '14 rows'
expect_exit 3 relate --baseline "$TMP/small.gn" --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn"
one_line small.gn "11 units"
expect_exit 2 relate --output "$TMP/no.tsv" "$TMP/network.gn"
expect_exit 2 relate --table all --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn"
check 'no output after a failure' test ! -e "$TMP/no.tsv"
finish
