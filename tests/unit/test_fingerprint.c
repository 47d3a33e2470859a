/* Fingerprints of data for which they are known: maps and curves of units, the curves of Fig. 6a, distances. */
#include <math.h>
#include <string.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/fingerprint.h"

/* ---- units: tunings as gathered during a walk ------------------------------------------- */

enum { BINS = 32, UNITS = 9 };

static double ramp(double x, double y) {
    return 0.5 * x + 0 * y;
}
static double steep_ramp(double x, double y) {
    return tanh(8 * (0.6 * x + 0.8 * y));
}
static double border(double x, double y) {
    return tanh(12 * (y - 0.8)) + 0 * x;
}
static double stripes(double x, double y) {
    return tanh(6 * sin(2 * M_PI * x)) + 0 * y;
}
static double lattice(double x, double y) {
    return 0.45 * (cos(2 * M_PI * x) + cos(2 * M_PI * y));
}
static double spots(double x, double y) { /* sharp spots on a regular lattice */
    return tanh(6 * (cos(2 * M_PI * x) + cos(2 * M_PI * y) - 0.5));
}
static double spot(double x, double y) {
    return 2 * exp(-(x * x + y * y) / 0.2) - 1;
}
static double flat(double x, double y) {
    return 0.97 + 0 * x * y;
}
enum { RAMP, STEEP, BORDER, STRIPES, LATTICE, SPOTS, SPOT, FLAT, NOISE };
static double (*const shape[UNITS])(double, double) = {ramp,  steep_ramp, border, stripes, lattice,
                                                       spots, spot,       flat,   NULL};

/* Each bin was visited once a half; unit i changes by 0.1 i over the speeds and by 0.05 i over the directions. */
static void fill_tuning(const gn_arena *arena, gn_tuning *t) {
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 6, 0);
    assert_ok(gn_tuning_new(UNITS, gn_grid_make(arena, BINS), 0.2, t));
    for (size_t b = 0; b < BINS * BINS; b++) {
        double x = t->grid.x_min + ((double)(b % BINS) + 0.5) * t->grid.bin_width;
        double y = t->grid.y_min + ((double)(b / BINS) + 0.5) * t->grid.bin_width;
        for (size_t h = 0; h < GN_MAP_HALVES && gn_arena_inside(arena, x, y); h++) {
            t->map_count[h * BINS * BINS + b] = 1;
            for (size_t i = 0; i < UNITS; i++)
                t->map[(h * BINS * BINS + b) * UNITS + i] = shape[i] ? shape[i](x, y) : 0.1 * gn_stream_normal(&stream);
        }
    }
    float direction[GN_DIRECTION_BINS], speed[GN_SPEED_BINS];
    gn_tuning_centres(t, direction, speed);
    for (size_t b = 0; b < GN_SPEED_BINS; b++)
        for (size_t i = 0; i < UNITS; i++) {
            t->speed_count[b] = 4;
            t->speed[b * UNITS + i] = 4 * (0.3 - 0.1 * (double)i * (double)speed[b] / 0.2);
        }
    for (size_t b = 0; b < GN_DIRECTION_BINS; b++)
        for (size_t i = 0; i < UNITS; i++) {
            t->direction_count[b] = 2;
            t->direction[b * UNITS + i] = 2 * (0.05 * (double)i * (double)b / (GN_DIRECTION_BINS - 1));
        }
}

static void measure(gn_shape arena_shape, gn_unit_fingerprint unit[UNITS]) {
    gn_arena arena;
    gn_tuning tuning;
    assert_ok(gn_arena_make(arena_shape, 0, &arena));
    fill_tuning(&arena, &tuning);
    assert_ok(gn_unit_fingerprints(&tuning, &arena, unit));
    gn_tuning_free(&tuning);
}

static void test_maps(void **state) {
    (void)state;
    gn_unit_fingerprint u[UNITS];
    measure(GN_SQUARE, u);
    for (int i = 0; i < FLAT; i++) {
        assert_near(u[i].stability, 1, 1e-9);
        assert_true(gn_unit_fingerprint_counted(&u[i]));
    }
    assert_true(isnan(u[FLAT].stability) && !gn_unit_fingerprint_counted(&u[FLAT]));
    assert_true(fabs(u[NOISE].stability) < 0.2 && !gn_unit_fingerprint_counted(&u[NOISE]));

    /* A straight ramp: smoothing flattens its ends a little. */
    assert_near(u[RAMP].wavelength, 3.63, 0.15);
    assert_near(u[RAMP].transition, 0.45, 0.03);
    assert_near(u[RAMP].range, 0.95, 0.05);
    assert_near(u[RAMP].saturation, 0, 0);
    assert_near(u[RAMP].ramp, 1, 1e-6);
    assert_near(u[RAMP].ramp_degrees, 0, 0);
    assert_near(u[RAMP].wall, 1, 1e-6);

    assert_true(u[STEEP].ramp > 0.98);
    assert_near(u[STEEP].ramp_degrees, 55, 0); /* of 5-degree steps the nearest to 53 */
    assert_true(u[STEEP].wall < 0.9);          /* slanted: of no wall */
    assert_true(u[STEEP].saturation > 0.7 && u[STEEP].transition < 0.12);
    assert_true(u[STEEP].wavelength < 2.5);

    assert_true(u[BORDER].wall > 0.99 && u[BORDER].ramp > 0.99);
    gn_arena square;
    assert_ok(gn_arena_make(GN_SQUARE, 0, &square));
    assert_near(gn_arena_wall_distance(&square, u[BORDER].wall_number, 0, 1), 0, 1e-12);

    const int pattern[] = {STRIPES, LATTICE, SPOTS, SPOT};
    for (int k = 0; k < 4; k++) {
        assert_true(u[pattern[k]].ramp < 0.6);
        assert_true(u[pattern[k]].wall < 0.6);
        assert_true(u[pattern[k]].wavelength < 1.8);
    }
    /* Two periods across the arena: the wavelength is the period. Sharp edges make it shorter, and smoothing longer. */
    assert_near(u[LATTICE].wavelength, 1, 0.1);
    assert_near(u[STRIPES].wavelength, 1, 0.1);
    assert_true(u[SPOTS].wavelength < 0.9 * u[LATTICE].wavelength);
    assert_true(u[STRIPES].saturation > 0.4 && u[STRIPES].transition < 0.2);
    assert_true(u[LATTICE].saturation < 0.01 && u[LATTICE].transition > 0.5);
    assert_near(u[FLAT].saturation, 1, 0);
}

static void test_curves(void **state) {
    (void)state;
    gn_unit_fingerprint u[UNITS];
    measure(GN_HEXAGON, u);
    for (int i = 0; i < UNITS; i++) {
        assert_near(u[i].speed_change, -0.1 * i, 1e-6);
        assert_near(u[i].direction_range, 0.05 * i, 1e-6);
    }
}

/* Shares are computed over visited bins only, here those inside the triangle. */
static void test_mask(void **state) {
    (void)state;
    gn_unit_fingerprint u[UNITS];
    measure(GN_TRIANGLE, u);
    assert_near(u[FLAT].saturation, 1, 0);
    assert_near(u[RAMP].ramp, 1, 1e-3); /* smoothing bends it along the slanted walls */
    assert_true(u[LATTICE].ramp < 0.6);
}

/* ---- networks --------------------------------------------------------------------------- */

enum { CURVES = GN_FINGERPRINT_BLOCKS * GN_CONTACT_GROUPS };

/* All blocks are equal and have `trials` trials of each group. The error of the control is 0.01 at step 0 and grows by
 * 1e-4 per step. The error of a group is the same until step 0, and from step 25 on it is `after` times that of step
 * -10.5. */
static void fill_curves(int64_t trials, const double after[4], gn_contact_curve curve[CURVES]) {
    memset(curve, 0, CURVES * sizeof *curve);
    for (int b = 0; b < GN_FINGERPRINT_BLOCKS; b++)
        for (int g = 0; g < GN_CONTACT_GROUPS; g++)
            for (int i = 0; i < GN_BOUNDARY_SPAN; i++) {
                int step = i - GN_BOUNDARY_BEFORE;
                double error = 0.01 + 1e-4 * step;
                if (g != GN_CONTACTS_NONE && step >= 25) error = after[g] * (0.01 - 10.5e-4);
                curve[b * GN_CONTACT_GROUPS + g].sum[i] = (double)trials * error;
                curve[b * GN_CONTACT_GROUPS + g].count = trials;
            }
}

static const gn_unit_fingerprint typical = {.stability = 0.9,
                                            .range = 1,
                                            .wavelength = 3.6,
                                            .saturation = 0.1,
                                            .transition = 0.4,
                                            .ramp = 0.97,
                                            .wall = 0.95,
                                            .wall_number = 0,
                                            .speed_change = 0.1,
                                            .direction_range = 0.1};

static void take(const gn_contact_curve *redraws, const gn_contact_curve *steps, size_t units,
                 const gn_unit_fingerprint *unit, const gn_unit_fingerprint *early,
                 gn_fingerprint_value value[GN_FINGERPRINTS]) {
    const gn_fingerprint_evidence evidence = {redraws, steps, units, 4, unit, early};
    assert_ok(gn_fingerprints(&evidence, value));
}

static void test_contacts(void **state) {
    (void)state;
    static gn_contact_curve redraws[CURVES], steps[CURVES];
    const double falling[4] = {1.2, 1.0, 0.9, 0.7}, one_wrong[4] = {1.2, 0.9, 1.0, 0.7}, rising[4] = {1, 2, 3, 4};
    gn_fingerprint_value v[GN_FINGERPRINTS];
    fill_curves(50, falling, redraws);
    fill_curves(10, falling, steps);
    for (int b = 0; b < GN_FINGERPRINT_BLOCKS; b++)
        steps[b * GN_CONTACT_GROUPS + GN_CONTACTS_6].count = 1;
    take(redraws, steps, 1, &typical, NULL, v);
    const double control = (0.01 + 32.5e-4) / (0.01 - 10.5e-4);
    assert_near(v[GN_FINGERPRINT_GROWTH].value, 1e-4, 1e-12);
    assert_near(v[GN_FINGERPRINT_LEVEL].value, 0.01, 1e-12);
    assert_near(v[GN_FINGERPRINT_FALL_0].value, 1.2 - control, 1e-9);
    assert_near(v[GN_FINGERPRINT_FALL_1].value, 1.0 - control, 1e-9);
    assert_near(v[GN_FINGERPRINT_FALL_2].value, 0.9 - control, 1e-9);
    assert_near(v[GN_FINGERPRINT_FALL_6].value, 0.7 - control, 1e-9);
    assert_near(v[GN_FINGERPRINT_ORDER].value, 1, 1e-12);
    assert_near(v[GN_FINGERPRINT_FILLED_REDRAWS].value, 0.25, 1e-12);
    assert_near(v[GN_FINGERPRINT_FILLED_STEPS].value, 1.0 / 31, 1e-12);
    for (int i = GN_FINGERPRINT_GROWTH; i <= GN_FINGERPRINT_FILLED_STEPS; i++)
        assert_near(v[i].spread, 0, 1e-12); /* all blocks are alike */
    assert_true(isnan(v[GN_FINGERPRINT_EARLY_BORDER].value) && isnan(v[GN_FINGERPRINT_EARLY_WALLS].value));

    fill_curves(50, one_wrong, redraws);
    take(redraws, steps, 1, &typical, NULL, v);
    assert_near(v[GN_FINGERPRINT_ORDER].value, 4.0 / 6, 1e-12);
    fill_curves(50, rising, redraws);
    take(redraws, steps, 1, &typical, NULL, v);
    assert_near(v[GN_FINGERPRINT_ORDER].value, -1, 1e-12);
}

/* With fewer than twenty trials there is no mean error: the fingerprints that need it are nan, the others are not. */
static void test_few_trials(void **state) {
    (void)state;
    static gn_contact_curve curve[CURVES];
    const double falling[4] = {1.2, 1.0, 0.9, 0.7};
    gn_fingerprint_value v[GN_FINGERPRINTS];
    fill_curves(2, falling, curve);
    curve[GN_CONTACTS_1].count = 1; /* 19 in all */
    take(curve, curve, 1, &typical, NULL, v);
    assert_true(isnan(v[GN_FINGERPRINT_FALL_1].value) && isnan(v[GN_FINGERPRINT_ORDER].value));
    assert_false(isnan(v[GN_FINGERPRINT_FALL_2].value));
    assert_true(isnan(v[GN_FINGERPRINT_FALL_2].spread)); /* 18 without a block */
    assert_false(isnan(v[GN_FINGERPRINT_GROWTH].value));
    for (int b = 0; b < CURVES; b++)
        curve[b].count = 0;
    take(curve, curve, 1, &typical, NULL, v);
    for (int i = GN_FINGERPRINT_GROWTH; i <= GN_FINGERPRINT_FILLED_STEPS; i++)
        assert_true(isnan(v[i].value));
}

/* The jackknife of a mean gives its standard error, here for blocks with different means. */
static void test_spread(void **state) {
    (void)state;
    static gn_contact_curve curve[CURVES];
    const double falling[4] = {1.2, 1.0, 0.9, 0.7};
    gn_fingerprint_value v[GN_FINGERPRINTS];
    fill_curves(50, falling, curve);
    double square = 0;
    for (int b = 0; b < GN_FINGERPRINT_BLOCKS; b++) {
        double offset = 1e-3 * (b - 4.5);
        square += offset * offset;
        for (int i = 0; i < GN_BOUNDARY_SPAN; i++)
            curve[b * GN_CONTACT_GROUPS + GN_CONTACTS_NONE].sum[i] += 50 * offset;
    }
    take(curve, curve, 1, &typical, NULL, v);
    assert_near(v[GN_FINGERPRINT_LEVEL].value, 0.01, 1e-12);
    assert_near(v[GN_FINGERPRINT_LEVEL].spread, sqrt(square / 9 / 10), 1e-12);
    assert_near(v[GN_FINGERPRINT_GROWTH].spread, 0, 1e-12);
}

static void test_units(void **state) {
    (void)state;
    enum { N = 40 };
    static gn_contact_curve curve[CURVES];
    gn_unit_fingerprint unit[N], early[N];
    gn_fingerprint_value v[GN_FINGERPRINTS];
    for (int i = 0; i < N; i++)
        unit[i] = early[i] = typical;
    for (int i = 0; i < 8; i++) { /* not stable, or hardly changing: maps and early walls are not counted, curves are */
        unit[i].stability = early[i].stability = i == 0 ? 0.9 : i % 2 ? 0.79 : NAN;
        unit[i].range = early[i].range = i == 0 ? 0.049 : 1;
        unit[i].wavelength = 0.1;
        unit[i].saturation = unit[i].transition = 1;
        unit[i].ramp = unit[i].wall = 0;
        early[i].wall_number = 3;
    }
    for (int i = 8; i < 16; i++) {
        unit[i].saturation = 0.9;
        unit[i].transition = 0.2;
        unit[i].ramp = 0.5;
        unit[i].wavelength = 1;
    }
    for (int i = 0; i < 10; i++)
        unit[i].speed_change = i % 2 ? -0.25 : 0.25;
    for (int i = 0; i < 30; i++)
        unit[i].direction_range = 0.2;
    for (int i = 8; i < 12; i++)
        early[i].wall = 0.5;
    early[12].wall_number = early[13].wall_number = 1; /* two units of 40 are a group */
    early[14].wall_number = 2;                         /* one unit is not */
    take(curve, curve, N, unit, early, v);
    assert_near(v[GN_FINGERPRINT_SPEED].value, 0.25, 1e-12);
    assert_near(v[GN_FINGERPRINT_DIRECTION].value, 0.75, 1e-12);
    assert_near(v[GN_FINGERPRINT_COUNTED].value, 32.0 / N, 1e-12);
    assert_near(v[GN_FINGERPRINT_SATURATION].value, (8 * 0.9 + 24 * 0.1) / 32, 1e-12);
    assert_near(v[GN_FINGERPRINT_TRANSITION].value, (8 * 0.2 + 24 * 0.4) / 32, 1e-12);
    assert_near(v[GN_FINGERPRINT_WAVELENGTH].value, 3.6, 1e-12);
    assert_near(v[GN_FINGERPRINT_NO_RAMP].value, 0.25, 1e-12);
    assert_near(v[GN_FINGERPRINT_EARLY_BORDER].value, 28.0 / 40, 1e-12); /* of all units */
    assert_near(v[GN_FINGERPRINT_EARLY_WALLS].value, 2.0 / 4, 1e-12);
    assert_near(v[GN_FINGERPRINT_SPEED].spread, 0, 1e-12); /* one of the ten in each block */
    assert_true(v[GN_FINGERPRINT_NO_RAMP].spread > 0);

    for (int i = 0; i < N; i++)
        unit[i].stability = 0;
    take(curve, curve, N, unit, NULL, v);
    for (int i = GN_FINGERPRINT_SATURATION; i < GN_FINGERPRINTS; i++)
        assert_true(isnan(v[i].value));
    assert_near(v[GN_FINGERPRINT_COUNTED].value, 0, 0);
    assert_near(v[GN_FINGERPRINT_SPEED].value, 0.25, 1e-12);
}

static void test_distances(void **state) {
    (void)state;
    const gn_fingerprint_range range = {1, 2, 0.25}, open = {NAN, NAN, NAN};
    assert_near(gn_fingerprint_distance(&range, 1), 0, 0);
    assert_near(gn_fingerprint_distance(&range, 2), 0, 0);
    assert_near(gn_fingerprint_distance(&range, 0.5), 2, 1e-15);
    assert_near(gn_fingerprint_distance(&range, 2.25), 1, 1e-15);
    assert_true(isnan(gn_fingerprint_distance(&range, NAN)));
    assert_true(isnan(gn_fingerprint_distance(&open, 1)));

    double distance[GN_FINGERPRINTS];
    int defined;
    for (int i = 0; i < GN_FINGERPRINTS; i++)
        distance[i] = NAN;
    assert_true(isnan(gn_fingerprints_total(distance, &defined)));
    assert_int_equal(defined, 0);
    distance[3] = 3;
    distance[5] = 4;
    assert_near(gn_fingerprints_total(distance, &defined), sqrt(12.5), 1e-12);
    assert_int_equal(defined, 2);
    distance[5] = 1000; /* counts as 10 */
    assert_near(gn_fingerprints_total(distance, &defined), sqrt(54.5), 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_maps),     cmocka_unit_test(test_curves),     cmocka_unit_test(test_mask),
        cmocka_unit_test(test_contacts), cmocka_unit_test(test_few_trials), cmocka_unit_test(test_spread),
        cmocka_unit_test(test_units),    cmocka_unit_test(test_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
