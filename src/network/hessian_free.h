/* One training update: Hessian-free (Martens & Sutskever 2011, as the authors' published recipe
 * has it), or Adam with gradient clipping as a baseline. */
#ifndef GN_HESSIAN_FREE_H
#define GN_HESSIAN_FREE_H

#include "network/conjgrad.h"
#include "network/gradient.h"

typedef enum { GN_HF, GN_ADAM } gn_optimiser;

/* The optimiser's part of a recipe. */
typedef struct {
    gn_optimiser optimiser;
    int cg_iterations;
    int cg_pairs;                                  /* that precondition CG; 0: it is not */
    double cg_tolerance;                           /* CG stops when a step gains less; 0: Martens' 5e-4 */
    double cg_decay;                               /* of the previous step, to start CG from */
    bool cg_from_kept;                             /* that step is the one kept by backtracking, not CG's last */
    bool damping_apart;                            /* rho adapts the structural damping itself, and l2 no more */
    double damping_scale;                          /* else structural damping = this times l2 */
    double gradient_clip;                          /* largest norm */
    double metabolic_floor, metabolic_ceiling;     /* bounds of fr R_FR, as shares of E/2 */
    double contraction_floor, contraction_ceiling; /* likewise of the contraction penalty */
    bool metabolic_fixed;                          /* never adapt the metabolic weight */
    bool l2_fixed;                                 /* never adapt the L2 weight (and damping) */
    bool self_connections;                         /* false: the diagonal of W_rec stays zero */
    double learning_rate;                          /* Adam */
} gn_optimiser_options;

/* What an update leaves behind: everything a resumed run needs, and the row of the log. */
typedef struct {
    double l2, metabolic; /* weights, adapted */
    double contraction;   /* likewise; 0: there is no such term */
    double damping;       /* when apart from l2 */
    float *step;          /* (size) CG iterate that the next search starts from; for Adam the first moment */
    float *moment;        /* (size) Adam's second moment; NULL for HF */
    gn_pairs pairs;       /* of earlier CG runs; unused unless cg_pairs */
} gn_optimiser_state;

/* Columns of the training log after `update`; those of the contraction penalty only where there is one. */
#define GN_LOG_COLUMNS                                                              \
    "update\tmse\tl2_term\tmetabolic_term\tobjective\tobjective_after\tl2_weight\t" \
    "metabolic_weight\tdamping\tgradient_norm\tcg_steps\tcg_kept\tcg_phi\trho\tline_rate\tline_tries"
#define GN_LOG_CONTRACTION "\tcontraction_term\tcontraction_weight"
typedef struct {
    double error, l2_term, metabolic_term, objective, objective_after, l2_weight, metabolic_weight, damping,
        gradient_norm, cg_steps, cg_kept, cg_phi, rho, line_rate, line_tries;
    double contraction_term, contraction_weight;
} gn_log_row;
enum { GN_LOG_VALUES = sizeof(gn_log_row) / sizeof(double), GN_LOG_ALWAYS = GN_LOG_VALUES - 2 };

typedef struct gn_hessian_free gn_hessian_free;
gn_status gn_hessian_free_new(const gn_network *, const gn_optimiser_options *, gn_gradient *, gn_hessian_free **);
void gn_hessian_free_free(gn_hessian_free *);
/* From now on ceiling and floor of the contraction penalty are this share of the options'. 1 at first. */
void gn_hessian_free_rise(gn_hessian_free *, double share);

/* Update number `update` (from 0) of `net` on `batch`, curvature on `curvature` (may be the same).
 * GN_ENUM, with the network unchanged, when a term is not finite before the step. */
gn_status gn_hessian_free_update(gn_hessian_free *, int update, const gn_batch *batch, const gn_batch *curvature,
                                 gn_network *net, gn_optimiser_state *state, gn_log_row *row);

#endif
