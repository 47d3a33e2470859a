# Training: error of every seed of the three arenas, and the terms of the objective of one network.
width = 720; height = 250
load 'figures/style.gp'
LOG(arena, seed) = data . '/' . arena . '/seed-' . seed . '/log.tsv'
array COLOUR[3] = [blue, orange, green]

set logscale xy
set xlabel 'update'
set xrange [1:*] noextend

X = 62; Y = 22; DX = 278; DY = 195; @PLACE
set ylabel 'mean squared error (arena units^2)'
set yrange [0.005:0.5]
set label 1 '{/:Bold a}' at screen text_x(6), text_y(12)
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5)
set key at graph 1, 1 right top
# all of the first updates, then every tenth, which is all that can be seen
plot for [a = 1:3] for [s in seeds_of(ARENA[a])] LOG(ARENA[a], s) every ::0::60 using (column('update') + 1):'mse' with lines \
         lc rgb COLOUR[a] lw 0.8 notitle, \
     for [a = 1:3] for [s in seeds_of(ARENA[a])] LOG(ARENA[a], s) every 10::60 using (column('update') + 1):'mse' with lines \
         lc rgb COLOUR[a] lw 0.8 notitle, \
     for [a = 1:3] NaN with lines lc rgb COLOUR[a] lw 2 title ARENA[a]

X = 430; @PLACE
set label 1 '{/:Bold b}' at screen text_x(366), text_y(12)
set ylabel 'share of the objective'
set yrange [1e-4:2]
set ytics ('0.0001' 1e-4, '0.001' 1e-3, '0.01' 0.01, '0.1' 0.1, '1' 1)
set key at graph 1, 0.02 right bottom
SQUARE = LOG('square', word(seeds_of('square'), 1))
array TERM[3] = ['error', 'metabolic cost', 'weights']
array TINT[3] = [ink, orange, blue]
term(k) = (k == 1 ? 0.5 * column('mse') : k == 2 ? column('metabolic_term') : column('l2_term')) / column('objective')
plot for [k = 1:3] SQUARE every ::0::60 using (column('update') + 1):(term(k)) with lines lc rgb TINT[k] title TERM[k], \
     for [k = 1:3] SQUARE every 10::60 using (column('update') + 1):(term(k)) with lines lc rgb TINT[k] notitle
