#!/bin/sh
# Keeps what the search found: keep.sh RANKING SEARCH FOLDER copies the ranking to FOLDER and, of the networks in it, the
# fingerprints (one table after the other) and the pictures of all maps, and writes a page that shows ranking and pictures.
# Folders of SEARCH that are not in the ranking are of rows that the search's table had before.
set -eu
ranking=$1 search=$2 kept=$3
rm -rf "$kept" && mkdir -p "$kept"
cp "$ranking" "$kept/ranking.tsv"
awk -F '\t' '!/^#/ && names++ { print $1 ~ /\/seed-/ ? $1 : $1 "/seed-1" }' "$ranking" | sort | while read -r network; do
    from=$search/$network
    test ! -e "$from/maps.png" || cp "$from/maps.png" "$kept/${network%/*}-${network#*/}.png"
    test ! -e "$from/fingerprints.tsv" || cat "$from/fingerprints.tsv" >>"$kept/fingerprints.tsv"
done
awk -f experiments/search/page.awk "$ranking" >"$kept/README.md" && echo "$kept/README.md"
