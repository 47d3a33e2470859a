# Networks held against the paper's figures: a row a network, a column a fingerprint; the colour is how far it lies outside
# the paper's range.
FILES = ''
do for [k = 1:words(needs)] { if (word(needs, k) ne 'paper/fingerprints.tsv') { FILES = FILES . ' ' . word(needs, k) } }
TABLE(show) = '< awk -v show=' . show . ' -f figures/fingerprints.awk paper/fingerprints.tsv' . FILES
rows = int(system(substr(TABLE('rows'), 3, 10000) . ' | wc -l'))
own = int(system(substr(TABLE('rows'), 3, 10000) . " | grep -c '0$'"))
columns = int(system(substr(TABLE('columns'), 3, 10000) . ' | wc -l'))
ROW = 14; LEFT = 148; TOP = 216
width = 720; height = TOP + ROW * rows + (own < rows ? 16 : 0) + 44
load 'figures/style.gp'
WIDE = (width - 6.0 - LEFT) / (columns + 1)

x(k) = LEFT + WIDE * (k - 0.5)
y(i) = TOP + ROW * (i - 0.5) + (i > own ? 16 : 0)
# inside the paper's range, then from pale to dark up to five tolerances outside
MOST = 5.0
mixed(from, to, w) = int(from + w * (to - from) + 0.5)
shade(w) = 65536 * mixed(0xff, 0xc4, w) + 256 * mixed(0xf1, 0x4e, w) + mixed(0xe0, 0x0a, w)
tint(d) = d < 0 ? 0xf2f2f2 : d == 0 ? paper_tint : shade(d < MOST ? d / MOST : 1)
first(k, figure) = (was = before, before = figure, k == 1 || was ne figure)
before = ''
@BARE
@WHOLE
unset datafile columnheaders
set label 1 'distance' at x(columns + 1) , TOP - 36 left rotate by 90 font MEDIUM textcolor rgb ink
set label 2 'the paper' at LEFT - 6, TOP - 17 right font SMALL textcolor rgb ink
if (own < rows) { set label 3 'the search (experiments/search), least distance first' at 6, y(own) + 0.5 * ROW + 10 font SMALL textcolor rgb axis }
KEY = height - 14
set label 4 "within the paper's range" at LEFT + 16, KEY left font MEDIUM textcolor rgb ink
set label 5 'outside by' at LEFT + 190, KEY right font MEDIUM textcolor rgb ink
set label 6 sprintf('0 to %g tolerances and more', MOST) at LEFT + 290, KEY left font MEDIUM textcolor rgb ink
plot TABLE('cells') using (x($2)):(y($1)):(0.5 * WIDE - 0.5):(0.5 * ROW - 0.5):(tint($4)) with boxxyerror fc rgb variable, \
     TABLE('cells') using (x($2)):(y($1)):3:($4 > 3 ? 0xffffff : ink) with labels center font px(7.5) textcolor rgb variable, \
     TABLE('rows') using (LEFT - 6):(y($1)):2 with labels right noenhanced font SMALL textcolor rgb ink, \
     TABLE('columns') using (x($1)):(TOP - 36):3 with labels left rotate by 90 noenhanced font MEDIUM textcolor rgb ink, \
     TABLE('columns') using (x($1)):(TOP - 17):(0.5 * WIDE - 0.5):(12.5) with boxxyerror fc rgb paper_tint, \
     TABLE('columns') using (x($1)):(TOP - 21):4 with labels center font px(7) textcolor rgb ink, \
     TABLE('columns') using (first($1, strcol(2)) ? x($1) - 0.5 * WIDE + 2 : NaN):(8):2 with labels left font SMALL textcolor rgb axis, \
     '+' using (LEFT + 6):(KEY):(6):(4) every ::0::0 with boxxyerror fc rgb paper_tint, \
     for [k = 0:39] '+' using (LEFT + 200 + 2 * k):(KEY):(1.2):(4):(shade(k / 39.0)) every ::0::0 with boxxyerror fc rgb variable
