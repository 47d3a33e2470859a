# Fig. 4: t-SNE of the square's units in three phases of training; paths of a) border and b) grid-like units.
width = 720; height = 440
load 'figures/style.gp'
RUN = data . '/square/seed-1/'
TSNE = RUN . 'tsne.tsv'
SHEET = RUN . 'figures/fig4'
stats SHEET . '-cells.tsv' using 'unit' name 'UNITS' nooutput
N = UNITS_records
array UNIT[N]; array PANEL[N]; array STATUS[N]; array SCORE[N]; array VALUE[N]; array BOUND[N]; array LACKS[N]; array AXES_OF[N]; array CELL_X[N]; array CELL_Y[N]
stats SHEET . '-cells.tsv' using (UNIT[$0 + 1] = column('unit'), VALUE[$0 + 1] = column('value'), BOUND[$0 + 1] = column('bound'), \
    CELL_X[$0 + 1] = column('x'), CELL_Y[$0 + 1] = column('y'), SIDE = column('size'), 0) nooutput
stats SHEET . '-cells.tsv' using (PANEL[$0 + 1] = strcol('panel'), STATUS[$0 + 1] = strcol('status'), SCORE[$0 + 1] = strcol('score'), LACKS[$0 + 1] = strcol('lacks'), AXES_OF[$0 + 1] = column('axes'), 0) nooutput
stats TSNE using 'x':'y' name 'T' nooutput
reach = 1.05 * (T_max_x > -T_min_x ? T_max_x : -T_min_x)
high = 1.05 * (T_max_y > -T_min_y ? T_max_y : -T_min_y)
reach = reach > high ? reach : high
array PATH_COLOUR[4] = [0xd1242f, 0x222222, 0x7b3294, 0xd55e00]

# whether the row at hand is of the k-th pick, when that has this status ('' accepts any)
path(k, status) = PANEL[k] eq letter && column('unit') == UNIT[k] && (status eq '' || STATUS[k] eq status)

do for [p = 1:2] {
    letter = p == 1 ? 'a' : 'b'
    left = 10 + 360 * (p - 1)
    X = left; Y = 24; DX = 340; DY = 300; @PLACE
    @BARE
    set size ratio -1
    set xrange [-reach:reach] noextend
    set yrange [-reach:reach] noextend
    set label 1 '{/:Bold ' . letter . '}  ' . (p == 1 ? 'border units' : 'grid-like units') at screen text_x(left), text_y(12)
    set key at screen text_x(left + 340), text_y(12) right center horizontal samplen 0.5 font MEDIUM
    plot for [f = 1:3] TSNE using (strcol('phase') eq PHASE[f] ? column('x') : NaN):'y' with points pt 7 ps 0.35 lc rgb PHASE_COLOUR[f] notitle, \
         for [f = 1:3] NaN with points pt 7 ps 0.6 lc rgb PHASE_COLOUR[f] title PHASE[f], \
         for [k = 1:N] TSNE using (path(k, 'member') ? column('x') : NaN):'y' with lines lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.4 notitle, \
         for [k = 1:N] TSNE using (path(k, 'candidate') ? column('x') : NaN):'y' with lines lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.4 dt (4, 3) notitle, \
         for [k = 1:N] for [f = 1:3] TSNE using (path(k, '') && strcol('phase') eq PHASE[f] ? column('x') : NaN):'y' with points pt 7 ps 0.55 lc rgb PHASE_COLOUR[f] notitle
    unset key
    do for [k = 1:N] {
        if (PANEL[k] eq letter) {
            X = left + 85 * ((k - 1) % 4) + 8; Y = 330; DX = 68; DY = 68; @PLACE
            @BARE
            set xrange [CELL_X[k] - 0.6:CELL_X[k] + SIDE + 0.6] noextend
            set yrange [CELL_Y[k] - 0.6:CELL_Y[k] + SIDE + 0.6] noextend
            set cbrange [0:1]
            set label 2 said(STATUS[k], SCORE[k], VALUE[k]) at screen text_x(X + 34), text_y(406) center \
                font px(7.5) textcolor rgb said_colour(STATUS[k])
            set label 3 said_why(STATUS[k], LACKS[k], BOUND[k], AXES_OF[k]) at screen text_x(X + 34), text_y(416) center \
                font px(7.5) textcolor rgb said_colour(STATUS[k])
            unset datafile columnheaders
            plot SHEET . '.tsv' matrix with image
            set datafile columnheaders
            plot SHEET . '-walls.tsv' using (strcol('path') eq 'wall' && column('cell') == k - 1 ? column('x') : NaN):'y' with lines lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.6
            unset label
        }
    }
    set size noratio
}
@BARE
@WHOLE
set label 9 CANDIDATES . ' Its path is dashed.' at width - 8, height - 8 right font px(8) textcolor rgb said_colour('candidate')
plot NaN
