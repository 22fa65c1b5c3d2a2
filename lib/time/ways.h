/* SPDX-License-Identifier: MIT */
/* In which ways several calendars are open and closed at once. 230 years have few different weeks:
 * only those are walked of which the calendars' tables do not say that an earlier one was alike. */
#ifndef TIME_WAYS_H
#define TIME_WAYS_H

#include "time/calendar.h"

#define WAYS_CALENDARS_MAX 12u

/* A way: bit i of `open` says whether calendar i is open; `at` is such an instant. */
struct way {
    sla_time at;
    uint32_t open;
    uint32_t unused;
};

struct ways;

/* For at most WAYS_CALENDARS_MAX calendars, which are borrowed. NULL: no memory. */
struct ways *ways_new(struct arena *arena, const sla_calendar *const *calendars, uint32_t count);
void ways_free(struct ways *ways); /* what does not lie in the arena */

/* From now on every way is new again. */
void ways_forget(struct ways *ways);

/* Finds each way of [from, until), in T1's range, that was not found since ways_forget(), and the
   first instant of it. `*out` stands until the next call. SLA_OK, SLA_ERROR_MEMORY, SLA_ERROR_LIMIT
   (there are too many different days in all that was asked so far: tens of thousands). */
sla_status ways_find(struct ways *ways, sla_time from, sla_time until, const struct way **out,
                     size_t *out_count);

#endif
