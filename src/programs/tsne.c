/* tsne: embeds the units of a network in three phases of training in the plane, by the correlation of their rates over
 * time (Fig. 4); or the rows of any matrix. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/container.h"
#include "io/header.h"
#include "io/numbers.h"
#include "io/table.h"
#include "units/embed.h"

static const gn_option option[] = {
    {.name = "matrix",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "embed the rows of this table of numbers, text or NPY, instead of probes"},
    {.name = "matrix-columns",
     .type = GN_OPTION_TEXT,
     .fallback = "",
     .help = "columns of --matrix: names or numbers from 1 (2-11 is a range), separated by commas; default: all "
             "except row names"},
    {.name = "metric",
     .type = GN_OPTION_CHOICE,
     .fallback = "correlation",
     .choices = GN_EMBED_METRICS,
     .help = "distance between rows of --matrix; for probes it is always the correlation"},
    {.name = "perplexity",
     .type = GN_OPTION_REAL,
     .fallback = "30",
     .min = 1.001,
     .max = 1000,
     .unit = "points",
     .help = "effective number of neighbours of a point"},
    {.name = "iterations",
     .type = GN_OPTION_INT,
     .fallback = "1000",
     .min = 1,
     .max = 1e6,
     .help = "number of iterations"},
    {0},
};

static gn_embed_options embed_options(const gn_options *options) {
    gn_embed_options settings = gn_embed_defaults();
    settings.perplexity = gn_option_real(options, "perplexity");
    settings.iterations = (int)gn_option_int(options, "iterations");
    return settings;
}

/* The embedding; points that were left out have coordinates nan. */
typedef struct {
    size_t points, left_out;
    double *y; /* (points, 2) */
    bool *out; /* (points) */
    double divergence;
} plane;

static void plane_free(plane *p) {
    free(p->y);
    free(p->out);
}

/* Moves the points that were kept from the first rows of p->y to the rows to which they belong. */
static void spread(plane *p) {
    for (size_t i = p->points, from = p->points - p->left_out; i-- > 0;) {
        if (!p->out[i]) from--;
        p->y[2 * i] = p->out[i] ? NAN : p->y[2 * from];
        p->y[2 * i + 1] = p->out[i] ? NAN : p->y[2 * from + 1];
    }
}

/* Embeds the rows of x (n, d), which is overwritten. The caller frees the plane. */
static gn_status embed(size_t n, size_t d, double *x, gn_metric metric, const gn_embed_options *options, plane *p) {
    if (n > GN_EMBED_POINTS_MAX)
        return gn_fail(GN_EUSAGE, "t-SNE: %zu points, accepted: 4 to %d", n, GN_EMBED_POINTS_MAX);
    p->points = n;
    p->y = gn_alloc(2 * n, sizeof *p->y);
    p->out = gn_alloc(n, sizeof *p->out);
    if (p->y == NULL || p->out == NULL) return GN_EIO;
    const size_t kept = gn_embed_leave_out(metric, n, d, x, p->out);
    p->left_out = n - kept;
    if (kept < n && kept < 4)
        return gn_fail(GN_EUSAGE, "t-SNE: %zu points, accepted: 4 or more (%zu of the %zu are constant)", kept,
                       p->left_out, n);
    if (kept < n && !(options->perplexity + 1 < (double)kept))
        return gn_fail(GN_EUSAGE, "--perplexity: %g, accepted: below %zu points - 1 (%zu of the %zu are constant)",
                       options->perplexity, kept, p->left_out, n);
    double *distance = gn_alloc(kept * kept, sizeof *distance);
    if (distance == NULL) return GN_EIO;
    gn_embed_distances(metric, kept, d, x, distance);
    gn_status status = gn_embed(kept, distance, options, p->y, &p->divergence);
    if (!status) spread(p);
    free(distance);
    return status;
}

/* Prints which of the points first .. first + count - 1 were left out; they are counted from 0, as in the table. */
static void name_left_out(const char *path, const char *what, const plane *p, size_t first, size_t count) {
    const char *before = "";
    for (size_t i = 0; i < count; i++) {
        if (!p->out[first + i]) continue;
        if (!*before) fprintf(stderr, "tsne: %s: constant, so without correlations, left out: %s ", path, what);
        fprintf(stderr, "%s%zu", before, i);
        before = ", ";
    }
    if (*before) fputc('\n', stderr);
}

static gn_status write_settings(gn_tsv *tsv, gn_metric metric, const gn_embed_options *settings, const plane *p) {
    gn_status status =
        gn_tsv_key(tsv, "tsne.metric", "%s", metric == GN_METRIC_CORRELATION ? "correlation" : "euclidean");
    if (!status) status = gn_tsv_key(tsv, "tsne.perplexity", "%.17g", settings->perplexity);
    if (!status) status = gn_tsv_key(tsv, "tsne.iterations", "%d", settings->iterations);
    if (!status) status = gn_tsv_key(tsv, "tsne.exaggeration", "%.17g", settings->exaggeration);
    if (!status) status = gn_tsv_key(tsv, "tsne.exaggeration-steps", "%d", settings->exaggeration_steps);
    if (!status) status = gn_tsv_key(tsv, "tsne.learning-rate", "%.17g", settings->learning_rate);
    if (!status) status = gn_tsv_key(tsv, "tsne.left-out", "%zu", p->left_out);
    if (!status) status = gn_tsv_key(tsv, "divergence", "%.17g", p->divergence);
    return status;
}

/* ---- a table of numbers ----------------------------------------------------------- */

static gn_status run_matrix(const gn_options *options) {
    const char *path = gn_option_text(options, "matrix");
    const gn_numbers_wanted wanted = {.columns = gn_option_text(options, "matrix-columns"),
                                      .option = "--matrix-columns"};
    gn_metric metric = (gn_metric)gn_option_choice(options, "metric");
    gn_embed_options settings = embed_options(options);
    gn_numbers x = {0};
    plane p = {0};
    gn_tsv *tsv = NULL;
    gn_status status = gn_numbers_read(path, &wanted, &x);
    const size_t rows = x.shape[0];
    if (!status) status = embed(rows, x.shape[1], x.value, metric, &settings, &p);
    if (status) goto done;
    status = GN_EIO;
    tsv = gn_tsv_new("embedding");
    if (tsv == NULL) goto done;
    status = write_settings(tsv, metric, &settings, &p);
    if (!status) status = gn_tsv_columns(tsv, "row\tx\ty");
    for (size_t i = 0; i < rows && !status; i++) {
        gn_tsv_int(tsv, (int64_t)i);
        gn_tsv_double(tsv, p.y[2 * i]);
        gn_tsv_double(tsv, p.y[2 * i + 1]);
        status = gn_tsv_end_row(tsv);
    }
    if (!status) status = gn_tsv_write(tsv, gn_option_output(options));
    if (!status) name_left_out(path, "row", &p, 0, rows);
done:
    gn_tsv_free(tsv);
    plane_free(&p);
    gn_numbers_free(&x);
    return status;
}

/* ---- three probes ----------------------------------------------------------------- */

typedef struct {
    gn_file *file;
    int64_t update;
    size_t units, samples;
    const float *response; /* (units, samples), belongs to the file */
} probe_phase;

static gn_status read_phase(const char *path, probe_phase *phase) {
    gn_status status = gn_file_read(path, "probe", &phase->file);
    if (status) return status;
    status = gn_file_get_int(phase->file, "update", 0, INT64_C(1) << 40, &phase->update);
    if (status) return status;
    size_t shape[2] = {0, 0};
    const void *data = NULL;
    status = gn_file_array(phase->file, "response", GN_F32, 2, shape, &data);
    if (status) return status;
    phase->units = shape[0];
    phase->samples = shape[1];
    phase->response = data;
    return GN_OK;
}

/* Refuses phases that do not belong to one training or were not probed along the same walks, as correlations of rates
 * between them would have no meaning. */
static gn_status check_same_trials(const probe_phase *first, const probe_phase *other) {
    const char *path = gn_file_path(other->file), *first_path = gn_file_path(first->file);
    if (other->units != first->units || other->samples != first->samples)
        return gn_fail(GN_EFILE, "%s: response is %zu x %zu, but %zu x %zu in %s", path, other->units, other->samples,
                       first->units, first->samples, first_path);
    static const char *const prefix[] = {"recipe.", "probe."};
    gn_status status = GN_OK;
    for (int k = 0; k < 2 && !status; k++)
        status = gn_header_compare(gn_header_of(first->file), gn_header_of(other->file), prefix[k],
                                   "not the same trials of one network");
    size_t shape[2] = {first->samples, 2};
    const void *here = NULL, *there = NULL;
    if (!status) status = gn_file_array(other->file, "response_position", GN_F32, 2, shape, &here);
    if (!status) status = gn_file_array(first->file, "response_position", GN_F32, 2, shape, &there);
    if (status) return status;
    if (memcmp(here, there, 2 * first->samples * sizeof(float)) != 0)
        return gn_fail(GN_EFILE, "%s: response_position differs from %s: not the same trials", path, first_path);
    return GN_OK;
}

/* Puts the phases one after another into x (phases * units, samples), which the caller frees. */
static gn_status stack(const probe_phase *phases, double **x) {
    size_t cells = phases[0].units * phases[0].samples;
    *x = gn_alloc(GN_EMBED_PHASES * cells, sizeof **x);
    if (*x == NULL) return GN_EIO;
    for (int p = 0; p < GN_EMBED_PHASES; p++) {
        for (size_t k = 0; k < cells; k++) {
            if (!isfinite(phases[p].response[k]))
                return gn_fail(GN_EFILE, "%s: response of unit %zu is %g, accepted: finite numbers",
                               gn_file_path(phases[p].file), k / phases[p].samples, (double)phases[p].response[k]);
            (*x)[(size_t)p * cells + k] = phases[p].response[k];
        }
    }
    return GN_OK;
}

static gn_status write_phases(const probe_phase *phases, const gn_embed_options *settings, const plane *points,
                              const char *output) {
    gn_tsv *tsv = gn_tsv_new("tsne");
    if (tsv == NULL) return GN_EIO;
    gn_status status = gn_tsv_copy_keys(tsv, phases[0].file, (const char *const[]){"recipe.", "probe.", NULL});
    if (!status) status = write_settings(tsv, GN_METRIC_CORRELATION, settings, points);
    if (!status) status = gn_tsv_columns(tsv, "unit\tphase\tupdate\tx\ty");
    const double *y = points->y;
    for (int p = 0; p < GN_EMBED_PHASES; p++) {
        for (size_t i = 0; i < phases[p].units && !status; i++, y += 2) {
            gn_tsv_int(tsv, (int64_t)i);
            gn_tsv_text(tsv, gn_embed_phase_name(p));
            gn_tsv_int(tsv, phases[p].update);
            gn_tsv_double(tsv, y[0]);
            gn_tsv_double(tsv, y[1]);
            status = gn_tsv_end_row(tsv);
        }
    }
    if (!status) status = gn_tsv_write(tsv, output);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run_probes(const gn_options *options) {
    gn_embed_options settings = embed_options(options);
    probe_phase phases[GN_EMBED_PHASES] = {{0}};
    double *x = NULL;
    plane points = {0};
    gn_status status = GN_OK;
    for (int p = 0; p < GN_EMBED_PHASES && !status; p++)
        status = read_phase(gn_option_operand(options, p), &phases[p]);
    for (int p = 1; p < GN_EMBED_PHASES && !status; p++) {
        status = check_same_trials(&phases[0], &phases[p]);
        if (!status && phases[p].update <= phases[p - 1].update)
            status =
                gn_fail(GN_EFILE, "%s: update %lld, accepted: above the %lld of the phase before",
                        gn_file_path(phases[p].file), (long long)phases[p].update, (long long)phases[p - 1].update);
    }
    if (!status) status = stack(phases, &x);
    if (!status)
        status =
            embed(GN_EMBED_PHASES * phases[0].units, phases[0].samples, x, GN_METRIC_CORRELATION, &settings, &points);
    if (!status) status = write_phases(phases, &settings, &points, gn_option_output(options));
    for (int p = 0; !status && p < GN_EMBED_PHASES; p++)
        name_left_out(gn_file_path(phases[p].file), "unit", &points, (size_t)p * phases[0].units, phases[0].units);
    for (int p = 0; p < GN_EMBED_PHASES; p++)
        gn_file_free(phases[p].file);
    plane_free(&points);
    free(x);
    return status;
}

static gn_status run(const gn_options *options) {
    int operands = gn_option_operands(options);
    int matrix = gn_option_text(options, "matrix") != NULL;
    if (matrix ? operands != 0 : operands != GN_EMBED_PHASES)
        return gn_fail(GN_EUSAGE, "%d operands, accepted: three probes, or none with --matrix", operands);
    if (!matrix && gn_option_choice(options, "metric") != GN_METRIC_CORRELATION)
        return gn_fail(GN_EUSAGE, "--metric %s, accepted with probes: correlation", gn_option_text(options, "metric"));
    if (!matrix && gn_option_given(options, "matrix-columns"))
        return gn_fail(GN_EUSAGE, "--matrix-columns: only with --matrix");
    return matrix ? run_matrix(options) : run_probes(options);
}

static const gn_program program = {
    .name = "tsne",
    .algorithm = 1,
    .purpose = "embeds units, or the rows of a matrix, in the plane by exact t-SNE",
    .operands = "[EARLY INTERMEDIATE LATE]",
    .operands_min = 0,
    .operands_max = GN_EMBED_PHASES,
    .option = option,
    .details =
        "The operands are probes (probe-tuning --record) of three checkpoints of one training, in the order of their "
        "updates, recorded on the same trials. Each unit of each probe is a point; the squared distance of two points "
        "is 2 (1 - rho), where rho is the correlation of their rates.\n"
        "A unit or row that is constant has no correlation. It is left out: its coordinates are nan, and its number "
        "is printed on standard error.\n"
        "The coordinates start from the first two principal components, so the result does not depend on random "
        "numbers.",
    .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
