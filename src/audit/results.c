#include "audit/results.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

typedef struct {
    const char *experiment, *path; /* belong to the manifest */
    const char *kind;              /* belongs to the table */
    int64_t seed, update;
    gn_table *table;
} result;

struct gn_results {
    gn_table *manifest;
    result *result; /* sorted by experiment, seed, kind and update */
    size_t count;
};

void gn_results_free(gn_results *results) {
    if (results == NULL) return;
    for (size_t k = 0; k < results->count; k++)
        gn_table_free(results->result[k].table);
    gn_table_free(results->manifest);
    free(results->result);
    free(results);
}

static int by_name(const result *p, const result *q) {
    int order = strcmp(p->experiment, q->experiment);
    if (order == 0) order = p->seed < q->seed ? -1 : p->seed > q->seed;
    return order != 0 ? order : strcmp(p->kind, q->kind);
}

static int by_name_and_update(const void *a, const void *b) {
    const result *p = a, *q = b;
    int order = by_name(p, q);
    return order != 0 ? order : p->update < q->update ? -1 : p->update > q->update;
}

static gn_status read_result(const char *manifest, const char *seed, const char *path, result *r) {
    if (!gn_parse_int(seed, &r->seed) || r->seed < 0)
        return gn_fail(GN_EFILE, "%s: seed '%s', accepted: an integer from 0", manifest, seed);
    gn_status status = gn_table_read(path, NULL, &r->table);
    if (status) return status;
    r->kind = gn_table_key(r->table, "kind");
    if (r->kind == NULL) return gn_fail(GN_EFILE, "%s: has no '# kind:' line", path);
    const char *update = gn_table_key(r->table, "update");
    if (update != NULL && !gn_parse_int(update, &r->update))
        return gn_fail(GN_EFILE, "%s: update '%s', accepted: an integer", path, update);
    return GN_OK;
}

/* Refuses two tables of the same kind, experiment, seed and update, as the choice between them would be arbitrary. */
static gn_status check_distinct(const char *path, const gn_results *results) {
    for (size_t k = 1; k < results->count; k++) {
        const result *r = &results->result[k];
        if (by_name_and_update(r - 1, r) == 0)
            return gn_fail(GN_EFILE, "%s: two files of kind %s, experiment %s, seed %lld, update %lld", path, r->kind,
                           r->experiment, (long long)r->seed, (long long)r->update);
    }
    return GN_OK;
}

gn_status gn_results_read(const char *path, bool present_only, gn_results **out) {
    gn_results *results = gn_alloc(1, sizeof *results);
    *out = NULL;
    if (results == NULL) return GN_EIO;
    int experiment = 0, seed = 0, file = 0;
    gn_status status = gn_table_read_plain(path, NULL, &results->manifest);
    if (!status) status = gn_table_column(results->manifest, "experiment", &experiment);
    if (!status) status = gn_table_column(results->manifest, "seed", &seed);
    if (!status) status = gn_table_column(results->manifest, "path", &file);
    size_t rows = status == GN_OK ? gn_table_rows(results->manifest) : 0;
    if (!status) {
        results->result = gn_alloc(rows + 1, sizeof *results->result);
        if (results->result == NULL) status = GN_EIO;
    }
    for (size_t row = 0; row < rows && !status; row++) {
        const char *name = gn_table_text(results->manifest, row, file);
        if (present_only && access(name, F_OK)) continue;
        result *r = &results->result[results->count++];
        r->experiment = gn_table_text(results->manifest, row, experiment);
        r->path = name;
        status = read_result(path, gn_table_text(results->manifest, row, seed), name, r);
    }
    if (!status) {
        qsort(results->result, results->count, sizeof *results->result, by_name_and_update);
        status = check_distinct(path, results);
    }
    if (!status)
        *out = results;
    else
        gn_results_free(results);
    return status;
}

const gn_table *gn_results_table(const gn_results *results, const char *experiment, int64_t seed, const char *kind,
                                 int k, int64_t *update) {
    const result wanted = {.experiment = experiment, .seed = seed, .kind = kind};
    const result *found = NULL;
    for (size_t i = 0; i < results->count; i++) {
        if (by_name(&results->result[i], &wanted) != 0) continue;
        found = &results->result[i];
        if (k-- == 0) break; /* k = -1 never gets to 0, so the last table is found */
    }
    if (found == NULL || k >= 0) return NULL;
    if (update != NULL) *update = found->update;
    return found->table;
}

const char *gn_results_path(const gn_results *results, const gn_table *table) {
    for (size_t i = 0; i < results->count; i++)
        if (results->result[i].table == table) return results->result[i].path;
    return "-";
}

bool gn_results_seed(const gn_results *results, const char *experiment, int k, int64_t *seed) {
    bool any = false;
    for (size_t i = 0; i < results->count; i++) {
        const result *r = &results->result[i];
        if (strcmp(r->experiment, experiment) != 0 || (any && r->seed == *seed)) continue;
        *seed = r->seed;
        any = true;
        if (k-- == 0) return true;
    }
    return false;
}
