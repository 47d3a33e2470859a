# Beyond the paper: trained in one arena (rows), walking in another (columns): maps of the same units, and the error.
width = 720; height = 400
load 'figures/style.gp'
FOLDER(a, b) = data . '/' . (a == b ? ARENA[a] : 'transfer-' . ARENA[a] . '-' . ARENA[b]) . '/seed-1/'
mean(file, name) = real(system("awk -F '\\t' -v name=" . name . " '/^#/ { next } \
    !c { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { s += $c; n++ } END { print s / n }' " . file))
constant(file) = real(system("awk '/^# best_constant/ { print $3 }' " . file))
LEFT(b) = 62 + 220 * (b - 1)
TOP(a) = 30 + 122 * (a - 1)
@BARE
@WHOLE
# a frame where a network walks at home
do for [a = 1:3] { set object a rectangle from LEFT(a) - 5, TOP(a) - 3 to LEFT(a) + 213, TOP(a) + 107 fs empty border lc rgb axis lw 0.8 }
plot NaN
do for [a = 1:3] { unset object a }
do for [a = 1:3] {
    do for [b = 1:3] {
        X = LEFT(b); Y = TOP(a); DX = 208; DY = 84; @PLACE
        SHEET = FOLDER(a, b) . 'figures/elsewhere'
        load 'figures/sheet.gp'
        @BARE
        @WHOLE
        LONG = FOLDER(a, b) . 'longrun.tsv'
        wrong = mean(LONG, 'error_squared'); free = constant(LONG)
        set label 1 sprintf('error %.3g, %.0f%% of the constant''s', wrong, 100 * wrong / free) at X + DX / 2, Y + 96 center font MEDIUM textcolor rgb ink
        plot NaN
        unset label
    }
}
@BARE
@WHOLE
do for [a = 1:3] {
    set label a 'walks in the ' . ARENA[a] at LEFT(a) + 104, 12 center textcolor rgb ink
    set label 3 + a ARENA[a] at 44, TOP(a) + 46 center rotate by 90 textcolor rgb ink
}
set label 8 'trained in the' at 26, TOP(2) + 46 center rotate by 90 textcolor rgb ink
plot NaN
