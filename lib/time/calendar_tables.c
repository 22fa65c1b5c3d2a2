/* SPDX-License-Identifier: MIT */
/* Walking down the tables of a calendar: from a sum back to an instant, and to the next closing. */
#include "time/calendar_tables.h"

uint32_t tables_more_before(const struct calendar_tables *tables, uint32_t day_shape,
                            uint32_t second)
{
    struct more_spans more = tables->more[day_shape];
    uint32_t before = 0;
    for (uint32_t i = 0; i < more.count; i++)
        before += span_before(&tables->more_spans[more.first + i], second);
    return before;
}

/* The page that open second `number` lies in: the last one with no more than that before it. */
static inline uint32_t page_of_number(const struct calendar_tables *tables, uint64_t number)
{
    uint64_t bucket = number >> tables->index_shift;
    uint32_t low = tables->index[bucket];
    uint32_t high = tables->index[bucket + 1];
    const uint64_t *pages = tables->pages;
    uint64_t limit = (number + 1) << 16; /* entry < limit: not more than `number` before it */
    if (high - low <= 3)
        return low + (pages[low + 1] < limit) + (pages[low + 2] < limit) +
               (pages[low + 3] < limit);
    while (low < high) { /* a calendar that is closed for long, or opens seldom */
        uint32_t middle = (low + high + 1) / 2;
        if (pages[middle] < limit)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* How many of before[1..last] are not above `number`: the part that it lies in. */
static inline uint32_t part_of_number(const uint32_t *before, uint32_t last, uint32_t number)
{
    uint32_t part = 0;
    for (uint32_t i = 1; i <= last; i++)
        part += before[i] <= number;
    return part;
}

/* The second of the day of open second `number` behind the first two spans. */
static uint32_t locate_in_more(const struct calendar_tables *tables, uint32_t day_shape,
                               uint32_t number)
{
    const struct span *span = &tables->more_spans[tables->more[day_shape].first];
    for (; number >= span->length; span++)
        number -= span->length;
    return span->open + number;
}

sla_time tables_locate(const struct calendar_tables *tables, uint64_t number)
{
    uint32_t page = page_of_number(tables, number);
    uint64_t entry = tables->pages[page];
    uint32_t rest = (uint32_t)(number - (entry >> 16));
    const struct page_shape *page_shape = &tables->page_shapes[entry & 0xffff];
    uint32_t week = part_of_number(page_shape->before, PAGE_WEEKS - 1, rest);
    rest -= page_shape->before[week];
    const struct week_shape *week_shape = &tables->week_shapes[page_shape->weeks[week]];
    uint32_t day = part_of_number(week_shape->before, 6, rest);
    rest -= week_shape->before[day];
    const struct day_shape *shape = &tables->day_shapes[week_shape->days[day]];
    uint32_t first = shape->spans[0].length;
    uint32_t second = rest < first ? shape->spans[0].open + rest
                                   : shape->spans[1].open + (rest - first);
    if (tables->more != NULL && rest >= first + shape->spans[1].length)
        second = locate_in_more(tables, week_shape->days[day],
                                rest - first - shape->spans[1].length);
    return (int64_t)page * PAGE_SECONDS + (int64_t)(week * SECONDS_PER_WEEK) +
           (int64_t)(day * SECONDS_PER_DAY + second) - tables->shift;
}

static inline bool span_holds(const struct span *span, uint32_t second)
{
    return second - span->open < span->length; /* unsigned: before `open` is far too large */
}

/* The span that holds a second of the day, or NULL. */
static const struct span *find_span(const struct calendar_tables *tables, uint32_t day_shape,
                                    uint32_t second)
{
    const struct day_shape *shape = &tables->day_shapes[day_shape];
    for (uint32_t i = 0; i < 2; i++) {
        if (span_holds(&shape->spans[i], second))
            return &shape->spans[i];
    }
    if (tables->more == NULL)
        return NULL;
    struct more_spans more = tables->more[day_shape];
    for (uint32_t i = more.first; i < more.first + more.count; i++) {
        if (span_holds(&tables->more_spans[i], second))
            return &tables->more_spans[i];
    }
    return NULL;
}

bool tables_is_open(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    const struct day_shape *shape = &tables->day_shapes[place.day_shape];
    if (tables->more == NULL)
        return ((int)span_holds(&shape->spans[0], place.second) |
                (int)span_holds(&shape->spans[1], place.second)) != 0;
    return find_span(tables, place.day_shape, place.second) != NULL;
}

/* The second of the day of closed second `number`, counted from 0, which must exist. */
static uint32_t locate_closed_in_day(const struct calendar_tables *tables, uint32_t day_shape,
                                     uint32_t number)
{
    const struct day_shape *shape = &tables->day_shapes[day_shape];
    uint32_t second = number; /* without the open seconds that stand before it */
    for (uint32_t i = 0; i < 2; i++) {
        if (shape->spans[i].length > 0 && second >= shape->spans[i].open)
            second += shape->spans[i].length;
    }
    if (tables->more != NULL) {
        struct more_spans more = tables->more[day_shape];
        for (uint32_t i = more.first; i < more.first + more.count; i++) {
            if (second >= tables->more_spans[i].open)
                second += tables->more_spans[i].length;
        }
    }
    return second;
}

/* The instant of closed second `number` of the tables, counted from 0, which must exist. */
static sla_time locate_closed(const struct calendar_tables *tables, uint64_t number)
{
    uint32_t low = 0;
    uint32_t high = PAGE_COUNT - 1;
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if ((uint64_t)middle * PAGE_SECONDS - (tables->pages[middle] >> 16) <= number)
            low = middle;
        else
            high = middle - 1;
    }
    uint64_t entry = tables->pages[low];
    uint32_t rest = (uint32_t)(number - ((uint64_t)low * PAGE_SECONDS - (entry >> 16)));
    const struct page_shape *page = &tables->page_shapes[entry & 0xffff];
    uint32_t week = 0;
    while (week + 1 < PAGE_WEEKS && (week + 1) * SECONDS_PER_WEEK - page->before[week + 1] <= rest)
        week++;
    rest -= week * SECONDS_PER_WEEK - page->before[week];
    const struct week_shape *shape = &tables->week_shapes[page->weeks[week]];
    uint32_t day = 0;
    while (day < 6 && (day + 1) * SECONDS_PER_DAY - shape->before[day + 1] <= rest)
        day++;
    rest -= day * SECONDS_PER_DAY - shape->before[day];
    uint32_t second = locate_closed_in_day(tables, shape->days[day], rest);
    return (int64_t)low * PAGE_SECONDS + (int64_t)(week * SECONDS_PER_WEEK) +
           (int64_t)(day * SECONDS_PER_DAY + second) - tables->shift;
}

sla_time tables_next_closed(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    const struct span *span = find_span(tables, place.day_shape, place.second);
    if (span == NULL)
        return at;
    uint32_t close = span->open + span->length;
    if (close < SECONDS_PER_DAY)
        return at + (close - place.second);
    uint64_t closed_before = (uint64_t)(at + tables->shift) - tables_count(tables, at);
    uint64_t open_in_all = tables->pages[PAGE_COUNT] >> 16;
    uint64_t closed_in_all = (uint64_t)PAGE_COUNT * PAGE_SECONDS - open_in_all;
    if (closed_before >= closed_in_all)
        return SLA_TIME_NEVER;
    return locate_closed(tables, closed_before);
}
