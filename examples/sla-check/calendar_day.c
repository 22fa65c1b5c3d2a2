/* SPDX-License-Identifier: MIT */
/* A date of a calendar as it is drawn: its open parts by the wall clock, and the changes. */
#include "calendar_day.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH_STEP 900 /* no zone changes its clock twice within a quarter of an hour */

/* The wall clock as seconds since 1970-01-01T00:00 of its own. */
static int64_t wall_clock(const sla_calendar *calendar, sla_time at)
{
    char text[SLA_TIME_CAPACITY];
    int year, month, number, hour, minute, second;
    sla_date date;
    if (sla_calendar_format_time(calendar, at, text) < 0 ||
        sscanf(text, "%d-%d-%dT%d:%d:%d", &year, &month, &number, &hour, &minute, &second) != 6 ||
        sla_date_from_civil(year, month, number, &date) != SLA_OK)
        return at;
    return (int64_t)date * DAY_SECONDS + hour * 3600 + minute * 60 + second;
}

static int32_t offset_at(const sla_calendar *calendar, sla_time at)
{
    return (int32_t)(wall_clock(calendar, at) - at);
}

static int32_t time_of_day(const struct drawn_day *day, int64_t wall)
{
    int64_t seconds = wall - (int64_t)day->date * DAY_SECONDS;
    return (int32_t)(seconds < 0 ? 0 : seconds > DAY_SECONDS ? DAY_SECONDS : seconds);
}

static void add_change(const sla_calendar *calendar, struct drawn_day *day, sla_time at)
{
    int32_t before = offset_at(calendar, at - 1), after = offset_at(calendar, at);
    if (before == after || day->change_count == CHANGE_LIMIT)
        return;
    day->changes[day->change_count++] = (struct clock_change){
        .at = at,
        .from = time_of_day(day, at + before),
        .to = time_of_day(day, at + after),
        .offset_before = before,
        .offset_after = after,
    };
}

/* Changes from the date's first instant on; the library says whether to look for them. */
static void find_changes(const sla_calendar *calendar, struct drawn_day *day)
{
    sla_time low = day->day.start - 1;
    if (day->skipped) {
        add_change(calendar, day, day->day.start);
        return;
    }
    for (low = low < SLA_TIME_MIN ? SLA_TIME_MIN : low; low < day->day.end - 1;) {
        sla_time next = low + SEARCH_STEP < day->day.end - 1 ? low + SEARCH_STEP : day->day.end - 1;
        int32_t offset = offset_at(calendar, low);
        if (offset_at(calendar, next) != offset) {
            sla_time high = next;
            while (high - low > 1) {
                sla_time middle = low + (high - low) / 2;
                if (offset_at(calendar, middle) == offset)
                    low = middle;
                else
                    high = middle;
            }
            add_change(calendar, day, high);
            next = high;
        }
        low = next;
    }
}

static struct day_part wall_part(const sla_calendar *calendar, const struct drawn_day *day,
                                 sla_time from, sla_time to)
{
    /* The instant `to` may already read otherwise: midnight, or a clock that was turned back. */
    return (struct day_part){
        time_of_day(day, wall_clock(calendar, from)),
        time_of_day(day, wall_clock(calendar, to - 1) + 1),
    };
}

static void find_parts(const sla_calendar *calendar, struct drawn_day *day)
{
    size_t count = day->day.stretch_count;
    day->hours = get_memory(NULL, count * sizeof *day->hours);
    day->parts = get_memory(NULL, (count + day->change_count) * sizeof *day->parts);
    for (size_t i = 0; i < count; i++) {
        sla_time from = day->stretches[i].open, to = day->stretches[i].close;
        day->hours[i] = wall_part(calendar, day, from, to);
        for (size_t k = 0; k < day->change_count; k++) {
            sla_time at = day->changes[k].at;
            if (at <= from || at >= to)
                continue;
            day->parts[day->part_count++] = wall_part(calendar, day, from, at);
            from = at;
        }
        day->parts[day->part_count++] = wall_part(calendar, day, from, to);
    }
}

sla_status day_read(const sla_calendar *calendar, sla_date date, struct drawn_day *out)
{
    *out = (struct drawn_day){.date = date, .day = {.size = sizeof out->day}};
    sla_status status = sla_calendar_day(calendar, date, &out->day, NULL, 0);
    if (status != SLA_OK)
        return status;
    size_t count = out->day.stretch_count;
    out->stretches = get_memory(NULL, count * sizeof *out->stretches);
    sla_calendar_day(calendar, date, &out->day, out->stretches, count);
    sla_date_to_civil(date, &out->year, &out->month, &out->number);
    out->skipped = out->day.start == out->day.end;
    out->provisional = sla_calendar_is_provisional(calendar, out->day.start) == 1;
    if (out->day.clock_change)
        find_changes(calendar, out);
    find_parts(calendar, out);
    return SLA_OK;
}

void day_free(struct drawn_day *day)
{
    free(day->stretches);
    free(day->hours);
    free(day->parts);
    *day = (struct drawn_day){0};
}

unsigned kind_index(const struct drawn_day *day)
{
    return day->day.kind < KIND_COUNT - 1 ? day->day.kind : KIND_COUNT - 1;
}

const struct day_kind *day_kind(const struct drawn_day *day)
{
    static const struct day_kind kinds[KIND_COUNT] = {
        [SLA_DAY_REGULAR] = {"regular", "", "", ' ', STYLE_GREEN},
        [SLA_DAY_HOLIDAY] = {"holiday", "holiday", "holidays", '*', STYLE_RED},
        [SLA_DAY_WORKDAY] = {"workday", "make-up day", "make-up days", '+', STYLE_CYAN},
        [SLA_DAY_SPECIAL] = {"special", "special day", "special days", '~', STYLE_MAGENTA},
        [SLA_DAY_CLOSURE] = {"closure", "closure", "closures", '!', STYLE_YELLOW},
        [KIND_COUNT - 1] = {"exception", "exception", "exceptions", '%', STYLE_MAGENTA},
    };
    static const struct day_kind shortened = {"holiday", "holiday", "holidays", '*', STYLE_YELLOW};
    unsigned kind = kind_index(day);
    return kind == SLA_DAY_HOLIDAY && day->day.open > 0 ? &shortened : &kinds[kind];
}

const char *clock_text(int32_t seconds, char buffer[CLOCK_CAPACITY])
{
    snprintf(buffer, CLOCK_CAPACITY, "%02d:%02d", seconds / 3600 % 100, seconds / 60 % 60);
    if (seconds % 60 != 0)
        snprintf(buffer + 5, CLOCK_CAPACITY - 5, ":%02d", seconds % 60);
    return buffer;
}

const char *offset_text(int32_t seconds, char buffer[CLOCK_CAPACITY])
{
    buffer[0] = seconds < 0 ? '-' : '+';
    char clock[CLOCK_CAPACITY];
    snprintf(buffer + 1, CLOCK_CAPACITY - 1, "%.8s",
             clock_text(seconds < 0 ? -seconds : seconds, clock));
    return buffer;
}

const char *shift_text(const struct clock_change *change, char buffer[DURATION_CAPACITY])
{
    int32_t shift = change->offset_after - change->offset_before;
    duration_text(shift < 0 ? -shift : shift, buffer);
    strcat(buffer, shift < 0 ? " back" : " forward");
    return buffer;
}
