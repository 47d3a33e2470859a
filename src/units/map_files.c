#include "units/map_files.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/text.h"

void gn_flip_rows(size_t rows, size_t columns, double *value) {
    for (size_t y = 0; y < rows / 2; y++)
        for (size_t x = 0; x < columns; x++) {
            double *a = &value[y * columns + x], *b = &value[(rows - 1 - y) * columns + x], swap = *a;
            *a = *b;
            *b = swap;
        }
}

static gn_status grow(gn_map_files *f, size_t maps) {
    gn_map_of_file *map = realloc(f->map, (f->maps + maps) * sizeof *map);
    if (map) f->map = map;
    gn_numbers *file = realloc(f->file, (f->files + 1) * sizeof *file);
    if (file) f->file = file;
    char **path = realloc(f->path, (f->files + 1) * sizeof *path);
    if (path) f->path = path;
    return map && file && path ? GN_OK : gn_fail(GN_EIO, "out of memory for %zu maps", f->maps + maps);
}

static gn_status add_file(gn_map_files *f, const char *path, bool top, int largest) {
    const gn_numbers_wanted wanted = {.rank = 3, .missing = true};
    gn_numbers read = {0};
    if (path[strcspn(path, "\t\n\r")])
        return gn_fail(GN_EUSAGE, "%s: a tab or the end of a line in a name, which the table could not hold", path);
    gn_status status = gn_numbers_read(path, &wanted, &read);
    if (status) return status;
    const size_t count = read.rank == 3 ? read.shape[0] : 1;
    const size_t rows = read.shape[read.rank - 2], columns = read.shape[read.rank - 1];
    if (rows < 2 || columns < 2 || rows > (size_t)largest || columns > (size_t)largest)
        status = gn_fail(GN_EFILE, "%s: %zu x %zu bins, accepted 2 to %d a side", path, rows, columns, largest);
    if (!status) status = grow(f, count);
    char *name = status ? NULL : strdup(path);
    if (!status && !name) status = gn_fail(GN_EIO, "out of memory for %zu maps", f->maps + count);
    if (status) {
        gn_numbers_free(&read);
        return status;
    }
    for (size_t k = 0; k < count; k++) {
        double *value = read.value + k * rows * columns;
        if (top) gn_flip_rows(rows, columns, value);
        f->map[f->maps++] = (gn_map_of_file){.map = {.bins_x = (int)columns, .bins_y = (int)rows, .value = value},
                                             .path = name,
                                             .index = k,
                                             .single = count == 1};
    }
    f->path[f->files] = name;
    f->file[f->files++] = read;
    return GN_OK;
}

static int is_map(const struct dirent *entry) {
    static const char *const ending[] = {".tsv", ".txt", ".csv", ".dat", ".npy"};
    const char *dot = strrchr(entry->d_name, '.');
    for (size_t k = 0; dot && entry->d_name[0] != '.' && k < sizeof ending / sizeof *ending; k++)
        if (strcasecmp(dot, ending[k]) == 0) return 1;
    return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

gn_status gn_map_files_add(gn_map_files *f, const char *path, bool top, int largest) {
    struct stat what;
    if (stat(path, &what) || !S_ISDIR(what.st_mode)) return add_file(f, path, top, largest);
    struct dirent **entry = NULL;
    const int count = scandir(path, &entry, is_map, by_name);
    gn_status status = GN_OK;
    if (count < 0) return gn_fail_errno("%s: cannot list", path);
    if (count == 0)
        status = gn_fail(GN_EFILE, "%s: no maps in it, expected files .tsv, .txt, .csv, .dat or .npy", path);
    for (int k = 0; k < count; k++) {
        gn_text whole = {0};
        if (!status) status = gn_text_format(&whole, "%s/%s", path, entry[k]->d_name);
        if (!status) status = add_file(f, whole.byte, top, largest);
        free(whole.byte);
        free(entry[k]);
    }
    free(entry);
    return status;
}

void gn_map_files_free(gn_map_files *f) {
    for (size_t k = 0; k < f->files; k++) {
        gn_numbers_free(&f->file[k]);
        free(f->path[k]);
    }
    free(f->file);
    free(f->path);
    free(f->map);
    *f = (gn_map_files){0};
}

bool gn_map_same_mask(const gn_map *a, const gn_map *b) {
    if (a->bins_x != b->bins_x || a->bins_y != b->bins_y) return false;
    for (size_t i = 0; i < gn_map_bins(a); i++)
        if (isnan(a->value[i]) != isnan(b->value[i])) return false;
    return true;
}
