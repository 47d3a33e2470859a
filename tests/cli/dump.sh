#!/bin/sh
# gn-dump: header, lists, arrays in each format.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
golden=$(dirname "$0")/../golden
dump=$BIN/gn-dump

# same FILE TEXT: the file holds exactly this text (printf's escapes).
same() {
    # shellcheck disable=SC2059 # the format is the text
    printf -- "$2" >"$TMP/expected"
    check "$3" cmp "$TMP/expected" "$1"
}

expect_exit 0 "$dump" "$golden/format.gn"
same "$TMP/out" 'kind\tgolden\nrecipe.units\t100\nempty\t\n' header
check 'no noise' test ! -s "$TMP/err"
expect_exit 0 "$dump" --list "$golden/format.gn"
same "$TMP/out" 'f32\tf32\t2x3\nf64\tf64\t2\nu8\tu8\t3\nu16\tu16\t2x1x2\nu32\tu32\t1\ni32\ti32\t2\ni64\ti64\t1\n' list
expect_exit 0 "$dump" --array f32 "$golden/format.gn"
same "$TMP/out" '1\t-0.5\tnan\n1e-30\t0.100000001\t2.99999989e+30\n' matrix
expect_exit 0 "$dump" --array u16 "$golden/format.gn"
same "$TMP/out" '1\t65535\n\n\n3\t4\n' 'two matrices'
expect_exit 0 "$dump" --array u16 --slice 1,0 "$golden/format.gn"
same "$TMP/out" '3\n4\n' slice
expect_exit 0 "$dump" --array f64 --slice 0 "$golden/format.gn"
same "$TMP/out" '0.10000000000000001\n' 'one number'
for array in 'u8 0\n1\n255\n' 'u32 4294967295\n' 'i32 -1\n2147483647\n' 'i64 -9223372036854775808\n'; do
    expect_exit 0 "$dump" --array "${array%% *}" "$golden/format.gn"
    same "$TMP/out" "${array#* }" "every digit of ${array%% *}"
done
expect_exit 0 "$dump" --array f32 --format json "$golden/format.gn"
same "$TMP/out" '[[1,-0.5,null],[1e-30,0.100000001,2.99999989e+30]]\n' json
expect_exit 0 "$dump" --array u16 --format json "$golden/format.gn"
same "$TMP/out" '[[[1,65535]],[[3,4]]]\n' 'json of rank 3'
expect_exit 0 "$dump" --format json "$golden/format.gn"
check 'header as json' grep -q '"recipe.units": "100"' "$TMP/out"

expect_exit 0 "$dump" --array i32 --format npy --output "$TMP/i32.npy" "$golden/format.gn"
head -c 10 "$TMP/i32.npy" >"$TMP/start"
same "$TMP/start" '\223NUMPY\001\000\166\000' 'npy: magic, version, length'
check 'npy: data begin at a multiple of 64' test "$(wc -c <"$TMP/i32.npy")" -eq $((128 + 8))
check 'npy: description' grep -aq "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }" "$TMP/i32.npy"
tail -c 8 "$TMP/i32.npy" >"$TMP/end"
same "$TMP/end" '\377\377\377\377\377\377\377\177' 'npy: numbers'
check 'provenance beside the output' grep -q '^input.*format.gn$' "$TMP/i32.npy.prov"

expect_exit 0 "$dump" "$golden/format.tsv"
same "$TMP/out" 'format\tgridnav-tsv 1\nkind\tgolden\nseed\t1\n' 'keys of a table'
expect_exit 0 "$dump" --list "$golden/format.tsv"
same "$TMP/out" 'unit\nscore\nclass\n' columns
expect_exit 0 "$dump" --array score "$golden/format.tsv"
same "$TMP/out" '0.10000000100000001\nnan\n' 'column of numbers'
expect_exit 0 "$dump" --array class --format json "$golden/format.tsv"
same "$TMP/out" '["grid","band"]\n' 'column of text'
expect_exit 0 "$dump" --array class "$golden/format.tsv"
same "$TMP/out" 'grid\nband\n' 'column of text, as it is'
expect_exit 0 "$dump" --format json "$golden/format.tsv"
same "$TMP/out" '{"header": {"format": "gridnav-tsv 1",\n "kind": "golden",\n "seed": "1"},\n"columns": ["unit", "score", "class"],\n"rows": 2}\n' 'a table as json'
expect_exit 2 "$dump" --array nothing "$golden/format.tsv"
one_line format.tsv nothing
expect_exit 2 "$dump" --array class --format npy "$golden/format.tsv"
one_line format.tsv class

# Through a pipe, where nothing says how long the file is.
expect_exit 0 "$BIN/sample-trajectories" --trials 20 --steps 500 --output "$TMP/walks.gn"
"$dump" --array position "$TMP/walks.gn" >"$TMP/whole"
# shellcheck disable=SC2002 # a redirection is no pipe
cat "$TMP/walks.gn" | "$dump" --array position /dev/stdin >"$TMP/piped"
check 'a long file through a pipe' cmp "$TMP/whole" "$TMP/piped"
check 'which is long enough' test "$(wc -c <"$TMP/walks.gn")" -gt 100000
expect_exit 1 "$dump" "$TMP"
one_line "$TMP: cannot read"

expect_exit 2 "$dump" --array nothing "$golden/format.gn"
one_line format.gn nothing
expect_exit 2 "$dump" --array f32 --slice 2 "$golden/format.gn"
one_line '0..1' f32
expect_exit 2 "$dump" --array f32 --slice 0,0,0 "$golden/format.gn"
one_line 'more indices'
expect_exit 2 "$dump" --array f32 --slice x "$golden/format.gn"
expect_exit 2 "$dump" --slice 0 "$golden/format.gn"
expect_exit 2 "$dump" --format npy "$golden/format.gn"
expect_exit 1 "$dump" "$TMP/absent.gn"
one_line absent.gn
head -c 400 "$golden/format.gn" >"$TMP/cut.gn"
expect_exit 3 "$dump" --output "$TMP/new" "$TMP/cut.gn"
one_line cut.gn
check 'no partial output' test ! -e "$TMP/new"
if [ -w /dev/full ]; then
    status=0
    "$dump" --array f32 "$golden/format.gn" >/dev/full 2>"$TMP/err" || status=$?
    check 'a full disk is exit 1' test "$status" -eq 1
    one_line 'No space left'
fi
finish
