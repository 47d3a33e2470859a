/* Running a network forward along trajectories (Eqs. 1 and 2). */
#ifndef GN_ROLLOUT_H
#define GN_ROLLOUT_H

#include "network/network.h"
#include "walk/trajectory.h"

typedef struct {
    float noise_sd; /* standard deviation; 0: no noise */
    gn_noise_site noise_site;
    uint64_t seed;   /* for the noise */
    uint32_t update; /* number of the batch or of the stretch of a long walk; each has other noise */
    int threads;
    float *state; /* NULL: x starts at 0. Else (trials, N): x before the first step, replaced by x after the last. A new
                   * stretch of a long walk starts from the rates u(x) without their noise. */
} gn_rollout_options;

/* Called for every step of every chunk of trials: chunks in parallel, the steps of a chunk in order.
 * rate (N, lanes) has the rates including their noise: unit i of trial first+k is rate[i * lanes + k], k < width <=
 * lanes. position (2, lanes) is the position that the network reports (gn_network_decode). */
typedef void (*gn_rollout_visit)(void *context, int chunk, size_t first, int width, int lanes, size_t step,
                                 const float *rate, const float *position);

/* The number of chunks for so many trials. Visitors keep one accumulator for each chunk and add these in order, so that
 * results do not depend on the number of threads. */
int gn_rollout_chunks(size_t trials);

gn_status gn_rollout(const gn_network *, const gn_trajectories *, const gn_rollout_options *, gn_rollout_visit visit,
                     void *context);

#endif
