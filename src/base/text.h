/* Text: a growing buffer, and strict parsers for numbers and choices. */
#ifndef GN_TEXT_H
#define GN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Initialise with {0} and free(byte) at the end. Once something was added, `byte` is a string that ends with a NUL.
 * After a failure (no memory) `status` keeps its code and further additions do nothing. */
typedef struct {
    char *byte;
    size_t size, room;
    gn_status status;
} gn_text;

gn_status gn_text_add(gn_text *, const void *bytes, size_t size);
gn_status gn_text_format(gn_text *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Parses a text that as a whole is a decimal integer: -?[0-9]+, no blanks, within int64_t. */
bool gn_parse_int(const char *text, int64_t *value);
/* Parses a text that as a whole is a finite decimal number; no blanks, no hexadecimal, no nan or inf. */
bool gn_parse_real(const char *text, double *value);
/* The shortest decimal number that reads back as the same value, as printf's %g writes it, with room for `digits`
 * significant digits or more. More of them postpone the exponent: 10 is 1e+01 with 1 digit and 10 with 2. */
typedef struct {
    char text[32];
} gn_decimal;
gn_decimal gn_shortest(double, int digits);
gn_decimal gn_shortest_float(float, int digits);
/* The index of `text` within "a|b|c", -1 when it is none of them. */
int gn_parse_choice(const char *text, const char *choices);

/* Whether a text has only bytes from 0x20 to 0x7e. */
bool gn_is_printable(const char *text);
/* Whether a text is a key: [a-z0-9_.-]+. */
bool gn_is_key(const char *text);

#endif
