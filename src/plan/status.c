#include "plan/status.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "io/container.h"

typedef enum { UNKNOWN, WHOLE, STALE } state;

typedef struct {
    const gn_chain *chain;
    state *of;        /* (rules) */
    const char **why; /* (rules) why a target is stale */
} survey;

/* The modification time of a file in nanoseconds since 1970; 0: it does not exist. */
static int64_t time_of(const char *path) {
    struct stat about;
    if (stat(path, &about)) return 0;
    return (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
}

static state state_of(survey *s, int index);

static int index_of(const survey *s, const char *target) {
    const gn_rule *rule = gn_rules_find(&s->chain->rules, target);
    return rule ? (int)(rule - s->chain->rules.rule) : -1;
}

/* Why make would run the rule's command; NULL: it would not. */
static const char *reason(survey *s, const gn_rule *rule) {
    gn_store *store = s->chain->study->store;
    const int64_t made = time_of(rule->target);
    if (!made) return "missing";
    if (rule->args && time_of(gn_rule_args_path(store, rule)) > made)
        return "its options, its program's algorithm or the files it is made of changed";
    for (int i = 0; i < rule->needs.count; i++) {
        const char *need = rule->needs.word[i];
        const int other = index_of(s, need);
        if (other >= 0 && state_of(s, other) == STALE) return gn_store_format(store, "follows from %s", need);
        if (time_of(need) > made) return gn_store_format(store, "%s is newer", need);
    }
    return NULL;
}

static state state_of(survey *s, int index) {
    if (s->of[index] == UNKNOWN) {
        s->of[index] = WHOLE; /* so that the recursion would end if rules depended on each other in a circle */
        s->why[index] = reason(s, &s->chain->rules.rule[index]);
        if (s->why[index]) s->of[index] = STALE;
    }
    return s->of[index];
}

/* The number of updates of a training that was stopped, and the seconds that an update takes; 0 and nan when unknown.
 */
static int updates_done(const char *network, double *seconds) {
    char path[4096];
    gn_file *file;
    int64_t update = 0;
    size_t count = 0;
    const void *each;
    *seconds = NAN;
    if (snprintf(path, sizeof path, "%s.state", network) >= (int)sizeof path) return 0;
    if (time_of(path) == 0 || gn_file_read(path, "network", &file)) {
        gn_error_clear();
        return 0;
    }
    if (gn_file_get_int(file, "update", 0, 1000000, &update)) update = 0;
    if (!gn_file_array(file, "seconds", GN_F64, 1, &count, &each) && count) {
        *seconds = 0;
        for (size_t i = 0; i < count; i++)
            *seconds += ((const double *)each)[i] / (double)count;
    }
    gn_error_clear();
    gn_file_free(file);
    return (int)update;
}

static const char *duration(gn_store *store, double seconds) {
    if (isnan(seconds)) return "unknown time";
    if (seconds < 90) return gn_store_format(store, "about %.0f s", seconds);
    if (seconds < 5400) return gn_store_format(store, "about %.0f min", seconds / 60);
    return gn_store_format(store, "about %.1f h", seconds / 3600);
}

static void print_network(survey *s, const gn_planned_network *network) {
    const gn_chain *c = s->chain;
    gn_store *store = c->study->store;
    const char *name = gn_store_format(store, "%s/seed-%s", network->experiment->name, network->seed);
    const int training = index_of(s, network->path);
    int files = 0, stale = 0;
    const char *first = NULL;
    for (int i = 0; i < c->rules.rules; i++) {
        const char *target = c->rules.rule[i].target;
        const size_t length = strlen(network->folder);
        if (strncmp(target, network->folder, length) != 0 || target[length] != '/') continue;
        files++;
        if (state_of(s, i) == WHOLE) continue;
        stale++;
        if (!first && i != training) first = gn_store_format(store, "%s: %s", target + length + 1, s->why[i]);
    }
    const int updates = (int)strtol(gn_study_training_value(c->study, network->experiment, "updates"), NULL, 10);
    double seconds;
    const int done = updates_done(network->path, &seconds);
    const bool trained = training < 0 || state_of(s, training) == WHOLE;
    const char *said = network->from ? trained ? "released" : "released, not taken yet"
                       : trained     ? "trained"
                       : done        ? gn_store_format(store, "%d of %d updates, %s more", done, updates,
                                                       duration(store, seconds * (updates - done)))
                                     : gn_store_format(store, "to train: %s", s->why[training]);
    printf("%-32s %-40s %4d of %d files there%s%s\n", name, said, files - stale, files, first ? "; " : "",
           first ? first : "");
}

gn_status gn_status_print(const gn_chain *c) {
    survey s = {.chain = c,
                .of = calloc((size_t)c->rules.rules + 1, sizeof *s.of),
                .why = calloc((size_t)c->rules.rules + 1, sizeof *s.why)};
    gn_status status = s.of && s.why ? GN_OK : gn_fail(GN_EIO, "out of memory for the plan");
    for (int i = 0; i < c->networks && !status; i++)
        if (!c->network[i].experiment->search) print_network(&s, &c->network[i]);
    for (int i = 0; i < c->study->experiments && !status; i++)
        if (c->study->experiment[i].fault)
            printf("%-32s %s\n", c->study->experiment[i].name, c->study->experiment[i].fault);
    free(s.of);
    free(s.why);
    return status;
}
