/* The readers of the two formats of users' tables, for io/numbers.c. */
#ifndef GN_NUMBERS_FORMAT_H
#define GN_NUMBERS_FORMAT_H

#include "io/numbers.h"

/* Each reads a file that is in memory. The text must end with a NUL and is overwritten. After a failure, too, the
 * caller frees `found` with gn_numbers_free(). */
gn_status gn_numbers_from_text(char *text, size_t size, const char *path, const gn_numbers_wanted *, gn_numbers *found);
bool gn_is_npy(const void *bytes, size_t size);
gn_status gn_numbers_from_npy(const unsigned char *bytes, size_t size, const char *path, const gn_numbers_wanted *,
                              gn_numbers *found);

/* Chooses the wanted columns of a file; label is NULL when there is no header row. *chosen receives their *count
 * indices, from 0, and is freed by the caller. */
gn_status gn_numbers_choose(const char *path, const gn_numbers_wanted *, size_t columns, char *const *label,
                            size_t **chosen, size_t *count);

#endif
