# Beyond the paper: an animal that stands still nine steps in ten, and one that always moves.
width = 720; height = 560
load 'figures/style.gp'
array NAME[2] = ['size-100', 'moving']
array TITLE[2] = ['standing still 90% of the time', 'always moving']
array TINT[2] = [blue, orange]
RUN(k) = data . '/' . NAME[k] . '/seed-1/'
before_x = 0; before_y = 0
moved(i, x, y) = (was = i > 0 && x == before_x && y == before_y, before_x = x, before_y = y, !was)
array PATH_COLOUR[3] = [blue, orange, green]

do for [k = 1:2] {
    X = 12 + 356 * (k - 1); Y = 24; DX = 120; DY = 120; @PLACE
    @BARE
    set size ratio -1
    set xrange [-1.02:1.02] noextend
    set yrange [-1.02:1.02] noextend
    set label 1 (k == 1 ? '{/:Bold a}  ' : '') . TITLE[k] at screen text_x(X), text_y(12)
    set object 1 rectangle from -1, -1 to 1, 1 fs empty border lc rgb ink lw 0.8
    unset datafile columnheaders
    set datafile missing NaN
    plot for [i = 0:2] RUN(k) . 'figures/paths.tsv' index i using (moved($0, $1, $2) ? $1 : NaN):2 with lines lc rgb PATH_COLOUR[i + 1] lw 0.8
    set datafile missing
    set datafile columnheaders
    unset label 1
    unset object 1
    set size noratio
    MARK = 1
    SHEET = RUN(k) . 'figures/maps'
    X = 136 + 356 * (k - 1); Y = 24; DX = 228; DY = 240; @PLACE
    load 'figures/sheet.gp'
}
@AXES
X = 62; Y = 300; DX = 278; DY = 190; @PLACE
set label 1 '{/:Bold b}' at screen text_x(6), text_y(288)
set logscale xy
set xlabel 'update'
set ylabel 'mean squared error (arena units^2)'
set xrange [1:*]; set yrange [*:*]
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
set key at graph 1, 1 right top
plot for [k = 1:2] RUN(k) . 'log.tsv' using (column('update') + 1):'mse' with lines lc rgb TINT[k] lw 1.4 title TITLE[k]
X = 430; @PLACE
set label 1 '{/:Bold c}' at screen text_x(376), text_y(288)
unset logscale
set xlabel 'wavelength (arena units)'
set ylabel 'units that are finer (%)'
set xrange [0:*]
set yrange [0:100]
set ytics auto
unset key
modulated(k) = '< grep -v -e unmodulated -e nan ' . RUN(k) . 'figures/wavelength.tsv'
count(k) = int(system('grep -v -c -e unmodulated -e nan ' . RUN(k) . 'figures/wavelength.tsv')) - 1
plot for [k = 1:2] modulated(k) using 'wavelength':(100.0 / count(k)) smooth cumulative \
    with steps lc rgb TINT[k] lw 1.4
unset label
X = 190; Y = height - 10; load 'figures/legend.gp'
