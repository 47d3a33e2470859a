# How many units of each class: a bar a network, the seeds of an experiment together.
COUNTS = data . '/figures/classes.tsv'
rows = int(system("grep -c -v -e '^#' -e '^experiment' " . COUNTS))
names = int(system("grep -v -e '^#' -e '^experiment' " . COUNTS . " | cut -f 1 | uniq | wc -l"))
width = 720; height = 96 + 11 * rows + 6 * names
load 'figures/style.gp'
X = 110; Y = 8; DX = 590; DY = height - 86; @PLACE
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
# Two of the classes have a mark where their part of the bar would end by chance, grid-like units above and border units below.
by_chance(k) = upto(k - 1) + 100.0 * column(CLASS[k] . '_chance') / column('units')
plot for [k = 1:5] COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), 0.5 * (upto(k - 1) + upto(k))):(y):(0.5 * (upto(k) - upto(k - 1))):(4.4) \
         with boxxyerror fc rgb CLASS_COLOUR[k], \
     COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), 0):(y):(fresh ? strcol('experiment') : '') with labels right offset -0.8, 0 font MEDIUM textcolor rgb ink
unset grid
@BARE
plot COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), by_chance(1)):(y - 2.4):(0.25):(2.4) \
         with boxxyerror fc rgb CLASS_COLOUR[1] fs solid border lc rgb ink lw 0.6, \
     COUNTS using (y = $0 == 0 ? 0 : y, before = $0 == 0 ? '' : before, next(strcol('experiment')), by_chance(3)):(y + 2.4):(0.25):(2.4) \
         with boxxyerror fc rgb CLASS_COLOUR[3] fs solid border lc rgb ink lw 0.6
@BARE
@WHOLE
KEY = height - 30
set label 1 'a mark: where this part of the bar ends by chance in 99 of 100 networks, of' at X + 0, KEY font MEDIUM textcolor rgb ink
do for [m = 1:2] { set label 1 + m CLASS_LABEL[2 * m - 1] at X + 384 + 76 * (m - 1), KEY font MEDIUM textcolor rgb ink }
plot for [m = 1:2] '+' using (X + 376 + 76 * (m - 1)):(KEY):(1.5):(2.4) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[2 * m - 1] fs solid border lc rgb ink lw 0.6
do for [m = 1:3] { unset label m }
X = 170; Y = height - 10; SCALE = 0; load 'figures/legend.gp'
