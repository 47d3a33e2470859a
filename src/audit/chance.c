#include "audit/chance.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/table.h"
#include "units/score_table.h"

static const double SHARE_OF_NETWORKS = 0.99;
static const char *const POOLED = "any"; /* the rows of all surrogates together */

typedef struct {
    gn_class class;
    int arena; /* gn_shape */
    double low, high, rate;
} row;

struct gn_chance {
    row *row;
    size_t count;
    double dispersion[GN_CLASSES][GN_POLYGON + 1]; /* nan: that arena was not measured */
};

enum { CLASS, ARENA, SURROGATE, LOW, HIGH, RATE, COLUMNS };

static gn_status read_row(const gn_table *table, const char *path, size_t at, const int column[COLUMNS], row *r) {
    const char *class = gn_table_text(table, at, column[CLASS]), *arena = gn_table_text(table, at, column[ARENA]);
    const int number = gn_class_number(class);
    r->arena = gn_parse_choice(arena, GN_ARENA_SHAPES);
    if (number < 0) return gn_fail(GN_EFILE, "%s: class '%s', accepted " GN_CLASSES_JOINED(", "), path, class);
    if (r->arena < 0) return gn_fail(GN_EFILE, "%s: arena '%s', accepted " GN_ARENA_SHAPES, path, arena);
    r->class = (gn_class)number;
    gn_status status = gn_table_double(table, at, column[LOW], &r->low);
    if (!status) status = gn_table_double(table, at, column[HIGH], &r->high);
    if (!status) status = gn_table_double(table, at, column[RATE], &r->rate);
    if (!status && !(r->rate >= 0 && r->rate <= 1))
        status = gn_fail(GN_EFILE, "%s: rate %g, accepted 0 to 1", path, r->rate);
    return status;
}

/* nan: no unit of any network was in the class. */
static gn_status read_dispersion(const gn_table *table, const char *path, gn_chance *c) {
    for (gn_class class = GN_GRID; class <= GN_BORDER; class ++)
        for (gn_shape arena = GN_SQUARE; arena <= GN_POLYGON; arena++) {
            char key[64];
            double value = 1, *to = &c->dispersion[class][arena];
            snprintf(key, sizeof key, "overdispersion.%s.%s", gn_class_name(class), gn_arena_name(arena));
            const char *text = gn_table_key(table, key);
            if (text && strcmp(text, "nan") != 0 && !gn_parse_real(text, &value))
                return gn_fail(GN_EFILE, "%s: %s '%s', accepted a number", path, key, text);
            *to = text ? fmax(value, 1) : NAN;
        }
    return GN_OK;
}

gn_status gn_chance_read(const char *path, gn_chance **out) {
    static const char *const name[COLUMNS] = {"class", "arena", "surrogate", "width_low", "width_high", "rate_high"};
    int column[COLUMNS];
    gn_table *table = NULL;
    gn_chance *c = gn_alloc(1, sizeof *c);
    *out = NULL;
    gn_status status = c ? gn_table_read(path, "score-chance", &table) : GN_EIO;
    if (!status) status = gn_score_check_version(table, path);
    for (int k = 0; k < COLUMNS && !status; k++)
        status = gn_table_column(table, name[k], &column[k]);
    if (!status) status = read_dispersion(table, path, c);
    if (!status) {
        c->row = gn_alloc(gn_table_rows(table) + 1, sizeof *c->row);
        status = c->row ? GN_OK : GN_EIO;
    }
    for (size_t at = 0; !status && at < gn_table_rows(table); at++)
        if (strcmp(gn_table_text(table, at, column[SURROGATE]), POOLED) == 0)
            status = read_row(table, path, at, column, &c->row[c->count++]);
    gn_table_free(table);
    if (status)
        gn_chance_free(c);
    else
        *out = c;
    return status;
}

void gn_chance_free(gn_chance *c) {
    if (!c) return;
    free(c->row);
    free(c);
}

/* How far a width is from a bin of widths; below 0 inside it. */
static double distance(const row *r, double width) {
    return width < r->low ? r->low - width : width >= r->high ? width - r->high : -1;
}

static double rate_in(const gn_chance *c, gn_class class, int arena, double width) {
    const row *nearest = NULL;
    for (size_t k = 0; k < c->count; k++) {
        const row *r = &c->row[k];
        if (r->class != class || r->arena != arena) continue;
        if (!nearest || distance(r, width) < distance(nearest, width)) nearest = r;
    }
    return nearest ? nearest->rate : NAN;
}

double gn_chance_rate(const gn_chance *c, gn_class class, gn_shape arena, double width) {
    if (isnan(width)) return 0;
    const double own = rate_in(c, class, (int)arena, width);
    if (!isnan(own)) return own;
    double largest = NAN;
    for (int other = GN_SQUARE; other <= GN_POLYGON; other++)
        largest = fmax(largest, rate_in(c, class, other, width)); /* fmax passes over nan */
    return largest;
}

double gn_chance_dispersion(const gn_chance *c, gn_class class, gn_shape arena) {
    if (!isnan(c->dispersion[class][arena])) return c->dispersion[class][arena];
    double largest = 1;
    for (gn_shape other = GN_SQUARE; other <= GN_POLYGON; other++)
        largest = fmax(largest, c->dispersion[class][other]); /* fmax passes over nan */
    return largest;
}

/* Poisson's binomial: probability[k] that k of the units are in the class. */
static gn_status exact_bound(size_t units, const double *rate, double *bound) {
    double *probability = gn_alloc(units + 2, sizeof *probability), below = 0;
    size_t k = 0;
    if (!probability) return GN_EIO;
    probability[0] = 1;
    for (size_t i = 0; i < units; i++)
        for (size_t n = i + 2; n-- > 0;)
            probability[n] = probability[n] * (1 - rate[i]) + (n > 0 ? probability[n - 1] * rate[i] : 0);
    while (k < units && (below += probability[k]) < SHARE_OF_NETWORKS)
        k++;
    free(probability);
    *bound = (double)k;
    return GN_OK;
}

gn_status gn_chance_bound(size_t units, const double *rate, double dispersion, double *bound) {
    double mean = 0, variance = 0;
    unsigned k = 0;
    *bound = 0;
    if (!(dispersion > 1)) return exact_bound(units, rate, bound);
    for (size_t i = 0; i < units; i++) {
        mean += rate[i];
        variance += dispersion * rate[i] * (1 - rate[i]);
    }
    if (!(mean > 0)) return GN_OK;
    if (variance > mean * (1 + 1e-9))
        while (gsl_cdf_negative_binomial_P(k, mean / variance, mean * mean / (variance - mean)) < SHARE_OF_NETWORKS)
            k++;
    else
        while (gsl_cdf_poisson_P(k, mean) < SHARE_OF_NETWORKS)
            k++;
    *bound = k < units ? (double)k : (double)units;
    return GN_OK;
}

const char *gn_arena_key(const gn_table *scores, const char *key) {
    char name[64];
    snprintf(name, sizeof name, "%s%s", gn_table_key(scores, "probe.arena") ? "probe." : "recipe.", key);
    return gn_table_key(scores, name);
}

gn_status gn_chance_of_scores(const gn_chance *c, const gn_table *scores, double bound[GN_CLASSES]) {
    const size_t units = gn_table_rows(scores);
    const char *name = gn_arena_key(scores, "arena");
    const int arena = name ? gn_parse_choice(name, GN_ARENA_SHAPES) : -1;
    const int column = gn_table_find_column(scores, "width");
    gn_status status = GN_OK;
    for (int k = 0; k < GN_CLASSES; k++)
        bound[k] = NAN;
    /* The rates are those of maps of a walk, with both nulls. */
    if (arena < 0 || column < 0 || !gn_table_key(scores, "score.shifts")) return GN_OK;
    double *rate = gn_alloc(units + 1, sizeof *rate);
    if (!rate) return GN_EIO;
    for (gn_class class = GN_GRID; class <= GN_BORDER && !status; class ++) {
        for (size_t i = 0; i < units && !status; i++) {
            double width = NAN;
            status = gn_table_double(scores, i, column, &width);
            rate[i] = gn_chance_rate(c, class, (gn_shape)arena, width);
        }
        if (!status)
            status = gn_chance_bound(units, rate, gn_chance_dispersion(c, class, (gn_shape)arena), &bound[class]);
    }
    free(rate);
    return status;
}
