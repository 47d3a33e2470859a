/* The rule of classes: false positives on smoothed noise, true ones on noisy grids, bands and
 * borders, in each arena. Rates are counted over a fixed number of maps of the seed; the bounds
 * leave room for the count's own spread (see below). */
#include <math.h>

#include "gn_test.h"
#include "score_maps.h"
#include "units/score_unit.h"

enum {
    NOISE_MAPS = 200, /* null of each width */
    SIZE = 25,        /* bins along the longer side */
    KIND_MAPS = 40,   /* maps of each kind of signal */
    WIDTHS = 5,       /* widths of the noise scored as if it were units */
    WIDTH_MAPS = 60   /* maps of each */
};

typedef struct {
    place p;
    gn_pool *pool;
    gn_scorer *scorer;
    double *map, *noise;
} fixture;

static fixture bench_new(gn_shape shape) {
    const gn_score_options options = {.noise_maps = NOISE_MAPS, .seed = 1};
    fixture b = {.p = place_new(shape, SIZE)};
    b.map = gn_alloc(b.p.bins, sizeof *b.map);
    b.noise = gn_alloc(b.p.bins, sizeof *b.noise);
    assert_ok(gn_pool_new(2, &b.pool));
    assert_ok(gn_scorer_new(&b.p.map, &b.p.arena, NULL, &options, b.pool, &b.scorer));
    return b;
}

static void bench_free(fixture *b) {
    gn_scorer_free(b->scorer);
    gn_pool_free(b->pool);
    free(b->map);
    free(b->noise);
    place_free(&b->p);
}

static gn_class class_of(fixture *b) {
    gn_unit_scores u = {0};
    assert_ok(gn_scorer_map(b->scorer, b->map, &u));
    return u.class;
}

/* Smoothed noise of widths between the rungs of the null's ladder. Each class is to come by chance
 * at 2% or less: of 5 x 60 maps 6, and 12 leaves 1% to bad luck (Binomial). */
static void test_false_positives(void **state) {
    (void)state;
    static const double sd[WIDTHS] = {0.6, 0.85, 1.2, 1.7, 2.4};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        fixture b = bench_new(shape);
        int count[GN_CLASSES] = {0};
        for (int width = 0; width < WIDTHS; width++)
            for (int k = 0; k < WIDTH_MAPS; k++) {
                gn_stream stream =
                    gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, (uint32_t)(100 * shape + width), (uint32_t)k);
                smooth_noise(&b.p, sd[width], &stream, b.map);
                count[class_of(&b)]++;
            }
        print_message("%s: %d maps of noise: grid %d, band %d, border %d\n", gn_arena_name(shape), WIDTHS * WIDTH_MAPS,
                      count[GN_GRID], count[GN_BAND], count[GN_BORDER]);
        assert_true(count[GN_GRID] <= 12 && count[GN_BAND] <= 12 && count[GN_BORDER] <= 12);
        bench_free(&b);
    }
}

/* A signal of random phase, direction and wall; 15% of the variance is noise smoothed by a bin. */
static void draw(fixture *b, gn_class class, int waves_count, gn_stream *stream) {
    const double phase[2] = {7 * gn_stream_uniform(stream), 7 * gn_stream_uniform(stream)};
    const double angle = 180 * gn_stream_uniform(stream);
    const double frequency = (3.2 + gn_stream_uniform(stream)) / (SIZE * b->p.map.bin_width);
    if (class == GN_BORDER)
        along_wall(&b->p, (int)gn_stream_below(stream, (uint32_t)b->p.arena.corners), 0.1, b->map);
    else
        waves(&b->p, waves_count, waves_count == 2 ? 90 : 60, frequency, angle, phase, b->map);
    smooth_noise(&b->p, 1, stream, b->noise);
    mix(&b->p, 0.15, b->noise, b->map);
}

/* 95% or more: of 40 at least 38; 35 leaves about 1% to bad luck at 95%. */
static void test_true_positives(void **state) {
    (void)state;
    static const struct {
        gn_class class;
        int waves;
    } kind[] = {{GN_GRID, 3}, {GN_GRID, 2}, {GN_BAND, 1}, {GN_BORDER, 0}};
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        fixture b = bench_new(shape);
        for (uint32_t i = 0; i < 4; i++) {
            int found = 0;
            for (uint32_t k = 0; k < KIND_MAPS; k++) {
                gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1000 + 10 * (uint32_t)shape + i, k);
                draw(&b, kind[i].class, kind[i].waves, &stream);
                found += class_of(&b) == kind[i].class;
            }
            print_message("%s, %s of %d waves: %d of %d found\n", gn_arena_name(shape), gn_class_name(kind[i].class),
                          kind[i].waves, found, KIND_MAPS);
            assert_true(found >= 35);
        }
        bench_free(&b);
    }
}

/* A ramp or a single field is none of the three. */
static void test_neither(void **state) {
    (void)state;
    for (gn_shape shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++) {
        fixture b = bench_new(shape);
        for (int kind = 0; kind < 6; kind++) {
            gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 2000 + (uint32_t)shape, (uint32_t)kind);
            for (int y = 0, i = 0; y < b.p.map.bins_y; y++)
                for (int x = 0; x < b.p.map.bins_x; x++, i++) {
                    const double px = gn_map_x(&b.p.map, x), py = gn_map_y(&b.p.map, y);
                    b.map[i] = b.p.mask[i] + (kind < 4 ? cos(kind) * px + sin(kind) * py
                                                       : exp(-(px * px + py * py) / (kind == 4 ? 0.05 : 0.15)));
                }
            smooth_noise(&b.p, 1, &stream, b.noise);
            mix(&b.p, 0.02, b.noise, b.map);
            assert_int_equal(class_of(&b), GN_IRREGULAR);
        }
        for (size_t i = 0; i < b.p.bins; i++)
            b.map[i] = b.p.mask[i] + 0.2;
        assert_int_equal(class_of(&b), GN_UNMODULATED);
        bench_free(&b);
    }
}

/* The rule itself, on made-up nulls: each condition alone can refuse. */
static void test_rule(void **state) {
    (void)state;
    double level[100];
    gn_null shift[GN_SHAPES + 2], noise[GN_SHAPES];
    for (int i = 0; i < 100; i++)
        level[i] = i / 100.0; /* 99th percentile 0.99 */
    for (int k = 0; k < GN_SHAPES + 2; k++)
        shift[k] = gn_null_of(100, level);
    for (int k = 0; k < GN_SHAPES; k++)
        noise[k] = shift[k];
    const gn_class_evidence nothing = {
        .shift = shift, .noise = noise, .stability = 2, .stability_shift = &shift[GN_SHAPES + 1]};
    gn_class_evidence e = nothing;
    double z;
    assert_int_equal(gn_classify(&e, &z), GN_IRREGULAR);
    assert_near(z, gn_null_z(&shift[0], 2), 0);
    e.stability = 0.9;
    assert_int_equal(gn_classify(&e, &z), GN_UNMODULATED);
    e = nothing;
    e.score[GN_SHAPE_GRIDNESS60] = 1.5;
    e.lattice60 = true;
    e.axes = 1;
    assert_int_equal(gn_classify(&e, &z), GN_IRREGULAR);
    e.axes = 2;
    assert_int_equal(gn_classify(&e, &z), GN_GRID);
    e.lattice60 = false;
    assert_int_equal(gn_classify(&e, &z), GN_IRREGULAR);
    e = nothing;
    e.axes = 1;
    e.score[GN_SHAPE_FOURIER] = 1;
    assert_int_equal(gn_classify(&e, &z), GN_BAND);
    e.score[GN_SHAPE_BORDER] = 1.2; /* a tie goes to the larger z */
    assert_int_equal(gn_classify(&e, &z), GN_BORDER);
    e.score[GN_SHAPE_FOURIER] = 1.3;
    assert_int_equal(gn_classify(&e, &z), GN_BAND);
    e.axes = 2; /* two axes are no band */
    assert_int_equal(gn_classify(&e, &z), GN_BORDER);
    for (int i = 0; i < 100; i++)
        level[i] = i / 1000.0; /* above the null is not enough */
    e.score[GN_SHAPE_BORDER] = 0.49;
    assert_int_equal(gn_classify(&e, &z), GN_IRREGULAR);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule),
        cmocka_unit_test(test_neither),
        cmocka_unit_test(test_true_positives),
        cmocka_unit_test(test_false_positives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
