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

/* Within a table day. */
struct span {
    uint32_t open, length;
};

/* All shapes stand in one block and are known by where they begin in it, in cells of 8 bytes. */
#define CELL_SIZE 8u
#define CELL_LIMIT 65536u

/* The first two spans are evaluated without a branch; further ones stand in `more_spans`. */
struct day_shape {
    struct span spans[2];
    uint32_t more_first, more_count;
};

/* Eight weeks of a page, or seven days of a week and an empty one. */
struct group_shape {
    uint32_t before[9]; /* open seconds before each part, and in all */
    uint16_t parts[8];  /* cells of the parts' shapes */
    uint32_t unused;
};

#define INDEX_FAR 0x8000u /* the bucket ends further than one page on */
#define INDEX_PAGE 0x7fffu

struct calendar_tables {
    int64_t shift;         /* table second = instant + shift */
    const uint64_t *pages; /* PAGE_COUNT + 4: open seconds before << 16 | cell of the shape */
    const unsigned char *cells;
    const uint16_t *index; /* the page of the first open second of each bucket, and INDEX_FAR */
    uint32_t bucket_scale; /* bucket of open second n = n * bucket_scale >> 32 */
    uint32_t has_more;     /* some day has more than two spans */
    uint64_t count_max;    /* count(SLA_TIME_MAX) */
    uint64_t count_min;    /* count(SLA_TIME_MIN) */
    uint64_t count_end;    /* count(SLA_TIME_MAX + 1) */
    const struct span *more_spans;
    uint64_t memory; /* bytes of all this */
};

/* Working days by rank: pages of 56 local dates, from the Monday of table day 0. */
struct workdays {
    const uint32_t *pages; /* PAGE_COUNT + 1: working days before << 11 | mask */
    const uint64_t *masks; /* bit i: date i of the page is a working day */
    uint64_t memory;
};
#define WORKDAY_MASK_BITS 11 /* 2,048 > PAGE_COUNT masks */

/* The last local date of a zone that holiday lists speak for. */
struct data_end {
    const struct zone *zone;
    sla_date through;
};

struct sla_calendar {
    struct calendar_tables tables;
    bool plain; /* neither `always` nor more than two spans a day: the short way suffices */
    bool always;
    const struct zone *zone;
    struct workdays workdays;
    const struct data_end *ends; /* C10: none where nothing ends; several of an algebra */
    size_t end_count;
    struct kept_days kept;
    sla_text name;
    uint64_t memory;
};

static inline const struct group_shape *group_shape_at(const struct calendar_tables *tables,
                                                       uint64_t cell)
{
    return (const struct group_shape *)(const void *)(tables->cells + cell * CELL_SIZE);
}

static inline const struct day_shape *day_shape_at(const struct calendar_tables *tables,
                                                   uint64_t cell)
{
    return (const struct day_shape *)(const void *)(tables->cells + cell * CELL_SIZE);
}

/* The number of the shape that table days [day, day + days) have, where days is 1, 7 (from a week's
   first day on) or PAGE_DAYS (from a page's). Equal numbers: open alike. */
static inline uint32_t tables_part(const struct calendar_tables *tables, uint32_t day,
                                   uint32_t days)
{
    uint64_t page = tables->pages[day / PAGE_DAYS] & 0xffff;
    if (days == PAGE_DAYS)
        return (uint32_t)page;
    uint32_t week = group_shape_at(tables, page)->parts[day / 7 % PAGE_WEEKS];
    return days == 7 ? week : group_shape_at(tables, week)->parts[day % 7];
}

/* Where an instant stands in the tables. */
struct table_place {
    const struct day_shape *day;
    uint32_t second;     /* of the table day */
    uint64_t before_day; /* open seconds */
};

static inline struct table_place tables_place(const struct calendar_tables *tables, sla_time at)
{
    uint64_t second = (uint64_t)(at + tables->shift);
    /* 86,400 = 675 << 7, and an instant in range fits in 33 bits: 32-bit divisions suffice. */
    uint32_t coarse = (uint32_t)(second >> 7);
    uint32_t day = coarse / 675;
    uint32_t week = coarse / 4725;
    uint64_t entry = tables->pages[week / PAGE_WEEKS];
    const struct group_shape *page = group_shape_at(tables, entry & 0xffff);
    const struct group_shape *shape = group_shape_at(tables, page->parts[week % PAGE_WEEKS]);
    uint32_t day_of_week = day - week * 7;
    struct table_place place;
    place.day = day_shape_at(tables, shape->parts[day_of_week]);
    place.second = (uint32_t)second - day * SECONDS_PER_DAY;
    place.before_day =
        (entry >> 16) + (page->before[week % PAGE_WEEKS] + shape->before[day_of_week]);
    return place;
}

/* Open seconds of a span before a second of the day. */
static inline uint32_t span_before(const struct span *span, uint32_t second)
{
    uint32_t passed;
    if (ckd_sub(&passed, second, span->open))
        passed = 0;
    return passed < span->length ? passed : span->length;
}

/* Open seconds before `at`, which lies in T1's range or one second behind it, where no day has more
   than two spans. */
static inline uint64_t tables_count_plain(const struct calendar_tables *tables, sla_time at)
{
    struct table_place place = tables_place(tables, at);
    return place.before_day + (span_before(&place.day->spans[0], place.second) +
                               span_before(&place.day->spans[1], place.second));
}

/* The same for any tables. */
uint64_t tables_count(const struct calendar_tables *tables, sla_time at);

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
