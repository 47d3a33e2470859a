/* The network's parameters and the part of the recipe needed to run it. */
#ifndef GN_NETWORK_H
#define GN_NETWORK_H

#include "gn_file.h"
#include "gn_trajectory.h"

typedef enum { GN_NOISE_RATE, GN_NOISE_DRIVE } gn_noise_site;

typedef struct {
    int units, inputs, outputs; /* N, N_in, 2 */
    float leak;                 /* a = dt / tau = 0.1 */
    gn_coding coding;
    gn_noise_site noise_site;
    float noise_sd; /* as trained; running it may use another */
    gn_walk walk;   /* as trained */
    int steps;      /* steps a trial, as trained */
    const gn_trajectories *given; /* trials to train on, borrowed; NULL: sampled walks */
    /* One block of parameters, in this order; its length is gn_network_size(). */
    float *parameter;
    float *rec;  /* (N, N): row = receiving unit */
    float *in;   /* (N, N_in) */
    float *bias; /* (N) */
    float *out;  /* (2, N) */
} gn_network;

gn_status gn_network_new(int units, int inputs, gn_network *); /* all zero */
void gn_network_free(gn_network *);
size_t gn_network_size(const gn_network *); /* N*N + N*N_in + N + 2*N */

/* From a .gn file of kind "network": finished, released or checkpoint, all the same. */
gn_status gn_network_read(const char *path, gn_network *, gn_file **file /* or NULL; caller frees */);
/* Adds the arrays rec, in, bias, out and the keys units, inputs. */
gn_status gn_network_to_file(const gn_network *, gn_file *);

#endif
