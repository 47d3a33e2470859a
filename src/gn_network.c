#include "gn_network.h"

#include <math.h>
#include <stdlib.h>

size_t gn_network_size(const gn_network *net) {
    size_t n = (size_t)net->units, in = (size_t)net->inputs, out = (size_t)net->outputs;
    return n * n + n * in + n + out * n;
}

gn_status gn_network_new(int units, int inputs, gn_network *net) {
    *net = (gn_network){.units = units, .inputs = inputs, .outputs = 2, .leak = 0.1f};
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
    return status;
}

static gn_status copy_array(const gn_file *file, const char *name, int rank, size_t rows,
                            size_t columns, float *to) {
    size_t shape[2] = {rows, columns};
    const void *data;
    gn_status status = gn_file_array(file, name, GN_F32, rank, shape, &data);
    if (status) return status;
    size_t count = rows * (rank == 2 ? columns : 1);
    for (size_t i = 0; i < count; i++) {
        to[i] = ((const float *)data)[i];
        if (!isfinite(to[i]))
            return gn_fail(GN_EFILE, "%s: array %s, element %zu is %g (must be finite)",
                           gn_file_path(file), name, i, (double)to[i]);
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
    status = gn_file_get_choice(file, "recipe.noise-site", "rate|drive", &choice);
    if (status) return status;
    net->noise_site = (gn_noise_site)choice;
    status = gn_file_get_choice(file, "recipe.coding", "turns|radians|cossin", &choice);
    if (status) return status;
    net->coding = (gn_coding)choice;
    if (gn_coding_channels(net->coding) != net->inputs)
        return gn_fail(GN_EFILE, "%s: %d inputs do not fit the coding %s (%d)", gn_file_path(file),
                       net->inputs, gn_file_get(file, "recipe.coding"),
                       gn_coding_channels(net->coding));
    return GN_OK;
}

gn_status gn_network_read(const char *path, gn_network *net, gn_file **out) {
    gn_file *file = NULL;
    int64_t units, inputs;
    *net = (gn_network){0};
    gn_status status = gn_file_read(path, "network", &file);
    if (!status) status = gn_file_get_int(file, "units", 1, 10000, &units);
    if (!status) status = gn_file_get_int(file, "inputs", 2, 3, &inputs);
    if (!status) status = gn_network_new((int)units, (int)inputs, net);
    if (!status) {
        size_t n = (size_t)units, in = (size_t)inputs;
        status = copy_array(file, "rec", 2, n, n, net->rec);
        if (!status) status = copy_array(file, "in", 2, n, in, net->in);
        if (!status) status = copy_array(file, "bias", 1, n, 0, net->bias);
        if (!status) status = copy_array(file, "out", 2, 2, n, net->out);
        if (!status) status = read_recipe(file, net);
    }
    if (status) gn_network_free(net);
    if (status || !out) {
        gn_file_free(file);
        file = NULL;
    }
    if (out) *out = file;
    return status;
}
