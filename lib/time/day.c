/* SPDX-License-Identifier: MIT */
/* What a local date of a calendar is: its hours, and why they are so. */
#include "time/day.h"

#include "base/checked.h"
#include "base/structs.h"
#include "base/text.h"
#include "time/calendar_tables.h"
#include "time/instant.h"

#define PIECES (sizeof((struct day_walk *)0)->pieces / sizeof(struct zone_piece))

void day_walk_begin(struct day_walk *walk, const sla_calendar *calendar, sla_date date)
{
    walk->calendar = calendar;
    walk->next = 0;
    walk->at = SLA_TIME_NEVER;
    size_t found = zone_date_pieces(calendar->zone, date, walk->pieces, PIECES);
    if (found > PIECES)
        found = PIECES;
    /* Only instants of T1's range are asked for; changes of offset do not cut a stretch. */
    walk->count = 0;
    for (size_t i = 0; i < found; i++) {
        struct zone_piece piece = walk->pieces[i];
        if (piece.from < SLA_TIME_MIN)
            piece.from = SLA_TIME_MIN;
        if (piece.to > SLA_TIME_MAX + 1)
            piece.to = SLA_TIME_MAX + 1;
        if (piece.from >= piece.to)
            continue;
        if (walk->count > 0 && walk->pieces[walk->count - 1].to == piece.from)
            walk->pieces[walk->count - 1].to = piece.to;
        else
            walk->pieces[walk->count++] = piece;
    }
}

bool day_walk_next(struct day_walk *walk, sla_stretch *out_stretch)
{
    for (;;) {
        if (walk->at == SLA_TIME_NEVER) {
            if (walk->next == walk->count)
                return false;
            walk->at = walk->pieces[walk->next++].from;
        }
        sla_time end = walk->pieces[walk->next - 1].to;
        sla_time open;
        if (walk->at < end && calendar_next_open(walk->calendar, walk->at, &open) == SLA_OK &&
            open < end) {
            sla_time close;
            if (calendar_next_close(walk->calendar, open, &close) != SLA_OK || close > end)
                close = end;
            walk->at = close;
            *out_stretch = (sla_stretch){open, close};
            return true;
        }
        walk->at = SLA_TIME_NEVER;
    }
}

/* Where the date begins and ends, and whether the clocks change from its first instant on. */
static void read_bounds(const struct zone *zone, sla_date date, sla_day *day)
{
    struct zone_piece pieces[PIECES];
    size_t count = zone_date_pieces(zone, date, pieces, PIECES);
    if (count > PIECES)
        count = PIECES;
    if (count == 0) { /* skipped: both are the instant of the change */
        day->start = day->end = zone->changes[zone_change_at(
            zone, zone_instant(zone, date, 0))].at;
        day->clock_change = 1;
        return;
    }
    day->start = pieces[0].from;
    day->end = pieces[count - 1].to;
    size_t first = zone_change_at(zone, day->start);
    day->clock_change = count > 1 || zone->changes[first].at == day->start;
    if (day->start < SLA_TIME_MIN)
        day->start = SLA_TIME_MIN;
    if (day->end > SLA_TIME_MAX + 1)
        day->end = SLA_TIME_MAX + 1;
}

/* Why the date is as it is: its own hours count for more than a closure that touches it. */
static void read_reason(const struct kept_days *kept, sla_date date, sla_day *day)
{
    const struct kept_exception *exception = kept_days_find(kept, date);
    const struct kept_closure *closure = NULL;
    if (exception != NULL) {
        day->kind = exception->kind;
        day->name = kept->names[exception->name];
    } else if ((closure = kept_days_closure(kept, day->start, day->end)) != NULL) {
        day->kind = SLA_DAY_CLOSURE;
        day->name = kept->names[closure->name];
    }
}

sla_status sla_calendar_day(const sla_calendar *calendar, sla_date date, sla_day *out_day,
                            sla_stretch *stretches, size_t capacity)
{
    if (calendar == NULL || out_day == NULL || (stretches == NULL && capacity > 0))
        return SLA_ERROR_ARGUMENT;
    if (!date_in_range(date))
        return SLA_ERROR_RANGE;
    sla_day day = {.size = (uint32_t)sizeof day, .kind = SLA_DAY_REGULAR};
    read_bounds(calendar->zone, date, &day);
    if (day.start > SLA_TIME_MAX || day.end < SLA_TIME_MIN ||
        (day.end == SLA_TIME_MIN && day.start == SLA_TIME_MIN))
        return SLA_ERROR_RANGE;
    read_reason(&calendar->kept, date, &day);
    struct day_walk walk;
    sla_stretch stretch;
    for (day_walk_begin(&walk, calendar, date); day_walk_next(&walk, &stretch);) {
        if (day.stretch_count < capacity)
            stretches[day.stretch_count] = stretch;
        day.stretch_count++;
        day.open += stretch.close - stretch.open;
    }
    return struct_write(out_day, &day, sizeof day) ? SLA_OK : SLA_ERROR_ARGUMENT;
}

/* The end of the run of instants that have the same local date as `at`. */
static sla_time end_of_date(const struct zone *zone, sla_date date, sla_time at)
{
    struct zone_piece pieces[PIECES];
    size_t count = zone_date_pieces(zone, date, pieces, PIECES);
    for (size_t i = 0; i < count && i < PIECES; i++)
        if (pieces[i].from <= at && at < pieces[i].to)
            return pieces[i].to;
    return at + 1; /* not reached: an instant lies in its date */
}

/* Does the date's exception close it from `at` on? Night hours before its first opening, and the
   breaks between, are as on any day. */
static bool exception_closes(const sla_calendar *calendar, const struct kept_exception *exception,
                             sla_time at, sla_time end)
{
    sla_time open;
    if (exception == NULL || exception->kind == SLA_DAY_WORKDAY)
        return false;
    return calendar_next_open(calendar, at, &open) != SLA_OK || open >= end;
}

void day_reason_at(const sla_calendar *calendar, sla_time at, struct day_reason *out)
{
    const struct kept_days *kept = &calendar->kept;
    *out = (struct day_reason){SLA_DAY_REGULAR, TEXT_NONE, SLA_TIME_NEVER};
    if (kept->exception_count == 0 && kept->closure_count == 0)
        return;
    sla_date date = zone_date(calendar->zone, at, NULL);
    out->until = end_of_date(calendar->zone, date, at);
    const struct kept_exception *exception = kept_days_find(kept, date);
    bool is_open = calendar_is_open(calendar, at);
    if (is_open ? exception != NULL : exception_closes(calendar, exception, at, out->until)) {
        out->kind = exception->kind;
        out->name = kept->names[exception->name];
    }
    for (size_t i = 0; !is_open && i < kept->closure_count; i++) {
        const struct kept_closure *closure = &kept->closures[i];
        bool covers = closure->from <= at && at < closure->to;
        if (covers && out->kind == SLA_DAY_REGULAR) {
            out->kind = SLA_DAY_CLOSURE;
            out->name = kept->names[closure->name];
        }
        if (covers && closure->to < out->until)
            out->until = closure->to;
        if (closure->from > at && closure->from < out->until)
            out->until = closure->from;
    }
    sla_time open;
    if (!is_open && calendar_next_open(calendar, at, &open) == SLA_OK && open < out->until)
        out->until = open;
}

sla_status sla_calendar_date(const sla_calendar *calendar, sla_time at, sla_date *out_date)
{
    if (calendar == NULL || out_date == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    *out_date = zone_date(calendar->zone, at, NULL);
    return SLA_OK;
}

sla_status sla_calendar_parse_time(const sla_calendar *calendar, const char *text, size_t length,
                                   sla_time *out_at)
{
    sla_text given;
    if (calendar == NULL || out_at == NULL || !text_from_api(text, length, &given))
        return SLA_ERROR_ARGUMENT;
    return instant_parse(given, calendar->zone, out_at);
}

int32_t sla_calendar_format_time(const sla_calendar *calendar, sla_time at, char *buffer)
{
    if (buffer == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    return (int32_t)instant_format(at, calendar == NULL ? NULL : calendar->zone, buffer);
}
