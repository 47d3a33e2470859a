/* Texts and arrays that live as long as a plan: many small pieces, freed at once. */
#ifndef GN_STORE_H
#define GN_STORE_H

#include <stddef.h>

#include "base/error.h"

/* Starts as {0}. The first failure (no memory) sticks in `status`; what is asked for after it is "". */
typedef struct {
    void **piece;
    size_t count, room;
    gn_status status;
} gn_store;

const char *gn_store_format(gn_store *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gn_store_free(gn_store *);

/* A list of words that stay where they are (in a store, or for ever). */
typedef struct {
    const char **word;
    int count, room;
} gn_words;

/* Adds a word; the list's memory is the store's. */
void gn_words_add(gn_store *, gn_words *, const char *word);
/* The same unless it is there. */
void gn_words_add_new(gn_store *, gn_words *, const char *word);
int gn_words_find(const gn_words *, const char *word); /* -1: not there */
/* Words of a text that one of the separating characters parts. */
gn_words gn_words_split(gn_store *, const char *text, const char *separators);

/* The candidate that differs from a word in the fewest letters (inserted, removed, exchanged); NULL when none is near.
 */
const char *gn_nearest(const gn_words *candidates, const char *word);

#endif
