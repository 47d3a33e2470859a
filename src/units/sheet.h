/* Sheets: which units a figure shows, in which order, and where each one's cell lies.
 * map-sheet and curve-sheet share this, so that a unit has the same place in every sheet. */
#ifndef GN_SHEET_H
#define GN_SHEET_H

#include <stdbool.h>

#include "cli/options.h"
#include "io/table.h"

/* Rows for an option table. */
/* clang-format off */
#define GN_SHEET_OPTIONS \
    {.name = "columns", .type = GN_OPTION_INT, .fallback = "10", .min = 1, .max = 1000, .unit = "cells", .help = "cells beside each other"}, \
    {.name = "fill", .type = GN_OPTION_CHOICE, .fallback = "row", .choices = "row|column", .help = "cells follow each other along a row or down a column"}, \
    {.name = "order", .type = GN_OPTION_CHOICE, .fallback = "unit", .choices = "unit|class", .help = "by number, or by class and within it by falling z (needs --scores)"}, \
    {.name = "scores", .type = GN_OPTION_INPUT, .fallback = "", .help = "table of score-units, for classes"}, \
    {.name = "picks", .type = GN_OPTION_INPUT, .fallback = "", .help = "table of pick-units: show these units only, in its order"}, \
    {.name = "figure", .type = GN_OPTION_TEXT, .fallback = "", .help = "the figure whose rows of --picks count"}, \
    {.name = "units", .type = GN_OPTION_TEXT, .fallback = "", .help = "show these units only, in this order: numbers from 0, separated by commas"}, \
    {.name = "cells", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "table of the cells and their labels"}
/* clang-format on */

typedef struct {
    int unit; /* -1: an empty cell (a pick that no unit could fill) */
    int row, column;
    const char *panel, *class_name, *status, *score_name, *lacks; /* - when unknown; a table's */
    double class_z, value, bound, z, axes;                        /* nan when unknown */
} gn_sheet_cell;

typedef struct {
    int count, rows, columns;
    gn_sheet_cell *cell; /* (count) */
    gn_table *scores, *picks;
} gn_sheet; /* owns its cells and tables */

/* For a network of so many units. */
gn_status gn_sheet_from_options(const gn_options *, int units, gn_sheet *);
/* One cell that stands for no unit (its number is 0). */
gn_status gn_sheet_single(gn_sheet *);
void gn_sheet_free(gn_sheet *);

/* Writes --cells when it was given: one row a cell. x and y are the lower left corners of the
 * cells and size their width, in the sheet's coordinates; low and high are (count), the values
 * that the ends of the cell's scale stand for. */
gn_status gn_sheet_write_cells(const gn_sheet *, const gn_options *, const double (*corner)[2], double size,
                               const double *low, const double *high);

#endif
