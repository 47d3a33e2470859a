/* Place cells: their fields, the scale of the targets, decoding, and writing and reading a network with place cells. */
#include <math.h>

#include "gn_test.h"
#include "io/container.h"
#include "network/network.h"
#include "walk/walk_keys.h"

static gn_arena arena_of(gn_shape shape) {
    gn_arena arena;
    assert_ok(gn_arena_make(shape, 0, &arena));
    return arena;
}

/* The activity, before it is scaled, of a cell of width 0.2 at an offset from its centre. */
static double expected(gn_place_kind kind, double dx, double dy) {
    const double d2 = dx * dx + dy * dy, k = 4 * M_PI / (sqrt(3) * 0.2);
    double waves = 0;
    for (int j = 0; j < 3; j++)
        waves += cos(k * (dx * cos(M_PI * j / 3) + dy * sin(M_PI * j / 3)));
    if (kind == GN_PLACE_LATTICE) return waves;
    return exp(-d2 / 0.08) - (kind == GN_PLACE_DIFFERENCE ? exp(-d2 / 0.16) / 2 : 0);
}

/* The activity is the formula's; over the arena its mean square is 1. */
static void fields(void **state) {
    (void)state;
    for (int shape = GN_SQUARE; shape <= GN_TRIANGLE; shape++)
        for (int kind = GN_PLACE_GAUSSIAN; kind <= GN_PLACE_LATTICE; kind++) {
            const gn_arena arena = arena_of((gn_shape)shape);
            gn_places p;
            float a[20];
            assert_ok(gn_places_new(&arena, 20, (gn_place_kind)kind, gn_test_seed(), &p));
            gn_places_widen(&arena, 0.2, &p);
            double square = 0;
            int points = 0;
            for (double x = arena.min[0] + 0.005; x < arena.max[0]; x += 0.01)
                for (double y = arena.min[1] + 0.005; y < arena.max[1]; y += 0.01) {
                    if (!gn_arena_inside(&arena, x, y)) continue;
                    gn_places_activity(&p, x, y, a);
                    points++;
                    for (int c = 0; c < 20; c++) {
                        const double dx = x - (double)p.centre[2 * c], dy = y - (double)p.centre[2 * c + 1];
                        const double want = expected((gn_place_kind)kind, dx, dy);
                        assert_true(fabs((double)a[c] - p.scale * want) < 1e-6 * p.scale);
                        square += (double)a[c] * (double)a[c] / 20;
                    }
                }
            assert_true(fabs(square / points - 1) < 0.02);
            for (int c = 0; c < 20; c++)
                assert_true(gn_arena_inside(&arena, (double)p.centre[2 * c], (double)p.centre[2 * c + 1]));
            gn_places_free(&p);
        }
}

/* Outputs that are the activities of the place cells are decoded to about the animal's position, from the three best.
 */
static void decoding(void **state) {
    (void)state;
    enum { CELLS = 200, STRIDE = 3 };
    const gn_arena arena = arena_of(GN_SQUARE);
    gn_places p;
    float activity[CELLS], output[CELLS * STRIDE] = {0}, at[2];
    assert_ok(gn_places_new(&arena, CELLS, GN_PLACE_GAUSSIAN, 3, &p));
    gn_places_widen(&arena, 0.2, &p);
    double square = 0;
    for (int i = 0; i < 100; i++) {
        const double x = -0.8 + 1.6 * (i % 10) / 9, y = -0.8 + 1.6 * (i / 10) / 9;
        gn_places_activity(&p, x, y, activity);
        for (int c = 0; c < CELLS; c++)
            output[c * STRIDE] = activity[c];
        gn_places_decode(&p, output, STRIDE, at);
        square += pow((double)at[0] - x, 2) + pow((double)at[1] - y, 2);
    }
    assert_true(sqrt(square / 200) < 0.06); /* 200 cells on 4 square units: neighbours 0.14 apart */
    for (int c = 0; c < CELLS; c++)
        output[c * STRIDE] = 0;
    output[7 * STRIDE] = 3;
    output[1 * STRIDE] = 2;
    output[190 * STRIDE] = 2.5f;
    output[30 * STRIDE] = 1;
    gn_places_decode(&p, output, STRIDE, at);
    for (int d = 0; d < 2; d++)
        assert_true(fabsf(at[d] - (p.centre[14 + d] + p.centre[2 + d] + p.centre[380 + d]) / 3) < 1e-6f);
    gn_places_free(&p);
}

/* A grid cell is as active one spacing away from its centre, in each of the lattice's six directions, as on it, and
 * nowhere more. Its position is decoded up to such steps. */
static void lattice(void **state) {
    (void)state;
    enum { CELLS = 300 };
    const gn_arena arena = arena_of(GN_SQUARE);
    gn_places p;
    float middle[CELLS], activity[CELLS], at[2];
    assert_ok(gn_places_new(&arena, CELLS, GN_PLACE_LATTICE, gn_test_seed(), &p));
    gn_places_widen(&arena, 0.7, &p);
    gn_places_activity(&p, 0.1, -0.2, middle);
    for (int j = 0; j < 6; j++) { /* the peaks lie between the directions of the waves */
        const double angle = M_PI / 6 + M_PI / 3 * j;
        gn_places_activity(&p, 0.1 + 0.7 * cos(angle), -0.2 + 0.7 * sin(angle), activity);
        for (int c = 0; c < CELLS; c++)
            assert_true(fabsf(activity[c] - middle[c]) < 1e-4f);
    }
    gn_places_activity(&p, (double)p.centre[0], (double)p.centre[1], activity);
    for (int c = 1; c < CELLS; c++)
        assert_true(activity[c] <= activity[0]);
    gn_places_decode(&p, middle, 1, at);
    gn_places_activity(&p, (double)at[0], (double)at[1], activity);
    double error = 0; /* of the activity at the decoded position: small only if its phase is right */
    for (int c = 0; c < CELLS; c++)
        error += pow((double)(activity[c] - middle[c]), 2) / CELLS;
    assert_true(error < 0.2);
    gn_places_free(&p);
}

static void through_a_file(void **state) {
    (void)state;
    enum { CELLS = 6 };
    gn_network net, back;
    gn_test_path path;
    gn_test_file(path);
    assert_ok(gn_network_new(4, 2, CELLS, &net));
    assert_ok(gn_arena_make(GN_HEXAGON, 0, &net.walk.arena));
    assert_ok(gn_places_new(&net.walk.arena, CELLS, GN_PLACE_DIFFERENCE, 1, &net.places));
    gn_places_widen(&net.walk.arena, 0.3, &net.places);
    net.readout = GN_READ_PLACE;
    net.nonlinearity = GN_RELU;
    net.walk.zero_block = 1;
    net.walk.top_speed = 0.2;
    for (size_t i = 0; i < gn_network_size(&net); i++)
        net.parameter[i] = (float)i;
    gn_file *file = gn_file_new("network");
    assert_ok(gn_walk_to_file(&net.walk, file));
    static const char *const key[][2] = {{"recipe.steps", "5"},          {"recipe.noise-sd", "0.1"},
                                         {"recipe.noise-site", "rate"},  {"recipe.coding", "turns"},
                                         {"recipe.readout", "place"},    {"recipe.place-kind", "difference"},
                                         {"recipe.nonlinearity", "relu"}};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        assert_ok(gn_file_set(file, key[i][0], "%s", key[i][1]));
    assert_ok(gn_network_to_file(&net, file));
    assert_ok(gn_file_write(file, path));
    gn_file_free(file);
    assert_ok(gn_network_read(path, &back, NULL));
    assert_int_equal(back.outputs, CELLS);
    assert_true(back.readout == GN_READ_PLACE && back.nonlinearity == GN_RELU);
    assert_memory_equal(back.parameter, net.parameter, gn_network_size(&net) * sizeof *net.parameter);
    assert_memory_equal(back.places.centre, net.places.centre, CELLS * 2 * sizeof(float));
    assert_true(back.places.scale == net.places.scale && back.places.kind == GN_PLACE_DIFFERENCE);
    float output[CELLS * 2], position[4], want[2];
    for (int i = 0; i < CELLS * 2; i++)
        output[i] = (float)((i * 5) % 12);
    gn_network_decode(&back, 2, output, position);
    gn_places_decode(&net.places, output + 1, 2, want);
    assert_true(position[1] == want[0] && position[3] == want[1]);
    gn_network_free(&net);
    gn_network_free(&back);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields),
        cmocka_unit_test(decoding),
        cmocka_unit_test(lattice),
        cmocka_unit_test(through_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
