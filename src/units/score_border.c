#include "units/score_border.h"

#include <math.h>
#include <stdlib.h>

static const double FIELD_SHARE = 0.3; /* of the peak */
static const double REACH_BINS = 1.5;  /* from a wall to the bins that stand for it */
static const double PIECES_PER_BIN = 4;
static const double SEEN_MIN = 0.5; /* of a wall, to count at all */

struct gn_border_plan {
    int bins_x, bins_y, walls;
    double *distance;           /* (bins_y, bins_x), over the inradius; nan where unvisited */
    int pieces[GN_CORNERS_MAX]; /* counted pieces of each wall; 0: left out */
    int *bin[GN_CORNERS_MAX];   /* the bin that stands for each of them */
};

/* The visited bin nearest to (x, y), -1 when it is out of reach. */
static int nearest_bin(const gn_map *mask, double x, double y) {
    const int cx = (int)floor((x - mask->x_min) / mask->bin_width);
    const int cy = (int)floor((y - mask->y_min) / mask->bin_width);
    double best = REACH_BINS * mask->bin_width;
    int found = -1;
    for (int iy = cy - 2; iy <= cy + 2; iy++)
        for (int ix = cx - 2; ix <= cx + 2; ix++) {
            if (ix < 0 || iy < 0 || ix >= mask->bins_x || iy >= mask->bins_y) continue;
            const int i = iy * mask->bins_x + ix;
            const double apart = hypot(gn_map_x(mask, ix) - x, gn_map_y(mask, iy) - y);
            if (isnan(mask->value[i]) || apart >= best) continue;
            best = apart;
            found = i;
        }
    return found;
}

static gn_status cut_wall(gn_border_plan *p, const gn_map *mask, const gn_arena *arena, int wall) {
    const double *from = arena->corner[wall], *to = arena->corner[(wall + 1) % arena->corners];
    const double length = hypot(to[0] - from[0], to[1] - from[1]);
    const int pieces = 1 + (int)(PIECES_PER_BIN * length / mask->bin_width - 0.5); /* rounded */
    p->bin[wall] = gn_alloc((unsigned long)pieces, sizeof *p->bin[wall]);
    if (!p->bin[wall]) return GN_EIO;
    int count = 0;
    for (int i = 0; i < pieces; i++) {
        const double share = (i + 0.5) / pieces;
        const int bin = nearest_bin(mask, from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
        if (bin >= 0) p->bin[wall][count++] = bin;
    }
    p->pieces[wall] = count >= SEEN_MIN * pieces ? count : 0;
    return GN_OK;
}

/* From the nearest point of a bin, a square, to the nearest wall. */
static double bin_distance(const gn_map *mask, const gn_arena *arena, int ix, int iy) {
    double nearest = INFINITY;
    for (int k = 0; k < arena->corners; k++) {
        const double reach = (fabs(arena->normal[k][0]) + fabs(arena->normal[k][1])) * mask->bin_width / 2;
        const double centre = gn_arena_wall_distance(arena, k, gn_map_x(mask, ix), gn_map_y(mask, iy));
        nearest = fmin(nearest, centre - reach);
    }
    return nearest > 1e-9 * arena->inradius ? nearest : 0;
}

gn_border_plan *gn_border_plan_new(const gn_map *mask, const gn_arena *arena) {
    gn_border_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = mask->bins_x;
    p->bins_y = mask->bins_y;
    p->walls = arena->corners;
    p->distance = gn_alloc(gn_map_bins(mask), sizeof *p->distance);
    gn_status status = p->distance ? GN_OK : GN_EIO;
    for (int k = 0; !status && k < arena->corners; k++)
        status = cut_wall(p, mask, arena, k);
    if (status) {
        gn_border_plan_free(p);
        return NULL;
    }
    for (int iy = 0, i = 0; iy < mask->bins_y; iy++)
        for (int ix = 0; ix < mask->bins_x; ix++, i++)
            p->distance[i] = isnan(mask->value[i]) ? NAN : bin_distance(mask, arena, ix, iy) / arena->inradius;
    return p;
}

void gn_border_plan_free(gn_border_plan *p) {
    if (!p) return;
    free(p->distance);
    for (int k = 0; k < GN_CORNERS_MAX; k++)
        free(p->bin[k]);
    free(p);
}

/* label <- 1, 2, ... for the fields of sign * map, 0 elsewhere; returns their number. */
static int label_fields(const gn_border_plan *p, const double *map, double sign, double threshold, int *label,
                        int *stack) {
    const int nx = p->bins_x, ny = p->bins_y;
    int fields = 0;
    for (int i = 0; i < nx * ny; i++)
        label[i] = sign * map[i] >= threshold ? -1 : 0;
    for (int start = 0; start < nx * ny; start++) {
        if (label[start] >= 0) continue;
        int depth = 0;
        label[start] = ++fields;
        stack[depth++] = start;
        while (depth) {
            const int at = stack[--depth], x = at % nx, y = at / nx;
            for (int v = y > 0 ? y - 1 : 0; v <= y + 1 && v < ny; v++)
                for (int u = x > 0 ? x - 1 : 0; u <= x + 1 && u < nx; u++)
                    if (label[v * nx + u] < 0) {
                        label[v * nx + u] = fields;
                        stack[depth++] = v * nx + u;
                    }
        }
    }
    return fields;
}

static void cover(const gn_border_plan *p, const int *label, int fields, int *count, gn_border *b) {
    for (int wall = 0; wall < p->walls; wall++) {
        const int pieces = p->pieces[wall];
        for (int f = 1; f <= fields; f++)
            count[f] = 0;
        int covered = 0;
        for (int i = 0; i < pieces; i++) {
            count[label[p->bin[wall][i]]]++;
            covered += label[p->bin[wall][i]] > 0;
        }
        b->walls += pieces > 0 && 2 * covered >= pieces;
        for (int f = 1; f <= fields; f++)
            if ((double)count[f] / pieces > b->coverage) {
                b->coverage = (double)count[f] / pieces;
                b->wall = wall;
            }
    }
}

static gn_border score_sign(const gn_border_plan *p, const double *map, int sign, double low, double high,
                            int *scratch) {
    const int bins = p->bins_x * p->bins_y;
    int *label = scratch, *other = scratch + bins;
    gn_border b = {.wall = -1, .sign = sign};
    double weight = 0, sum = 0;
    const int fields = label_fields(p, map, sign, low + FIELD_SHARE * (high - low), label, other);
    cover(p, label, fields, other, &b);
    for (int i = 0; i < bins; i++) {
        if (!label[i]) continue;
        weight += sign * map[i] - low;
        sum += (sign * map[i] - low) * p->distance[i];
    }
    b.distance = sum / weight;
    b.score = (b.coverage - b.distance) / (b.coverage + b.distance);
    return b;
}

void gn_border_score(const gn_border_plan *p, const double *map, int *scratch, gn_border *best) {
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < p->bins_x * p->bins_y; i++) {
        if (isnan(map[i])) continue;
        low = fmin(low, map[i]);
        high = fmax(high, map[i]);
    }
    *best = (gn_border){.score = NAN, .coverage = NAN, .distance = NAN, .wall = -1, .sign = 0};
    if (!(high - low > 1e-12 * fmax(fabs(low), fabs(high)))) return;
    const gn_border plus = score_sign(p, map, 1, low, high, scratch);
    const gn_border minus = score_sign(p, map, -1, -high, -low, scratch);
    *best = minus.score > plus.score ? minus : plus;
}
