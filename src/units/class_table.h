/* The classes of a network's units, read back from its table of scores. */
#ifndef GN_CLASS_TABLE_H
#define GN_CLASS_TABLE_H

#include "io/header.h"

typedef struct {
    gn_table *scores;  /* owns the names */
    const char **name; /* (units) the class of each unit */
    double *z;         /* (units) the z of the score that decided it; nan when none did */
} gn_class_table;

/* Rows may stand in any order. A table that does not have exactly one row for each of the units, 0 to units - 1, or
 * that is of another training than the file `of`, gives GN_EFILE. (It may be of another update, to follow the classes.)
 */
gn_status gn_class_table_read(const char *path, const gn_file *of, size_t units, gn_class_table *);
void gn_class_table_free(gn_class_table *);

#endif
