#include "network/network.h"
#include "io/container.h"
#include "walk/walk_keys.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t gn_network_size(const gn_network *net) {
    size_t n = (size_t)net->units, in = (size_t)net->inputs, out = (size_t)net->outputs;
    return n * n + n * in + n + out * n;
}

gn_status gn_network_new(int units, int inputs, int outputs, gn_network *net) {
    *net = (gn_network){.units = units, .inputs = inputs, .outputs = outputs, .leak = 0.1f};
    net->parameter = gn_alloc(gn_network_size(net), sizeof *net->parameter);
    if (!net->parameter) return GN_EIO;
    net->rec = net->parameter;
    net->in = net->rec + (size_t)units * (size_t)units;
    net->bias = net->in + (size_t)units * (size_t)inputs;
    net->out = net->bias + units;
    return GN_OK;
}

void gn_network_free(gn_network *net) {
    free(net->parameter);
    gn_places_free(&net->places);
    *net = (gn_network){0};
}

gn_status gn_network_to_file(const gn_network *net, gn_file *file) {
    const size_t n = (size_t)net->units, in = (size_t)net->inputs, out = (size_t)net->outputs;
    gn_status status = gn_file_set(file, "units", "%d", net->units);
    if (!status) status = gn_file_set(file, "inputs", "%d", net->inputs);
    if (!status) status = gn_file_add(file, "rec", GN_F32, 2, (size_t[]){n, n}, net->rec);
    if (!status) status = gn_file_add(file, "in", GN_F32, 2, (size_t[]){n, in}, net->in);
    if (!status) status = gn_file_add(file, "bias", GN_F32, 1, (size_t[]){n}, net->bias);
    if (!status) status = gn_file_add(file, "out", GN_F32, 2, (size_t[]){out, n}, net->out);
    if (status || net->readout == GN_READ_POSITION) return status;
    status = gn_file_set(file, "outputs", "%d", net->outputs);
    if (!status) status = gn_file_set(file, "place-width", "%.17g", net->places.width);
    if (!status) status = gn_file_add(file, "place", GN_F32, 2, (size_t[]){out, 2}, net->places.centre);
    return status;
}

static gn_status copy_array(const gn_file *file, const char *name, int rank, size_t rows, size_t columns, float *to) {
    size_t shape[2] = {rows, columns};
    const void *data;
    gn_status status = gn_file_array(file, name, GN_F32, rank, shape, &data);
    if (status) return status;
    size_t count = rows * (rank == 2 ? columns : 1);
    for (size_t i = 0; i < count; i++) {
        to[i] = ((const float *)data)[i];
        if (!isfinite(to[i]))
            return gn_fail(GN_EFILE, "%s: array %s, element %zu is %g (must be finite)", gn_file_path(file), name, i,
                           (double)to[i]);
    }
    return GN_OK;
}

static gn_status read_recipe(const gn_file *file, gn_network *net) {
    int choice;
    int64_t steps;
    double sd;
    gn_status status = gn_walk_from_file(file, &net->walk);
    if (!status) status = gn_file_get_int(file, "recipe.steps", 1, 10000000, &steps);
    if (!status) status = gn_file_get_real(file, "recipe.noise-sd", 0, 1e6, &sd);
    if (status) return status;
    net->steps = (int)steps;
    net->noise_sd = (float)sd;
    status = gn_file_get_choice(file, "recipe.noise-site", GN_NOISE_SITES, &choice);
    if (status) return status;
    net->noise_site = (gn_noise_site)choice;
    status = gn_file_get_choice(file, "recipe.coding", GN_CODINGS, &choice);
    if (status) return status;
    net->coding = (gn_coding)choice;
    if (gn_coding_channels(net->coding) != net->inputs)
        return gn_fail(GN_EFILE, "%s: %d inputs do not fit the coding %s (%d)", gn_file_path(file), net->inputs,
                       gn_file_get(file, "recipe.coding"), gn_coding_channels(net->coding));
    return GN_OK;
}

/* Reads nonlinearity and readout. Older files have no such keys: they are networks with tanh whose readout is the
 * position. */
static gn_status read_kind(const gn_file *file, gn_network *net) {
    int choice = 0;
    gn_status status = GN_OK;
    if (gn_file_get(file, "recipe.nonlinearity"))
        status = gn_file_get_choice(file, "recipe.nonlinearity", GN_NONLINEARITIES, &choice);
    net->nonlinearity = (gn_nonlinearity)choice;
    choice = 0;
    if (!status && gn_file_get(file, "recipe.readout"))
        status = gn_file_get_choice(file, "recipe.readout", GN_READOUTS, &choice);
    net->readout = (gn_readout)choice;
    if (status || net->readout == GN_READ_POSITION) return status;
    gn_places *p = &net->places;
    choice = 0;
    if (gn_file_get(file, "recipe.place-kind"))
        status = gn_file_get_choice(file, "recipe.place-kind", GN_PLACE_KINDS, &choice);
    p->kind = (gn_place_kind)choice;
    p->cells = net->outputs;
    if (!status) status = gn_file_get_real(file, "place-width", 1e-6, 1e6, &p->width);
    if (status) return status;
    p->centre = gn_alloc((size_t)p->cells * 2, sizeof *p->centre);
    if (!p->centre) return GN_EIO;
    status = copy_array(file, "place", 2, (size_t)p->cells, 2, p->centre);
    if (!status) gn_places_widen(&net->walk.arena, p->width, p);
    return status;
}

void gn_network_decode(const gn_network *net, int lanes, const float *output, float *position) {
    if (net->readout == GN_READ_POSITION) {
        memcpy(position, output, 2 * (size_t)lanes * sizeof *position);
        return;
    }
    for (int k = 0; k < lanes; k++) {
        float p[2];
        gn_places_decode(&net->places, output + k, (size_t)lanes, p);
        position[k] = p[0];
        position[lanes + k] = p[1];
    }
}

gn_status gn_network_read(const char *path, gn_network *net, gn_file **out) {
    gn_file *file = NULL;
    int64_t units, inputs, outputs = 2;
    *net = (gn_network){0};
    gn_status status = gn_file_read(path, "network", &file);
    if (!status) status = gn_file_get_int(file, "units", 1, 10000, &units);
    if (!status) status = gn_file_get_int(file, "inputs", 2, 3, &inputs);
    if (!status && gn_file_get(file, "outputs")) status = gn_file_get_int(file, "outputs", 1, GN_PLACES_MAX, &outputs);
    if (!status) status = gn_network_new((int)units, (int)inputs, (int)outputs, net);
    if (!status) {
        size_t n = (size_t)units, in = (size_t)inputs;
        status = copy_array(file, "rec", 2, n, n, net->rec);
        if (!status) status = copy_array(file, "in", 2, n, in, net->in);
        if (!status) status = copy_array(file, "bias", 1, n, 0, net->bias);
        if (!status) status = copy_array(file, "out", 2, (size_t)outputs, n, net->out);
        if (!status) status = read_recipe(file, net);
        if (!status) status = read_kind(file, net);
        if (!status && net->readout == GN_READ_POSITION && outputs != 2)
            status = gn_fail(GN_EFILE, "%s: %d outputs (a readout of the position has 2)", path, (int)outputs);
    }
    if (status) gn_network_free(net);
    if (status || !out) {
        gn_file_free(file);
        file = NULL;
    }
    if (out) *out = file;
    return status;
}
