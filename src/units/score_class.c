#include "units/score_class.h"

#include <math.h>

#include "base/text.h"

const gn_threshold_row gn_thresholds[GN_THRESHOLDS] = {
    [GN_LATTICE_PERCENTILE] = {"lattice_percentile", 99, "grid: the lattice above it in both nulls"},
    [GN_WAVE_PERCENTILE] = {"wave_percentile", 99, "band: the wave above it in both nulls"},
    [GN_FALL_PERCENTILE] = {"fall_percentile", 99, "border: the fall from a wall above it in both nulls"},
    [GN_FALL_LEAST] = {"fall_least", 0.75, "and above this"},
    [GN_BORDER_PERCENTILE] = {"border_percentile", 99, "or, beside any fall, the border score above it in both nulls"},
    [GN_BORDER_SCORE] = {"border_score", 0.5, "least border score of a border unit"},
    [GN_RAMP_LEAST] = {"ramp_least", 0.25, "where a plane explains more, the lattice is sought in what it leaves"},
    [GN_RAMP_MOST] = {"ramp_most", 0.67, "where a plane explains more, there is no grid"},
    [GN_AXIS_PERCENTILE] = {"axis_percentile", 95, "axes: the lattice or the wave above it in both nulls"},
    [GN_STABILITY_PERCENTILE] = {"stability_percentile", 99, "irregular: stability above it"},
    [GN_RANGE_LEAST] = {"range_least", 0.001, "a network's unit whose map has a smaller range is unmodulated"},
};

#define COMMA ,
static const char *const names[GN_CLASSES] = {GN_CLASSES_JOINED(COMMA)};

const char *gn_class_name(gn_class class) {
    return names[class];
}

int gn_class_number(const char *name) {
    return gn_parse_choice(name, GN_CLASSES_JOINED("|"));
}

int gn_class_rank(const char *name) {
    const int number = gn_class_number(name);
    return number < 0 ? GN_CLASSES : number;
}

bool gn_class_lattice_of_rest(double ramp) {
    return ramp > gn_thresholds[GN_RAMP_LEAST].value && ramp <= gn_thresholds[GN_RAMP_MOST].value;
}

static bool beats(const gn_null *null, int which, double score, gn_threshold percentile) {
    return !null || score > gn_null_percentile(&null[which], gn_thresholds[percentile].value);
}

static bool beats_both(const gn_class_evidence *e, gn_shape_score which, gn_threshold percentile) {
    return e->score[which] > 0 && beats(e->shift, which, e->score[which], percentile) &&
           beats(e->noise, which, e->score[which], percentile);
}

static bool has_lattice(const gn_class_evidence *e, gn_threshold percentile) {
    return e->ramp <= gn_thresholds[GN_RAMP_MOST].value && beats_both(e, GN_SHAPE_LATTICE, percentile);
}

static bool at_wall(const gn_class_evidence *e) {
    return e->score[GN_SHAPE_FALL] > 0 && e->score[GN_SHAPE_BORDER] > gn_thresholds[GN_BORDER_SCORE].value;
}

gn_class gn_classify(const gn_class_evidence *e, double *z) {
    const struct {
        bool holds;
        gn_class class;
        gn_shape_score score;
        double explained;
    } candidate[] = {
        {has_lattice(e, GN_LATTICE_PERCENTILE), GN_GRID, GN_SHAPE_LATTICE, e->grid},
        {beats_both(e, GN_SHAPE_WAVE, GN_WAVE_PERCENTILE), GN_BAND, GN_SHAPE_WAVE, e->band},
        {at_wall(e) && e->score[GN_SHAPE_FALL] > gn_thresholds[GN_FALL_LEAST].value &&
             beats_both(e, GN_SHAPE_FALL, GN_FALL_PERCENTILE),
         GN_BORDER, GN_SHAPE_FALL, e->border},
        {at_wall(e) && beats_both(e, GN_SHAPE_BORDER, GN_BORDER_PERCENTILE), GN_BORDER, GN_SHAPE_BORDER, e->border},
    };
    const gn_null *null = e->shift ? e->shift : e->noise;
    gn_class class = GN_UNMODULATED;
    double most = 0;
    *z = NAN;
    if (!(e->range >= gn_thresholds[GN_RANGE_LEAST].value)) return GN_UNMODULATED;
    for (size_t i = 0; i < sizeof candidate / sizeof *candidate; i++) {
        if (!candidate[i].holds || !(candidate[i].explained > most)) continue;
        most = candidate[i].explained;
        class = candidate[i].class;
        if (null) *z = gn_null_z(&null[candidate[i].score], e->score[candidate[i].score]);
    }
    if (class != GN_UNMODULATED) return class;
    const bool known = e->stability_shift;
    if (known) *z = gn_null_z(e->stability_shift, e->stability);
    if (known ? beats(e->stability_shift, 0, e->stability, GN_STABILITY_PERCENTILE) : !isnan(e->score[GN_SHAPE_WAVE]))
        return GN_IRREGULAR;
    return GN_UNMODULATED;
}

int gn_class_axes(const gn_class_evidence *e, gn_fold fold) {
    const bool lattice = has_lattice(e, GN_AXIS_PERCENTILE), wave = beats_both(e, GN_SHAPE_WAVE, GN_AXIS_PERCENTILE);
    if (lattice && (!wave || e->grid > e->band)) return fold == GN_TRIANGULAR ? 3 : 2;
    return wave;
}
