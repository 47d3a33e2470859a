#include "network/hessian_free.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gn_hessian_free {
    gn_optimiser_options options;
    gn_gradient *gradient;
    size_t size;
    int units;
    gn_conjgrad cg;
    double *g, *start; /* gradient; where CG starts */
    float *candidate;  /* parameters whose objective is being evaluated */
    gn_weights weights;
    double risen; /* share that the bounds of the contraction penalty have reached */
};

gn_status gn_hessian_free_new(const gn_network *net, const gn_optimiser_options *options, gn_gradient *gradient,
                              gn_hessian_free **out) {
    gn_hessian_free *hf = gn_alloc(1, sizeof *hf);
    if (!hf) return GN_EIO;
    hf->options = *options;
    hf->risen = 1;
    hf->gradient = gradient;
    hf->size = gn_network_size(net);
    hf->units = net->units;
    hf->g = gn_alloc(hf->size, sizeof *hf->g);
    hf->start = gn_alloc(hf->size, sizeof *hf->start);
    hf->candidate = gn_alloc(hf->size, sizeof *hf->candidate);
    if (!hf->g || !hf->start || !hf->candidate || gn_conjgrad_new(hf->size, options->cg_iterations, &hf->cg)) {
        gn_hessian_free_free(hf);
        return GN_EIO;
    }
    if (options->cg_tolerance > 0) hf->cg.tolerance = options->cg_tolerance;
    *out = hf;
    return GN_OK;
}

void gn_hessian_free_free(gn_hessian_free *hf) {
    if (!hf) return;
    gn_conjgrad_free(&hf->cg);
    free(hf->g);
    free(hf->start);
    free(hf->candidate);
    free(hf);
}

void gn_hessian_free_rise(gn_hessian_free *hf, double share) {
    hf->risen = share;
}

/* Sets the elements of self-connections to zero when the recipe has none. */
static void project(const gn_hessian_free *hf, double *v) {
    if (hf->options.self_connections) return;
    for (int i = 0; i < hf->units; i++)
        v[(size_t)i * (size_t)(hf->units + 1)] = 0;
}

static void multiply(void *context, const double *v, double *product) {
    gn_hessian_free *hf = context;
    gn_curvature_product(hf->gradient, hf->weights, v, product);
    project(hf, product);
}

/* Adapts the weights of the terms (Appendix E of the paper), with the bounds of the authors' code, so that no term
 * dominates and none becomes negligible. */
static void adapt(const gn_optimiser_options *o, double risen, const gn_terms *terms, gn_optimiser_state *state) {
    const double error = terms->error / 2;
    const double l2 = state->l2 * terms->l2, rate = state->metabolic * terms->rate;
    if (!o->l2_fixed) {
        if (l2 >= error / 6) state->l2 *= 2.0 / 3.0;
        if (l2 <= error / 1000) state->l2 *= 3.0 / 2.0;
    }
    if (!o->metabolic_fixed) {
        if (rate >= error * o->metabolic_ceiling) state->metabolic *= 2.0 / 3.0;
        if (rate <= error * o->metabolic_floor) state->metabolic *= 3.0 / 2.0;
    }
    const double contraction = state->contraction * terms->contraction;
    if (contraction >= error * o->contraction_ceiling * risen) state->contraction *= 2.0 / 3.0;
    if (contraction <= error * o->contraction_floor * risen) state->contraction *= 3.0 / 2.0;
}

static gn_weights weights_of(const gn_optimiser_options *o, const gn_optimiser_state *state) {
    return (gn_weights){.l2 = state->l2,
                        .metabolic = state->metabolic,
                        .damping = o->damping_apart ? state->damping : o->damping_scale * state->l2,
                        .contraction = state->contraction};
}

static gn_status check(const gn_terms *terms, int update) {
    const struct {
        const char *name;
        double value;
    } term[] = {{"error", terms->error}, {"l2", terms->l2}, {"rate", terms->rate}, {"contraction", terms->contraction}};
    for (int i = 0; i < 4; i++)
        if (!isfinite(term[i].value))
            return gn_fail(GN_ENUM, "update %d: the %s term is %g (must be finite)", update, term[i].name,
                           term[i].value);
    return GN_OK;
}

/* The objective at net + rate * d; infinite when it is not finite. */
static double objective_at(gn_hessian_free *hf, const gn_batch *batch, const gn_network *net, const double *d,
                           double rate) {
    for (size_t i = 0; i < hf->size; i++)
        hf->candidate[i] = (float)((double)net->parameter[i] + rate * d[i]);
    double total = gn_objective(hf->gradient, batch, hf->candidate, hf->weights).total;
    return isfinite(total) ? total : INFINITY;
}

static void choose_start(const gn_hessian_free *hf, int update, const gn_optimiser_state *state) {
    const double gradient_norm = sqrt(gn_dot(hf->g, hf->g, hf->size));
    double norm = 0;
    for (size_t i = 0; i < hf->size; i++)
        norm += (double)state->step[i] * (double)state->step[i];
    norm = sqrt(norm);
    const bool afresh = update % 10 == 9;
    /* At every tenth update CG starts anew: from a long step down the gradient, which its many iterations correct, or,
     * when it is preconditioned and has fewer iterations, from zero. */
    const bool push = gradient_norm > 0 && !hf->options.cg_pairs;
    for (size_t i = 0; i < hf->size; i++)
        hf->start[i] =
            afresh ? (push ? -2 * norm / gradient_norm * hf->g[i] : 0) : hf->options.cg_decay * (double)state->step[i];
}

static void hessian_free_step(gn_hessian_free *hf, int update, const gn_batch *batch, const gn_batch *curvature,
                              gn_network *net, gn_optimiser_state *state, gn_log_row *row) {
    gn_conjgrad *cg = &hf->cg;
    const double before = row->objective;
    choose_start(hf, update, state);
    gn_curvature_at(hf->gradient, curvature, net->parameter);
    gn_conjgrad_solve(cg, hf->g, hf->start, hf->options.cg_pairs ? &state->pairs : NULL, multiply, hf);

    /* Goes back from the last iterate to earlier ones while the objective on all trials improves. */
    int j = cg->kept - 1;
    double after = objective_at(hf, batch, net, cg->iterate[j], 1.0);
    while (j > 0) {
        double earlier = objective_at(hf, batch, net, cg->iterate[j - 1], 1.0);
        if (!(earlier < after)) break;
        after = earlier;
        j--;
    }
    const double *d = cg->iterate[j];
    row->cg_steps = cg->steps;
    row->cg_kept = cg->at[j];
    row->cg_phi = cg->phi[j];
    row->rho = after > before ? -INFINITY : (after - before) / cg->phi[j];

    const double slope = gn_dot(hf->g, d, hf->size);
    double rate = 1.0;
    int tries = 0;
    while (!(after <= before + 0.01 * rate * slope)) {
        if (++tries == 60) {
            rate = 0;
            after = before;
            break;
        }
        rate *= 0.8;
        after = objective_at(hf, batch, net, d, rate);
    }
    row->line_rate = rate;
    row->line_tries = tries;
    row->objective_after = after;
    /* CG of the next update starts from the last iterate (Martens 2010), so that progress is carried over; or from the
     * one that backtracking chose, as in the authors' published code. */
    const double *last = hf->options.cg_from_kept ? d : cg->iterate[cg->kept - 1];
    for (size_t i = 0; i < hf->size; i++) {
        if (rate > 0) net->parameter[i] = (float)((double)net->parameter[i] + rate * d[i]);
        state->step[i] = (float)last[i];
    }
    /* In the authors' published recipe the L2 weight is also the damping (paper/deviations.tsv), so rho adapts it,
     * unless the damping is a quantity of its own. */
    double *damping = hf->options.damping_apart ? &state->damping : hf->options.l2_fixed ? NULL : &state->l2;
    if (damping && row->rho > 0.75) *damping *= 2.0 / 3.0;
    if (damping && row->rho < 0.25) *damping *= 3.0 / 2.0;
}

/* One step of Adam (Kingma & Ba 2015). */
static void adam_step(gn_hessian_free *hf, int update, gn_network *net, gn_optimiser_state *state, gn_log_row *row) {
    const double b1 = 0.9, b2 = 0.999;
    double c1 = 1, c2 = 1; /* b1^(update+1), b2^(update+1), multiplied out as pow() differs between machines */
    for (int i = 0; i <= update && c2 > 1e-300; i++) {
        c1 *= b1;
        c2 *= b2;
    }
    for (size_t i = 0; i < hf->size; i++) {
        double m = b1 * (double)state->step[i] + (1 - b1) * hf->g[i];
        double v = b2 * (double)state->moment[i] + (1 - b2) * hf->g[i] * hf->g[i];
        state->step[i] = (float)m;
        state->moment[i] = (float)v;
        net->parameter[i] = (float)((double)net->parameter[i] -
                                    hf->options.learning_rate * (m / (1 - c1)) / (sqrt(v / (1 - c2)) + 1e-8));
    }
    row->cg_steps = row->cg_kept = row->cg_phi = row->rho = row->line_tries = 0;
    row->line_rate = hf->options.learning_rate;
    row->objective_after = NAN; /* not computed, as it would cost another forward pass */
}

gn_status gn_hessian_free_update(gn_hessian_free *hf, int update, const gn_batch *batch, const gn_batch *curvature,
                                 gn_network *net, gn_optimiser_state *state, gn_log_row *row) {
    const gn_optimiser_options *o = &hf->options;
    hf->weights = weights_of(o, state);
    gn_terms terms = gn_objective_gradient(hf->gradient, batch, net->parameter, hf->weights, hf->g);
    gn_status status = check(&terms, update);
    if (status) return status;
    const gn_optimiser_state before = *state;
    adapt(o, hf->risen, &terms, state);
    if (state->l2 != before.l2 || state->metabolic != before.metabolic ||
        state->contraction != before.contraction) { /* this is rare */
        hf->weights = weights_of(o, state);
        terms = gn_objective_gradient(hf->gradient, batch, net->parameter, hf->weights, hf->g);
    }
    project(hf, hf->g);
    double norm = sqrt(gn_dot(hf->g, hf->g, hf->size));
    if (!isfinite(norm)) {
        *state = before; /* undoes the adaptation of the weights */
        return gn_fail(GN_ENUM, "update %d: the gradient's norm is %g (must be finite)", update, norm);
    }
    *row = (gn_log_row){.error = terms.error,
                        .l2_term = state->l2 * terms.l2,
                        .metabolic_term = state->metabolic * terms.rate,
                        .objective = terms.total,
                        .l2_weight = state->l2,
                        .metabolic_weight = state->metabolic,
                        .damping = hf->weights.damping,
                        .gradient_norm = norm,
                        .contraction_term = state->contraction * terms.contraction,
                        .contraction_weight = state->contraction};
    if (norm > o->gradient_clip) {
        for (size_t i = 0; i < hf->size; i++)
            hf->g[i] *= o->gradient_clip / norm;
    }
    if (o->optimiser == GN_ADAM)
        adam_step(hf, update, net, state, row);
    else
        hessian_free_step(hf, update, batch, curvature, net, state, row);
    return GN_OK;
}
