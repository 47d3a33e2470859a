# The classes' colours and the maps' scale, from pixel (X, Y): in one line, or (VERTICAL = 1) one below the other; SCALE = 0
# leaves the scale out.
@BARE
@WHOLE
set cbrange [0:1]
LX(k) = X + (VERTICAL ? 0 : (k == 2 ? 72 : k == 3 ? 145 : k == 4 ? 205 : k == 5 ? 276 : k == 6 ? 372 : 0))
LY(k) = Y + (VERTICAL ? 18 * (k - 1) : 0)
do for [k = 1:5] { set label k CLASS_LABEL[k] at LX(k) + 16, LY(k) font MEDIUM textcolor rgb ink }
if (SCALE) {
    set label 6 'low' at LX(6), LY(6) font MEDIUM textcolor rgb ink
    set label 7 'high' at LX(6) + 78, LY(6) font MEDIUM textcolor rgb ink
}
plot for [k = 1:5] '+' using (LX(k) + 6):(LY(k)):(6):(2.5) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[k], \
     for [k = 0:(SCALE ? 49 : -1)] '+' using (LX(6) + 22 + k + 0.5):(LY(6)):(0.6):(4):(k / 49.0) every ::0::0 with boxxyerror fc palette
do for [k = 1:7] { unset label k }
