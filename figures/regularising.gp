# Beyond the paper: between the extremes of Fig. 5. All maps of networks with more and more noise and metabolic cost,
# their error and wavelengths.
n = words(levels)
times(k) = word(levels, k) eq 'size-100' ? 1.0 : 0.01 * substr(word(levels, k), 16, strlen(word(levels, k)))
width = 720; height = 405
load 'figures/style.gp'
RUN(k) = data . '/' . word(levels, k) . '/seed-1/'
array TINT[5] = [axis, 0x9fc5e8, blue, orange, red]
tint(k) = TINT[k + 5 - n]
said(k) = times(k) == 0 ? 'none' : times(k) == 1 ? 'whole' : sprintf('× %g', times(k))

MARK = 1
side = 700.0 / n < 138 ? 700.0 / n : 138
do for [k = 1:n] {
    SHEET = RUN(k) . 'figures/maps'
    X = 8 + (side + 4) * (k - 1); Y = 24; DX = side - 4; DY = side; @PLACE
    load 'figures/sheet.gp'
    set label 1 (k == 1 ? '{/:Bold a}  ' : '') . said(k) at screen text_x(X), text_y(12) font MEDIUM
    plot NaN
    unset label 1
}
@AXES
X = 62; Y = 204; DX = 278; DY = 140; @PLACE
set label 1 '{/:Bold b}' at screen text_x(6), text_y(192)
set logscale xy
set xlabel 'update'
set ylabel 'mean squared error (arena units^2)'
set xrange [1:*]; set yrange [*:*]
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
plot for [k = 1:n] RUN(k) . 'log.tsv' using (column('update') + 1):'mse' with lines lc rgb tint(k) lw 1.4
X = 430; @PLACE
set label 1 '{/:Bold c}' at screen text_x(376), text_y(192)
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
    with steps lc rgb tint(k) lw 1.4 title said(k)
unset key
unset label
X = 190; Y = height - 10; load 'figures/legend.gp'
