# Fig. 3: nine units of the triangle, each with its map, direction tuning and speed tuning.
width = 720; height = 345
load 'figures/style.gp'
SHEET = data . '/triangle/seed-1/figures/fig3'
stats SHEET . '-cells.tsv' using 'unit' name 'UNITS' nooutput
N = UNITS_records
array UNIT[N]; array PANEL[N]; array STATUS[N]; array SCORE[N]; array VALUE[N]; array BOUND[N]; array LACKS[N]; array AXES_OF[N]; array SHOWN_R[N]; array RANGE[N]; array CELL_X[N]; array CELL_Y[N]
stats SHEET . '-cells.tsv' using (UNIT[$0 + 1] = column('unit'), VALUE[$0 + 1] = column('value'), BOUND[$0 + 1] = column('bound'), \
    CELL_X[$0 + 1] = column('x'), CELL_Y[$0 + 1] = column('y'), SIDE = column('size'), 0) nooutput
stats SHEET . '-cells.tsv' using (SHOWN_R[$0 + 1] = column('map_shown_r'), RANGE[$0 + 1] = said_range(column('low'), column('high')), 0) nooutput
stats SHEET . '-cells.tsv' using (PANEL[$0 + 1] = strcol('panel'), STATUS[$0 + 1] = strcol('status'), SCORE[$0 + 1] = strcol('score'), LACKS[$0 + 1] = strcol('lacks'), AXES_OF[$0 + 1] = column('axes'), 0) nooutput
top_speed = 0.2
at_x(k) = 8 + 238 * ((k - 1) / 3)
at_y(k) = 22 + 98 * ((k - 1) % 3)

do for [k = 1:N] {
    X = at_x(k); Y = at_y(k); DX = 70; DY = 72; @PLACE
    @BARE
    set size ratio -1
    set xrange [CELL_X[k] - 0.6:CELL_X[k] + SIDE + 0.6] noextend
    set yrange [CELL_Y[k] - 0.6:CELL_Y[k] + SIDE + 0.6] noextend
    set cbrange [0:1]
    unset datafile columnheaders
    plot SHEET . '.tsv' matrix with image
    set datafile columnheaders
    set label 1 '{/:Bold ' . PANEL[k] . '}' at screen text_x(at_x(k)), text_y(at_y(k) - 6)
    set label 2 (STATUS[k] eq 'ranked' ? 'range ' . two(VALUE[k]) : \
        STATUS[k] eq 'none' ? 'none' : said(STATUS[k], SCORE[k], VALUE[k]) . starred(SHOWN_R[k]) . ', ' . said_why(STATUS[k], LACKS[k], BOUND[k], AXES_OF[k]) . \
        (RANGE[k] eq '' ? '' : ', ' . RANGE[k])) \
        at screen text_x(at_x(k) + 12), text_y(at_y(k) - 6) font px(7.5) textcolor rgb said_colour(STATUS[k])
    plot SHEET . '-walls.tsv' using (strcol('path') eq 'outside' && column('cell') == k - 1 ? column('x') : NaN):'y' with filledcurves closed fc rgb 'white', \
         SHEET . '-walls.tsv' using (strcol('path') eq 'wall' && column('cell') == k - 1 ? column('x') : NaN):'y' with lines lc rgb ink lw 0.5
    unset label
    set size noratio

    @AXES
    last = k % 3 == 0
    set yrange [-1:1] noextend
    set ytics ('−1' -1, '' 0, '1' 1) font SMALL
    X = at_x(k) + 98; Y = at_y(k) + 6; DX = 50; DY = 60; @PLACE
    set xrange [0:360] noextend
    if (last) { set ylabel 'rate' font SMALL offset 2.2, 0; set xtics ('0' 0, '' 180, '360°' 360) font SMALL; set xlabel 'direction' font SMALL } else { set xtics ('' 0, '' 180, '' 360); unset xlabel }
    plot 0 lc rgb faint lw 0.6, SHEET . '-direction.tsv' using (column('cell') == k - 1 ? 360 * column('direction_turns') : NaN):'rate' with lines ls 1
    X = at_x(k) + 167; @PLACE
    set xrange [0:top_speed] noextend
    set ytics ('' -1, '' 0, '' 1); unset ylabel
    if (last) { set xtics ('0' 0, '' top_speed / 2, sprintf('%g', top_speed) top_speed) font SMALL; set xlabel 'speed (per step)' font SMALL } else { set xtics ('' 0, '' top_speed / 2, '' top_speed); unset xlabel }
    plot 0 lc rgb faint lw 0.6, SHEET . '-speed.tsv' using (column('cell') == k - 1 ? column('speed_per_step') : NaN):'rate' with lines ls 1
}
@BARE
@WHOLE
set label 8 STARRED at 8, height - 8 font px(8)
set label 9 CANDIDATES at width - 8, height - 8 right font px(8) textcolor rgb said_colour('candidate')
plot NaN
