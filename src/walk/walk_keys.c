#include "walk/walk_keys.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A walk in the form of its keys. */
typedef struct {
    int shape, still, zero_mode, start; /* indices of choices */
    double size, zero_speed, turn_sd, top_speed;
    int64_t zero_block;
    const char *corners; /* "x,y x,y ..."; NULL: the arena is not a polygon */
} gn_walk_values;

typedef struct {
    gn_option_type type;
    size_t offset; /* in gn_walk_values */
    const char *name, *choices;
    double least, most;
} key;

#define KEY(TYPE, FIELD, NAME, DEFAULT, LEAST, MOST, CHOICES, UNIT, HELP)                                      \
    {                                                                                                          \
        .type = GN_OPTION_##TYPE, .offset = offsetof(gn_walk_values, FIELD), .name = NAME, .choices = CHOICES, \
        .least = LEAST, .most = MOST                                                                           \
    }
static const key keys[] = {GN_WALK_KEYS(KEY)};
enum { KEYS = sizeof keys / sizeof *keys };

static void *field(gn_walk_values *values, const key *k) {
    return (char *)values + k->offset;
}

/* ---- between the two forms ---------------------------------------------------------------------- */

static gn_walk_values values_of(const gn_walk *walk) {
    return (gn_walk_values){.shape = (int)walk->arena.shape,
                            .size = walk->arena.size,
                            .still = (int)walk->still,
                            .zero_speed = walk->zero_speed,
                            .zero_mode = (int)walk->zero_mode,
                            .zero_block = walk->zero_block,
                            .turn_sd = walk->turn_sd,
                            .top_speed = walk->top_speed,
                            .start = (int)walk->start};
}

/* Sets everything except the arena. */
static void set_motion(const gn_walk_values *v, gn_walk *walk) {
    walk->still = (gn_still)v->still;
    walk->zero_speed = v->zero_speed;
    walk->zero_mode = (gn_zero)v->zero_mode;
    walk->zero_block = (int)v->zero_block;
    walk->turn_sd = v->turn_sd;
    walk->top_speed = v->top_speed;
    walk->start = (gn_start)v->start;
}

static gn_status set_arena(const gn_walk_values *v, gn_arena *arena) {
    const bool polygon = v->shape == GN_POLYGON;
    if (polygon != (v->corners != NULL))
        return gn_fail(GN_EUSAGE, polygon ? "arena: a polygon is given by arena-corners, \"x,y x,y ...\""
                                          : "arena-corners: only with arena polygon");
    return polygon ? gn_arena_parse(v->corners, arena) : gn_arena_make((gn_shape)v->shape, v->size, arena);
}

/* ---- options ------------------------------------------------------------------------------------ */

static void take_option(const gn_options *options, const key *k, gn_walk_values *v) {
    switch (k->type) {
        case GN_OPTION_CHOICE:
            *(int *)field(v, k) = gn_option_choice(options, k->name);
            break;
        case GN_OPTION_REAL:
            *(double *)field(v, k) = gn_option_real(options, k->name);
            break;
        case GN_OPTION_INT:
            *(int64_t *)field(v, k) = gn_option_int(options, k->name);
            break;
        default:
            *(const char **)field(v, k) = gn_option_text(options, k->name);
    }
}

gn_status gn_walk_from_options_of_track(const gn_options *options, gn_walk *walk) {
    gn_walk_values v = {0};
    for (int i = 0; i < KEYS; i++)
        take_option(options, &keys[i], &v);
    set_motion(&v, walk);
    return set_arena(&v, &walk->arena);
}

gn_status gn_walk_from_options(const gn_options *options, gn_walk *walk) {
    gn_status status = gn_walk_from_options_of_track(options, walk);
    return status ? status : gn_walk_check(walk);
}

gn_status gn_walk_override(const gn_options *options, gn_walk *walk) {
    gn_walk_values v = values_of(walk);
    bool arena = false;
    for (int i = 0; i < KEYS; i++) {
        if (!gn_option_given(options, keys[i].name)) continue;
        take_option(options, &keys[i], &v);
        arena |= strncmp(keys[i].name, "arena", 5) == 0;
    }
    if (v.shape != (int)walk->arena.shape && !gn_option_given(options, "arena-size")) v.size = 0;
    set_motion(&v, walk);
    if (arena) {
        gn_status status = set_arena(&v, &walk->arena);
        if (status) return status;
    }
    return gn_walk_check(walk);
}

gn_status gn_walk_refuse_options(const gn_options *options) {
    for (int i = 0; i < KEYS; i++)
        if (gn_option_given(options, keys[i].name))
            return gn_fail(GN_EUSAGE, "--%s: not with --trajectories, whose file says it", keys[i].name);
    return GN_OK;
}

/* ---- headers ------------------------------------------------------------------------------------ */

/* Prefix and name joined to a key; every key of a walk fits. */
typedef struct {
    char text[64];
} key_name;

static key_name name_of(const char *prefix, const key *k) {
    key_name name;
    snprintf(name.text, sizeof name.text, "%s%s", prefix, k->name);
    return name;
}

static gn_status take_key(const gn_file *file, const char *prefix, const key *k, gn_walk_values *v) {
    const key_name name = name_of(prefix, k);
    switch (k->type) {
        case GN_OPTION_CHOICE:
            return gn_file_get_choice(file, name.text, k->choices, field(v, k));
        case GN_OPTION_REAL: /* not limited to what the option accepts, as a walk measured on a track may exceed that */
            return gn_file_get_real(file, name.text, 0, k->most > 1 ? 1e6 : k->most, field(v, k));
        case GN_OPTION_INT:
            return gn_file_get_int(file, name.text, (int64_t)k->least, (int64_t)k->most, field(v, k));
        default:
            *(const char **)field(v, k) = gn_file_get(file, name.text); /* only polygons have this key */
            return GN_OK;
    }
}

static gn_status walk_from_keys(const gn_file *file, const char *prefix, gn_walk *walk) {
    gn_walk_values v = {0};
    gn_status status = GN_OK;
    for (int i = 0; i < KEYS && !status; i++)
        status = take_key(file, prefix, &keys[i], &v);
    if (status) return status;
    set_motion(&v, walk);
    status = set_arena(&v, &walk->arena);
    if (!status) status = gn_walk_check(walk);
    if (!status) return GN_OK;
    /* Parameters with which no walk is possible are a fault of the file, not of the command line. */
    char why[256];
    snprintf(why, sizeof why, "%s", gn_error_message());
    gn_error_clear();
    return gn_fail(GN_EFILE, "%s: %s%s", gn_file_path(file), prefix, why);
}

gn_status gn_walk_from_file(const gn_file *file, gn_walk *walk) {
    return walk_from_keys(file, gn_file_get(file, "probe.arena") ? "probe." : "recipe.", walk);
}

/* The digits of the shortest text of a walk's numbers, which keep sizes and coordinates free of exponents. */
enum { DIGITS = 15 };

static gn_status set_corners(gn_file *file, const char *name, const gn_arena *arena) {
    gn_text text = {0};
    for (int k = 0; k < arena->corners; k++)
        gn_text_format(&text, "%s%s,%s", k ? " " : "", gn_shortest(arena->corner[k][0], DIGITS).text,
                       gn_shortest(arena->corner[k][1], DIGITS).text);
    gn_status status = text.status ? text.status : gn_file_set(file, name, "%s", text.byte);
    free(text.byte);
    return status;
}

static gn_status set_key(gn_file *file, const char *name, const key *k, gn_walk_values *v) {
    switch (k->type) {
        case GN_OPTION_INT:
            return gn_file_set(file, name, "%lld", (long long)*(int64_t *)field(v, k));
        case GN_OPTION_REAL:
            return gn_file_set(file, name, "%s", gn_shortest(*(double *)field(v, k), DIGITS).text);
        default: {
            const char *choice = k->choices;
            for (int i = *(int *)field(v, k); i > 0; i--)
                choice = strchr(choice, '|') + 1;
            return gn_file_set(file, name, "%.*s", (int)strcspn(choice, "|"), choice);
        }
    }
}

gn_status gn_walk_to_keys(const gn_walk *walk, const char *prefix, gn_file *file) {
    /* Integers, then choices, then real numbers: changing this order would change the bytes of files. */
    static const gn_option_type order[] = {GN_OPTION_INT, GN_OPTION_CHOICE, GN_OPTION_REAL};
    gn_walk_values v = values_of(walk);
    gn_status status = GN_OK;
    for (int o = 0; o < 3; o++)
        for (int i = 0; i < KEYS && !status; i++)
            if (keys[i].type == order[o]) status = set_key(file, name_of(prefix, &keys[i]).text, &keys[i], &v);
    for (int i = 0; i < KEYS && walk->arena.shape == GN_POLYGON && !status; i++)
        if (keys[i].type == GN_OPTION_TEXT) status = set_corners(file, name_of(prefix, &keys[i]).text, &walk->arena);
    return status;
}

gn_status gn_walk_to_file(const gn_walk *walk, gn_file *file) {
    return gn_walk_to_keys(walk, "recipe.", file);
}
