#!/bin/sh
# Takes a released network instead of a training: take.sh RELEASED-FOLDER FOLDER copies the network, its log and its
# checkpoints. (Whether its recipe is the one asked for, the plan has found out.)
set -eu
from=$1 to=$2
mkdir -p "$to/checkpoints"
take() { cp "$from/$1" "$to/$1.part" && mv "$to/$1.part" "$to/$1"; }
for file in "$from"/checkpoints/*.gn; do
    test ! -e "$file" || take "${file#"$from/"}"
done
take log.tsv
take network.gn
echo "$to: taken from $from" >&2
