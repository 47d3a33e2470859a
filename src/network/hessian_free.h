/* One update of a training: by Hessian-free optimisation (Martens & Sutskever 2011) as in the authors' published
 * recipe, or by Adam with gradient clipping as a baseline. */
#ifndef GN_HESSIAN_FREE_H
#define GN_HESSIAN_FREE_H

#include "network/conjgrad.h"
#include "network/gradient.h"

typedef enum { GN_HF, GN_ADAM } gn_optimiser;

/* The optimiser's part of a recipe. */
typedef struct {
    gn_optimiser optimiser;
    int cg_iterations;
    int cg_pairs;                              /* number of pairs that precondition CG; 0: no preconditioner */
    double cg_tolerance;                       /* of the stopping rule of CG; 0: Martens' 5e-4 */
    double cg_decay;                           /* CG starts from the previous step times this */
    bool cg_from_kept;                         /* that step is the one chosen by backtracking, not the last iterate */
    bool damping_apart;                        /* rho adapts the structural damping itself instead of l2 */
    double damping_scale;                      /* otherwise the structural damping is this times l2 */
    double gradient_clip;                      /* largest norm of the gradient */
    double metabolic_floor, metabolic_ceiling; /* bounds of the metabolic term fr R_FR, as shares of E/2 */
    double contraction_floor, contraction_ceiling; /* likewise for the contraction penalty */
    bool metabolic_fixed;                          /* never adapt the metabolic weight */
    bool l2_fixed;                                 /* never adapt the L2 weight (and damping) */
    bool self_connections;                         /* false: the diagonal of W_rec stays zero */
    double learning_rate;                          /* of Adam */
} gn_optimiser_options;

/* The state of the optimiser between updates: all that a resumed training needs beside the network. */
typedef struct {
    double l2, metabolic; /* weights of the terms, as adapted so far */
    double contraction;   /* likewise; 0: there is no contraction penalty */
    double damping;       /* structural damping, if it is adapted apart from l2 */
    float *step;          /* (size) the iterate from which CG starts next; the first moment of Adam */
    float *moment;        /* (size) the second moment of Adam; NULL for Hessian-free */
    gn_pairs pairs;       /* of CG at earlier updates; not used when cg_pairs is 0 */
} gn_optimiser_state;

/* Columns of the training log; those of the contraction penalty are added only when there is one. */
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
/* Multiplies ceiling and floor of the contraction penalty by this share from now on; it is 1 at first. */
void gn_hessian_free_rise(gn_hessian_free *, double share);

/* Makes update number `update` (from 0) of `net`. The objective and gradient are those of `batch`; curvature products
 * use the batch `curvature`, which may be the same. GN_ENUM when a term or the gradient is not finite; the network and
 * the state are then unchanged. */
gn_status gn_hessian_free_update(gn_hessian_free *, int update, const gn_batch *batch, const gn_batch *curvature,
                                 gn_network *net, gn_optimiser_state *state, gn_log_row *row);

#endif
