#!/bin/sh
# fingerprints: its rows recomputed from the other programs' results on the same trials, threads, several tables
# put together, refusals.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$TMP"

# Walks that meet the walls often, so that all groups of Fig. 6a have trials.
recipe='--steps 150 --trials 64 --curvature-trials 32 --zero-speed 0.5 --top-speed 0.1'
# shellcheck disable=SC2086 # several words
train() { "$BIN/train" $recipe "$@" 2>/dev/null; }
train --units 12 --updates 15 --output network.gn
train --units 12 --updates 8 --output early.gn
train --units 8 --updates 1 --output small.gn
train --units 12 --updates 1 --arena triangle --output triangle.gn
paper=$root/paper/fingerprints.tsv

fingerprints() { "$BIN/fingerprints" --paper "$paper" --trials 300 --contact-trials 5000 --seed 4 "$@"; }
# rows FILE: a table's rows without its keys, names and end.
rows() { awk '!/^#/ && names++' "$1"; }
# value ID [COLUMN]
value() { rows prints.tsv | awk -F '\t' -v id="$1" -v column="${2:-6}" '$5 == id { print $column }'; }
near() { awk -v a="$1" -v b="$2" -v tolerance="$3" 'BEGIN { d = a - b; exit !(a != "" && d <= tolerance && -d <= tolerance) }'; }
# as_wanted WHERE-FROM: the values are those that `wanted` lists
as_wanted() {
    while read -r id expected; do
        check "$id, $1" near "$(value "$id")" "$expected" 1e-9
    done <"$TMP/wanted"
}

expect_exit 0 fingerprints --threads 1 --early early.gn --label held --skip 20 --per-unit units.tsv --output prints.tsv network.gn
expect_exit 0 fingerprints --threads 3 --early early.gn --label held --skip 20 --per-unit again-units.tsv --output again.tsv network.gn
check 'the same bytes with 3 threads' cmp prints.tsv again.tsv
check 'and of the units' cmp units.tsv again-units.tsv
for file in prints.tsv units.tsv; do expect_exit 0 "$BIN/gn-check" $file; done
check 'columns' grep -qx 'recipe	arena	seed	update	id	value	spread	low	high	tolerance	distance' prints.tsv
check 'the network stands in every row' sh -c "test \"\$(awk '!/^#/ && n++' prints.tsv | cut -f 1-4 | sort -u)\" = 'held	square	1	15'"
check 'rows: those of the paper, in its order, and the total' sh -c "
    { grep -v '^#' '$paper' | sed 1d | cut -f 1; echo total; } >ids && awk '!/^#/ && n++' prints.tsv | cut -f 5 | cmp - ids"
check 'ranges: those of the paper' sh -c "
    awk -F '\t' '!/^#/ && n++ && \$5 != \"total\" { printf \"%s %.9g %.9g %.9g\n\", \$5, \$8, \$9, \$10 }' prints.tsv >measured
    awk -F '\t' '!/^#/ && n++ { printf \"%s %.9g %.9g %.9g\n\", \$1, \$5, \$6, \$7 }' '$paper' | cmp - measured"

# ---- distances -----------------------------------------------------------------------------------

check 'distances are in tolerances beyond the range' awk -F '\t' '
    /^#/ || !names++ || $5 == "total" { next }
    $6 == "nan" || $8 == "nan" { if ($11 != "nan") exit 1; next }
    { d = $6 < $8 ? ($8 - $6) / $10 : $6 > $9 ? ($6 - $9) / $10 : 0; e = d - $11; if (e > 1e-9 || e < -1e-9) exit 1; n++ }
    END { if (n < 12) exit 1 }' prints.tsv
rows prints.tsv | awk -F '\t' '$5 != "total" && $11 != "nan" { d = $11 > 10 ? 10 : $11; s += d * d; n++ }
    END { printf "%d %.12g\n", n, sqrt(s / n) }' >expected
read -r defined total <expected
check 'the total is their root mean square, each at most 10' near "$(value total 11)" "$total" 1e-9
check 'and says how many there are' test "$(value total)" = "$defined"

# ---- Fig. 6a, from boundary-error on the same trials -----------------------------------------------

"$BIN/boundary-error" --seed 4 --trials 5000 --output boundary.tsv network.gn 2>/dev/null
rows boundary.tsv | sed -n 's/^redraws\t//p' | awk -F '\t' '
    $1 == "none" { n++; st += $2; se += $3; stt += $2 * $2; ste += $2 * $3 }
    $2 >= -20 && $2 <= -1 { before[$1] += $3 / 20 }
    $2 >= 25 { after[$1] += $3 / 16 }
    $2 == 0 && $1 != "none" { all += $5; if ($1 == "6-50") last = $5 }
    END {
        printf "error_growth %.12g\nerror_level %.12g\n", (ste - st * se / n) / (stt - st * st / n), se / n
        split("0 1 2-5 6-50", group, " ")
        split("fall_0 fall_1 fall_2_to_5 fall_6_to_50", id, " ")
        for (g = 1; g <= 4; g++) {
            ratio[g] = after[group[g]] / before[group[g]]
            printf "%s %.12g\n", id[g], ratio[g] - after["none"] / before["none"]
        }
        for (a = 1; a <= 4; a++) for (b = a + 1; b <= 4; b++) order += ratio[a] > ratio[b] ? 1 : -1
        printf "fall_order %.12g\nfilled_redraws %.12g\n", order / 6, last / all
    }' >wanted
rows boundary.tsv | sed -n 's/^steps\t//p' | awk -F '\t' '$2 == 0 && $1 != "none" { all += $5; if ($1 == "6-50") last = $5 }
    END { printf "filled_steps %.12g\n", last / all }' >>wanted
check 'all nine have a value' test "$(grep -c '[0-9]$' wanted)" -eq 9
as_wanted 'from boundary-error'

# ---- maps and curves, from probe-tuning on the same trials -------------------------------------------

"$BIN/probe-tuning" --seed 4 --trials 300 --skip 20 --output probe.gn network.gn 2>/dev/null
"$BIN/selectivity" --output selectivity.tsv probe.gn 2>/dev/null
"$BIN/map-sheet" --columns 1 --gap 0 --cells cells.tsv --output sheet.tsv probe.gn 2>/dev/null
awk 'BEGIN { print "unit\tclass"; for (i = 0; i < 12; i++) print i "\tirregular" }' >classes.tsv
awk -v width=0.0625 -f "$root/tests/cli/wavelength.awk" cells.tsv classes.tsv sheet.tsv | sed 1d | cut -f 3 >wavelengths
check 'wavelengths, as of the sheets of maps' sh -c "
    awk '!/^#/ && n++' units.tsv | cut -f 5 | paste - wavelengths | awk '
        { d = \$1 / \$2 - 1; if (d > 1e-4 || d < -1e-4) exit 1; n++ } END { if (n != 12) exit 1 }'"
rows selectivity.tsv | awk -F '\t' '{ speed += $2 * 0.1 >= 0.2; direction += $3 >= 0.2; n++ }
    END { printf "%.12g %.12g\n", speed / n, direction / n }' >expected
read -r speed direction <expected
check 'visible speed slopes' near "$(value speed_visible)" "$speed" 1e-9
check 'visible direction tuning' near "$(value direction_visible)" "$direction" 1e-9
rows units.tsv | awk -F '\t' '
    ($4 == 1) != ($2 >= 0.8 && $3 >= 0.05) { exit }
    $4 { n++; saturation += $6; transition += $7; no_ramp += $8 < 0.9; wave[n] = $5 }
    $14 && $15 >= 0.9 { border++; wall[$16]++ }
    END {
        for (w = 0; w < 4; w++) walls += wall[w] > 0
        for (i = 1; i <= n; i++) for (k = i + 1; k <= n; k++) if (wave[k] < wave[i]) { t = wave[i]; wave[i] = wave[k]; wave[k] = t }
        printf "counted %.12g\nsaturation %.12g\ntransition %.12g\nno_ramp %.12g\nearly_border %.12g\nearly_walls %.12g\nwavelength %.12g\n", \
            n / NR, saturation / n, transition / n, no_ramp / n, border / NR, walls / 4, (wave[int((n + 1) / 2)] + wave[int(n / 2 + 1)]) / 2
    }' >wanted
as_wanted 'from the units'

# ---- without an early checkpoint, and several together ---------------------------------------------------

expect_exit 0 fingerprints --skip 20 --output alone.tsv network.gn
rows alone.tsv | awk -F '\t' '$5 ~ /^early/ { print $6, $7, $11 }' >early
check 'no early checkpoint, no value' sh -c "test \"\$(sort -u early)\" = 'nan nan nan'"
check 'all else is the same' sh -c "awk '!/^#/ && n++ && !/\t(early_|total)/' prints.tsv | sed 's/^held/network/' >a
    awk '!/^#/ && n++ && !/\t(early_|total)/' alone.tsv | cmp - a"
expect_exit 0 fingerprints --label 'the same' --early network.gn --output same.tsv network.gn
check 'an early checkpoint may be the network itself' sh -c "test \"\$(awk -F '\t' '\$5 == \"early_border\" { print \$6 }' same.tsv)\" != nan"

expect_exit 0 "$BIN/fingerprints" --paper "$paper" --trials 300 --contact-trials 0 --seed 4 --skip 20 --early early.gn --label held \
    --output maps.tsv network.gn
rows maps.tsv | sed -n 1,9p | cut -f 6,7,11 | sort -u >none
check 'no trials for Fig. 6a, no value' test "$(cat none)" = 'nan	nan	nan'
check 'the maps are the same' sh -c "awk '!/^#/ && n++' prints.tsv | sed -n 10,17p >a; awk '!/^#/ && n++' maps.tsv | sed -n 10,17p | cmp - a"

# ---- the figure, of several tables ------------------------------------------------------------------------

mkdir search
cat alone.tsv same.tsv >search/prints.tsv
draw() {
    (cd "$root" && LC_ALL=C.UTF-8 gnuplot -e "data='$TMP'; profile='paper'; out='$TMP/drawn.$1';
        needs='paper/fingerprints.tsv $TMP/search/prints.tsv $TMP/prints.tsv'" figures/fingerprints.gp)
}
drawn() { (cd "$root" && awk -v show="$1" -f figures/fingerprints.awk paper/fingerprints.tsv "$TMP/search/prints.tsv" "$TMP/prints.tsv"); }
drawn rows >drawn-rows
total() { awk -F '\t' -v name="$1" '$1 == name && $5 == "total" { print $11 }' alone.tsv same.tsv prints.tsv; }
nearer=$(awk -v a="$(total network)" -v b="$(total 'the same')" 'BEGIN { print a + 0 <= b + 0 ? "network" : "the same" }')
check 'rows: those of the search last' test "$(cut -f 2,3 drawn-rows | sed -n '1p;3p' | cut -f 2 | tr '\n' ' ')" = '0 1 '
check 'by their distance' test "$(sed -n 2p drawn-rows | cut -f 2)" = "$nearer"
check 'cells: every fingerprint of which the paper says a range, and the distance' test \
    "$(drawn cells | awk -F '\t' '$1 == 1' | wc -l)" -eq 17
wanted=$(rows prints.tsv | awk -F '\t' '$5 == "wavelength" { printf "%.1f\t%s", $6, $11 }')
check 'with its value and distance' test "$(drawn cells | awk -F '\t' '$1 == 1 && $2 == 13' | cut -f 3,4)" = "$wanted"
for type in svg png; do
    check "drawn as $type" draw $type
done
for name in held 'the same' network; do
    check "recipe $name has its name in it" grep -q "> *$name *<" drawn.svg
done

# ---- refusals ----------------------------------------------------------------------------------------------

# A round arena has no walls at which early units could cluster.
"$BIN/train" --arena circle --units 4 --trials 8 --steps 100 --updates 1 --curvature-trials 8 --output round.gn 2>/dev/null
expect_exit 0 "$BIN/fingerprints" --paper "$paper" --early round.gn --trials 200 --contact-trials 0 --skip 10 --output round.tsv round.gn
check 'without walls nothing is said of borders' awk -F '\t' '$5 ~ /^early_/ { n++; if ($6 != "nan" || $11 != "nan") bad = 1 } END { exit bad || n != 2 }' round.tsv
expect_exit 3 fingerprints --early small.gn --output no.tsv network.gn
one_line small.gn 'recipe.units is 8' '12 in network.gn' 'not of one network'
expect_exit 3 fingerprints --early triangle.gn --output no.tsv network.gn
one_line triangle.gn triangle square
expect_exit 3 fingerprints --early network.gn --output no.tsv early.gn
one_line network.gn 'update 15' 8
expect_exit 3 fingerprints --output no.tsv probe.gn
one_line probe.gn
expect_exit 3 fingerprints --early probe.gn --output no.tsv network.gn
one_line probe.gn
head -c 300 network.gn >cut.gn
expect_exit 3 fingerprints --output no.tsv cut.gn
one_line cut.gn
expect_exit 1 fingerprints --output no.tsv missing.gn
one_line missing.gn
expect_exit 2 fingerprints --skip 150 --output no.tsv network.gn
one_line --skip 150
expect_exit 2 fingerprints --steps 90 --output no.tsv network.gn
one_line --steps 90 91
expect_exit 2 fingerprints --output no.tsv
# shellcheck disable=SC2016 # as it stands
for label in 'a	tab' "it's" '$(date)' 'a"b' ''; do
    expect_exit 2 fingerprints --label "$label" --output no.tsv network.gn
    one_line --label letters
done
expect_exit 1 fingerprints --per-unit network.gn/units.tsv --output no.tsv network.gn
one_line network.gn/units.tsv

# refused_paper SED-EXPRESSION WORD...: the paper's table so changed is refused with these words
refused_paper() {
    sed "$1" "$paper" >paper.tsv
    shift
    expect_exit 3 "$BIN/fingerprints" --paper paper.tsv --output no.tsv network.gn
    one_line paper.tsv "$@"
}
refused_paper 's/^# kind: .*/# kind: claims/' claims paper-fingerprints
refused_paper '/^# kind/d' paper-fingerprints
refused_paper '/^wavelength/d' wavelength
refused_paper 's/^wavelength/wavelengths/' wavelengths
refused_paper '/^wavelength/p' 'a second' wavelength
refused_paper 's/tolerance/tolerances/' tolerance
refused_paper 's/	0.008	0.02	/	0.02	0.008	/' 'low 0.02' 'high 0.008'
refused_paper 's/	0.02	0.004	/	0.02	0	/' 'tolerance 0'
refused_paper 's/	0.02	0.004	/	0.02	nan	/' 'tolerance nan'
refused_paper 's/	0.02	0.004	/	0.02	much	/' much
expect_exit 1 "$BIN/fingerprints" --paper missing.tsv --output no.tsv network.gn
one_line missing.tsv
check 'no refused command left anything' test ! -e no.tsv
finish
