#include "units/score_class.h"

#include <math.h>

const gn_threshold_row gn_thresholds[GN_THRESHOLDS] = {
    [GN_AXIS_PERCENTILE] = {"axis_percentile", 95, "of the null, for spectral peaks to be axes"},
    [GN_GRID_PERCENTILE] = {"grid_percentile", 99, "of the shifts, for gridness 60 or 90"},
    [GN_GRID_NOISE_PERCENTILE] = {"grid_noise_percentile", 95, "of the noise, for the same"},
    [GN_GRID_AXES] = {"grid_axes", 2, "axes of a grid, at least"},
    [GN_BAND_PERCENTILE] = {"band_percentile", 99, "of the null, for a band's spectral peak"},
    [GN_BAND_AXES] = {"band_axes", 1, "axes of a band, exactly"},
    [GN_BORDER_PERCENTILE] = {"border_percentile", 99, "of the null, for the border score"},
    [GN_BORDER_SCORE] = {"border_score", 0.5, "least border score of a border unit"},
    [GN_STABILITY_PERCENTILE] = {"stability_percentile", 99, "of the null, for the stability"},
};

static const char *const names[GN_CLASSES] = {"grid", "band", "border", "irregular", "unmodulated"};

const char *gn_class_name(gn_class class) {
    return names[class];
}

void gn_class_axis_thresholds(const gn_null *shift, const gn_null *noise, double threshold[GN_FOURIER_SUMS]) {
    const double percent = gn_thresholds[GN_AXIS_PERCENTILE].value;
    for (int m = 0; m < GN_FOURIER_SUMS; m++) {
        threshold[m] = gn_null_percentile(&noise[GN_SHAPE_FOURIER + m], percent);
        if (shift) threshold[m] = fmax(threshold[m], gn_null_percentile(&shift[GN_SHAPE_FOURIER + m], percent));
    }
}

static bool beats(const gn_null *null, int which, double score, gn_threshold percentile) {
    return !null || score > gn_null_percentile(&null[which], gn_thresholds[percentile].value);
}

static bool beats_both(const gn_class_evidence *e, gn_shape_score which, gn_threshold of_shift, gn_threshold of_noise) {
    return beats(e->shift, which, e->score[which], of_shift) && beats(e->noise, which, e->score[which], of_noise);
}

static double z_of(const gn_class_evidence *e, gn_shape_score which) {
    const gn_null *null = e->shift ? e->shift : e->noise;
    return null ? gn_null_z(&null[which], e->score[which]) : NAN;
}

gn_class gn_classify(const gn_class_evidence *e, double *z) {
    gn_class class = GN_UNMODULATED;
    double best = -INFINITY;
    const bool axes = e->axes >= gn_thresholds[GN_GRID_AXES].value;
    const struct {
        bool holds;
        gn_class class;
        gn_shape_score score;
    } candidate[] = {
        {axes && e->lattice60 && beats_both(e, GN_SHAPE_GRIDNESS60, GN_GRID_PERCENTILE, GN_GRID_NOISE_PERCENTILE),
         GN_GRID, GN_SHAPE_GRIDNESS60},
        {axes && e->lattice90 && beats_both(e, GN_SHAPE_GRIDNESS90, GN_GRID_PERCENTILE, GN_GRID_NOISE_PERCENTILE),
         GN_GRID, GN_SHAPE_GRIDNESS90},
        {e->axes == gn_thresholds[GN_BAND_AXES].value &&
             beats_both(e, GN_SHAPE_FOURIER, GN_BAND_PERCENTILE, GN_BAND_PERCENTILE),
         GN_BAND, GN_SHAPE_FOURIER},
        {e->score[GN_SHAPE_BORDER] > gn_thresholds[GN_BORDER_SCORE].value &&
             beats_both(e, GN_SHAPE_BORDER, GN_BORDER_PERCENTILE, GN_BORDER_PERCENTILE),
         GN_BORDER, GN_SHAPE_BORDER},
    };
    for (size_t i = 0; i < sizeof candidate / sizeof *candidate; i++) {
        const double its = z_of(e, candidate[i].score);
        if (!candidate[i].holds || !(its > best)) continue;
        best = its;
        class = candidate[i].class;
    }
    *z = best;
    if (class != GN_UNMODULATED) return class;
    const bool known = e->stability_shift;
    *z = known ? gn_null_z(e->stability_shift, e->stability) : NAN;
    if (known ? beats(e->stability_shift, 0, e->stability, GN_STABILITY_PERCENTILE)
              : !isnan(e->score[GN_SHAPE_FOURIER]))
        return GN_IRREGULAR;
    return GN_UNMODULATED;
}
