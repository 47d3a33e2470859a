# Beyond the paper: an animal that stands still nine steps in ten, and one that always moves.
N = 2
width = 720; height = 540
load 'figures/style.gp'
array NAME[2] = ['square', 'moving']
array SAYS[2] = ['standing still 90% of the time', 'always moving']
array TINT[2] = [blue, orange]
FOLDER(k) = data . '/' . NAME[k] . '/seed-1/'
FOLDERS(k) = system("printf '" . data . '/' . NAME[k] . "/seed-%s/ ' " . seeds_of(NAME[k]))
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
X = 190; Y = height - 10; load 'figures/legend.gp'
