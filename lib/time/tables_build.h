/* SPDX-License-Identifier: MIT */
/* Between building the shapes of a calendar and laying them into its tables. */
#ifndef TIME_TABLES_BUILD_H
#define TIME_TABLES_BUILD_H

#include "time/id_map.h"
#include "time/open_source.h"

struct built_day {
    uint32_t first, count; /* in `spans` */
    uint32_t open;         /* seconds */
};

/* Open seconds before each part and in all, and the parts' numbers in the list of their kind. */
struct built_group {
    uint32_t before[9];
    uint16_t parts[8];
    uint32_t open_days; /* of a week: a bit for each day that is open at all */
};

/* A page of the tables: its weeks, and which of its local dates are working days. */
struct built_page {
    uint64_t workdays;
    uint32_t weeks; /* a number in `pages` */
    uint32_t unused;
};

/* Every different day, week, row of eight weeks and page once; parts are numbers in these lists. */
struct built_shapes {
    struct span_list spans; /* of all days, one behind the other */
    ARRAY(struct built_day) days;
    ARRAY(struct built_group) weeks;
    ARRAY(struct built_group) pages;
    ARRAY(struct built_page) whole_pages;
};

/* Finds the working days of one page after the other, when the weeks of all are built. All but
   the last are set by who makes it. */
struct workday_builder {
    const struct zone *zone;
    int64_t shift;
    const struct built_shapes *built;
    const uint64_t *pages; /* lower halves: numbers of weeks in built->pages */
    struct week_sides {    /* of each week, for dates that begin at `distance` */
        int64_t distance;  /* 0: not looked at */
        uint8_t own, other;
    } *sides;
    size_t cursor; /* in the zone's changes; pages are asked in order */
};
/* False: no memory. */
bool workday_builder_init(struct workday_builder *builder, const sla_allocator *allocator);
void workday_builder_free(struct workday_builder *builder, const sla_allocator *allocator);
/* The mask of a page. */
uint64_t workdays_of_page(struct workday_builder *builder, int32_t page);

/* The key of the table days that local dates [day, day + days) can touch; 0 near the ends of the
   tables, where dates that nobody may ask for count as closed. */
uint64_t key_around(const struct open_source *source, int32_t day, int32_t days);

/* `pages` has the number of each of PAGE_COUNT pages in `whole_pages`.
   SLA_OK, SLA_ERROR_MEMORY, SLA_ERROR_RANGE (never open), SLA_ERROR_LIMIT. */
sla_status tables_lay(struct arena *arena, const struct built_shapes *built,
                      const uint64_t *pages, int64_t shift, struct calendar_tables *out_tables);

#endif
