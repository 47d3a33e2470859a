/* The version of gridnav; nothing else states it. */
#ifndef GN_VERSION_H
#define GN_VERSION_H

#define GN_VERSION "0.1.0"

#endif
