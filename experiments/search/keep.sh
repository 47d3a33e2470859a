#!/bin/sh
# Keeps what the search found: keep.sh RANKING SEARCH FOLDER copies the ranking to FOLDER and, of the networks in it, the
# fingerprints (one table after the other) and the pictures of all maps, and writes a page that shows ranking and pictures.
# Of networks that are not in SEARCH, what FOLDER has stays. Folders of SEARCH that are not in the ranking are of rows that
# the search's table had before.
set -eu
ranking=$1 search=$2 kept=$3
new=$kept.new
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$new" && mkdir -p "$new"
cp "$ranking" "$new/ranking.tsv"

# The table of fingerprints of a network, ID or ID/seed-S, from those that are kept.
earlier_table() {
    test -e "$kept/fingerprints.tsv" || return 0
    awk -F '\t' -v id="${1%/seed-*}" -v seed="${1##*/seed-}" '
        /^# format/ { table = ""; named = 0; wanted = 0 }
        { table = table $0 "\n" }
        !/^#/ && named++ == 1 { wanted = $1 == id && $3 == seed }
        /^# end/ && wanted { printf "%s", table }' "$kept/fingerprints.tsv"
}

awk -F '\t' '!/^#/ && names++ { print $1 ~ /\/seed-/ ? $1 : $1 "/seed-1", $2 }' "$ranking" | sort | while read -r network status; do
    from=$search/$network picture=${network%/*}-${network#*/}.png
    if test -e "$from/fingerprints.tsv"; then
        cat "$from/fingerprints.tsv" >>"$new/fingerprints.tsv"
    elif test "$status" = scored; then
        earlier_table "$network" >>"$new/fingerprints.tsv"
    fi
    if test -e "$from/maps.png"; then
        cp "$from/maps.png" "$new/$picture"
    elif test "$status" = scored && test -e "$kept/$picture"; then
        cp -p "$kept/$picture" "$new/$picture"
    fi
done
test -s "$new/fingerprints.tsv" || rm -f "$new/fingerprints.tsv"
awk -f experiments/search/page.awk "$ranking" >"$new/README.md"
rm -rf "$kept" && mv "$new" "$kept" && echo "$kept/README.md"
