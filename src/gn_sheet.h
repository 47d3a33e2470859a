/* Sheets: which units a figure shows, in which order, and where each one's cell lies.
 * map-sheet and curve-sheet share this, so that a unit has the same place in every sheet. */
#ifndef GN_SHEET_H
#define GN_SHEET_H

#include <stdbool.h>

#include "gn_file.h"
#include "gn_options.h"

/* Rows for an option table. */
/* clang-format off */
#define GN_SHEET_OPTIONS                                                                          \
    {"columns", GN_OPTION_INT, "10", 1, 1000, NULL, "cells", "cells beside each other"},          \
    {"fill", GN_OPTION_CHOICE, "row", 0, 0, "row|column", NULL,                                   \
     "cells follow each other along a row or down a column"},                                     \
    {"order", GN_OPTION_CHOICE, "unit", 0, 0, "unit|class", NULL,                                 \
     "by number, or by class and within it by falling z (needs --scores)"},                       \
    {"scores", GN_OPTION_INPUT, "", 0, 0, NULL, NULL, "table of score-units, for classes"},       \
    {"picks", GN_OPTION_INPUT, "", 0, 0, NULL, NULL,                                              \
     "table of pick-units: show these units only, in its order"},                                 \
    {"figure", GN_OPTION_TEXT, "", 0, 0, NULL, NULL, "the figure whose rows of --picks count"},   \
    {"units", GN_OPTION_TEXT, "", 0, 0, NULL, NULL,                                               \
     "show these units only, in this order: numbers from 0, separated by commas"},                \
    {"cells", GN_OPTION_OUTPUT, "", 0, 0, NULL, NULL, "table of the cells and their labels"}
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
gn_status gn_sheet_write_cells(const gn_sheet *, const gn_options *, const double (*corner)[2],
                               double size, const double *low, const double *high);

#endif
