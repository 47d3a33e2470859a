/* How often what a row of the claims looks for would be found: units of a class (paper/power.tsv, which
 * calibrate-scores measures), and how far a statistic varies over walks of one network (paper/precision.tsv, which
 * audit-claims itself measures). */
#ifndef GN_POWER_H
#define GN_POWER_H

#include "base/text.h"
#include "io/table.h"
#include "units/score_class.h"
#include "walk/arena.h"

typedef struct gn_power gn_power;
/* Either path may be NULL: what that table has is then not known. */
gn_status gn_power_read(const char *power_path, const char *precision_path, gn_power **);
void gn_power_free(gn_power *); /* NULL is fine */

/* How many units of a class a verdict needs: of `units` of one or more networks more than `bound` must be found. */
typedef struct {
    gn_class class;
    size_t units;
    double bound; /* nan: the verdict is not about a number of units */
} gn_needed;

/* Adds to the text how often units of the class are found, by pattern, and, with a bound, of how many such units on
 * more than the bound are found in nine of ten cases. Nothing when the arena was not measured. */
void gn_power_of_class(const gn_power *, gn_class, gn_shape arena, const gn_needed *, gn_text *);
/* Adds how far the values of row `id` vary over walks of one network of the experiment; false when it was not measured.
 */
bool gn_power_of_walks(const gn_power *, const char *id, const char *experiment, gn_text *);

/* The smallest number of units of which more than `bound` are found with probability 0.9, each with probability
 * `found`; more than `units` when not even that many are enough. */
size_t gn_least_units(double found, double bound, size_t units);

#endif
