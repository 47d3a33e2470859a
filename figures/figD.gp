# Appendix D: speed selectivity against direction and spatial selectivity, a dot a unit.
width = 720; height = 475
load 'figures/style.gp'
SELECTIVITY(arena) = data . '/' . arena . '/seed-1/selectivity.tsv'
SCORES(arena) = data . '/' . arena . '/seed-1/scores.tsv'
array SHOWN[3] = ['triangle', 'square', 'hexagon']
array WHAT[3] = ['direction_selectivity', 'spatial_selectivity', 'speed_selectivity']
array SAYS[2] = ['direction selectivity (range of the rate)', 'spatial selectivity (sparseness)']
DX = 180; DY = 165
# the arenas compare: one range for all
array MOST[3] = [1e-6, 1e-6, 1e-6]
do for [a = 1:3] {
    do for [k = 1:3] {
        if (numbers(SELECTIVITY(SHOWN[a]), WHAT[k]) == 0) { continue }
        stats SELECTIVITY(SHOWN[a]) using WHAT[k] name 'V' nooutput
        MOST[k] = V_max > MOST[k] ? V_max : MOST[k]
    }
}
do for [row = 1:2] {
    do for [a = 1:3] {
        X = 55 + 230 * (a - 1); Y = 28 + 215 * (row - 1); @PLACE
        if (row == 1) { set title SHOWN[a] offset 0, -0.5 } else { unset title }
        if (a == 1) { set ylabel 'speed selectivity (slope of the rate)' } else { unset ylabel }
        set xlabel SAYS[row]
        set yrange [*:*]; set xrange [*:*]
        stats SCORES(SHOWN[a]) using 'unit' name 'UNITS' nooutput
        array COLOUR_OF[UNITS_records]
        stats SCORES(SHOWN[a]) using (COLOUR_OF[column('unit') + 1] = class_colour(strcol('class'))) nooutput
        set yrange [0:1.04 * MOST[3]]; set xrange [0:1.04 * MOST[row]]
        plot SELECTIVITY(SHOWN[a]) using WHAT[row]:'speed_selectivity':(COLOUR_OF[column('unit') + 1]) \
            with points pt 7 ps 0.45 lc rgb variable
    }
}
unset title
X = 140; Y = height - 12; SCALE = 0; load 'figures/legend.gp'
