# Networks by their maps, a row of panels each: typical maps and those that come closest to grids, their autocorrelograms,
# the units by class. The script that loads this sets NETWORKS, of which those that are not there are left out, and
# may set EXTRA, the height in pixels of what it draws below itself, from y = UNDER on.
there(name) = strstrt(' ' . needs, ' ' . data . '/' . name . '/seed-1/figures/classes.tsv') > 0
SHOWN = ''
do for [name in NETWORKS] { if (there(name)) { SHOWN = SHOWN . ' ' . name } }
N = words(SHOWN)
BLOCK = 156
if (!exists('EXTRA')) { EXTRA = 0 }
HEAD = 40
UNDER = HEAD + BLOCK * N
width = 720; height = 12 + UNDER + EXTRA
load 'figures/style.gp'
FOLDER(k) = data . '/' . word(SHOWN, k) . '/seed-1/'
median(file) = real(system(substr(finer(file), 3, 10000) . " | awk 'NR > 1 && $2 >= 50 { print $1; exit }'"))
has(name, part) = strstrt(name, part) > 0
arena_of(name) = has(name, 'triangle') ? 'triangle' : has(name, 'hexagon') ? 'hexagon' : 'square'
SEVERAL = has(SHOWN, 'triangle') || has(SHOWN, 'hexagon') # arenas, which are then said
SAYS(name) = (has(name, 'position') ? "reports x and y, walk and training as of grid cells" : has(name, 'place') ? 'reports place cells' : \
    has(name, 'lattice') ? 'reports grid cells' : "reports x and y, the authors' recipe") . (has(name, 'relu') ? ', ReLU units' : ', tanh units') . (SEVERAL ? ', ' . arena_of(name) : '')

CANDIDATES_SHOWN = 0
do for [k = 1:N] {
    name = word(SHOWN, k)
    TOP = HEAD + BLOCK * (k - 1)
    @BARE
    @WHOLE
    set label 1 '{/:Bold ' . substr('abcde', k, k) . '}  ' . SAYS(name) . after(name) . sprintf(', median wavelength %.1f', median(FOLDER(k) . 'units.tsv')) at 8, TOP - 12 textcolor rgb ink
    plot NaN
    unset label 1
    SHEET = FOLDER(k) . 'figures/grids'
    X = 8; Y = TOP; DX = 560; DY = 51; MARK = 1; WALLS = 1; BELOW = 0; @PLACE
    load 'figures/sheet.gp'
    SHEET = FOLDER(k) . 'figures/grids-sac'
    Y = TOP + 54; DY = 72; MARK = 0; WALLS = 0; BELOW = 38; @PLACE
    load 'figures/sheet.gp'
    stats SHEET . '-cells.tsv' using (CANDIDATES_SHOWN = CANDIDATES_SHOWN || strcol('status') eq 'candidate', 0) nooutput
    set size ratio -1
    plot SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 11):(said(strcol('status'), strcol('score'), column('value')) . starred(column('map_shown_r'))):(said_colour(strcol('status'))) \
             with labels font SMALL textcolor rgb variable, \
         SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 26):(said_why(strcol('status'), strcol('lacks'), column('bound'), column('axes'))):(said_colour(strcol('status'))) \
             with labels font SMALL textcolor rgb variable
    set size noratio

    # classes: the units of each, and how many there may be by chance
    @BARE
    COUNTS = FOLDER(k) . 'figures/classes.tsv'
    array MEMBERS[5]
    array CHANCE[3]
    stats COUNTS using (sum [c = 1:5] (MEMBERS[c] = 100.0 * column(CLASS[c]) / column('units'))) nooutput
    stats COUNTS using (sum [c = 1:3] (CHANCE[c] = 100.0 * column(CLASS[c] . '_chance') / column('units')), 0) nooutput
    X = 636; Y = TOP; DX = 58; DY = 100; @PLACE
    set border 1
    set xtics nomirror out scale 0.5 offset 0, 0.3 0, 50, 100 font SMALL textcolor rgb ink
    set xrange [0:100] noextend
    set yrange [5.6:0.4] noextend
    if (k == N) { set xlabel 'units (%)' font MEDIUM offset 0, 0.6 }
    do for [c = 1:5] {
        set label c CLASS_LABEL[c] at -4, c right font SMALL textcolor rgb ink
        beside = c <= 3 && CHANCE[c] > MEMBERS[c] ? CHANCE[c] : MEMBERS[c]
        set label 10 + c sprintf('%.3g', MEMBERS[c]) at beside + 4, c left font SMALL textcolor rgb ink front
        if (c <= 3 && CHANCE[c] == CHANCE[c]) { set arrow c from CHANCE[c], c - 0.45 to CHANCE[c], c + 0.45 nohead lc rgb red lw 1 front }
    }
    plot for [c = 1:5] '+' using (0.5 * MEMBERS[c]):(c):(0.5 * MEMBERS[c]):(0.36) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[c]
    do for [c = 1:3] { unset arrow c }
    unset xlabel
    unset label
    unset border
}
@BARE
@WHOLE
set label 1 'red: chance' at 640, HEAD - 11 left font SMALL textcolor rgb red
# what the columns are: eight by rank, and before them four of the rest
COLUMN = 560.0 / 12
do for [p = 1:2] {
    from = 8 + (p == 1 ? 0 : 4 * COLUMN); to = 8 + (p == 1 ? 4 : 12) * COLUMN - 5
    set label 10 + p p == 1 ? 'typical of the rest' : 'closest to a lattice' at 0.5 * (from + to), 8 center font SMALL textcolor rgb ink
    set arrow 10 + p from from, 15 to to, 15 nohead lc rgb ink lw 0.6
}
if (CANDIDATES_SHOWN) { set label 2 'brown: not of the class' at width - 8, height - 8 right font SMALL textcolor rgb said_colour('candidate') }
plot NaN
unset label
unset arrow
X = 8; Y = height - 8; SCALE = 1; load 'figures/legend.gp'
