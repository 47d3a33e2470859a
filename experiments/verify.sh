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

updates=$("$BIN/gn-dump" "$released/network.gn" | awk -F '\t' '$1 == "update" { print $2 }')
recipe=$("$BIN/gn-dump" "$released/network.gn" | awk -F '\t' '
    sub(/^recipe\./, "", $1) && $1 != "continue" {
        if ($2 == "yes") printf "--%s ", $1
        else if ($2 != "no") printf "--%s %s ", $1, $2
    }')
continued=$("$BIN/gn-dump" "$released/network.gn" | awk -F '\t' '$1 == "recipe.continue"')

mkdir -p "$scratch"
rm -f "$scratch"/*
if [ -n "$whole" ]; then
    if [ -n "$continued" ]; then
        echo "$released: goes on from another network, which is verified on its own; only a stretch is compared"
        whole=
    fi
fi
if [ -n "$whole" ]; then
    from=0 to=$updates expected=$released/network.gn resume=
else
    pair=$({
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
        END { print pair }')
    # shellcheck disable=SC2086 # four words
    set -- $pair
    if [ $# -ne 4 ]; then
        echo "$released: no two networks to compare; WHOLE=1 trains it all" >&2
        exit 1
    fi
    from=$1 to=$2 resume="--resume $3" expected=$4
fi

# shellcheck disable=SC2086 # lists of words
$LAUNCH "$BIN/train" $recipe $resume --updates "$to" ${THREADS:+--threads "$THREADS"} \
    --output "$scratch/network.gn"
if cmp "$scratch/network.gn" "$expected"; then
    echo "$released: updates $from to $to are the same bytes"
else
    echo "$released: updates $from to $to differ from $expected" >&2
    exit 1
fi
