/* The network's parameters and the part of the recipe needed to run it. */
#ifndef GN_NETWORK_H
#define GN_NETWORK_H

#include "io/container.h"
#include "network/kernel.h"
#include "network/readout.h"
#include "walk/trajectory.h"

#define GN_NOISE_SITES "rate|drive"
typedef enum { GN_NOISE_RATE, GN_NOISE_DRIVE } gn_noise_site;

typedef struct {
    int units, inputs, outputs; /* N, N_in; 2 or the number of place cells */
    float leak;                 /* a = dt / tau = 0.1 */
    gn_nonlinearity nonlinearity;
    gn_readout readout;
    gn_places places; /* of the readout; unused when it is the position */
    gn_coding coding;
    gn_noise_site noise_site;
    float noise_sd;               /* as trained; running it may use another */
    gn_walk walk;                 /* as trained */
    int steps;                    /* steps a trial, as trained */
    const gn_trajectories *given; /* trials to train on, borrowed; NULL: sampled walks */
    /* One block of parameters, in this order; its length is gn_network_size(). */
    float *parameter;
    float *rec;  /* (N, N): row = receiving unit */
    float *in;   /* (N, N_in) */
    float *bias; /* (N) */
    float *out;  /* (outputs, N) */
} gn_network;

gn_status gn_network_new(int units, int inputs, int outputs, gn_network *); /* all zero */
void gn_network_free(gn_network *);
size_t gn_network_size(const gn_network *); /* N*N + N*N_in + N + outputs*N */

/* From a .gn file of kind "network": finished, released or checkpoint, all the same. */
gn_status gn_network_read(const char *path, gn_network *, gn_file **file /* or NULL; caller frees */);
/* Adds the arrays rec, in, bias, out and the keys units, inputs; of a readout by place cells also the array place
 * (their centres) and the keys outputs and place-width. */
gn_status gn_network_to_file(const gn_network *, gn_file *);

/* position (2, lanes) of outputs (outputs, lanes): the outputs themselves, or what place cells say. */
void gn_network_decode(const gn_network *, int lanes, const float *output, float *position);

#endif
