/* Provenance: how a result was made. It holds everything that may differ between results with equal bytes. */
#ifndef GN_PROVENANCE_H
#define GN_PROVENANCE_H

#include "cli/options.h"

typedef struct {
    double wall, cpu; /* seconds since the start */
    double memory;    /* peak resident, MiB */
} gn_usage;

gn_usage gn_usage_since(double wall_start);
double gn_wall_clock(void); /* seconds, monotonic */

/* Writes OUTPUT.prov with lines of key<TAB>value, unless the output is not a regular file. */
gn_status gn_provenance_write(const gn_program *, const gn_options *, int argc, char **argv, const gn_usage *);

#endif
