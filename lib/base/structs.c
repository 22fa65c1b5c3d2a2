/* SPDX-License-Identifier: MIT */
/* Reading and writing public structs across versions. */
#include "base/structs.h"

#include <string.h>

/* Every such struct begins with `uint32_t size, flags`. */
#define HEAD (2 * sizeof(uint32_t))

static uint32_t size_of(const void *given)
{
    uint32_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

bool struct_read(const void *given, void *ours, size_t size)
{
    const unsigned char *bytes = given;
    uint32_t given_size = size_of(given), own_size = (uint32_t)size;
    if (given_size == size) { /* the usual case */
        memcpy(ours, given, size);
        return true;
    }
    if (given_size < HEAD)
        return false;
    for (size_t i = size; i < given_size; i++)
        if (bytes[i] != 0)
            return false;
    memset(ours, 0, size);
    memcpy(ours, given, given_size < size ? given_size : size);
    memcpy(ours, &own_size, sizeof own_size);
    return true;
}

bool struct_write(void *given, const void *ours, size_t size)
{
    uint32_t given_size = size_of(given);
    if (given_size < HEAD)
        return false;
    memcpy(given, ours, given_size < size ? given_size : size);
    if (given_size > size)
        memset((char *)given + size, 0, given_size - size);
    memcpy(given, &given_size, sizeof given_size);
    return true;
}
