#include "units/score_tuning.h"

#include <math.h>
#include <stdbool.h>

/* Finds the least and the largest value, where nan are left out; false when there are none or when they differ only by
 * rounding errors. */
static bool limits(size_t count, const double *value, double *low, double *high) {
    double least = INFINITY, largest = -INFINITY;
    for (size_t i = 0; i < count; i++) { /* comparisons with nan are false */
        least = value[i] < least ? value[i] : least;
        largest = value[i] > largest ? value[i] : largest;
    }
    *low = least;
    *high = largest;
    return largest - least > 1e-12 * fmax(fabs(least), fabs(largest));
}

/* The information of the map less its least value, and of the negative map less its least value. */
static void information(size_t bins, const double *map, const double *occupancy, double low, double high,
                        double *of_map, double *of_negative) {
    double mass = 0, sum = 0, negative_sum = 0, bits = 0, negative_bits = 0;
    for (size_t i = 0; i < bins; i++) {
        if (isnan(map[i])) continue;
        const double p = occupancy ? occupancy[i] : 1;
        mass += p;
        sum += p * (map[i] - low);
        negative_sum += p * (high - map[i]);
    }
    const double over_mean = mass / sum, over_negative_mean = mass / negative_sum;
    for (size_t i = 0; i < bins; i++) {
        if (isnan(map[i])) continue;
        const double p = occupancy ? occupancy[i] : 1;
        const double ratio = (map[i] - low) * over_mean, negative_ratio = (high - map[i]) * over_negative_mean;
        if (ratio > 0) bits += p * ratio * log2(ratio);
        if (negative_ratio > 0) negative_bits += p * negative_ratio * log2(negative_ratio);
    }
    *of_map = sum > 0 ? bits / mass : NAN;
    *of_negative = negative_sum > 0 ? negative_bits / mass : NAN;
}

double gn_spatial_information(size_t bins, const double *map, const double *occupancy) {
    double low, high, plus, minus;
    if (!limits(bins, map, &low, &high)) return NAN;
    information(bins, map, occupancy, low, high, &plus, &minus);
    return minus > plus ? minus : plus;
}

static double sparseness(size_t count, const double *value, bool rectify) {
    double n = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i])) continue;
        n += 1;
        sum += rectify ? fabs(value[i]) : value[i];
        squares += value[i] * value[i];
    }
    /* rounding must not make a flat map negative */
    return squares > 0 ? fmax(0, 1 - (sum / n) * (sum / n) / (squares / n)) : NAN;
}

double gn_sparseness(size_t count, const double *value) {
    return sparseness(count, value, true);
}

double gn_sparseness_signed(size_t count, const double *value) {
    return sparseness(count, value, false);
}

/* Sums of squares and products about the means of the jointly defined values. */
static bool centred_sums(size_t count, const double *x, const double *y, double *xx, double *yy, double *xy) {
    double n = 0, mx = 0, my = 0, size_x = 0, size_y = 0;
    *xx = *yy = *xy = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        n += 1;
        mx += x[i];
        my += y[i];
        size_x = fabs(x[i]) > size_x ? fabs(x[i]) : size_x;
        size_y = fabs(y[i]) > size_y ? fabs(y[i]) : size_y;
    }
    mx /= n;
    my /= n;
    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        *xx += (x[i] - mx) * (x[i] - mx);
        *yy += (y[i] - my) * (y[i] - my);
        *xy += (x[i] - mx) * (y[i] - my);
    }
    /* values that differ only by rounding errors are constant */
    if (!(*xx > n * 1e-24 * size_x * size_x)) *xx = 0;
    if (!(*yy > n * 1e-24 * size_y * size_y)) *yy = 0;
    return n >= 2;
}

double gn_line_slope(size_t count, const double *x, const double *y) {
    double xx, yy, xy;
    return centred_sums(count, x, y, &xx, &yy, &xy) && xx > 0 ? xy / xx : NAN;
}

double gn_pearson(size_t count, const double *x, const double *y) {
    double xx, yy, xy;
    return centred_sums(count, x, y, &xx, &yy, &xy) && xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

double gn_value_range(size_t count, const double *value) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i])) continue;
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
    }
    return high >= low ? high - low : NAN;
}

double gn_kendall_tau(size_t count, const double *value) {
    double order = 0;
    for (size_t later = 0; later < count; later++) {
        if (isnan(value[later])) return NAN;
        for (size_t k = 0; k < later; k++)
            order += (value[later] > value[k]) - (value[later] < value[k]);
    }
    return order / ((double)count * ((double)count - 1) / 2);
}

double gn_mean_vector_length(size_t count, const double *turns, const double *value) {
    double low, high, best = NAN;
    if (!limits(count, value, &low, &high)) return NAN;
    for (int sign = 1; sign >= -1; sign -= 2) {
        double c = 0, s = 0, sum = 0;
        for (size_t i = 0; i < count; i++) {
            if (isnan(value[i])) continue;
            const double r = sign > 0 ? value[i] - low : high - value[i];
            c += r * cos(2 * M_PI * turns[i]);
            s += r * sin(2 * M_PI * turns[i]);
            sum += r;
        }
        const double length = hypot(c, s) / sum;
        if (!(length <= best)) best = length;
    }
    return best;
}
