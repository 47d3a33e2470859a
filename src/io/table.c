/* Reading tables. data/README.md describes the format. */
#include "io/table_format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/container_limits.h"
#include "io/table.h"
#include "io/write.h"

enum { COLUMNS_MAX = 4096 };

struct gn_table {
    char *path;
    char *text;          /* the file, its tabs and line ends replaced by NULs; the pointers below lead into it */
    char **key, **value; /* (keys) */
    char **column;       /* (columns) */
    char **cell;         /* (rows, columns) */
    size_t rows, cells, room;
    int keys, columns;
};

void gn_table_free(gn_table *table) {
    if (!table) return;
    free(table->path);
    free(table->text);
    free(table->key);
    free(table->value);
    free(table->column);
    free(table->cell);
    free(table);
}

/* Reads a line "# key: value". Other lines that begin with # are comments. */
static gn_status read_key(gn_table *table, char *line) {
    char *key = line + 1 + strspn(line + 1, " ");
    char *colon = strchr(key, ':');
    if (!colon) return GN_OK;
    *colon = '\0';
    if (!gn_is_key(key)) return GN_OK;
    if (table->keys == GN_FILE_KEYS_MAX || gn_table_key(table, key))
        return gn_fail(GN_EFILE, "%s: key %s: repeated, or more than %d keys", table->path, key, GN_FILE_KEYS_MAX);
    size_t bytes = (size_t)(table->keys + 1) * sizeof(char *);
    char **keys = realloc(table->key, bytes);
    if (keys) table->key = keys;
    char **values = realloc(table->value, bytes);
    if (values) table->value = values;
    if (!keys || !values) return gn_fail(GN_EIO, "%s: out of memory", table->path);
    keys[table->keys] = key;
    values[table->keys++] = colon + 1 + strspn(colon + 1, " ");
    return GN_OK;
}

static gn_status read_columns(gn_table *table, char *line) {
    int columns = 1;
    for (const char *c = line; *c; c++)
        columns += *c == '\t';
    if (columns > COLUMNS_MAX)
        return gn_fail(GN_EFILE, "%s: %d columns, accepted at most %d", table->path, columns, COLUMNS_MAX);
    table->column = calloc((size_t)columns, sizeof *table->column);
    if (!table->column) return gn_fail(GN_EIO, "%s: out of memory", table->path);
    for (char *rest = line, *name; (name = strsep(&rest, "\t"));) {
        if (!*name) return gn_fail(GN_EFILE, "%s: column %d has no name", table->path, table->columns + 1);
        table->column[table->columns++] = name;
    }
    if (gn_repeated_name(table->column, table->columns))
        return gn_fail(GN_EFILE, "%s: two columns of one name", table->path);
    return GN_OK;
}

static gn_status read_row(gn_table *table, char *line) {
    int cells = 0;
    size_t need = table->cells + (size_t)table->columns;
    if (need > table->room) {
        size_t room = 2 * need + 256;
        char **cell = realloc(table->cell, room * sizeof *cell);
        if (!cell) return gn_fail(GN_EIO, "%s: out of memory", table->path);
        table->cell = cell;
        table->room = room;
    }
    for (char *rest = line, *cell; (cell = strsep(&rest, "\t")); cells++)
        if (cells < table->columns) table->cell[table->cells + (size_t)cells] = cell;
    if (cells != table->columns)
        return gn_fail(GN_EFILE, "%s: row %zu has %d cells, expected %d", table->path, table->rows + 1, cells,
                       table->columns);
    table->cells = need;
    table->rows++;
    return GN_OK;
}

/* Splits the first `size` bytes of the text into lines and cells in place. A last line without a line end is ended by a
 * NUL at byte `size`. */
static gn_status read_lines(gn_table *table, size_t size, bool comments) {
    for (char *line = table->text, *end = line + size, *stop; line < end; line = stop + 1) {
        gn_status status;
        stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        *stop = '\0';
        if (line[0] == '#' && table->columns && !comments)
            status = gn_fail(GN_EFILE, "%s: row %zu begins with '#'", table->path, table->rows + 1);
        else if (line[0] == '#')
            status = table->columns ? GN_OK : read_key(table, line);
        else if (!*line && comments)
            status = GN_OK;
        else
            status = table->columns ? read_row(table, line) : read_columns(table, line);
        if (status) return status;
    }
    if (!table->columns) return gn_fail(GN_EFILE, "%s: no row of column names", table->path);
    return GN_OK;
}

/* Refuses control characters other than tabs and line ends. */
static gn_status check_text(const char *path, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
            return gn_fail(GN_EFILE, "%s: not a table: byte %02x at %zu", path, c, i);
    }
    return GN_OK;
}

/* Finds the beginning of the last line, which must be the "# end:" line. */
static gn_status find_end(const char *path, const char *text, size_t size, size_t *end) {
    static const char first[] = "# format: ", last[] = "# end: ";
    if (size < sizeof first || memcmp(text, first, sizeof first - 1) != 0)
        return gn_fail(GN_EFILE, "%s: not a gridnav table (no '# format:' line)", path);
    *end = size - 1;
    while (*end > 0 && text[*end - 1] != '\n')
        --*end;
    if (text[size - 1] != '\n' || size - *end < sizeof last || memcmp(text + *end, last, sizeof last - 1) != 0)
        return gn_fail(GN_EFILE, "%s: cut short: no '# end:' line", path);
    return GN_OK;
}

static gn_status check_kind(const gn_table *table, const char *kind) {
    const char *found = gn_table_key(table, "kind");
    if (kind && (!found || strcmp(found, kind) != 0))
        return gn_fail(GN_EFILE, "%s: a table of kind %s, expected %s", table->path, found ? found : "(none)", kind);
    return GN_OK;
}

static gn_status parse_whole(gn_table *table, size_t size, const char *kind) {
    size_t end = 0;
    char hex[33];
    gn_status status = find_end(table->path, table->text, size, &end);
    if (status) return status;
    gn_hash_bytes(table->text, end, hex);
    const char *stored = table->text + size - 33;
    if (size - end < 40 || memcmp(stored, hex, 32) != 0)
        return gn_fail(GN_EFILE, "%s: damaged or edited: its hash does not match its content", table->path);
    char *last = strdup(table->text + end);
    if (!last) return gn_fail(GN_EIO, "%s: out of memory", table->path);
    status = check_text(table->path, table->text, end);
    table->text[end] = '\0';
    if (!status) status = read_lines(table, end, false);
    if (!status) {
        char expected[GN_TABLE_END];
        snprintf(expected, sizeof expected, "# end: %zu rows, xxh3-128 %s\n", table->rows, hex);
        if (strcmp(last, expected) != 0)
            status = gn_fail(GN_EFILE, "%s: last line is '%s', expected '%s'", table->path, last, expected);
    }
    free(last);
    const char *format = status ? NULL : gn_table_key(table, "format");
    if (!status && (!format || strcmp(format, GN_TABLE_FORMAT) != 0))
        status = gn_fail(GN_EFILE, "%s: format '%s', this program reads '%s'", table->path, format ? format : "",
                         GN_TABLE_FORMAT);
    return status ? status : check_kind(table, kind);
}

static gn_status parse_plain(gn_table *table, size_t size, const char *kind) {
    gn_status status = check_text(table->path, table->text, size);
    if (!status) status = read_lines(table, size, true);
    return status ? status : check_kind(table, kind);
}

/* The text (size bytes and a NUL) belongs to the result; it is freed here when parsing fails. */
static gn_status parse_owned(const char *path, char *text, size_t size, const char *kind, bool plain,
                             gn_table **result) {
    gn_table *table = calloc(1, sizeof *table);
    *result = NULL;
    if (!table || !(table->path = strdup(path))) {
        free(text);
        free(table);
        return gn_fail(GN_EIO, "%s: out of memory", path);
    }
    table->text = text;
    gn_status status = plain ? parse_plain(table, size, kind) : parse_whole(table, size, kind);
    if (status) {
        gn_table_free(table);
        return status;
    }
    *result = table;
    return GN_OK;
}

static gn_status read_table(const char *path, const char *kind, bool plain, gn_table **table) {
    void *text;
    size_t size;
    *table = NULL;
    gn_status status = gn_read_whole(path, &text, &size);
    return status ? status : parse_owned(path, text, size, kind, plain, table);
}

gn_status gn_table_read(const char *path, const char *kind, gn_table **table) {
    return read_table(path, kind, false, table);
}

gn_status gn_table_read_plain(const char *path, const char *kind, gn_table **table) {
    return read_table(path, kind, true, table);
}

gn_status gn_table_parse(const void *bytes, size_t size, const char *path, const char *kind, bool plain,
                         gn_table **table) {
    *table = NULL;
    char *text = malloc(size + 1);
    if (!text) return gn_fail(GN_EIO, "%s: out of memory", path);
    if (size) memcpy(text, bytes, size);
    text[size] = '\0';
    return parse_owned(path, text, size, kind, plain, table);
}

size_t gn_table_rows(const gn_table *table) {
    return table->rows;
}

int gn_table_columns(const gn_table *table) {
    return table->columns;
}

const char *gn_table_column_name(const gn_table *table, int column) {
    return column < 0 || column >= table->columns ? NULL : table->column[column];
}

const char *gn_table_key(const gn_table *table, const char *key) {
    for (int i = 0; i < table->keys; i++)
        if (strcmp(table->key[i], key) == 0) return table->value[i];
    return NULL;
}

const char *gn_table_key_at(const gn_table *table, int i, const char **value) {
    if (i < 0 || i >= table->keys) return NULL;
    if (value) *value = table->value[i];
    return table->key[i];
}

int gn_table_find_column(const gn_table *table, const char *name) {
    for (int i = 0; i < table->columns; i++)
        if (strcmp(table->column[i], name) == 0) return i;
    return -1;
}

gn_status gn_table_column(const gn_table *table, const char *name, int *column) {
    *column = gn_table_find_column(table, name);
    return *column < 0 ? gn_fail(GN_EFILE, "%s: column %s is missing", table->path, name) : GN_OK;
}

const char *gn_table_text(const gn_table *table, size_t row, int column) {
    if (row >= table->rows || column < 0 || column >= table->columns) abort();
    return table->cell[row * (size_t)table->columns + (size_t)column];
}

gn_status gn_table_double(const gn_table *table, size_t row, int column, double *value) {
    const char *text = gn_table_text(table, row, column);
    if (strcmp(text, "nan") == 0)
        *value = NAN;
    else if (strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0)
        *value = text[0] == '-' ? -INFINITY : INFINITY;
    else if (!gn_parse_real(text, value))
        return gn_fail(GN_EFILE, "%s: row %zu, column %s: '%.40s', expected a number, nan or inf", table->path, row + 1,
                       table->column[column], text);
    return GN_OK;
}
