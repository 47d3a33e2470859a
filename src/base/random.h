/* Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers:
 * as easy as 1, 2, 3"). A number is a pure function of (seed, purpose, update, trial, index):
 * no order of evaluation and no thread count can change it. */
#ifndef GN_RANDOM_H
#define GN_RANDOM_H

#include <stdint.h>

/* What random numbers are for; numbers for different purposes never come from the same stream. Only append to the
 * list: changing a value changes every result that used it. */
typedef enum {
    GN_PURPOSE_INITIALISE = 1,
    GN_PURPOSE_WALK = 2,  /* trajectories */
    GN_PURPOSE_NOISE = 3, /* network noise */
    GN_PURPOSE_SCORE = 4, /* null distributions of scores */
    GN_PURPOSE_PROBE = 6,
    GN_PURPOSE_TEST = 7,
    GN_PURPOSE_PLACES = 8,  /* centres of place cells */
    GN_PURPOSE_SHUFFLE = 9, /* maps given to units at random: the null of the weights */
    GN_PURPOSE_TRUTH = 10   /* made-up units of known kinds */
} gn_purpose;

/* Reads one stream from its beginning. */
typedef struct {
    uint32_t key[2], counter[4]; /* counter: block index, trial, update, purpose */
    uint32_t word[4];
    int used;       /* how many words of the current block were returned */
    int has_normal; /* Box-Muller makes two normal numbers; 1: the second has not been returned yet */
    double normal;
} gn_stream;

/* One block of Philox4x32-10: four random words from a key and a counter. */
void gn_philox(const uint32_t key[2], const uint32_t counter[4], uint32_t word[4]);

gn_stream gn_stream_open(uint64_t seed, gn_purpose purpose, uint32_t update, uint32_t trial);
uint32_t gn_stream_u32(gn_stream *);
double gn_stream_uniform(gn_stream *);                 /* (0, 1), 52 bits */
double gn_stream_normal(gn_stream *);                  /* Box-Muller, with the functions of base/math.h */
uint32_t gn_stream_below(gn_stream *, uint32_t bound); /* 0 .. bound-1, unbiased */

#endif
