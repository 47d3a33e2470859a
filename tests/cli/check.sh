#!/bin/sh
# gn-check: verdicts and exit codes.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
golden=$(dirname "$0")/../golden

expect_exit 0 "$BIN/gn-check" "$golden/format.gn" "$golden/format.tsv"
check 'a line a file' test "$(wc -l <"$TMP/out")" -eq 2
check 'whole container' grep -q 'format.gn: whole, golden, 7 arrays$' "$TMP/out"
check 'whole table' grep -q 'format.tsv: whole, golden, 2 rows$' "$TMP/out"
check 'no noise' test ! -s "$TMP/err"

head -c 700 "$golden/format.gn" >"$TMP/cut.gn"
sed 's/grid/Grid/' "$golden/format.tsv" >"$TMP/edited.tsv"
grep -v '^# end' "$golden/format.tsv" >"$TMP/cut.tsv"
expect_exit 3 "$BIN/gn-check" "$TMP/cut.gn" "$golden/format.gn" "$TMP/edited.tsv" "$TMP/cut.tsv"
check 'all files are looked at' test "$(wc -l <"$TMP/out")" -eq 4
check 'cut container' grep -q 'cut.gn: cut short: 700 bytes, expected 720$' "$TMP/out"
check 'edited table' grep -q 'edited.tsv: damaged or edited' "$TMP/out"
check 'cut table' grep -q 'cut.tsv: cut short' "$TMP/out"
expect_exit 3 "$BIN/gn-check" "$TMP/cut.gn"
one_line gn-check '1 of 1 files'

expect_exit 1 "$BIN/gn-check" "$TMP/absent.gn"
check 'names the file' grep -q 'absent.gn: cannot open: No such file' "$TMP/out"
expect_exit 3 "$BIN/gn-check" "$TMP/absent.gn" "$TMP/cut.gn"
expect_exit 3 "$BIN/gn-check" "$TMP/cut.gn" "$TMP/absent.gn"
expect_exit 2 "$BIN/gn-check"
one_line '0 operands'
finish
