/* What of a plan is there, what is stale and why, and how long the rest takes. */
#ifndef GN_STATUS_H
#define GN_STATUS_H

#include "plan/chain.h"

/* A line a run on standard output. */
gn_status gn_status_print(const gn_chain *);

#endif
