/* SPDX-License-Identifier: MIT */
/* Walking down the tables of a calendar: from a sum back to an instant, and to the next closing. */
#include "time/calendar_tables.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

uint64_t tables_count(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    uint32_t in_day = span_before(&place.day->spans[0], place.second) +
                      span_before(&place.day->spans[1], place.second);
    for (uint32_t i = 0; i < place.day->more_count; i++)
        in_day += span_before(&tables->more_spans[place.day->more_first + i], place.second);
    return place.before_day + in_day;
}

/* The last page between two that has no more than limit >> 16 open seconds before it: for calendars
   that are closed for long, or seldom open. */
static uint32_t search_page(const uint64_t *pages, uint64_t limit, uint32_t low, uint32_t high)
{
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if (pages[middle] < limit)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The page that open second `number` lies in. */
static inline uint32_t page_of_number(const struct calendar_tables *tables, uint64_t number)
{
    const uint16_t *index = tables->index + (number * tables->bucket_scale >> 32);
    uint32_t page = index[0];
    uint64_t limit = (number + 1) << 16; /* entry < limit: not more than `number` before it */
    if (page & INDEX_FAR)
        return search_page(tables->pages, limit, page & INDEX_PAGE, index[1] & INDEX_PAGE);
    return page + (tables->pages[page + 1] < limit);
}

/* The part of a group that open second `number` of it lies in: the first one that it is not
   behind. */
static inline uint32_t part_of_number(const struct group_shape *group, uint32_t number)
{
#if defined(__SSE2__)
    const uint32_t *after = group->before + 1;
    __m128i wanted = _mm_set1_epi32((int)number);
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)after);
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(after + 4));
    __m128i above = _mm_packs_epi32(_mm_cmpgt_epi32(low, wanted), _mm_cmpgt_epi32(high, wanted));
    return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(above)) / 2; /* two bits a part */
#else
    uint32_t part = 0;
    for (uint32_t i = 1; i < 8; i++)
        part += group->before[i] <= number;
    return part;
#endif
}

/* The second of the day of open second `number` behind the first two spans. */
static uint32_t locate_in_more(const struct calendar_tables *tables, const struct day_shape *day,
                               uint32_t number)
{
    const struct span *span = &tables->more_spans[day->more_first];
    for (; number >= span->length; span++)
        number -= span->length;
    return span->open + number;
}

sla_time tables_locate(const struct calendar_tables *tables, uint64_t number)
{
    uint32_t page = page_of_number(tables, number);
    uint64_t entry = tables->pages[page];
    uint32_t rest = (uint32_t)number - (uint32_t)(entry >> 16);
    const struct group_shape *weeks = group_shape_at(tables, entry & 0xffff);
    uint32_t week = part_of_number(weeks, rest);
    rest -= weeks->before[week];
    const struct group_shape *days = group_shape_at(tables, weeks->parts[week]);
    uint32_t day = part_of_number(days, rest);
    rest -= days->before[day];
    const struct day_shape *shape = day_shape_at(tables, days->parts[day]);
    uint32_t first = shape->spans[0].length;
    uint32_t span = rest >= first; /* a coin toss, so not a branch */
    uint32_t second = rest - (first & (0u - span)) + shape->spans[span].open;
    if (tables->has_more && rest >= first + shape->spans[1].length)
        second = locate_in_more(tables, shape, rest - first - shape->spans[1].length);
    return (int64_t)page * PAGE_SECONDS +
           (week * SECONDS_PER_WEEK + day * SECONDS_PER_DAY + second) - tables->shift;
}

static inline bool span_holds(const struct span *span, uint32_t second)
{
    return second - span->open < span->length; /* unsigned: before `open` is far too large */
}

/* The span that holds a second of the day, or NULL. */
static const struct span *find_span(const struct calendar_tables *tables,
                                    const struct day_shape *shape, uint32_t second)
{
    for (uint32_t i = 0; i < 2; i++) {
        if (span_holds(&shape->spans[i], second))
            return &shape->spans[i];
    }
    for (uint32_t i = 0; i < shape->more_count; i++) {
        const struct span *span = &tables->more_spans[shape->more_first + i];
        if (span_holds(span, second))
            return span;
    }
    return NULL;
}

bool tables_is_open(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    int open = (int)span_holds(&place.day->spans[0], place.second) |
               (int)span_holds(&place.day->spans[1], place.second);
    if (!tables->has_more)
        return open != 0;
    return find_span(tables, place.day, place.second) != NULL;
}

/* The second of the day of closed second `number`, counted from 0, which must exist. */
static uint32_t locate_closed_in_day(const struct calendar_tables *tables,
                                     const struct day_shape *shape, uint32_t number)
{
    uint32_t second = number; /* without the open seconds that stand before it */
    for (uint32_t i = 0; i < 2; i++) {
        if (shape->spans[i].length > 0 && second >= shape->spans[i].open)
            second += shape->spans[i].length;
    }
    for (uint32_t i = 0; i < shape->more_count; i++) {
        const struct span *span = &tables->more_spans[shape->more_first + i];
        if (second >= span->open)
            second += span->length;
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
    const struct group_shape *page = group_shape_at(tables, entry & 0xffff);
    uint32_t week = 0;
    while (week + 1 < PAGE_WEEKS && (week + 1) * SECONDS_PER_WEEK - page->before[week + 1] <= rest)
        week++;
    rest -= week * SECONDS_PER_WEEK - page->before[week];
    const struct group_shape *shape = group_shape_at(tables, page->parts[week]);
    uint32_t day = 0;
    while (day < 6 && (day + 1) * SECONDS_PER_DAY - shape->before[day + 1] <= rest)
        day++;
    rest -= day * SECONDS_PER_DAY - shape->before[day];
    uint32_t second = locate_closed_in_day(tables, day_shape_at(tables, shape->parts[day]), rest);
    return (int64_t)low * PAGE_SECONDS + (int64_t)(week * SECONDS_PER_WEEK) +
           (int64_t)(day * SECONDS_PER_DAY + second) - tables->shift;
}

sla_time tables_next_closed(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    const struct span *span = find_span(tables, place.day, place.second);
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
