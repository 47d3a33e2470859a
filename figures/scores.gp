# Every unit's scores against the larger 99th percentile of its nulls, in the three arenas.
width = 720; height = 690
load 'figures/style.gp'
array SCORE[4] = ['lattice', 'wave', 'fall', 'border']
array SAYS[4] = ['lattice', 'wave', 'fall from a wall', 'border score']
# the class asks a shape's score to exceed the shifted rates' null and the smoothed noise's
array NOISE[4] = ['lattice_noise_p99', 'wave_noise_p99', 'fall_noise_p99', 'border_noise_p99']
larger(a, b) = b > a ? b : a
bound(row) = larger(column(SCORE[row] . '_p99'), column(NOISE[row]))
FILE(arena, seed) = data . '/' . arena . '/seed-' . seed . '/scores.tsv'
DX = 172; DY = 118
do for [row = 1:4] {
    # one pair of ranges a row, so that arenas compare
    low = 1e9; high = -1e9; left = 1e9; right = -1e9
    set xrange [*:*]; set yrange [*:*]
    do for [a = 1:3] { do for [s in seeds_of(ARENA[a])] {
        if (numbers(FILE(ARENA[a], s), SCORE[row]) == 0 || numbers(FILE(ARENA[a], s), SCORE[row] . '_p99') == 0) { continue }
        stats FILE(ARENA[a], s) using SCORE[row] name 'V' nooutput
        stats FILE(ARENA[a], s) using (bound(row)) name 'P' nooutput
        low = V_min < low ? V_min : low; high = V_max > high ? V_max : high
        left = P_min < left ? P_min : left; right = P_max > right ? P_max : right
    } }
    if (low > high) { low = 0; high = 1; left = 0; right = 1 } # no unit has the score
    room = 0.05 * (high - low); side = right > left ? 0.08 * (right - left) : 0.1
    do for [a = 1:3] {
        X = 62 + 228 * (a - 1); Y = 26 + 162 * (row - 1); @PLACE
        if (row == 1) { set title ARENA[a] offset 0, -0.6 } else { unset title }
        if (a == 1) { set ylabel SAYS[row] } else { unset ylabel }
        set xlabel (row == 4 ? "99th percentile of its nulls" : '')
        set xrange [left - side:right + side] noextend
        set yrange [low - room:high + room] noextend
        STEP = step(right - left)
        set xtics STEP
        set samples 500
        inside(y) = y < low - room ? low - room : y > high + room ? high + room : y # filling is not clipped
        plot inside(x) with filledcurves y1=low - room fc rgb 0xf0f0f0, \
             x with lines lc rgb axis lw 0.8, \
             (row == 3 ? 0.75 : row == 4 ? 0.5 : NaN) with lines lc rgb axis lw 0.6 dt 3, \
             for [s in seeds_of(ARENA[a])] FILE(ARENA[a], s) using (bound(row)):SCORE[row]:(class_colour(strcol('class'))) with points pt 7 ps 0.3 lc rgb variable
    }
}
unset title
X = 190; Y = height - 10; SCALE = 0; load 'figures/legend.gp'
