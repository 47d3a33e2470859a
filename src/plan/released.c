/* Comparing the recipe of a released network with that of an experiment. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "io/container.h"
#include "plan/chain.h"
#include "walk/arena.h"

/* The value of an option for an experiment: the one that it sets, else the program's default. */
static const char *asked_value(const gn_study *s, const gn_experiment *e, const gn_option *o) {
    const char *value = gn_study_training_value(s, e, o->name);
    return o->type == GN_OPTION_FLAG && !value ? "no" : value;
}

/* The arena's size as headers have it: 0 is replaced by the shape's default, or by the size of the polygon. */
static const char *real_size(const gn_study *s, const gn_experiment *e, const char *value) {
    const char *shape = gn_study_value(s, e, "arena"), *corners = gn_study_value(s, e, "arena-corners");
    const gn_option *o = gn_catalogue_option(s->catalogue, "train", "arena");
    const gn_shape index = (gn_shape)gn_parse_choice(shape ? shape : o->fallback, o->choices);
    double size;
    gn_arena arena;
    if (!gn_parse_real(value, &size) || (size != 0 && index != GN_POLYGON)) return value;
    if (index == GN_POLYGON ? gn_arena_parse(corners ? corners : "", &arena) : gn_arena_make(index, 0, &arena)) {
        gn_error_clear();
        return value;
    }
    return gn_store_format(s->store, "%.17g", arena.size);
}

static const char *option_differs(const gn_study *s, const gn_experiment *e, const gn_option *o, const gn_file *file) {
    const char *there = gn_file_get(file, gn_store_format(s->store, "recipe.%s", o->name));
    const char *asked = asked_value(s, e, o);
    if (!there && o->late) there = o->fallback; /* a network older than the option was trained with its default */
    if (!there && o->type == GN_OPTION_FLAG) there = "no";
    if (asked && strcmp(o->name, "arena-size") == 0) asked = real_size(s, e, asked);
    if (!there && !asked) return NULL;
    if (there && asked && gn_value_same(o, there, asked)) return NULL;
    return gn_store_format(s->store, "%s is %s there and %s here", o->name, there ? there : "not set",
                           asked ? asked : "not set");
}

static const char *differs(const gn_study *s, const gn_experiment *e, const char *seed, const gn_file *file) {
    const gn_option *o;
    const char *there = gn_file_get(file, "recipe.seed"), *why = NULL;
    if (!there || strcmp(there, seed) != 0)
        return gn_store_format(s->store, "its seed is %s", there ? there : "unknown");
    for (int k = 0; (o = gn_catalogue_option_at(s->catalogue, "train", k)) && strcmp(o->name, "updates") != 0 && !why;
         k++)
        why = option_differs(s, e, o, file);
    if (why) return why;
    const char *asked = asked_value(s, e, gn_catalogue_option(s->catalogue, "train", "updates"));
    there = gn_file_get(file, "update");
    if (!there || strcmp(there, asked) != 0)
        return gn_store_format(s->store, "%s updates there and %s here", there ? there : "unknown", asked);
    /* The header has the hash of the network that was continued and the experiment has its name, so the two cannot be
     * compared. */
    const bool continues = gn_study_value(s, e, "continue"), continued = gn_file_get(file, "recipe.continue");
    return continues == continued ? NULL : "only one of the two goes on from another network";
}

const char *gn_recipe_differs(const gn_study *s, const gn_experiment *e, const char *seed, const char *path) {
    gn_file *file;
    if (gn_file_read(path, "network", &file)) {
        const char *why = gn_store_format(s->store, "%s", gn_error_message());
        gn_error_clear();
        return why;
    }
    const char *why = differs(s, e, seed, file);
    gn_file_free(file);
    return why;
}
