/* SPDX-License-Identifier: MIT */
/* A compiled calendar: tables that make every question arithmetic.
 * The functions here trust their arguments (instants in T1's range); the public ones of
 * <sla/calendar.h>, in the same files, check them first. */
#ifndef TIME_CALENDAR_H
#define TIME_CALENDAR_H

#include "time/calendar_rules.h"

#include <sla/calendar.h>

/* Compiles a calendar into `arena`; the texts and hours of `rules` are copied, the zone is
   borrowed. SLA_OK; SLA_ERROR_RANGE: it never opens (C8); SLA_ERROR_MEMORY; SLA_ERROR_LIMIT. */
sla_status calendar_compile(struct arena *arena, const struct calendar_rules *rules,
                            sla_calendar **out_calendar);

const struct zone *calendar_zone(const sla_calendar *calendar);
bool calendar_is_always(const sla_calendar *calendar); /* open every second of 1970..2199 */
/* What its policy's floor gave as its identity: equal for calendars that count alike. */
const uint64_t *calendar_identity(const sla_calendar *calendar);
uint64_t calendar_memory(const sla_calendar *calendar); /* bytes of its tables */

/* Counted seconds in [from, to), signed (C4). */
sla_duration calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to);
/* C5, both signs; SLA_OK or SLA_ERROR_RANGE. */
sla_status calendar_add(const sla_calendar *calendar, sla_time from, sla_duration counted,
                        sla_time *out_at);
bool calendar_is_open(const sla_calendar *calendar, sla_time at);
sla_status calendar_next_open(const sla_calendar *calendar, sla_time at, sla_time *out_at);
sla_status calendar_next_close(const sla_calendar *calendar, sla_time at, sla_time *out_at);
bool calendar_is_provisional(const sla_calendar *calendar, sla_time at);

/* Working days: local dates with at least one open second (C7). */
bool calendar_is_workday(const sla_calendar *calendar, sla_date date);
/* The n-th working day after `date` (n >= 1), or before it (n <= -1). SLA_OK, SLA_ERROR_RANGE. */
sla_status calendar_add_workdays(const sla_calendar *calendar, sla_date date, int64_t n,
                                 sla_date *out_date);

/* D1 to D3, without grace. Asking for calendar days on a calendar that is not always open is
   SLA_ERROR_ARGUMENT. */
sla_status calendar_due(const sla_calendar *calendar, sla_time start, const sla_target *target,
                        sla_time *out_deadline);

/* C6: moves a deadline that falls on a closing to the next opening. SLA_ERROR_RANGE, and it stays
   where it is: there is none (C8). */
sla_status calendar_roll(const sla_calendar *calendar, sla_time *deadline);
/* The same as calendar_due(), and rolled where the policy wants it (C6). */
sla_status calendar_deadline(const sla_calendar *calendar, sla_time start,
                             const sla_target *target, sla_time *out_deadline);

/* Is every field of a target what <sla/calendar.h> allows? */
bool target_is_valid(const sla_target *target);

#endif
