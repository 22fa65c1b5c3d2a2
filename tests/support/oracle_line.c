/* SPDX-License-Identifier: MIT */
/* Set arithmetic on stretches of instants. */
#include "oracle_line.h"

#include <stdlib.h>

void line_free(struct line *line)
{
    free(line->items);
    *line = (struct line){NULL, 0, 0};
}

/* An empty list with room for so many. */
static struct line with_room(size_t room)
{
    struct line line = {malloc((room + 1) * sizeof(struct line_stretch)), 0, room + 1};
    if (line.items == NULL)
        exit(2);
    return line;
}

void line_put(struct line *line, int64_t from, int64_t to)
{
    from = from < LINE_FROM ? LINE_FROM : from;
    to = to > LINE_TO ? LINE_TO : to;
    if (from >= to)
        return;
    if (line->count == line->room) {
        line->room = line->room == 0 ? 65536 : 2 * line->room;
        line->items = realloc(line->items, line->room * sizeof *line->items);
        if (line->items == NULL)
            exit(2);
    }
    line->items[line->count++] = (struct line_stretch){from, to, 0};
}

/* Nearly sorted lists only: each is put down the list to its place. */
void line_tidy(struct line *line)
{
    size_t kept = 0;
    for (size_t i = 1; i < line->count; i++) {
        struct line_stretch moved = line->items[i];
        size_t k = i;
        for (; k > 0 && line->items[k - 1].from > moved.from; k--)
            line->items[k] = line->items[k - 1];
        line->items[k] = moved;
    }
    for (size_t i = 0; i < line->count; i++) {
        if (kept > 0 && line->items[i].from <= line->items[kept - 1].to) {
            if (line->items[i].to > line->items[kept - 1].to)
                line->items[kept - 1].to = line->items[i].to;
        } else {
            line->items[kept++] = line->items[i];
        }
    }
    line->count = kept;
}

struct line line_union(const struct line *a, const struct line *b)
{
    struct line out = with_room(a->count + b->count);
    for (size_t i = 0, k = 0; i < a->count || k < b->count;) {
        bool from_a = k == b->count || (i < a->count && a->items[i].from < b->items[k].from);
        const struct line_stretch *next = from_a ? &a->items[i++] : &b->items[k++];
        line_put(&out, next->from, next->to);
    }
    line_tidy(&out);
    return out;
}

struct line line_complement(const struct line *a)
{
    struct line out = with_room(a->count + 1);
    int64_t from = LINE_FROM;
    for (size_t i = 0; i < a->count; i++) {
        line_put(&out, from, a->items[i].from);
        from = a->items[i].to;
    }
    line_put(&out, from, LINE_TO);
    return out;
}

/* What is not outside of either. */
struct line line_intersection(const struct line *a, const struct line *b)
{
    struct line not_a = line_complement(a);
    struct line not_b = line_complement(b);
    struct line outside = line_union(&not_a, &not_b);
    struct line out = line_complement(&outside);
    line_free(&not_a);
    line_free(&not_b);
    line_free(&outside);
    return out;
}

void line_sum(struct line *line)
{
    int64_t sum = 0;
    for (size_t i = 0; i < line->count; i++) {
        line->items[i].before = sum;
        sum += line->items[i].to - line->items[i].from;
    }
}

size_t line_find(const struct line *line, int64_t at)
{
    size_t low = 0;
    size_t high = line->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (line->items[middle].to > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int64_t line_before(const struct line *line, int64_t at)
{
    size_t i = line_find(line, at);
    if (i < line->count && line->items[i].from < at)
        return line->items[i].before + at - line->items[i].from;
    if (i < line->count)
        return line->items[i].before;
    if (line->count == 0)
        return 0;
    const struct line_stretch *last = &line->items[line->count - 1];
    return last->before + last->to - last->from;
}
