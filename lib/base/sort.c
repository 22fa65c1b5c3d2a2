/* SPDX-License-Identifier: MIT */
/* Sorting numbers, in memory that the caller has: qsort() may ask for some of its own. */
#include "base/sort.h"

#include <string.h>

/* Merge sort from below; lists mostly come in order, and then nothing is done. */
bool keys_sort(struct arena *arena, uint64_t *items, size_t count)
{
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = items[i - 1] <= items[i];
    if (sorted)
        return true;
    uint64_t *other = arena_new(arena, count * sizeof *other);
    if (other == NULL)
        return false;
    uint64_t *from = items;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t left = start;
            size_t right = middle;
            for (size_t i = start; i < end; i++) {
                bool take_left = left < middle && (right == end || from[left] <= from[right]);
                other[i] = take_left ? from[left++] : from[right++];
            }
        }
        uint64_t *swap = from;
        from = other;
        other = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
    return true;
}
