/* Tables of numbers that users provide, as trackers, R, pandas, NumPy, C and spreadsheets write them (data/README.md,
 * "Users' tables"). io/table.h reads the project's own tables.
 *
 * In a text file, cells are separated by tabs, commas, semicolons or blanks; the first row shows which. A header row is
 * optional, and lines that begin with # are skipped. Of NPY, format versions 1 to 3 are read: either byte order, C or
 * Fortran order, f2, f4, f8 and integers. */
#ifndef GN_NUMBERS_H
#define GN_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { GN_NUMBERS_RANK_MAX = 5 };

/* What a caller expects of a file. */
typedef struct {
    int rank;                /* largest rank accepted, 2 to GN_NUMBERS_RANK_MAX; 0 means 2, the rank of text and the
                                smallest accepted */
    bool missing;            /* whether cells may be missing: empty, NA, nan, inf */
    const char *columns;     /* the columns the user chose, "t,x,y", "2,5,6" or "2-11": names of the header row, or
                                numbers from 1. NULL: the columns called `name`, or all except row names */
    const char *option;      /* the option that `columns` comes from, such as "--track-columns"; NULL: there is none */
    int count;               /* how many columns there must be; 0: any number */
    const char *const *name; /* (count) "t|time|...": names that a header row may give each column; error messages use
                                the first. Without a header row these are the first `count` columns in order */
} gn_numbers_wanted;

/* The numbers of a file. Initialise with {0} and call gn_numbers_free() at the end. */
typedef struct {
    int rank;                          /* 2 for text */
    size_t shape[GN_NUMBERS_RANK_MAX]; /* rows and chosen columns, or the shape of an NPY array; no extent is 0 */
    double *value;                     /* in C order; nan where missing, never infinite */
    size_t *line;                      /* (rows) line number of each row in a text file, from 1; NULL for NPY */
    size_t *column;                    /* (columns) number of each column in the file, from 1; NULL unless rank is 2 */
    char **label;                      /* (columns) names from the header row; NULL when there is none */
} gn_numbers;

/* Reads and checks the whole file. A file that is not as expected gives GN_EFILE and a message with line, column and
 * value; asking for columns that it does not have gives GN_EUSAGE. */
gn_status gn_numbers_read(const char *path, const gn_numbers_wanted *, gn_numbers *);
/* The same for a file in memory; `path` is only used in error messages. */
gn_status gn_numbers_parse(const void *bytes, size_t size, const char *path, const gn_numbers_wanted *, gn_numbers *);
void gn_numbers_free(gn_numbers *);

/* Where value[cell] is in the file, for messages: "line 7, column 3 (x)", or "element [6, 2]" for NPY. */
typedef struct {
    char text[96];
} gn_numbers_place;
gn_numbers_place gn_numbers_where(const gn_numbers *, size_t cell);
/* Where a row is in the file: "line 7" (from 1), or "row 6" (from 0) for NPY. */
gn_numbers_place gn_numbers_row(const gn_numbers *, size_t row);

/* Writes a matrix as text: cells separated by tabs, `nan` where missing. */
gn_status gn_numbers_write(const char *path, size_t rows, size_t columns, const double *value);

#endif
