/* SPDX-License-Identifier: MIT */
/* From open second number n back to its instant: the hot half of every sum, so it stands in line.
 * Nothing here branches on what the calendar says; where one of two must be taken, both are read
 * and the choice is a mask. Masks come from a borrow or a sign: a byte that is set by a comparison
 * would wait, on many machines, for what its register held before. */
#ifndef TIME_TABLES_LOCATE_H
#define TIME_TABLES_LOCATE_H

#include "time/calendar_tables.h"

#if defined(__SSE2__) && !defined(SLA_PLAIN)
#define TABLES_SSE2
#include <emmintrin.h>
#endif

/* The last page from `low` to `high` whose entry is below a limit: for calendars that are closed
   for long, or seldom open. */
uint32_t tables_search_page(const struct calendar_tables *tables, uint64_t limit, uint32_t low,
                            uint32_t high);

/* Entries below this have no more than `number` open seconds before them. */
static inline uint64_t entry_limit(uint64_t number)
{
    return (number + 1) << ENTRY_SUM;
}

/* Twice the number of the part that open second `number` of a group lies in: the first of up to
   eight that ends behind it. Twice, because so it is the offset in an array of 16 bits. */
static inline uint32_t twice_part(const int32_t *ends, int32_t number)
{
#ifdef TABLES_SSE2
    const __m128i *sums = (const __m128i *)(const void *)ends;
    __m128i wanted = _mm_set1_epi32(number);
    __m128i above = _mm_packs_epi32(_mm_cmpgt_epi32(_mm_loadu_si128(sums), wanted),
                                    _mm_cmpgt_epi32(_mm_loadu_si128(sums + 1), wanted));
    return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(above));
#else
    uint32_t part = 0;
    for (uint32_t i = 0; i < 7; i++)
        part += ends[i] <= number;
    return part * 2;
#endif
}

static inline int32_t at_twice(const int32_t *items, uint32_t twice)
{
    return *(const int32_t *)(const void *)((const unsigned char *)items + 2 * (size_t)twice);
}

/* Where an open second stands in the tables. */
struct number_place {
    const struct week_shape *week;
    sla_time week_start;
    uint32_t twice_day; /* of the week */
    int32_t rest;       /* open seconds of the week before it */
};

/* Within a page that holds it. */
static inline struct number_place place_in_page(const struct calendar_tables *tables, uint32_t page,
                                                uint64_t entry, uint64_t number)
{
    int32_t rest = (int32_t)((uint32_t)number - (uint32_t)(entry >> ENTRY_SUM));
    const struct page_shape *shape = page_shape_of(tables, entry);
    uint32_t twice_week = twice_part(shape->before + 1, rest);
    struct number_place place;
    place.rest = rest - at_twice(shape->before, twice_week);
    const unsigned char *cell = (const unsigned char *)shape->weeks + twice_week;
    place.week = week_shape_at(tables, *(const uint16_t *)(const void *)cell);
    place.week_start = (int64_t)page * PAGE_SECONDS + twice_week * (SECONDS_PER_WEEK / 2) -
                       tables->shift;
    /* The week has seven days; what stands behind them is not looked at, as ends[6] is above. */
    place.twice_day = twice_part(place.week->ends, place.rest);
    return place;
}

/* The place in `page` or the one behind it, whichever holds the number. */
static inline struct number_place place_in_two(const struct calendar_tables *tables, uint32_t page,
                                               uint64_t number)
{
    uint64_t entry = tables->pages[page];
    uint64_t next = tables->pages[page + 1];
    uint64_t behind = 0 - (uint64_t)(next < entry_limit(number)); /* all bits or none */
    entry ^= (entry ^ next) & behind;
    return place_in_page(tables, page - (uint32_t)behind, entry, number);
}

/* The page that holds a number, or the one before that. */
static inline uint32_t page_near_number(const struct calendar_tables *tables, uint64_t number)
{
    const uint16_t *index = tables->index + (number * tables->bucket_scale >> 32);
    if (index[0] & INDEX_FAR)
        return tables_search_page(tables, entry_limit(number), index[0] & INDEX_PAGE,
                                  index[1] & INDEX_PAGE);
    return index[0];
}

static inline struct number_place tables_place_of_number(const struct calendar_tables *tables,
                                                         uint64_t number)
{
    return place_in_two(tables, page_near_number(tables, number), number);
}

/* Is a number, which is not in a page before `page`, in it or in the next? Most sums are so short,
   and then the index need not be asked. */
static inline bool is_near(const struct calendar_tables *tables, uint32_t page, uint64_t number)
{
    return tables->pages[page + 2] >= entry_limit(number);
}

/* Where no day has more than two spans. */
static inline sla_time time_of_place(const struct number_place *place)
{
    const int32_t *day = place->week->days + 2 * (size_t)place->twice_day;
    uint32_t in_first = 0 - ((uint32_t)(place->rest - day[DAY_MIDDLE]) >> 31);
    int32_t offset =
        day[DAY_SECOND] ^ ((day[DAY_FIRST] ^ day[DAY_SECOND]) & (int32_t)in_first);
    return place->week_start + (uint32_t)(place->rest + offset);
}

#endif
