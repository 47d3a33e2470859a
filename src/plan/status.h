/* The status of a study: which files are there, which are stale and why, and how long trainings under way still take.
 */
#ifndef GN_STATUS_H
#define GN_STATUS_H

#include "plan/chain.h"

/* Prints a line for each network on standard output. */
gn_status gn_status_print(const gn_chain *);

#endif
