#include "io/matrix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "io/write.h"

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
            return gn_fail(GN_EFILE, "%s: line %zu: '%.40s', expected a finite number or nan", path, line_number, word);
        gn_status status = append(list, value);
        if (status) return status;
    }
    return GN_OK;
}

/* Changes `text`. */
static gn_status parse_matrix(const char *path, char *text, size_t size, size_t *rows, size_t *columns, double **data) {
    numbers list = {0};
    gn_status status = GN_OK;
    size_t line_number = 0;
    *rows = *columns = 0;
    if (memchr(text, '\0', size)) return gn_fail(GN_EFILE, "%s: not text: a NUL byte at %zu", path, strlen(text));
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
            status = gn_fail(GN_EFILE, "%s: line %zu: %zu numbers, expected %zu as in the first row", path, line_number,
                             cells, *columns);
        ++*rows;
    }
    if (!status && *rows == 0) status = gn_fail(GN_EFILE, "%s: no numbers, expected a matrix of at least one", path);
    if (status) {
        free(list.value);
        return status;
    }
    *data = list.value;
    return GN_OK;
}

gn_status gn_matrix_parse(const void *bytes, size_t size, const char *path, size_t *rows, size_t *columns,
                          double **data) {
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
            int size = isnan(value) ? snprintf(cell, sizeof cell, "nan") : snprintf(cell, sizeof cell, "%.17g", value);
            cell[size++] = k + 1 < columns ? '\t' : '\n';
            gn_writer_add(writer, cell, (size_t)size);
        }
    return gn_writer_close(writer);
}
