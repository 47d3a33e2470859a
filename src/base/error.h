/* Status codes and error messages.
 *
 * Library functions return a gn_status and never exit or print; only gn_main()
 * (options.h) turns a status into a line on stderr and an exit code. */
#ifndef GN_ERROR_H
#define GN_ERROR_H

/* The values are the programs' exit codes. */
typedef enum {
    GN_OK = 0,
    GN_EIO = 1,    /* the system could not do something: read, write, allocate memory, start a thread */
    GN_EUSAGE = 2, /* an option or operand is wrong */
    GN_EFILE = 3,  /* an input file is damaged, or is not what the program needs */
    GN_ENUM = 4    /* a computation gave numbers that are not finite */
} gn_status;

/* Records the line that describes the failure (file, offending value, accepted
 * range; no newline) for this thread and returns `status`, so that a caller can
 * write `return gn_fail(GN_EFILE, ...)`. The first failure recorded since
 * gn_error_clear() is kept: causes are not overwritten by their consequences. */
gn_status gn_fail(gn_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As gn_fail(GN_EIO, ...), with the text of errno appended. */
gn_status gn_fail_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

#ifdef __clang_analyzer__ /* tells the analyser that neither returns GN_OK */
#define gn_fail(status, ...) (gn_fail(status, __VA_ARGS__), (status))
#define gn_fail_errno(...) (gn_fail_errno(__VA_ARGS__), GN_EIO)
#endif

/* The recorded line of this thread, "" when there is none. */
const char *gn_error_message(void);
void gn_error_clear(void);

/* Zeroed memory for `count` items of `size` bytes, 64-byte aligned, released with
 * free(). NULL, with the error recorded (GN_EIO), when there is none or the product
 * overflows. */
void *gn_alloc(unsigned long count, unsigned long size);

#endif
