/* Plane waves in a map: the spectrum of the map inside its mask, its peaks, and the axes of the
 * waves that stand out (after Krupic, Burgess & O'Keefe 2012). */
#ifndef GN_SCORE_FOURIER_H
#define GN_SCORE_FOURIER_H

#include "units/map.h"

enum {
    GN_FOURIER_PAD = 256,    /* the transform's side; maps are at most this large */
    GN_FOURIER_AXES_MAX = 4, /* reported */
    GN_FOURIER_SUMS = 3,     /* of the strongest 1, 2, 3 waves */
    GN_FOURIER_HALF = GN_FOURIER_PAD / 2
};

typedef struct {
    double frequency;     /* cycles per arena unit */
    double angle_degrees; /* of the wave vector, [0, 180), counterclockwise from x */
    double power;         /* of its spectral peak, as a share of the AC power */
} gn_wave;

typedef struct {
    int axes;                          /* that stand out of the null */
    gn_wave wave[GN_FOURIER_AXES_MAX]; /* the strongest first; those past `axes` do not stand out,
                                          frequency 0: none was found */
    double sum[GN_FOURIER_SUMS];       /* as gn_fourier_peaks; sum[0] is the power ratio */
    double trend;
} gn_fourier;

typedef struct gn_fourier_plan gn_fourier_plan;           /* read-only once made */
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
 * sum[m-1] is what the m largest allowed peaks at least 20 degrees apart hold together; *trend
 * (may be NULL) the largest of the other peaks. */
void gn_fourier_peaks(const gn_fourier_plan *, gn_fourier_work *, const double *standard, double sum[GN_FOURIER_SUMS],
                      double *trend);

/* power(kx, ky) of the last spectrum, kx 0..128, ky -128..128, in units of 1 / (256 bins). */
double gn_fourier_power_at(const gn_fourier_work *, int kx, int ky);

/* The axes of a standardised map. Waves are sought the strongest first, down to a quarter of the
 * first; each is fitted by least squares inside the mask, together with those before it, and
 * subtracted before the next is sought, for the mask spreads a wave into side lobes; its power
 * stays a share of the whole map's. A wave within 20 degrees of a stronger one, or at the sum or
 * difference of two stronger ones and of a higher frequency (a harmonic), or whose fitted
 * frequency has less than one period over the mask, adds no axis.
 * threshold[m-1] is the null's 95th percentile of sum[m-1]. The axes are those m waves of which
 * each is above threshold[0], or, for m equal waves have 1/m of the power each, the largest m for
 * which sum[m-1] is above threshold[m-1] (Siegel 1980 for compound periods), whichever is more.
 * None when the trend holds more than the strongest wave: a ramp or a field along one wall. */
void gn_fourier_axes(const gn_fourier_plan *, gn_fourier_work *, const double *standard,
                     const double threshold[GN_FOURIER_SUMS], gn_fourier *);

#endif
