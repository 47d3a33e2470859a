/* Users' tables of numbers, as trackers, R, pandas, NumPy, C and spreadsheets write them. The one reader of what users
 * bring (data/README.md, "Users' tables"); the project's own tables are io/table.h.
 *
 * Text: cells apart by tabs, commas, semicolons or blanks, one kind a file, which its first row shows; with a header
 * row or none; `#` lines skipped. NPY: format versions 1 to 3, either byte order, C and Fortran order, f2 f4 f8 and
 * integers. */
#ifndef GN_NUMBERS_H
#define GN_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { GN_NUMBERS_RANK_MAX = 5 };

/* What a caller wants of a file. */
typedef struct {
    int rank;                /* the largest accepted, 2 to GN_NUMBERS_RANK_MAX; 0: 2. The smallest is 2, as of text */
    bool missing;            /* cells may be missing: empty, NA, nan, inf; refused otherwise */
    const char *columns;     /* the user's choice, "t,x,y", "2,5,6" or "2-11": names of the header row, or numbers from
                                1. NULL: those of `name`, or all but the row names that R and pandas write */
    const char *option;      /* the one that `columns` comes from, "--track-columns"; NULL: neither is there */
    int count;               /* how many columns there must be; 0: any number */
    const char *const *name; /* (count) "t|time|...": words that a header row may call each column, the first of which
                                stands for it in messages; without a header row, the first `count` columns in order */
} gn_numbers_wanted;

/* What was found. Starts as {0}; gn_numbers_free() at the end. */
typedef struct {
    int rank;                          /* of text 2 */
    size_t shape[GN_NUMBERS_RANK_MAX]; /* of the columns that were chosen; none is 0 */
    double *value;                     /* in C order; nan where missing, never infinite */
    size_t *line;                      /* (rows) of text: where each stood in the file, from 1; NULL for NPY */
    size_t *column;                    /* (columns) of rank 2: which of the file's they are, from 1; else NULL */
    char **label;                      /* (columns) what a header row calls them; NULL without one */
} gn_numbers;

/* Reads and checks the whole file. GN_EFILE with file, line, column and value where it is not as wanted; GN_EUSAGE for
 * columns that it does not have. */
gn_status gn_numbers_read(const char *path, const gn_numbers_wanted *, gn_numbers *);
/* The same from memory; `path` only serves messages. */
gn_status gn_numbers_parse(const void *bytes, size_t size, const char *path, const gn_numbers_wanted *, gn_numbers *);
void gn_numbers_free(gn_numbers *);

/* "line 7, column 3 (x)", or "element [6, 2]" of NPY: where value[cell] stood, for a caller's refusals and reports. */
typedef struct {
    char text[96];
} gn_numbers_place;
gn_numbers_place gn_numbers_where(const gn_numbers *, size_t cell);
/* "line 7", or "row 6" (from 0) of NPY. */
gn_numbers_place gn_numbers_row(const gn_numbers *, size_t row);

/* Writes a matrix: cells apart by tabs, `nan` where missing. */
gn_status gn_numbers_write(const char *path, size_t rows, size_t columns, const double *value);

#endif
