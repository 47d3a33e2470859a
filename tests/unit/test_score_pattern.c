/* Patterns: shares against plain least squares, what is found of known waves, lattices, falls, and what is not taken
 * for them. */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_sac.h"
#include "units/score_shape.h"

typedef struct {
    gn_border_plan *border;
    gn_pattern_plan *plan;
    gn_pattern_work *work;
    double *standard;
} fitting;

static fitting fitting_new(const place *p) {
    fitting f = {.border = gn_border_plan_new(&p->map, &p->arena)};
    assert_non_null(f.border);
    f.plan = gn_pattern_plan_new(&p->map, &p->arena, f.border);
    assert_non_null(f.plan);
    f.work = gn_pattern_work_new(f.plan);
    f.standard = gn_alloc(p->bins, sizeof *f.standard);
    assert_non_null(f.work);
    return f;
}

static void fitting_free(fitting *f) {
    gn_pattern_work_free(f->work);
    gn_pattern_plan_free(f->plan);
    gn_border_plan_free(f->border);
    free(f->standard);
}

static gn_pattern_shares fit(fitting *f, const place *p, const double *value) {
    gn_map map = p->map;
    gn_pattern_shares s;
    map.value = value;
    gn_map_standardise(&map, f->standard);
    gn_pattern_fit(f->plan, f->work, 1, f->standard, GN_FIT_ALL, &s);
    return s;
}

/* Squares that the columns (count, bins) explain of a standardised map, over all: Gram and Schmidt, nothing else. */
static double plain_share(const place *p, int count, double *column, const double *standard) {
    double share = 0, visited = 0;
    for (size_t i = 0; i < p->bins; i++)
        visited += !isnan(p->mask[i]);
    for (int k = 0; k < count; k++) {
        double *own = column + (size_t)k * p->bins;
        double before = 0, after = 0, along = 0;
        for (size_t i = 0; i < p->bins; i++) {
            if (isnan(p->mask[i])) own[i] = 0;
            before += own[i] * own[i];
        }
        for (int pass = 0; pass < 2; pass++)
            for (int j = 0; j < k; j++) {
                const double *other = column + (size_t)j * p->bins;
                double product = 0;
                for (size_t i = 0; i < p->bins; i++)
                    product += own[i] * other[i];
                for (size_t i = 0; i < p->bins; i++)
                    own[i] -= product * other[i];
            }
        for (size_t i = 0; i < p->bins; i++)
            after += own[i] * own[i];
        for (size_t i = 0; i < p->bins; i++)
            own[i] *= after > 1e-9 * before ? 1 / sqrt(after) : 0;
        for (size_t i = 0; i < p->bins; i++)
            along += own[i] * standard[i];
        share += along * along / visited;
    }
    return share;
}

static void ones(const place *p, double *column) {
    for (size_t i = 0; i < p->bins; i++)
        column[i] = 1;
}

static void wave_column(const place *p, double periods, double angle, double phase, double *column) {
    const double side = 2; /* of the square */
    for (int y = 0, i = 0; y < p->map.bins_y; y++)
        for (int x = 0; x < p->map.bins_x; x++, i++)
            column[i] = cos(2 * M_PI * periods / side *
                                (gn_map_x(&p->map, x) * cos(angle) + gn_map_y(&p->map, y) * sin(angle)) +
                            phase);
}

/* The best wave of a noisy map against every wave of the same frequencies and directions, fitted one by one; the maps
 * are small enough to be fitted bin by bin. The same of lattices, at every phase. */
static void test_against_plain_fits(void **state) {
    (void)state;
    place p = place_new(GN_SQUARE, 15);
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 5, 0);
    for (size_t i = 0; i < p.bins; i++)
        if (gn_stream_uniform(&stream) < 0.05) p.mask[i] = NAN; /* holes, but the box stays */
    p.mask[0] = p.mask[p.bins - 1] = 0;
    fitting f = fitting_new(&p);
    double *map = gn_alloc(p.bins, sizeof *map), *column = gn_alloc(3 * p.bins, sizeof *column);
    smooth_noise(&p, 1.4, &stream, map);
    const gn_pattern_shares s = fit(&f, &p, map);
    double wave = 0, slow = 0, lattice[GN_FOLDS] = {0};
    const double slower[] = {0.3, 0.45, 0.6, 0.75, 0.9, 1.05};
    for (int j = -6; j < 23; j++)
        for (int d = 0; d < 36; d++) {
            const double periods = j < 0 ? slower[j + 6] : 1.25 * pow(2, j / 10.0);
            ones(&p, column);
            wave_column(&p, periods, M_PI * d / 36, 0, column + p.bins);
            wave_column(&p, periods, M_PI * d / 36, -M_PI / 2, column + 2 * p.bins);
            double *best = j < 0 ? &slow : &wave;
            *best = fmax(*best, plain_share(&p, 3, column, f.standard));
        }
    assert_near(s.wave, wave, 1e-5);
    assert_near(s.slow, slow, 1e-5);
    for (int j = 3; j < 23; j++)
        for (int phase = 0; phase < 36; phase++)
            for (int fold = 0; fold < 2; fold++)
                for (int d = 0; d < (fold ? 18 : 12); d++) {
                    const double a = 2 * M_PI * (phase / 6 + 0.5) / 6, b = 2 * M_PI * (phase % 6 + 0.5) / 6;
                    const double t = M_PI * d / 36, periods = 1.25 * pow(2, j / 10.0);
                    const double three[9][4] = {
                        {1, 0, a, 1},        {1, 60, b, 1},           {1, 120, b - a, 1},
                        {0.8, 30, a + b, 2}, {0.8, 90, 2 * b - a, 2}, {0.8, 150, b - 2 * a, 2},
                        {2, 0, 2 * a, 1},    {2, 60, 2 * b, 1},       {2, 120, 2 * b - 2 * a, 1}};
                    const double two[6][4] = {{1, 0, a, 1},         {1, 90, b, 1},    {0.5, 45, a + b, 2},
                                              {0.5, 135, b - a, 2}, {2, 0, 2 * a, 1}, {2, 90, 2 * b, 1}};
                    const int firsts = fold ? 2 : 3, count = fold ? 6 : 9;
                    double kept = 0, whole = 0;
                    ones(&p, column);
                    memset(column + p.bins, 0, 2 * p.bins * sizeof *column);
                    for (int k = 0; k < count; k++) {
                        const double *w = fold ? two[k] : three[k];
                        const double octaves = k < firsts ? 0 : w[0] == 2 ? 1 : w[0];
                        if (j + lround(10 * octaves) >= 27) continue; /* too fast for the blocks */
                        double *one = column + 3 * p.bins - p.bins;   /* the further ones */
                        double part[15 * 15];
                        wave_column(&p, periods * pow(2, octaves), t + w[1] * M_PI / 180, -w[2], part);
                        if (k < firsts) one = column + p.bins;
                        for (size_t i = 0; i < p.bins; i++)
                            one[i] += w[3] * part[i];
                    }
                    for (size_t i = 0; i < p.bins; i++)
                        whole += isnan(p.mask[i]) ? 0 : column[p.bins + i] * column[p.bins + i];
                    double mean = 0, n = 0;
                    for (size_t i = 0; i < p.bins; i++)
                        if (!isnan(p.mask[i])) {
                            mean += column[p.bins + i];
                            n++;
                        }
                    kept = whole - mean * mean / n;
                    if (kept < 0.2 * whole) continue; /* a template that is nearly constant here */
                    double first_only[2 * 15 * 15];
                    memcpy(first_only, column, 2 * p.bins * sizeof *column);
                    const double first = plain_share(&p, 2, first_only, f.standard);
                    const double both = plain_share(&p, 3, column, f.standard);
                    lattice[fold] = fmax(lattice[fold], both);
                    assert_true(both >= first - 1e-12);
                }
    /* where the further waves are nearly what the first are, the plan leaves them out: so its best may be lower */
    for (int fold = 0; fold < 2; fold++) {
        assert_true(s.lattice[fold] <= lattice[fold] + 1e-5);
        assert_near(s.lattice[fold], lattice[fold], 0.02);
    }
    free(column);
    free(map);
    fitting_free(&f);
    place_free(&p);
}

static double apart(double a, double b, double turn) {
    const double d = fmod(fabs(a - b), turn);
    return d > turn / 2 ? turn - d : d;
}

/* One, two at 90, three at 60 degrees: share, frequency and angle, any arena, odd sizes. */
static void test_waves(void **state) {
    (void)state;
    static const double phase[2] = {0.4, 1.9}, steps[] = {0, 90, 60};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++)
        for (int bins = 25; bins <= 38; bins += 13) {
            place p = place_new(shape, bins);
            fitting f = fitting_new(&p);
            double *map = gn_alloc(p.bins, sizeof *map);
            for (double periods = 2; periods < 5; periods += 1.3)
                for (int count = 1; count <= 3; count++)
                    for (double angle = 0; angle < 60; angle += 25) {
                        const double frequency = periods / (bins * p.map.bin_width);
                        gn_wave w;
                        waves(&p, count, steps[count - 1], frequency, angle, phase, map);
                        const gn_pattern_shares s = fit(&f, &p, map);
                        assert_true(s.wave > s.slow);
                        if (count == 1) {
                            assert_true(s.wave > 0.75 && s.lattice[0] < s.wave && s.lattice[1] < s.wave);
                            gn_pattern_refine_wave(f.plan, f.work, f.standard, s.wave_at, &w);
                        } else {
                            const gn_fold fold = count == 3 ? GN_TRIANGULAR : GN_RECTANGULAR;
                            assert_true(s.lattice[fold] > 0.65 && s.lattice[fold] > s.lattice[!fold]);
                            assert_true(s.lattice[fold] > s.spot / 0.9 && s.lattice[fold] > s.wave);
                            gn_pattern_refine_lattice(f.plan, f.work, f.standard, fold, s.lattice_at[fold], &w);
                        }
                        assert_int_equal(w.waves, count);
                        assert_near(apart(w.angle_degrees, angle, 180.0 / count), 0, 1);
                        assert_near(w.frequency / frequency, 1, 0.015);
                    }
            free(map);
            fitting_free(&f);
            place_free(&p);
        }
}

/* Fields, sharp ones too, stay lattices of their frequency; a single one is none. */
static void test_fields(void **state) {
    (void)state;
    static const double phase[2] = {0.2, 0.7};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 32);
        fitting f = fitting_new(&p);
        double *map = gn_alloc(p.bins, sizeof *map);
        for (int count = 2; count <= 3; count++) {
            const gn_fold fold = count == 3 ? GN_TRIANGULAR : GN_RECTANGULAR;
            waves(&p, count, count == 2 ? 90 : 60, 3 / (32 * p.map.bin_width), 20, phase, map);
            for (size_t i = 0; i < p.bins; i++)
                map[i] = exp(map[i]);
            const gn_pattern_shares s = fit(&f, &p, map);
            assert_true(s.lattice[fold] > 0.65 && s.lattice[fold] > s.lattice[!fold]);
            gn_wave w;
            gn_pattern_refine_lattice(f.plan, f.work, f.standard, fold, s.lattice_at[fold], &w);
            assert_near(w.frequency * 32 * p.map.bin_width / 3, 1, 0.05);
        }
        for (double sd = 0.2; sd < 0.55; sd += 0.1) {
            for (int y = 0, i = 0; y < p.map.bins_y; y++)
                for (int x = 0; x < p.map.bins_x; x++, i++) {
                    const double dx = gn_map_x(&p.map, x) - 0.1, dy = gn_map_y(&p.map, y) + 0.2;
                    map[i] = p.mask[i] + exp(-(dx * dx + dy * dy) / (2 * sd * sd));
                }
            const gn_pattern_shares s = fit(&f, &p, map);
            assert_true(s.spot > 0.85);
            assert_true(fmax(s.lattice[0], s.lattice[1]) < s.spot / 0.9);
        }
        free(map);
        fitting_free(&f);
        place_free(&p);
    }
}

/* Ramps, saturated or not, and borders hold more of slow waves than of any band; and a fall from a wall is told from a
 * ramp. */
static void test_ramps_and_falls(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 33);
        fitting f = fitting_new(&p);
        double *map = gn_alloc(p.bins, sizeof *map), *left = gn_alloc(p.bins, sizeof *left);
        for (double angle = 0; angle < 180; angle += 15)
            for (int steep = 0; steep < 4; steep++) {
                const double c = cos(angle * M_PI / 180), s = sin(angle * M_PI / 180);
                for (int y = 0, i = 0; y < p.map.bins_y; y++)
                    for (int x = 0; x < p.map.bins_x; x++, i++) {
                        const double along = c * gn_map_x(&p.map, x) + s * gn_map_y(&p.map, y);
                        map[i] = p.mask[i] + (steep ? tanh(2 * steep * along) : along);
                    }
                const gn_pattern_shares shares = fit(&f, &p, map);
                assert_true(shares.slow > shares.wave);
                assert_true(shares.edge > shares.fall && shares.edge > 0.98);
                if (steep) continue;
                assert_near(shares.ramp, 1, 0.01); /* less what differs within a block */
                assert_near(gn_pattern_take_ramp(f.plan, f.standard, left), 0, 1e-12);
            }
        for (int wall = 0; wall < p.arena.corners; wall++)
            for (double width = 0.1; width < 0.55; width += 0.1)
                for (int sign = -1; sign <= 1; sign += 2) {
                    along_wall(&p, wall, width * p.arena.inradius, map);
                    for (size_t i = 0; i < p.bins; i++)
                        map[i] = 0.3 + sign * map[i];
                    const gn_pattern_shares shares = fit(&f, &p, map);
                    assert_true(shares.slow > shares.wave);
                    assert_true(shares.fall > shares.edge);
                    assert_true(shares.fall / shares.smooth > 0.85); /* walls of a bin: blocks are coarser */
                    assert_int_equal(shares.fall_wall, wall);
                }
        free(left);
        free(map);
        fitting_free(&f);
        place_free(&p);
    }
}

/* What a plane leaves is what was added to it, and a lattice on a ramp is found there. */
static void test_rest(void **state) {
    (void)state;
    static const double phase[2] = {1.1, 2.7};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        place p = place_new(shape, 32);
        gn_shape_plan *plan;
        assert_ok(gn_shape_plan_new(&p.map, &p.arena, &plan));
        gn_shape_work *work = gn_shape_work_new(plan);
        double *map = gn_alloc(2 * p.bins, sizeof *map), *ramp = map + p.bins;
        waves(&p, 3, 60, 3 / (32 * p.map.bin_width), 33, phase, map);
        for (int y = 0, i = 0; y < p.map.bins_y; y++)
            for (int x = 0; x < p.map.bins_x; x++, i++)
                ramp[i] = p.mask[i] + 2 * gn_map_x(&p.map, x) - gn_map_y(&p.map, y);
        mix(&p, 0.5, ramp, map);
        gn_shape_scores whole;
        gn_rest_scores rest;
        gn_shape_maps(plan, work, 1, map, true, &whole);
        gn_shape_rests(plan, work, 1, map, &whole.pattern, true, &rest);
        assert_near(whole.pattern.ramp, 0.5, 0.12); /* the lattice is a little of a plane itself */
        assert_near(rest.left, 1 - whole.pattern.ramp, 0.01);
        assert_true(rest.lattice > 0.7 && rest.lattice > whole.score[GN_SHAPE_LATTICE] + 0.2);
        assert_true(rest.pattern.lattice[GN_TRIANGULAR] > rest.pattern.lattice[GN_RECTANGULAR]);
        assert_true(rest.width < whole.width);
        const double lattice = rest.lattice;
        gn_shape_rests(plan, work, 1, map, &whole.pattern, false, &rest);
        assert_true(isnan(rest.width) && rest.lattice == lattice);
        free(map);
        gn_shape_work_free(work);
        gn_shape_plan_free(plan);
        place_free(&p);
    }
}

/* u -> a + b u changes nothing; many maps at once score as each alone, but for single precision;
 * without the lattices all other scores are the same. */
static void test_invariance(void **state) {
    (void)state;
    place p = place_new(GN_HEXAGON, 27);
    gn_shape_plan *plan;
    assert_ok(gn_shape_plan_new(&p.map, &p.arena, &plan));
    gn_shape_work *work = gn_shape_work_new(plan);
    enum { MAPS = 7 };
    double *map = gn_alloc(MAPS * p.bins, sizeof *map);
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 4, 0);
    gn_shape_scores all[MAPS], one;
    for (int k = 0; k < MAPS; k++)
        smooth_noise(&p, 0.8 + 0.4 * k, &stream, map + (size_t)k * p.bins);
    for (size_t i = 0; i < p.bins; i++)
        map[p.bins + i] = 2 - 3 * map[i];
    gn_shape_maps(plan, work, MAPS, map, true, all);
    for (int s = 0; s < GN_SHAPES; s++) /* border takes the sign with the smaller field */
        assert_near(all[1].score[s], all[0].score[s], 1e-5);
    for (int k = 0; k < MAPS; k++) {
        gn_shape_maps(plan, work, 1, map + (size_t)k * p.bins, true, &one);
        for (int s = 0; s < GN_SHAPES; s++)
            assert_near(one.score[s], all[k].score[s], 1e-5);
        assert_near(one.width, all[k].width, 0);
    }
    gn_shape_scores other[MAPS];
    gn_shape_maps(plan, work, MAPS, map, false, other);
    for (int k = 0; k < MAPS; k++)
        for (int s = 0; s < GN_SHAPES; s++)
            assert_near(other[k].score[s], s == GN_SHAPE_LATTICE ? 0 : all[k].score[s], 0);
    for (size_t i = 0; i < p.bins; i++)
        map[i] = p.mask[i] + 0.3;
    gn_shape_maps(plan, work, 1, map, true, &one);
    for (int s = 0; s < GN_SHAPES; s++)
        assert_true(isnan(one.score[s]));
    assert_true(isnan(one.width));
    free(map);
    gn_shape_work_free(work);
    gn_shape_plan_free(plan);
    place_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_plain_fits), cmocka_unit_test(test_waves), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_ramps_and_falls),    cmocka_unit_test(test_rest),  cmocka_unit_test(test_invariance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
