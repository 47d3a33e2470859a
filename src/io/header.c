#include "io/header.h"

#include <string.h>

gn_header gn_header_of(const gn_file *file) {
    return (gn_header){.path = gn_file_path(file), .file = file};
}

static const char *key_at(gn_header h, int i, const char **value) {
    return h.file ? gn_file_key(h.file, i, value) : gn_table_key_at(h.table, i, value);
}

static const char *value_of(gn_header h, const char *key) {
    return h.file ? gn_file_get(h.file, key) : gn_table_key(h.table, key);
}

static bool has_any(gn_header h, const char *prefix) {
    const char *key, *value;
    for (int i = 0; (key = key_at(h, i, &value)); i++)
        if (strncmp(key, prefix, strlen(prefix)) == 0) return true;
    return false;
}

static gn_status compare_key(gn_header first, gn_header other, const char *key, const char *unlike) {
    const char *there = value_of(first, key), *here = value_of(other, key);
    if (here && there && strcmp(here, there) == 0) return GN_OK;
    return gn_fail(GN_EFILE, "%s: %s is %s, but %s in %s: %s", other.path, key, here ? here : "absent",
                   there ? there : "absent", first.path, unlike);
}

gn_status gn_header_compare(gn_header first, gn_header other, const char *prefix, const char *unlike) {
    const gn_header both[2] = {first, other};
    const char *key, *value;
    gn_status status = GN_OK;
    for (int k = 0; k < 2; k++)
        for (int i = 0; !status && (key = key_at(both[k], i, &value)); i++)
            if (strncmp(key, prefix, strlen(prefix)) == 0) status = compare_key(first, other, key, unlike);
    return status;
}

static const char of_others[] = "not of one network";

gn_status gn_header_same_training(gn_header first, gn_header other) {
    if (!has_any(first, "recipe.") || !has_any(other, "recipe.")) return GN_OK;
    return gn_header_compare(first, other, "recipe.", of_others);
}

gn_status gn_header_same_network(gn_header first, gn_header other) {
    gn_status status = gn_header_same_training(first, other);
    if (status || !value_of(first, "update") || !value_of(other, "update")) return status;
    return compare_key(first, other, "update", of_others);
}
