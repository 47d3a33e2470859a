#include "gn_test.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <pthread.h>

#include "base/text.h"

static void first_failure_is_kept(void **state) {
    (void)state;
    gn_error_clear();
    assert_string_equal(gn_error_message(), "");
    assert_int_equal(gn_fail(GN_EFILE, "cause %d", 1), GN_EFILE);
    assert_int_equal(gn_fail(GN_EIO, "consequence"), GN_EIO);
    assert_string_equal(gn_error_message(), "cause 1");
    gn_error_clear();
    assert_string_equal(gn_error_message(), "");
}

static void errno_is_told(void **state) {
    (void)state;
    gn_error_clear();
    errno = ENOSPC;
    assert_int_equal(gn_fail_errno("%s: cannot write", "x.gn"), GN_EIO);
    assert_string_equal(gn_error_message(), "x.gn: cannot write: No space left on device");
    gn_error_clear();
}

static void one_line_whatever_is_in_it(void **state) {
    (void)state;
    gn_error_clear();
    gn_fail(GN_EFILE, "a\nb\tc\x1b[2J\x7f \xc3\xa9");
    assert_string_equal(gn_error_message(), "a?b?c?[2J? \xc3\xa9");
    gn_error_clear();
    char *text = gn_alloc(5000, 1);
    memset(text, 'x', 4999);
    gn_fail(GN_EFILE, "%s", text);
    assert_true(strlen(gn_error_message()) < 1024);
    free(text);
    gn_error_clear();
}

static void *other_thread(void *empty) {
    *(int *)empty = gn_error_message()[0] == '\0';
    gn_fail(GN_EIO, "other");
    return NULL;
}

static void a_line_per_thread(void **state) {
    (void)state;
    pthread_t thread; /* thrd_create() is not used, as the thread sanitizer does not know it */
    int empty = 0;
    gn_error_clear();
    gn_fail(GN_EIO, "mine");
    assert_int_equal(pthread_create(&thread, NULL, other_thread, &empty), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(empty);
    assert_string_equal(gn_error_message(), "mine");
    gn_error_clear();
}

static void memory_is_aligned_and_zero(void **state) {
    (void)state;
    static const unsigned long count[] = {0, 1, 63, 64, 65, 1000003};
    for (size_t i = 0; i < sizeof count / sizeof *count; i++) {
        unsigned char *memory = gn_alloc(count[i], 1);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 64, 0);
        for (unsigned long k = 0; k < count[i]; k++)
            assert_int_equal(memory[k], 0);
        free(memory);
    }
}

static void too_much_memory_is_refused(void **state) {
    (void)state;
    gn_error_clear();
    assert_null(gn_alloc(SIZE_MAX / 2, 3));
    assert_non_null(strstr(gn_error_message(), "out of memory"));
    gn_error_clear();
    assert_null(gn_alloc(SIZE_MAX, 1));
    gn_error_clear();
}

static void integers_are_strict(void **state) {
    (void)state;
    static const char *const bad[] = {"",    "-",  "+1",  " 1", "1 ", "0x10",
                                      "1e3", "1.", "--1", "a",  "1a", "9223372036854775808"};
    int64_t value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(gn_parse_int(bad[i], &value));
    assert_true(gn_parse_int("-9223372036854775808", &value) && value == INT64_MIN);
    assert_true(gn_parse_int("0012", &value) && value == 12);
}

static void reals_are_strict(void **state) {
    (void)state;
    static const char *const bad[] = {"",   " 1",    "1 ",  "nan",    "inf", "-inf", "0x1p3", "1e999",
                                      "1e", "1.5.2", "1,5", "1e-999", "+1",  "e5",   "-",     "."};
    double value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (gn_parse_real(bad[i], &value)) fail_msg("'%s' was taken for %g", bad[i], value);
    assert_true(gn_parse_real("-1.5e-3", &value) && value == -1.5e-3);
    assert_true(gn_parse_real("4.9406564584124654e-324", &value) && value > 0); /* subnormal */
    assert_true(gn_parse_real(".5", &value) && value == 0.5);
}

static void decimals_are_short_and_exact(void **state) {
    (void)state;
    assert_string_equal(gn_shortest(0.1, 1).text, "0.1");
    assert_string_equal(gn_shortest(1.0 / 3, 1).text, "0.3333333333333333");
    assert_string_equal(gn_shortest(10, 1).text, "1e+01");
    assert_string_equal(gn_shortest(10, 15).text, "10");
    assert_string_equal(gn_shortest(1.3, 15).text, "1.3");
    assert_string_equal(gn_shortest_float(0.1F, 6).text, "0.1");
    assert_string_equal(gn_shortest_float(1.0F / 3, 6).text, "0.33333334");
    assert_string_equal(gn_shortest(NAN, 1).text, "nan");
    assert_true(strtod(gn_shortest(-DBL_TRUE_MIN, 1).text, NULL) == -DBL_TRUE_MIN);
    assert_true(strtod(gn_shortest(-DBL_MAX, 17).text, NULL) == -DBL_MAX);
}

static void choices_are_whole_words(void **state) {
    (void)state;
    assert_int_equal(gn_parse_choice("b", "a|b|cd"), 1);
    assert_int_equal(gn_parse_choice("cd", "a|b|cd"), 2);
    assert_int_equal(gn_parse_choice("c", "a|b|cd"), -1);
    assert_int_equal(gn_parse_choice("a|b", "a|b|cd"), -1);
    assert_int_equal(gn_parse_choice("", "a|b|cd"), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_failure_is_kept),      cmocka_unit_test(errno_is_told),
        cmocka_unit_test(one_line_whatever_is_in_it), cmocka_unit_test(a_line_per_thread),
        cmocka_unit_test(memory_is_aligned_and_zero), cmocka_unit_test(too_much_memory_is_refused),
        cmocka_unit_test(integers_are_strict),        cmocka_unit_test(reals_are_strict),
        cmocka_unit_test(choices_are_whole_words),    cmocka_unit_test(decimals_are_short_and_exact),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
