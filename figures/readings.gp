# Beyond the paper: networks of the square by what the paper leaves open and by how the curvature is taken.
KNOWN = 'square held-square square-turns square-all'
array SAY[4] = ["the authors' recipe", 'direction held', 'direction in turns', 'curvature on all trials']
array HUE[4] = [0x222222, 0xe69f00, 0x56b4e9, 0xcc79a7] # none is that of a class
there(k) = strstrt(' ' . needs, ' ' . data . '/' . word(KNOWN, k) . '/seed-1/log.tsv') > 0
SHOWN = ''
do for [k = 1:4] { if (there(k)) { SHOWN = SHOWN . ' ' . k } }
N = words(SHOWN)
K(k) = int(word(SHOWN, k))
NAME(k) = word(KNOWN, K(k))
width = 720; height = 492
load 'figures/style.gp'
array TINT[N]
array ALL[N]
do for [k = 1:N] {
    TINT[k] = HUE[K(k)]
    ALL[k] = ''
    do for [s in seeds_of(NAME(k))] { ALL[k] = ALL[k] . ' ' . data . '/' . NAME(k) . '/seed-' . s . '/' }
}
FOLDERS(k) = ALL[k]
TITLE(k) = SAY[K(k)]

MARK = 1
do for [k = 1:N] {
    X = 8 + 178 * (k - 1); Y = 22; DX = 170; DY = 174; @PLACE
    SHEET = data . '/' . NAME(k) . '/seed-1/figures/maps'
    load 'figures/sheet.gp'
}
@BARE
@WHOLE
do for [k = 1:N] { set label 1 + k TITLE(k) at (k == 1 ? 22 : 8 + 178 * (k - 1)), 12 textcolor rgb ink }
set label 1 '{/:Bold a}' at 6, 12
plot NaN
unset label
LETTERS = 'bc'
Y = 244; DY = 180
load 'figures/compared.gp'
X = 190; Y = height - 10; load 'figures/legend.gp'
