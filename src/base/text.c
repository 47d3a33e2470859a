#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `more` bytes and the NUL that ends the text. */
static gn_status reserve(gn_text *text, size_t more) {
    if (text->status) return text->status;
    size_t need;
    if (__builtin_add_overflow(text->size, more, &need) || need > SIZE_MAX / 4)
        return text->status = gn_fail(GN_EIO, "out of memory: a text of %zu bytes", text->size);
    if (need + 1 <= text->room) return GN_OK;
    size_t room = 2 * (need + 1) + 64;
    char *byte = realloc(text->byte, room);
    if (!byte) return text->status = gn_fail(GN_EIO, "out of memory: %zu bytes", room);
    text->byte = byte;
    text->room = room;
    return GN_OK;
}

gn_status gn_text_add(gn_text *text, const void *bytes, size_t size) {
    gn_status status = reserve(text, size);
    if (status) return status;
    if (size) memcpy(text->byte + text->size, bytes, size);
    text->size += size;
    text->byte[text->size] = '\0';
    return GN_OK;
}

gn_status gn_text_format(gn_text *text, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size < 0) return text->status = gn_fail(GN_EIO, "cannot format a text: %s", format);
    gn_status status = reserve(text, (size_t)size);
    if (status) return status;
    va_start(list, format);
    vsnprintf(text->byte + text->size, (size_t)size + 1, format, list);
    va_end(list);
    text->size += (size_t)size;
    return GN_OK;
}

bool gn_parse_int(const char *text, int64_t *value) {
    const char *digits = text + (*text == '-');
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || digits[count]) return false;
    errno = 0;
    long long parsed = strtoll(text, NULL, 10);
    if (errno) return false;
    *value = parsed;
    return true;
}

bool gn_parse_real(const char *text, double *value) {
    /* Refused here, as strtod() would accept them: blanks, hexadecimal, nan, inf, a leading plus sign. */
    if (!*text || *text == '+' || text[strspn(text, "0123456789+-.eE")]) return false;
    char *end;
    errno = 0;
    double parsed = strtod(text, &end);
    if (*end || end == text || !isfinite(parsed)) return false;
    if (errno == ERANGE && parsed == 0) return false; /* not zero, but too small for a double */
    *value = parsed;
    return true;
}

static gn_decimal shortest(double value, int digits, bool single) {
    enum { ALWAYS_ENOUGH = 17 };
    gn_decimal d;
    for (;; digits++) {
        snprintf(d.text, sizeof d.text, "%.*g", digits, value);
        const double back = single ? (double)strtof(d.text, NULL) : strtod(d.text, NULL);
        if (back == value || digits >= ALWAYS_ENOUGH) return d;
    }
}

gn_decimal gn_shortest(double value, int digits) {
    return shortest(value, digits, false);
}

gn_decimal gn_shortest_float(float value, int digits) {
    return shortest((double)value, digits, true);
}

int gn_parse_choice(const char *text, const char *choices) {
    size_t length = strlen(text);
    int index = 0;
    for (const char *choice = choices;; index++) {
        size_t width = strcspn(choice, "|");
        if (width == length && memcmp(choice, text, length) == 0) return index;
        if (!choice[width]) return -1;
        choice += width + 1;
    }
}

bool gn_is_printable(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e) return false;
    return true;
}

bool gn_is_key(const char *text) {
    return *text && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_.-")];
}
