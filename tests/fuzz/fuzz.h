/* Helpers for fuzz targets. libFuzzer (make fuzz) or replay.c (make check) calls the target. */
#ifndef GN_FUZZ_H
#define GN_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts unless the condition, which must be true for every input, is true. */
#define MUST(condition)                                                             \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* Asserts that an input was refused with this status and a message of one line. */
static inline void must_refuse(gn_status status, gn_status expected) {
    const char *line = gn_error_message();
    MUST(status == expected);
    MUST(*line && !strchr(line, '\n'));
    gn_error_clear();
}

#endif
