/* The table of scores, and that of all surrogates' scores. */
#ifndef GN_SCORE_TABLE_H
#define GN_SCORE_TABLE_H

#include "io/table.h"
#include "units/probed.h"
#include "units/score_unit.h"

/* GN_EFILE unless a table that was measured with the scores (key score.algorithm) was so with this version of them. */
gn_status gn_score_check_version(const gn_table *, const char *path);

/* The columns of a row, for gn_tsv_columns(). */
extern const char gn_score_columns[];
/* A unit's row, whose end the caller puts. p95, p99 and z are those of the shifts, or, when there are none, of the
 * noise. */
void gn_score_row(gn_tsv *, int unit, const gn_unit_scores *, const gn_tuning_scores *);
/* The thresholds of the classes, as header keys. */
gn_status gn_score_thresholds(gn_tsv *);

/* Columns and rows of the nulls: of every unit its own scores and those of its shifts, surrogate (units,
 * GN_NULL_SCORES, shifts); then those of the noise, whose unit is -1. */
gn_status gn_score_nulls(gn_tsv *, size_t units, const gn_unit_scores *, int shifts, const double *surrogate,
                         const gn_noise *);

#endif
