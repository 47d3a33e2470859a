#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units/pattern_parts.h"

enum { BLOCKS = 16 }; /* approximate number of blocks along the longer side */

double gn_pattern_dot(int n, const double *a, const double *b) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

void gn_pattern_subtract(int n, double share, const double *from, double *value) {
    for (int i = 0; i < n; i++)
        value[i] -= share * from[i];
}

bool gn_pattern_orthonormalise(int n, int count, const double *basis, double kept, double *value) {
    const double before = gn_pattern_dot(n, value, value);
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < count; k++)
            gn_pattern_subtract(n, gn_pattern_dot(n, basis + (size_t)k * (size_t)n, value),
                                basis + (size_t)k * (size_t)n, value);
    const double after = gn_pattern_dot(n, value, value);
    if (!(after > kept * before)) return false;
    for (int i = 0; i < n; i++)
        value[i] /= sqrt(after);
    return true;
}

bool gn_pattern_cut_blocks(gn_pattern_plan *p, const gn_map *mask) {
    int low[2] = {mask->bins_x, mask->bins_y}, high[2] = {-1, -1};
    for (int y = 0, i = 0; y < mask->bins_y; y++)
        for (int x = 0; x < mask->bins_x; x++, i++) {
            if (isnan(mask->value[i])) continue;
            p->visited++;
            low[0] = x < low[0] ? x : low[0];
            low[1] = y < low[1] ? y : low[1];
            high[0] = x > high[0] ? x : high[0];
            high[1] = y > high[1] ? y : high[1];
        }
    const int wide = high[0] - low[0] + 1, tall = high[1] - low[1] + 1, longer = wide > tall ? wide : tall;
    const int step = longer >= 2 * BLOCKS ? longer / BLOCKS : 1;
    const int across = (wide + step - 1) / step, most = across * ((tall + step - 1) / step);
    p->side = longer * mask->bin_width;
    p->block = gn_alloc(gn_map_bins(mask), sizeof *p->block);
    p->root = gn_alloc((unsigned long)most, sizeof *p->root);
    p->x = gn_alloc((unsigned long)most, sizeof *p->x);
    p->y = gn_alloc((unsigned long)most, sizeof *p->y);
    int *number = gn_alloc((unsigned long)most, sizeof *number);
    if (!p->block || !p->root || !p->x || !p->y || !number) {
        free(number);
        return false;
    }
    for (int y = 0, i = 0; y < mask->bins_y; y++)
        for (int x = 0; x < mask->bins_x; x++, i++) {
            p->block[i] = -1;
            if (isnan(mask->value[i])) continue;
            int *its = &number[(y - low[1]) / step * across + (x - low[0]) / step];
            if (!*its) *its = ++p->blocks;
            const int b = p->block[i] = *its - 1;
            p->root[b] += 1;
            p->x[b] += gn_map_x(mask, x);
            p->y[b] += gn_map_y(mask, y);
        }
    for (int b = 0; b < p->blocks; b++) {
        p->x[b] /= p->root[b];
        p->y[b] /= p->root[b];
        p->root[b] = sqrt(p->root[b]);
    }
    free(number);
    return true;
}

void gn_pattern_average(const gn_pattern_plan *p, const double *value, double *block) {
    memset(block, 0, (size_t)p->blocks * sizeof *block);
    for (int i = 0; i < p->bins_x * p->bins_y; i++)
        if (p->block[i] >= 0) block[p->block[i]] += value[i];
    for (int b = 0; b < p->blocks; b++)
        block[b] /= p->root[b];
}

bool gn_pattern_make_planes(gn_pattern_plan *p, const gn_map *mask) {
    const int bins = p->bins_x * p->bins_y;
    p->plane = gn_alloc(2UL * (unsigned long)bins, sizeof *p->plane);
    double *basis = gn_alloc(3UL * (unsigned long)bins, sizeof *basis);
    if (!p->plane || !basis) {
        free(basis);
        return false;
    }
    for (int i = 0; i < bins; i++)
        basis[i] = p->block[i] < 0 ? 0 : 1 / sqrt(p->visited);
    for (int k = 0; k < 2; k++) {
        double *new = basis + (size_t)(k + 1) * (size_t)bins;
        for (int y = 0, i = 0; y < p->bins_y; y++)
            for (int x = 0; x < p->bins_x; x++, i++)
                new[i] = isnan(mask->value[i]) ? 0 : k ? y : x;
        if (gn_pattern_orthonormalise(bins, k + 1, basis, 1e-12, new))
            memcpy(p->plane + (size_t)k * (size_t)bins, new, (size_t)bins * sizeof *new);
        else /* a single row or column of bins */
            memset(new, 0, (size_t)bins * sizeof *new);
    }
    free(basis);
    return true;
}
