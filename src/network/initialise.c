#include "network/initialise.h"

#include <math.h>
#include <stdlib.h>

/* Makes the rows orthonormal by modified Gram-Schmidt, done twice for accuracy (Giraud et al. 2005). Applied to a
 * Gaussian matrix, this gives a uniform distribution over the orthogonal matrices. */
static void orthonormalise(double *m, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double *row = m + i * n, norm = 0;
        for (int pass = 0; pass < 2; pass++)
            for (size_t k = 0; k < i; k++) {
                const double *other = m + k * n;
                double along = 0;
                for (size_t j = 0; j < n; j++)
                    along += row[j] * other[j];
                for (size_t j = 0; j < n; j++)
                    row[j] -= along * other[j];
            }
        for (size_t j = 0; j < n; j++)
            norm += row[j] * row[j];
        norm = sqrt(norm);
        for (size_t j = 0; j < n; j++)
            row[j] /= norm;
    }
}

gn_status gn_initialise(gn_network *net, gn_initialisation how, double gain, bool self_connections, uint64_t seed) {
    const size_t n = (size_t)net->units, in = n * (size_t)net->inputs;
    double *rec = gn_alloc(n * n, sizeof *rec);
    if (!rec) return GN_EIO;
    gn_stream stream = gn_stream_open(seed, GN_PURPOSE_INITIALISE, 0, 0);
    for (size_t i = 0; i < n * n; i++)
        rec[i] = gn_stream_normal(&stream);
    if (how == GN_ORTHOGONAL) orthonormalise(rec, n);
    const double scale = how == GN_ORTHOGONAL ? (gain > 0 ? gain : 1.0) : (gain > 0 ? gain : 1.5) / sqrt((double)n);
    for (size_t i = 0; i < n * n; i++)
        net->rec[i] = (float)(scale * rec[i]);
    for (size_t i = 0; !self_connections && i < n; i++)
        net->rec[i * n + i] = 0;
    for (size_t i = 0; i < in; i++)
        net->in[i] = (float)(gn_stream_normal(&stream) / sqrt((double)net->inputs));
    free(rec);
    return GN_OK;
}
