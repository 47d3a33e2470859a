# Beyond the paper: an animal that stands still nine steps in ten, and one that always moves.
N = 2
width = 720; height = 772
load 'figures/style.gp'
array NAME[2] = ['square', 'moving']
array SAYS[2] = ['standing still 90% of the time', 'always moving']
array TINT[2] = [ink, orange]
FOLDER(k) = data . '/' . NAME[k] . '/seed-1/'
array ALL[N]
do for [k = 1:N] { ALL[k] = ''; do for [s in seeds_of(NAME[k])] { ALL[k] = ALL[k] . ' ' . data . '/' . NAME[k] . '/seed-' . s . '/' } }
FOLDERS(k) = ALL[k]
TITLE(k) = SAYS[k]
before_x = 0; before_y = 0
moved(i, x, y) = (was = i > 0 && x == before_x && y == before_y, before_x = x, before_y = y, !was)
array PATH_COLOUR[3] = [blue, orange, green]

do for [k = 1:N] {
    X = 12 + 356 * (k - 1); Y = 24; DX = 118; DY = 118; @PLACE
    @BARE
    set size ratio -1
    set xrange [-1.02:1.02] noextend
    set yrange [-1.02:1.02] noextend
    set label 1 (k == 1 ? '{/:Bold a}  ' : '') . TITLE(k) at screen text_x(X), text_y(12) textcolor rgb ink
    set object 1 rectangle from -1, -1 to 1, 1 fs empty border lc rgb ink lw 0.8
    unset datafile columnheaders
    set datafile missing NaN # lines go on over the steps that stand still
    plot for [i = 0:2] FOLDER(k) . 'figures/paths.tsv' index i using (moved($0, $1, $2) ? $1 : NaN):2 with lines lc rgb PATH_COLOUR[i + 1] lw 0.8
    set datafile missing
    set datafile columnheaders
    unset label 1
    unset object 1
    set size noratio
    MARK = 1
    SHEET = FOLDER(k) . 'figures/maps'
    X = 136 + 356 * (k - 1); Y = 22; DX = 222; DY = 226; @PLACE
    load 'figures/sheet.gp'
}
LETTERS = 'bc'
Y = 282; DY = 195
load 'figures/compared.gp'

# the error around contacts with walls, as in Fig. 6a
do for [k = 1:2] {
    X = 62 + 368 * (k - 1); Y = 540; DX = 278; DY = 150; @PLACE
    @AXES
    set label 1 (k == 1 ? '{/:Bold d}  ' : '') . TITLE(k) at screen text_x(X - (k == 1 ? 56 : 0)), text_y(Y - 12)
    CONTACTS = FOLDER(k) . 'boundary.tsv'; COUNT = 'redraws'; FIRST = 1
    load 'figures/contacts.gp'
    unset label 1
}
@BARE
@WHOLE
array AT[5] = [200, 322, 412, 480, 552]
set label 1 'redrawn turns in the next 50 steps:' at 8, height - 32 font MEDIUM textcolor rgb ink
do for [g = 1:5] { set label 1 + g GROUP_SAYS[g] at AT[g] + 18, height - 32 font MEDIUM textcolor rgb ink }
plot for [g = 1:5] '+' using (AT[g]):(height - 32):(14):(0) every ::0::0 with vectors nohead lc rgb COLOUR[g] lw 1.6
unset label
X = 190; Y = height - 10; load 'figures/legend.gp'
