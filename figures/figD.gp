# Appendix D: speed selectivity against direction and spatial selectivity, a dot a unit.
width = 720; height = 460
load 'figures/style.gp'
SELECTIVITY(arena) = data . '/' . arena . '/seed-1/selectivity.tsv'
SCORES(arena) = data . '/' . arena . '/seed-1/scores.tsv'
array SHOWN[3] = ['triangle', 'square', 'hexagon']
DX = 180; DY = 165
set yrange [0:*]
set xrange [0:*]
do for [row = 1:2] {
    do for [a = 1:3] {
        X = 55 + 230 * (a - 1); Y = 28 + 215 * (row - 1); @PLACE
        if (row == 1) { set title SHOWN[a] offset 0, -0.5 } else { unset title }
        if (a == 1) { set ylabel 'speed selectivity (rate per unit of speed)' } else { unset ylabel }
        if (row == 1) { set xlabel 'direction selectivity (range of rate)' } else { set xlabel 'spatial selectivity (lifetime sparseness)' }
        what = row == 1 ? 'direction_selectivity' : 'spatial_selectivity'
        set yrange [*:*]; set xrange [*:*]
        stats SCORES(SHOWN[a]) using 'unit' name 'UNITS' nooutput
        array COLOUR_OF[UNITS_records]
        stats SCORES(SHOWN[a]) using (COLOUR_OF[column('unit') + 1] = class_colour(strcol('class'))) nooutput
        set yrange [0:*]; set xrange [0:*]
        plot SELECTIVITY(SHOWN[a]) using what:'speed_selectivity':(COLOUR_OF[column('unit') + 1]) \
            with points pt 7 ps 0.45 lc rgb variable
    }
}
unset title
X = 140; Y = height - 12; SCALE = 0; load 'figures/legend.gp'
