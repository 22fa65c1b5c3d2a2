/* SPDX-License-Identifier: MIT */
/* The tables of a compiled calendar, and the two sums that everything is made of.
 *
 * count(t) is the number of open seconds before t; locate(n) is the instant of open second number
 * n (from 0), its inverse. The time axis is moved by a constant, so that it begins on a Monday near
 * local midnight and is never negative; a *table day* is 86,400 seconds of it, roughly a local day.
 * Eight table weeks are a page. Equal weeks and equal pages are kept once, which is why 230 years
 * fit into the first-level cache. From an instant it is three reads down to a week's day: the
 * page's entry, its shape, the week; from a sum the same, each found among eight at once. */
#ifndef TIME_CALENDAR_TABLES_H
#define TIME_CALENDAR_TABLES_H

#include "base/checked.h"
#include "time/calendar.h"
#include "time/kept_days.h"

#define PAGE_WEEKS 8
#define PAGE_DAYS (PAGE_WEEKS * 7)
#define PAGE_SECONDS (PAGE_WEEKS * SECONDS_PER_WEEK)
/* 1970-01-01 was a Thursday: table day 10 begins near its local midnight, table day 0 is the
   second Monday before. The last instant of 2199 lies near table day 84,015. */
#define TABLE_DAY_OF_1970 10
#define PAGE_COUNT 1501

/* Within a table day, while tables are built. */
struct span {
    uint32_t open, length;
};

/* Shapes stand in one block and are known by where they begin in it, in cells. */
#define CELL_SIZE 16u

/* A page: open seconds before each of its weeks and in all, and the weeks' cells; bit i of
   `workdays` says whether local date i of the page is a working day (C7). */
struct page_shape {
    int32_t before[PAGE_WEEKS + 1];
    uint16_t weeks[PAGE_WEEKS];
    uint16_t unused[2];
    uint64_t workdays;
};

/* A week of days with up to two spans each. Within a span, second of the week = open second of the
   week + the span's offset. Of a day five numbers are known, which stand side by side, so that its
   end is the next day's beginning: open seconds before it, the offsets of its first and second span
   (that of the first again if there is no second), open seconds before the second, and before the
   day's end.
   Where a day has more than two spans, its second offset is MORE_SPANS plus the place in
   `more_spans` where those behind the first begin; the last of them ends where the day ends. */
struct week_shape {
    int32_t ends[7]; /* open seconds before the end of each day */
    int32_t days[7 * 4 + 1];
};
#define DAY_BEFORE 0
#define DAY_FIRST 1
#define DAY_SECOND 2
#define DAY_MIDDLE 3
#define DAY_END 4
#define MORE_SPANS (1 << 24)

struct more_span {
    int32_t end; /* open seconds of the week before its end */
    int32_t offset;
};

/* An entry of `pages`, from the top: 33 bits of open seconds before, 12 of working days before, 14
   for where the shape begins, in bytes as it stands, and 5 more of working days. So many are
   enough for 230 years of seconds, their days, and a shape for every page. */
#define ENTRY_SUM 31
#define ENTRY_SHAPE 0x7ffe0u
#define ENTRY_RANK_LOW 0x1fu

static inline uint64_t page_entry(uint64_t sum, uint32_t rank, uint32_t cell)
{
    return sum << ENTRY_SUM | (uint64_t)(rank >> 5) << 19 | (uint64_t)cell * CELL_SIZE |
           (rank & ENTRY_RANK_LOW);
}

static inline uint32_t rank_of_entry(uint64_t entry)
{
    return ((uint32_t)entry >> 14 & 0x1ffe0u) | ((uint32_t)entry & ENTRY_RANK_LOW);
}

#define INDEX_FAR 0x8000u /* the bucket ends further than one page on */
#define INDEX_PAGE 0x7fffu

struct calendar_tables {
    int64_t shift;         /* table second = instant + shift */
    const uint64_t *pages; /* PAGE_COUNT + 4 entries */
    const unsigned char *cells;
    const uint16_t *index; /* the page of the first open second of each bucket, and INDEX_FAR */
    uint32_t bucket_scale; /* bucket of open second n = n * bucket_scale >> 32 */
    uint32_t has_more;     /* some day has more than two spans */
    uint64_t count_max;    /* count(SLA_TIME_MAX) */
    uint64_t count_min;    /* count(SLA_TIME_MIN) */
    uint64_t count_end;    /* count(SLA_TIME_MAX + 1) */
    const struct more_span *more_spans;
    const uint16_t *rank_index; /* the page of the first working day of each bucket of ranks */
    uint32_t rank_scale;        /* bucket of rank r = r * rank_scale >> 32 */
    uint32_t rank_end;          /* working days in all */
    uint64_t memory;            /* bytes of all this */
};

/* The last local date of a zone that holiday lists speak for. */
struct data_end {
    const struct zone *zone;
    sla_date through;
};

struct sla_calendar {
    struct calendar_tables tables;
    bool plain; /* neither `always` nor more than two spans a day: the short way suffices */
    bool always;
    bool rolls; /* C6 */
    const struct zone *zone;
    const struct data_end *ends; /* C10: none where nothing ends; several of an algebra */
    size_t end_count;
    struct kept_days kept;
    sla_text name;
    uint64_t memory;
    uint64_t identity[2];
};

static inline const struct page_shape *page_shape_of(const struct calendar_tables *tables,
                                                     uint64_t entry)
{
    return (const struct page_shape *)(const void *)(tables->cells + (entry & ENTRY_SHAPE));
}

static inline const struct week_shape *week_shape_at(const struct calendar_tables *tables,
                                                     uint32_t cell)
{
    return (const struct week_shape *)(const void *)(tables->cells + (size_t)cell * CELL_SIZE);
}

/* A number for table days [day, day + days), where days is 1, 7 (from a week's first day on) or
   PAGE_DAYS (from a page's). Equal numbers for as many days: open alike. */
static inline uint32_t tables_part(const struct calendar_tables *tables, uint32_t day,
                                   uint32_t days)
{
    uint64_t entry = tables->pages[day / PAGE_DAYS];
    if (days == PAGE_DAYS)
        return (uint32_t)(entry & ENTRY_SHAPE);
    uint32_t week = page_shape_of(tables, entry)->weeks[day / 7 % PAGE_WEEKS];
    return days == 7 ? week : week * 8 + day % 7;
}

/* Where an instant stands in the tables. */
struct table_place {
    const struct week_shape *week;
    uint32_t page;
    uint32_t day;         /* of the week */
    int32_t second;       /* of the table week */
    uint64_t before_week; /* open seconds */
};

static inline struct table_place tables_place(const struct calendar_tables *tables, sla_time at)
{
    uint64_t second = (uint64_t)(at + tables->shift);
    /* 86,400 = 675 << 7, and an instant in range fits in 33 bits: 32-bit divisions suffice. */
    uint32_t coarse = (uint32_t)(second >> 7);
    uint32_t week = coarse / 4725;
    struct table_place place;
    place.second = (int32_t)((uint32_t)second - week * SECONDS_PER_WEEK);
    place.day = (uint32_t)place.second / SECONDS_PER_DAY;
    place.page = week / PAGE_WEEKS;
    uint64_t entry = tables->pages[place.page];
    const struct page_shape *page = page_shape_of(tables, entry);
    place.week = week_shape_at(tables, page->weeks[week % PAGE_WEEKS]);
    place.before_week = (entry >> ENTRY_SUM) + (uint32_t)page->before[week % PAGE_WEEKS];
    return place;
}

static inline int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Open seconds before a place where no day has more than two spans. Within a day the sum is the
   highest of what its spans say: each counts from what was before it to what is behind it. */
static inline uint64_t count_of_place(const struct table_place *place)
{
    const int32_t *day = place->week->days + 4 * place->day;
    int32_t first = smaller(place->second - day[DAY_FIRST], day[DAY_MIDDLE]);
    int32_t second = smaller(place->second - day[DAY_SECOND], day[DAY_END]);
    return place->before_week + (uint32_t)larger(day[DAY_BEFORE], larger(first, second));
}

/* Open seconds before `at`, which lies in T1's range or one second behind it, where no day has more
   than two spans. */
static inline uint64_t tables_count_plain(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    return count_of_place(&place);
}

/* The same for any tables. */
uint64_t tables_count(const struct calendar_tables *tables, sla_time at);

/* The instant of open second number `number`, which must exist. Callers in a hurry take
   tables_locate.h. */
sla_time tables_locate(const struct calendar_tables *tables, uint64_t number);
/* The first closed instant >= at; SLA_TIME_NEVER if the tables have none. */
sla_time tables_next_closed(const struct calendar_tables *tables, sla_time at);
/* The first instant behind `at` at which they open or close, within T1's range or some days around
   it; SLA_TIME_NEVER: there is none. */
sla_time tables_next_change(const struct calendar_tables *tables, sla_time at);
bool tables_is_open(const struct calendar_tables *tables, sla_time at);

/* Where to look for a local date in pages of 56, whose first begins on the Monday of table day 0;
   DATE_MIN and DATE_MAX have a place, and their neighbours. */
static inline uint32_t table_day_of(sla_date date)
{
    return (uint32_t)(date + TABLE_DAY_OF_1970);
}

#define LOW_BITS 0x0101010101010101u /* of every byte */

/* The set bits of every byte. */
static inline uint64_t bits_of_bytes(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
}

static inline uint32_t count_bits(uint64_t bits)
{
    return (uint32_t)(bits_of_bytes(bits) * LOW_BITS >> 56);
}

#endif
