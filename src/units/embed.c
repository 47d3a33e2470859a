/* Exact t-SNE. All sums have a fixed order, so the result depends only on the input. */
#include "units/embed.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Constants of van der Maaten's implementation. The momentum rises when the exaggeration ends. Every coordinate has a
 * gain, which grows while its steps go downhill and shrinks when a step overshoots. */
static const double momentum_early = 0.5, momentum_late = 0.8;
static const double gain_up = 0.2, gain_down = 0.8, gain_least = 0.01;
static const double initial_sd = 1e-4;

const char *gn_embed_phase_name(int phase) {
    static const char *const name[GN_EMBED_PHASES] = {"early", "intermediate", "late"};
    return name[phase];
}

gn_embed_options gn_embed_defaults(void) {
    return (gn_embed_options){
        .perplexity = 30, .iterations = 1000, .exaggeration = 12, .exaggeration_steps = 250, .learning_rate = 200};
}

/* ---- distances -------------------------------------------------------------------- */

static double mean_of(size_t d, const double *row) {
    double sum = 0;
    for (size_t k = 0; k < d; k++)
        sum += row[k];
    return sum / (double)d;
}

/* The sum of squared deviations of a row from its mean; 0 when they are no larger than rounding errors. */
static double variation(size_t d, const double *row) {
    const double mean = mean_of(d, row);
    double largest = 0, square = 0;
    for (size_t k = 0; k < d; k++) {
        largest = fmax(largest, fabs(row[k]));
        square += (row[k] - mean) * (row[k] - mean);
    }
    return sqrt(square / (double)d) <= 1e-13 * largest ? 0 : square;
}

/* Centres a row and scales it to unit norm. */
static void standardise(size_t d, double *row) {
    const double mean = mean_of(d, row), norm = sqrt(variation(d, row));
    for (size_t k = 0; k < d; k++)
        row[k] = (row[k] - mean) / norm;
}

size_t gn_embed_leave_out(gn_metric metric, size_t n, size_t d, double *x, bool *left_out) {
    size_t stay = 0;
    for (size_t i = 0; i < n; i++) {
        left_out[i] = metric == GN_METRIC_CORRELATION && variation(d, x + i * d) == 0;
        if (left_out[i]) continue;
        if (stay < i) memcpy(x + stay * d, x + i * d, d * sizeof *x);
        stay++;
    }
    return stay;
}

/* Computed in eight partial sums: the order is fixed, and the compiler can use vectors. */
static double squared_distance(size_t d, const double *a, const double *b) {
    double part[8] = {0};
    size_t k = 0;
    for (; k + 8 <= d; k += 8) {
        for (size_t i = 0; i < 8; i++) {
            double difference = a[k + i] - b[k + i];
            part[i] += difference * difference;
        }
    }
    for (size_t i = 0; k < d; k++, i++) {
        double difference = a[k] - b[k];
        part[i] += difference * difference;
    }
    return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

void gn_embed_distances(gn_metric metric, size_t n, size_t d, double *x, double *distance) {
    for (size_t i = 0; metric == GN_METRIC_CORRELATION && i < n; i++)
        standardise(d, x + i * d);
    for (size_t i = 0; i < n; i++) {
        distance[i * n + i] = 0;
        for (size_t j = 0; j < i; j++)
            distance[i * n + j] = distance[j * n + i] = squared_distance(d, x + i * d, x + j * d);
    }
}

/* ---- P ---------------------------------------------------------------------------- */

/* Computes p(j|i) for one beta and returns the entropy of the row in nats. `least` is the distance of the nearest
 * point; subtracting it from all distances does not change p but keeps exp() in range. */
static double conditional_row(size_t n, size_t i, const double *distance, double least, double beta, double *p) {
    double sum = 0, moment = 0; /* sum is at least 1, as the term of the nearest point is 1 */
    for (size_t j = 0; j < n; j++) {
        double beyond = distance[j] - least;
        p[j] = j == i ? 0 : exp(-beta * beyond);
        sum += p[j];
        moment += p[j] * beyond;
    }
    for (size_t j = 0; j < n; j++)
        p[j] /= sum;
    // cppcheck-suppress invalidFunctionArg
    return log(sum) + beta * moment / sum;
}

/* Finds beta by bisection: the entropy is log(n - 1) at beta = 0 and falls as beta grows. */
static gn_status solve_row(size_t n, size_t i, const double *distance, double perplexity, double *p) {
    enum { TRIES = 400 };
    const double target = log(perplexity), tolerance = 1e-12;
    double least = INFINITY, mean = 0;
    for (size_t j = 0; j < n; j++) {
        if (j == i) continue;
        least = fmin(least, distance[j]);
        mean += distance[j] / (double)(n - 1);
    }
    double low = 0, high = INFINITY, beta = mean > least ? 1 / (mean - least) : 1;
    for (int try = 0; try < TRIES; try++) {
        double excess = conditional_row(n, i, distance, least, beta, p) - target;
        if (fabs(excess) <= tolerance) return GN_OK;
        if (excess > 0)
            low = beta;
        else
            high = beta;
        beta = isinf(high) ? 2 * beta : 0.5 * (low + high);
        if (!(beta * mean < 1e12)) break; /* beta is so large that only rounding errors distinguish points */
        if (beta == low || beta == high) return GN_OK; /* as precise as doubles can be */
    }
    size_t nearest = 0;
    for (size_t j = 0; j < n; j++)
        nearest += j != i && distance[j] <= least + 1e-11 * mean;
    return gn_fail(GN_ENUM,
                   "t-SNE: point %zu of the %zu embedded: perplexity %g, accepted here: above the %zu points that are "
                   "nearest to it, all at distance %g",
                   i + 1, n, perplexity, nearest, sqrt(least));
}

gn_status gn_embed_conditional(size_t n, const double *distance, double perplexity, double *conditional) {
    if (!(perplexity > 1 && perplexity < (double)n - 1))
        return gn_fail(GN_EUSAGE, "t-SNE: perplexity %g, accepted: above 1 and below %zu points - 1", perplexity, n);
    for (size_t i = 0; i < n; i++) {
        gn_status status = solve_row(n, i, distance + i * n, perplexity, conditional + i * n);
        if (status) return status;
    }
    return GN_OK;
}

void gn_embed_symmetrise(size_t n, double *conditional) {
    double *p = conditional;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            double both = (p[i * n + j] + p[j * n + i]) / (2 * (double)n);
            p[i * n + j] = p[j * n + i] = both;
        }
    }
}

/* ---- Q, the divergence and its gradient ------------------------------------------- */

void gn_embed_gradient(size_t n, const double *p, const double *y, double *work, double *gradient, double *divergence) {
    double total = 0; /* sum of w over all ordered pairs, by which q is normalised */
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            double dx = y[2 * i] - y[2 * j], dy = y[2 * i + 1] - y[2 * j + 1];
            work[i * n + j] = 1 / (1 + dx * dx + dy * dy);
            total += 2 * work[i * n + j];
        }
    }
    double sum = 0;
    memset(gradient, 0, 2 * n * sizeof *gradient);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            double w = work[i * n + j], q = w / total, pij = p[i * n + j];
            double pull = (pij - q) * w;
            double dx = pull * (y[2 * i] - y[2 * j]), dy = pull * (y[2 * i + 1] - y[2 * j + 1]);
            gradient[2 * i] += dx;
            gradient[2 * i + 1] += dy;
            gradient[2 * j] -= dx;
            gradient[2 * j + 1] -= dy;
            if (divergence != NULL && pij > 0) sum += 2 * pij * log(pij / q);
        }
    }
    if (divergence != NULL) *divergence = sum;
}

/* ---- initial coordinates ---------------------------------------------------------- */

/* The Gram matrix of the centred points: -J D J / 2 with J = I - 11'/n. */
static void centred_gram(size_t n, const double *distance, double *mean, double *gram) {
    double grand = 0;
    for (size_t i = 0; i < n; i++) {
        mean[i] = 0;
        for (size_t j = 0; j < n; j++)
            mean[i] += distance[i * n + j] / (double)n;
        grand += mean[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            gram[i * n + j] = -0.5 * (distance[i * n + j] - mean[i] - mean[j] + grand);
}

/* y[:, axis] = eigenvector * sqrt(eigenvalue), with the sign that makes its largest element positive. */
static void principal_axis(size_t n, const gsl_matrix *vectors, const gsl_vector *values, size_t axis, double *y) {
    double scale = sqrt(fmax(gsl_vector_get(values, axis), 0)), largest = 0;
    for (size_t i = 0; i < n; i++) {
        y[2 * i + axis] = scale * gsl_matrix_get(vectors, i, axis);
        if (fabs(y[2 * i + axis]) > fabs(largest)) largest = y[2 * i + axis];
    }
    if (largest < 0)
        for (size_t i = 0; i < n; i++)
            y[2 * i + axis] = -y[2 * i + axis];
}

/* GSL takes the axes, and not LAPACK, which is faster, because the last digits of LAPACK's depend on the kernels that
 * OpenBLAS chooses, and descent magnifies a difference in the last digit until the embedding is another one. */
gn_status gn_embed_initial(size_t n, const double *distance, double *y) {
    gn_status status = GN_EIO;
    double *gram = gn_alloc(n * n, sizeof *gram), *mean = gn_alloc(n, sizeof *mean);
    gsl_eigen_symmv_workspace *space = NULL;
    gsl_matrix *vectors = NULL;
    gsl_vector *values = NULL;
    gsl_error_handler_t *handler = gsl_set_error_handler_off(); /* failures are reported below instead of aborting */
    if (gram == NULL || mean == NULL) goto done;
    space = gsl_eigen_symmv_alloc(n);
    vectors = gsl_matrix_alloc(n, n);
    values = gsl_vector_alloc(n);
    if (space == NULL || vectors == NULL || values == NULL) {
        status = gn_fail(GN_EIO, "t-SNE: no memory for %zu points", n);
        goto done;
    }
    centred_gram(n, distance, mean, gram);
    gsl_matrix_view view = gsl_matrix_view_array(gram, n, n);
    if (gsl_eigen_symmv(&view.matrix, values, vectors, space)) {
        status = gn_fail(GN_ENUM, "t-SNE: the initial coordinates did not converge");
        goto done;
    }
    gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_DESC);
    for (size_t axis = 0; axis < 2; axis++)
        principal_axis(n, vectors, values, axis, y);
    /* The coordinates have mean 0 and the sum of their squares is the eigenvalue. */
    double sd = sqrt(fmax(gsl_vector_get(values, 0), 0) / (double)n);
    if (!(sd > 0)) {
        status = gn_fail(GN_ENUM, "t-SNE: all %zu points coincide", n);
        goto done;
    }
    for (size_t k = 0; k < 2 * n; k++)
        y[k] *= initial_sd / sd;
    status = GN_OK;
done:
    gsl_set_error_handler(handler);
    gsl_vector_free(values);
    gsl_matrix_free(vectors);
    gsl_eigen_symmv_free(space);
    free(mean);
    free(gram);
    return status;
}

/* ---- descent ---------------------------------------------------------------------- */

static void descend(size_t n, const double *gradient, double rate, double momentum, double *y, double *step,
                    double *gain) {
    for (size_t k = 0; k < 2 * n; k++) {
        int overshot = gradient[k] * step[k] > 0; /* the last step would now go uphill */
        gain[k] = overshot ? fmax(gain[k] * gain_down, gain_least) : gain[k] + gain_up;
        step[k] = momentum * step[k] - rate * gain[k] * gradient[k];
        y[k] += step[k];
    }
    for (size_t axis = 0; axis < 2; axis++) {
        double mean = 0;
        for (size_t i = 0; i < n; i++)
            mean += y[2 * i + axis] / (double)n;
        for (size_t i = 0; i < n; i++)
            y[2 * i + axis] -= mean;
    }
}

gn_status gn_embed(size_t n, const double *distance, const gn_embed_options *options, double *y, double *divergence) {
    if (n < 4 || n > GN_EMBED_POINTS_MAX)
        return gn_fail(GN_EUSAGE, "t-SNE: %zu points, accepted: 4 to %d", n, GN_EMBED_POINTS_MAX);
    gn_status status = GN_EIO;
    double *p = gn_alloc(n * n, sizeof *p), *work = gn_alloc(n * n, sizeof *work);
    double *gradient = gn_alloc(2 * n, sizeof *gradient);
    double *step = gn_alloc(2 * n, sizeof *step), *gain = gn_alloc(2 * n, sizeof *gain);
    if (p == NULL || work == NULL || gradient == NULL || step == NULL || gain == NULL) goto done;
    status = gn_embed_conditional(n, distance, options->perplexity, p);
    if (!status) status = gn_embed_initial(n, distance, y);
    if (status) goto done;
    gn_embed_symmetrise(n, p);

    for (size_t k = 0; k < 2 * n; k++)
        gain[k] = 1;
    for (size_t k = 0; k < n * n; k++)
        p[k] *= options->exaggeration;
    for (int iteration = 0; iteration < options->iterations; iteration++) {
        int early = iteration < options->exaggeration_steps;
        if (iteration == options->exaggeration_steps)
            for (size_t k = 0; k < n * n; k++)
                p[k] /= options->exaggeration;
        gn_embed_gradient(n, p, y, work, gradient, NULL);
        descend(n, gradient, options->learning_rate, early ? momentum_early : momentum_late, y, step, gain);
    }
    if (options->iterations <= options->exaggeration_steps)
        for (size_t k = 0; k < n * n; k++)
            p[k] /= options->exaggeration;
    gn_embed_gradient(n, p, y, work, gradient, divergence);
    if (!isfinite(*divergence))
        status = gn_fail(GN_ENUM, "t-SNE: diverged; the learning rate %g is too large", options->learning_rate);
done:
    free(gain);
    free(step);
    free(gradient);
    free(work);
    free(p);
    return status;
}
