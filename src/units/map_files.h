/* Maps that users bring: matrices in files, stacks of them, folders of files. */
#ifndef GN_MAP_FILES_H
#define GN_MAP_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "io/numbers.h"
#include "units/map.h"

typedef struct {
    gn_map map;       /* bins_x, bins_y and value only; the values belong to the file */
    const char *path; /* of the file */
    size_t index;     /* of the map in its file, from 0 */
    bool single;      /* whether it is the only map of its file */
} gn_map_of_file;

typedef struct {
    gn_map_of_file *map; /* (maps) */
    size_t maps;
    gn_numbers *file; /* (files) */
    char **path;      /* (files) */
    size_t files;
} gn_map_files;

/* Adds the maps of a path: a matrix of numbers (io/numbers.h), an NPY array of maps x rows x columns, or a folder,
 * whose files that end in .tsv, .txt, .csv, .dat or .npy are taken in the order of their names. Row 0 of a matrix
 * becomes row 0 of the map, the lowest in y, or with `top` the last row. Initialise with {0}. A map with sides outside
 * 2 to `largest` bins, or a folder without maps, gives GN_EFILE. */
gn_status gn_map_files_add(gn_map_files *, const char *path, bool top, int largest);
void gn_map_files_free(gn_map_files *);

/* Turns the rows of a matrix around. */
void gn_flip_rows(size_t rows, size_t columns, double *value);

/* Whether two maps have the same bins and the same of them visited. */
bool gn_map_same_mask(const gn_map *, const gn_map *);

#endif
