#include "units/sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/header.h"
#include "io/table.h"
#include "units/score_class.h"

static int by_class(const void *a, const void *b) {
    const gn_sheet_cell *p = a, *q = b;
    int rank = gn_class_rank(p->class_name) - gn_class_rank(q->class_name);
    if (rank) return rank;
    double pz = isnan(p->class_z) ? -HUGE_VAL : p->class_z;
    double qz = isnan(q->class_z) ? -HUGE_VAL : q->class_z;
    if (pz != qz) return pz > qz ? -1 : 1;
    return p->unit - q->unit;
}

static void blank(gn_sheet_cell *cell, int unit) {
    *cell =
        (gn_sheet_cell){.unit = unit, .panel = "-", .class_name = "-", .status = "-", .score_name = "-", .lacks = "-"};
    cell->class_z = cell->value = cell->bound = cell->z = cell->axes = cell->shown_r = NAN;
}

/* Reads the unit of a table's row, which must be an integer from `low` to units - 1. */
static gn_status row_unit(const gn_table *table, const char *path, size_t row, int column, int low, int units,
                          int *unit) {
    double value;
    gn_status status = gn_table_double(table, row, column, &value);
    if (status) return status;
    if (!(value >= low && value < units && value == floor(value)))
        return gn_fail(GN_EFILE, "%s: unit %g, accepted %d to %d", path, value, low, units - 1);
    *unit = (int)value;
    return GN_OK;
}

static gn_status attach_classes(gn_sheet *sheet, const char *path, const gn_probed *probed) {
    gn_status status = gn_class_table_read(path, probed->file, probed->units, &sheet->classes);
    for (int k = 0; !status && k < sheet->count; k++) {
        gn_sheet_cell *cell = &sheet->cell[k];
        cell->class_name = sheet->classes.name[cell->unit];
        cell->class_z = sheet->classes.z[cell->unit];
    }
    return status;
}

static gn_status take_picks(gn_sheet *sheet, const char *path, const char *figure, const gn_probed *probed) {
    static const char *const names[] = {"figure", "panel", "unit", "class", "status", "score",
                                        "value",  "bound", "z",    "lacks", "axes",   "map_shown_r"};
    enum { FIGURE, PANEL, UNIT, CLASS, STATUS, SCORE, VALUE, BOUND, Z, LACKS, AXES, SHOWN_R, COUNT };
    int column[COUNT];
    gn_status status = gn_table_read(path, "picks", &sheet->picks);
    const gn_table *table = sheet->picks;
    /* A network that goes on from another one can be shown by the other's picks. */
    if (!status && !gn_file_get(probed->file, "recipe.continue"))
        status = gn_header_same_training(gn_header_of(probed->file), (gn_header){.path = path, .table = table});
    for (int k = 0; !status && k < COUNT; k++)
        status = gn_table_column(table, names[k], &column[k]);
    if (status) return status;
    size_t rows = gn_table_rows(table);
    sheet->cell = gn_alloc(rows ? rows : 1, sizeof *sheet->cell);
    if (!sheet->cell) return GN_EIO;
    for (size_t r = 0; r < rows && !status; r++) {
        if (strcmp(gn_table_text(table, r, column[FIGURE]), figure) != 0) continue;
        gn_sheet_cell *cell = &sheet->cell[sheet->count];
        blank(cell, -1);
        status = row_unit(table, path, r, column[UNIT], -1, (int)probed->units, &cell->unit);
        cell->panel = gn_table_text(table, r, column[PANEL]);
        cell->class_name = gn_table_text(table, r, column[CLASS]);
        cell->status = gn_table_text(table, r, column[STATUS]);
        cell->score_name = gn_table_text(table, r, column[SCORE]);
        if (!status) status = gn_table_double(table, r, column[VALUE], &cell->value);
        cell->lacks = gn_table_text(table, r, column[LACKS]);
        if (!status) status = gn_table_double(table, r, column[AXES], &cell->axes);
        if (!status) status = gn_table_double(table, r, column[SHOWN_R], &cell->shown_r);
        if (!status) status = gn_table_double(table, r, column[BOUND], &cell->bound);
        if (!status) status = gn_table_double(table, r, column[Z], &cell->z);
        sheet->count++;
    }
    if (!status && sheet->count == 0) status = gn_fail(GN_EFILE, "%s: no row for figure \"%s\"", path, figure);
    return status;
}

/* Adds the cells of a list of units such as "3,17,5". */
static gn_status take_listed(gn_sheet *sheet, const char *list, int units) {
    for (const char *at = list;; at++) {
        char number[16];
        size_t length = strcspn(at, ",");
        int64_t unit = -1;
        if (length < sizeof number) {
            memcpy(number, at, length);
            number[length] = 0;
            if (!gn_parse_int(number, &unit)) unit = -1;
        }
        if (unit < 0 || unit >= units || sheet->count == units)
            return gn_fail(GN_EUSAGE, "--units: '%s', expected up to %d numbers from 0 to %d, separated by commas",
                           list, units, units - 1);
        blank(&sheet->cell[sheet->count++], (int)unit);
        at += length;
        if (!*at) return GN_OK;
    }
}

static gn_status take_all(gn_sheet *sheet, const gn_options *options, const gn_probed *probed) {
    const int units = (int)probed->units;
    sheet->cell = gn_alloc((unsigned long)units, sizeof *sheet->cell);
    if (!sheet->cell) return GN_EIO;
    gn_status status = GN_OK;
    if (gn_option_given(options, "units")) {
        status = take_listed(sheet, gn_option_text(options, "units"), units);
        if (status) return status;
    } else
        for (; sheet->count < units; sheet->count++)
            blank(&sheet->cell[sheet->count], sheet->count);
    if (gn_option_given(options, "scores")) status = attach_classes(sheet, gn_option_text(options, "scores"), probed);
    if (!status && gn_option_choice(options, "order") == 1)
        qsort(sheet->cell, (size_t)sheet->count, sizeof *sheet->cell, by_class);
    return status;
}

gn_status gn_sheet_from_options(const gn_options *options, const gn_probed *probed, gn_sheet *sheet) {
    memset(sheet, 0, sizeof *sheet);
    bool picked = gn_option_given(options, "picks");
    gn_status status;
    if (picked && gn_option_given(options, "scores"))
        return gn_fail(GN_EUSAGE, "--picks and --scores exclude each other: picks carry their classes");
    if (picked != gn_option_given(options, "figure")) return gn_fail(GN_EUSAGE, "--picks and --figure go together");
    if (picked && gn_option_given(options, "units"))
        return gn_fail(GN_EUSAGE, "--picks and --units exclude each other");
    if (gn_option_choice(options, "order") == 1 && !gn_option_given(options, "scores"))
        return gn_fail(GN_EUSAGE, "--order class needs --scores");
    if (picked)
        status = take_picks(sheet, gn_option_text(options, "picks"), gn_option_text(options, "figure"), probed);
    else
        status = take_all(sheet, options, probed);
    if (status) {
        gn_sheet_free(sheet);
        return status;
    }
    sheet->columns = (int)gn_option_int(options, "columns");
    if (sheet->columns == 0)
        for (sheet->columns = 1; sheet->columns * sheet->columns < sheet->count;)
            sheet->columns++;
    sheet->rows = (sheet->count + sheet->columns - 1) / sheet->columns;
    bool down = gn_option_choice(options, "fill") == 1;
    for (int k = 0; k < sheet->count; k++) {
        sheet->cell[k].row = down ? k % sheet->rows : k / sheet->columns;
        sheet->cell[k].column = down ? k / sheet->rows : k % sheet->columns;
    }
    return GN_OK;
}

gn_status gn_sheet_single(gn_sheet *sheet) {
    memset(sheet, 0, sizeof *sheet);
    sheet->cell = gn_alloc(1, sizeof *sheet->cell);
    if (!sheet->cell) return GN_EIO;
    blank(&sheet->cell[0], 0);
    sheet->count = sheet->rows = sheet->columns = 1;
    return GN_OK;
}

void gn_sheet_free(gn_sheet *sheet) {
    free(sheet->cell);
    gn_class_table_free(&sheet->classes);
    gn_table_free(sheet->picks);
    memset(sheet, 0, sizeof *sheet);
}

gn_status gn_sheet_write_cells(const gn_sheet *sheet, const gn_options *options, const double (*corner)[2], double size,
                               const double *low, const double *high) {
    if (!gn_option_given(options, "cells")) return GN_OK;
    gn_tsv *tsv = gn_tsv_new("sheet-cells");
    if (!tsv) return GN_EIO;
    gn_status status = gn_tsv_columns(tsv,
                                      "cell\trow\tcolumn\tunit\tx\ty\tsize\tlow\thigh\tpanel\tclass\t"
                                      "status\tscore\tvalue\tbound\tz\tlacks\taxes\tmap_shown_r");
    for (int k = 0; !status && k < sheet->count; k++) {
        const gn_sheet_cell *cell = &sheet->cell[k];
        gn_tsv_int(tsv, k);
        gn_tsv_int(tsv, cell->row);
        gn_tsv_int(tsv, cell->column);
        gn_tsv_int(tsv, cell->unit);
        gn_tsv_double(tsv, corner[k][0]);
        gn_tsv_double(tsv, corner[k][1]);
        gn_tsv_double(tsv, size);
        gn_tsv_float(tsv, (float)low[k]);
        gn_tsv_float(tsv, (float)high[k]);
        gn_tsv_text(tsv, cell->panel);
        gn_tsv_text(tsv, cell->class_name);
        gn_tsv_text(tsv, cell->status);
        gn_tsv_text(tsv, cell->score_name);
        gn_tsv_float(tsv, (float)cell->value);
        gn_tsv_float(tsv, (float)cell->bound);
        gn_tsv_float(tsv, (float)cell->z);
        gn_tsv_text(tsv, cell->lacks);
        gn_tsv_float(tsv, (float)cell->axes);
        gn_tsv_float(tsv, (float)cell->shown_r);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_text(options, "cells"));
    gn_tsv_free(tsv);
    return status;
}
