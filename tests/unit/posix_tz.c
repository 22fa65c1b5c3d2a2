/* SPDX-License-Identifier: MIT */
/* Footers: POSIX TZ rules expanded over 1970..2199. */
#include "run_suite.h"
#include "time/zone_build.h"
#include "zone_files.h"

static struct arena arena;

static void set_up(void)
{
    test_arena(&arena);
}

static void tear_down(void)
{
    arena_free(&arena);
}

static struct zone zone_of_rule(const char *text)
{
    static struct zone_change changes[1024];
    struct zone_builder builder = {changes, 0, 1024};
    struct posix_tz tz;
    struct zone zone;
    ck_assert_msg(posix_tz_parse((sla_text){text, strlen(text)}, &tz), "%s", text);
    ck_assert(posix_tz_expand(&tz, ZONE_ALWAYS, &builder));
    ck_assert_int_eq(zone_builder_finish(&builder, &arena, TEXT("X"), &zone), SLA_OK);
    return zone;
}

static sla_time utc(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    return (int64_t)civil_to_date(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60;
}

static void changes_at(const struct zone *zone, sla_time at, int32_t before, int32_t after)
{
    ck_assert_int_eq(zone_offset_at(zone, at - 1), before);
    ck_assert_int_eq(zone_offset_at(zone, at), after);
}

/* Second Sunday of March, first of November, at 02:00 local. In 2026: 8 March, 1 November; in
   2199, which begins on a Tuesday: 10 March, 3 November. */
START_TEST(month_rules_hold_for_ever)
{
    struct zone zone = zone_of_rule("EST5EDT,M3.2.0,M11.1.0");
    changes_at(&zone, utc(2026, 3, 8, 7, 0), -18000, -14400);
    changes_at(&zone, utc(2026, 11, 1, 6, 0), -14400, -18000);
    changes_at(&zone, utc(2199, 3, 10, 7, 0), -18000, -14400);
    changes_at(&zone, utc(2199, 11, 3, 6, 0), -14400, -18000);
    ck_assert_int_eq(zone_offset_at(&zone, 0), -18000);
}
END_TEST

/* Week 5 is the last: 29 March 2026 is the fifth Sunday, 25 October 2026 the fourth. */
START_TEST(week_5_is_the_last_one)
{
    struct zone zone = zone_of_rule("CET-1CEST,M3.5.0,M10.5.0/3");
    changes_at(&zone, utc(2026, 3, 29, 1, 0), 3600, 7200);
    changes_at(&zone, utc(2026, 10, 25, 1, 0), 7200, 3600);
}
END_TEST

/* J60 is 1 March in every year; day 59 (from 0) is 29 February in leap years, else 1 March. */
START_TEST(julian_days_skip_29_february_and_plain_days_do_not)
{
    struct zone julian = zone_of_rule("AAA0BBB,J60/0,J365/0");
    changes_at(&julian, utc(2024, 3, 1, 0, 0), 0, 3600);
    changes_at(&julian, utc(2026, 3, 1, 0, 0), 0, 3600);
    struct zone plain = zone_of_rule("AAA0BBB,59/0,364/0");
    changes_at(&plain, utc(2024, 2, 29, 0, 0), 0, 3600);
    changes_at(&plain, utc(2026, 3, 1, 0, 0), 0, 3600);
}
END_TEST

/* Negative hours are the evening before (Nuuk: Saturday 22:00 is Sunday -1), and more than 24 the
   days after (Gaza: 50 hours after Thursday's midnight is Saturday 02:00). */
START_TEST(times_may_be_negative_or_longer_than_a_day)
{
    struct zone nuuk = zone_of_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
    changes_at(&nuuk, utc(2026, 3, 29, 1, 0), -7200, -3600);
    struct zone gaza = zone_of_rule("EET-2EEST,M3.4.4/50,M10.4.4/50");
    changes_at(&gaza, utc(2026, 3, 28, 0, 0), 7200, 10800);   /* 26th is the 4th Thursday */
    changes_at(&gaza, utc(2026, 10, 23, 23, 0), 10800, 7200); /* 22nd + 50 h, UTC+3 */
}
END_TEST

START_TEST(negative_dst_is_an_hour_less_in_winter)
{
    struct zone zone = zone_of_rule("IST-1GMT0,M10.5.0,M3.5.0/1");
    changes_at(&zone, utc(2026, 3, 29, 1, 0), 0, 3600);
    changes_at(&zone, utc(2026, 10, 25, 1, 0), 3600, 0);
    ck_assert_int_eq(zone_offset_at(&zone, 0), 0); /* January */
}
END_TEST

/* RFC 9636, 3.3.1: a rule by which DST never ends. */
START_TEST(dst_all_year_has_no_changes)
{
    struct zone zone = zone_of_rule("XXX3EDT4,0/0,J365/23");
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 1, 1, 4, 0)), -4 * 3600);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 7, 1, 0, 0)), -4 * 3600);
    ck_assert_uint_eq(zone.change_count, 1);
}
END_TEST

/* The same in the other way of writing it, with DST of plus one hour. */
START_TEST(dst_all_year_may_end_behind_midnight_of_new_year)
{
    struct zone zone = zone_of_rule("EST5EDT,0/0,J365/25");
    ck_assert_int_eq(zone_offset_at(&zone, utc(2028, 12, 31, 23, 0)), -4 * 3600);
    ck_assert_uint_eq(zone.change_count, 1);
}
END_TEST

/* RFC 9636, 3.3.1: up to 167 hours both ways. 10 January and 167 hours is the 16th, 23:00; 167
   hours before 27 October (J300) is the 20th, 01:00, which is midnight in winter's time. */
START_TEST(times_reach_almost_a_week)
{
    struct zone zone = zone_of_rule("AAA0BBB,J10/167,J300/-167");
    changes_at(&zone, utc(2026, 1, 16, 23, 0), 0, 3600);
    changes_at(&zone, utc(2026, 10, 20, 0, 0), 3600, 0);
    changes_at(&zone, utc(2199, 1, 16, 23, 0), 0, 3600);
}
END_TEST

/* Day 365 counted from 0 is 31 December in leap years and New Year's Day in others. */
START_TEST(day_365_may_lie_in_the_next_year)
{
    struct zone zone = zone_of_rule("AAA0BBB,100/0,365/1");
    changes_at(&zone, utc(2024, 12, 31, 0, 0), 3600, 0);
    changes_at(&zone, utc(2026, 1, 1, 0, 0), 3600, 0);
}
END_TEST

START_TEST(the_southern_summer_goes_over_new_year)
{
    struct zone zone = zone_of_rule("AEST-10AEDT,M10.1.0,M4.1.0/3");
    ck_assert_int_eq(zone_offset_at(&zone, 0), 39600); /* 1 January 1970 is summer by this rule */
    changes_at(&zone, utc(2026, 4, 4, 16, 0), 39600, 36000);
    changes_at(&zone, utc(2026, 10, 3, 16, 0), 36000, 39600);
}
END_TEST

START_TEST(quoted_names_and_offsets_with_seconds_are_read)
{
    struct zone zone = zone_of_rule("<+0545>-5:45");
    ck_assert_int_eq(zone_offset_at(&zone, 0), 20700);
    zone = zone_of_rule("MMT0:44:30");
    ck_assert_int_eq(zone_offset_at(&zone, 0), -2670);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("posix_tz");
    TCase *tests = tcase_create("rules");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, month_rules_hold_for_ever);
    tcase_add_test(tests, week_5_is_the_last_one);
    tcase_add_test(tests, julian_days_skip_29_february_and_plain_days_do_not);
    tcase_add_test(tests, times_may_be_negative_or_longer_than_a_day);
    tcase_add_test(tests, negative_dst_is_an_hour_less_in_winter);
    tcase_add_test(tests, dst_all_year_has_no_changes);
    tcase_add_test(tests, dst_all_year_may_end_behind_midnight_of_new_year);
    tcase_add_test(tests, times_reach_almost_a_week);
    tcase_add_test(tests, day_365_may_lie_in_the_next_year);
    tcase_add_test(tests, the_southern_summer_goes_over_new_year);
    tcase_add_test(tests, quoted_names_and_offsets_with_seconds_are_read);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
