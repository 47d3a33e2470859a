# Training: error of every seed in the three arenas, and the terms of the objective of one network.
width = 720; height = 260
load 'figures/style.gp'
LOG(arena, seed) = data . '/' . arena . '/seed-' . seed . '/log.tsv'
array COLOUR[3] = [blue, orange, green]

set logscale xy
set xlabel 'update'
set xrange [1:*]
set format y '10^{%T}'
set ytics add ('0.02' 0.02, '0.05' 0.05)

X = 50; Y = 22; DX = 290; DY = 195; @PLACE
set ylabel 'mean squared error (arena units^2)'
set yrange [0.005:0.5]
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5)
set key at graph 1, 1 right top
plot for [a = 1:3] for [s in seeds] LOG(ARENA[a], s) using (column('update') + 1):'mse' with lines \
         lc rgb COLOUR[a] lw 0.8 notitle, \
     for [a = 1:3] NaN with lines lc rgb COLOUR[a] lw 2 title ARENA[a]

X = 415; @PLACE
set label 1 '{/:Bold b}' at screen text_x(366), text_y(12)
set ylabel 'share of the objective'
set yrange [1e-4:2]
set ytics ('0.0001' 1e-4, '0.001' 1e-3, '0.01' 0.01, '0.1' 0.1, '1' 1)
set key at graph 1, 0.02 right bottom
SQUARE = LOG('square', word(seeds, 1))
plot SQUARE using (column('update') + 1):(0.5 * column('mse') / column('objective')) with lines lc rgb ink title 'error', \
     SQUARE using (column('update') + 1):(column('metabolic_term') / column('objective')) with lines lc rgb orange title 'metabolic cost', \
     SQUARE using (column('update') + 1):(column('l2_term') / column('objective')) with lines lc rgb blue title 'weights'
