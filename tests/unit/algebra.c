/* SPDX-License-Identifier: MIT */
/* Calendars that are made of others (C9), across zones; their dates and days are local in their own
   zone. 2026-11-16 is a Monday. */
#include "calendar_days.h"
#include "policy_text.h"
#include "run_suite.h"

#include <check.h>

#define TWO_ZONES                                                                 \
    "sla: 1\n"                                                                    \
    "timezone: Asia/Shanghai\n"                                                   \
    "calendars:\n"                                                                \
    "  office: {hours: {mon-fri: \"09:00-12:00, 13:30-18:00\"}}\n"                \
    "  customer: {timezone: Europe/Berlin, hours: {mon-fri: \"08:00-16:00\"}}\n"

/* In November 08:00 to 16:00 in Berlin is 15:00 to 23:00 in Shanghai. */
START_TEST(all_of_is_the_intersection_of_instants)
{
    sla_policy *policy = compile(TWO_ZONES "  joint: {all_of: [office, customer]}\n"
                                           "  there: {timezone: Europe/Berlin, all_of: [office, "
                                           "customer]}\n");
    assert_day(policy, "joint", "2026-11-16", "15:00-18:00");
    assert_day(policy, "there", "2026-11-16", "08:00-11:00");
    assert_day(policy, "joint", "2026-11-15", "");
    /* In July Berlin is one hour nearer. */
    assert_day(policy, "joint", "2026-07-13", "14:00-18:00");
    assert_day(policy, "there", "2026-07-13", "08:00-12:00");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(any_of_is_the_union_and_what_touches_is_one)
{
    sla_policy *policy =
        compile(TWO_ZONES "  either: {any_of: [office, customer]}\n"
                          "  early: {hours: {mon: \"06:00-09:00\"}}\n"
                          "  long: {any_of: [early, office]}\n");
    assert_day(policy, "either", "2026-11-16", "09:00-12:00 13:30-23:00");
    assert_day(policy, "long", "2026-11-16", "06:00-12:00 13:30-18:00");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(none_of_is_the_complement)
{
    sla_policy *policy = compile(TWO_ZONES "  shut: {none_of: office}\n"
                                           "  both_shut: {none_of: [office, customer]}\n"
                                           "  again: {none_of: [shut]}\n");
    assert_day(policy, "shut", "2026-11-16", "00:00-09:00 12:00-13:30 18:00-24:00");
    assert_day(policy, "shut", "2026-11-15", "00:00-24:00");
    assert_day(policy, "both_shut", "2026-11-16", "00:00-09:00 12:00-13:30 23:00-24:00");
    assert_day(policy, "again", "2026-11-16", "09:00-12:00 13:30-18:00");
    sla_policy_unref(policy);
}
END_TEST

/* What is given must all hold. The order in the file does not matter. */
START_TEST(the_three_lists_of_one_calendar_all_count)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  served: {all_of: [site], any_of: [first, second], none_of: [lunch]}\n"
        "  site: {hours: {daily: \"06:00-20:00\"}}\n"
        "  first: {hours: {daily: \"05:00-13:00\"}}\n"
        "  second: {hours: {daily: \"14:00-22:00\"}}\n"
        "  lunch: {hours: {daily: \"11:00-11:30\"}}\n");
    assert_day(policy, "served", "2026-11-16", "06:00-11:00 11:30-13:00 14:00-20:00");
    sla_policy_unref(policy);
}
END_TEST

/* New York's second 01:30 on 2026-11-01 is 06:30 in UTC; its 02:30 on 2026-03-08 never was. */
START_TEST(members_follow_their_own_clocks_over_dst)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  night: {timezone: America/New_York, hours: {daily: \"01:00-03:00\"}}\n"
        "  all: {all_of: [night, 24x7]}\n");
    assert_day(policy, "all", "2026-03-07", "06:00-08:00");
    assert_day(policy, "all", "2026-03-08", "06:00-07:00"); /* 01:00 to 02:00, then it is 03:00 */
    assert_day(policy, "all", "2026-03-09", "05:00-07:00");
    assert_day(policy, "all", "2026-11-01", "05:00-08:00"); /* 01:00 to 02:00 twice, to 03:00 */
    sla_policy_unref(policy);
}
END_TEST

START_TEST(algebra_of_always_open_calendars_is_always_open)
{
    sla_policy *policy = compile(TWO_ZONES "  shut: {none_of: office}\n"
                                           "  whole: {any_of: [office, shut]}\n");
    const sla_calendar *whole = find_calendar(policy, "whole");
    sla_time at;
    sla_duration counted;
    ck_assert_int_eq(sla_calendar_elapsed(whole, SLA_TIME_MIN, SLA_TIME_MAX, &counted), SLA_OK);
    ck_assert_int_eq(counted, SLA_TIME_MAX - SLA_TIME_MIN);
    ck_assert_int_eq(sla_calendar_is_open(whole, SLA_TIME_MIN), 1);
    ck_assert_int_eq(sla_calendar_is_open(whole, SLA_TIME_MAX), 1);
    ck_assert_int_eq(sla_calendar_next_close(whole, 0, &at), SLA_ERROR_RANGE);
    sla_policy_unref(policy);
}
END_TEST

/* C10 by member: Kiritimati is 14 hours ahead of UTC, so its 2026-12-31 ends at 10:00 UTC. */
START_TEST(an_answer_is_provisional_when_a_members_is)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  here: {through: 2027-12-31, closed: [2026-11-17]}\n"
        "  there: {through: 2026-12-31, closed: [2026-11-18]}\n"
        "calendars:\n"
        "  near: {hours: always, holidays: here}\n"
        "  far: {timezone: Pacific/Kiritimati, hours: always, holidays: there}\n"
        "  joint: {all_of: [near, far]}\n"
        "  more: {any_of: [joint, 24x7]}\n"
        "  early: {hours: always, holidays: there}\n"
        "  both: {all_of: [near, early]}\n"
        "  turned: {all_of: [early, near]}\n");
    const char *const names[] = {"joint", "more"};
    for (int i = 0; i < 2; i++) {
        const sla_calendar *calendar = find_calendar(policy, names[i]);
        sla_time ends = instant_in(calendar, "2026-12-31T10:00");
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, ends - 1), 0);
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, ends), 1);
    }
    const char *const of_one_zone[] = {"both", "turned"};
    for (int i = 0; i < 2; i++) {
        const sla_calendar *calendar = find_calendar(policy, of_one_zone[i]);
        sla_time ends = instant_in(calendar, "2027-01-01T00:00");
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, ends - 1), 0);
        ck_assert_int_eq(sla_calendar_is_provisional(calendar, ends), 1);
    }
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_date_bears_what_the_first_member_says_of_it)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  one: {closed: [{date: 2026-11-17, name: first}, {date: 2026-11-19, name: third}]}\n"
        "  two: {closed: [{date: 2026-11-17, name: other}], workdays: [{date: 2026-11-18, name: "
        "second}]}\n"
        "calendars:\n"
        "  a: {hours: {daily: \"09:00-17:00\"}, holidays: one,\n"
        "      special: [{from: 2026-11-20T10:00, to: 2026-11-20T11:00, hours: closed, name: "
        "drill}]}\n"
        "  b: {hours: {daily: \"09:00-17:00\"}, holidays: two}\n"
        "  joint: {all_of: [a, b]}\n");
    assert_reason(policy, "joint", "2026-11-16", SLA_DAY_REGULAR, "");
    assert_reason(policy, "joint", "2026-11-17", SLA_DAY_HOLIDAY, "first");
    assert_reason(policy, "joint", "2026-11-18", SLA_DAY_WORKDAY, "second");
    assert_reason(policy, "joint", "2026-11-19", SLA_DAY_HOLIDAY, "third");
    assert_reason(policy, "joint", "2026-11-20", SLA_DAY_CLOSURE, "drill");
    sla_policy_unref(policy);
}
END_TEST

/* C7 and D2 in its own zone: the stretch of Monday evening in UTC lies on Tuesday in Shanghai. */
START_TEST(working_days_are_dates_of_its_own_zone)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  evening: {hours: {mon: \"20:00-22:00\"}}\n"
        "  east: {timezone: Asia/Shanghai, all_of: evening}\n"
        "  utc: {all_of: [evening]}\n");
    assert_day(policy, "utc", "2026-11-16", "20:00-22:00");
    assert_day(policy, "utc", "2026-11-17", "");
    assert_day(policy, "east", "2026-11-16", "");
    assert_day(policy, "east", "2026-11-17", "04:00-06:00");
    const sla_calendar *east = find_calendar(policy, "east");
    sla_target close = {.size = sizeof close, .unit = SLA_UNIT_WORKDAYS, .due = SLA_DUE_CLOSE,
                        .cutoff = SLA_NO_CUTOFF, .amount = 1};
    sla_time due;
    sla_calendar_due(east, instant_in(east, "2026-11-17T05:00"), &close, &due);
    ck_assert_int_eq(due, instant_in(east, "2026-11-24T06:00"));
    sla_policy_unref(policy);
}
END_TEST

/* Until 2019 Sao Paulo had summer time: its midnights lie an hour apart in UTC, so that 02:30 there
   is in one date in winter and in the next in summer. */
START_TEST(working_days_follow_the_midnights_of_its_own_zone)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  utc: {hours: {tue: \"02:15-02:45\"}}\n"
        "  east: {timezone: America/Sao_Paulo, any_of: utc}\n");
    const sla_calendar *east = find_calendar(policy, "east");
    static const struct {
        int32_t year, month, day;
        int expected;
    } dates[] = {{2015, 7, 6, 1}, {2015, 7, 7, 0},   /* -03:00: 23:15 on Monday */
                 {2015, 12, 7, 0}, {2015, 12, 8, 1}, /* -02:00: 00:15 on Tuesday */
                 {2016, 7, 4, 1}, {2016, 7, 5, 0},   {2025, 12, 8, 1}, {2025, 12, 9, 0}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        sla_date date;
        sla_date_from_civil(dates[i].year, dates[i].month, dates[i].day, &date);
        ck_assert_int_eq(sla_calendar_is_workday(east, date), dates[i].expected);
    }
    sla_policy_unref(policy);
}
END_TEST

/* Kwajalein was 12 hours behind UTC until 1993 and is 12 hours ahead: its dates begin at the same
   time of day as before, a day apart. Thursday 02:00 in Tongatapu is Wednesday 13:00 in UTC. */
START_TEST(working_days_follow_a_zone_over_the_date_line)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  tonga: {timezone: Pacific/Tongatapu, hours: {thu: \"02:00-04:00\"}}\n"
        "  atoll: {timezone: Pacific/Kwajalein, all_of: tonga}\n");
    const sla_calendar *atoll = find_calendar(policy, "atoll");
    sla_date thursday, found;
    sla_date_from_civil(2015, 1, 1, &thursday);
    ck_assert_int_eq(sla_calendar_is_workday(atoll, thursday), 1); /* 01:00 to 03:00 */
    ck_assert_int_eq(sla_calendar_add_workdays(atoll, thursday + 1, -21, &found), SLA_OK);
    ck_assert_int_eq(found, thursday - 20 * 7);
    sla_date_from_civil(1990, 1, 3, &thursday); /* a Wednesday: 01:00 to 03:00 there, then */
    ck_assert_int_eq(sla_calendar_is_workday(atoll, thursday), 1);
    ck_assert_int_eq(sla_calendar_is_workday(atoll, thursday + 1), 0);
    sla_policy_unref(policy);
}
END_TEST

/* T1: what lies outside of 1970..2199 is no answer, but it decides whether another is one. */
START_TEST(deadlines_at_the_ends_of_the_range_know_what_they_cannot_tell)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  west: {timezone: America/New_York, hours: {daily: \"18:00-21:00, 22:00-24:00\"}}\n"
        "  same: {timezone: America/New_York, all_of: west}\n");
    static const char *const names[] = {"west", "same"};
    for (int i = 0; i < 2; i++) {
        const sla_calendar *west = find_calendar(policy, names[i]);
        sla_target target = {.size = sizeof target, .unit = SLA_UNIT_WORKDAYS,
                             .due = SLA_DUE_TIME, .due_time = 60, .cutoff = SLA_NO_CUTOFF};
        sla_time due;
        /* 1970 begins at 19:00 on 1969-12-31, which opened at 18:00: the next day's opening. */
        ck_assert_int_eq(sla_calendar_due(west, 0, &target, &due), SLA_OK);
        ck_assert_int_eq(due, instant_in(west, "1970-01-01T18:00"));
        /* 2199 ends at 19:00 on its last evening there: nobody knows when it closes. */
        target = (sla_target){.size = sizeof target, .unit = SLA_UNIT_WORKDAYS,
                              .due = SLA_DUE_CLOSE, .cutoff = SLA_NO_CUTOFF};
        sla_time start = instant_in(west, "2199-12-30T18:30");
        ck_assert_int_eq(sla_calendar_due(west, start, &target, &due), SLA_OK);
        ck_assert_int_eq(due, instant_in(west, "2199-12-31T00:00"));
        target.amount = 1;
        ck_assert_int_eq(sla_calendar_due(west, start, &target, &due), SLA_ERROR_RANGE);
    }
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_calendar_that_extends_one_made_of_others_is_made_of_the_same)
{
    sla_policy *policy = compile(TWO_ZONES
                                 "  joint: {all_of: [office, customer]}\n"
                                 "  there: {extends: joint, timezone: Europe/Berlin}\n"
                                 "  own: {extends: joint, hours: {mon: \"10:00-11:00\"}}\n"
                                 "  other: {extends: office, any_of: [customer]}\n");
    assert_day(policy, "there", "2026-11-16", "08:00-11:00");
    assert_day(policy, "own", "2026-11-16", "10:00-11:00");
    assert_day(policy, "other", "2026-11-16", "15:00-23:00");
    sla_policy_unref(policy);
}
END_TEST

int main(int count, char **arguments)
{
    Suite *suite = suite_create("algebra");
    TCase *tests = tcase_create("algebra");
    if (count > 1)
        policy_text_zones(arguments[1]);
    tcase_add_test(tests, all_of_is_the_intersection_of_instants);
    tcase_add_test(tests, any_of_is_the_union_and_what_touches_is_one);
    tcase_add_test(tests, none_of_is_the_complement);
    tcase_add_test(tests, the_three_lists_of_one_calendar_all_count);
    tcase_add_test(tests, members_follow_their_own_clocks_over_dst);
    tcase_add_test(tests, algebra_of_always_open_calendars_is_always_open);
    tcase_add_test(tests, an_answer_is_provisional_when_a_members_is);
    tcase_add_test(tests, a_date_bears_what_the_first_member_says_of_it);
    tcase_add_test(tests, working_days_are_dates_of_its_own_zone);
    tcase_add_test(tests, working_days_follow_the_midnights_of_its_own_zone);
    tcase_add_test(tests, working_days_follow_a_zone_over_the_date_line);
    tcase_add_test(tests, deadlines_at_the_ends_of_the_range_know_what_they_cannot_tell);
    tcase_add_test(tests, a_calendar_that_extends_one_made_of_others_is_made_of_the_same);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
