#include "base/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct {
    gn_pool *pool;
    int number;
} worker;

struct gn_pool {
    int threads, started;
    pthread_t *thread;
    worker *worker;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    unsigned long round; /* number of the current loop; workers wake when it changes */
    bool stop;
    int tasks, next, busy;
    void (*task)(void *, int, int);
    void *context;
};

/* Runs tasks until none is left. The caller holds the lock, and holds it again when this returns. */
static void take(gn_pool *pool, int number) {
    while (pool->next < pool->tasks) {
        int i = pool->next++;
        pthread_mutex_unlock(&pool->lock);
        pool->task(pool->context, i, number);
        pthread_mutex_lock(&pool->lock);
    }
}

static void *serve(void *argument) {
    worker *self = argument;
    gn_pool *pool = self->pool;
    unsigned long seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->stop)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->stop) break;
        seen = pool->round;
        take(pool, self->number);
        if (--pool->busy == 0) pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

gn_status gn_pool_new(int threads, gn_pool **out) {
    gn_pool *pool = gn_alloc(1, sizeof *pool);
    if (!pool) return GN_EIO;
    pool->threads = threads;
    pool->thread = gn_alloc((unsigned long)threads, sizeof *pool->thread);
    pool->worker = gn_alloc((unsigned long)threads, sizeof *pool->worker);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    if (!pool->thread || !pool->worker) {
        gn_pool_free(pool);
        return GN_EIO;
    }
    for (int i = 1; i < threads; i++) {
        pool->worker[i] = (worker){pool, i};
        int error = pthread_create(&pool->thread[i], NULL, serve, &pool->worker[i]);
        if (error) {
            errno = error;
            gn_status status = gn_fail_errno("cannot start thread %d of %d", i + 1, threads);
            gn_pool_free(pool);
            return status;
        }
        pool->started = i;
    }
    *out = pool;
    return GN_OK;
}

void gn_pool_free(gn_pool *pool) {
    if (!pool) return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 1; i <= pool->started; i++)
        pthread_join(pool->thread[i], NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool->worker);
    free(pool->thread);
    free(pool);
}

int gn_pool_threads(const gn_pool *pool) {
    return pool->threads;
}

void gn_pool_run(gn_pool *pool, int tasks, void (*task)(void *, int, int), void *context) {
    pthread_mutex_lock(&pool->lock);
    pool->task = task;
    pool->context = context;
    pool->tasks = tasks;
    pool->next = 0;
    pool->busy = pool->threads - 1;
    pool->round++;
    pthread_cond_broadcast(&pool->work);
    take(pool, 0);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
