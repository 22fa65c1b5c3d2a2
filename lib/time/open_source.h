/* SPDX-License-Identifier: MIT */
/* Who says when a calendar is open while its tables are built. The week with its exceptions is one
 * such source; calendars made of other calendars are another. */
#ifndef TIME_OPEN_SOURCE_H
#define TIME_OPEN_SOURCE_H

#include "time/calendar_tables.h"

struct span_list {
    const sla_allocator *allocator;
    ARRAY(struct span) spans;
    bool failed;
};

/* Adds a span behind the others; one that touches the last is merged with it. */
void span_list_add(struct span_list *list, uint32_t open, uint32_t close);

struct open_source {
    void *self;
    /* A key for table days [day, day + days): two stretches of the same length whose first days
       are the same weekday and that have the same key are open alike. 0: nothing is promised. */
    uint64_t (*key)(void *self, int32_t day, int32_t days);
    /* Adds the open spans of one table day, in order. */
    void (*day)(void *self, int32_t day, struct span_list *out);
    /* Set when memory ran out while a key was made. */
    const bool *failed;
};

/* Builds the tables of what a source says, in `arena`; its local dates are those of `zone`. SLA_OK,
   SLA_ERROR_MEMORY, SLA_ERROR_RANGE (it never opens), SLA_ERROR_LIMIT (there are too many different
   days: tens of thousands). */
sla_status tables_build(struct arena *arena, const struct open_source *source,
                        const struct zone *zone, int64_t shift, struct calendar_tables *out_tables);

/* A local date touches no table day that is further from the one of its own number. */
#define DATE_REACH 3

#endif
