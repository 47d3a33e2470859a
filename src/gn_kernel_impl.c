/* One implementation of gn_kernel.h; compiled once a vector width (GN_VECTOR, GN_KERNEL_NAME). */
#include <stddef.h>

#include "gn_kernel.h"
#include "gn_vector.h"

#define GN_PASTE_(a, b) a##b
#define GN_PASTE(a, b) GN_PASTE_(a, b)
#define GN_STRING_(a) #a
#define GN_STRING(a) GN_STRING_(a)

#if defined(__clang__)
#define GN_UNROLL _Pragma("clang loop unroll(full)")
#else
#define GN_UNROLL _Pragma("GCC unroll 16")
#endif

/* Register tiles: ROWS rows by VECTORS vectors of accumulators, as many as the registers hold.
 * `groups` such tiles cover the lanes. */
#if GN_VECTOR == 16
#define GN_TILES(CALL, lanes) \
    ((lanes) == 48 ? CALL(8, 3) : (lanes) == 32 ? CALL(12, 2) : CALL(12, 1))
#elif GN_VECTOR == 8
#define GN_TILES(CALL, lanes) ((lanes) == 48 ? CALL(4, 3) : CALL(4, 2))
#else
#define GN_TILES(CALL, lanes) CALL(4, 4)
#endif

/* acc[r][v] += sum over columns j, ascending, of weight(row + r, j) block(j, lane + v). */
#define GN_PRODUCT(ROWS, VECTORS, acc, packed, stride, first_column, last_column, block)          \
    for (int j = (first_column); j < (last_column); j++) {                                        \
        vf b[VECTORS];                                                                            \
        GN_UNROLL for (int v = 0; v < VECTORS; v++) b[v] =                                        \
            vf_load((block) + (size_t)j * lanes + v * GN_VECTOR);                                 \
        GN_UNROLL for (int r = 0; r < ROWS; r++) {                                                \
            vf w =                                                                                \
                vf_set((packed)[((size_t)(r / GN_PACK) * (stride) + j) * GN_PACK + r % GN_PACK]); \
            GN_UNROLL for (int v = 0; v < VECTORS; v++) acc[r][v] = vf_fma(w, b[v], acc[r][v]);   \
        }                                                                                         \
    }

#define GN_ZERO(ROWS, VECTORS, acc)                                      \
    GN_UNROLL for (int r = 0; r < ROWS; r++) {                           \
        GN_UNROLL for (int v = 0; v < VECTORS; v++) acc[r][v] = (vf){0}; \
    }

/* The arrays of the next step follow (or precede) those of this one; a share of them is asked for
 * with every tile, so that memory works while the products run. Costs nothing where it is wrong. */
GN_INLINE void fetch(const float *next, int floats, int part, int parts) {
    const int line = 16, lines = (floats + line - 1) / line;
    for (int i = lines * part / parts; i < lines * (part + 1) / parts; i++)
        __builtin_prefetch((const char *)next + (long)i * 64, 0, 2);
}

GN_INLINE void fetch_for_write(float *next, int floats, int part, int parts) {
    const int line = 16, lines = (floats + line - 1) / line;
    for (int i = lines * part / parts; i < lines * (part + 1) / parts; i++)
        __builtin_prefetch((char *)next + (long)i * 64, 1, 2);
}

/* ---- forward ------------------------------------------------------------------------------- */

#define GN_FORWARD(ROWS, VECTORS)                                                                  \
    static void forward_##ROWS##_##VECTORS(                                                        \
        const gn_dims *d, const float *packed, const float *state, const float *drive,             \
        const float *noise, const float *mask, float *x, float *rate, float *slope, float *output, \
        double *square) {                                                                          \
        const int lanes = d->lanes;                                                                \
        const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);                            \
        for (int lane = 0; lane < lanes; lane += VECTORS * GN_VECTOR) {                            \
            vf sum[VECTORS];                                                                       \
            GN_UNROLL for (int v = 0; v < VECTORS; v++) sum[v] = (vf){0};                          \
            for (int row = 0; row < d->rows; row += ROWS) {                                        \
                vf acc[ROWS][VECTORS];                                                             \
                GN_ZERO(ROWS, VECTORS, acc)                                                        \
                const float *weights = packed + (size_t)row * d->columns;                          \
                GN_PRODUCT(ROWS, VECTORS, acc, weights, d->columns, 0, d->columns, state + lane)   \
                if (lane == 0) {                                                                   \
                    const int part = row / ROWS, parts = (d->rows + ROWS - 1) / ROWS;              \
                    const int block = d->units * lanes;                                            \
                    if (noise) fetch(noise + block, block, part, parts);                           \
                    if (slope) fetch_for_write(slope + block, block, part, parts);                 \
                    if (slope) fetch_for_write(rate + d->columns * lanes, block, part, parts);     \
                }                                                                                  \
                GN_UNROLL for (int r = 0; r < ROWS; r++) {                                         \
                    GN_UNROLL for (int v = 0; v < VECTORS; v++) {                                  \
                        size_t at = (size_t)(row + r) * lanes + lane + v * GN_VECTOR;              \
                        if (row + r < d->units) {                                                  \
                            vf in = drive ? acc[r][v] + vf_load(drive + at) : acc[r][v];           \
                            vf now = vf_fma(leak, in, keep * vf_load(x + at));                     \
                            vf h = vf_tanh(now);                                                   \
                            vf_store(x + at, now);                                                 \
                            if (slope)                                                             \
                                vf_store(slope + at, vf_fma(-h, h, vf_set(1.0f)) *                 \
                                                         vf_load(mask + lane + v * GN_VECTOR));    \
                            if (noise) h += vf_load(noise + at);                                   \
                            vf_store(rate + at, h);                                                \
                            sum[v] = vf_fma(h, h, sum[v]);                                         \
                        } else if (row + r < d->rows) {                                            \
                            vf_store(output + at - (size_t)d->units * lanes, acc[r][v]);           \
                        }                                                                          \
                    }                                                                              \
                }                                                                                  \
            }                                                                                      \
            for (int v = 0; v < VECTORS; v++)                                                      \
                for (int k = 0; k < GN_VECTOR; k++)                                                \
                    square[lane + v * GN_VECTOR + k] += sum[v][k];                                 \
        }                                                                                          \
    }

/* ---- R-forward ------------------------------------------------------------------------------ */

#define GN_RFORWARD(ROWS, VECTORS)                                                             \
    static void rforward_##ROWS##_##VECTORS(                                                   \
        const gn_dims *d, const float *direction, const float *weights, const float *state,    \
        const float *rrate, const float *slope, const float *rx, float *rx_next,               \
        float *rrate_next, float *routput) {                                                   \
        const int lanes = d->lanes;                                                            \
        const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);                        \
        for (int lane = 0; lane < lanes; lane += VECTORS * GN_VECTOR) {                        \
            for (int row = 0; row < d->rows; row += ROWS) {                                    \
                vf acc[ROWS][VECTORS];                                                         \
                GN_ZERO(ROWS, VECTORS, acc)                                                    \
                const float *along = direction + (size_t)row * d->columns;                     \
                const float *through = weights + (size_t)row * d->columns;                     \
                GN_PRODUCT(ROWS, VECTORS, acc, along, d->columns, 0, d->columns, state + lane) \
                GN_PRODUCT(ROWS, VECTORS, acc, through, d->columns, 0, d->units, rrate + lane) \
                if (lane == 0) {                                                               \
                    const int part = row / ROWS, parts = (d->rows + ROWS - 1) / ROWS;          \
                    const int block = d->units * lanes;                                        \
                    fetch(state + d->columns * lanes, d->columns * lanes, part, parts);        \
                    fetch(slope + block, block, part, parts);                                  \
                    fetch_for_write(rx_next + block, block, part, parts);                      \
                }                                                                              \
                GN_UNROLL for (int r = 0; r < ROWS; r++) {                                     \
                    GN_UNROLL for (int v = 0; v < VECTORS; v++) {                              \
                        size_t at = (size_t)(row + r) * lanes + lane + v * GN_VECTOR;          \
                        if (row + r < d->units) {                                              \
                            vf now = vf_fma(leak, acc[r][v], keep * vf_load(rx + at));         \
                            vf_store(rx_next + at, now);                                       \
                            vf_store(rrate_next + at, vf_load(slope + at) * now);              \
                        } else if (row + r < d->rows) {                                        \
                            vf_store(routput + at - (size_t)d->units * lanes, acc[r][v]);      \
                        }                                                                      \
                    }                                                                          \
                }                                                                              \
            }                                                                                  \
        }                                                                                      \
    }

/* ---- backward ------------------------------------------------------------------------------- */

#define GN_BACKWARD(ROWS, VECTORS, NAME, SOURCE)                                                   \
    GN_INLINE void NAME##_##ROWS##_##VECTORS(                                                      \
        const gn_dims *d, const float *packed, const float *adjoint, const float *slope,           \
        const float *source, float c_rate, float c_x, float *delta) {                              \
        const int lanes = d->lanes;                                                                \
        const vf leak = vf_set(d->leak), keep = vf_set(1.0f - d->leak);                            \
        const vf by_rate = vf_set(c_rate), by_x = vf_set(c_x);                                     \
        (void)by_x;                                                                                \
        for (int lane = 0; lane < lanes; lane += VECTORS * GN_VECTOR) {                            \
            for (int row = 0; row < d->units; row += ROWS) {                                       \
                vf acc[ROWS][VECTORS];                                                             \
                GN_ZERO(ROWS, VECTORS, acc)                                                        \
                const float *weights = packed + (size_t)row * d->rows;                             \
                GN_PRODUCT(ROWS, VECTORS, acc, weights, d->rows, 0, d->units, adjoint + lane)      \
                GN_UNROLL for (int r = 0; r < ROWS; r++) {                                         \
                    GN_UNROLL for (int v = 0; v < VECTORS; v++) acc[r][v] = acc[r][v] * leak;      \
                }                                                                                  \
                GN_PRODUCT(ROWS, VECTORS, acc, weights, d->rows, d->units, d->rows,                \
                           adjoint + lane)                                                         \
                if (lane == 0) {                                                                   \
                    const int part = row / ROWS, parts = (d->units + ROWS - 1) / ROWS;             \
                    const int block = d->units * lanes;                                            \
                    fetch(slope - block, block, part, parts);                                      \
                    fetch(source - block, block, part, parts);                                     \
                }                                                                                  \
                GN_UNROLL for (int r = 0; r < ROWS; r++) {                                         \
                    GN_UNROLL for (int v = 0; v < VECTORS; v++) {                                  \
                        size_t at = (size_t)(row + r) * lanes + lane + v * GN_VECTOR;              \
                        if (row + r < d->units) {                                                  \
                            vf g = vf_load(slope + at), s = vf_load(source + at);                  \
                            vf_store(delta + at, vf_fma(g, SOURCE, keep * vf_load(adjoint + at))); \
                        }                                                                          \
                    }                                                                              \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }

#define GN_STEPS(ROWS, VECTORS)                                      \
    GN_FORWARD(ROWS, VECTORS)                                        \
    GN_RFORWARD(ROWS, VECTORS)                                       \
    GN_BACKWARD(ROWS, VECTORS, gback, vf_fma(by_rate, s, acc[r][v])) \
    GN_BACKWARD(ROWS, VECTORS, rback, vf_fma(vf_fma(by_rate, g, by_x), s, acc[r][v]))

#if GN_VECTOR == 16
GN_STEPS(8, 3)
GN_STEPS(12, 2)
GN_STEPS(12, 1)
#elif GN_VECTOR == 8
GN_STEPS(4, 3)
GN_STEPS(4, 2)
#else
GN_STEPS(4, 4)
#endif

static void forward(const gn_dims *d, const float *packed, const float *state, const float *drive,
                    const float *noise, const float *mask, float *x, float *rate, float *slope,
                    float *output, double *square) {
#define CALL(R, V) \
    forward_##R##_##V(d, packed, state, drive, noise, mask, x, rate, slope, output, square)
    GN_TILES(CALL, d->lanes);
#undef CALL
}

static void rforward(const gn_dims *d, const float *direction, const float *weights,
                     const float *state, const float *rrate, const float *slope, const float *rx,
                     float *rx_next, float *rrate_next, float *routput) {
#define CALL(R, V) \
    rforward_##R##_##V(d, direction, weights, state, rrate, slope, rx, rx_next, rrate_next, routput)
    GN_TILES(CALL, d->lanes);
#undef CALL
}

static void backward(const gn_dims *d, const float *packed, const float *adjoint,
                     const float *slope, const float *rate, float c_rate, float *delta) {
#define CALL(R, V) gback_##R##_##V(d, packed, adjoint, slope, rate, c_rate, 0.0f, delta)
    GN_TILES(CALL, d->lanes);
#undef CALL
}

static void rbackward(const gn_dims *d, const float *packed, const float *adjoint,
                      const float *slope, const float *rx, float c_rate, float c_x, float *delta) {
#define CALL(R, V) rback_##R##_##V(d, packed, adjoint, slope, rx, c_rate, c_x, delta)
    GN_TILES(CALL, d->lanes);
#undef CALL
}

static void rates(int count, const float *x, float *rate) {
    for (int i = 0; i < count; i += GN_VECTOR)
        vf_store(rate + i, vf_tanh(vf_load(x + i)));
}

static void readout(const gn_dims *d, const float *packed, const float *state, float *output) {
    for (int o = 0; o < d->rows - d->units; o++) {
        int row = d->units + o;
        const float *w = packed + ((size_t)(row / GN_PACK) * d->columns) * GN_PACK + row % GN_PACK;
        for (int k = 0; k < d->lanes; k += GN_VECTOR) {
            vf acc = {0};
            for (int j = 0; j < d->columns; j++)
                acc = vf_fma(vf_set(w[(size_t)j * GN_PACK]),
                             vf_load(state + (size_t)j * d->lanes + k), acc);
            vf_store(output + (size_t)o * d->lanes + k, acc);
        }
    }
}

/* ---- weight gradients ----------------------------------------------------------------------- */

/* A tile of ROWS adjoint rows by VECTORS vectors of columns; the sum over steps and lanes is one
 * chain an element. */
#define GN_OUTER(ROWS, VECTORS)                                                                    \
    static void outer_##ROWS##_##VECTORS(                                                          \
        const gn_dims *d, int steps, int row, int column, const float *adjoint,                    \
        long adjoint_stride, const float *transposed, long transposed_stride, float *sum) {        \
        vf acc[ROWS][VECTORS];                                                                     \
        GN_UNROLL for (int r = 0; r < ROWS; r++) {                                                 \
            GN_UNROLL for (int v = 0; v < VECTORS; v++) acc[r][v] =                                \
                vf_load(sum + (size_t)(row + r) * d->padded + column + v * GN_VECTOR);             \
        }                                                                                          \
        for (int s = 0; s < steps; s++) {                                                          \
            const float *a = adjoint + s * adjoint_stride + (size_t)row * d->lanes;                \
            const float *b = transposed + s * transposed_stride + column;                          \
            for (int k = 0; k < d->lanes; k++) {                                                   \
                vf t[VECTORS];                                                                     \
                GN_UNROLL for (int v = 0; v < VECTORS; v++) t[v] =                                 \
                    vf_load(b + (size_t)k * d->padded + v * GN_VECTOR);                            \
                GN_UNROLL for (int r = 0; r < ROWS; r++) {                                         \
                    vf w = vf_set(a[(size_t)r * d->lanes + k]);                                    \
                    GN_UNROLL for (int v = 0; v < VECTORS; v++) acc[r][v] =                        \
                        vf_fma(w, t[v], acc[r][v]);                                                \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
        GN_UNROLL for (int r = 0; r < ROWS; r++) {                                                 \
            GN_UNROLL for (int v = 0; v < VECTORS; v++)                                            \
                vf_store(sum + (size_t)(row + r) * d->padded + column + v * GN_VECTOR, acc[r][v]); \
        }                                                                                          \
    }

#if GN_VECTOR == 16
#define GN_OUTER_ROWS 6
#define GN_OUTER_WIDE 4
GN_OUTER(6, 4)
GN_OUTER(6, 3) GN_OUTER(6, 2) GN_OUTER(6, 1) GN_OUTER(1, 4) GN_OUTER(1, 3) GN_OUTER(1, 2)
    GN_OUTER(1, 1)
#else
#define GN_OUTER_ROWS 4
#define GN_OUTER_WIDE 2
GN_OUTER(4, 2)
GN_OUTER(1, 2)
#endif

        static void outer(const gn_dims *d, int steps, const float *adjoint, long adjoint_stride,
                          const float *transposed, long transposed_stride, float *sum) {
    const int vectors = d->padded / GN_VECTOR;
    const int parts = d->rows * ((vectors + GN_OUTER_WIDE - 1) / GN_OUTER_WIDE),
              block = d->lanes * d->padded;
    int part = 0;
    for (int at = 0; at < vectors;) {
        int wide = vectors - at < GN_OUTER_WIDE ? vectors - at : GN_OUTER_WIDE;
        for (int row = 0; row < d->rows;) {
            int done = d->rows - row >= GN_OUTER_ROWS ? GN_OUTER_ROWS : 1;
            for (int s = 0; s < steps; s++)
                for (int i = 0; i < done; i++)
                    fetch(transposed + (steps + s) * transposed_stride, block, part + i, parts);
            part += done;
#define CALL(R, V)                                                                     \
    outer_##R##_##V(d, steps, row, at *GN_VECTOR, adjoint, adjoint_stride, transposed, \
                    transposed_stride, sum)
            int tall = d->rows - row >= GN_OUTER_ROWS;
#if GN_VECTOR == 16
            switch (wide) {
                case 4:
                    tall ? CALL(6, 4) : CALL(1, 4);
                    break;
                case 3:
                    tall ? CALL(6, 3) : CALL(1, 3);
                    break;
                case 2:
                    tall ? CALL(6, 2) : CALL(1, 2);
                    break;
                default:
                    tall ? CALL(6, 1) : CALL(1, 1);
                    break;
            }
#else
            tall ? CALL(4, 2) : CALL(1, 2); /* padded is a multiple of 16: two or four vectors */
#endif
#undef CALL
            row += tall ? GN_OUTER_ROWS : 1;
        }
        at += wide;
    }
}

static void transpose(const gn_dims *d, const float *state, float *transposed) {
    enum { TILE = 16 };
    for (int j0 = 0; j0 < d->padded; j0 += TILE)
        for (int k0 = 0; k0 < d->lanes; k0 += TILE)
            for (int k = k0; k < k0 + TILE; k++)
                for (int j = j0; j < j0 + TILE; j++)
                    transposed[(size_t)k * d->padded + j] =
                        j < d->columns ? state[(size_t)j * d->lanes + k] : 0.0f;
}

/* ---- noise ---------------------------------------------------------------------------------- */

static void noise(uint64_t seed, uint32_t purpose, uint32_t update, uint32_t first, uint32_t step,
                  int units, int lanes, float sd, float *out) {
    /* Philox4x32-10 with lanes over trials; block (step, group of four units). Two Box-Muller pairs
     * a block. 24 bits a uniform, so |normal| <= 5.9. */
    const uint32_t groups = (uint32_t)(units + 3) / 4;
    vu lane_number;
    for (int k = 0; k < GN_VECTOR; k++)
        lane_number[k] = (uint32_t)k;
    for (int lane = 0; lane < lanes; lane += GN_VECTOR) {
        for (uint32_t group = 0; group < groups; group++) {
            uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
            vu c0 = vu_set(step * groups + group), c1 = lane_number + (first + (uint32_t)lane);
            vu c2 = vu_set(update), c3 = vu_set(purpose);
            for (int round = 0; round < 10; round++) {
                vu high0, low0, high1, low1;
                vu_multiply(c0, 0xD2511F53u, &high0, &low0);
                vu_multiply(c2, 0xCD9E8D57u, &high1, &low1);
                c0 = high1 ^ c1 ^ k0;
                c1 = low1;
                c2 = high0 ^ c3 ^ k1;
                c3 = low0;
                k0 += 0x9E3779B9u;
                k1 += 0xBB67AE85u;
            }
            const vu word[4] = {c0, c1, c2, c3};
            for (int pair = 0; pair < 2; pair++) {
                /* u in (0, 1): (w >> 8) 2^-24 + 2^-25 */
                vf u = vf_fma(vf_from_int((vi)(word[2 * pair] >> 8)), vf_set(0x1p-24f),
                              vf_set(0x1p-25f));
                vf turns = vf_from_int((vi)(word[2 * pair + 1] >> 8)) * 0x1p-24f;
                vf radius = vf_sqrt(vf_log(u) * -2.0f) * sd, s, c;
                vf_sincos_turns(turns, &s, &c);
                int unit = (int)group * 4 + pair * 2;
                if (unit < units) vf_store(out + (size_t)unit * lanes + lane, radius * c);
                if (unit + 1 < units) vf_store(out + (size_t)(unit + 1) * lanes + lane, radius * s);
            }
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
    .outer = outer,
    .transpose = transpose,
};
