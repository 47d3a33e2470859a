#include <math.h>
#include <string.h>

#include "units/pattern_parts.h"

/* How often the steps of the search are halved. The last are about a 1000th of those between candidates. */
enum { HALVINGS = 9 };

/* The sum of squares of the blocks that is explained by `waves` waves, the first in direction `radians`, with free
 * phases and amplitudes. */
static double explained(const gn_pattern_plan *p, gn_pattern_work *w, const double *block, int waves, double periods,
                        double radians) {
    const int n = p->blocks;
    double squares = 0;
    int count = 1;
    for (int b = 0; b < n; b++)
        w->basis[b] = p->root[b] / sqrt(p->visited);
    for (int k = 0; k < waves; k++) {
        double *cosine = w->basis + (size_t)count * (size_t)n, *sine = cosine + n;
        gn_pattern_wave(p, periods, radians + M_PI * k / waves, cosine, sine);
        for (int part = 0; part < 2; part++) {
            double *new = w->basis + (size_t)count *(size_t)n;
            if (part && new != sine) memmove(new, sine, (size_t)n * sizeof *new);
            if (!gn_pattern_orthonormalise(n, count, w->basis, 1e-6, new)) continue;
            const double along = gn_pattern_dot(n, new, block);
            squares += along * along;
            count++;
        }
    }
    return squares;
}

/* Searches from a candidate in ever smaller steps for the wave or lattice that explains most, no farther than the
 * neighbouring candidates. */
static void refine(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, int waves, int frequency,
                   int direction, gn_wave *result) {
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    const double of_frequency = pow(2, 0.5 / GN_WAVE_OCTAVE), of_angle = M_PI / GN_WAVE_DIRECTIONS / 2;
    double log_step = 0, angle_step = 0, best;
    const double periods = gn_pattern_periods(frequency), radians = M_PI * direction / GN_WAVE_DIRECTIONS;
    gn_pattern_average(p, standard, w->fitted);
    best = explained(p, w, w->fitted, waves, periods, radians);
    for (int halving = 1; halving <= HALVINGS; halving++) {
        const double size = ldexp(1, -halving);
        for (int k = 0, rest = 4; rest > 0; k = (k + 1) % 4, rest--) {
            const double f = log_step + size * step[k][0], a = angle_step + size * step[k][1];
            if (fabs(f) > 2 || fabs(a) > 2) continue;
            const double value =
                explained(p, w, w->fitted, waves, periods * pow(of_frequency, f), radians + a * of_angle);
            if (!(value > best)) continue;
            best = value;
            log_step = f;
            angle_step = a;
            rest = 5; /* all four directions are tried again from here, this one first */
            k = (k + 3) % 4;
        }
    }
    const double turn = 180.0 / waves, angle = fmod((radians + angle_step * of_angle) * 180 / M_PI + 180, turn);
    *result = (gn_wave){periods * pow(of_frequency, log_step) / p->side, angle, waves};
}

void gn_pattern_refine_wave(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, int wave_at,
                            gn_wave *to) {
    refine(p, w, standard, 1, wave_at / GN_WAVE_DIRECTIONS - GN_WAVE_SLOW, wave_at % GN_WAVE_DIRECTIONS, to);
}

void gn_pattern_refine_lattice(const gn_pattern_plan *p, gn_pattern_work *w, const double *standard, gn_fold fold,
                               int lattice_at, gn_wave *to) {
    int waves, frequency, direction;
    gn_pattern_first_wave(fold, lattice_at, &waves, &frequency, &direction);
    refine(p, w, standard, waves, frequency, direction, to);
}
