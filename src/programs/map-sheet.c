/* map-sheet: the rate maps or autocorrelograms of a sheet's units as one image (Figs. 2-5, A-C). */
#include <math.h>
#include <stdlib.h>

#include "io/numbers.h"
#include "io/table.h"
#include "units/probed.h"
#include "units/score_sac.h"
#include "units/sheet.h"
#include "walk/arena.h"

static const gn_option option[] = {
    {.name = "show",
     .type = GN_OPTION_CHOICE,
     .fallback = "map",
     .choices = "map|autocorrelogram|occupancy",
     .help = "contents of a cell; occupancy: a single cell with the density of visits relative to a uniform density"},
    {.name = "gap",
     .type = GN_OPTION_INT,
     .fallback = "4",
     .max = 1000,
     .unit = "bins",
     .help = "number of empty bins between cells"},
    {.name = "below",
     .type = GN_OPTION_INT,
     .fallback = "0",
     .max = 1000,
     .unit = "bins",
     .help = "number of further empty bins under each cell, for labels"},
    {.name = "outline",
     .type = GN_OPTION_OUTPUT,
     .fallback = "",
     .help = "write the walls in each cell, and the area outside them, to this table"},
    GN_SHEET_OPTIONS,
    {0},
};

enum { MAP, AUTOCORRELOGRAM, OCCUPANCY };

/* The image. Coordinates are in pixels, and a pixel is a bin: the lower left one has its centre at (0, 0). */
typedef struct {
    size_t side, pitch[2]; /* side of a cell, and distances between cells, horizontal and vertical */
    size_t width, height;
    double *image;       /* (height, width), nan where empty */
    double (*corner)[2]; /* (count) lower left corners of the cells */
    double *low, *high;  /* (count) the values that 0 and 1 of a cell stand for */
} picture;

static void picture_free(picture *p) {
    free(p->image);
    free(p->corner);
    free(p->low);
    free(p->high);
}

static gn_status picture_new(const gn_sheet *sheet, size_t side, size_t gap, size_t below, picture *p) {
    size_t columns = (size_t)(sheet->columns < sheet->count ? sheet->columns : sheet->count);
    p->side = side;
    p->pitch[0] = side + gap;
    p->pitch[1] = side + gap + below;
    p->width = columns * p->pitch[0] - gap;
    p->height = (size_t)sheet->rows * p->pitch[1] - gap;
    p->image = gn_alloc(p->width * p->height, sizeof *p->image);
    p->corner = gn_alloc((size_t)sheet->count, sizeof *p->corner);
    p->low = gn_alloc((size_t)sheet->count, sizeof *p->low);
    p->high = gn_alloc((size_t)sheet->count, sizeof *p->high);
    if (!p->image || !p->corner || !p->low || !p->high) return GN_EIO;
    for (size_t i = 0; i < p->width * p->height; i++)
        p->image[i] = NAN;
    for (int k = 0; k < sheet->count; k++) {
        p->corner[k][0] = (double)((size_t)sheet->cell[k].column * p->pitch[0]) - 0.5;
        p->corner[k][1] = (double)((size_t)(sheet->rows - 1 - sheet->cell[k].row) * p->pitch[1] + below) - 0.5;
        p->low[k] = p->high[k] = NAN;
    }
    return GN_OK;
}

/* Scales a map to its own range, as the paper's figures do, and copies it to its cell. A range that is the rounding of
 * 32-bit rates only, as of a unit that is saturated everywhere, is none. */
static void place(picture *p, int k, const double *map) {
    size_t side = p->side, bins = side * side;
    size_t left = (size_t)(p->corner[k][0] + 0.5), bottom = (size_t)(p->corner[k][1] + 0.5);
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < bins; i++) {
        if (map[i] < low) low = map[i];
        if (map[i] > high) high = map[i];
    }
    if (low > high) return; /* nothing visited */
    p->low[k] = low;
    p->high[k] = high;
    const bool flat = !(high - low > 1e-6 * fmax(fabs(low), fabs(high)));
    for (size_t i = 0; i < bins; i++)
        if (!isnan(map[i]))
            p->image[(bottom + i / side) * p->width + left + i % side] = flat ? 0.5 : (map[i] - low) / (high - low);
}

/* The share of a bin's area that is inside the arena, estimated from 8 x 8 points. */
static double inside_share(const gn_arena *arena, double x_min, double y_min, double width) {
    int inside = 0;
    for (int row = 0; row < 8; row++)
        for (int column = 0; column < 8; column++)
            inside += gn_arena_inside(arena, x_min + (column + 0.5) * width / 8, y_min + (row + 0.5) * width / 8);
    return inside / 64.0;
}

/* Fills the cell with the density of visits, divided by its largest value. `high` is that value relative to a uniform
 * density. Bins with less than a quarter of their area inside the arena are left out. */
static gn_status place_occupancy(picture *p, const gn_arena *arena, const uint32_t *occupancy, gn_map frame) {
    size_t bins = gn_map_bins(&frame);
    double *density = gn_alloc(bins, sizeof *density), visits = 0, area = 0, high = 0;
    if (!density) return GN_EIO;
    for (size_t i = 0; i < bins; i++) {
        const size_t column = i % p->side, row = i / p->side;
        double share = inside_share(arena, frame.x_min + (double)column * frame.bin_width,
                                    frame.y_min + (double)row * frame.bin_width, frame.bin_width);
        visits += occupancy[i];
        area += share;
        density[i] = share >= 0.25 ? occupancy[i] / share : NAN;
        if (density[i] > high) high = density[i];
    }
    const size_t left = (size_t)(p->corner[0][0] + 0.5), bottom = (size_t)(p->corner[0][1] + 0.5);
    for (size_t i = 0; i < bins && high > 0; i++)
        p->image[(bottom + i / p->side) * p->width + left + i % p->side] = density[i] / high;
    p->low[0] = 0;
    p->high[0] = visits > 0 ? high * area / visits : NAN;
    free(density);
    return GN_OK;
}

static void outline_row(gn_tsv *tsv, int cell, const char *path, double x, double y) {
    gn_tsv_int(tsv, cell);
    gn_tsv_text(tsv, path);
    gn_tsv_float(tsv, (float)x);
    gn_tsv_float(tsv, (float)y);
}

/* Writes two closed paths for a cell, each followed by a row of nan: the walls, and the square of the cell without the
 * arena. The second goes once around the arena, then around the square in the other direction, and back. A figure fills
 * it with its background, so that bins which a wall crosses end at the wall. */
static gn_status cell_outline(gn_tsv *tsv, int k, const gn_arena *arena, const double *corner, double side,
                              const gn_map *frame) {
    const double origin[2] = {frame->x_min, frame->y_min};
    /* The square is larger by a bin on each side, as bins at a wall may extend beyond the cell. */
    double far[4][2] = {{-1, -1}, {-1, side + 1}, {side + 1, side + 1}, {side + 1, -1}};
    double wall[GN_OUTLINE_MAX][2];
    gn_status status = GN_OK;
    const int n = gn_arena_outline(arena, wall);
    for (int i = 0; i < n; i++)
        for (int d = 0; d < 2; d++)
            wall[i][d] = corner[d] + (wall[i][d] - origin[d]) / frame->bin_width;
    for (int i = 0; i <= n && !status; i++) {
        outline_row(tsv, k, "wall", wall[i < n ? i : 0][0], wall[i < n ? i : 0][1]);
        status = gn_tsv_end_row(tsv);
    }
    outline_row(tsv, k, "wall", NAN, NAN);
    if (!status) status = gn_tsv_end_row(tsv);
    for (int i = 0; i <= n && !status; i++) { /* counterclockwise */
        outline_row(tsv, k, "outside", wall[i < n ? i : 0][0], wall[i < n ? i : 0][1]);
        status = gn_tsv_end_row(tsv);
    }
    for (int i = 0; i <= 4 && !status; i++) { /* clockwise */
        outline_row(tsv, k, "outside", corner[0] + far[i % 4][0], corner[1] + far[i % 4][1]);
        status = gn_tsv_end_row(tsv);
    }
    outline_row(tsv, k, "outside", NAN, NAN);
    return status ? status : gn_tsv_end_row(tsv);
}

static gn_status write_outlines(const gn_sheet *sheet, const picture *p, const gn_arena *arena, const gn_map *frame,
                                const char *path) {
    gn_tsv *tsv = gn_tsv_new("sheet-outline");
    if (!tsv) return GN_EIO;
    gn_status status = gn_tsv_columns(tsv, "cell\tpath\tx\ty");
    for (int k = 0; !status && k < sheet->count; k++)
        if (sheet->cell[k].unit >= 0) status = cell_outline(tsv, k, arena, p->corner[k], (double)p->side, frame);
    if (!status) status = gn_tsv_write(tsv, path);
    gn_tsv_free(tsv);
    return status;
}

/* Fills the cell of a unit with its smoothed map, or with the autocorrelogram of that. `frame` is the geometry of the
 * maps, `weight` the occupancy; scratch has room for two maps and one cell. */
static gn_status fill_cell(picture *p, int k, gn_map frame, const float *rate, const double *weight, bool correlate,
                           double *scratch) {
    size_t bins = gn_map_bins(&frame);
    double *raw = scratch, *smooth = scratch + bins, *sac = scratch + 2 * bins;
    for (size_t i = 0; i < bins; i++)
        raw[i] = rate[i];
    frame.value = raw;
    gn_status status = gn_map_smooth(&frame, weight, GN_SHEET_SMOOTHING, smooth);
    frame.value = smooth;
    if (!status && correlate) status = gn_sac_of_map(&frame, sac);
    if (!status) place(p, k, correlate ? sac : smooth);
    return status;
}

static gn_status fill_sheet(const gn_sheet *sheet, const gn_options *options, picture *p, const gn_probed *from) {
    bool correlate = gn_option_choice(options, "show") == AUTOCORRELOGRAM;
    size_t bins = from->bins;
    double *weight = gn_alloc(bins, sizeof *weight);
    double *scratch = gn_alloc(2 * bins + p->side * p->side, sizeof *scratch);
    gn_status status = weight && scratch ? GN_OK : GN_EIO;
    for (size_t i = 0; !status && i < bins; i++)
        weight[i] = from->occupancy[i];
    for (int k = 0; !status && k < sheet->count; k++) {
        int unit = sheet->cell[k].unit;
        if (unit < 0) continue;
        status = fill_cell(p, k, from->frame, from->map + (size_t)unit * bins, weight, correlate, scratch);
    }
    free(weight);
    free(scratch);
    return status;
}

static gn_status write_all(const gn_sheet *sheet, const picture *p, const gn_probed *from, const gn_options *options) {
    gn_status status = gn_numbers_write(gn_option_output(options), p->height, p->width, p->image);
    if (!status && gn_option_given(options, "outline"))
        status = write_outlines(sheet, p, &from->walk.arena, &from->frame, gn_option_text(options, "outline"));
    if (!status)
        status = gn_sheet_write_cells(sheet, options, (const double(*)[2])p->corner, (double)p->side, p->low, p->high);
    return status;
}

static gn_status run(const gn_options *options) {
    gn_probed from = {0};
    gn_sheet sheet = {0};
    picture p = {0};
    int show = gn_option_choice(options, "show");
    if (show == AUTOCORRELOGRAM && gn_option_given(options, "outline"))
        return gn_fail(GN_EUSAGE, "--outline: autocorrelograms have no walls; accepted with map and occupancy");
    static const char *const of_units[] = {"units", "picks", "figure", "scores", "order", "columns", "fill"};
    for (size_t i = 0; show == OCCUPANCY && i < sizeof of_units / sizeof *of_units; i++)
        if (gn_option_given(options, of_units[i]))
            return gn_fail(GN_EUSAGE, "--%s: occupancy is no unit's; accepted with map and autocorrelogram",
                           of_units[i]);
    gn_status status = gn_probed_read(gn_option_operand(options, 0), 0, &from);
    if (!status) status = show == OCCUPANCY ? gn_sheet_single(&sheet) : gn_sheet_from_options(options, &from, &sheet);
    size_t bins = (size_t)from.frame.bins_x; /* along a side */
    if (!status)
        status = picture_new(&sheet, show == AUTOCORRELOGRAM ? 2 * bins - 1 : bins,
                             (size_t)gn_option_int(options, "gap"), (size_t)gn_option_int(options, "below"), &p);
    if (!status)
        status = show == OCCUPANCY ? place_occupancy(&p, &from.walk.arena, from.occupancy, from.frame)
                                   : fill_sheet(&sheet, options, &p, &from);
    if (!status) status = write_all(&sheet, &p, &from, options);
    picture_free(&p);
    gn_sheet_free(&sheet);
    gn_probed_free(&from);
    return status;
}

static const gn_program program = {
    .name = "map-sheet",
    .algorithm = 5,
    .purpose = "lays out the units' rate maps, each scaled to its own range, as one matrix",
    .operands = "PROBE",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "The output is a plain matrix from 0 (a unit's lowest rate) to 1 (its highest), the bottom row first, nan "
        "where nothing was visited and between cells. --outline and --cells give places in coordinates in which a bin "
        "is 1 wide and the centre of the first bin is (0, 0).",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
