/* Tables being written, and users' plain matrices. data/README.md describes the format. */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gn_file.h"
#include "gn_file_limits.h"
#include "gn_table.h"
#include "gn_text.h"
#include "gn_write.h"

struct gn_tsv {
    gn_text text;      /* the file so far */
    gn_text keys;      /* "\nkey\n" of each key, to find repeated ones */
    size_t rows;       /* finished ones */
    int columns, cell; /* cell: of the row being written */
    gn_status status;  /* the first failure of a cell */
};

void gn_table_end_line(char line[GN_TABLE_END], const void *bytes, size_t size, size_t rows) {
    char hex[33];
    gn_hash_bytes(bytes, size, hex);
    snprintf(line, GN_TABLE_END, "# end: %zu rows, xxh3-128 %s\n", rows, hex);
}

/* No control characters; bytes above 0x7e are other people's alphabets. */
static bool is_cell(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f) return false;
    return true;
}

bool gn_repeated_name(char *const *name, int count) {
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(name[i], name[k]) == 0) return true;
    return false;
}

gn_tsv *gn_tsv_new(const char *kind) {
    gn_tsv *table = calloc(1, sizeof *table);
    if (!table) {
        gn_fail(GN_EIO, "table %s: out of memory", kind);
        return NULL;
    }
    gn_text_format(&table->keys, "\nformat\nkind\n");
    if (gn_text_format(&table->text, "# format: %s\n# kind: %s\n", GN_TABLE_FORMAT, kind)) {
        gn_tsv_free(table);
        return NULL;
    }
    return table;
}

void gn_tsv_free(gn_tsv *table) {
    if (!table) return;
    free(table->text.byte);
    free(table->keys.byte);
    free(table);
}

gn_status gn_tsv_key(gn_tsv *table, const char *key, const char *format, ...) {
    gn_text needle = {0};
    gn_status status;
    va_list list;
    va_start(list, format);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *buffer = size < 0 ? NULL : malloc((size_t)size + 1);
    if (!buffer) return gn_fail(GN_EIO, "table key %s: out of memory", key);
    va_start(list, format);
    vsnprintf(buffer, (size_t)size + 1, format, list);
    va_end(list);
    gn_text_format(&needle, "\n%s\n", key);
    if (!gn_is_key(key) || !is_cell(buffer) || table->columns || strcmp(key, "end") == 0)
        status = gn_fail(GN_EUSAGE,
                         "table key %s: '%s': keys are a-z 0-9 _ . - and come before "
                         "the columns, values have no control characters",
                         key, buffer);
    else if (needle.status || strstr(table->keys.byte, needle.byte))
        status = gn_fail(GN_EUSAGE, "table key %s: given twice", key);
    else
        status = gn_text_format(&table->text, "# %s: %s\n", key, buffer);
    if (!status) status = gn_text_format(&table->keys, "%s\n", key);
    free(buffer);
    free(needle.byte);
    return status;
}

gn_status gn_tsv_columns(gn_tsv *table, const char *names) {
    if (table->columns) return gn_fail(GN_EUSAGE, "table: columns given twice");
    int columns = 1;
    for (const char *c = names; *c; c++)
        columns += *c == '\t';
    char *copy = strdup(names), **name = calloc((size_t)columns, sizeof *name), *rest = copy;
    gn_status status = GN_OK;
    if (!copy || !name) status = gn_fail(GN_EIO, "table: out of memory");
    for (int i = 0; !status && i < columns; i++) {
        name[i] = strsep(&rest, "\t");
        if (!*name[i] || !is_cell(name[i]) || name[i][0] == '#')
            status = gn_fail(GN_EUSAGE, "table: column %d: no name, or '#' before it", i + 1);
    }
    if (!status && gn_repeated_name(name, columns))
        status = gn_fail(GN_EUSAGE, "table: two columns of one name");
    if (!status) status = gn_text_format(&table->text, "%s\n", names);
    if (!status) table->columns = columns;
    free(name);
    free(copy);
    return status;
}

/* What stands before each cell but the first of a row. */
static void start_cell(gn_tsv *table) {
    if (table->cell++) gn_text_add(&table->text, "\t", 1);
}

void gn_tsv_int(gn_tsv *table, int64_t value) {
    start_cell(table);
    gn_text_format(&table->text, "%" PRId64, value);
}

/* printf would write -nan for some. */
static void add_real(gn_tsv *table, int digits, double value) {
    start_cell(table);
    if (isnan(value))
        gn_text_add(&table->text, "nan", 3);
    else
        gn_text_format(&table->text, "%.*g", digits, value);
}

void gn_tsv_float(gn_tsv *table, float value) {
    add_real(table, 9, value);
}

void gn_tsv_double(gn_tsv *table, double value) {
    add_real(table, 17, value);
}

void gn_tsv_text(gn_tsv *table, const char *value) {
    bool first = table->cell == 0;
    start_cell(table);
    if (!is_cell(value) || (first && value[0] == '#'))
        table->status = gn_fail(GN_EUSAGE,
                                "table: row %zu, column %d: '%s': no control characters,"
                                " no '#' at a row's start",
                                table->rows + 1, table->cell, value);
    gn_text_add(&table->text, value, strlen(value));
}

gn_status gn_tsv_end_row(gn_tsv *table) {
    if (table->status) return table->status;
    if (table->text.status) return table->text.status;
    if (!table->columns || table->cell != table->columns)
        return table->status = gn_fail(GN_EUSAGE, "table: row %zu has %d cells, expected %d",
                                       table->rows + 1, table->cell, table->columns);
    table->cell = 0;
    table->rows++;
    return gn_text_add(&table->text, "\n", 1);
}

gn_status gn_tsv_write(const gn_tsv *table, const char *path) {
    char end[GN_TABLE_END];
    gn_writer *writer;
    gn_status status = table->status ? table->status : table->text.status;
    if (!status && (table->cell || !table->columns))
        status = gn_fail(GN_EUSAGE, "%s: a table without columns or with an unfinished row",
                         path ? path : "standard output");
    if (!status) status = path ? gn_writer_open(path, &writer) : gn_writer_stdout(&writer);
    if (status) return status;
    gn_table_end_line(end, table->text.byte, table->text.size, table->rows);
    gn_writer_add(writer, table->text.byte, table->text.size);
    gn_writer_add(writer, end, strlen(end));
    return gn_writer_close(writer);
}

/* ---- users' matrices ------------------------------------------------------------------ */

typedef struct {
    double *value;
    size_t count, room;
} numbers;

static gn_status append(numbers *list, double value) {
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 256;
        double *grown = realloc(list->value, room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory: %zu numbers", room);
        list->value = grown;
        list->room = room;
    }
    list->value[list->count++] = value;
    return GN_OK;
}

/* Reads one line's numbers. */
static gn_status read_row(const char *path, size_t line_number, char *line, numbers *list) {
    char *rest = line;
    for (char *word; (word = strsep(&rest, " \t\r"));) {
        double value = NAN;
        if (!*word) continue;
        if (strcasecmp(word, "nan") != 0 && !gn_parse_real(word, &value))
            return gn_fail(GN_EFILE, "%s: line %zu: '%.40s', expected a finite number or nan", path,
                           line_number, word);
        gn_status status = append(list, value);
        if (status) return status;
    }
    return GN_OK;
}

/* Changes `text`. */
static gn_status parse_matrix(const char *path, char *text, size_t size, size_t *rows,
                              size_t *columns, double **data) {
    numbers list = {0};
    gn_status status = GN_OK;
    size_t line_number = 0;
    *rows = *columns = 0;
    if (memchr(text, '\0', size))
        return gn_fail(GN_EFILE, "%s: not text: a NUL byte at %zu", path, strlen(text));
    char *rest = text;
    for (char *line; !status && (line = strsep(&rest, "\n"));) {
        size_t before = list.count;
        line_number++;
        if (line[0] == '#') continue;
        status = read_row(path, line_number, line, &list);
        size_t cells = list.count - before;
        if (status || cells == 0) continue; /* a line of blanks is no row */
        if (*rows == 0) *columns = cells;
        if (cells != *columns)
            status =
                gn_fail(GN_EFILE, "%s: line %zu: %zu numbers, expected %zu as in the first row",
                        path, line_number, cells, *columns);
        ++*rows;
    }
    if (!status && *rows == 0)
        status = gn_fail(GN_EFILE, "%s: no numbers, expected a matrix of at least one", path);
    if (status) {
        free(list.value);
        return status;
    }
    *data = list.value;
    return GN_OK;
}

gn_status gn_matrix_parse(const void *bytes, size_t size, const char *path, size_t *rows,
                          size_t *columns, double **data) {
    *data = NULL;
    char *text = malloc(size + 1);
    if (!text) return gn_fail(GN_EIO, "%s: out of memory", path);
    if (size) memcpy(text, bytes, size);
    text[size] = '\0';
    gn_status status = parse_matrix(path, text, size, rows, columns, data);
    free(text);
    return status;
}

gn_status gn_matrix_read(const char *path, size_t *rows, size_t *columns, double **data) {
    void *text;
    size_t size;
    *data = NULL;
    gn_status status = gn_read_whole(path, &text, &size);
    if (status) return status;
    status = parse_matrix(path, text, size, rows, columns, data);
    free(text);
    return status;
}

gn_status gn_matrix_write(const char *path, size_t rows, size_t columns, const double *data) {
    gn_writer *writer;
    gn_status status = gn_writer_open(path, &writer);
    if (status) return status;
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++) {
            double value = data[i * columns + k];
            char cell[40];
            int size = isnan(value) ? snprintf(cell, sizeof cell, "nan")
                                    : snprintf(cell, sizeof cell, "%.17g", value);
            cell[size++] = k + 1 < columns ? '\t' : '\n';
            gn_writer_add(writer, cell, (size_t)size);
        }
    return gn_writer_close(writer);
}
