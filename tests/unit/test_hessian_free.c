/* One update: its objective falls, its log is true, its weights are adapted by the rules of the recipe, it changes
 * nothing when numbers diverge, and it gives the same bytes with any number of threads. */
#include <math.h>

#include "gn_test.h"
#include "network/draw.h"
#include "network/hessian_free.h"
#include "network/initialise.h"

enum { UNITS = 9, TRIALS = 24, CURVATURE = 16, STEPS = 30 };

typedef struct {
    gn_network net;
    gn_batch batch, fewer;
    gn_pool *pool;
    gn_gradient *gradient;
    gn_hessian_free *hf;
    gn_optimiser_options options;
    gn_optimiser_state state;
    gn_log_row row;
    size_t size;
} fixture;

static gn_optimiser_options recipe(void) {
    return (gn_optimiser_options){.optimiser = GN_HF,
                                  .cg_iterations = 30,
                                  .cg_decay = 0.95,
                                  .damping_scale = 3000,
                                  .gradient_clip = 10,
                                  .metabolic_floor = 0.025,
                                  .metabolic_ceiling = 0.25,
                                  .self_connections = true,
                                  .learning_rate = 1e-3};
}

static fixture make(gn_optimiser_options options, double l2, double metabolic, int threads) {
    fixture f = {.options = options, .state = {.l2 = l2, .metabolic = metabolic}};
    assert_ok(gn_network_new(UNITS, 2, 2, &f.net));
    f.net.noise_sd = 0.1f;
    f.net.steps = STEPS;
    f.net.walk = (gn_walk){.zero_speed = 0.5, .turn_sd = 1.0 / 3, .top_speed = 0.2};
    assert_ok(gn_arena_make(GN_SQUARE, 0, &f.net.walk.arena));
    assert_ok(gn_initialise(&f.net, GN_ORTHOGONAL, 0, options.self_connections, gn_test_seed()));
    const gn_kernel *kernel = gn_kernel_select();
    assert_ok(gn_pool_new(threads, &f.pool));
    assert_ok(gn_batch_new(&f.net, TRIALS, STEPS, true, &f.batch));
    assert_ok(gn_batch_new(&f.net, CURVATURE, STEPS, true, &f.fewer));
    assert_ok(gn_gradient_new(&f.net, TRIALS, CURVATURE, STEPS, kernel, f.pool, &f.gradient));
    assert_ok(gn_hessian_free_new(&f.net, &f.options, f.gradient, &f.hf));
    assert_ok(gn_batch_draw(&f.batch, &f.net, gn_test_seed(), 0, kernel, f.pool));
    assert_ok(gn_batch_draw(&f.fewer, &f.net, gn_test_seed(), 0, kernel, f.pool));
    f.size = gn_network_size(&f.net);
    f.state.step = gn_alloc(f.size, sizeof *f.state.step);
    f.state.moment = gn_alloc(f.size, sizeof *f.state.moment);
    if (options.cg_pairs) assert_ok(gn_pairs_new(f.size, options.cg_pairs, options.cg_iterations, &f.state.pairs));
    return f;
}

static void destroy(fixture *f) {
    gn_hessian_free_free(f->hf);
    gn_gradient_free(f->gradient);
    gn_batch_free(&f->batch);
    gn_batch_free(&f->fewer);
    gn_pool_free(f->pool);
    gn_network_free(&f->net);
    free(f->state.step);
    free(f->state.moment);
    gn_pairs_free(&f->state.pairs);
}

static void update(fixture *f, int number) {
    assert_ok(gn_hessian_free_update(f->hf, number, &f->batch, &f->fewer, &f->net, &f->state, &f->row));
}

static float *parameters(const fixture *f) {
    float *p = gn_alloc(f->size, sizeof *p);
    memcpy(p, f->net.parameter, f->size * sizeof *p);
    return p;
}

static gn_weights row_weights(const fixture *f) {
    return (gn_weights){.l2 = f->row.l2_weight,
                        .metabolic = f->row.metabolic_weight,
                        .damping = f->row.damping,
                        .contraction = f->row.contraction_weight};
}

/* The log row and the step of an update agree with the objective and the curvature. */
static void objective_falls(void **unused) {
    (void)unused;
    fixture f = make(recipe(), 0.25, 0.05, 1);
    double first = 0;
    for (int u = 0; u < 12; u++) {
        float *before = parameters(&f);
        update(&f, u);
        const gn_log_row *r = &f.row;
        if (u == 0) first = r->error;
        gn_terms was = gn_objective(f.gradient, &f.batch, before, row_weights(&f));
        gn_terms is = gn_objective(f.gradient, &f.batch, f.net.parameter, row_weights(&f));
        assert_true(was.total == r->objective && was.error == r->error);
        assert_true(r->l2_term == r->l2_weight * was.l2);
        assert_true(r->metabolic_term == r->metabolic_weight * was.rate);
        assert_true(r->damping == 3000 * r->l2_weight);
        assert_true(is.total == r->objective_after && is.total < was.total);
        assert_true(r->cg_phi < 0 && r->cg_kept <= r->cg_steps && r->cg_steps <= 30);
        if (r->line_rate == 1) { /* only then is the step the iterate for which rho is computed */
            assert_true(fabs(r->rho - (is.total - was.total) / r->cg_phi) < 1e-12 * fabs(r->rho));
            double *d = calloc(f.size, sizeof *d), *g = calloc(f.size, sizeof *g);
            double *product = calloc(f.size, sizeof *product), gd = 0, dgd = 0;
            gn_objective_gradient(f.gradient, &f.batch, before, row_weights(&f), g);
            for (size_t i = 0; i < f.size; i++)
                d[i] = (double)f.net.parameter[i] - (double)before[i];
            gn_curvature_at(f.gradient, &f.fewer, before);
            gn_curvature_product(f.gradient, row_weights(&f), d, product);
            for (size_t i = 0; i < f.size; i++) {
                gd += g[i] * d[i];
                dgd += d[i] * product[i];
            }
            assert_true(fabs(gd + dgd / 2 - r->cg_phi) < 2e-3 * fabs(r->cg_phi));
            free(d);
            free(g);
            free(product);
        }
        free(before);
    }
    assert_true(f.row.error < 0.5 * first);
    destroy(&f);
}

static void near_value(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-12 * fabs(expected))) fail_msg("%.17g, expected %.17g", value, expected);
}

/* Weights before the update -> weights used, by the shares of the terms in M = E/2. */
static void adaptive_weights(void **unused) {
    (void)unused;
    static const struct {
        double l2, metabolic, l2_factor, metabolic_factor;
    } cases[] = {
        {100, 0.05, 2.0 / 3, 0},  /* L >= M/6 */
        {1e-9, 0.05, 3.0 / 2, 0}, /* L <= M/1000 */
        {0.25, 1e3, 0, 2.0 / 3},  /* F >= M/4 */
        {0.25, 1e-9, 0, 3.0 / 2}, /* F <= M/40 */
        {100, 1e-9, 2.0 / 3, 3.0 / 2},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fixture f = make(recipe(), cases[c].l2, cases[c].metabolic, 1);
        gn_terms t = gn_objective(f.gradient, &f.batch, f.net.parameter, (gn_weights){0});
        double m = t.error / 2, l = cases[c].l2 * t.l2, r = cases[c].metabolic * t.rate;
        double by_l2 = l >= m / 6 ? 2.0 / 3 : l <= m / 1000 ? 1.5 : 1;
        double by_rate = r >= m / 4 ? 2.0 / 3 : r <= m / 40 ? 1.5 : 1;
        if (cases[c].l2_factor > 0) near_value(by_l2, cases[c].l2_factor);
        if (cases[c].metabolic_factor > 0) near_value(by_rate, cases[c].metabolic_factor);
        update(&f, 0);
        near_value(f.row.l2_weight, cases[c].l2 * by_l2);
        near_value(f.row.metabolic_weight, cases[c].metabolic * by_rate);
        near_value(f.state.metabolic, f.row.metabolic_weight);
        /* After the step, rho adapts the L2 weight, which is the damping. */
        double by_rho = f.row.rho > 0.75 ? 2.0 / 3 : f.row.rho < 0.25 ? 1.5 : 1;
        near_value(f.state.l2, f.row.l2_weight * by_rho);
        destroy(&f);
    }
}

/* The weight of the contraction penalty is adapted by the same rule, between bounds that may still be rising. */
static void contraction_weight(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.contraction_ceiling = 0.5;
    options.contraction_floor = 0.25;
    for (int i = 0; i < 2; i++)
        for (int half = 0; half < 2; half++) {
            fixture f = make(options, 0.25, 0.05, 1);
            gn_terms t = gn_objective(f.gradient, &f.batch, f.net.parameter, (gn_weights){.contraction = 1});
            assert_true(t.contraction > 0);
            /* just above the ceiling or just below the floor; at half of the bounds, above both or inside */
            f.state.contraction = t.error / 2 / t.contraction * (i ? 0.51 : 0.24);
            const double before = f.state.contraction;
            gn_hessian_free_rise(f.hf, half ? 0.5 : 1);
            update(&f, 0);
            near_value(f.row.contraction_weight, before * (i ? 2.0 / 3 : half ? 1 : 1.5));
            near_value(f.row.contraction_term, f.row.contraction_weight * t.contraction);
            gn_terms was = gn_objective(f.gradient, &f.batch, f.net.parameter, row_weights(&f));
            assert_true(was.total == f.row.objective_after && f.row.objective_after < f.row.objective);
            destroy(&f);
        }
}

/* With a damping of its own, rho adapts the damping, and the L2 weight is adapted only by its bounds. */
static void damping_apart(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.damping_apart = options.l2_fixed = true;
    fixture f = make(options, 2e-4, 0.05, 1);
    f.state.damping = 30;
    int moved = 0;
    for (int u = 0; u < 10; u++) {
        const double before = f.state.damping;
        update(&f, u);
        assert_true(f.row.damping == before && f.row.l2_weight == 2e-4 && f.state.l2 == 2e-4);
        near_value(f.state.damping / before, f.row.rho > 0.75 ? 2.0 / 3 : f.row.rho < 0.25 ? 1.5 : 1);
        moved += f.state.damping != before;
    }
    assert_true(moved > 0);
    destroy(&f);
}

/* CG starts next from its last iterate, or from the one that backtracking chose, which is the step if the line search
 * takes it whole. */
static void start_of_the_next(void **unused) {
    (void)unused;
    int differ = 0;
    for (int kept = 0; kept < 2; kept++) {
        gn_optimiser_options options = recipe();
        options.cg_from_kept = kept;
        fixture f = make(options, 0.25, 0.05, 1);
        for (int u = 0; u < 12; u++) {
            float *before = parameters(&f);
            update(&f, u);
            double apart = 0, norm = 0;
            for (size_t i = 0; i < f.size; i++) {
                const double step = (double)f.net.parameter[i] - (double)before[i];
                apart += pow(step - f.row.line_rate * (double)f.state.step[i], 2);
                norm += step * step;
            }
            const bool same = apart <= 1e-8 * norm;
            assert_true(same || (!kept && f.row.cg_kept < f.row.cg_steps));
            differ += !same;
            free(before);
        }
        destroy(&f);
    }
    assert_true(differ > 0);
}

static void fixed_weights(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.l2_fixed = options.metabolic_fixed = true;
    fixture f = make(options, 100, 1e3, 1);
    for (int u = 0; u < 2; u++)
        update(&f, u);
    assert_true(f.state.l2 == 100 && f.state.metabolic == 1e3);
    assert_true(f.row.l2_weight == 100 && f.row.metabolic_weight == 1e3);
    destroy(&f);
}

/* Over many updates rho is sometimes below and sometimes above its bounds, and the weights follow the rule. */
static void rho_rule(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.damping_scale = 0; /* steps are so large that the quadratic model is often wrong */
    options.cg_iterations = 60;
    int lowered = 0, raised = 0;
    for (int run = 0; run < 2; run++) {
        fixture f = make(run ? recipe() : options, 0.25, 0.05, 1);
        for (int u = 0; u < 15; u++) {
            update(&f, u);
            double factor = f.state.l2 / f.row.l2_weight;
            near_value(factor, f.row.rho > 0.75 ? 2.0 / 3 : f.row.rho < 0.25 ? 1.5 : 1);
            lowered += factor < 0.9;
            raised += factor > 1.1;
            assert_true(f.row.objective_after <= f.row.objective);
        }
        destroy(&f);
    }
    assert_true(lowered > 0 && raised > 0);
}

static void gradient_is_clipped(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.optimiser = GN_ADAM;
    options.gradient_clip = 1e-3;
    options.l2_fixed = options.metabolic_fixed = true;
    fixture f = make(options, 0.25, 0.05, 1);
    float *before = parameters(&f);
    double *g = calloc(f.size, sizeof *g), norm = 0;
    gn_objective_gradient(f.gradient, &f.batch, before, (gn_weights){.l2 = 0.25, .metabolic = 0.05}, g);
    for (size_t i = 0; i < f.size; i++)
        norm += g[i] * g[i];
    norm = sqrt(norm);
    assert_true(norm > 1e-3);
    update(&f, 0);
    near_value(f.row.gradient_norm, norm); /* as it was before */
    /* Adam's first step (Kingma & Ba 2015): both moments are corrected to the gradient itself. */
    for (size_t i = 0; i < f.size; i++) {
        double clipped = g[i] * 1e-3 / norm;
        double want = (double)before[i] - 1e-3 * clipped / (fabs(clipped) + 1e-8);
        assert_true(fabs((double)f.net.parameter[i] - want) < 1e-7 * (1 + fabs(want)));
        assert_true(fabs((double)f.state.step[i] - 0.1 * clipped) <= 1e-7 * fabs(clipped));
        assert_true(fabs((double)f.state.moment[i] - 0.001 * clipped * clipped) <= 1e-6 * clipped * clipped + 1e-30);
    }
    free(before);
    free(g);
    destroy(&f);
}

static void adam_learns(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.optimiser = GN_ADAM;
    options.learning_rate = 0.01;
    fixture f = make(options, 0.25, 0.05, 1);
    update(&f, 0);
    const double first = f.row.error;
    for (int u = 1; u < 60; u++)
        update(&f, u);
    assert_true(f.row.error < 0.7 * first && isnan(f.row.objective_after));
    destroy(&f);
}

static void no_self_connections(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.self_connections = false;
    for (int optimiser = GN_HF; optimiser <= GN_ADAM; optimiser++) {
        options.optimiser = (gn_optimiser)optimiser;
        fixture f = make(options, 0.25, 0.05, 1);
        float *before = parameters(&f);
        for (int u = 0; u < 3; u++)
            update(&f, u);
        for (int i = 0; i < UNITS; i++)
            assert_true(f.net.rec[i * (UNITS + 1)] == 0);
        assert_true(f.net.rec[1] != before[1]);
        free(before);
        destroy(&f);
    }
}

/* Numbers that are not finite: reported, and the network is left as it was. */
static void divergence(void **unused) {
    (void)unused;
    static const struct {
        float value;
        bool readout;
    } cases[] = {{1e25f, true}, {NAN, true}, {INFINITY, false}};
    for (int c = 0; c < 3; c++) {
        fixture f = make(recipe(), 0.25, 0.05, 1);
        if (cases[c].readout)
            f.net.out[3] = cases[c].value;
        else
            f.net.rec[5] = cases[c].value;
        float *before = parameters(&f);
        gn_error_clear();
        assert_int_equal(gn_hessian_free_update(f.hf, 7, &f.batch, &f.fewer, &f.net, &f.state, &f.row), GN_ENUM);
        assert_non_null(strstr(gn_error_message(), "update 7"));
        assert_non_null(strstr(gn_error_message(), "must be finite"));
        gn_error_clear();
        assert_memory_equal(f.net.parameter, before, f.size * sizeof *before);
        assert_true(f.state.l2 == 0.25 && f.state.metabolic == 0.05);
        free(before);
        destroy(&f);
    }
}

/* Two updates, then a state saved and restored by hand (on more threads than one): the third is the same. */
static void same_third(gn_optimiser_options options) {
    float *first = NULL;
    for (int threads = 1; threads <= 3; threads++) {
        fixture f = make(options, 0.25, 0.05, threads);
        for (int u = 8; u < 11; u++) { /* including the tenth update, at which CG starts anew */
            if (u == 10 && threads > 1) {
                fixture next = make(options, f.state.l2, f.state.metabolic, threads);
                memcpy(next.net.parameter, f.net.parameter, f.size * sizeof *first);
                memcpy(next.state.step, f.state.step, f.size * sizeof *first);
                if (options.cg_pairs)
                    assert_ok(gn_pairs_restore(&next.state.pairs, (size_t)f.state.pairs.count, f.state.pairs.pair));
                destroy(&f);
                f = next;
            }
            update(&f, u);
        }
        float *p = parameters(&f);
        if (first) {
            assert_memory_equal(p, first, f.size * sizeof *p);
            free(p);
        } else {
            first = p;
        }
        destroy(&f);
    }
    free(first);
}

static void same_bytes(void **unused) {
    (void)unused;
    same_third(recipe());
}

static void same_bytes_preconditioned(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    options.cg_iterations = 15;
    options.cg_pairs = 40;
    same_third(options);
}

/* The preconditioner is used: from the second update on, steps differ from those without it, and the objective falls.
 */
static void preconditioner_is_used(void **unused) {
    (void)unused;
    gn_optimiser_options options = recipe();
    fixture without = make(options, 0.25, 0.05, 1);
    options.cg_pairs = 40;
    fixture with = make(options, 0.25, 0.05, 1);
    double first = 0;
    for (int u = 0; u < 12; u++) {
        update(&without, u);
        update(&with, u);
        if (u == 0) {
            first = with.row.error;
            assert_memory_equal(with.net.parameter, without.net.parameter, with.size * sizeof(float));
        }
        if (u == 1) assert_true(with.row.cg_phi < without.row.cg_phi);
        assert_true(with.state.pairs.count > 0 && with.state.pairs.count <= 40);
        assert_true(with.row.objective_after < with.row.objective);
    }
    assert_true(with.row.error < first);
    destroy(&with);
    destroy(&without);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objective_falls),
        cmocka_unit_test(adaptive_weights),
        cmocka_unit_test(contraction_weight),
        cmocka_unit_test(damping_apart),
        cmocka_unit_test(start_of_the_next),
        cmocka_unit_test(fixed_weights),
        cmocka_unit_test(rho_rule),
        cmocka_unit_test(gradient_is_clipped),
        cmocka_unit_test(adam_learns),
        cmocka_unit_test(no_self_connections),
        cmocka_unit_test(divergence),
        cmocka_unit_test(same_bytes),
        cmocka_unit_test(same_bytes_preconditioned),
        cmocka_unit_test(preconditioner_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
