/* What the two formats of users' tables share. */
#ifndef GN_NUMBERS_FORMAT_H
#define GN_NUMBERS_FORMAT_H

#include "io/numbers.h"

/* Text that a NUL ends, or NPY. `found` is what gn_numbers_free() takes also after a failure. Text is changed. */
gn_status gn_numbers_from_text(char *text, size_t size, const char *path, const gn_numbers_wanted *, gn_numbers *found);
bool gn_is_npy(const void *bytes, size_t size);
gn_status gn_numbers_from_npy(const unsigned char *bytes, size_t size, const char *path, const gn_numbers_wanted *,
                              gn_numbers *found);

/* Which of a file's columns (label: NULL without a header row) are wanted: *chosen, `*count` indices from 0, the
 * caller's to free. */
gn_status gn_numbers_choose(const char *path, const gn_numbers_wanted *, size_t columns, char *const *label,
                            size_t **chosen, size_t *count);

#endif
