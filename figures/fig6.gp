# Fig. 6: a) error around the first boundary interaction, counting interactions as steps (left) or as
# redrawn turns (right); b) error over one uninterrupted run.
width = 720; height = 275
load 'figures/style.gp'
FOLDER = data . '/square/seed-1/'
array COUNTED[2] = ['steps', 'redraws']
array TITLE[2] = ['{/:Bold a}  steps with a redrawn turn', 'redrawn turns']
LONG = FOLDER . 'longrun.tsv'
array GROUP[5] = ['none', '0', '1', '2-5', '6-50']
array SAYS[5] = ['never any (control)', 'no further', '1', '2 to 5', '6 to 50']
ENOUGH = 20 # trials that a mean is shown of
array COLOUR[5] = [axis, blue, 0x56b4e9, orange, red]

most = 0
do for [k = 1:2] {
    stats FOLDER . 'boundary.tsv' using (column('count') >= ENOUGH ? column('error_squared') : 0) name 'E' nooutput
    most = E_max > most ? E_max : most
}
DX = 175; DY = 175
do for [k = 1:2] {
    X = 62 + 212 * (k - 1); Y = 26; @PLACE
    set label 1 TITLE[k] at screen text_x(X - (k == 1 ? 56 : 0)), text_y(12)
    set xlabel 'steps from the first interaction'
    if (k == 1) { set ylabel 'squared error (arena units^2)' } else { unset ylabel }
    set xrange [-40:40] noextend
    set yrange [0:(most > 0 ? 1.04 * most : 1)] noextend
    set xtics 20
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb axis lw 0.6 dt 3
    unset key
    if (most == 0) { set label 2 'no trial is long enough' at 0, graph 0.5 center font MEDIUM }
    plot for [g = 1:5] FOLDER . 'boundary.tsv' using (strcol('counted') eq COUNTED[k] && strcol('group') eq GROUP[g] && column('count') >= ENOUGH ? column('step') : NaN):'error_squared' with lines \
         lc rgb COLOUR[g] lw 1.4
    unset arrow 1
    unset label 2
}

X = 506; DX = 200; @PLACE
set label 1 '{/:Bold b}  one run' at screen text_x(456), text_y(12)
set xlabel 'step (× 10^5)'
set xrange [*:*]
set xtics auto
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

# the groups of a)
@BARE
@WHOLE
array AT[5] = [176, 296, 372, 414, 470]
set label 1 'Interactions in the next 50 steps:' at 8, height - 12 font MEDIUM textcolor rgb ink
do for [g = 1:5] { set label 1 + g SAYS[g] at AT[g] + 18, height - 12 font MEDIUM textcolor rgb ink }
plot for [g = 1:5] '+' using (AT[g]):(height - 12):(14):(0) every ::0::0 with vectors nohead lc rgb COLOUR[g] lw 1.6
