# Fig. 6: a) error around the first boundary interaction, counting interactions as steps (left) or as
# redrawn turns (right); b) error over one uninterrupted run.
width = 720; height = 298
load 'figures/style.gp'
FOLDER = data . '/square/seed-1/'
array COUNTED[2] = ['steps', 'redraws']
array TITLE[2] = ['{/:Bold a}  steps with a redrawn turn', 'redrawn turns']
CONTACTS = FOLDER . 'boundary.tsv'
LONG = FOLDER . 'longrun.tsv'
DX = 175; DY = 175
do for [k = 1:2] {
    X = 62 + 212 * (k - 1); Y = 26; @PLACE
    set label 1 TITLE[k] at screen text_x(X - (k == 1 ? 56 : 0)), text_y(12)
    COUNT = COUNTED[k]; FIRST = k == 1
    load 'figures/contacts.gp'
}

X = 506; DX = 200; @PLACE
set label 1 '{/:Bold b}  one run' at screen text_x(456), text_y(12)
set xlabel 'step (× 10^5)'
set ylabel 'squared error (arena units^2)'
set xrange [*:*]
set xtics auto
set ytics auto
set format y '%h'
set yrange [*:*]
best = real(system("awk '/^# best_constant/ { print $3 }' " . LONG))
stats LONG using (column('error_squared') + column('error_squared_sd')) name 'L' nooutput
set yrange [0:1.1 * (L_max > best ? L_max : best)] noextend
set xrange [0:*]
set key at graph 0.98, 0.62 right top vertical noreverse Right notitle font SMALL width 0
# the shade is a standard deviation to both sides, cut at zero
low(e, sd) = e > sd ? e - sd : 0
plot LONG using (0.5e-5 * (column('step_begin') + column('step_end'))):(low(column('error_squared'), column('error_squared_sd'))):(column('error_squared') + column('error_squared_sd')) \
         with filledcurves fc rgb faint title 'standard deviation', \
     LONG using (0.5e-5 * (column('step_begin') + column('step_end'))):'error_squared' with lines lc rgb 'black' lw 1 title 'network', \
     best with lines lc rgb red lw 1.2 title 'best constant'

# the groups of a), and of how many trials their curves are
@BARE
@WHOLE
array AT[5] = [190, 322, 412, 480, 562]
KEY = height - 36
set label 1 'Interactions in the next 50 steps:' at 8, KEY font MEDIUM textcolor rgb ink
do for [k = 1:2] { set label 10 + k k == 1 ? 'trials, steps with a redrawn turn:' : 'trials, redrawn turns:' at 8, KEY + 13 * k font SMALL textcolor rgb axis }
few(n) = n < ENOUGH ? ' (not shown)' : ''
of(g) = g == 1 ? ' draws' : '' # the control's trials can be drawn again
do for [g = 1:5] {
    set label 1 + g GROUP_SAYS[g] at AT[g] + 18, KEY font MEDIUM textcolor rgb ink
    do for [k = 1:2] { set label 10 * g + 10 + k sprintf('%d%s%s', trials(COUNTED[k], GROUP[g]), of(g), few(trials(COUNTED[k], GROUP[g]))) at AT[g] + 18, KEY + 13 * k font SMALL textcolor rgb axis }
}
plot for [g = 1:5] '+' using (AT[g]):(KEY):(14):(0) every ::0::0 with vectors nohead lc rgb COLOUR[g] lw 1.6
