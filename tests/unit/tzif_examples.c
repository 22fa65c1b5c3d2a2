/* SPDX-License-Identifier: MIT */
/* The example files of RFC 9636, appendix B, byte by byte. They have data for the time before 1970,
 * which libsla leaves out; what the appendix says of later instants must hold. */
#include "run_suite.h"
#include "time/zone_build.h"
#include "zone_files.h"

/* A header: version, and the six counts in the order of the file. */
#define HEADER(version, ut, standard, leaps, times, types, characters)                            \
    "545a6966" version "000000000000000000000000000000"                                          \
    "000000" ut "000000" standard "000000" leaps "000000" times "000000" types "000000" characters
/* The first block of the truncated files: one type, UTC+0, no name; for nobody. */
#define NOTHING(version) HEADER(version, "00", "00", "00", "00", "01", "01") "0000000000" "00" "00"

/* B.1: version 1, UTC, with the 27 leap seconds of 1972 to 2016: occurrence, then correction. */
static const char utc_with_leap_seconds[] =
    HEADER("00", "01", "01", "1b", "00", "01", "04")
    "00000000" "00" "00" /* type 0: UTC+0, no DST, name at 0 */
    "55544300"           /* "UTC" */
    "04b25800" "00000001" "05a4ec01" "00000002" "07861f82" "00000003" "09675303" "00000004"
    "0b488684" "00000005" "0d2b0b85" "00000006" "0f0c3f06" "00000007" "10ed7287" "00000008"
    "12cea608" "00000009" "159fca89" "0000000a" "1780fe0a" "0000000b" "1962318b" "0000000c"
    "1d25ea0c" "0000000d" "21dae50d" "0000000e" "259e9d8e" "0000000f" "277fd10f" "00000010"
    "2a50f590" "00000011" "2c322911" "00000012" "2e135c92" "00000013" "30e72413" "00000014"
    "33b84894" "00000015" "368c1015" "00000016" "43b71b96" "00000017" "495c0797" "00000018"
    "4fef9318" "00000019" "55932d99" "0000001a" "5868469a" "0000001b"
    "00"  /* standard indicator: wall */
    "00"; /* UT indicator: local */

/* Behind the times of both blocks of B.2. */
#define HONOLULU_TYPES                                                                            \
    "01" "02" "01" "03" "04" "01" "05" /* types of the seven changes */                           \
    "ffff6c02" "00" "00"               /* -37886, LMT */                                          \
    "ffff6c58" "00" "04"               /* -37800, HST */                                          \
    "ffff7a68" "01" "08"               /* -34200, DST, HDT */                                     \
    "ffff7a68" "01" "0c"               /* -34200, DST, HWT */                                     \
    "ffff7a68" "01" "10"               /* -34200, DST, HPT */                                     \
    "ffff7360" "00" "04"               /* -36000, HST */                                          \
    "4c4d5400" "48535400" "48445400" "48575400" "48505400"                                        \
    "000000000100" /* standard indicators: the fifth */                                           \
    "000000000100" /* UT indicators: the fifth */

/* B.2: version 2, Pacific/Honolulu. */
static const char honolulu[] =
    HEADER("32", "06", "06", "00", "07", "06", "14")
    "80000000" "bb054348" "bb217158" "cb893dc8" "d223f470" "d2614938" "d58d7348" HONOLULU_TYPES
    HEADER("32", "06", "06", "00", "07", "06", "14")
    "ffffffff74e070be" /* 1896-01-13T22:31:26Z */
    "ffffffffbb054348" /* 1933-04-30T12:30:00Z */
    "ffffffffbb217158" /* 1933-05-21T21:30:00Z */
    "ffffffffcb893dc8" /* 1942-02-09T12:30:00Z */
    "ffffffffd223f470" /* 1945-08-14T23:00:00Z */
    "ffffffffd2614938" /* 1945-09-30T11:30:00Z */
    "ffffffffd58d7348" /* 1947-06-08T12:30:00Z */
    HONOLULU_TYPES
    "0a" "4853543130" "0a"; /* HST10 */

/* B.3: version 2, Pacific/Johnston, truncated at its end: nothing is said from 2004-06-16 on. */
static const char johnston[] =
    NOTHING("32")
    HEADER("32", "00", "00", "00", "08", "07", "18")
    "ffffffff74e070be" "ffffffffbb054348" "ffffffffbb217158" "ffffffffcb893dc8"
    "ffffffffd223f470" "ffffffffd2614938" "ffffffffd58d7348"
    "0000000040cf8d80"                      /* 2004-06-16T00:00:00Z */
    "02" "03" "02" "04" "05" "02" "06" "01" /* types of the eight changes */
    "ffff6c02" "00" "04"                    /* -37886, LMT */
    "00000000" "00" "00"                    /* 0, "-00": unspecified */
    "ffff6c58" "00" "08"                    /* -37800, HST */
    "ffff7a68" "01" "0c"                    /* -34200, DST, HDT */
    "ffff7a68" "01" "10"                    /* -34200, DST, HWT */
    "ffff7a68" "01" "14"                    /* -34200, DST, HPT */
    "ffff7360" "00" "08"                    /* -36000, HST */
    "2d303000" "4c4d5400" "48535400" "48445400" "48575400" "48505400"
    "0a" "0a"; /* no rule */

/* B.4: version 3, Asia/Jerusalem, truncated at its start: nothing is said before 2038. */
static const char jerusalem[] =
    NOTHING("33")
    HEADER("33", "00", "00", "00", "01", "02", "08")
    "000000007fe81780"   /* 2038-01-01T00:00:00Z */
    "01"                 /* its type */
    "00000000" "00" "00" /* 0, "-00": unspecified */
    "00001c20" "00" "04" /* +7200, IST */
    "2d303000" "49535400"
    "0a" "4953542d324944542c4d332e342e342f32362c4d31302e352e30" "0a"; /* as below */
#define JERUSALEM_RULE "IST-2IDT,M3.4.4/26,M10.5.0"

/* B.5: version 4, Europe/London from 2022 on, with a table of leap seconds that begins with 27 and
   expires on 2024-06-28. */
static const char london[] =
    NOTHING("34")
    HEADER("34", "00", "00", "02", "01", "02", "08")
    "0000000061cf999b"   /* 2022-01-01T00:00:00Z, 27 leap seconds later */
    "01"                 /* its type */
    "00000000" "00" "00" /* 0, "-00": unspecified */
    "00000000" "00" "04" /* 0, GMT */
    "2d303000" "474d5400"
    "000000005868469a" "0000001b" /* the 27th leap second */
    "00000000667dfd1b" "0000001b" /* the same correction: the expiry */
    "0a" "474d54304253542c4d332e352e302f312c4d31302e352e30" "0a"; /* GMT0BST,M3.5.0/1,M10.5.0 */

static struct arena arena;

static void set_up(void)
{
    test_arena(&arena);
}

static void tear_down(void)
{
    arena_free(&arena);
}

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static const char *problem;

static sla_status decode(const char *hex, struct zone *zone)
{
    uint8_t bytes[1024];
    size_t length = strlen(hex) / 2;
    ck_assert_uint_eq(strlen(hex) % 2, 0);
    ck_assert_uint_le(length, sizeof bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    problem = "none";
    return zone_decode(&arena, TEXT("X"), bytes, length, zone, &problem);
}

static sla_time utc(int32_t year, int32_t month, int32_t day, int32_t hour)
{
    return (int64_t)civil_to_date(year, month, day) * SECONDS_PER_DAY + hour * 3600;
}

static void changes_at(const struct zone *zone, sla_time at, int32_t before, int32_t after)
{
    ck_assert_int_eq(zone_offset_at(zone, at - 1), before);
    ck_assert_int_eq(zone_offset_at(zone, at), after);
}

START_TEST(b1_utc_with_leap_seconds_is_refused)
{
    struct zone zone;
    ck_assert_uint_eq(strlen(utc_with_leap_seconds) / 2, 44 + 6 + 4 + 27 * 8 + 2);
    ck_assert_int_eq(decode(utc_with_leap_seconds, &zone), SLA_ERROR_DATA);
    ck_assert_str_eq(problem, "it has leap seconds");
}
END_TEST

START_TEST(b2_honolulu_is_ten_hours_behind_for_ever)
{
    struct zone zone, fixed;
    ck_assert_int_eq(decode(honolulu, &zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MIN), -36000);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MAX), -36000);
    ck_assert_int_eq(zone_fixed(&arena, TEXT("X"), -36000, &fixed), SLA_OK);
    ck_assert_uint_eq(zone.fingerprint[0], fixed.fingerprint[0]);
    ck_assert_uint_eq(zone.fingerprint[1], fixed.fingerprint[1]);
}
END_TEST

/* What is unspecified is read as UTC, as its record says. */
START_TEST(b3_johnston_is_unspecified_from_2004_06_16_on)
{
    struct zone zone;
    ck_assert_int_eq(decode(johnston, &zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MIN), -36000);
    changes_at(&zone, utc(2004, 6, 16, 0), -36000, 0);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MAX), 0);
}
END_TEST

/* In 2038 March begins on a Monday, so that its fourth Thursday is the 25th, and 26 hours later it
   is 02:00 on the 26th; the last Sunday of October is the 31st, which ends summer at 02:00 IDT. */
START_TEST(b4_jerusalem_begins_in_2038_and_follows_its_rule)
{
    struct zone zone;
    struct posix_tz rule;
    ck_assert_int_eq(decode(jerusalem, &zone), SLA_OK);
    ck_assert(posix_tz_parse(TEXT(JERUSALEM_RULE), &rule));
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MIN), 0);
    changes_at(&zone, utc(2038, 1, 1, 0), 0, 7200);
    changes_at(&zone, utc(2038, 3, 26, 0), 7200, 10800);
    changes_at(&zone, utc(2038, 10, 30, 23), 10800, 7200);
    /* The appendix: 2038-01-01T00:00:00Z is 02:00 in Jerusalem. */
    int32_t second;
    ck_assert_int_eq(zone_date(&zone, 2145916800, &second), civil_to_date(2038, 1, 1));
    ck_assert_int_eq(second, 7200);
}
END_TEST

START_TEST(b5_london_with_an_expiring_table_of_leap_seconds_is_refused)
{
    struct zone zone;
    ck_assert_int_eq(decode(london, &zone), SLA_ERROR_DATA);
    ck_assert_str_eq(problem, "it has leap seconds");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tzif_examples");
    TCase *tests = tcase_create("appendix_b");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, b1_utc_with_leap_seconds_is_refused);
    tcase_add_test(tests, b2_honolulu_is_ten_hours_behind_for_ever);
    tcase_add_test(tests, b3_johnston_is_unspecified_from_2004_06_16_on);
    tcase_add_test(tests, b4_jerusalem_begins_in_2038_and_follows_its_rule);
    tcase_add_test(tests, b5_london_with_an_expiring_table_of_leap_seconds_is_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
