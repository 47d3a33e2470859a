/* Users' plain matrices of numbers. */
#ifndef GN_MATRIX_H
#define GN_MATRIX_H

#include <stddef.h>

#include "base/error.h"

/* A user's plain matrix: numbers or nan separated by tabs or blanks, one row a line, `#` lines
 * skipped, all rows equally long. The caller frees *data. */
gn_status gn_matrix_read(const char *path, size_t *rows, size_t *columns, double **data);
gn_status gn_matrix_parse(const void *bytes, size_t size, const char *path, size_t *rows, size_t *columns,
                          double **data); /* the same, from memory */
gn_status gn_matrix_write(const char *path, size_t rows, size_t columns, const double *data);

#endif
