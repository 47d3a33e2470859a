/* long-run-error: the error during an uninterrupted walk that is much longer than a trial of the training (section 3.3,
 * Fig. 6b). */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "io/table.h"
#include "network/probe.h"
#include "units/score_tuning.h"
#include "units/tuning.h"

static const gn_option option[] = {
    {.name = "steps",
     .type = GN_OPTION_INT,
     .fallback = "1000000",
     .min = 1,
     .max = 1e9,
     .unit = "steps",
     .help = "length of the walk"},
    {.name = "bin",
     .type = GN_OPTION_INT,
     .fallback = "10000",
     .min = 1,
     .max = 1e8,
     .unit = "steps",
     .help = "number of steps of a bin, which is a row of the table"},
    GN_TUNING_BINS(1, 512),
    {.name = "animals",
     .type = GN_OPTION_INT,
     .fallback = "16",
     .min = 1,
     .max = 1e5,
     .unit = "animals",
     .help = "number of independent walks"},
    GN_PROBE_OPTIONS("trained"),
    {0},
};

static const char details[] =
    "The network is never reset. The walk is sampled 10000 steps at a time, each of which has its share of zero-speed "
    "steps where this is exact (--zero-speed-mode).\n\n"
    "Columns: bin; step_begin, step_end (the bin has the steps from begin to end - 1); error_squared, the mean "
    "over the bin's steps and all animals of the squared error per coordinate; error_squared_sd, the standard "
    "deviation over steps and animals; error_squared_sd_animals, the standard deviation between the means of the "
    "animals. Key best_constant: the squared error per coordinate of the best constant output, which is the "
    "variance of the animals' positions. Key map_correlation_median: the correlation between a unit's rate maps "
    "of the first and of the last tenth of the walk, over the bins visited in both; median over units. Key "
    "map_correlation_units: the number of units that have such a correlation (a constant map has none).";

/* Sums over the steps of one animal in one bin. */
typedef struct {
    double error, square;          /* of the squared error per coordinate, and of its square */
    double place[2], place_square; /* of the position, and of its squared length */
} tally;

typedef struct {
    size_t animals, bins, bin_steps;
    tally *tally; /* (bins, animals) */
    const gn_trajectories *stretch;
    size_t first_step, tenth; /* steps */
    size_t steps;
    int chunks;
    gn_tuning *chunk; /* (chunks); half 0 is the first tenth of the walk, half 1 the last */
} long_walk;

static gn_status long_run_new(const gn_options *o, const gn_probe *probe, long_walk *r) {
    gn_grid grid = gn_grid_make(&probe->walk.arena, (int)gn_option_int(o, "bins"));
    r->steps = (size_t)gn_option_int(o, "steps");
    r->animals = (size_t)gn_option_int(o, "animals");
    r->bin_steps = (size_t)gn_option_int(o, "bin");
    r->bins = (r->steps + r->bin_steps - 1) / r->bin_steps;
    r->tenth = r->steps / 10;
    r->tally = gn_alloc(r->bins * r->animals, sizeof *r->tally);
    int chunks = gn_rollout_chunks(r->animals);
    r->chunk = gn_alloc((size_t)chunks, sizeof *r->chunk);
    if (!r->tally || !r->chunk) return GN_EIO;
    gn_status status = GN_OK;
    for (; r->chunks < chunks && !status; r->chunks++)
        status = gn_tuning_new(probe->network.units, grid, probe->walk.top_speed, &r->chunk[r->chunks]);
    return status;
}

static void long_run_free(long_walk *r) {
    for (int c = 0; c < r->chunks; c++)
        gn_tuning_free(&r->chunk[c]);
    free(r->chunk);
    free(r->tally);
}

static gn_status begin(void *context, const gn_trajectories *stretch, size_t first, int chunks) {
    long_walk *r = context;
    (void)chunks;
    r->stretch = stretch;
    r->first_step = first;
    return GN_OK;
}

static void tally_step(tally *t, const float *p, double output_x, double output_y) {
    double x = output_x - p[0], y = output_y - p[1], error = 0.5 * (x * x + y * y);
    t->error += error;
    t->square += error * error;
    t->place[0] += p[0];
    t->place[1] += p[1];
    t->place_square += (double)p[0] * p[0] + (double)p[1] * p[1];
}

static void visit(void *context, int chunk, size_t first, int width, int lanes, size_t step, const float *rate,
                  const float *position) {
    long_walk *r = context;
    size_t done = r->first_step + step;
    tally *row = r->tally + done / r->bin_steps * r->animals;
    bool early = done < r->tenth, late = done >= r->steps - r->tenth;
    for (size_t k = 0; k < (size_t)width; k++) {
        size_t cell = (first + k) * r->stretch->steps + step;
        const float *p = r->stretch->position + 2 * cell;
        tally_step(&row[first + k], p, position[k], position[(size_t)lanes + k]);
        if (early || late)
            gn_tuning_add(&r->chunk[chunk], late, p, r->stretch->direction[cell], r->stretch->speed[cell], rate + k,
                          (size_t)lanes);
    }
}

/* The median over units of the correlation between their two maps, and the number of units that have one. */
static gn_status map_correlation(const long_walk *r, double *median, size_t *units) {
    gn_tuning *total = &r->chunk[0];
    size_t n = (size_t)total->units, bins = (size_t)total->grid.bins * (size_t)total->grid.bins;
    float *half = gn_alloc(2 * n * bins, sizeof *half);
    double *values = gn_alloc(n, sizeof *values), *first = gn_alloc(2 * bins, sizeof *first),
           *last = first ? first + bins : NULL;
    *units = 0;
    *median = NAN;
    if (half && values && first) {
        for (int c = 1; c < r->chunks; c++)
            gn_tuning_merge(total, &r->chunk[c]);
        gn_tuning_rate_map_half(total, half);
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < bins; k++) {
                first[k] = half[i * bins + k];
                last[k] = half[(n + i) * bins + k];
            }
            double value = gn_pearson(bins, first, last);
            if (!isnan(value)) values[(*units)++] = value;
        }
        if (*units > 0) *median = gsl_stats_median(values, 1, *units);
    }
    gn_status status = half && values && first ? GN_OK : GN_EIO;
    free(half);
    free(values);
    free(first);
    return status;
}

static double best_constant(const long_walk *r) {
    double x = 0, y = 0, square = 0, n = (double)r->steps * (double)r->animals;
    for (size_t i = 0; i < r->bins * r->animals; i++) {
        x += r->tally[i].place[0];
        y += r->tally[i].place[1];
        square += r->tally[i].place_square;
    }
    return 0.5 * (square / n - x / n * (x / n) - y / n * (y / n));
}

static double deviation(double sum, double square, double n) {
    if (n < 2) return NAN;
    return sqrt(fmax((square - sum * (sum / n)) / (n - 1), 0));
}

static gn_status write_rows(const long_walk *r, gn_tsv *tsv) {
    gn_status status = gn_tsv_columns(tsv,
                                      "bin\tstep_begin\tstep_end\terror_squared\terror_squared_sd\t"
                                      "error_squared_sd_animals");
    for (size_t b = 0; !status && b < r->bins; b++) {
        size_t begins = b * r->bin_steps;
        size_t ends = r->steps - begins < r->bin_steps ? r->steps : begins + r->bin_steps;
        double per_animal = (double)(ends - begins), animals = (double)r->animals;
        double sum = 0, square = 0, means = 0, means_square = 0;
        for (size_t k = 0; k < r->animals; k++) {
            const tally *t = &r->tally[b * r->animals + k];
            sum += t->error;
            square += t->square;
            means += t->error / per_animal;
            means_square += t->error / per_animal * (t->error / per_animal);
        }
        gn_tsv_int(tsv, (int64_t)b);
        gn_tsv_int(tsv, (int64_t)begins);
        gn_tsv_int(tsv, (int64_t)ends);
        gn_tsv_double(tsv, sum / (per_animal * animals));
        gn_tsv_double(tsv, deviation(sum, square, per_animal * animals));
        gn_tsv_double(tsv, deviation(means, means_square, animals));
        status = gn_tsv_end_row(tsv);
    }
    return status;
}

static gn_status write_table(const gn_probe *probe, const long_walk *r, const char *output) {
    double median;
    size_t units;
    gn_tsv *tsv = gn_tsv_new("long-run-error");
    gn_status status = tsv ? gn_probe_to_tsv(probe, tsv) : GN_EIO;
    if (!status) status = map_correlation(r, &median, &units);
    if (!status) status = gn_tsv_key(tsv, "probe.steps", "%zu", r->steps);
    if (!status) status = gn_tsv_key(tsv, "probe.bin", "%zu", r->bin_steps);
    if (!status) status = gn_tsv_key(tsv, "probe.bins", "%d", r->chunk[0].grid.bins);
    if (!status) status = gn_tsv_key(tsv, "probe.animals", "%zu", r->animals);
    if (!status) status = gn_tsv_key(tsv, "best_constant", "%.17g", best_constant(r));
    if (!status) status = gn_tsv_key(tsv, "map_correlation_median", "%.17g", median);
    if (!status) status = gn_tsv_key(tsv, "map_correlation_units", "%zu", units);
    if (!status) status = write_rows(r, tsv);
    if (!status) status = gn_tsv_write(tsv, output);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_probe probe = {0};
    long_walk r = {0};
    const gn_probe_visitor visitor = {&r, begin, visit, NULL};
    gn_status status = gn_probe_open(o, &probe);
    if (!status) status = long_run_new(o, &probe, &r);
    if (!status) status = gn_probe_walk(&probe, r.animals, r.steps, GN_PROBE_STRETCH, &visitor);
    if (!status) status = write_table(&probe, &r, gn_option_output(o));
    long_run_free(&r);
    gn_probe_close(&probe);
    return status;
}

static const gn_program program = {.name = "long-run-error",
                                   .algorithm = 2,
                                   .purpose = "measures the error of a network during a very long walk",
                                   .operands = "NETWORK",
                                   .operands_min = 1,
                                   .operands_max = 1,
                                   .option = option,
                                   .details = details,
                                   .run = run};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
