# Beyond the paper: networks along an animal's track. Its path and what the network makes of it, the error from the
# start of a trial, and maps of the same units on sampled walks and along the track.
N = 2
width = 720; height = 24 + 250 * N
load 'figures/style.gp'
array TRACK[2] = ['foraging', 'foraging-moving']
array ORIGIN[2] = ['square', 'moving']
array SAYS[2] = ['trained on mostly standing still', 'trained on always moving']
FOLDER(k) = data . '/' . TRACK[k] . '/seed-1/'
FROM(k) = data . '/' . ORIGIN[k] . '/seed-1/'
do for [k = 1:N] {
    TOP = 28 + 250 * (k - 1)
    X = 12; Y = TOP; DX = 200; DY = 200; @PLACE
    @BARE
    set size ratio -1
    set xrange [*:*]; set yrange [*:*]
    set label 1 (k == 1 ? '{/:Bold a}  ' : '') . SAYS[k] at screen text_x(X), text_y(TOP - 12) textcolor rgb ink
    set key at graph 0.5, -0.02 center top horizontal Left reverse
    plot FOLDER(k) . 'figures/walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb ink lw 0.8 notitle, \
         FOLDER(k) . 'track.tsv' using 'target_x':'target_y' with lines lc rgb 'black' lw 1 title 'animal', \
         FOLDER(k) . 'track.tsv' using 'output_x':'output_y' with lines lc rgb red lw 1 title 'network'
    unset label 1
    set size noratio
    @AXES
    X = 280; DX = 170; Y = TOP + 4; DY = 168; @PLACE
    if (k == 1) { set label 1 '{/:Bold b}' at screen text_x(236), text_y(TOP - 12) }
    set xlabel 'step of a trial'
    set ylabel 'squared error (arena units^2)'
    set xrange [0:*]; set yrange [0:*]
    stats FOLDER(k) . 'errors.tsv' using 'step' name 'STEP' nooutput
    set xtics step(STEP_max); set ytics 0.1
    set offsets 0, 0, graph 0.3, 0 # room for the key
    set key at graph 0.04, 0.99 left top vertical Left reverse
    plot FOLDER(k) . 'errors.tsv' using 'step':'error_squared' with lines lc rgb red lw 1.2 title 'network', \
         FOLDER(k) . 'errors.tsv' using 'step':'constant' with lines lc rgb axis lw 1.2 title 'best constant output'
    unset label 1
    unset key
    unset offsets
    do for [j = 1:2] {
        SHEET = (j == 1 ? FROM(k) : FOLDER(k)) . 'figures/elsewhere'
        X = 474; Y = TOP + 4 + 114 * (j - 1); DX = 236; DY = 94; @PLACE
        load 'figures/sheet.gp'
        set label 1 (k == 1 && j == 1 ? '{/:Bold c}  ' : '') . (j == 1 ? 'maps on sampled walks' : 'the same units along the track') \
            at screen text_x(X), text_y(k == 1 && j == 1 ? TOP - 12 : Y - 8) font MEDIUM textcolor rgb ink
        plot NaN
        unset label 1
    }
}
