# Draws the sheet of map-sheet in the current place:
#
#   SHEET = data . '/square/seed-1/maps'; X = 10; Y = 10; DX = 300; DY = 300; @PLACE; load 'figures/sheet.gp'
#
# SHEET.tsv is the image, SHEET-walls.tsv the arenas, SHEET-cells.tsv where each cell lies and whose
# it is. MARK = 1 puts a bar in its class's colour under each map. GAP is the room around cells, in bins.
# Leaves SIDE (a cell's width), X0, X1, Y0, Y1 (the ranges) and arrays of the cells: CELL_X, CELL_Y.

@BARE
stats SHEET . '-cells.tsv' using 'x':'y' name 'CELLS' nooutput
array CELL_X[CELLS_records]
array CELL_Y[CELLS_records]
stats SHEET . '-cells.tsv' using (CELL_X[$0 + 1] = column('x'), CELL_Y[$0 + 1] = column('y'), SIDE = column('size'), SIDE) \
    name 'SIZE' nooutput
X0 = CELLS_min_x - 1; X1 = CELLS_max_x + SIDE + 1
Y0 = CELLS_min_y - 2.6; Y1 = CELLS_max_y + SIDE + 1
set size ratio -1
set xrange [X0:X1] noextend
set yrange [Y0:Y1] noextend
set cbrange [0:1]
unset datafile columnheaders
plot SHEET . '.tsv' matrix with image
set datafile columnheaders
plot SHEET . '-walls.tsv' using (strcol('path') eq 'outside' ? column('x') : NaN):'y' with filledcurves closed fc rgb 'white', \
     SHEET . '-walls.tsv' using (strcol('path') eq 'wall' ? column('x') : NaN):'y' with lines lc rgb ink lw 0.5, \
     SHEET . '-cells.tsv' using (column('x') + SIDE / 2):(MARK ? column('y') - 1.5 : NaN):(SIDE / 2):(0.55):(class_colour(strcol('class'))) \
         with boxxyerror fc rgb variable
set size noratio
