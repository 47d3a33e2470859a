#!/bin/sh
# Copies the trained runs of an experiment to data/released: release.sh NAME WORK SEED...
# Modification times are kept, so that make does not redo anything. Of the checkpoints, it copies those of phases (with a
# folder update-NNNNNN beside the network) and the last one before the end.
set -eu
name=$1 work=$2
shift 2
test $# -gt 0 || { echo "NAME='$name': expected an experiment (make keys, make status)" >&2; exit 2; }
for seed in "$@"; do
    run=$work/$name/seed-$seed to=data/released/$name/seed-$seed
    if cmp -s "$run/network.gn" "$to/network.gn"; then
        echo "$name/seed-$seed: is the released one"
        continue
    fi
    rm -rf "$to" && mkdir -p "$to/checkpoints"
    last=
    for checkpoint in "$run"/checkpoints/update-*.gn; do
        number=$(basename "$checkpoint" .gn)
        test ! -d "$run/$number" || cp -p "$checkpoint" "$to/checkpoints/"
        last=$checkpoint
    done
    test -z "$last" || cp -p "$last" "$to/checkpoints/"
    cp -p "$run/log.tsv" "$run/network.gn" "$to/" && echo "$to"
done
