/* NPY, the format of numpy.save: magic, version, length of the header, the header, which is the text of a Python
 * dictionary, and the elements (numpy.lib.format has the specification). */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/numbers_format.h"

static const char accepted_types[] = "accepted are f2, f4, f8 and integers of 1 to 8 bytes";

typedef struct {
    char kind; /* f, i or u */
    size_t size;
    bool big_endian, fortran;
    int rank;
    size_t shape[GN_NUMBERS_RANK_MAX];
} npy_header;

bool gn_is_npy(const void *bytes, size_t size) {
    return size >= 6 && memcmp(bytes, "\x93NUMPY", 6) == 0;
}

/* ---- the header --------------------------------------------------------------------- */

static void skip_blanks(const char **at) {
    *at += strspn(*at, " \t\n\r");
}

static bool skip(const char **at, char expected) {
    skip_blanks(at);
    if (**at != expected) return false;
    ++*at;
    return true;
}

/* Reads 'text' or "text" without escapes. */
static bool take_string(const char **at, char text[], size_t room) {
    skip_blanks(at);
    const char quote = **at;
    if (quote != '\'' && quote != '"') return false;
    const char *begin = *at + 1, *end = strchr(begin, quote);
    if (!end || (size_t)(end - begin) >= room) return false;
    memcpy(text, begin, (size_t)(end - begin));
    text[end - begin] = '\0';
    *at = end + 1;
    return true;
}

/* Reads a tuple such as (3, 4) or (3,). Python 2 wrote numbers as 3L. */
static bool take_shape(const char **at, npy_header *h) {
    if (!skip(at, '(')) return false;
    for (h->rank = 0; !skip(at, ')'); h->rank++) {
        char *end;
        if (h->rank == GN_NUMBERS_RANK_MAX || **at < '0' || **at > '9') return false;
        h->shape[h->rank] = strtoull(*at, &end, 10);
        *at = end + (*end == 'L');
        skip_blanks(at);
        if (**at != ')' && !skip(at, ',')) return false;
    }
    return true;
}

/* Reads a type such as "<f4". */
static bool take_type(const char *text, npy_header *h) {
    if (!*text || !strchr("<>|=", *text) || strlen(text) != 3) return false;
    h->big_endian = text[0] == '>';
    h->kind = text[1];
    h->size = (size_t)(text[2] - '0');
    const char *sizes = h->kind == 'f' ? "248" : h->kind == 'i' || h->kind == 'u' ? "1248" : "";
    return strchr(sizes, text[2]) != NULL;
}

static gn_status parse_header(const char *path, const char *text, npy_header *h) {
    enum { DESCR = 1, ORDER = 2, SHAPE = 4 };
    int seen = 0;
    const char *at = text;
    if (!skip(&at, '{')) return gn_fail(GN_EFILE, "%s: NPY header: '%.60s', expected a dictionary", path, text);
    while (!skip(&at, '}')) {
        char key[32], type[32];
        if (!take_string(&at, key, sizeof key) || !skip(&at, ':'))
            return gn_fail(GN_EFILE, "%s: NPY header: '%.40s', expected 'key': value", path, at);
        skip_blanks(&at);
        const char *value = at;
        if (strcmp(key, "descr") == 0 && !(seen & DESCR)) {
            seen |= DESCR;
            if (!take_string(&at, type, sizeof type))
                return gn_fail(GN_EFILE, "%s: NPY: type %.40s, %s", path, value, accepted_types);
            if (!take_type(type, h)) return gn_fail(GN_EFILE, "%s: NPY: type '%s', %s", path, type, accepted_types);
        } else if (strcmp(key, "fortran_order") == 0 && !(seen & ORDER)) {
            seen |= ORDER;
            h->fortran = *at == 'T';
            const char *word = h->fortran ? "True" : "False";
            if (strncmp(at, word, strlen(word)) != 0)
                return gn_fail(GN_EFILE, "%s: NPY: fortran_order %.20s, expected True or False", path, value);
            at += strlen(word);
        } else if (strcmp(key, "shape") == 0 && !(seen & SHAPE)) {
            seen |= SHAPE;
            if (!take_shape(&at, h))
                return gn_fail(GN_EFILE, "%s: NPY: shape %.60s, expected up to %d extents", path, value,
                               GN_NUMBERS_RANK_MAX);
        } else {
            return gn_fail(GN_EFILE, "%s: NPY header: key '%s', expected descr, fortran_order and shape once each",
                           path, key);
        }
        skip_blanks(&at);
        if (*at != '}' && !skip(&at, ','))
            return gn_fail(GN_EFILE, "%s: NPY header: '%.40s', expected a comma", path, at);
    }
    skip_blanks(&at);
    if (*at || seen != (DESCR | ORDER | SHAPE))
        return gn_fail(GN_EFILE, "%s: NPY header: '%.60s', expected descr, fortran_order and shape", path, text);
    return GN_OK;
}

/* Parses the header; *data is the offset of the elements. */
static gn_status read_header(const unsigned char *bytes, size_t size, const char *path, npy_header *h, size_t *data) {
    const int version = size > 6 ? bytes[6] : 0;
    const size_t start = version == 1 ? 10 : 12;
    if (size < start) return gn_fail(GN_EFILE, "%s: NPY: %zu bytes, expected a header", path, size);
    if (version < 1 || version > 3)
        return gn_fail(GN_EFILE, "%s: NPY: format version %d, accepted are 1 to 3", path, version);
    size_t length = bytes[8] | (size_t)bytes[9] << 8;
    if (version > 1) length |= (size_t)bytes[10] << 16 | (size_t)bytes[11] << 24;
    if (length > size - start) return gn_fail(GN_EFILE, "%s: NPY: cut short in its header of %zu bytes", path, length);
    char *text = malloc(length + 1);
    if (!text) return gn_fail(GN_EIO, "%s: out of memory", path);
    memcpy(text, bytes + start, length);
    text[length] = '\0';
    for (size_t i = 0; i < length; i++) /* so that a message that quotes the header stays one line */
        if ((unsigned char)text[i] < ' ') text[i] = ' ';
    gn_status status = parse_header(path, text, h);
    free(text);
    *data = start + length;
    return status;
}

/* ---- the elements ------------------------------------------------------------------- */

static double half(uint16_t bits) {
    const int exponent = bits >> 10 & 31;
    const double fraction = bits & 1023, sign = bits >> 15 ? -1 : 1;
    if (exponent == 31) return NAN; /* nan or infinite: both count as missing */
    return sign * (exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24));
}

static double element(const unsigned char *at, const npy_header *h) {
    uint64_t bits = 0;
    for (size_t i = 0; i < h->size; i++)
        bits |= (uint64_t)at[h->big_endian ? h->size - 1 - i : i] << 8 * i;
    if (h->kind == 'u') return (double)bits;
    if (h->kind == 'i') { /* extend the sign bit to all 64 bits */
        const uint64_t sign = UINT64_C(1) << ((8 * h->size - 1) & 63);
        return (double)(int64_t)((bits ^ sign) - sign);
    }
    if (h->size == 2) return half((uint16_t)bits);
    double value;
    if (h->size == 4) {
        float single;
        const uint32_t low = (uint32_t)bits;
        memcpy(&single, &low, sizeof single);
        value = single;
    } else {
        memcpy(&value, &bits, sizeof value);
    }
    return isfinite(value) ? value : NAN;
}

/* The position in the file, counted in elements, of the element with this index in C order. */
static size_t position(const npy_header *h, size_t index) {
    if (!h->fortran) return index;
    size_t at = 0, stride[GN_NUMBERS_RANK_MAX] = {1};
    for (int d = 1; d < h->rank; d++)
        stride[d] = stride[d - 1] * h->shape[d - 1];
    for (int d = h->rank - 1; d >= 0; d--) {
        at += index % h->shape[d] * stride[d];
        index /= h->shape[d];
    }
    return at;
}

static gn_status check_extents(const char *path, const npy_header *h, size_t bytes, const gn_numbers_wanted *wanted,
                               size_t *count) {
    const int most = wanted->rank ? wanted->rank : 2;
    size_t size;
    bool fits = true;
    *count = 1;
    if (h->rank < 2 || h->rank > most)
        return gn_fail(GN_EFILE, "%s: NPY: %d extents, expected %s%d", path, h->rank, most > 2 ? "2 to " : "", most);
    for (int d = 0; d < h->rank; d++) {
        if (h->shape[d] == 0) return gn_fail(GN_EFILE, "%s: NPY: extent %d is 0: no numbers", path, d);
        fits = fits && !__builtin_mul_overflow(*count, h->shape[d], count);
    }
    if (!fits || __builtin_mul_overflow(*count, h->size, &size) || size != bytes)
        return gn_fail(GN_EFILE, "%s: NPY: %zu bytes behind the header, not those of its shape: cut short?", path,
                       bytes);
    return GN_OK;
}

/* Copies the chosen columns of a matrix, or all elements of an array of another rank. */
static gn_status take_elements(const unsigned char *data, const npy_header *h, const size_t *chosen, size_t columns,
                               size_t count, gn_numbers *found) {
    const size_t width = h->shape[h->rank - 1], rows = count / width;
    found->value = gn_alloc(rows * columns, sizeof *found->value);
    if (!found->value) return GN_EIO;
    for (size_t row = 0; row < rows; row++)
        for (size_t c = 0; c < columns; c++) {
            const size_t index = row * width + (chosen ? chosen[c] : c);
            found->value[row * columns + c] = element(data + position(h, index) * h->size, h);
        }
    return GN_OK;
}

gn_status gn_numbers_from_npy(const unsigned char *bytes, size_t size, const char *path,
                              const gn_numbers_wanted *wanted, gn_numbers *found) {
    npy_header h = {0};
    size_t data = 0, count = 0, *chosen = NULL;
    gn_status status = read_header(bytes, size, path, &h, &data);
    if (!status) status = check_extents(path, &h, size - data, wanted, &count);
    if (status) return status;
    size_t columns = h.shape[h.rank - 1];
    if (h.rank == 2)
        status = gn_numbers_choose(path, wanted, columns, NULL, &chosen, &columns);
    else if (wanted->columns)
        status = gn_fail(GN_EUSAGE, "%s: %s: columns are those of a matrix, this has %d extents", wanted->option, path,
                         h.rank);
    if (!status) status = take_elements(bytes + data, &h, chosen, columns, count, found);
    if (!status && chosen) {
        found->column = chosen;
        for (size_t c = 0; c < columns; c++)
            chosen[c]++; /* the caller counts columns from 1 */
        chosen = NULL;
    }
    free(chosen);
    if (status) return status;
    found->rank = h.rank;
    memcpy(found->shape, h.shape, sizeof h.shape);
    found->shape[h.rank - 1] = columns;
    for (size_t i = 0; !wanted->missing && i < count / h.shape[h.rank - 1] * columns; i++)
        if (isnan(found->value[i]))
            return gn_fail(GN_EFILE, "%s: %s: nan or infinite, expected a finite number", path,
                           gn_numbers_where(found, i).text);
    return GN_OK;
}
