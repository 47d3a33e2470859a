#include "units/score_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

const char gn_score_columns[] =
    "unit\tclass\tclass_z\twidth\twavelength\tmap_shown_r\tramp_share\tsmooth_share\t"
    "lattice\tlattice_p95\tlattice_p99\tlattice_z\tlattice_noise_p95\tlattice_noise_p99\tlattice_fold\t"
    "lattice_share\tlattice_of_rest\twave\twave_p95\twave_p99\twave_z\twave_noise_p95\twave_noise_p99\t"
    "slow_share\taxes\tfrequency_cycles_per_unit\taxis1_degrees\taxis2_degrees\taxis3_degrees\t"
    "fall\tfall_p99\tfall_z\tfall_noise_p99\tfall_wall\tfall_share\t"
    "border\tborder_p95\tborder_p99\tborder_z\tborder_noise_p99\tborder_wall\tborder_walls\tborder_sign\t"
    "border_coverage\tborder_distance\t"
    "gridness60\tgridness60_p95\tgridness60_p99\tgridness60_z\tgridness60_noise_p99\t"
    "gridness90\tgridness90_p95\tgridness90_p99\tgridness90_z\tgridness90_noise_p99\t"
    "spacing\torientation_degrees\tellipticity\t"
    "spatial_information\tspatial_information_p95\tspatial_information_p99\tspatial_information_z\t"
    "stability\tstability_p95\tstability_p99\tstability_z\tsparseness\tsparseness_signed\t"
    "speed_slope\tspeed_abs_slope\tspeed_r_all\tspeed_r_moving\tdirection_range\tmean_vector_length\tmap_range";

/* The columns' p95, p99 and z: of the shifts, or of the noise for a single map. */
static gn_scored columns_of(const gn_scored *s) {
    gn_scored c = *s;
    if (c.alone) {
        c.p95 = c.noise_p95;
        c.p99 = c.noise_p99;
        c.z = c.noise_z;
    }
    return c;
}

static void put(gn_tsv *tsv, int count, const double *value) {
    for (int i = 0; i < count; i++)
        gn_tsv_double(tsv, value[i]);
}
#define PUT(tsv, ...) put(tsv, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), (double[]){__VA_ARGS__})

static void put_gridness(gn_tsv *tsv, const gn_scored *score) {
    const gn_scored g = columns_of(score);
    PUT(tsv, g.value, g.p95, g.p99, g.z, g.noise_p99);
}

static void put_patterns(gn_tsv *tsv, const gn_unit_scores *u) {
    const gn_scored lattice = columns_of(&u->shape[GN_SHAPE_LATTICE]), wave = columns_of(&u->shape[GN_SHAPE_WAVE]);
    double axis[3];
    for (int k = 0; k < 3; k++)
        axis[k] = k < u->axes ? u->wave.angle_degrees + k * 180.0 / u->axes : NAN;
    PUT(tsv, lattice.value, lattice.p95, lattice.p99, lattice.z, lattice.noise_p95, lattice.noise_p99);
    gn_tsv_int(tsv, u->fold == GN_TRIANGULAR ? 6 : 4);
    PUT(tsv, u->lattice_share);
    gn_tsv_int(tsv, u->of_rest);
    PUT(tsv, wave.value, wave.p95, wave.p99, wave.z, wave.noise_p95, wave.noise_p99, u->pattern.slow);
    gn_tsv_int(tsv, u->axes);
    PUT(tsv, u->axes ? u->wave.frequency : NAN, axis[0], axis[1], axis[2]);
}

static void put_walls(gn_tsv *tsv, const gn_unit_scores *u) {
    const gn_scored fall = columns_of(&u->shape[GN_SHAPE_FALL]), border = columns_of(&u->shape[GN_SHAPE_BORDER]);
    PUT(tsv, fall.value, fall.p99, fall.z, fall.noise_p99);
    gn_tsv_int(tsv, u->pattern.fall_wall);
    PUT(tsv, u->pattern.fall, border.value, border.p95, border.p99, border.z, border.noise_p99);
    gn_tsv_int(tsv, u->border.wall);
    gn_tsv_int(tsv, u->border.walls);
    gn_tsv_int(tsv, u->border.sign);
    PUT(tsv, u->border.coverage, u->border.distance);
}

void gn_score_row(gn_tsv *tsv, int unit, const gn_unit_scores *u, const gn_tuning_scores *t) {
    gn_tsv_int(tsv, unit);
    gn_tsv_text(tsv, gn_class_name(u->class));
    PUT(tsv, u->class_z, u->width, u->wavelength, t->map_shown_r, u->pattern.ramp, u->pattern.smooth);
    put_patterns(tsv, u);
    put_walls(tsv, u);
    put_gridness(tsv, &u->shape[GN_SHAPE_GRIDNESS60]);
    put_gridness(tsv, &u->shape[GN_SHAPE_GRIDNESS90]);
    PUT(tsv, u->lattice.spacing, u->lattice.orientation_degrees, u->lattice.ellipticity, u->information.value,
        u->information.p95, u->information.p99, u->information.z, u->stability.value, u->stability.p95,
        u->stability.p99, u->stability.z, t->sparseness, t->sparseness_signed, t->speed_slope, fabs(t->speed_slope),
        t->speed_r_all, t->speed_r_moving, t->direction_range, t->mean_vector_length, u->range);
}

gn_status gn_score_check_version(const gn_table *table, const char *path) {
    const char *text = gn_table_key(table, "score.algorithm");
    int64_t version = 0;
    if (text && gn_parse_int(text, &version) && version == GN_SCORE_ALGORITHM) return GN_OK;
    return gn_fail(GN_EFILE,
                   "%s: measured with version %s of the scores, accepted: %d, that of score-units (make calibrate)",
                   path, text ? text : "unknown", GN_SCORE_ALGORITHM);
}

gn_status gn_score_thresholds(gn_tsv *tsv) {
    gn_status status = GN_OK;
    for (int i = 0; !status && i < GN_THRESHOLDS; i++) {
        char name[64];
        snprintf(name, sizeof name, "threshold.%s", gn_thresholds[i].name);
        status = gn_tsv_key(tsv, name, "%g", gn_thresholds[i].value);
    }
    return status;
}

/* ---- nulls ----------------------------------------------------------------------------------------- */

static void null_row(gn_tsv *tsv, int unit, const char *source, double width,
                     const double *score /* (GN_NULL_SCORES) */) {
    gn_tsv_int(tsv, unit);
    gn_tsv_text(tsv, source);
    gn_tsv_double(tsv, width);
    put(tsv, GN_NULL_SCORES, score);
    gn_tsv_end_row(tsv); /* the writer reports what went wrong */
}

/* Noise belongs to no unit, so its rows have unit -1. */
static void noise_rows(gn_tsv *tsv, const gn_noise *noise) {
    for (int k = 0; k < noise->count; k++) {
        double score[GN_NULL_SCORES] = {0};
        memcpy(score, noise->score + (size_t)k * GN_SHAPES, GN_SHAPES * sizeof *score);
        score[GN_NULL_INFORMATION] = score[GN_NULL_STABILITY] = NAN;
        null_row(tsv, -1, "noise", noise->width[k], score);
    }
}

gn_status gn_score_nulls(gn_tsv *tsv, size_t units, const gn_unit_scores *scores, int shifts, const double *surrogate,
                         const gn_noise *noise) {
    gn_status status = gn_tsv_columns(tsv,
                                      "unit\tsource\twidth\tgridness60\tgridness90\tlattice\twave\t"
                                      "fall\tborder\tspatial_information\tstability");
    for (size_t i = 0; !status && i < units; i++) {
        double score[GN_NULL_SCORES];
        for (int s = 0; s < GN_SHAPES; s++)
            score[s] = scores[i].shape[s].value;
        score[GN_NULL_INFORMATION] = scores[i].information.value;
        score[GN_NULL_STABILITY] = scores[i].stability.value;
        null_row(tsv, (int)i, "observed", scores[i].width, score);
        for (int k = 0; k < shifts; k++) {
            for (int s = 0; s < GN_NULL_SCORES; s++)
                score[s] = surrogate[(i * GN_NULL_SCORES + (size_t)s) * (size_t)shifts + (size_t)k];
            null_row(tsv, (int)i, "shift", NAN, score);
        }
    }
    if (!status) noise_rows(tsv, noise);
    return status;
}
