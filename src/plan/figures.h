/* The figures: those of figures/figures.tsv, one of each experiment, and one that compares some experiments. */
#ifndef GN_FIGURES_H
#define GN_FIGURES_H

#include "plan/chain.h"

/* The section of the rules of figures.tsv's figures. */
extern const char gn_figures_section[];

/* Adds the rules of the tables for figures (sheets.tsv: what, command), of the figures (figures.tsv: figure, of,
 * needs), of one figure for each experiment and, unless `compared` is empty, of a figure that compares some
 * experiments. */
gn_status gn_chain_add_figures(gn_chain *, const char *sheets_path, const char *figures_path, const gn_words *compared);

#endif
