/* SPDX-License-Identifier: MIT */
/* Deadlines: D1 counted time, D2 working days, D3 calendar days. */
#include "one_calendar.h"
#include "run_suite.h"

#define HOUR 3600
#define SAME SLA_DUE_SAME_TIME
#define CLOSE SLA_DUE_CLOSE
#define TIME SLA_DUE_TIME
#define NO_CUTOFF SLA_NO_CUTOFF

/* Monday to Friday, 09:00-12:00 and 13:00-18:00. */
static const char *const office_week[7] = {
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00",
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", NULL, NULL};

/* June 2026: the 15th is a Monday. Wednesday 17th is a holiday; other days are special. */
static const struct test_exception june[] = {
    {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, "feast"},
    {"2026-06-24", EXCEPTION_SPECIAL, LIKE_NONE, "09:00-10:00,14:00-18:00", NULL},
    {"2026-06-25", EXCEPTION_SPECIAL, LIKE_NONE, "13:00-18:00", NULL},
    {.kind = 0}};

static void office(void)
{
    make("Asia/Shanghai", office_week, june);
}

static sla_target workdays(int64_t amount, uint32_t due, uint32_t due_time, uint32_t cutoff)
{
    return (sla_target){.size = sizeof(sla_target),
                        .unit = SLA_UNIT_WORKDAYS,
                        .due = due,
                        .due_time = due_time,
                        .cutoff = cutoff,
                        .amount = amount};
}

static void due_is(const char *start, sla_target target, const char *wanted)
{
    sla_time at;
    sla_status status = sla_calendar_due(made.calendar, test_at(&made, start), &target, &at);
    ck_assert_msg(status == SLA_OK, "%s: %d", start, status);
    ck_assert_str_eq(test_text(&made, at), test_text(&made, test_at(&made, wanted)));
}

START_TEST(d1_counts_time_on_the_calendar)
{
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_SECONDS, .cutoff = NO_CUTOFF};
    office();
    target.amount = 8 * HOUR;
    due_is("2026-06-16T14:00", target, "2026-06-18T14:00");
    target.amount = 0;
    due_is("2026-06-20T14:00", target, "2026-06-20T14:00");
}
END_TEST

/* The two examples of D2. */
START_TEST(d2_two_days_from_tuesday_with_wednesday_a_holiday_is_friday)
{
    office();
    due_is("2026-06-16T11:00", workdays(2, SAME, 0, NO_CUTOFF), "2026-06-19T11:00");
}
END_TEST

START_TEST(d2_one_day_from_saturday_is_tuesdays_opening)
{
    office();
    due_is("2026-06-20T14:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-23T09:00");
    due_is("2026-06-20T14:00", workdays(0, SAME, 0, NO_CUTOFF), "2026-06-22T09:00");
}
END_TEST

/* From Tuesday 23rd, day 1 is the 24th (09-10 and 14-18), day 2 the 25th (13-18). */
START_TEST(d2_a_time_that_is_closed_falls_back_to_the_closing_before)
{
    office();
    due_is("2026-06-23T09:30", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-24T09:30");
    due_is("2026-06-23T11:30", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-24T10:00");
    due_is("2026-06-23T13:59", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-24T10:00");
    due_is("2026-06-23T14:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-24T14:00");
    /* No closing before 10:00 on the 25th: its opening. */
    due_is("2026-06-23T10:00", workdays(2, SAME, 0, NO_CUTOFF), "2026-06-25T13:00");
    due_is("2026-06-23T15:00", workdays(2, SAME, 0, NO_CUTOFF), "2026-06-25T15:00");
}
END_TEST

/* 13:00 is open, 12:00 is not: at lunch the counting begins at 13:00. */
START_TEST(d2_counting_begins_when_it_opens)
{
    office();
    due_is("2026-06-22T12:30", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-23T13:00");
    due_is("2026-06-22T19:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-24T09:00");
}
END_TEST

START_TEST(d2_due_close_is_the_last_closing)
{
    office();
    due_is("2026-06-16T11:00", workdays(1, CLOSE, 0, NO_CUTOFF), "2026-06-18T18:00");
    due_is("2026-06-16T11:00", workdays(0, CLOSE, 0, NO_CUTOFF), "2026-06-16T18:00");
    due_is("2026-06-16T18:00", workdays(0, CLOSE, 0, NO_CUTOFF), "2026-06-18T18:00");
}
END_TEST

START_TEST(d2_due_at_an_hour_has_the_same_fallback)
{
    office();
    due_is("2026-06-22T11:00", workdays(1, TIME, 16 * HOUR, NO_CUTOFF), "2026-06-23T16:00");
    due_is("2026-06-22T11:00", workdays(1, TIME, 20 * HOUR, NO_CUTOFF), "2026-06-23T18:00");
    due_is("2026-06-22T11:00", workdays(1, TIME, 24 * HOUR, NO_CUTOFF), "2026-06-23T18:00");
    due_is("2026-06-22T11:00", workdays(1, TIME, 8 * HOUR, NO_CUTOFF), "2026-06-23T09:00");
    due_is("2026-06-22T11:00", workdays(2, TIME, 12 * HOUR, NO_CUTOFF), "2026-06-24T10:00");
    due_is("2026-06-22T11:00", workdays(0, TIME, 16 * HOUR, NO_CUTOFF), "2026-06-22T16:00");
}
END_TEST

/* `0wd`, due 12:00, at 15:00: 12:00 of the next working day (a closing instant, so itself). */
START_TEST(d2_a_result_before_its_start_is_the_same_on_the_next_working_day)
{
    office();
    due_is("2026-06-22T15:00", workdays(0, TIME, 12 * HOUR, NO_CUTOFF), "2026-06-23T12:00");
    due_is("2026-06-16T15:00", workdays(0, TIME, 12 * HOUR, NO_CUTOFF), "2026-06-18T12:00");
    due_is("2026-06-22T12:00", workdays(0, TIME, 12 * HOUR, NO_CUTOFF), "2026-06-23T12:00");
    due_is("2026-06-22T11:00", workdays(0, TIME, 12 * HOUR, NO_CUTOFF), "2026-06-22T12:00");
}
END_TEST

START_TEST(d2_from_the_cutoff_on_counting_begins_on_the_next_working_day)
{
    uint32_t four = 16 * HOUR;
    office();
    due_is("2026-06-16T15:59:59", workdays(1, SAME, 0, four), "2026-06-18T15:59:59");
    due_is("2026-06-16T16:00", workdays(1, SAME, 0, four), "2026-06-19T09:00");
    due_is("2026-06-16T16:00", workdays(0, SAME, 0, four), "2026-06-18T09:00");
    /* Nothing is open from then on: the cut-off has no effect, the next opening comes anyway. */
    due_is("2026-06-16T18:00", workdays(1, SAME, 0, four), "2026-06-19T09:00");
    due_is("2026-06-20T17:00", workdays(1, SAME, 0, four), "2026-06-23T09:00");
    due_is("2026-06-17T17:00", workdays(1, SAME, 0, four), "2026-06-19T09:00");
    /* In the morning of a closed day as well. */
    due_is("2026-06-20T08:00", workdays(1, SAME, 0, four), "2026-06-23T09:00");
    /* Cut-off before opening: 08:30 >= 08:00, and the day has open time from then on. */
    due_is("2026-06-15T08:30", workdays(0, SAME, 0, 8 * HOUR), "2026-06-16T09:00");
    due_is("2026-06-15T07:30", workdays(0, SAME, 0, 8 * HOUR), "2026-06-15T09:00");
}
END_TEST

/* Every date is a working day; the close of a day without closing is 24:00. */
START_TEST(d2_on_a_calendar_that_never_closes)
{
    make("America/New_York", NULL, NULL);
    due_is("2026-06-16T11:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-17T11:00");
    due_is("2026-06-20T11:00", workdays(2, CLOSE, 0, NO_CUTOFF), "2026-06-23T00:00");
    due_is("2026-06-20T11:00", workdays(1, TIME, 24 * HOUR, NO_CUTOFF), "2026-06-22T00:00");
    due_is("2026-06-20T17:00", workdays(0, SAME, 0, 16 * HOUR), "2026-06-21T00:00");
    /* 02:30 does not exist on 8 March 2026: 03:30 (T3). */
    due_is("2026-03-07T02:30", workdays(1, SAME, 0, NO_CUTOFF), "2026-03-08T03:30");
    /* 01:30 comes twice on 1 November: its first occurrence, -04:00. */
    due_is("2026-10-31T01:30", workdays(1, SAME, 0, NO_CUTOFF), "2026-11-01T01:30:00-04:00");
    /* 0wd from the second occurrence is that instant, not the hour before. */
    due_is("2026-11-01T01:30:00-05:00", workdays(0, SAME, 0, NO_CUTOFF),
           "2026-11-01T01:30:00-05:00");
}
END_TEST

/* Nights of Monday and Tuesday, 22:00-06:00: Wednesday has the morning only. A date's hours are cut
   at its midnights, so Monday's last closing is 24:00. */
START_TEST(d2_on_night_shifts)
{
    static const char *const week[7] = {"22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00"};
    make("Europe/Berlin", week, NULL);
    due_is("2026-06-15T23:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-06-16T23:00");
    due_is("2026-06-15T23:00", workdays(2, SAME, 0, NO_CUTOFF), "2026-06-17T06:00");
    due_is("2026-06-15T23:00", workdays(0, CLOSE, 0, NO_CUTOFF), "2026-06-16T00:00");
    due_is("2026-06-16T05:00", workdays(2, SAME, 0, NO_CUTOFF), "2026-06-22T22:00");
    due_is("2026-06-16T05:00", workdays(1, CLOSE, 0, NO_CUTOFF), "2026-06-17T06:00");
}
END_TEST

/* St. John's, 2006-10-29: at 00:01 (02:31Z) clocks showed 23:01 of the 28th again; the 29th began
   for the second time at 03:30Z. */
START_TEST(d2_where_a_date_comes_in_two_pieces)
{
    make("America/St_Johns", NULL, NULL);
    /* 23:30 for the second time is 03:00Z; half a minute past midnight of the 29th came before. */
    due_is("2006-10-29T03:00:00Z", workdays(1, TIME, 30, NO_CUTOFF), "2006-10-30T00:00:30");
    due_is("2006-10-29T03:00:00Z", workdays(1, SAME, 0, NO_CUTOFF), "2006-10-29T23:30");
    /* From the cut-off on the next working day's first opening that has not been yet. */
    due_is("2006-10-29T03:00:00Z", workdays(0, SAME, 0, 23 * HOUR), "2006-10-29T03:30:00Z");
    due_is("2006-10-29T02:29:00Z", workdays(0, SAME, 0, 23 * HOUR), "2006-10-29T02:30:00Z");
}
END_TEST

/* Pacific/Apia had no Friday 2011-12-30. */
START_TEST(d2_a_skipped_date_is_no_working_day)
{
    make("Pacific/Apia", NULL, NULL);
    due_is("2011-12-29T12:00", workdays(1, SAME, 0, NO_CUTOFF), "2011-12-31T12:00");
    ck_assert(!calendar_is_workday(made.calendar, civil_to_date(2011, 12, 30)));
    ck_assert(calendar_is_workday(made.calendar, civil_to_date(2011, 12, 31)));
}
END_TEST

/* Open 02:00-03:00 on Sundays: on 8 March 2026 that hour does not exist in New York. */
START_TEST(a_date_whose_hours_were_skipped_is_no_working_day)
{
    static const char *const sunday[7] = {NULL, NULL, NULL, NULL, NULL, NULL, "02:00-03:00"};
    make("America/New_York", sunday, NULL);
    ck_assert(calendar_is_workday(made.calendar, civil_to_date(2026, 3, 1)));
    ck_assert(!calendar_is_workday(made.calendar, civil_to_date(2026, 3, 8)));
    due_is("2026-03-01T02:00", workdays(1, SAME, 0, NO_CUTOFF), "2026-03-15T02:00");
}
END_TEST

/* D3 */
START_TEST(d3_calendar_days_follow_the_wall_clock)
{
    sla_target days = {.size = sizeof days, .unit = SLA_UNIT_DAYS, .cutoff = NO_CUTOFF};
    make("America/New_York", NULL, NULL);
    days.amount = 1;
    due_is("2026-10-31T12:00", days, "2026-11-01T12:00"); /* 25 hours */
    due_is("2026-03-07T12:00", days, "2026-03-08T12:00"); /* 23 hours */
    due_is("2026-03-07T02:23", days, "2026-03-08T03:23");
    due_is("2026-10-31T01:30", days, "2026-11-01T01:30:00-04:00");
    days.amount = 30;
    due_is("2026-01-31T09:15", days, "2026-03-02T09:15");
    days.amount = 0;
    due_is("2026-11-01T01:30:00-05:00", days, "2026-11-01T01:30:00-05:00");
}
END_TEST

START_TEST(d3_into_a_skipped_date_moves_by_the_gap)
{
    sla_target days = {
        .size = sizeof days, .unit = SLA_UNIT_DAYS, .cutoff = NO_CUTOFF, .amount = 1};
    make("Pacific/Apia", NULL, NULL);
    due_is("2011-12-29T12:00", days, "2011-12-31T12:00");
}
END_TEST

START_TEST(d3_needs_a_calendar_that_is_always_open)
{
    sla_target days = {
        .size = sizeof days, .unit = SLA_UNIT_DAYS, .cutoff = NO_CUTOFF, .amount = 1};
    sla_time at = 77;
    office();
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &days, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(at, 77);
}
END_TEST

START_TEST(deadlines_outside_of_the_range_are_errors)
{
    sla_time at = 77;
    sla_target target = workdays(INT64_MAX, SAME, 0, NO_CUTOFF);
    office();
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &target, &at), SLA_ERROR_RANGE);
    target.amount = 1;
    ck_assert_int_eq(sla_calendar_due(made.calendar, SLA_TIME_MAX, &target, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_due(made.calendar, -1, &target, &at), SLA_ERROR_RANGE);
    test_calendar_free(&made);
    make("Asia/Shanghai", NULL, NULL);
    target.unit = SLA_UNIT_DAYS;
    ck_assert_int_eq(sla_calendar_due(made.calendar, SLA_TIME_MAX, &target, &at), SLA_ERROR_RANGE);
    target.amount = INT64_MAX;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &target, &at), SLA_ERROR_RANGE);
    /* The range ends at 24:00 UTC: the last day's close lies behind it. */
    target = workdays(0, CLOSE, 0, NO_CUTOFF);
    ck_assert_int_eq(sla_calendar_due(made.calendar, SLA_TIME_MAX, &target, &at), SLA_ERROR_RANGE);
    ck_assert_int_eq(at, 77);
}
END_TEST

START_TEST(targets_that_cannot_be_right_are_refused)
{
    sla_time at;
    office();
    sla_target good = workdays(1, SAME, 0, NO_CUTOFF);
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &good, &at), SLA_OK);
    sla_target bad = good;
    bad.size = 8;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    bad = good;
    bad.flags = 1;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    bad = good;
    bad.unit = 0;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    bad = good;
    bad.due = 3;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    bad = good;
    bad.amount = -1;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    bad = good;
    bad.cutoff = 86401;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &bad, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, NULL, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due(NULL, 0, &good, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &good, NULL), SLA_ERROR_ARGUMENT);
    /* A newer caller's struct is fine while what we do not know is zero. */
    struct {
        sla_target target;
        uint64_t newer;
    } longer = {good, 0};
    longer.target.size = sizeof longer;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &longer.target, &at), SLA_OK);
    longer.newer = 1;
    ck_assert_int_eq(sla_calendar_due(made.calendar, 0, &longer.target, &at), SLA_ERROR_ARGUMENT);
}
END_TEST

START_TEST(targets_are_read_from_text)
{
    static const struct {
        const char *text;
        sla_status status;
        uint32_t unit;
        int64_t amount;
    } cases[] = {
        {"90s", SLA_OK, SLA_UNIT_SECONDS, 90},
        {"1h30m", SLA_OK, SLA_UNIT_SECONDS, 5400},
        {"5wd", SLA_OK, SLA_UNIT_WORKDAYS, 5},
        {"0wd", SLA_OK, SLA_UNIT_WORKDAYS, 0},
        {"3d", SLA_OK, SLA_UNIT_DAYS, 3},
        {"99999999999999999999wd", SLA_ERROR_RANGE, 0, 0},
        {"99999999999999999999h", SLA_ERROR_RANGE, 0, 0},
        {"wd", SLA_ERROR_SYNTAX, 0, 0},
        {"d", SLA_ERROR_SYNTAX, 0, 0},
        {"", SLA_ERROR_SYNTAX, 0, 0},
        {"-5wd", SLA_ERROR_SYNTAX, 0, 0},
        {"1.5d", SLA_ERROR_SYNTAX, 0, 0},
        {"1h3d", SLA_ERROR_SYNTAX, 0, 0},
        {"5 wd", SLA_ERROR_SYNTAX, 0, 0},
        {"5wdx", SLA_ERROR_SYNTAX, 0, 0},
    };
    office();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_target target = {.size = sizeof target, .amount = -77};
        sla_status status = sla_target_parse(cases[i].text, SLA_NUL_TERMINATED, &target);
        ck_assert_msg(status == cases[i].status, "%s", cases[i].text);
        if (status != SLA_OK) {
            ck_assert_int_eq(target.amount, -77);
            continue;
        }
        ck_assert_uint_eq(target.unit, cases[i].unit);
        ck_assert_int_eq(target.amount, cases[i].amount);
        ck_assert_uint_eq(target.cutoff, SLA_NO_CUTOFF);
        ck_assert_int_eq(target.grace, 0);
    }
    sla_target target = {.size = 4};
    ck_assert_int_eq(sla_target_parse("1h", 2, &target), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_target_parse("1h", 2, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("due");
    TCase *tests = tcase_create("deadlines");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, d1_counts_time_on_the_calendar);
    tcase_add_test(tests, d2_two_days_from_tuesday_with_wednesday_a_holiday_is_friday);
    tcase_add_test(tests, d2_one_day_from_saturday_is_tuesdays_opening);
    tcase_add_test(tests, d2_a_time_that_is_closed_falls_back_to_the_closing_before);
    tcase_add_test(tests, d2_counting_begins_when_it_opens);
    tcase_add_test(tests, d2_due_close_is_the_last_closing);
    tcase_add_test(tests, d2_due_at_an_hour_has_the_same_fallback);
    tcase_add_test(tests, d2_a_result_before_its_start_is_the_same_on_the_next_working_day);
    tcase_add_test(tests, d2_from_the_cutoff_on_counting_begins_on_the_next_working_day);
    tcase_add_test(tests, d2_on_a_calendar_that_never_closes);
    tcase_add_test(tests, d2_on_night_shifts);
    tcase_add_test(tests, d2_where_a_date_comes_in_two_pieces);
    tcase_add_test(tests, d2_a_skipped_date_is_no_working_day);
    tcase_add_test(tests, a_date_whose_hours_were_skipped_is_no_working_day);
    tcase_add_test(tests, d3_calendar_days_follow_the_wall_clock);
    tcase_add_test(tests, d3_into_a_skipped_date_moves_by_the_gap);
    tcase_add_test(tests, d3_needs_a_calendar_that_is_always_open);
    tcase_add_test(tests, deadlines_outside_of_the_range_are_errors);
    tcase_add_test(tests, targets_that_cannot_be_right_are_refused);
    tcase_add_test(tests, targets_are_read_from_text);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
