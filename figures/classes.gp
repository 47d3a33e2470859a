# How many units of each class: a bar a network, the seeds of an experiment together.
COUNTS = data . '/figures/classes.tsv'
rows = int(system("grep -c -v -e '^#' -e '^experiment' " . COUNTS))
names = int(system("grep -v -e '^#' -e '^experiment' " . COUNTS . " | cut -f 1 | uniq | wc -l"))
width = 720; height = 84 + 11 * rows + 6 * names
load 'figures/style.gp'
X = 110; Y = 8; DX = 590; DY = height - 74; @PLACE
# y of a row: 11 a network, 6 more between experiments; `upto` is the share of units in classes 1..k
before = ''; y = 0
next(name) = (y = y + (name eq before ? 11 : 17), fresh = name ne before, before = name, y)
upto(k) = k == 0 ? 0.0 : 100.0 * (sum [i = 1:k] column(CLASS[i])) / column('units')
set yrange [11 * rows + 6 * names + 8:5] noextend
set xrange [0:100] noextend
unset ytics
set border 1
set xlabel 'units (%)'
set grid xtics front lc rgb 'white' lw 0.5 lt 1
set label 1 'black: where grid-like ones end by chance in 99 of 100 networks' at screen text_x(width - 20), text_y(height - 34) right font SMALL textcolor rgb ink
plot for [k = 1:5] COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), 0.5 * (upto(k - 1) + upto(k))):(y):(0.5 * (upto(k) - upto(k - 1))):(4.4) \
         with boxxyerror fc rgb CLASS_COLOUR[k], \
     COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), 100.0 * column('grid_chance') / column('units')):(y):(0):(4.4) \
         with xyerrorbars pt -1 lc rgb ink lw 1.2, \
     COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), 0):(y):(fresh ? strcol('experiment') : '') with labels right offset -0.8, 0 font MEDIUM textcolor rgb ink
unset grid
unset label 1
X = 170; Y = height - 10; SCALE = 0; load 'figures/legend.gp'
