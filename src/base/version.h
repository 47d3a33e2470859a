/* The one place that knows the version. */
#ifndef GN_VERSION_H
#define GN_VERSION_H

#define GN_VERSION "0.1.0"

#endif
