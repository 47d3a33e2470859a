#include "units/score_border.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const double FIELD_SHARE = 0.3;  /* lowest rate in a field, as a share of the peak */
static const double REACH_BINS = 1.5;   /* largest distance from a piece of a wall to the bin that stands for it */
static const double STRIP_BINS = 2.001; /* widest strip along a wall that may be unvisited, with room for rounding */
static const double PIECES_PER_BIN = 4;
static const double ARC_TURNS = 0.25; /* length of an arc of a circle */
static const double SEEN_MIN = 0.5;   /* least share of a wall's pieces that have bins */

struct gn_border_plan {
    int bins_x, bins_y, walls, seen;
    double *nearest; /* (bins_y, bins_x) distance to the nearest wall, over the inradius; nan where unvisited */
    double *distance[GN_CORNERS_MAX]; /* of the bins' middles to each wall, less that of the nearest; NULL: left out */
    int pieces[GN_CORNERS_MAX];       /* counted pieces of each wall; 0: left out */
    int *bin[GN_CORNERS_MAX];         /* the bin that stands for each of them */
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

static int walls_of(const gn_arena *arena) {
    return arena->shape == GN_CIRCLE ? GN_BORDER_ARCS : arena->corners;
}

static double length_of(const gn_arena *arena, int wall) {
    if (arena->shape == GN_CIRCLE) return 2 * ARC_TURNS * M_PI * arena->size;
    const double *from = arena->corner[wall], *to = arena->corner[(wall + 1) % arena->corners];
    return hypot(to[0] - from[0], to[1] - from[1]);
}

/* The point at a share, from 0 to 1, of the way along a wall that is moved inwards by `strip`. */
static void point_of(const gn_arena *arena, int wall, double share, double strip, double point[2]) {
    if (arena->shape == GN_CIRCLE) {
        const double angle = 2 * M_PI * ((double)wall / GN_BORDER_ARCS + ARC_TURNS * (share - 0.5));
        point[0] = (arena->size - strip) * cos(angle);
        point[1] = (arena->size - strip) * sin(angle);
        return;
    }
    const double *from = arena->corner[wall], *to = arena->corner[(wall + 1) % arena->corners];
    for (int k = 0; k < 2; k++)
        point[k] = from[k] + share * (to[k] - from[k]) + strip * arena->normal[wall][k];
}

/* The distance of a point inside a circle from one of its arcs. It is measured from the arc's nearer end when the
 * arc does not span the direction of the point. */
static double arc_distance(const gn_arena *arena, int arc, double x, double y) {
    const double turns = remainder(atan2(y, x) / (2 * M_PI) - (double)arc / GN_BORDER_ARCS, 1);
    double end[2];
    if (fabs(turns) <= ARC_TURNS / 2) return arena->size - hypot(x, y);
    point_of(arena, arc, turns > 0, 0, end);
    return hypot(x - end[0], y - end[1]);
}

/* The distance of a bin's middle from a wall. In a convex arena the wall counts as the whole line through its
 * corners; in others that line may cross the arena, so the wall ends at its corners. */
static double wall_distance(const gn_arena *arena, int wall, double x, double y) {
    if (arena->shape == GN_CIRCLE) return arc_distance(arena, wall, x, y);
    if (arena->convex) return gn_arena_wall_distance(arena, wall, x, y);
    const double *from = arena->corner[wall], *to = arena->corner[(wall + 1) % arena->corners];
    const double dx = to[0] - from[0], dy = to[1] - from[1];
    const double along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
    const double share = along < 0 ? 0 : along > 1 ? 1 : along;
    return hypot(from[0] + share * dx - x, from[1] + share * dy - y);
}

/* Fills the distances of the visited bins' middles from a wall and returns the least. */
static double measure(const gn_map *mask, const gn_arena *arena, int wall, double *distance) {
    double least = INFINITY;
    for (int iy = 0, i = 0; iy < mask->bins_y; iy++)
        for (int ix = 0; ix < mask->bins_x; ix++, i++) {
            distance[i] =
                isnan(mask->value[i]) ? NAN : wall_distance(arena, wall, gn_map_x(mask, ix), gn_map_y(mask, iy));
            if (distance[i] < least) least = distance[i];
        }
    return least;
}

/* Finds the bins that stand for the pieces of a wall that is moved inwards by `strip`. */
static gn_status cut_wall(gn_border_plan *p, const gn_map *mask, const gn_arena *arena, int wall, double strip) {
    const int pieces = 1 + (int)(PIECES_PER_BIN * length_of(arena, wall) / mask->bin_width - 0.5); /* rounded */
    p->bin[wall] = gn_alloc((unsigned long)pieces, sizeof *p->bin[wall]);
    if (!p->bin[wall]) return GN_EIO;
    int count = 0;
    for (int i = 0; i < pieces; i++) {
        double point[2];
        point_of(arena, wall, (i + 0.5) / pieces, strip, point);
        const int bin = nearest_bin(mask, point[0], point[1]);
        if (bin >= 0) p->bin[wall][count++] = bin;
    }
    p->pieces[wall] = count >= SEEN_MIN * pieces ? count : 0;
    return GN_OK;
}

static gn_status add_wall(gn_border_plan *p, const gn_map *mask, const gn_arena *arena, int wall) {
    const size_t bins = gn_map_bins(mask);
    /* How much nearer to the wall the nearest point of a bin is than its middle. The direction of an arc changes
     * along it, so half the diagonal is taken, which is the most that it can be. */
    const bool arc = arena->shape == GN_CIRCLE;
    const double across = arc ? M_SQRT2 : fabs(arena->normal[wall][0]) + fabs(arena->normal[wall][1]);
    const double reach = across * mask->bin_width / 2;
    double *distance = p->distance[wall] = gn_alloc(bins, sizeof *distance);
    if (!distance) return GN_EIO;
    const double least = measure(mask, arena, wall, distance);
    double strip = least > reach ? least - reach : 0;    /* the width of what is unvisited along the wall */
    if (strip > STRIP_BINS * mask->bin_width) strip = 0; /* too wide: without bins near it, the wall is left out */
    gn_status status = cut_wall(p, mask, arena, wall, strip);
    if (status) return status;
    for (size_t i = 0; i < bins; i++) {
        double nearest = (distance[i] - reach - strip) / arena->inradius;
        if (nearest < 1e-9) nearest = 0; /* points beyond the wall count as on it */
        if (!(p->nearest[i] <= nearest)) p->nearest[i] = nearest;
        distance[i] = (distance[i] - least) / arena->inradius;
    }
    if (p->pieces[wall]) {
        p->seen++;
    } else {
        free(p->distance[wall]);
        p->distance[wall] = NULL;
    }
    return GN_OK;
}

gn_border_plan *gn_border_plan_new(const gn_map *mask, const gn_arena *arena) {
    gn_border_plan *p = gn_alloc(1, sizeof *p);
    if (!p) return NULL;
    p->bins_x = mask->bins_x;
    p->bins_y = mask->bins_y;
    p->walls = walls_of(arena);
    p->nearest = gn_alloc(gn_map_bins(mask), sizeof *p->nearest);
    gn_status status = p->nearest ? GN_OK : GN_EIO;
    for (size_t i = 0; !status && i < gn_map_bins(mask); i++)
        p->nearest[i] = NAN;
    for (int k = 0; !status && k < p->walls; k++)
        status = add_wall(p, mask, arena, k);
    if (!status) return p;
    gn_border_plan_free(p);
    return NULL;
}

void gn_border_plan_free(gn_border_plan *p) {
    if (!p) return;
    free(p->nearest);
    for (int k = 0; k < GN_CORNERS_MAX; k++) {
        free(p->distance[k]);
        free(p->bin[k]);
    }
    free(p);
}

int gn_border_walls(const gn_border_plan *p) {
    return p->walls;
}
const double *gn_border_distance(const gn_border_plan *p, int wall) {
    return p->distance[wall];
}

const char *gn_border_undefined(const gn_border_plan *p) {
    return p->seen ? NULL : "no wall was visited along half of it";
}

static int root_of(const int *parent, int field) {
    while (parent[field] != field)
        field = parent[field];
    return field;
}

/* Joins two fields under the smaller of their numbers, which was given first. A bin of no field has number 0. */
static void join(int *parent, int a, int b) {
    if (!a || !b) return;
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/* Fills label with 1, 2, ... for the fields of sign * map and 0 elsewhere; returns the number of fields. A bin that
 * has none of the four neighbours that come before it begins a field, which a later bin may join to another. */
static int label_fields(const gn_border_plan *p, const double *map, double sign, double threshold, int *label,
                        int *parent) {
    const int nx = p->bins_x, bins = nx * p->bins_y;
    int begun = 0, fields = 0;
    for (int i = 0, x = 0; i < bins; i++, x = x + 1 == nx ? 0 : x + 1) {
        label[i] = 0;
        if (!(sign * map[i] >= threshold)) continue;
        const int west = x > 0 ? label[i - 1] : 0, south = i >= nx ? label[i - nx] : 0;
        const int south_west = x > 0 && i >= nx ? label[i - nx - 1] : 0;
        const int south_east = x + 1 < nx && i >= nx ? label[i - nx + 1] : 0;
        label[i] = south ? south : west ? west : south_west ? south_west : south_east;
        if (!label[i]) {
            label[i] = ++begun;
            parent[begun] = begun;
        } else if (!south) { /* otherwise the bin below has joined these fields already */
            join(parent, label[i], south_east);
        }
    }
    /* Fields that were joined to others take the numbers of these, and the remaining ones get numbers without gaps. */
    parent[0] = 0;
    for (int f = 1; f <= begun; f++)
        parent[f] = parent[f] == f ? ++fields : parent[parent[f]];
    for (int i = 0; begun > fields && i < bins; i++)
        label[i] = parent[label[i]];
    return fields;
}

static void cover(const gn_border_plan *p, const int *label, int fields, int *count, gn_border *b) {
    for (int wall = 0; wall < p->walls; wall++) {
        const int pieces = p->pieces[wall];
        if (!pieces) continue;
        for (int f = 1; f <= fields; f++)
            count[f] = 0;
        int covered = 0;
        for (int i = 0; i < pieces; i++) {
            count[label[p->bin[wall][i]]]++;
            covered += label[p->bin[wall][i]] > 0;
        }
        b->walls += 2 * covered >= pieces;
        for (int f = 1; f <= fields; f++)
            if ((double)count[f] / pieces > b->coverage) {
                b->coverage = (double)count[f] / pieces;
                b->wall = wall;
            }
    }
}

void gn_border_score(const gn_border_plan *p, const double *map, int *scratch, gn_border *b) {
    const int bins = p->bins_x * p->bins_y;
    int *label = scratch, *other = scratch + bins;
    double low = INFINITY, high = -INFINITY, weight = 0, sum = 0;
    for (int i = 0; i < bins; i++) { /* comparisons with nan are false */
        low = map[i] < low ? map[i] : low;
        high = map[i] > high ? map[i] : high;
    }
    *b = (gn_border){.score = NAN, .coverage = NAN, .distance = NAN, .wall = -1};
    if (!p->seen || !(high - low > 1e-12 * fmax(fabs(low), fabs(high)))) return;
    const double reach = FIELD_SHARE * (high - low);
    int peaks = 0, troughs = 0; /* numbers of bins in the fields of u and of -u */
    for (int i = 0; i < bins; i++) {
        peaks += map[i] >= low + reach;
        troughs += map[i] <= high - reach;
    }
    b->sign = troughs < peaks ? -1 : 1;
    const double least = b->sign > 0 ? low : -high;
    b->coverage = 0;
    cover(p, label, label_fields(p, map, b->sign, least + reach, label, other), other, b);
    for (int i = 0; i < bins; i++) {
        if (!label[i]) continue;
        weight += b->sign * map[i] - least;
        sum += (b->sign * map[i] - least) * p->nearest[i];
    }
    b->distance = sum / weight;
    /* Without coverage it is -1, also where both are 0: a field at a wall that was left out. */
    b->score = b->coverage > 0 ? (b->coverage - b->distance) / (b->coverage + b->distance) : -1;
}
