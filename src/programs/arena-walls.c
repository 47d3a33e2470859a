/* arena-walls: the walls of an arena, for figures that show paths or occupancy in it. */
#include <math.h>

#include "io/container.h"
#include "io/table.h"
#include "walk/trajectory.h"
#include "walk/walk_keys.h"

static const gn_option option[] = {{0}};

/* How far the box of the path `outside` reaches beyond the arena's bounding box, in arena units. */
static const double margin = 0.2;

static gn_status row(gn_tsv *tsv, const char *path, double x, double y) {
    gn_tsv_text(tsv, path);
    gn_tsv_double(tsv, x);
    gn_tsv_double(tsv, y);
    return gn_tsv_end_row(tsv);
}

/* Writes a path once around the walls, counterclockwise; `with_box` then adds a box around them, clockwise. */
static gn_status write_path(gn_tsv *tsv, const char *path, const gn_arena *arena, bool with_box) {
    gn_status status = GN_OK;
    double point[GN_OUTLINE_MAX][2];
    const int points = gn_arena_outline(arena, point);
    for (int i = 0; i <= points && !status; i++)
        status = row(tsv, path, point[i % points][0], point[i % points][1]);
    for (int i = 0; with_box && i <= 4 && !status; i++) { /* clockwise */
        double x = i == 2 || i == 3 ? arena->max[0] + margin : arena->min[0] - margin;
        double y = i == 1 || i == 2 ? arena->max[1] + margin : arena->min[1] - margin;
        status = row(tsv, path, x, y);
    }
    return status ? status : row(tsv, path, NAN, NAN);
}

static gn_status run(const gn_options *options) {
    gn_file *file = NULL;
    gn_walk walk;
    gn_tsv *tsv = gn_tsv_new("arena-walls");
    gn_status status = tsv ? gn_file_read(gn_option_operand(options, 0), NULL, &file) : GN_EIO;
    if (!status) status = gn_walk_from_file(file, &walk);
    if (!status) status = gn_tsv_key(tsv, "arena", "%s", gn_arena_name(walk.arena.shape));
    if (!status) status = gn_tsv_columns(tsv, "path\tx\ty");
    if (!status) status = write_path(tsv, "wall", &walk.arena, false);
    if (!status) status = write_path(tsv, "outside", &walk.arena, true);
    if (!status) status = gn_tsv_write(tsv, gn_option_output(options));
    gn_file_free(file);
    gn_tsv_free(tsv);
    return status;
}

static const gn_program program = {
    .name = "arena-walls",
    .algorithm = 1,
    .purpose = "writes the walls of the arena of a network, probe or set of trajectories",
    .operands = "FILE",
    .operands_min = 1,
    .operands_max = 1,
    .option = option,
    .details =
        "The path `wall` is the closed outline. The path `outside` is the outline and a box around it, for a figure "
        "to fill with its background. A row of nan follows each path.",
    .run = run,
};

int main(int argc, char **argv) {
    return gn_main(&program, argc, argv);
}
