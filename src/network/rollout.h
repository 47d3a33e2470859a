/* Runs a network forward over trajectories (Eqs. 1 and 2). */
#ifndef GN_ROLLOUT_H
#define GN_ROLLOUT_H

#include "network/network.h"
#include "walk/trajectory.h"

typedef struct {
    float noise_sd; /* 0: none */
    gn_noise_site noise_site;
    uint64_t seed;   /* of the noise */
    uint32_t update; /* stretch number of a long run: another noise each */
    int threads;
    float *state; /* NULL, or (trials, N): x before the first step in, after the last step
                   * out. A new stretch starts from the rates u(x), without rate noise. */
} gn_rollout_options;

/* Called for every chunk of trials and step, chunks in parallel, the steps of a chunk in order.
 * rate is (N, lanes): unit i of trial first+k is rate[i * lanes + k], k < width <= lanes.
 * position is (2, lanes): the network's two outputs, or what its place cells say (gn_places_decode). The rate
 * includes rate noise. */
typedef void (*gn_rollout_visit)(void *context, int chunk, size_t first, int width, int lanes, size_t step,
                                 const float *rate, const float *position);

/* Number of chunks for this many trials: visitors keep one accumulator a chunk and add them in
 * order, so results do not depend on threads. */
int gn_rollout_chunks(size_t trials);

gn_status gn_rollout(const gn_network *, const gn_trajectories *, const gn_rollout_options *, gn_rollout_visit visit,
                     void *context);

#endif
