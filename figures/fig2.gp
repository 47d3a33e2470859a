# Fig. 2: examples of each class of spatial response in the three arenas, picked by score.
width = 720; height = 376
load 'figures/style.gp'
array SHOWN[3] = ['square', 'triangle', 'hexagon']
array LETTER[4] = ['a', 'b', 'c', 'd']
BELOW = 20 # as in sheets.tsv

do for [a = 1:3] {
    SHEET = data . '/' . SHOWN[a] . '/seed-1/figures/fig2'
    X = 70 + 217 * (a - 1); Y = 22; DX = 212; DY = 336; @PLACE
    load 'figures/sheet.gp'
    set size ratio -1
    plot SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 4.2):(said(strcol('status'), strcol('score'), column('value')) . starred(column('map_shown_r'))):(said_colour(strcol('status'))) \
             with labels font px(7.5) textcolor rgb variable, \
         SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 9.6):(said_why(strcol('status'), strcol('lacks'), column('bound'), column('axes'))):(said_colour(strcol('status'))) \
             with labels font px(7.5) textcolor rgb variable, \
         SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(column('y') - 15):(said_range(column('low'), column('high'))):(said_colour(strcol('status'))) \
             with labels font px(7.5) textcolor rgb variable
    set size noratio
}
@BARE
@WHOLE
do for [a = 1:3] { set label a SHOWN[a] . after(SHOWN[a]) at 70 + 217 * (a - 1) + 106, 12 center }
do for [k = 1:4] { set label 3 + k '{/:Bold ' . LETTER[k] . '}  ' . CLASS_LABEL[k] at 6, 48 + 84 * (k - 1) font MEDIUM }
set label 8 STARRED at 70, height - 8 font px(8)
set label 9 CANDIDATES at width - 8, height - 8 right font px(8) textcolor rgb said_colour('candidate')
plot NaN
