#include "units/fingerprint.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/table.h"
#include "units/score_tuning.h"

static const double VISIBLE = 0.2;     /* smallest change of a tuning curve that is visible on axes from -1 to 1 */
static const double WALL_UNITS = 0.05; /* smallest share of the units that counts as a group at a wall */

/* The trials and units from which one value of a fingerprint is computed. */
typedef struct {
    const gn_fingerprint_evidence *all;
    int left_out;    /* the block that is left out; WHOLE: none */
    double *scratch; /* (units) */
} subset;
enum { WHOLE = -1 };

typedef struct fingerprint fingerprint;
struct fingerprint {
    const char *name;
    double (*value)(const subset *, const fingerprint *);
    double (*of_unit)(const gn_unit_fingerprint *); /* nan: the unit is not counted */
    int which;                                      /* the group of contacts, or how contacts are counted */
    bool early;                                     /* use the units of the early checkpoint */
};

/* ---- Fig. 6a ---------------------------------------------------------------------------- */

static void merge(const gn_contact_curve *curve, int left_out, gn_contact_curve group[GN_CONTACT_GROUPS]) {
    memset(group, 0, GN_CONTACT_GROUPS * sizeof *group);
    for (int b = 0; b < GN_FINGERPRINT_BLOCKS; b++)
        for (int g = 0; g < GN_CONTACT_GROUPS && b != left_out; g++)
            gn_contact_curve_add(&group[g], &curve[b * GN_CONTACT_GROUPS + g]);
}

/* Mean error over steps first to last, inclusive; nan when there are too few trials. */
static double mean_error(const gn_contact_curve *c, int first, int last) {
    double sum = 0;
    if (c->count < GN_BOUNDARY_TRIALS_MIN) return NAN;
    for (int step = first; step <= last; step++)
        sum += c->sum[step + GN_BOUNDARY_BEFORE];
    return sum / (double)c->count / (last - first + 1);
}

static double growth(const subset *s, const fingerprint *p) {
    gn_contact_curve group[GN_CONTACT_GROUPS];
    double step[GN_BOUNDARY_SPAN], error[GN_BOUNDARY_SPAN], start, slope, c00, c01, c11, residual;
    merge(s->all->redraws, s->left_out, group);
    for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
        step[i] = i - GN_BOUNDARY_BEFORE;
        error[i] = mean_error(&group[p->which], i - GN_BOUNDARY_BEFORE, i - GN_BOUNDARY_BEFORE);
    }
    gsl_fit_linear(step, 1, error, 1, GN_BOUNDARY_SPAN, &start, &slope, &c00, &c01, &c11, &residual);
    return slope;
}

static double level(const subset *s, const fingerprint *p) {
    gn_contact_curve group[GN_CONTACT_GROUPS];
    merge(s->all->redraws, s->left_out, group);
    return mean_error(&group[p->which], -GN_BOUNDARY_BEFORE, GN_BOUNDARY_AFTER);
}

static double after_over_before(const gn_contact_curve *c) {
    return mean_error(c, 25, 40) / mean_error(c, -20, -1);
}

static double fall(const subset *s, const fingerprint *p) {
    gn_contact_curve group[GN_CONTACT_GROUPS];
    merge(s->all->redraws, s->left_out, group);
    return after_over_before(&group[p->which]) - after_over_before(&group[GN_CONTACTS_NONE]);
}

/* Kendall's tau between the number of later contacts of a group and the fall of its error; nan when a group has too few
 * trials. */
static double fall_order(const subset *s, const fingerprint *p) {
    gn_contact_curve group[GN_CONTACT_GROUPS];
    double drop[GN_CONTACTS_6 + 1];
    (void)p;
    merge(s->all->redraws, s->left_out, group);
    for (int g = GN_CONTACTS_0; g <= GN_CONTACTS_6; g++)
        drop[g] = -after_over_before(&group[g]);
    return gn_kendall_tau(GN_CONTACTS_6 + 1, drop);
}

enum { COUNT_STEPS, COUNT_REDRAWS };
static double filled(const subset *s, const fingerprint *p) {
    gn_contact_curve group[GN_CONTACT_GROUPS];
    int64_t trials = 0;
    merge(p->which == COUNT_REDRAWS ? s->all->redraws : s->all->steps, s->left_out, group);
    for (int g = GN_CONTACTS_0; g <= GN_CONTACTS_6; g++)
        trials += group[g].count;
    return trials > 0 ? (double)group[GN_CONTACTS_6].count / (double)trials : NAN;
}

/* ---- over units ------------------------------------------------------------------------- */

static double at_least(double value, double limit) {
    return isnan(value) ? NAN : value >= limit;
}
static double speed_visible(const gn_unit_fingerprint *u) {
    return at_least(fabs(u->speed_change), VISIBLE);
}
static double direction_visible(const gn_unit_fingerprint *u) {
    return at_least(u->direction_range, VISIBLE);
}
static double counted(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u);
}
static double saturation(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u) ? u->saturation : NAN;
}
static double transition(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u) ? u->transition : NAN;
}
static double wavelength(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u) ? u->wavelength : NAN;
}
static double no_ramp(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u) ? 1 - at_least(u->ramp, GN_FINGERPRINT_MONOTONE) : NAN;
}
static double border_like(const gn_unit_fingerprint *u) {
    return gn_unit_fingerprint_counted(u) && u->wall >= GN_FINGERPRINT_MONOTONE;
}

/* Copies the values of the units that are counted to scratch and returns their number. */
static size_t collect(const subset *s, const fingerprint *p) {
    const gn_unit_fingerprint *unit = p->early ? s->all->early : s->all->unit;
    size_t count = 0;
    for (size_t i = 0; unit && i < s->all->units; i++) {
        if ((int)(i % GN_FINGERPRINT_BLOCKS) == s->left_out) continue;
        double value = p->of_unit(&unit[i]);
        if (!isnan(value)) s->scratch[count++] = value;
    }
    return count;
}

static double mean(const subset *s, const fingerprint *p) {
    size_t count = collect(s, p);
    return count > 0 ? gsl_stats_mean(s->scratch, 1, count) : NAN;
}

static double median(const subset *s, const fingerprint *p) {
    size_t count = collect(s, p);
    return count > 0 ? gsl_stats_median(s->scratch, 1, count) : NAN;
}

/* The same of what there is only in an arena with walls. */
static double mean_with_walls(const subset *s, const fingerprint *p) {
    return s->all->walls > 0 ? mean(s, p) : NAN;
}

/* Share of the walls at which there is a group of border-like units. */
static double walls(const subset *s, const fingerprint *p) {
    size_t of_wall[GN_CORNERS_MAX] = {0}, count = collect(s, p);
    int found = 0;
    if (count == 0) return NAN;
    for (size_t i = 0; i < s->all->units; i++) {
        const gn_unit_fingerprint *u = &s->all->early[i];
        if ((int)(i % GN_FINGERPRINT_BLOCKS) != s->left_out && border_like(u) > 0) of_wall[u->wall_number]++;
    }
    for (int w = 0; w < s->all->walls; w++)
        found += of_wall[w] > 0 && (double)of_wall[w] >= WALL_UNITS * (double)count;
    return (double)found / s->all->walls;
}

/* ---- all of them ------------------------------------------------------------------------ */

static const fingerprint fingerprints[GN_FINGERPRINTS] = {
    [GN_FINGERPRINT_GROWTH] = {.name = "error_growth", .value = growth, .which = GN_CONTACTS_NONE},
    [GN_FINGERPRINT_LEVEL] = {.name = "error_level", .value = level, .which = GN_CONTACTS_NONE},
    [GN_FINGERPRINT_FALL_0] = {.name = "fall_0", .value = fall, .which = GN_CONTACTS_0},
    [GN_FINGERPRINT_FALL_1] = {.name = "fall_1", .value = fall, .which = GN_CONTACTS_1},
    [GN_FINGERPRINT_FALL_2] = {.name = "fall_2_to_5", .value = fall, .which = GN_CONTACTS_2},
    [GN_FINGERPRINT_FALL_6] = {.name = "fall_6_to_50", .value = fall, .which = GN_CONTACTS_6},
    [GN_FINGERPRINT_ORDER] = {.name = "fall_order", .value = fall_order},
    [GN_FINGERPRINT_FILLED_REDRAWS] = {.name = "filled_redraws", .value = filled, .which = COUNT_REDRAWS},
    [GN_FINGERPRINT_FILLED_STEPS] = {.name = "filled_steps", .value = filled, .which = COUNT_STEPS},
    [GN_FINGERPRINT_SPEED] = {.name = "speed_visible", .value = mean, .of_unit = speed_visible},
    [GN_FINGERPRINT_DIRECTION] = {.name = "direction_visible", .value = mean, .of_unit = direction_visible},
    [GN_FINGERPRINT_COUNTED] = {.name = "counted", .value = mean, .of_unit = counted},
    [GN_FINGERPRINT_SATURATION] = {.name = "saturation", .value = mean, .of_unit = saturation},
    [GN_FINGERPRINT_TRANSITION] = {.name = "transition", .value = mean, .of_unit = transition},
    [GN_FINGERPRINT_WAVELENGTH] = {.name = "wavelength", .value = median, .of_unit = wavelength},
    [GN_FINGERPRINT_NO_RAMP] = {.name = "no_ramp", .value = mean, .of_unit = no_ramp},
    [GN_FINGERPRINT_EARLY_BORDER] = {.name = "early_border",
                                     .value = mean_with_walls,
                                     .of_unit = border_like,
                                     .early = true},
    [GN_FINGERPRINT_EARLY_WALLS] = {.name = "early_walls", .value = walls, .of_unit = border_like, .early = true},
};

const char *gn_fingerprint_name(gn_fingerprint which) {
    return fingerprints[which].name;
}

/* The standard error by the jackknife: each block is left out in turn. */
static double jackknife(subset *s, const fingerprint *p) {
    double without[GN_FINGERPRINT_BLOCKS];
    for (int b = 0; b < GN_FINGERPRINT_BLOCKS; b++) {
        s->left_out = b;
        without[b] = p->value(s, p);
    }
    return sqrt((GN_FINGERPRINT_BLOCKS - 1) * gsl_stats_variance(without, 1, GN_FINGERPRINT_BLOCKS) *
                (GN_FINGERPRINT_BLOCKS - 1) / GN_FINGERPRINT_BLOCKS);
}

gn_status gn_fingerprints(const gn_fingerprint_evidence *evidence, gn_fingerprint_value value[GN_FINGERPRINTS]) {
    double *scratch = gn_alloc(evidence->units, sizeof *scratch);
    if (!scratch) return GN_EIO;
    for (int i = 0; i < GN_FINGERPRINTS; i++) {
        subset s = {.all = evidence, .left_out = WHOLE, .scratch = scratch};
        value[i].value = fingerprints[i].value(&s, &fingerprints[i]);
        value[i].spread = jackknife(&s, &fingerprints[i]);
    }
    free(scratch);
    return GN_OK;
}

/* ---- the paper -------------------------------------------------------------------------- */

static int find_print(const char *name) {
    for (int i = 0; i < GN_FINGERPRINTS; i++)
        if (strcmp(fingerprints[i].name, name) == 0) return i;
    return -1;
}

static gn_status read_range(const gn_table *table, const char *path, size_t row, const int column[3],
                            gn_fingerprint_range *r) {
    gn_status status = gn_table_double(table, row, column[0], &r->low);
    if (!status) status = gn_table_double(table, row, column[1], &r->high);
    if (!status) status = gn_table_double(table, row, column[2], &r->tolerance);
    if (status) return status;
    bool open = isnan(r->low) && isnan(r->high) && isnan(r->tolerance);
    if (open || (r->low <= r->high && r->tolerance > 0)) return GN_OK;
    return gn_fail(GN_EFILE,
                   "%s: row %zu: low %g, high %g, tolerance %g, expected low <= high and tolerance > 0, or nan", path,
                   row + 1, r->low, r->high, r->tolerance);
}

static gn_status read_rows(const gn_table *table, const char *path, gn_fingerprint_range range[GN_FINGERPRINTS]) {
    bool found[GN_FINGERPRINTS] = {false};
    int id, column[3];
    gn_status status = gn_table_column(table, "id", &id);
    if (!status) status = gn_table_column(table, "low", &column[0]);
    if (!status) status = gn_table_column(table, "high", &column[1]);
    if (!status) status = gn_table_column(table, "tolerance", &column[2]);
    for (size_t row = 0; !status && row < gn_table_rows(table); row++) {
        const char *name = gn_table_text(table, row, id);
        int i = find_print(name);
        if (i < 0 || found[i])
            return gn_fail(GN_EFILE, "%s: row %zu: %s '%s'", path, row + 1, i < 0 ? "no fingerprint" : "a second",
                           name);
        found[i] = true;
        status = read_range(table, path, row, column, &range[i]);
    }
    for (int i = 0; !status && i < GN_FINGERPRINTS; i++)
        if (!found[i]) status = gn_fail(GN_EFILE, "%s: no row '%s'", path, fingerprints[i].name);
    return status;
}

gn_status gn_fingerprints_read_paper(const char *path, gn_fingerprint_range range[GN_FINGERPRINTS]) {
    gn_table *table = NULL;
    gn_status status = gn_table_read_plain(path, "paper-fingerprints", &table);
    if (!status) status = read_rows(table, path, range);
    gn_table_free(table);
    return status;
}

double gn_fingerprint_distance(const gn_fingerprint_range *r, double value) {
    if (isnan(value) || isnan(r->tolerance)) return NAN;
    return fmax(0, fmax(r->low - value, value - r->high)) / r->tolerance;
}

double gn_fingerprints_total(const double distance[GN_FINGERPRINTS], int *defined) {
    double sum = 0;
    *defined = 0;
    for (int i = 0; i < GN_FINGERPRINTS; i++) {
        if (isnan(distance[i])) continue;
        double limited = fmin(distance[i], GN_FINGERPRINT_MISSED);
        sum += limited * limited;
        ++*defined;
    }
    return *defined > 0 ? sqrt(sum / *defined) : NAN;
}
