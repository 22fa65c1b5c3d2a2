/* SPDX-License-Identifier: MIT */
/* The parts of the command calendar: pictures of a month and a year, and questions in batches. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "tool.h"

#define STRETCH_LIMIT 32 /* open stretches of one date that are looked at */

/* A date as the pictures need it. */
struct picture_day {
    sla_date date;
    sla_day day;
    sla_stretch stretches[STRETCH_LIMIT];
    size_t stretch_count;
    bool skipped;     /* the zone left this date out: Apia has no 2011-12-30 */
    bool provisional; /* later than the holiday lists speak for (C10) */
};

/* What is added up under a picture. */
struct picture_totals {
    unsigned open_days, holidays, workdays, specials;
    sla_duration open;
    bool provisional;
};

/* Describes a date. */
sla_status picture_day_read(const sla_calendar *calendar, sla_date date, struct picture_day *out);
void picture_totals_add(struct picture_totals *totals, const struct picture_day *day);

/* "21 open days, 168h open, 3 holiday dates ..." and the line about provisional dates. */
void picture_totals_print(const struct picture_totals *totals);

/* Seconds of the local day at an instant. */
int32_t local_seconds(const sla_calendar *calendar, sla_time at);

/* Seconds of the local day at which a stretch ends: 86400 at midnight. */
int32_t local_end(const sla_calendar *calendar, const sla_stretch *stretch);

const char *month_name(int32_t month);

/* Pictures on the terminal. EXIT_FINE, or EXIT_USAGE after a complaint. */
int print_month(const sla_calendar *calendar, int32_t year, int32_t month);
int print_year(const sla_calendar *calendar, int32_t year);

/* A month or a year (month 0) as one JSON document. */
int print_calendar_json(const sla_calendar *calendar, int32_t year, int32_t month);

/* Answers questions from standard input, one JSON line each. */
int answer_batch(const sla_policy *policy);

#endif
