/* SPDX-License-Identifier: MIT */
/* TZif files: what RFC 9636 allows is read, and damage is refused or harmless. */
#include "run_suite.h"
#include "time/zone_build.h"
#include "zone_files.h"

#include <stdio.h>
#include <stdlib.h>

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

/* A file under construction. */
static uint8_t file[4096];
static size_t length;

static void put(const void *bytes, size_t count)
{
    memcpy(file + length, bytes, count);
    length += count;
}

static void put_number(uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        file[length++] = (uint8_t)(value >> (8 * i));
}

static void put_header(char version, uint32_t leaps, uint32_t times, uint32_t types)
{
    static const uint8_t reserved[15];
    put("TZif", 4);
    put(&version, 1);
    put(reserved, sizeof reserved);
    put_number(0, 4); /* UT indicators */
    put_number(0, 4); /* standard indicators */
    put_number(leaps, 4);
    put_number(times, 4);
    put_number(types, 4);
    put_number(8, 4); /* abbreviations: two of three letters */
}

static void put_type(int32_t offset, uint8_t is_dst, uint8_t abbreviation)
{
    put_number((uint32_t)offset, 4);
    put_number(is_dst, 1);
    put_number(abbreviation, 1);
}

/* Two types, +1 h and +2 h; one change, to the second, at `at`. */
static void put_body(int64_t at, int time_size)
{
    put_number((uint64_t)at, time_size);
    put_number(1, 1);
    put_type(3600, 0, 0);
    put_type(7200, 1, 4);
    put("AAA\0BBB", 8);
}

static void put_file(char version, int64_t at, const char *footer)
{
    length = 0;
    put_header(version, 0, 1, 2);
    put_body(at, 4);
    if (version == 0)
        return;
    put_header(version, 0, 1, 2);
    put_body(at, 8);
    put("\n", 1);
    put(footer, strlen(footer));
    put("\n", 1);
}

static const char *problem;

static sla_status decode(struct zone *zone)
{
    problem = "none";
    return zone_decode(&arena, TEXT("X"), file, length, zone, &problem);
}

START_TEST(version_1_is_read_and_its_last_offset_holds)
{
    struct zone zone;
    put_file(0, 1000000, "");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, 999999), 3600); /* type 0 before the first change */
    ck_assert_int_eq(zone_offset_at(&zone, 0), 3600);
    ck_assert_int_eq(zone_offset_at(&zone, 1000000), 7200);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MAX), 7200);
}
END_TEST

START_TEST(versions_2_to_4_are_read)
{
    for (char version = '2'; version <= '4'; version++) {
        struct zone zone;
        put_file(version, 1000000, "");
        ck_assert_int_eq(decode(&zone), SLA_OK);
        ck_assert_uint_eq(zone.change_count, 2);
        ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MAX), 7200); /* no footer: it holds */
    }
    struct zone zone;
    put_file('5', 1000000, "");
    ck_assert_int_eq(decode(&zone), SLA_ERROR_DATA);
}
END_TEST

/* The footer says +3 h for ever after the last change. */
START_TEST(the_footer_holds_after_the_last_change)
{
    struct zone zone;
    put_file('2', 1000000, "CCC-3");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, 999999), 3600);
    ck_assert_int_eq(zone_offset_at(&zone, 1000001), 10800);
}
END_TEST

START_TEST(changes_before_1970_are_kept_as_the_first_state_only)
{
    struct zone zone;
    put_file('2', -4000000000, "");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_uint_eq(zone.change_count, 1);
    ck_assert_int_eq(zone.changes[0].offset, 7200);
}
END_TEST

START_TEST(leap_seconds_are_refused)
{
    struct zone zone;
    length = 0;
    put_header('2', 0, 0, 1);
    put_type(0, 0, 0);
    put("UTC\0UTC", 8);
    put_header('2', 1, 0, 1);
    put_type(0, 0, 0);
    put("UTC\0UTC", 8);
    put_number(78796800, 8);
    put_number(1, 4);
    put("\nUTC0\n", 6);
    ck_assert_int_eq(decode(&zone), SLA_ERROR_DATA);
    ck_assert_str_eq(problem, "it has leap seconds");
}
END_TEST

/* Each case is a whole file with one fault. */
START_TEST(what_rfc_9636_forbids_is_refused)
{
    static const size_t body = 44 + 4 + 1 + 12 + 8; /* where the second header begins */
    static const struct {
        size_t at;
        uint8_t value;
        const char *what;
    } faults[] = {
        {0, 't', "magic"},
        {body + 4, '3', "another version in the second header"},
        {body + 44 + 8, 2, "a change to a type that is not there"},
        {body + 44 + 9 + 4, 2, "a DST flag of 2"},
        {body + 44 + 9 + 5, 8, "an abbreviation behind the end"},
        {body + 44 + 9 + 12 + 7, 'X', "an abbreviation without an end"},
        {body + 44 + 9, 0x7f, "an offset of millions of seconds"},
        {body + 36 + 3, 0, "no types"},
        {body + 40 + 3, 0, "no abbreviations"},
        {body + 20 + 3, 1, "one UT indicator for two types"},
        {body + 32, 0xff, "four billion changes"},
        {body + 44 + 29, 'x', "no newline before the footer"},
    };
    struct zone zone;
    put_file('2', 1000000, "CCC-3");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        put_file('2', 1000000, "CCC-3");
        file[faults[i].at] = faults[i].value;
        ck_assert_msg(decode(&zone) == SLA_ERROR_DATA, "%s", faults[i].what);
        ck_assert_str_ne(problem, "none");
    }
    put_file('2', 1000000, "CCC-3");
    file[length++] = 'x';
    ck_assert_int_eq(decode(&zone), SLA_ERROR_DATA);
}
END_TEST

START_TEST(changes_out_of_order_are_refused)
{
    struct zone zone;
    for (int64_t second = 999999; second <= 1000001; second++) {
        length = 0;
        put_header(0, 0, 2, 2);
        put_number(1000000, 4);
        put_number((uint64_t)second, 4);
        put_number(0x0100, 2);
        put_type(3600, 0, 0);
        put_type(7200, 1, 4);
        put("AAA\0BBB", 8);
        ck_assert_int_eq(decode(&zone), second > 1000000 ? SLA_OK : SLA_ERROR_DATA);
    }
}
END_TEST

START_TEST(footers_that_are_no_rule_are_refused)
{
    struct zone zone;
    static const char *const bad[] = {"C", "CC-3", "CCC", "CCC-25", "CCC-3DDD", "CCC-3DDD,",
                                      "CCC-3DDD,M3.2.0", "CCC-3DDD,M13.2.0,M11.1.0",
                                      "CCC-3DDD,M3.6.0,M11.1.0", "CCC-3DDD,M3.2.7,M11.1.0",
                                      "CCC-3DDD,J0,J365", "CCC-3DDD,J1,J366", "CCC-3DDD,0,366",
                                      "CCC-3DDD,0/168,365", "CCC-3:60", "<CCC-3", "<C C>-3",
                                      "CCC-3DDD,M3.2.0,M11.1.0x", "CCC99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_file('2', 1000000, bad[i]);
        ck_assert_msg(decode(&zone) == SLA_ERROR_DATA, "%s", bad[i]);
    }
}
END_TEST

/* Where the second block of put_file() has its first type. */
#define SECOND_TYPES (44 + 4 + 1 + 12 + 8 + 44 + 8 + 1)

/* RFC 9636, 3.2: more than -25 hours and less than +26. -2^31 would be its own negative. */
START_TEST(offsets_are_read_up_to_their_limits)
{
    static const struct {
        int32_t offset;
        bool is_read;
    } cases[] = {{-89999, true}, {93599, true},      {-1, true},         {-90000, false},
                 {93600, false}, {INT32_MIN, false}, {INT32_MAX, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone zone;
        put_file('2', 1000000, "");
        size_t end = length;
        length = SECOND_TYPES;
        put_number((uint32_t)cases[i].offset, 4);
        length = end;
        ck_assert_int_eq(decode(&zone) == SLA_OK, cases[i].is_read);
        if (cases[i].is_read)
            ck_assert_int_eq(zone_offset_at(&zone, 0), cases[i].offset);
    }
}
END_TEST

/* RFC 9636, 4: the first block of a newer file is skipped, whatever it says; here it has leap
   seconds, changes that fall, to types that are not there, and no type at all. */
START_TEST(the_first_block_of_a_newer_file_is_only_skipped)
{
    struct zone zone;
    length = 0;
    put_header('2', 1, 2, 0);
    for (int i = 0; i < 2 * 5 + 8 + 8; i++)
        put_number((uint64_t)(255 - i), 1);
    put_header('2', 0, 1, 2);
    put_body(1000000, 8);
    put("\nCCC-3\n", 7);
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, 999999), 3600);
    ck_assert_int_eq(zone_offset_at(&zone, 1000001), 10800);
}
END_TEST

/* RFC 9636, 3.3: without changes the rule holds always; type 0 is not asked. */
START_TEST(a_file_without_changes_follows_its_rule_from_the_beginning)
{
    struct zone zone;
    length = 0;
    for (int i = 0; i < 2; i++) {
        put_header('2', 0, 0, 1);
        put_type(3600, 0, 0);
        put("AAA\0BBB", 8);
    }
    put("\nCCC-3DDD,J60/0,J300/0\n", 23);
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, 0), 10800);
    ck_assert_int_eq(zone_offset_at(&zone, (59 + 5) * SECONDS_PER_DAY), 14400); /* March 1970 */
}
END_TEST

/* The type of the last change before 1970 holds from then on, however early it was. */
START_TEST(a_change_at_the_first_of_all_instants_is_read)
{
    struct zone zone;
    put_file('2', INT64_MIN, "");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MIN), 7200);
    put_file('2', INT64_MAX, "CCC-3");
    ck_assert_int_eq(decode(&zone), SLA_OK);
    ck_assert_int_eq(zone_offset_at(&zone, SLA_TIME_MAX), 3600); /* its rule has not begun */
}
END_TEST

/* RFC 9636, 3.2: as many of each as types, or none, and UT only with standard. */
START_TEST(indicators_are_checked_and_change_nothing)
{
    static const struct {
        uint8_t standard, ut;
        bool is_read;
    } cases[] = {{0, 0, true}, {1, 0, true},  {1, 1, true},
                 {0, 1, false}, {2, 0, false}, {1, 2, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone zone;
        length = 0;
        put_header(0, 0, 1, 2);
        file[20 + 3] = file[24 + 3] = 2;
        put_body(1000000, 4);
        put_number(0, 1); /* standard */
        put_number(cases[i].standard, 1);
        put_number(0, 1); /* UT */
        put_number(cases[i].ut, 1);
        ck_assert_int_eq(decode(&zone) == SLA_OK, cases[i].is_read);
        if (cases[i].is_read)
            ck_assert_int_eq(zone_offset_at(&zone, 1000000), 7200);
    }
}
END_TEST

/* What a damaged file may still do when it is not refused: answer something, in bounds. */
static void use(const struct zone *zone)
{
    ck_assert_uint_ge(zone->change_count, 1);
    for (size_t i = 1; i < zone->change_count; i++)
        ck_assert(zone->changes[i].at > zone->changes[i - 1].at);
    struct zone_piece pieces[4];
    int64_t sum = 0;
    for (sla_date date = DATE_MIN; date <= DATE_MAX; date += 997)
        sum += (int64_t)zone_date_pieces(zone, date, pieces, 4) + zone_instant(zone, date, 7200);
    ck_assert(sum != 1);
}

static void damage(const char *folder, const char *name)
{
    struct file_bytes bytes = file_read(folder, name);
    struct zone zone;
    int step = getenv("SLA_VALGRIND") == NULL ? 1 : 4; /* valgrind is slow */
    for (size_t cut = 0; cut < bytes.length; cut++) {
        struct arena own;
        test_arena(&own);
        /* An exact copy, so that a byte read behind its end is noticed by a sanitizer. */
        uint8_t *copy = malloc(cut + (cut == 0));
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, bytes.data, cut);
        ck_assert_int_eq(zone_decode(&own, TEXT("X"), copy, cut, &zone, &problem), SLA_ERROR_DATA);
        free(copy);
        arena_free(&own);
    }
    for (size_t at = 0; at < bytes.length; at++) {
        for (int bit = 0; bit < 9; bit += step) {
            struct arena own;
            test_arena(&own);
            uint8_t before = bytes.data[at];
            bytes.data[at] = (uint8_t)(bit < 8 ? before ^ 1 << bit : ~before);
            sla_status status =
                zone_decode(&own, TEXT("X"), bytes.data, bytes.length, &zone, &problem);
            ck_assert(status == SLA_OK || status == SLA_ERROR_DATA);
            if (status == SLA_OK && (bit == 8 || at % 16 == 0))
                use(&zone);
            bytes.data[at] = before;
            arena_free(&own);
        }
    }
    free(bytes.data);
}

/* tests/fuzz damages all files and asks more; this one runs under valgrind too. */
START_TEST(damaged_files_are_refused_or_harmless)
{
    char fat[4096];
    snprintf(fat, sizeof fat, "%s-fat", zoneinfo);
    damage(zoneinfo, "UTC");
    damage(fat, "Pacific/Apia");
}
END_TEST

START_TEST(an_empty_file_is_refused)
{
    struct zone zone;
    put_file('2', 1000000, "CCC-3");
    ck_assert_int_eq(zone_decode(&arena, TEXT("X"), file, 0, &zone, &problem), SLA_ERROR_DATA);
    ck_assert_str_eq(problem, "it is empty");
}
END_TEST

int main(int count, char **arguments)
{
    zoneinfo = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("tzif");
    TCase *tests = tcase_create("files");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, version_1_is_read_and_its_last_offset_holds);
    tcase_add_test(tests, versions_2_to_4_are_read);
    tcase_add_test(tests, the_footer_holds_after_the_last_change);
    tcase_add_test(tests, changes_before_1970_are_kept_as_the_first_state_only);
    tcase_add_test(tests, leap_seconds_are_refused);
    tcase_add_test(tests, what_rfc_9636_forbids_is_refused);
    tcase_add_test(tests, changes_out_of_order_are_refused);
    tcase_add_test(tests, footers_that_are_no_rule_are_refused);
    tcase_add_test(tests, offsets_are_read_up_to_their_limits);
    tcase_add_test(tests, the_first_block_of_a_newer_file_is_only_skipped);
    tcase_add_test(tests, a_file_without_changes_follows_its_rule_from_the_beginning);
    tcase_add_test(tests, a_change_at_the_first_of_all_instants_is_read);
    tcase_add_test(tests, indicators_are_checked_and_change_nothing);
    tcase_add_test(tests, damaged_files_are_refused_or_harmless);
    tcase_add_test(tests, an_empty_file_is_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
