# Experiments side by side: the error against the update, and how fine their maps are. N of them, of each the networks in the
# folders FOLDERS(k), with TITLE(k) and TINT[k]; the panels are LETTERS, from Y on and DY high.
@AXES
X = 62; DX = 278; @PLACE
set label 1 '{/:Bold ' . LETTERS[1:1] . '}' at screen text_x(6), text_y(Y - 10)
set logscale xy
set xlabel 'update'
set ylabel 'mean squared error (arena units^2)'
set xrange [1:*] noextend; set yrange [*:*] noextend
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
set key at graph 1, 1.02 right top
plot for [k = 1:N] for [f in FOLDERS(k)] f . 'log.tsv' using (column('update') + 1):'mse' with lines lc rgb TINT[k] lw 1.4 \
    title f eq word(FOLDERS(k), 1) ? TITLE(k) : ''

X = 430; @PLACE
set label 1 '{/:Bold ' . LETTERS[2:2] . '}' at screen text_x(376), text_y(Y - 10)
unset logscale
unset key
do for [k = 1:N] { do for [f in FOLDERS(k)] { stats f . 'units.tsv' using 'wavelength' nooutput } } # is there: a pipe would not say
set xlabel 'wavelength of the map (arena units)'
set ylabel 'units as fine or finer (%)'
set xrange [0:5] noextend
set yrange [0:100] noextend
set ytics auto
set xtics auto
set object 1 rectangle from paper('wavelength', 'low'), graph 0 to paper('wavelength', 'high'), graph 1 fc rgb paper_tint fs solid noborder behind
set label 2 'the paper' at 0.5 * (paper('wavelength', 'low') + paper('wavelength', 'high')), graph 0.95 center font SMALL textcolor rgb ink
set arrow 1 from RAMP, graph 0 to RAMP, graph 1 nohead lc rgb axis lw 0.8 dt 2 back
set label 3 'a straight ramp' at RAMP, graph 1.04 center font SMALL textcolor rgb ink
plot for [k = 1:N] for [f in FOLDERS(k)] finer(f . 'units.tsv') using 'wavelength':'share' with steps lc rgb TINT[k] lw 1.4
unset object 1
unset arrow 1
unset label
