/* SPDX-License-Identifier: MIT */
/* Calendars: counted time, opening and closing (C1 to C8), one example for every rule. */
#include "one_calendar.h"
#include "random.h"
#include "run_suite.h"

#define HOUR 3600

/* Monday to Friday, 09:00-12:00 and 13:00-18:00. */
static const char *const office_week[7] = {
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00",
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", NULL, NULL};
/* Every night from 22:00 to 06:00, split at midnight as the policy's reader does. */
static const char *const night_week[7] = {
    "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00",
    "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00",
    "00:00-06:00,22:00-24:00"};

static void add_is(const char *from, sla_duration counted, const char *wanted)
{
    sla_time at;
    ck_assert_int_eq(sla_calendar_add(made.calendar, test_at(&made, from), counted, &at), SLA_OK);
    ck_assert_str_eq(test_text(&made, at), test_text(&made, test_at(&made, wanted)));
}

static void elapsed_is(const char *from, const char *to, sla_duration wanted)
{
    sla_duration counted;
    sla_time a = test_at(&made, from);
    sla_time b = test_at(&made, to);
    ck_assert_int_eq(sla_calendar_elapsed(made.calendar, a, b, &counted), SLA_OK);
    ck_assert_int_eq(counted, wanted);
    ck_assert_int_eq(sla_calendar_elapsed(made.calendar, b, a, &counted), SLA_OK);
    ck_assert_int_eq(counted, -wanted); /* C4 */
}

/* 2026-11-20 is a Friday. */
START_TEST(time_outside_of_hours_is_not_counted)
{
    make("Asia/Shanghai", office_week, NULL);
    elapsed_is("2026-11-20T17:50", "2026-11-23T09:20", 30 * 60);
    elapsed_is("2026-11-20T11:00", "2026-11-20T14:00", 2 * HOUR);
    elapsed_is("2026-11-21T00:00", "2026-11-22T23:59", 0);
    add_is("2026-11-20T17:50", 8 * HOUR, "2026-11-23T17:50");
    add_is("2026-11-21T12:00", 60, "2026-11-23T09:01");
}
END_TEST

/* C5: due at 18:00 that evening, not at 09:00 the next morning. */
START_TEST(a_budget_that_ends_at_closing_time_is_due_at_the_closing_instant)
{
    make("Asia/Shanghai", office_week, NULL);
    add_is("2026-11-20T17:00", HOUR, "2026-11-20T18:00");
    add_is("2026-11-20T11:00", HOUR, "2026-11-20T12:00");
    add_is("2026-11-20T17:00", HOUR + 1, "2026-11-23T09:00:01");
    add_is("2026-11-21T12:00", 0, "2026-11-21T12:00"); /* add(a, 0) = a, closed or not */
}
END_TEST

/* C5: the latest t with elapsed(t, a) >= n, so an opening is reached from behind. */
START_TEST(adding_backwards_finds_the_latest_instant)
{
    make("Asia/Shanghai", office_week, NULL);
    add_is("2026-11-23T09:30", -30 * 60, "2026-11-23T09:00");
    add_is("2026-11-23T09:30", -31 * 60, "2026-11-20T17:59");
    add_is("2026-11-22T12:00", -8 * HOUR, "2026-11-20T09:00");
    add_is("2026-11-23T13:00", -3 * HOUR, "2026-11-23T09:00");
}
END_TEST

/* C1: on 8 March 2026 New York's clocks skip 02:00-03:00, on 1 November they show 01:00-02:00
   twice. A night shift has 7 and 9 hours. */
START_TEST(a_skipped_hour_counts_nothing_and_a_repeated_one_twice)
{
    make("America/New_York", night_week, NULL);
    elapsed_is("2026-03-07T22:00", "2026-03-08T06:00", 7 * HOUR);
    elapsed_is("2026-10-31T22:00", "2026-11-01T06:00", 9 * HOUR);
    elapsed_is("2026-06-01T22:00", "2026-06-02T06:00", 8 * HOUR);
    add_is("2026-03-07T22:00", 8 * HOUR, "2026-03-08T23:00"); /* an hour of the next night */
    add_is("2026-10-31T22:00", 8 * HOUR, "2026-11-01T05:00");
}
END_TEST

START_TEST(a_24_hour_day_may_have_23_or_25_hours)
{
    static const char *const sunday[7] = {NULL, NULL, NULL, NULL, NULL, NULL, "00:00-24:00"};
    make("America/New_York", sunday, NULL);
    elapsed_is("2026-03-08T00:00", "2026-03-09T00:00", 23 * HOUR);
    elapsed_is("2026-11-01T00:00", "2026-11-02T00:00", 25 * HOUR);
    elapsed_is("2026-11-08T00:00", "2026-11-09T00:00", 24 * HOUR);
}
END_TEST

/* Pacific/Apia had no Friday 30 December 2011. */
START_TEST(a_skipped_date_counts_nothing)
{
    make("Pacific/Apia", office_week, NULL);
    elapsed_is("2011-12-29T00:00", "2011-12-31T00:00", 8 * HOUR);
    elapsed_is("2011-12-26T00:00", "2012-01-02T00:00", 4 * 8 * HOUR);
    add_is("2011-12-29T17:00", 2 * HOUR, "2012-01-02T10:00");
}
END_TEST

/* C2: 09-12 and 11-14 overlap, 14-15 touches: together 09-15. */
START_TEST(overlapping_and_touching_intervals_count_once)
{
    static const char *const week[7] = {"14:00-15:00,09:00-12:00,11:00-14:00"};
    make("UTC", week, NULL);
    elapsed_is("2026-11-23T00:00", "2026-11-24T00:00", 6 * HOUR);
    sla_time at;
    ck_assert_int_eq(
        sla_calendar_next_close(made.calendar, test_at(&made, "2026-11-23T10:00"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-11-23T15:00"));
}
END_TEST

START_TEST(more_than_two_intervals_a_day_count_as_well)
{
    static const char *const week[7] = {
        "08:00-09:00,10:00-11:00,12:00-13:00,14:00-15:00,16:00-17:00"};
    make("UTC", week, NULL);
    elapsed_is("2026-11-23T08:30", "2026-11-23T16:30", 4 * HOUR);
    add_is("2026-11-23T08:00", 5 * HOUR, "2026-11-23T17:00");
    add_is("2026-11-23T08:00", 4 * HOUR + 1, "2026-11-23T16:00:01");
    add_is("2026-11-23T17:00", -2 * HOUR - 1, "2026-11-23T12:59:59");
    ck_assert_int_eq(sla_calendar_is_open(made.calendar, test_at(&made, "2026-11-23T16:59")), 1);
    ck_assert_int_eq(sla_calendar_is_open(made.calendar, test_at(&made, "2026-11-23T15:00")), 0);
}
END_TEST

/* C3: a holiday replaces the hours of its own date and of no other: the night that began before it
   ends at midnight, and the night that follows it has no evening. */
START_TEST(a_holiday_cuts_a_night_shift_at_midnight)
{
    static const struct test_exception exceptions[] = {
        {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, "feast"}, {.kind = 0}};
    make("Europe/Berlin", night_week, exceptions);
    elapsed_is("2026-06-16T22:00", "2026-06-17T22:00", 2 * HOUR);
    elapsed_is("2026-06-17T00:00", "2026-06-18T06:00", 6 * HOUR);
}
END_TEST

/* St. John's showed 23:01-24:00 of Saturday 2006-10-28 a second time, after the first minute of the
   29th. The holiday closes both; the 29th has that minute and its 24 hours. */
START_TEST(a_holiday_in_two_pieces_is_closed_in_both)
{
    static const char *const week[7] = {"00:00-24:00", "00:00-24:00", "00:00-24:00", "00:00-24:00",
                                        "00:00-24:00", "00:00-24:00", "00:00-24:00"};
    static const struct test_exception exceptions[] = {
        {"2006-10-28", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, NULL}, {.kind = 0}};
    make("America/St_Johns", week, exceptions);
    elapsed_is("2006-10-28T00:00", "2006-10-30T00:00", 24 * HOUR + 60);
    elapsed_is("2006-10-29T02:31:00Z", "2006-10-29T03:30:00Z", 0);
}
END_TEST

/* C3: special beats workday beats holiday; of equals the first in the list wins. 2026-06-17 is a
   Wednesday, 2026-06-20 a Saturday. */
START_TEST(special_beats_workday_beats_holiday)
{
    static const struct test_exception exceptions[] = {
        {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, NULL},
        {"2026-06-17", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-11:00", NULL},
        {"2026-06-17", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-14:00", NULL},
        {"2026-06-17", EXCEPTION_WORKDAY, 4, NULL, NULL},
        {"2026-06-20", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, NULL},
        {"2026-06-20", EXCEPTION_WORKDAY, LIKE_FIRST_OPEN, NULL, NULL},
        {"2026-06-21", EXCEPTION_WORKDAY, LIKE_NONE, "08:00-10:00", NULL},
        {"2026-06-18", EXCEPTION_SPECIAL, LIKE_NONE, NULL, NULL},
        {.kind = 0}};
    make("Asia/Shanghai", office_week, exceptions);
    elapsed_is("2026-06-17T00:00", "2026-06-18T00:00", HOUR);
    elapsed_is("2026-06-18T00:00", "2026-06-19T00:00", 0);
    elapsed_is("2026-06-20T00:00", "2026-06-21T00:00", 8 * HOUR);
    elapsed_is("2026-06-21T00:00", "2026-06-22T00:00", 2 * HOUR);
}
END_TEST

START_TEST(a_holiday_may_be_open_until_an_hour)
{
    static const struct test_exception exceptions[] = {
        {"2026-12-24", EXCEPTION_HOLIDAY, LIKE_NONE, "12:00", NULL},
        {"2026-12-31", EXCEPTION_HOLIDAY, LIKE_NONE, "14:00", NULL},
        {"2026-12-26", EXCEPTION_HOLIDAY, LIKE_NONE, "12:00", NULL}, /* a Saturday */
        {.kind = 0}};
    make("Europe/Berlin", office_week, exceptions);
    elapsed_is("2026-12-24T00:00", "2026-12-25T00:00", 3 * HOUR);
    elapsed_is("2026-12-31T00:00", "2027-01-01T00:00", 4 * HOUR);
    elapsed_is("2026-12-26T00:00", "2026-12-27T00:00", 0);
}
END_TEST

START_TEST(openings_and_closings_are_found)
{
    sla_time at;
    make("Asia/Shanghai", office_week, NULL);
    const sla_calendar *calendar = made.calendar;
    ck_assert_int_eq(sla_calendar_is_open(calendar, test_at(&made, "2026-11-20T09:00")), 1);
    ck_assert_int_eq(sla_calendar_is_open(calendar, test_at(&made, "2026-11-20T12:00")), 0);
    ck_assert_int_eq(
        sla_calendar_next_open(calendar, test_at(&made, "2026-11-20T18:00"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-11-23T09:00"));
    ck_assert_int_eq(
        sla_calendar_next_open(calendar, test_at(&made, "2026-11-20T11:59:59"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-11-20T11:59:59")); /* itself when open */
    ck_assert_int_eq(
        sla_calendar_next_close(calendar, test_at(&made, "2026-11-20T11:59:59"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-11-20T12:00"));
    ck_assert_int_eq(
        sla_calendar_next_close(calendar, test_at(&made, "2026-11-20T18:00"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-11-20T18:00")); /* itself when closed */
}
END_TEST

/* Open from Monday to Saturday without a break: the next closing is days and midnights away. */
START_TEST(a_closing_may_be_many_midnights_away)
{
    static const char *const week[7] = {"00:00-24:00", "00:00-24:00", "00:00-24:00", "00:00-24:00",
                                        "00:00-24:00", "00:00-24:00", "00:00-12:00"};
    sla_time at;
    make("Europe/Berlin", week, NULL);
    ck_assert_int_eq(
        sla_calendar_next_close(made.calendar, test_at(&made, "2026-03-23T00:00"), &at), SLA_OK);
    ck_assert_int_eq(at, test_at(&made, "2026-03-29T12:00")); /* DST began that morning */
    elapsed_is("2026-03-23T00:00", "2026-03-29T12:00", (6 * 24 + 11) * HOUR);
}
END_TEST

/* T1, C8: never a wrapped or clamped value. */
START_TEST(answers_outside_of_the_range_are_errors)
{
    sla_time at = 77;
    sla_duration counted = 77;
    make("UTC", office_week, NULL);
    const sla_calendar *calendar = made.calendar;
    ck_assert_int_eq(sla_calendar_add(calendar, SLA_TIME_MAX, 1, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(calendar, 0, INT64_MAX, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(calendar, 0, INT64_MIN, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(calendar, 0, -1, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(calendar, -1, 1, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(calendar, SLA_TIME_MAX + 1, 0, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_elapsed(calendar, 0, SLA_TIME_MAX + 1, &counted),
                     SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_elapsed(calendar, SLA_TIME_NEVER, 0, &counted),
                     SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_is_open(calendar, SLA_TIME_NONE), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_next_open(calendar, -1, &at), SLA_ERROR_RANGE);
    /* 2199-12-31 is a Tuesday and closes at 18:00 for ever. */
    ck_assert_int_eq(sla_calendar_next_open(calendar, SLA_TIME_MAX - HOUR, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(at, 77);
    ck_assert_int_eq(counted, 77);
    /* The last second that can be reached: 18:00 itself. */
    sla_time closing = SLA_TIME_MAX + 1 - 6 * HOUR;
    ck_assert_int_eq(sla_calendar_add(calendar, closing - HOUR, HOUR, &at), SLA_OK);
    ck_assert_int_eq(at, closing);
    ck_assert_int_eq(sla_calendar_add(calendar, closing - HOUR, HOUR + 1, &at), SLA_ERROR_RANGE);
}
END_TEST

/* Midnight to midnight on the last day: the sum would be reached at 2200-01-01T00:00:00Z. */
START_TEST(the_second_behind_the_range_is_out_of_it)
{
    static const char *const tuesday[7] = {NULL, "00:00-24:00"};
    sla_time at;
    make("UTC", tuesday, NULL);
    ck_assert_int_eq(sla_calendar_add(made.calendar, SLA_TIME_MAX - 9, 9, &at), SLA_OK);
    ck_assert_int_eq(at, SLA_TIME_MAX);
    ck_assert_int_eq(sla_calendar_add(made.calendar, SLA_TIME_MAX - 9, 10, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_next_close(made.calendar, SLA_TIME_MAX, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_next_open(made.calendar, SLA_TIME_MAX, &at), SLA_OK);
    ck_assert_int_eq(at, SLA_TIME_MAX);
}
END_TEST

START_TEST(arguments_that_cannot_be_right_are_refused)
{
    sla_time at;
    make("UTC", office_week, NULL);
    ck_assert_int_eq(sla_calendar_add(NULL, 0, 0, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add(made.calendar, 0, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed(NULL, 0, 0, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed(made.calendar, 0, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_is_open(NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_next_open(made.calendar, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_next_close(NULL, 0, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_is_provisional(NULL, 0), 0);
}
END_TEST

START_TEST(always_is_every_second)
{
    sla_time at;
    make("America/New_York", NULL, NULL);
    ck_assert(calendar_is_always(made.calendar));
    elapsed_is("2026-03-08T00:00", "2026-03-09T00:00", 23 * HOUR);
    add_is("2026-11-20T17:50", 24 * HOUR, "2026-11-21T17:50");
    ck_assert_int_eq(sla_calendar_next_close(made.calendar, 0, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(made.calendar, 0, INT64_MAX, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(made.calendar, 0, -1, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add(made.calendar, SLA_TIME_MAX, 0, &at), SLA_OK);
}
END_TEST

START_TEST(hours_of_every_second_are_always_open_too)
{
    static const char *const week[7] = {"00:00-24:00", "00:00-24:00", "00:00-24:00", "00:00-24:00",
                                        "00:00-24:00", "00:00-24:00", "00:00-24:00"};
    make("America/New_York", week, NULL);
    ck_assert(calendar_is_always(made.calendar));
}
END_TEST

/* C8: a policy error, so compiling says so. A single special day is enough to open. */
START_TEST(a_calendar_that_never_opens_is_refused)
{
    static const char *const closed[7] = {NULL};
    static const struct test_exception once[] = {
        {"2026-06-17", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-11:00", NULL}, {.kind = 0}};
    struct test_calendar never = test_calendar_make("UTC", closed, NULL);
    ck_assert_int_eq(never.status, SLA_ERROR_RANGE);
    test_calendar_free(&never);
    make("UTC", closed, once);
    elapsed_is("1970-01-01T00:00", "2199-12-31T00:00", HOUR);
    add_is("1970-01-01T00:00", 1, "2026-06-17T10:00:01");
    sla_time at;
    ck_assert_int_eq(sla_calendar_add(made.calendar, 0, HOUR + 1, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(
        sla_calendar_next_open(made.calendar, test_at(&made, "2026-06-17T11:00"), &at),
        SLA_ERROR_RANGE);
}
END_TEST

/* C10 */
START_TEST(answers_beyond_the_holiday_data_are_provisional)
{
    struct arena arena;
    struct interval nine_to_five = {9 * HOUR, 17 * HOUR};
    struct calendar_rules rules = {.name = TEXT("c"), .has_through = true};
    test_arena(&arena);
    struct zone zone = zone_from_file(&arena, test_zoneinfo, "Asia/Shanghai");
    rules.zone = &zone;
    rules.week.days[0] = (struct intervals){&nine_to_five, 1};
    rules.through = civil_to_date(2026, 12, 31);
    sla_calendar *calendar;
    ck_assert_int_eq(calendar_compile(&arena, &rules, &calendar), SLA_OK);
    /* Shanghai's 2027 begins at 2026-12-31T16:00:00Z = 1798732800. */
    ck_assert_int_eq(sla_calendar_is_provisional(calendar, 1798732799), 0);
    ck_assert_int_eq(sla_calendar_is_provisional(calendar, 1798732800), 1);
    arena_free(&arena);
    make("Asia/Shanghai", office_week, NULL);
    ck_assert_int_eq(sla_calendar_is_provisional(made.calendar, SLA_TIME_MAX), 0);
}
END_TEST

/* C5's laws, over any calendar. */
static void laws_hold(struct random *random)
{
    for (int i = 0; i < 3000; i++) {
        sla_time a = random_between(random, SLA_TIME_MIN, SLA_TIME_MAX / 2);
        sla_duration m = random_between(random, 0, 90 * 24 * HOUR);
        sla_duration n = random_between(random, 1, 90 * 24 * HOUR);
        sla_time to_n;
        sla_time to_m;
        sla_time to_both;
        sla_time back;
        ck_assert_int_eq(calendar_add(made.calendar, a, n, &to_n), SLA_OK);
        ck_assert_int_eq(calendar_elapsed(made.calendar, a, to_n), n);
        ck_assert_int_eq(calendar_elapsed(made.calendar, a, to_n - 1), n - 1); /* the earliest */
        ck_assert_int_eq(calendar_add(made.calendar, a, m, &to_m), SLA_OK);
        ck_assert(m > n ? to_m > to_n : m < n ? to_m < to_n : to_m == to_n);
        ck_assert_int_eq(calendar_add(made.calendar, to_m, n, &to_both), SLA_OK);
        ck_assert_int_eq(calendar_add(made.calendar, a, m + n, &back), SLA_OK);
        ck_assert_int_eq(to_both, back);
        ck_assert_int_eq(calendar_add(made.calendar, to_n, -n, &back), SLA_OK);
        ck_assert_int_eq(calendar_elapsed(made.calendar, back, to_n), n);
        ck_assert(back >= a); /* the latest */
        ck_assert(calendar_is_open(made.calendar, back));
    }
}

START_TEST(adding_is_the_inverse_of_elapsed)
{
    static const struct test_exception exceptions[] = {
        {"2000-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, NULL},
        {"2000-06-18", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-11:00", NULL},
        {.kind = 0}};
    static const char *const *const weeks[] = {office_week, night_week};
    static const char *const zones[] = {"America/New_York", "Australia/Lord_Howe", "UTC"};
    struct random random = {7};
    for (size_t i = 0; i < 6; i++) {
        make(zones[i % 3], weeks[i % 2], exceptions);
        laws_hold(&random);
        if (i < 5)
            test_calendar_free(&made);
    }
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("calendar");
    TCase *tests = tcase_create("rules");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, time_outside_of_hours_is_not_counted);
    tcase_add_test(tests, a_budget_that_ends_at_closing_time_is_due_at_the_closing_instant);
    tcase_add_test(tests, adding_backwards_finds_the_latest_instant);
    tcase_add_test(tests, a_skipped_hour_counts_nothing_and_a_repeated_one_twice);
    tcase_add_test(tests, a_24_hour_day_may_have_23_or_25_hours);
    tcase_add_test(tests, a_skipped_date_counts_nothing);
    tcase_add_test(tests, overlapping_and_touching_intervals_count_once);
    tcase_add_test(tests, more_than_two_intervals_a_day_count_as_well);
    tcase_add_test(tests, a_holiday_cuts_a_night_shift_at_midnight);
    tcase_add_test(tests, a_holiday_in_two_pieces_is_closed_in_both);
    tcase_add_test(tests, special_beats_workday_beats_holiday);
    tcase_add_test(tests, a_holiday_may_be_open_until_an_hour);
    tcase_add_test(tests, openings_and_closings_are_found);
    tcase_add_test(tests, a_closing_may_be_many_midnights_away);
    tcase_add_test(tests, answers_outside_of_the_range_are_errors);
    tcase_add_test(tests, the_second_behind_the_range_is_out_of_it);
    tcase_add_test(tests, arguments_that_cannot_be_right_are_refused);
    tcase_add_test(tests, always_is_every_second);
    tcase_add_test(tests, hours_of_every_second_are_always_open_too);
    tcase_add_test(tests, a_calendar_that_never_opens_is_refused);
    tcase_add_test(tests, answers_beyond_the_holiday_data_are_provisional);
    tcase_add_test(tests, adding_is_the_inverse_of_elapsed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
