# The search for the regime of periodic maps: error against periodicity, a dot a run.
width = 720; height = 330
load 'figures/style.gp'
RANKING = data . '/figures/ranking.tsv'
stats RANKING using (strcol('status') eq 'scored' ? column('mse') : NaN) name 'E' nooutput
X = 60; Y = 14; DX = 290; DY = 262; @PLACE
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set logscale x
set xrange [E_min / 1.2:E_max * 1.2]
set xlabel 'mean squared error (arena units^2)'
set ylabel 'periodic units (%)'
set xtics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5)
set yrange [0:*]
set offsets 0, 0, graph 0.2, 0 # room for names
most(grid, band) = grid > 0 ? CLASS_COLOUR[1] : band > 0 ? CLASS_COLOUR[2] : axis
set key at graph 0.98, 0.72 right top
# The first two of the ranking and those with grid-like units are named, on the side that has room.
named(right) = strcol('status') eq 'scored' && ($0 < 2 || column('grid') > 0) && (column('mse') > 0.1) == right
plot RANKING using (strcol('status') eq 'scored' ? column('mse') : NaN):(100 * column('share_periodic')):(most(column('grid'), column('band'))) \
         with points pt 7 ps 0.55 lc rgb variable notitle, \
     RANKING using (named(0) ? column('mse') : NaN):(100 * column('share_periodic')):(strcol('run')) \
         with labels left rotate by 20 offset 0.5, 0.4 font SMALL textcolor rgb ink notitle, \
     RANKING using (named(1) ? column('mse') : NaN):(100 * column('share_periodic')):(strcol('run')) \
         with labels right rotate by -20 offset -0.5, 0.4 font SMALL textcolor rgb ink notitle, \
     NaN with points pt 7 ps 0.8 lc rgb CLASS_COLOUR[1] title 'with grid-like units', \
     NaN with points pt 7 ps 0.8 lc rgb CLASS_COLOUR[2] title 'with band-like units only', \
     NaN with points pt 7 ps 0.8 lc rgb axis title 'with neither'

X = 420; @PLACE
set label 1 '{/:Bold b}' at screen text_x(366), text_y(12)
set ylabel 'largest gridness (60° or 90°)'
set yrange [*:*]
unset offsets
unset key
larger(a, b) = a > b ? a : b
plot RANKING using (strcol('status') eq 'scored' ? column('mse') : NaN):(larger(column('largest_gridness60'), column('largest_gridness90'))):(most(column('grid'), column('band'))) \
         with points pt 7 ps 0.55 lc rgb variable
