#!/bin/sh
# keep.sh RANKING RUNS FOLDER copies the ranking of the search and the pictures of all maps to FOLDER and writes a page
# that shows both.
set -eu
ranking=$1 runs=$2 kept=$3
rm -rf "$kept" && mkdir -p "$kept"
cp "$ranking" "$kept/ranking.tsv"
for png in "$runs"/*/seed-*/maps.png; do
    test -e "$png" || continue
    run=${png#"$runs"/}
    run=${run%/maps.png}
    cp "$png" "$kept/${run%%/*}-${run#*/}.png"
done
awk -f experiments/search/page.awk "$ranking" >"$kept/README.md" && echo "$kept/README.md"
