/* SPDX-License-Identifier: MIT */
/* The yardstick gives the answers of the calendar: a wrong table would be a cheap one. */
#include "bare_table.h"
#include "random.h"
#include "run_suite.h"
#include "test_calendar.h"
#include "time/calendar_tables.h"

static void same_answers(const char *zone, const char *const week[7])
{
    static const struct test_exception exceptions[] = {
        {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, NULL},
        {"2026-06-18", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-11:00", NULL},
        {.kind = 0}};
    struct test_calendar made = test_calendar_make(zone, week, exceptions);
    struct bare_table bare;
    struct random random = {11};
    ck_assert_int_eq(made.status, SLA_OK);
    ck_assert(bare_table_init(&bare, made.calendar, made.calendar->tables.shift));
    for (int i = 0; i < 20000; i++) {
        sla_time from = random_between(&random, SLA_TIME_MIN, SLA_TIME_MAX);
        sla_time to = random_between(&random, SLA_TIME_MIN, SLA_TIME_MAX);
        sla_duration counted = random_between(&random, 0, 400 * 3600);
        int64_t ours = 0;
        int64_t bares = 0;
        ck_assert_int_eq(sla_calendar_elapsed(made.calendar, from, to, &ours), SLA_OK);
        ck_assert_int_eq(bare_table_elapsed(&bare, from, to, &bares), SLA_OK);
        ck_assert_int_eq(ours, bares);
        if (from > SLA_TIME_MAX - 800 * 86400)
            continue; /* the bare table knows no end of the range */
        ck_assert_int_eq(sla_calendar_add(made.calendar, from, counted, &ours), SLA_OK);
        ck_assert_int_eq(bare_table_add(&bare, from, counted, &bares), SLA_OK);
        ck_assert_int_eq(ours, bares);
    }
    bare_table_free(&bare);
    test_calendar_free(&made);
}

START_TEST(the_bare_table_gives_the_answers_of_the_calendar)
{
    static const char *const office[7] = {
        "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00",
        "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", NULL, NULL};
    static const char *const evenings[7] = {NULL, "18:00-23:00", NULL, "20:00-22:00"};
    same_answers("America/New_York", office);
    same_answers("Asia/Shanghai", evenings);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("bare_table");
    TCase *tests = tcase_create("answers");
    tcase_add_test(tests, the_bare_table_gives_the_answers_of_the_calendar);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
