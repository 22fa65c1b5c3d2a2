/* SPDX-License-Identifier: MIT */
/* Local dates of a policy's calendars, compared with texts. */
#include "calendar_days.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const sla_calendar *find_calendar(const sla_policy *policy, const char *name)
{
    const sla_calendar *calendar = sla_policy_calendar(policy, name, SLA_NUL_TERMINATED);
    ck_assert_ptr_nonnull(calendar);
    return calendar;
}

sla_time instant_in(const sla_calendar *calendar, const char *text)
{
    sla_time at;
    ck_assert_int_eq(sla_calendar_parse_time(calendar, text, SLA_NUL_TERMINATED, &at), SLA_OK);
    return at;
}

static sla_day read_day(const sla_calendar *calendar, const char *date, sla_stretch *stretches,
                        size_t capacity)
{
    sla_day day = {.size = sizeof day};
    int year, month, of_month;
    sla_date number;
    ck_assert_int_eq(sscanf(date, "%d-%d-%d", &year, &month, &of_month), 3);
    ck_assert_int_eq(sla_date_from_civil(year, month, of_month, &number), SLA_OK);
    ck_assert_int_eq(sla_calendar_day(calendar, number, &day, stretches, capacity), SLA_OK);
    ck_assert(capacity == 0 || day.stretch_count <= capacity);
    return day;
}

/* A time of day; midnight as an end is 24:00. */
static void add_time(char *text, const sla_calendar *calendar, sla_time at, const char *before,
                     bool is_end)
{
    char full[SLA_TIME_CAPACITY];
    sla_calendar_format_time(calendar, at, full);
    bool midnight = is_end && strncmp(full + 11, "00:00:00", 8) == 0;
    int length = strncmp(full + 16, ":00", 3) == 0 ? 5 : 8;
    sprintf(text + strlen(text), "%s%.*s", before, midnight ? 5 : length,
            midnight ? "24:00" : full + 11);
}

void assert_day(const sla_policy *policy, const char *name, const char *date,
                const char *expected)
{
    const sla_calendar *calendar = find_calendar(policy, name);
    sla_stretch stretches[8];
    char got[8 * 20] = "";
    sla_day day = read_day(calendar, date, stretches, 8);
    for (size_t i = 0; i < day.stretch_count; i++) {
        add_time(got, calendar, stretches[i].open, i == 0 ? "" : " ", false);
        add_time(got, calendar, stretches[i].close, "-", true);
    }
    ck_assert_msg(strcmp(got, expected) == 0, "%s on %s: \"%s\", not \"%s\"", name, date, got,
                  expected);
}

void assert_reason(const sla_policy *policy, const char *name, const char *date, uint32_t kind,
                   const char *expected)
{
    sla_day day = read_day(find_calendar(policy, name), date, NULL, 0);
    ck_assert_uint_eq(day.kind, kind);
    ck_assert_uint_eq(day.name.length, strlen(expected));
    ck_assert_int_eq(memcmp(day.name.data == NULL ? "" : day.name.data, expected, day.name.length),
                     0);
}
