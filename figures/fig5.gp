# Fig. 5: all spatial maps of a network in the square arena, a) without and b) with the regularisation.
width = 720; height = 405
load 'figures/style.gp'
MARK = 1
do for [k = 1:2] {
    NAME = k == 1 ? 'square-free' : 'square'
    SHEET = data . '/' . NAME . '/seed-1/figures/maps'
    X = 12 + 356 * (k - 1); Y = 24; DX = 340; DY = 350; @PLACE
    if (made(NAME)) { load 'figures/sheet.gp' } else { @BARE; set xrange [0:1]; set yrange [0:1]; set label 2 untrained(NAME) at graph 0.5, 0.5 center textcolor rgb 0x777777 }
    set label 1 (k == 1 ? '{/:Bold a}  without regularisation' : '{/:Bold b}  with noise and metabolic cost') . (made(NAME) ? after(NAME) : '') \
        at screen text_x(X), text_y(12)
    plot NaN
    unset label 2
}
unset label 1
X = 140; Y = height - 14; load 'figures/legend.gp'
