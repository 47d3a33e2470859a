/* Random numbers: Philox's published vectors, distributions, independence of streams. */
#include <math.h>

#include "base/random.h"
#include "gn_test.h"

/* Known answers distributed with Random123 (Salmon et al. 2011), philox4x32-10. */
static void philox_known_answers(void **state) {
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], word[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, /* digits of pi */
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t word[4];
        gn_philox(known[i].key, known[i].counter, word);
        assert_memory_equal(word, known[i].word, sizeof word);
    }
}

/* A stream hands out the words of consecutive blocks of its own counter. */
static void stream_is_philox(void **state) {
    (void)state;
    const uint64_t seed = 0x123456789abcdef0;
    const uint32_t key[2] = {0x9abcdef0, 0x12345678};
    gn_stream stream = gn_stream_open(seed, GN_PURPOSE_WALK, 7, 9);
    for (uint32_t block = 0; block < 3; block++) {
        const uint32_t counter[4] = {block, 9, 7, GN_PURPOSE_WALK};
        uint32_t word[4];
        gn_philox(key, counter, word);
        for (int i = 0; i < 4; i++)
            assert_int_equal(gn_stream_u32(&stream), word[i]);
    }
}

static void streams_differ(void **state) {
    (void)state;
    gn_stream stream[] = {gn_stream_open(1, GN_PURPOSE_WALK, 2, 3),
                          gn_stream_open(2, GN_PURPOSE_WALK, 2, 3),
                          gn_stream_open(1ull << 32 | 1, GN_PURPOSE_WALK, 2, 3),
                          gn_stream_open(1, GN_PURPOSE_NOISE, 2, 3),
                          gn_stream_open(1, GN_PURPOSE_WALK, 3, 2),
                          gn_stream_open(1, GN_PURPOSE_WALK, 2, 4)};
    enum { STREAMS = sizeof stream / sizeof *stream };
    uint32_t first[STREAMS];
    for (int i = 0; i < STREAMS; i++)
        first[i] = gn_stream_u32(&stream[i]);
    for (int i = 0; i < STREAMS; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(first[i], first[k]);
}

/* Moments within five standard errors. */
static void distributions(void **state) {
    (void)state;
    enum { N = 400000 };
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 0, 0);
    double u1 = 0, u2 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, lag = 0, before = 0;
    for (int i = 0; i < N; i++) {
        double u = gn_stream_uniform(&stream);
        assert_true(u > 0 && u < 1);
        u1 += u;
        u2 += u * u;
    }
    for (int i = 0; i < N; i++) {
        double z = gn_stream_normal(&stream);
        m1 += z;
        m2 += z * z;
        m3 += z * z * z;
        m4 += z * z * z * z;
        lag += z * before;
        before = z;
    }
    const double error = 5 / sqrt(N);
    assert_true(fabs(u1 / N - 0.5) < error * sqrt(1.0 / 12));
    assert_true(fabs(u2 / N - 1.0 / 3) < error * sqrt(4.0 / 45));
    assert_true(fabs(m1 / N) < error);
    assert_true(fabs(m2 / N - 1) < error * sqrt(2));
    assert_true(fabs(m3 / N) < error * sqrt(15));
    assert_true(fabs(m4 / N - 3) < error * sqrt(96));
    assert_true(fabs(lag / N) < error);
}

static void below_is_unbiased(void **state) {
    (void)state;
    gn_stream stream = gn_stream_open(gn_test_seed(), GN_PURPOSE_TEST, 1, 0);
    enum { N = 70000, SIDES = 7 };
    int count[SIDES] = {0};
    for (int i = 0; i < N; i++) {
        uint32_t face = gn_stream_below(&stream, SIDES);
        assert_true(face < SIDES);
        count[face]++;
    }
    for (int i = 0; i < SIDES; i++)
        assert_true(abs(count[i] - N / SIDES) < 5 * 93); /* sqrt(npq) = 92.6 */
    for (int i = 0; i < 10; i++)
        assert_int_equal(gn_stream_below(&stream, 1), 0);
    /* The bound is two thirds of 2^32: without rejection, numbers of the lower half would be twice as frequent. */
    int low = 0;
    for (int i = 0; i < N; i++)
        low += gn_stream_below(&stream, 0xaaaaaaaau) < 0x55555555u;
    assert_true(abs(low - N / 2) < 5 * 133);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_known_answers), cmocka_unit_test(stream_is_philox),  cmocka_unit_test(streams_differ),
        cmocka_unit_test(distributions),        cmocka_unit_test(below_is_unbiased),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
