#!/bin/sh
# Copies the trained networks of an experiment to data/released: release.sh NAME WORK 'PHASE ...' SEED...
# The version of the training's algorithm is kept with each.
# Times are kept, so that nothing is made again because of the copy. Of the checkpoints, those of the phases are copied
# and the last one, from which the network is verified.
# Earlier releases are replaced only when the new ones of all seeds are complete.
set -eu
name=$1 work=$2 phases=$3
shift 3
test $# -gt 0 || { echo "NAME='$name': expected an experiment (make keys, make status)" >&2; exit 2; }
released=data/released/$name
: "${BIN:=build/bin}"
new=data/released/.new-$name # a name that no rule takes for an experiment
of() { "$BIN/gn-dump" "$1" | grep '^recipe'; } # the recipe of a network
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$new"
for seed in "$@"; do
    from=$work/$name/seed-$seed to=$new/seed-$seed
    if cmp -s "$from/network.gn" "$released/seed-$seed/network.gn"; then
        echo "$name/seed-$seed: is the released one"
        continue
    fi
    mkdir -p "$to/checkpoints"
    # The last checkpoint before the network's update, of its recipe: another training may have left others there.
    recipe=$(of "$from/network.gn")
    update=$("$BIN/gn-dump" "$from/network.gn" | awk '$1 == "update" { print $2 }')
    last=
    for checkpoint in "$from"/checkpoints/update-*.gn; do
        number=$(echo "$checkpoint" | sed 's/.*update-0*\([0-9]\)/\1/; s/\.gn$//')
        test "$number" -ge "$update" || test "$(of "$checkpoint")" != "$recipe" || last=$checkpoint
    done
    test -n "$last" || { echo "$from: no checkpoint of this training, from which its network could be verified" >&2; exit 1; }
    for phase in $phases; do cp -p "$from/checkpoints/update-$(printf %06d "$phase").gn" "$to/checkpoints/"; done
    cp -p "$last" "$to/checkpoints/"
    sed -n 's/^train algorithm [0-9]*$/&/p' "$from/network.gn.args" >"$to/algorithm"
    gzip -9nc "$from/log.tsv" >"$to/log.tsv.gz"
    cp -p "$from/network.gn" "$to/"
done
for folder in "$new"/seed-*; do
    test -e "$folder" || continue
    to=$released/${folder##*/}
    mkdir -p "$released"
    rm -rf "$to"
    mv "$folder" "$to"
    echo "$to"
done
