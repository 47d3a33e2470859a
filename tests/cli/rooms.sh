#!/bin/sh
# The rooms of src: a file includes only from its own room and those before it (src/rules.mk has their order).
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
rooms=$(sed -n 's/^rooms := //p' "$root/src/rules.mk")
check 'src/rules.mk lists the rooms' test -n "$rooms"

upward() { # SOURCE-FOLDER: prints the includes that do not point down
    find "$1" -name '*.[ch]' | while read -r file; do
        room=${file#"$1"/}
        room=${room%%/*}
        sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | while read -r from; do
            known=
            for r in $rooms programs; do
                test "$r" = "$from" && known=yes
                test "$r" = "$room" && break
            done
            test -n "$known" || echo "$file: $from"
        done
    done
}
upward "$root/src" >"$TMP/up"
sed 's/^/# /' "$TMP/up"
check 'no include points up' test ! -s "$TMP/up"

# The test itself: an include upward is seen.
mkdir -p "$TMP/src/base" "$TMP/src/io"
echo '#include "io/table.h"' >"$TMP/src/base/bad.c"
echo '#include "base/error.h"' >"$TMP/src/io/good.c"
check 'one upward, one downward' test "$(upward "$TMP/src")" = "$TMP/src/base/bad.c: io"

check 'every folder of src is a room' sh -c "
    for folder in '$root'/src/*/; do
        name=\$(basename \"\$folder\")
        case ' $rooms programs ' in *\" \$name \"*) ;; *) echo \"# \$name\"; exit 1 ;; esac
    done"
finish
