#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Finds the chunk and the lane of trial m of a batch. */
static void locate(const gn_batch *batch, int m, int *c, int *k) {
    for (*c = 0; m >= batch->chunk[*c].first + batch->chunk[*c].width; (*c)++) {
    }
    *k = m - batch->chunk[*c].first;
}

static double input(const gn_batch *b, int m, int t, int i) {
    int c, k;
    locate(b, m, &c, &k);
    return b->input[c][((size_t)t * (size_t)(b->channels + 1) + (size_t)i) * (size_t)b->chunk[c].lanes + (size_t)k];
}

static double target(const gn_batch *b, int m, int t, int o) {
    int c, k;
    locate(b, m, &c, &k);
    return b->target[c][(size_t)(t * b->outputs + o) * (size_t)b->chunk[c].lanes + (size_t)k];
}

static double noise(const gn_batch *b, int m, int t, int i) {
    int c, k;
    locate(b, m, &c, &k);
    if (!b->noise[c]) return 0;
    return b->noise[c][(size_t)(t * b->units + i) * (size_t)b->chunk[c].lanes + (size_t)k];
}

/* The rate without noise, and its first two derivatives. */
static double rate_of(const gn_network *s, double x) {
    if (s->nonlinearity != GN_TANH && x <= 0) return 0;
    return s->nonlinearity == GN_RELU ? x : tanh(x);
}

static double slope_of(const gn_network *s, double x) {
    if (s->nonlinearity != GN_TANH && x <= 0) return 0;
    return s->nonlinearity == GN_RELU ? 1 : 1 - tanh(x) * tanh(x);
}

static double bend_of(const gn_network *s, double x) {
    return s->nonlinearity == GN_RELU ? 0 : -2 * rate_of(s, x) * slope_of(s, x);
}

/* Runs one trial by Eqs. 1 and 2: activations x(t), rates and outputs y(t). */
static void run_trial(const gn_network *s, const gn_batch *b, const double *p, int m, double *x, double *rate,
                      double *y) {
    const int n = s->units, in = s->inputs, outputs = s->outputs;
    const double a = (double)s->leak;
    const double *rec = p, *win = rec + n * n, *bias = win + n * in, *out = bias + n;
    for (int t = 0; t < b->steps; t++) {
        for (int i = 0; i < n; i++) {
            double drive = bias[i];
            for (int j = 0; j < n && t > 0; j++)
                drive += rec[i * n + j] * rate[(t - 1) * n + j];
            for (int j = 0; j < in; j++)
                drive += win[i * in + j] * input(b, m, t, j);
            if (s->noise_site == GN_NOISE_DRIVE) drive += noise(b, m, t, i);
            x[t * n + i] = (1 - a) * (t > 0 ? x[(t - 1) * n + i] : 0) + a * drive;
            rate[t * n + i] = rate_of(s, x[t * n + i]);
            if (s->noise_site == GN_NOISE_RATE) rate[t * n + i] += noise(b, m, t, i);
        }
        for (int o = 0; o < outputs; o++) {
            y[t * outputs + o] = 0;
            for (int j = 0; j < n; j++)
                y[t * outputs + o] += out[o * n + j] * rate[t * n + j];
        }
    }
}

void reference_run(const gn_network *s, const gn_batch *b, const double *p, double *output, double *rate, double *x) {
    const size_t step = (size_t)b->steps, n = (size_t)s->units;
    double *own = x ? NULL : malloc(step * n * sizeof *own);
    for (int m = 0; m < b->trials; m++)
        run_trial(s, b, p, m, x ? x + (size_t)m * step * n : own, rate + (size_t)m * step * n,
                  output + (size_t)m * step * (size_t)s->outputs);
    free(own);
}

static double mean_square_weights(const gn_network *s, const double *p) {
    const int n = s->units, in = s->inputs, outputs = s->outputs;
    double sum = 0;
    for (int i = n * n; i < n * n + n * in; i++)
        sum += p[i] * p[i];
    for (int i = n * n + n * in + n; i < n * n + n * in + n + outputs * n; i++)
        sum += p[i] * p[i];
    return sum / (n * in + outputs * n);
}

/* out += 2 l2 / count v for the weights that the L2 term penalises. */
static void add_l2(const gn_network *s, double l2, const double *v, double *out) {
    const int n = s->units, in = s->inputs, outputs = s->outputs;
    for (int i = n * n; i < n * n + n * in + n + outputs * n; i++)
        if (i < n * n + n * in || i >= n * n + n * in + n) out[i] += 2 * l2 * v[i] / (n * in + outputs * n);
}

/* Backward pass through one trial from the adjoints of outputs e, of rates f and of activations k; adds to `sum`. */
static void back_trial(const gn_network *s, const gn_batch *b, const double *p, int m, const double *x,
                       const double *rate, const double *e, const double *f, const double *k, double *sum) {
    const int n = s->units, in = s->inputs, steps = b->steps, outputs = s->outputs;
    const double a = (double)s->leak;
    const double *rec = p, *out = p + n * n + n * in + n;
    double *drec = sum, *din = drec + n * n, *dbias = din + n * in, *dout = dbias + n;
    double *delta = calloc((size_t)n, sizeof *delta), *next = calloc((size_t)n, sizeof *next);
    for (int t = steps - 1; t >= 0; t--) {
        for (int i = 0; i < n; i++) {
            double g = f[t * n + i];
            for (int j = 0; j < n; j++)
                g += a * rec[j * n + i] * next[j];
            for (int o = 0; o < outputs; o++)
                g += out[o * n + i] * e[t * outputs + o];
            delta[i] = (1 - a) * next[i] + slope_of(s, x[t * n + i]) * g + k[t * n + i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n && t > 0; j++)
                drec[i * n + j] += a * delta[i] * rate[(t - 1) * n + j];
            for (int j = 0; j < in; j++)
                din[i * in + j] += a * delta[i] * input(b, m, t, j);
            dbias[i] += a * delta[i];
            for (int o = 0; o < outputs; o++)
                dout[o * n + i] += e[t * outputs + o] * rate[t * n + i];
        }
        double *swap = delta;
        delta = next;
        next = swap;
    }
    free(delta);
    free(next);
}

gn_terms reference_gradient(const gn_network *s, const gn_batch *b, const double *p, gn_weights w, double *gradient) {
    const int n = s->units, steps = b->steps, outputs = s->outputs;
    const double samples = (double)b->trials * steps;
    double *x = calloc((size_t)(steps * n), sizeof *x), *rate = calloc((size_t)(steps * n), sizeof *x);
    double *f = calloc((size_t)(steps * n), sizeof *x), *k = calloc((size_t)(steps * n), sizeof *x);
    double *y = calloc((size_t)(steps * outputs), sizeof *x);
    gn_terms terms = {0};
    if (gradient) memset(gradient, 0, gn_network_size(s) * sizeof *gradient);
    for (int m = 0; m < b->trials; m++) {
        run_trial(s, b, p, m, x, rate, y);
        for (int t = 0; t < steps; t++) {
            for (int o = 0; o < outputs; o++) {
                double e = y[t * outputs + o] - target(b, m, t, o);
                terms.error += e * e / (samples * outputs);
                y[t * outputs + o] = e / (samples * outputs);
            }
            for (int i = 0; i < n; i++) {
                double h = rate[t * n + i];
                terms.rate += h * h / (samples * n);
                f[t * n + i] = 2 * w.metabolic * h / (samples * n);
                /* The contraction penalty is the sum of the squares of slope_i W_ij. */
                double slope = slope_of(s, x[t * n + i]), bend = bend_of(s, x[t * n + i]);
                k[t * n + i] = 0;
                for (int j = 0; j < n && w.contraction > 0; j++) {
                    double weight = p[i * n + j], element = slope * weight;
                    terms.contraction += element * element / (samples * n);
                    k[t * n + i] += 2 * w.contraction * element * bend * weight / (samples * n);
                    if (gradient) gradient[i * n + j] += 2 * w.contraction * element * slope / (samples * n);
                }
            }
        }
        if (gradient) back_trial(s, b, p, m, x, rate, y, f, k, gradient);
    }
    terms.l2 = mean_square_weights(s, p);
    terms.total = terms.error / 2 + w.l2 * terms.l2 + w.metabolic * terms.rate + w.contraction * terms.contraction;
    if (gradient) add_l2(s, w.l2, p, gradient);
    free(x);
    free(rate);
    free(f);
    free(k);
    free(y);
    return terms;
}

gn_terms reference_objective(const gn_network *s, const gn_batch *b, const double *p, gn_weights w) {
    return reference_gradient(s, b, p, w, NULL);
}

void reference_product(const gn_network *s, const gn_batch *b, const double *p, gn_weights w, const double *v,
                       double *product) {
    const int n = s->units, in = s->inputs, steps = b->steps, outputs = s->outputs;
    const double a = (double)s->leak, samples = (double)b->trials * steps;
    const double *rec = p, *out = p + n * n + n * in + n;
    const double *vrec = v, *vin = v + n * n, *vbias = vin + n * in, *vout = vbias + n;
    const size_t all = (size_t)(steps * n);
    double *x = calloc(all, sizeof *x), *rate = calloc(all, sizeof *x), *f = calloc(all, sizeof *x);
    double *rx = calloc(all, sizeof *x), *rh = calloc(all, sizeof *x), *k = calloc(all, sizeof *x);
    double *y = calloc((size_t)(steps * outputs), sizeof *x);
    memset(product, 0, gn_network_size(s) * sizeof *product);
    for (int m = 0; m < b->trials; m++) {
        run_trial(s, b, p, m, x, rate, y);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < n; i++) {
                double drive = vbias[i];
                for (int j = 0; j < in; j++)
                    drive += vin[i * in + j] * input(b, m, t, j);
                for (int j = 0; j < n && t > 0; j++)
                    drive += vrec[i * n + j] * rate[(t - 1) * n + j] + rec[i * n + j] * rh[(t - 1) * n + j];
                const double moved = (1 - a) * (t > 0 ? rx[(t - 1) * n + i] : 0) + a * drive;
                const double slope = slope_of(s, x[t * n + i]), bend = bend_of(s, x[t * n + i]);
                rx[t * n + i] = moved;
                rh[t * n + i] = slope * moved;
                f[t * n + i] = 2 * w.metabolic / (samples * n) * rh[t * n + i] + w.damping / (samples * n) * moved;
                k[t * n + i] = 0;
                for (int j = 0; j < n && w.contraction > 0; j++) {
                    /* The derivative of slope_i W_ij along v. */
                    double along = bend * moved * rec[i * n + j] + slope * vrec[i * n + j];
                    k[t * n + i] += 2 * w.contraction / (samples * n) * along * bend * rec[i * n + j];
                    product[i * n + j] += 2 * w.contraction / (samples * n) * along * slope;
                }
            }
            for (int o = 0; o < outputs; o++) {
                double ry = 0;
                for (int j = 0; j < n; j++)
                    ry += vout[o * n + j] * rate[t * n + j] + out[o * n + j] * rh[t * n + j];
                y[t * outputs + o] = ry / (samples * outputs);
            }
        }
        back_trial(s, b, p, m, x, rate, y, f, k, product);
    }
    add_l2(s, w.l2, v, product);
    free(x);
    free(rate);
    free(f);
    free(k);
    free(rx);
    free(rh);
    free(y);
}
