#!/bin/sh
# What all programs have in common: help, version, man page, wrong usage, outputs, provenance.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
golden=$(dirname "$0")/../golden

for program in "$BIN"/*; do
    name=$(basename "$program")
    expect_exit 0 "$program" --help
    check "$name: help on stdout" grep -q "^usage: $name" "$TMP/out"
    check "$name: help says nothing on stderr" test ! -s "$TMP/err"
    check "$name: help fits 80 columns" awk 'length > 90 { exit 1 }' "$TMP/out"
    expect_exit 0 "$program" --version
    check "$name: version" grep -qE "^$name \(gridnav\) [0-9]+\.[0-9]+\.[0-9]+, algorithm [1-9][0-9]*$" "$TMP/out"
    expect_exit 0 "$program" --man
    check "$name: man page" grep -q '^\.SH NAME$' "$TMP/out"
    expect_exit 2 "$program" --no-such-option
    one_line "$name:" --no-such-option
    expect_exit 2 "$program" --see 1
    one_line "$name:" --see
    expect_exit 2 "$program" --seed 1 --seed 1
    one_line "$name:" twice
    expect_exit 2 "$program" --seed
    one_line "$name:" missing
    expect_exit 2 "$program" --seed=1.5
    one_line "$name:" --seed 1.5 0..9007199254740991
done

dump=$BIN/gn-dump
mkdir "$TMP/a folder"
expect_exit 0 "$dump" --output "$TMP/a folder/ünï 'q'" "$golden/format.gn"
check 'names with blanks, quotes and other alphabets' test -s "$TMP/a folder/ünï 'q'"
check 'provenance quotes them' grep -qF "'\\''q'\\'''" "$TMP/a folder/ünï 'q'.prov"
hash=$(sed -n 's/^output\txxh3-128 \([0-9a-f]*\) .*/\1/p' "$TMP/a folder/ünï 'q'.prov")
check 'provenance has hashes' test ${#hash} -eq 32
for key in program command threads host compiler started wall_seconds cpu_seconds peak_memory_mib; do
    check "provenance: $key" grep -q "^$key	." "$TMP/a folder/ünï 'q'.prov"
done
check 'the footer names time and memory' grep -qE 'done in .* s, CPU .* s, peak memory .* MiB' "$TMP/err"

# Outputs: their folders are made, and are gone again after a failure.
expect_exit 0 "$dump" --output "$TMP/new/folder//file" "$golden/format.gn"
check 'missing folders are made' test -s "$TMP/new/folder/file"
expect_exit 2 "$dump" --array nothing --output "$TMP/newer/folder/file" "$golden/format.gn"
check 'a failure leaves no new folder' test ! -e "$TMP/newer"
expect_exit 1 "$dump" --output "$TMP/new/folder/file/file" "$golden/format.gn"
one_line file/file 'is no folder'
expect_exit 1 "$dump" --output "$TMP/new/" "$golden/format.gn"
one_line 'is a folder'
# No file is written that is read, whatever the name.
cp "$golden/format.gn" "$TMP/n.gn"
ln "$TMP/n.gn" "$TMP/hard.gn"
ln -s n.gn "$TMP/soft.gn"
ln -s . "$TMP/here"
for same in n.gn ./n.gn hard.gn soft.gn here/n.gn; do
    expect_exit 2 "$dump" --output "$TMP/$same" "$TMP/n.gn"
    one_line --output "$same" 'same file' "$TMP/n.gn"
done
check 'the file is as it was' cmp "$TMP/n.gn" "$golden/format.gn"
cp "$golden/format.gn" "$TMP/n.prov"
expect_exit 2 "$dump" --output "$TMP/n" "$TMP/n.prov"
one_line n.prov 'same file'
expect_exit 0 sh -c "'$dump' '$TMP/n.gn' | '$dump' --output /dev/null '$TMP/n.gn'"
expect_exit 1 "$dump" --output "$TMP" "$golden/format.gn"
one_line 'is a folder'
expect_exit 0 "$dump" --output /dev/null "$golden/format.gn"
check 'a device stays one' test -c /dev/null
echo old >"$TMP/kept"
expect_exit 2 "$dump" --array nothing --output "$TMP/kept" "$golden/format.gn"
check 'a failure leaves the old output' grep -qx old "$TMP/kept"
if [ "$(id -u)" -ne 0 ]; then
    mkdir "$TMP/locked"
    chmod 500 "$TMP/locked"
    expect_exit 1 "$dump" --output "$TMP/locked/x" "$golden/format.gn"
    one_line 'Permission denied'
fi
if [ -w /dev/full ]; then
    status=0
    "$dump" --help >/dev/full 2>"$TMP/err" || status=$?
    check 'help on a full disk is exit 1' test "$status" -eq 1
fi
finish
