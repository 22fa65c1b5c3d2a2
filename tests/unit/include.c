/* SPDX-License-Identifier: MIT */
/* Included files: what they bring, how they are found, and that nothing outside the policy's folder
   is read. */
#define _XOPEN_SOURCE 700
#include "calendar_days.h"
#include "policy_text.h"
#include "run_suite.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *zoneinfo;

/* Files in memory: name and text, one behind the other. */
struct shelf {
    const char *const *files;
    int loads, releases;
};

static sla_status load(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    struct shelf *shelf = user;
    if (kind != SLA_FILE_INCLUDE)
        return SLA_ERROR_NOT_FOUND;
    for (const char *const *file = shelf->files; *file != NULL; file += 2) {
        if (strlen(*file) == name->length && memcmp(*file, name->data, name->length) == 0) {
            shelf->loads++;
            *out_bytes = (sla_text){file[1], strlen(file[1])};
            return SLA_OK;
        }
    }
    return SLA_ERROR_NOT_FOUND;
}

static void release(void *user, const sla_text *bytes)
{
    ck_assert_ptr_nonnull(bytes->data);
    ((struct shelf *)user)->releases++;
}

static sla_status compile_from(struct shelf *shelf, const char *text, sla_policy **out_policy,
                               sla_diags **out_diags)
{
    sla_loader loader = {load, release, shelf, NULL};
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    options.file_name = (sla_text){"desk/policy.yaml", SLA_NUL_TERMINATED};
    *out_policy = NULL;
    sla_status status =
        sla_policy_compile(text, SLA_NUL_TERMINATED, &options, out_policy, out_diags);
    ck_assert_int_eq(shelf->loads, shelf->releases); /* every file was given back */
    return status;
}

/* All diagnostics, as they are printed. */
static void assert_told(struct shelf *shelf, const char *text, const char *expected)
{
    sla_policy *policy;
    sla_diags *diags;
    char got[4096] = "";
    ck_assert_int_eq(compile_from(shelf, text, &policy, &diags), SLA_ERROR_POLICY);
    for (size_t i = 0, used = 0; i < sla_diags_count(diags); i++) {
        used += sla_diag_format(sla_diags_at(diags, i), got + used, sizeof got - used - 2);
        got[used++] = '\n';
    }
    sla_diags_free(diags);
    ck_assert_msg(strcmp(got, expected) == 0, "expected:\n%s\ngot:\n%s", expected, got);
}

static const char *const good_files[] = {
    "holidays/law.yaml",
    "sla: 1\n"
    "holidays: {law: {closed: [{date: 2026-11-17, name: Repentance}]}}\n",
    "calendars.yaml",
    "sla: 1\n"
    "name: what we share\n"
    "include: ./holidays/law.yaml\n"
    "calendars: {shared: {hours: {daily: \"08:00-12:00\"}, holidays: law}}\n",
    "holidays/both.yaml",
    "sla: 1\n"
    "include: [law.yaml]\n"
    "x-note: found from the folder of this file on\n",
    "circle.yaml",
    "sla: 1\n"
    "include: [circle.yaml, calendars.yaml]\n",
    NULL,
};

START_TEST(included_files_bring_holidays_and_calendars)
{
    struct shelf shelf = {.files = good_files};
    sla_policy *policy;
    ck_assert_int_eq(
        compile_from(&shelf,
                     "sla: 1\n"
                     "include: [calendars.yaml]\n"
                     "calendars:\n"
                     "  own: {hours: {daily: \"10:00-11:00\"}, holidays: law}\n"
                     "  late: {extends: shared, hours: {daily: \"20:00-22:00\"}}\n",
                     &policy, NULL),
        SLA_OK);
    assert_day(policy, "shared", "2026-11-16", "08:00-12:00");
    assert_day(policy, "shared", "2026-11-17", "");
    assert_day(policy, "own", "2026-11-16", "10:00-11:00");
    assert_day(policy, "own", "2026-11-17", "");
    assert_day(policy, "late", "2026-11-16", "20:00-22:00");
    assert_reason(policy, "late", "2026-11-17", SLA_DAY_HOLIDAY, "Repentance");
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_file_that_is_included_several_times_is_read_once)
{
    struct shelf shelf = {.files = good_files};
    sla_policy *policy;
    ck_assert_int_eq(compile_from(&shelf,
                                  "sla: 1\n"
                                  "include: [circle.yaml, ./holidays/both.yaml, "
                                  "holidays/./law.yaml]\n",
                                  &policy, NULL),
                     SLA_OK);
    ck_assert_int_eq(shelf.loads, 4);
    ck_assert_ptr_nonnull(sla_policy_calendar(policy, "shared", SLA_NUL_TERMINATED));
    sla_policy_unref(policy);
}
END_TEST

/* The policy's own zone is not the one of a file that names one. */
START_TEST(calendars_of_a_file_are_in_the_zone_of_the_file)
{
    static const char *const files[] = {
        "here.yaml", "sla: 1\ncalendars: {here: {hours: {daily: \"08:00-12:00\"}}}\n",
        "utc.yaml", "sla: 1\ntimezone: UTC\ncalendars: {there: {hours: {daily: "
                    "\"08:00-12:00\"}}, far: {extends: base, hours: {daily: \"08:00-12:00\"}}}\n",
        NULL,
    };
    /* with the zone files of the tests, so that Asia/Shanghai is found */
    char folder[] = "/tmp/sla-include-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int i = 0; files[i] != NULL; i += 2) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        FILE *file = fopen(path, "w");
        fputs(files[i + 1], file);
        fclose(file);
    }
    snprintf(path, sizeof path, "%s/policy.yaml", folder);
    sla_policy_options options = {.size = sizeof options};
    options.file_name = (sla_text){path, SLA_NUL_TERMINATED};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    ck_assert_int_eq(sla_policy_compile("sla: 1\n"
                                        "timezone: Asia/Shanghai\n"
                                        "include: [here.yaml, utc.yaml]\n"
                                        "calendars: {base: {timezone: Asia/Tokyo, hours: "
                                        "always}}\n",
                                        SLA_NUL_TERMINATED, &options, &policy, NULL),
                     SLA_OK);
    const char *const zones[] = {"here", "Asia/Shanghai", "there", "UTC", "far", "Asia/Tokyo"};
    for (int i = 0; i < 6; i += 2) {
        sla_text zone;
        sla_calendar_zone(find_calendar(policy, zones[i]), &zone);
        assert_text(zone, zones[i + 1]);
    }
    sla_policy_unref(policy);
    for (int i = 0; files[i] != NULL; i += 2) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        remove(path);
    }
    rmdir(folder);
}
END_TEST

START_TEST(faults_in_included_files_are_told_with_their_file)
{
    static const char *const files[] = {
        "a.yaml",
        "sla: 1\n"
        "targets: [{resolution: 1h}]\n"
        "holidays: {law: {closed: [2026-13-01]}}\n",
        "sub/b.yaml",
        "sla: 2\n",
        "c.yaml",
        "holidays: {\n",
        "d.yaml",
        "sla: 1\ncalendars: {office: {hours: always}, other: {hours: {mon: \"9-17\"}}}\n",
        NULL,
    };
    struct shelf shelf = {.files = files};
    assert_told(&shelf,
                "sla: 1\n"
                "include: [a.yaml, sub/b.yaml, c.yaml, d.yaml, e.yaml]\n"
                "calendars: {office: {hours: always}}\n"
                "x: 1\n",
                "desk/policy.yaml:2:47: error: the included file \"e.yaml\" cannot be read "
                "[SLA-020]\n"
                "include: [a.yaml, sub/b.yaml, c.yaml, d.yaml, e.yaml]\n"
                "                                              ^~~~~~\n"
                "desk/policy.yaml:4:1: error: unknown key \"x\" in the policy; the keys here are "
                "sla, name, description, timezone, calendar, include, holidays, calendars, "
                "severities, classify, metrics, targets, agreements, escalations, "
                "goals, roll_deadlines, tests [SLA-231]\n"
                "x: 1\n"
                "^\n"
                "desk/a.yaml:2:1: error: unknown key \"targets\" in an included file; the keys "
                "here are sla, name, description, timezone, include, holidays, calendars "
                "[SLA-231]\n"
                "targets: [{resolution: 1h}]\n"
                "^~~~~~~\n"
                "desk/a.yaml:3:27: error: \"2026-13-01\" is not a date from 1970-01-01 to "
                "2199-12-31 [SLA-113]\n"
                "holidays: {law: {closed: [2026-13-01]}}\n"
                "                          ^~~~~~~~~~\n"
                "desk/sub/b.yaml:1:6: error: there is no version 2 of the policy language; this "
                "library reads sla: 1 [SLA-101]\n"
                "sla: 2\n"
                "     ^\n"
                "desk/c.yaml:2:1: error: this is not YAML: did not find expected node content "
                "[SLA-007]\n"
                "desk/c.yaml:1:11: note: opened here and never closed\n"
                "desk/d.yaml:2:13: error: \"office\" is named twice [SLA-116]\n"
                "calendars: {office: {hours: always}, other: {hours: {mon: \"9-17\"}}}\n"
                "            ^~~~~~\n"
                "desk/policy.yaml:3:13: note: first named here\n"
                "desk/d.yaml:2:59: error: \"9-17\" is not an interval such as 09:00-17:00 "
                "[SLA-304]\n"
                "calendars: {office: {hours: always}, other: {hours: {mon: \"9-17\"}}}\n"
                "                                                          ^~~~~~\n");
}
END_TEST

/* The list may stand in the file that was not found: one fault, one message. */
START_TEST(names_that_a_lost_file_may_have_brought_are_not_told)
{
    static const char *const none[] = {NULL};
    struct shelf shelf = {.files = none};
    assert_told(&shelf,
                "sla: 1\n"
                "include: holidays/china.yaml\n"
                "calendars: {office: {hours: always, holidays: china}, "
                "joint: {all_of: [office, shop]}}\n",
                "desk/policy.yaml:2:10: error: the included file \"holidays/china.yaml\" cannot "
                "be read [SLA-020]\n"
                "include: holidays/china.yaml\n"
                "         ^~~~~~~~~~~~~~~~~~~\n");
}
END_TEST

/* A folder of its own: a policy, a file beside it, and links. */
START_TEST(the_default_loader_cannot_leave_the_folder)
{
    char root[] = "/tmp/sla-include-XXXXXX", path[96], outside[96];
    static const char *const names[] = {"desk/in.yaml", "desk/link.yaml", "desk/folder/out.yaml"};
    const sla_status wanted[] = {SLA_OK, SLA_ERROR_POLICY, SLA_ERROR_POLICY};
    ck_assert_ptr_nonnull(mkdtemp(root));
    snprintf(path, sizeof path, "%s/desk", root);
    mkdir(path, 0700);
    snprintf(outside, sizeof outside, "%s/out.yaml", root);
    const char *const written[] = {outside, path};
    snprintf(path, sizeof path, "%s/desk/in.yaml", root);
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(written[i], "w");
        fputs("sla: 1\nholidays: {law: {closed: [2026-11-17]}}\n", file);
        fclose(file);
    }
    snprintf(path, sizeof path, "%s/desk/link.yaml", root);
    ck_assert_int_eq(symlink(outside, path), 0);
    snprintf(path, sizeof path, "%s/desk/folder", root);
    ck_assert_int_eq(symlink(root, path), 0);
    for (int i = 0; i < 3; i++) {
        char text[128];
        sla_policy *policy = NULL;
        snprintf(text, sizeof text, "sla: 1\ninclude: [%s]\n", names[i] + strlen("desk/"));
        snprintf(path, sizeof path, "%s/desk/policy.yaml", root);
        FILE *file = fopen(path, "w");
        fputs(text, file);
        fclose(file);
        ck_assert_int_eq(sla_policy_load(path, NULL, &policy, NULL), wanted[i]);
        sla_policy_unref(policy);
    }
    static const char *const all[] = {"desk/policy.yaml", "desk/in.yaml", "desk/link.yaml",
                                      "desk/folder", "out.yaml"};
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "%s/%s", root, all[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/desk", root);
    rmdir(path);
    rmdir(root);
}
END_TEST

/* Limits hold for all files together. */
START_TEST(included_files_count_towards_the_limits)
{
    static const char *const files[] = {
        "a.yaml", "sla: 1\nholidays: {a: {closed: [2026-11-17, 2026-11-18]}}\n",
        "b.yaml", "sla: 1\nholidays: {b: {closed: [2026-11-17, 2026-11-18]}}\n",
        NULL,
    };
    struct shelf shelf = {.files = files};
    sla_loader loader = {load, release, &shelf, NULL};
    sla_policy *policy = NULL;
    /* The policy has 7 nodes (a mapping, its keys and values), each file 11. */
    const char *text = "sla: 1\ninclude: [a.yaml, b.yaml]\n";
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    options.max_nodes = 29;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL), SLA_OK);
    sla_policy_unref(policy);
    options.max_nodes = 28;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL),
                     SLA_ERROR_POLICY);
    options.max_nodes = 0;
    options.max_bytes = strlen(text) + strlen(files[1]) + strlen(files[3]);
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL), SLA_OK);
    sla_policy_unref(policy);
    options.max_bytes--;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, NULL),
                     SLA_ERROR_POLICY);
    ck_assert_int_eq(shelf.loads, shelf.releases);
}
END_TEST

START_TEST(more_than_256_files_are_refused)
{
    static const char *const none[] = {NULL};
    struct shelf shelf = {.files = none};
    char text[8192] = "sla: 1\ninclude: [", *end = text + strlen(text);
    for (int i = 0; i < 257; i++)
        end += sprintf(end, "f%d.yaml,", i);
    sprintf(end, "]\n");
    sla_policy *policy;
    sla_diags *diags;
    ck_assert_int_eq(compile_from(&shelf, text, &policy, &diags), SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_count(diags), 257);
    ck_assert_uint_eq(sla_diags_at(diags, 255)->code, 20);
    ck_assert_uint_eq(sla_diags_at(diags, 256)->code, 22);
    sla_diags_free(diags);
}
END_TEST

int main(int count, char **arguments)
{
    if (count < 2)
        return 2;
    zoneinfo = arguments[1];
    policy_text_zones(zoneinfo);
    Suite *suite = suite_create("include");
    TCase *tests = tcase_create("include");
    tcase_add_test(tests, included_files_bring_holidays_and_calendars);
    tcase_add_test(tests, a_file_that_is_included_several_times_is_read_once);
    tcase_add_test(tests, calendars_of_a_file_are_in_the_zone_of_the_file);
    tcase_add_test(tests, faults_in_included_files_are_told_with_their_file);
    tcase_add_test(tests, names_that_a_lost_file_may_have_brought_are_not_told);
    tcase_add_test(tests, the_default_loader_cannot_leave_the_folder);
    tcase_add_test(tests, included_files_count_towards_the_limits);
    tcase_add_test(tests, more_than_256_files_are_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
