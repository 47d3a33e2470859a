#!/bin/sh
# The report and the gallery: numbers from results, tables in both formats, no number and no part
# asked for that is not made.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
paper=$top/paper
cd "$TMP"

# Results of four experiments; the square has two seeds, and scores of an earlier phase.
printf 'experiment\tseed\tpath\n' >manifest.tsv
result() { # EXPERIMENT SEED FILE, the text on stdin
    mkdir -p "$1/seed-$2"
    cat >"$1/seed-$2/$3"
    printf '%s\t%s\t%s\n' "$1" "$2" "$1/seed-$2/$3" >>manifest.tsv
}
for network in 'square 1' 'square 2' 'triangle 1' 'hexagon 1' 'square-free 1'; do
    experiment=${network% *} seed=${network#* }
    awk -v seed="$seed" 'BEGIN { print "# format: gridnav-tsv 1\n# kind: training-log\n# recipe.arena-size: 1\n# final_mse: " seed / 50 "\nupdate\tmse"
        for (u = 0; u < 150; u++) print u "\t" (u < 50 ? 9 : seed / 50) }' | result "$experiment" "$seed" log.tsv
    printf '# kind: scores\n# update: 50\nunit\tgridness60\tgridness90\tclass\n0\t0.1\t0.2\tgrid\n' |
        result "$experiment" "$seed" early.tsv
    printf '# kind: scores\n# update: 150\nunit\tgridness60\tgridness90\tclass\n0\tnan\t0.5\tborder\n1\t-0.25\t1.25\tirregular\n' |
        result "$experiment" "$seed" scores.tsv
    printf '# kind: long-run-error\n# best_constant: 0.4\n# map_correlation_median: 0.9\nbin\terror_squared\n0\t0.01\n1\t0.03\n' |
        result "$experiment" "$seed" longrun.tsv
done
"$BIN/audit-claims" --output verdicts.tsv "$paper/claims.tsv" /dev/stdin "$paper/chance.tsv" 2>/dev/null <<'END'
experiment	seed	path
END
awk -F '\t' -v OFS='\t' '$1 == "id" { for (i = 1; i <= NF; i++) at[$i] = i }
    $1 == "C2f" { $at["mean"] = 0.9750000001; $at["power"] = "nine of ten are found" } { print }' verdicts.tsv >with-values && mv with-values verdicts.tsv
printf 'experiment\tseed\tupdates\tprocessor_seconds\nsquare\t1\t150\t5400\nsquare\t2\t150\t1800\n' >compute.tsv
expect_exit 0 awk -v networks=networks.tsv -f "$paper/table.awk" -f "$paper/numbers.awk" verdicts.tsv compute.tsv manifest.tsv
cp out numbers.tsv
number() { test "$(awk -F '\t' -v key="$1" '$1 == key { print $2 }' numbers.tsv)" = "$2"; }
check 'the error is that of the log, and the mean over seeds' number square.error 0.03
check 'its spread' number square.error.sd 0.0141
check 'one seed has none' number triangle.error.sd ''
check 'the error before training' number square.error.first 9
check 'classes are those of the last update' number square.border 1
check 'and not of an earlier one' number square.grid 0
check 'units' number square.units 2
check 'nan is no score' number square.gridness60 -0.25
check 'the long run' number square.longrun.error 0.02
check 'its worst stretch' number square.longrun.worst 0.03
check 'the constant' number square.longrun.constant 0.4
check 'the value of a test' number test.C2f.square 0.975
check 'none of one without value' number test.C2a.square ''
check 'networks' number networks 5
check 'hours' number compute.hours 2
check 'undecided claims' number claims.undecided "$(grep '^C[0-9]' "$paper/headings.tsv" | grep -vc 'control')"
check 'controls are counted apart' number controls.undecided "$(grep '^C[0-9]' "$paper/headings.tsv" | grep -c 'control')"
check 'a row a network' test "$(wc -l <networks.tsv)" -eq 6

# Every number that the report and the gallery quote is one of these (quick and draft: make's own).
sed '/newcommand/d; s/%.*//' "$paper/report.tex" "$paper/discussion.tex" |
    sed 's/#1/square/g' | grep -o '\\\(gn\|ifgn\|spread\|says\){[^}]*}' |
    sed 's/^\\says{/verdict./; s/^[^{]*{//; s/}$//' >asked
grep -o '{{[^}]*}}\|<!--if [^>]*-->' "$paper/gallery.html" | sed 's/^{{//; s/}}$//; s/^<!--if //; s/-->$//' >>asked
check 'numbers are asked for' test "$(wc -l <asked)" -gt 30
printf "quick\ndraft\n" >own
cut -f 1 numbers.tsv | cat - "$TMP/own" | sort -u >known
sort -u asked | comm -23 - known >unknown
check "every number asked for is made: $(tr '\n' ' ' <unknown)" test ! -s unknown

# Every part that they read is made, in both formats.
parts='deviations recipe networks verdicts tests regime beyond figures provenance'
printf 'arena\tsquare\ttriangle\thexagon\tshape of the arena\n' >recipe.tsv
printf 'programs\tgridnav 1\n' >provenance.tsv
printf 'network\tstatus\tupdate\tmse\toverrides\nnoise_1\tok\t400\t0.0123456\tnoise-sd=1\n' >ranking.tsv
printf 'figure\tof\tpaper\tours\nfig9\tFig. 9\t5%% & more\ta_b < c\nfig8\tFig. 8\tno\tno\n' >captions.tsv
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"/>' >fig9.svg
mkdir -p small far track
awk 'BEGIN { print "# kind: training-log\n# final_mse: 0.02\nupdate\tmse"; for (u = 0; u < 30; u++) print u "\t" (u < 10 ? 9 : 0.02) }' >small/log.tsv
printf '# kind: scores\nunit\tclass\n0\tborder\n1\tirregular\n2\tunmodulated\n3\tirregular\n4\tborder\n' >small/scores.tsv
printf '# kind: fingerprints-units\nunit\tcounted\twavelength\n0\t1\t3\n1\t1\t1\n2\t0\t0.1\n3\t0\tnan\n4\t1\t2\n' >small/units.tsv
printf 'update\tmse\n' >far/log.tsv
printf '# kind: long-run-error\n# best_constant: 0.4\nbin\terror_squared\n0\t0.1\n1\t0.3\n' >far/longrun.tsv
cp far/log.tsv far/longrun.tsv track
echo trials >track/sample.gn
printf '# kind: track-errors\nstep\terror_squared\tconstant\tcount\n0\t0.2\t0.5\t9\n1\t0.4\t0.5\t9\n' >track/errors.tsv
printf 'small\tsmall\ta small one\nfar\tfar\tfar away\ntrack\ttrack\talong\n' >others.tsv
expect_exit 0 awk -f "$paper/table.awk" -f "$paper/beyond.awk" others.tsv
cp out beyond.tsv
check 'as make does' grep -q 'awk -f paper/table.awk -f \$<' "$paper/rules.mk"
check 'a trained one: error, wavelengths, classes' test "$(sed -n 2p beyond.tsv | tr '\t' ';')" = 'small;a small one;30;0.02;-;2;1;0;0;2;2;1'
check 'one that walks elsewhere: error and constant' test "$(sed -n 3p beyond.tsv | tr '\t' ';')" = 'far;far away;0;0.2;0.4;-;-;-;-;-;-;-'
check 'one along a track: error and constant there' test "$(sed -n 4p beyond.tsv | tr '\t' ';')" = 'track;along;0;0.3;0.5;-;-;-;-;-;-;-'
for part in $parts; do
    case $part in
    deviations) inputs=$paper/deviations.tsv ;;
    recipe | provenance) inputs=$part.tsv ;;
    networks) inputs=networks.tsv ;;
    verdicts | tests) inputs="$paper/headings.tsv verdicts.tsv" ;;
    regime) inputs=ranking.tsv ;;
    beyond) inputs=beyond.tsv ;;
    figures) inputs=captions.tsv ;;
    esac
    for as in tex html; do
        # shellcheck disable=SC2086 # a list of files
        expect_exit 0 awk -v as=$as -v part="$part" -v shown='fig9' -v folder=. -f "$paper/parts.awk" $inputs
        cp out "$part.$as"
    done
    check "$part: each row of the table is closed" awk '{ opened += gsub(/<tr/, ""); closed += gsub(/<\/tr>/, "") }
        END { exit opened != closed }' "$part.html"
    check "$part: braces match" awk '{ gsub(/\\[{}]/, ""); depth += gsub(/\{/, "") - gsub(/\}/, "") } END { exit depth != 0 }' "$part.tex"
done
check 'a row for each deviation' test "$(grep -c '^<td>\|^<tr><td>' deviations.html)" -eq "$(grep -cv '^#\|^topic' "$paper/deviations.tsv")"
check 'a test with its power' grep -q 'power: nine of ten are found' tests.html
check 'all claims' test "$(grep -c '^<tr>' verdicts.html)" -eq "$(grep -c '^C[0-9]' "$paper/headings.tsv")"
check 'LaTeX sees no bare specials' grep -q '5\\% \\& more.*a\\_b \$<\$ c' figures.tex
check 'nor does HTML' grep -q 'a_b &lt; c' figures.html
check 'as large as it was drawn, and half again' grep -q 'style="width:600px"' figures.html
check 'the picture is inside' grep -q "base64,$(base64 -w 0 fig9.svg)\"" figures.html
check 'figures that are not drawn are left out' test -z "$(grep fig8 figures.tex figures.html)"
# shellcheck disable=SC2013 # words, one a line
for part in $(sed -n 's/^<!--include \(.*\)-->$/\1/p' "$paper/gallery.html"); do check "the gallery's $part is made" test -s "$part.html"; done
# shellcheck disable=SC2013 # words, one a line
for part in $(sed -n 's/.*\\input{\([a-z]*\)}.*/\1/p' "$paper/report.tex"); do
    case $part in numbers | discussion) continue ;; esac
    check "the report's $part is made" test -s "$part.tex"
done
# LaTeX stops at a character that it is not told how to set; those up to U+00FF it knows.
# shellcheck disable=SC2013 # characters, one a line
for char in $(cat "$paper/../figures/captions.tsv" "$paper/deviations.tsv" "$paper/headings.tsv" | LC_ALL=C.UTF-8 grep -oP '[^\x{00}-\x{FF}]' | sort -u); do
    code=$(printf %s "$char" | iconv -f UTF-8 -t UTF-16BE | od -An -tx1 | tr -d ' \n' | tr a-f A-F)
    check "U+$code has a declaration" grep -q "DeclareUnicodeCharacter{$code}" "$paper/report.tex"
done
expect_exit 0 awk -v as=tex -v part=numbers -f "$paper/parts.awk" numbers.tsv
check 'numbers for LaTeX' grep -qxF '\gnset{square.error}{0.03}' out

expect_exit 0 awk -v folder=. -f "$paper/fill.awk" numbers.tsv "$paper/gallery.html"
check 'numbers stand in the page' grep -q '^<p>5 networks of 4 experiments' out
check 'every mark of the page is filled in' test -z "$(grep '{{\|<!--' out)"
check 'not a quick one' test -z "$(grep 'Quick profile' out)"
check 'nothing is fetched from elsewhere' test -z "$(grep -i 'src="http\|href="http\|@import\|url(' out)"
mv verdicts.html away
expect_exit 1 awk -v folder=. -f "$paper/fill.awk" numbers.tsv "$paper/gallery.html"

# Times of trainings are merged into those kept.
mkdir -p build/square/seed-2 build/hexagon/seed-7
printf '# kind: training-seconds\nupdate\tseconds\n0\t10\n1\t20\n' >build/square/seed-2/network.gn.seconds.tsv
printf 'threads\t2\n' >build/square/seed-2/network.gn.prov
cp build/square/seed-2/network.gn.seconds.tsv build/hexagon/seed-7/network.gn.seconds.tsv
expect_exit 0 awk -f "$paper/compute.awk" compute.tsv build/square/seed-2/network.gn.seconds.tsv build/hexagon/seed-7/network.gn.seconds.tsv
check 'times: kept, replaced and new' test "$(tail -n +2 out | tr '\n\t' ';,')" = 'square,1,150,5400;square,2,2,60;hexagon,7,2,30;'
finish
