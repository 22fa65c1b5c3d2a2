/* SPDX-License-Identifier: MIT */
/* Questions to the calendars of a policy, in words that a reader of tests can check by hand. */
#ifndef SUPPORT_CALENDAR_DAYS_H
#define SUPPORT_CALENDAR_DAYS_H

#include <sla/sla.h>

const sla_calendar *find_calendar(const sla_policy *policy, const char *name);

/* An instant from text, in the calendar's zone. */
sla_time instant_in(const sla_calendar *calendar, const char *text);

/* The open stretches of a local date are "09:00-12:00 14:00-18:00", in the calendar's own zone. */
void assert_day(const sla_policy *policy, const char *name, const char *date,
                const char *expected);

/* The kind (SLA_DAY_*) and the name of a local date. */
void assert_reason(const sla_policy *policy, const char *name, const char *date, uint32_t kind,
                   const char *expected);

#endif
