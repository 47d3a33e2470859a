#!/bin/sh
# With a full disk, a read-only disk or too little memory, programs exit with 1 and one line and leave no partial file.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
golden=$(dirname "$0")/../golden
sample="$BIN/sample-trajectories --trials 20 --steps 500 --threads 1"

# A small disk is mounted in a mount namespace of its own, which ends with the shell that uses it.
if unshare -m true 2>/dev/null; then
    mkdir "$TMP/disk"
    # within SIZE OPTIONS COMMANDS: the commands' output is in $TMP/out, what is left on the disk in $TMP/left
    within() {
        # shellcheck disable=SC2016 # expanded by the inner shell
        unshare -m sh -c '
            mount -t tmpfs -o size="$1" none "$2/disk" && cd "$2/disk" || exit 99
            eval "$3"
            status=$?
            ls -A >"$2/left"
            exit $status' sh "$1" "$TMP" "$2"
    }
    expect_exit 1 within 64k "$sample --output new.gn"
    one_line new.gn 'No space left on device'
    check 'a full disk: nothing is left' test ! -s "$TMP/left"

    expect_exit 1 within 64k "echo old >new.gn; $sample --output new.gn; code=\$?; grep -qx old new.gn || exit 7; (exit \$code)"
    one_line new.gn 'No space left on device'
    check 'a full disk: the old file stays' test "$(cat "$TMP/left")" = new.gn

    # There is room for the result but not for the files beside it.
    expect_exit 1 within 8k "echo x >other; '$BIN/gn-dump' --output new '$(realpath "$golden/format.gn")'"
    one_line new.prov 'No space left on device'
    check 'no temporary file is left' test "$(tr '\n' ' ' <"$TMP/left")" = 'new other '

    expect_exit 1 within 64k "mount -o remount,ro none '$TMP/disk' && $sample --output new.gn"
    one_line new.gn 'Read-only file system'
else
    ok 'disks # SKIP no mount namespace'
fi

# More trials than a limit of memory allows that is enough for the program itself. (Programs under sanitizers and valgrind
# need more address space than the limit.)
if sh -c "ulimit -v 400000 && '$BIN/gn-check' --version" >/dev/null 2>&1; then
    expect_exit 1 sh -c "ulimit -v 400000 && '$BIN/sample-trajectories' --trials 1000000 --steps 500 --threads 1 --output '$TMP/big.gn'"
    one_line 'out of memory' 'need less'
    check 'no memory: nothing is left' test ! -e "$TMP/big.gn"
else
    ok 'memory # SKIP the programs take more by themselves'
fi
finish
