/* The preconditioner of pairs: it satisfies the secant equation, is symmetric and positive, is made of the right pairs,
 * and is restored from stored pairs with the same bits. */
#include <math.h>

#include "base/random.h"
#include "gn_test.h"
#include "network/conjgrad.h"
#include "network/pairs.h"

enum { N = 30, ROOM = 8, FRESH = 12 };

static void draw(uint32_t number, double *v) {
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 2, number);
    for (int i = 0; i < N; i++)
        v[i] = gn_stream_normal(&stream);
}

/* Diagonal, from 1 to 1e4. */
static void multiply(void *context, const double *v, double *product) {
    (void)context;
    for (int i = 0; i < N; i++)
        product[i] = pow(1e4, (double)i / (N - 1)) * v[i];
}

static void add(gn_pairs *p, uint32_t number) {
    double s[N], y[N];
    draw(number, s);
    multiply(NULL, s, y);
    gn_pairs_add(p, s, y);
}

static gn_pairs filled(int pairs) {
    gn_pairs p;
    assert_ok(gn_pairs_new(N, ROOM, FRESH, &p));
    for (int k = 0; k < pairs; k++)
        add(&p, 10 + (uint32_t)k);
    gn_pairs_renew(&p);
    return p;
}

static void nothing_known(void **state) {
    (void)state;
    gn_pairs p = filled(0);
    double r[N], z[N];
    draw(0, r);
    gn_pairs_apply(&p, r, z);
    assert_memory_equal(z, r, sizeof z);
    add(&p, 10); /* these have no effect before gn_pairs_renew() */
    gn_pairs_apply(&p, r, z);
    assert_memory_equal(z, r, sizeof z);
    gn_pairs_renew(&p);
    gn_pairs_apply(&p, r, z);
    assert_memory_not_equal(z, r, sizeof z);
    gn_pairs_free(&p);
}

/* P y = s for the newest pair (the secant equation); u'Pv = v'Pu; v'Pv > 0. */
static void inverse_and_symmetric(void **state) {
    (void)state;
    for (int pairs = 1; pairs <= ROOM; pairs++) {
        gn_pairs p = filled(pairs);
        double s[N], y[N], z[N], u[N], v[N], pu[N], pv[N];
        draw(10 + (uint32_t)pairs - 1, s);
        multiply(NULL, s, y);
        gn_pairs_apply(&p, y, z);
        for (int i = 0; i < N; i++)
            assert_true(fabs(z[i] - s[i]) < 1e-4 * (1 + fabs(s[i])));
        draw(1, u);
        draw(2, v);
        gn_pairs_apply(&p, u, pu);
        gn_pairs_apply(&p, v, pv);
        assert_true(gn_dot(u, pu, N) > 0 && gn_dot(v, pv, N) > 0);
        assert_true(fabs(gn_dot(u, pv, N) - gn_dot(v, pu, N)) < 1e-9 * sqrt(gn_dot(u, pu, N) * gn_dot(v, pv, N)));
        gn_pairs_free(&p);
    }
}

/* When there are more pairs than room, the newest are kept, whether they were added at one update or at several. */
static void newest_stay(void **state) {
    (void)state;
    gn_pairs whole = filled(FRESH), p;
    assert_int_equal(whole.count, ROOM);
    assert_ok(gn_pairs_new(N, ROOM, FRESH, &p));
    for (uint32_t k = FRESH - ROOM; k < FRESH; k++) {
        add(&p, 10 + k);
        if (k % 3 == 0) gn_pairs_renew(&p);
    }
    gn_pairs_renew(&p);
    double r[N], z[N], expected[N];
    draw(3, r);
    gn_pairs_apply(&whole, r, expected);
    gn_pairs_apply(&p, r, z);
    assert_memory_equal(z, expected, sizeof z);
    add(&p, 99);
    gn_pairs_renew(&p);
    assert_int_equal(p.count, ROOM);
    gn_pairs_apply(&p, r, z);
    assert_memory_not_equal(z, expected, sizeof z);
    gn_pairs_free(&p);
    gn_pairs_free(&whole);
}

static void left_out(void **state) {
    (void)state;
    gn_pairs p = filled(2);
    double s[N], y[N];
    draw(4, s);
    for (int i = 0; i < N; i++)
        y[i] = -s[i];
    gn_pairs_add(&p, s, y); /* no curvature */
    memset(s, 0, sizeof s);
    gn_pairs_add(&p, s, s);
    assert_int_equal(p.fresh, 0);
    for (uint32_t k = 0; k < FRESH + 3; k++)
        add(&p, 20 + k);
    assert_int_equal(p.fresh, FRESH);
    gn_pairs_free(&p);
}

static void stored(void **state) {
    (void)state;
    gn_pairs p = filled(ROOM), again = filled(0);
    float copy[ROOM * 2 * N];
    memcpy(copy, p.pair, sizeof copy);
    assert_ok(gn_pairs_restore(&again, ROOM, copy));
    add(&p, 50);
    add(&again, 50);
    gn_pairs_renew(&p);
    gn_pairs_renew(&again);
    double r[N], z[N], expected[N];
    draw(5, r);
    gn_pairs_apply(&p, r, expected);
    gn_pairs_apply(&again, r, z);
    assert_memory_equal(z, expected, sizeof z);

    gn_error_clear();
    assert_int_equal(gn_pairs_restore(&again, ROOM + 1, copy), GN_EFILE);
    assert_non_null(strstr(gn_error_message(), "9 pairs"));
    gn_error_clear();
    for (int i = 0; i < N; i++)
        copy[2 * N + i] = 0; /* s of the second */
    assert_int_equal(gn_pairs_restore(&again, ROOM, copy), GN_EFILE);
    assert_non_null(strstr(gn_error_message(), "pair 1"));
    gn_error_clear();
    gn_pairs_free(&p);
    gn_pairs_free(&again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known), cmocka_unit_test(inverse_and_symmetric),
        cmocka_unit_test(newest_stay),   cmocka_unit_test(left_out),
        cmocka_unit_test(stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
