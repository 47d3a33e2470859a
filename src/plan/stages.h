/* The stages of a network: every row of experiments/chain.tsv applied to a network and, where it says so, to the
 * checkpoints of its phases. */
#ifndef GN_STAGES_H
#define GN_STAGES_H

#include "plan/chain.h"

/* Adds the rules of all stages of all networks. */
gn_status gn_chain_add_stages(gn_chain *);

#endif
