/* Binary containers. data/README.md describes every byte.
 *
 *   0  magic, 8 bytes                    \x89 G N V \r \n \x1a \n
 *   8  byte order mark, u32              0x0a0b0c0d
 *  12  major and minor version, u16 each
 *  16  length of the text header, u64
 *  24  length of the whole file, u64
 *  32  text header: key<TAB>value<LF>; "kind" first, then the keys, then one
 *      array.NAME<TAB>TYPE EXTENTxEXTENT... OFFSET line an array
 *      zeros up to a multiple of 64: here the data begin; offsets count from here
 *      arrays, each from a multiple of 64 on, zeros between and after them
 *      XXH3-128 of everything before, 16 bytes, high byte first */
#include "io/container.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/text.h"
#include "io/container_limits.h"
#include "io/write.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "files are little-endian images");

static const unsigned char magic[8] = {0x89, 'G', 'N', 'V', '\r', '\n', 0x1a, '\n'};
enum { BYTE_ORDER_MARK = 0x0a0b0c0d, MAJOR = 1, MINOR = 0 };
enum { PREAMBLE = 32, ALIGN = 64, TRAILER = 16 };

typedef struct {
    char magic[8];
    uint32_t mark;
    uint16_t major, minor;
    uint64_t header, file; /* lengths in bytes */
} preamble;
_Static_assert(sizeof(preamble) == PREAMBLE, "no padding");

typedef struct {
    char *key, *value; /* owned */
} entry;

typedef struct {
    char *name; /* owned */
    gn_type type;
    int rank;
    size_t shape[GN_RANK_MAX];
    size_t bytes;
    const void *data; /* borrowed from the caller or inside the image */
} array;

struct gn_file {
    char *path;
    entry *entry; /* the first one is "kind" */
    array *array;
    int entries, arrays;
    void *image; /* the whole file as read; NULL for a new one */
};

static const char *const type_name[] = {"u8", "u16", "u32", "i32", "i64", "f32", "f64"};
static const size_t type_size[] = {1, 2, 4, 4, 8, 4, 8};
enum { TYPES = sizeof type_size / sizeof *type_size };

static size_t round_up(size_t size) {
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

/* ---- building ---------------------------------------------------------------------- */

static int find_entry(const gn_file *file, const char *key) {
    for (int i = 0; i < file->entries; i++)
        if (strcmp(file->entry[i].key, key) == 0) return i;
    return -1;
}

static int find_array(const gn_file *file, const char *name) {
    for (int i = 0; i < file->arrays; i++)
        if (strcmp(file->array[i].name, name) == 0) return i;
    return -1;
}

/* Appends an entry that the caller has checked. */
static gn_status append_entry(gn_file *file, const char *key, const char *value) {
    if (file->entries == GN_FILE_KEYS_MAX)
        return gn_fail(GN_EUSAGE, "%s: more than %d header keys", file->path, GN_FILE_KEYS_MAX);
    entry *grown = realloc(file->entry, (size_t)(file->entries + 1) * sizeof *grown);
    if (!grown) return gn_fail(GN_EIO, "%s: out of memory", file->path);
    file->entry = grown;
    entry item = {strdup(key), strdup(value)};
    if (!item.key || !item.value) {
        free(item.key);
        free(item.value);
        return gn_fail(GN_EIO, "%s: out of memory", file->path);
    }
    file->entry[file->entries++] = item;
    return GN_OK;
}

static gn_status append_array(gn_file *file, const array *item) {
    if (file->arrays == GN_FILE_ARRAYS_MAX)
        return gn_fail(GN_EUSAGE, "%s: more than %d arrays", file->path, GN_FILE_ARRAYS_MAX);
    array *grown = realloc(file->array, (size_t)(file->arrays + 1) * sizeof *grown);
    if (!grown) return gn_fail(GN_EIO, "%s: out of memory", file->path);
    file->array = grown;
    grown[file->arrays] = *item;
    grown[file->arrays].name = strdup(item->name);
    if (!grown[file->arrays].name) return gn_fail(GN_EIO, "%s: out of memory", file->path);
    file->arrays++;
    return GN_OK;
}

static gn_file *new_file(const char *path) {
    gn_file *file = calloc(1, sizeof *file);
    if (file) file->path = strdup(path);
    if (file && file->path) return file;
    free(file);
    gn_fail(GN_EIO, "%s: out of memory", path);
    return NULL;
}

gn_file *gn_file_new(const char *kind) {
    gn_file *file = new_file("(new file)");
    if (file && append_entry(file, "kind", kind)) {
        gn_file_free(file);
        return NULL;
    }
    return file;
}

void gn_file_free(gn_file *file) {
    if (!file) return;
    for (int i = 0; i < file->entries; i++) {
        free(file->entry[i].key);
        free(file->entry[i].value);
    }
    for (int i = 0; i < file->arrays; i++)
        free(file->array[i].name);
    free(file->entry);
    free(file->array);
    free(file->image);
    free(file->path);
    free(file);
}

/* Keys that the format itself uses. */
static bool is_reserved(const char *key) {
    return strcmp(key, "kind") == 0 || strncmp(key, "array.", 6) == 0;
}

static gn_status set(gn_file *file, const char *key, const char *value) {
    if (!gn_is_key(key) || is_reserved(key) || strlen(key) > GN_FILE_KEY_LENGTH_MAX)
        return gn_fail(GN_EUSAGE, "header key '%s': expected up to %d of a-z 0-9 _ . -, not kind or array.", key,
                       GN_FILE_KEY_LENGTH_MAX);
    if (!gn_is_printable(value) || strlen(value) > GN_FILE_VALUE_LENGTH_MAX)
        return gn_fail(GN_EUSAGE, "header key %s: the value '%s' is not up to %d printable ASCII characters", key,
                       value, GN_FILE_VALUE_LENGTH_MAX);
    int old = find_entry(file, key);
    if (old < 0) return append_entry(file, key, value);
    char *copy = strdup(value);
    if (!copy) return gn_fail(GN_EIO, "%s: out of memory", file->path);
    free(file->entry[old].value);
    file->entry[old].value = copy;
    return GN_OK;
}

gn_status gn_file_set(gn_file *file, const char *key, const char *format, ...) {
    char *value = NULL;
    va_list list;
    va_start(list, format);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size >= 0) value = malloc((size_t)size + 1);
    if (!value) return gn_fail(GN_EIO, "%s: out of memory", file->path);
    va_start(list, format);
    vsnprintf(value, (size_t)size + 1, format, list);
    va_end(list);
    gn_status status = set(file, key, value);
    free(value);
    return status;
}

/* Bytes of the array; false when an extent is 0 or the product overflows. */
static bool array_bytes(gn_type type, int rank, const size_t *shape, size_t *bytes) {
    *bytes = type_size[type];
    for (int i = 0; i < rank; i++)
        if (shape[i] == 0 || __builtin_mul_overflow(*bytes, shape[i], bytes)) return false;
    return *bytes <= SIZE_MAX / 4;
}

gn_status gn_file_add(gn_file *file, const char *name, gn_type type, int rank, const size_t *shape, const void *data) {
    array item = {.type = type, .rank = rank, .data = data};
    if (!gn_is_key(name) || strlen(name) > GN_FILE_KEY_LENGTH_MAX)
        return gn_fail(GN_EUSAGE, "array name '%s': expected up to %d of a-z 0-9 _ . -", name, GN_FILE_KEY_LENGTH_MAX);
    if ((unsigned)type >= TYPES || rank < 1 || rank > GN_RANK_MAX || !data)
        return gn_fail(GN_EUSAGE, "array %s: type %d, rank %d, accepted 0..%d and 1..%d", name, (int)type, rank,
                       TYPES - 1, GN_RANK_MAX);
    if (!array_bytes(type, rank, shape, &item.bytes))
        return gn_fail(GN_EUSAGE, "array %s: empty or larger than memory", name);
    if (find_array(file, name) >= 0) return gn_fail(GN_EUSAGE, "array %s: added twice", name);
    memcpy(item.shape, shape, (size_t)rank * sizeof *shape);
    item.name = (char *)name; /* copied by append_array */
    return append_array(file, &item);
}

/* ---- writing ----------------------------------------------------------------------- */

/* The text header; *data_size becomes the padded size of all arrays. */
static gn_status make_header(const gn_file *file, gn_text *text, size_t *data_size) {
    size_t offset = 0;
    for (int i = 0; i < file->entries; i++)
        gn_text_format(text, "%s\t%s\n", file->entry[i].key, file->entry[i].value);
    for (int i = 0; i < file->arrays; i++) {
        const array *item = &file->array[i];
        gn_text_format(text, "array.%s\t%s ", item->name, type_name[item->type]);
        for (int d = 0; d < item->rank; d++)
            gn_text_format(text, d ? "x%zu" : "%zu", item->shape[d]);
        gn_text_format(text, " %zu\n", offset);
        offset += round_up(item->bytes);
    }
    if (text->status) return text->status;
    if (text->size > GN_FILE_HEADER_MAX)
        return gn_fail(GN_EUSAGE, "%s: a header of %zu bytes, accepted at most %d", file->path, text->size,
                       GN_FILE_HEADER_MAX);
    *data_size = offset;
    return GN_OK;
}

/* Writes bytes and adds them to the hash. */
static void put(gn_writer *writer, XXH3_state_t *hash, const void *bytes, size_t size) {
    gn_writer_add(writer, bytes, size);
    XXH3_128bits_update(hash, bytes, size);
}

static void put_padding(gn_writer *writer, XXH3_state_t *hash, size_t size) {
    static const char zero[ALIGN];
    put(writer, hash, zero, round_up(size) - size);
}

gn_status gn_file_write(const gn_file *file, const char *path) {
    gn_text header = {0};
    size_t data_size = 0;
    gn_writer *writer = NULL;
    XXH3_state_t *hash = NULL;
    gn_status status = make_header(file, &header, &data_size);
    if (status) goto done;
    hash = XXH3_createState();
    if (!hash) {
        status = gn_fail(GN_EIO, "%s: out of memory", path);
        goto done;
    }
    status = gn_writer_open(path, &writer);
    if (status) goto done;

    preamble start = {.mark = BYTE_ORDER_MARK, .major = MAJOR, .minor = MINOR};
    memcpy(start.magic, magic, sizeof magic);
    start.header = header.size;
    start.file = round_up(PREAMBLE + header.size) + data_size + TRAILER;
    XXH3_128bits_reset(hash);
    put(writer, hash, &start, sizeof start);
    put(writer, hash, header.byte, header.size);
    put_padding(writer, hash, PREAMBLE + header.size);
    for (int i = 0; i < file->arrays; i++) {
        put(writer, hash, file->array[i].data, file->array[i].bytes);
        put_padding(writer, hash, file->array[i].bytes);
    }
    XXH128_canonical_t trailer;
    XXH128_canonicalFromHash(&trailer, XXH3_128bits_digest(hash));
    gn_writer_add(writer, &trailer, sizeof trailer);
    status = gn_writer_close(writer);
done:
    XXH3_freeState(hash);
    free(header.byte);
    return status;
}

/* ---- reading ----------------------------------------------------------------------- */

/* Checks what does not depend on the text header: magic, byte order, version, lengths, hash. */
static gn_status check_frame(const char *path, const unsigned char *image, size_t size, preamble *start) {
    if (size < sizeof magic || memcmp(image, magic, sizeof magic) != 0)
        return gn_fail(GN_EFILE, "%s: not a gridnav file (its first 8 bytes differ)", path);
    if (size < PREAMBLE + TRAILER)
        return gn_fail(GN_EFILE, "%s: cut short: %zu bytes, expected at least %d", path, size, PREAMBLE + TRAILER);
    memcpy(start, image, sizeof *start);
    if (start->mark != BYTE_ORDER_MARK)
        return gn_fail(GN_EFILE, "%s: byte order mark %08x, expected %08x", path, (unsigned)start->mark,
                       (unsigned)BYTE_ORDER_MARK);
    if (start->major != MAJOR)
        return gn_fail(GN_EFILE, "%s: format version %u.%u, this program reads %d.x", path, start->major, start->minor,
                       MAJOR);
    if (start->file != size)
        return gn_fail(GN_EFILE, "%s: %s: %zu bytes, expected %llu", path,
                       size < start->file ? "cut short" : "bytes after the end", size, (unsigned long long)start->file);
    XXH128_canonical_t trailer;
    memcpy(&trailer, image + size - TRAILER, sizeof trailer);
    XXH128_hash_t stored = XXH128_hashFromCanonical(&trailer);
    if (!XXH128_isEqual(stored, XXH3_128bits(image, size - TRAILER)))
        return gn_fail(GN_EFILE, "%s: damaged: its hash does not match its content", path);
    if (start->header == 0 || start->header > GN_FILE_HEADER_MAX || start->header > size - PREAMBLE - TRAILER)
        return gn_fail(GN_EFILE, "%s: header of %llu bytes, expected 1..%d within the file", path,
                       (unsigned long long)start->header, GN_FILE_HEADER_MAX);
    return GN_OK;
}

/* Reads digits without leading zeros that end with the character `stop`; *text is then what follows it. */
static bool take_number(const char **text, char stop, size_t *number) {
    const char *c = *text;
    if (*c < '0' || *c > '9' || (*c == '0' && c[1] != stop)) return false;
    for (*number = 0; *c >= '0' && *c <= '9'; c++)
        if (__builtin_mul_overflow(*number, (size_t)10, number) ||
            __builtin_add_overflow(*number, (size_t)(*c - '0'), number))
            return false;
    if (*c != stop) return false;
    *text = stop ? c + 1 : c;
    return true;
}

/* Parses type, shape and offset, such as "f32 100x2 64". */
static bool parse_array(const char *text, array *item, size_t *offset) {
    size_t width = strcspn(text, " ");
    int type = 0;
    while (type < TYPES && (strlen(type_name[type]) != width || memcmp(type_name[type], text, width) != 0))
        type++;
    if (type == TYPES || text[width] != ' ') return false;
    item->type = (gn_type)type;
    text += width + 1;
    item->rank = 0;
    for (bool more = true; more;) {
        if (item->rank == GN_RANK_MAX) return false;
        size_t digits = strspn(text, "0123456789");
        more = text[digits] == 'x';
        if (!take_number(&text, more ? 'x' : ' ', &item->shape[item->rank++])) return false;
    }
    return take_number(&text, '\0', offset) && array_bytes(item->type, item->rank, item->shape, &item->bytes);
}

/* Arrays are stored in the order of their header lines without gaps, so each offset can be checked: this one must begin
 * at *end, which becomes the offset of the next. */
static gn_status read_array(gn_file *file, const char *name, const char *value, const unsigned char *data,
                            size_t data_size, size_t *end) {
    array item = {.name = (char *)name};
    size_t offset;
    if (!gn_is_key(name) || strlen(name) > GN_FILE_KEY_LENGTH_MAX || find_array(file, name) >= 0)
        return gn_fail(GN_EFILE, "%s: array '%s': a wrong name or a second one of this name", file->path, name);
    if (!parse_array(value, &item, &offset))
        return gn_fail(GN_EFILE, "%s: array %s: '%s', expected TYPE EXTENTx... OFFSET", file->path, name, value);
    if (offset != *end || offset > data_size || item.bytes > data_size - offset)
        return gn_fail(GN_EFILE, "%s: array %s: %zu bytes at %zu, expected at %zu and within %zu", file->path, name,
                       item.bytes, offset, *end, data_size);
    item.data = data + offset;
    *end = offset + round_up(item.bytes); /* cannot overflow: see array_bytes */
    if (*end > data_size) *end = data_size + 1;
    for (size_t i = offset + item.bytes; i < *end && i < data_size; i++)
        if (data[i]) return gn_fail(GN_EFILE, "%s: array %s: padding is not zero", file->path, name);
    return append_array(file, &item);
}

/* Reads one header line that was split into key and value. */
static gn_status read_line(gn_file *file, const char *key, const char *value, const unsigned char *data,
                           size_t data_size, size_t *end) {
    bool is_array = strncmp(key, "array.", 6) == 0;
    if (!gn_is_key(key) || !gn_is_printable(value) || (!is_array && file->arrays > 0) ||
        (strcmp(key, "kind") == 0) != (file->entries == 0) || find_entry(file, key) >= 0 ||
        strlen(key) > GN_FILE_KEY_LENGTH_MAX + 6 || strlen(value) > GN_FILE_VALUE_LENGTH_MAX)
        return gn_fail(GN_EFILE, "%s: header key '%.80s': malformed, repeated or out of order", file->path, key);
    if (is_array) return read_array(file, key + 6, value, data, data_size, end);
    return append_entry(file, key, value);
}

static gn_status read_header(gn_file *file, char *text, size_t size, const unsigned char *data, size_t data_size) {
    size_t end = 0;
    if (text[size - 1] != '\n' || memchr(text, '\0', size))
        return gn_fail(GN_EFILE, "%s: header: not text that ends with a line", file->path);
    for (char *line = text; line < text + size;) {
        char *stop = memchr(line, '\n', (size_t)(text + size - line));
        char *tab = memchr(line, '\t', (size_t)(stop - line));
        if (!tab) return gn_fail(GN_EFILE, "%s: header: a line without a tab", file->path);
        *stop = *tab = '\0';
        gn_status status = read_line(file, line, tab + 1, data, data_size, &end);
        if (status == GN_EUSAGE) status = GN_EFILE; /* append_*() found it above a limit */
        if (status) return status;
        line = stop + 1;
    }
    if (end != data_size)
        return gn_fail(GN_EFILE, "%s: %zu bytes of data, its arrays take %zu", file->path, data_size, end);
    return GN_OK;
}

/* The image (from gn_alloc(), thus aligned) belongs to the result; it is freed here when parsing fails. */
static gn_status parse_owned(const char *path, void *image, size_t size, const char *kind, gn_file **result) {
    preamble start;
    gn_file *file = new_file(path);
    gn_status status;
    *result = NULL;
    if (!file) {
        free(image);
        return GN_EIO;
    }
    file->image = image;
    status = check_frame(path, image, size, &start);
    if (status) goto fail;
    char *text = (char *)image + PREAMBLE;
    size_t text_size = (size_t)start.header, data = round_up(PREAMBLE + text_size);
    status = GN_EFILE;
    if (data > size - TRAILER) {
        gn_fail(GN_EFILE, "%s: header of %zu bytes does not fit into %zu", path, text_size, size);
        goto fail;
    }
    for (size_t i = PREAMBLE + text_size; i < data; i++)
        if (((char *)image)[i]) {
            gn_fail(GN_EFILE, "%s: padding after the header is not zero", path);
            goto fail;
        }
    status = read_header(file, text, text_size, (unsigned char *)image + data, size - TRAILER - data);
    if (status) goto fail;
    if (kind && strcmp(kind, gn_file_kind(file)) != 0) {
        status = gn_fail(GN_EFILE, "%s: a file of kind %s, expected %s", path, gn_file_kind(file), kind);
        goto fail;
    }
    *result = file;
    return GN_OK;
fail:
    gn_file_free(file);
    return status;
}

gn_status gn_file_read(const char *path, const char *kind, gn_file **file) {
    void *image;
    size_t size;
    *file = NULL;
    gn_status status = gn_read_whole(path, &image, &size);
    return status ? status : parse_owned(path, image, size, kind, file);
}

gn_status gn_file_parse(const void *bytes, size_t size, const char *path, const char *kind, gn_file **file) {
    *file = NULL;
    void *image = gn_alloc(size, 1);
    if (!image) return GN_EIO;
    if (size) memcpy(image, bytes, size);
    return parse_owned(path, image, size, kind, file);
}

/* ---- access ------------------------------------------------------------------------ */

const char *gn_file_path(const gn_file *file) {
    return file->path;
}

const char *gn_file_kind(const gn_file *file) {
    return file->entry[0].value;
}

const char *gn_file_get(const gn_file *file, const char *key) {
    int i = find_entry(file, key);
    return i < 0 ? NULL : file->entry[i].value;
}

static gn_status get(const gn_file *file, const char *key, const char **value) {
    *value = gn_file_get(file, key);
    if (*value) return GN_OK;
    return gn_fail(GN_EFILE, "%s: header key %s is missing", file->path, key);
}

gn_status gn_file_get_int(const gn_file *file, const char *key, int64_t min, int64_t max, int64_t *result) {
    const char *value;
    gn_status status = get(file, key, &value);
    if (status) return status;
    if (!gn_parse_int(value, result) || *result < min || *result > max)
        return gn_fail(GN_EFILE, "%s: header key %s is %s, expected an integer in %lld..%lld", file->path, key, value,
                       (long long)min, (long long)max);
    return GN_OK;
}

gn_status gn_file_get_real(const gn_file *file, const char *key, double min, double max, double *result) {
    const char *value;
    gn_status status = get(file, key, &value);
    if (status) return status;
    if (!gn_parse_real(value, result) || *result < min || *result > max)
        return gn_fail(GN_EFILE, "%s: header key %s is %s, expected a number in %g..%g", file->path, key, value, min,
                       max);
    return GN_OK;
}

gn_status gn_file_get_choice(const gn_file *file, const char *key, const char *choices, int *result) {
    const char *value;
    gn_status status = get(file, key, &value);
    if (status) return status;
    *result = gn_parse_choice(value, choices);
    if (*result < 0)
        return gn_fail(GN_EFILE, "%s: header key %s is %s, expected one of %s", file->path, key, value, choices);
    return GN_OK;
}

/* Writes a shape as "100x2", with N for an extent that may have any value. */
static const char *shape_text(int rank, const size_t *shape, char text[], size_t room) {
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < rank && used < room; i++)
        used += (size_t)(shape[i] ? snprintf(text + used, room - used, i ? "x%zu" : "%zu", shape[i])
                                  : snprintf(text + used, room - used, i ? "xN" : "N"));
    return text;
}

gn_status gn_file_array(const gn_file *file, const char *name, gn_type type, int rank, size_t *shape,
                        const void **data) {
    int i = find_array(file, name);
    if (i < 0) return gn_fail(GN_EFILE, "%s: array %s is missing", file->path, name);
    const array *item = &file->array[i];
    bool fits = item->type == type && item->rank == rank;
    for (int d = 0; fits && d < rank; d++)
        fits = shape[d] == 0 || shape[d] == item->shape[d];
    if (!fits) {
        char found[128], expected[128];
        return gn_fail(GN_EFILE, "%s: array %s is %s %s, expected %s %s", file->path, name, type_name[item->type],
                       shape_text(item->rank, item->shape, found, sizeof found), type_name[type],
                       shape_text(rank, shape, expected, sizeof expected));
    }
    memcpy(shape, item->shape, (size_t)rank * sizeof *shape);
    *data = item->data;
    return GN_OK;
}

gn_status gn_file_floats(const gn_file *file, const char *name, int rank, size_t *shape, const float **data) {
    const void *found = NULL;
    gn_status status = gn_file_array(file, name, GN_F32, rank, shape, &found);
    *data = found;
    return status;
}

const char *gn_file_key(const gn_file *file, int i, const char **value) {
    if (i < 0 || i >= file->entries) return NULL;
    if (value) *value = file->entry[i].value;
    return file->entry[i].key;
}

const char *gn_file_array_at(const gn_file *file, int i, gn_type *type, int *rank, size_t *shape, const void **data) {
    if (i < 0 || i >= file->arrays) return NULL;
    const array *item = &file->array[i];
    if (type) *type = item->type;
    if (rank) *rank = item->rank;
    if (shape) memcpy(shape, item->shape, (size_t)item->rank * sizeof *shape);
    if (data) *data = item->data;
    return item->name;
}

const char *gn_type_name(gn_type type) {
    return type_name[type];
}

size_t gn_type_size(gn_type type) {
    return type_size[type];
}

gn_status gn_file_copy_keys(gn_file *to, const gn_file *from, const char *prefix) {
    for (int i = 1; i < from->entries; i++) { /* all but the kind */
        if (strncmp(from->entry[i].key, prefix, strlen(prefix)) != 0) continue;
        gn_status status = set(to, from->entry[i].key, from->entry[i].value);
        if (status) return status;
    }
    return GN_OK;
}
