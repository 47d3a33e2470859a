# Fig. 6: a) error around the first boundary interaction, b) error over one uninterrupted run.
width = 720; height = 260
load 'figures/style.gp'
BOUNDARY = data . '/square/seed-1/boundary.tsv'
LONG = data . '/square/seed-1/longrun.tsv'
array GROUP[4] = ['0', '1', '2-5', '6-50']
array SAYS[4] = ['no interaction', '1 interaction', '2 to 5 interactions', '6 to 50 interactions']
array COLOUR[4] = [blue, 0x56b4e9, orange, red]

X = 62; Y = 22; DX = 285; DY = 195; @PLACE
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set xlabel 'steps from the first boundary interaction'
set ylabel 'squared error (arena units^2)'
set xrange [-40:40]
set yrange [0:*]
set xtics 20
set format y '%.3f'
set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb axis lw 0.6 dt 3
set key at graph 0.02, 0.04 left bottom Left reverse title 'in the next 50 steps' left
plot for [g = 1:4] BOUNDARY using (strcol('group') eq GROUP[g] ? column('step') : NaN):'error_squared' with lines \
     lc rgb COLOUR[g] lw 1.6 title SAYS[g]
unset arrow 1

X = 422; @PLACE
set label 1 '{/:Bold b}' at screen text_x(366), text_y(12)
set xlabel 'step (× 10^5)'
set xrange [*:*]
set xtics auto
set yrange [0:*]
set format y '%.2f'
set key at graph 0.98, 0.62 right top noreverse Right notitle
best = real(system("awk '/^# best_constant/ { print $3 }' " . LONG))
# the shade is a standard deviation to both sides, cut at zero
low(e, sd) = e > sd ? e - sd : 0
middle = '(0.5e-5 * (column("step_begin") + column("step_end")))'
plot LONG using (0.5e-5 * (column('step_begin') + column('step_end'))):(low(column('error_squared'), column('error_squared_sd'))):(column('error_squared') + column('error_squared_sd')) \
         with filledcurves fc rgb faint title 'standard deviation', \
     LONG using (0.5e-5 * (column('step_begin') + column('step_end'))):'error_squared' with lines lc rgb 'black' lw 1.2 title 'network, mean of 10^4 steps', \
     best with lines lc rgb red lw 1.2 title 'best constant output'
