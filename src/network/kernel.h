/* The fused inner loops of the network. There is one implementation for each vector width; a program chooses one when
 * it starts.
 *
 * A chunk is a fixed group of up to GN_LANES_MAX trials, which one thread takes through all steps. Trials lie side by
 * side in its arrays: element (row i, lane k) of a block is block[i * lanes + k]. Lanes without a trial are computed
 * like the others and masked out of every sum.
 *
 * Every element is one chain of fused multiply-adds in a fixed order (ascending columns), for every width and every
 * division into tiles, so all implementations return the same bits. tests/unit/reference.c computes the same in plain
 * double precision. */
#ifndef GN_KERNEL_H
#define GN_KERNEL_H

#include <stdint.h>

enum { GN_LANES_MAX = 48, GN_PACK = 4 };

/* The rate u of activation x: tanh x, its positive part, or the positive part of x. */
#define GN_NONLINEARITIES "tanh|rectified-tanh|relu"
typedef enum { GN_TANH, GN_RECTIFIED_TANH, GN_RELU } gn_nonlinearity;

/* The sizes of a network and a chunk. */
typedef struct {
    int units;   /* N */
    int columns; /* N + N_in + 1: rows of a state, which are rates, inputs and a one for the bias */
    int rows;    /* N + outputs: rows of the weights, first the recurrent units, then the readout */
    int lanes;   /* 16, 32 or 48; in noise(), forward() and readout() also 1, which is a single trial */
    int padded;  /* columns rounded up to a multiple of 16: length of a row of a transposed state */
    float leak;  /* a */
    gn_nonlinearity nonlinearity;
} gn_dims;

/* The functions of one implementation. Packed weights are in groups of GN_PACK = 4 rows: weight (i, j) is
 * packed[(i / 4 * columns + j) * 4 + i % 4]. Rows after the last are zero. */
typedef struct {
    const char *name;
    int width; /* number of floats in a vector */

    /* Normal noise of standard deviation sd for all units at one step: out (units, lanes). Lane k is trial first + k.
     * The numbers depend only on (seed, purpose, update, trial, step, unit). */
    void (*noise)(uint64_t seed, uint32_t purpose, uint32_t update, uint32_t first, uint32_t step, int units, int lanes,
                  float sd, float *out);

    /* One step by Eqs. 1 and 2. state (columns, lanes) has the rates h(t-1), the inputs I(t) and ones.
     *   x <- (1-a) x + a (packed state + drive);  rate = u(x) + noise;  slope = du/dx, of tanh 1 - tanh(x)^2
     * and output (outputs, lanes) = readout of h(t-1). drive, noise, slope and square may be NULL. slope is multiplied
     * by mask (lanes). The sum over units of rate^2 is added to square (lanes). With one lane there are no slope and
     * square, and x and noise can be read up to a multiple of 16. */
    void (*forward)(const gn_dims *, const float *packed, const float *state, const float *drive, const float *noise,
                    const float *mask, float *x, float *rate, float *slope, float *output, double *square);
    /* rate = u(x) for `count` elements, a multiple of 16. */
    void (*rates)(gn_nonlinearity, int count, const float *x, float *rate);
    /* Computes only the readout: output (outputs, lanes) from a state. */
    void (*readout)(const gn_dims *, const float *packed, const float *state, float *output);

    /* The derivative of a step along a direction in parameter space (the R-operator's forward pass, Martens 2010).
     *   rx <- (1-a) rx + a (direction state + weights rrate)
     *   rrate_next = slope rx;  routput = direction readout of state + readout of rrate
     * rx_next (units, lanes) receives the new rx and must not be the same memory as rx. */
    void (*rforward)(const gn_dims *, const float *direction, const float *weights, const float *state,
                     const float *rrate, const float *slope, const float *rx, float *rx_next, float *rrate_next,
                     float *routput);

    /* One step backward. adjoint (rows, lanes) has delta(t+1), then the adjoints e(t) of the outputs.
     *   delta(t) = (1-a) delta(t+1) + slope [ a W_rec' delta(t+1) + W_out' e(t) + source ]
     * packed is (units, rows): the transpose of the recurrent and readout weights.
     * backward, for the gradient:        source = c_rate rate
     * rbackward, for the Gauss-Newton product: source = (c_rate slope + c_x) rx */
    void (*backward)(const gn_dims *, const float *packed, const float *adjoint, const float *slope, const float *rate,
                     float c_rate, float *delta);
    void (*rbackward)(const gn_dims *, const float *packed, const float *adjoint, const float *slope, const float *rx,
                      float c_rate, float c_x, float *delta);

    /* For the contraction penalty (network/gradient.h): steepness (units, lanes) += slope^2. */
    void (*steepness)(const gn_dims *, const float *slope, float *steepness);
    /* Sources of backward() with c_rate 1 that include the contraction penalty. strength and cross are (units), and
     * u = rate - noise (noise may be NULL) where the slope depends on the activation, else 0.
     *   contract:  source = c_rate rate - 2 u slope strength
     *   rcontract: source = (c_rate slope + c_x) rx - 2 u slope (cross - 2 u rx strength)
     *              bending (units, lanes) += -2 u slope^2 rx */
    void (*contract)(const gn_dims *, const float *rate, const float *noise, const float *slope, const float *strength,
                     float c_rate, float *source);
    void (*rcontract)(const gn_dims *, const float *rate, const float *noise, const float *slope, const float *rx,
                      const float *strength, const float *cross, float c_rate, float c_x, float *source,
                      float *bending);

    /* sum (rows, padded) += adjoint (rows, lanes) times transposed state (lanes, padded), for `steps` pairs whose
     * distances in memory are the strides, in floats, which may be negative. */
    void (*outer)(const gn_dims *, int steps, const float *adjoint, long adjoint_stride, const float *transposed,
                  long transposed_stride, float *sum);

    /* Transposes state (columns, lanes) to transposed (lanes, padded); the padding is zero. */
    void (*transpose)(const gn_dims *, const float *state, float *transposed);

    /* total += sum; sum = 0. `count` is a multiple of 16. */
    void (*carry)(int count, float *sum, double *total);
    /* The error e = (output - target) mask of (rows, lanes), where there are 16, 32 or 48 lanes: output = share e;
     * square (lanes) = sum over rows of e^2. */
    void (*residual)(int rows, int lanes, float share, const float *target, const float *mask, float *output,
                     double *square);
} gn_kernel;

/* The widest implementation that this processor can run, or the one that the environment variable GRIDNAV_KERNEL names
 * ("portable", "avx2", "avx512"). NULL, with an error recorded, when that is unknown or cannot run here. */
const gn_kernel *gn_kernel_select(void);
/* The implementation of this name; NULL when it is unknown or cannot run here. */
const gn_kernel *gn_kernel_named(const char *name);

#endif
