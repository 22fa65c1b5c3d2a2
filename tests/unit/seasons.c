/* SPDX-License-Identifier: MIT */
/* Seasons and closures between instants, as a policy says them (C3); 2026-06-01 is a Monday. */
#include "calendar_days.h"
#include "policy_text.h"
#include "run_suite.h"

#include <check.h>

START_TEST(a_season_has_its_own_week_on_every_date_of_it)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  office:\n"
        "    hours: {mon-fri: \"09:00-17:00\", sat: \"10:00-12:00\"}\n"
        "    seasons:\n"
        "      - {from: 06-01, to: 09-30, hours: {mon-fri: \"08:00-16:00\"}, name: summer}\n"
        "      - {from: 12-28, to: 01-05, hours: {daily: \"10:00-14:00\"}}\n"
        "      - {from: 09-15, to: 10-15, hours: {mon-fri: \"07:00-15:00\"}}\n");
    assert_day(policy, "office", "2026-05-29", "09:00-17:00"); /* Friday, the week's own */
    assert_day(policy, "office", "2026-06-01", "08:00-16:00"); /* both ends are inclusive */
    assert_day(policy, "office", "2026-06-06", "");            /* a season's Saturday */
    assert_day(policy, "office", "2026-09-30", "08:00-16:00"); /* the first season that holds it */
    assert_day(policy, "office", "2026-10-01", "07:00-15:00");
    assert_day(policy, "office", "2026-10-17", "10:00-12:00"); /* Saturday, the week's */
    assert_day(policy, "office", "2026-12-27", "");
    assert_day(policy, "office", "2026-12-28", "10:00-14:00"); /* over New Year, every year */
    assert_day(policy, "office", "2027-01-03", "10:00-14:00");
    assert_day(policy, "office", "2027-01-05", "10:00-14:00");
    assert_day(policy, "office", "2027-01-06", "09:00-17:00");
    assert_day(policy, "office", "1970-01-01", "10:00-14:00");
    assert_day(policy, "office", "2199-12-31", "10:00-14:00");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_leap_day_can_end_and_begin_a_season)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  until: {hours: {daily: \"08:00-09:00\"},\n"
        "    seasons: [{from: 02-01, to: 02-29, hours: {daily: \"10:00-11:00\"}}]}\n"
        "  since: {hours: {daily: \"08:00-09:00\"},\n"
        "    seasons: [{from: 02-29, to: 03-31, hours: {daily: \"10:00-11:00\"}}]}\n"
        "  only: {hours: {daily: \"08:00-09:00\"},\n"
        "    seasons: [{from: 02-29, to: 02-29, hours: {daily: \"10:00-11:00\"}}]}\n");
    assert_day(policy, "until", "2027-02-28", "10:00-11:00");
    assert_day(policy, "until", "2027-03-01", "08:00-09:00");
    assert_day(policy, "until", "2028-02-29", "10:00-11:00");
    assert_day(policy, "until", "2028-03-01", "08:00-09:00");
    assert_day(policy, "since", "2027-02-28", "08:00-09:00");
    assert_day(policy, "since", "2027-03-01", "10:00-11:00");
    assert_day(policy, "since", "2028-02-28", "08:00-09:00");
    assert_day(policy, "since", "2028-02-29", "10:00-11:00");
    assert_day(policy, "only", "2027-02-28", "08:00-09:00");
    assert_day(policy, "only", "2027-03-01", "08:00-09:00");
    assert_day(policy, "only", "2028-02-29", "10:00-11:00");
    assert_day(policy, "only", "2028-03-01", "08:00-09:00");
    sla_policy_unref(policy);
}
END_TEST

/* The table is applied date by date, what spills in from the evening before included: its first
   date has the morning that the table gives it, and the first date behind it has not. */
START_TEST(a_seasons_night_shift_begins_and_ends_at_midnight)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  night: {hours: {daily: \"09:00-17:00\"},\n"
        "    seasons: [{from: 06-01, to: 06-30, hours: {daily: \"22:00-06:00\"}}]}\n");
    assert_day(policy, "night", "2026-05-31", "09:00-17:00");
    assert_day(policy, "night", "2026-06-01", "00:00-06:00 22:00-24:00");
    assert_day(policy, "night", "2026-06-30", "00:00-06:00 22:00-24:00");
    assert_day(policy, "night", "2026-07-01", "09:00-17:00");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(days_of_their_own_look_at_the_week_in_force)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law:\n"
        "    closed:\n"
        "      - {date: 2026-06-02, open_until: \"12:00\"}\n"
        "      - {date: 2026-05-26, open_until: \"12:00\"}\n"
        "    workdays:\n"
        "      - {date: 2026-06-06, like: fri}\n"
        "      - {date: 2026-05-30, like: fri}\n"
        "      - 2026-06-07\n"
        "      - 2026-05-31\n"
        "calendars:\n"
        "  office:\n"
        "    hours: {mon-thu: \"09:00-17:00\", fri: \"09:00-15:00\"}\n"
        "    holidays: law\n"
        "    seasons: [{from: 06-01, to: 06-30, hours: {tue-thu: \"08:00-16:00\", fri: "
        "\"08:00-14:00\"}}]\n");
    assert_day(policy, "office", "2026-06-02", "08:00-12:00");
    assert_day(policy, "office", "2026-05-26", "09:00-12:00");
    assert_day(policy, "office", "2026-06-06", "08:00-14:00"); /* the season's Friday */
    assert_day(policy, "office", "2026-05-30", "09:00-15:00"); /* the week's Friday */
    assert_day(policy, "office", "2026-06-07", "08:00-16:00"); /* the first open one: Tuesday */
    assert_day(policy, "office", "2026-05-31", "09:00-17:00"); /* Monday */
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_closure_is_taken_away_last)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "timezone: Asia/Shanghai\n"
        "calendars:\n"
        "  office:\n"
        "    hours: {mon-fri: \"09:00-12:00, 13:00-18:00\"}\n"
        "    special:\n"
        "      - {date: 2026-08-02, hours: \"06:00-20:00\", name: stocktaking}\n"
        "      - {from: 2026-07-31T17:00, to: 2026-08-03T10:30, hours: closed, name: typhoon}\n"
        "      - {from: 2026-08-03T03:00:00Z, to: 2026-08-03T13:30, hours: closed}\n"
        "      - {from: 2026-08-03T10:00, to: 2026-08-03T10:45, hours: closed}\n");
    assert_day(policy, "office", "2026-07-31", "09:00-12:00 13:00-17:00"); /* Friday */
    assert_day(policy, "office", "2026-08-01", "");
    assert_day(policy, "office", "2026-08-02", ""); /* its own hours, and the closure last */
    assert_day(policy, "office", "2026-08-03", "10:45-11:00 13:30-18:00");
    assert_day(policy, "office", "2026-08-04", "09:00-12:00 13:00-18:00");
    assert_reason(policy, "office", "2026-07-31", SLA_DAY_CLOSURE, "typhoon");
    assert_reason(policy, "office", "2026-08-02", SLA_DAY_SPECIAL, "stocktaking");
    assert_reason(policy, "office", "2026-08-04", SLA_DAY_REGULAR, "");
    sla_policy_unref(policy);
}
END_TEST

/* Kept as local times: 14:00 in Berlin is another instant than 14:00 in Shanghai. */
START_TEST(an_inherited_closure_is_local_time_where_it_is_inherited)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  east:\n"
        "    timezone: Asia/Shanghai\n"
        "    hours: {daily: \"09:00-18:00\"}\n"
        "    special: [{from: 2026-08-01T14:00, to: 2026-08-01T15:00, hours: closed},\n"
        "              {from: 2026-08-02T14:00+08:00, to: 2026-08-02T15:00+08:00, hours: "
        "closed}]\n"
        "  west: {extends: east, timezone: Europe/Berlin}\n");
    assert_day(policy, "east", "2026-08-01", "09:00-14:00 15:00-18:00");
    assert_day(policy, "west", "2026-08-01", "09:00-14:00 15:00-18:00");
    assert_day(policy, "east", "2026-08-02", "09:00-14:00 15:00-18:00");
    assert_day(policy, "west", "2026-08-02", "09:00-18:00"); /* 08:00 to 09:00 there */
    sla_policy_unref(policy);
}
END_TEST

/* T3: 02:30 is skipped in New York on 2026-03-08 and means 03:30; 01:30 comes twice on 2026-11-01
   and means the first. So an hour is left of the first morning, and three are of the second. */
START_TEST(ends_of_closures_in_gaps_and_overlaps_follow_t3)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "timezone: America/New_York\n"
        "calendars:\n"
        "  night:\n"
        "    hours: {daily: \"00:00-04:30\"}\n"
        "    special: [{from: 2026-03-08T00:00, to: 2026-03-08T02:30, hours: closed},\n"
        "              {from: 2026-11-01T01:30, to: 2026-11-01T02:00, hours: closed}]\n");
    assert_day(policy, "night", "2026-03-08", "03:30-04:30");
    assert_day(policy, "night", "2026-11-01", "00:00-01:30 02:00-04:30");
    const sla_calendar *night = find_calendar(policy, "night");
    sla_duration counted;
    sla_calendar_elapsed(night, instant_in(night, "2026-11-01T00:00"),
                         instant_in(night, "2026-11-02T00:00"), &counted);
    ck_assert_int_eq(counted, 4 * 3600); /* 1.5 h, then 2.5 h; the repeated hour is shut */
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_date_that_a_closure_takes_whole_is_no_working_day)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  office:\n"
        "    hours: {mon-fri: \"09:00-17:00\"}\n"
        "    special: [{from: 2026-06-02T09:00, to: 2026-06-02T17:00, hours: closed},\n"
        "              {from: 2026-06-03T09:00, to: 2026-06-03T16:59:59, hours: closed}]\n");
    const sla_calendar *office = find_calendar(policy, "office");
    sla_target one_day = {.size = sizeof one_day};
    sla_time due;
    ck_assert_int_eq(sla_target_parse("1wd", SLA_NUL_TERMINATED, &one_day), SLA_OK);
    /* From Monday 10:00 the next working day is Wednesday, which has one second; 10:00 is not open
       there, and nothing closed before it, so its opening counts (D2). */
    sla_calendar_due(office, instant_in(office, "2026-06-01T10:00"), &one_day, &due);
    ck_assert_int_eq(due, instant_in(office, "2026-06-03T16:59:59"));
    sla_policy_unref(policy);
}
END_TEST

/* "A given key replaces the inherited one", and only that. */
START_TEST(an_extended_calendar_inherits_its_seasons)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "calendars:\n"
        "  office:\n"
        "    hours: {daily: \"09:00-17:00\"}\n"
        "    seasons: [{from: 06-01, to: 06-30, hours: {daily: \"08:00-16:00\"}}]\n"
        "  field: {extends: office, hours: {daily: \"06:00-22:00\"}}\n"
        "  plain: {extends: office, seasons: []}\n");
    assert_day(policy, "field", "2026-05-31", "06:00-22:00");
    assert_day(policy, "field", "2026-06-01", "08:00-16:00");
    assert_day(policy, "plain", "2026-06-01", "09:00-17:00");
    sla_policy_unref(policy);
}
END_TEST

int main(int count, char **arguments)
{
    Suite *suite = suite_create("seasons");
    TCase *tests = tcase_create("seasons");
    if (count > 1)
        policy_text_zones(arguments[1]);
    tcase_add_test(tests, a_season_has_its_own_week_on_every_date_of_it);
    tcase_add_test(tests, a_leap_day_can_end_and_begin_a_season);
    tcase_add_test(tests, a_seasons_night_shift_begins_and_ends_at_midnight);
    tcase_add_test(tests, days_of_their_own_look_at_the_week_in_force);
    tcase_add_test(tests, a_closure_is_taken_away_last);
    tcase_add_test(tests, an_inherited_closure_is_local_time_where_it_is_inherited);
    tcase_add_test(tests, ends_of_closures_in_gaps_and_overlaps_follow_t3);
    tcase_add_test(tests, a_date_that_a_closure_takes_whole_is_no_working_day);
    tcase_add_test(tests, an_extended_calendar_inherits_its_seasons);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
