# Fig. 5: all spatial maps of a network in the square arena, a) without and b) with the regularisation.
width = 720; height = 405
load 'figures/style.gp'
MARK = 1
do for [k = 1:2] {
    SHEET = data . (k == 1 ? '/square-free' : '/square') . '/seed-1/figures/maps'
    X = 12 + 356 * (k - 1); Y = 24; DX = 340; DY = 350; @PLACE
    load 'figures/sheet.gp'
    set label 1 (k == 1 ? '{/:Bold a}  without regularisation' . after('square-free') : '{/:Bold b}  with noise and metabolic cost' . after('square')) \
        at screen text_x(X), text_y(12)
    plot NaN
}
unset label 1
X = 140; Y = height - 14; load 'figures/legend.gp'
