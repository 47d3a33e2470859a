# Fig. 4: t-SNE of the square's units in three phases of training; paths of a) border and b) grid-like units.
width = 720; height = 464
load 'figures/style.gp'
FOLDER = data . '/square/seed-1/'
TSNE = FOLDER . 'tsne.tsv'
SHEET = FOLDER . 'figures/fig4'
stats SHEET . '-cells.tsv' using 'unit' name 'UNITS' nooutput
N = UNITS_records
array UNIT[N]; array PANEL[N]; array STATUS[N]; array SCORE[N]; array VALUE[N]; array BOUND[N]; array LACKS[N]; array AXES_OF[N]; array SHOWN_R[N]; array RANGE[N]; array CELL_X[N]; array CELL_Y[N]
stats SHEET . '-cells.tsv' using (UNIT[$0 + 1] = column('unit'), VALUE[$0 + 1] = column('value'), BOUND[$0 + 1] = column('bound'), \
    CELL_X[$0 + 1] = column('x'), CELL_Y[$0 + 1] = column('y'), SIDE = column('size'), 0) nooutput
stats SHEET . '-cells.tsv' using (SHOWN_R[$0 + 1] = column('map_shown_r'), RANGE[$0 + 1] = said_range(column('low'), column('high')), 0) nooutput
stats SHEET . '-cells.tsv' using (PANEL[$0 + 1] = strcol('panel'), STATUS[$0 + 1] = strcol('status'), SCORE[$0 + 1] = strcol('score'), LACKS[$0 + 1] = strcol('lacks'), AXES_OF[$0 + 1] = column('axes'), 0) nooutput
stats TSNE using 'x' name 'TX' nooutput
stats TSNE using 'y' name 'TY' nooutput
span = 0.53 * (TX_max - TX_min > TY_max - TY_min ? TX_max - TX_min : TY_max - TY_min)
mid_x = 0.5 * (TX_min + TX_max)
mid_y = 0.5 * (TY_min + TY_max)
# the places of each pick in the three phases
array PLACE_X[3 * N]; array PLACE_Y[3 * N]
do for [i = 1:3 * N] { PLACE_X[i] = NaN; PLACE_Y[i] = NaN } # of places that no unit fills
note(k) = (i = 3 * (k - 1) + phase_of(strcol('phase')), PLACE_X[i] = column('x'), PLACE_Y[i] = column('y'), 0)
do for [k = 1:N] { stats TSNE using (column('unit') == UNIT[k] ? note(k) : 0) nooutput }
array PATH_COLOUR[4] = [0xd1242f, 0x222222, 0x7b3294, 0xd55e00]

is(k, status) = PANEL[k] eq letter && STATUS[k] eq status
from(k, f) = 3 * (k - 1) + f
step_x(k, f) = PLACE_X[from(k, f + 1)] - PLACE_X[from(k, f)]
step_y(k, f) = PLACE_Y[from(k, f + 1)] - PLACE_Y[from(k, f)]

do for [p = 1:2] {
    letter = p == 1 ? 'a' : 'b'
    left = 10 + 360 * (p - 1)
    X = left; Y = 24; DX = 340; DY = 300; @PLACE
    @BARE
    set size ratio -1
    set xrange [mid_x - span:mid_x + span] noextend
    set yrange [mid_y - span:mid_y + span] noextend
    set label 1 '{/:Bold ' . letter . '}  ' . (p == 1 ? 'border units' : 'grid-like units') at screen text_x(left), text_y(12)
    do for [f = 1:3] {
        set label 10 + f PHASE[f] at screen text_x(left + word('194 240 314', f)), text_y(12) font MEDIUM textcolor rgb ink \
            point pt 7 ps 0.6 lc rgb PHASE_COLOUR[f] offset 0.6, -0.16
    }
    plot for [f = 1:3] TSNE using (strcol('phase') eq PHASE[f] ? column('x') : NaN):'y' with points pt 7 ps 0.35 lc rgb PHASE_COLOUR[f] notitle, \
         for [k = 1:N] for [f = 1:2] '+' using (is(k, 'member') ? PLACE_X[from(k, f)] : NaN):(PLACE_Y[from(k, f)]):(step_x(k, f)):(step_y(k, f)) every ::0::0 \
             with vectors nohead lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.4 notitle, \
         for [k = 1:N] for [f = 1:2] '+' using (is(k, 'candidate') ? PLACE_X[from(k, f)] : NaN):(PLACE_Y[from(k, f)]):(step_x(k, f)):(step_y(k, f)) every ::0::0 \
             with vectors nohead lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.4 dt (5, 3) notitle, \
         for [k = 1:N] for [f = 1:3] '+' using (PANEL[k] eq letter && UNIT[k] >= 0 ? PLACE_X[from(k, f)] : NaN):(PLACE_Y[from(k, f)]) every ::0::0 \
             with points pt 7 ps 0.7 lc rgb PHASE_COLOUR[f] notitle
    do for [f = 1:3] { unset label 10 + f }
    do for [k = 1:N] {
        if (PANEL[k] eq letter) {
            X = left + 85 * ((k - 1) % 4) + 8; Y = 330; DX = 68; DY = 68; @PLACE
            @BARE
            set xrange [CELL_X[k] - 0.6:CELL_X[k] + SIDE + 0.6] noextend
            set yrange [CELL_Y[k] - 0.6:CELL_Y[k] + SIDE + 0.6] noextend
            set cbrange [0:1]
            set label 2 said(STATUS[k], SCORE[k], VALUE[k]) . starred(SHOWN_R[k]) at screen text_x(X + 34), text_y(406) center \
                font px(7.5) textcolor rgb said_colour(STATUS[k])
            set label 3 said_why(STATUS[k], LACKS[k], BOUND[k], AXES_OF[k]) at screen text_x(X + 34), text_y(416) center \
                font px(7.5) textcolor rgb said_colour(STATUS[k])
            set label 4 RANGE[k] at screen text_x(X + 34), text_y(426) center font px(7.5) textcolor rgb said_colour(STATUS[k])
            unset datafile columnheaders
            plot SHEET . '.tsv' matrix with image
            unset label
            set datafile columnheaders
            plot SHEET . '-walls.tsv' using (strcol('path') eq 'wall' && column('cell') == k - 1 ? column('x') : NaN):'y' with lines lc rgb PATH_COLOUR[(k - 1) % 4 + 1] lw 1.6
        }
    }
    set size noratio
}
@BARE
@WHOLE
set label 8 STARRED at width - 8, height - 8 right font px(8)
set label 9 CANDIDATES . ' Its path is dashed.' at width - 8, height - 21 right font px(8) textcolor rgb said_colour('candidate')
plot NaN
