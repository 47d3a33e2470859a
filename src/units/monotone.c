#include "units/monotone.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Places along a direction that differ by less than this share of a bin count as the same place. */
static const double ONE_PLACE = 1e-6;
/* Fits whose shares of the variance differ by less than this are equal up to rounding errors. */
static const double EQUAL = 1e-9;

/* The visited bins sorted by their place along a direction. The bins of place k end before bin[end[k]]. */
typedef struct {
    size_t *bin, *end; /* (visited), (places) */
    size_t places;
} order;

struct gn_monotone_plan {
    size_t visited;
    int walls;
    order along[GN_MONOTONE_DIRECTIONS];
    order from_wall[GN_CORNERS_MAX]; /* along each wall's inward normal */
};

static double angle_of(int direction) {
    return 180.0 * direction / GN_MONOTONE_DIRECTIONS;
}

/* Sorts the visited bins along (dx, dy). visited has their indices; place is scratch memory with as many elements. */
static gn_status order_new(const gn_map *mask, size_t count, const size_t *visited, double dx, double dy, double *place,
                           order *o) {
    o->bin = gn_alloc(count, sizeof *o->bin);
    o->end = gn_alloc(count, sizeof *o->end);
    if (!o->bin || !o->end) return GN_EIO;
    for (size_t k = 0; k < count; k++) {
        int ix = (int)(visited[k] % (size_t)mask->bins_x), iy = (int)(visited[k] / (size_t)mask->bins_x);
        place[k] = dx * gn_map_x(mask, ix) + dy * gn_map_y(mask, iy);
    }
    gsl_sort_index(o->bin, place, 1, count);
    for (size_t k = 0; k < count; k++) {
        o->places += k == 0 || place[o->bin[k]] - place[o->bin[k - 1]] > ONE_PLACE * mask->bin_width;
        o->end[o->places - 1] = k + 1;
    }
    for (size_t k = 0; k < count; k++)
        o->bin[k] = visited[o->bin[k]];
    return GN_OK;
}

static gn_status sort_bins(const gn_map *mask, const gn_arena *arena, gn_monotone_plan *p) {
    size_t *visited = gn_alloc(p->visited, sizeof *visited);
    double *place = gn_alloc(p->visited, sizeof *place);
    gn_status status = visited && place ? GN_OK : GN_EIO;
    for (size_t i = 0, k = 0; !status && i < gn_map_bins(mask); i++)
        if (!isnan(mask->value[i])) visited[k++] = i;
    for (int d = 0; d < GN_MONOTONE_DIRECTIONS && !status; d++) {
        double angle = angle_of(d) * M_PI / 180;
        status = order_new(mask, p->visited, visited, cos(angle), sin(angle), place, &p->along[d]);
    }
    for (int w = 0; w < p->walls && !status; w++)
        status =
            order_new(mask, p->visited, visited, arena->normal[w][0], arena->normal[w][1], place, &p->from_wall[w]);
    free(visited);
    free(place);
    return status;
}

gn_monotone_plan *gn_monotone_plan_new(const gn_map *mask, const gn_arena *arena) {
    gn_monotone_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->visited = gn_map_visited(mask);
    p->walls = arena->corners;
    if (!sort_bins(mask, arena, p)) return p;
    gn_monotone_plan_free(p);
    return NULL;
}

void gn_monotone_plan_free(gn_monotone_plan *p) {
    if (!p) return;
    for (int d = 0; d < GN_MONOTONE_DIRECTIONS; d++) {
        free(p->along[d].bin);
        free(p->along[d].end);
    }
    for (int w = 0; w < p->walls; w++) {
        free(p->from_wall[w].bin);
        free(p->from_wall[w].end);
    }
    free(p);
}

static double mean_of(const order *o, const double *map, size_t count) {
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += map[o->bin[k]];
    return sum / (double)count;
}

/* Fits the best rising (sign 1) or falling (-1) function of the place and returns the sum over bins of its squared
 * deviation from the map's mean. The fit is a stack of blocks of places; a place whose value is lower than that of the
 * block before it is pooled with that block. */
static double fitted_square(const order *o, const double *map, double mean, int sign, double *level, double *weight) {
    size_t blocks = 0;
    for (size_t k = 0, i = 0; k < o->places; k++) {
        double sum = 0, bins = (double)(o->end[k] - i);
        for (; i < o->end[k]; i++)
            sum += sign * (map[o->bin[i]] - mean);
        level[blocks] = sum / bins;
        weight[blocks++] = bins;
        while (blocks > 1 && level[blocks - 1] <= level[blocks - 2]) {
            double both = weight[blocks - 2] + weight[blocks - 1];
            level[blocks - 2] += (level[blocks - 1] - level[blocks - 2]) * (weight[blocks - 1] / both);
            weight[blocks - 2] = both;
            blocks--;
        }
    }
    double square = 0;
    for (size_t b = 0; b < blocks; b++)
        square += weight[b] * level[b] * level[b];
    return square;
}

/* Computes the sum of squared deviations from the mean; false when the map is constant up to rounding errors. */
static bool varies(const order *o, const double *map, size_t count, double mean, double *square) {
    double largest = 0;
    *square = 0;
    for (size_t k = 0; k < count; k++) {
        *square += (map[o->bin[k]] - mean) * (map[o->bin[k]] - mean);
        largest = fmax(largest, fabs(map[o->bin[k]]));
    }
    return *square > (double)count * 1e-24 * largest * largest;
}

gn_ramp gn_monotone_ramp(const gn_monotone_plan *p, const double *map, double *scratch) {
    double mean = mean_of(&p->along[0], map, p->visited), square;
    gn_ramp best = {.share = NAN, .angle_degrees = NAN};
    if (!varies(&p->along[0], map, p->visited, mean, &square)) return best;
    for (int d = 0; d < 2 * GN_MONOTONE_DIRECTIONS; d++) {
        bool back = d >= GN_MONOTONE_DIRECTIONS;
        const order *o = &p->along[d % GN_MONOTONE_DIRECTIONS];
        double share = fitted_square(o, map, mean, back ? -1 : 1, scratch, scratch + p->visited) / square;
        if (d > 0 && share <= best.share) continue;
        best = (gn_ramp){share, angle_of(d)};
    }
    return best;
}

gn_wall_fit gn_monotone_wall(const gn_monotone_plan *p, const double *map, double *scratch) {
    double mean = mean_of(&p->along[0], map, p->visited), square;
    gn_wall_fit best = {.share = NAN, .wall = -1, .sign = 0};
    if (!varies(&p->along[0], map, p->visited, mean, &square)) return best;
    /* A function that rises towards a wall falls towards a parallel one. Fits that are highest at a wall are tried
     * first, so of two such walls the one with the highest rates is chosen. */
    for (int sign = 1; sign >= -1; sign -= 2)
        for (int w = 0; w < p->walls; w++) {
            double share = fitted_square(&p->from_wall[w], map, mean, -sign, scratch, scratch + p->visited) / square;
            if (best.wall >= 0 && share <= best.share + EQUAL) continue;
            best = (gn_wall_fit){share, w, sign};
        }
    return best;
}
