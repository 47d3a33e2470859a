#include "network/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/container.h"
#include "io/table.h"

/* First update number for the noise of probes. Training counts from 0, so that no random numbers are shared. */
static const uint32_t first_noise = UINT32_C(1) << 31;

/* Reads --noise-sd, which is `trained` or a number. */
static gn_status parse_noise(const gn_options *options, const gn_network *network, float *sd) {
    const char *text = gn_option_text(options, "noise-sd");
    if (strcmp(text, "trained") == 0) {
        *sd = network->noise_sd;
        return GN_OK;
    }
    double value;
    if (!gn_parse_real(text, &value) || value < 0 || value > 100)
        return gn_fail(GN_EUSAGE, "--noise-sd: '%s', expected `trained` or a number from 0 to 100", text);
    *sd = (float)value;
    return GN_OK;
}

gn_status gn_probe_open_as_trained(const char *path, const gn_options *options, gn_probe *probe) {
    *probe = (gn_probe){.seed = gn_option_seed(options), .threads = gn_option_threads(options)};
    gn_status status = gn_network_read(path, &probe->network, &probe->file);
    if (!status) {
        probe->walk = probe->network.walk;
        probe->noise_sd = probe->network.noise_sd;
    } else {
        gn_probe_close(probe);
    }
    return status;
}

gn_status gn_probe_open(const gn_options *options, gn_probe *probe) {
    gn_status status = gn_probe_open_as_trained(gn_option_operand(options, 0), options, probe);
    if (!status) status = gn_walk_override(options, &probe->walk);
    if (!status) status = parse_noise(options, &probe->network, &probe->noise_sd);
    if (status) gn_probe_close(probe);
    return status;
}

void gn_probe_close(gn_probe *probe) {
    gn_network_free(&probe->network);
    gn_file_free(probe->file);
    *probe = (gn_probe){0};
}

int64_t gn_probe_steps(const gn_probe *probe, const gn_options *options, const char *option) {
    int64_t steps = gn_option_int(options, option);
    return steps ? steps : probe->network.steps;
}

gn_status gn_probe_to_file(const gn_probe *probe, gn_file *file) {
    gn_status status = gn_file_copy_keys(file, probe->file, "recipe.");
    if (!status) status = gn_file_copy_keys(file, probe->file, "update");
    if (!status) status = gn_file_copy_keys(file, probe->file, "mse");
    if (!status) status = gn_walk_to_keys(&probe->walk, "probe.", file);
    if (!status) status = gn_file_set(file, "probe.noise-sd", "%s", gn_shortest_float(probe->noise_sd, 6).text);
    if (!status) status = gn_file_set(file, "probe.seed", "%llu", (unsigned long long)probe->seed);
    return status;
}

gn_status gn_probe_to_tsv(const gn_probe *probe, gn_tsv *tsv) {
    gn_file *header = gn_file_new("header");
    if (!header) return GN_EIO;
    gn_status status = gn_probe_to_file(probe, header);
    const char *key, *value;
    for (int i = 0; !status && (key = gn_file_key(header, i, &value)) != NULL; i++)
        if (strchr(key, '.') || strcmp(key, "update") == 0 || strcmp(key, "mse") == 0)
            status = gn_tsv_key(tsv, key, "%s", value);
    gn_file_free(header);
    return status;
}

/* Runs one batch, or one stretch of a long walk: begin(), all steps, end(). */
static gn_status run_batch(const gn_probe *probe, const gn_trajectories *batch, size_t first, uint32_t update,
                           float *state, const gn_probe_visitor *visitor) {
    const gn_rollout_options options = {.noise_sd = probe->noise_sd,
                                        .noise_site = probe->network.noise_site,
                                        .seed = probe->seed,
                                        .update = update,
                                        .threads = probe->threads,
                                        .state = state};
    gn_status status = GN_OK;
    if (visitor->begin) status = visitor->begin(visitor->context, batch, first, gn_rollout_chunks(batch->trials));
    if (!status) status = gn_rollout(&probe->network, batch, &options, visitor->visit, visitor->context);
    if (!status && visitor->end) status = visitor->end(visitor->context);
    return status;
}

gn_status gn_probe_trials(const gn_probe *probe, const gn_trajectories *given, size_t first_trial, size_t trials,
                          size_t steps, const gn_probe_visitor *visitor) {
    gn_trajectories fresh = {0};
    gn_status status = GN_OK;
    if (!given) status = gn_trajectories_new(trials < GN_PROBE_BATCH ? trials : GN_PROBE_BATCH, steps, &fresh);
    /* A trial's noise depends on its row within its batch, so the first batch is run from its beginning. */
    const size_t begin = first_trial / GN_PROBE_BATCH * GN_PROBE_BATCH;
    for (size_t first = begin; !status && first < trials; first += GN_PROBE_BATCH) {
        uint32_t number = (uint32_t)(first / GN_PROBE_BATCH);
        size_t count = trials - first < GN_PROBE_BATCH ? trials - first : GN_PROBE_BATCH;
        gn_trajectories batch = gn_trajectories_rows(given ? given : &fresh, given ? first : 0, count);
        if (!given)
            status = gn_walk_sample_all(&probe->walk, probe->seed, GN_PURPOSE_PROBE, number, probe->threads, &batch);
        if (!status) status = run_batch(probe, &batch, first, first_noise + number, NULL, visitor);
    }
    gn_trajectories_free(&fresh);
    return status;
}

gn_status gn_probe_walk(const gn_probe *probe, size_t animals, size_t steps, size_t stretch,
                        const gn_probe_visitor *visitor) {
    gn_trajectories walked = {0};
    gn_animal *animal = gn_alloc(animals, sizeof *animal);
    float *state = gn_alloc(animals * (size_t)probe->network.units, sizeof *state);
    gn_status status = animal && state ? GN_OK : GN_EIO;
    uint32_t number = 0;
    for (size_t first = 0; !status && first < steps; first += walked.steps, number++) {
        size_t length = steps - first < stretch ? steps - first : stretch;
        if (length != walked.steps) {
            gn_trajectories_free(&walked);
            status = gn_trajectories_new(animals, length, &walked);
        }
        if (!status) status = gn_walk_continue(&probe->walk, probe->seed, GN_PURPOSE_PROBE, animal, &walked);
        if (!status) status = run_batch(probe, &walked, first, first_noise + number, state, visitor);
    }
    gn_trajectories_free(&walked);
    free(animal);
    free(state);
    return status;
}
