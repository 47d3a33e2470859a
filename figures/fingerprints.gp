# Networks held against the paper's figures: a row a fingerprint, the paper's range as a band, a mark a network. Colours
# are recipes, shapes arenas.
#
#   build/bin/fingerprints --label NAME --early EARLY.gn --output one.tsv NETWORK.gn    (for each network)
#   cat one.tsv two.tsv ... > DATA/figures/fingerprints.tsv
#   gnuplot -e "data='DATA'; profile='paper'; out='fingerprints.png'; seeds_square=seeds_triangle=seeds_hexagon='1'" \
#       figures/fingerprints.gp
PRINTS = data . '/figures/fingerprints.tsv'
PAPER = 'paper/fingerprints.tsv'

# Fingerprints of which the paper says a range, in its table's order, and each one's figure; recipes as they come.
listed(columns, file, condition) = system("awk -F '\\t' '/^#/ { next } !head { for (i = 1; i <= NF; i++) c[$i] = i; head = 1; next } " \
    . condition . " { print \"\\\"\" " . columns . " \"\\\"\" }' " . file)
ids = listed('$c["id"]', PAPER, '$c["low"] != "nan"')
places = listed('$c["figure"]', PAPER, '$c["low"] != "nan"')
recipes = listed('$c["recipe"]', PRINTS, '$c["id"] != "id" && !seen[$c["recipe"]]++')
arenas_of(recipe) = listed('$c["arena"] " " sprintf("%.1f", $c["distance"])', PRINTS, '$c["id"] == "total" && $c["recipe"] == "' . recipe . '"')
n = words(ids)
m = words(recipes)

ROW = 17; GAP = 8; TOP = 24
array Y[n]
Y[1] = TOP + 0.5 * ROW
do for [i = 2:n] { Y[i] = Y[i - 1] + ROW + (word(places, i) eq word(places, i - 1) ? 0 : GAP) }
bottom = Y[n] + 0.5 * ROW
width = 720; height = bottom + 60 + 15 * m
load 'figures/style.gp'

place(id) = sum [i = 1:n] (word(ids, i) eq id ? i : 0)
at(id) = place(id) > 0 ? Y[place(id)] : NaN
first(id) = place(id) == 1 || (place(id) > 1 && word(places, place(id)) ne word(places, place(id) - 1))
recipe(name) = sum [k = 1:m] (word(recipes, k) eq name ? k : 0)
array TINT[6] = [orange, blue, green, red, purple, axis]
tint(k) = k > 0 ? TINT[1 + (k - 1) % 6] : faint

# The range is as wide for all, -1 to 1; outside it the axis counts tolerances, up to five.
MOST = 5.0
X = 330; DX = 366
unit = DX / (2.0 * (MOST + 1.5))
middle = X + DX / 2.0
inside(v, low, high) = high > low ? (2 * v - low - high) / (high - low) : 0
beyond(v, low, high, d) = v < low ? -1 - (d < MOST ? d : MOST + 0.25) : v > high ? 1 + (d < MOST ? d : MOST + 0.25) : inside(v, low, high)
pixel(v, low, high, d) = middle + unit * beyond(v, low, high, d)
x_of(far) = strcol('id') ne 'id' && column('value') == column('value') && (column('distance') > MOST) == far ? \
    pixel(column('value'), column('low'), column('high'), column('distance')) : NaN
# Recipes lie a little apart, so that equal ones are all seen.
y_of(id, name) = at(id) + (m > 1 ? 9.0 * ((recipe(name) - 1.0) / (m - 1) - 0.5) : 0)
shape(arena) = arena eq 'square' ? 5 : arena eq 'triangle' ? 9 : arena eq 'hexagon' ? 15 : 7

@BARE
@WHOLE
set object 1 rectangle from middle - unit, TOP - 2 to middle + unit, bottom + 2 fc rgb 0xdcebf7 fillstyle solid noborder behind
do for [i = 1:n] { set arrow i from X, Y[i] to X + DX, Y[i] nohead lc rgb faint lw 0.5 back }
do for [d = -MOST:MOST] {
    tic = middle + unit * (d < 0 ? d - 1 : d + 1)
    if (d != 0) {
        set arrow 100 + d from tic, bottom + 3 to tic, bottom + 6 nohead lc rgb axis lw 0.6
        set label 100 + d sprintf('%g', abs(d)) at tic, bottom + 12 center font SMALL textcolor rgb ink
    }
}
set arrow 200 from X, bottom + 3 to X + DX, bottom + 3 nohead lc rgb axis lw 0.6
set label 201 "{/:Bold the paper}" at middle, TOP - 9 center font MEDIUM textcolor rgb ink
set label 202 'tolerances below' at middle - 3.5 * unit, bottom + 24 center font MEDIUM textcolor rgb ink
set label 203 'tolerances above' at middle + 3.5 * unit, bottom + 24 center font MEDIUM textcolor rgb ink
array ARENA_X[3] = [X, X + 60, X + 126]
do for [k = 1:3] { set label 500 + k ARENA[k] at ARENA_X[k] + 8, height - 9 left font MEDIUM textcolor rgb ink }
set label 504 sprintf('open: missed by more than %g', MOST) at X + DX, height - 9 right font MEDIUM textcolor rgb ink
do for [k = 1:m] {
    name = word(recipes, k)
    y = bottom + 42 + 15 * (k - 1)
    totals = arenas_of(name)
    text = ''
    do for [i = 1:words(totals)] { text = text . (i > 1 ? ', ' : '') . word(totals, i) }
    set label 300 + k name at 62, y left font MEDIUM textcolor rgb ink noenhanced
    set label 400 + k 'distance in all: ' . text at X, y left font MEDIUM textcolor rgb ink
}
range(low, high) = low == high ? gprintf('%g', low) : gprintf('%g', low) . ' to ' . gprintf('%g', high)

plot PAPER using (6):(first(strcol('id')) ? at(strcol('id')) : NaN):(strcol('figure')) with labels left font SMALL textcolor rgb axis, \
     PAPER using (88):(at(strcol('id'))):(strcol('label')) with labels left font MEDIUM textcolor rgb ink noenhanced, \
     PAPER using (X - 6):(at(strcol('id'))):(range(column('low'), column('high'))) with labels right font SMALL textcolor rgb axis, \
     PRINTS using (x_of(0)):(y_of(strcol('id'), strcol('recipe'))):(shape(strcol('arena'))):(tint(recipe(strcol('recipe')))) \
         with points pt variable ps 0.6 lc rgb variable, \
     PRINTS using (x_of(1)):(y_of(strcol('id'), strcol('recipe'))):(shape(strcol('arena')) - 1):(tint(recipe(strcol('recipe')))) \
         with points pt variable ps 0.6 lw 1.2 lc rgb variable, \
     for [k = 1:3] '+' using (ARENA_X[k] + 2):(height - 9) every ::0::0 with points pt shape(ARENA[k]) ps 0.75 lc rgb ink, \
     for [k = 1:m] '+' using (50):(bottom + 42 + 15 * (k - 1)) every ::0::0 with points pt 7 ps 0.9 lc rgb tint(k)
