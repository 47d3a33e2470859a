/* Writing tables. data/README.md describes the format. */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/container_limits.h"
#include "io/table.h"
#include "io/table_format.h"
#include "io/write.h"

struct gn_tsv {
    gn_text text;      /* the file so far */
    gn_text keys;      /* "\nkey\n" for each key, to find repeated ones */
    size_t rows;       /* number of finished rows */
    int columns, cell; /* cell: number of cells written in the current row */
    gn_status status;  /* the first failure when a cell was written */
};

void gn_table_end_line(char line[GN_TABLE_END], const void *bytes, size_t size, size_t rows) {
    char hex[33];
    gn_hash_bytes(bytes, size, hex);
    snprintf(line, GN_TABLE_END, "# end: %zu rows, xxh3-128 %s\n", rows, hex);
}

/* A cell must have no control characters. Bytes above 0x7e are allowed: they are letters of UTF-8 text. */
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

gn_status gn_tsv_copy_keys(gn_tsv *tsv, const gn_file *file, const char *const *prefix) {
    gn_status status = GN_OK;
    const char *key, *value;
    for (int i = 0; !status && (key = gn_file_key(file, i, &value)) != NULL; i++)
        for (const char *const *p = prefix; !status && *p; p++)
            if (strncmp(key, *p, strlen(*p)) == 0) {
                status = gn_tsv_key(tsv, key, "%s", value);
                break;
            }
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
    if (!status && gn_repeated_name(name, columns)) status = gn_fail(GN_EUSAGE, "table: two columns of one name");
    if (!status) status = gn_text_format(&table->text, "%s\n", names);
    if (!status) table->columns = columns;
    free(name);
    free(copy);
    return status;
}

/* Writes the tab before a cell that is not the first of its row. */
static void start_cell(gn_tsv *table) {
    if (table->cell++) gn_text_add(&table->text, "\t", 1);
}

void gn_tsv_int(gn_tsv *table, int64_t value) {
    start_cell(table);
    gn_text_format(&table->text, "%" PRId64, value);
}

/* Writes nan itself, as printf() writes -nan for some. */
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
        return table->status = gn_fail(GN_EUSAGE, "table: row %zu has %d cells, expected %d", table->rows + 1,
                                       table->cell, table->columns);
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
