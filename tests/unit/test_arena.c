/* Arenas: geometry of the named shapes, user polygons, and what is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "walk/arena.h"

static const gn_shape shapes[] = {GN_SQUARE, GN_HEXAGON, GN_TRIANGLE};
static const double root3 = 1.7320508075688772;

static void assert_near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance)) fail_msg("%.17g, expected %.17g within %g", value, expected, tolerance);
}

static gn_arena make(gn_shape shape, double size) {
    gn_arena arena;
    assert_int_equal(gn_arena_make(shape, size, &arena), GN_OK);
    return arena;
}

static void test_default_sizes(void **state) {
    (void)state;
    gn_arena square = make(GN_SQUARE, 0), hexagon = make(GN_HEXAGON, 0);
    gn_arena triangle = make(GN_TRIANGLE, 0);
    assert_true(square.size == 1 && hexagon.size == 1 && triangle.size == 1.3);
    assert_int_equal(square.corners, 4);
    assert_int_equal(hexagon.corners, 6);
    assert_int_equal(triangle.corners, 3);
    assert_true(square.min[0] == -1 && square.max[1] == 1);
    assert_true(square.inradius == 1);
    assert_near(hexagon.inradius, root3 / 2, 1e-15);
    assert_near(triangle.inradius, 0.65, 1e-15);
    assert_near(triangle.max[1], 1.3, 0);
    assert_near(triangle.min[1], -0.65, 1e-15);
    assert_near(triangle.max[0], 1.3 * root3 / 2, 1e-15);
}

static void test_regular(void **state) {
    (void)state;
    for (int s = 0; s < 3; s++) {
        gn_arena a = make(shapes[s], 2);
        double x = 0, y = 0;
        double radius = shapes[s] == GN_SQUARE ? 2 * sqrt(2) : 2;
        double side = hypot(a.corner[1][0] - a.corner[0][0], a.corner[1][1] - a.corner[0][1]);
        for (int k = 0; k < a.corners; k++) {
            const double *p = a.corner[k], *q = a.corner[(k + 1) % a.corners];
            x += p[0];
            y += p[1];
            assert_near(hypot(p[0], p[1]), radius, 1e-14);
            assert_near(hypot(q[0] - p[0], q[1] - p[1]), side, 1e-14);
            assert_near(hypot(a.normal[k][0], a.normal[k][1]), 1, 1e-15);
            /* If the corners are counterclockwise, the walls' inward normals point to the centre. */
            assert_near(gn_arena_wall_distance(&a, k, 0, 0), a.inradius, 1e-14);
            assert_true(gn_arena_inside(&a, p[0], p[1]));
            assert_false(gn_arena_inside(&a, p[0] * 1.000001, p[1] * 1.000001));
        }
        assert_near(x, 0, 1e-14);
        assert_near(y, 0, 1e-14);
    }
}

static void test_inside(void **state) {
    (void)state;
    gn_arena square = make(GN_SQUARE, 1), triangle = make(GN_TRIANGLE, 1);
    assert_true(gn_arena_inside(&square, 1, -1));
    assert_true(gn_arena_inside(&square, 1, 0.3));
    assert_false(gn_arena_inside(&square, nextafterf(1, 2), 0));
    assert_false(gn_arena_inside(&square, 0, nextafterf(-1, -2)));
    assert_false(gn_arena_inside(&square, NAN, 0));
    assert_false(gn_arena_inside(&square, 0, INFINITY));
    assert_true(gn_arena_inside(&triangle, 0, 0.99));
    assert_false(gn_arena_inside(&triangle, 0.1, 0.99));
    assert_false(gn_arena_inside(&triangle, 0, -0.51));
}

static void test_nearest_wall(void **state) {
    (void)state;
    int wall = -1;
    gn_arena square = make(GN_SQUARE, 1);
    assert_near(gn_arena_nearest_wall(&square, 0, -0.75, &wall), 0.25, 0);
    assert_int_equal(wall, 0); /* corner 0 to corner 1 is the bottom */
    assert_near(gn_arena_nearest_wall(&square, 0.5, 0, &wall), 0.5, 0);
    assert_int_equal(wall, 1);
    assert_near(gn_arena_nearest_wall(&square, 0.1, 0.9, &wall), 0.1, 1e-15);
    assert_int_equal(wall, 2);
    assert_near(gn_arena_nearest_wall(&square, -1.5, 0, &wall), -0.5, 0);
    assert_int_equal(wall, 3);
    assert_near(gn_arena_nearest_wall(&square, 0, 0, NULL), 1, 0);
}

static void test_polygon(void **state) {
    (void)state;
    /* A 4 x 2 rectangle off the origin, clockwise. */
    const double rectangle[4][2] = {{10, 5}, {10, 7}, {14, 7}, {14, 5}};
    gn_arena a;
    assert_int_equal(gn_arena_polygon(4, rectangle, &a), GN_OK);
    assert_int_equal(a.shape, GN_POLYGON);
    assert_near(a.centroid[0], 12, 1e-12);
    assert_near(a.centroid[1], 6, 1e-12);
    assert_near(a.inradius, 1, 1e-12);
    assert_near(a.size, sqrt(5), 1e-12);
    assert_true(gn_arena_inside(&a, 13.9, 5.1));
    assert_false(gn_arena_inside(&a, 9.9, 6));
    assert_near(gn_arena_nearest_wall(&a, 13, 6.75, NULL), 0.25, 1e-12);
    /* A right triangle: inradius (3 + 4 - 5) / 2. */
    const double right[3][2] = {{0, 0}, {3, 0}, {0, 4}};
    assert_int_equal(gn_arena_polygon(3, right, &a), GN_OK);
    assert_near(a.inradius, 1, 1e-12);
    assert_near(a.centroid[0], 1, 1e-12);
    assert_near(a.centroid[1], 4 / 3.0, 1e-12);
}

static void test_polygon_equals_named(void **state) {
    (void)state;
    for (int s = 0; s < 3; s++) {
        gn_arena named = make(shapes[s], 1.25), polygon;
        assert_int_equal(gn_arena_polygon(named.corners, (const double(*)[2])named.corner, &polygon), GN_OK);
        assert_near(polygon.inradius, named.inradius, 1e-14);
        assert_memory_equal(polygon.normal, named.normal, sizeof named.normal);
        assert_memory_equal(polygon.offset, named.offset, sizeof named.offset);
        assert_near(hypot(polygon.centroid[0], polygon.centroid[1]), 0, 1e-15);
    }
}

static void assert_refused(int n, const double (*corner)[2], const char *word) {
    gn_arena a;
    gn_error_clear();
    assert_int_equal(gn_arena_polygon(n, corner, &a), GN_EUSAGE);
    assert_non_null(strstr(gn_error_message(), word));
    gn_error_clear();
}

/* An L: the square [-1, 1]^2 without its upper right quarter, clockwise from the inner corner. */
static const double l_shape[6][2] = {{0, 0}, {1, 0}, {1, -1}, {-1, -1}, {-1, 1}, {0, 1}};

static void test_l_shape(void **state) {
    (void)state;
    gn_arena a;
    int wall;
    assert_int_equal(gn_arena_polygon(6, l_shape, &a), GN_OK);
    assert_false(a.convex);
    /* the largest circle touches both outer walls and the inner corner: r = (1 - r) sqrt(2) */
    assert_near(a.inradius, 2 - sqrt(2), 1e-9);
    assert_near(a.centroid[0], -1 / 6.0, 1e-12);
    assert_true(a.middle[0] == a.centroid[0] && a.middle[1] == a.centroid[1]); /* inside */
    assert_true(gn_arena_inside(&a, 0.5, -0.5) && gn_arena_inside(&a, -0.5, 0.5) && gn_arena_inside(&a, -0.5, -0.5));
    assert_true(gn_arena_inside(&a, 0, 0) && gn_arena_inside(&a, 0, 0.5) && gn_arena_inside(&a, 1, -1));
    assert_false(gn_arena_inside(&a, 0.5, 0.5) || gn_arena_inside(&a, 1e-6, 0.5));
    assert_false(gn_arena_inside(&a, NAN, 0) || gn_arena_inside(&a, -2, 0));
    assert_near(gn_arena_nearest_wall(&a, -0.25, -0.25, &wall), sqrt(2) / 4, 1e-12); /* the inner corner */
    assert_near(gn_arena_nearest_wall(&a, 0.5, -0.1, &wall), 0.1, 1e-12);
    /* Both ends of a step across the missing quarter are inside, but the step is not. */
    const double one[2] = {0.5, -0.2}, other[2] = {-0.2, 0.5}, below[2] = {-0.5, -0.5};
    assert_false(gn_arena_clear(&a, one, other));
    assert_true(gn_arena_clear(&a, one, below) && gn_arena_clear(&a, below, other));
    /* A step that touches walls only at their ends. */
    const double end[2] = {1, 0}, tip[2] = {0, 1};
    assert_false(gn_arena_clear(&a, end, tip));
}

/* A U whose centroid is in its gap: trials start in the middle of its largest circle. */
static void test_centroid_outside(void **state) {
    (void)state;
    const double u[8][2] = {{-1, -1}, {1, -1}, {1, 1}, {0.9, 1}, {0.9, -0.9}, {-0.9, -0.9}, {-0.9, 1}, {-1, 1}};
    gn_arena a;
    assert_int_equal(gn_arena_polygon(8, u, &a), GN_OK);
    assert_false(gn_arena_inside(&a, a.centroid[0], a.centroid[1]));
    assert_true(gn_arena_inside(&a, a.middle[0], a.middle[1]));
    assert_near(gn_arena_nearest_wall(&a, a.middle[0], a.middle[1], NULL), a.inradius, 1e-12);
    assert_true(a.inradius > 0.05 && a.inradius < 0.06); /* at a lower corner: half the width, and a little more */
}

static void test_circle(void **state) {
    (void)state;
    gn_arena a = make(GN_CIRCLE, 0);
    int wall = 7;
    double point[GN_OUTLINE_MAX][2];
    assert_true(a.size == 1 && a.inradius == 1 && a.corners == 0 && a.convex);
    assert_true(gn_arena_inside(&a, 0.6, 0.8) && gn_arena_inside(&a, -1, 0));
    assert_false(gn_arena_inside(&a, 0.61, 0.8) || gn_arena_inside(&a, NAN, 0));
    assert_near(gn_arena_nearest_wall(&a, 0.3, 0.4, &wall), 0.5, 1e-15);
    assert_int_equal(wall, -1);
    assert_int_equal(gn_arena_outline(&a, point), GN_OUTLINE_MAX);
    for (int k = 0; k < GN_OUTLINE_MAX; k++)
        assert_near(hypot(point[k][0], point[k][1]), 1, 1e-15);
}

static void test_parse(void **state) {
    (void)state;
    gn_arena a;
    assert_int_equal(gn_arena_parse(" -1,-1 1,-1  1,1 -1,1 ", &a), GN_OK);
    assert_true(a.corners == 4 && a.convex && a.inradius == 1);
    static const char *const bad[] = {"",
                                      "0,0 1,0",
                                      "0,0 1;0 1,1",
                                      "0,0 1,0 1,1x",
                                      "0 1 2",
                                      "0,0 1,0 , 1,1",
                                      "0,0 0x1,0 1,1",
                                      "0,0 inf,0 1,1",
                                      "0,0 1,0 nan,1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(gn_arena_parse(bad[i], &a), GN_EUSAGE);
        assert_non_null(strstr(gn_error_message(), "corners"));
        gn_error_clear();
    }
}

static void test_refused(void **state) {
    (void)state;
    const double line[3][2] = {{0, 0}, {1, 1}, {2, 2}};
    const double hole[3][2] = {{0, 0}, {NAN, 1}, {2, 2}};
    const double bow[4][2] = {{0, 0}, {2, 0}, {0.3, 1.5}, {2, 1}};
    const double touching[5][2] = {{0, 0}, {2, 0}, {2, 2}, {1, 0}, {0, 2}};
    const double twice[4][2] = {{0, 0}, {0, 0}, {2, 0}, {0, 1}};
    double many[GN_CORNERS_MAX + 1][2];
    for (int k = 0; k <= GN_CORNERS_MAX; k++) {
        many[k][0] = cos(2 * k * 3.14159265358979 / (GN_CORNERS_MAX + 1));
        many[k][1] = sin(2 * k * 3.14159265358979 / (GN_CORNERS_MAX + 1));
    }
    assert_refused(4, bow, "cross");
    assert_refused(5, touching, "lies on wall");
    assert_refused(4, twice, "the same");
    assert_refused(3, line, "area");
    assert_refused(3, hole, "nan");
    assert_refused(2, line, "2 corners");
    assert_refused(GN_CORNERS_MAX + 1, (const double(*)[2])many, "65 corners");
    gn_arena a;
    assert_int_equal(gn_arena_make(GN_SQUARE, -1, &a), GN_EUSAGE);
    assert_int_equal(gn_arena_make(GN_SQUARE, NAN, &a), GN_EUSAGE);
    assert_int_equal(gn_arena_make(GN_POLYGON, 1, &a), GN_EUSAGE);
    gn_error_clear();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_sizes), cmocka_unit_test(test_regular),
        cmocka_unit_test(test_inside),        cmocka_unit_test(test_nearest_wall),
        cmocka_unit_test(test_polygon),       cmocka_unit_test(test_polygon_equals_named),
        cmocka_unit_test(test_l_shape),       cmocka_unit_test(test_centroid_outside),
        cmocka_unit_test(test_circle),        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
