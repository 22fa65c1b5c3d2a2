/* SPDX-License-Identifier: MIT */
/* The default loader in a folder of zones as nobody should have it: whatever stands under a zone's
 * name, a policy gets an answer at once, and nothing outside the folder is looked at by name. */
#define _XOPEN_SOURCE 700
#include "base/diag_codes.h"
#include "run_suite.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *frozen;
static char folder[] = "/tmp/sla-loader-XXXXXX";

/* The first diagnostic's code for a policy in this zone, 0 if there is none. */
static uint32_t code_of_zone(const char *zone, size_t length)
{
    char text[4096];
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){folder, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    static const char begin[] = "sla: 1\ncalendar: 24x7\ntimezone: \"";
    size_t count = strlen(begin);
    memcpy(text, begin, count);
    memcpy(text + count, zone, length);
    count += length;
    count += (size_t)snprintf(text + count, sizeof text - count,
                              "\"\ntargets: [{first_response: 4h}]\n");
    sla_status status = sla_policy_compile(text, count, &options, &policy, &diags);
    uint32_t code = sla_diags_count(diags) == 0 ? 0 : sla_diags_at(diags, 0)->code;
    if (code == CODE_UNKNOWN_ZONE || code == CODE_DAMAGED_ZONE) {
        ck_assert_int_eq(status, SLA_ERROR_POLICY);
        ck_assert_uint_eq(sla_diags_at(diags, 0)->line, 3);
        ck_assert_uint_eq(sla_diags_at(diags, 0)->column, 11);
    }
    sla_policy_unref(policy);
    sla_diags_free(diags);
    return code;
}

static uint32_t code_of(const char *zone)
{
    return code_of_zone(zone, strlen(zone));
}

static void path_in_folder(const char *name, char path[200])
{
    snprintf(path, 200, "%s/%s", folder, name);
}

static void write_file(const char *name, const void *bytes, size_t length, off_t hole)
{
    char path[200];
    path_in_folder(name, path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fflush(file), 0);
    if (hole > 0)
        ck_assert_int_eq(ftruncate(fileno(file), hole), 0);
    fclose(file);
}

static void link_to(const char *target, const char *name)
{
    char path[200];
    path_in_folder(name, path);
    ck_assert_int_eq(symlink(target, path), 0);
}

static uint8_t tokyo[4096];
static size_t tokyo_length;

static void set_up(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/Asia/Tokyo", frozen);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    tokyo_length = fread(tokyo, 1, sizeof tokyo, file);
    fclose(file);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
    static const char *const names[] = {"Tokyo", "pipe", "device", "endless", "loop", "nowhere",
                                        "huge", "long", "empty", "locked", "linked", "folder"};
    char path[200];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        path_in_folder(names[i], path);
        remove(path);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

START_TEST(a_plain_file_and_a_link_to_one_are_read)
{
    write_file("Tokyo", tokyo, tokyo_length, 0);
    link_to("Tokyo", "linked");
    ck_assert_uint_eq(code_of("Tokyo"), 0);
    ck_assert_uint_eq(code_of("linked"), 0); /* as localtime is one to somewhere else */
}
END_TEST

START_TEST(what_is_no_plain_file_is_no_zone)
{
    char path[200];
    path_in_folder("pipe", path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    path_in_folder("folder", path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    link_to("/dev/tty", "device");
    link_to("/dev/zero", "endless");
    link_to("loop", "loop");
    link_to("not-there", "nowhere");
    static const char *const names[] = {"pipe", "folder", "device", "endless", "loop", "nowhere",
                                        "missing", "pipe/x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(code_of(names[i]) == CODE_UNKNOWN_ZONE, "%s", names[i]);
}
END_TEST

/* 64 GiB that take no room on the disk; and a zone with more behind its end than is ever read. */
START_TEST(of_a_huge_file_only_the_beginning_is_read)
{
    write_file("huge", "TZif2", 5, (off_t)1 << 36);
    ck_assert_uint_eq(code_of("huge"), CODE_DAMAGED_ZONE);
    write_file("long", tokyo, tokyo_length, (off_t)2 << 20);
    ck_assert_uint_eq(code_of("long"), CODE_DAMAGED_ZONE);
    write_file("empty", "", 0, 0);
    ck_assert_uint_eq(code_of("empty"), CODE_DAMAGED_ZONE);
}
END_TEST

/* Each of these would find a zone or a file if the name were believed. */
START_TEST(names_with_tricks_find_nothing)
{
    char outside[200], above[200], long_name[1001];
    write_file("Tokyo", tokyo, tokyo_length, 0);
    path_in_folder("Tokyo", outside);
    snprintf(above, sizeof above, "../%s/Tokyo", strrchr(folder, '/') + 1);
    memset(long_name, 'x', 1000);
    long_name[1000] = '\0';
    const char *const names[] = {outside, above, "./Tokyo", "Tokyo/", "/Tokyo", "x/../Tokyo",
                                 "Tokyo//", "Tokyo/.", ".", "..", "/", "right/Tokyo",
                                 "posix/Tokyo", "/etc/passwd", "Tokyo ", " Tokyo", long_name};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(code_of(names[i]) == CODE_UNKNOWN_ZONE, "%s", names[i]);
    ck_assert_uint_eq(code_of("Tokyo\\0"), CODE_UNKNOWN_ZONE); /* YAML's way to write a NUL */
    ck_assert_uint_ne(code_of_zone("Tokyo\0", 6), 0);          /* and the byte itself */
}
END_TEST

START_TEST(a_folder_that_is_not_there_has_no_zones_but_utc)
{
    static char there[sizeof folder];
    memcpy(there, folder, sizeof folder);
    memcpy(folder, "/no/such/folder.....", 20);
    uint32_t tokyo_code = code_of("Tokyo"), utc_code = code_of("UTC");
    memcpy(folder, there, sizeof folder);
    ck_assert_uint_eq(tokyo_code, CODE_UNKNOWN_ZONE);
    ck_assert_uint_eq(utc_code, 0);
}
END_TEST

int main(int count, char **arguments)
{
    frozen = count > 1 ? arguments[1] : ".";
    Suite *suite = suite_create("loader");
    TCase *tests = tcase_create("zones");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_plain_file_and_a_link_to_one_are_read);
    tcase_add_test(tests, what_is_no_plain_file_is_no_zone);
    tcase_add_test(tests, of_a_huge_file_only_the_beginning_is_read);
    tcase_add_test(tests, names_with_tricks_find_nothing);
    tcase_add_test(tests, a_folder_that_is_not_there_has_no_zones_but_utc);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
