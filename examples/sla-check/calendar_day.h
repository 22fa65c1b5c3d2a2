/* SPDX-License-Identifier: MIT */
/* A date of a calendar as it is drawn: the one model behind text, SVG and JSON. */
#ifndef CALENDAR_DAY_H
#define CALENDAR_DAY_H

#include "output.h"
#include "words.h"

#define DAY_SECONDS 86400
#define CHANGE_LIMIT 4 /* changes of the clock on one date; no zone ever had more than two */

/* An open part of a date in seconds of its wall clock. Parts are cut where the clock changes, so
   that their lengths add up to the open seconds; an hour that comes twice may be in two parts. */
struct day_part {
    int32_t from, to;
};

/* A change of the clock: before it the wall clock read `from`, then `to` (seconds of the date on
   which it is shown). What lies between was skipped, or comes twice when `to` is less. */
struct clock_change {
    sla_time at;
    int32_t from, to;
    int32_t offset_before, offset_after; /* seconds east of UTC */
};

struct drawn_day {
    sla_date date;
    int32_t year, month, number;
    sla_day day;
    sla_stretch *stretches; /* all of them: day.stretch_count */
    struct day_part *hours; /* the same on the wall clock, not cut */
    struct day_part *parts;
    size_t part_count;
    struct clock_change changes[CHANGE_LIMIT];
    size_t change_count;
    bool skipped;     /* the zone left this date out: Apia has no 2011-12-30 */
    bool provisional; /* later than the holiday lists speak for (C10) */
};

/* What a kind of day is called and how it is shown. */
struct day_kind {
    const char *word; /* in JSON, and the class in SVG */
    const char *one, *many;
    char sign;
    enum style colour;
};

/* Describes a date; to be released with day_free() on SLA_OK. */
sla_status day_read(const sla_calendar *calendar, sla_date date, struct drawn_day *out);
void day_free(struct drawn_day *day);

#define KIND_COUNT 6 /* of days: those that are known here, and all others as one */

/* From 0 for a regular day to KIND_COUNT - 1. */
unsigned kind_index(const struct drawn_day *day);

/* Never NULL: a kind that a newer library knows is an "exception". */
const struct day_kind *day_kind(const struct drawn_day *day);

/* "09:00", or "09:00:30" where there are seconds. */
#define CLOCK_CAPACITY 16
const char *clock_text(int32_t seconds, char buffer[CLOCK_CAPACITY]);

/* "+08:00", or "-00:44:30". */
const char *offset_text(int32_t seconds, char buffer[CLOCK_CAPACITY]);

/* "1h forward" or "30m back". */
const char *shift_text(const struct clock_change *change, char buffer[DURATION_CAPACITY]);

#endif
