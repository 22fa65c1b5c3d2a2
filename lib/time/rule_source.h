/* SPDX-License-Identifier: MIT */
/* The source of a calendar's own rules: weeks, seasons, dates with hours of their own, closures. */
#ifndef TIME_RULE_SOURCE_H
#define TIME_RULE_SOURCE_H

#include "time/id_map.h"
#include "time/exceptions.h"
#include "time/open_source.h"

#define IRREGULAR_WEEKS (PAGE_COUNT * PAGE_WEEKS)

struct rule_source {
    const struct zone *zone;
    int64_t shift;
    const struct week_table *weeks;
    struct season_table seasons;
    const struct date_hours *exceptions; /* ascending by date */
    size_t exception_count;
    const uint8_t *hours_numbers; /* of each exception: equal for equal hours; 0: not numbered */
    const struct closure *closures; /* ascending, disjoint, not touching */
    size_t closure_count;
    uint8_t *irregular; /* a bit for each table day that an exception or a closure touches */
    uint16_t *next_irregular; /* the first irregular week that is not before this one */
    struct id_map base_keys;  /* with seasons: numbers of the zone's keys */
    bool failed;
    /* Where was looked last: questions mostly come in order. */
    size_t change_cursor, season_cursor, exception_cursor, closure_cursor;
    sla_time same_from, same_to; /* in between the offset is this one */
    int32_t same_offset;
};

#define HOURS_BITS 4u
#define HOURS_NUMBERS (1u << HOURS_BITS)

/* For open_source; in rule_keys.c. */
uint64_t rule_source_key(void *self, int32_t day, int32_t days);

/* The first exception that is not before a date; the first closure that ends behind an instant. */
size_t rule_source_exception(struct rule_source *rules, sla_date date);
size_t rule_source_closure(struct rule_source *rules, sla_time at);

/* `rules` has zone, shift, weeks, seasons and exceptions; everything else is made here, in
   `arena`. SLA_OK or SLA_ERROR_MEMORY; rule_source_free() in both cases. */
sla_status rule_source_init(struct rule_source *rules, struct arena *arena,
                            const struct closure *closures, size_t closure_count);
void rule_source_free(struct rule_source *rules);
struct open_source rule_source_open(struct rule_source *rules);

#endif
