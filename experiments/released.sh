#!/bin/sh
# Takes a released run for a training when its recipe is the one asked for:
#
#   released.sh RELEASED-DIRECTORY DIRECTORY SEED 'OPTIONS OF TRAIN'
#
# exits 0 after copying network.gn, log.tsv and checkpoints (and leaving network.from), 1 (saying why on stderr) when the
# header of the released network differs. The header holds every option that changes the result
# as recipe.KEY; the options below change none.
set -eu
from=$1 to=$2 seed=$3 options=$4
: "${GN_DUMP:=build/bin/gn-dump}"

"$GN_DUMP" "$from/network.gn" | awk -v options="$options" -v seed="$seed" -v from="$from" '
    function differ(what) { print from ": not used, " what > "/dev/stderr"; found = 1; exit 1 }
    function same(a, b) {
        return a == b || (a ~ /^[-+.0-9]/ && b ~ /^[-+.0-9]/ && a !~ /,/ && a + 0 == b + 0)
    }
    BEGIN {
        FS = "\t"
        n = split(options " --seed " seed, word, " ")
        for (i = 1; i <= n; i++)
            if (sub(/^--/, "", word[i]))
                asked[word[i]] = (i < n && word[i + 1] !~ /^--/) ? word[i + 1] : "yes"
        delete asked["checkpoint-updates"]; delete asked["state-every"]
        # the header has the size that 0 stands for
        if (asked["arena-size"] == 0) asked["arena-size"] = asked["arena"] == "triangle" ? 1.3 : 1
    }
    $1 == "update" {
        if ($2 + 0 != asked["updates"] + 0) differ($2 " updates there and " asked["updates"] " here")
        delete asked["updates"]
    }
    sub(/^recipe\./, "", $1) {
        if ($1 in asked) {
            # of the network it went on from, the header has a hash and the experiment a name
            if ($1 != "continue" && !same(asked[$1], $2)) differ($1 " is " $2 " there and " asked[$1] " here")
            delete asked[$1]
        } else if ($2 != "no")
            differ($1 " is " $2 " there and not set here")
        recipe = 1
    }
    END {
        if (found) exit 1
        if (!recipe) differ("no recipe could be read")
        for (key in asked) differ(key " is not in its recipe")
    }' || exit 1

updates=$(printf '%s\n' "$options" | sed -n 's/.*--updates \([0-9]*\).*/\1/p')
# Whoever asks for other checkpoints than the released ones must train.
for update in $(printf '%s\n' "$options" | sed -n 's/.*--checkpoint-updates \([0-9,]*\).*/\1/p' | tr ',' ' '); do
    [ "$update" -le "$updates" ] || continue
    file=checkpoints/update-$(printf %06d "$update").gn
    test -e "$from/$file" || { echo "$from: not used, $file is not there" >&2; exit 1; }
done

mkdir -p "$to/checkpoints"
take() { cp "$from/$1" "$to/$1.part" && mv "$to/$1.part" "$to/$1"; }
take log.tsv
for file in "$from"/checkpoints/*.gn; do
    take "${file#"$from/"}"
done
echo released >"$to/network.from"
take network.gn
echo "$to: taken from $from" >&2
