/* train: trains a network by a recipe from a seed, and writes checkpoints and a log. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/progress.h"
#include "network/recipe.h"

/* Files beside OUTPUT: what is needed to resume, the duration of each update. */
#define STATE ".state"
#define SECONDS ".seconds.tsv"

/* ---- checkpoints ---------------------------------------------------------------------------------- */

/* The next number of a list of updates; -1 at its end, -2 when it is not a number. */
static long next_update(const char **list) {
    char *end;
    if (!**list) return -1;
    errno = 0;
    const long value = **list >= '0' && **list <= '9' ? strtol(*list, &end, 10) : -2;
    if (value < 0 || value > 1000000 || (*end && (*end != ',' || !end[1]))) return -2;
    *list = *end ? end + 1 : end;
    return value;
}

static gn_status check_checkpoints(const gn_options *o) {
    const char *list = gn_option_text(o, "checkpoint-updates"), *rest = list;
    for (long update = 0; update != -1;)
        if ((update = next_update(&rest)) == -2)
            return gn_fail(GN_EUSAGE,
                           "--checkpoint-updates: '%s' is not a list of updates from 0 to 1000000 "
                           "separated by commas",
                           list);
    return GN_OK;
}

static gn_status name_checkpoint(const gn_options *o, long update, gn_text *path) {
    return gn_text_format(path, "%s/update-%06ld.gn", gn_option_text(o, "checkpoints"), update);
}

/* Names the files beside --output, then the checkpoints. */
static const char *beside(const gn_options *o, int i, gn_text *path) {
    static const char *const ending[] = {STATE, SECONDS};
    const char *list = gn_option_text(o, "checkpoint-updates");
    if (i < 2) {
        gn_text_format(path, "%s%s", gn_option_output(o), ending[i]);
        return "output";
    }
    long update = gn_option_given(o, "checkpoints") ? next_update(&list) : -1;
    for (int k = 2; k < i && update >= 0; k++)
        update = next_update(&list);
    if (update < 0) return NULL;
    name_checkpoint(o, update, path);
    return "checkpoints";
}

/* Says in what the recipe differs from that of the network that is continued, which is not taken over. */
static gn_status say_unlike(const gn_options *o, const gn_training *t) {
    const char *path = gn_option_text(o, "continue");
    gn_file *file = NULL;
    gn_text unlike = {0};
    if (!path) return GN_OK;
    gn_status status = gn_file_read(path, "network", &file);
    if (!status) status = gn_recipe_unlike(t, file, &unlike);
    if (!status && unlike.size) fprintf(stderr, "train: %s was trained otherwise: %s\n", path, unlike.byte);
    free(unlike.byte);
    gn_file_free(file);
    return status;
}

/* ---- the training ---------------------------------------------------------------------------------- */

/* Resumes from --resume or, without it, from OUTPUT.state if that exists and has this recipe. */
static gn_status take_up(const gn_options *o, const char *state_path, gn_training *t) {
    const char *resume = gn_option_text(o, "resume"), *path = resume ? resume : state_path;
    bool same;
    char differs[GN_DIFFERS];
    if (!resume && access(path, F_OK)) return GN_OK;
    gn_status status = gn_training_take_up(t, path, &same, differs);
    if (status) return status;
    if (!same && resume) return gn_fail(GN_EFILE, "%s: %s: --resume needs the same options", path, differs);
    if (!same) fprintf(stderr, "train: %s is of another recipe: %s; starting afresh\n", path, differs);
    if (same && t->update > t->updates)
        return gn_fail(GN_EUSAGE, "--updates %d: %s is past it (update %d)", t->updates, path, t->update);
    if (same && !resume) fprintf(stderr, "train: resuming %s at update %d\n", path, t->update);
    return GN_OK;
}

typedef struct {
    const gn_options *options;
    const char *state_path, *kernel;
    gn_progress *progress;
} keeper;

static gn_status keep_checkpoint(const gn_options *o, const gn_training *t) {
    const char *list = gn_option_text(o, "checkpoint-updates");
    long update = gn_option_given(o, "checkpoints") ? next_update(&list) : -1;
    while (update >= 0 && update != t->update)
        update = next_update(&list);
    if (update < 0) return GN_OK;
    gn_text path = {0};
    gn_status status = name_checkpoint(o, update, &path);
    if (!status) status = gn_training_save(t, path.byte, false);
    free(path.byte);
    return status;
}

static gn_status after_update(void *context, const gn_training *t, const gn_log_row *row) {
    const keeper *k = context;
    const int threads = gn_option_threads(k->options);
    if (!row) fprintf(stderr, "train: %s kernels, %d thread%s\n", k->kernel, threads, threads > 1 ? "s" : "");
    if (!row) return t->update == t->first ? keep_checkpoint(k->options, t) : GN_OK;
    gn_status status = keep_checkpoint(k->options, t);
    if (!status && t->update % gn_option_int(k->options, "state-every") == 0 && t->update < t->updates)
        status = gn_training_save(t, k->state_path, true);
    char note[96];
    snprintf(note, sizeof note, "mse %.5f, CG %g/%g, rho %.2f", row->error, row->cg_kept, row->cg_steps, row->rho);
    gn_progress_update(k->progress, (size_t)t->update, note);
    return status;
}

static gn_status train(const gn_options *o, const gn_kernel *kernel, const char *state_path, gn_training *t) {
    gn_pool *pool = NULL;
    gn_status status = gn_pool_new(gn_option_threads(o), &pool);
    if (status) return status;
    keeper k = {o, state_path, kernel->name, gn_progress_start("train", (size_t)t->update, (size_t)t->updates)};
    status = gn_training_run(t, kernel, pool, after_update, &k);
    gn_progress_finish(k.progress);
    if (status == GN_ENUM && gn_training_save(t, state_path, true) == GN_OK)
        fprintf(stderr, "train: the state before update %d is kept in %s\n", t->update, state_path);
    gn_pool_free(pool);
    return status;
}

static gn_status run(const gn_options *o) {
    gn_training t = {0};
    gn_trajectories given = {0};
    const char *output = gn_option_output(o);
    char state_path[strlen(output) + sizeof STATE], seconds_path[strlen(output) + sizeof SECONDS];
    snprintf(state_path, sizeof state_path, "%s" STATE, output);
    snprintf(seconds_path, sizeof seconds_path, "%s" SECONDS, output);
    const gn_kernel *kernel = gn_kernel_select();
    gn_status status = kernel ? check_checkpoints(o) : GN_EUSAGE;
    if (!status) status = gn_training_from_options(o, &t, &given);
    if (!status) status = say_unlike(o, &t);
    if (!status) status = take_up(o, state_path, &t);
    if (!status) status = train(o, kernel, state_path, &t);
    if (!status) status = gn_training_write_log(&t, gn_option_text(o, "log"), seconds_path);
    if (!status) status = gn_training_save(&t, output, false);
    if (!status) remove(state_path);
    gn_training_free(&t);
    gn_trajectories_free(&given);
    return status;
}

static const gn_program program = {
    .name = "train",
    .algorithm = 1,
    .purpose = "trains a network to report its position from speed and direction",
    .operands = "",
    .option = gn_training_options,
    .details =
        "These defaults are not the study's: experiments add --still diffusing --coding radians "
        "--zero-speed-mode density --no-self-connections (experiments/defaults.mk).\n\n"
        "The objective is E/2 + l2 R_L2 + metabolic R_FR (Eqs. 3-5) + contraction R_C. The optimiser is Hessian-free "
        "with structural damping (Martens & Sutskever 2011), or Adam as a baseline. The result depends only on the "
        "recipe and the seed: threads, vector width and interruptions do not change a bit of it. During the training "
        "OUTPUT.state has all that is needed to resume it; the same command does so. The duration of each update is "
        "written to OUTPUT.seconds.tsv.\n\n"
        "With --trajectories, every trial of every update is drawn at random from the file's trials; the header has "
        "the hash of their positions as recipe.trajectories.",
    .run = run,
    .beside = beside,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
