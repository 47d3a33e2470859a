# Development: units of the three classes the paper tells of in the phases of training; a line a seed, dotted what chance gives.
width = 720; height = 250
load 'figures/style.gp'
COUNTS = data . '/figures/development.tsv'
seeds_at(arena) = system("awk -F '\t' '$1 == \"" . arena . "\" { print $2 }' " . COUNTS . " | sort -nu")
percent(name) = 100.0 * column(name) / column('units')
# update 0 has no place on a logarithmic axis: it stands at its left end
update(a, s) = strcol('experiment') eq ARENA[a] && strcol('seed') eq s ? (column('update') > START ? column('update') : START) : NaN
largest(a) = strcol('experiment') eq ARENA[a] ? (sum [c = 1:3] (rest = 100.0 - percent('irregular') - percent('unmodulated'), \
    chance = percent(CLASS[c] . '_chance'), TOP = chance == chance && chance > TOP ? chance : rest > TOP ? rest : TOP, 0)) : 0
DX = 180; DY = 150
START = profile eq 'quick' ? 1 : 10
set logscale x
set datafile missing NaN # rows of other networks do not break a line
do for [a = 1:3] {
    X = 55 + 230 * (a - 1); Y = 30; @PLACE
    TOP = 9
    stats COUNTS using (largest(a)) nooutput
    set title ARENA[a] offset 0, -0.6
    if (a == 1) { set ylabel 'units (%)' } else { unset ylabel }
    set xlabel 'update'
    set yrange [0:1.1 * TOP]
    set ytics nomirror out scale 0.5 TOP > 20 ? 10 : 2
    set xrange [START:*]
    set xtics ('0' START, '2' 2, '5' 5, '50' 50, '400' 400, '1900' 1900)
    plot for [c = 1:3] for [s in seeds_at(ARENA[a])] COUNTS using (update(a, s)):(percent(CLASS[c] . '_chance')) \
             with lines lc rgb CLASS_COLOUR[c] lw 1.2 dt (4, 4), \
         for [c = 3:1:-1] for [s in seeds_at(ARENA[a])] COUNTS using (update(a, s)):(percent(CLASS[c])) \
             with linespoints lc rgb CLASS_COLOUR[c] lw 1.4 pt 7 ps 0.5
}
unset title
@BARE
@WHOLE
do for [c = 1:3] { set label c CLASS_LABEL[c] at 190 + 90 * (c - 1), height - 10 font MEDIUM textcolor rgb ink }
set label 4 'dotted: by chance' at 460, height - 10 font MEDIUM textcolor rgb ink
plot for [c = 1:3] '+' using (180 + 90 * (c - 1)):(height - 10):(6):(2.5) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[c]
