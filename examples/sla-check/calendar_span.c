/* SPDX-License-Identifier: MIT */
/* The dates of a month or a year of a calendar, and what they add up to. */
#include "calendar_span.h"

#include <stdlib.h>
#include <string.h>

void totals_add(struct totals *totals, const struct drawn_day *day)
{
    totals->open_days += day->day.open > 0;
    totals->kinds[kind_index(day)]++;
    totals->open += day->day.open;
    totals->provisional = totals->provisional || day->provisional;
}

/* The change that skips a date is also the first instant of the next one: it is shown once. */
static void drop_known_change(struct drawn_day *day, const struct drawn_day *before)
{
    if (!before->skipped || before->change_count == 0 || day->change_count == 0 ||
        day->changes[0].at != before->changes[0].at)
        return;
    memmove(day->changes, day->changes + 1, --day->change_count * sizeof *day->changes);
}

void span_read(const sla_calendar *calendar, int32_t year, int32_t month, struct span *out)
{
    sla_date date;
    *out = (struct span){.calendar = calendar, .year = year, .month = month};
    sla_calendar_name(calendar, &out->name);
    sla_calendar_zone(calendar, &out->zone);
    out->days = get_memory(NULL, 366 * sizeof *out->days);
    int32_t first = month != 0 ? month : 1, last = month != 0 ? month : 12;
    for (; first <= last; first++) {
        for (int32_t number = 1; number <= 31; number++) {
            struct drawn_day *day = &out->days[out->count];
            if (sla_date_from_civil(year, first, number, &date) != SLA_OK ||
                day_read(calendar, date, day) != SLA_OK)
                continue;
            if (out->count > 0)
                drop_known_change(day, day - 1);
            if (day->provisional && out->provisional == NULL)
                out->provisional = day;
            totals_add(&out->totals, day);
            out->count++;
        }
    }
}

void span_free(struct span *span)
{
    for (size_t i = 0; i < span->count; i++)
        day_free(&span->days[i]);
    free(span->days);
    *span = (struct span){0};
}

size_t span_month(const struct span *span, int32_t month, const struct drawn_day **out_days)
{
    size_t first = 0;
    while (first < span->count && span->days[first].month != month)
        first++;
    size_t end = first;
    while (end < span->count && span->days[end].month == month)
        end++;
    *out_days = span->days + first;
    return end - first;
}

struct totals span_month_totals(const struct span *span, int32_t month)
{
    struct totals totals = {0};
    const struct drawn_day *days;
    size_t count = span_month(span, month, &days);
    for (size_t i = 0; i < count; i++)
        totals_add(&totals, &days[i]);
    return totals;
}

sla_date span_through(const struct span *span)
{
    /* Once answers are provisional they stay so. */
    sla_time known = SLA_TIME_MIN, provisional = span->provisional->day.start;
    sla_date date = span->provisional->date;
    if (sla_calendar_is_provisional(span->calendar, known) == 1)
        return date - 1;
    while (provisional - known > 1) {
        sla_time middle = known + (provisional - known) / 2;
        if (sla_calendar_is_provisional(span->calendar, middle) == 1)
            provisional = middle;
        else
            known = middle;
    }
    sla_calendar_date(span->calendar, known, &date);
    return date;
}

char *totals_text(const struct totals *totals)
{
    static const char *const words[KIND_COUNT][2] = {
        [SLA_DAY_HOLIDAY] = {"holiday date", "holiday dates"},
        [SLA_DAY_WORKDAY] = {"make-up day", "make-up days"},
        [SLA_DAY_SPECIAL] = {"special day", "special days"},
        [SLA_DAY_CLOSURE] = {"date with a closure", "dates with a closure"},
        [KIND_COUNT - 1] = {"other exception", "other exceptions"},
    };
    char open[DURATION_CAPACITY], buffer[320];
    size_t used = (size_t)snprintf(buffer, sizeof buffer, "%u working day%s, %s open",
                                   totals->open_days, totals->open_days == 1 ? "" : "s",
                                   duration_text(totals->open, open));
    for (size_t kind = 1; kind < KIND_COUNT; kind++)
        if (totals->kinds[kind] > 0)
            used += (size_t)snprintf(buffer + used, sizeof buffer - used, ", %u %s",
                                     totals->kinds[kind], words[kind][totals->kinds[kind] != 1]);
    return copy_text(buffer, used);
}

const struct drawn_day *span_occasion_end(const struct span *span, const struct drawn_day *first)
{
    const struct drawn_day *end = span->days + span->count, *last = first;
    for (const struct drawn_day *next = first + 1; next < end; next++) {
        sla_text name = next->day.name, wanted = first->day.name;
        if (next->day.kind != first->day.kind || name.length != wanted.length ||
            (name.length > 0 && memcmp(name.data, wanted.data, name.length) != 0))
            break;
        last = next;
    }
    return last;
}

const char *month_name(int32_t month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[month - 1];
}

const char *span_title(const struct span *span, char buffer[32])
{
    if (span->month == 0)
        snprintf(buffer, 32, "%d", span->year);
    else
        snprintf(buffer, 32, "%s %d", month_name(span->month), span->year);
    return buffer;
}
