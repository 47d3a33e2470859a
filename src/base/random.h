/* Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers:
 * as easy as 1, 2, 3"). A number is a pure function of (seed, purpose, update, trial, index):
 * no order of evaluation and no thread count can change it. */
#ifndef GN_RANDOM_H
#define GN_RANDOM_H

#include <stdint.h>

/* Streams that never overlap. Append only: the values are part of every result. */
typedef enum {
    GN_PURPOSE_INITIALISE = 1,
    GN_PURPOSE_WALK = 2,  /* trajectories */
    GN_PURPOSE_NOISE = 3, /* network noise */
    GN_PURPOSE_SCORE = 4, /* nulls */
    GN_PURPOSE_EMBED = 5,
    GN_PURPOSE_PROBE = 6,
    GN_PURPOSE_TEST = 7,
    GN_PURPOSE_PLACES = 8,  /* centres of place cells */
    GN_PURPOSE_SHUFFLE = 9, /* maps given to units at random: the null of the weights */
    GN_PURPOSE_TRUTH = 10   /* made-up units of known kinds */
} gn_purpose;

/* A sequential reader of one stream. */
typedef struct {
    uint32_t key[2], counter[4]; /* counter: block index, trial, update, purpose */
    uint32_t word[4];
    int used;       /* words of the block already handed out */
    int has_normal; /* a second Box-Muller normal is waiting */
    double normal;
} gn_stream;

/* counter[4] in, word[4] out. */
void gn_philox(const uint32_t key[2], const uint32_t counter[4], uint32_t word[4]);

gn_stream gn_stream_open(uint64_t seed, gn_purpose purpose, uint32_t update, uint32_t trial);
uint32_t gn_stream_u32(gn_stream *);
double gn_stream_uniform(gn_stream *);                 /* (0, 1), 52 bits */
double gn_stream_normal(gn_stream *);                  /* Box-Muller, our own log, sin, cos */
uint32_t gn_stream_below(gn_stream *, uint32_t bound); /* 0 .. bound-1, unbiased */

#endif
