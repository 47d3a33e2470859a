/* The statistics of the claims about training (C8), contacts with the boundary (C10), a long walk (C11) and the weights
 * (C13). */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audit/statistics.h"
#include "io/table.h"
#include "network/boundary.h"
#include "units/embed.h"
#include "units/score_tuning.h"

/* ---- C8: development ------------------------------------------------------------------------- */

/* The first update whose scores have more of a class than chance; nan when none has. */
static double first_appearance(gn_evidence *e, gn_class class) {
    const gn_table *scores;
    int64_t update = 0;
    for (int k = 0; (scores = gn_results_table(e->results, e->experiment, e->seed, "scores", k, &update)) != NULL; k++)
        if (gn_class_excess(e, scores, class) >= 1) return (double)update;
    return gn_lacks(e, "no more %s units than chance at any update", gn_class_name(class));
}

double gn_claim_border_before_grid(gn_evidence *e) {
    int count = 0;
    while (gn_results_table(e->results, e->experiment, e->seed, "scores", count, NULL))
        count++;
    if (count < 3) return gn_none(e, "scores of %d updates, 3 needed", count);
    gn_table_of(e, "scores"); /* notes where the last of them stand */
    const double border = first_appearance(e, GN_BORDER), grid = first_appearance(e, GN_GRID);
    e->needed.bound = NAN; /* the value is a time, no number of units */
    return grid - border;
}

/* Reads the embedding: the point of phase p and unit u is xy[2 * (p * units + u)]. NULL, with the reason recorded, when
 * there is none for all units. */
static double *embedding(gn_evidence *e, const gn_table *scores) {
    const gn_table *tsne = gn_table_of(e, "tsne");
    const double *unit = gn_column(e, tsne, "unit");
    const double *x = gn_column(e, tsne, "x"), *y = gn_column(e, tsne, "y");
    int phase = gn_text_column(e, tsne, "phase");
    if (scores == NULL || unit == NULL || x == NULL || y == NULL || phase < 0) return NULL;
    size_t n = gn_table_rows(scores);
    double *xy = gn_scratch(e, 2 * GN_EMBED_PHASES * n);
    if (xy == NULL) return NULL;
    if (gn_table_rows(tsne) != GN_EMBED_PHASES * n) {
        gn_none(e, "%zu points in the tsne file, %zu needed", gn_table_rows(tsne), GN_EMBED_PHASES * n);
        return NULL;
    }
    for (size_t row = 0; row < GN_EMBED_PHASES * n; row++) {
        size_t p = 0;
        while (p < GN_EMBED_PHASES && strcmp(gn_table_text(tsne, row, phase), gn_embed_phase_name((int)p)) != 0)
            p++;
        if (p == GN_EMBED_PHASES || !(unit[row] >= 0 && unit[row] < (double)n)) {
            gn_none(e, "a point of no known phase or unit in the tsne file");
            return NULL;
        }
        double *at = xy + 2 * (p * n + (size_t)unit[row]);
        at[0] = x[row];
        at[1] = y[row];
    }
    return xy;
}

/* Lengths of the units' paths, split by class. */
static gn_split paths(gn_evidence *e, gn_class class) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *xy = embedding(e, scores);
    double *length = xy == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (length == NULL) return (gn_split){0};
    size_t n = gn_table_rows(scores);
    for (size_t u = 0; u < n; u++) {
        const double *a = xy + 2 * u, *b = a + 2 * n, *c = b + 2 * n;
        length[u] = hypot(b[0] - a[0], b[1] - a[1]) + hypot(c[0] - b[0], c[1] - b[1]);
    }
    return gn_split_column(e, scores, class, length);
}

double gn_claim_grid_path(gn_evidence *e) {
    gn_split grid = paths(e, GN_GRID), border = paths(e, GN_BORDER);
    return grid.in == NULL || border.in == NULL ? NAN : gn_superiority(grid.in, grid.n_in, border.in, border.n_in);
}

double gn_claim_border_path(gn_evidence *e) {
    gn_split s = paths(e, GN_BORDER);
    if (s.in == NULL) return NAN;
    if (s.n_out < GN_FEWEST) return gn_lacks(e, "%zu units that are not border units", s.n_out);
    return gn_superiority(s.out, s.n_out, s.in, s.n_in);
}

/* The unit whose point in the late phase is nearest to a given point. */
static size_t nearest_late(size_t n, const double *late, const double *point) {
    size_t nearest = 0;
    double least = INFINITY;
    for (size_t v = 0; v < n; v++) {
        double d = hypot(late[2 * v] - point[0], late[2 * v + 1] - point[1]);
        if (d < least) {
            least = d;
            nearest = v;
        }
    }
    return nearest;
}

double gn_claim_early_near_border(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *xy = embedding(e, scores);
    double *border = xy == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (border == NULL) return NAN;
    size_t n = gn_table_rows(scores), count = gn_members(e, scores, GN_BORDER, border);
    if (count < GN_FEWEST || n - count < GN_FEWEST)
        return gn_lacks(e, "%zu border units, %d to %zu needed", count, GN_FEWEST, n - GN_FEWEST);
    const double *late = xy + 2 * (GN_EMBED_PHASES - 1) * n;
    double near = 0, early = 0, base = 0, placed = 0;
    for (size_t u = 0; u < n; u++) { /* a unit that was silent in that phase has no point: its coordinates are nan */
        if (!isnan(late[2 * u])) base += border[u], placed++;
        if (!isnan(xy[2 * u])) near += border[nearest_late(n, late, xy + 2 * u)], early++;
    }
    base /= placed;
    return (near / early - base) / (1 - base);
}

/* ---- C10: contacts ---------------------------------------------------------------------------- */

/* Sets of groups of trials (network/boundary.h): bit k stands for group k. The first ORDERED groups differ in the
 * number of contacts after the first; the last group is the control. */
enum { ORDERED = GN_CONTACTS_NONE };
enum {
    CONTROL = 1 << GN_CONTACTS_NONE,
    FURTHER = 1 << GN_CONTACTS_1 | 1 << GN_CONTACTS_2 | 1 << GN_CONTACTS_6,
    ALL = FURTHER | 1 << GN_CONTACTS_0
};

typedef struct {
    size_t rows;
    const double *step, *error, *count;
    const gn_table *table;
    int group, counted; /* columns */
} contacts;

static bool read_contacts(gn_evidence *e, contacts *c) {
    c->table = gn_table_of(e, "boundary-error");
    c->step = gn_column(e, c->table, "step");
    c->error = gn_column(e, c->table, "error_squared");
    c->count = gn_column(e, c->table, "count");
    c->group = gn_text_column(e, c->table, "group");
    c->counted = gn_text_column(e, c->table, "counted");
    c->rows = c->table == NULL ? 0 : gn_table_rows(c->table);
    return c->step != NULL && c->error != NULL && c->count != NULL && c->group >= 0 && c->counted >= 0;
}

/* Whether a row is of the group, with every redrawn turn counted as a contact, as in the fingerprints: an animal that
 * stands still in nine steps of ten can hardly have the 6 to 50 contacts of Fig. 6a in 50 steps otherwise. */
static bool is_of(const contacts *c, size_t row, gn_contact_group group) {
    return strcmp(gn_table_text(c->table, row, c->counted), "redraws") == 0 &&
           strcmp(gn_table_text(c->table, row, c->group), gn_contact_group_name(group)) == 0;
}

/* Mean error over steps first..last of the groups in a set weighted by their numbers of
 * trials; nan when there are no trials. */
static double error_between(const contacts *c, int set, double first, double last) {
    double sum = 0, count = 0;
    for (size_t row = 0; row < c->rows; row++) {
        if (c->step[row] < first || c->step[row] > last || !(c->count[row] > 0)) continue;
        for (int k = 0; k < GN_CONTACT_GROUPS; k++) {
            if (!(set >> k & 1) || !is_of(c, row, (gn_contact_group)k)) continue;
            sum += c->count[row] * c->error[row];
            count += c->count[row];
        }
    }
    return count > 0 ? sum / count : NAN;
}

/* The smallest number of trials of a group at any step; 0 when there is no such group. */
static double fewest_trials(const contacts *c, gn_contact_group group) {
    double fewest = NAN;
    for (size_t row = 0; row < c->rows; row++)
        if (is_of(c, row, group)) fewest = fmin(fewest, c->count[row]); /* passes over nan */
    return isnan(fewest) ? 0 : fewest;
}

/* R squared, with the sign of the slope, of a line fitted to the error over steps first..last. */
static double growth(gn_evidence *e, int set, int first, int last) {
    contacts c;
    double x[81], y[81];
    size_t n = 0;
    if (!read_contacts(e, &c)) return NAN;
    for (int step = first; step <= last; step++) {
        double error = error_between(&c, set, step, step);
        if (isnan(error)) continue;
        x[n] = step;
        y[n++] = error;
    }
    if (n < 20) return gn_none(e, "%zu of steps %d to %d in the boundary file, 20 needed", n, first, last);
    const double r = gn_pearson(n, x, y);
    return isnan(r) ? 0 : copysign(r * r, r); /* a line explains nothing of an error that does not change */
}

double gn_claim_growth_without_contact(gn_evidence *e) {
    return growth(e, CONTROL, -40, 40);
}

double gn_claim_growth_before_contact(gn_evidence *e) {
    return growth(e, ALL, -40, -1);
}

double gn_claim_growth_after_contact(gn_evidence *e) {
    return growth(e, 1, 11, 40);
}

static double drop(gn_evidence *e, const contacts *c, int set) {
    double before = error_between(c, set, -5, -1), after = error_between(c, set, 21, 40);
    if (isnan(before) || isnan(after)) return gn_none(e, "an empty group in the boundary file");
    return 1 - after / before;
}

double gn_claim_drop_after_contact(gn_evidence *e) {
    contacts c;
    return read_contacts(e, &c) ? drop(e, &c, FURTHER) : NAN;
}

double gn_claim_drop_against_control(gn_evidence *e) {
    contacts c;
    if (!read_contacts(e, &c)) return NAN;
    double after = error_between(&c, FURTHER, 21, 40), control = error_between(&c, CONTROL, 21, 40);
    return isnan(after) || isnan(control) ? gn_none(e, "an empty group in the boundary file") : 1 - after / control;
}

double gn_claim_drop_order(gn_evidence *e) {
    contacts c;
    double value[ORDERED];
    if (!read_contacts(e, &c)) return NAN;
    for (int k = 0; k < ORDERED; k++) {
        const double trials = fewest_trials(&c, (gn_contact_group)k);
        if (trials < GN_BOUNDARY_TRIALS_MIN)
            return gn_lacks(e, "%g trials with %s further contacts, %d needed", trials,
                            gn_contact_group_name((gn_contact_group)k), GN_BOUNDARY_TRIALS_MIN);
        value[k] = drop(e, &c, 1 << k);
        if (isnan(value[k])) return NAN;
    }
    return gn_kendall_tau(ORDERED, value);
}

/* ---- C11: a long walk ------------------------------------------------------------------------- */

static double *long_errors(gn_evidence *e, const gn_table **table, size_t *bins) {
    enum { FEWEST_BINS = 10 };
    *table = gn_table_of(e, "long-run-error");
    double *error = gn_column(e, *table, "error_squared");
    *bins = error == NULL ? 0 : gn_table_rows(*table);
    if (error == NULL || *bins >= FEWEST_BINS) return error;
    gn_none(e, "%zu bins in the long-run file, %d needed", *bins, FEWEST_BINS);
    return NULL;
}

double gn_claim_long_drift(gn_evidence *e) {
    const gn_table *table;
    size_t bins;
    const double *error = long_errors(e, &table, &bins);
    const double *begin = gn_column(e, table, "step_begin");
    if (error == NULL || begin == NULL) return NAN;
    return gn_line_slope(bins, begin, error) * (begin[bins - 1] - begin[0]) / gsl_stats_mean(error, 1, bins);
}

double gn_claim_long_worst(gn_evidence *e) {
    const gn_table *table;
    size_t bins;
    const double *error = long_errors(e, &table, &bins);
    return error == NULL ? NAN : gsl_stats_max(error, 1, bins) / gn_key_of(e, table, "best_constant");
}

double gn_claim_map_persistence(gn_evidence *e) {
    return gn_key_of(e, gn_table_of(e, "long-run-error"), "map_correlation_median");
}

/* ---- C13: weights ----------------------------------------------------------------------------- */

double gn_claim_attractor_share(gn_evidence *e) {
    static const char suffix[] = ".explained";
    const gn_table *table = gn_table_of(e, "connectivity");
    double largest = NAN;
    const char *key;
    for (int i = 0; table != NULL && (key = gn_table_key_at(table, i, NULL)) != NULL; i++) {
        size_t length = strlen(key), stem = length - (sizeof suffix - 1);
        char null_key[80];
        if (length < sizeof suffix || length > 64 || strcmp(key + stem, suffix) != 0) continue;
        snprintf(null_key, sizeof null_key, "%.*s.null-p95", (int)stem, key);
        double explained = gn_key_of(e, table, key), null = gn_key_of(e, table, null_key);
        largest = fmax(largest, (explained - null) / (1 - null));
    }
    return table != NULL && isnan(largest) ? gn_none(e, "no profile in the connectivity file") : largest;
}
