/* The tables of results that an audit uses. */
#ifndef GN_RESULTS_H
#define GN_RESULTS_H

#include <stdbool.h>
#include <stdint.h>

#include "io/table.h"

typedef struct gn_results gn_results; /* the tables that a manifest names, in memory */

/* The manifest is a plain table: experiment, seed, path; of a file that is not there, `present_only` makes nothing.
 * Several tables of one kind of one seed are told apart by their header key `update`. */
gn_status gn_results_read(const char *manifest, bool present_only, gn_results **results);
void gn_results_free(gn_results *results); /* NULL is accepted */

/* The k-th table of a kind in the order of updates, where a table without the key `update` counts as 0; k = -1 is the
 * last. NULL when there are fewer. */
const gn_table *gn_results_table(const gn_results *results, const char *experiment, int64_t seed, const char *kind,
                                 int k, int64_t *update);
/* The path of a table that gn_results_table() gave. */
const char *gn_results_path(const gn_results *results, const gn_table *table);
/* The k-th seed of an experiment in rising order; false when there are fewer. */
bool gn_results_seed(const gn_results *results, const char *experiment, int k, int64_t *seed);

#endif
