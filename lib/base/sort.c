/* SPDX-License-Identifier: MIT */
/* Sorting numbers, in memory that the caller has: qsort() may ask for some of its own. */
#include "base/sort.h"

#include <string.h>

/* Behind the ascending run that begins at `start`. */
static size_t run_end(const uint64_t *items, size_t start, size_t count)
{
    size_t end = start + 1;
    while (end < count && items[end - 1] <= items[end])
        end++;
    return end < count ? end : count;
}

/* Merges the two runs at `start` into `to`; behind them. */
static size_t merge_runs(const uint64_t *from, uint64_t *to, size_t start, size_t count)
{
    size_t left = start, middle = run_end(from, start, count);
    size_t right = middle, end = middle < count ? run_end(from, middle, count) : middle;
    for (size_t i = start; i < end; i++) {
        bool take_left = left < middle && (right == end || from[left] <= from[right]);
        to[i] = take_left ? from[left++] : from[right++];
    }
    return end;
}

/* Merge sort by what is in order already: lists mostly are, or are a few such put together. */
bool keys_sort(struct arena *arena, uint64_t *items, size_t count)
{
    if (count == 0 || run_end(items, 0, count) == count)
        return true;
    uint64_t *other = arena_new(arena, count * sizeof *other);
    if (other == NULL)
        return false;
    uint64_t *from = items;
    size_t runs;
    do {
        runs = 0;
        for (size_t start = 0; start < count; runs++)
            start = merge_runs(from, other, start, count);
        uint64_t *swap = from;
        from = other;
        other = swap;
    } while (runs > 1);
    if (from != items)
        memcpy(items, from, count * sizeof *items);
    return true;
}
