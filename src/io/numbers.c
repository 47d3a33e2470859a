#include "io/numbers.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "io/numbers_format.h"
#include "io/write.h"

/* ---- columns by name or number -------------------------------------------------------- */

/* Units that may follow a column's name, as in "x (cm)", "time_s", "y.px". */
static const char units[] = "|s|sec|second|seconds|ms|us|ns|min|frame|frames|m|mm|cm|um|px|pixel|pixels|";

static bool is_one_of(const char *word, size_t length, const char *list) {
    char wanted[40];
    if (length + 3 > sizeof wanted) return false;
    snprintf(wanted, sizeof wanted, "|%.*s|", (int)length, word);
    for (char *c = wanted; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return strstr(list, wanted) != NULL;
}

/* Whether a header row's label is one of the words "t|time|...", in any case and with or without a unit. */
static bool is_called(const char *label, const char *words) {
    char list[256];
    snprintf(list, sizeof list, "|%s|", words);
    const size_t head = strcspn(label, " ([_./");
    const char *unit = label + head + strspn(label + head, " ([_./");
    size_t tail = strlen(unit);
    while (tail > 0 && strchr(" )].", unit[tail - 1]))
        tail--;
    return is_one_of(label, head, list) && (tail == 0 || is_one_of(unit, tail, units));
}

/* Adds the names of the columns that are wanted to an error message: "t, x, y". */
static void add_wanted(gn_text *text, const gn_numbers_wanted *wanted) {
    for (int i = 0; i < wanted->count; i++)
        gn_text_format(text, "%s%.*s", i ? ", " : "", (int)strcspn(wanted->name[i], "|"), wanted->name[i]);
}

/* Adds the file's columns to an error message: "columns 'a', 'b'", or "3 columns" when they have no names. */
static void add_columns(gn_text *text, size_t columns, char *const *label) {
    if (!label) gn_text_format(text, "%zu column%s", columns, columns == 1 ? "" : "s");
    for (size_t c = 0; label && c < columns && c < 12; c++)
        gn_text_format(text, "%s'%.24s'", c ? ", " : "columns ", label[c]);
    if (label && columns > 12) gn_text_format(text, " and %zu more", columns - 12);
}

/* The columns chosen so far, in order; `columns` is how many the file has. */
typedef struct {
    size_t *index, count, columns;
} choice;

static gn_status choose_column(const char *path, const gn_numbers_wanted *wanted, choice *c, size_t column) {
    for (size_t i = 0; i < c->count; i++)
        if (c->index[i] == column)
            return gn_fail(GN_EUSAGE, "%s: '%s': column %zu of %s twice", wanted->option, wanted->columns, column + 1,
                           path);
    c->index[c->count++] = column;
    return GN_OK;
}

/* Parses "3" or "2-11"; columns are counted from 1. */
static bool take_range(const char *word, size_t range[2]) {
    char *end;
    if (!isdigit((unsigned char)*word)) return false;
    range[0] = range[1] = strtoull(word, &end, 10);
    if (*end == '-' && isdigit((unsigned char)end[1])) range[1] = strtoull(end + 1, &end, 10);
    return *end == '\0';
}

/* Adds the column or columns that one word of the user's choice names. */
static gn_status choose_word(const char *path, const gn_numbers_wanted *wanted, char *const *label, const char *word,
                             choice *c) {
    size_t found = 0, column = 0, range[2];
    for (size_t i = 0; label && i < c->columns; i++)
        if (strcmp(label[i], word) == 0) {
            found++;
            column = i;
        }
    if (found > 1)
        return gn_fail(GN_EUSAGE, "%s: '%s': %zu columns of %s are called so, expected one (or its number)",
                       wanted->option, word, found, path);
    if (found == 1) return choose_column(path, wanted, c, column);
    if (take_range(word, range) && range[0] >= 1 && range[0] <= range[1] && range[1] <= c->columns) {
        gn_status status = GN_OK;
        for (size_t i = range[0]; !status && i <= range[1]; i++)
            status = choose_column(path, wanted, c, i - 1);
        return status;
    }
    gn_text there = {0};
    add_columns(&there, c->columns, label);
    gn_status status = there.status ? there.status
                                    : gn_fail(GN_EUSAGE, "%s: '%.40s' is no column of %s, which has %s", wanted->option,
                                              word, path, there.byte);
    free(there.byte);
    return status;
}

static gn_status choose_given(const char *path, const gn_numbers_wanted *wanted, char *const *label, choice *c) {
    char *list = strdup(wanted->columns), *rest = list;
    if (!list) return gn_fail(GN_EIO, "%s: out of memory", path);
    gn_status status = GN_OK;
    for (char *word; !status && (word = strsep(&rest, ","));) {
        word += strspn(word, " ");
        for (size_t end = strlen(word); end > 0 && word[end - 1] == ' ';)
            word[--end] = '\0';
        status = choose_word(path, wanted, label, word, c);
    }
    if (!status && wanted->count && c->count != (size_t)wanted->count)
        status = gn_fail(GN_EUSAGE, "%s: '%s': %zu columns, expected %d", wanted->option, wanted->columns, c->count,
                         wanted->count);
    free(list);
    return status;
}

/* Chooses columns by their labels; false when a wanted one is missing or occurs twice. *any is true when at least one
 * label was recognised. */
static bool choose_by_label(const gn_numbers_wanted *wanted, char *const *label, choice *c, bool *any) {
    bool all = true;
    *any = false;
    for (int i = 0; label && i < wanted->count; i++) {
        size_t found = 0;
        for (size_t column = 0; column < c->columns; column++)
            if (is_called(label[column], wanted->name[i])) {
                found++;
                c->index[i] = column;
            }
        *any = *any || found > 0;
        all = all && found == 1;
    }
    c->count = (size_t)wanted->count;
    return label && all;
}

static gn_status choose_wanted(const char *path, const gn_numbers_wanted *wanted, char *const *label, choice *c) {
    bool any;
    if (c->columns >= (size_t)wanted->count && choose_by_label(wanted, label, c, &any)) return GN_OK;
    if (c->columns == (size_t)wanted->count && (!label || !any)) {
        for (c->count = 0; c->count < c->columns; c->count++)
            c->index[c->count] = c->count;
        return GN_OK;
    }
    gn_text there = {0};
    gn_text_format(&there, "%s: ", path);
    add_columns(&there, c->columns, label);
    gn_text_format(&there, ", expected %d: ", wanted->count);
    add_wanted(&there, wanted);
    if (wanted->option) gn_text_format(&there, " (choose with %s)", wanted->option);
    gn_status status = there.status ? there.status : gn_fail(GN_EFILE, "%s", there.byte);
    free(there.byte);
    return status;
}

gn_status gn_numbers_choose(const char *path, const gn_numbers_wanted *wanted, size_t columns, char *const *label,
                            size_t **chosen, size_t *count) {
    const size_t room = columns > (size_t)wanted->count ? columns : (size_t)wanted->count;
    choice c = {.index = gn_alloc(room, sizeof *c.index), .columns = columns};
    gn_status status = c.index ? GN_OK : GN_EIO;
    if (!status && wanted->columns)
        status = choose_given(path, wanted, label, &c);
    else if (!status && wanted->count)
        status = choose_wanted(path, wanted, label, &c);
    else if (!status) /* all columns except row names: a first column to which the header row gives no name */
        for (size_t i = label && columns > 1 && !*label[0]; i < columns; i++)
            c.index[c.count++] = i;
    *chosen = c.index;
    *count = c.count;
    if (status) {
        free(c.index);
        *chosen = NULL;
    }
    return status;
}

/* ---- reading --------------------------------------------------------------------------- */

/* Parses the bytes, after which there is a NUL, and frees them. */
static gn_status parse(char *bytes, size_t size, const char *path, const gn_numbers_wanted *wanted, gn_numbers *found) {
    *found = (gn_numbers){0};
    gn_status status = gn_is_npy(bytes, size)
                           ? gn_numbers_from_npy((const unsigned char *)bytes, size, path, wanted, found)
                           : gn_numbers_from_text(bytes, size, path, wanted, found);
    free(bytes);
    if (status) gn_numbers_free(found);
    return status;
}

gn_status gn_numbers_parse(const void *bytes, size_t size, const char *path, const gn_numbers_wanted *wanted,
                           gn_numbers *found) {
    *found = (gn_numbers){0};
    char *copy = malloc(size + 1);
    if (!copy) return gn_fail(GN_EIO, "%s: out of memory", path);
    if (size) memcpy(copy, bytes, size);
    copy[size] = '\0';
    return parse(copy, size, path, wanted, found);
}

gn_status gn_numbers_read(const char *path, const gn_numbers_wanted *wanted, gn_numbers *found) {
    void *bytes;
    size_t size;
    *found = (gn_numbers){0};
    gn_status status = gn_read_whole(path, &bytes, &size);
    return status ? status : parse(bytes, size, path, wanted, found);
}

void gn_numbers_free(gn_numbers *n) {
    for (size_t c = 0; n->label && c < n->shape[1]; c++)
        free(n->label[c]);
    free(n->label);
    free(n->column);
    free(n->line);
    free(n->value);
    *n = (gn_numbers){0};
}

gn_numbers_place gn_numbers_where(const gn_numbers *n, size_t cell) {
    gn_numbers_place place = {{0}};
    const size_t columns = n->shape[n->rank - 1], row = cell / columns, column = cell % columns;
    if (n->line) {
        const char *label = n->label ? n->label[column] : "";
        snprintf(place.text, sizeof place.text, *label ? "line %zu, column %zu (%.30s)" : "line %zu, column %zu",
                 n->line[row], n->column[column], label);
        return place;
    }
    size_t index[GN_NUMBERS_RANK_MAX], used = 0;
    for (int d = n->rank - 1; d >= 0; d--) {
        index[d] = cell % n->shape[d];
        cell /= n->shape[d];
    }
    if (n->column) index[1] = n->column[column] - 1;
    for (int d = 0; d < n->rank && used < sizeof place.text; d++)
        used += (size_t)snprintf(place.text + used, sizeof place.text - used, "%s%zu%s", d ? ", " : "element [",
                                 index[d], d + 1 < n->rank ? "" : "]");
    return place;
}

gn_numbers_place gn_numbers_row(const gn_numbers *n, size_t row) {
    gn_numbers_place place;
    snprintf(place.text, sizeof place.text, n->line ? "line %zu" : "row %zu", n->line ? n->line[row] : row);
    return place;
}

/* ---- writing --------------------------------------------------------------------------- */

gn_status gn_numbers_write(const char *path, size_t rows, size_t columns, const double *value) {
    gn_writer *writer;
    gn_status status = gn_writer_open(path, &writer);
    if (status) return status;
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++) {
            const double v = value[i * columns + k];
            char cell[40];
            int size = isnan(v) ? snprintf(cell, sizeof cell, "nan") : snprintf(cell, sizeof cell, "%.17g", v);
            cell[size++] = k + 1 < columns ? '\t' : '\n';
            gn_writer_add(writer, cell, (size_t)size);
        }
    return gn_writer_close(writer);
}
