# Development: units of the three classes the paper tells of in the phases of training; a line a seed, dotted what chance gives.
width = 720; height = 250
load 'figures/style.gp'
COUNTS = data . '/figures/development.tsv'
seeds_at(arena) = system("awk -F '\t' '$1 == \"" . arena . "\" { print $2 }' " . COUNTS . " | sort -nu")
percent(name) = 100.0 * column(name) / column('units')
# update 0 has no place on a logarithmic axis: it stands at its left end
update(a, s) = strcol('experiment') eq ARENA[a] && strcol('seed') eq s ? (column('update') > START ? column('update') : START) : NaN
# One range in all arenas. Chance that lies above it is said in words.
TOP = 12
stats COUNTS using (sum [c = 1:3] (TOP = percent(CLASS[c]) > TOP ? 1.1 * percent(CLASS[c]) : TOP, 0)) nooutput
# 'LOWEST HIGHEST' of a class by chance (%), in whole numbers; empty: not known.
by_chance(arena, name) = system("awk -F '\t' -v arena=" . arena . " -v name=" . name . "_chance '/^#/ { next } \
    !c { for (i = 1; i <= NF; i++) { if ($i == name) c = i; if ($i == \"units\") u = i } next } \
    $1 == arena && $c != \"nan\" { x = 100 * $c / $u; if (!n++ || x < low) low = x; if (x > high) high = x } \
    END { if (n) printf \"%.0f %.0f\", low, high }' " . COUNTS)
# Lines of two classes in one place are both seen: each class is drawn a little beside its numbers.
aside(c) = 0.15 * (2 - c)
DX = 180; DY = 150
START = profile eq 'quick' ? 1 : 10
set logscale x
set datafile missing NaN # rows of other networks do not break a line
do for [a = 1:3] {
    X = 55 + 230 * (a - 1); Y = 30; @PLACE
    set title ARENA[a] offset 0, -0.6
    if (a == 1) { set ylabel 'units (%)' } else { unset ylabel }
    set xlabel 'update'
    set yrange [-0.3:TOP] noextend
    set ytics nomirror out scale 0.5 0, TOP > 20 ? 10 : 2
    set xrange [START:*]
    set xtics ('0' START, '2' 2, '5' 5, '50' 50, '400' 400, '1900' 1900)
    lines_above = 0
    do for [c = 1:3] {
        ends = by_chance(ARENA[a], CLASS[c])
        if (words(ends) == 2 && real(word(ends, 1)) > TOP) {
            lines_above = lines_above + 1
            set label c sprintf('%s by chance: %s%s%% ↑', CLASS_LABEL[c], word(ends, 1) eq word(ends, 2) ? '' : word(ends, 1) . ' to ', word(ends, 2)) \
                at graph 0.5, graph 1.06 - 0.08 * lines_above center font MEDIUM textcolor rgb CLASS_COLOUR[c]
        }
    }
    plot for [c = 1:3] for [s in seeds_at(ARENA[a])] COUNTS using (update(a, s)):(percent(CLASS[c] . '_chance') + aside(c)) \
             with lines lc rgb CLASS_COLOUR[c] lw 1.2 dt (4, 4), \
         for [c = 3:1:-1] for [s in seeds_at(ARENA[a])] COUNTS using (update(a, s)):(percent(CLASS[c]) + aside(c)) \
             with linespoints lc rgb CLASS_COLOUR[c] lw 1.4 pt 7 ps 0.5
    do for [c = 1:3] { unset label c }
}
unset title
@BARE
@WHOLE
do for [c = 1:3] { set label c CLASS_LABEL[c] at 190 + 90 * (c - 1), height - 10 font MEDIUM textcolor rgb ink }
set label 4 'dotted: by chance' at 460, height - 10 font MEDIUM textcolor rgb ink
plot for [c = 1:3] '+' using (180 + 90 * (c - 1)):(height - 10):(6):(2.5) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[c]
