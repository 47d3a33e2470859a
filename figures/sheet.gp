# Draws the sheet of map-sheet in the current place:
#
#   SHEET = data . '/square/seed-1/maps'; X = 10; Y = 10; DX = 300; DY = 300; @PLACE; load 'figures/sheet.gp'
#
# SHEET.tsv is the image, SHEET-walls.tsv the arenas, SHEET-cells.tsv where each cell lies and whose
# it is. MARK = 1 puts a bar in its class's colour under each map, of a pixel and a half or more where the gap has room.
# WALLS = 0 leaves the arenas out (autocorrelograms have none). BELOW (default 0) is more of it under each cell, as told map-sheet. Leaves SIDE (a cell's width), X0, X1, Y0, Y1 (the ranges) and arrays of the cells: CELL_X, CELL_Y.

@BARE
set xrange [*:*]; set yrange [*:*]
stats SHEET . '-cells.tsv' using 'x' name 'CELLS_X' nooutput
stats SHEET . '-cells.tsv' using 'y' name 'CELLS_Y' nooutput
array CELL_X[CELLS_X_records]
array CELL_Y[CELLS_X_records]
stats SHEET . '-cells.tsv' using (CELL_X[$0 + 1] = column('x'), CELL_Y[$0 + 1] = column('y'), SIDE = column('size'), SIDE) \
    name 'SIZE' nooutput
X0 = CELLS_X_min - 1; X1 = CELLS_X_max + SIDE + 1
Y0 = CELLS_Y_min - 3.2 - BELOW; Y1 = CELLS_Y_max + SIDE + 1
set size ratio -1
set xrange [X0:X1] noextend
set yrange [Y0:Y1] noextend
set cbrange [0:1]
unset datafile columnheaders
plot SHEET . '.tsv' matrix with image
set datafile columnheaders
if (WALLS) {
    plot SHEET . '-walls.tsv' using (strcol('path') eq 'outside' ? column('x') : NaN):'y' with filledcurves closed fc rgb 'white', \
         SHEET . '-walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb ink lw 0.5
}
if (MARK) {
    THICK = 0.75 * (X1 - X0) / DX; THICK = THICK < 0.8 ? 0.8 : THICK > 1.9 ? 1.9 : THICK
    plot SHEET . '-cells.tsv' using (strcol('class') ne '-' ? column('x') + SIDE / 2 : NaN):(column('y') - 2):(SIDE / 2):(THICK):(class_colour(strcol('class'))) \
        with boxxyerror fc rgb variable
}
set size noratio
