/* The options of all programs, read from the tables that `PROGRAM --options` prints. */
#ifndef GN_CATALOGUE_H
#define GN_CATALOGUE_H

#include <stdbool.h>

#include "cli/options.h"
#include "io/table.h"
#include "plan/store.h"

typedef struct {
    const char *program;
    int algorithm;
    int of_program;   /* the number of the program's rows from this one on; they stand together */
    gn_option option; /* its texts belong to the table; fallback is NULL when there is no default */
} gn_catalogue_row;

typedef struct {
    gn_table *table;
    gn_catalogue_row *row; /* (rows) */
    int rows;
} gn_catalogue;

/* Reads a file with the tables of all programs one after the other, under one row of column names. */
gn_status gn_catalogue_read(const char *path, gn_catalogue *);
void gn_catalogue_free(gn_catalogue *);

int gn_catalogue_algorithm(const gn_catalogue *, const char *program); /* 0: no such program */
const gn_option *gn_catalogue_option(const gn_catalogue *, const char *program, const char *name); /* NULL: none */
/* The k-th option of a program; NULL when there are fewer. */
const gn_option *gn_catalogue_option_at(const gn_catalogue *, const char *program, int k);

/* NULL when the option accepts this value, else what is wrong with it, a text in the store. Flags accept yes and no. */
const char *gn_value_fault(gn_store *, const gn_option *, const char *value);
/* What an option accepts, such as "int 1..4096" or "choice square|hexagon": a text in the store. */
const char *gn_value_accepted(gn_store *, const gn_option *);
/* Whether two texts are the same value of an option, as 0.10 and 0.1 are. */
bool gn_value_same(const gn_option *, const char *a, const char *b);

#endif
