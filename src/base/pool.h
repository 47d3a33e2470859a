/* A fixed set of threads that share the tasks of one loop at a time. Results must not depend on which thread runs a
 * task: every task writes to memory of its own, which the caller then adds up in the order of the tasks. */
#ifndef GN_POOL_H
#define GN_POOL_H

#include "base/error.h"

typedef struct gn_pool gn_pool;

/* threads >= 1; the calling thread counts as one of them. */
gn_status gn_pool_new(int threads, gn_pool **pool);
void gn_pool_free(gn_pool *); /* NULL is accepted */
int gn_pool_threads(const gn_pool *);

/* Runs task(context, i, worker) for i = 0 .. tasks-1, worker in 0 .. threads-1; returns when all
 * are done. */
void gn_pool_run(gn_pool *, int tasks, void (*task)(void *context, int i, int worker), void *context);

#endif
