# shellcheck shell=sh
# Sourced by the tests of the programs: . "$(dirname "$0")/lib.sh"
#   $BIN   folder of the programs     $TMP   scratch folder, removed at the end
#   ok TEXT, fail TEXT                one finished check
#   check TEXT COMMAND...             ok when the command succeeds
#   expect_exit CODE COMMAND...       ok when it exits with CODE; its output is in $TMP/out, $TMP/err
#   one_line WORD...                  ok when $TMP/err is one line that has all words
set -eu
: "${BIN:=$(cd "$(dirname "$0")/../.." && pwd)/build/bin}"
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 1' HUP INT TERM
export LC_ALL=C TZ=UTC

ok() { echo "ok - $*"; }
fail() {
    echo "not ok - $*"
    failures=$((failures + 1))
}
failures=0

check() {
    check_text=$1
    shift
    if "$@"; then ok "$check_text"; else fail "$check_text"; fi
}

expect_exit() {
    expected=$1
    shift
    status=0
    "$@" >"$TMP/out" 2>"$TMP/err" || status=$?
    if [ "$status" -eq "$expected" ]; then
        ok "exit $expected: $(basename "$1") $(echo "$*" | cut -d' ' -f2- | cut -c1-90)"
    else
        fail "exit $status, expected $expected: $*"
        sed 's/^/#   /' "$TMP/err"
    fi
}

one_line() {
    if [ "$(wc -l <"$TMP/err")" -ne 1 ]; then
        fail "expected one line on stderr:"
        sed 's/^/#   /' "$TMP/err"
        return
    fi
    for word in "$@"; do
        grep -qF -- "$word" "$TMP/err" || {
            fail "no '$word' in: $(cat "$TMP/err")"
            return
        }
    done
    ok "says so: $(cut -c1-120 "$TMP/err")"
}

# Call at the end.
finish() { [ "$failures" -eq 0 ]; }
