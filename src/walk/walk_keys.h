/* The keys of a walk: one table of what programs call its options and files its keys. */
#ifndef GN_WALK_KEYS_H
#define GN_WALK_KEYS_H

#include "cli/options.h"
#include "io/container.h"
#include "walk/trajectory.h"

/* ROW(type, field of gn_walk_values, name, default, least, most, choices, unit, help) */
#define GN_WALK_KEYS(ROW)                                                                                             \
    ROW(CHOICE, shape, "arena", "square", 0, 0, GN_ARENA_SHAPES, NULL, "shape of the arena"),                         \
        ROW(REAL, size, "arena-size", "0", 0, 100, NULL, "arena units",                                               \
            "half side of the square, radius of the circle, circumradius of the others; 0: 1, the triangle's 1.3"),   \
        ROW(CHOICE, still, "still", "held", 0, 0, GN_STILLS, NULL, "what the direction does on steps of zero speed"), \
        ROW(REAL, zero_speed, "zero-speed", "0.9", 0, 1, NULL, "share of steps",                                      \
            "steps of a trial with zero speed; exactly this share but for mode density"),                             \
        ROW(CHOICE, zero_mode, "zero-speed-mode", "steps", 0, 0, GN_ZERO_MODES, NULL,                                 \
            "zero-speed steps drawn one by one, in contiguous blocks, or each step by itself"),                       \
        ROW(INT, zero_block, "zero-speed-block", "50", 1, 1e6, NULL, "steps", "length of such a block"),              \
        ROW(REAL, turn_sd, "turn-sd", "0.333333333333333315", 0, 100, NULL, "radians",                                \
            "standard deviation of a turn"),                                                                          \
        ROW(REAL, top_speed, "top-speed", "0.2", 0, 100, NULL, "arena units per step",                                \
            "speed is uniform from 0 to this"),                                                                       \
        ROW(CHOICE, start, "start", "centre", 0, 0, GN_STARTS, NULL,                                                  \
            "where a trial starts: in the centre, half-way from there to the first corner, or anywhere"),             \
        ROW(TEXT, corners, "arena-corners", "", 0, 0, NULL, NULL,                                                     \
            "corners of a polygon, in order, as \"x,y x,y ...\"; its walls are counted from the first")

/* Rows for an option table. */
#define GN_WALK_OPTION(TYPE, FIELD, NAME, DEFAULT, LEAST, MOST, CHOICES, UNIT, HELP)                                \
    {                                                                                                               \
        .name = NAME, .type = GN_OPTION_##TYPE, .fallback = DEFAULT, .min = LEAST, .max = MOST, .choices = CHOICES, \
        .unit = UNIT, .help = HELP                                                                                  \
    }
#define GN_WALK_OPTIONS GN_WALK_KEYS(GN_WALK_OPTION)
gn_status gn_walk_from_options(const gn_options *, gn_walk *);

/* The same options for programs that start from a network's own walk: what is not given is the network's. */
#define GN_WALK_OVERRIDE(TYPE, FIELD, NAME, DEFAULT, LEAST, MOST, CHOICES, UNIT, HELP)                         \
    {                                                                                                          \
        .name = NAME, .type = GN_OPTION_##TYPE, .fallback = "", .min = LEAST, .max = MOST, .choices = CHOICES, \
        .unit = UNIT, .help = HELP " (the network's)"                                                          \
    }
#define GN_WALK_OVERRIDES GN_WALK_KEYS(GN_WALK_OVERRIDE)
/* Replaces what the command line gives and leaves the rest. Another arena comes at its default size unless a size is
 * given too. */
gn_status gn_walk_override(const gn_options *, gn_walk *);

/* The walk behind a file's contents: the keys probe.arena, probe.arena-size, ... of its header, or recipe.arena, ...
 * when it is not a probe's. */
gn_status gn_walk_from_file(const gn_file *, gn_walk *);
gn_status gn_walk_to_file(const gn_walk *, gn_file *); /* recipe.* */
/* The same under a given prefix: a probe's file holds the network's walk under "recipe." and the one it was probed
 * with, perhaps in another arena, under "probe.". */
gn_status gn_walk_from_keys(const gn_file *, const char *prefix, gn_walk *);
gn_status gn_walk_to_keys(const gn_walk *, const char *prefix, gn_file *);

#endif
