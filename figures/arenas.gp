# The animal: sample paths and where it spends its time, in the three arenas.
width = 720; height = 430
load 'figures/style.gp'
RUN(arena) = data . '/' . arena . '/seed-1/figures/'
array PATH_COLOUR[3] = [blue, orange, green]

do for [a = 1:3] {
    X = 12 + 236 * (a - 1); Y = 22; DX = 224; DY = 196; @PLACE
    @BARE
    set size ratio -1
    set xrange [-1.15:1.15] noextend
    set yrange [-1.01:1.31] noextend
    if (ARENA[a] eq 'triangle') { set yrange [-0.84:1.48] noextend }
    if (ARENA[a] ne 'triangle') { set yrange [-1.16:1.16] noextend }
    set label 1 (a == 1 ? '{/:Bold a}  ' : '') . ARENA[a] at screen text_x(X), text_y(12)
    plot RUN(ARENA[a]) . 'walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb ink lw 0.8
    unset label 1
    unset datafile columnheaders
    plot for [i = 0:2] RUN(ARENA[a]) . 'paths.tsv' index i using 1:2 with linespoints lc rgb PATH_COLOUR[i + 1] lw 0.9 pt 7 ps 0.18, \
         '+' using (0):(0) every ::0::0 with points pt 1 ps 0.8 lc rgb ink lw 1.2
    set datafile columnheaders
    SHEET = RUN(ARENA[a]) . 'occupancy'
    Y = 238; @PLACE
    load 'figures/sheet.gp'
    @BARE
    @WHOLE
    plot SHEET . '-cells.tsv' using (X):(228):((a == 1 ? '{/:Bold b}  ' : '') . sprintf('visits: 0 to %.2f of an even spread', column('high'))) with labels left
}
