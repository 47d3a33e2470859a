#!/bin/sh
# Trains a stretch of a released network again and compares bytes:
#
#   verify.sh RELEASED-FOLDER SCRATCH-FOLDER [whole]
#
# finds the two networks in the folder (checkpoints or the final network) that are the fewest updates apart, the
# later pair if there are several, resumes the training from the first and compares the result with the second. With
# `whole` it trains from the seed and compares the final network. The recipe is read from the header. Prints one line, and
# exits 1 when a byte differs.
set -eu
released=$1 scratch=$2 whole=${3:-}
: "${BIN:=build/bin}" "${LAUNCH:=}" "${THREADS:=}"

mkdir -p "$scratch"
rm -f "$scratch"/*
"$BIN/gn-dump" "$released/network.gn" >"$scratch/header"
updates=$(sed -n 's/^update	//p' "$scratch/header")
# One --KEY=VALUE a line, as values may have blanks.
awk -F '\t' 'sub(/^recipe\./, "", $1) && $1 != "continue" && $2 != "no" { print "--" $1 ($2 == "yes" ? "" : "=" $2) }' \
    "$scratch/header" >"$scratch/recipe"
if [ -n "$whole" ] && grep -q '^recipe\.continue	' "$scratch/header"; then
    echo "$released: goes on from another network, which is verified on its own; only a stretch is compared"
    whole=
fi
if [ -n "$whole" ]; then
    from=0 to=$updates resume='' expected=$released/network.gn
else
    {
        for file in "$released"/checkpoints/update-*.gn; do
            number=${file##*/update-}
            echo "${number%.gn} $file"
        done
        echo "$updates $released/network.gn"
    } | awk '
        { update = $1 + 0 }
        NR > 1 && update > last && (best == "" || update - last <= best) {
            best = update - last; pair = last " " update " " file " " $2
        }
        { last = update; file = $2 }
        END { print pair }' >"$scratch/pair"
    read -r from to resume expected <"$scratch/pair"
    if [ -z "$expected" ]; then
        echo "$released: no two networks to compare; WHOLE=1 trains it all" >&2
        exit 1
    fi
fi

set -- --updates "$to" --output "$scratch/network.gn" ${resume:+--resume "$resume"} ${THREADS:+--threads "$THREADS"}
while IFS= read -r option; do
    set -- "$@" "$option"
done <"$scratch/recipe"
# shellcheck disable=SC2086 # LAUNCH has words
$LAUNCH "$BIN/train" "$@"
if cmp "$scratch/network.gn" "$expected"; then
    echo "$released: updates $from to $to are the same bytes"
else
    echo "$released: updates $from to $to differ from $expected" >&2
    exit 1
fi
