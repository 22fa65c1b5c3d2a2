/* SPDX-License-Identifier: MIT */
/* The dates of one event of a feed: its rules, what was added to them and what was taken away. */
#ifndef IMPORT_RULE_H
#define IMPORT_RULE_H

#include "import_list.h"

#include <libical/ical.h>

/* Dates as in the library, but of any year from 1 to 9999: holidays are older than computers. */
bool date_of(int32_t year, int32_t month, int32_t day, sla_date *out_date);
void civil_of(sla_date date, int32_t *out_year, int32_t *out_month, int32_t *out_day);
int32_t year_of(sla_date date);

/* An event while a feed is read. */
struct event {
    icalcomponent *component;
    const char *uid; /* may be NULL */
    char *name;      /* owned */
    int sequence;
    bool cancelled, timed;
    bool replaces; /* one occurrence of another event, that of the date `replaced` */
    sla_date replaced;
    sla_date start;
    int32_t days; /* how many dates it lasts */
    size_t order;
};

struct rule_task {
    const char *file;
    int32_t last_year; /* to which rules without an end are followed; 0: not said */
    bool workday;
    const struct event *replaced; /* what replaces occurrences of the event */
    size_t replaced_count;
    struct holiday_list *list;
    sla_date *taken; /* by EXDATE; for the time of a call */
    size_t taken_count;
    bool endless; /* while a rule without an end is followed */
};

/* Taken away by EXDATE, or replaced by an event of its own (which may be a cancelled one). */
bool is_taken_away(const struct rule_task *task, const struct event *event, sla_date date);

/* Adds the dates of an event to the list: EXIT_FINE, or EXIT_USAGE after a complaint. */
int rule_add_dates(struct rule_task *task, const struct event *event);

#endif
