# Development: the share of units of each class in the phases of training; a line a seed.
width = 720; height = 250
load 'figures/style.gp'
COUNTS = data . '/figures/development.tsv'
seeds_at(arena) = system("awk -F '\t' '$1 == \"" . arena . "\" { print $2 }' " . COUNTS . " | sort -nu")
DX = 180; DY = 160
START = profile eq 'quick' ? 1 : 10
set logscale x
set datafile missing NaN # rows of other networks do not break a line
do for [a = 1:3] {
    X = 55 + 230 * (a - 1); Y = 24; @PLACE
    set title ARENA[a] offset 0, -0.6
    if (a == 1) { set ylabel 'units (%)' } else { unset ylabel }
    set xlabel 'update'
    set yrange [0:100]
    set xrange [START:*]
    set xtics ('0' START, '2' 2, '5' 5, '50' 50, '400' 400, '1900' 1900)
    # update 0 has no place on a logarithmic axis: it stands at its left end
    plot for [k = 5:1:-1] for [s in seeds_at(ARENA[a])] COUNTS \
        using (strcol('experiment') eq ARENA[a] && strcol('seed') eq s ? (column('update') > START ? column('update') : START) : NaN):(100.0 * column(CLASS[k]) / column('units')) \
        with linespoints lc rgb CLASS_COLOUR[k] lw 1.2 pt 7 ps 0.4
}
unset title
X = 190; Y = height - 10; SCALE = 0; load 'figures/legend.gp'
