/* SPDX-License-Identifier: MIT */
/* In which ways calendars are open at once: those that a look at every quarter of an hour finds. */
#include "time/ways.h"

#include "policy_text.h"
#include "random.h"
#include "run_suite.h"

#include <stdio.h>
#include <string.h>

#define COUNT 6u
#define STEP 900
#define DAY 86400

static sla_policy *policy;
static const sla_calendar *calendars[COUNT];
static struct arena arena;
static struct ways *ways;

static void set_up(void)
{
    static const char *const names[COUNT] = {"office", "plant", "berlin", "kathmandu", "nights",
                                             "24x7"};
    policy = compile("sla: 1\n"
                     "timezone: Asia/Shanghai\n"
                     "holidays: {jubilee: {closed: [2180-05-03]}}\n"
                     "calendars:\n"
                     "  office: {hours: {mon-fri: \"09:00-12:00, 13:30-18:00\"}}\n"
                     "  plant: {hours: {mon-fri: \"09:00-18:00\"}, holidays: [jubilee]}\n"
                     "  berlin: {timezone: Europe/Berlin, hours: {mon-fri: \"02:00-11:00\"}}\n"
                     "  kathmandu: {timezone: Asia/Kathmandu, hours: {sun-fri: \"09:00-18:00\"}}\n"
                     "  nights: {timezone: America/New_York, hours: {daily: \"22:00-06:00\"}}\n");
    for (size_t i = 0; i < COUNT; i++)
        calendars[i] = sla_policy_calendar(policy, names[i], strlen(names[i]));
    sla_allocator allocator = memory_allocator(NULL);
    arena_init(&arena, &allocator);
    ways = ways_new(&arena, calendars, COUNT);
    ck_assert_ptr_nonnull(ways);
}

static void tear_down(void)
{
    ways_free(ways);
    arena_free(&arena);
    sla_policy_unref(policy);
}

static uint32_t open_at(sla_time at)
{
    uint32_t open = 0;
    for (size_t i = 0; i < COUNT; i++)
        open |= (uint32_t)calendar_is_open(calendars[i], at) << i;
    return open;
}

/* The first instant of each way; SLA_TIME_NONE: there is none. */
static void look(sla_time from, sla_time until, sla_time first[1u << COUNT])
{
    for (size_t i = 0; i < 1u << COUNT; i++)
        first[i] = SLA_TIME_NONE;
    for (sla_time at = from; at < until; at += STEP) {
        uint32_t open = open_at(at);
        if (first[open] == SLA_TIME_NONE)
            first[open] = at;
    }
}

static void assert_found(sla_time from, sla_time until)
{
    sla_time first[1u << COUNT];
    const struct way *found;
    size_t count, wanted = 0;
    ways_forget(ways);
    ck_assert_int_eq(ways_find(ways, from, until, &found, &count), SLA_OK);
    look(from, until, first);
    for (size_t i = 0; i < 1u << COUNT; i++)
        wanted += first[i] != SLA_TIME_NONE;
    ck_assert_uint_eq(count, wanted);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(found[i].at, first[found[i].open]);
}

START_TEST(ways_are_those_of_every_quarter_of_an_hour)
{
    assert_found(INT64_C(1767225600), INT64_C(1767225600) + 40 * INT64_C(366) * DAY);
}
END_TEST

/* Each stretch begins at another hour, and must know nothing of the ones before. */
START_TEST(ways_of_any_stretch_are_found)
{
    struct random random = {7};
    for (int i = 0; i < 400; i++) {
        sla_time from = random_between(&random, 0, SLA_TIME_MAX / STEP - 6000) * STEP;
        assert_found(from, from + random_between(&random, 1, 6000) * STEP);
    }
}
END_TEST

/* Office and plant differ only at noon, but for one day in 230 years: 2180-05-03 is a Wednesday. */
START_TEST(a_way_of_a_single_day_is_found)
{
    const struct way *found;
    size_t count;
    int seen = 0;
    ck_assert_int_eq(ways_find(ways, 0, SLA_TIME_MAX + 1, &found, &count), SLA_OK);
    for (size_t i = 0; i < count; i++)
        if ((found[i].open & 3) == 1) {
            sla_date date;
            ck_assert_int_eq(sla_date_from_civil(2180, 5, 3, &date), SLA_OK);
            ck_assert_int_eq((found[i].at + 8 * 3600) / DAY, date);
            seen++;
        }
    ck_assert_int_gt(seen, 0);
}
END_TEST

START_TEST(what_was_found_is_not_found_again)
{
    const struct way *found;
    size_t count;
    sla_time from = INT64_C(1767225600);
    ck_assert_int_eq(ways_find(ways, from, from + 700 * DAY, &found, &count), SLA_OK);
    ck_assert_uint_gt(count, 1);
    ck_assert_int_eq(ways_find(ways, from + 3600, from + 600 * DAY, &found, &count), SLA_OK);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(without_calendars_there_is_one_way)
{
    const struct way *found;
    size_t count;
    struct ways *none = ways_new(&arena, NULL, 0);
    ck_assert_int_eq(ways_find(none, 5, SLA_TIME_MAX + 1, &found, &count), SLA_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(found[0].at, 5);
    ways_free(none);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    policy_text_zones(argv[1]);
    Suite *suite = suite_create("ways");
    TCase *tests = tcase_create("ways");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, ways_are_those_of_every_quarter_of_an_hour);
    tcase_add_test(tests, ways_of_any_stretch_are_found);
    tcase_add_test(tests, a_way_of_a_single_day_is_found);
    tcase_add_test(tests, what_was_found_is_not_found_again);
    tcase_add_test(tests, without_calendars_there_is_one_way);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
