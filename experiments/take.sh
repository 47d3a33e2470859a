#!/bin/sh
# Takes a released network instead of training one: take.sh RELEASED-FOLDER FOLDER copies the network, its log, which is
# released packed, and its checkpoints. The program `plan` has checked that its recipe is the wanted one.
set -eu
from=$1 to=$2
mkdir -p "$to/checkpoints"
take() { cp "$from/$1" "$to/$1.part" && mv "$to/$1.part" "$to/$1"; }
for file in "$from"/checkpoints/*.gn; do
    test ! -e "$file" || take "${file#"$from/"}"
done
gzip -dc "$from/log.tsv.gz" >"$to/log.tsv.part"
mv "$to/log.tsv.part" "$to/log.tsv"
take network.gn
echo "$to: taken from $from" >&2
