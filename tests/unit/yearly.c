/* SPDX-License-Identifier: MIT */
/* Days that come every year by a rule: weekdays of a month, Easter, weekdays beside a date. What is
   expected was counted on a walk over all dates, or comes from another algorithm. */
#include "run_suite.h"
#include "policy_text.h"

#include <check.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define YEAR_FIRST 1970
#define YEAR_LAST 2199

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const ordinals[] = {"1st", "2nd", "3rd", "4th", "5th", "last"};

static sla_date date_of(int32_t year, int32_t month, int32_t day)
{
    sla_date date;
    ck_assert_int_eq(sla_date_from_civil(year, month, day, &date), SLA_OK);
    return date;
}

static int weekday_of(sla_date date)
{
    return (date + 3) % 7; /* 1970-01-01 was a Thursday */
}

/* The name of the holiday on a date; NULL: it is none. */
static const char *holiday_on(const sla_calendar *calendar, sla_date date)
{
    sla_day day = {.size = sizeof day};
    ck_assert_int_eq(sla_calendar_day(calendar, date, &day, NULL, 0), SLA_OK);
    if (day.kind != SLA_DAY_HOLIDAY)
        return NULL;
    return day.name.length == 0 ? "" : day.name.data; /* ends with a NUL */
}

static const sla_calendar *only_calendar(const sla_policy *policy)
{
    const sla_calendar *calendar = sla_policy_calendar_at(policy, 1);
    ck_assert_ptr_nonnull(calendar);
    return calendar;
}

/* A policy whose one calendar is closed on one kind of yearly day. */
static sla_policy *compile_yearly(const char *day)
{
    char text[500];
    snprintf(text, sizeof text,
             "sla: 1\nholidays: {law: {closed: [{yearly: %s}]}}\n"
             "calendars: {c: {hours: {daily: \"09:00-17:00\"}, holidays: law}}\n", day);
    return compile(text);
}

/* Closed on these dates of these years, and on no other: "2022-12-26 2023-01-02" */
static void assert_closed(const char *day, int32_t first_year, int32_t last_year,
                          const char *expected)
{
    char found[2000] = "";
    size_t used = 0;
    sla_policy *policy = compile_yearly(day);
    for (sla_date date = date_of(first_year, 1, 1); date <= date_of(last_year, 12, 31); date++) {
        int32_t year, month, number;
        if (holiday_on(only_calendar(policy), date) == NULL)
            continue;
        sla_date_to_civil(date, &year, &month, &number);
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%04d-%02d-%02d",
                                 used == 0 ? "" : " ", year, month, number);
        ck_assert_uint_lt(used, sizeof found);
    }
    sla_policy_unref(policy);
    ck_assert_msg(strcmp(found, expected) == 0, "%s\nexpected %s\ngot      %s", day, expected,
                  found);
}

/* The way of Butcher (1876), which knows neither golden number nor epact by name. */
static sla_date easter_of_butcher(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
    int32_t f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
    int32_t i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return date_of(year, n / 31, n % 31 + 1);
}

START_TEST(easter_is_where_another_algorithm_finds_it_in_all_230_years)
{
    sla_policy *policy = compile_yearly("easter");
    for (int32_t year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        sla_date easter = easter_of_butcher(year);
        for (sla_date date = date_of(year, 3, 1); date <= date_of(year, 5, 31); date++) {
            bool closed = holiday_on(only_calendar(policy), date) != NULL;
            ck_assert_msg(closed == (date == easter), "Easter %d", year);
        }
    }
    sla_policy_unref(policy);
}
END_TEST

START_TEST(easter_is_where_almanacs_have_it)
{
    /* The earliest and the latest of these centuries, and the years that two moons would share. */
    static const int32_t almanac[][3] = {
        {1970, 3, 29}, {1981, 4, 19}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2015, 4, 5},
        {2016, 3, 27}, {2017, 4, 16}, {2018, 4, 1},  {2019, 4, 21}, {2020, 4, 12}, {2021, 4, 4},
        {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28},
        {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19},
        {2100, 3, 28}, {2106, 4, 18}, {2160, 3, 23},
    };
    sla_policy *policy = compile_yearly("easter");
    for (size_t i = 0; i < sizeof almanac / sizeof *almanac; i++)
        ck_assert_msg(holiday_on(only_calendar(policy), date_of(almanac[i][0], almanac[i][1],
                                                                almanac[i][2])) != NULL,
                      "Easter %d", almanac[i][0]);
    sla_policy_unref(policy);
}
END_TEST

/* For each weekday a calendar with every rule from `first` to `last` of `ordinals`, named as it is
   written. */
static sla_policy *compile_all_weekdays(int first, int last)
{
    static char text[1 << 16];
    size_t used = (size_t)snprintf(text, sizeof text, "sla: 1\nholidays:\n");
    for (int weekday = 0; weekday < 7; weekday++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "  %s:\n    closed:\n",
                                 weekdays[weekday]);
        for (int month = 0; month < 12; month++)
            for (int k = first; k <= last; k++)
                used += (size_t)snprintf(
                    text + used, sizeof text - used,
                    "      - {yearly: %s %s of %s, name: \"%s %s of %s\"}\n", ordinals[k],
                    weekdays[weekday], months[month], ordinals[k], weekdays[weekday],
                    months[month]);
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "calendars:\n");
    for (int weekday = 0; weekday < 7; weekday++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  %s: {hours: {daily: \"09:00-17:00\"}, holidays: %s}\n",
                                 weekdays[weekday], weekdays[weekday]);
    ck_assert_uint_lt(used, sizeof text);
    return compile(text);
}

/* On a date the calendar of its weekday is closed, by the rule that a count gives, and no other is.
   The others are asked for a few years, in which months begin on every weekday. */
static void assert_only(const sla_policy *policy, int32_t year, sla_date date,
                        const char *expected)
{
    for (size_t weekday = 0; weekday < 7; weekday++) {
        if ((size_t)weekday_of(date) != weekday && (year < 2000 || year >= 2006))
            continue;
        const char *name = holiday_on(sla_policy_calendar_at(policy, weekday + 1), date);
        const char *wanted = (size_t)weekday_of(date) == weekday ? expected : NULL;
        ck_assert_msg((name == NULL) == (wanted == NULL) &&
                          (name == NULL || strcmp(name, wanted) == 0),
                      "day %d: expected %s, got %s", date, wanted == NULL ? "none" : wanted,
                      name == NULL ? "none" : name);
    }
}

START_TEST(the_nth_weekday_is_the_nth_on_a_walk_over_every_date)
{
    sla_policy *policy = compile_all_weekdays(0, 4);
    int seen[7] = {0};
    int32_t last_month = 0;
    for (sla_date date = 0; date <= date_of(YEAR_LAST, 12, 31); date++) {
        int32_t year, month, day;
        char expected[40];
        sla_date_to_civil(date, &year, &month, &day);
        if (month != last_month)
            memset(seen, 0, sizeof seen);
        last_month = month;
        snprintf(expected, sizeof expected, "%s %s of %s", ordinals[seen[weekday_of(date)]++],
                 weekdays[weekday_of(date)], months[month - 1]);
        assert_only(policy, year, date, expected);
    }
    sla_policy_unref(policy);
}
END_TEST

START_TEST(the_last_weekday_is_the_one_behind_which_the_month_has_no_other)
{
    sla_policy *policy = compile_all_weekdays(5, 5);
    for (sla_date date = 0; date <= date_of(YEAR_LAST, 12, 24); date++) {
        int32_t year, month, day, week_later;
        char expected[40];
        sla_date_to_civil(date, &year, &month, &day);
        sla_date_to_civil(date + 7, &(int32_t){0}, &week_later, &day);
        snprintf(expected, sizeof expected, "last %s of %s", weekdays[weekday_of(date)],
                 months[month - 1]);
        assert_only(policy, year, date, month == week_later ? NULL : expected);
    }
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_weekday_beside_a_date_is_the_nearest_on_that_side)
{
    /* 2026-11-23 is a Monday, 2027-11-23 a Tuesday, 2028-11-23 a Thursday. */
    assert_closed("wed before 11-23", 2026, 2028, "2026-11-18 2027-11-17 2028-11-22");
    assert_closed("mon before 11-23", 2026, 2027, "2026-11-16 2027-11-22");
    assert_closed("mon on or before 11-23", 2026, 2027, "2026-11-23 2027-11-22");
    assert_closed("mon after 11-23", 2026, 2027, "2026-11-30 2027-11-29");
    assert_closed("mon on or after 11-23", 2026, 2027, "2026-11-23 2027-11-29");
    assert_closed("sat on or after 10-31", 2026, 2027, "2026-10-31 2027-11-06");
    assert_closed("mon after 12-28", 2026, 2028, "2027-01-04 2028-01-03"); /* next year */
    assert_closed("mon before 02-29", 2023, 2025, "2024-02-26"); /* 02-29 is rare */
}
END_TEST

START_TEST(an_offset_counts_days_from_the_day_of_the_rule)
{
    assert_closed("easter - 2", 2026, 2026, "2026-04-03");
    assert_closed("easter-2", 2026, 2026, "2026-04-03");
    assert_closed("easter -2", 2026, 2026, "2026-04-03");
    assert_closed("easter+1", 2026, 2026, "2026-04-06");
    assert_closed("easter + 60", 2026, 2026, "2026-06-04");
    assert_closed("easter + 0", 2026, 2026, "2026-04-05");
    /* The Friday behind the 4th Thursday is not the 4th Friday in 2024: 1 November is one. */
    assert_closed("4th thu of nov + 1", 2024, 2026, "2024-11-29 2025-11-28 2026-11-27");
    assert_closed("wed before 11-23 - 1", 2026, 2026, "2026-11-17");
    /* The first Monday of 2022 is 3 January; a week before is the year before, whose own is 28. */
    assert_closed("1st mon of jan - 7", 2020, 2021, "2020-12-28 2021-12-27");
    assert_closed("1st mon of jan - 7", 2199, 2199, "2199-12-30"); /* the rule's year is 2200 */
    assert_closed("1st mon of jan - 7, since: 2022, until: 2022", 2020, 2023, "2021-12-27");
    assert_closed("1st mon of jan - 7, except: [2022]", 2021, 2022, "2022-12-26");
}
END_TEST

START_TEST(a_day_that_a_year_has_not_does_not_come_in_it)
{
    /* 29 February is a Monday in 2016 and 2044. */
    assert_closed("5th mon of feb", 2010, 2050, "2016-02-29 2044-02-29");
    assert_closed("02-29", 2097, 2105, "2104-02-29"); /* 2100 is no leap year */
    assert_closed("last mon of may, except: [2026, 2028]", 2025, 2029,
                  "2025-05-26 2027-05-31 2029-05-28");
}
END_TEST

START_TEST(a_range_may_begin_and_end_by_rule)
{
    assert_closed("easter - 2, to: easter + 1", 2026, 2026,
                  "2026-04-03 2026-04-04 2026-04-05 2026-04-06");
    assert_closed("4th thu of nov, to: 4th thu of nov + 1", 2024, 2024, "2024-11-28 2024-11-29");
    assert_closed("12-30, to: 1st mon of jan, since: 2026, until: 2026", 2026, 2027,
                  "2026-12-30 2026-12-31 2027-01-01 2027-01-02 2027-01-03 2027-01-04");
    assert_closed("last sat of feb, to: 02-29", 2023, 2024, "2023-02-25 2023-02-26 2023-02-27 "
                  "2023-02-28 2024-02-24 2024-02-25 2024-02-26 2024-02-27 2024-02-28 2024-02-29");
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    policy_text_zones(argv[1]);
    Suite *suite = suite_create("yearly");
    TCase *tcase = tcase_create("yearly");
    tcase_add_test(tcase, easter_is_where_another_algorithm_finds_it_in_all_230_years);
    tcase_add_test(tcase, easter_is_where_almanacs_have_it);
    tcase_add_test(tcase, the_nth_weekday_is_the_nth_on_a_walk_over_every_date);
    tcase_add_test(tcase, the_last_weekday_is_the_one_behind_which_the_month_has_no_other);
    tcase_add_test(tcase, a_weekday_beside_a_date_is_the_nearest_on_that_side);
    tcase_add_test(tcase, an_offset_counts_days_from_the_day_of_the_rule);
    tcase_add_test(tcase, a_day_that_a_year_has_not_does_not_come_in_it);
    tcase_add_test(tcase, a_range_may_begin_and_end_by_rule);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
