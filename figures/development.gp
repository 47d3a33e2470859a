# Development: the share of units of each class while the networks are trained (first seed).
width = 720; height = 250
load 'figures/style.gp'
COUNTS(arena) = data . '/' . arena . '/seed-1/figures/development.tsv'
array NAME[5] = ['grid', 'band', 'border', 'irregular', 'unmodulated']
DX = 180; DY = 160
set logscale x
do for [a = 1:3] {
    X = 55 + 230 * (a - 1); Y = 24; @PLACE
    set title ARENA[a] offset 0, -0.6
    if (a == 1) { set ylabel 'units (%)' } else { unset ylabel }
    set xlabel 'update'
    set yrange [0:100]
    set xrange [10:*] noextend
    set xtics ('0' 10, '20' 20, '50' 50, '100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
    # update 0 has no place on a logarithmic axis: it stands at its left end
    plot for [k = 5:1:-1] COUNTS(ARENA[a]) using (column('update') > 10 ? column('update') : 10):(100.0 * column(NAME[k]) / column('units')) \
        with linespoints lc rgb CLASS_COLOUR[k] lw 1.4 pt 7 ps 0.4
}
unset title
X = 190; Y = height - 10; SCALE = 0; load 'figures/legend.gp'
