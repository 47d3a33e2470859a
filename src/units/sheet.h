/* Sheets: which units a figure shows, in which order, and where the cell of each is. map-sheet and curve-sheet share
 * this, so that a unit has the same place in all sheets of a figure. */
#ifndef GN_SHEET_H
#define GN_SHEET_H

#include <stdbool.h>

#include "cli/options.h"
#include "io/table.h"
#include "units/class_table.h"
#include "units/probed.h"

/* Standard deviation of the Gaussian that smooths maps in figures, in bins; only visited bins are averaged. */
#define GN_SHEET_SMOOTHING 1.0

/* Rows for the option table of a program. */
/* clang-format off */
#define GN_SHEET_OPTIONS \
    {.name = "columns", .type = GN_OPTION_INT, .fallback = "0", .max = 1000, .unit = "cells", .help = "number of cells in a row; 0: as many as make the sheet square"}, \
    {.name = "fill", .type = GN_OPTION_CHOICE, .fallback = "row", .choices = "row|column", .help = "whether cells are filled row by row or column by column"}, \
    {.name = "order", .type = GN_OPTION_CHOICE, .fallback = "unit", .choices = "unit|class", .help = "order of units: by number, or by class and then by falling z (needs --scores)"}, \
    {.name = "scores", .type = GN_OPTION_INPUT, .fallback = "", .help = "table of score-units, for the classes of units"}, \
    {.name = "picks", .type = GN_OPTION_INPUT, .fallback = "", .help = "table of pick-units: show only these units, in the table's order"}, \
    {.name = "figure", .type = GN_OPTION_TEXT, .fallback = "", .help = "use the rows of --picks for this figure"}, \
    {.name = "units", .type = GN_OPTION_TEXT, .fallback = "", .help = "show only these units, in this order: numbers from 0, separated by commas"}, \
    {.name = "cells", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "write the places and labels of the cells to this table"}
/* clang-format on */

typedef struct {
    int unit; /* -1: an empty cell, for a pick without a unit */
    int row, column;
    const char *panel, *class_name, *status, *score_name, *lacks; /* "-" when unknown; they belong to a table */
    double class_z, value, bound, z, axes, shown_r;               /* nan when unknown */
} gn_sheet_cell;

typedef struct {
    int count, rows, columns;
    gn_sheet_cell *cell; /* (count) */
    gn_class_table classes;
    gn_table *picks;
} gn_sheet; /* owns its cells and tables */

/* Makes the sheet of the units of a probe. GN_EFILE when the scores are of another network. */
gn_status gn_sheet_from_options(const gn_options *, const gn_probed *, gn_sheet *);
/* Makes a sheet with a single cell, which shows no unit though its number is 0. */
gn_status gn_sheet_single(gn_sheet *);
void gn_sheet_free(gn_sheet *);

/* Writes --cells when it was given, a row for each cell. x and y are the lower left corner of a cell and size is its
 * width, in the coordinates of the sheet; low and high (count) are the values at the ends of each cell's scale. */
gn_status gn_sheet_write_cells(const gn_sheet *, const gn_options *, const double (*corner)[2], double size,
                               const double *low, const double *high);

#endif
