#include "plan/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/options_table.h"

enum { PROGRAM, ALGORITHM, OPTION, TYPE, DEFAULT, MIN, MAX, CHOICES, UNIT, NOTE, HELP, COLUMNS };
static const char *const column_name[COLUMNS] = {"program", "algorithm", "option", "type", "default", "min",
                                                 "max",     "choices",   "unit",   "note", "help"};

static const char *none_if_dash(const char *text) {
    return strcmp(text, "-") == 0 ? NULL : text;
}

static gn_status read_row(const char *path, const gn_table *table, size_t row, const int at[COLUMNS],
                          gn_catalogue_row *out) {
    const char *cell[COLUMNS];
    int64_t algorithm;
    for (int c = 0; c < COLUMNS; c++)
        cell[c] = gn_table_text(table, row, at[c]);
    const int type = gn_parse_choice(cell[TYPE], GN_OPTION_TYPES);
    gn_option o = {.name = cell[OPTION],
                   .type = (gn_option_type)(type < 0 ? 0 : type),
                   .fallback = none_if_dash(cell[DEFAULT]),
                   .choices = none_if_dash(cell[CHOICES]),
                   .unit = none_if_dash(cell[UNIT]),
                   .help = cell[HELP],
                   .late = strcmp(cell[NOTE], "late") == 0,
                   .free = strcmp(cell[NOTE], "free") == 0};
    const bool empty = strcmp(o.name, "-") == 0; /* the row of a program that has no options */
    if (!gn_parse_int(cell[ALGORITHM], &algorithm) || algorithm < 1 || (!empty && type < 0) ||
        !gn_parse_real(cell[MIN], &o.min) || !gn_parse_real(cell[MAX], &o.max))
        return gn_fail(GN_EFILE, "%s: option %s of %s: not a row of an option table", path, o.name, cell[PROGRAM]);
    *out = (gn_catalogue_row){.program = cell[PROGRAM], .algorithm = (int)algorithm, .option = o};
    if (empty) out->option.name = NULL;
    return GN_OK;
}

gn_status gn_catalogue_read(const char *path, gn_catalogue *c) {
    int at[COLUMNS];
    *c = (gn_catalogue){0};
    gn_status status = gn_table_read_plain(path, NULL, &c->table);
    for (int k = 0; k < COLUMNS && !status; k++)
        status = gn_table_column(c->table, column_name[k], &at[k]);
    const size_t rows = status ? 0 : gn_table_rows(c->table);
    c->row = gn_alloc(rows + 1, sizeof *c->row);
    if (!status && !c->row) status = GN_EIO;
    for (size_t i = 0; i < rows && !status; i++)
        status = read_row(path, c->table, i, at, &c->row[c->rows++]);
    for (int i = c->rows - 1; i >= 0 && !status; i--) {
        const bool last = i + 1 == c->rows || strcmp(c->row[i].program, c->row[i + 1].program) != 0;
        c->row[i].of_program = last ? 1 : c->row[i + 1].of_program + 1;
    }
    if (status) gn_catalogue_free(c);
    return status;
}

void gn_catalogue_free(gn_catalogue *c) {
    gn_table_free(c->table);
    free(c->row);
    *c = (gn_catalogue){0};
}

/* The rows of a program, which stand together; NULL when there are none. */
static const gn_catalogue_row *rows_of(const gn_catalogue *c, const char *program, int *rows) {
    for (int i = 0; i < c->rows; i += c->row[i].of_program)
        if (strcmp(c->row[i].program, program) == 0) {
            *rows = c->row[i].of_program;
            return &c->row[i];
        }
    *rows = 0;
    return NULL;
}

int gn_catalogue_algorithm(const gn_catalogue *c, const char *program) {
    int rows;
    const gn_catalogue_row *row = rows_of(c, program, &rows);
    return row ? row->algorithm : 0;
}

const gn_option *gn_catalogue_option_at(const gn_catalogue *c, const char *program, int k) {
    int rows;
    const gn_catalogue_row *row = rows_of(c, program, &rows);
    return k < rows && row[k].option.name ? &row[k].option : NULL;
}

const gn_option *gn_catalogue_option(const gn_catalogue *c, const char *program, const char *name) {
    int rows;
    const gn_catalogue_row *row = rows_of(c, program, &rows);
    for (int k = 0; k < rows; k++)
        if (row[k].option.name && strcmp(row[k].option.name, name) == 0) return &row[k].option;
    return NULL;
}

const char *gn_value_accepted(gn_store *store, const gn_option *o) {
    switch (o->type) {
        case GN_OPTION_FLAG:
            return "yes|no";
        case GN_OPTION_INT:
            return gn_store_format(store, "int %.0f..%.0f", o->min, o->max);
        case GN_OPTION_REAL:
            return gn_store_format(store, "real %.10g..%.10g", o->min, o->max);
        case GN_OPTION_CHOICE:
            return gn_store_format(store, "%s", o->choices);
        case GN_OPTION_TEXT:
            return "text";
        case GN_OPTION_INPUT:
        case GN_OPTION_OUTPUT:
        case GN_OPTION_FOLDER:
            break;
    }
    return "file";
}

const char *gn_value_fault(gn_store *store, const gn_option *o, const char *value) {
    int64_t integer;
    double real;
    const char *fault = NULL;
    switch (o->type) {
        case GN_OPTION_FLAG:
            if (gn_parse_choice(value, "yes|no") < 0) fault = "not yes or no";
            break;
        case GN_OPTION_INT:
            if (!gn_parse_int(value, &integer))
                fault = "not an integer";
            else if ((double)integer < o->min || (double)integer > o->max)
                fault = "out of range";
            break;
        case GN_OPTION_REAL:
            if (!gn_parse_real(value, &real))
                fault = "not a number";
            else if (real < o->min || real > o->max)
                fault = "out of range";
            break;
        case GN_OPTION_CHOICE:
            if (gn_parse_choice(value, o->choices) < 0) fault = "no such choice";
            break;
        case GN_OPTION_TEXT:
        case GN_OPTION_INPUT:
        case GN_OPTION_OUTPUT:
        case GN_OPTION_FOLDER:
            break;
    }
    return fault ? gn_store_format(store, "%s: '%s', accepted: %s", fault, value, gn_value_accepted(store, o)) : NULL;
}

bool gn_value_same(const gn_option *o, const char *a, const char *b) {
    double x, y;
    if ((o->type == GN_OPTION_REAL || o->type == GN_OPTION_INT) && gn_parse_real(a, &x) && gn_parse_real(b, &y))
        return x == y;
    return strcmp(a, b) == 0;
}
