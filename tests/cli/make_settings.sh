#!/bin/sh
# The Makefile: settings that are off, and what it says of a machine without a compiler or packages.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"

copy_tree
cp -r "$root/src" "$root/env" "$root/tests" .
expect_exit 0 make CC=no-such-compiler help
check 'the help asks no compiler' test ! -s "$TMP/err"
for word in '' 0 no; do
    expect_exit 0 make -n CC=cc V=$word build/obj/base/error.o
    check "V=$word: a name instead of the command" grep -q "echo '  obj/base/error.o' && cc " "$TMP/out"
    expect_exit 0 make -n VALGRIND=$word check-unit
    check "VALGRIND=$word: without valgrind" grep -q 'VALGRIND= sh tests/run.sh' "$TMP/out"
done
expect_exit 0 make -n CC=cc V=1 build/obj/base/error.o
check 'V=1: the command' grep -q '^cc ' "$TMP/out"
expect_exit 0 make -n VALGRIND=1 check-unit
check 'VALGRIND=1: with valgrind' grep -q 'VALGRIND=yes sh tests/run.sh' "$TMP/out"

# A machine that has gcc in another version, make as tested, and nothing else; then one that has all as tested
mkdir packages
cat >packages/dpkg-query <<'END'
#!/bin/sh
printf 'gcc\t1:2\tinstalled\nmake\t%s\tinstalled\nbinutils\t1:2\tconfig-files\n' "$(sed -n 's/^make	//p' env/versions.tsv)"
exit 1
END
chmod +x packages/dpkg-query
expect_exit 0 env PATH="$PWD/packages:$PATH" make versions
check 'another version is said' grep -q '^gcc: 1:2, tested ' "$TMP/out"
check 'and what is missing' grep -q '^libgsl-dev: not installed, tested ' "$TMP/out"
check 'or was removed' grep -q '^binutils: not installed, tested ' "$TMP/out"
check 'a line for each' test "$(wc -l <"$TMP/out")" -eq "$(($(grep -vc '^#' env/versions.tsv) - 1))"
sed -n 's/^\([^#	]*\)	\(.*\)/printf "\1\\t\2\\tinstalled\\n"/p' env/versions.tsv >packages/dpkg-query
sed -i '1i #!/bin/sh' packages/dpkg-query
expect_exit 0 env PATH="$PWD/packages:$PATH" make versions
check 'otherwise all is well' test "$(cat "$TMP/out")" = 'all as tested'
finish
