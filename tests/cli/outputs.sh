#!/bin/sh
# Outputs are checked before a program starts its work: missing folders are made, or the program fails at once.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$TMP"
train() {
    "$BIN/train" --units 10 --steps 30 --trials 20 --curvature-trials 10 --updates 6 --checkpoint-updates 5 --threads 1 "$@"
}
echo x >file

expect_exit 0 train --log logs/deep/log.tsv --checkpoints kept/here --output made/a.gn
check 'the log, its folder made' test -s logs/deep/log.tsv
check 'the checkpoints, their folder made' test -s kept/here/update-000005.gn
check 'the network' test -s made/a.gn
# Refused before the first update: the line about kernels is not printed, and no file is left.
for wrong in '--log file/log.tsv' '--checkpoints file' '--checkpoints file/here' '--log logs' '--log logs/'; do
    # shellcheck disable=SC2086 # an option and its value
    expect_exit 1 train $wrong --output new/b.gn
    # shellcheck disable=SC2086
    one_line ${wrong#* }
    check 'no folder is left' test ! -e new
done
if [ "$(id -u)" -ne 0 ]; then
    mkdir locked
    chmod 500 locked
    expect_exit 1 train --checkpoints locked --output b.gn
    one_line locked 'Permission denied'
fi
# Two outputs that are one file.
for same in b.gn ./b.gn new/../b.gn; do
    expect_exit 2 train --log $same --output b.gn
    one_line b.gn 'same file' --log --output
done
mkdir -p made/x
expect_exit 2 train --log made/x/../b.tsv --output made/b.tsv
# The network that is continued is not overwritten, but a training may be resumed in place.
cp made/a.gn kept.gn
expect_exit 2 train --continue made/a.gn --output made/a.gn
one_line 'same file' made/a.gn
expect_exit 2 train --resume made/a.gn --log made/a.gn --output c.gn
expect_exit 2 train --trajectories file --steps 30 --log file --output c.gn
check 'the network is as it was' cmp made/a.gn kept.gn
expect_exit 0 train --resume made/a.gn --output made/a.gn
# Files beside the output: the state, the durations, the provenance, the checkpoints.
for side in state seconds.tsv prov; do
    expect_exit 2 train --log new/b.gn.$side --output new/b.gn
    one_line "new/b.gn.$side" 'same file' --log
    check 'no folder is left' test ! -e new
    cp made/a.gn c.gn.$side
    expect_exit 2 train --continue c.gn.$side --output c.gn
    one_line "c.gn.$side" 'which is read'
done
check 'the network is as it was' cmp made/a.gn c.gn.state
cp kept/here/update-000005.gn kept.gn
expect_exit 2 train --continue kept/here/update-000005.gn --checkpoints kept/../kept/here --output c.gn
one_line --checkpoints update-000005.gn 'which is read'
expect_exit 2 train --checkpoints kept/here --output kept/here/update-000005.gn
one_line --checkpoints update-000005.gn 'same file'
check 'the checkpoint is as it was' cmp kept/here/update-000005.gn kept.gn
expect_exit 0 train --resume kept/here/update-000005.gn --checkpoints kept/here --output c.gn
cp kept.gn kept/here/other.gn
expect_exit 0 train --continue kept/here/other.gn --checkpoints kept/here --output c.gn
# Names that leave no room for those of the files beside, and a link that leads nowhere.
long=$(printf '%0240d' 0)
expect_exit 1 train --output "$long"
one_line "$long" 'too long'
ln -s nowhere/n.gn link.gn
expect_exit 1 train --output link.gn
one_line link.gn 'is a link'

"$BIN/probe-tuning" --trials 30 --bins 8 --skip 5 --output probe.gn made/a.gn 2>/dev/null
"$BIN/probe-tuning" --uninterrupted --steps 3000 --every 5 --skip 5 --output run.gn made/a.gn 2>/dev/null
expect_exit 1 "$BIN/score-units" --shifts 99 --noise-maps 99 --null-output file/null.tsv probe.gn run.gn
one_line file/null.tsv
check 'no scores are printed' test ! -s out
expect_exit 2 "$BIN/score-units" --shifts 99 --noise-maps 99 --null-output probe.gn probe.gn run.gn
one_line --null-output 'same file'
expect_exit 0 "$BIN/score-units" --shifts 99 --noise-maps 99 --null-output nulls/null.tsv --output scores.tsv probe.gn run.gn
check 'the nulls, their folder made' test -s nulls/null.tsv
# A map in a folder of maps, whatever the folder is called by.
mkdir maps
awk 'BEGIN { for (y = 0; y < 6; y++) { for (x = 0; x < 6; x++) printf "%d ", x * y; print "" } }' >maps/a.txt
cp maps/a.txt kept.txt
for folder in maps maps/ made/../maps; do
    expect_exit 2 "$BIN/score-units" --noise-maps 99 --map $folder --output maps/a.txt
    one_line --output maps/a.txt 'in the folder'
done
expect_exit 2 "$BIN/score-units" --noise-maps 99 --map maps/a.txt maps --output ./maps/a.txt
check 'the map is as it was' cmp maps/a.txt kept.txt
expect_exit 2 "$BIN/score-units" --noise-maps 99 --map maps --output maps/scores.tsv
expect_exit 0 "$BIN/score-units" --noise-maps 99 --map maps --output scores/maps.tsv
expect_exit 2 "$BIN/map-sheet" --outline maps.tsv --output maps.tsv probe.gn
finish
