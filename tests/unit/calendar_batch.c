/* SPDX-License-Identifier: MIT */
/* Questions for many rows at once: columns, steps, rows without an answer. */
#include "run_suite.h"
#include "test_calendar.h"

#define HOUR 3600
#define NONE SLA_TIME_NONE

/* Monday to Friday, 09:00-18:00. */
static const char *const office_week[7] = {"09:00-18:00", "09:00-18:00", "09:00-18:00",
                                           "09:00-18:00", "09:00-18:00", NULL, NULL};

static struct test_calendar made;
static sla_time friday, monday; /* 2026-11-20 and 23, 17:00 and 10:00 */

static void set_up(void)
{
    made = test_calendar_make("Asia/Shanghai", office_week, NULL);
    ck_assert_int_eq(made.status, SLA_OK);
    friday = test_at(&made, "2026-11-20T17:00");
    monday = test_at(&made, "2026-11-23T10:00");
}

static void tear_down(void)
{
    test_calendar_free(&made);
}

START_TEST(every_row_has_its_own_answer)
{
    sla_time from[3] = {friday, monday, friday};
    sla_time to[3] = {monday, friday, friday + 60};
    sla_duration counted[3] = {2 * HOUR, -2 * HOUR, HOUR};
    sla_time at[3];
    sla_duration elapsed[3];
    sla_status statuses[3] = {77, 77, 77};
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 3, from, 1, counted, 1, at, statuses),
                     SLA_OK);
    ck_assert_int_eq(at[0], monday);
    ck_assert_int_eq(at[1], friday);
    ck_assert_int_eq(at[2], friday + HOUR); /* the closing instant (C5) */
    ck_assert_int_eq(
        sla_calendar_elapsed_many(made.calendar, 3, from, 1, to, 1, elapsed, NULL), SLA_OK);
    ck_assert_int_eq(elapsed[0], 2 * HOUR);
    ck_assert_int_eq(elapsed[1], -2 * HOUR);
    ck_assert_int_eq(elapsed[2], 60);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(statuses[i], SLA_OK);
}
END_TEST

START_TEST(one_value_serves_all_rows_with_step_0)
{
    sla_time starts[3] = {friday, friday + 60, friday + 120};
    sla_duration hours = 2 * HOUR;
    sla_time at[3];
    sla_duration elapsed[3];
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 3, starts, 1, &hours, 0, at, NULL),
                     SLA_OK);
    ck_assert_int_eq(
        sla_calendar_elapsed_many(made.calendar, 3, starts, 1, &monday, 0, elapsed, NULL), SLA_OK);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(at[i], monday + i * 60);
        ck_assert_int_eq(elapsed[i], 2 * HOUR - i * 60);
    }
    sla_duration steps[3] = {HOUR, 2 * HOUR, 3 * HOUR};
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 3, &friday, 0, steps, 1, at, NULL),
                     SLA_OK);
    ck_assert_int_eq(at[2], monday + HOUR);
}
END_TEST

START_TEST(a_column_of_a_wider_table_is_read_with_its_step)
{
    int64_t table[3][4] = {{friday, 7, HOUR, 7}, {friday, 7, 2 * HOUR, 7}, {monday, 7, 60, 7}};
    sla_time at[3];
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 3, &table[0][0], 4, &table[0][2], 4, at,
                                           NULL),
                     SLA_OK);
    ck_assert_int_eq(at[0], friday + HOUR);
    ck_assert_int_eq(at[1], monday);
    ck_assert_int_eq(at[2], monday + 60);
}
END_TEST

START_TEST(the_output_may_be_an_input)
{
    sla_time column[3] = {friday, friday + 60, monday};
    sla_duration counted[3] = {2 * HOUR, 2 * HOUR, 60};
    ck_assert_int_eq(
        sla_calendar_add_many(made.calendar, 3, column, 1, counted, 1, column, NULL), SLA_OK);
    ck_assert_int_eq(column[0], monday);
    ck_assert_int_eq(column[1], monday + 60);
    ck_assert_int_eq(column[2], monday + 60);
    ck_assert_int_eq(
        sla_calendar_elapsed_many(made.calendar, 3, &friday, 0, column, 1, column, NULL), SLA_OK);
    ck_assert_int_eq(column[0], 2 * HOUR);
    ck_assert_int_eq(column[1], 2 * HOUR + 60);
}
END_TEST

/* T1: outside of 1970..2199 there is no answer; the other rows have theirs. */
START_TEST(a_row_without_an_answer_says_so_and_the_others_have_theirs)
{
    sla_time from[6] = {friday, NONE, -1, SLA_TIME_MAX + 1, SLA_TIME_MAX, friday};
    sla_duration counted[6] = {HOUR, HOUR, HOUR, HOUR, HOUR, SLA_DURATION_NONE};
    sla_time at[6];
    sla_status statuses[6];
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 6, from, 1, counted, 1, at, statuses),
                     SLA_ROWS_FAILED);
    ck_assert_int_eq(at[0], friday + HOUR);
    ck_assert_int_eq(statuses[0], SLA_OK);
    for (int i = 1; i < 6; i++) {
        ck_assert_int_eq(at[i], SLA_TIME_NONE);
        ck_assert_int_eq(statuses[i], SLA_ERROR_RANGE);
    }
    sla_duration elapsed[6];
    ck_assert_int_eq(
        sla_calendar_elapsed_many(made.calendar, 6, &friday, 0, from, 1, elapsed, statuses),
        SLA_ROWS_FAILED);
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(statuses[i], i == 0 || i > 3 ? SLA_OK : SLA_ERROR_RANGE);
    ck_assert_int_eq(elapsed[1], SLA_DURATION_NONE);
    ck_assert_int_eq(elapsed[0], 0);
}
END_TEST

/* D2: 1wd from Saturday is Tuesday's opening. */
START_TEST(deadlines_of_one_target_from_many_starts)
{
    sla_target target = {
        .size = sizeof target, .unit = SLA_UNIT_WORKDAYS, .cutoff = SLA_NO_CUTOFF, .amount = 1};
    sla_time starts[4] = {friday, friday + 24 * HOUR, NONE, monday};
    sla_time due[4];
    sla_status statuses[4];
    ck_assert_int_eq(sla_calendar_due_many(made.calendar, 4, starts, 1, &target, due, statuses),
                     SLA_ROWS_FAILED);
    ck_assert_int_eq(due[0], test_at(&made, "2026-11-23T17:00"));
    ck_assert_int_eq(due[1], test_at(&made, "2026-11-24T09:00"));
    ck_assert_int_eq(due[2], SLA_TIME_NONE);
    ck_assert_int_eq(due[3], test_at(&made, "2026-11-24T10:00"));
    ck_assert_int_eq(statuses[2], SLA_ERROR_RANGE);
    ck_assert_int_eq(statuses[3], SLA_OK);
}
END_TEST

/* D2 where many rows go together: at 24:00 the day's last closing counts, though the next day opens
   at that very instant. Monday closes at 17:00, and Tuesday is open from 00:00 to 08:00. */
START_TEST(many_deadlines_at_the_end_of_their_day)
{
    static const char *const week[7] = {"09:00-17:00", "00:00-08:00", "00:00-08:00",
                                        "00:00-08:00", "00:00-08:00", NULL, NULL};
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_WORKDAYS, .amount = 1,
                         .cutoff = SLA_NO_CUTOFF, .due = SLA_DUE_TIME, .due_time = 24 * HOUR};
    sla_time starts[40], due[40];
    struct test_calendar early = test_calendar_make("Asia/Shanghai", week, NULL);
    for (int i = 0; i < 40; i++)
        starts[i] = test_at(&early, "2026-11-20T04:00") + i; /* Friday */
    ck_assert_int_eq(
        sla_calendar_due_many(early.calendar, 40, starts, 1, &target, due, NULL), SLA_OK);
    for (int i = 0; i < 40; i++)
        ck_assert_int_eq(due[i], test_at(&early, "2026-11-23T17:00"));
    test_calendar_free(&early);
}
END_TEST

START_TEST(a_target_that_no_row_could_have_is_refused_before_anything_is_written)
{
    sla_target target = {
        .size = sizeof target, .unit = SLA_UNIT_DAYS, .cutoff = SLA_NO_CUTOFF, .amount = 1};
    sla_time due = 77;
    sla_status status = 77;
    ck_assert_int_eq(sla_calendar_due_many(made.calendar, 1, &friday, 1, &target, &due, &status),
                     SLA_ERROR_ARGUMENT); /* D3: the calendar is not always open */
    target.unit = 9;
    ck_assert_int_eq(sla_calendar_due_many(made.calendar, 1, &friday, 1, &target, &due, &status),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due_many(made.calendar, 1, &friday, 1, NULL, &due, &status),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(due, 77);
    ck_assert_int_eq(status, 77);
}
END_TEST

/* C6: an hour from 17:00 is the closing, and becomes Monday's opening. */
START_TEST(deadlines_that_roll_do_so_in_many_rows)
{
    enum { MANY = 100 };
    static const char text[] = "sla: 1\n"
                               "roll_deadlines: true\n"
                               "timezone: Asia/Shanghai\n"
                               "calendar: office\n"
                               "calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\n"
                               "targets: [{resolution: 8h}]\n";
    sla_policy_options options = {.size = sizeof options,
                                  .zoneinfo = {test_zoneinfo, SLA_NUL_TERMINATED}};
    sla_target hour = {.size = sizeof hour, .amount = HOUR, .cutoff = SLA_NO_CUTOFF,
                       .unit = SLA_UNIT_SECONDS};
    sla_policy *policy;
    sla_time starts[MANY], due[MANY];
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL), SLA_OK);
    for (int i = 0; i < MANY; i++)
        starts[i] = friday - i % 2;
    ck_assert_int_eq(sla_calendar_due_many(sla_policy_calendar(policy, "office", 6), MANY, starts,
                                           1, &hour, due, NULL), SLA_OK);
    for (int i = 0; i < MANY; i++)
        ck_assert_int_eq(due[i], i % 2 == 0 ? monday - HOUR : friday - 1 + HOUR);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(no_rows_need_no_columns)
{
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_SECONDS, .cutoff = SLA_NO_CUTOFF};
    ck_assert_int_eq(sla_calendar_add_many(made.calendar, 0, NULL, 1, NULL, 1, NULL, NULL), SLA_OK);
    ck_assert_int_eq(sla_calendar_elapsed_many(made.calendar, 0, NULL, 1, NULL, 1, NULL, NULL),
                     SLA_OK);
    ck_assert_int_eq(sla_calendar_due_many(made.calendar, 0, NULL, 1, &target, NULL, NULL), SLA_OK);
}
END_TEST

START_TEST(columns_that_are_missing_are_refused)
{
    sla_time at = 77;
    sla_duration hour = HOUR;
    const sla_calendar *calendar = made.calendar;
    ck_assert_int_eq(sla_calendar_add_many(NULL, 1, &friday, 1, &hour, 1, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_many(calendar, 1, NULL, 1, &hour, 1, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_many(calendar, 1, &friday, 1, NULL, 1, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_many(calendar, 1, &friday, 1, &hour, 1, NULL, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed_many(NULL, 1, &friday, 1, &monday, 1, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed_many(calendar, 1, &friday, 1, NULL, 1, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_SECONDS, .cutoff = SLA_NO_CUTOFF};
    ck_assert_int_eq(sla_calendar_due_many(calendar, 1, NULL, 1, &target, &at, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due_many(calendar, 1, &friday, 1, &target, NULL, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(at, 77);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("calendar_batch");
    TCase *tests = tcase_create("rules");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, every_row_has_its_own_answer);
    tcase_add_test(tests, one_value_serves_all_rows_with_step_0);
    tcase_add_test(tests, a_column_of_a_wider_table_is_read_with_its_step);
    tcase_add_test(tests, the_output_may_be_an_input);
    tcase_add_test(tests, a_row_without_an_answer_says_so_and_the_others_have_theirs);
    tcase_add_test(tests, deadlines_of_one_target_from_many_starts);
    tcase_add_test(tests, many_deadlines_at_the_end_of_their_day);
    tcase_add_test(tests, a_target_that_no_row_could_have_is_refused_before_anything_is_written);
    tcase_add_test(tests, deadlines_that_roll_do_so_in_many_rows);
    tcase_add_test(tests, no_rows_need_no_columns);
    tcase_add_test(tests, columns_that_are_missing_are_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
