#!/bin/sh
# env/completion.bash: options, choices and files, as bash would ask for them.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
completion=$(cd "$(dirname "$0")/../.." && pwd)/env/completion.bash
command -v bash >/dev/null 2>&1 || { ok 'completion # SKIP no bash'; exit 0; }

# completions WORD...: what the last word may become, one a line
completions() {
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gridnav; printf "%s\n" "${COMPREPLY[@]}"' "$completion" "$@"
}
check 'an option by its beginning' test "$(completions "$BIN/train" --curvature-t)" = --curvature-trials
check 'all of a beginning' test "$(completions "$BIN/train" --metabolic- | wc -l)" -eq 3
check 'a choice by its beginning' test "$(completions "$BIN/train" --arena h)" = hexagon
check 'all choices' test "$(completions "$BIN/train" --still '' | tr '\n' ' ')" = 'held diffusing '
check 'nothing that is not there' test -z "$(completions "$BIN/train" --colour)"
: >"$TMP/network-of-mine.gn"
check 'files elsewhere' test "$(completions "$BIN/probe-tuning" "$TMP/net")" = "$TMP/network-of-mine.gn"
check 'each program has it' bash -c ". '$completion'; complete -p build/bin/train >/dev/null && complete -p score-units >/dev/null"
finish
