#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <threads.h>

/* The library's only global variable: like errno, each thread has its own. */
static thread_local char message[1024];

/* Replaces control characters, so that an error stays one line whatever a file name or a damaged file put into it. */
static void make_one_line(void) {
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
}

gn_status(gn_fail)(gn_status status, const char *format, ...) {
    if (message[0]) return status; /* an earlier failure, the cause of this one, is already recorded */
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    make_one_line();
    return status;
}

gn_status(gn_fail_errno)(const char *format, ...) {
    int code = errno;
    if (message[0]) return GN_EIO;
    va_list list;
    va_start(list, format);
    int used = vsnprintf(message, sizeof message, format, list);
    va_end(list);
    if (used >= 0 && (size_t)used < sizeof message)
        snprintf(message + used, sizeof message - (size_t)used, ": %s", strerror(code));
    make_one_line();
    return GN_EIO;
}

const char *gn_error_message(void) {
    return message;
}

void gn_error_clear(void) {
    message[0] = '\0';
}

#define NEED_LESS "; fewer trials, steps, units or threads need less"

void *gn_alloc(unsigned long count, unsigned long size) {
    unsigned long bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > (unsigned long)PTRDIFF_MAX - 64) {
        gn_fail(GN_EIO, "out of memory: %lu items of %lu bytes" NEED_LESS, count, size);
        return NULL;
    }
    bytes = bytes ? (bytes + 63) / 64 * 64 : 64; /* aligned_alloc() requires a multiple of the alignment */
    /* Long arrays are read from end to end many times. Huge pages save address translations, and the processor
     * prefetches across 4 KiB boundaries within them. */
    const unsigned long huge = 2UL << 20;
    if (bytes >= 2 * huge && bytes < (unsigned long)PTRDIFF_MAX - huge) bytes = (bytes + huge - 1) / huge * huge;
    void *memory = aligned_alloc(bytes >= 2 * huge ? huge : 64, bytes);
    if (!memory) {
        gn_fail(GN_EIO, "out of memory: %lu bytes" NEED_LESS, bytes);
        return NULL;
    }
#ifdef MADV_HUGEPAGE
    if (bytes >= 2 * huge)
        madvise(memory, bytes, MADV_HUGEPAGE); /* only advice: nothing is lost when the system does not follow it */
#endif
    return memset(memory, 0, bytes);
}
