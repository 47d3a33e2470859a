# The animal: sample paths and where it spends its time, in the three arenas.
width = 720; height = 470
load 'figures/style.gp'
SHEETS(arena) = data . '/' . arena . '/seed-1/figures/'
before_x = 0; before_y = 0
moved(i, x, y) = (was = i > 0 && x == before_x && y == before_y, before_x = x, before_y = y, !was)
array PATH_COLOUR[3] = [blue, orange, green]

do for [a = 1:3] {
    X = 12 + 236 * (a - 1); Y = 22; DX = 218; DY = 205; @PLACE
    @BARE
    set size ratio -1
    set xrange [*:*]; set yrange [*:*]
    stats SHEETS(ARENA[a]) . 'walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN) name 'WX' nooutput
    stats SHEETS(ARENA[a]) . 'walls.tsv' using (strcol('path') eq 'wall' ? column('y') : NaN) name 'WY' nooutput
    extent = WX_max - WX_min
    room = 0.03 * extent
    set xrange [WX_min - room:WX_max + room] noextend
    set yrange [WY_min - room:WY_min + extent + room] noextend
    set label 1 (a == 1 ? '{/:Bold a}  ' : '') . ARENA[a] at screen text_x(X), text_y(12)
    plot SHEETS(ARENA[a]) . 'walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb ink lw 0.8
    unset label 1
    unset datafile columnheaders
    set datafile missing NaN # lines go on over the steps that stand still
    plot for [i = 0:2] SHEETS(ARENA[a]) . 'paths.tsv' index i using (moved($0, $1, $2) ? $1 : NaN):2 with linespoints lc rgb PATH_COLOUR[i + 1] lw 0.9 pt 7 ps 0.18, \
         '+' using (0):(0) every ::0::0 with points pt 1 ps 0.8 lc rgb ink lw 1.2
    set datafile missing
    set datafile columnheaders
    SHEET = SHEETS(ARENA[a]) . 'occupancy'
    Y = 254; @PLACE
    load 'figures/sheet.gp'
    @BARE
    @WHOLE
    plot SHEET . '-cells.tsv' using (X):(244):((a == 1 ? '{/:Bold b}  ' : '') . sprintf('density of visits, 0 to %.1f', column('high'))) with labels left
}
