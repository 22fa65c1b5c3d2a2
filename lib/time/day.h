/* SPDX-License-Identifier: MIT */
/* The open stretches of one local date, cut at its own midnights (C7). */
#ifndef TIME_DAY_H
#define TIME_DAY_H

#include "time/calendar.h"

/* Goes through the stretches of a date in order. A date is usually one run of instants; clocks that
   go back over midnight (St. John's until 2011, at 00:01) cut it into several. */
struct day_walk {
    const sla_calendar *calendar;
    struct zone_piece pieces[8];
    size_t count, next;
    sla_time at; /* where to look on, within the piece before `next` */
};
void day_walk_begin(struct day_walk *walk, const sla_calendar *calendar, sla_date date);
bool day_walk_next(struct day_walk *walk, sla_stretch *out_stretch);

/* Why a calendar is open or closed at an instant. */
struct day_reason {
    uint32_t kind;  /* SLA_DAY_*: what is more than the week's hours */
    sla_text name;  /* of the holiday, special day or closure; may be empty */
    sla_time until; /* up to here nothing else can be the reason: the end of the local date or
                       sooner; SLA_TIME_NEVER: nothing ever is */
};
void day_reason_at(const sla_calendar *calendar, sla_time at, struct day_reason *out);

#endif
