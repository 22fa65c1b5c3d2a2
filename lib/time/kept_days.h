/* SPDX-License-Identifier: MIT */
/* What a compiled calendar keeps of its rules for people's questions: why a date is what it is. */
#ifndef TIME_KEPT_DAYS_H
#define TIME_KEPT_DAYS_H

#include "base/text.h"
#include "time/exceptions.h"

/* A date with hours of its own. */
struct kept_exception {
    sla_date date;
    uint16_t kind;
    uint16_t name; /* in `names`; 0: none */
};
struct kept_closure {
    sla_time from, to;
    uint32_t name;
    uint32_t unused;
};
struct kept_days {
    const struct kept_exception *exceptions; /* ascending by date, one a date */
    size_t exception_count;
    const struct kept_closure *closures; /* in the author's order */
    size_t closure_count;
    const sla_text *names;
    uint64_t memory;
};

/* Keeps what a calendar's own rules say. SLA_OK or SLA_ERROR_MEMORY. */
sla_status kept_days_of_rules(struct arena *arena, const struct chosen_exceptions *exceptions,
                              const struct calendar_rules *rules, struct kept_days *out);
/* Keeps what other calendars say: on a date that several name the first counts. */
sla_status kept_days_of_members(struct arena *arena, const struct kept_days *const *members,
                                size_t count, struct kept_days *out);

/* The date's exception, or NULL. */
const struct kept_exception *kept_days_find(const struct kept_days *kept, sla_date date);
/* The first closure that takes instants of [from, to), or NULL. */
const struct kept_closure *kept_days_closure(const struct kept_days *kept, sla_time from,
                                             sla_time to);

#endif
