/* Text tables: rows of cells with one kind of separator between them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "io/numbers_format.h"

typedef struct {
    char **cell; /* pointers into the text; each cell ends with a NUL */
    size_t count, room, line;
} row;

typedef struct {
    const char *path;
    const gn_numbers_wanted *wanted;
    char *rest;        /* the text after the lines read so far */
    size_t line;       /* number of the last line read */
    row *ahead;        /* the second row, which was read to decide whether the first is a header; else NULL */
    char separator;    /* '\0': not known yet; ' ': one or more blanks */
    bool comma, point; /* whether a decimal comma, a decimal point occurred */
} reader;

/* ---- lines and cells -------------------------------------------------------------------- */

/* The next line, which ends with LF, CR LF or CR in the file; NULL at the end. */
static char *next_line(reader *r) {
    if (!*r->rest) return NULL;
    char *line = r->rest, *end = line + strcspn(line, "\r\n");
    r->line++;
    r->rest = *end ? end + 1 + (end[0] == '\r' && end[1] == '\n') : end;
    *end = '\0';
    return line;
}

/* Whether a text begins with what a spreadsheet writes where a cell has no value. */
static bool is_spreadsheet_error(const char *text) {
    static const char *const error[] = {"#N/A", "#DIV/0!", "#NUM!", "#VALUE!", "#REF!", "#NAME?", "#NULL!", NULL};
    for (int i = 0; error[i]; i++)
        if (strncmp(text, error[i], strlen(error[i])) == 0) return true;
    return false;
}

/* A line that begins with # is a comment, unless that is the first cell's value. */
static bool is_comment(const char *line) {
    line += strspn(line, " \t");
    return line[0] == '#' && !is_spreadsheet_error(line);
}

/* A line of only tabs is not blank but a row of empty cells, unless the separator is known not to be the tab. */
static bool is_blank(const char *line, char separator) {
    return !line[strspn(line, separator == '\t' || !separator ? " " : " \t")];
}

/* The separator of the first row: the first of tab, semicolon and comma that occurs outside quotes, else blanks. */
static char find_separator(const char *line) {
    for (const char *candidate = "\t;,"; *candidate; candidate++) {
        bool quoted = false;
        for (const char *c = line; *c; c++) {
            if (*c == '"') quoted = !quoted;
            if (*c == *candidate && !quoted) return *candidate;
        }
    }
    return ' ';
}

static gn_status add_cell(row *to, char *cell) {
    if (to->count == to->room) {
        const size_t room = to->room ? 2 * to->room : 16;
        char **grown = realloc(to->cell, room * sizeof *grown);
        if (!grown) return gn_fail(GN_EIO, "out of memory: a row of %zu cells", room);
        to->cell = grown;
        to->room = room;
    }
    to->cell[to->count++] = cell;
    return GN_OK;
}

/* The text between the quote at `open` and the closing quote, with doubled quotes made single; *end is what follows the
 * closing quote. NULL when there is no closing quote. */
static char *take_quoted(char *open, char **end) {
    char *to = open + 1;
    for (char *from = to; *from; from++) {
        if (*from == '"' && from[1] != '"') {
            *end = from + 1;
            *to = '\0';
            return open + 1;
        }
        from += *from == '"';
        *to++ = *from;
    }
    return NULL;
}

static void trim_end(char *cell, const char *blanks) {
    size_t length = strlen(cell);
    while (length > 0 && strchr(blanks, cell[length - 1]))
        cell[--length] = '\0';
}

/* Splits a line into cells. */
static gn_status split(const reader *r, char *line, row *to) {
    const char separator[2] = {r->separator, '\0'};
    const char *blanks = strchr(",;", r->separator) ? " \t" : " ";
    to->count = 0;
    to->line = r->line;
    for (char *at = line;; at++) {
        at += strspn(at, blanks);
        if (r->separator == ' ' && !*at) return GN_OK; /* blanks at the end of the line */
        char *cell = at, *end = at + strcspn(at, separator);
        if (*at == '"') {
            cell = take_quoted(at, &end);
            if (!cell)
                return gn_fail(GN_EFILE, "%s: line %zu, column %zu: a quote that does not end", r->path, r->line,
                               to->count + 1);
            if (r->separator != ' ') end += strspn(end, blanks);
            if (*end && *end != r->separator)
                return gn_fail(GN_EFILE, "%s: line %zu, column %zu: '%.40s' behind a quoted cell", r->path, r->line,
                               to->count + 1, end);
        }
        const bool more = *end != '\0';
        *end = '\0';
        trim_end(cell, blanks);
        gn_status status = add_cell(to, cell);
        if (status || !more) return status;
        at = end;
    }
}

/* The next row, past blank lines and comments; *none is true at the end of the file. */
static gn_status next_row(reader *r, row *to, bool *none) {
    char *line;
    if (r->ahead) {
        const row swap = *to;
        *to = *r->ahead;
        *r->ahead = swap;
        r->ahead = NULL;
        return GN_OK;
    }
    do {
        line = next_line(r);
        *none = line == NULL;
        if (*none) return GN_OK;
    } while (is_blank(line, r->separator) || is_comment(line));
    if (!r->separator) r->separator = find_separator(line);
    return split(r, line, to);
}

/* ---- numbers ---------------------------------------------------------------------------- */

/* Whether a cell is what R, pandas, Julia, C or spreadsheets write for a missing number. C may say more in parentheses,
 * as in "-nan(ind)". */
static bool is_missing(const char *cell) {
    static const char *const word[] = {"", "na", "n/a", "#n/a", "#div/0!", "<na>", "none", "null", "missing", NULL};
    static const char *const with_sign[] = {"nan", "inf", "infinity", NULL};
    for (int i = 0; word[i]; i++)
        if (strcasecmp(cell, word[i]) == 0) return true;
    cell += *cell == '+' || *cell == '-';
    for (int i = 0; with_sign[i]; i++)
        if (strcasecmp(cell, with_sign[i]) == 0) return true;
    return strncasecmp(cell, "nan(", 4) == 0 && cell[strcspn(cell, ")")] == ')' && !cell[strcspn(cell, ")") + 1];
}

static bool parse_number(const char *cell, double *value) {
    if (cell[0] == '+' && cell[1] != '-' && cell[1] != '+') cell++;
    return gn_parse_real(cell, value);
}

/* Recognises a decimal comma, as in "1,5": R's write.csv2 and the spreadsheets of many countries write it, with
 * semicolons or tabs between cells. The comma is replaced by a point. */
static bool has_decimal_comma(const reader *r, char *cell, char **comma) {
    double value;
    *comma = strchr(";\t", r->separator) && !strchr(cell, '.') ? strchr(cell, ',') : NULL;
    if (!*comma) return false;
    **comma = '.';
    if (parse_number(cell, &value)) return true;
    **comma = ',';
    return false;
}

static gn_status refuse_cell(const reader *r, const row *from, size_t column, const gn_numbers *found, size_t at,
                             const char *why) {
    const char *label = found->label ? found->label[at] : "";
    gn_text place = {0};
    gn_text_format(&place, "line %zu, column %zu", from->line, column + 1);
    if (*label) gn_text_format(&place, " (%.30s)", label);
    const char *option = r->wanted->option && !r->wanted->columns ? r->wanted->option : NULL;
    gn_status status =
        place.status ? place.status
                     : gn_fail(GN_EFILE, "%s: %s: '%.40s', %s%s%s%s", r->path, place.byte, from->cell[column], why,
                               option ? " (columns are chosen with " : "", option ? option : "", option ? ")" : "");
    free(place.byte);
    return status;
}

/* Reads cell `column` of a row into element `at` of the values. */
static gn_status read_cell(reader *r, const row *from, size_t column, const gn_numbers *found, size_t at,
                           double *value) {
    char *cell = from->cell[column], *comma;
    if (is_missing(cell)) {
        *value = NAN;
        return r->wanted->missing ? GN_OK : refuse_cell(r, from, column, found, at, "expected a finite number");
    }
    const bool with_comma = has_decimal_comma(r, cell, &comma);
    if (!parse_number(cell, value))
        return refuse_cell(
            r, from, column, found, at,
            r->wanted->missing ? "expected a finite number, or nan where it is missing" : "expected a finite number");
    r->comma = r->comma || with_comma;
    r->point = r->point || (!with_comma && strchr(cell, '.'));
    if (!r->comma || !r->point) return GN_OK;
    if (with_comma) *comma = ',';
    return refuse_cell(r, from, column, found, at, "in a file that has decimal commas and decimal points");
}

/* ---- the header row ---------------------------------------------------------------------- */

/* Whether a cell is text: neither a missing value nor anything that looks like a number. */
static bool is_text(const char *cell) {
    return !is_missing(cell) && !is_spreadsheet_error(cell) && !strchr("0123456789+-.", *cell);
}

/* Whether the row is "0 1 2 ..." or "1 2 3 ...": pandas gives such names to columns that have none. */
static bool is_counting(const row *r, size_t first) {
    double value, start = 0;
    for (size_t i = first; i < r->count; i++) {
        if (!parse_number(r->cell[i], &value)) return false;
        if (i == first) start = value;
        if (value != start + (double)(i - first)) return false;
    }
    return r->count >= first + 2 && (start == 0 || start == 1);
}

/* Whether the first row is a header. A row with a number is taken for data, so that no data are lost, unless its
 * numbers count the columns and the cell below the first one begins to count the rows, or is text. */
static bool is_header(const row *first, const row *second) {
    size_t texts = 0, others = 0;
    for (size_t i = 0; i < first->count; i++) {
        texts += is_text(first->cell[i]);
        others += !is_text(first->cell[i]) && *first->cell[i];
    }
    if (texts > 0 && others == 0) return true;
    if (!is_counting(first, 1) || second->count != first->count) return false;
    if (is_text(first->cell[0])) return true;
    const char *below = second->cell[0];
    return !*first->cell[0] && (is_text(below) || strcmp(below, "0") == 0 || strcmp(below, "1") == 0);
}

/* R gives the column of row names no name, so its header row has a cell less than the others: adds an empty one. A row
 * that ends with a separator has a cell more as well, an empty one at its end. */
static gn_status name_row_names(row *header, const row *second) {
    static char nameless[1];
    if (second->count != header->count + 1 || !*second->cell[second->count - 1]) return GN_OK;
    gn_status status = add_cell(header, nameless);
    if (status) return status;
    memmove(header->cell + 1, header->cell, (header->count - 1) * sizeof *header->cell);
    header->cell[0] = nameless;
    return GN_OK;
}

/* ---- the table --------------------------------------------------------------------------- */

static gn_status keep_labels(const row *header, const size_t *chosen, gn_numbers *found) {
    found->label = gn_alloc(found->shape[1], sizeof *found->label);
    if (!found->label) return GN_EIO;
    for (size_t c = 0; c < found->shape[1]; c++)
        if (!(found->label[c] = strdup(header->cell[chosen[c]]))) return gn_fail(GN_EIO, "out of memory");
    return GN_OK;
}

/* Makes room for one more row. */
static gn_status grow(gn_numbers *found, size_t *room) {
    if (found->shape[0] < *room) return GN_OK;
    *room = 2 * *room + 64;
    double *value = realloc(found->value, *room * found->shape[1] * sizeof *value);
    if (value) found->value = value;
    size_t *line = realloc(found->line, *room * sizeof *line);
    if (line) found->line = line;
    return value && line ? GN_OK : gn_fail(GN_EIO, "out of memory: %zu rows of numbers", *room);
}

static gn_status add_row(reader *r, const row *from, size_t columns, size_t first_line, gn_numbers *found,
                         size_t *room) {
    if (from->count != columns)
        return gn_fail(GN_EFILE, "%s: line %zu: %zu cells, expected %zu as in line %zu", r->path, from->line,
                       from->count, columns, first_line);
    gn_status status = grow(found, room);
    double *value = found->value + found->shape[0] * found->shape[1];
    for (size_t c = 0; c < found->shape[1] && !status; c++)
        status = read_cell(r, from, found->column[c] - 1, found, c, &value[c]);
    if (!status) found->line[found->shape[0]++] = from->line;
    return status;
}

/* Reads all rows from `first` on; header is the row of column names, NULL when there is none. */
static gn_status read_rows(reader *r, const row *header, row *first, bool none, gn_numbers *found) {
    size_t columns = header ? header->count : first->count, room = 0;
    const size_t first_line = header ? header->line : first->line;
    gn_status status =
        gn_numbers_choose(r->path, r->wanted, columns, header ? header->cell : NULL, &found->column, &found->shape[1]);
    found->rank = 2;
    if (!status && header) status = keep_labels(header, found->column, found);
    for (size_t c = 0; !status && c < found->shape[1]; c++)
        found->column[c]++; /* the caller counts columns from 1 */
    if (!status && found->shape[1] == 0) status = gn_fail(GN_EFILE, "%s: no columns", r->path);
    while (!status && !none) {
        status = add_row(r, first, columns, first_line, found, &room);
        if (!status) status = next_row(r, first, &none);
    }
    if (!status && found->shape[0] == 0)
        status = gn_fail(GN_EFILE, "%s: no numbers, expected a row of at least one", r->path);
    return status;
}

gn_status gn_numbers_from_text(char *text, size_t size, const char *path, const gn_numbers_wanted *wanted,
                               gn_numbers *found) {
    reader r = {.path = path, .wanted = wanted, .rest = text};
    row first = {0}, second = {0};
    bool none = true, none_second = true;
    if (size >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
        return gn_fail(GN_EFILE, "%s: UTF-16 text, expected UTF-8", path);
    if (memchr(text, '\0', size)) return gn_fail(GN_EFILE, "%s: not text: a NUL byte at %zu", path, strlen(text));
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) r.rest += 3; /* a byte order mark */
    gn_status status = next_row(&r, &first, &none);
    if (!status && none) status = gn_fail(GN_EFILE, "%s: no numbers, expected a row of at least one", path);
    if (!status) status = next_row(&r, &second, &none_second);
    if (!status && is_header(&first, &second)) {
        status = name_row_names(&first, &second);
        if (!status) status = read_rows(&r, &first, &second, none_second, found);
    } else if (!status) {
        r.ahead = none_second ? NULL : &second;
        status = read_rows(&r, NULL, &first, none, found);
    }
    free(first.cell);
    free(second.cell);
    return status;
}
