/* SPDX-License-Identifier: MIT */
/* The dates of a calendar picture, and what is added up under it. */
#include "calendar.h"
#include "output.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

sla_status picture_day_read(const sla_calendar *calendar, sla_date date, struct picture_day *out)
{
    memset(out, 0, sizeof *out);
    out->date = date;
    out->day.size = sizeof out->day;
    sla_status status = sla_calendar_day(calendar, date, &out->day, out->stretches, STRETCH_LIMIT);
    if (status != SLA_OK)
        return status;
    out->stretch_count =
        out->day.stretch_count < STRETCH_LIMIT ? out->day.stretch_count : STRETCH_LIMIT;
    out->skipped = out->day.start == out->day.end;
    out->provisional = sla_calendar_is_provisional(calendar, out->day.start) == 1;
    return SLA_OK;
}

void picture_totals_add(struct picture_totals *totals, const struct picture_day *day)
{
    totals->open_days += day->day.open > 0;
    totals->holidays += day->day.kind == SLA_DAY_HOLIDAY;
    totals->workdays += day->day.kind == SLA_DAY_WORKDAY;
    totals->specials += day->day.kind == SLA_DAY_SPECIAL;
    totals->open += day->day.open;
    totals->provisional = totals->provisional || day->provisional;
}

static void print_count(unsigned count, const char *one, const char *many)
{
    if (count > 0)
        printf(", %u %s", count, count == 1 ? one : many);
}

void picture_totals_print(const struct picture_totals *totals)
{
    char open[DURATION_CAPACITY];
    printf("%s%u open day%s, %s open%s", style(stdout, STYLE_BOLD), totals->open_days,
           totals->open_days == 1 ? "" : "s", duration_text(totals->open, open),
           style(stdout, STYLE_PLAIN));
    print_count(totals->holidays, "holiday date", "holiday dates");
    print_count(totals->workdays, "make-up day", "make-up days");
    print_count(totals->specials, "special day", "special days");
    putchar('\n');
    if (totals->provisional)
        puts("? provisional: the holiday lists end before these dates");
}

/* "2026-11-20T18:50:00+08:00" has the time at 11; years have four digits (T1). */
int32_t local_seconds(const sla_calendar *calendar, sla_time at)
{
    char text[SLA_TIME_CAPACITY];
    int hour = 0, minute = 0, second = 0;
    if (sla_calendar_format_time(calendar, at, text) < 0 ||
        sscanf(text + 11, "%2d:%2d:%2d", &hour, &minute, &second) != 3)
        return 0;
    return hour * 3600 + minute * 60 + second;
}

int32_t local_end(const sla_calendar *calendar, const sla_stretch *stretch)
{
    /* The closing instant may already read otherwise: midnight, or a clock that was turned back. */
    return local_seconds(calendar, stretch->close - 1) + 1;
}

const char *month_name(int32_t month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[month - 1];
}

static json_t *day_json(const struct picture_day *day)
{
    static const char *const kinds[] = {
        [SLA_DAY_REGULAR] = "regular",
        [SLA_DAY_HOLIDAY] = "holiday",
        [SLA_DAY_WORKDAY] = "workday",
        [SLA_DAY_SPECIAL] = "special",
    };
    char text[SLA_TIME_CAPACITY] = "";
    int32_t year = 0, month = 0, number = 0;
    sla_date_to_civil(day->date, &year, &month, &number);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, number);
    json_t *open = json_array();
    for (size_t i = 0; i < day->stretch_count; i++)
        json_array_append_new(open, json_pack("{s:o, s:o}", "from",
                                              json_from_time(day->stretches[i].open), "to",
                                              json_from_time(day->stretches[i].close)));
    return json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:b, s:b, s:o}", "date", text, "weekday",
                     weekday_name(day->date), "kind", kinds[day->day.kind & 3], "name",
                     day->day.name.length > 0 ? json_from_text(day->day.name) : json_null(),
                     "open_seconds", (json_int_t)day->day.open, "day_seconds",
                     (json_int_t)(day->day.end - day->day.start), "clock_change",
                     (int)day->day.clock_change, "provisional", (int)day->provisional, "open",
                     open);
}

int print_calendar_json(const sla_calendar *calendar, int32_t year, int32_t month)
{
    sla_date date, end;
    int32_t last = month != 0 ? month : 12;
    struct picture_totals totals = {0};
    sla_text name, zone;
    json_t *days = json_array();
    if (sla_date_from_civil(year, month != 0 ? month : 1, 1, &date) != SLA_OK ||
        sla_date_from_civil(year, last, 31, &end) != SLA_OK)
        end = date + 31; /* a shorter month: the walk below stops with it */
    for (; date <= end; date++) {
        struct picture_day day;
        int32_t its_year, its_month, its_day;
        if (sla_date_to_civil(date, &its_year, &its_month, &its_day) != SLA_OK ||
            its_year != year || (month != 0 && its_month != month))
            break;
        if (picture_day_read(calendar, date, &day) != SLA_OK)
            continue; /* the zone's first or last day is cut by the range of T1 */
        picture_totals_add(&totals, &day);
        json_array_append_new(days, day_json(&day));
    }
    sla_calendar_name(calendar, &name);
    sla_calendar_zone(calendar, &zone);
    print_json_document(json_pack("{s:o, s:o, s:i, s:I, s:o}", "calendar", json_from_text(name),
                                  "zone", json_from_text(zone), "open_days", (int)totals.open_days,
                                  "open_seconds", (json_int_t)totals.open, "days", days));
    return EXIT_FINE;
}
