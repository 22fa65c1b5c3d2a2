/* SPDX-License-Identifier: MIT */
/* Instants, dates, times of day and durations as text (T3). */
#include "run_suite.h"
#include "time/instant.h"
#include "zone_files.h"

static const char *zoneinfo;
static struct arena arena;
static struct zone zone;

static void set_up(void)
{
    test_arena(&arena);
    zone = zone_from_file(&arena, zoneinfo, "America/New_York");
}

static void tear_down(void)
{
    arena_free(&arena);
}

static sla_text text_of(const char *text)
{
    return (sla_text){text, strlen(text)};
}

/* 2026-11-20T00:00:00Z is 20777 days (56 years, 14 leap days, 323 days) x 86400. */
#define MIDNIGHT INT64_C(1795132800)

START_TEST(rfc_3339_is_read)
{
    static const struct {
        const char *text;
        int64_t after_midnight;
    } cases[] = {
        {"2026-11-20T17:50:00Z", 17 * 3600 + 50 * 60},
        {"2026-11-20T17:50:01z", 17 * 3600 + 50 * 60 + 1},
        {"2026-11-20t17:50:01.999Z", 17 * 3600 + 50 * 60 + 1}, /* T2: floored */
        {"2026-11-20 17:50Z", 17 * 3600 + 50 * 60},
        {"2026-11-20T17:50:00+08:00", 9 * 3600 + 50 * 60},
        {"2026-11-20T00:00:00-03:30", 3 * 3600 + 30 * 60},
        {"2026-11-20T17:50:00-00:00", 17 * 3600 + 50 * 60},
        {"2026-11-20T23:59:60Z", 86400}, /* a leap second is the next minute's first */
        {"2026-11-20T17:50", 22 * 3600 + 50 * 60}, /* New York, EST */
        {"2026-11-20", 5 * 3600},                  /* its midnight there */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_time at = 0;
        ck_assert_msg(instant_parse(text_of(cases[i].text), &zone, &at) == SLA_OK, "%s",
                      cases[i].text);
        ck_assert_msg(at == MIDNIGHT + cases[i].after_midnight, "%s", cases[i].text);
    }
}
END_TEST

START_TEST(local_times_without_offset_follow_t3)
{
    sla_time gap;
    sla_time behind;
    ck_assert_int_eq(instant_parse(text_of("2026-03-08T02:23"), &zone, &gap), SLA_OK);
    ck_assert_int_eq(instant_parse(text_of("2026-03-08T03:23"), &zone, &behind), SLA_OK);
    ck_assert_int_eq(gap, behind);
    sla_time first;
    sla_time edt;
    ck_assert_int_eq(instant_parse(text_of("2026-11-01T01:30"), &zone, &first), SLA_OK);
    ck_assert_int_eq(instant_parse(text_of("2026-11-01T01:30-04:00"), &zone, &edt), SLA_OK);
    ck_assert_int_eq(first, edt);
}
END_TEST

START_TEST(what_is_no_instant_is_refused)
{
    static const char *const bad[] = {
        "", "2026", "2026-11", "2026-11-2", "2026-02-29", "2026-13-01", "2026-00-10",
        "2026-11-20T", "2026-11-20T17", "2026-11-20T17:5", "2026-11-20T24:00", "2026-11-20T17:60",
        "2026-11-20T17:50:61Z", "2026-11-20T17:50:60Z", "2026-11-20T17:50:00.Z",
        "2026-11-20T17:50:00+8", "2026-11-20T17:50:00+0800", "2026-11-20T17:50:00+24:00",
        "2026-11-20T17:50:00+08:00x", "2026-11-20Z", "20261120T175000Z", " 2026-11-20",
        "2026-11-20T17:50:00 Z", "+2026-11-20", "2026/11/20",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        sla_time at = 77;
        ck_assert_msg(instant_parse(text_of(bad[i]), &zone, &at) == SLA_ERROR_SYNTAX, "%s", bad[i]);
        ck_assert_int_eq(at, 77);
    }
    sla_time at;
    ck_assert_int_eq(instant_parse((sla_text){"2026-11-20\0", 11}, &zone, &at), SLA_ERROR_SYNTAX);
    ck_assert_int_eq(instant_parse((sla_text){NULL, 0}, &zone, &at), SLA_ERROR_SYNTAX);
}
END_TEST

/* T1: 1970-01-01 to 2199-12-31 UTC. */
START_TEST(instants_outside_of_1970_to_2199_are_range_errors)
{
    static const struct {
        const char *text;
        sla_status status;
    } cases[] = {
        {"1970-01-01T00:00:00Z", SLA_OK},
        {"1969-12-31T23:59:59Z", SLA_ERROR_RANGE},
        {"1970-01-01T00:00:00+00:01", SLA_ERROR_RANGE},
        {"1969-12-31T19:00", SLA_OK}, /* New York */
        {"2199-12-31T23:59:59Z", SLA_OK},
        {"2200-01-01T00:00:00Z", SLA_ERROR_RANGE},
        {"2199-12-31T19:00", SLA_ERROR_RANGE}, /* New York */
        {"0000-01-01T00:00:00Z", SLA_ERROR_RANGE},
        {"9999-12-31", SLA_ERROR_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_time at;
        ck_assert_msg(instant_parse(text_of(cases[i].text), &zone, &at) == cases[i].status, "%s",
                      cases[i].text);
    }
}
END_TEST

START_TEST(instants_are_written_with_the_offset_in_force)
{
    char buffer[SLA_TIME_CAPACITY];
    ck_assert_uint_eq(instant_format(MIDNIGHT, &zone, buffer), 25);
    ck_assert_str_eq(buffer, "2026-11-19T19:00:00-05:00");
    ck_assert_uint_eq(instant_format(MIDNIGHT, NULL, buffer), 20);
    ck_assert_str_eq(buffer, "2026-11-20T00:00:00Z");
    instant_format(SLA_TIME_MAX, NULL, buffer);
    ck_assert_str_eq(buffer, "2199-12-31T23:59:59Z");
    instant_format(0, &zone, buffer);
    ck_assert_str_eq(buffer, "1969-12-31T19:00:00-05:00");
    struct zone kathmandu = zone_from_file(&arena, zoneinfo, "Asia/Kathmandu");
    instant_format(MIDNIGHT, &kathmandu, buffer);
    ck_assert_str_eq(buffer, "2026-11-20T05:45:00+05:45");
}
END_TEST

/* Monrovia was at -00:44:30 until 1972; RFC 3339 can say -00:44 only. The instant must stay. */
START_TEST(an_offset_with_seconds_keeps_the_instant)
{
    char buffer[SLA_TIME_CAPACITY];
    struct zone monrovia = zone_from_file(&arena, zoneinfo, "Africa/Monrovia");
    instant_format(86400, &monrovia, buffer);
    ck_assert_str_eq(buffer, "1970-01-01T23:16:00-00:44");
    sla_time at;
    ck_assert_int_eq(instant_parse(text_of(buffer), &monrovia, &at), SLA_OK);
    ck_assert_int_eq(at, 86400);
}
END_TEST

START_TEST(every_written_instant_reads_back)
{
    char buffer[SLA_TIME_CAPACITY];
    for (sla_time at = 0; at <= SLA_TIME_MAX; at += 1234567) {
        sla_time back;
        size_t length = instant_format(at, &zone, buffer);
        ck_assert_uint_lt(length, SLA_TIME_CAPACITY);
        ck_assert_int_eq(instant_parse((sla_text){buffer, length}, NULL, &back), SLA_OK);
        ck_assert_int_eq(back, at);
        ck_assert(instant_has_offset((sla_text){buffer, length}));
    }
    ck_assert(!instant_has_offset(text_of("2026-11-20")));
    ck_assert(!instant_has_offset(text_of("2026-11-20T17:50:00")));
}
END_TEST

START_TEST(dates_and_times_of_day_are_read)
{
    sla_date date;
    int32_t seconds;
    ck_assert(date_parse(text_of("2026-11-20"), &date));
    ck_assert_int_eq(date, MIDNIGHT / SECONDS_PER_DAY);
    ck_assert(!date_parse(text_of("2026-11-31"), &date));
    ck_assert(!date_parse(text_of("2026-11-20 "), &date));
    ck_assert(time_of_day_parse(text_of("09:00"), &seconds) && seconds == 32400);
    ck_assert(time_of_day_parse(text_of("09:00:30"), &seconds) && seconds == 32430);
    ck_assert(time_of_day_parse(text_of("24:00"), &seconds) && seconds == 86400);
    static const char *const bad[] = {"", "9:00", "24:01", "24:00:01", "23:60", "09:00:60", "0900",
                                      "09:00x", "-1:00", "09:0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!time_of_day_parse(text_of(bad[i]), &seconds), "%s", bad[i]);
}
END_TEST

START_TEST(durations_are_read_and_overflow_is_noticed)
{
    static const struct {
        const char *text;
        sla_status status;
        int64_t seconds;
    } cases[] = {
        {"90s", SLA_OK, 90},
        {"30m", SLA_OK, 1800},
        {"1h30m", SLA_OK, 5400},
        {"240h", SLA_OK, 864000},
        {"1h1m1s", SLA_OK, 3661},
        {"0s", SLA_OK, 0},
        {"9223372036854775807s", SLA_OK, INT64_MAX},
        {"9223372036854775808s", SLA_ERROR_RANGE, 0},
        {"2562047788015216h", SLA_ERROR_RANGE, 0},
        {"2562047788015215h9999999999999999999m", SLA_ERROR_RANGE, 0},
        {"", SLA_ERROR_SYNTAX, 0},
        {"h", SLA_ERROR_SYNTAX, 0},
        {"90", SLA_ERROR_SYNTAX, 0},
        {"30m1h", SLA_ERROR_SYNTAX, 0},
        {"1h1h", SLA_ERROR_SYNTAX, 0},
        {"1.5h", SLA_ERROR_SYNTAX, 0},
        {"-1h", SLA_ERROR_SYNTAX, 0},
        {"1h 30m", SLA_ERROR_SYNTAX, 0},
        {"1H", SLA_ERROR_SYNTAX, 0},
        {"1d", SLA_ERROR_SYNTAX, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_duration seconds = 0;
        ck_assert_msg(duration_parse(text_of(cases[i].text), &seconds) == cases[i].status, "%s",
                      cases[i].text);
        ck_assert_msg(seconds == cases[i].seconds, "%s", cases[i].text);
    }
}
END_TEST

int main(int count, char **arguments)
{
    zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("instant");
    TCase *tests = tcase_create("texts");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, rfc_3339_is_read);
    tcase_add_test(tests, local_times_without_offset_follow_t3);
    tcase_add_test(tests, what_is_no_instant_is_refused);
    tcase_add_test(tests, instants_outside_of_1970_to_2199_are_range_errors);
    tcase_add_test(tests, instants_are_written_with_the_offset_in_force);
    tcase_add_test(tests, an_offset_with_seconds_keeps_the_instant);
    tcase_add_test(tests, every_written_instant_reads_back);
    tcase_add_test(tests, dates_and_times_of_day_are_read);
    tcase_add_test(tests, durations_are_read_and_overflow_is_noticed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
