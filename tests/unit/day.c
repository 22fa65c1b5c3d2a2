/* SPDX-License-Identifier: MIT */
/* What a local date is: its hours, bounds and reasons (C7). */
#include "one_calendar.h"
#include "run_suite.h"

#define HOUR 3600

static const char *const office_week[7] = {
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00",
    "09:00-12:00,13:00-18:00", "09:00-12:00,13:00-18:00", NULL, NULL};

static const struct test_exception june[] = {
    {"2026-06-17", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, "feast"},
    {"2026-06-18", EXCEPTION_SPECIAL, LIKE_NONE, "10:00-11:00", "stocktaking"},
    {"2026-06-18", EXCEPTION_HOLIDAY, LIKE_NONE, NULL, "hidden by the special day"},
    {"2026-06-20", EXCEPTION_WORKDAY, 4, NULL, NULL},
    {.kind = 0}};

static sla_day day_of(int32_t year, int32_t month, int32_t day, sla_stretch *stretches,
                      size_t capacity)
{
    sla_day out = {.size = sizeof out};
    ck_assert_int_eq(sla_calendar_day(made.calendar, civil_to_date(year, month, day), &out,
                                      stretches, capacity),
                     SLA_OK);
    return out;
}

static void text_is(sla_text text, const char *wanted)
{
    ck_assert_msg(text_equal(text, (sla_text){wanted, strlen(wanted)}), "%.*s", (int)text.length,
                  text.data);
}

START_TEST(a_regular_day_has_the_weeks_hours)
{
    sla_stretch stretches[4];
    make("Asia/Shanghai", office_week, june);
    sla_day day = day_of(2026, 6, 16, stretches, 4);
    ck_assert_uint_eq(day.kind, SLA_DAY_REGULAR);
    ck_assert_uint_eq(day.clock_change, 0);
    ck_assert_uint_eq(day.stretch_count, 2);
    ck_assert_int_eq(day.open, 8 * HOUR);
    ck_assert_int_eq(day.start, test_at(&made, "2026-06-16"));
    ck_assert_int_eq(day.end, test_at(&made, "2026-06-17"));
    ck_assert_int_eq(stretches[0].open, test_at(&made, "2026-06-16T09:00"));
    ck_assert_int_eq(stretches[0].close, test_at(&made, "2026-06-16T12:00"));
    ck_assert_int_eq(stretches[1].open, test_at(&made, "2026-06-16T13:00"));
    ck_assert_int_eq(stretches[1].close, test_at(&made, "2026-06-16T18:00"));
    text_is(day.name, "");
}
END_TEST

START_TEST(exceptions_tell_their_kind_and_name)
{
    make("Asia/Shanghai", office_week, june);
    sla_day day = day_of(2026, 6, 17, NULL, 0);
    ck_assert_uint_eq(day.kind, SLA_DAY_HOLIDAY);
    ck_assert_int_eq(day.open, 0);
    text_is(day.name, "feast");
    day = day_of(2026, 6, 18, NULL, 0);
    ck_assert_uint_eq(day.kind, SLA_DAY_SPECIAL);
    ck_assert_int_eq(day.open, HOUR);
    ck_assert_uint_eq(day.stretch_count, 1); /* told though there was no room for it */
    text_is(day.name, "stocktaking");
    day = day_of(2026, 6, 20, NULL, 0);
    ck_assert_uint_eq(day.kind, SLA_DAY_WORKDAY);
    ck_assert_int_eq(day.open, 8 * HOUR);
    text_is(day.name, "");
}
END_TEST

START_TEST(no_more_stretches_are_written_than_there_is_room_for)
{
    sla_stretch stretches[2] = {{0, 0}, {77, 77}};
    make("Asia/Shanghai", office_week, NULL);
    sla_day day = day_of(2026, 6, 16, stretches, 1);
    ck_assert_uint_eq(day.stretch_count, 2);
    ck_assert_int_eq(stretches[1].open, 77);
}
END_TEST

/* C7: night stretches are cut at the date's own midnights. */
START_TEST(a_night_is_cut_at_midnight)
{
    static const char *const week[7] = {
        "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00",
        "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00,22:00-24:00",
        "00:00-06:00,22:00-24:00"};
    sla_stretch stretches[4];
    make("Europe/Berlin", week, NULL);
    sla_day day = day_of(2026, 6, 16, stretches, 4);
    ck_assert_uint_eq(day.stretch_count, 2);
    ck_assert_int_eq(stretches[0].open, day.start);
    ck_assert_int_eq(stretches[0].close, day.start + 6 * HOUR);
    ck_assert_int_eq(stretches[1].open, day.end - 2 * HOUR);
    ck_assert_int_eq(stretches[1].close, day.end);
}
END_TEST

START_TEST(days_of_23_and_25_hours_are_told)
{
    sla_stretch stretches[4];
    make("America/New_York", NULL, NULL);
    sla_day day = day_of(2026, 3, 8, stretches, 4);
    ck_assert_uint_eq(day.clock_change, 1);
    ck_assert_int_eq(day.open, 23 * HOUR);
    ck_assert_uint_eq(day.stretch_count, 1); /* a change of offset does not cut it */
    day = day_of(2026, 11, 1, stretches, 4);
    ck_assert_uint_eq(day.clock_change, 1);
    ck_assert_int_eq(day.open, 25 * HOUR);
    ck_assert_int_eq(day.end - day.start, 25 * HOUR);
    ck_assert_uint_eq(day_of(2026, 11, 2, NULL, 0).clock_change, 0);
    ck_assert_uint_eq(day_of(2026, 3, 7, NULL, 0).clock_change, 0);
}
END_TEST

/* Asia/Beirut 2026-03-29 has no 00:00: the change is the date's first instant. */
START_TEST(a_change_at_midnight_belongs_to_the_date_that_it_begins)
{
    make("Asia/Beirut", NULL, NULL);
    sla_day day = day_of(2026, 3, 29, NULL, 0);
    ck_assert_uint_eq(day.clock_change, 1);
    ck_assert_int_eq(day.open, 23 * HOUR);
    ck_assert_uint_eq(day_of(2026, 3, 28, NULL, 0).clock_change, 0);
}
END_TEST

START_TEST(a_skipped_date_begins_where_it_ends)
{
    make("Pacific/Apia", NULL, NULL);
    sla_day day = day_of(2011, 12, 30, NULL, 0);
    /* 29 December ended at UTC-10: 2011-12-30T10:00:00Z. */
    ck_assert_int_eq(day.start, INT64_C(1325239200));
    ck_assert_int_eq(day.end, day.start);
    ck_assert_int_eq(day.open, 0);
    ck_assert_uint_eq(day.stretch_count, 0);
    ck_assert_uint_eq(day.clock_change, 1);
}
END_TEST

/* St. John's 2006-10-29: one minute, an hour of the 28th again, then the whole day. */
START_TEST(a_date_in_two_pieces_has_its_stretches_cut)
{
    sla_stretch stretches[4];
    make("America/St_Johns", NULL, NULL);
    sla_day day = day_of(2006, 10, 29, stretches, 4);
    ck_assert_uint_eq(day.stretch_count, 2);
    ck_assert_int_eq(stretches[0].close - stretches[0].open, 60);
    ck_assert_int_eq(stretches[1].open - stretches[0].close, 59 * 60);
    ck_assert_int_eq(day.open, 24 * HOUR + 60);
    day = day_of(2006, 10, 28, stretches, 4);
    ck_assert_int_eq(day.open, 24 * HOUR + 59 * 60);
}
END_TEST

START_TEST(dates_at_the_ends_of_the_range_are_cut_there)
{
    make("America/New_York", NULL, NULL);
    sla_date date;
    ck_assert_int_eq(sla_calendar_date(made.calendar, 0, &date), SLA_OK);
    ck_assert_int_eq(date, -1); /* 1969-12-31, 19:00 */
    sla_day day = {.size = sizeof day};
    ck_assert_int_eq(sla_calendar_day(made.calendar, -1, &day, NULL, 0), SLA_OK);
    ck_assert_int_eq(day.start, 0);
    ck_assert_int_eq(day.open, 5 * HOUR);
    ck_assert_int_eq(sla_calendar_day(made.calendar, -2, &day, NULL, 0), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_day(made.calendar, DATE_MAX, &day, NULL, 0), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_day(made.calendar, DATE_MAX - 1, &day, NULL, 0), SLA_OK);
    ck_assert_int_eq(day.end, SLA_TIME_MAX + 1);
    ck_assert_int_eq(day.open, 19 * HOUR);
    ck_assert_int_eq(sla_calendar_date(made.calendar, -1, &date), SLA_ERROR_RANGE);
}
END_TEST

START_TEST(arguments_that_cannot_be_right_are_refused)
{
    make("UTC", office_week, NULL);
    sla_day day = {.size = sizeof day};
    sla_date date;
    ck_assert_int_eq(sla_calendar_day(NULL, 0, &day, NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_day(made.calendar, 0, NULL, NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_day(made.calendar, 0, &day, NULL, 1), SLA_ERROR_ARGUMENT);
    day.size = 4; /* not even room for itself */
    ck_assert_int_eq(sla_calendar_day(made.calendar, 0, &day, NULL, 0), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_date(NULL, 0, &date), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_date(made.calendar, 0, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

START_TEST(instants_are_read_and_written_in_the_calendars_zone)
{
    char buffer[SLA_TIME_CAPACITY];
    sla_time at;
    sla_text zone;
    sla_text name;
    make("Asia/Shanghai", office_week, NULL);
    sla_calendar_zone(made.calendar, &zone);
    text_is(zone, "Asia/Shanghai");
    sla_calendar_name(made.calendar, &name);
    text_is(name, "office");
    const char *text = "2026-11-20T18:50";
    ck_assert_int_eq(sla_calendar_parse_time(made.calendar, text, SLA_NUL_TERMINATED, &at),
                     SLA_OK);
    ck_assert_int_eq(sla_calendar_format_time(made.calendar, at, buffer), 25);
    ck_assert_str_eq(buffer, "2026-11-20T18:50:00+08:00");
    ck_assert_int_eq(sla_calendar_format_time(NULL, at, buffer), 20);
    ck_assert_str_eq(buffer, "2026-11-20T10:50:00Z");
    ck_assert_int_eq(sla_calendar_format_time(NULL, SLA_TIME_NEVER, buffer), SLA_ERROR_RANGE);
    ck_assert_int_eq(sla_calendar_parse_time(NULL, text, 10, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_parse_time(made.calendar, NULL, 10, &at), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_calendar_parse_time(made.calendar, text, 9, &at), SLA_ERROR_SYNTAX);
}
END_TEST

int main(int count, char **arguments)
{
    test_zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("day");
    TCase *tests = tcase_create("dates");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, a_regular_day_has_the_weeks_hours);
    tcase_add_test(tests, exceptions_tell_their_kind_and_name);
    tcase_add_test(tests, no_more_stretches_are_written_than_there_is_room_for);
    tcase_add_test(tests, a_night_is_cut_at_midnight);
    tcase_add_test(tests, days_of_23_and_25_hours_are_told);
    tcase_add_test(tests, a_change_at_midnight_belongs_to_the_date_that_it_begins);
    tcase_add_test(tests, a_skipped_date_begins_where_it_ends);
    tcase_add_test(tests, a_date_in_two_pieces_has_its_stretches_cut);
    tcase_add_test(tests, dates_at_the_ends_of_the_range_are_cut_there);
    tcase_add_test(tests, arguments_that_cannot_be_right_are_refused);
    tcase_add_test(tests, instants_are_read_and_written_in_the_calendars_zone);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
