/* The animal: modified Brownian motion in an arena. */
#ifndef GN_TRAJECTORY_H
#define GN_TRAJECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "cli/options.h"
#include "io/container.h"
#include "walk/arena.h"

typedef enum { GN_STILL_HELD, GN_STILL_DIFFUSING } gn_still;
#define GN_ZERO_MODES "steps|blocks|density"
typedef enum { GN_ZERO_STEPS, GN_ZERO_BLOCKS, GN_ZERO_DENSITY } gn_zero;
typedef enum { GN_START_CENTRE, GN_START_UNIFORM } gn_start;
#define GN_CODINGS "turns|radians|cossin"
typedef enum { GN_CODE_TURNS, GN_CODE_RADIANS, GN_CODE_COSSIN } gn_coding;

/* How the animal moves; the part of a recipe that trajectories depend on. */
typedef struct {
    gn_arena arena;
    gn_still still;    /* direction while standing still */
    double zero_speed; /* share of a trial's steps with speed 0: exactly round(share * steps), or on average */
    gn_zero zero_mode; /* single steps at random, contiguous blocks, or each step by itself (on average) */
    int zero_block;    /* steps a block, for GN_ZERO_BLOCKS */
    double turn_sd;    /* radians per moving step (or per step, when diffusing) */
    double top_speed;  /* speed is uniform in (0, top_speed), arena units per step */
    gn_start start;
} gn_walk;

/* Rows for an option table: --arena --arena-size --still --zero-speed --zero-speed-mode
 * --zero-speed-block --turn-sd --top-speed --start. Defaults: square, 0 (the shape's), held,
 * 0.9, steps, 50, 0.333333333333333315, 0.2, centre. */
#define GN_WALK_OPTIONS                                                                               \
    {.name = "arena",                                                                                 \
     .type = GN_OPTION_CHOICE,                                                                        \
     .fallback = "square",                                                                            \
     .choices = GN_ARENA_SHAPES,                                                                      \
     .help = "shape of the arena"},                                                                   \
        {.name = "arena-size",                                                                        \
         .type = GN_OPTION_REAL,                                                                      \
         .fallback = "0",                                                                             \
         .max = 100,                                                                                  \
         .unit = "arena units",                                                                       \
         .help = "half side of the square, circumradius of the others; 0: 1, 1 and 1.3"},             \
        {.name = "still",                                                                             \
         .type = GN_OPTION_CHOICE,                                                                    \
         .fallback = "held",                                                                          \
         .choices = "held|diffusing",                                                                 \
         .help = "what the direction does on steps of zero speed"},                                   \
        {.name = "zero-speed",                                                                        \
         .type = GN_OPTION_REAL,                                                                      \
         .fallback = "0.9",                                                                           \
         .max = 1,                                                                                    \
         .unit = "share of steps",                                                                    \
         .help = "steps of a trial with zero speed; exactly this share but for mode density"},        \
        {.name = "zero-speed-mode",                                                                   \
         .type = GN_OPTION_CHOICE,                                                                    \
         .fallback = "steps",                                                                         \
         .choices = GN_ZERO_MODES,                                                                    \
         .help = "zero-speed steps drawn one by one, in contiguous blocks, or each step by itself"},  \
        {.name = "zero-speed-block",                                                                  \
         .type = GN_OPTION_INT,                                                                       \
         .fallback = "50",                                                                            \
         .min = 1,                                                                                    \
         .max = 1e6,                                                                                  \
         .unit = "steps",                                                                             \
         .help = "length of such a block"},                                                           \
        {.name = "turn-sd",                                                                           \
         .type = GN_OPTION_REAL,                                                                      \
         .fallback = "0.333333333333333315",                                                          \
         .max = 100,                                                                                  \
         .unit = "radians",                                                                           \
         .help = "standard deviation of a turn"},                                                     \
        {.name = "top-speed",                                                                         \
         .type = GN_OPTION_REAL,                                                                      \
         .fallback = "0.2",                                                                           \
         .max = 100,                                                                                  \
         .unit = "arena units per step",                                                              \
         .help = "speed is uniform from 0 to this"},                                                  \
    {                                                                                                 \
        .name = "start", .type = GN_OPTION_CHOICE, .fallback = "centre", .choices = "centre|uniform", \
        .help = "where a trial starts"                                                                \
    }

gn_status gn_walk_from_options(const gn_options *, gn_walk *);

/* The same options for programs that start from a network's own walk. */
#define GN_WALK_OVERRIDES                                                                       \
    {.name = "arena",                                                                           \
     .type = GN_OPTION_CHOICE,                                                                  \
     .fallback = "",                                                                            \
     .choices = GN_ARENA_SHAPES,                                                                \
     .help = "shape of the arena, if not the network's"},                                       \
        {.name = "arena-size",                                                                  \
         .type = GN_OPTION_REAL,                                                                \
         .fallback = "",                                                                        \
         .max = 100,                                                                            \
         .unit = "arena units",                                                                 \
         .help = "its size, if not the network's (another shape: 1, 1 and 1.3)"},               \
        {.name = "still",                                                                       \
         .type = GN_OPTION_CHOICE,                                                              \
         .fallback = "",                                                                        \
         .choices = "held|diffusing",                                                           \
         .help = "direction on steps of zero speed, if not the network's"},                     \
        {.name = "zero-speed",                                                                  \
         .type = GN_OPTION_REAL,                                                                \
         .fallback = "",                                                                        \
         .max = 1,                                                                              \
         .unit = "share of steps",                                                              \
         .help = "steps of a trial with zero speed, if not the network's share"},               \
        {.name = "zero-speed-mode",                                                             \
         .type = GN_OPTION_CHOICE,                                                              \
         .fallback = "",                                                                        \
         .choices = GN_ZERO_MODES,                                                              \
         .help = "how they are drawn, if not as for the network"},                              \
        {.name = "zero-speed-block",                                                            \
         .type = GN_OPTION_INT,                                                                 \
         .fallback = "",                                                                        \
         .min = 1,                                                                              \
         .max = 1e6,                                                                            \
         .unit = "steps",                                                                       \
         .help = "length of a block, if not the network's"},                                    \
        {.name = "turn-sd",                                                                     \
         .type = GN_OPTION_REAL,                                                                \
         .fallback = "",                                                                        \
         .max = 100,                                                                            \
         .unit = "radians",                                                                     \
         .help = "standard deviation of a turn, if not the network's"},                         \
        {.name = "top-speed",                                                                   \
         .type = GN_OPTION_REAL,                                                                \
         .fallback = "",                                                                        \
         .max = 100,                                                                            \
         .unit = "arena units per step",                                                        \
         .help = "speed is uniform from 0 to this, if not the network's"},                      \
    {                                                                                           \
        .name = "start", .type = GN_OPTION_CHOICE, .fallback = "", .choices = "centre|uniform", \
        .help = "where a trial starts, if not as for the network"                               \
    }
/* Replaces what the command line gives and leaves the rest, for programs that start from a
 * network's own walk. Another arena comes at its default size unless a size is given too. */
gn_status gn_walk_override(const gn_options *, gn_walk *);
/* The walk behind a file's contents: the keys probe.arena, probe.arena-size, ... of its header, or
 * recipe.arena, ... when it is not a probe's. */
gn_status gn_walk_from_file(const gn_file *, gn_walk *);
gn_status gn_walk_to_file(const gn_walk *, gn_file *); /* recipe.* */
/* The same under a given prefix: a probe's file holds the network's walk under "recipe." and the
 * one it was probed with, perhaps in another arena, under "probe.". */
gn_status gn_walk_from_keys(const gn_file *, const char *prefix, gn_walk *);
gn_status gn_walk_to_keys(const gn_walk *, const char *prefix, gn_file *);

typedef struct {
    size_t trials, steps;
    float *speed;      /* (trials, steps), distance moved in the step */
    float *direction;  /* (trials, steps), turns in [0, 1) */
    float *position;   /* (trials, steps, 2), after the step */
    uint16_t *redraws; /* (trials, steps), turns redrawn at the boundary; 0: no interaction */
    double *time;      /* (trials, steps), after the step, in the units of the track they are from; NULL: sampled */
} gn_trajectories;     /* owns its arrays */

gn_status gn_trajectories_new(size_t trials, size_t steps, gn_trajectories *);
gn_status gn_trajectories_new_timed(size_t trials, size_t steps, gn_trajectories *); /* with `time` */
void gn_trajectories_free(gn_trajectories *);
/* Rows first .. first + count - 1 as trajectories of their own: borrowed, not to be freed. */
gn_trajectories gn_trajectories_rows(const gn_trajectories *, size_t first, size_t count);

/* Where animals are between two stretches of one uninterrupted run. */
typedef struct {
    double x, y, direction; /* arena units, turns */
    uint64_t step;          /* steps done; 0: the start is still to be drawn */
} gn_animal;

/* Fills rows [first, first+count) of `out`; row r is trial number r of (seed, purpose, update).
 * Trials start afresh. The result depends on nothing else. */
gn_status gn_walk_sample(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, size_t first,
                         size_t count, gn_trajectories *out);
/* All rows of `out`, by this many threads. */
gn_status gn_walk_sample_all(const gn_walk *, uint64_t seed, gn_purpose purpose, uint32_t update, int threads,
                             gn_trajectories *out);
/* The next out->steps steps of animals 0..trials-1 (one row each); each stretch of a run has its own
 * exact share of zero-speed steps, and is a function of (seed, purpose, row, animal state). */
gn_status gn_walk_continue(const gn_walk *, uint64_t seed, gn_purpose purpose, gn_animal *animal, gn_trajectories *out);

/* Network inputs for one step: input is (channels) floats; returns channels (2 or 3).
 * turns: speed, theta / 2pi; radians: speed, theta; cossin: speed, cos theta, sin theta. */
int gn_coding_channels(gn_coding);
void gn_encode(gn_coding, float speed, float turns, float *input);

/* Adds the walk's and the seed's recipe keys and the arrays, which stay borrowed. */
gn_status gn_trajectories_to_file(const gn_trajectories *, const gn_walk *, uint64_t seed, gn_file *);
gn_status gn_trajectories_write(const gn_trajectories *, const gn_walk *, uint64_t seed, const char *path);
gn_status gn_trajectories_read(const char *path, gn_trajectories *, gn_walk *);

#endif
