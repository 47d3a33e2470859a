#include "audit/evidence.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/table.h"

/* ---- reading -------------------------------------------------------------------------- */

/* Returns whether this is the first reason. */
static bool keep_reason(gn_evidence *e, const char *format, va_list arguments) {
    if (e->why[0] != '\0') return false;
    vsnprintf(e->why, sizeof e->why, format, arguments);
    return true;
}

double gn_none(gn_evidence *e, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    keep_reason(e, format, arguments);
    va_end(arguments);
    return NAN;
}

double gn_lacks(gn_evidence *e, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (keep_reason(e, format, arguments)) e->lacks = true;
    va_end(arguments);
    return NAN;
}

double *gn_scratch(gn_evidence *e, size_t count) {
    double *space = gn_alloc(count + 1, sizeof *space);
    void **grown = space == NULL ? NULL : realloc(e->kept, (size_t)(e->keeps + 1) * sizeof *grown);
    if (grown == NULL) {
        free(space);
        e->status = gn_fail(GN_EIO, "audit: no memory for %zu numbers", count);
        return NULL;
    }
    e->kept = grown;
    e->kept[e->keeps++] = space;
    return space;
}

/* Notes a table's path, once. */
static void note(gn_evidence *e, const gn_table *table) {
    const char *path = gn_results_path(e->results, table);
    const size_t length = strlen(e->from);
    if (strstr(e->from, path) || length + strlen(path) + 2 > sizeof e->from) return;
    snprintf(e->from + length, sizeof e->from - length, "%s%s", length ? " " : "", path);
}

static bool is_listed(const char *kinds, const char *kind) {
    const size_t length = strlen(kind);
    for (const char *p = kinds; (p = strstr(p, kind)) != NULL; p += length)
        if ((p == kinds || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0')) return true;
    return false;
}

const gn_table *gn_table_of(gn_evidence *e, const char *kind) {
    if (!is_listed(e->kinds, kind)) { /* make would not know that the audit needs this file */
        e->status = gn_fail(GN_EUSAGE, "audit: a statistic of '%s' reads %s", e->kinds, kind);
        return NULL;
    }
    const gn_table *table = gn_results_table(e->results, e->experiment, e->seed, kind, -1, NULL);
    if (table == NULL)
        gn_none(e, "no %s file", kind);
    else
        note(e, table);
    return table;
}

static int find_column(gn_evidence *e, const gn_table *table, const char *name) {
    if (table == NULL || e->status) return -1;
    const int column = gn_table_find_column(table, name);
    if (column < 0) gn_none(e, "no column %s in the %s file", name, gn_table_key(table, "kind"));
    return column;
}

double *gn_column(gn_evidence *e, const gn_table *table, const char *name) {
    int index = find_column(e, table, name);
    double *value = index < 0 ? NULL : gn_scratch(e, gn_table_rows(table));
    for (size_t row = 0; value != NULL && row < gn_table_rows(table); row++) {
        e->status = gn_table_double(table, row, index, &value[row]);
        if (e->status) return NULL;
    }
    return value;
}

int gn_text_column(gn_evidence *e, const gn_table *table, const char *name) {
    return find_column(e, table, name);
}

double gn_key_of(gn_evidence *e, const gn_table *table, const char *key) {
    if (table == NULL) return NAN;
    const char *text = gn_table_key(table, key);
    double value;
    if (text == NULL) return gn_none(e, "no key %s in the %s file", key, gn_table_key(table, "kind"));
    if (!gn_parse_real(text, &value)) return gn_none(e, "key %s is '%.40s', not a number", key, text);
    return value;
}

bool gn_arena_of(gn_evidence *e, const gn_table *scores, gn_arena *arena) {
    const char *name = scores == NULL ? NULL : gn_arena_key(scores, "arena");
    int shape = name == NULL ? -1 : gn_parse_choice(name, GN_ARENA_SHAPES);
    if (shape < 0) {
        gn_none(e, "no known arena in the scores file");
        return false;
    }
    double size = 0;
    const char *text = gn_arena_key(scores, "arena-size"), *corners = gn_arena_key(scores, "arena-corners");
    if (text && !gn_parse_real(text, &size)) {
        gn_none(e, "key arena-size is '%.40s', not a number", text);
        return false;
    }
    e->status = shape == GN_POLYGON ? gn_arena_parse(corners ? corners : "", arena)
                                    : gn_arena_make((gn_shape)shape, size, arena);
    return !e->status;
}

/* ---- arithmetic ------------------------------------------------------------------------ */

double gn_quantile(double *value, size_t n, double q) {
    size_t kept = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(value[k])) value[kept++] = value[k];
    if (kept == 0) return NAN;
    gsl_sort(value, 1, kept);
    return gsl_stats_quantile_from_sorted_data(value, 1, kept, q);
}

double gn_superiority(const double *a, size_t na, const double *b, size_t nb) {
    double above = 0;
    for (size_t i = 0; i < na; i++)
        for (size_t j = 0; j < nb; j++)
            above += a[i] > b[j] ? 1 : a[i] == b[j] ? 0.5 : 0;
    return above / ((double)na * (double)nb);
}

/* ---- classes --------------------------------------------------------------------------- */

size_t gn_members(gn_evidence *e, const gn_table *scores, gn_class class, double *member) {
    int index = gn_text_column(e, scores, "class");
    size_t count = 0;
    for (size_t row = 0; index >= 0 && row < gn_table_rows(scores); row++) {
        member[row] = strcmp(gn_table_text(scores, row, index), gn_class_name(class)) == 0;
        count += member[row] != 0;
    }
    return count;
}

/* Writes the rate of false positives of each unit; returns their dispersion, nan with the reason. */
static double rates_of(gn_evidence *e, const gn_table *scores, gn_class class, double *rate) {
    const double *width = gn_column(e, scores, "width");
    const char *name = gn_arena_key(scores, "arena");
    const int arena = name == NULL ? -1 : gn_parse_choice(name, GN_ARENA_SHAPES);
    if (width == NULL) return NAN;
    if (arena < 0) return gn_none(e, "no known arena in the scores file");
    for (size_t row = 0; row < gn_table_rows(scores); row++) {
        rate[row] = gn_chance_rate(e->chance, class, (gn_shape)arena, width[row]);
        if (isnan(rate[row])) return gn_none(e, "no rate of false positives of class %s", gn_class_name(class));
    }
    return gn_chance_dispersion(e->chance, class, (gn_shape)arena);
}

static double bound_of(gn_evidence *e, size_t units, const double *rate, double dispersion) {
    double bound;
    const gn_status status = gn_chance_bound(units, rate, dispersion, &bound);
    if (status) e->status = status;
    return status ? NAN : bound;
}

double gn_class_bound(gn_evidence *e, const gn_table *scores, gn_class class) {
    double *rate = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    const double dispersion = rate == NULL ? NAN : rates_of(e, scores, class, rate);
    return isnan(dispersion) ? NAN : bound_of(e, gn_table_rows(scores), rate, dispersion);
}

static double excess(gn_evidence *e, gn_class class, size_t members, size_t units, double bound) {
    e->needed = (gn_needed){.class = class, .units = units, .bound = bound};
    if (2 * bound >= (double)units)
        return gn_lacks(e, "chance alone gives up to %g of %zu units the class; not judged where that is half or more",
                        bound, units);
    return (double)members - bound;
}

double gn_class_excess(gn_evidence *e, const gn_table *scores, gn_class class) {
    double *member = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (member == NULL || gn_text_column(e, scores, "class") < 0) return NAN;
    const size_t count = gn_members(e, scores, class, member);
    return excess(e, class, count, gn_table_rows(scores), gn_class_bound(e, scores, class));
}

double gn_class_excess_pooled(gn_evidence *e, gn_class class) {
    size_t units = 0, members = 0, room = 0;
    double dispersion = 1;
    int64_t seed;
    if (gn_table_of(e, "scores") == NULL) return NAN;
    for (int k = 0; gn_results_seed(e->results, e->experiment, k, &seed); k++) {
        const gn_table *scores = gn_results_table(e->results, e->experiment, seed, "scores", -1, NULL);
        room += scores == NULL ? 0 : gn_table_rows(scores);
    }
    double *rate = gn_scratch(e, room), *member = gn_scratch(e, room);
    for (int k = 0; rate && member && gn_results_seed(e->results, e->experiment, k, &seed); k++) {
        const gn_table *scores = gn_results_table(e->results, e->experiment, seed, "scores", -1, NULL);
        if (scores == NULL) continue;
        const double of_seed = rates_of(e, scores, class, rate + units);
        if (isnan(of_seed) || gn_text_column(e, scores, "class") < 0) return NAN;
        dispersion = fmax(dispersion, of_seed);
        members += gn_members(e, scores, class, member);
        units += gn_table_rows(scores);
    }
    return rate && member ? excess(e, class, members, units, bound_of(e, units, rate, dispersion)) : NAN;
}

gn_split gn_split_column(gn_evidence *e, const gn_table *scores, gn_class class, const double *value) {
    gn_split s = {0};
    if (scores == NULL || value == NULL || e->status) return s;
    size_t n = gn_table_rows(scores);
    double *member = gn_scratch(e, n), *in = gn_scratch(e, n);
    s.out = gn_scratch(e, n);
    if (member == NULL || in == NULL || s.out == NULL) return (gn_split){0};
    gn_members(e, scores, class, member);
    for (size_t row = 0; row < n; row++) {
        if (isnan(value[row])) continue;
        if (member[row] != 0)
            in[s.n_in++] = value[row];
        else
            s.out[s.n_out++] = value[row];
    }
    if (s.n_in < GN_FEWEST) {
        gn_lacks(e, "%zu %s units, %d needed", s.n_in, gn_class_name(class), GN_FEWEST);
        return (gn_split){0};
    }
    s.in = in;
    return s;
}

gn_split gn_split_scores(gn_evidence *e, gn_class class, const char *name) {
    const gn_table *scores = gn_table_of(e, "scores");
    return gn_split_column(e, scores, class, gn_column(e, scores, name));
}
