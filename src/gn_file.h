/* The project's files: binary containers (.gn) and tables (.tsv). data/README.md is the
 * format's page. Everything is written to a temporary file beside the target, synced and
 * renamed, so a final name never holds a partial file. */
#ifndef GN_FILE_H
#define GN_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gn_error.h"

/* ---- binary containers ---------------------------------------------------------- */

typedef enum { GN_U8, GN_U16, GN_U32, GN_I32, GN_I64, GN_F32, GN_F64 } gn_type;
enum { GN_RANK_MAX = 5 };

typedef struct gn_file gn_file; /* header (ordered keys and values) and named arrays */

/* A new container of a kind ("network", "trajectories", "probe", ...). NULL: no memory. */
gn_file *gn_file_new(const char *kind);
void gn_file_free(gn_file *); /* NULL is fine */

/* Sets a header value; keys are [a-z0-9_.-]+, values have no tab or newline. */
gn_status gn_file_set(gn_file *, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a C-order array of at least one element; `data` is borrowed until gn_file_write() returns. */
gn_status gn_file_add(gn_file *, const char *name, gn_type, int rank, const size_t *shape,
                      const void *data);
gn_status gn_file_write(const gn_file *, const char *path);

/* Reads and verifies a whole file (magic, version, hash, every array inside it).
 * kind NULL accepts any. On success *file is the caller's to free. */
gn_status gn_file_read(const char *path, const char *kind, gn_file **file);
/* The same for a file in memory (copied); `path` only serves messages. */
gn_status gn_file_parse(const void *bytes, size_t size, const char *path, const char *kind,
                        gn_file **file);

const char *gn_file_path(const gn_file *); /* where it was read from, for messages */
const char *gn_file_kind(const gn_file *);
const char *gn_file_get(const gn_file *, const char *key); /* NULL when absent */
/* The value of a key that must be there, parsed strictly and within [min, max]. */
gn_status gn_file_get_int(const gn_file *, const char *key, int64_t min, int64_t max, int64_t *);
gn_status gn_file_get_real(const gn_file *, const char *key, double min, double max, double *);
/* index of the value within "a|b|c" */
gn_status gn_file_get_choice(const gn_file *, const char *key, const char *choices, int *);

/* The array `name`, which must have this type and rank. shape[i] = 0 accepts any extent
 * and returns it; another value must match. *data is owned by the file. */
gn_status gn_file_array(const gn_file *, const char *name, gn_type, int rank, size_t *shape,
                        const void **data);
/* Enumeration, for gn-dump: NULL past the end. Key 0 is "kind". */
const char *gn_file_key(const gn_file *, int i, const char **value);
const char *gn_file_array_at(const gn_file *, int i, gn_type *, int *rank, size_t *shape,
                             const void **data);
/* Copies every header key of `from` that begins with `prefix` into `to`. */
gn_status gn_file_copy_keys(gn_file *to, const gn_file *from, const char *prefix);
const char *gn_type_name(gn_type); /* "f32" */
size_t gn_type_size(gn_type);      /* bytes */

/* ---- tables ---------------------------------------------------------------------
 * "# key: value" lines, one row of column names, rows, and a last line "# end: ROWS rows, xxh3-128 HASH".
 * nan is written `nan`, infinities `inf` and `-inf`. */

typedef struct gn_tsv gn_tsv; /* a table being written */
gn_tsv *gn_tsv_new(const char *kind);
void gn_tsv_free(gn_tsv *);
gn_status gn_tsv_key(gn_tsv *, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
gn_status gn_tsv_columns(gn_tsv *, const char *tab_separated_names);
void gn_tsv_int(gn_tsv *, int64_t);
void gn_tsv_float(gn_tsv *, float);   /* %.9g */
void gn_tsv_double(gn_tsv *, double); /* %.17g */
void gn_tsv_text(gn_tsv *, const char *);
gn_status gn_tsv_end_row(gn_tsv *); /* checks that the row has as many cells as columns */
gn_status gn_tsv_write(const gn_tsv *, const char *path); /* NULL: to standard output */

typedef struct gn_table gn_table; /* a table read back */
gn_status gn_table_read(const char *path, const char *kind, gn_table **); /* kind NULL: any */
/* A table written by hand: no format and end lines asked for, empty lines and `#` lines anywhere. */
gn_status gn_table_read_plain(const char *path, const char *kind, gn_table **);
/* Either, from memory (copied); `path` only serves messages. */
gn_status gn_table_parse(const void *bytes, size_t size, const char *path, const char *kind,
                         bool plain, gn_table **);
void gn_table_free(gn_table *);
size_t gn_table_rows(const gn_table *);
int gn_table_columns(const gn_table *);
const char *gn_table_column_name(const gn_table *, int column); /* NULL past the end */
const char *gn_table_key_at(const gn_table *, int i, const char **value); /* NULL past the end */
const char *gn_table_key(const gn_table *, const char *key);      /* NULL when absent */
gn_status gn_table_column(const gn_table *, const char *name, int *column); /* must exist */
const char *gn_table_text(const gn_table *, size_t row, int column);
gn_status gn_table_double(const gn_table *, size_t row, int column, double *); /* nan, inf allowed */

/* A user's plain matrix: numbers or nan separated by tabs or blanks, one row a line, `#` lines
 * skipped, all rows equally long. The caller frees *data. */
gn_status gn_matrix_read(const char *path, size_t *rows, size_t *columns, double **data);
gn_status gn_matrix_parse(const void *bytes, size_t size, const char *path, size_t *rows,
                          size_t *columns, double **data); /* the same, from memory */
gn_status gn_matrix_write(const char *path, size_t rows, size_t columns, const double *data);

/* Writes bytes atomically (temporary file, fsync, rename); what the above use. */
gn_status gn_write_whole(const char *path, const void *bytes, size_t size);

#endif
