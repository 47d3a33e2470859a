#include "network/recipe.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#include "base/text.h"
#include "io/container.h"
#include "network/initialise.h"
#include "walk/walk_keys.h"

#define INITIALISATIONS "orthogonal|gaussian"
#define OPTIMISERS "hf|adam"

const gn_option gn_training_options[] = {
    GN_WALK_OPTIONS,
    {.name = "units",
     .type = GN_OPTION_INT,
     .fallback = "100",
     .min = 1,
     .max = 4096,
     .help = "number of recurrent units N"},
    {.name = "steps",
     .type = GN_OPTION_INT,
     .fallback = "500",
     .min = 1,
     .max = 1e6,
     .unit = "steps",
     .help = "length of a trial T"},
    {.name = "trials",
     .type = GN_OPTION_INT,
     .fallback = "500",
     .min = 1,
     .max = 1e6,
     .help = "number of trials for an update; all are fresh unless --trial-lifetime is given"},
    {.name = "curvature-trials",
     .type = GN_OPTION_INT,
     .fallback = "96",
     .min = 1,
     .max = 1e6,
     .help = "how many trials of an update, from the first, enter Gauss-Newton products"},
    {.name = "coding",
     .type = GN_OPTION_CHOICE,
     .fallback = "turns",
     .choices = GN_CODINGS,
     .help = "how the direction is given to the network"},
    {.name = "noise-sd",
     .type = GN_OPTION_REAL,
     .fallback = "0.1",
     .max = 100,
     .help = "standard deviation of the noise"},
    {.name = "noise-site",
     .type = GN_OPTION_CHOICE,
     .fallback = "rate",
     .choices = GN_NOISE_SITES,
     .help = "where the noise is added: to the rate, or to the drive as in Eq. 1"},
    {.name = "initialisation",
     .type = GN_OPTION_CHOICE,
     .fallback = "orthogonal",
     .choices = INITIALISATIONS,
     .help = "kind of the initial W_rec"},
    {.name = "gain",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 100,
     .help = "scale of the initial W_rec; 0: 1 for orthogonal, 1.5 for gaussian"},
    {.name = "no-self-connections", .type = GN_OPTION_FLAG, .fallback = "", .help = "the diagonal of W_rec stays zero"},
    {.name = "metabolic",
     .type = GN_OPTION_REAL,
     .fallback = "0.05",
     .max = 1e6,
     .help = "initial weight of the metabolic cost; 0: no metabolic cost"},
    {.name = "metabolic-ceiling",
     .type = GN_OPTION_REAL,
     .fallback = "0.25",
     .max = 1e6,
     .unit = "share of E/2",
     .help = "the weight of the metabolic term is lowered when the term is above this"},
    {.name = "metabolic-floor",
     .type = GN_OPTION_REAL,
     .fallback = "0.025",
     .max = 1e6,
     .unit = "share of E/2",
     .help = "the weight of the metabolic term is raised when the term is below this"},
    {.name = "metabolic-fixed", .type = GN_OPTION_FLAG, .fallback = "", .help = "do not adapt the metabolic weight"},
    {.name = "l2",
     .type = GN_OPTION_REAL,
     .fallback = "0.25",
     .max = 1e6,
     .help =
         "initial weight of the L2 term on W_in and W_out; without --damping, damping-scale times it is the damping"},
    {.name = "l2-fixed", .type = GN_OPTION_FLAG, .fallback = "", .help = "do not adapt the L2 weight"},
    /* No experiment here changes the next two, or the learning rate of Adam: they are the numbers of the authors'
     * published optimiser, and whoever doubts them can try others. */
    {.name = "damping-scale",
     .type = GN_OPTION_REAL,
     .fallback = "3000",
     .max = 1e9,
     .help = "structural damping, as a multiple of the L2 weight"},
    {.name = "gradient-clip",
     .type = GN_OPTION_REAL,
     .fallback = "10",
     .min = 1e-9,
     .max = 1e9,
     .help = "a gradient with a larger norm is scaled to this norm"},
    {.name = "cg-iterations",
     .type = GN_OPTION_INT,
     .fallback = "50",
     .min = 1,
     .max = 10000,
     .help = "largest number of CG iterations at an update"},
    {.name = "cg-decay",
     .type = GN_OPTION_REAL,
     .fallback = "0.95",
     .max = 1,
     .help = "CG starts from the previous step times this"},
    {.name = "optimiser",
     .type = GN_OPTION_CHOICE,
     .fallback = "hf",
     .choices = OPTIMISERS,
     .help = "Hessian-free, or Adam"},
    {.name = "learning-rate", .type = GN_OPTION_REAL, .fallback = "0.001", .max = 100, .help = "learning rate of Adam"},
    {.name = "cg-pairs",
     .type = GN_OPTION_INT,
     .fallback = "",
     .min = 1,
     .max = 1000,
     .help = "number of pairs of direction and product from earlier updates that precondition CG"},
    {.name = "cg-tolerance",
     .type = GN_OPTION_REAL,
     .fallback = "",
     .min = 1e-9,
     .max = 1,
     .help = "CG stops when the relative progress of an iteration is below this; default: 0.0005"},
    {.name = "curvature-growth",
     .type = GN_OPTION_INT,
     .fallback = "",
     .min = 1,
     .max = 1e6,
     .unit = "updates",
     .help = "until this update the number of trials of Gauss-Newton products grows from 16 to --curvature-trials"},
    {.name = "trial-lifetime",
     .type = GN_OPTION_INT,
     .fallback = "",
     .min = 1,
     .max = 1e6,
     .unit = "updates",
     .help = "number of updates for which a trial stays in the batch, a part of which is renewed at each"},
    {.name = "nonlinearity",
     .type = GN_OPTION_CHOICE,
     .fallback = "tanh",
     .choices = GN_NONLINEARITIES,
     .late = true,
     .help = "the rate as a function of the activation"},
    {.name = "noise-rise",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e6,
     .unit = "updates",
     .late = true,
     .help = "until this update the noise rises linearly from zero"},
    {.name = "contraction",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 1e6,
     .late = true,
     .help =
         "initial weight of the contraction penalty: the mean of the squared Frobenius norm of D W_rec, divided by N, "
         "where D has the slopes of the units on its diagonal; 0: no penalty"},
    {.name = "contraction-ceiling",
     .type = GN_OPTION_REAL,
     .fallback = "0.25",
     .max = 1e6,
     .unit = "share of E/2",
     .late = true,
     .help = "the weight of the contraction penalty is lowered when its term is above this"},
    {.name = "contraction-floor",
     .type = GN_OPTION_REAL,
     .fallback = "0.025",
     .max = 1e6,
     .unit = "share of E/2",
     .late = true,
     .help = "the weight of the contraction penalty is raised when its term is below this"},
    {.name = "contraction-rise",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1e6,
     .unit = "updates",
     .late = true,
     .help = "until this update the ceiling and the floor of the contraction penalty rise linearly from zero"},
    {.name = "readout",
     .type = GN_OPTION_CHOICE,
     .fallback = "position",
     .choices = GN_READOUTS,
     .late = true,
     .help = "what the outputs are trained to be: the position, or the activity of place cells (or grid cells)"},
    {.name = "place-cells",
     .type = GN_OPTION_INT,
     .fallback = "64",
     .min = 1,
     .max = GN_PLACES_MAX,
     .late = true,
     .help = "number of place cells, whose centres are random places in the arena"},
    {.name = "place-kind",
     .type = GN_OPTION_CHOICE,
     .fallback = "gaussian",
     .choices = GN_PLACE_KINDS,
     .late = true,
     .help = "fields of place cells: Gaussians, differences of two Gaussians, or the lattice of a grid cell"},
    {.name = "place-width",
     .type = GN_OPTION_REAL,
     .fallback = "0.25",
     .min = 0.01,
     .max = 100,
     .late = true,
     .unit = "arena units",
     .help = "standard deviation of the fields of place cells, or spacing of the lattice of grid cells"},
    {.name = "place-width-first",
     .type = GN_OPTION_REAL,
     .fallback = "0",
     .max = 100,
     .late = true,
     .unit = "arena units",
     .help = "the same at update 0, from which fields become narrower; 0: they have a constant width"},
    {.name = "place-narrowing",
     .type = GN_OPTION_INT,
     .fallback = "400",
     .min = 1,
     .max = 1e6,
     .late = true,
     .unit = "updates",
     .help = "until this update the fields become narrower, by the same factor at each update"},
    {.name = "cg-start",
     .type = GN_OPTION_CHOICE,
     .fallback = "last",
     .choices = "last|kept",
     .late = true,
     .help = "the iterate from which CG starts at the next update: its last one, or the one that backtracking chose"},
    {.name = "damping",
     .type = GN_OPTION_REAL,
     .fallback = "",
     .max = 1e9,
     .help =
         "first structural damping, which then adapts to rho, the achieved over the predicted fall of the objective, "
         "instead of the L2 weight; not given: damping-scale times the L2 weight"},
    {.name = "updates",
     .type = GN_OPTION_INT,
     .fallback = "1900",
     .max = 1e6,
     .unit = "updates",
     .help = "number of updates"},
    {.name = "continue",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "start from this network's weights instead of random ones; its recipe is not taken over: give its options "
             "too. The terms' weights and CG begin anew; --resume keeps them"},
    {.name = "trajectories",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "train on trials of this file of sample-trajectories, drawn at random, instead of sampled walks"},
    {.name = "resume",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .in_place = true,
     .help = "resume from this checkpoint of the same recipe; --output may name the same file"},
    {.name = "checkpoint-updates",
     .type = GN_OPTION_TEXT,
     .fallback = "0,25,50,100,200,400,800,1200,1600",
     .help = "updates after which a checkpoint is written, separated by commas"},
    {.name = "checkpoints",
     .type = GN_OPTION_FOLDER,
     .fallback = "",
     .free = true,
     .help = "folder of the checkpoints, update-NNNNNN.gn; without it none are written"},
    {.name = "state-every",
     .type = GN_OPTION_INT,
     .fallback = "10",
     .min = 1,
     .max = 1e6,
     .unit = "updates",
     .free = true,
     .help = "how often OUTPUT.state is written, from which a training that was killed resumes"},
    {.name = "log", .type = GN_OPTION_OUTPUT, .fallback = "", .help = "training log, with a row for each update"},
    {0},
};

/* ---- the recipe in a header --------------------------------------------------------------------------- */

static gn_status set_from_option(const gn_options *o, const gn_option *row, const char *key, gn_file *file) {
    switch (row->type) {
        case GN_OPTION_FLAG:
            return gn_file_set(file, key, "%s", gn_option_flag(o, row->name) ? "yes" : "no");
        case GN_OPTION_INT:
            return gn_file_set(file, key, "%lld", (long long)gn_option_int(o, row->name));
        case GN_OPTION_REAL:
            return gn_file_set(file, key, "%.17g", gn_option_real(o, row->name));
        default:
            return gn_file_set(file, key, "%s", gn_option_text(o, row->name));
    }
}

static gn_status write_recipe(const gn_options *o, const gn_walk *walk, gn_file *file) {
    gn_status status = gn_walk_to_file(walk, file);
    for (const gn_option *row = gn_training_options; strcmp(row->name, "updates") != 0 && !status; row++) {
        const bool only_given = row->late || (row->type != GN_OPTION_FLAG && !*row->fallback);
        if (only_given && !gn_option_given(o, row->name)) continue;
        char key[64];
        snprintf(key, sizeof key, "recipe.%s", row->name);
        if (!gn_file_get(file, key))
            status = set_from_option(o, row, key, file); /* the keys of the walk are already set */
    }
    if (!status) status = gn_file_set(file, "recipe.seed", "%llu", (unsigned long long)gn_option_seed(o));
    return status;
}

/* Whether an option says how the animal walks, or what a unit and its inputs are. */
static bool is_of_model(const char *name) {
    static const gn_option walk[] = {GN_WALK_OPTIONS, {0}};
    static const char *const others[] = {"coding",  "noise-sd",     "noise-site", "no-self-connections",
                                         "readout", "nonlinearity", "place-kind", "place-width"};
    for (const gn_option *o = walk; o->name; o++)
        if (strcmp(o->name, name) == 0) return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], name) == 0) return true;
    return false;
}

/* The value of an option in a header; NULL when it does not say. Options that headers have only when they were given
 * have their defaults in the others. */
static const char *in_header(const gn_file *file, const gn_option *o) {
    char key[64];
    snprintf(key, sizeof key, "recipe.%s", o->name);
    const char *value = gn_file_get(file, key);
    return value || !o->late ? value : o->fallback;
}

static bool same_value(const char *a, const char *b) {
    double x, y;
    return strcmp(a, b) == 0 || (gn_parse_real(a, &x) && gn_parse_real(b, &y) && x == y);
}

gn_status gn_recipe_unlike(const gn_training *t, const gn_file *other, gn_text *unlike) {
    gn_status status = GN_OK;
    for (const gn_option *o = gn_training_options; o->name && !status; o++) {
        if (!is_of_model(o->name)) continue;
        const char *here = in_header(t->recipe, o), *there = in_header(other, o);
        if (here && there && !same_value(here, there))
            status = gn_text_format(unlike, "%s%s (%s there, %s here)", unlike->size ? ", " : "", o->name, there, here);
    }
    return status;
}

/* ---- from options to a training ------------------------------------------------------------------- */

static gn_optimiser_options optimiser_from_options(const gn_options *o) {
    return (gn_optimiser_options){
        .optimiser = (gn_optimiser)gn_option_choice(o, "optimiser"),
        .cg_iterations = (int)gn_option_int(o, "cg-iterations"),
        .cg_pairs = gn_option_given(o, "cg-pairs") ? (int)gn_option_int(o, "cg-pairs") : 0,
        .cg_decay = gn_option_real(o, "cg-decay"),
        .cg_from_kept = gn_option_choice(o, "cg-start") == 1,
        .cg_tolerance = gn_option_given(o, "cg-tolerance") ? gn_option_real(o, "cg-tolerance") : 0,
        .damping_apart = gn_option_given(o, "damping"),
        .damping_scale = gn_option_real(o, "damping-scale"),
        .gradient_clip = gn_option_real(o, "gradient-clip"),
        .metabolic_floor = gn_option_real(o, "metabolic-floor"),
        .metabolic_ceiling = gn_option_real(o, "metabolic-ceiling"),
        .metabolic_fixed = gn_option_flag(o, "metabolic-fixed"),
        .contraction_floor = gn_option_real(o, "contraction-floor"),
        .contraction_ceiling = gn_option_real(o, "contraction-ceiling"),
        .l2_fixed = gn_option_flag(o, "l2-fixed"),
        .self_connections = !gn_option_flag(o, "no-self-connections"),
        .learning_rate = gn_option_real(o, "learning-rate"),
    };
}

static gn_schedule schedule_from_options(const gn_options *o) {
    return (gn_schedule){
        .seed = gn_option_seed(o),
        .trials = (int)gn_option_int(o, "trials"),
        .curvature_trials = (int)gn_option_int(o, "curvature-trials"),
        .curvature_growth = gn_option_given(o, "curvature-growth") ? (int)gn_option_int(o, "curvature-growth") : 0,
        .trial_lifetime = gn_option_given(o, "trial-lifetime") ? (int)gn_option_int(o, "trial-lifetime") : 0,
        .noise_rise = (int)gn_option_int(o, "noise-rise"),
        .contraction_rise = (int)gn_option_int(o, "contraction-rise"),
        .place_width = gn_option_real(o, "place-width"),
        .place_width_first = gn_option_real(o, "place-width-first"),
        .place_narrowing = (int)gn_option_int(o, "place-narrowing"),
    };
}

/* Refuses options of place cells when the readout is the position. */
static gn_status check_readout(const gn_options *o) {
    static const char *const of_places[] = {"place-cells", "place-kind", "place-width", "place-width-first",
                                            "place-narrowing"};
    const bool places = gn_option_choice(o, "readout") == GN_READ_PLACE;
    for (size_t i = 0; i < sizeof of_places / sizeof *of_places && !places; i++)
        if (gn_option_given(o, of_places[i]))
            return gn_fail(GN_EUSAGE, "--%s: only with --readout place", of_places[i]);
    const double first = gn_option_real(o, "place-width-first"), last = gn_option_real(o, "place-width");
    if (first > 0 && first < last)
        return gn_fail(GN_EUSAGE, "--place-width-first: %g: accepted is 0, or at least --place-width (%g)", first,
                       last);
    return GN_OK;
}

/* Sets a key to the hash of some floats, in 16 hexadecimal digits. */
static gn_status set_hash(gn_file *file, const char *key, const float *value, size_t count) {
    return gn_file_set(file, key, "%016llx", (unsigned long long)XXH3_64bits(value, count * sizeof *value));
}

/* Reads the trials of --trajectories. Their file has the walk, so options of the walk are refused. */
static gn_status read_given(const gn_options *o, gn_training *t, gn_trajectories *given) {
    const char *path = gn_option_text(o, "trajectories");
    gn_status status = gn_walk_refuse_options(o);
    if (!status) status = gn_trajectories_read(path, given, &t->net.walk);
    if (status) return status;
    if (given->steps != (size_t)gn_option_int(o, "steps"))
        return gn_fail(GN_EUSAGE, "--steps: %s, expected %zu as in %s", gn_option_text(o, "steps"), given->steps, path);
    t->net.given = given;
    return GN_OK;
}

/* Checks that the outputs of the network that is continued mean the same: W_out belongs to the readout and to the very
 * centres of its place cells, which are drawn from the seed and the arena. */
static gn_status check_continued(const char *path, const gn_network *from, const gn_network *net) {
    static const char *const name[] = {"the position", "place cells"};
    if (from->readout != net->readout)
        return gn_fail(GN_EFILE, "%s: its outputs are %s (those of the recipe are %s)", path, name[from->readout],
                       name[net->readout]);
    if (from->units != net->units || from->inputs != net->inputs || from->outputs != net->outputs)
        return gn_fail(GN_EFILE, "%s: %d units, %d inputs and %d outputs (the recipe has %d, %d and %d)", path,
                       from->units, from->inputs, from->outputs, net->units, net->inputs, net->outputs);
    for (int i = 0; net->readout == GN_READ_PLACE && i < 2 * net->outputs; i++)
        if (from->places.centre[i] != net->places.centre[i])
            return gn_fail(GN_EFILE,
                           "%s: its place cells have other centres than the recipe, which draws them from --seed and "
                           "the arena; expected those of this network",
                           path);
    return GN_OK;
}

/* Sets the initial weights: those of another network, or random ones. */
static gn_status first_weights(const gn_options *o, gn_training *t) {
    const char *path = gn_option_text(o, "continue");
    const size_t size = gn_network_size(&t->net), units = (size_t)t->net.units;
    gn_network from;
    if (!path)
        return gn_initialise(&t->net, (gn_initialisation)gn_option_choice(o, "initialisation"),
                             gn_option_real(o, "gain"), t->optimiser.self_connections, gn_option_seed(o));
    gn_status status = gn_network_read(path, &from, NULL);
    if (status) return status;
    status = check_continued(path, &from, &t->net);
    if (!status) memcpy(t->net.parameter, from.parameter, size * sizeof *from.parameter);
    for (size_t i = 0; !t->optimiser.self_connections && i < units; i++)
        t->net.rec[i * (units + 1)] = 0;
    gn_network_free(&from);
    return status ? status : set_hash(t->recipe, "recipe.continue", t->net.parameter, size);
}

static gn_status network_from_options(const gn_options *o, gn_training *t, gn_trajectories *given) {
    const gn_coding coding = (gn_coding)gn_option_choice(o, "coding");
    const gn_readout readout = (gn_readout)gn_option_choice(o, "readout");
    const int cells = (int)gn_option_int(o, "place-cells"), outputs = readout == GN_READ_PLACE ? cells : 2;
    gn_status status = gn_network_new((int)gn_option_int(o, "units"), gn_coding_channels(coding), outputs, &t->net);
    if (!status) status = gn_walk_from_options(o, &t->net.walk);
    if (!status && gn_option_given(o, "trajectories")) status = read_given(o, t, given);
    if (!status && readout == GN_READ_PLACE)
        status = gn_places_new(&t->net.walk.arena, cells, (gn_place_kind)gn_option_choice(o, "place-kind"),
                               gn_option_seed(o), &t->net.places);
    if (!status && readout == GN_READ_PLACE &&
        gn_option_real(o, "place-width") < gn_places_least_width(&t->net.walk.arena))
        status = gn_fail(GN_EUSAGE, "--place-width: %s, expected at least %g, a %dth of the arena's longer side",
                         gn_option_text(o, "place-width"), gn_places_least_width(&t->net.walk.arena), GN_PLACES_GRID);
    t->net.coding = coding;
    t->net.readout = readout;
    t->net.nonlinearity = (gn_nonlinearity)gn_option_choice(o, "nonlinearity");
    t->net.noise_site = (gn_noise_site)gn_option_choice(o, "noise-site");
    t->net.noise_sd = (float)gn_option_real(o, "noise-sd");
    t->net.steps = (int)gn_option_int(o, "steps");
    return status;
}

gn_status gn_training_from_options(const gn_options *o, gn_training *t, gn_trajectories *given) {
    gn_status status = GN_OK;
    if (gn_option_int(o, "curvature-trials") > gn_option_int(o, "trials"))
        status = gn_fail(GN_EUSAGE, "--curvature-trials: %s is more than --trials %s",
                         gn_option_text(o, "curvature-trials"), gn_option_text(o, "trials"));
    if (!status) status = check_readout(o);
    if (!status) status = network_from_options(o, t, given);
    if (status) return status;
    t->optimiser = optimiser_from_options(o);
    t->schedule = schedule_from_options(o);
    t->updates = (int)gn_option_int(o, "updates");
    t->state.l2 = gn_option_real(o, "l2");
    t->state.metabolic = gn_option_real(o, "metabolic");
    t->state.contraction = gn_option_real(o, "contraction");
    t->state.damping = t->optimiser.damping_apart ? gn_option_real(o, "damping") : 0;
    t->recipe = gn_file_new("network");
    if (!t->recipe) return GN_EIO;
    status = write_recipe(o, &t->net.walk, t->recipe);
    if (!status) status = gn_training_new(t);
    if (!status) status = first_weights(o, t);
    if (!status && t->net.given)
        status = set_hash(t->recipe, "recipe.trajectories", given->position, 2 * given->trials * given->steps);
    return status;
}
