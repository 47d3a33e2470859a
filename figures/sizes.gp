# Beyond the paper: do finer patterns appear with more units? Error, wavelengths of the maps, and each network's finest maps.
N = strstrt(needs, '/size-400/') > 0 ? 4 : 3
width = 720; height = 262 + 74 * N
load 'figures/style.gp'
array UNITS[4] = ['50', '100', '200', '400']
array TINT[4] = [0x9fc5e8, blue, orange, red]
FOLDER(k) = data . '/size-' . UNITS[k] . '/seed-1/'
FOLDERS(k) = FOLDER(k)
TITLE(k) = UNITS[k] . ' units'
LETTERS = 'ab'
Y = 24; DY = 165
load 'figures/compared.gp'

MARK = 1
BELOW = 11 # as in sheets.tsv
do for [k = 1:N] {
    SHEET = FOLDER(k) . 'figures/finest'
    X = 62; Y = 246 + 74 * (k - 1); DX = 646; DY = 70; @PLACE
    load 'figures/sheet.gp'
    set size ratio -1
    plot SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 7.5):(two(column('value'))) with labels font SMALL textcolor rgb ink
    set size noratio
}
@BARE
@WHOLE
set label 1 '{/:Bold c}' at 6, 238
set label 2 'the finest maps, with their wavelengths' at 62, 238 font MEDIUM textcolor rgb ink
do for [k = 1:N] { set label 2 + k TITLE(k) at 56, 246 + 74 * (k - 1) + 29 right font MEDIUM textcolor rgb ink }
plot NaN
unset label
X = 190; Y = height - 8; load 'figures/legend.gp'
