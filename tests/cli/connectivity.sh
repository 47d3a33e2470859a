#!/bin/sh
# connectivity: its three tables, their agreement, refusals.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
connectivity=$BIN/connectivity
classes=$(cd "$(dirname "$0")/../golden/classes" && pwd)

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
expect_exit 0 relate --table weights --output "$TMP/weights.tsv" "$TMP/network.gn" "$TMP/probe.gn"
grep -v '^#' "$TMP/weights.tsv" >"$TMP/rows"
# The trace, whatever the order, is the sum of the eigenvalues.
# shellcheck disable=SC2016 # awk's dollars
trace=$(awk '{ t += $NR } END { printf "%.9f", t }' "$TMP/rows")
# shellcheck disable=SC2016 # awk's dollars
check "eigenvalues add up to the trace $trace" awk -F '\t' -v trace="$trace" '
    /^#/ || $1 == "index" { next }
    { re += $2; im += $3; if (n++ && $2 > last) bad = 1; last = $2 }
    END { d = re - trace; exit bad || !(n == 14 && d * d < 1e-12 && im * im < 1e-18) }' "$TMP/spectrum.tsv"
# Which unit each row is of: the one with the same weight to itself. The directions in which planes fitted to the maps
# rise are computed here too.
"$BIN/gn-dump" --array rec "$TMP/network.gn" >"$TMP/rec" 2>"$TMP/err"
"$BIN/gn-dump" --array rate_map "$TMP/probe.gn" >"$TMP/map" 2>"$TMP/err"
# shellcheck disable=SC2016 # awk's dollars
in_order='
    function near(a, b) { return (a - b) ^ 2 < 1e-12 }
    function add(u, x, y, v) { n[u]++; sx[u] += x; sy[u] += y; sv[u] += v; xx[u] += x * x; yy[u] += y * y
        xy[u] += x * y; xv[u] += x * v; yv[u] += y * v }
    function turns(u,   a, b, c, p, q, t) { # without the determinant, which changes no direction
        a = xx[u] - sx[u] ^ 2 / n[u]; b = yy[u] - sy[u] ^ 2 / n[u]; c = xy[u] - sx[u] * sy[u] / n[u]
        p = xv[u] - sx[u] * sv[u] / n[u]; q = yv[u] - sy[u] * sv[u] / n[u]
        t = atan2(q * a - p * c, p * b - q * c) / 6.283185307179586
        return t < 0 ? t + 1 : t
    }
    function rank(name,   k) {
        for (k = split("grid band border irregular unmodulated", known, " "); k > 0; k--) if (known[k] == name) break
        return k
    }
    FILENAME ~ /rec$/ { for (j = 1; j <= NF; j++) rec[FNR, j] = $j; next }
    FILENAME ~ /class$/ { class[FNR] = $1; next }
    FILENAME ~ /map$/ { if (NF) { u = 1 + int(lines / 8); for (j = 1; j <= NF; j++) if ($j != "nan") add(u, j, lines % 8, $j)
        lines++ } next }
    { for (j = 1; j <= NF; j++) w[FNR, j] = $j; units = FNR }
    END {
        for (i = 1; i <= units; i++)
            for (u = 1; u <= units; u++) if (near(w[i, i], rec[u, u])) { of[i] = u; found[u]++ }
        for (i = 1; i <= units; i++) {
            if (found[i] != 1) exit 1
            for (j = 1; j <= units; j++) if (!near(w[i, j], rec[of[i], of[j]])) exit 1
        }
        for (i = 2; i <= units; i++) {
            before = rank(class[of[i - 1]]); here = rank(class[of[i]])
            if (before > here || (before == here && turns(of[i - 1]) > turns(of[i]))) exit 1
            if (before != here) steps++
        }
        exit units != 14 || (classes && !steps)
    }'
check 'the matrix is in the order of the directions' awk "$in_order" "$TMP/rec" "$TMP/map" "$TMP/rows"

# Scores put classes first.
sed '/^# end/d' "$classes/fourteen.tsv" >"$TMP/plain.tsv"
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$TMP/plain.tsv"
one_line plain.tsv
grep -v '^#' "$classes/fourteen.tsv" | tail -n +2 | sort -n | cut -f 2 >"$TMP/class"
expect_exit 0 relate --table weights --output "$TMP/weights.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$classes/fourteen.tsv"
grep -v '^#' "$TMP/weights.tsv" >"$TMP/rows"
check 'with scores, in that of classes and then of directions' \
    awk -v classes=1 "$in_order" "$TMP/rec" "$TMP/map" "$TMP/class" "$TMP/rows"

expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/probe.gn" "$TMP/probe.gn"
one_line probe.gn network
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/network.gn"
expect_exit 0 "$BIN/train" --units 11 --steps 40 --trials 24 --curvature-trials 12 --updates 1 \
    --output "$TMP/small.gn"
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/small.gn" "$TMP/probe.gn"
one_line probe.gn rate_map
expect_exit 0 "$BIN/probe-tuning" --trials 100 --skip 5 --bins 8 --output "$TMP/small-probe.gn" "$TMP/small.gn"
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/small.gn" "$TMP/small-probe.gn" "$classes/fourteen.tsv"
one_line fourteen.tsv '14 rows' 'accepted: 11'
# Files of another network of as many units, and of the same one with another seed or after another update
for other in '--updates 2 --still diffusing' '--updates 2 --seed 9' '--updates 1'; do
    # shellcheck disable=SC2086 # several options
    "$BIN/train" --units 14 --steps 40 --trials 24 --curvature-trials 12 $other --output "$TMP/other.gn" 2>/dev/null
    "$BIN/probe-tuning" --trials 100 --skip 5 --bins 8 --output "$TMP/other-probe.gn" "$TMP/other.gn" 2>/dev/null
    expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/other-probe.gn"
    case $other in
    *still*) one_line 'other-probe.gn: recipe.still is diffusing, but held in ' 'network.gn: not of one network' ;;
    *seed*) one_line 'other-probe.gn: recipe.seed is 9, but 1 in ' ;;
    *) one_line 'other-probe.gn: update is 1, but 2 in ' ;;
    esac
done
# Only networks of the recipe's newer options have these in their header.
"$BIN/train" --units 14 --steps 40 --trials 24 --curvature-trials 12 --updates 2 --nonlinearity relu --output "$TMP/other.gn" 2>/dev/null
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/other.gn" "$TMP/probe.gn"
one_line 'probe.gn: recipe.nonlinearity is absent, but relu in '
"$BIN/score-units" --noise-maps 99 --output "$TMP/other.tsv" "$TMP/other-probe.gn" 2>/dev/null
expect_exit 0 relate --output "$TMP/late.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$TMP/other.tsv" # classes after update 1
"$BIN/probe-tuning" --trials 100 --skip 5 --bins 8 --output "$TMP/other-probe.gn" "$TMP/other.gn" 2>/dev/null
"$BIN/score-units" --noise-maps 99 --output "$TMP/other.tsv" "$TMP/other-probe.gn" 2>/dev/null
expect_exit 3 relate --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn" "$TMP/other.tsv"
one_line 'other.tsv: recipe.nonlinearity is relu, but absent in '
expect_exit 2 relate --output "$TMP/no.tsv" "$TMP/network.gn"
expect_exit 2 relate --table all --output "$TMP/no.tsv" "$TMP/network.gn" "$TMP/probe.gn"
check 'no output after a failure' test ! -e "$TMP/no.tsv"
finish
