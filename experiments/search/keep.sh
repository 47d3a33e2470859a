#!/bin/sh
# Keeps what the search found: keep.sh RANKING SEARCH FOLDER copies the ranking, the fingerprints of all networks (one table
# after the other) and the pictures of all maps to FOLDER and writes a page that shows ranking and pictures.
set -eu
ranking=$1 search=$2 kept=$3
rm -rf "$kept" && mkdir -p "$kept"
cp "$ranking" "$kept/ranking.tsv"
for png in "$search"/*/seed-*/maps.png; do
    test -e "$png" || continue
    network=${png#"$search"/}
    network=${network%/maps.png}
    cp "$png" "$kept/${network%%/*}-${network#*/}.png"
done
for prints in "$search"/*/seed-*/fingerprints.tsv; do
    test -e "$prints" && cat "$prints" >>"$kept/fingerprints.tsv"
done
awk -f experiments/search/page.awk "$ranking" >"$kept/README.md" && echo "$kept/README.md"
