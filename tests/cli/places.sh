#!/bin/sh
# A tree in a folder with a blank and a letter beyond ASCII in its name; a source tree that is read-only, with BUILD
# elsewhere; programs open only files that they were given; no text of the user is run by a shell.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/cli/make_lib
. "$(dirname "$0")/make_lib"
compiler=$(cut -d ' ' -f 1 "${BIN%/bin}/obj/flags")
sanitized=$(grep -c -e -fsanitize "${BIN%/bin}/obj/flags" || true)

copy_tree
cp -r "$root/figures" "$root/paper" "$root/src" "$root/tests" .
tiny_experiment tiny
mv "$TMP/tree" "$TMP/an arbre à fruits"
cd "$TMP/an arbre à fruits"
results='tiny/seed-1/scores.tsv tiny/seed-1/selectivity.tsv tiny/seed-1/track.tsv'
# Compiles something, then a chain with the programs that are there: make_all BUILD
export BIN compiler results
cat >"$TMP/make_all" <<'END'
set -e
make CC="$compiler" BUILD="$1" "$1/obj/base/error.o" "$1/obj/programs/gn-check.o"
mkdir -p "$1/bin"
cp "$BIN"/* "$1/bin"
touch -d 'now + 1 hour' "$1"/bin/*
make -o "$1/libgridnav.a" CC="$compiler" BUILD="$1" $(for file in $results; do echo "$1/$file"; done)
END
# the figure's script with the file names make would give it
draw() { gnuplot --default-settings -e "data='$1'; profile='quick'; out='$2'" figures/fig1c.gp; }
same_results() { for file in $results; do cmp "$1/$file" "$2/$file" || return 1; done; }

expect_exit 0 sh "$TMP/make_all" build
check 'a blank and an accent in the name of the tree' "$BIN/gn-check" build/tiny/seed-1/*.gn build/tiny/seed-1/*.tsv
mkdir -p build/square/seed-1/figures
cp build/tiny/seed-1/track.tsv build/square/seed-1
"$BIN/arena-walls" build/tiny/seed-1/network.gn --output build/square/seed-1/figures/walls.tsv 2>/dev/null
expect_exit 0 draw build one.svg
check 'and a figure' grep -q '</svg>' one.svg
expect_exit 2 make BUILD="$TMP/a blank" programs
check 'a blank in BUILD is refused with words' grep -q 'whose name has spaces' "$TMP/err"
mv "$TMP/an arbre à fruits" "$TMP/tree"
cd "$TMP/tree"

# A tree that is read-only. As root may write anywhere, its file system is mounted read-only.
other=$TMP/other
mkdir "$other"
find . -type f | sort | xargs -d '\n' sha256sum >"$TMP/before"
if unshare -m true 2>/dev/null; then
    locked() { # COMMANDS
        # shellcheck disable=SC2016 # expanded by the inner shell
        unshare -m sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" || exit 99
            if touch x 2>/dev/null; then exit 98; fi
            eval "$2"' sh "$TMP/tree" "$1"
    }
elif [ "$(id -u)" -ne 0 ]; then
    chmod -R a-w .
    locked() { eval "$1"; }
fi
if command -v locked >/dev/null; then
    expect_exit 0 locked "sh '$TMP/make_all' '$other'"
    check 'a read-only tree, BUILD elsewhere: the same results' same_results build "$other"
    find . -type f | sort | xargs -d '\n' sha256sum >"$TMP/after"
    check 'and nothing written into it' cmp "$TMP/before" "$TMP/after"
    chmod -R u+w .
else
    ok 'a read-only tree # SKIP no mount namespace'
fi

# ---- what is read --------------------------------------------------------------------------------

# Every file a program opens is the system's, or named on its command line, or beside its output.
mkdir "$TMP/run"
cd "$TMP/run"
mkdir home
echo 'exit message "read"' >home/.gnuplot
export HOME="$TMP/run/home"
if command -v strace >/dev/null && [ "$sanitized" -eq 0 ] && strace -o trace true 2>/dev/null; then
    opened() { # COMMAND...: the names of the files it opened outside of this folder and of the system
        strace -f -e trace=openat,open,creat -o trace "$@" >/dev/null 2>&1 || return 1
        sed -n 's/.*open[a-z]*([^"]*"\([^"]*\)".*/\1/p' trace | sed 's|^[^/]|'"$TMP"'/run/&|' | sort -u |
            grep -v -e "^$TMP/run" -e '^/lib' -e '^/usr/lib' -e '^/etc/ld.so' -e '^/etc/localtime' -e '^/usr/share/zoneinfo' \
                -e '^/proc/self' -e '^/proc/cpuinfo' -e '^/proc/meminfo' -e '^/sys/devices/system' -e '^/dev/' || true
    }
    for command in 'train --units 5 --steps 100 --trials 4 --curvature-trials 2 --updates 1 --log log.tsv --output network.gn' \
        'probe-tuning --trials 6 --bins 6 --output probe.gn network.gn' \
        'probe-tuning --uninterrupted --steps 2000 --output run.gn network.gn' \
        'score-units --shifts 99 --noise-maps 99 --output scores.tsv probe.gn run.gn' \
        'connectivity --shuffles 99 --output connectivity.tsv network.gn probe.gn scores.tsv' \
        'gn-dump --array rate_map --output map probe.gn' \
        'pick-units --output picks.tsv scores.tsv'; do
        # shellcheck disable=SC2086 # a command
        if opened "$BIN"/$command >found; then
            check "reads nothing that was not named: ${command%% *}" test ! -s found
            sed 's/^/#   /' found
        else
            fail "did not run under strace: $command"
        fi
    done
else
    ok 'files that are opened # SKIP no strace, or a sanitizer'
fi
cd "$TMP/tree"
expect_exit 0 draw build two.svg
check 'settings of the user'"'"'s own do not reach the figures' cmp one.svg two.svg

# ---- what reaches a shell ------------------------------------------------------------------------

# shellcheck disable=SC2016 # it is the text that counts
for setting in 'BUILD=x;touch taken' 'THREADS=1;touch taken' 'THREADS=`touch taken`' "NAME=x';touch taken;'" 'SEED=1|touch taken' \
    "ONLY=';touch taken;'" 'PROFILE=quick&touch taken' 'THREADS=1
touch taken'; do
    expect_exit 2 make "$setting" experiment
    check "said in one line, not run: ${setting%%=*}" test "$(wc -l <"$TMP/err")" -eq 1 -a ! -e taken
done
touch "$TMP/run/a file; touch taken; \$(touch taken)"
expect_exit 3 "$BIN/gn-check" "$TMP/run/a file; touch taken; \$(touch taken)"
check 'nor is the name of a file' test ! -e taken
finish
