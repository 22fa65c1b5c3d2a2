/* SPDX-License-Identifier: MIT */
/* Columns of numbers in, columns of answers out: ticks, strides, gaps, errors of rows. That every
   layout gives the answers of single calls is a property: tests/property/columns.c. */
#include "run_suite.h"
#include "test_calendar.h"

#include <string.h>

#define HOUR 3600
#define NONE INT64_MIN
#define ROWS 3

/* Monday to Friday, 09:00-18:00. */
static const char *const office_week[7] = {"09:00-18:00", "09:00-18:00", "09:00-18:00",
                                           "09:00-18:00", "09:00-18:00", NULL, NULL};

static struct test_calendar made;
static sla_time friday, monday; /* 2026-11-20 and 23, 17:00 and 10:00: two hours apart (C4) */
static int64_t starts[ROWS], sums[ROWS], values[ROWS];
static uint8_t validity[1];
static sla_status statuses[ROWS];
static sla_numbers from, counted;
static sla_answers out;

static sla_numbers column(const void *array, uint32_t width, uint32_t ticks)
{
    return (sla_numbers){.size = sizeof(sla_numbers), .width = width, .ticks = ticks,
                         .stride = width, .values = array};
}

static void set_up(void)
{
    made = test_calendar_make("Asia/Shanghai", office_week, NULL);
    ck_assert_int_eq(made.status, SLA_OK);
    friday = test_at(&made, "2026-11-20T17:00");
    monday = test_at(&made, "2026-11-23T10:00");
    for (size_t i = 0; i < ROWS; i++) {
        starts[i] = friday;
        sums[i] = 2 * HOUR;
        values[i] = statuses[i] = 77;
    }
    validity[0] = 0xff;
    from = column(starts, 8, 1);
    counted = column(sums, 8, 1);
    out = (sla_answers){.size = sizeof out, .width = 8, .ticks = 1, .missing = 77,
                        .values = values, .validity = validity, .statuses = statuses};
}

static void tear_down(void)
{
    test_calendar_free(&made);
}

static sla_status add(size_t rows)
{
    return sla_calendar_add_columns(made.calendar, rows, &from, &counted, &out);
}

START_TEST(rows_without_gaps_have_the_answers_of_single_calls)
{
    sums[1] = 60;
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_int_eq(values[0], monday);
    ck_assert_int_eq(values[1], friday + 60);
    ck_assert_uint_eq(out.missing, 0);
    ck_assert_int_eq(statuses[2], SLA_OK);
    starts[1] = monday;
    sla_numbers to = column(&monday, 8, 1);
    to.stride = 0;
    ck_assert_int_eq(sla_calendar_elapsed_columns(made.calendar, ROWS, &from, &to, &out), SLA_OK);
    ck_assert_int_eq(values[0], 2 * HOUR);
    ck_assert_int_eq(values[1], 0);
}
END_TEST

/* T2: what is finer than a second is floored to it, before 1970 and below zero, too. */
START_TEST(ticks_are_floored_to_the_second)
{
    static const uint32_t ticks[] = {1000, 1000000, 1000000000};
    from.ticks = counted.ticks = out.ticks = ticks[_i];
    starts[0] = monday * ticks[_i] + ticks[_i] - 1;
    sums[0] = 60 * (int64_t)ticks[_i] + 1;
    starts[1] = monday * ticks[_i];
    sums[1] = -60 * (int64_t)ticks[_i] - 1; /* 61 seconds back */
    starts[2] = -1;                         /* a second before T1's first */
    ck_assert_int_eq(add(ROWS), SLA_ROWS_FAILED);
    ck_assert_int_eq(values[0], (monday + 60) * ticks[_i]);
    ck_assert_int_eq(values[1], (monday - 61) * ticks[_i]);
    ck_assert_int_eq(statuses[2], SLA_ERROR_RANGE);
}
END_TEST

START_TEST(answers_have_ticks_of_their_own)
{
    out.ticks = 1000000000;
    ck_assert_int_eq(add(1), SLA_OK);
    ck_assert_int_eq(values[0], monday * INT64_C(1000000000));
    sla_numbers first = column(starts, 8, 1), last = column(sums, 8, 1);
    starts[0] = SLA_TIME_MIN;
    sums[0] = SLA_TIME_MAX;
    sla_calendar_elapsed(made.calendar, SLA_TIME_MAX, SLA_TIME_MIN, &starts[1]);
    ck_assert_int_eq(sla_calendar_elapsed_columns(made.calendar, 1, &last, &first, &out), SLA_OK);
    ck_assert_int_eq(values[0], starts[1] * INT64_C(1000000000));
}
END_TEST

START_TEST(numbers_of_four_bytes_are_as_good)
{
    int32_t narrow[ROWS] = {(int32_t)friday, INT32_MIN, -1};
    int32_t minutes[ROWS] = {60000, 60000, 60000};
    from = column(narrow, 4, 1);
    counted = column(minutes, 4, 1000);
    ck_assert_int_eq(add(ROWS), SLA_ROWS_FAILED);
    ck_assert_int_eq(values[0], friday + 60);
    ck_assert_int_eq(statuses[1], SLA_MISSING);
    ck_assert_int_eq(statuses[2], SLA_ERROR_RANGE);
}
END_TEST

START_TEST(a_missing_input_is_a_missing_answer_and_no_error)
{
    static const uint8_t bits[] = {0x40}; /* of rows 5, 6, 7 the second */
    from.validity = bits;
    from.validity_first = 5;
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_int_eq(values[0], NONE);
    ck_assert_int_eq(statuses[0], SLA_MISSING);
    ck_assert_int_eq(values[1], monday);
    ck_assert_int_eq(statuses[1], SLA_OK);
    ck_assert_int_eq(values[2], NONE);
    ck_assert_uint_eq(validity[0], 0x02);
    ck_assert_uint_eq(out.missing, 2);
}
END_TEST

START_TEST(the_least_number_is_missing_in_every_tick)
{
    static const uint32_t ticks[] = {1, 1000, 1000000, 1000000000};
    from.ticks = ticks[_i];
    starts[0] = INT64_MIN;
    starts[1] = INT64_MIN + 1; /* floored, it may not become the same */
    ck_assert_int_eq(add(2), SLA_ROWS_FAILED);
    ck_assert_int_eq(statuses[0], SLA_MISSING);
    ck_assert_int_eq(statuses[1], SLA_ERROR_RANGE);
    ck_assert_uint_eq(validity[0], 0);
    from.ticks = 1;
    counted.ticks = ticks[_i];
    starts[0] = friday;
    sums[0] = INT64_MIN;
    ck_assert_int_eq(add(1), SLA_OK);
    ck_assert_int_eq(statuses[0], SLA_MISSING);
}
END_TEST

/* T1, C8 */
START_TEST(a_row_out_of_range_is_an_error_of_its_own)
{
    starts[0] = SLA_TIME_MAX + 1;
    sums[1] = INT64_MAX;
    ck_assert_int_eq(add(ROWS), SLA_ROWS_FAILED);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(values[i], NONE);
        ck_assert_int_eq(statuses[i], SLA_ERROR_RANGE);
    }
    ck_assert_int_eq(values[2], monday);
    ck_assert_uint_eq(validity[0], 0x04);
    ck_assert_uint_eq(out.missing, 2);
}
END_TEST

START_TEST(strides_go_both_ways_and_anywhere)
{
    int64_t table[ROWS][2] = {{friday, 60}, {monday, 120}, {friday, 180}};
    from.values = &table[2][0]; /* from the last row back */
    from.stride = -(int64_t)sizeof *table;
    counted.values = &table[0][1];
    counted.stride = sizeof *table;
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_int_eq(values[0], friday + 60);
    ck_assert_int_eq(values[1], monday + 120);
    ck_assert_int_eq(values[2], friday + 180);
    char odd[3 * 9 + 1]; /* of records of nine bytes */
    for (size_t i = 0; i < ROWS; i++)
        memcpy(odd + 1 + 9 * i, &table[i][0], sizeof(int64_t));
    from.values = odd + 1;
    from.stride = 9;
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_int_eq(values[1], monday + 120);
}
END_TEST

START_TEST(stride_0_is_one_value_for_all_rows)
{
    static const uint8_t bits[] = {0x08};
    counted.stride = 0;
    counted.validity = bits;
    counted.validity_first = 3; /* that bit alone is looked at */
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_int_eq(values[2], monday);
    counted.validity_first = 4;
    ck_assert_int_eq(add(ROWS), SLA_OK);
    ck_assert_uint_eq(out.missing, ROWS);
    ck_assert_int_eq(statuses[2], SLA_MISSING);
}
END_TEST

/* D2: 1wd from Saturday is Tuesday's opening. */
START_TEST(deadlines_of_a_target_have_gaps_where_starts_have)
{
    sla_target target = {
        .size = sizeof target, .unit = SLA_UNIT_WORKDAYS, .cutoff = SLA_NO_CUTOFF, .amount = 1};
    starts[0] = friday + 24 * HOUR;
    starts[1] = NONE;
    starts[2] = -1;
    ck_assert_int_eq(sla_calendar_due_columns(made.calendar, ROWS, &from, &target, &out),
                     SLA_ROWS_FAILED);
    ck_assert_int_eq(values[0], test_at(&made, "2026-11-24T09:00"));
    ck_assert_int_eq(statuses[1], SLA_MISSING);
    ck_assert_int_eq(statuses[2], SLA_ERROR_RANGE);
    ck_assert_uint_eq(validity[0], 0x01);
    target.unit = SLA_UNIT_SECONDS; /* D1, which is a sum */
    target.amount = 2 * HOUR;
    starts[0] = friday;
    ck_assert_int_eq(sla_calendar_due_columns(made.calendar, 2, &from, &target, &out), SLA_OK);
    ck_assert_int_eq(values[0], monday);
    ck_assert_int_eq(statuses[1], SLA_MISSING);
}
END_TEST

START_TEST(answers_may_take_the_place_of_an_input)
{
    enum { MANY = 200 };
    static int64_t places[MANY];
    static uint8_t bits[MANY / 8];
    for (size_t i = 0; i < MANY; i++) {
        places[i] = i % 7 == 0 ? NONE : friday * 1000 + (int64_t)i;
        bits[i / 8] |= (uint8_t)((i % 5 != 0) << i % 8);
    }
    from = column(places, 8, 1000);
    from.validity = bits;
    counted.stride = 0;
    out = (sla_answers){.size = sizeof out, .width = 8, .ticks = 1000, .values = places,
                        .validity = bits};
    ck_assert_int_eq(add(MANY), SLA_OK);
    for (size_t i = 0; i < MANY; i++) {
        int has = i % 5 != 0 && i % 7 != 0;
        ck_assert_int_eq(places[i], has ? monday * 1000 : NONE);
        ck_assert_int_eq(bits[i / 8] >> i % 8 & 1, has);
    }
}
END_TEST

START_TEST(bits_behind_the_last_row_are_0_and_no_byte_more_is_touched)
{
    for (size_t rows = 1; rows <= 150; rows++) {
        uint8_t bits[21];
        int64_t room[150];
        memset(bits, 0xff, sizeof bits);
        from.stride = counted.stride = 0;
        out.values = room;
        out.validity = bits;
        out.statuses = NULL;
        ck_assert_int_eq(add(rows), SLA_OK);
        size_t bytes = (rows + 7) / 8;
        for (size_t i = 0; i < rows / 8; i++)
            ck_assert_uint_eq(bits[i], 0xff);
        if (rows % 8 != 0)
            ck_assert_uint_eq(bits[bytes - 1], (1u << rows % 8) - 1);
        ck_assert_uint_eq(bits[bytes], 0xff);
    }
}
END_TEST

START_TEST(no_rows_need_no_memory)
{
    from.values = counted.values = out.values = NULL;
    out.validity = NULL;
    out.statuses = NULL;
    ck_assert_int_eq(add(0), SLA_OK);
    ck_assert_uint_eq(out.missing, 0);
    from.stride = counted.stride = 0; /* nor one value for none of them */
    ck_assert_int_eq(add(0), SLA_OK);
}
END_TEST

START_TEST(structs_of_a_newer_program_are_taken_if_they_say_nothing_new)
{
    struct {
        sla_numbers known;
        uint64_t newer;
    } wide = {from, 0};
    wide.known.size = sizeof wide;
    ck_assert_int_eq(
        sla_calendar_add_columns(made.calendar, ROWS, &wide.known, &counted, &out), SLA_OK);
    wide.newer = 1;
    ck_assert_int_eq(
        sla_calendar_add_columns(made.calendar, ROWS, &wide.known, &counted, &out),
        SLA_ERROR_ARGUMENT);
}
END_TEST

/* Each changes one thing for the worse. */
static void small_numbers(void) { from.size -= 8; }
static void flags(void) { from.flags = 1; }
static void width(void) { from.width = 2; }
static void ticks(void) { counted.ticks = 60; }
static void no_values(void) { counted.values = NULL; }
static void far_stride(void) { from.stride = INT64_MAX; }
static void far_bits(void) { from.validity_first = UINT64_MAX; }
static void small_answers(void) { out.size -= 8; }
static void answer_flags(void) { out.flags = 1; }
static void answer_width(void) { out.width = 4; }
static void answer_ticks(void) { out.ticks = 0; }
static void no_answers(void) { out.values = NULL; }
static void answer_reserved(void) { out.reserved = &out; }
static void (*const faults[])(void) = {
    small_numbers, flags, width, ticks, no_values, far_stride, far_bits, small_answers,
    answer_flags, answer_width, answer_ticks, no_answers, answer_reserved,
};

START_TEST(what_cannot_be_right_is_refused_before_anything_is_written)
{
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_DAYS, .cutoff = SLA_NO_CUTOFF};
    sla_calendar *calendar = made.calendar;
    faults[_i]();
    ck_assert_int_eq(add(ROWS), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed_columns(calendar, ROWS, &from, &counted, &out),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due_columns(calendar, ROWS, &from, &target, &out),
                     SLA_ERROR_ARGUMENT);
    ck_assert_uint_eq(out.missing, 77);
    ck_assert_int_eq(values[0], 77);
    ck_assert_int_eq(statuses[0], 77);
    ck_assert_uint_eq(validity[0], 0xff);
}
END_TEST

START_TEST(no_pointer_may_be_null)
{
    sla_calendar *calendar = made.calendar;
    ck_assert_int_eq(sla_calendar_add_columns(NULL, 1, &from, &counted, &out), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_columns(calendar, 1, NULL, &counted, &out),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_add_columns(calendar, 1, &from, NULL, &out), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed_columns(calendar, 1, &from, NULL, &out),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_elapsed_columns(calendar, 1, &from, &from, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_due_columns(calendar, 1, &from, NULL, &out), SLA_ERROR_ARGUMENT);
    sla_target target = {.size = sizeof target, .unit = SLA_UNIT_DAYS, .cutoff = SLA_NO_CUTOFF};
    ck_assert_int_eq(sla_calendar_due_columns(NULL, 1, &from, &target, &out), SLA_ERROR_ARGUMENT);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : "";
    Suite *suite = suite_create("columns");
    TCase *cases = tcase_create("columns");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, rows_without_gaps_have_the_answers_of_single_calls);
    tcase_add_loop_test(cases, ticks_are_floored_to_the_second, 0, 3);
    tcase_add_test(cases, answers_have_ticks_of_their_own);
    tcase_add_test(cases, numbers_of_four_bytes_are_as_good);
    tcase_add_test(cases, a_missing_input_is_a_missing_answer_and_no_error);
    tcase_add_loop_test(cases, the_least_number_is_missing_in_every_tick, 0, 4);
    tcase_add_test(cases, a_row_out_of_range_is_an_error_of_its_own);
    tcase_add_test(cases, strides_go_both_ways_and_anywhere);
    tcase_add_test(cases, stride_0_is_one_value_for_all_rows);
    tcase_add_test(cases, deadlines_of_a_target_have_gaps_where_starts_have);
    tcase_add_test(cases, answers_may_take_the_place_of_an_input);
    tcase_add_test(cases, bits_behind_the_last_row_are_0_and_no_byte_more_is_touched);
    tcase_add_test(cases, no_rows_need_no_memory);
    tcase_add_test(cases, structs_of_a_newer_program_are_taken_if_they_say_nothing_new);
    tcase_add_loop_test(cases, what_cannot_be_right_is_refused_before_anything_is_written, 0,
                        (int)(sizeof faults / sizeof *faults));
    tcase_add_test(cases, no_pointer_may_be_null);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
