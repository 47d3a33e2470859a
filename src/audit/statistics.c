/* The table of all statistics, and those about trained networks (claims C1 to C7, C9, C12). */
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/statistics.h"

#include "io/table.h"
#include "units/score_class.h"

/* ---- C1: error --------------------------------------------------------------------------- */

static double final_error(gn_evidence *e) {
    return gn_key_of(e, gn_table_of(e, "training-log"), "final_mse");
}

/* Error and variance are those of the same walks. */
static double variance_explained(gn_evidence *e) {
    const gn_table *errors = gn_table_of(e, "track-errors");
    const double *error = gn_column(e, errors, "error_squared"), *constant = gn_column(e, errors, "constant");
    const size_t steps = errors ? gn_table_rows(errors) : 0;
    if (!error || !constant) return NAN;
    return steps == 0 ? gn_none(e, "no steps") : 1 - gsl_stats_mean(error, 1, steps) / constant[0];
}

/* ---- C2, C4, C5: classes beyond chance ---------------------------------------------------- */

static double grid_excess(gn_evidence *e) {
    return gn_class_excess(e, gn_table_of(e, "scores"), GN_GRID);
}

static double band_excess(gn_evidence *e) {
    return gn_class_excess(e, gn_table_of(e, "scores"), GN_BAND);
}

static double border_excess(gn_evidence *e) {
    return gn_class_excess(e, gn_table_of(e, "scores"), GN_BORDER);
}

static double grid_excess_pooled(gn_evidence *e) {
    return gn_class_excess_pooled(e, GN_GRID);
}

static double band_excess_pooled(gn_evidence *e) {
    return gn_class_excess_pooled(e, GN_BAND);
}

static double border_excess_pooled(gn_evidence *e) {
    return gn_class_excess_pooled(e, GN_BORDER);
}

/* ---- C2, C3: lattices -------------------------------------------------------------------- */

/* gridness90_z - gridness60_z of grid units and of the others. */
static gn_split lattice_preference(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *square = gn_column(e, scores, "gridness90_z");
    const double *triangular = gn_column(e, scores, "gridness60_z");
    double *difference = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (square == NULL || triangular == NULL || difference == NULL) return (gn_split){0};
    for (size_t row = 0; row < gn_table_rows(scores); row++)
        difference[row] = square[row] - triangular[row];
    return gn_split_column(e, scores, GN_GRID, difference);
}

static double rectangular_share(gn_evidence *e) {
    gn_split s = lattice_preference(e);
    double count = 0;
    if (s.in == NULL) return NAN;
    for (size_t k = 0; k < s.n_in; k++)
        count += s.in[k] > 0;
    return count / (double)s.n_in;
}

static double rectangular_preference(gn_evidence *e) {
    gn_split s = lattice_preference(e);
    return s.in == NULL ? NAN : gn_quantile(s.in, s.n_in, 0.5);
}

static double grid_frequency(gn_evidence *e) {
    gn_split s = gn_split_scores(e, GN_GRID, "frequency_cycles_per_unit");
    return s.in == NULL ? NAN : gn_quantile(s.in, s.n_in, 0.5);
}

static double grid_periods(gn_evidence *e) {
    gn_arena arena;
    const double frequency = grid_frequency(e);
    if (isnan(frequency) || !gn_arena_of(e, gn_table_of(e, "scores"), &arena)) return NAN;
    return frequency * (arena.max[0] - arena.min[0]);
}

static double scale_ratio(gn_evidence *e) {
    gn_split s = gn_split_scores(e, GN_GRID, "frequency_cycles_per_unit");
    return s.in == NULL ? NAN : gn_quantile(s.in, s.n_in, 0.9) / gn_quantile(s.in, s.n_in, 0.1);
}

/* ---- C4, C5: borders and bands ------------------------------------------------------------ */

static double one_wall_share(gn_evidence *e) {
    gn_split s = gn_split_scores(e, GN_BORDER, "border_walls");
    double count = 0;
    if (s.in == NULL) return NAN;
    for (size_t k = 0; k < s.n_in; k++)
        count += s.in[k] <= 1;
    return count / (double)s.n_in;
}

static double walls_served(gn_evidence *e) {
    gn_arena arena;
    double count = 0;
    gn_split s = gn_split_scores(e, GN_BORDER, "border_wall");
    if (s.in == NULL || !gn_arena_of(e, gn_table_of(e, "scores"), &arena)) return NAN;
    if (arena.corners == 0) return gn_none(e, "a round arena has no walls to be counted");
    for (int wall = 0; wall < arena.corners; wall++) {
        bool served = false;
        for (size_t k = 0; k < s.n_in; k++)
            served |= s.in[k] == wall;
        count += served;
    }
    return count / arena.corners;
}

/* The angle in degrees between a wave vector and the nearest wall normal, regardless of their signs; 0 for a band
 * parallel to a wall. */
static double misalignment(const gn_arena *arena, double degrees) {
    double least = 90;
    for (int k = 0; k < arena->corners; k++) {
        double normal = atan2(arena->normal[k][1], arena->normal[k][0]) * 180 / M_PI;
        double apart = fabs(remainder(degrees - normal, 180));
        least = fmin(least, apart);
    }
    return least;
}

/* The mean misalignment of bands in random directions. In the named arenas the wall normals, regardless of their signs,
 * are 90 or 60 degrees apart, so that it is a quarter of that. */
static double chance_misalignment(const gn_arena *arena) {
    enum { DIRECTIONS = 1800 };
    double sum = 0;
    if (arena->shape != GN_POLYGON) return (arena->corners == 4 ? 90.0 : 60.0) / 4;
    for (int k = 0; k < DIRECTIONS; k++)
        sum += misalignment(arena, (k + 0.5) * 180 / DIRECTIONS);
    return sum / DIRECTIONS;
}

static double band_alignment(gn_evidence *e) {
    gn_arena arena;
    gn_split s = gn_split_scores(e, GN_BAND, "axis1_degrees");
    if (s.in == NULL || !gn_arena_of(e, gn_table_of(e, "scores"), &arena)) return NAN;
    if (arena.corners == 0) return gn_none(e, "a round arena has no straight walls");
    double chance = chance_misalignment(&arena), sum = 0;
    for (size_t k = 0; k < s.n_in; k++)
        sum += misalignment(&arena, s.in[k]);
    return 1 - sum / (double)s.n_in / chance;
}

/* Of units that vary at all: what is left of the map of a silent or saturated unit has no shape that matters. */
static double ramp_share(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    double *share = gn_column(e, scores, "ramp_share"), *silent = share ? gn_scratch(e, gn_table_rows(scores)) : NULL;
    if (silent == NULL || gn_text_column(e, scores, "class") < 0) return NAN;
    gn_members(e, scores, GN_UNMODULATED, silent);
    for (size_t row = 0; row < gn_table_rows(scores); row++)
        if (silent[row] != 0) share[row] = NAN;
    return gn_quantile(share, gn_table_rows(scores), 0.5);
}

/* ---- C6: speed ---------------------------------------------------------------------------- */

static double speed_linear_share(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *r = gn_column(e, scores, "speed_r_moving");
    double count = 0;
    if (r == NULL) return NAN;
    for (size_t row = 0; row < gn_table_rows(scores); row++)
        count += r[row] * r[row] >= 0.1;
    return count / (double)gn_table_rows(scores);
}

static gn_split border_slopes(gn_evidence *e) {
    gn_split s = gn_split_scores(e, GN_BORDER, "speed_abs_slope");
    if (s.in != NULL && s.n_out < GN_FEWEST) {
        gn_lacks(e, "%zu units beside the border units, %d needed", s.n_out, GN_FEWEST);
        s.in = NULL;
    }
    return s;
}

static double border_speed_superiority(gn_evidence *e) {
    gn_split s = border_slopes(e);
    return s.in == NULL ? NAN : gn_superiority(s.out, s.n_out, s.in, s.n_in);
}

static double border_speed_ratio(gn_evidence *e) {
    gn_split s = border_slopes(e);
    return s.in == NULL ? NAN : gn_quantile(s.in, s.n_in, 0.5) / gn_quantile(s.out, s.n_out, 0.5);
}

/* ---- C7: direction ------------------------------------------------------------------------ */

/* Compares the tenth of the units (at least GN_FEWEST) with the widest direction tuning with all others: the
 * probability that another unit has the larger value. */
static double most_directional_against(gn_evidence *e, const gn_table *scores, const double *value) {
    const double *range = gn_column(e, scores, "direction_range");
    if (range == NULL || value == NULL) return NAN;
    size_t n = gn_table_rows(scores), tenth = (n + 9) / 10;
    size_t top = tenth < GN_FEWEST ? GN_FEWEST : tenth;
    if (n < 2 * top) return gn_none(e, "%zu units, %zu needed", n, 2 * top);
    double *sorted = gn_scratch(e, n), *strong = gn_scratch(e, n), *rest = gn_scratch(e, n);
    if (sorted == NULL || strong == NULL || rest == NULL) return NAN;
    memcpy(sorted, range, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    size_t n_strong = 0, n_rest = 0;
    for (size_t row = 0; row < n; row++) {
        if (isnan(value[row])) continue;
        if (range[row] >= sorted[n - top])
            strong[n_strong++] = value[row];
        else
            rest[n_rest++] = value[row];
    }
    if (n_strong == 0 || n_rest == 0) return gn_none(e, "no units to compare");
    return gn_superiority(rest, n_rest, strong, n_strong);
}

static double directional_information(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    return most_directional_against(e, scores, gn_column(e, scores, "spatial_information"));
}

static double directional_stability(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    return most_directional_against(e, scores, gn_column(e, scores, "stability"));
}

static double directional_sparseness(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores"), *own = gn_table_of(e, "selectivity");
    if (scores == NULL || own == NULL) return NAN;
    if (gn_table_rows(own) != gn_table_rows(scores)) return gn_none(e, "scores and selectivity have different units");
    return most_directional_against(e, scores, gn_column(e, own, "spatial_selectivity"));
}

/* The distance between the 10th and the 90th percentile of the grid units' ranks, as a share of all units. */
static double grid_direction_span(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *range = gn_column(e, scores, "direction_range");
    double *rank = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (range == NULL || rank == NULL) return NAN;
    size_t n = gn_table_rows(scores);
    for (size_t i = 0; i < n; i++)
        rank[i] = gn_superiority(&range[i], 1, range, n);
    gn_split s = gn_split_column(e, scores, GN_GRID, rank);
    return s.in == NULL ? NAN : gn_quantile(s.in, s.n_in, 0.9) - gn_quantile(s.in, s.n_in, 0.1);
}

/* ---- C9, C12: against a reference ---------------------------------------------------------- */

/* The mean of a statistic over the seeds of the reference experiment that have a value; nan when none has. */
static double reference_mean(gn_evidence *e, double (*value)(gn_evidence *)) {
    const gn_statistic statistic = {.name = "", .help = "", .kinds = e->kinds, .value = value};
    double sum = 0;
    int64_t seed;
    int count = 0;
    for (int k = 0; gn_results_seed(e->results, e->reference, k, &seed); k++) {
        gn_evidence other = {
            .results = e->results, .chance = e->chance, .experiment = e->reference, .reference = "-", .seed = seed};
        double v = gn_statistic_value(&statistic, &other);
        if (other.status) e->status = other.status;
        if (isnan(v)) continue;
        sum += v;
        count++;
    }
    return count == 0 ? gn_none(e, "no value for %s", e->reference) : sum / count;
}

/* The number of grid units, where their excess is defined. */
static double grid_count(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    double *member = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    if (member == NULL || isnan(grid_excess(e))) return NAN;
    return (double)gn_members(e, scores, GN_GRID, member);
}

/* Statistics that compare grid units with the reference are defined only when the reference has some. */
static bool reference_has_grids(gn_evidence *e) {
    double mean = reference_mean(e, grid_excess);
    if (mean < 1) gn_lacks(e, "%s has no more grid-like units than chance", e->reference);
    return mean >= 1;
}

static double grid_excess_given_reference(gn_evidence *e) {
    return gn_table_of(e, "scores") && reference_has_grids(e) ? grid_excess(e) : NAN;
}

static double grid_share_of_reference(gn_evidence *e) {
    if (gn_table_of(e, "scores") == NULL || !reference_has_grids(e)) return NAN;
    return grid_count(e) / reference_mean(e, grid_count);
}

static double periodic_share(gn_evidence *e) {
    const gn_table *scores = gn_table_of(e, "scores");
    const double *axes = gn_column(e, scores, "axes");
    double count = 0;
    if (axes == NULL) return NAN;
    for (size_t row = 0; row < gn_table_rows(scores); row++)
        count += axes[row] >= 1;
    return count / (double)gn_table_rows(scores);
}

/* Something can only be lost where it is. */
static double periodic_loss(gn_evidence *e) {
    static const double LEAST = 0.15; /* beyond the 5% that have an axis by chance, by the least loss that counts */
    const double reference = reference_mean(e, periodic_share);
    if (reference < LEAST)
        return gn_lacks(e, "of the units of %s %.2g have an axis, %.2g needed", e->reference, reference, LEAST);
    return reference - periodic_share(e);
}

/* Shares of the classes; false where there are no scores. */
static bool composition(gn_evidence *e, const char *experiment, int64_t seed, double share[GN_CLASSES]) {
    const bool own = strcmp(experiment, e->experiment) == 0;
    const gn_table *scores =
        own ? gn_table_of(e, "scores") : gn_results_table(e->results, experiment, seed, "scores", -1, NULL);
    if (scores && gn_text_column(e, scores, "class") < 0) return false;
    double *member = scores == NULL ? NULL : gn_scratch(e, gn_table_rows(scores));
    for (int c = 0; member != NULL && c < GN_CLASSES; c++)
        share[c] = (double)gn_members(e, scores, (gn_class)c, member) / (double)gn_table_rows(scores);
    return member != NULL;
}

/* Total variation distance: the share of units that would have to change class. */
static double variation(const double a[GN_CLASSES], const double b[GN_CLASSES]) {
    double sum = 0;
    for (int c = 0; c < GN_CLASSES; c++)
        sum += fabs(a[c] - b[c]) / 2;
    return sum;
}

static double composition_shift(gn_evidence *e) {
    enum { MOST = 16 };
    double own[GN_CLASSES], other[MOST][GN_CLASSES], between = 0, within = 0;
    int64_t seed;
    int n = 0, pairs = 0;
    if (!composition(e, e->experiment, e->seed, own)) return gn_none(e, "no scores file");
    for (int k = 0; n < MOST && gn_results_seed(e->results, e->reference, k, &seed); k++)
        n += composition(e, e->reference, seed, other[n]);
    if (n < 2) return gn_none(e, "%d seeds of %s with scores, 2 needed", n, e->reference);
    for (int i = 0; i < n; i++) {
        between += variation(own, other[i]) / n;
        for (int j = 0; j < i; j++, pairs++)
            within += variation(other[i], other[j]);
    }
    return between - within / pairs;
}

/* ---- the table ------------------------------------------------------------------------------ */

#define STATISTICS(X)                                                                                                 \
    X("final_error", final_error, "training-log",                                                                     \
      "final_mse of log.tsv: mean squared error per coordinate over the last updates")                                \
    X("variance_explained", variance_explained, "track-errors",                                                       \
      "1 - mean error_squared / constant of errors.tsv: share of the position's variance decoded in fresh trials")    \
    X("grid_excess", grid_excess, "scores",                                                                           \
      "units of class grid (scores.tsv) beyond what chance gives in 99% of networks, by the units' arena and "        \
      "widths (CHANCE)")                                                                                              \
    X("band_excess", band_excess, "scores", "the same for class band")                                                \
    X("border_excess", border_excess, "scores", "the same for class border")                                          \
    X("grid_excess_pooled", grid_excess_pooled, "scores",                                                             \
      "grid_excess of the units of all seeds together, so the same value for each: a class that is rare in every "    \
      "network "                                                                                                      \
      "can be too frequent in all")                                                                                   \
    X("band_excess_pooled", band_excess_pooled, "scores", "the same for class band")                                  \
    X("border_excess_pooled", border_excess_pooled, "scores", "the same for class border")                            \
    X("rectangular_share", rectangular_share, "scores",                                                               \
      "share of grid units with gridness90_z > gridness60_z; 1/2 by chance")                                          \
    X("rectangular_preference", rectangular_preference, "scores",                                                     \
      "median over grid units of gridness90_z - gridness60_z, in standard deviations of the null")                    \
    X("grid_frequency", grid_frequency, "scores", "median over grid units of frequency_cycles_per_unit (scores.tsv)") \
    X("grid_periods", grid_periods, "scores", "the same times the arena's width")                                     \
    X("scale_ratio", scale_ratio, "scores", "90th over 10th percentile of frequency_cycles_per_unit over grid units") \
    X("ramp_share", ramp_share, "scores",                                                                             \
      "median of ramp_share (scores.tsv), share of a map's variance that a plane explains, over the units that are "  \
      "not unmodulated")                                                                                              \
    X("one_wall_share", one_wall_share, "scores",                                                                     \
      "share of border units whose fields cover half or more of one wall or of none (border_walls)")                  \
    X("walls_served", walls_served, "scores", "share of the arena's walls that are border_wall of a border unit")     \
    X("band_alignment", band_alignment, "scores",                                                                     \
      "1 - mean angle between a band unit's wave vector (axis1_degrees) and the nearest "                             \
      "wall normal, divided by its mean by chance: 1 all parallel to walls, 0 no relation, -1 all "                   \
      "diagonal")                                                                                                     \
    X("speed_linear_share", speed_linear_share, "scores",                                                             \
      "share of units of whose rate over moving steps at least a tenth is explained by a line in "                    \
      "speed (speed_r_moving squared)")                                                                               \
    X("border_speed_superiority", border_speed_superiority, "scores",                                                 \
      "probability that a unit of another class has a larger speed_abs_slope than a border unit; "                    \
      "1/2 by chance, 0.714 when the two differ by 0.8 standard deviations")                                          \
    X("border_speed_ratio", border_speed_ratio, "scores",                                                             \
      "median speed_abs_slope of border units divided by that of the others")                                         \
    X("directional_information", directional_information, "scores",                                                   \
      "probability that a unit has more spatial_information than one of the tenth of all units with the "             \
      "largest direction_range; 1/2 by chance")                                                                       \
    X("directional_stability", directional_stability, "scores", "the same with stability")                            \
    X("directional_sparseness", directional_sparseness, "scores selectivity",                                         \
      "the same with spatial_selectivity (selectivity.tsv), the paper's own measure")                                 \
    X("grid_direction_span", grid_direction_span, "scores",                                                           \
      "10th to 90th percentile of the grid units' rank by direction_range among all units, 0..1; "                    \
      "0.8 for random units")                                                                                         \
    X("grid_excess_given_reference", grid_excess_given_reference, "scores",                                           \
      "grid_excess, where the reference experiment's mean grid_excess is at least 1")                                 \
    X("grid_share_of_reference", grid_share_of_reference, "scores",                                                   \
      "number of grid units divided by the reference's mean number, under the same condition")                        \
    X("periodic_loss", periodic_loss, "scores",                                                                       \
      "share of units with one or more axes in the reference (mean over seeds) minus that "                           \
      "of the experiment; undefined where the reference has fewer than 0.15")                                         \
    X("composition_shift", composition_shift, "scores",                                                               \
      "share of units that differ in class from the reference's seeds (total variation distance, "                    \
      "mean over seeds), minus the same between two seeds of the reference")                                          \
    X("border_before_grid", gn_claim_border_before_grid, "scores",                                                    \
      "first update with more grid units than chance minus that for border units (scores of several "                 \
      "updates)")                                                                                                     \
    X("grid_path", gn_claim_grid_path, "scores tsne",                                                                 \
      "probability that a grid unit's path early-intermediate-late in tsne.tsv is longer than a "                     \
      "border unit's; 1/2 by chance")                                                                                 \
    X("border_path", gn_claim_border_path, "scores tsne",                                                             \
      "probability that the path of a unit of another class is longer than a border unit's; 1/2 by chance")           \
    X("early_near_border", gn_claim_early_near_border, "scores tsne",                                                 \
      "share of early points in tsne.tsv whose nearest late point is a border unit's, corrected "                     \
      "for the share of border units: 0 by chance, 1 all")                                                            \
    X("growth_without_contact", gn_claim_growth_without_contact, "boundary-error",                                    \
      "R squared, signed, of a line through the error of walks that met no wall (boundary.tsv, "                      \
      "group none, steps -40 to 40)")                                                                                 \
    X("growth_before_contact", gn_claim_growth_before_contact, "boundary-error",                                      \
      "R squared, signed, of a line through the error of the 40 steps before the first contact "                      \
      "(boundary.tsv, every redraw counted, groups pooled by count; so in all that follow)")                          \
    X("growth_after_contact", gn_claim_growth_after_contact, "boundary-error",                                        \
      "the same for steps 11 to 40 after a contact that no other follows (group 0)")                                  \
    X("drop_after_contact", gn_claim_drop_after_contact, "boundary-error",                                            \
      "1 - error of steps 21 to 40 divided by that of steps -5 to -1, groups with further contacts "                  \
      "pooled by count")                                                                                              \
    X("drop_against_control", gn_claim_drop_against_control, "boundary-error",                                        \
      "1 - error of steps 21 to 40 with further contacts (pooled by count) divided by that of the "                   \
      "walks that met no wall (group none)")                                                                          \
    X("drop_order", gn_claim_drop_order, "boundary-error",                                                            \
      "Kendall's tau between the number of further contacts (4 groups) and their drop; 1 by "                         \
      "chance in 1 of 24")                                                                                            \
    X("long_drift", gn_claim_long_drift, "long-run-error",                                                            \
      "slope of a line fitted to the bins of longrun.tsv times their span, divided by their mean error")              \
    X("long_worst", gn_claim_long_worst, "long-run-error",                                                            \
      "largest error of a bin of longrun.tsv divided by best_constant")                                               \
    X("map_persistence", gn_claim_map_persistence, "long-run-error",                                                  \
      "map_correlation_median of longrun.tsv: correlation of maps of the first and the last tenth of the "            \
      "run")                                                                                                          \
    X("attractor_share", gn_claim_attractor_share, "connectivity",                                                    \
      "largest PREDICTOR.explained of connectivity.tsv, corrected for its null: (explained - "                        \
      "p95) / (1 - p95); an attractor's kernel gives 0.8 to 0.95, random weights 0")

#define ROW(label, function, files, text) {.name = label, .kinds = files, .help = text, .value = function},
const gn_statistic gn_statistics[] = {STATISTICS(ROW){0}};

#define HELP(label, function, files, text) label ": " text "\n"
const char gn_statistics_help[] = STATISTICS(HELP);

const gn_statistic *gn_statistic_find(const char *name) {
    for (const gn_statistic *s = gn_statistics; s->name != NULL; s++)
        if (strcmp(s->name, name) == 0) return s;
    return NULL;
}

double gn_statistic_value(const gn_statistic *statistic, gn_evidence *e) {
    e->kinds = statistic->kinds;
    double value = statistic->value(e);
    for (int k = 0; k < e->keeps; k++)
        free(e->kept[k]);
    free(e->kept);
    e->kept = NULL;
    e->keeps = 0;
    if (e->status || isnan(value)) {
        gn_none(e, "the statistic is not defined");
        return NAN;
    }
    return value;
}
