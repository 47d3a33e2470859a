/* Spatial autocorrelograms (SAC) of maps with unvisited bins.
 *
 * For every lag the Pearson correlation over the bins visited at both ends,
 *   r = [n Sab - Sa Sb] / sqrt([n Saa - Sa^2] [n Sbb - Sb^2])
 * (Hafting et al. 2005; Sargolini et al. 2006). A lag with fewer than GN_SAC_PAIRS_MIN pairs, or
 * with one end constant over them, is nan: never 0. Sab comes from Fourier sums as matrix products,
 * padded so that nothing wraps; the sums over one end from running sums along rows; n is exact. */
#ifndef GN_SCORE_SAC_H
#define GN_SCORE_SAC_H

#include "units/map.h"

enum { GN_SAC_PAIRS_MIN = 25 };

/* Lag (dx, dy) of a SAC is sac[(dy + bins_y - 1) * sac_x + dx + bins_x - 1]; r(-lag) = r(lag). */
static inline int gn_sac_side(int bins) {
    return 2 * bins - 1;
}

/* Subtracts the visited mean and divides by the visited (population) standard deviation;
 * unvisited bins become 0. Returns the standard deviation, or 0 for a map that is constant (to
 * 1e-13 of its size) or unvisited; then standard is all 0. */
double gn_map_standardise(const gn_map *map, double *standard);

/* What all maps on one mask share. Read-only after it was made: threads may share it. */
typedef struct gn_sac_plan gn_sac_plan;
gn_sac_plan *gn_sac_plan_new(const gn_map *mask); /* NULL: no memory */
void gn_sac_plan_free(gn_sac_plan *);
/* Pairs at each lag, (sac_y, sac_x). */
const int *gn_sac_pairs(const gn_sac_plan *);

/* Scratch for one thread. */
typedef struct gn_sac_work gn_sac_work;
gn_sac_work *gn_sac_work_new(const gn_sac_plan *);
void gn_sac_work_free(gn_sac_work *);

/* The SAC (sac_y, sac_x) of a standardised map (bins_y, bins_x). */
void gn_sac(const gn_sac_plan *, gn_sac_work *, const double *standard, double *sac);

/* The SAC (sac_y, sac_x) of one map, for those who need no other of the same mask. GN_EIO: no memory. */
gn_status gn_sac_of_map(const gn_map *, double *sac);

/* The same by summing over pairs, for tests: slow and plain. Takes any map. */
void gn_sac_direct(const gn_map *map, double *sac);

#endif
