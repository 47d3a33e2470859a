#include "audit/power.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units/score_table.h"

static const double SURE = 0.9;

struct gn_power {
    gn_table *power, *precision; /* NULL: not known */
};

/* The patterns that the page shows of each class, in order; of two lattices the one that is found less often. */
static const struct {
    gn_class class;
    const char *says;
    const char *pattern[2]; /* the second may be NULL */
    double scale;
} shown[] = {
    {GN_GRID, "lattices of two periods", {"triangular", "rectangular"}, 2},
    {GN_GRID, "on a ramp", {"ramp-triangular", "ramp-rectangular"}, 2},
    {GN_GRID, "uneven", {"uneven-triangular", "uneven-rectangular"}, 2},
    {GN_BAND, "bands of two periods", {"band", NULL}, 2},
    {GN_BAND, "of one and a half", {"band", NULL}, 1.5},
    {GN_BORDER, "falls over 0.2 inradii", {"wall", NULL}, 0.2},
    {GN_BORDER, "over 0.5", {"wall", NULL}, 0.5},
};

gn_status gn_power_read(const char *power_path, const char *precision_path, gn_power **out) {
    gn_power *p = gn_alloc(1, sizeof *p);
    gn_status status = p ? GN_OK : GN_EIO;
    *out = NULL;
    if (!status && power_path) status = gn_table_read(power_path, "score-power", &p->power);
    if (!status && power_path) status = gn_score_check_version(p->power, power_path);
    if (!status && precision_path) status = gn_table_read_plain(precision_path, NULL, &p->precision);
    if (status)
        gn_power_free(p);
    else
        *out = p;
    return status;
}

void gn_power_free(gn_power *p) {
    if (!p) return;
    gn_table_free(p->power);
    gn_table_free(p->precision);
    free(p);
}

/* The text in a row's column; "" when there is no such column. */
static const char *cell(const gn_table *table, size_t row, const char *column) {
    const int found = gn_table_find_column(table, column);
    return found < 0 ? "" : gn_table_text(table, row, found);
}

static double number(const gn_table *table, size_t row, const char *column) {
    double value;
    return gn_parse_real(cell(table, row, column), &value) ? value : NAN;
}

/* The share that is found of a pattern at a scale; nan when it was not measured in this arena. */
static double found_of(const gn_table *table, const char *pattern, double scale, gn_shape arena) {
    for (size_t row = 0; pattern && row < gn_table_rows(table); row++)
        if (strcmp(cell(table, row, "pattern"), pattern) == 0 && number(table, row, "scale") == scale &&
            strcmp(cell(table, row, "arena"), gn_arena_name(arena)) == 0)
            return number(table, row, "rate");
    return NAN;
}

size_t gn_least_units(double found, double bound, size_t units) {
    size_t m = (size_t)bound + 1;
    while (m <= units && !(gsl_cdf_binomial_Q((unsigned)bound, found, (unsigned)m) >= SURE))
        m++;
    return m;
}

void gn_power_of_class(const gn_power *p, gn_class class, gn_shape arena, const gn_needed *needed, gn_text *text) {
    const char *before = "";
    if (!p || !p->power) return;
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
        if (shown[k].class != class) continue;
        const double found = fmin(found_of(p->power, shown[k].pattern[0], shown[k].scale, arena),
                                  found_of(p->power, shown[k].pattern[1], shown[k].scale, arena)); /* passes over nan */
        if (isnan(found)) continue;
        gn_text_format(text, "%s%s %.2g", before, shown[k].says, found);
        before = ", ";
        if (needed->class != class || isnan(needed->bound) || 2 * needed->bound >= (double)needed->units) continue;
        const size_t least = gn_least_units(found, needed->bound, needed->units);
        if (least > needed->units)
            gn_text_format(text, " (never enough)");
        else
            gn_text_format(text, " (seen from %zu of %zu units on)", least, needed->units);
    }
}

bool gn_power_of_walks(const gn_power *p, const char *id, const char *experiment, gn_text *text) {
    for (size_t row = 0; p && p->precision && row < gn_table_rows(p->precision); row++)
        if (strcmp(cell(p->precision, row, "id"), id) == 0 &&
            strcmp(cell(p->precision, row, "experiment"), experiment) == 0) {
            gn_text_format(text, "over %s walks of one network: %.3g +- %.2g, %s in range",
                           cell(p->precision, row, "walks"), number(p->precision, row, "mean"),
                           number(p->precision, row, "sd"), cell(p->precision, row, "in_range"));
            return true;
        }
    return false;
}
