# Beyond the paper: trained in one arena (rows), walking in another (columns): the same ten units, and the error.
width = 720; height = 400
load 'figures/style.gp'
ROW(name) = data . '/' . name . '/seed-1/'
run(a, b) = ROW(a == b ? ARENA[a] : 'transfer-' . ARENA[a] . '-' . ARENA[b])
mean(file, name) = real(system("awk -F '\\t' -v name=" . name . " '/^#/ { next } \
    !c { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { s += $c; n++ } END { print s / n }' " . file))
constant(file) = real(system("awk '/^# best_constant/ { print $3 }' " . file))
do for [a = 1:3] {
    do for [b = 1:3] {
        X = 62 + 220 * (b - 1); Y = 30 + 118 * (a - 1); DX = 208; DY = 96; @PLACE
        SHEET = run(a, b) . 'figures/elsewhere'
        load 'figures/sheet.gp'
        @BARE
        @WHOLE
        LONG = run(a, b) . 'longrun.tsv'
        set label 1 sprintf('error %.3f (constant %.2f)', mean(LONG, 'error_squared'), constant(LONG)) at X + DX / 2, Y + DY + 8 center font MEDIUM \
            textcolor rgb (a == b ? ink : 0x555555)
        plot NaN
        unset label
    }
}
@BARE
@WHOLE
do for [a = 1:3] {
    set label a ARENA[a] at 166 + 220 * (a - 1), 12 center textcolor rgb ink
    set label 3 + a ARENA[a] at 34, 30 + 118 * (a - 1) + 48 center rotate by 90 textcolor rgb ink
}
set label 7 'walks in' at 6, 12 font MEDIUM
set label 8 'trained in' at 12, 30 + 118 + 48 center rotate by 90 font MEDIUM
plot NaN
