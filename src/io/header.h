/* Comparing the headers of files, containers and tables alike, that a program is to combine. */
#ifndef GN_HEADER_H
#define GN_HEADER_H

#include "io/container.h"
#include "io/table.h"

/* The header of a container or of a table, which it borrows; the other of the two is NULL. */
typedef struct {
    const char *path;
    const gn_file *file;
    const gn_table *table;
} gn_header;
gn_header gn_header_of(const gn_file *);

/* GN_EFILE, and says so with the words `unlike`, unless both have the same keys that begin with the prefix, with the
 * same values. */
gn_status gn_header_compare(gn_header first, gn_header other, const char *prefix, const char *unlike);
/* GN_EFILE unless both are of one network, after the same update: all keys recipe.* and `update` are the same. A file
 * without keys recipe.*, such as one that a user made, may be of any; likewise one without `update` of any update. */
gn_status gn_header_same_network(gn_header first, gn_header other);
/* The same for files of different updates of one training. */
gn_status gn_header_same_training(gn_header first, gn_header other);

#endif
