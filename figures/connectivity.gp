# Claim C13: do the weights look like an attractor model's?
width = 720; height = 525
load 'figures/style.gp'
FOLDER = data . '/square/seed-1/'
TABLE = FOLDER . 'connectivity.tsv'
WEIGHTS = FOLDER . 'figures/weights.tsv'
array PREDICTOR[3] = ['similarity', 'direction', 'distance']
array SAYS[3] = ['correlation of the maps', 'difference of direction (turns)', 'distance of the fields (arena units)']
array LOW[3] = [-1, -0.5, 0]
key(name) = real(system("awk '$2 == \"" . name . ":\" { v = $3 } END { print v == \"\" ? \"nan\" : v }' " . TABLE))

# a) the recurrent weights, units in the order of their classes and directions
X = 60; Y = 26; DX = 225; DY = 225; @PLACE
unset datafile columnheaders
set xrange [*:*]; set yrange [*:*]
stats WEIGHTS matrix name 'W' nooutput
reach = 0.5 * (W_max > -W_min ? W_max : -W_min)
set label 1 sprintf('{/:Bold a}  recurrent weights (blue −%.1f, red %.1f and more)', reach, reach) at screen text_x(12), text_y(12)
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
X = 430; @PLACE
set label 1 '{/:Bold b}  eigenvalues of W_{rec}' at screen text_x(378), text_y(12)
set xrange [*:*]; set yrange [*:*]
set xlabel 'real part'
set ylabel 'imaginary part'
stats FOLDER . 'figures/spectrum.tsv' using 'modulus' name 'M' nooutput
far = 1.06 * (M_max > 1 ? M_max : 1)
set xrange [-far:far] noextend
set yrange [-far:far] noextend
set xtics auto
set parametric
set trange [0:1]
set samples 200
plot FOLDER . 'figures/spectrum.tsv' using 'real':'imaginary' with points pt 7 ps 0.35 lc rgb ink, \
     cos(2 * pi * t), sin(2 * pi * t) with lines lc rgb axis lw 0.6
unset parametric
set size noratio

# c-e) mean weight by what an attractor model would have it depend on
DX = 170; DY = 160; Y = 312
do for [k = 1:3] {
    X = 68 + 230 * (k - 1); @PLACE
    explained = key(PREDICTOR[k] . '.explained')
    set label 1 '{/:Bold ' . substr('cde', k, k) . '}  ' . (explained != explained ? 'too few units' : \
        sprintf('explains %.1f%%, null %.1f%%', 100 * explained, 100 * key(PREDICTOR[k] . '.null-p99'))) \
        at screen text_x(X - 40), text_y(302) font MEDIUM
    if (k == 3) { set xrange [0:*] noextend } else { set xrange [LOW[k]:-LOW[k]] noextend }
    set yrange [*:*]
    set offsets graph 0, graph 0, graph 0.06, graph 0.06
    STEP = k == 1 ? 0.5 : k == 2 ? 0.25 : 0.2
    set xtics STEP
    set xlabel SAYS[k]
    if (k == 1) { set ylabel 'mean weight' } else { unset ylabel }
    if (explained == explained) {
        plot TABLE using (strcol('predictor') eq PREDICTOR[k] ? column('centre') : NaN):'null_low':'null_high' with filledcurves fc rgb faint, \
             TABLE using (strcol('predictor') eq PREDICTOR[k] ? column('centre') : NaN):'weight_mean' with linespoints ls 1 pt 7 ps 0.35
    } else {
        set yrange [-1:1]
        if (k == 3) { set xrange [0:1] }
        plot NaN
    }
}
