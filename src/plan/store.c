#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* vasprintf */
#endif
#include "plan/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds a piece of memory from malloc() to the store. If there is no memory for that, the piece is freed and NULL
 * returned. */
static void *own(gn_store *store, void *piece) {
    if (piece && store->count == store->room) {
        const size_t room = store->room ? 2 * store->room : 256;
        void **grown = realloc(store->piece, room * sizeof *grown);
        if (grown) {
            store->piece = grown;
            store->room = room;
        } else {
            free(piece);
            piece = NULL;
        }
    }
    if (piece)
        store->piece[store->count++] = piece;
    else if (!store->status)
        store->status = gn_fail(GN_EIO, "out of memory for the plan");
    return piece;
}

const char *gn_store_format(gn_store *store, const char *format, ...) {
    va_list list;
    char *text = NULL;
    if (store->status) return "";
    va_start(list, format);
    if (vasprintf(&text, format, list) < 0) text = NULL;
    va_end(list);
    text = own(store, text);
    return text ? text : "";
}

void gn_store_free(gn_store *store) {
    for (size_t i = 0; i < store->count; i++)
        free(store->piece[i]);
    free(store->piece);
    *store = (gn_store){0};
}

const char *gn_store_replace(gn_store *store, const char *word, const char *what, const char *by) {
    const char *at = strstr(word, what);
    return at ? gn_store_format(store, "%.*s%s%s", (int)(at - word), word, by, at + strlen(what)) : word;
}

void gn_words_add(gn_store *store, gn_words *words, const char *word) {
    if (words->count == words->room) {
        const int room = words->room ? 2 * words->room : 8;
        const char **grown = own(store, calloc((size_t)room, sizeof *grown));
        if (!grown) return;
        if (words->count) memcpy(grown, words->word, (size_t)words->count * sizeof *grown);
        words->word = grown; /* the old list is freed with the store */
        words->room = room;
    }
    words->word[words->count++] = word;
}

int gn_words_find(const gn_words *words, const char *word) {
    for (int i = 0; i < words->count; i++)
        if (strcmp(words->word[i], word) == 0) return i;
    return -1;
}

void gn_words_add_new(gn_store *store, gn_words *words, const char *word) {
    if (gn_words_find(words, word) < 0) gn_words_add(store, words, word);
}

gn_words gn_words_split(gn_store *store, const char *text, const char *separators) {
    gn_words words = {0};
    for (const char *p = text + strspn(text, separators); *p; p += strspn(p, separators)) {
        const int length = (int)strcspn(p, separators);
        gn_words_add(store, &words, gn_store_format(store, "%.*s", length, p));
        p += length;
    }
    return words;
}

gn_status gn_placeholders_known(gn_store *store, const gn_words *words, const char *known, const char *path,
                                const char *row) {
    const gn_words accepted = gn_words_split(store, known, " ");
    for (int i = 0; i < words->count; i++)
        for (const char *p = words->word[i]; (p = strchr(p, '{')) != NULL;) {
            const int length = (int)strcspn(++p, " }");
            if (gn_words_find(&accepted, gn_store_format(store, "%.*s", length, p)) < 0)
                return gn_fail(GN_EFILE, "%s: %s: {%.*s}, accepted: %s", path, row, length, p, known);
        }
    return store->status;
}

/* The Levenshtein distance between two short words. */
static int distance(const char *a, const char *b) {
    enum { LONGEST = 64 };
    const int m = (int)strlen(a), n = (int)strlen(b);
    int row[LONGEST + 1];
    if (m > LONGEST || n > LONGEST) return LONGEST;
    for (int j = 0; j <= n; j++)
        row[j] = j;
    for (int i = 1; i <= m; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            const int up = row[j], exchanged = diagonal + (a[i - 1] != b[j - 1]);
            const int one = up < row[j - 1] ? up + 1 : row[j - 1] + 1;
            row[j] = exchanged < one ? exchanged : one;
            diagonal = up;
        }
    }
    return row[n];
}

const char *gn_nearest(const gn_words *candidates, const char *word) {
    const char *best = NULL;
    int least = (int)strlen(word) / 2 + 2; /* words that differ in more letters are not similar */
    for (int i = 0; i < candidates->count; i++) {
        const char *candidate = candidates->word[i];
        int apart = distance(word, candidate);
        if (*word && strncmp(candidate, word, strlen(word)) == 0 && apart > 1)
            apart = 1; /* the word is the beginning of the candidate */
        if (apart < least) {
            least = apart;
            best = candidate;
        }
    }
    return best;
}
