# Beyond the paper: do finer patterns appear with more units? Error, wavelengths of the maps, and each
# network's finest maps.
n = words(sizes)
units(k) = substr(word(sizes, k), 6, strlen(word(sizes, k)))
width = 720; height = 250 + 66 * n
load 'figures/style.gp'
RUN(k) = data . '/' . word(sizes, k) . '/seed-1/'
array TINT[4] = [0x9fc5e8, blue, orange, red]
tint(k) = TINT[k + 4 - n]

X = 62; Y = 24; DX = 278; DY = 165; @PLACE
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set logscale xy
set xlabel 'update'
set ylabel 'mean squared error (arena units^2)'
set xrange [1:*]
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
plot for [k = 1:n] RUN(k) . 'log.tsv' using (column('update') + 1):'mse' with lines lc rgb tint(k) lw 1.4

X = 430; @PLACE
set label 1 '{/:Bold b}' at screen text_x(376), text_y(12)
unset logscale
set xlabel 'wavelength (arena units)'
set ylabel 'units that are finer (%)'
set xrange [0:*]
set yrange [0:100]
set ytics auto
set key at graph 0.02, 0.98 left top Left reverse
modulated(k) = '< grep -v -e unmodulated -e nan ' . RUN(k) . 'figures/wavelength.tsv'
count(k) = int(system('grep -v -c -e unmodulated -e nan ' . RUN(k) . 'figures/wavelength.tsv')) - 1
plot for [k = 1:n] modulated(k) using 'wavelength':(100.0 / count(k)) smooth cumulative \
    with steps lc rgb tint(k) lw 1.4 title units(k) . ' units'
unset key

MARK = 1
do for [k = 1:n] {
    SHEET = RUN(k) . 'figures/finest'
    X = 62; Y = 240 + 66 * (k - 1); DX = 646; DY = 60; @PLACE
    load 'figures/sheet.gp'
}
@BARE
@WHOLE
set label 1 '{/:Bold c}' at 6, 236
do for [k = 1:n] { set label 1 + k units(k) . ' units' at 56, 240 + 66 * (k - 1) + 29 right font MEDIUM textcolor rgb ink }
plot NaN
unset label
X = 190; Y = height - 8; load 'figures/legend.gp'
