/* Plane waves in a map: the spectrum of the map inside its mask, its peaks, and the axes of the
 * waves that stand out (after Krupic, Burgess & O'Keefe 2012). */
#ifndef GN_SCORE_FOURIER_H
#define GN_SCORE_FOURIER_H

#include "gn_map.h"

enum {
    GN_FOURIER_PAD = 256,     /* the transform's side; maps are at most this large */
    GN_FOURIER_AXES_MAX = 4,  /* reported */
    GN_FOURIER_HALF = GN_FOURIER_PAD / 2
};

typedef struct {
    double frequency;     /* cycles per arena unit */
    double angle_degrees; /* of the wave vector, [0, 180), counterclockwise from x */
    double power;         /* of its spectral peak, as a share of the AC power */
} gn_wave;

typedef struct {
    int axes; /* waves above the threshold, merged by angle; at most GN_FOURIER_AXES_MAX */
    gn_wave wave[GN_FOURIER_AXES_MAX]; /* the strongest first */
    double power; /* the largest peak of an allowed frequency; 0: the spectrum has none */
    double trend; /* the largest peak of a frequency too low to be allowed */
} gn_fourier;

typedef struct gn_fourier_plan gn_fourier_plan; /* read-only once made */
gn_fourier_plan *gn_fourier_plan_new(const gn_map *mask); /* NULL: no memory or too large a map */
void gn_fourier_plan_free(gn_fourier_plan *);

typedef struct gn_fourier_work gn_fourier_work; /* scratch for one thread */
gn_fourier_work *gn_fourier_work_new(const gn_fourier_plan *);
void gn_fourier_work_free(gn_fourier_work *);

/* The spectrum of a standardised map (gn_map_standardise: the visited mean is subtracted, unvisited
 * bins are 0), padded with zeros to 256 x 256:
 *   power(k) = 2 |F(k)|^2 / (n sum f^2),  n visited bins, sum f^2 = n the AC power,
 * so a plane wave of many periods peaks at 1, and two equal ones at 1/2 each. A peak is a local
 * maximum over the eight neighbouring frequencies. Allowed are frequencies of at least one period
 * over the mask's extent in the wave's own direction: below that a ramp peaks.
 * The largest allowed peak is returned, and the largest other one in *trend (may be NULL). */
double gn_fourier_peak(const gn_fourier_plan *, gn_fourier_work *, const double *standard,
                       double *trend);

/* power(kx, ky) of the last spectrum, kx 0..128, ky -128..128, in units of 1 / (256 bins). */
double gn_fourier_power_at(const gn_fourier_work *, int kx, int ky);

/* The axes of a standardised map: allowed peaks above `threshold`, taken the strongest first. Each
 * wave found is fitted by least squares inside the mask, together with those before it, and
 * subtracted before the next is sought, for the mask spreads a wave into side lobes; its power
 * stays a share of the whole map's. A wave within 20 degrees of a stronger one, or at a sum,
 * difference or double of stronger waves and of a frequency above theirs (a harmonic), adds no
 * axis. Frequencies and angles are those of the fit. */
void gn_fourier_axes(const gn_fourier_plan *, gn_fourier_work *, const double *standard,
                     double threshold, gn_fourier *);

#endif
