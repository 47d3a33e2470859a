/* Normal noise, a part of network/kernel_impl.c. */
#ifndef GN_KERNEL_NOISE_H
#define GN_KERNEL_NOISE_H

#include <stddef.h>
#include <stdint.h>

#include "network/vector.h"

/* Philox4x32-10 of four words a lane gives two Box-Muller pairs a lane. Uniform numbers have 24 bits, so normal numbers
 * are at most 5.9 in size. */
GN_INLINE void four_normals(uint64_t seed, vu c0, vu c1, vu c2, vu c3, float sd, vf normal[4]) {
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        vu high0, low0, high1, low1;
        vu_multiply(c0, 0xD2511F53u, &high0, &low0);
        vu_multiply(c2, 0xCD9E8D57u, &high1, &low1);
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    const vu word[4] = {c0, c1, c2, c3};
    for (int pair = 0; pair < 2; pair++) {
        /* u = (w >> 8) 2^-24 + 2^-25, rounded, which is in (0, 1] */
        vf u = vf_fma(vf_from_int((vi)(word[2 * pair] >> 8)), vf_set(0x1p-24f), vf_set(0x1p-25f));
        vf turns = vf_from_int((vi)(word[2 * pair + 1] >> 8)) * 0x1p-24f;
        vf radius = vf_sqrt(vf_log(u) * -2.0f) * sd, s, c;
        vf_sincos_turns(turns, &s, &c);
        normal[2 * pair] = radius * c;
        normal[2 * pair + 1] = radius * s;
    }
}

/* Each block of four words belongs to a step and four units of a trial. Philox's counter has 32 bits a word: what a
 * long walk of many units has beyond them goes into the purpose's word, of which the lowest byte is enough. Lanes are
 * trials; with one lane they are blocks. */
static void noise(uint64_t seed, uint32_t purpose, uint32_t update, uint32_t first, uint32_t step, int units, int lanes,
                  float sd, float *out) {
    const uint64_t groups = (uint64_t)(units + 3) / 4;
    vf z[4];
    vu lane_number;
    for (int k = 0; k < GN_VECTOR; k++)
        lane_number[k] = (uint32_t)k;
    for (uint32_t group = 0; lanes == 1 && group < groups; group += GN_VECTOR) {
        const uint64_t block = step * groups + group;
        const vu low = lane_number + (uint32_t)block;
        const vu high = (uint32_t)(block >> 32) - (vu)(low < (uint32_t)block); /* a comparison that holds is -1 */
        four_normals(seed, low, vu_set(first), vu_set(update), purpose + (high << 8), sd, z);
        for (int k = 0; k < GN_VECTOR; k++)
            for (int w = 0; w < 4; w++) {
                const int unit = ((int)group + k) * 4 + w;
                if (unit < units) out[unit] = z[w][k];
            }
    }
    for (int lane = 0; lanes > 1 && lane < lanes; lane += GN_VECTOR) {
        for (uint32_t group = 0; group < groups; group++) {
            const uint64_t block = step * groups + group;
            four_normals(seed, vu_set((uint32_t)block), lane_number + (first + (uint32_t)lane), vu_set(update),
                         vu_set(purpose + ((uint32_t)(block >> 32) << 8)), sd, z);
            for (int w = 0; w < 4; w++) {
                const int unit = (int)group * 4 + w;
                if (unit < units) vf_store(out + (size_t)unit * lanes + lane, z[w]);
            }
        }
    }
}

#endif
