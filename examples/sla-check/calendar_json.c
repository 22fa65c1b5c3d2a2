/* SPDX-License-Identifier: MIT */
/* A month or a year of a calendar as one JSON document. */
#include "calendar.h"
#include "calendar_span.h"

static json_t *date_json(sla_date date)
{
    char text[16];
    int32_t year = 0, month = 0, number = 0;
    sla_date_to_civil(date, &year, &month, &number);
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(year % 10000), (int)(month % 100),
             (int)(number % 100));
    return json_string(text);
}

static json_t *open_json(const struct drawn_day *day)
{
    json_t *open = json_array();
    char from[CLOCK_CAPACITY], to[CLOCK_CAPACITY];
    for (size_t i = 0; i < day->day.stretch_count; i++) {
        clock_text(day->hours[i].from, from);
        clock_text(day->hours[i].to, to);
        json_array_append_new(
            open, json_pack("{s:o, s:o, s:o}", "from", json_from_time(day->stretches[i].open), "to",
                            json_from_time(day->stretches[i].close), "hours",
                            json_sprintf("%s-%s", from, to)));
    }
    return open;
}

static json_t *changes_json(const struct drawn_day *day)
{
    json_t *changes = json_array();
    char before[CLOCK_CAPACITY], after[CLOCK_CAPACITY];
    for (size_t i = 0; i < day->change_count; i++) {
        const struct clock_change *change = &day->changes[i];
        json_array_append_new(
            changes, json_pack("{s:o, s:s, s:s, s:i}", "at", json_from_time(change->at), "from",
                               offset_text(change->offset_before, before), "to",
                               offset_text(change->offset_after, after), "seconds",
                               (int)(change->offset_after - change->offset_before)));
    }
    return changes;
}

static json_t *day_json(const struct drawn_day *day)
{
    return json_pack("{s:o, s:s, s:s, s:o, s:I, s:I, s:b, s:o, s:b, s:b, s:o}", "date",
                     date_json(day->date), "weekday", weekday_name(day->date), "kind",
                     day_kind(day)->word, "name",
                     day->day.name.length > 0 ? json_from_text(day->day.name) : json_null(),
                     "open_seconds", (json_int_t)day->day.open, "day_seconds",
                     (json_int_t)(day->day.end - day->day.start), "clock_change",
                     (int)(day->change_count > 0), "clock_changes", changes_json(day), "skipped",
                     (int)day->skipped, "provisional", (int)day->provisional, "open",
                     open_json(day));
}

static json_t *months_json(const struct span *span)
{
    json_t *months = json_array();
    for (int32_t month = span->month != 0 ? span->month : 1;
         month <= (span->month != 0 ? span->month : 12); month++) {
        struct totals totals = span_month_totals(span, month);
        json_array_append_new(months,
                              json_pack("{s:i, s:i, s:I}", "month", (int)month, "open_days",
                                        (int)totals.open_days, "open_seconds",
                                        (json_int_t)totals.open));
    }
    return months;
}

void print_span_json(const struct span *span)
{
    json_t *days = json_array();
    for (size_t i = 0; i < span->count; i++)
        json_array_append_new(days, day_json(&span->days[i]));
    print_json_document(json_pack(
        "{s:o, s:o, s:i, s:o, s:i, s:I, s:o, s:o, s:o}", "calendar", json_from_text(span->name),
        "zone", json_from_text(span->zone), "year", (int)span->year, "month",
        span->month != 0 ? json_integer(span->month) : json_null(), "open_days",
        (int)span->totals.open_days, "open_seconds", (json_int_t)span->totals.open,
        "provisional_from",
        span->provisional != NULL ? date_json(span->provisional->date) : json_null(), "months",
        months_json(span), "days", days));
}
