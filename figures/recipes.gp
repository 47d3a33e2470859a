# The search for the regime of periodic maps: a row a recipe, best first, and what its network is like beside the paper's.
RANKED = 'experiments/search/results/ranking.tsv'
# seeds of one recipe, ID/seed-S, count once
UNTRAINED = int(system("grep '\tno-network\t' " . RANKED . " | cut -f 1 | sed 's|/.*||' | sort -u | wc -l"))
RANKING = "< grep -v '\tno-network\t' " . RANKED
N = int(system(substr(RANKING, 3, 1000) . " | grep -c -v -e '^#' -e '^network'"))
ROW = 12
TOP = 42; LEFT = 158
width = 720; height = TOP + ROW * N + 50
load 'figures/style.gp'
scored(x) = strcol('status') eq 'scored' ? x : NaN
# An error that is hardly below that of an untrained network (0.28): the maps of such a network say nothing.
learnt(colour) = column('mse') > 0.2 ? 0xb8b8b8 : colour

# Of each column: what it is called, its values, its range and tics, and the fingerprint whose range the paper gives. The
# paper's errors (Fig. 6a) are those away from walls, and no yardstick of the training error.
array SAYS[6] = ['training error', 'wavelength', 'no ramp', 'saturated', 'units by class', 'distance']
array UNIT[6] = ['arena units^2', 'arena units', '% of maps', '% of area', '% of units', 'tolerances']
array OF[6] = ['mse', 'wavelength', 'share_no_ramp', 'saturation', '', 'distance']
array TIMES[6] = [1, 1, 100, 100, 1, 1]
array LOW[6] = [0.003, 0, 0, 0, 0, 0]
array HIGH[6] = [0.5, 5, 100, 100, 100, 8]
array PRINT[6] = ['', 'wavelength', 'no_ramp', 'saturation', '', '']
DX = 80
LEFT_OF(k) = LEFT + 94 * (k - 1)
share(k) = 100.0 * column(CLASS[k]) / column('units')
by_chance(k) = 100.0 * column(CLASS[k] . '_chance') / column('units')
stats RANKING using (strcol('status') eq 'scored' ? share(1) > share(2) ? (share(1) > share(3) ? share(1) : share(3)) : (share(2) > share(3) ? share(2) : share(3)) : 0) name 'MOST' nooutput
HIGH[5] = MOST_max > 40 ? 100 : MOST_max > 18 ? 50 : 20

@BARE
@WHOLE
plot RANKING using (LEFT - 8):(TOP + ROW * ($0 + 0.5)):(strcol('network')) with labels right noenhanced font SMALL textcolor rgb ink, \
     RANKING using (LEFT):(TOP + ROW * ($0 + 0.5)):(LEFT_OF(6) + DX - LEFT):(0) with vectors nohead lc rgb 0xeeeeee lw 0.5
do for [k = 1:6] {
    X = LEFT_OF(k); Y = TOP; DY = ROW * N; @PLACE
    set border 1 linecolor rgb axis linewidth 0.6
    if (k == 1) { set logscale x } else { unset logscale }
    set xrange [LOW[k]:HIGH[k]] noextend
    set yrange [N - 0.5:-0.5] noextend
    set xtics nomirror out scale 0.5 offset 0, 0.3 font SMALL textcolor rgb ink
    set xtics auto
    if (k == 1) { set xtics ('0.01' 0.01, '0.05' 0.05, '0.2' 0.2) }
    if (k == 3 || k == 4) { set xtics 0, 50, 100 }
    if (k == 5) { set xtics 0, HIGH[5] / 2, HIGH[5] }
    set label 1 SAYS[k] at graph 0.5, screen text_y(TOP - 30) center font MEDIUM textcolor rgb ink
    set label 3 UNIT[k] at graph 0.5, screen text_y(TOP - 19) center font SMALL textcolor rgb axis
    if (PRINT[k] ne '') {
        low = TIMES[k] * paper(PRINT[k], 'low'); high = TIMES[k] * paper(PRINT[k], 'high')
        set object 1 rectangle from low, graph 0 to high, graph 1 fc rgb paper_tint fs solid noborder behind
    }
    if (k == 2) { set arrow 1 from RAMP, graph 0 to RAMP, graph 1 nohead lc rgb axis lw 0.8 dt 2 back; set label 2 'a ramp' at RAMP, screen text_y(TOP - 8) center font SMALL textcolor rgb axis }
    if (k == 5) {
        # each class's bar is what chance does not exceed
        plot for [c = 1:3] RANKING using (scored(0.5 * by_chance(c))):($0 + 0.26 * (c - 2)):(0.5 * by_chance(c)):(0.13) with boxxyerror fc rgb 0xd9d9d9, \
             for [c = 3:1:-1] RANKING using (scored(share(c))):($0 + 0.26 * (c - 2)):(learnt(CLASS_COLOUR[c])) with points pt 7 ps 0.35 lc rgb variable, NaN
    } else {
        plot RANKING using (scored(TIMES[k] * column(OF[k]))):0:(learnt(ink)) with points pt 7 ps 0.45 lc rgb variable, NaN
    }
    unset object 1; unset arrow 1; unset label
}
@BARE
@WHOLE
plot RANKING using (strcol('status') eq 'scored' ? NaN : LEFT + 4):(TOP + ROW * ($0 + 0.5)):(strcol('status')) with labels left font SMALL textcolor rgb axis, NaN
KEY = height - 12
if (UNTRAINED) { set label 9 sprintf('%d recipes are not trained yet', UNTRAINED) at 8, KEY font SMALL textcolor rgb axis }
set label 1 "the paper's range" at LEFT + 14, KEY font MEDIUM textcolor rgb ink
set label 2 'by chance in 99 of 100 networks' at LEFT + 122, KEY font MEDIUM textcolor rgb ink
do for [c = 1:3] { set label 2 + c CLASS_LABEL[c] at LEFT + 324 + 76 * (c - 1), KEY font MEDIUM textcolor rgb ink }
plot '+' using (LEFT + 4):(KEY):(6):(4) every ::0::0 with boxxyerror fc rgb paper_tint, \
     '+' using (LEFT + 112):(KEY):(6):(4) every ::0::0 with boxxyerror fc rgb 0xd9d9d9, \
     for [c = 1:3] '+' using (LEFT + 316 + 76 * (c - 1)):(KEY) every ::0::0 with points pt 7 ps 0.6 lc rgb CLASS_COLOUR[c]
unset label
