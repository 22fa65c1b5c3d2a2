/* SPDX-License-Identifier: MIT */
/* Files that are part of the program: the JSON Schemas, and the policies that init writes. */
#ifndef EMBED_H
#define EMBED_H

#include <stddef.h>

struct embedded {
    const char *name;
    const char *data; /* not ended by a NUL */
    size_t length;
};

/* By name or by number from 0; NULL if there is none. */
const struct embedded *embedded_file(const char *name);
const struct embedded *embedded_at(size_t index);

#endif
