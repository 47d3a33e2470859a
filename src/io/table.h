/* The project's tables (.tsv): writing and reading. data/README.md describes the format. */
#ifndef GN_TABLE_H
#define GN_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "io/container.h"

/* A table has lines "# key: value", a row of column names, rows of cells, and a last line "# end: ROWS rows, xxh3-128
 * HASH". nan is written `nan`, infinities `inf` and `-inf`. */

typedef struct gn_tsv gn_tsv; /* a table being written */
gn_tsv *gn_tsv_new(const char *kind);
void gn_tsv_free(gn_tsv *);
gn_status gn_tsv_key(gn_tsv *, const char *key, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Copies the keys of a file's header that begin with one of the prefixes, of which the last is NULL, in the file's
 * order. */
gn_status gn_tsv_copy_keys(gn_tsv *, const gn_file *, const char *const *prefix);
gn_status gn_tsv_columns(gn_tsv *, const char *tab_separated_names);
void gn_tsv_int(gn_tsv *, int64_t);
void gn_tsv_float(gn_tsv *, float);   /* %.9g */
void gn_tsv_double(gn_tsv *, double); /* %.17g */
void gn_tsv_text(gn_tsv *, const char *);
gn_status gn_tsv_end_row(gn_tsv *);                       /* checks that the row has as many cells as columns */
gn_status gn_tsv_write(const gn_tsv *, const char *path); /* NULL: to standard output */

typedef struct gn_table gn_table;                                         /* a table read back */
gn_status gn_table_read(const char *path, const char *kind, gn_table **); /* kind NULL: any */
/* Reads a table that was written by hand: it needs no format line and no end line, and may have empty lines and
 * comments anywhere. */
gn_status gn_table_read_plain(const char *path, const char *kind, gn_table **);
/* The same for a table in memory, which is copied; plain: written by hand. `path` is only used in error messages. */
gn_status gn_table_parse(const void *bytes, size_t size, const char *path, const char *kind, bool plain, gn_table **);
void gn_table_free(gn_table *);
size_t gn_table_rows(const gn_table *);
int gn_table_columns(const gn_table *);
const char *gn_table_column_name(const gn_table *, int column);             /* NULL past the end */
const char *gn_table_key_at(const gn_table *, int i, const char **value);   /* NULL past the end */
const char *gn_table_key(const gn_table *, const char *key);                /* NULL when absent */
gn_status gn_table_column(const gn_table *, const char *name, int *column); /* GN_EFILE when there is none */
int gn_table_find_column(const gn_table *, const char *name);               /* -1 when there is none */
const char *gn_table_text(const gn_table *, size_t row, int column);
gn_status gn_table_double(const gn_table *, size_t row, int column, double *); /* nan, inf allowed */

#endif
