# Fig. 1c: an animal's path and what the trained network says it is.
width = 420; height = 412
load 'figures/style.gp'
TRACK = data . '/square/seed-1/track.tsv'
WALLS = data . '/square/seed-1/figures/walls.tsv'

# where the animal starts, and where both end
stats TRACK using (end_x = column('target_x'), end_y = column('target_y'), output_x = column('output_x'), output_y = column('output_y'), \
    $0 == 0 ? (start_x = end_x, start_y = end_y) : 0) nooutput

X = 55; Y = 18; DX = 350; DY = 350; @PLACE
set size ratio -1
set xlabel 'x (arena units)'
set ylabel 'y (arena units)'
set xrange [-1.1:1.1]
set yrange [-1.1:1.1]
set xtics -1, 0.5
set ytics -1, 0.5
unset border
set key at screen text_x(395), text_y(4) right top horizontal samplen 2
plot WALLS using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb axis lw 1 notitle, \
     TRACK using 'target_x':'target_y' with lines lc rgb 'black' lw 1.4 title 'animal', \
     TRACK using 'output_x':'output_y' with lines lc rgb red lw 1 title 'network', \
     '+' using (end_x):(end_y):(output_x - end_x):(output_y - end_y) every ::0::0 with vectors nohead lc rgb ink lw 0.7 notitle, \
     '+' using (end_x):(end_y) every ::0::0 with points pt 7 ps 0.9 lc rgb 'black' notitle, \
     '+' using (output_x):(output_y) every ::0::0 with points pt 7 ps 0.9 lc rgb red notitle, \
     '+' using (start_x):(start_y) every ::0::0 with points pt 2 ps 1.4 lw 2.4 lc rgb 'white' notitle, \
     '+' using (start_x):(start_y) every ::0::0 with points pt 2 ps 1.2 lw 1.4 lc rgb 'black' title 'start', \
     NaN with points pt 7 ps 0.9 lc rgb axis title 'ends'
