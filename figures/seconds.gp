# How fast recipes learn: error against the time of a processor, and the time to reach an error.
width = 720; height = 350
load 'figures/style.gp'
CURVES = data . '/figures/seconds-curves.tsv'
REACHED = data . '/figures/seconds-reached.tsv'
array NAME[8] = ['speed-recipe', 'speed-trials-48', 'speed-growth', 'speed-tolerance', 'speed-lifetime', 'speed-steps-25', 'speed-pairs', 'speed-pairs-48']
array LABEL[8] = ['recipe', '48 trials', '16 trials, growing to 96', '48 trials, CG stops at 0.005', 'overlapping batches', '25 CG steps', '20 CG steps, pairs', '20 CG steps, pairs, 48 trials']
array COLOUR[8] = [ink, blue, red, 0x7a9cc6, axis, orange, green, purple]
here(k) = int(system("grep -c '^" . NAME[k] . "\t' " . CURVES)) > 0

X = 62; Y = 22; DX = 268; DY = 280; @PLACE
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set logscale y
set xlabel 'seconds of one processor'
set ylabel 'mean squared error (arena units^2)'
set yrange [0.028:0.45]
set ytics ('0.03' 0.03, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.4' 0.4)
set xrange [0:*]
set key off
set style fill transparent solid 0.15 noborder
mine(k, x) = strcol('experiment') eq NAME[k] ? x : NaN
plot for [k = 1:8] here(k) ? CURVES : '/dev/null' using (mine(k, column('seconds'))):'lowest':'highest' with filledcurves fc rgb COLOUR[k] notitle, \
     for [k = 1:8] here(k) ? CURVES : '/dev/null' using (mine(k, column('seconds'))):'mse' with lines lc rgb COLOUR[k] lw 1.4 notitle

# The table: a row a recipe, two lines each: seconds, and passes in thousands
@BARE
X = 0; Y = 0; DX = width; DY = height
@WHOLE
array LEVEL[3] = [0.1, 0.07, 0.05]
ROW(k) = 62 + 34 * (k - 1)
COLUMN(l) = 540 + 75 * (l - 1)
cell(k, l, what) = system(sprintf("awk -F '\t' '$1 == \"%s\" && $2 == %g { print $3 == \"nan\" ? \"–\" : %s }' %s", NAME[k], LEVEL[l], what, REACHED))
set label 2 '{/:Bold b}' at 352, 12 left textcolor rgb ink
set label 3 'seconds to reach an error' at COLUMN(2), 12 center textcolor rgb ink
do for [l = 1:3] { set label 10 + l sprintf('%g', LEVEL[l]) at COLUMN(l), 32 center textcolor rgb ink }
do for [k = 1:8] { if (here(k)) {
    set arrow 100 + k from 356, ROW(k) to 380, ROW(k) nohead lc rgb COLOUR[k] lw 1.6
    set label 100 + k LABEL[k] at 386, ROW(k) left font MEDIUM textcolor rgb ink
    do for [l = 1:3] {
        set label 200 + 10 * k + 2 * l cell(k, l, 'sprintf("%.0f ± %.0f", $3, $4)') at COLUMN(l), ROW(k) - 4 center font MEDIUM textcolor rgb ink
        set label 201 + 10 * k + 2 * l cell(k, l, 'sprintf("%.0f k", $5 / 1000)') at COLUMN(l), ROW(k) + 8 center font SMALL textcolor rgb axis
    }
}}
set label 4 'below: passes of a trial through the network; –: not reached' at 356, ROW(9) + 2 left font SMALL textcolor rgb axis
plot NaN
