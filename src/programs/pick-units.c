/* Chooses the units that figures show: the best of each class by score, never by hand. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "io/header.h"
#include "io/table.h"
#include "units/score_class.h"

static const gn_option option[] = {
    {.name = "prints",
     .type = GN_OPTION_INPUT,
     .fallback = "",
     .help = "table of fingerprints --per-unit; adds the figure `finest`"},
    {0},
};

/* What a panel asks for. A class's examples are its members with the largest score; places that
 * it cannot fill go to the highest scoring other units, marked as candidates. */
typedef enum { GRID, BAND, BORDER, IRREGULAR, DIRECTION, FINEST, TYPICAL, KINDS } kind;
static const char *kind_name(kind what) {
    static const gn_class class[] = {
        [GRID] = GN_GRID, [BAND] = GN_BAND, [BORDER] = GN_BORDER, [IRREGULAR] = GN_IRREGULAR};
    return what == DIRECTION ? "direction"
           : what == FINEST  ? "finest"
           : what == TYPICAL ? "typical"
                             : gn_class_name(class[what]);
}

typedef struct {
    const char *figure;
    char panel;       /* letter of the first unit */
    bool letter_each; /* the next units have the next letters */
    kind kind;
    int count;      /* number of units */
    bool wall_each; /* the k-th unit is the best one at wall k */
} panel;

static const panel panels[] = {
    {"2", 'a', false, GRID, 4, false},         {"2", 'b', false, BAND, 4, false},
    {"2", 'c', false, BORDER, 4, false},       {"2", 'd', false, IRREGULAR, 4, false},
    {"3", 'a', true, DIRECTION, 3, false},     {"3", 'd', true, GRID, 3, false},
    {"3", 'g', true, BORDER, 2, false},        {"3", 'i', true, BAND, 1, false},
    {"4", 'a', false, BORDER, 4, true},        {"4", 'b', false, GRID, 4, false},
    {"grids", 'a', false, TYPICAL, 4, false},  {"grids", 'b', false, GRID, 8, false},
    {"finest", 'a', false, FINEST, 12, false},
};
enum { PANELS = sizeof panels / sizeof *panels, PLACES_MAX = 32 };

/* How well a unit is suited as an example of one kind. */
typedef struct {
    const char *score;      /* name of the column that decides */
    double value, bound, z; /* bound: the class requires a larger value */
    double rank;            /* units with a larger one come first; -HUGE_VAL: never */
    bool member;
    const char *lacks; /* why it is no member: null, axes, shape, or the class it is of; or - */
} standing;

typedef struct {
    int unit;
    const char *class_name;
    int wall, axes;
    double shown_r; /* of the map that was scored and the one that figures show; nan: not known */
    bool taken;     /* whether it is already in this figure */
    standing of[KINDS];
} candidate;

typedef struct {
    const panel *panel;
    int index, unit; /* place within the panel, and index of the candidate there; -1: none */
} pick;

static const char *const columns[] = {"unit",
                                      "lattice",
                                      "lattice_p99",
                                      "lattice_noise_p99",
                                      "lattice_z",
                                      "axes",
                                      "wave",
                                      "wave_p99",
                                      "wave_noise_p99",
                                      "wave_z",
                                      "fall",
                                      "fall_p99",
                                      "fall_noise_p99",
                                      "fall_z",
                                      "border",
                                      "border_p99",
                                      "border_noise_p99",
                                      "border_z",
                                      "border_wall",
                                      "stability",
                                      "stability_p99",
                                      "direction_range"};
enum {
    UNIT,
    LATTICE,
    LATTICE_P,
    LATTICE_NOISE,
    LATTICE_Z,
    AXES,
    WAVE,
    WAVE_P,
    WAVE_NOISE,
    WAVE_Z,
    FALL,
    FALL_P,
    FALL_NOISE,
    FALL_Z,
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
    bool member = strcmp(c->class_name, kind_name(what)) == 0;
    standing s = {.score = score, .value = value, .bound = bound, .z = z, .member = member, .lacks = "-"};
    const int class = gn_class_number(c->class_name);
    s.rank = (isnan(z) ? value : z) + (member ? 1e6 : axes_fit ? 0 : -1e3);
    if (isnan(s.rank) || class == GN_UNMODULATED) s.rank = -HUGE_VAL;
    if (member) return s;
    s.lacks = !(value > bound) ? "null" : !axes_fit ? "axes" : class != GN_IRREGULAR ? c->class_name : "shape";
    return s;
}

/* Of no class: the first of all units by a number. */
static standing ranked(const char *score, double value, double rank) {
    return (standing){.score = score,
                      .value = value,
                      .bound = NAN,
                      .z = NAN,
                      .rank = isnan(rank) ? -HUGE_VAL : rank,
                      .member = true,
                      .lacks = "-"};
}

static double larger(double a, double b) {
    return a > b || isnan(b) ? a : b;
}

/* The class has two ways in: by the fall from a wall, or by the border score. */
static standing border_standing(const double v[COLUMNS], const candidate *c) {
    const double fall_least = gn_thresholds[GN_FALL_LEAST].value, least = gn_thresholds[GN_BORDER_SCORE].value;
    const standing fall =
        judge("fall", v[FALL], larger(fall_least, larger(v[FALL_P], v[FALL_NOISE])), v[FALL_Z], true, c, BORDER);
    const standing piece =
        judge("border", v[WALL_S], larger(least, larger(v[WALL_P], v[WALL_NOISE])), v[WALL_Z], true, c, BORDER);
    const bool falls = fall.value > fall.bound, covers = piece.value > piece.bound;
    if (falls != covers) return falls ? fall : piece;
    return fall.rank > piece.rank ? fall : piece;
}

/* A column that tables of single maps or of older programs may lack; nan then. */
static double read_shown(const gn_table *table, size_t row) {
    const int column = gn_table_find_column(table, "map_shown_r");
    double value;
    return column >= 0 && gn_parse_real(gn_table_text(table, row, column), &value) ? value : NAN;
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
    c->shown_r = read_shown(table, row);

    c->of[GRID] =
        judge("lattice", v[LATTICE], larger(v[LATTICE_P], v[LATTICE_NOISE]), v[LATTICE_Z], c->axes >= 2, c, GRID);
    c->of[BAND] = judge("wave", v[WAVE], larger(v[WAVE_P], v[WAVE_NOISE]), v[WAVE_Z], c->axes == 1, c, BAND);
    c->of[BORDER] = border_standing(v, c);
    c->of[IRREGULAR] = judge("stability", v[STABLE], v[STABLE_P], NAN, true, c, IRREGULAR);
    c->of[DIRECTION] = ranked("direction_range", v[RANGE], v[RANGE]);
    c->of[FINEST] = ranked("wavelength", NAN, NAN);
    c->of[TYPICAL] = c->of[GRID];
    return GN_OK;
}

/* Finest first, of the units that fingerprints count: where little else is there, noise makes a map fine. */
static gn_status read_prints(const char *path, gn_header scores, candidate *all, size_t count) {
    static const char *const name[3] = {"unit", "counted", "wavelength"};
    gn_table *table = NULL;
    int column[3];
    double v[3] = {0};
    gn_status status = gn_table_read(path, "fingerprints-units", &table);
    if (!status) status = gn_header_same_network(scores, (gn_header){.path = path, .table = table});
    for (int k = 0; k < 3 && !status; k++)
        status = gn_table_column(table, name[k], &column[k]);
    if (!status && gn_table_rows(table) != count)
        status = gn_fail(GN_EFILE, "%s: %zu units, expected %zu as in the scores", path, gn_table_rows(table), count);
    for (size_t r = 0; r < count && !status; r++) {
        for (int k = 0; k < 3 && !status; k++)
            status = gn_table_double(table, r, column[k], &v[k]);
        for (size_t i = 0; i < count && !status; i++)
            if (all[i].unit == (int)v[0]) all[i].of[FINEST] = ranked("wavelength", v[2], v[1] == 1 ? -v[2] : NAN);
    }
    gn_table_free(table);
    return status;
}

/* The best free unit for a place: of the class, or (members false) any. -1: none. */
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

/* Fills places of typical units: of n places those in the middles of n equal parts of the order of what is left. */
static void fill_typical(candidate *all, size_t count, pick *place, int places) {
    int left = 0, i;
    for (size_t u = 0; u < count; u++)
        left += !all[u].taken && all[u].of[TYPICAL].rank != -HUGE_VAL;
    for (int order = 0; (i = best(all, count, TYPICAL, -1, false)) >= 0; order++) {
        all[i].taken = true;
        for (int k = 0; k < places; k++) {
            const int n = place[k].panel->count, index = place[k].index;
            const int wanted = left < n ? index : (2 * index + 1) * left / (2 * n);
            if (place[k].panel->kind == TYPICAL && wanted == order) place[k].unit = i;
        }
    }
}

/* Fills the places of one figure: first with members of the classes, then with candidates, last with typical units. */
static void fill(candidate *all, size_t count, pick *place, int places) {
    for (size_t i = 0; i < count; i++)
        all[i].taken = false;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < places; k++) {
            const panel *p = place[k].panel;
            if (place[k].unit >= 0 || p->kind == TYPICAL) continue;
            int i = best(all, count, p->kind, p->wall_each ? place[k].index : -1, pass == 0);
            if (i < 0) continue;
            place[k].unit = i;
            all[i].taken = true;
        }
    fill_typical(all, count, place, places);
}

static gn_status write_place(gn_tsv *tsv, const pick *place, const candidate *all) {
    const panel *p = place->panel;
    const candidate *c = place->unit < 0 ? NULL : &all[place->unit];
    char letter[2] = {(char)(p->panel + (p->letter_each ? place->index : 0)), 0};
    gn_tsv_text(tsv, p->figure);
    gn_tsv_text(tsv, letter);
    gn_tsv_text(tsv, kind_name(p->kind));
    gn_tsv_int(tsv, place->index + 1);
    gn_tsv_int(tsv, c ? c->unit : -1);
    gn_tsv_text(tsv, c ? c->class_name : "-");
    gn_tsv_text(tsv, !c                      ? "none"
                     : p->kind == TYPICAL    ? "typical"
                     : p->kind >= DIRECTION  ? "ranked"
                     : c->of[p->kind].member ? "member"
                                             : "candidate");
    gn_tsv_text(tsv, c ? c->of[p->kind].score : "-");
    gn_tsv_double(tsv, c ? c->of[p->kind].value : NAN);
    gn_tsv_double(tsv, c ? c->of[p->kind].bound : NAN);
    gn_tsv_double(tsv, c ? c->of[p->kind].z : NAN);
    gn_tsv_text(tsv, c ? c->of[p->kind].lacks : "-");
    gn_tsv_int(tsv, c ? c->axes : 0);
    gn_tsv_double(tsv, c ? c->shown_r : NAN);
    return gn_tsv_end_row(tsv);
}

/* Copies the keys of the scores that say which network they are of. */
static gn_status set_network(gn_tsv *tsv, const gn_table *scores) {
    const char *key, *value;
    gn_status status = GN_OK;
    for (int i = 0; !status && (key = gn_table_key_at(scores, i, &value)); i++)
        if (strncmp(key, "recipe.", 7) == 0 || strcmp(key, "update") == 0) status = gn_tsv_key(tsv, key, "%s", value);
    return status;
}

static gn_status write_picks(const gn_table *scores, candidate *all, size_t count, bool finest, const char *path) {
    static const char *const figures[] = {"2", "3", "4", "grids", "finest"};
    const int wanted = finest ? 5 : 4;
    pick place[PLACES_MAX];
    gn_tsv *tsv = gn_tsv_new("picks");
    if (!tsv) return GN_EIO;
    gn_status status = set_network(tsv, scores);
    if (!status)
        status = gn_tsv_columns(
            tsv, "figure\tpanel\tkind\trank\tunit\tclass\tstatus\tscore\tvalue\tbound\tz\tlacks\taxes\tmap_shown_r");
    for (int f = 0; f < wanted; f++) {
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
    const char *prints = gn_option_given(options, "prints") ? gn_option_text(options, "prints") : NULL;
    if (!status && prints)
        status = read_prints(prints, (gn_header){.path = gn_option_operand(options, 0), .table = table}, all, count);
    if (!status) status = write_picks(table, all, count, prints, gn_option_output(options));
    free(all);
    gn_table_free(table);
    return status;
}

static const gn_program program = {
    .name = "pick-units",
    .algorithm = 8,
    .purpose = "chooses by score the units that figures show",
    .operands = "SCORES",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "Places go to the members of the class, largest z first (irregular: most stable; direction: largest range of "
        "the tuning curve; Fig. 4a: one unit a wall). What they leave goes to candidates that are not unmodulated, in "
        "the same order, bands and grids with fitting axes first. status says which (none: no unit has that score); "
        "bound is what the score must exceed, and lacks why a candidate is no member: null (the score is not above "
        "bound), axes (the number of waves, column axes, does not fit), shape (something else explains more of the "
        "map), or the class that it is of. No unit stands twice in a figure. Beside Figs. 2, 3 and 4 there are "
        "`grids`, four typical units and the eight best of the class (typical: of those that the eight leave, in the "
        "middles of the quarters of their order), and with --prints `finest`, the twelve units of the smallest "
        "wavelength (without noise, arena units) that the table counts.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
