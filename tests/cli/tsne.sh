#!/bin/sh
# tsne: three probes of one training, plain matrices, refusals.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
tsne=$BIN/tsne

mkdir "$TMP/checkpoints"
# A network of 12 units in three phases, all probed on the same trials.
expect_exit 0 "$BIN/train" --units 12 --steps 40 --trials 24 --curvature-trials 12 --updates 4 \
    --checkpoint-updates 0,2,4 --checkpoints "$TMP/checkpoints" --log "$TMP/log.tsv" \
    --output "$TMP/network.gn"
for update in 000000 000002 000004; do
    expect_exit 0 "$BIN/probe-tuning" --trials 20 --record 4 --skip 5 --bins 8 --output "$TMP/$update.gn" \
        "$TMP/checkpoints/update-$update.gn"
done
early=$TMP/000000.gn middle=$TMP/000002.gn late=$TMP/000004.gn

embed() { "$tsne" --perplexity 8 --iterations 300 "$@"; }

expect_exit 0 embed --threads 1 --output "$TMP/tsne.tsv" "$early" "$middle" "$late"
expect_exit 0 embed --threads 2 --output "$TMP/again.tsv" "$early" "$middle" "$late"
check 'the same bytes again, with 2 threads' cmp "$TMP/tsne.tsv" "$TMP/again.tsv"
expect_exit 0 "$BIN/gn-check" "$TMP/tsne.tsv"
grep -v '^#' "$TMP/tsne.tsv" >"$TMP/rows"
# shellcheck disable=SC2016 # awk's dollars
check 'a point for each unit in each phase' awk -F '\t' '
    NR == 1 { if ($0 != "unit\tphase\tupdate\tx\ty") exit 1; next }
    { n[$2 " " $3]++; if ($4 + 0 != $4 || $5 + 0 != $5) exit 1 }
    END { if (n["early 0"] != 12 || n["intermediate 2"] != 12 || n["late 4"] != 12 || NR != 37) exit 1 }' \
    "$TMP/rows"
check 'the divergence is in the header' grep -q '^# divergence: [0-9]' "$TMP/tsne.tsv"
check 'the recipe is in the header' grep -q '^# recipe.units: 12$' "$TMP/tsne.tsv"

# Phases that do not belong together.
expect_exit 3 embed --output "$TMP/no.tsv" "$middle" "$early" "$late"
one_line 000000.gn 'update 0'
expect_exit 0 "$BIN/probe-tuning" --trials 20 --record 4 --skip 5 --bins 8 --seed 9 --output "$TMP/other.gn" \
    "$TMP/checkpoints/update-000004.gn"
expect_exit 3 embed --output "$TMP/no.tsv" "$early" "$middle" "$TMP/other.gn"
one_line other.gn probe.seed
expect_exit 0 "$BIN/probe-tuning" --trials 20 --record 3 --skip 5 --bins 8 --output "$TMP/fewer.gn" \
    "$TMP/checkpoints/update-000004.gn"
expect_exit 3 embed --output "$TMP/no.tsv" "$early" "$middle" "$TMP/fewer.gn"
one_line fewer.gn 'but 12 x'
expect_exit 0 "$BIN/probe-tuning" --trials 20 --skip 5 --bins 8 --output "$TMP/unrecorded.gn" \
    "$TMP/checkpoints/update-000004.gn"
expect_exit 3 embed --output "$TMP/no.tsv" "$early" "$middle" "$TMP/unrecorded.gn"
one_line unrecorded.gn
expect_exit 3 embed --output "$TMP/no.tsv" "$early" "$middle" "$TMP/network.gn"
one_line network.gn probe
expect_exit 2 embed --output "$TMP/no.tsv" "$early" "$middle"
one_line '2 operands'
expect_exit 2 embed --metric euclidean --output "$TMP/no.tsv" "$early" "$middle" "$late"
expect_exit 2 "$tsne" --perplexity 40 --output "$TMP/no.tsv" "$early" "$middle" "$late"
one_line 'perplexity 40'
check 'no output after a failure' test ! -e "$TMP/no.tsv"

# A plain matrix: two far groups of rows stay apart.
awk 'BEGIN { for (i = 0; i < 40; i++) { for (k = 0; k < 5; k++)
    printf "%s%.6f", k ? "\t" : "", (i % 2 ? 10 : 0) + sin(i * 3.7 + k * 1.3); print "" } }' >"$TMP/matrix.tsv"
expect_exit 0 "$tsne" --perplexity 8 --matrix "$TMP/matrix.tsv" --metric euclidean --output "$TMP/plane.tsv"
# shellcheck disable=SC2016 # awk's dollars
check 'rows of one group are nearest to each other' awk -F '\t' '
    BEGIN { n = 0 }
    /^#/ || $1 == "row" { next }
    { x[n] = $2; y[n] = $3; n++ }
    END { if (n != 40) exit 1
          for (i = 0; i < n; i++) { best = -1
              for (j = 0; j < n; j++) { d = (x[i] - x[j])^2 + (y[i] - y[j])^2
                  if (j != i && (best < 0 || d < least)) { least = d; best = j } }
              if (best % 2 != i % 2) exit 1 } }' "$TMP/plane.tsv"
expect_exit 2 embed --matrix "$TMP/matrix.tsv" --output "$TMP/no.tsv" "$early"
printf '1\t2\nnan\t3\n' >"$TMP/holes.tsv"
expect_exit 3 embed --matrix "$TMP/holes.tsv" --output "$TMP/no.tsv"
one_line holes.tsv 'line 2, column 1' nan
expect_exit 2 embed --matrix-columns 1 --output "$TMP/no.tsv" "$early" "$middle" "$late"

# A row that never changes is left out, named, and nan; the others are as without it.
awk 'BEGIN { for (i = 0; i < 60; i++) { for (k = 0; k < 10; k++)
    printf "%s%.6f", k ? " " : "", i == 5 || i == 40 ? 3 : sin(i * 3.7 + k * (1.3 + i / 50)); print "" } }' >"$TMP/silent.txt"
sed -e 6d -e 41d "$TMP/silent.txt" >"$TMP/loud.txt"
expect_exit 0 embed --matrix "$TMP/silent.txt" --output "$TMP/silent.tsv"
check 'named' grep -q 'silent.txt: constant.* left out: row 5, 40$' "$TMP/err"
check 'counted' grep -qx '# tsne.left-out: 2' "$TMP/silent.tsv"
expect_exit 0 embed --matrix "$TMP/loud.txt" --output "$TMP/loud.tsv"
grep -v '^#' "$TMP/loud.tsv" | cut -f 2,3 >"$TMP/expected"
check 'nan in the table' test "$(awk '$2 == "nan" && $3 == "nan" { printf "%s ", $1 }' "$TMP/silent.tsv")" = '5 40 '
awk '!/^#/ && $2 != "nan"' "$TMP/silent.tsv" | cut -f 2,3 >"$TMP/rest"
check 'the others are embedded as without them' cmp "$TMP/rest" "$TMP/expected"
expect_exit 0 embed --metric euclidean --matrix "$TMP/silent.txt" --output "$TMP/all.tsv"
check 'by distance nothing is left out' test "$(grep -c nan "$TMP/all.tsv")" -eq 0
expect_exit 2 "$tsne" --perplexity 57 --matrix "$TMP/silent.txt" --output "$TMP/no.tsv"
one_line --perplexity 58 '2 of the 60'
awk 'BEGIN { for (i = 0; i < 5; i++) print i < 2 ? "1 1 1" : i " " i * i " " 7 - i }' >"$TMP/mostly.txt"
expect_exit 2 "$tsne" --perplexity 1.5 --matrix "$TMP/mostly.txt" --output "$TMP/no.tsv"
one_line '3 points, accepted: 4 or more' '2 of the 5 are constant'
# Points that all lie at one distance: the reason is the true one.
awk 'BEGIN { for (i = 0; i < 20; i++) { for (k = 0; k < 20; k++) printf "%s%d", k ? " " : "", i == k; print "" } }' >"$TMP/alike.txt"
expect_exit 4 embed --matrix "$TMP/alike.txt" --output "$TMP/no.tsv"
one_line 'perplexity 8' '19 points'
expect_exit 1 embed --matrix "$TMP/absent.tsv" --output "$TMP/no.tsv"
finish
