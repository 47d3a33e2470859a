# The classes' colours in one line at pixel (X, Y), 85 pixels each; then the scale of the maps at the right when DX > 0.
@BARE
set margins at screen 0, 1, 0, 1
set xrange [0:width] noextend
set yrange [height:0] noextend
do for [k = 1:5] { set label k CLASS_LABEL[k] at X + 14 + 85 * (k - 1), Y font px(9) textcolor rgb ink }
plot for [k = 1:5] '+' using (X + 6 + 85 * (k - 1)):(Y):(5):(2.2) every ::0::0 with boxxyerror fc rgb CLASS_COLOUR[k]
do for [k = 1:5] { unset label k }
