/* How often units come into a class by chance: the table that calibrate-scores measured (paper/chance.tsv), and the
 * count that chance does not exceed. */
#ifndef GN_CHANCE_H
#define GN_CHANCE_H

#include "io/table.h"
#include "units/score_class.h"
#include "walk/arena.h"

/* Row for the option table of a program that counts classes. */
#define GN_CHANCE_OPTION                                                                                  \
    {                                                                                                     \
        .name = "chance", .type = GN_OPTION_INPUT, .fallback = "",                                        \
        .help = "table of false positives (paper/chance.tsv), for the counts that chance does not exceed" \
    }

typedef struct gn_chance gn_chance;
gn_status gn_chance_read(const char *path, gn_chance **);
void gn_chance_free(gn_chance *); /* NULL is fine */

/* The rate of a unit whose map is so wide (bins; nan: constant, never in a class): the upper 95% limit of that of all
 * surrogates of the bin of widths that it falls into, or of the nearest that has any; in arenas that were not measured,
 * the largest of the others'. */
double gn_chance_rate(const gn_chance *, gn_class, gn_shape arena, double width);
/* How many times wider than independent units' the counts of a class were spread over the arena's untrained networks
 * (their variance), 1 at least; in arenas that were not measured, the largest of the others'. */
double gn_chance_dispersion(const gn_chance *, gn_class, gn_shape arena);

/* The smallest count that chance does not exceed in 99% of networks, of units with these rates. Their number is taken
 * to have the mean of the rates' sum and the variance of independent units (sum of p (1 - p)) times the dispersion:
 * exactly Poisson's binomial with dispersion 1, else a negative binomial or, where the variance is below the mean,
 * Poisson's. GN_EIO: no memory. */
gn_status gn_chance_bound(size_t units, const double *rate, double dispersion, double *bound);

/* The value in the header of a scores table of a key of the arena (arena, arena-size, arena-corners) in which the
 * animal walked: as probed where this is said, else as trained. NULL: none. */
const char *gn_arena_key(const gn_table *scores, const char *key);

/* That count for each class of the units of a scores table, by its arena and their widths; nan where there are no rates
 * (classes other than grid, band and border, or a table without arena or widths). */
#define GN_CHANCE_COLUMNS "grid_chance\tband_chance\tborder_chance"
gn_status gn_chance_of_scores(const gn_chance *, const gn_table *scores, double bound[GN_CLASSES]);

#endif
