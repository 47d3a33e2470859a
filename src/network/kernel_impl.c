/* The implementation of network/kernel.h. It is compiled once for each vector width (GN_VECTOR, GN_KERNEL_NAME).
 *
 * Products are computed in register tiles: rows x vectors of accumulators, as many as fit into the registers, where
 * every element is its own chain of fused multiply-adds. The functions below have the sizes of a tile as arguments.
 * These are constants wherever a function is inlined, so that the compiler unrolls loops over a tile and keeps its
 * accumulators in registers. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "network/kernel.h"
#include "network/kernel_noise.h"
#include "network/kernel_one.h"
#include "network/vector.h"

#define GN_PASTE_(a, b) a##b
#define GN_PASTE(a, b) GN_PASTE_(a, b)
#define GN_STRING_(a) #a
#define GN_STRING(a) GN_STRING_(a)

enum { TALL = 12, WIDE = 4 }; /* the largest tile */
typedef vf tile[TALL][WIDE];

/* Calls CALL(lanes, rows, vectors) with constants: the size of the tile for each number of lanes. */
#if GN_VECTOR == 16
#define GN_FOR_LANES(lanes) ((lanes) == 48 ? (CALL(48, 8, 3)) : (lanes) == 32 ? (CALL(32, 12, 2)) : (CALL(16, 12, 1)))
#elif GN_VECTOR == 8
#define GN_FOR_LANES(lanes) ((lanes) == 48 ? (CALL(48, 4, 3)) : (CALL((lanes), 4, 2)))
#else
#define GN_FOR_LANES(lanes) (CALL((lanes), 4, 4))
#endif

GN_INLINE void clear(tile acc, const int rows, const int vectors) {
    GN_UNROLL for (int r = 0; r < rows; r++) {
        GN_UNROLL for (int v = 0; v < vectors; v++) acc[r][v] = (vf){0};
    }
}

/* Prefetching of the blocks that the next step needs, which are in memory and not in the cache. Prefetching them all at
 * once would delay the loads of the products, so each column of a product prefetches a small part. */
typedef struct {
    const float *block[3]; /* the part that belongs to this tile; an invalid address does no harm */
    int step;              /* number of floats to prefetch for each column */
} ahead;

/* The floats of a tile's rows divided by the columns of its product. */
GN_INLINE int ahead_step(int rows, int lanes, int columns) {
    return (rows * lanes + columns - 1) / columns;
}

/* acc[r][v] += sum over columns j from first to last - 1 of weight(r, j) block(j, lane + v). `packed` and `block` point
 * at the tile's first row and lane. */
GN_INLINE void product(tile acc, const int rows, const int vectors, const float *packed, int stride, int first,
                       int last, const float *block, const int lanes, const int blocks, const ahead *next) {
    for (int j = first; j < last; j++) {
        vf b[WIDE];
        GN_UNROLL for (int v = 0; v < vectors; v++) {
            b[v] = vf_load(block + (size_t)j * (size_t)lanes + v * GN_VECTOR);
        }
        GN_UNROLL for (int i = 0; i < blocks; i++) {
            __builtin_prefetch(next->block[i] + (size_t)j * (size_t)next->step, 0, 2);
        }
        GN_UNROLL for (int r = 0; r < rows; r++) {
            vf w = vf_set(packed[((size_t)(r / GN_PACK) * (size_t)stride + (size_t)j) * GN_PACK + r % GN_PACK]);
            GN_UNROLL for (int v = 0; v < vectors; v++) acc[r][v] = vf_fma(w, b[v], acc[r][v]);
        }
    }
}

/* ---- forward ------------------------------------------------------------------------------- */

/* x <- (1-a) x + a (packed state + drive); the readout goes to output. `noise`, `slope` and `rate` are only prefetched,
 * for activate(). */
GN_INLINE void drive_units(const gn_dims *d, const int lanes, const int rows, const int vectors, const float *packed,
                           const float *state, const float *drive, const float *noise, float *x, const float *rate,
                           const float *slope, float *output) {
    const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);
    const size_t block = (size_t)d->units * (size_t)lanes;
    const int step = ahead_step(rows, lanes, d->columns);
    for (int lane = 0; lane < lanes; lane += vectors * GN_VECTOR) {
        for (int row = 0; row < d->rows; row += rows) {
            const size_t here = (size_t)row * (size_t)lanes;
            const ahead next = {{noise ? noise + block + here : state, slope ? slope + block + here : state,
                                 slope ? rate + (size_t)d->columns * (size_t)lanes + here : state},
                                noise || slope ? step : 0};
            tile acc;
            clear(acc, rows, vectors);
            product(acc, rows, vectors, packed + (size_t)row * (size_t)d->columns, d->columns, 0, d->columns,
                    state + lane, lanes, 3, &next);
            GN_UNROLL for (int r = 0; r < rows; r++) {
                GN_UNROLL for (int v = 0; v < vectors; v++) {
                    const size_t at = here + (size_t)(r * lanes + lane + v * GN_VECTOR);
                    if (row + r < d->units) {
                        vf in = drive ? acc[r][v] + vf_load(drive + at) : acc[r][v];
                        vf_store(x + at, vf_fma(leak, in, keep * vf_load(x + at)));
                    } else if (row + r < d->rows) {
                        vf_store(output + at - block, acc[r][v]);
                    }
                }
            }
        }
    }
}

/* The arrays of activate(), all (units, lanes). */
typedef struct {
    const float *x, *noise, *mask;
    float *rate, *slope;
} activation;

/* A loop over the vectors of a group of rows. */
#define GN_EACH GN_UNROLL for (int i = 0; i < rows * vectors; i++)
#define GN_AT (here + (size_t)(i / vectors * lanes + i % vectors * GN_VECTOR))
#define GN_LANE (lane + i % vectors * GN_VECTOR)

GN_INLINE void begin_group(const activation *a, const int lanes, const int rows, const int vectors, size_t here, vf s[],
                           vf scale[]) {
    vf x[GN_EACH_MAX];
    GN_EACH x[i] = vf_load(a->x + GN_AT);
    vf_tanh_reduce(rows * vectors, x, s, scale);
}

/* rate = u(x) + noise; slope = u'(x) mask; sum += rate^2 for each lane. Comparisons are written so that a nan stays a
 * nan. */
GN_INLINE void end_group(const activation *a, const int lanes, const int rows, const int vectors,
                         const gn_nonlinearity nonlinearity, size_t here, int lane, const vf p[], const vf q[],
                         vf sum[]) {
    vf h[GN_EACH_MAX], g[GN_EACH_MAX];
    GN_EACH h[i] = vf_load(a->x + GN_AT);
    if (nonlinearity != GN_RELU) vf_tanh_divide(rows * vectors, h, p, q, h);
    GN_EACH g[i] = nonlinearity == GN_RELU ? vf_set(1.0f) : vf_fma(-h[i], h[i], vf_set(1.0f));
    if (nonlinearity != GN_TANH) {
        GN_EACH g[i] = vf_select(h[i] <= 0.0f, (vf){0}, g[i]);
        GN_EACH h[i] = vf_select(h[i] <= 0.0f, (vf){0}, h[i]);
    }
    if (a->slope) {
        GN_EACH vf_store(a->slope + GN_AT, g[i] * vf_load(a->mask + GN_LANE));
    }
    if (a->noise) {
        GN_EACH h[i] += vf_load(a->noise + GN_AT);
    }
    GN_EACH vf_store(a->rate + GN_AT, h[i]);
    GN_EACH sum[i % vectors] = vf_fma(h[i], h[i], sum[i % vectors]);
}
#undef GN_LANE
#undef GN_AT
#undef GN_EACH

/* Computes rows first to last - 1, a multiple of `rows`. The three parts of the computation are done for three
 * different groups of rows in turn, as within one group every operation waits for the one before it. After the last
 * group, the last group is begun once more, and the result is not used. */
GN_INLINE void activate_rows(const activation *a, const int lanes, const int rows, const int vectors,
                             const gn_nonlinearity nonlinearity, int lane, int first, int last, vf sum[]) {
    vf s[GN_EACH_MAX], scale[GN_EACH_MAX], p[GN_EACH_MAX], q[GN_EACH_MAX];
#define GROUP(row) ((size_t)((row) < last ? (row) : last - rows) * (size_t)lanes + (size_t)lane)
    if (first >= last) return;
    begin_group(a, lanes, rows, vectors, GROUP(first), s, scale);
    vf_tanh_fraction(rows * vectors, s, scale, p, q);
    begin_group(a, lanes, rows, vectors, GROUP(first + rows), s, scale);
    for (int row = first; row < last; row += rows) {
        end_group(a, lanes, rows, vectors, nonlinearity, GROUP(row), lane, p, q, sum);
        vf_tanh_fraction(rows * vectors, s, scale, p, q);
        begin_group(a, lanes, rows, vectors, GROUP(row + 2 * rows), s, scale);
    }
#undef GROUP
}

/* The activations are computed in a pass after the products, as those leave no registers for several tanh at a time. */
GN_INLINE void activate(const gn_dims *d, const int lanes, const int vectors, const gn_nonlinearity nonlinearity,
                        const activation *a, double *square) {
    const int rows = GN_EACH_MAX / vectors, even = d->units / rows * rows;
    for (int lane = 0; lane < lanes; lane += vectors * GN_VECTOR) {
        vf sum[WIDE] = {{0}};
        activate_rows(a, lanes, rows, vectors, nonlinearity, lane, 0, even, sum);
        activate_rows(a, lanes, 1, vectors, nonlinearity, lane, even, d->units, sum);
        for (int v = 0; square && v < vectors; v++)
            for (int k = 0; k < GN_VECTOR; k++)
                square[lane + v * GN_VECTOR + k] += (double)sum[v][k];
    }
}

static void forward(const gn_dims *d, const float *packed, const float *state, const float *drive, const float *noise,
                    const float *mask, float *x, float *rate, float *slope, float *output, double *square) {
    const activation a = {x, noise, mask, rate, slope};
    if (d->lanes == 1) {
        forward_one(d, packed, state, drive, noise, x, rate, output);
        return;
    }
#define CALL(lanes, rows, vectors) \
    drive_units(d, lanes, rows, vectors, packed, state, drive, noise, x, rate, slope, output)
    GN_FOR_LANES(d->lanes);
#undef CALL
#define CALL(lanes, rows, vectors)                                                   \
    (d->nonlinearity == GN_TANH   ? activate(d, lanes, vectors, GN_TANH, &a, square) \
     : d->nonlinearity == GN_RELU ? activate(d, lanes, vectors, GN_RELU, &a, square) \
                                  : activate(d, lanes, vectors, GN_RECTIFIED_TANH, &a, square))
    GN_FOR_LANES(d->lanes);
#undef CALL
}

/* ---- R-forward ------------------------------------------------------------------------------ */

GN_INLINE void rforward_lanes(const gn_dims *d, const int lanes, const int rows, const int vectors,
                              const float *direction, const float *weights, const float *state, const float *rrate,
                              const float *slope, const float *rx, float *rx_next, float *rrate_next, float *routput) {
    const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);
    const size_t block = (size_t)d->units * (size_t)lanes;
    const int step = ahead_step(rows, lanes, d->units);
    for (int lane = 0; lane < lanes; lane += vectors * GN_VECTOR) {
        for (int row = 0; row < d->rows; row += rows) {
            const size_t here = (size_t)row * (size_t)lanes;
            const size_t weight = (size_t)row * (size_t)d->columns;
            const ahead read = {{state + (size_t)d->columns * (size_t)lanes + here, slope + block + here, NULL}, step};
            const ahead written = {{rx_next + block + here, NULL, NULL}, step};
            tile acc;
            clear(acc, rows, vectors);
            product(acc, rows, vectors, direction + weight, d->columns, 0, d->columns, state + lane, lanes, 2, &read);
            product(acc, rows, vectors, weights + weight, d->columns, 0, d->units, rrate + lane, lanes, 1, &written);
            GN_UNROLL for (int r = 0; r < rows; r++) {
                GN_UNROLL for (int v = 0; v < vectors; v++) {
                    const size_t at = here + (size_t)(r * lanes + lane + v * GN_VECTOR);
                    if (row + r < d->units) {
                        vf now = vf_fma(leak, acc[r][v], keep * vf_load(rx + at));
                        vf_store(rx_next + at, now);
                        vf_store(rrate_next + at, vf_load(slope + at) * now);
                    } else if (row + r < d->rows) {
                        vf_store(routput + at - block, acc[r][v]);
                    }
                }
            }
        }
    }
}

static void rforward(const gn_dims *d, const float *direction, const float *weights, const float *state,
                     const float *rrate, const float *slope, const float *rx, float *rx_next, float *rrate_next,
                     float *routput) {
#define CALL(lanes, rows, vectors) \
    rforward_lanes(d, lanes, rows, vectors, direction, weights, state, rrate, slope, rx, rx_next, rrate_next, routput)
    GN_FOR_LANES(d->lanes);
#undef CALL
}

/* ---- backward ------------------------------------------------------------------------------- */

/* `source` is rx for curvature products, otherwise the rates. */
GN_INLINE void backward_lanes(const gn_dims *d, const int lanes, const int rows, const int vectors,
                              const bool curvature, const float *packed, const float *adjoint, const float *slope,
                              const float *source, float c_rate, float c_x, float *delta) {
    const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);
    const vf by_rate = vf_set(c_rate), by_x = vf_set(c_x);
    const size_t block = (size_t)d->units * (size_t)lanes;
    const int step = ahead_step(rows, lanes, d->units);
    for (int lane = 0; lane < lanes; lane += vectors * GN_VECTOR) {
        for (int row = 0; row < d->units; row += rows) {
            const size_t here = (size_t)row * (size_t)lanes;
            const float *weights = packed + (size_t)row * (size_t)d->rows;
            const ahead next = {
                {slope - block + here, source - (curvature ? block : (size_t)d->columns * (size_t)lanes) + here, NULL},
                step};
            tile acc;
            clear(acc, rows, vectors);
            product(acc, rows, vectors, weights, d->rows, 0, d->units, adjoint + lane, lanes, 2, &next);
            GN_UNROLL for (int r = 0; r < rows; r++) {
                GN_UNROLL for (int v = 0; v < vectors; v++) acc[r][v] = acc[r][v] * leak;
            }
            product(acc, rows, vectors, weights, d->rows, d->units, d->rows, adjoint + lane, lanes, 0, &next);
            GN_UNROLL for (int r = 0; r < rows; r++) {
                GN_UNROLL for (int v = 0; v < vectors; v++) {
                    const size_t at = here + (size_t)(r * lanes + lane + v * GN_VECTOR);
                    if (row + r < d->units) {
                        vf g = vf_load(slope + at), s = vf_load(source + at);
                        vf by = curvature ? vf_fma(by_rate, g, by_x) : by_rate;
                        vf_store(delta + at, vf_fma(g, vf_fma(by, s, acc[r][v]), keep * vf_load(adjoint + at)));
                    }
                }
            }
        }
    }
}

static void backward(const gn_dims *d, const float *packed, const float *adjoint, const float *slope, const float *rate,
                     float c_rate, float *delta) {
#define CALL(lanes, rows, vectors) \
    backward_lanes(d, lanes, rows, vectors, false, packed, adjoint, slope, rate, c_rate, 0.0f, delta)
    GN_FOR_LANES(d->lanes);
#undef CALL
}

static void rbackward(const gn_dims *d, const float *packed, const float *adjoint, const float *slope, const float *rx,
                      float c_rate, float c_x, float *delta) {
#define CALL(lanes, rows, vectors) \
    backward_lanes(d, lanes, rows, vectors, true, packed, adjoint, slope, rx, c_rate, c_x, delta)
    GN_FOR_LANES(d->lanes);
#undef CALL
}

static void rates(gn_nonlinearity nonlinearity, int count, const float *x, float *rate) {
    for (int i = 0; i < count; i += GN_VECTOR)
        vf_store(rate + i, rate_of(nonlinearity, vf_load(x + i)));
}

static void readout(const gn_dims *d, const float *packed, const float *state, float *output) {
    if (d->lanes == 1) {
        readout_one(d, packed, state, output);
        return;
    }
    for (int o = 0; o < d->rows - d->units; o++) {
        int row = d->units + o;
        const float *w = packed + ((size_t)(row / GN_PACK) * d->columns) * GN_PACK + row % GN_PACK;
        for (int k = 0; k < d->lanes; k += GN_VECTOR) {
            vf acc = {0};
            for (int j = 0; j < d->columns; j++)
                acc = vf_fma(vf_set(w[(size_t)j * GN_PACK]), vf_load(state + (size_t)j * d->lanes + k), acc);
            vf_store(output + (size_t)o * d->lanes + k, acc);
        }
    }
}

/* ---- contraction penalty --------------------------------------------------------------------- */

static void steepness(const gn_dims *d, const float *slope, float *sum) {
    for (size_t i = 0; i < (size_t)d->units * (size_t)d->lanes; i += GN_VECTOR) {
        const vf g = vf_load(slope + i);
        vf_store(sum + i, vf_fma(g, g, vf_load(sum + i)));
    }
}

/* -2 u for units whose slope du/dx depends on x, else 0. */
GN_INLINE vf bend(const gn_dims *d, const float *rate, const float *noise, size_t at) {
    if (d->nonlinearity == GN_RELU) return (vf){0};
    const vf h = vf_load(rate + at);
    return (noise ? h - vf_load(noise + at) : h) * -2.0f;
}

static void contract(const gn_dims *d, const float *rate, const float *noise, const float *slope, const float *strength,
                     float c_rate, float *source) {
    for (int i = 0; i < d->units; i++)
        for (int k = 0; k < d->lanes; k += GN_VECTOR) {
            const size_t at = (size_t)i * (size_t)d->lanes + (size_t)k;
            const vf by = bend(d, rate, noise, at) * vf_load(slope + at);
            vf_store(source + at, vf_fma(by, vf_set(strength[i]), vf_load(rate + at) * c_rate));
        }
}

static void rcontract(const gn_dims *d, const float *rate, const float *noise, const float *slope, const float *rx,
                      const float *strength, const float *cross, float c_rate, float c_x, float *source,
                      float *bending) {
    const vf by_rate = vf_set(c_rate), by_x = vf_set(c_x);
    for (int i = 0; i < d->units; i++)
        for (int k = 0; k < d->lanes; k += GN_VECTOR) {
            const size_t at = (size_t)i * (size_t)d->lanes + (size_t)k;
            const vf g = vf_load(slope + at), x = vf_load(rx + at), b = bend(d, rate, noise, at);
            const vf along = b * x; /* the derivative of the slope along v is this times the slope */
            const vf inner = vf_fma(along, vf_set(strength[i]), vf_set(cross[i]));
            vf_store(source + at, vf_fma(b * g, inner, vf_fma(by_rate, g, by_x) * x));
            vf_store(bending + at, vf_fma(along * g, g, vf_load(bending + at)));
        }
}

/* ---- weight gradients ----------------------------------------------------------------------- */

typedef struct {
    int steps;
    const float *adjoint, *transposed;
    long adjoint_stride, transposed_stride;
    float *sum;
    int fetched; /* number of floats of the next transposed blocks that each (step, lane) prefetches */
} outer_job;

/* Computes the tile of rows x vectors at (row, column) of the sum; for each element the sum over steps and lanes is one
 * chain. `next` is this tile's part of the transposed blocks of the next call, for prefetching. */
GN_INLINE void outer_tile(const gn_dims *d, const outer_job *o, const int rows, const int vectors, int row, int column,
                          const float *next) {
    const size_t padded = (size_t)d->padded, lanes = (size_t)d->lanes;
    float *sum = o->sum + (size_t)row * padded + column;
    tile acc;
    GN_UNROLL for (int r = 0; r < rows; r++) {
        GN_UNROLL for (int v = 0; v < vectors; v++) {
            acc[r][v] = vf_load(sum + (size_t)r * padded + v * GN_VECTOR);
        }
    }
    for (int s = 0; s < o->steps; s++) {
        const float *a = o->adjoint + s * o->adjoint_stride + (size_t)row * lanes;
        const float *b = o->transposed + s * o->transposed_stride + column;
        for (size_t k = 0; k < lanes; k++) {
            vf t[WIDE];
            GN_UNROLL for (int v = 0; v < vectors; v++) {
                t[v] = vf_load(b + k * padded + v * GN_VECTOR);
            }
            __builtin_prefetch(next, 0, 2);
            next += o->fetched;
            GN_UNROLL for (int r = 0; r < rows; r++) {
                vf w = vf_set(a[(size_t)r * lanes + k]);
                GN_UNROLL for (int v = 0; v < vectors; v++) acc[r][v] = vf_fma(w, t[v], acc[r][v]);
            }
        }
    }
    GN_UNROLL for (int r = 0; r < rows; r++) {
        GN_UNROLL for (int v = 0; v < vectors; v++) {
            vf_store(sum + (size_t)r * padded + v * GN_VECTOR, acc[r][v]);
        }
    }
}

#if GN_VECTOR == 16
enum { OUTER_ROWS = 6, OUTER_WIDE = 4 };
#define OUTER_TILES(rows) \
    (vectors == 4 ? TILE(rows, 4) : vectors == 3 ? TILE(rows, 3) : vectors == 2 ? TILE(rows, 2) : TILE(rows, 1))
#else
enum { OUTER_ROWS = 4, OUTER_WIDE = 2 }; /* two vectors always fit, as padded is a multiple of 16 */
#define OUTER_TILES(rows) (vectors == 2 ? TILE(rows, 2) : (void)0)
#endif

static void outer(const gn_dims *d, int steps, const float *adjoint, long adjoint_stride, const float *transposed,
                  long transposed_stride, float *sum) {
    const int all = d->padded / GN_VECTOR;
    const int tiles = (d->rows / OUTER_ROWS + d->rows % OUTER_ROWS) * ((all + OUTER_WIDE - 1) / OUTER_WIDE);
    outer_job o = {steps, adjoint, transposed, adjoint_stride, transposed_stride, sum, 0};
    /* With a negative stride the blocks are those of all steps, which are in memory; with a positive one there are only
     * a few, which are in the cache. */
    const float *next = adjoint;
    if (transposed_stride < 0) {
        next = transposed + (2 * steps - 1) * transposed_stride;
        o.fetched = (d->padded + tiles - 1) / tiles;
    }
    for (int at = 0; at < all; at += OUTER_WIDE) {
        const int vectors = all - at < OUTER_WIDE ? all - at : OUTER_WIDE;
        for (int row = 0; row < d->rows;) {
#define TILE(ROWS, VECTORS) outer_tile(d, &o, ROWS, VECTORS, row, at *GN_VECTOR, next)
            const bool tall = d->rows - row >= OUTER_ROWS;
            if (tall)
                OUTER_TILES(OUTER_ROWS);
            else
                OUTER_TILES(1);
#undef TILE
            row += tall ? OUTER_ROWS : 1;
            next += (long)o.fetched * steps * d->lanes;
        }
    }
}

static void carry(int count, float *sum, double *total) {
    for (int i = 0; i < count; i += 16) {
        for (int k = i; k < i + 16; k++)
            total[k] += (double)sum[k];
        for (int k = i; k < i + 16; k++)
            sum[k] = 0.0f;
    }
}

static void residual(int rows, int lanes, float share, const float *target, const float *mask, float *output,
                     double *square) {
    for (int lane = 0; lane < lanes; lane += 16) {
        double sum[16] = {0};
        for (int row = 0; row < rows; row++) {
            float *y = output + (size_t)row * (size_t)lanes + lane;
            const float *goal = target + (size_t)row * (size_t)lanes + lane;
            for (int k = 0; k < 16; k++) {
                const float e = (y[k] - goal[k]) * mask[lane + k];
                sum[k] += (double)e * (double)e;
                y[k] = share * e;
            }
        }
        for (int k = 0; k < 16; k++)
            square[lane + k] = sum[k];
    }
}

/* Transposes 4 x 4 blocks. A vector has quarters of four floats. Two shuffles of pairs transpose within each quarter
 * what is in four vectors, and vf_load_quarters() has put different rows into different quarters. */
#if GN_VECTOR == 16
#define GN_QUARTERS(f) f(0), f(1), f(2), f(3)
#elif GN_VECTOR == 8
#define GN_QUARTERS(f) f(0), f(1)
#else
#define GN_QUARTERS(f) f(0)
#endif
#define GN_LOW(q) 4 * q, GN_VECTOR + 4 * q, 4 * q + 1, GN_VECTOR + 4 * q + 1
#define GN_HIGH(q) 4 * q + 2, GN_VECTOR + 4 * q + 2, 4 * q + 3, GN_VECTOR + 4 * q + 3
#define GN_FIRST(q) 4 * q, 4 * q + 1, GN_VECTOR + 4 * q, GN_VECTOR + 4 * q + 1
#define GN_SECOND(q) 4 * q + 2, 4 * q + 3, GN_VECTOR + 4 * q + 2, GN_VECTOR + 4 * q + 3
#define GN_SHUFFLE(a, b, f) __builtin_shufflevector(a, b, GN_QUARTERS(f))

static void transpose(const gn_dims *d, const float *state, float *transposed) {
    const size_t lanes = (size_t)d->lanes, padded = (size_t)d->padded;
    float last[GN_VECTOR * GN_LANES_MAX] __attribute__((aligned(64)));
    for (size_t j0 = 0; j0 < padded; j0 += GN_VECTOR) {
        const size_t rows = j0 < (size_t)d->columns ? (size_t)d->columns - j0 : 0;
        if (rows < GN_VECTOR) { /* zeros after the last row */
            memset(last, 0, sizeof last);
            if (rows > 0) memcpy(last, state + j0 * lanes, rows * lanes * sizeof *last);
        }
        const float *from = rows < GN_VECTOR ? last : state + j0 * lanes;
        for (size_t k = 0; k < lanes; k += 4) {
            vf a[4], b[4];
            GN_UNROLL for (int r = 0; r < 4; r++) {
                a[r] = vf_load_quarters(from + (size_t)r * lanes + k, lanes);
            }
            b[0] = GN_SHUFFLE(a[0], a[1], GN_LOW);
            b[1] = GN_SHUFFLE(a[0], a[1], GN_HIGH);
            b[2] = GN_SHUFFLE(a[2], a[3], GN_LOW);
            b[3] = GN_SHUFFLE(a[2], a[3], GN_HIGH);
            float *to = transposed + k * padded + j0;
            vf_store(to, GN_SHUFFLE(b[0], b[2], GN_FIRST));
            vf_store(to + padded, GN_SHUFFLE(b[0], b[2], GN_SECOND));
            vf_store(to + 2 * padded, GN_SHUFFLE(b[1], b[3], GN_FIRST));
            vf_store(to + 3 * padded, GN_SHUFFLE(b[1], b[3], GN_SECOND));
        }
    }
}

const gn_kernel GN_PASTE(gn_kernel_, GN_KERNEL_NAME);
const gn_kernel GN_PASTE(gn_kernel_, GN_KERNEL_NAME) = {
    .name = GN_STRING(GN_KERNEL_NAME),
    .width = GN_VECTOR,
    .noise = noise,
    .forward = forward,
    .rates = rates,
    .readout = readout,
    .rforward = rforward,
    .backward = backward,
    .rbackward = rbackward,
    .steepness = steepness,
    .contract = contract,
    .rcontract = rcontract,
    .outer = outer,
    .transpose = transpose,
    .carry = carry,
    .residual = residual,
};
