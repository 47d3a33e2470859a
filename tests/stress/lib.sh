# shellcheck shell=sh
# For the stress tests, sourced after tests/cli/lib.sh: random moments and what may lie in a folder after a kill.
: "${GN_TEST_SEED:=20180430}"

# A moment of 0 to $1 seconds, in $seconds; the same shares of it for the same seed.
state=$GN_TEST_SEED
moment() {
    state=$(((state * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff))
    # shellcheck disable=SC2034 # the caller's
    seconds=$(awk -v share=$((state >> 33)) -v most="$1" 'BEGIN { printf "%.4f", most * share / 2 ^ 30 }')
}

now() { date +%s.%N; }
since() { awk -v began="$1" -v ended="$(now)" 'BEGIN { printf "%.4f", ended - began }'; }

# all_whole FOLDER REFERENCE: each file under a final name is whole: it has the bytes that the program gave it when nothing
# stopped it, or (provenance, times, states) is as complete as its kind can tell. Names of unfinished files
# end in .tmp-PID, .tmp or .part or begin with .new; they are counted in $unfinished.
all_whole() {
    unfinished=0 whole=0 damaged=
    find "$1" -type f >"$TMP/found"
    while read -r file; do
        name=${file##*/}
        case $name in
        .*.tmp-[0-9]* | *.part | *.tmp | *.new | *.new.* | *.log) unfinished=$((unfinished + 1)) && continue ;;
        *.prov) tail -n 1 "$file" | grep -q '^output	xxh3-128 [0-9a-f]\{32\} ' || damaged="$damaged $file" ;;
        *.state | *.seconds.tsv) "$BIN/gn-check" "$file" >/dev/null 2>&1 || damaged="$damaged $file" ;;
        *) cmp -s "$file" "$2${file#"$1"}" || damaged="$damaged $file" ;;
        esac
        whole=$((whole + 1))
    done <"$TMP/found"
    [ -z "$damaged" ] || echo "# not whole:$damaged"
    [ -z "$damaged" ]
}
