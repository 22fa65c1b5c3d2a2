/* SPDX-License-Identifier: MIT */
/* Public structs from callers of other versions: each begins with its `size` in the caller's
   eyes, so that it may grow. */
#ifndef BASE_STRUCTS_H
#define BASE_STRUCTS_H

#include <sla/types.h>
#include <stdbool.h>

/* Copies a caller's struct into ours of `size` bytes. A shorter one (an older caller) is filled up
   with zeros; of a longer one (a newer caller) what we do not know must be zero, else false. */
bool struct_read(const void *given, void *ours, size_t size);

/* Writes ours into a caller's struct: as much as it has room for, its `size` kept, and zeros in
   what we do not know. False: its size cannot be right. */
bool struct_write(void *given, const void *ours, size_t size);

#endif
