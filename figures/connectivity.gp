# Claim C13: do the weights look like an attractor model's?
width = 720; height = 480
load 'figures/style.gp'
RUN = data . '/square/seed-1/'
TABLE = RUN . 'connectivity.tsv'
WEIGHTS = RUN . 'figures/weights.tsv'
array PREDICTOR[3] = ['similarity', 'direction', 'distance']
array SAYS[3] = ['correlation of the maps', 'difference of direction (turns)', 'distance of the fields (arena units)']
key(name) = real(system("awk '$2 == \"" . name . ":\" { print $3 }' " . TABLE))

# a) the recurrent weights, units in the order of their classes and directions
X = 50; Y = 26; DX = 185; DY = 185; @PLACE
unset datafile columnheaders
set xrange [*:*]; set yrange [*:*]
stats WEIGHTS matrix name 'W' nooutput
reach = 0.5 * (W_max > -W_min ? W_max : -W_min)
set label 1 '{/:Bold a}  recurrent weights' at screen text_x(12), text_y(12)
set size ratio -1
set palette defined (-1 '#2a3aa8', 0 '#ffffff', 1 '#d1242f')
set xrange [-0.5:W_size_x - 0.5] noextend
set yrange [W_size_y - 0.5:-0.5] noextend
set cbrange [-reach:reach]
set xlabel 'sending unit'
set ylabel 'receiving unit'
set border 15
plot WEIGHTS matrix with image
set border 3
set size noratio
set datafile columnheaders

# b) eigenvalues
X = 300; DX = 185; @PLACE
set label 1 '{/:Bold b}  eigenvalues of W_{rec}' at screen text_x(262), text_y(12)
set size ratio -1
set xrange [*:*]; set yrange [*:*]
set xlabel 'real part'
set ylabel 'imaginary part'
set parametric
set trange [0:1]
set samples 200
plot RUN . 'figures/spectrum.tsv' using 'real':'imaginary' with points pt 7 ps 0.35 lc rgb ink, \
     cos(2 * pi * t), sin(2 * pi * t) with lines lc rgb axis lw 0.6
unset parametric
set size noratio

# c-e) mean weight by what an attractor model would have it depend on
DX = 175; DY = 160; Y = 266
do for [k = 1:3] {
    X = 55 + 232 * (k - 1); @PLACE
    set label 1 sprintf('{/:Bold %s}  explains %.1f%%, null %.1f%%', substr('cde', k, k), \
        100 * key(PREDICTOR[k] . '.explained'), 100 * key(PREDICTOR[k] . '.null-p99')) at screen text_x(X - 40), text_y(256) font MEDIUM
    set xrange [*:*]; set yrange [*:*]
    set xlabel SAYS[k]
    if (k == 1) { set ylabel 'mean weight' } else { unset ylabel }
    plot TABLE using (strcol('predictor') eq PREDICTOR[k] ? column('centre') : NaN):'null_low':'null_high' with filledcurves fc rgb faint, \
         TABLE using (strcol('predictor') eq PREDICTOR[k] ? column('centre') : NaN):'weight_mean' with linespoints ls 1 pt 7 ps 0.35
}
