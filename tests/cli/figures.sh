#!/bin/sh
# Figures are the same bytes each time, say the profile, and fail when their data is missing.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8

folder=$TMP/data/square/seed-1
mkdir -p "$folder/figures"
"$BIN/train" --units 4 --steps 60 --trials 16 --curvature-trials 8 --updates 1 --output "$folder/network.gn" 2>/dev/null
"$BIN/track" "$folder/network.gn" --output "$folder/track.tsv" 2>/dev/null
"$BIN/arena-walls" "$folder/network.gn" --output "$folder/figures/walls.tsv" 2>/dev/null

draw() { gnuplot -e "data='$1'; profile='$2'; out='$3'" figures/fig1c.gp; }
for type in svg png; do
    check "drawn as $type" draw "$TMP/data" paper "$TMP/one.$type" 2>/dev/null
    sleep 1
    check "and again" draw "$TMP/data" paper "$TMP/two.$type" 2>/dev/null
    check "the same bytes" cmp -s "$TMP/one.$type" "$TMP/two.$type"
done
check "the network's path is in it" grep -q 'network' "$TMP/one.svg"
draw "$TMP/data" quick "$TMP/quick.svg" 2>/dev/null
check "a quick figure says so" grep -q 'quick profile' "$TMP/quick.svg"
check "a real one does not" sh -c "! grep -q 'quick profile' '$TMP/one.svg'"
expect_exit 1 draw "$TMP/nowhere" paper "$TMP/none.svg"

# every script of a figure has its rule and its caption
for script in figures/*.gp; do
    name=$(basename "$script" .gp)
    case $name in
    style | sheet | curves | legend | appendix | compared | contacts | controls) continue ;; # parts of figures
    experiment | thumbnail) continue ;;                                # of any one network
    esac
    check "$name has a row in figures.tsv" grep -q "^$name	" figures/figures.tsv
    check "$name has a caption" grep -q "^$name	" figures/captions.tsv
done

# What updates cost is taken from what the trainer counted, and refused when a training was not made in one go.
speed=$TMP/speed/seed-1
"$BIN/train" --units 4 --steps 60 --trials 16 --curvature-trials 8 --updates 3 --seed 1 --log "$speed/log.tsv" \
    --output "$speed/network.gn" 2>/dev/null
collect() { awk -v machine=this -f figures/seconds.awk "$speed"; }
expect_exit 0 collect
collect >"$TMP/speed.tsv"
counted() { grep -v '^#' "$speed/network.gn.seconds.tsv" | awk -F '\t' 'NR > 1 && NR < 4 { sum += $4 } END { print sum }'; }
check "before the last update, the passes of those before it" test "$(counted)" -gt 0 -a \
    "$(tail -n 1 "$TMP/speed.tsv" | cut -f 1-3,6)" = "speed	1	2	$(counted)"
sed -i 's/^1\t.*/1\t0.1\tnan\tnan/' "$speed/network.gn.seconds.tsv"
expect_exit 1 collect
rm "$speed/network.gn.seconds.tsv"
expect_exit 1 collect
finish
