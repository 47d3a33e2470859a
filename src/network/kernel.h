/* The fused inner loops of the network, one implementation a vector width, chosen at run time.
 *
 * A chunk is a fixed group of up to GN_LANES_MAX trials that one thread carries through all steps.
 * Its arrays hold trials side by side: element (row i, lane k) of a block is block[i * lanes + k].
 * Lanes past the chunk's trials compute harmless values and are masked out of every sum.
 *
 * Each element is one chain of fused multiply-adds in a fixed order (columns ascending), whatever
 * the width and the blocking, so all implementations return the same bits.
 * tests/unit/reference.c is the plain double-precision counterpart. */
#ifndef GN_KERNEL_H
#define GN_KERNEL_H

#include <stdint.h>

enum { GN_LANES_MAX = 48, GN_PACK = 4 };

/* The rate u of activation x: tanh x, its positive part, or the positive part of x. */
#define GN_NONLINEARITIES "tanh|rectified-tanh|relu"
typedef enum { GN_TANH, GN_RECTIFIED_TANH, GN_RELU } gn_nonlinearity;

/* Sizes that the loops share. */
typedef struct {
    int units;   /* N */
    int columns; /* N + N_in + 1: what a state row is multiplied with: rates, inputs, one */
    int rows;    /* N + outputs: recurrent rows, then the readout rows */
    int lanes;   /* 16, 32 or 48 */
    int padded;  /* columns rounded up to 16: length of a row of a transposed state */
    float leak;  /* a */
    gn_nonlinearity nonlinearity;
} gn_dims;

/* Weights in groups of GN_PACK rows: weight (i, j) of `columns` is
 * packed[(i / 4 * columns + j) * 4 + i % 4]; rows past the last are zero. */

typedef struct {
    const char *name;
    int width; /* floats a vector */

    /* sd * standard normals for all units of one step: out is (units, lanes). Lane k belongs to
     * trial first + k; the numbers depend on (seed, purpose, update, trial, step, unit) only. */
    void (*noise)(uint64_t seed, uint32_t purpose, uint32_t update, uint32_t first, uint32_t step, int units, int lanes,
                  float sd, float *out);

    /* One step, Eqs. 1 and 2. state is (columns, lanes): the rates h(t-1), inputs I(t), ones.
     *   x <- (1-a) x + a (packed state + drive);  rate = u(x) + noise;  slope = du/dx, of tanh 1 - tanh(x)^2
     * and output (outputs, lanes) = readout of h(t-1). drive, noise and slope may be NULL. slope is
     * multiplied by mask (lanes). square (lanes), doubles: += sum over units of rate^2. */
    void (*forward)(const gn_dims *, const float *packed, const float *state, const float *drive, const float *noise,
                    const float *mask, float *x, float *rate, float *slope, float *output, double *square);
    /* rate = u(x), `count` a multiple of 16. */
    void (*rates)(gn_nonlinearity, int count, const float *x, float *rate);
    /* Only the readout rows: output (outputs, lanes) from state. */
    void (*readout)(const gn_dims *, const float *packed, const float *state, float *output);

    /* The derivative of a step along a direction in parameter space (R-forward, Martens 2010).
     *   rx <- (1-a) rx + a (direction state + weights rrate)
     *   rrate_next = slope rx;  routput = direction readout of state + readout of rrate
     * rx_next (units, lanes) receives rx; it may not alias rx. */
    void (*rforward)(const gn_dims *, const float *direction, const float *weights, const float *state,
                     const float *rrate, const float *slope, const float *rx, float *rx_next, float *rrate_next,
                     float *routput);

    /* One step back. adjoint is (rows, lanes): delta(t+1), then the output adjoints e(t).
     *   delta(t) = (1-a) delta(t+1) + slope [ a W_rec' delta(t+1) + W_out' e(t) + source ]
     * packed is (units, rows): the transpose of the recurrent and readout weights.
     * backward, for the gradient:        source = c_rate rate
     * rbackward, for the Gauss-Newton product: source = (c_rate slope + c_x) rx */
    void (*backward)(const gn_dims *, const float *packed, const float *adjoint, const float *slope, const float *rate,
                     float c_rate, float *delta);
    void (*rbackward)(const gn_dims *, const float *packed, const float *adjoint, const float *slope, const float *rx,
                      float c_rate, float c_x, float *delta);

    /* The contraction penalty (network/gradient.h). steepness (units, lanes) += slope^2. */
    void (*steepness)(const gn_dims *, const float *slope, float *steepness);
    /* Sources of `backward` with c_rate 1 that hold the penalty's part too; u = rate - noise (which may be NULL)
     * where rates bend, else 0. strength and cross are (units).
     * contract:  source = c_rate rate - 2 u slope strength
     * rcontract: source = (c_rate slope + c_x) rx - 2 u slope (cross - 2 u rx strength)
     *            bending (units, lanes) += -2 u slope^2 rx */
    void (*contract)(const gn_dims *, const float *rate, const float *noise, const float *slope, const float *strength,
                     float c_rate, float *source);
    void (*rcontract)(const gn_dims *, const float *rate, const float *noise, const float *slope, const float *rx,
                      const float *strength, const float *cross, float c_rate, float c_x, float *source,
                      float *bending);

    /* sum (rows, padded) += adjoint (rows, lanes) times transposed state (lanes, padded), for
     * `steps` consecutive pairs at the given strides (floats; may be negative). */
    void (*outer)(const gn_dims *, int steps, const float *adjoint, long adjoint_stride, const float *transposed,
                  long transposed_stride, float *sum);

    /* transposed (lanes, padded) from state (columns, lanes); padding is zero. */
    void (*transpose)(const gn_dims *, const float *state, float *transposed);

    /* total += sum, sum = 0; `count` a multiple of 16. */
    void (*carry)(int count, float *sum, double *total);
    /* e = (output - target) mask of (rows, lanes), 16, 32 or 48 lanes; output = share e, square (lanes) = sum of e^2.
     */
    void (*residual)(int rows, int lanes, float share, const float *target, const float *mask, float *output,
                     double *square);
} gn_kernel;

/* The widest implementation this processor runs, or the one the environment variable
 * GRIDNAV_KERNEL names ("portable", "avx2", "avx512"); NULL, with the error recorded, when the named
 * one is unknown or cannot run here. */
const gn_kernel *gn_kernel_select(void);
/* By name; NULL when unknown or not runnable here. */
const gn_kernel *gn_kernel_named(const char *name);

#endif
