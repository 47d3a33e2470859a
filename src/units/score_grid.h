/* Gridness, spacing, orientation and ellipticity from an autocorrelogram (units/score_sac.h). */
#ifndef GN_SCORE_GRID_H
#define GN_SCORE_GRID_H

#include "units/score_sac.h"

typedef struct {
    double gridness60;    /* min(r60, r120) - max(r30, r90, r150); -2..2; nan: undefined */
    double gridness90;    /* r90 - (r45 + r135) / 2; -2..2 */
    int inner;            /* annulus: inner < radius <= outer, bins; 0: no annulus */
    int outer60, outer90; /* the outer radii of the two largest values */
    double half_width; /* radius in bins where the SAC's mean over a ring first falls to half of that of the first ring,
                          which noise from bin to bin does not raise as it does the centre; at most the largest usable
                          radius; 0.5 when a map is nothing but such noise */
} gn_gridness;

typedef struct {
    double spacing;             /* arena units */
    double orientation_degrees; /* [0, 60) or [0, 90), counterclockwise from x */
    double ellipticity;         /* >= 1 */
    int peaks;                  /* found around the centre, at most 6 (4) */
} gn_lattice;

/* Tables of the rotations, for SACs of one size and one set of valid lags; read-only once made. */
typedef struct gn_grid_plan gn_grid_plan;
gn_grid_plan *gn_grid_plan_new(int bins_x, int bins_y, const int *pairs); /* NULL: no memory */
void gn_grid_plan_free(gn_grid_plan *);

typedef struct gn_grid_work gn_grid_work; /* scratch for one thread */
gn_grid_work *gn_grid_work_new(const gn_grid_plan *);
void gn_grid_work_free(gn_grid_work *);

/* The SAC is rotated by bilinear interpolation; a rotated lag is used when all four lags around it
 * (those of weight above 0) are defined. r_angle is the Pearson correlation between the SAC and its
 * rotation over the annulus inner < |lag| <= outer. inner takes the centre peak away: it is the
 * first local minimum of the SAC's mean over rings one bin wide. outer runs over inner + 3,
 * inner + 4, ... bins up to the largest circle all of whose lags have 25 pairs; the score is the
 * largest over outer, separately for 60 and 90 degrees. Its null must take the same maximum.
 * Scores up to GN_GRID_SHEETS SACs at once, which cost little more than one: a vector holds a lag of each. */
enum { GN_GRID_SHEETS = 4 };
void gn_gridness_scores(const gn_grid_plan *, gn_grid_work *, int count, const double *const sac[], gn_gridness *);

/* From the three (square: two) pairs of SAC peaks nearest the centre, beyond `inner` bins and each
 * at least 20 degrees from the nearer ones; fewer: all nan. A peak is a lag above its eight
 * neighbours and above 0, refined by a parabola through the 3 x 3 lags. spacing: mean distance;
 * orientation: circular mean of the peaks' angles modulo 60 (90) degrees; ellipticity: long over
 * short axis of the ellipse through the six peaks (square: the long over the short distance of the
 * two pairs). */
void gn_lattice_score(int bins_x, int bins_y, double bin_width, const double *sac, int inner, int square, gn_lattice *);

#endif
