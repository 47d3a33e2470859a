/* Claims: every statistic on synthetic results whose value is known, and the rule that turns values
 * into verdicts, on claims that must hold, must fail, and cannot be decided. */
#include "gn_test.h"

#include <math.h>
#include <stdio.h>

#include "audit/judge.h"
#include "io/table.h"
#include "io/write.h"
#include "units/score_unit.h"

#define assert_near(value, expected, tolerance) assert_true(fabs((value) - (expected)) <= (tolerance))

/* ---- a folder of synthetic results ----------------------------------------------------- */

enum { UNITS = 100 };

typedef struct {
    gn_test_path folder;
    char manifest[8192]; /* rows so far */
    int files;
} scene;

static int setup(void **state) {
    scene *s = calloc(1, sizeof *s);
    if (s == NULL) return -1;
    gn_test_folder(s->folder);
    *state = s;
    strcpy(s->manifest, "experiment\tseed\tpath\n");
    return 0;
}

static int teardown(void **state) {
    scene *s = *state;
    char path[128];
    for (int k = 0; k < s->files; k++) {
        snprintf(path, sizeof path, "%s/%d.tsv", s->folder, k);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/manifest.tsv", s->folder);
    unlink(path);
    rmdir(s->folder);
    free(s);
    gn_error_clear();
    return 0;
}

/* Writes a table, adds it to the manifest and frees it. */
static void add(scene *s, const char *experiment, int seed, gn_tsv *tsv) {
    char path[128];
    size_t used = strlen(s->manifest);
    snprintf(path, sizeof path, "%s/%d.tsv", s->folder, s->files++);
    assert_int_equal(gn_tsv_write(tsv, path), GN_OK);
    snprintf(s->manifest + used, sizeof s->manifest - used, "%s\t%d\t%s\n", experiment, seed, path);
    gn_tsv_free(tsv);
}

static gn_results *results_of(scene *s) {
    char path[128];
    gn_results *results = NULL;
    snprintf(path, sizeof path, "%s/manifest.tsv", s->folder);
    assert_int_equal(gn_write_whole(path, s->manifest, strlen(s->manifest)), GN_OK);
    assert_int_equal(gn_results_read(path, false, &results), GN_OK);
    return results;
}

typedef struct {
    const char *class, *arena, *surrogate;
    double low, high, rate;
} chance_row;

/* The rows as the table of false positives; dispersion: of grids, of all others 1. */
static gn_status write_chance(scene *s, int rows, const chance_row *row, const char *dispersion, gn_chance **chance) {
    char path[128];
    gn_tsv *tsv = gn_tsv_new("score-chance");
    snprintf(path, sizeof path, "%s/chance.tsv", s->folder);
    gn_tsv_key(tsv, "score.algorithm", "%d", GN_SCORE_ALGORITHM);
    gn_tsv_key(tsv, "overdispersion.grid.square", "%s", dispersion);
    gn_tsv_key(tsv, "overdispersion.band.square", "nan");
    gn_tsv_key(tsv, "overdispersion.border.square", "0.5");
    gn_tsv_key(tsv, "overdispersion.border.hexagon", "3");
    gn_tsv_columns(tsv, "class\tarena\tsurrogate\twidth_low\twidth_high\trate_high");
    for (int k = 0; k < rows; k++) {
        gn_tsv_text(tsv, row[k].class);
        gn_tsv_text(tsv, row[k].arena);
        gn_tsv_text(tsv, row[k].surrogate);
        gn_tsv_double(tsv, row[k].low);
        gn_tsv_double(tsv, row[k].high);
        gn_tsv_double(tsv, row[k].rate);
        gn_tsv_end_row(tsv);
    }
    assert_int_equal(gn_tsv_write(tsv, path), GN_OK);
    gn_tsv_free(tsv);
    const gn_status status = gn_chance_read(path, chance);
    unlink(path);
    return status;
}

/* 2%: of 100 units six or fewer in 99.6% of networks, five in 98.5%. In a circle no grid units by chance. */
static gn_chance *plain_chance(scene *s) {
    static const chance_row row[] = {{"grid", "square", "any", 0, INFINITY, 0.02},
                                     {"grid", "circle", "any", 0, INFINITY, 0},
                                     {"band", "square", "any", 0, INFINITY, 0.02},
                                     {"border", "square", "any", 0, INFINITY, 0.02}};
    gn_chance *chance;
    assert_ok(write_chance(s, 4, row, "1", &chance));
    return chance;
}

/* One statistic of seed 1 of an experiment. */
static double value_of(scene *s, const char *statistic, const char *experiment, const char *reference, char why[200]) {
    gn_results *results = results_of(s);
    gn_chance *chance = plain_chance(s);
    gn_evidence e = {.results = results, .chance = chance, .experiment = experiment, .reference = reference, .seed = 1};
    const gn_statistic *found = gn_statistic_find(statistic);
    assert_non_null(found);
    double value = gn_statistic_value(found, &e);
    assert_int_equal(e.status, GN_OK);
    if (why != NULL) memcpy(why, e.why, sizeof e.why);
    gn_chance_free(chance);
    gn_results_free(results);
    return value;
}

static void assert_value(scene *s, const char *statistic, double expected) {
    double value = value_of(s, statistic, "square", "-", NULL);
    if (!(fabs(value - expected) < 1e-9)) fail_msg("%s is %.12g, expected %.12g", statistic, value, expected);
}

static void assert_none(scene *s, const char *statistic, const char *experiment, const char *reference,
                        const char *word) {
    char why[200];
    double value = value_of(s, statistic, experiment, reference, why);
    if (!isnan(value) || strstr(why, word) == NULL)
        fail_msg("%s is %g (%s), expected none for '%s'", statistic, value, why, word);
}

/* ---- scores ------------------------------------------------------------------------------ */

typedef struct {
    int grids, bands, borders; /* the first units, in this order; the others are irregular */
    int walls_twice;           /* border units that cover two walls */
    double band_angle;
    const char *arena;
    int update;         /* -1: no key */
    int unmoved;        /* the last units are unmodulated */
    const char *probed; /* the arena in which it was probed; NULL: no such key */
} population;

static const population typical = {20, 10, 30, 6, 90, "square", -1, 0, NULL};

static const char *class_of(const population *p, int unit) {
    if (unit < p->grids) return "grid";
    if (unit < p->grids + p->bands) return "band";
    if (unit >= UNITS - p->unmoved) return "unmodulated";
    return unit < p->grids + p->bands + p->borders ? "border" : "irregular";
}

/* Grid units: three in four prefer 90 degrees, frequencies 1 to 1.19 cycles a unit. Border units:
 * walls in turn, no speed slope. Direction range rises with the unit's number, and the last tenth
 * of the units has no information, but the highest stability. */
static void add_scores(scene *s, const char *experiment, int seed, const population *p) {
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_tsv_key(tsv, "recipe.arena", "%s", p->arena);
    gn_tsv_key(tsv, "recipe.arena-size", "0");
    if (strcmp(p->arena, "polygon") == 0) gn_tsv_key(tsv, "recipe.arena-corners", "-1,-1 3,-1 3,1 -1,1");
    if (p->probed) gn_tsv_key(tsv, "probe.arena", "%s", p->probed);
    if (p->probed) gn_tsv_key(tsv, "probe.arena-size", "0");
    if (p->update >= 0) gn_tsv_key(tsv, "update", "%d", p->update);
    gn_tsv_columns(tsv,
                   "unit\tgridness60_z\tgridness90_z\taxes\t"
                   "frequency_cycles_per_unit\taxis1_degrees\tborder_wall\t"
                   "border_walls\tspeed_abs_slope\tspeed_r_moving\tdirection_range\t"
                   "spatial_information\tstability\twidth\tramp_share\tclass");
    int first_border = p->grids + p->bands;
    for (int u = 0; u < UNITS; u++) {
        const char *class = class_of(p, u);
        int grid = strcmp(class, "grid") == 0, band = strcmp(class, "band") == 0;
        int border = strcmp(class, "border") == 0;
        gn_tsv_int(tsv, u);
        gn_tsv_double(tsv, grid ? 3 : NAN);
        gn_tsv_double(tsv, grid ? (u % 4 == 0 ? 2 : 7) : NAN);
        gn_tsv_int(tsv, grid ? 2 : band ? 1 : 0);
        gn_tsv_double(tsv, grid ? 1 + 0.01 * u : NAN);
        gn_tsv_double(tsv, band ? p->band_angle : NAN);
        gn_tsv_int(tsv, border ? (u - first_border) % 4 : -1);
        gn_tsv_int(tsv, border ? 1 + (u - first_border < p->walls_twice) : 0);
        gn_tsv_double(tsv, border ? 0.1 : 1);
        gn_tsv_double(tsv, u % 2 ? -0.5 : 0.2);
        gn_tsv_double(tsv, u);
        gn_tsv_double(tsv, u >= 90 ? 0 : 1);
        gn_tsv_double(tsv, u >= 90 ? 0.9 : 0.5);
        gn_tsv_double(tsv, 4);
        gn_tsv_double(tsv, u < 40 ? 0.9 : 0.1);
        gn_tsv_text(tsv, class);
        assert_int_equal(gn_tsv_end_row(tsv), GN_OK);
    }
    add(s, experiment, seed, tsv);
}

static void add_selectivity(scene *s) {
    gn_tsv *tsv = gn_tsv_new("selectivity");
    gn_tsv_columns(tsv, "unit\tspatial_selectivity");
    for (int u = 0; u < UNITS; u++) {
        gn_tsv_int(tsv, u);
        gn_tsv_double(tsv, 0.3);
        gn_tsv_end_row(tsv);
    }
    add(s, "square", 1, tsv);
}

static void statistics_of_classes(void **state) {
    add_scores(*state, "square", 1, &typical);
    assert_value(*state, "grid_excess", 20 - 6);
    assert_value(*state, "band_excess", 10 - 6);
    assert_value(*state, "border_excess", 30 - 6);
    assert_value(*state, "rectangular_share", 0.75);
    assert_value(*state, "rectangular_preference", 4);
    assert_value(*state, "grid_frequency", 1.095);
    assert_value(*state, "grid_periods", 2 * 1.095);
    assert_value(*state, "scale_ratio", (1 + 0.01 * 17.1) / (1 + 0.01 * 1.9));
    assert_value(*state, "one_wall_share", 24.0 / 30);
    assert_value(*state, "walls_served", 1);
    assert_value(*state, "band_alignment", 1);
    assert_value(*state, "speed_linear_share", 0.5);
    assert_value(*state, "border_speed_superiority", 1);
    assert_value(*state, "border_speed_ratio", 0.1);
    assert_value(*state, "directional_information", 1);
    assert_value(*state, "directional_stability", 0);
    assert_value(*state, "grid_direction_span", 0.16 - 0.008);
}

static void chance_goes_by_arena_and_width(void **state) {
    static const chance_row row[] = {
        {"grid", "square", "noise", 0, INFINITY, 0.9}, {"grid", "square", "any", 0, 3, 0.01},
        {"grid", "square", "any", 3, 7, 0.05},         {"grid", "square", "any", 10, INFINITY, 0.2},
        {"grid", "hexagon", "any", 0, INFINITY, 0.08}, {"band", "square", "any", 0, INFINITY, 0}};
    const int rows = sizeof row / sizeof *row;
    gn_chance *chance;
    assert_ok(write_chance(*state, rows, row, "2.5", &chance));
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, 2.9), 0.01, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, 3), 0.05, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, 8), 0.05, 0); /* nothing measured there: the nearest */
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, 9), 0.2, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, 40), 0.2, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_HEXAGON, 40), 0.08, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_CIRCLE, 4), 0.08, 0); /* the largest of the others */
    assert_near(gn_chance_rate(chance, GN_GRID, GN_CIRCLE, 12), 0.2, 0);
    assert_near(gn_chance_rate(chance, GN_GRID, GN_SQUARE, NAN), 0, 0);
    assert_true(isnan(gn_chance_rate(chance, GN_BORDER, GN_SQUARE, 4)));
    assert_near(gn_chance_dispersion(chance, GN_GRID, GN_SQUARE), 2.5, 0);
    assert_near(gn_chance_dispersion(chance, GN_BAND, GN_SQUARE), 1, 0);
    assert_near(gn_chance_dispersion(chance, GN_BORDER, GN_SQUARE), 1, 0);
    assert_near(gn_chance_dispersion(chance, GN_BORDER, GN_CIRCLE), 3, 0);
    assert_near(gn_chance_dispersion(chance, GN_BAND, GN_CIRCLE), 1, 0);
    gn_chance_free(chance);
    const chance_row wrong[] = {{"grids", "square", "any", 0, 1, 0.1},
                                {"grid", "cube", "any", 0, 1, 0.1},
                                {"grid", "square", "any", 0, 1, 1.1}};
    for (int k = 0; k < 3; k++) {
        assert_int_equal(write_chance(*state, 1, &wrong[k], "1", &chance), GN_EFILE);
        assert_null(chance);
        gn_error_clear();
    }
    assert_int_equal(write_chance(*state, rows, row, "much", &chance), GN_EFILE);
}

static double bound_of(size_t units, const double *rate, double dispersion) {
    double bound;
    assert_ok(gn_chance_bound(units, rate, dispersion, &bound));
    return bound;
}

/* Against sums over the binomial and against counting. */
static void the_bound_leaves_one_network_of_a_hundred(void **state) {
    (void)state;
    double rate[100], square = 0;
    for (int i = 0; i < 100; i++)
        rate[i] = 0.02;
    assert_near(bound_of(100, rate, 1), 6, 0);
    assert_near(bound_of(0, rate, 1), 0, 0);
    const double three[] = {0.5, 0.1, 0}; /* none 0.45, both 0.05 */
    assert_near(bound_of(3, three, 1), 2, 0);
    const double rare[] = {0.005, 0.004, 1}; /* one is certain; another in less than 1 of 100 */
    assert_near(bound_of(3, rare, 1), 1, 0);
    for (int i = 0; i < 100; i++) {
        rate[i] = i < 50 ? 0.2 : 0;
        square += rate[i];
    }
    assert_near(bound_of(100, rate, 1), 17, 0); /* Binomial(50, 0.2): P(16) 0.9856, P(17) 0.9937 */
    const double twice = bound_of(100, rate, 2), wide = bound_of(100, rate, 8);
    assert_true(twice > 17 && wide > twice && wide <= 100);
    assert_near(square, 10, 1e-12);
    assert_near(bound_of(100, rate, 1.25), 18, 0); /* the variance is the mean: Poisson(10), P(17) 0.986, P(18) 0.993 */
    for (int i = 0; i < 100; i++)
        rate[i] = 0;
    assert_near(bound_of(100, rate, 3), 0, 0);
}

static void the_papers_own_selectivity(void **state) {
    add_scores(*state, "square", 1, &typical);
    assert_none(*state, "directional_sparseness", "square", "-", "no selectivity file");
    add_selectivity(*state);
    assert_value(*state, "directional_sparseness", 0.5); /* all equal: chance */
}

static void bands_are_measured_against_the_arenas_walls(void **state) {
    population p = typical;
    p.band_angle = 45;
    add_scores(*state, "square", 1, &p);
    assert_value(*state, "band_alignment", -1);
    p.band_angle = 11.25;
    add_scores(*state, "tilted", 1, &p);
    assert_true(fabs(value_of(*state, "band_alignment", "tilted", "-", NULL) - 0.5) < 1e-9);
    p.arena = "triangle"; /* its base is horizontal: normals at 90, 30 and 150 degrees */
    p.band_angle = 31.5;
    add_scores(*state, "triangle", 1, &p);
    assert_true(fabs(value_of(*state, "band_alignment", "triangle", "-", NULL) - 0.9) < 1e-9);
    p.band_angle = 120;
    add_scores(*state, "wrong", 1, &p);
    assert_true(fabs(value_of(*state, "band_alignment", "wrong", "-", NULL) + 1) < 1e-9);
    p.arena = "polygon"; /* a rectangle's normals are those of the square */
    p.band_angle = 11.25;
    add_scores(*state, "box", 1, &p);
    assert_true(fabs(value_of(*state, "band_alignment", "box", "-", NULL) - 0.5) < 1e-9);
    assert_true(fabs(value_of(*state, "grid_periods", "box", "-", NULL) /
                         value_of(*state, "grid_periods", "tilted", "-", NULL) -
                     2) < 1e-9);
    p.arena = "circle";
    add_scores(*state, "round", 1, &p);
    assert_none(*state, "band_alignment", "round", "-", "no straight walls");
    assert_none(*state, "walls_served", "round", "-", "no walls to be counted");
    p.probed = "square"; /* where the animal walked, not where the network was trained */
    add_scores(*state, "elsewhere", 1, &p);
    assert_true(fabs(value_of(*state, "band_alignment", "elsewhere", "-", NULL) - 0.5) < 1e-9);
}

/* Sixty maps are no ramps; 30 of these are of units that do not vary, and then do not count. */
static void silent_units_are_no_ramps(void **state) {
    population p = typical;
    add_scores(*state, "square", 1, &p);
    assert_value(*state, "ramp_share", 0.1);
    p.unmoved = 30;
    add_scores(*state, "silent", 1, &p);
    assert_true(value_of(*state, "ramp_share", "silent", "-", NULL) == 0.9);
}

/* Where chance alone gives half of all units a class, the claim that there are some is not judged. */
static void chance_may_leave_nothing_to_be_told(void **state) {
    static const chance_row row[] = {{"border", "square", "any", 0, INFINITY, 0.45}};
    gn_chance *chance;
    population p = typical;
    p.borders = 70;
    add_scores(*state, "square", 1, &p);
    gn_results *results = results_of(*state);
    assert_ok(write_chance(*state, 1, row, "1", &chance));
    gn_evidence e = {.results = results, .chance = chance, .experiment = "square", .reference = "-", .seed = 1};
    assert_true(isnan(gn_statistic_value(gn_statistic_find("border_excess"), &e)));
    assert_non_null(strstr(e.why, "of 100 units the class; not judged where that is half or more"));
    assert_true(e.needed.bound > 50 && e.needed.units == 100 && e.needed.class == GN_BORDER);
    gn_chance_free(chance);
    gn_results_free(results);
}

/* Against sums over the binomial by hand. */
static void the_fewest_units_that_can_be_told(void **state) {
    (void)state;
    assert_int_equal(gn_least_units(1, 4, 100), 5);      /* every one is found */
    assert_int_equal(gn_least_units(0.5, 0, 100), 4);    /* 1 - 0.5^3 = 0.875, 1 - 0.5^4 = 0.94 */
    assert_int_equal(gn_least_units(0.9, 1, 100), 3);    /* two of two 0.81, two or three of three 0.97 */
    assert_int_equal(gn_least_units(0.1, 20, 100), 101); /* not with all of them */
}

static void power_is_put_into_words(void **state) {
    scene *s = *state;
    char path[128], precise[128];
    snprintf(path, sizeof path, "%s/power.tsv", s->folder);
    snprintf(precise, sizeof precise, "%s/precision.tsv", s->folder);
    gn_tsv *tsv = gn_tsv_new("score-power");
    gn_tsv_key(tsv, "score.algorithm", "%d", GN_SCORE_ALGORITHM);
    gn_tsv_columns(tsv, "arena\tpattern\tscale\trate");
    static const struct {
        const char *arena, *pattern;
        double scale, rate;
    } row[] = {{"square", "triangular", 2, 0.9},   {"square", "rectangular", 2, 1},
               {"square", "triangular", 3, 0.1},   {"square", "uneven-triangular", 2, 0.5},
               {"hexagon", "rectangular", 2, 0.2}, {"square", "band", 2, 0.7}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        gn_tsv_text(tsv, row[k].arena);
        gn_tsv_text(tsv, row[k].pattern);
        gn_tsv_double(tsv, row[k].scale);
        gn_tsv_double(tsv, row[k].rate);
        gn_tsv_end_row(tsv);
    }
    assert_int_equal(gn_tsv_write(tsv, path), GN_OK);
    gn_tsv_free(tsv);
    static const char walks[] = "id\texperiment\twalks\tmean\tsd\tin_range\nC1a\tsquare\t10\t0.93\t0.002\t9\n";
    assert_int_equal(gn_write_whole(precise, walks, strlen(walks)), GN_OK);
    gn_power *power;
    assert_ok(gn_power_read(path, precise, &power));
    gn_text text = {0};
    gn_power_of_class(power, GN_GRID, GN_SQUARE, &(gn_needed){GN_GRID, 100, 1}, &text);
    assert_string_equal(text.byte,
                        "lattices of two periods 0.9 (seen from 3 of 100 units on), uneven 0.5 (seen "
                        "from 7 of 100 units on)");
    free(text.byte);
    text = (gn_text){0};
    gn_power_of_class(power, GN_BAND, GN_SQUARE, &(gn_needed){GN_BAND, 0, NAN}, &text);
    assert_string_equal(text.byte, "bands of two periods 0.7");
    assert_true(gn_power_of_walks(power, "C1a", "square", &text));
    assert_non_null(strstr(text.byte, "over 10 walks of one network: 0.93 +- 0.002, 9 in range"));
    assert_false(gn_power_of_walks(power, "C1a", "hexagon", &text));
    free(text.byte);
    gn_power_free(power);
    unlink(path);
    unlink(precise);
}

/* Six grid units are no more than chance gives one network, twelve more than it gives two: of 200 units nine or fewer
 * in 99.3% of pairs. */
static void seeds_are_pooled(void **state) {
    population p = {6, 0, 0, 0, 0, "square", -1, 0, NULL};
    add_scores(*state, "square", 1, &p);
    assert_value(*state, "grid_excess", 0);
    assert_value(*state, "grid_excess_pooled", 0);
    add_scores(*state, "square", 2, &p);
    assert_value(*state, "grid_excess", 0);
    assert_value(*state, "grid_excess_pooled", 12 - 9);
    assert_value(*state, "band_excess_pooled", -9);
    assert_value(*state, "border_excess_pooled", -9);
    assert_none(*state, "grid_excess_pooled", "hexagon", "-", "no scores file");
}

static void too_few_units_have_no_properties(void **state) {
    population p = {4, 0, 0, 0, 0, "square", -1, 0, NULL};
    add_scores(*state, "square", 1, &p);
    assert_value(*state, "grid_excess", -2);
    assert_none(*state, "rectangular_share", "square", "-", "4 grid units, 5 needed");
    assert_none(*state, "band_alignment", "square", "-", "0 band units");
    assert_none(*state, "border_speed_ratio", "square", "-", "0 border units");
    assert_none(*state, "one_wall_share", "square", "-", "0 border units");
    assert_none(*state, "final_error", "square", "-", "no training-log file");
}

static void without_the_column_there_is_no_value(void **state) {
    gn_tsv *tsv = gn_tsv_new("scores");
    gn_tsv_columns(tsv, "unit");
    gn_tsv_int(tsv, 0);
    gn_tsv_end_row(tsv);
    add(*state, "bare", 1, tsv);
    assert_none(*state, "grid_excess", "bare", "-", "no column class");
    assert_none(*state, "rectangular_share", "bare", "-", "no column gridness90_z");
    assert_none(*state, "composition_shift", "bare", "-", "no column class");
}

/* ---- references ----------------------------------------------------------------------------- */

static void ablations_are_judged_against_a_reference_with_grids(void **state) {
    population none = {0, 0, 40, 0, 0, "square", -1, 0, NULL}, half = {10, 10, 30, 0, 0, "square", -1, 0, NULL};
    for (int seed = 1; seed <= 3; seed++)
        add_scores(*state, "square", seed, &typical);
    add_scores(*state, "free", 1, &none);
    add_scores(*state, "mild", 1, &half);
    const char *given = "grid_excess_given_reference";
    assert_true(value_of(*state, given, "free", "square", NULL) == -6);
    assert_true(value_of(*state, "grid_share_of_reference", "mild", "square", NULL) == 0.5);
    assert_true(fabs(value_of(*state, "periodic_loss", "free", "square", NULL) - 0.3) < 1e-12);
    assert_none(*state, given, "square", "free", "free has no more grid-like units than chance");
    assert_none(*state, given, "free", "absent", "no value for absent");
    assert_none(*state, "periodic_loss", "mild", "free", "of the units of free 0 have an axis"); /* nothing to lose */
}

/* Numbers of units are compared, not what is beyond chance, which gives 6 units in the square and none in the circle.
 */
static void shares_are_of_numbers_whatever_chance_gives(void **state) {
    const population half = {10, 10, 30, 0, 0, "circle", -1, 0, NULL};
    add_scores(*state, "square", 1, &typical);
    add_scores(*state, "round", 1, &half);
    assert_true(value_of(*state, "grid_excess", "round", "-", NULL) == 10);
    assert_true(value_of(*state, "grid_share_of_reference", "round", "square", NULL) == 0.5);
}

static void composition_is_measured_beyond_seeds(void **state) {
    population other = typical, same = typical;
    other.grids = 30; /* ten units differ between the reference's seeds */
    add_scores(*state, "square", 1, &typical);
    assert_none(*state, "composition_shift", "square", "square", "1 seeds of square");
    add_scores(*state, "square", 2, &other);
    add_scores(*state, "variant", 1, &same); /* 0 from one, 0.1 from the other */
    assert_true(fabs(value_of(*state, "composition_shift", "variant", "square", NULL) - (0.05 - 0.1)) < 1e-12);
    population far = {0, 0, 0, 0, 0, "square", -1, 0, NULL};
    add_scores(*state, "far", 1, &far);
    assert_true(fabs(value_of(*state, "composition_shift", "far", "square", NULL) - (0.65 - 0.1)) < 1e-12);
}

/* ---- development ------------------------------------------------------------------------------- */

static void classes_appear_in_order(void **state) {
    const int update[4] = {400, 25, 1900, 100}; /* in no order, as the headers have the updates */
    for (int k = 0; k < 4; k++) {
        population p = {update[k] >= 400 ? 20 : 6, 0, update[k] >= 100 ? 30 : 3, 0, 0, "square", update[k], 0, NULL};
        add_scores(*state, "square", 1, &p);
        if (k == 1) assert_none(*state, "border_before_grid", "square", "-", "scores of 2 updates");
    }
    assert_value(*state, "border_before_grid", 300);
    assert_value(*state, "grid_excess", 14); /* other statistics take the last update */
    for (int k = 0; k < 4; k++) {
        population p = {0, 0, 30, 0, 0, "square", update[k], 0, NULL};
        add_scores(*state, "gridless", 1, &p);
    }
    assert_none(*state, "border_before_grid", "gridless", "-", "no more grid units than chance");
    for (int k = 1; k <= 40; k++) {
        population p = {k < 40 ? 0 : 20, 0, k < 30 ? 0 : 30, 0, 0, "square", 50 * k, 0, NULL};
        add_scores(*state, "followed", 1, &p);
    }
    assert_true(value_of(*state, "border_before_grid", "followed", "-", NULL) == 500);
}

/* Grid units move by 3 and 4, border units by 1, others by 2. Early on, all sit at the border
 * units' late places but the last ten, which are at their own. Five units from `silent` on have no place yet. */
static void add_tsne(scene *s, int silent) {
    static const char *const phase[3] = {"early", "intermediate", "late"};
    gn_tsv *tsv = gn_tsv_new("tsne");
    gn_tsv_columns(tsv, "unit\tphase\tupdate\tx\ty");
    for (int p = 2; p >= 0; p--) {
        for (int u = 0; u < UNITS; u++) {
            const char *class = class_of(&typical, u);
            double x = u >= 90 ? 500 : 10, y = 0.01 * u;
            if (strcmp(class, "grid") == 0) x += (p >= 1) * 3 + (p == 2) * 4;
            if (strcmp(class, "border") == 0) x += p == 2;
            if (strcmp(class, "band") == 0) x += (p == 2) * 2;
            if (strcmp(class, "irregular") == 0 && u < 90) x += (p == 2) * 2;
            gn_tsv_int(tsv, u);
            gn_tsv_text(tsv, phase[p]);
            gn_tsv_int(tsv, 100 * p);
            const bool placed = u < silent || u >= silent + 5 || p != 0;
            gn_tsv_double(tsv, placed ? x : NAN);
            gn_tsv_double(tsv, placed ? y : NAN);
            gn_tsv_end_row(tsv);
        }
    }
    add(s, "square", 1, tsv);
}

static void paths_in_the_embedding(void **state) {
    add_scores(*state, "square", 1, &typical);
    assert_none(*state, "grid_path", "square", "-", "no tsne file");
    add_tsne(*state, UNITS);
    assert_value(*state, "grid_path", 1);
    assert_value(*state, "border_path", 60.0 / 70); /* ten others do not move at all */
    assert_value(*state, "early_near_border", (0.9 - 0.3) / 0.7);
}

/* Units that were silent in the early phase have no path there and are nobody's neighbours. */
static void silent_units_have_no_place(void **state) {
    add_scores(*state, "square", 1, &typical);
    add_tsne(*state, UNITS - 5);
    assert_value(*state, "border_path", 60.0 / 65); /* five of the ten that do not move are left */
    assert_value(*state, "early_near_border", (90.0 / 95 - 0.3) / 0.7);
}

/* ---- contacts and long walks -------------------------------------------------------------------- */

/* Error 0.01 at contact, rising by 1e-4 a step before it; after it group k has fallen by `fall[k]`
 * of the mean of steps -5..-1, and rises by 1e-5 a step when it is group 0. The control goes on,
 * times fall[4]. The rows that count steps do not matter. */
static void add_contacts(scene *s, const char *experiment, const double fall[5], int most) {
    static const char *const group[5] = {"0", "1", "2-5", "6-50", "none"};
    gn_tsv *tsv = gn_tsv_new("boundary-error");
    gn_tsv_columns(tsv, "counted\tgroup\tstep\terror_squared\terror_sd\tcount");
    for (int row = 0; row < 10; row++) {
        const bool steps = row % 2;
        const int k = row / 2;
        for (int step = -40; step <= 40; step++) {
            double before = 0.01 + 1e-4 * step, at = 0.01 - 3e-4;
            gn_tsv_text(tsv, steps ? "steps" : "redraws");
            gn_tsv_text(tsv, group[k]);
            gn_tsv_int(tsv, step);
            double after = k == 4 ? fall[4] * before : at * (1 - fall[k]) + (k == 0) * 1e-5 * (step - 30.5);
            if (step >= 0 && step <= 20 && k > 0 && k < 4) after = 0.05; /* settles later */
            gn_tsv_double(tsv, steps ? 0.03 : step < 0 ? before : after);
            gn_tsv_double(tsv, 0.001);
            gn_tsv_int(tsv, steps ? 5 : k == 3 ? most : 1000);
            gn_tsv_end_row(tsv);
        }
    }
    add(s, experiment, 1, tsv);
}

static void contacts_correct_the_error(void **state) {
    add_contacts(*state, "square", (double[5]){0.1, 0.2, 0.3, 0.4, 1}, 1000);
    assert_value(*state, "growth_before_contact", 1);
    assert_value(*state, "growth_after_contact", 1);
    assert_value(*state, "drop_after_contact", 0.3);
    assert_value(*state, "growth_without_contact", 1);
    assert_value(*state, "drop_against_control", 1 - 0.7 * (0.01 - 3e-4) / (0.01 + 30.5e-4));
    assert_value(*state, "drop_order", 1);
    add_contacts(*state, "reversed", (double[5]){0.4, 0.3, 0.2, -0.1, 1}, 20);
    assert_true(value_of(*state, "drop_order", "reversed", "-", NULL) == -1);
    add_contacts(*state, "rare", (double[5]){0.1, 0.2, 0.3, 0.4, 1}, 19);
    assert_none(*state, "drop_order", "rare", "-", "19 trials with 6-50 further contacts, 20 needed");
    assert_none(*state, "drop_order", "absent", "-", "no boundary-error file");
}

static void add_long_run(scene *s, const char *experiment, double rise, int bins, int maps) {
    gn_tsv *tsv = gn_tsv_new("long-run-error");
    gn_tsv_key(tsv, "best_constant", "0.4");
    if (maps) gn_tsv_key(tsv, "map_correlation_median", "0.97");
    gn_tsv_columns(tsv, "bin\tstep_begin\tstep_end\terror_squared\terror_squared_sd");
    for (int k = 0; k < bins; k++) {
        gn_tsv_int(tsv, k);
        gn_tsv_int(tsv, 10000 * k);
        gn_tsv_int(tsv, 10000 * (k + 1));
        gn_tsv_double(tsv, 0.02 + rise * (k - (bins - 1) / 2.0) / (bins - 1));
        gn_tsv_double(tsv, 0.01);
        gn_tsv_end_row(tsv);
    }
    add(s, experiment, 1, tsv);
}

static void add_errors(scene *s, const char *experiment, int steps) {
    gn_tsv *tsv = gn_tsv_new("track-errors");
    gn_tsv_columns(tsv, "step\terror_squared\tconstant\tcount");
    for (int k = 0; k < steps; k++) {
        gn_tsv_int(tsv, k);
        gn_tsv_double(tsv, 0.01 + (k % 2) * 0.02);
        gn_tsv_double(tsv, 0.25);
        gn_tsv_int(tsv, 500);
        gn_tsv_end_row(tsv);
    }
    add(s, experiment, 1, tsv);
}

static void add_log(scene *s, const char *experiment) {
    gn_tsv *tsv = gn_tsv_new("training-log");
    gn_tsv_key(tsv, "final_mse", "0.02");
    gn_tsv_columns(tsv, "update\tmse");
    add(s, experiment, 1, tsv);
}

static void errors_of_training_and_of_a_long_run(void **state) {
    add_long_run(*state, "square", 0.004, 100, 1);
    add_log(*state, "square");
    add_errors(*state, "square", 200);
    assert_value(*state, "final_error", 0.02);
    assert_value(*state, "variance_explained", 1 - 0.02 / 0.25);
    add_errors(*state, "none", 0);
    assert_none(*state, "variance_explained", "none", "-", "no steps");
    assert_value(*state, "long_drift", 0.2);
    assert_value(*state, "long_worst", 0.022 / 0.4);
    assert_value(*state, "map_persistence", 0.97);
    add_long_run(*state, "short", 0, 9, 0);
    assert_none(*state, "long_drift", "short", "-", "9 bins");
    assert_none(*state, "map_persistence", "short", "-", "map_correlation_median");
}

static void the_strongest_profile_is_corrected_for_its_null(void **state) {
    gn_tsv *tsv = gn_tsv_new("connectivity");
    gn_tsv_key(tsv, "similarity.explained", "0.3");
    gn_tsv_key(tsv, "similarity.null-p95", "0.02");
    gn_tsv_key(tsv, "grid-offset.explained", "0.9"); /* high by chance, with many bins and few pairs */
    gn_tsv_key(tsv, "grid-offset.null-p95", "0.92");
    gn_tsv_columns(tsv, "predictor");
    add(*state, "square", 1, tsv);
    assert_value(*state, "attractor_share", 0.28 / 0.98);
}

/* ---- verdicts ----------------------------------------------------------------------------------- */

static gn_verdict decide(int seeds, const double *value, int needed, const char *missing, gn_claim *claim) {
    *claim = (gn_claim){.low = 0.5, .high = 1, .seeds_needed = needed, .seeds = seeds};
    for (int k = 0; k < seeds; k++)
        claim->value[k] = value[k];
    gn_claim_decide(claim, missing);
    return claim->verdict;
}

static void verdicts_follow_from_the_seeds(void **state) {
    (void)state;
    gn_claim c;
    assert_int_equal(decide(3, (double[]){0.5, 0.7, 1}, 3, "", &c), GN_HOLDS); /* ends are in */
    assert_true(c.inside == 3 && c.lowest == 0.5 && c.highest == 1);
    assert_true(fabs(c.mean - 2.2 / 3) < 1e-15 && fabs(c.sd - 0.25166114784235832) < 1e-12);
    assert_int_equal(decide(3, (double[]){0.4, -1, 1.1}, 3, "", &c), GN_FAILS);
    assert_int_equal(decide(3, (double[]){0.6, 0.7, 0.4}, 3, "", &c), GN_UNDECIDED);
    assert_non_null(strstr(c.reason, "2 of 3"));
    assert_int_equal(decide(3, (double[]){0.6, 0.2, 0.4}, 3, "", &c), GN_UNDECIDED);
    assert_int_equal(decide(2, (double[]){0.6, 0.7}, 3, "seed 3: no scores file", &c), GN_UNDECIDED);
    assert_non_null(strstr(c.reason, "no scores file"));
    assert_int_equal(decide(0, NULL, 1, "no results of square", &c), GN_UNDECIDED);
    assert_true(isnan(c.mean) && isnan(c.sd) && c.inside == 0);
    assert_int_equal(decide(1, (double[]){0}, 1, "", &c), GN_FAILS);
    assert_true(c.mean == 0 && isnan(c.sd));
}

/* Two of three seeds with a value, the third without: it lacks what the claim speaks of, or its results are missing. */
static void seeds_that_lack_units_make_a_claim_untestable(void **state) {
    (void)state;
    gn_claim c = {.low = 0, .high = 1, .seeds_needed = 3, .seeds = 2, .lacking = 1};
    gn_claim_decide(&c, "seed 3: 0 grid units, 5 needed");
    assert_int_equal(c.verdict, GN_UNTESTABLE);
    assert_non_null(strstr(c.reason, "0 grid units"));
    c = (gn_claim){.low = 0, .high = 1, .seeds_needed = 3, .seeds = 1, .lacking = 1};
    gn_claim_decide(&c, "seed 2: 0 grid units, 5 needed");
    assert_int_equal(c.verdict, GN_UNDECIDED);
    c = (gn_claim){.low = 0, .high = 1, .seeds_needed = 3, .seeds = 3, .lacking = 1};
    gn_claim_decide(&c, "seed 4: 0 grid units, 5 needed");
    assert_int_equal(c.verdict, GN_HOLDS);
}

static void read_claims(scene *s, const char *rows, gn_claims *claims, gn_status expected) {
    char text[2048], path[128];
    snprintf(text, sizeof text,
             "# A comment of the "
             "reader.\nid\tclaim\tplace\tstatistic\texperiments\treference\tlow\thigh\t"
             "seeds\tnull\tpower\n%s",
             rows);
    snprintf(path, sizeof path, "%s/%d.tsv", s->folder, s->files++);
    assert_int_equal(gn_write_whole(path, text, strlen(text)), GN_OK);
    assert_int_equal(gn_claims_read(path, claims), expected);
}

static void claims_are_judged_by_the_results(void **state) {
    population none = {0, 0, 40, 0, 0, "square", -1, 0, NULL};
    for (int seed = 1; seed <= 3; seed++) {
        add_scores(*state, "square", seed, &typical);
        add_scores(*state, "gridless", seed, &none);
    }
    add_scores(*state, "mixed", 1, &typical);
    add_scores(*state, "mixed", 2, &none);
    add_scores(*state, "mixed", 3, &typical);
    gn_claims claims;
    read_claims(*state,
                "C2a\tgrids\tp\tgrid_excess\tsquare\t-\t1\tinf\t3\t-\trows of grid\n"
                "C2b\tno grids\tp\tgrid_excess\tgridless\t-\t1\tinf\t3\t-\tgrid units of rows\n"
                "C2c\tsome\tp\tgrid_excess\tmixed\t-\t1\tinf\t3\t-\trows of grid\n"
                "C2d\tabsent\tp\tgrid_excess\thexagon\t-\t1\tinf\t3\t-\trows of grid\n"
                "C20\tanother claim\tp\tborder_excess\tmixed\t-\t-inf\t50\t4\t-\trows of grid\n"
                "C21a\tone\tp\tborder_excess\tsquare\t-\t24\t24\t1\t-\trows of grid\n"
                "C21b\tof grids\tp\tgrid_periods\tgridless\t-\t1\t4\t3\t-\trows of grid\n"
                "C21c\tof more\tp\tgrid_periods\tgridless\t-\t1\t4\t4\t-\trows of grid\n"
                "C22a\tone\tp\tborder_excess\tsquare\t-\t24\t24\t1\t-\trows of grid\n"
                "C22b\tof grids\tp\tgrid_periods\tgridless\t-\t1\t4\t3\t-\trows of grid\n",
                &claims, GN_OK);
    gn_results *results = results_of(*state);
    gn_chance *chance = plain_chance(*state);
    assert_int_equal(gn_claims_judge(results, chance, NULL, &claims), GN_OK);
    gn_chance_free(chance);
    const gn_verdict expected[10] = {GN_HOLDS, GN_FAILS,      GN_UNDECIDED, GN_UNDECIDED, GN_UNDECIDED,
                                     GN_HOLDS, GN_UNTESTABLE, GN_UNDECIDED, GN_HOLDS,     GN_UNTESTABLE};
    for (int k = 0; k < 10; k++)
        assert_int_equal(claims.claim[k].verdict, expected[k]);
    assert_int_equal(claims.claim[2].inside, 2);
    assert_non_null(strstr(claims.claim[3].reason, "no results of hexagon"));
    assert_non_null(strstr(claims.claim[4].reason, "3 seeds, 4 needed"));
    assert_non_null(strstr(claims.claim[0].from, "/0.tsv"));
    assert_string_equal(claims.claim[3].from, "-");
    assert_string_equal(claims.claim[0].found, "rows of grid"); /* words stand for themselves */
    assert_string_equal(claims.claim[1].found, "grid units of rows");
    assert_near(claims.claim[0].needed.bound, 6, 0);

    size_t length;
    gn_verdict verdict;
    int count[GN_VERDICTS];
    assert_int_equal(gn_claim_group(&claims, 0, &length, &verdict, count), 4);
    assert_true(length == 2 && verdict == GN_FAILS);
    assert_true(count[GN_HOLDS] == 1 && count[GN_FAILS] == 1 && count[GN_UNDECIDED] == 2);
    assert_int_equal(gn_claim_group(&claims, 4, &length, &verdict, count), 5);
    assert_true(length == 3 && verdict == GN_UNDECIDED);
    assert_int_equal(gn_claim_group(&claims, 5, &length, &verdict, count), 8);
    assert_true(verdict == GN_UNDECIDED && count[GN_UNTESTABLE] == 1);
    assert_int_equal(gn_claim_group(&claims, 8, &length, &verdict, count), 10);
    assert_true(verdict == GN_UNTESTABLE && count[GN_HOLDS] == 1);
    gn_results_free(results);
    gn_claims_free(&claims);
}

static void a_row_is_judged_for_each_of_its_experiments(void **state) {
    population none = {0, 0, 40, 0, 0, "square", -1, 0, NULL};
    add_scores(*state, "square", 1, &typical);
    add_scores(*state, "gridless", 1, &none);
    gn_claims claims;
    read_claims(*state,
                "C2a\tgrids\tp\tgrid_excess\tsquare gridless absent\t-\t1\tinf\t1\tby chance\trows of grid\n"
                "C2b\tmore\tp\tgrid_excess\tgridless\t-\t-inf\t0\t1\t-\trows of grid\n",
                &claims, GN_OK);
    gn_results *results = results_of(*state);
    gn_chance *chance = plain_chance(*state);
    assert_int_equal(gn_claims_judge(results, chance, NULL, &claims), GN_OK);
    gn_chance_free(chance);
    assert_int_equal(claims.count, 4);
    static const char *const experiment[] = {"square", "gridless", "absent", "gridless"};
    const gn_verdict expected[] = {GN_HOLDS, GN_FAILS, GN_UNDECIDED, GN_HOLDS};
    for (int k = 0; k < 4; k++) {
        assert_string_equal(claims.claim[k].experiment, experiment[k]);
        assert_int_equal(claims.claim[k].verdict, expected[k]);
        assert_int_equal(claims.claim[k].row, k == 3);
    }
    assert_string_equal(claims.claim[2].null, "by chance");
    assert_string_equal(claims.claim[2].power, "rows of grid");
    gn_results_free(results);
    gn_claims_free(&claims);
}

static void bad_claims_are_refused(void **state) {
    static const char *const rows[] = {
        "C1\tx\tp\tno_such_statistic\tsquare\t-\t0\t1\t3\t-\trows of grid\n",
        "C1\tx\tp\tgrid_excess\tsquare\t-\t2\t1\t3\t-\trows of grid\n",
        "C1\tx\tp\tgrid_excess\tsquare\t-\tnan\t1\t3\t-\trows of grid\n",
        "C1\tx\tp\tgrid_excess\tsquare\t-\t0\t1\t0\t-\trows of grid\n",
        "C1\tx\tp\tgrid_excess\tsquare\t-\tmany\t1\t3\t-\trows of grid\n",
        "C1\tx\tp\tgrid_excess\t \t-\t0\t1\t3\t-\trows of grid\n",
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        gn_claims claims;
        read_claims(*state, rows[k], &claims, GN_EFILE);
        assert_true(gn_error_message()[0] != '\0');
        gn_error_clear();
    }
}

static void two_files_for_one_place_are_refused(void **state) {
    scene *s = *state;
    char path[128];
    gn_results *results;
    add_scores(s, "square", 1, &typical);
    add_scores(s, "square", 1, &typical);
    snprintf(path, sizeof path, "%s/manifest.tsv", s->folder);
    assert_int_equal(gn_write_whole(path, s->manifest, strlen(s->manifest)), GN_OK);
    assert_int_equal(gn_results_read(path, false, &results), GN_EFILE);
    assert_null(results);
}

static void every_statistic_is_documented(void **state) {
    (void)state;
    int count = 0;
    for (const gn_statistic *s = gn_statistics; s->name != NULL; s++, count++) {
        assert_ptr_equal(gn_statistic_find(s->name), s); /* no name twice */
        assert_true(strlen(s->help) > 10 || strncmp(s->help, "the same", 8) == 0);
        assert_non_null(strstr(gn_statistics_help, s->name));
    }
    assert_true(count > 30);
    assert_null(gn_statistic_find("grid"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(statistics_of_classes),
        TEST(chance_goes_by_arena_and_width),
        TEST(the_bound_leaves_one_network_of_a_hundred),
        TEST(the_papers_own_selectivity),
        TEST(bands_are_measured_against_the_arenas_walls),
        TEST(without_the_column_there_is_no_value),
        TEST(seeds_are_pooled),
        TEST(silent_units_are_no_ramps),
        TEST(chance_may_leave_nothing_to_be_told),
        TEST(the_fewest_units_that_can_be_told),
        TEST(power_is_put_into_words),
        TEST(too_few_units_have_no_properties),
        TEST(ablations_are_judged_against_a_reference_with_grids),
        TEST(shares_are_of_numbers_whatever_chance_gives),
        TEST(composition_is_measured_beyond_seeds),
        TEST(classes_appear_in_order),
        TEST(paths_in_the_embedding),
        TEST(silent_units_have_no_place),
        TEST(contacts_correct_the_error),
        TEST(errors_of_training_and_of_a_long_run),
        TEST(the_strongest_profile_is_corrected_for_its_null),
        TEST(verdicts_follow_from_the_seeds),
        TEST(seeds_that_lack_units_make_a_claim_untestable),
        TEST(claims_are_judged_by_the_results),
        TEST(a_row_is_judged_for_each_of_its_experiments),
        TEST(bad_claims_are_refused),
        TEST(two_files_for_one_place_are_refused),
        TEST(every_statistic_is_documented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
