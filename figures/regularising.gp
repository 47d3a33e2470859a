# Beyond the paper: between the extremes of Fig. 5. All maps of networks with more and more noise and metabolic cost,
# their error and wavelengths.
N = 5
width = 720; height = 408
load 'figures/style.gp'
array NAME[5] = ['regularisation-0', 'regularisation-25', 'regularisation-50', 'size-100', 'regularisation-200']
array SAYS[5] = ['none', 'a quarter', 'a half', 'whole', 'double']
array TINT[5] = [axis, 0x9fc5e8, blue, orange, red]
FOLDER(k) = data . '/' . NAME[k] . '/seed-1/'
FOLDERS(k) = FOLDER(k)
TITLE(k) = SAYS[k]

MARK = 1
do for [k = 1:N] {
    SHEET = FOLDER(k) . 'figures/maps'
    X = 8 + 142 * (k - 1); Y = 24; DX = 136; DY = 138; @PLACE
    load 'figures/sheet.gp'
    set label 1 (k == 1 ? '{/:Bold a}  noise and metabolic cost: ' : '') . TITLE(k) at screen text_x(X + (k == 1 ? 0 : 68)), text_y(12) \
        font MEDIUM textcolor rgb ink
    plot NaN
    unset label 1
}
LETTERS = 'bc'
Y = 206; DY = 142
load 'figures/compared.gp'
X = 190; Y = height - 10; load 'figures/legend.gp'
