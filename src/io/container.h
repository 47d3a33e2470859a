/* The project's binary files (.gn): a text header and named arrays. data/README.md describes the format. A file is
 * written under a temporary name beside its target, synced and renamed, so that the target is never a partial file. */
#ifndef GN_CONTAINER_H
#define GN_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef enum { GN_U8, GN_U16, GN_U32, GN_I32, GN_I64, GN_F32, GN_F64 } gn_type;
enum { GN_RANK_MAX = 5 };

typedef struct gn_file gn_file; /* header (ordered keys and values) and named arrays */

/* A new container of a kind ("network", "trajectories", "probe", ...). NULL: no memory. */
gn_file *gn_file_new(const char *kind);
void gn_file_free(gn_file *); /* NULL is accepted */

/* GN_EUSAGE from the next two: what a container cannot hold, which is other names or values, too many or too long ones,
 * an array's name that it has already, or an empty array. */
/* Sets a header value; keys are [a-z0-9_.-]+, values have no tab or newline. */
gn_status gn_file_set(gn_file *, const char *key, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds a C-order array of at least one element. The caller keeps `data` until gn_file_write() has returned. */
gn_status gn_file_add(gn_file *, const char *name, gn_type, int rank, const size_t *shape, const void *data);
gn_status gn_file_write(const gn_file *, const char *path);

/* Reads and verifies a whole file (magic, version, hash, every array inside it).
 * kind NULL accepts any. After success the caller frees *file. */
gn_status gn_file_read(const char *path, const char *kind, gn_file **file);
/* The same for a file in memory, which is copied; `path` is only used in error messages. */
gn_status gn_file_parse(const void *bytes, size_t size, const char *path, const char *kind, gn_file **file);

const char *gn_file_path(const gn_file *); /* where it was read from, for error messages */
const char *gn_file_kind(const gn_file *);
const char *gn_file_get(const gn_file *, const char *key); /* NULL when absent */
/* The value of a key, which must exist and be a number from min to max. */
gn_status gn_file_get_int(const gn_file *, const char *key, int64_t min, int64_t max, int64_t *);
gn_status gn_file_get_real(const gn_file *, const char *key, double min, double max, double *);
/* The value must be one of choices, "a|b|c"; gives its index. */
gn_status gn_file_get_choice(const gn_file *, const char *key, const char *choices, int *);

/* The array `name`, which must have this type and rank. shape[i] = 0 accepts any extent
 * and returns it; another value must match. *data is owned by the file. */
gn_status gn_file_array(const gn_file *, const char *name, gn_type, int rank, size_t *shape, const void **data);
gn_status gn_file_floats(const gn_file *, const char *name, int rank, size_t *shape, const float **data); /* GN_F32 */
/* The i-th key and its value, or the i-th array; NULL when there are fewer. Key 0 is "kind". */
const char *gn_file_key(const gn_file *, int i, const char **value);
const char *gn_file_array_at(const gn_file *, int i, gn_type *, int *rank, size_t *shape, const void **data);
/* Copies every header key of `from` that begins with `prefix` into `to`. */
gn_status gn_file_copy_keys(gn_file *to, const gn_file *from, const char *prefix);
const char *gn_type_name(gn_type); /* "f32" */
size_t gn_type_size(gn_type);      /* bytes */

#endif
