/* A network: its parameters and the part of its recipe that is needed to run it. */
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
    gn_places places; /* place cells of the readout; not used when the readout is the position */
    gn_coding coding;
    gn_noise_site noise_site;
    float noise_sd;               /* standard deviation of the noise in training */
    gn_walk walk;                 /* the walk of its training */
    int steps;                    /* length of a trial in training */
    const gn_trajectories *given; /* trials for training, which the caller keeps; NULL: walks are sampled */
    /* All parameters in one block of gn_network_size() floats; the pointers after it are its parts, in this order. */
    float *parameter;
    float *rec;  /* (N, N): a row has the weights to one unit */
    float *in;   /* (N, N_in) */
    float *bias; /* (N) */
    float *out;  /* (outputs, N) */
} gn_network;

gn_status gn_network_new(int units, int inputs, int outputs, gn_network *); /* all parameters are zero */
void gn_network_free(gn_network *);
size_t gn_network_size(const gn_network *); /* N*N + N*N_in + N + outputs*N */

/* Reads a .gn file of kind "network", which may be a finished training or a checkpoint. */
gn_status gn_network_read(const char *path, gn_network *, gn_file **file /* or NULL; caller frees */);
/* Adds the arrays rec, in, bias, out and the keys units and inputs. For a readout by place cells it adds the array
 * place (their centres) and the keys outputs and place-width too. */
gn_status gn_network_to_file(const gn_network *, gn_file *);

/* The position (2, lanes) that outputs (outputs, lanes) stand for: the outputs themselves, or decoded from place cells.
 */
void gn_network_decode(const gn_network *, int lanes, const float *output, float *position);

#endif
