/* The largest sizes that a reader accepts: more than any result needs, and small enough that a damaged or hostile file
 * cannot make a program allocate memory or compute without bounds. */
#ifndef GN_FILE_LIMITS_H
#define GN_FILE_LIMITS_H

enum {
    GN_FILE_HEADER_MAX = 1 << 22,      /* bytes of text header */
    GN_FILE_KEYS_MAX = 2048,           /* header keys */
    GN_FILE_ARRAYS_MAX = 2048,         /* arrays of a container */
    GN_FILE_KEY_LENGTH_MAX = 96,       /* bytes of a key or of an array's name */
    GN_FILE_VALUE_LENGTH_MAX = 1 << 20 /* bytes of a value */
};

#endif
