/* SPDX-License-Identifier: MIT */
/* Sorting numbers. Whoever sorts something else puts its index into the low bits. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/memory.h"

/* Ascending; false: no memory in `arena`. */
bool keys_sort(struct arena *arena, uint64_t *items, size_t count);

#endif
