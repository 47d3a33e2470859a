#!/bin/sh
# Users' tables through the programs that read them: maps, tracks, matrices; text of many kinds, NPY, odd file names.
# shellcheck disable=SC2016 # awk's dollars
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$TMP"
# All but the last two columns, which name the file.
score() { "$BIN/score-units" --noise-maps 99 --map "$@" 2>"$TMP/err" | grep -v '^# end' | cut -f 1-74; }
sample() { "$BIN/sample-trajectories" --steps 10 --track-step 0.25 --output o.gn --track "$@"; }
dump() { "$BIN/gn-dump" "$@"; }

# A grid with a barrier of unvisited bins: empty cells, as pandas writes them, are missing where they stand.
awk 'BEGIN { k = 12.566370614 / (sqrt(3) * 10)
    for (y = 0; y < 40; y++) { l = ""
        for (x = 0; x < 40; x++) { s = 0
            for (a = 0; a < 3; a++) { t = (a * 60 + 30) * 3.14159265 / 180; s += cos(k * (x * cos(t) + y * sin(t))) }
            l = l (x ? "\t" : "") (x == 20 ? "nan" : sprintf("%.4f", s)) }
        print l } }' >nan.tsv
score nan.tsv >expected
check 'the grid is one' awk -F '\t' '/^#/ { next } !named++ { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { exit !($c["spacing"] > 9.9 && $c["spacing"] < 10.1 && $c["ellipticity"] < 1.01) }' expected
sed 's/nan//' nan.tsv >empty.tsv
tr '\t' ',' <empty.tsv >empty.csv
tr '\t.' ';,' <empty.tsv >empty.csv2
sed 's/nan/NA/; s/\t/  /g' nan.tsv >blanks.txt
sed 's/nan/inf/; s/$/\r/' nan.tsv >windows.tsv
awk 'NR == 1 { for (i = 0; i < 40; i++) printf ",%d", i; print "" } { gsub(/\t/, ","); print NR - 1 "," $0 }' empty.tsv >pandas.csv
for file in empty.tsv empty.csv empty.csv2 blanks.txt windows.tsv pandas.csv; do
    score $file >got
    check "$file scores as with nan" cmp got expected
done
{
    printf '\223NUMPY\001\000\166\000'
    printf "{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }" | awk '{ printf "%-117s\n", $0 }'
    printf '\001\377\002\003\004\005'
} >map.npy
expect_exit 3 "$BIN/score-units" --map map.npy
one_line map.npy '6 visited bins'

# What trackers, R, pandas, C and spreadsheets write of one track.
printf '0 0 0\n1 0.1 0.3\n2 0.2 0.1\n3 0.2 0.2\n' >plain.txt
expect_exit 0 sample plain.txt
dump --array position o.gn >expected
printf '\357\273\277# t x y\n0 0 0\n1 0.1 0.3\n2 0.2 0.1\n3 0.2 0.2\n' >bom.tsv
printf '0,0,0\r\n1,0.1,0.3\r\n2,0.2,0.1\r\n3,0.2,0.2\r\n' >comma.csv
printf 't x y\n0 0 0\n1 0.1 0.3\n2 0.2 0.1\n3 0.2 0.2\n' >header.tsv
printf '+0.0e+00 0 0\n1 .1 0.3\n+2 +2e-1 0.1\n3 0.2 0.2\n' >plus.tsv
printf '"","y","x","time"\n"1",0,0,0\n"2",0.3,0.1,1\n"3",0.1,0.2,2\n"4",0.2,0.2,3\n' >r.csv
printf 'y;x;t\n0;0;0\n0,3;0,1;1\n0,1;0,2;2\n0,2;0,2;3\n' >csv2.csv
printf '0\t0\t0\n1\t0.1\t0.3\n2\t0.2\t0.1\n3\t0.2\t0.2\n' >'a (b) #1: c'
for file in bom.tsv comma.csv header.tsv plus.tsv r.csv csv2.csv 'a (b) #1: c'; do
    expect_exit 0 sample "$file"
    dump --array position o.gn >got
    check "$file: the same walk" cmp got expected
done
printf 'id,who,t,a,b\n7,rat,0,0,0\n7,rat,1,0.1,0.3\n7,rat,2,0.2,0.1\n7,rat,3,0.2,0.2\n' >wide.csv
expect_exit 0 sample wide.csv --track-columns t,a,b
dump --array position o.gn >got
check 'columns by name' cmp got expected
expect_exit 0 sample wide.csv --track-columns 3,4,5
dump --array position o.gn >got
check 'columns by number' cmp got expected
expect_exit 3 sample wide.csv
one_line wide.csv "'who'" 'time, x, y' --track-columns
for word in NA -nan '' inf NaN; do
    printf '0\t0\t0\n1\t.1\t.3\n2\t%s\t%s\n3\t.2\t.2\n4\t.3\t.3\n' "$word" "$word" >lost.tsv
    expect_exit 0 "$BIN/sample-trajectories" --steps 4 --track-step 0.25 --output o.gn --track lost.tsv
    check "'$word' is a place not known" test "$(dump o.gn | sed -n 's/^track.rows-missing	//p')" = 1
done
printf '# a\n# b\n0 0 0\n1 1 1\n1 2 2\n' >twice.tsv
expect_exit 3 sample twice.tsv
one_line twice.tsv 'line 5, column 1' 'time 1' 'line 4'
printf '0 0 0\n1 1 l\n' >typo.tsv
expect_exit 3 sample typo.tsv
one_line typo.tsv 'line 2, column 3' "'l'"

# NPY: what gn-dump writes of an array is the array.
awk 'BEGIN { for (i = 0; i <= 800; i++) print i / 7, sin(i / 30), cos(i / 40) }' >long.txt
"$BIN/sample-trajectories" --track long.txt --steps 20 --output walk.gn 2>/dev/null
dump --array time --format npy --output time.npy walk.gn 2>/dev/null
dump --array time --output time.tsv walk.gn 2>/dev/null
for file in time.npy time.tsv; do
    expect_exit 0 "$BIN/tsne" --metric euclidean --perplexity 8 --iterations 20 --matrix $file --matrix-columns 2-20 --output $file.out
done
check 'an NPY file and a table of the same numbers' cmp time.npy.out time.tsv.out
printf '0 0 0\n1 1 3\n2 2 1\n3 2 2\n' >whole.txt
{
    printf '\223NUMPY\002\000\164\000\000\000'
    printf "{'descr': '>i2', 'fortran_order': True, 'shape': (4, 3), }" | awk '{ printf "%-115s\n", $0 }'
    printf '\0\0\0\001\0\002\0\003' # time
    printf '\0\0\0\001\0\002\0\002' # x
    printf '\0\0\0\003\0\001\0\002' # y
} >track.npy
expect_exit 0 sample whole.txt
dump --array position o.gn >whole
expect_exit 0 sample track.npy
dump --array position o.gn >got
check 'a track as NPY' cmp got whole
expect_exit 0 sample track.npy --track-columns 1,3,2
dump --array position o.gn | awk '{ print $2 "\t" $1 }' >got
check 'its columns by number' sh -c "paste got whole | awk '{ if ((\$1 - \$3) ^ 2 + (\$2 - \$4) ^ 2 > 1e-8) bad = 1 } END { exit bad || NR != 10 }'"
dump --array position --slice 0 --format npy --output path.npy walk.gn 2>/dev/null
expect_exit 3 sample path.npy
one_line path.npy '2 columns' 'time, x, y'
dump --array position --format npy --output cube.npy walk.gn 2>/dev/null
expect_exit 3 "$BIN/tsne" --matrix cube.npy --output no.tsv
one_line cube.npy '3 extents'
finish
