/* SPDX-License-Identifier: MIT */
/* Counting working days: dates with an open second (C7), counted as D2 counts them. */
#include "one_calendar.h"
#include "run_suite.h"

/* Monday to Friday, 09:00-18:00. */
static const char *const office_week[7] = {"09:00-18:00", "09:00-18:00", "09:00-18:00",
                                           "09:00-18:00", "09:00-18:00", NULL, NULL};

/* June 2026: the 15th is a Monday. The 17th is a holiday, Saturday the 20th makes up for it, and
   the 18th is a special day without hours. */
static const struct test_exception june[] = {
    {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, "feast"},
    {"2026-06-18", EXCEPTION_SPECIAL, LIKE_NONE, NULL, "move"},
    {"2026-06-20", EXCEPTION_WORKDAY, 4, NULL, NULL},
    {.kind = 0}};

static sla_date june_of_2026(int32_t day)
{
    sla_date date;
    ck_assert_int_eq(sla_date_from_civil(2026, 6, 1, &date), SLA_OK);
    return date + day - 1;
}

static void added_is(int32_t from, int64_t n, int32_t wanted)
{
    sla_date date = 0;
    sla_status status =
        sla_calendar_add_workdays(made.calendar, june_of_2026(from), n, &date);
    ck_assert_int_eq(status, SLA_OK);
    ck_assert_msg(date == june_of_2026(wanted), "June %d + %d is June %d, not %d", from, (int)n,
                  wanted, date - june_of_2026(1) + 1);
}

static void counted_is(int32_t from, int32_t to, int64_t wanted)
{
    int64_t count = 77;
    ck_assert_int_eq(sla_calendar_workdays(made.calendar, june_of_2026(from), june_of_2026(to),
                                           &count),
                     SLA_OK);
    ck_assert_int_eq(count, wanted);
    ck_assert_int_eq(sla_calendar_workdays(made.calendar, june_of_2026(to), june_of_2026(from),
                                           &count),
                     SLA_OK);
    ck_assert_int_eq(count, -wanted);
}

START_TEST(c7_a_working_day_is_a_date_with_an_open_second)
{
    make("Asia/Shanghai", office_week, june);
    static const struct {
        int32_t day, wanted;
    } days[] = {{16, 1}, {17, 0}, {18, 0}, {19, 1}, {20, 1}, {21, 0}, {22, 1}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        ck_assert_int_eq(sla_calendar_is_workday(made.calendar, june_of_2026(days[i].day)),
                         days[i].wanted);
}
END_TEST

/* Apia had no 30 December 2011, a Friday; and a shift from 02:00 to 03:00 is not there on the
   Sunday on which Berlin's clocks skip that hour. */
START_TEST(c7_a_date_whose_hours_were_skipped_is_no_working_day)
{
    static const char *const sundays[7] = {NULL, NULL, NULL, NULL, NULL, NULL, "02:00-03:00"};
    sla_date date;
    make("Pacific/Apia", office_week, NULL);
    ck_assert_int_eq(sla_date_from_civil(2011, 12, 30, &date), SLA_OK);
    ck_assert_int_eq(sla_calendar_is_workday(made.calendar, date - 1), 1);
    ck_assert_int_eq(sla_calendar_is_workday(made.calendar, date), 0);
    test_calendar_free(&made);
    make("Europe/Berlin", sundays, NULL);
    ck_assert_int_eq(sla_date_from_civil(2026, 3, 29, &date), SLA_OK);
    ck_assert_int_eq(sla_calendar_is_workday(made.calendar, date - 7), 1);
    ck_assert_int_eq(sla_calendar_is_workday(made.calendar, date), 0);
}
END_TEST

/* From Monday 15th to Monday 22nd: 15, 16, 19 and the 20th, which makes up. */
START_TEST(working_days_are_counted_with_the_first_date_and_without_the_last)
{
    make("Asia/Shanghai", office_week, june);
    counted_is(15, 22, 4);
    counted_is(15, 23, 5);
    counted_is(15, 15, 0);
    counted_is(15, 16, 1);
    counted_is(17, 19, 0);
    counted_is(20, 21, 1);
    counted_is(1, 29, 19);
}
END_TEST

START_TEST(d2_day_n_is_the_nth_working_day_after_the_date)
{
    make("Asia/Shanghai", office_week, june);
    added_is(16, 1, 19); /* a working day is not its own day 1 */
    added_is(16, 2, 20);
    added_is(16, 3, 22);
    added_is(17, 1, 19); /* from a holiday, too, the next one is day 1 */
    added_is(21, 1, 22);
}
END_TEST

START_TEST(a_negative_number_counts_back)
{
    make("Asia/Shanghai", office_week, june);
    added_is(19, -1, 16);
    added_is(22, -1, 20);
    added_is(22, -3, 16);
    added_is(21, -1, 20);
}
END_TEST

START_TEST(no_days_more_is_the_date_itself_working_day_or_not)
{
    make("Asia/Shanghai", office_week, june);
    added_is(16, 0, 16);
    added_is(17, 0, 17);
    added_is(21, 0, 21);
}
END_TEST

/* What the header tells those who want a date moved to a working day. */
START_TEST(a_date_is_moved_to_a_working_day_from_its_neighbour)
{
    make("Asia/Shanghai", office_week, june);
    added_is(17 - 1, 1, 19);
    added_is(19 - 1, 1, 19);
    added_is(17 + 1, -1, 16);
    added_is(16 + 1, -1, 16);
}
END_TEST

START_TEST(the_working_days_of_all_years_are_counted)
{
    sla_date first;
    sla_date last;
    sla_date got;
    int64_t count;
    make("UTC", office_week, NULL);
    /* 1970-01-01 is a Thursday, and 84,006 dates are 12,000 weeks and 6 days: Thursday, Friday,
       the weekend, Monday and Tuesday. */
    ck_assert_int_eq(sla_date_from_civil(1970, 1, 1, &first), SLA_OK);
    ck_assert_int_eq(sla_date_from_civil(2200, 1, 1, &last), SLA_OK);
    ck_assert_int_eq(sla_calendar_workdays(made.calendar, first, last, &count), SLA_OK);
    ck_assert_int_eq(count, 12000 * 5 + 4);
    ck_assert_int_eq(sla_calendar_add_workdays(made.calendar, first, count - 1, &got), SLA_OK);
    ck_assert_int_eq(got, last - 1);
}
END_TEST

START_TEST(dates_out_of_range_are_errors)
{
    sla_date got = 77;
    int64_t count = 77;
    make("UTC", office_week, NULL);
    const sla_calendar *calendar = made.calendar;
    ck_assert_int_eq(sla_calendar_is_workday(calendar, DATE_MIN - 1), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_is_workday(calendar, DATE_MAX + 1), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_is_workday(calendar, INT32_MAX), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_workdays(calendar, INT32_MIN, 0, &count), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_workdays(calendar, 0, DATE_MAX + 1, &count), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add_workdays(calendar, DATE_MIN - 1, 1, &got), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add_workdays(calendar, DATE_MAX + 1, 0, &got), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add_workdays(calendar, 0, 100000, &got), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add_workdays(calendar, 0, INT64_MAX, &got), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_add_workdays(calendar, 0, INT64_MIN, &got), SLA_ERROR_RANGE);
    ck_assert_int_eq(got, 77);
    ck_assert_int_eq(count, 77);
}
END_TEST

START_TEST(arguments_that_cannot_be_right_are_refused)
{
    sla_date got;
    int64_t count;
    make("UTC", office_week, NULL);
    ck_assert_int_eq(sla_calendar_is_workday(NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_workdays(NULL, 0, 0, &count), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_workdays(made.calendar, 0, 0, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_workdays(NULL, 0, 0, &got), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_workdays(made.calendar, 0, 0, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("workdays");
    TCase *tests = tcase_create("rules");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, c7_a_working_day_is_a_date_with_an_open_second);
    tcase_add_test(tests, c7_a_date_whose_hours_were_skipped_is_no_working_day);
    tcase_add_test(tests, working_days_are_counted_with_the_first_date_and_without_the_last);
    tcase_add_test(tests, d2_day_n_is_the_nth_working_day_after_the_date);
    tcase_add_test(tests, a_negative_number_counts_back);
    tcase_add_test(tests, no_days_more_is_the_date_itself_working_day_or_not);
    tcase_add_test(tests, a_date_is_moved_to_a_working_day_from_its_neighbour);
    tcase_add_test(tests, the_working_days_of_all_years_are_counted);
    tcase_add_test(tests, dates_out_of_range_are_errors);
    tcase_add_test(tests, arguments_that_cannot_be_right_are_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
