/* The small tables that figures are drawn from, by the rows of figures/sheets.tsv: a row has one command, which is
 * applied to each network of which a figure needs that table. */
#ifndef GN_SHEETS_H
#define GN_SHEETS_H

#include "plan/chain.h"

/* A row of sheets.tsv. */
typedef struct {
    const char *what; /* what it contains, as a comment in the plan */
    gn_words command;
    gn_words files; /* files that the command writes, such as {sheets}/maps.tsv or {figures}/classes.tsv */
} gn_sheet_row;

typedef struct {
    gn_chain *chain;
    gn_sheet_row *row;
    int rows;
} gn_sheets; /* owns its rows: free() them */

/* Reads sheets.tsv (what, command) for a chain. */
gn_status gn_sheets_read(const char *path, gn_sheets *);
/* Adds the rule of a file, and of those that it needs, if it is a sheet and has no rule yet. Other files are made by
 * the stages, or are sources. */
gn_status gn_sheets_need(gn_sheets *, const char *path);

#endif
