/* Helpers for unit tests, which include this instead of cmocka.h. */
#ifndef GN_TEST_H
#define GN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"

/* The seed of the tests: SEED=N of make check. */
static inline uint64_t gn_test_seed(void) {
    const char *text = getenv("GN_TEST_SEED");
    return text ? strtoull(text, NULL, 10) : 20180430;
}

/* Make a new empty folder and a new empty file, which the test removes. */
#define GN_TEST_NEW "/tmp/gn-test-XXXXXX" /* mkdtemp and mkstemp want six Xs to fill in */
typedef char gn_test_path[sizeof GN_TEST_NEW];
static inline void gn_test_folder(gn_test_path path) {
    assert_non_null(mkdtemp(strcpy(path, GN_TEST_NEW)));
}
static inline void gn_test_file(gn_test_path path) {
    int descriptor = mkstemp(strcpy(path, GN_TEST_NEW));
    assert_true(descriptor >= 0);
    close(descriptor);
}

/* Asserts that a call succeeds; otherwise prints the recorded error. */
#define assert_ok(call)                                                         \
    do {                                                                        \
        gn_error_clear();                                                       \
        gn_status status_ = (call);                                             \
        if (status_) fail_msg("%s: %d %s", #call, status_, gn_error_message()); \
    } while (0)

/* Asserts that a call fails with this status and that the recorded error contains these words. */
#define assert_fails(expected, words, call)                                                                   \
    do {                                                                                                      \
        gn_error_clear();                                                                                     \
        gn_status status_ = (call);                                                                           \
        if (status_ != (expected) || !strstr(gn_error_message(), words))                                      \
            fail_msg("%s: %d '%s', expected %d '%s'", #call, status_, gn_error_message(), (expected), words); \
        gn_error_clear();                                                                                     \
    } while (0)

#endif
