/* SPDX-License-Identifier: MIT */
/* The tables of a compiled calendar, and the two sums that everything is made of.
 *
 * count(t) is the number of open seconds before t; locate(n) is the instant of open second number
 * n (from 0), its inverse. The time axis is moved by a constant, so that it begins on a Monday near
 * local midnight and is never negative; a *table day* is 86,400 seconds of it, roughly a local day.
 * Eight table weeks are a page. Each level has the sums before its parts and the numbers of their
 * shapes; equal shapes are kept once, which is why 230 years fit into the first-level cache. */
#ifndef TIME_CALENDAR_TABLES_H
#define TIME_CALENDAR_TABLES_H

#include "time/calendar.h"

#define PAGE_WEEKS 8
#define PAGE_DAYS (PAGE_WEEKS * 7)
#define PAGE_SECONDS (PAGE_WEEKS * SECONDS_PER_WEEK)
/* 1970-01-01 was a Thursday: table day 10 begins near its local midnight, table day 0 is the
   second Monday before. The last instant of 2199 lies near table day 84,015. */
#define TABLE_DAY_OF_1970 10
#define PAGE_COUNT 1501

/* Within a table day. */
struct span {
    uint32_t open, length;
};

/* The first two spans, evaluated without a branch; further ones stand in `more_spans`. */
struct day_shape {
    struct span spans[2];
};
struct more_spans {
    uint32_t first, count;
};

struct week_shape {
    uint32_t before[8]; /* open seconds before each day; [7]: in all */
    uint16_t days[8];
};

struct page_shape {
    uint32_t before[PAGE_WEEKS];
    uint16_t weeks[PAGE_WEEKS];
};

struct calendar_tables {
    int64_t shift;         /* table second = instant + shift */
    const uint64_t *pages; /* PAGE_COUNT + 4: open seconds before << 16 | page shape */
    const struct page_shape *page_shapes;
    const struct week_shape *week_shapes;
    const struct day_shape *day_shapes;
    const struct more_spans *more; /* by day shape; NULL where no day has more than two spans */
    const struct span *more_spans;
    const uint16_t *index; /* the page of open second number n << index_shift */
    uint32_t index_shift;
    uint64_t count_min; /* count(SLA_TIME_MIN) */
    uint64_t count_max; /* count(SLA_TIME_MAX) */
    uint64_t count_end; /* count(SLA_TIME_MAX + 1) */
    uint64_t memory;    /* bytes of all this */
};

/* Working days by rank: pages of 56 local dates, from the Monday of table day 0. */
struct workdays {
    const uint32_t *pages; /* PAGE_COUNT + 1: working days before << 11 | mask */
    const uint64_t *masks; /* bit i: date i of the page is a working day */
    uint64_t memory;
};
#define WORKDAY_MASK_BITS 11 /* 2,048 > PAGE_COUNT masks */

/* A date with an exception, for people's questions. */
struct kept_exception {
    sla_date date;
    uint16_t kind;
    uint16_t name; /* in `names` */
};

struct sla_calendar {
    struct calendar_tables tables;
    bool always;
    bool has_through;
    sla_date through;
    const struct zone *zone;
    struct workdays workdays;
    const struct kept_exception *exceptions; /* ascending by date, one a date */
    size_t exception_count;
    const sla_text *names;
    sla_text name;
    uint64_t memory;
};

/* Where an instant stands in the tables. */
struct table_place {
    const struct page_shape *page;
    const struct week_shape *week;
    uint64_t before_page;
    uint32_t week_of_page, day_of_week, second;
    uint32_t day_shape;
};

static inline struct table_place tables_place(const struct calendar_tables *tables, sla_time at)
{
    uint64_t second = (uint64_t)(at + tables->shift);
    /* 86,400 = 675 << 7, and an instant in range fits in 33 bits: 32-bit divisions suffice. */
    uint32_t coarse = (uint32_t)(second >> 7);
    uint32_t day = coarse / 675;
    uint32_t week = coarse / 4725;
    uint64_t entry = tables->pages[week / PAGE_WEEKS];
    struct table_place place;
    place.before_page = entry >> 16;
    place.page = &tables->page_shapes[entry & 0xffff];
    place.week_of_page = week % PAGE_WEEKS;
    place.week = &tables->week_shapes[place.page->weeks[place.week_of_page]];
    place.day_of_week = day - week * 7;
    place.day_shape = place.week->days[place.day_of_week];
    place.second = (uint32_t)(second - (uint64_t)day * SECONDS_PER_DAY);
    return place;
}

/* Open seconds of a span before a second of the day. */
static inline uint32_t span_before(const struct span *span, uint32_t second)
{
    uint32_t passed = second > span->open ? second - span->open : 0;
    return passed < span->length ? passed : span->length;
}

uint32_t tables_more_before(const struct calendar_tables *tables, uint32_t day_shape,
                            uint32_t second);

/* Open seconds before `at`, which lies in T1's range or one second behind it. */
static inline uint64_t tables_count(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    const struct day_shape *day = &tables->day_shapes[place.day_shape];
    uint32_t in_page = place.page->before[place.week_of_page] +
                       place.week->before[place.day_of_week] +
                       span_before(&day->spans[0], place.second) +
                       span_before(&day->spans[1], place.second);
    if (tables->more != NULL)
        in_page += tables_more_before(tables, place.day_shape, place.second);
    return place.before_page + in_page;
}

/* The instant of open second number `number`, which must exist. */
sla_time tables_locate(const struct calendar_tables *tables, uint64_t number);
/* The first closed instant >= at; SLA_TIME_NEVER if the tables have none. */
sla_time tables_next_closed(const struct calendar_tables *tables, sla_time at);
bool tables_is_open(const struct calendar_tables *tables, sla_time at);

/* Where to look for a local date in pages of 56; DATE_MIN and DATE_MAX have one, and their
   neighbours. */
static inline uint32_t table_day_of(sla_date date)
{
    return (uint32_t)(date + TABLE_DAY_OF_1970);
}

#endif
