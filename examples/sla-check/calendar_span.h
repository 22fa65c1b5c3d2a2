/* SPDX-License-Identifier: MIT */
/* The dates of a month or a year of a calendar, and what they add up to. */
#ifndef CALENDAR_SPAN_H
#define CALENDAR_SPAN_H

#include "calendar_day.h"

struct totals {
    unsigned open_days;
    unsigned kinds[KIND_COUNT];
    sla_duration open;
    bool provisional;
};

struct span {
    const sla_calendar *calendar;
    sla_text name, zone;
    int32_t year, month;    /* month 0: the whole year */
    struct drawn_day *days; /* in order; one that T1's range cuts off is missing */
    size_t count;
    struct totals totals;
    const struct drawn_day *provisional; /* the first such date, or NULL */
};

/* Reads the dates of a month, or of a year with month 0. To be released with span_free(). */
void span_read(const sla_calendar *calendar, int32_t year, int32_t month, struct span *out);
void span_free(struct span *span);

void totals_add(struct totals *totals, const struct drawn_day *day);

/* What the dates of one month add up to. */
struct totals span_month_totals(const struct span *span, int32_t month);

/* The part of the span that is one month: how many dates, and where they begin. */
size_t span_month(const struct span *span, int32_t month, const struct drawn_day **out_days);

/* The last date that the holiday lists speak for; needs span->provisional. */
sla_date span_through(const struct span *span);

/* "18 working days, 135h open, 7 holiday dates, 1 make-up day"; to be freed. */
char *totals_text(const struct totals *totals) __attribute__((returns_nonnull));

/* The last of the dates from `first` on that are one occasion: the same kind and name, without a
   gap. */
const struct drawn_day *span_occasion_end(const struct span *span, const struct drawn_day *first);

const char *month_name(int32_t month);

/* "October 2026", or "2026". */
const char *span_title(const struct span *span, char buffer[32]);

#endif
