#include "base/random.h"

#include <math.h>

#include "base/math.h"

void gn_philox(const uint32_t key[2], const uint32_t counter[4], uint32_t word[4]) {
    uint32_t k0 = key[0], k1 = key[1];
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    word[0] = c0;
    word[1] = c1;
    word[2] = c2;
    word[3] = c3;
}

gn_stream gn_stream_open(uint64_t seed, gn_purpose purpose, uint32_t update, uint32_t trial) {
    return (gn_stream){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)}, .counter = {0, trial, update, (uint32_t)purpose}, .used = 4};
}

uint32_t gn_stream_u32(gn_stream *stream) {
    if (stream->used == 4) {
        gn_philox(stream->key, stream->counter, stream->word);
        stream->counter[0]++;
        stream->used = 0;
    }
    return stream->word[stream->used++];
}

double gn_stream_uniform(gn_stream *stream) {
    uint64_t high = gn_stream_u32(stream) >> 6; /* 26 bits */
    uint64_t low = gn_stream_u32(stream) >> 6;
    return ((double)((high << 26) | low) + 0.5) * 0x1p-52;
}

double gn_stream_normal(gn_stream *stream) {
    if (stream->has_normal) {
        stream->has_normal = 0;
        return stream->normal;
    }
    double radius = sqrt(-2.0 * gn_log(gn_stream_uniform(stream))), s, c;
    gn_sincos_turns(gn_stream_uniform(stream), &s, &c);
    stream->normal = radius * s;
    stream->has_normal = 1;
    return radius * c;
}

uint32_t gn_stream_below(gn_stream *stream, uint32_t bound) {
    /* Reject the first 2^32 mod bound values, so that every residue is equally likely. */
    uint32_t reject = (uint32_t)(-bound) % bound, word;
    do {
        word = gn_stream_u32(stream);
    } while (word < reject);
    return word % bound;
}
