/* How a result came about: everything that may differ between equal results. */
#ifndef GN_PROVENANCE_H
#define GN_PROVENANCE_H

#include "cli/options.h"

typedef struct {
    double wall, cpu; /* seconds since the start */
    double memory;    /* peak resident, MiB */
} gn_usage;

gn_usage gn_usage_since(double wall_start);
double gn_wall_clock(void); /* seconds, monotonic */

/* Writes OUTPUT.prov: lines of key<TAB>value. Nothing to do when the output is no regular file. */
gn_status gn_provenance_write(const gn_program *, const gn_options *, int argc, char **argv, const gn_usage *);

#endif
