/* What the programs accept: their own option tables, as `PROGRAM --options` prints them. */
#ifndef GN_CATALOGUE_H
#define GN_CATALOGUE_H

#include <stdbool.h>

#include "cli/options.h"
#include "io/table.h"
#include "plan/store.h"

typedef struct {
    const char *program;
    int algorithm;
    gn_option option; /* texts are the table's; fallback NULL: none */
} gn_catalogue_row;

typedef struct {
    gn_table *table;
    gn_catalogue_row *row; /* (rows) */
    int rows;
} gn_catalogue;

/* The rows of all programs, one table after the other, under one line of column names. */
gn_status gn_catalogue_read(const char *path, gn_catalogue *);
void gn_catalogue_free(gn_catalogue *);

int gn_catalogue_algorithm(const gn_catalogue *, const char *program); /* 0: no such program */
const gn_option *gn_catalogue_option(const gn_catalogue *, const char *program, const char *name); /* NULL: none */
/* The k-th option of a program; NULL past the last. */
const gn_option *gn_catalogue_option_at(const gn_catalogue *, const char *program, int k);

/* Whether an option takes this value; if not, what is wrong with it, in the store. Flags take yes and no. */
const char *gn_value_fault(gn_store *, const gn_option *, const char *value);
/* "int 1..4096", "choice square|hexagon": what it accepts, in the store. */
const char *gn_value_accepted(gn_store *, const gn_option *);
/* Whether two texts are the same value of an option: 0.10 is 0.1. */
bool gn_value_same(const gn_option *, const char *a, const char *b);

#endif
