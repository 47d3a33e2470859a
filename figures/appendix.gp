# Appendices A-C: maps, direction tuning and speed tuning of all units of one network; for `ablations`
# (two names of experiments, with titles) their maps below. figA.gp, figB.gp and figC.gp set
# arena, the letter and the ablations, and load this.
rows = ablations eq '' ? 1 : 2
width = 720; height = 36 + 256 * rows
load 'figures/style.gp'
SHEETS(name) = data . '/' . name . '/seed-1/figures/'
MARK = 1

SHEET = SHEETS(arena) . 'maps'
X = 8; Y = 26; DX = 228; DY = 228; @PLACE
load 'figures/sheet.gp'
CURVES = SHEETS(arena) . 'direction'
X = 246; @PLACE
load 'figures/curves.gp'
CURVES = SHEETS(arena) . 'speed'
X = 484; @PLACE
load 'figures/curves.gp'

if (rows == 2) {
    do for [k = 1:2] {
        SHEET = SHEETS(word(ablations, k)) . 'maps'
        X = k == 1 ? 8 : 246; Y = 282; DX = 228; DY = 228; @PLACE
        if (made(word(ablations, k))) { load 'figures/sheet.gp' } else {
            @BARE
            set xrange [0:1]; set yrange [0:1]
            set label 1 untrained(word(ablations, k)) at graph 0.5, 0.5 center textcolor rgb 0x777777
            plot NaN
            unset label 1
        }
    }
}

@BARE
@WHOLE
set label 1 '{/:Bold ' . letter . '}  ' . arena . after(arena) . ': maps' at 12, 14 font MEDIUM
set label 2 'rate (−1 to 1) against direction (0° to 360°)' at 248, 14 font MEDIUM
set label 3 'rate (−1 to 1) against speed (0 to 0.2 per step)' at 486, 14 font MEDIUM
if (rows == 2) {
    set label 4 'noise 1, metabolic cost 0' . (made(word(ablations, 1)) ? after(word(ablations, 1)) : '') at 12, 270 font MEDIUM
    set label 5 'noise 0, metabolic cost 1' . (made(word(ablations, 2)) ? after(word(ablations, 2)) : '') at 250, 270 font MEDIUM
}
plot NaN
unset label
X = rows == 2 ? 490 : 150; Y = rows == 2 ? 320 : height - 14
VERTICAL = rows == 2
load 'figures/legend.gp'
