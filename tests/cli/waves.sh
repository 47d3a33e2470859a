#!/bin/sh
# readout-waves: the fit of a lattice's three waves against the same by normal equations, and what is refused.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
classes=$(cd "$(dirname "$0")/../golden/classes" && pwd)
cd "$TMP"

"$BIN/train" --units 5 --steps 60 --trials 8 --curvature-trials 4 --updates 1 --arena triangle --readout place \
    --place-kind lattice --place-width 0.8 --place-cells 9 --output grid.gn 2>/dev/null
"$BIN/probe-tuning" --trials 200 --bins 10 --skip 5 --output probe.gn grid.gn 2>/dev/null
"$BIN/probe-tuning" --uninterrupted --steps 3000 --output run.gn grid.gn 2>/dev/null
"$BIN/score-units" --shifts 99 --noise-maps 99 --output scores.tsv probe.gn run.gn 2>/dev/null

expect_exit 0 "$BIN/readout-waves" --scores scores.tsv --output waves.tsv grid.gn probe.gn
column() { grep -v '^#' "$1" | cut -f "$2" | tail -n +2; }
check "the classes of the scores" [ "$(column waves.tsv 2)" = "$(column scores.tsv 2)" ]
"$BIN/gn-dump" --array rate_map --output map probe.gn 2>/dev/null
"$BIN/gn-dump" probe.gn >keys
# shellcheck disable=SC2016 # awk's dollars
check "the same as by normal equations" awk -F '\t' -v pi=3.14159265358979 '
    function solve(n,   i, j, k, f) { # a (n, n + 1), by elimination; the answer in x
        for (i = 0; i < n; i++)
            for (j = 0; j < n; j++) {
                if (i == j) continue
                f = a[j, i] / a[i, i]
                for (k = i; k <= n; k++) a[j, k] -= f * a[i, k]
            }
        for (i = 0; i < n; i++) x[i] = a[i, n] / a[i, i]
    }
    function unit(u,   i, j, k, b, n, m, sx, ss, left, most, least, f) {
        for (i = 0; i < 7; i++) for (j = 0; j <= 7; j++) a[i, j] = 0
        sx = ss = n = left = 0
        for (b = 0; b < 100; b++) {
            if (map[u, b] == "nan") continue
            px = x0 + (b % 10 + 0.5) * w; py = y0 + (int(b / 10) + 0.5) * w
            t[0] = 1
            for (j = 0; j < 3; j++) {
                f = 4 * pi / (sqrt(3) * 0.8) * (px * cos(pi * j / 3) + py * sin(pi * j / 3))
                t[1 + 2 * j] = cos(f); t[2 + 2 * j] = sin(f)
            }
            for (i = 0; i < 7; i++) { for (j = 0; j < 7; j++) a[i, j] += t[i] * t[j]; a[i, 7] += t[i] * map[u, b]; T[n, i] = t[i] }
            value[n++] = map[u, b]; sx += map[u, b]
        }
        solve(7)
        for (m = 0; m < n; m++) {
            f = value[m]
            for (i = 0; i < 7; i++) f -= x[i] * T[m, i]
            left += f * f; ss += (value[m] - sx / n) ^ 2
        }
        share = 1 - left / ss; most = 0; least = 1e9
        for (j = 0; j < 3; j++) {
            f = sqrt(x[1 + 2 * j] ^ 2 + x[2 + 2 * j] ^ 2)
            if (f > most) most = f
            if (f < least) least = f
        }
        weakest = least / most
    }
    function near(p, q) { return (p - q) ^ 2 < 1e-8 }
    FILENAME == "keys" { if ($1 == "bin_width") w = $2; if ($1 == "x_min") x0 = $2; if ($1 == "y_min") y0 = $2; next }
    FILENAME == "map" && $0 == "" { next }
    FILENAME == "map" { map[int(line / 10), line % 10 * 10] = ""; for (i = 1; i <= 10; i++) map[int(line / 10), line % 10 * 10 + i - 1] = $i; line++; next }
    /^#/ || $1 == "unit" { next }
    { unit($1); units++; if (!near(share, $3) || !near(weakest, $7)) { bad = 1 } }
    END { exit bad || units != 5 }' keys map waves.tsv
expect_exit 0 "$BIN/readout-waves" --scores "$classes/five.tsv" --output sorted.tsv grid.gn probe.gn
check "each unit has its own class, whatever the order of the rows" \
    [ "$(column sorted.tsv 2)" = "$(printf 'unmodulated\ngrid\nborder\nband\nirregular')" ]
expect_exit 3 "$BIN/readout-waves" --scores "$classes/twice.tsv" --output none.tsv grid.gn probe.gn
one_line twice.tsv 'unit 3 again' '0 to 4 once'
expect_exit 3 "$BIN/readout-waves" --scores "$classes/four.tsv" --output none.tsv grid.gn probe.gn
one_line four.tsv '4 rows' 'accepted: 5'
expect_exit 0 "$BIN/readout-waves" --output bare.tsv grid.gn probe.gn
check "no scores, no classes" [ "$(column bare.tsv 2 | sort -u)" = "-" ]

"$BIN/train" --units 5 --steps 60 --trials 8 --curvature-trials 4 --updates 1 --output position.gn 2>/dev/null
expect_exit 3 "$BIN/readout-waves" --output none.tsv position.gn probe.gn
one_line position.gn 'place-kind lattice'
"$BIN/train" --units 6 --steps 60 --trials 8 --curvature-trials 4 --updates 1 --readout place --place-kind lattice \
    --output six.gn 2>/dev/null
expect_exit 3 "$BIN/readout-waves" --output none.tsv six.gn probe.gn
one_line rate_map 6xNxN
check "nothing is left" [ ! -e none.tsv ]
finish
