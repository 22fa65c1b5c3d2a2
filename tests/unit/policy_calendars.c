/* SPDX-License-Identifier: MIT */
/* Calendars as a policy says them: weekly hours, holidays, special days, yearly days, extends. What
   is asked is when they are open. */
#include "run_suite.h"
#include "policy_text.h"

#include <check.h>
#include <sla/sla.h>

/* Is the calendar open at this local time? */
static void assert_open(const sla_policy *policy, const char *name, const char *local, int expected)
{
    const sla_calendar *calendar = sla_policy_calendar(policy, name, SLA_NUL_TERMINATED);
    sla_time at;
    ck_assert_ptr_nonnull(calendar);
    ck_assert_int_eq(sla_calendar_parse_time(calendar, local, SLA_NUL_TERMINATED, &at), SLA_OK);
    ck_assert_msg(sla_calendar_is_open(calendar, at) == expected, "%s at %s", name, local);
}

START_TEST(weekly_hours_wrap_over_the_week_and_over_midnight)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "calendars:\n"
                                 "  ends: {hours: {sat-mon: \"10:00-12:00\"}}\n"
                                 "  mixed: {hours: {\"tue, thu-fri\": \"10:00-12:00\"}}\n"
                                 "  night: {hours: {sun: \"22:00-06:00\"}}\n"
                                 "  late: {hours: {fri: \"20:00-24:00\", sat: closed}}\n");
    /* 2026-11-16 is a Monday. */
    assert_open(policy, "ends", "2026-11-14T11:00", 1);
    assert_open(policy, "ends", "2026-11-15T11:00", 1);
    assert_open(policy, "ends", "2026-11-16T11:00", 1);
    assert_open(policy, "ends", "2026-11-17T11:00", 0);
    assert_open(policy, "ends", "2026-11-20T11:00", 0);
    assert_open(policy, "mixed", "2026-11-17T11:00", 1);
    assert_open(policy, "mixed", "2026-11-18T11:00", 0);
    assert_open(policy, "mixed", "2026-11-19T11:00", 1);
    assert_open(policy, "mixed", "2026-11-20T11:00", 1);
    assert_open(policy, "night", "2026-11-15T23:00", 1); /* C2: Sunday's night ... */
    assert_open(policy, "night", "2026-11-16T05:59", 1); /* ... ends on Monday */
    assert_open(policy, "night", "2026-11-16T06:00", 0);
    assert_open(policy, "night", "2026-11-15T05:00", 0);
    assert_open(policy, "late", "2026-11-20T23:59:59", 1);
    assert_open(policy, "late", "2026-11-21T00:00", 0);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(days_of_their_own_come_before_the_week)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law:\n"
        "    closed: [{date: 2026-11-16, to: 2026-11-17}, {date: 2026-11-18, open_until: "
        "\"10:00\"}]\n"
        "    workdays: [{date: 2026-11-21, like: fri},\n"
        "               {date: 2026-11-22, hours: \"08:00-09:00\"},\n"
        "               2026-11-28]\n"
        "calendars:\n"
        "  c:\n"
        "    hours: {mon-thu: \"09:00-17:00\", fri: \"09:00-12:00\"}\n"
        "    holidays: law\n"
        "    special: [{date: 2026-11-17, hours: \"13:00-14:00\"}, {date: 2026-11-19, hours: "
        "closed}]\n");
    assert_open(policy, "c", "2026-11-16T09:00", 0);
    assert_open(policy, "c", "2026-11-17T09:00", 0);
    assert_open(policy, "c", "2026-11-17T13:00", 1); /* C3: special beats holiday */
    assert_open(policy, "c", "2026-11-18T09:59", 1);
    assert_open(policy, "c", "2026-11-18T10:00", 0);
    assert_open(policy, "c", "2026-11-19T10:00", 0);
    assert_open(policy, "c", "2026-11-21T11:59", 1); /* like Friday */
    assert_open(policy, "c", "2026-11-21T12:00", 0);
    assert_open(policy, "c", "2026-11-22T08:30", 1);
    assert_open(policy, "c", "2026-11-28T16:59", 1); /* like the first open weekday: Monday */
    sla_policy_unref(policy);
}
END_TEST

START_TEST(yearly_days_come_every_year_but_those_left_out)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law:\n"
        "    closed:\n"
        "      - {yearly: 12-25, since: 2021, until: 2030, except: [2023, 2024]}\n"
        "      - {yearly: 12-29, to: 01-02}\n"
        "      - {yearly: 02-29}\n"
        "      - {yearly: 12-24, open_until: \"12:00\"}\n"
        "calendars: {c: {hours: {daily: \"09:00-17:00\"}, holidays: [law]}}\n");
    assert_open(policy, "c", "2020-12-25T10:00", 1);
    assert_open(policy, "c", "2021-12-25T10:00", 0);
    assert_open(policy, "c", "2023-12-25T10:00", 1);
    assert_open(policy, "c", "2024-12-25T10:00", 1);
    assert_open(policy, "c", "2025-12-25T10:00", 0);
    assert_open(policy, "c", "2030-12-25T10:00", 0);
    assert_open(policy, "c", "2031-12-25T10:00", 1);
    assert_open(policy, "c", "1970-01-01T10:00", 0); /* the range of 1969 crosses New Year */
    assert_open(policy, "c", "2026-12-28T10:00", 1);
    assert_open(policy, "c", "2026-12-29T10:00", 0);
    assert_open(policy, "c", "2027-01-02T10:00", 0);
    assert_open(policy, "c", "2027-01-03T10:00", 1);
    assert_open(policy, "c", "2199-12-31T10:00", 0);
    assert_open(policy, "c", "2024-02-29T10:00", 0);
    assert_open(policy, "c", "2025-02-28T10:00", 1);
    assert_open(policy, "c", "2026-12-24T11:59", 1);
    assert_open(policy, "c", "2026-12-24T12:00", 0);
    sla_policy_unref(policy);
}
END_TEST

/* T1: instants of 1970..2199 have local dates a day outside of it, and every year means these, too.
   Kwajalein was 12 hours behind UTC in 1970; Kiritimati is 14 hours ahead. */
START_TEST(yearly_days_reach_the_local_dates_at_the_ends_of_the_range)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays: {all: {closed: [{yearly: 12-31}, {yearly: 01-01}]}}\n"
        "calendars:\n"
        "  west: {timezone: Pacific/Kwajalein, hours: always, holidays: all}\n"
        "  east: {timezone: Pacific/Kiritimati, hours: always, holidays: all}\n");
    assert_open(policy, "west", "1970-01-01T00:00:00Z", 0); /* noon of 1969-12-31 */
    assert_open(policy, "west", "1970-01-02T11:59:59Z", 0); /* still the 1st */
    assert_open(policy, "west", "1970-01-02T12:00:00Z", 1);
    assert_open(policy, "east", "2199-12-30T09:59:59Z", 1);
    assert_open(policy, "east", "2199-12-30T10:00:00Z", 0); /* the 31st begins */
    assert_open(policy, "east", "2199-12-31T10:00:00Z", 0); /* 2200-01-01 */
    assert_open(policy, "east", "2199-12-31T23:59:59Z", 0);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_list_that_closes_nothing_still_ends_somewhere)
{
    sla_policy *policy = compile("sla: 1\n"
                                 "holidays: {none: {through: 2026-12-31, closed: []}}\n"
                                 "calendars: {all: {hours: always, holidays: none}}\n");
    const sla_calendar *all = sla_policy_calendar(policy, "all", SLA_NUL_TERMINATED);
    sla_time ends;
    sla_calendar_parse_time(all, "2027-01-01", SLA_NUL_TERMINATED, &ends);
    ck_assert_int_eq(sla_calendar_is_provisional(all, ends - 1), 0);
    ck_assert_int_eq(sla_calendar_is_provisional(all, ends), 1); /* C10 */
    sla_policy_unref(policy);
}
END_TEST

static sla_time due_of(const sla_policy *policy, const char *name, const char *local,
                       const char *within)
{
    const sla_calendar *calendar = sla_policy_calendar(policy, name, SLA_NUL_TERMINATED);
    sla_target target = {.size = sizeof target};
    sla_time at, single, many;
    ck_assert_int_eq(sla_calendar_parse_time(calendar, local, SLA_NUL_TERMINATED, &at), SLA_OK);
    ck_assert_int_eq(sla_target_parse(within, SLA_NUL_TERMINATED, &target), SLA_OK);
    ck_assert_int_eq(sla_calendar_due(calendar, at, &target, &single), SLA_OK);
    ck_assert_int_eq(sla_calendar_due_many(calendar, 1, &at, 1, &target, &many, NULL), SLA_OK);
    ck_assert_int_eq(single, many);
    return single;
}

/* C6; 2026-11-20 is a Friday. */
START_TEST(deadlines_on_a_closing_roll_to_the_opening_where_the_policy_says_so)
{
#define ROLLING_CALENDAR "calendars: {office: {hours: {mon-fri: \"09:00-12:00, 13:00-17:00\"}}}\n"
    sla_policy *rolling = compile("sla: 1\nroll_deadlines: true\n" ROLLING_CALENDAR);
    sla_policy *plain = compile("sla: 1\n" ROLLING_CALENDAR);
    static const struct {
        const char *start, *within, *plain, *rolled;
    } rows[] = {
        {"2026-11-20T16:00", "1h", "2026-11-20T17:00", "2026-11-23T09:00"},
        {"2026-11-20T11:00", "1h", "2026-11-20T12:00", "2026-11-20T13:00"},
        {"2026-11-20T11:00", "59m", "2026-11-20T11:59", "2026-11-20T11:59"},
        {"2026-11-20T17:00", "0s", "2026-11-20T17:00", "2026-11-23T09:00"},
        {"2026-11-21T10:00", "0s", "2026-11-21T10:00", "2026-11-21T10:00"}, /* closed, no closing */
        {"2026-11-20T17:00", "1wd", "2026-11-24T09:00", "2026-11-24T09:00"}, /* D1 alone rolls */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(due_of(plain, "office", rows[i].start, rows[i].within),
                         due_of(plain, "office", rows[i].plain, "0s"));
        ck_assert_int_eq(due_of(rolling, "office", rows[i].start, rows[i].within),
                         due_of(plain, "office", rows[i].rolled, "0s"));
    }
    /* C8: the last opening of all time is Tuesday 2199-12-31's; its closing rolls nowhere. */
    const sla_calendar *last = sla_policy_calendar(rolling, "office", SLA_NUL_TERMINATED);
    sla_target hour = {.size = sizeof hour, .unit = SLA_UNIT_SECONDS, .amount = 3600,
                       .cutoff = SLA_NO_CUTOFF};
    sla_time end, nowhere;
    sla_calendar_parse_time(last, "2199-12-31T16:00", SLA_NUL_TERMINATED, &end);
    ck_assert_int_eq(sla_calendar_due(last, end, &hour, &nowhere), SLA_ERROR_RANGE);
    /* The sum itself does not roll. */
    const sla_calendar *office = sla_policy_calendar(rolling, "office", SLA_NUL_TERMINATED);
    sla_time at, sum;
    sla_calendar_parse_time(office, "2026-11-20T16:00", SLA_NUL_TERMINATED, &at);
    sla_calendar_add(office, at, 3600, &sum);
    ck_assert_int_eq(sum, at + 3600);
    sla_policy_unref(rolling);
    sla_policy_unref(plain);
}
END_TEST

START_TEST(a_calendar_has_the_keys_that_it_extends)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays: {law: {closed: [2026-11-16]}}\n"
        "calendars:\n"
        "  late: {extends: field, hours: {daily: \"12:00-20:00\"}}\n" /* before its base */
        "  office: {timezone: Asia/Shanghai, hours: {mon-fri: \"09:00-17:00\"}, holidays: [law],\n"
        "           special: [{date: 2026-11-18, hours: closed}]}\n"
        "  field: {extends: office, hours: {daily: \"08:00-20:00\"}, special: []}\n"
        "  busy: {extends: office, holidays: []}\n"
        "  all: {extends: 24x7, holidays: [law]}\n"
        "  part: {extends: 24x7, hours: {tue: \"09:00-17:00\"}}\n"
        "  tokyo: {extends: office, timezone: Asia/Tokyo}\n");
    sla_text zone;
    sla_calendar_zone(sla_policy_calendar(policy, "late", 4), &zone);
    assert_text(zone, "Asia/Shanghai"); /* through two of them */
    sla_calendar_zone(sla_policy_calendar(policy, "tokyo", 5), &zone);
    assert_text(zone, "Asia/Tokyo");
    assert_open(policy, "office", "2026-11-17T08:30", 0);
    assert_open(policy, "field", "2026-11-17T08:30", 1);
    assert_open(policy, "late", "2026-11-17T08:30", 0);
    assert_open(policy, "late", "2026-11-17T19:30", 1);
    assert_open(policy, "late", "2026-11-16T19:30", 0); /* the holiday comes from office */
    assert_open(policy, "field", "2026-11-18T10:00", 1); /* an empty list replaces, too */
    assert_open(policy, "busy", "2026-11-16T10:00", 1);
    assert_open(policy, "busy", "2026-11-18T10:00", 0);
    assert_open(policy, "all", "2026-11-17T03:00", 1);
    assert_open(policy, "all", "2026-11-16T03:00", 0);
    assert_open(policy, "part", "2026-11-17T03:00", 0);
    assert_open(policy, "part", "2026-11-17T10:00", 1);
    sla_policy_unref(policy);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    policy_text_zones(argv[1]);
    Suite *suite = suite_create("policy_calendars");
    TCase *tcase = tcase_create("policy_calendars");
    tcase_add_test(tcase, weekly_hours_wrap_over_the_week_and_over_midnight);
    tcase_add_test(tcase, days_of_their_own_come_before_the_week);
    tcase_add_test(tcase, yearly_days_come_every_year_but_those_left_out);
    tcase_add_test(tcase, yearly_days_reach_the_local_dates_at_the_ends_of_the_range);
    tcase_add_test(tcase, a_list_that_closes_nothing_still_ends_somewhere);
    tcase_add_test(tcase, deadlines_on_a_closing_roll_to_the_opening_where_the_policy_says_so);
    tcase_add_test(tcase, a_calendar_has_the_keys_that_it_extends);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
