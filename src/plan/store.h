/* A store of many small texts and arrays that are needed as long as the plan and are all freed together. */
#ifndef GN_STORE_H
#define GN_STORE_H

#include <stddef.h>

#include "base/error.h"

/* Initialise with {0}. After a failure (no memory) `status` keeps its code, and every text asked for is "". */
typedef struct {
    void **piece;
    size_t count, room;
    gn_status status;
} gn_store;

const char *gn_store_format(gn_store *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gn_store_free(gn_store *);
/* The word with its first `what` replaced `by` something; the word itself when it has none. */
const char *gn_store_replace(gn_store *, const char *word, const char *what, const char *by);

/* A list of words. It does not own them: they are in a store, or are constants. */
typedef struct {
    const char **word;
    int count, room;
} gn_words;

/* Adds a word to a list, whose memory belongs to the store. */
void gn_words_add(gn_store *, gn_words *, const char *word);
/* The same, unless the word is in the list already. */
void gn_words_add_new(gn_store *, gn_words *, const char *word);
int gn_words_find(const gn_words *, const char *word); /* -1: not there */
/* Splits a text at any of the separators into words. */
gn_words gn_words_split(gn_store *, const char *text, const char *separators);

/* Fails with GN_EFILE, naming the file and its row, when a word has something in braces whose beginning is not among
 * the `known` ones, which are separated by blanks. */
gn_status gn_placeholders_known(gn_store *, const gn_words *, const char *known, const char *path, const char *row);

/* The candidate that is most similar to a word by the number of letters to insert, remove or replace; NULL when none is
 * similar. */
const char *gn_nearest(const gn_words *candidates, const char *word);

#endif
