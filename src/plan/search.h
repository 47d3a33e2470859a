/* The rules of the search: its ranking, and of each of its networks the sheet of all maps. */
#ifndef GN_SEARCH_H
#define GN_SEARCH_H

#include "plan/chain.h"

/* recipes: the search's table. The ranking is of the results that are there when the plan is made. */
gn_status gn_chain_add_search(gn_chain *, const char *recipes);

#endif
