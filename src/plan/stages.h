/* The stages of a run: every row of experiments/chain.tsv applied to a network and, where it says so, to the
 * checkpoints of its phases. */
#ifndef GN_STAGES_H
#define GN_STAGES_H

#include "plan/chain.h"

/* Adds the rules of all stages of all runs. */
gn_status gn_chain_add_runs(gn_chain *);

#endif
