/* What needs all experiments of the study: those of sweeps, names of others, circles. */
#include <string.h>

#include "plan/study_parts.h"

const char *gn_name_fault(gn_study *s, const char *value) {
    const gn_experiment *other = gn_study_find(s, value);
    if (strcmp(value, "-") == 0) return NULL;
    if (other) return other->fault;
    const gn_words names = gn_study_names(s);
    const char *nearest = gn_nearest(&names, value);
    return gn_store_format(s->store, "'%s' is no experiment%s%s", value, nearest ? "; the nearest is " : "",
                           nearest ? nearest : "");
}

/* Checks a key whose value is the name of an experiment. */
static void check_name(gn_study *s, gn_experiment *e, const char *key) {
    const gn_setting *set = gn_setting_find(e, key, false);
    const char *fault = set && !e->fault ? gn_name_fault(s, set->value) : NULL;
    if (fault)
        gn_study_blame(e, gn_store_format(s->store, "%s:%d: %s.%s: %s", set->file, set->line, e->name, key, fault));
}

/* Blames e where following `key` (like, or continue) from one experiment to the next comes back to e. A circle of likes
 * is to be looked for first: values are found along it. */
static void check_circle(gn_study *s, gn_experiment *e, const char *key, const char *who) {
    const gn_experiment *at = e;
    for (int depth = 0; at && !e->fault; depth++) {
        const gn_setting *own = gn_setting_find(at, key, false);
        const char *next = strcmp(key, "like") != 0 ? gn_study_value(s, at, key) : own ? own->value : NULL;
        at = next ? gn_study_find(s, next) : NULL;
        if (at == e || depth > 50)
            gn_study_blame(e, gn_store_format(s->store, "%s: %s.%s: a circle of experiments that %s each other",
                                              e->file, e->name, key, who));
    }
}

/* Makes the experiments of NAME.sweep = KEY: VALUE ...: for each value NAME-VALUE, which is like NAME except for KEY.
 */
static gn_status add_sweep(gn_study *s, int index) {
    gn_experiment *e = &s->experiment[index];
    const char *value = gn_study_value(s, e, "sweep"), *name = e->name, *file = e->file;
    const gn_setting *own = gn_setting_find(e, "sweep", false);
    if (!value || !own) return GN_OK; /* a sweep is not inherited */
    const int line = own->line;
    const gn_words words = gn_words_split(s->store, value, " ");
    const size_t length = words.count ? strlen(words.word[0]) : 0;
    const char *where = gn_store_format(s->store, "%s:%d: %s.sweep", own->file, line, name);
    if (words.count < 2 || words.word[0][length - 1] != ':') {
        gn_study_blame(e, gn_store_format(s->store, "%s: '%s', expected KEY: VALUE VALUE ...", where, value));
        return GN_OK;
    }
    const char *key = gn_store_format(s->store, "%.*s", (int)length - 1, words.word[0]);
    gn_words made = {0};
    if (gn_is_study_key(key)) {
        gn_study_blame(
            e, gn_store_format(s->store, "%s: '%s' is no option; expected one that `make keys` explains", where, key));
        return GN_OK;
    }
    for (int i = 1; i < words.count; i++) {
        if (strspn(words.word[i], GN_NAMED) < strlen(words.word[i])) {
            gn_study_blame(e, gn_store_format(s->store,
                                              "%s: '%s', expected values of letters, digits and . _ , + - /, as names "
                                              "of experiments are made of them",
                                              where, words.word[i]));
            return GN_OK;
        }
        const char *fault = gn_setting_fault(s, key, words.word[i]);
        gn_experiment *one = gn_study_find_or_add(s, gn_store_format(s->store, "%s-%s", name, words.word[i]), file);
        if (!one) return GN_EIO;
        if (fault) gn_study_blame(one, gn_store_format(s->store, "%s: %s = %s: %s", where, key, words.word[i], fault));
        const gn_setting *like = gn_setting_find(one, "like", false), *set = gn_setting_find(one, key, false);
        if (like || set)
            gn_study_blame(one, gn_store_format(s->store, "%s:%d: %s.%s: set by %s", (like ? like : set)->file,
                                                (like ? like : set)->line, one->name, like ? "like" : key, where));
        gn_status status =
            gn_study_add_setting(one, (gn_setting){.key = "like", .value = name, .file = file, .line = line});
        if (!status)
            status =
                gn_study_add_setting(one, (gn_setting){.key = key, .value = words.word[i], .file = file, .line = line});
        if (status) return status;
        gn_words_add(s->store, &made, one->name);
    }
    s->experiment[index].sweep = made; /* the array may have moved */
    return GN_OK;
}

static int faults_of(const gn_study *s) {
    int faults = 0;
    for (int i = 0; i < s->experiments; i++)
        faults += s->experiment[i].fault != NULL;
    return faults;
}

/* Refuses names that are targets of make, of which a rule for the experiment would change the meaning. The base of the
 * search is made by the target of its name. */
static gn_status check_names(const gn_study *s) {
    for (int i = 0; i < s->experiments; i++) {
        const gn_experiment *e = &s->experiment[i];
        const bool base = strcmp(e->name, "search") == 0 && strstr(e->file, "search/search.mk");
        if (!base && gn_words_find(&s->reserved, e->name) >= 0)
            return gn_fail(GN_EUSAGE, "%s: '%s' is a target of make; choose another name", e->file, e->name);
    }
    return GN_OK;
}

gn_status gn_study_complete(gn_study *s) {
    const int read = s->experiments;
    for (int i = 0; i < read; i++) {
        gn_status status = add_sweep(s, i);
        if (status) return status;
    }
    gn_status status = check_names(s);
    if (status) return status;
    /* Each pass hands faults on to experiments that are like, or continue, those that have one. */
    for (int before = -1, faults = faults_of(s); faults > before; faults = faults_of(s)) {
        before = faults;
        for (int i = 0; i < s->experiments; i++) {
            check_name(s, &s->experiment[i], "like");
            check_name(s, &s->experiment[i], "continue");
            check_circle(s, &s->experiment[i], "like", "are like");
            check_circle(s, &s->experiment[i], "continue", "continue");
        }
    }
    return s->store->status;
}
