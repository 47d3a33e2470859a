# Draws the sheet of curve-sheet in the current place, as sheet.gp does maps: CURVES.tsv, with
# CURVES-cells.tsv for the frames. A frame is from rate -1 to 1; the line in it is rate 0.

@BARE
set xrange [*:*]; set yrange [*:*]
stats CURVES . '-cells.tsv' using 'x':'y' name 'CELLS' nooutput
set size ratio -1
set xrange [-0.03:CELLS_max_x + 1.03] noextend
set yrange [-0.08:CELLS_max_y + 1.03] noextend
plot CURVES . '-cells.tsv' using (column('x') + 0.5):(column('y') + 0.5):(0.44):(0.44) with boxxyerror lc rgb faint lw 0.5 fs empty border lc rgb faint, \
     CURVES . '-cells.tsv' using (column('x') + 0.06):(column('y') + 0.5):(0.88):(0) with vectors nohead lc rgb faint lw 0.5, \
     CURVES . '-cells.tsv' using (MARK && strcol('class') ne '-' ? column('x') + 0.5 : NaN):(column('y') + 0.022):(0.44):(0.018):(class_colour(strcol('class'))) with boxxyerror fc rgb variable, \
     CURVES . '.tsv' using 'sheet_x':'sheet_y' with lines lc rgb ink lw 0.8
set size noratio
