/* SPDX-License-Identifier: MIT */
/* Civil dates. */
#include "run_suite.h"
#include "time/civil.h"

START_TEST(known_days_have_their_numbers)
{
    /* 1970-01-01 is day 0; 1972 was a leap year, so its 1 March is day 365 + 365 + 31 + 29. */
    ck_assert_int_eq(civil_to_date(1970, 1, 1), 0);
    ck_assert_int_eq(civil_to_date(1969, 12, 31), -1);
    ck_assert_int_eq(civil_to_date(1972, 3, 1), 790);
    /* 2199-12-31T23:59:59Z is 7258118399: that day's midnight is 7258032000 = 84005 x 86400. */
    ck_assert_int_eq(civil_to_date(2199, 12, 31), 84005);
}
END_TEST

/* Counted up from 1 January of the year 1 with the calendar's own rules. */
START_TEST(every_day_of_400_years_and_more_follows_the_one_before)
{
    int32_t year = 1899;
    int32_t month = 12;
    int32_t day = 31;
    sla_date date = civil_to_date(year, month, day);
    ck_assert_int_eq(date, -25568); /* 70 years with 17 leap days before 1970, and a day */
    while (year < 2301) {
        static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        int32_t length = lengths[month - 1] + (leap && month == 2);
        if (++day > length) {
            day = 1;
            if (++month > 12) {
                month = 1;
                year++;
            }
        }
        date++;
        ck_assert_int_eq(civil_to_date(year, month, day), date);
        struct civil civil = civil_from_date(date);
        ck_assert(civil.year == year && civil.month == month && civil.day == day);
    }
}
END_TEST

START_TEST(days_that_do_not_exist_are_not_valid)
{
    ck_assert(civil_is_valid(2000, 2, 29)); /* divisible by 400 */
    ck_assert(!civil_is_valid(1900, 2, 29));
    ck_assert(!civil_is_valid(2100, 2, 29));
    ck_assert(civil_is_valid(2024, 2, 29));
    ck_assert(!civil_is_valid(2026, 2, 29));
    ck_assert(!civil_is_valid(2026, 4, 31));
    ck_assert(!civil_is_valid(2026, 0, 1));
    ck_assert(!civil_is_valid(2026, 13, 1));
    ck_assert(!civil_is_valid(2026, 1, 0));
}
END_TEST

START_TEST(weekdays_count_from_monday_before_1970_too)
{
    ck_assert_int_eq(weekday_of(0), 3);                            /* a Thursday */
    ck_assert_int_eq(weekday_of(-4), 6);                           /* the Sunday before */
    ck_assert_int_eq(weekday_of(civil_to_date(2026, 11, 20)), 4);  /* a Friday */
    ck_assert_int_eq(weekday_of(civil_to_date(2199, 12, 31)), 1);  /* a Tuesday */
}
END_TEST

START_TEST(the_public_pair_checks_its_arguments)
{
    sla_date date = 77;
    int32_t year;
    int32_t month;
    int32_t day;
    ck_assert_int_eq(sla_date_from_civil(2026, 2, 29, &date), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_date_from_civil(INT32_MAX, 1, 1, &date), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_date_from_civil(INT32_MIN, 1, 1, &date), SLA_ERROR_RANGE);
    ck_assert_int_eq(date, 77); /* written only on success */
    ck_assert_int_eq(sla_date_from_civil(2026, 2, 28, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_date_from_civil(2026, 2, 28, &date), SLA_OK);
    ck_assert_int_eq(sla_date_to_civil(date, &year, &month, &day), SLA_OK);
    ck_assert(year == 2026 && month == 2 && day == 28);
    ck_assert_int_eq(sla_date_to_civil(INT32_MAX, &year, &month, &day), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_date_to_civil(date, &year, NULL, &day), SLA_ERROR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("civil");
    TCase *tests = tcase_create("dates");
    tcase_add_test(tests, known_days_have_their_numbers);
    tcase_add_test(tests, every_day_of_400_years_and_more_follows_the_one_before);
    tcase_add_test(tests, days_that_do_not_exist_are_not_valid);
    tcase_add_test(tests, weekdays_count_from_monday_before_1970_too);
    tcase_add_test(tests, the_public_pair_checks_its_arguments);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
