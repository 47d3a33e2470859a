/* pick-units: chooses by their scores the units that Figs. 2-4 show, the best of each class. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "io/table.h"

static const gn_option option[] = {{0}};

/* What a panel shows: the members of a class with the largest scores or, if there are too few, the other units with the
 * largest scores, which are marked as candidates. */
typedef enum { GRID, BAND, BORDER, IRREGULAR, DIRECTION, KINDS } kind;
static const char *const kind_name[KINDS] = {"grid", "band", "border", "irregular", "direction"};

typedef struct {
    const char *figure;
    char panel;       /* letter of the first unit */
    bool letter_each; /* the next units have the next letters */
    kind kind;
    int count;      /* number of units */
    bool wall_each; /* the k-th unit is the best one at wall k */
} panel;

static const panel panels[] = {
    {.figure = "2", .panel = 'a', .kind = GRID, .count = 4},
    {.figure = "2", .panel = 'b', .kind = BAND, .count = 4},
    {.figure = "2", .panel = 'c', .kind = BORDER, .count = 4},
    {.figure = "2", .panel = 'd', .kind = IRREGULAR, .count = 4},
    {.figure = "3", .panel = 'a', .letter_each = true, .kind = DIRECTION, .count = 3},
    {.figure = "3", .panel = 'd', .letter_each = true, .kind = GRID, .count = 3},
    {.figure = "3", .panel = 'g', .letter_each = true, .kind = BORDER, .count = 2},
    {.figure = "3", .panel = 'i', .letter_each = true, .kind = BAND, .count = 1},
    {.figure = "4", .panel = 'a', .kind = BORDER, .count = 4, .wall_each = true},
    {.figure = "4", .panel = 'b', .kind = GRID, .count = 4},
};
enum { PANELS = sizeof panels / sizeof *panels, PLACES_MAX = 32 };

/* How well a unit is suited as an example of one kind. */
typedef struct {
    const char *score;      /* name of the column that decides */
    double value, bound, z; /* bound: the class requires a larger value */
    double rank;            /* units with a larger one come first; -HUGE_VAL: never */
    bool member;
    const char *lacks; /* why it is no member: null, axes, lattice, or the class that it belongs to; - for members */
} standing;

typedef struct {
    int unit;
    const char *class_name;
    int wall, axes;
    bool taken; /* whether it is already in this figure */
    standing of[KINDS];
} candidate;

typedef struct {
    const panel *panel;
    int index, unit; /* place within the panel, and index of the candidate there; -1: none */
} pick;

static const char *const columns[] = {
    "unit",          "gridness60",     "gridness60_p99",      "gridness60_z", "gridness90",        "gridness90_p99",
    "gridness90_z",  "fourier_axes",   "fourier_power_ratio", "fourier_p99",  "fourier_noise_p99", "fourier_z",
    "border",        "border_p99",     "border_noise_p99",    "border_z",     "border_wall",       "stability",
    "stability_p99", "direction_range"};
enum {
    UNIT,
    G60,
    G60_P,
    G60_Z,
    G90,
    G90_P,
    G90_Z,
    AXES,
    POWER,
    POWER_P,
    POWER_NOISE,
    POWER_Z,
    WALL_S,
    WALL_P,
    WALL_NOISE,
    WALL_Z,
    WALL,
    STABLE,
    STABLE_P,
    RANGE,
    COLUMNS
};

/* Units rank by z, or by the score if that has no z. All members rank before all others; of these, units with the
 * number of axes that the class requires rank first. */
static standing judge(const char *score, double value, double bound, double z, bool axes_fit, const candidate *c,
                      kind what) {
    bool member = strcmp(c->class_name, kind_name[what]) == 0;
    standing s = {.score = score, .value = value, .bound = bound, .z = z, .member = member, .lacks = "-"};
    s.rank = (isnan(z) ? value : z) + (member ? 1e6 : axes_fit ? 0 : -1e3);
    if (isnan(s.rank)) s.rank = -HUGE_VAL;
    if (member) return s;
    bool other = strcmp(c->class_name, "irregular") != 0 && strcmp(c->class_name, "unmodulated") != 0;
    s.lacks = !(value > bound) ? "null" : !axes_fit ? "axes" : other ? c->class_name : "lattice";
    return s;
}

static double larger(double a, double b) {
    return a > b || isnan(b) ? a : b;
}

static gn_status read_unit(const gn_table *table, size_t row, candidate *c) {
    double v[COLUMNS];
    int column, class_column;
    gn_status status = gn_table_column(table, "class", &class_column);
    for (int k = 0; k < COLUMNS && !status; k++) {
        status = gn_table_column(table, columns[k], &column);
        if (!status) status = gn_table_double(table, row, column, &v[k]);
    }
    if (status) return status;
    memset(c, 0, sizeof *c);
    c->unit = (int)v[UNIT];
    c->wall = isnan(v[WALL]) ? -1 : (int)v[WALL];
    c->axes = isnan(v[AXES]) ? 0 : (int)v[AXES];
    c->class_name = gn_table_text(table, row, class_column);

    standing six = judge("gridness60", v[G60], v[G60_P], v[G60_Z], c->axes >= 2, c, GRID);
    standing four = judge("gridness90", v[G90], v[G90_P], v[G90_Z], c->axes >= 2, c, GRID);
    c->of[GRID] = six.rank >= four.rank ? six : four;
    c->of[BAND] =
        judge("fourier_power_ratio", v[POWER], larger(v[POWER_P], v[POWER_NOISE]), v[POWER_Z], c->axes == 1, c, BAND);
    c->of[BORDER] =
        judge("border", v[WALL_S], larger(0.5, larger(v[WALL_P], v[WALL_NOISE])), v[WALL_Z], true, c, BORDER);
    c->of[IRREGULAR] = judge("stability", v[STABLE], v[STABLE_P], NAN, true, c, IRREGULAR);
    c->of[DIRECTION] = judge("direction_range", v[RANGE], 0, NAN, true, c, DIRECTION);
    c->of[DIRECTION].bound = NAN; /* this is no class: the units with the widest ranges are shown */
    c->of[DIRECTION].member = true;
    c->of[DIRECTION].lacks = "-";
    return GN_OK;
}

/* The best unit that is not yet in the figure: a member of the class, or any unit when `members` is false. -1: none. */
static int best(const candidate *all, size_t count, kind what, int wall, bool members) {
    int found = -1;
    for (size_t i = 0; i < count; i++) {
        const standing *s = &all[i].of[what];
        if (all[i].taken || (members && !s->member) || (wall >= 0 && all[i].wall != wall)) continue;
        if (s->rank == -HUGE_VAL) continue;
        if (found < 0 || s->rank > all[found].of[what].rank) found = (int)i;
    }
    return found;
}

/* Fills the places of one figure: first with members of the classes, then with candidates. */
static void fill(candidate *all, size_t count, pick *place, int places) {
    for (size_t i = 0; i < count; i++)
        all[i].taken = false;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < places; k++) {
            const panel *p = place[k].panel;
            if (place[k].unit >= 0) continue;
            int i = best(all, count, p->kind, p->wall_each ? place[k].index : -1, pass == 0);
            if (i < 0) continue;
            place[k].unit = i;
            all[i].taken = true;
        }
}

static gn_status write_place(gn_tsv *tsv, const pick *place, const candidate *all) {
    const panel *p = place->panel;
    const candidate *c = place->unit < 0 ? NULL : &all[place->unit];
    char letter[2] = {(char)(p->panel + (p->letter_each ? place->index : 0)), 0};
    gn_tsv_text(tsv, p->figure);
    gn_tsv_text(tsv, letter);
    gn_tsv_text(tsv, kind_name[p->kind]);
    gn_tsv_int(tsv, place->index + 1);
    gn_tsv_int(tsv, c ? c->unit : -1);
    gn_tsv_text(tsv, c ? c->class_name : "-");
    gn_tsv_text(tsv, !c ? "none" : p->kind == DIRECTION ? "ranked" : c->of[p->kind].member ? "member" : "candidate");
    gn_tsv_text(tsv, c ? c->of[p->kind].score : "-");
    gn_tsv_double(tsv, c ? c->of[p->kind].value : NAN);
    gn_tsv_double(tsv, c ? c->of[p->kind].bound : NAN);
    gn_tsv_double(tsv, c ? c->of[p->kind].z : NAN);
    gn_tsv_text(tsv, c ? c->of[p->kind].lacks : "-");
    gn_tsv_int(tsv, c ? c->axes : 0);
    return gn_tsv_end_row(tsv);
}

static gn_status write_picks(candidate *all, size_t count, const char *path) {
    static const char *const figures[] = {"2", "3", "4"};
    pick place[PLACES_MAX];
    gn_tsv *tsv = gn_tsv_new("picks");
    if (!tsv) return GN_EIO;
    gn_status status =
        gn_tsv_columns(tsv, "figure\tpanel\tkind\trank\tunit\tclass\tstatus\tscore\tvalue\tbound\tz\tlacks\taxes");
    for (int f = 0; f < 3; f++) {
        int places = 0;
        for (int k = 0; k < PANELS; k++) {
            if (strcmp(panels[k].figure, figures[f]) != 0) continue;
            for (int i = 0; i < panels[k].count; i++)
                place[places++] = (pick){.panel = &panels[k], .index = i, .unit = -1};
        }
        fill(all, count, place, places);
        for (int k = 0; k < places && !status; k++)
            status = write_place(tsv, &place[k], all);
    }
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

static gn_status run(const gn_options *options) {
    gn_table *table = NULL;
    candidate *all = NULL;
    gn_status status = gn_table_read(gn_option_operand(options, 0), "scores", &table);
    if (status) return status;
    size_t count = gn_table_rows(table);
    all = gn_alloc(count ? count : 1, sizeof *all);
    if (!all) status = GN_EIO;
    for (size_t r = 0; r < count && !status; r++)
        status = read_unit(table, r, &all[r]);
    if (!status) status = write_picks(all, count, gn_option_output(options));
    free(all);
    gn_table_free(table);
    return status;
}

static const gn_program program = {
    .name = "pick-units",
    .algorithm = 1,
    .purpose = "chooses by their scores the units that Figs. 2, 3 and 4 show",
    .operands = "SCORES",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "Places go to the members of a class with the largest z. For irregular units it is the stability that counts, "
        "for direction the range of the tuning curve, and Fig. 4a shows one unit for each wall. Places that are left "
        "go to candidates in the same order, where bands and grids with the right number of axes come first. The "
        "column status says which a unit is (none: no unit has this score), bound is what the score must exceed, and "
        "lacks says why a candidate is no member: null (the score is not above bound), axes (its number of Fourier "
        "axes, column axes, is another), lattice (its peaks are no lattice, or smoothed noise reaches the score), or "
        "the class that it belongs to. No unit is twice in a figure.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
