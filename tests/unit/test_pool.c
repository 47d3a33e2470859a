/* The pool runs each task exactly once, on any number of threads, loop after loop. */
#include <stdatomic.h>

#include "base/pool.h"
#include "gn_test.h"

enum { TASKS = 97, THREADS = 8 };

typedef struct {
    atomic_int ran[TASKS], busy[THREADS], wrong;
    int threads;
} record;

static void task(void *context, int i, int worker) {
    record *r = context;
    if (worker < 0 || worker >= r->threads || i < 0 || i >= TASKS) {
        atomic_fetch_add(&r->wrong, 1);
        return;
    }
    /* A worker's scratch memory is its own: it never has two tasks at a time. */
    if (atomic_fetch_add(&r->busy[worker], 1)) atomic_fetch_add(&r->wrong, 1);
    atomic_fetch_add(&r->ran[i], 1);
    atomic_fetch_sub(&r->busy[worker], 1);
}

static void each_task_once(void **state) {
    (void)state;
    static const int tasks[] = {0, 1, 2, 3, 10, TASKS};
    for (int threads = 1; threads <= THREADS; threads++) {
        gn_pool *pool;
        assert_ok(gn_pool_new(threads, &pool));
        assert_int_equal(gn_pool_threads(pool), threads);
        for (int loop = 0; loop < 200; loop++) {
            const int n = tasks[loop % 6];
            record r = {.threads = threads};
            gn_pool_run(pool, n, task, &r);
            for (int i = 0; i < TASKS; i++)
                assert_int_equal(r.ran[i], i < n);
            assert_int_equal(r.wrong, 0);
        }
        gn_pool_free(pool);
    }
    gn_pool_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_task_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
