/* SPDX-License-Identifier: MIT */
/* Where days that fall on a weekend are observed, too: the original stays, originals are placed
   first, then substitutes in the order of the list. */
#include "run_suite.h"
#include "policy_text.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "2026-12-25" */
static sla_date date_of(const char *text)
{
    sla_date date;
    ck_assert_int_eq(sla_date_from_civil(atoi(text), atoi(text + 5), atoi(text + 8), &date),
                     SLA_OK);
    return date;
}

/* The dates of a calendar that are not regular, from the first to the last, with their names:
   "12-25 Christmas, 12-27 Christmas". Half days have a / behind the date, others + if open. */
static const char *days_of(const sla_policy *policy, const char *calendar, const char *first,
                           const char *last)
{
    static char found[2000];
    size_t used = 0;
    found[0] = '\0';
    for (sla_date date = date_of(first); date <= date_of(last); date++) {
        int32_t year, month, number;
        sla_day day = {.size = sizeof day};
        ck_assert_int_eq(sla_calendar_day(sla_policy_calendar(policy, calendar, strlen(calendar)),
                                          date, &day, NULL, 0), SLA_OK);
        if (day.kind == SLA_DAY_REGULAR)
            continue;
        sla_date_to_civil(date, &year, &month, &number);
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%02d-%02d%s%s%.*s",
                                 used == 0 ? "" : ", ", month, number,
                                 day.open == 0 ? "" : day.kind == SLA_DAY_HOLIDAY ? "/" : "+",
                                 day.name.length == 0 ? "" : " ", (int)day.name.length,
                                 day.name.length == 0 ? "" : day.name.data);
        ck_assert_uint_lt(used, sizeof found);
    }
    return found;
}

/* A policy whose calendar `c` is open every day and knows the closed days. */
static sla_policy *compile_closed(const char *days)
{
    char text[1000];
    snprintf(text, sizeof text, "sla: 1\nholidays: {law: {closed: [%s]}}\n"
             "calendars: {c: {hours: {daily: \"09:00-17:00\"}, holidays: law}}\n", days);
    return compile(text);
}

static void assert_days(const char *days, const char *first, const char *last,
                        const char *expected)
{
    sla_policy *policy = compile_closed(days);
    ck_assert_str_eq(days_of(policy, "c", first, last), expected);
    sla_policy_unref(policy);
}

START_TEST(saturday_goes_to_friday_and_sunday_to_monday_if_the_nearest_weekday_is_meant)
{
    /* 4 July is a Saturday in 2020, a Sunday in 2021, a Monday in 2022. */
    static const char day[] = "{yearly: 07-04, observed: nearest weekday}";
    assert_days(day, "2020-07-01", "2020-07-31", "07-03, 07-04");
    assert_days(day, "2021-07-01", "2021-07-31", "07-04, 07-05");
    assert_days(day, "2022-07-01", "2022-07-31", "07-04");
}
END_TEST

START_TEST(both_go_to_monday_if_the_next_weekday_is_meant)
{
    static const char day[] = "{yearly: 07-04, observed: next weekday}";
    assert_days(day, "2020-07-01", "2020-07-31", "07-04, 07-06");
    assert_days(day, "2021-07-01", "2021-07-31", "07-04, 07-05");
    assert_days(day, "2022-07-01", "2022-07-31", "07-04");
}
END_TEST

START_TEST(the_next_free_weekday_is_one_that_no_holiday_has_taken)
{
    /* England: 25 December is a Friday in 2020, a Saturday in 2021, a Sunday in 2022. */
    static const char days[] =
        "{yearly: 12-25, name: Christmas, observed: next free weekday}, "
        "{yearly: 12-26, name: Boxing, observed: next free weekday}";
    assert_days(days, "2020-12-20", "2020-12-31", "12-25 Christmas, 12-26 Boxing, 12-28 Boxing");
    assert_days(days, "2021-12-20", "2021-12-31",
                "12-25 Christmas, 12-26 Boxing, 12-27 Christmas, 12-28 Boxing");
    assert_days(days, "2022-12-20", "2022-12-31",
                "12-25 Christmas, 12-26 Boxing, 12-27 Christmas"); /* Monday is Boxing Day */
    assert_days(days, "2023-12-20", "2023-12-31", "12-25 Christmas, 12-26 Boxing");
}
END_TEST

START_TEST(only_sundays_move_to_monday)
{
    static const char day[] = "{yearly: 07-04, observed: sunday to monday}";
    assert_days(day, "2020-07-01", "2020-07-31", "07-04");
    assert_days(day, "2021-07-01", "2021-07-31", "07-04, 07-05");
}
END_TEST

START_TEST(sunday_goes_to_the_next_day_that_is_no_holiday_in_japan)
{
    /* 3 May is a Sunday in 2020 and 2026; in 2025 it is 4 May, in 2024 5 May. */
    static const char days[] = "{yearly: 05-03, name: A, observed: sunday to next free day}, "
                               "{yearly: 05-04, name: B, observed: sunday to next free day}, "
                               "{yearly: 05-05, name: C, observed: sunday to next free day}";
    assert_days(days, "2026-05-01", "2026-05-31", "05-03 A, 05-04 B, 05-05 C, 05-06 A");
    assert_days(days, "2025-05-01", "2025-05-31", "05-03 A, 05-04 B, 05-05 C, 05-06 B");
    assert_days(days, "2024-05-01", "2024-05-31", "05-03 A, 05-04 B, 05-05 C, 05-06 C");
    assert_days(days, "2023-05-01", "2023-05-31", "05-03 A, 05-04 B, 05-05 C");
    /* A free day may be a Saturday: 2026-05-03 is a Sunday, the week behind it is taken. */
    assert_days("{date: 2026-05-03, name: A, observed: sunday to next free day}, "
                "{date: 2026-05-04, to: 2026-05-08, name: B}", "2026-05-01", "2026-05-31",
                "05-03 A, 05-04 B, 05-05 B, 05-06 B, 05-07 B, 05-08 B, 05-09 A");
}
END_TEST

START_TEST(a_substitute_belongs_to_the_year_of_its_original_and_may_cross_new_year)
{
    /* 1 January 2022 is a Saturday, 2023 a Sunday; 31 December 2022 is a Saturday. */
    assert_days("{yearly: 01-01, observed: nearest weekday}", "2021-12-01", "2022-01-31",
                "12-31, 01-01");
    assert_days("{yearly: 01-01, since: 2022, observed: nearest weekday}", "2021-12-01",
                "2022-01-31", "12-31, 01-01");
    assert_days("{yearly: 01-01, until: 2021, observed: nearest weekday}", "2021-12-01",
                "2022-01-31", "");
    assert_days("{yearly: 01-01, except: [2022], observed: nearest weekday}", "2021-12-01",
                "2022-01-31", "");
    assert_days("{yearly: 01-01, except: [2021], observed: nearest weekday}", "2021-12-01",
                "2022-01-31", "12-31, 01-01");
    assert_days("{yearly: 12-31, until: 2022, observed: next weekday}", "2022-12-01",
                "2023-01-31", "12-31, 01-02");
}
END_TEST

START_TEST(substitutes_are_placed_in_the_order_of_the_list)
{
    /* 2022-12-31 is a Saturday, 2023-01-01 a Sunday: who stands first gets Monday. */
    assert_days("{yearly: 01-01, name: A, observed: next free weekday}, "
                "{yearly: 12-31, name: Z, observed: next free weekday}", "2022-12-01",
                "2023-01-31", "12-31 Z, 01-01 A, 01-02 A, 01-03 Z");
    assert_days("{yearly: 12-31, name: Z, observed: next free weekday}, "
                "{yearly: 01-01, name: A, observed: next free weekday}", "2022-12-01",
                "2023-01-31", "12-31 Z, 01-01 A, 01-02 Z, 01-03 A");
    /* An original that stands last still comes before every substitute. */
    assert_days("{yearly: 12-31, name: Z, observed: next free weekday}, "
                "{date: 2023-01-02, to: 2023-01-04, name: fair}", "2022-12-01", "2023-01-31",
                "12-31 Z, 01-02 fair, 01-03 fair, 01-04 fair, 01-05 Z");
    /* A form that does not look for a free day finds it taken, and it stays what it was. */
    assert_days("{yearly: 12-31, name: Z, observed: next weekday}, {date: 2023-01-02, name: fair}",
                "2022-12-01", "2023-01-31", "12-31 Z, 01-02 fair");
}
END_TEST

START_TEST(each_date_of_a_range_has_a_substitute_of_its_own)
{
    assert_days("{yearly: 12-25, to: 12-26, observed: next free weekday}", "2021-12-20",
                "2021-12-31", "12-25, 12-26, 12-27, 12-28");
    assert_days("{date: 2026-11-14, to: 2026-11-16, observed: next free weekday}", "2026-11-01",
                "2026-11-30", "11-14, 11-15, 11-16, 11-17, 11-18");
    assert_days("{date: 2026-11-15, observed: sunday to monday}, 2026-11-22", "2026-11-01",
                "2026-11-30", "11-15, 11-16, 11-22");
}
END_TEST

START_TEST(a_substitute_of_a_half_day_is_a_half_day_and_half_days_are_taken)
{
    /* 24 December 2022 is a Saturday. */
    assert_days("{yearly: 12-24, open_until: \"12:00\", observed: nearest weekday}", "2022-12-20",
                "2022-12-31", "12-23/, 12-24/");
    assert_days("{yearly: 12-24, observed: next free weekday}, "
                "{date: 2022-12-26, open_until: \"12:00\"}", "2022-12-20", "2022-12-31",
                "12-24, 12-26/, 12-27");
}
END_TEST

START_TEST(a_rule_by_weekday_can_be_observed_too)
{
    /* Easter Sunday 2026 is 5 April; the Saturday after Thanksgiving 2026 is 28 November. */
    assert_days("{yearly: easter, observed: next weekday}", "2026-03-01", "2026-04-30",
                "04-05, 04-06");
    assert_days("{yearly: 4th thu of nov + 2, observed: nearest weekday}", "2026-11-20",
                "2026-12-10", "11-27, 11-28");
}
END_TEST

START_TEST(a_list_means_the_same_dates_wherever_it_is_named)
{
    /* 24 December 2022 is a Saturday; Monday the 26th is free in `company`, not in `law`. */
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law: {closed: [{yearly: 12-26, name: Boxing}]}\n"
        "  company: {closed: [{yearly: 12-24, name: Eve, observed: next free weekday}]}\n"
        "calendars:\n"
        "  one: {hours: {daily: \"09:00-17:00\"}, holidays: company}\n"
        "  both: {hours: {daily: \"09:00-17:00\"}, holidays: [law, company]}\n"
        "  turned: {hours: {daily: \"09:00-17:00\"}, holidays: [company, law]}\n");
    ck_assert_str_eq(days_of(policy, "one", "2022-12-20", "2022-12-31"), "12-24 Eve, 12-26 Eve");
    ck_assert_str_eq(days_of(policy, "both", "2022-12-20", "2022-12-31"),
                     "12-24 Eve, 12-26 Boxing");
    ck_assert_str_eq(days_of(policy, "turned", "2022-12-20", "2022-12-31"),
                     "12-24 Eve, 12-26 Eve");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(special_days_pass_by_the_holidays_of_their_calendar)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law: {closed: [{yearly: 12-26, name: Boxing}], workdays: [2022-12-27]}\n"
        "calendars:\n"
        "  c: {hours: {daily: \"09:00-17:00\"}, holidays: law,\n"
        "      special: [{yearly: 12-24, name: Eve, hours: \"09:00-12:00\",\n"
        "                 observed: next free weekday}]}\n"
        "  busy: {extends: c, holidays: []}\n"
        "  near: {hours: {daily: \"09:00-17:00\"}, holidays: law,\n"
        "         special: [{yearly: 12-25, name: Fair, hours: \"10:00-11:00\",\n"
        "                    observed: next weekday}]}\n");
    /* The make-up working day is no holiday: the special day may have it, and comes first (C3). */
    ck_assert_str_eq(days_of(policy, "c", "2022-12-20", "2022-12-31"),
                     "12-24+ Eve, 12-26 Boxing, 12-27+ Eve");
    ck_assert_str_eq(days_of(policy, "busy", "2022-12-20", "2022-12-31"), "12-24+ Eve, 12-26+ Eve");
    /* C3: where it does fall on a holiday, the special day counts. */
    ck_assert_str_eq(days_of(policy, "near", "2022-12-20", "2022-12-31"),
                     "12-25+ Fair, 12-26+ Fair, 12-27+");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_make_up_working_day_beats_a_substitute)
{
    sla_policy *policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law: {closed: [{yearly: 12-24, observed: next weekday}], workdays: [2022-12-26]}\n"
        "calendars: {c: {hours: {mon-fri: \"09:00-17:00\"}, holidays: law}}\n");
    ck_assert_str_eq(days_of(policy, "c", "2022-12-20", "2022-12-31"), "12-24, 12-26+");
    sla_policy_unref(policy);
    /* It is no holiday, so that a free day is looked for without it. */
    policy = compile(
        "sla: 1\n"
        "holidays:\n"
        "  law: {closed: [{yearly: 12-24, observed: next free weekday}], workdays: [2022-12-26]}\n"
        "calendars: {c: {hours: {mon-fri: \"09:00-17:00\"}, holidays: law}}\n");
    ck_assert_str_eq(days_of(policy, "c", "2022-12-20", "2022-12-31"), "12-24, 12-26+");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(where_the_last_year_ends_there_is_no_free_day_any_more)
{
    /* 2199-12-28 is a Saturday. */
    assert_days("{date: 2199-12-27, to: 2199-12-31, observed: next free weekday}", "2199-12-20",
                "2199-12-31", "12-27, 12-28, 12-29, 12-30, 12-31");
    assert_days("{date: 2199-12-28, observed: next weekday}", "2199-12-20", "2199-12-31",
                "12-28, 12-30");
    /* 1970-01-03 is a Saturday. */
    assert_days("{yearly: 01-03, observed: nearest weekday}", "1970-01-01", "1970-01-31",
                "01-02, 01-03");
}
END_TEST

START_TEST(identities_of_policies_tell_lists_with_and_without_substitutes_apart)
{
    static const char *const days[] = {"{yearly: 12-25}", "{yearly: 12-25, observed: next weekday}",
                                       "{yearly: 12-25, observed: sunday to monday}",
                                       "{yearly: 12-25, name: Christmas}"};
    uint8_t prints[4][16];
    for (size_t i = 0; i < 4; i++) {
        sla_policy *policy = compile_closed(days[i]);
        sla_policy_fingerprint(policy, prints[i]);
        sla_policy_unref(policy);
        for (size_t k = 0; k < i; k++)
            ck_assert_int_ne(memcmp(prints[i], prints[k], 16), 0);
    }
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    policy_text_zones(argv[1]);
    Suite *suite = suite_create("observed");
    TCase *tcase = tcase_create("observed");
    tcase_add_test(tcase,
                   saturday_goes_to_friday_and_sunday_to_monday_if_the_nearest_weekday_is_meant);
    tcase_add_test(tcase, both_go_to_monday_if_the_next_weekday_is_meant);
    tcase_add_test(tcase, the_next_free_weekday_is_one_that_no_holiday_has_taken);
    tcase_add_test(tcase, only_sundays_move_to_monday);
    tcase_add_test(tcase, sunday_goes_to_the_next_day_that_is_no_holiday_in_japan);
    tcase_add_test(tcase, a_substitute_belongs_to_the_year_of_its_original_and_may_cross_new_year);
    tcase_add_test(tcase, substitutes_are_placed_in_the_order_of_the_list);
    tcase_add_test(tcase, each_date_of_a_range_has_a_substitute_of_its_own);
    tcase_add_test(tcase, a_substitute_of_a_half_day_is_a_half_day_and_half_days_are_taken);
    tcase_add_test(tcase, a_rule_by_weekday_can_be_observed_too);
    tcase_add_test(tcase, a_list_means_the_same_dates_wherever_it_is_named);
    tcase_add_test(tcase, special_days_pass_by_the_holidays_of_their_calendar);
    tcase_add_test(tcase, a_make_up_working_day_beats_a_substitute);
    tcase_add_test(tcase, where_the_last_year_ends_there_is_no_free_day_any_more);
    tcase_add_test(tcase, identities_of_policies_tell_lists_with_and_without_substitutes_apart);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
