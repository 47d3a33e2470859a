/* Scores of a map or a tuning curve that need no geometry. */
#ifndef GN_SCORE_TUNING_H
#define GN_SCORE_TUNING_H

#include <stddef.h>

/* nan wherever a score is undefined (no values, constant values); nan values are skipped. */

/* Skaggs et al. 1993, bits: sum p (r / rbar) log2(r / rbar) with r = u - min u, p the occupancy
 * (NULL: uniform over the bins that are not nan), rbar = sum p r. The larger of this and the same
 * of -u. */
double gn_spatial_information(size_t bins, const double *map, const double *occupancy);

/* Lifetime sparseness (Vinje & Gallant 2000) over the values, alike weighted:
 * 1 - mean(|u|)^2 / mean(u^2), 0..1, and the signed form 1 - mean(u)^2 / mean(u^2). */
double gn_sparseness(size_t count, const double *value);
double gn_sparseness_signed(size_t count, const double *value);

/* Slope of the least-squares line y(x); values alike weighted. */
double gn_line_slope(size_t count, const double *x, const double *y);
double gn_pearson(size_t count, const double *x, const double *y); /* jointly defined values */
double gn_value_range(size_t count, const double *value);          /* max - min */

/* Kendall's tau of the values with their order: the pairs of which the later value is larger, less those of which it is
 * smaller, over all pairs: 1 when they rise, -1 when they fall; nan when a value is nan. */
double gn_kendall_tau(size_t count, const double *value);

/* |sum r exp(2 pi i turns)| / sum r with r = u - min u; the larger of this and the same of -u. */
double gn_mean_vector_length(size_t count, const double *turns, const double *value);

#endif
