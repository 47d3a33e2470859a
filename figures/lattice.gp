# The other positive control: networks that report grid cells. Below, the classes of units against what they carry of the
# readout's lattice, which is known and not looked for.
NETWORKS = 'lattice-square lattice-triangle lattice-hexagon'
EXTRA = 130
load 'figures/controls.gp'

# Units by the weakest of the readout's three waves, over the strongest, in tenths: how many of each class.
binned(file) = "< awk -F '\\t' -v names='" . CLASSES . "' '/^#/ { next } \
    !weakest { for (i = 1; i <= NF; i++) { if ($i == \"weakest\") weakest = i; if ($i == \"class\") class = i } next } \
    { b = int($weakest * 10); n[b > 9 ? 9 : b, $class]++ } \
    END { count = split(names, name, \" \"); line = \"weakest\"; for (k = 1; k <= count; k++) line = line \"\\t\" name[k]; print line; " . \
    "for (b = 0; b < 10; b++) { line = (b + 0.5) / 10; sum = 0; for (k = 1; k <= count; k++) line = line \"\\t\" (sum += n[b, name[k]]); print line } }' " . file
@BARE
@WHOLE
set label 1 sprintf('{/:Bold %s}  units by class, against how equally strong the three waves of the readout are in them', substr('abcdef', N + 1, N + 1)) at 8, UNDER - 4 textcolor rgb ink
plot NaN
unset label
do for [k = 1:N] {
    name = word(SHOWN, k)
    @AXES
    X = 48 + 230 * (k - 1); DX = 180; Y = UNDER + 20; DY = 64; @PLACE
    set xrange [0:1] noextend
    set yrange [0:*]
    set ytics 5
    set xtics 0, 0.25, 1
    set xlabel 'weakest wave / strongest, ' . arena_of(name)
    if (k == 1) { set ylabel 'units' } else { unset ylabel }
    plot for [c = 5:1:-1] binned(FOLDER(k) . 'figures/waves.tsv') using 'weakest':(column(CLASS[c]) * 0.5):(0.046):(column(CLASS[c]) * 0.5) with boxxyerror fc rgb CLASS_COLOUR[c]
}
