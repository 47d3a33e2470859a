# Experiments side by side: a row each with all maps, direction and speed tuning curves of the first seed, and below them
# the errors of all seeds and the units of each class.
#
#   gnuplot -e "data='build'; profile='paper'; out='x.svg'; names='square mine'; seeds='1 2 3|1'" figures/experiment.gp
N = words(names)
width = 720; height = 258 * N + 190
load 'figures/style.gp'
NAME(k) = word(names, k)
# the k-th part of a text between bars
part(text, k) = k == 1 ? (strstrt(text, '|') ? text[1:strstrt(text, '|') - 1] : text) : part(text[strstrt(text, '|') + 1:*], k - 1)
SEEDS(k) = part(seeds, k)
FOLDER(k) = data . '/' . NAME(k) . '/seed-' . word(SEEDS(k), 1) . '/'
SHEETS(k) = FOLDER(k) . 'figures/'
LOG(k, s) = data . '/' . NAME(k) . '/seed-' . s . '/log.tsv'
MARK = 1

do for [k = 1:N] {
    SHEET = SHEETS(k) . 'maps'
    X = 8; Y = 258 * (k - 1) + 26; DX = 228; DY = 228; @PLACE
    load 'figures/sheet.gp'
    CURVES = SHEETS(k) . 'direction'
    X = 246; @PLACE
    load 'figures/curves.gp'
    CURVES = SHEETS(k) . 'speed'
    X = 484; @PLACE
    load 'figures/curves.gp'
    @BARE
    @WHOLE
    set label 1 '{/:Bold ' . NAME(k) . '}' . after(NAME(k)) . ': maps' at 12, Y - 12 font MEDIUM
    set label 2 'rate (−1 to 1) against direction (0° to 360°)' at 248, Y - 12 font MEDIUM
    set label 3 'rate (−1 to 1) against speed' at 486, Y - 12 font MEDIUM
    plot NaN
    unset label
}

top = 258 * N + 26
array COLOUR[6] = [blue, orange, green, purple, red, ink]
colour(k) = COLOUR[(k - 1) % 6 + 1]
@AXES
X = 52; Y = top; DX = 290; DY = 112; @PLACE
set logscale xy
set key at graph 1, 1 right top
set xrange [1:*] noextend
set yrange [*:*]
set xlabel 'update'
set ylabel 'mean squared error'
set ytics ('0.005' 0.005, '0.01' 0.01, '0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1)
plot for [k = 1:N] for [s in SEEDS(k)] LOG(k, s) every 5 using (column('update') + 1):'mse' with lines lc rgb colour(k) lw 0.8 notitle, \
     for [k = 1:N] NaN with lines lc rgb colour(k) lw 2 title NAME(k)
unset logscale
set ytics auto
X = 412; DX = 296; @PLACE
units(k, c) = int(system("awk -F '\\t' -v name=" . CLASS[c] . " '/^#/ { next } !at { for (i = 1; i <= NF; i++) if ($i == \"class\") at = i; next } \
    $at == name { n++ } END { print n + 0 }' " . FOLDER(k) . 'scores.tsv'))
array COUNT[5 * N]
do for [k = 1:N] { do for [c = 1:5] { COUNT[5 * (k - 1) + c] = units(k, c) } }
set xrange [0.4:5.6] noextend
set yrange [0:*]
set xlabel ''
set ylabel 'units (first seed)'
unset xtics
set xtics nomirror scale 0 () font SMALL textcolor rgb ink
do for [c = 1:5] { set xtics add (CLASS_LABEL[c] c) }
plot for [k = 1:N] for [c = 1:5] '+' using (c + 0.8 * (k - 0.5) / N - 0.4):(COUNT[5 * (k - 1) + c] / 2.0):(0.36 / N):(COUNT[5 * (k - 1) + c] / 2.0) \
         every ::0::0 with boxxyerror fc rgb colour(k) notitle, \
     for [k = 1:N] for [c = 1:5] '+' using (c + 0.8 * (k - 0.5) / N - 0.4):(COUNT[5 * (k - 1) + c]):(sprintf('%d', COUNT[5 * (k - 1) + c])) \
         every ::0::0 with labels offset 0, 0.5 font SMALL notitle
X = 150; Y = height - 12
load 'figures/legend.gp'
