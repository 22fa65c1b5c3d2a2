/* SPDX-License-Identifier: MIT */
/* Zones: between the wall clock and instants, in the places where that is hard. */
#include "run_suite.h"
#include "time/zone_build.h"
#include "zone_files.h"

#include <stdio.h>

static const char *zoneinfo;
static struct arena arena;

static void set_up(void)
{
    test_arena(&arena);
}

static void tear_down(void)
{
    arena_free(&arena);
}

static struct zone zone_named(const char *name)
{
    return zone_from_file(&arena, zoneinfo, name);
}

static sla_time utc(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    return (int64_t)civil_to_date(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60;
}

static sla_time local(const struct zone *zone, int32_t year, int32_t month, int32_t day,
                      int32_t hour, int32_t minute)
{
    return zone_instant(zone, civil_to_date(year, month, day), hour * 3600 + minute * 60);
}

/* New York, 2026: forward on 8 March at 02:00 EST = 07:00Z, back on 1 November at 02:00 EDT =
   06:00Z. */
START_TEST(a_skipped_local_time_moves_forward_by_the_gap)
{
    struct zone zone = zone_named("America/New_York");
    ck_assert_int_eq(local(&zone, 2026, 3, 8, 1, 59), utc(2026, 3, 8, 6, 59));
    /* T3: 02:23 does not exist and becomes 03:23 EDT = 07:23Z. */
    ck_assert_int_eq(local(&zone, 2026, 3, 8, 2, 23), utc(2026, 3, 8, 7, 23));
    ck_assert_int_eq(local(&zone, 2026, 3, 8, 3, 0), utc(2026, 3, 8, 7, 0));
}
END_TEST

START_TEST(a_repeated_local_time_is_its_first_occurrence)
{
    struct zone zone = zone_named("America/New_York");
    ck_assert_int_eq(local(&zone, 2026, 11, 1, 1, 30), utc(2026, 11, 1, 5, 30)); /* EDT */
    ck_assert_int_eq(local(&zone, 2026, 11, 1, 2, 0), utc(2026, 11, 1, 7, 0));   /* EST */
}
END_TEST

/* Lord Howe: 10:30 in winter, 11:00 in summer; on 4 October 2026 at 02:00 clocks show 02:30. */
START_TEST(lord_howe_changes_by_half_an_hour)
{
    struct zone zone = zone_named("Australia/Lord_Howe");
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 7, 1, 0, 0)), 37800);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 1, 1, 0, 0)), 39600);
    ck_assert_int_eq(local(&zone, 2026, 10, 4, 2, 10), utc(2026, 10, 3, 15, 40)); /* 02:40 +11 */
}
END_TEST

/* Apia went from UTC-10 to UTC+14 at the end of 29 December 2011: there was no 30th. */
START_TEST(apia_has_no_30_december_2011)
{
    struct zone zone = zone_named("Pacific/Apia");
    struct zone_piece pieces[4];
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2011, 12, 29), pieces, 4), 1);
    ck_assert_int_eq(pieces[0].to, utc(2011, 12, 30, 10, 0));
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2011, 12, 30), pieces, 4), 0);
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2011, 12, 31), pieces, 4), 1);
    ck_assert_int_eq(pieces[0].from, utc(2011, 12, 30, 10, 0));
    /* Noon of the missing day is 24 hours later: noon of the 31st, UTC+14. */
    ck_assert_int_eq(local(&zone, 2011, 12, 30, 12, 0), utc(2011, 12, 30, 22, 0));
}
END_TEST

/* Ireland's standard time is summer's: winter is "DST" of minus an hour (RFC 9636). */
START_TEST(dublins_negative_dst_is_read_right)
{
    struct zone zone = zone_named("Europe/Dublin");
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 7, 1, 0, 0)), 3600);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 12, 1, 0, 0)), 0);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2150, 7, 1, 0, 0)), 3600);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2150, 12, 1, 0, 0)), 0);
    ck_assert_int_eq(zone.changes[zone_change_at(&zone, utc(2026, 12, 1, 0, 0))].is_dst, 1);
}
END_TEST

/* Troll is at +00 in winter and +02 in summer, a change of two hours. */
START_TEST(troll_changes_by_two_hours)
{
    struct zone zone = zone_named("Antarctica/Troll");
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 1, 1, 0, 0)), 0);
    ck_assert_int_eq(zone_offset_at(&zone, utc(2026, 7, 1, 0, 0)), 7200);
}
END_TEST

/* Beirut's clocks go forward at midnight: 2026-03-29 begins at 01:00, which is 22:00Z. */
START_TEST(a_date_may_begin_at_one_oclock)
{
    struct zone zone = zone_named("Asia/Beirut");
    struct zone_piece pieces[4];
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2026, 3, 29), pieces, 4), 1);
    ck_assert_int_eq(pieces[0].from, utc(2026, 3, 28, 22, 0));
    ck_assert_int_eq(pieces[0].to - pieces[0].from, 23 * 3600);
    ck_assert_int_eq(local(&zone, 2026, 3, 29, 0, 0), utc(2026, 3, 28, 22, 0)); /* shown 01:00 */
}
END_TEST

/* St. John's (UTC-3:30, summer -2:30) went back at 00:01 until 2011. On 2006-10-29 clocks went from
   00:01 NDT (02:31Z) to 23:01 NST of the 28th, and reached 00:00 NST for the second time at
   03:30Z. */
START_TEST(st_johns_dates_come_in_pieces)
{
    struct zone zone = zone_named("America/St_Johns");
    struct zone_piece pieces[4];
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2006, 10, 28), pieces, 4), 2);
    ck_assert_int_eq(pieces[0].to, utc(2006, 10, 29, 2, 30));
    ck_assert_int_eq(pieces[1].from, utc(2006, 10, 29, 2, 31));
    ck_assert_int_eq(pieces[1].to, utc(2006, 10, 29, 3, 30));
    ck_assert_uint_eq(zone_date_pieces(&zone, civil_to_date(2006, 10, 29), pieces, 4), 2);
    ck_assert_int_eq(pieces[0].from, utc(2006, 10, 29, 2, 30));
    ck_assert_int_eq(pieces[0].to, utc(2006, 10, 29, 2, 31));
    ck_assert_int_eq(pieces[1].from, utc(2006, 10, 29, 3, 30));
    int32_t second;
    ck_assert_int_eq(zone_date(&zone, utc(2006, 10, 29, 3, 0), &second),
                     civil_to_date(2006, 10, 28));
    ck_assert_int_eq(second, 23 * 3600 + 30 * 60);
}
END_TEST

/* Kathmandu was at +05:30 until the end of 1985 and is at +05:45. Monrovia was at -00:44:30 until
   1972-01-07. */
START_TEST(offsets_need_not_be_whole_hours_or_minutes)
{
    struct zone kathmandu = zone_named("Asia/Kathmandu");
    ck_assert_int_eq(zone_offset_at(&kathmandu, utc(1985, 1, 1, 0, 0)), 19800);
    ck_assert_int_eq(zone_offset_at(&kathmandu, utc(2026, 1, 1, 0, 0)), 20700);
    struct zone monrovia = zone_named("Africa/Monrovia");
    ck_assert_int_eq(zone_offset_at(&monrovia, utc(1970, 1, 1, 0, 0)), -2670);
    ck_assert_int_eq(zone_offset_at(&monrovia, utc(1973, 1, 1, 0, 0)), 0);
}
END_TEST

/* Found by damaged files: 10 hours forward, an hour later 20 hours back. 05:00 is jumped over and
   comes all the same, 15 hours later; 10:30 and 21:00 of the day before come twice. */
START_TEST(a_local_time_that_comes_after_a_gap_is_not_skipped)
{
    static struct zone_change room[3];
    struct zone_builder builder = {room, 0, 3};
    struct zone zone;
    sla_time change = utc(2026, 6, 1, 0, 0);
    ck_assert(zone_builder_add(&builder, (struct zone_change){ZONE_ALWAYS, 0, 0}));
    ck_assert(zone_builder_add(&builder, (struct zone_change){change, 36000, 0}));
    ck_assert(zone_builder_add(&builder, (struct zone_change){change + 3600, -36000, 0}));
    ck_assert_int_eq(zone_builder_finish(&builder, &arena, TEXT("X"), &zone), SLA_OK);
    ck_assert_int_eq(local(&zone, 2026, 6, 1, 5, 0), utc(2026, 6, 1, 15, 0));
    ck_assert_int_eq(local(&zone, 2026, 6, 1, 10, 30), utc(2026, 6, 1, 0, 30));
    ck_assert_int_eq(local(&zone, 2026, 6, 1, 12, 0), utc(2026, 6, 1, 22, 0));
    ck_assert_int_eq(local(&zone, 2026, 5, 31, 21, 0), utc(2026, 5, 31, 21, 0));
}
END_TEST

START_TEST(fat_and_slim_files_have_one_fingerprint)
{
    static const char *const names[] = {"Africa/Casablanca", "America/New_York",
                                        "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia",
                                        "America/St_Johns", "Asia/Kathmandu"};
    char fat_folder[4096];
    snprintf(fat_folder, sizeof fat_folder, "%s-fat", zoneinfo);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone slim = zone_named(names[i]);
        struct zone fat = zone_from_file(&arena, fat_folder, names[i]);
        ck_assert_uint_eq(slim.change_count, fat.change_count);
        ck_assert_uint_eq(slim.fingerprint[0], fat.fingerprint[0]);
        ck_assert_uint_eq(slim.fingerprint[1], fat.fingerprint[1]);
    }
}
END_TEST

/* Ojinaga left DST on 2022-10-30 and followed the American rule from December on. The slim file of
   zic 2.36 ends there with a rule by which DST would last a week longer; the fat one knows. */
START_TEST(the_last_change_of_a_file_beats_its_rule)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s-odd", zoneinfo);
    struct zone slim = zone_from_file(&arena, folder, "America/Ojinaga");
    snprintf(folder, sizeof folder, "%s-fat", zoneinfo);
    struct zone fat = zone_from_file(&arena, folder, "America/Ojinaga");
    ck_assert_int_eq(zone_offset_at(&slim, utc(2022, 11, 2, 0, 0)), -6 * 3600);
    ck_assert_uint_eq(slim.fingerprint[0], fat.fingerprint[0]);
}
END_TEST

START_TEST(different_rules_have_different_fingerprints)
{
    struct zone paris = zone_named("Europe/Paris");
    struct zone berlin = zone_named("Europe/Berlin");
    struct zone utc_zone = zone_named("UTC");
    struct zone same = zone_named("Etc/UTC");
    ck_assert(paris.fingerprint[0] != berlin.fingerprint[0]); /* Berlin had no DST in 1976 */
    ck_assert_uint_eq(utc_zone.fingerprint[0], same.fingerprint[0]);
    struct zone fixed;
    ck_assert_int_eq(zone_fixed(&arena, TEXT("UTC"), 0, &fixed), SLA_OK);
    ck_assert_uint_eq(utc_zone.fingerprint[0], fixed.fingerprint[0]);
    ck_assert_uint_eq(utc_zone.fingerprint[1], fixed.fingerprint[1]);
}
END_TEST

START_TEST(neighbouring_changes_differ_in_offset)
{
    struct zone zone = zone_named("Africa/Casablanca");
    ck_assert(zone.changes[0].at < SLA_TIME_MIN - SECONDS_PER_WEEK);
    for (size_t i = 1; i < zone.change_count; i++) {
        ck_assert(zone.changes[i].at > zone.changes[i - 1].at);
        ck_assert(zone.changes[i].offset != zone.changes[i - 1].offset);
    }
}
END_TEST

START_TEST(names_with_tricks_are_not_looked_up)
{
    static const char *const good[] = {"UTC", "Europe/Dublin", "Etc/GMT+5",
                                       "America/Argentina/Buenos_Aires", "A..b"};
    static const char too_long[] = "A123456789012345678901234567890123456789"
                                   "012345678901234567890123456789"; /* 65 and more bytes */
    const char *const bad[] = {"", "/etc/passwd", "../UTC", "Europe/../../x", "Europe/./x",
                               "Europe//Dublin", "Europe/", "right/UTC", "posix/UTC",
                               "Europe/Dub lin", "Europe\\Dublin", "Z\xc3\xbcrich", "a:b",
                               too_long};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(zone_name_is_valid((sla_text){good[i], strlen(good[i])}), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!zone_name_is_valid((sla_text){bad[i], strlen(bad[i])}), "%s", bad[i]);
    ck_assert(!zone_name_is_valid((sla_text){"UTC\0x", 5}));
}
END_TEST

int main(int count, char **arguments)
{
    zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("zone");
    TCase *tests = tcase_create("zones");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_skipped_local_time_moves_forward_by_the_gap);
    tcase_add_test(tests, a_repeated_local_time_is_its_first_occurrence);
    tcase_add_test(tests, lord_howe_changes_by_half_an_hour);
    tcase_add_test(tests, apia_has_no_30_december_2011);
    tcase_add_test(tests, dublins_negative_dst_is_read_right);
    tcase_add_test(tests, troll_changes_by_two_hours);
    tcase_add_test(tests, a_date_may_begin_at_one_oclock);
    tcase_add_test(tests, st_johns_dates_come_in_pieces);
    tcase_add_test(tests, offsets_need_not_be_whole_hours_or_minutes);
    tcase_add_test(tests, a_local_time_that_comes_after_a_gap_is_not_skipped);
    tcase_add_test(tests, fat_and_slim_files_have_one_fingerprint);
    tcase_add_test(tests, the_last_change_of_a_file_beats_its_rule);
    tcase_add_test(tests, different_rules_have_different_fingerprints);
    tcase_add_test(tests, neighbouring_changes_differ_in_offset);
    tcase_add_test(tests, names_with_tricks_are_not_looked_up);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
