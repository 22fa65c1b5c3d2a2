/* SPDX-License-Identifier: MIT */
/* What a policy must not be: too long, too deep, hostile, of another version of the options; and
   what a host's loader may answer. */
#define _GNU_SOURCE
#include "run_suite.h"

#include "base/diag_codes.h"

#include <check.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char zoneinfo[4096];

/* Compiles a text that must be refused with this code first, in little time. */
static void refused(const char *text, size_t length, sla_policy_options *options,
                    enum diag_code code)
{
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    clock_t start = clock();
    ck_assert_int_eq(sla_policy_compile(text, length, options, &policy, &diags),
                     SLA_ERROR_POLICY);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_ptr_null(policy);
    ck_assert_uint_gt(sla_diags_count(diags), 0);
    const sla_diag *first = sla_diags_at(diags, 0);
    ck_assert_msg(first->code == (uint32_t)code, "SLA-%03u: %s", first->code, first->message.data);
    ck_assert_uint_ge(first->line, 1);
    ck_assert_uint_ge(first->column, 1);
    /* Meant: 0.1 s; the bound is generous, so that a busy machine or a sanitizer cannot break it,
       and what is quadratic still takes much longer. */
    double bound = getenv("SLA_VALGRIND") == NULL ? 5 : 100;
    ck_assert_msg(seconds < bound, "%.1f s", seconds);
    sla_diags_free(diags);
}

static char *repeat(const char *head, const char *part, size_t times)
{
    size_t width = strlen(part), start = strlen(head);
    char *text = malloc(start + width * times + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < times; i++)
        memcpy(text + start + i * width, part, width);
    text[start + width * times] = '\0';
    return text;
}

static void refused_many(const char *head, const char *part, size_t times, enum diag_code code)
{
    char *text = repeat(head, part, times);
    refused(text, SLA_NUL_TERMINATED, NULL, code);
    free(text);
}

START_TEST(open_brackets_are_refused_at_once)
{
    refused_many("", "[", 400000, CODE_TOO_DEEP); /* libyaml alone takes minutes */
    refused_many("", "[\n", 400000, CODE_TOO_DEEP);
    refused_many("", "{", 400000, CODE_TOO_DEEP);
    refused_many("", "{a: ", 400000, CODE_TOO_DEEP);
    refused_many("", "- ", 400000, CODE_TOO_DEEP);
    refused_many("", "? ", 400000, CODE_TOO_DEEP);
}
END_TEST

START_TEST(alias_bombs_are_refused_by_their_full_size)
{
    char text[4096];
    int used = snprintf(text, sizeof text, "sla: 1\nx-a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char name = 'b'; name < 'm'; name++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "x-%c: &%c [", name, name);
        for (int i = 0; i < 9; i++)
            used += snprintf(text + used, sizeof text - (size_t)used, "*%c,", name - 1);
        used += snprintf(text + used, sizeof text - (size_t)used, "]\n");
    }
    refused(text, (size_t)used, NULL, CODE_TOO_MANY_NODES);
    /* Nesting counts through aliases too: 70 levels, each one alias deep. */
    used = snprintf(text, sizeof text, "sla: 1\nx-0: &n0 [x]\n");
    for (int i = 1; i < 70; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, "x-%d: &n%d [*n%d]\n", i, i,
                         i - 1);
    refused(text, (size_t)used, NULL, CODE_TOO_DEEP);
}
END_TEST

/* 9,000 aliases of 1,000 bytes stand for 9 MB, though they are few values. */
START_TEST(aliases_count_with_the_bytes_that_they_stand_for)
{
    enum { COPIES = 9000, LENGTH = 1000 };
    char *text = malloc(LENGTH + COPIES * 4 + 64);
    ck_assert_ptr_nonnull(text);
    int used = sprintf(text, "sla: 1\nx-a: &a ");
    memset(text + used, 'k', LENGTH);
    used += LENGTH;
    used += sprintf(text + used, "\nx-b: [");
    for (int i = 0; i < COPIES; i++)
        used += sprintf(text + used, "*a, ");
    used += sprintf(text + used, "x]\n");
    refused(text, (size_t)used, NULL, CODE_TOO_LONG);
    free(text);
}
END_TEST

START_TEST(giant_texts_are_refused)
{
    refused_many("sla: 1\n", "k", 7000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla: 1\nname: \"", "k", 7000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla: 1\nname: |\n", "  line\n", 1000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla: 1\nname: '", "''", 3000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla: &", "a", 7000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla: !", "a", 7000000, CODE_SCALAR_TOO_LONG);
    refused_many("sla:", " ", 8000000, CODE_SCALAR_TOO_LONG);
    refused_many("", "#", 8000000, CODE_SCALAR_TOO_LONG);
    refused_many("", "\r", 4000000, CODE_SCALAR_TOO_LONG);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
    static const char nul[] = "sla: 1\nname: a\0b\n";
    static const char latin1[] = "sla: 1\nname: caf\xE9\n";
    static const char overlong[] = "sla: 1\nname: \xC0\xAF\n";
    static const char surrogate[] = "sla: 1\nname: \xED\xA0\x80\n";
    static const char cut[] = "sla: 1\nname: \xE4\xB8";
    static const char inner_mark[] = "sla: 1\nname: a\xEF\xBB\xBF\n";
    static const char control[] = "sla: 1\nname: a\x1B[31m\n";
    static const char big_endian[] = "\xFE\xFF\0s\0l\0a\0:\0 \0001\0\n";
    static const char little_endian[] = "\xFF\xFEs\0l\0a\0:\0 \0001\0\n\0";
    refused(nul, sizeof nul - 1, NULL, CODE_CHARACTER);
    refused(latin1, sizeof latin1 - 1, NULL, CODE_NOT_UTF8);
    refused(overlong, sizeof overlong - 1, NULL, CODE_NOT_UTF8);
    refused(surrogate, sizeof surrogate - 1, NULL, CODE_NOT_UTF8);
    refused(cut, sizeof cut - 1, NULL, CODE_NOT_UTF8);
    refused(inner_mark, sizeof inner_mark - 1, NULL, CODE_CHARACTER);
    refused(control, sizeof control - 1, NULL, CODE_CHARACTER);
    refused(big_endian, sizeof big_endian - 1, NULL, CODE_UTF16);
    refused(little_endian, sizeof little_endian - 1, NULL, CODE_UTF16);
    refused("", 0, NULL, CODE_EMPTY);
    char *zeros = calloc(1, 1000000);
    ck_assert_ptr_nonnull(zeros);
    refused(zeros, 1000000, NULL, CODE_CHARACTER);
    free(zeros);
}
END_TEST

START_TEST(a_byte_order_mark_before_utf8_is_accepted_and_moves_no_column)
{
    static const char good[] = "\xEF\xBB\xBFsla: 1\n";
    static const char bad[] = "\xEF\xBB\xBFsle: 1\n";
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_compile(good, sizeof good - 1, NULL, &policy, &diags), SLA_OK);
    sla_policy_unref(policy);
    sla_diags_free(diags);
    ck_assert_int_eq(sla_policy_compile(bad, sizeof bad - 1, NULL, &policy, &diags),
                     SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_at(diags, 0)->column, 1);
    ck_assert_str_eq(sla_diags_at(diags, 0)->source_line.data, "sle: 1");
    sla_diags_free(diags);
}
END_TEST

START_TEST(what_libyaml_is_slow_at_is_refused_early)
{
    char *text = malloc(5000000);
    ck_assert_ptr_nonnull(text);
    size_t used = 0;
    for (int i = 0; i < 100000; i++) /* each is compared with all before it */
        used += (size_t)sprintf(text + used, "%%TAG !t%d! tag:example.com,2000:\n", i);
    sprintf(text + used, "---\nsla: 1\n");
    refused(text, SLA_NUL_TERMINATED, NULL, CODE_TAG);
    free(text);
}
END_TEST

START_TEST(many_faults_do_not_cost_more_than_they_tell)
{
    char *text = malloc(10000000);
    ck_assert_ptr_nonnull(text);
    size_t used = (size_t)sprintf(text, "sla: 1\ncalendars:\n");
    for (int i = 0; i < 2000; i++)
        used += (size_t)sprintf(text + used, "  calendar%d: {hours: always}\n", i);
    used += (size_t)sprintf(text + used, "targets:\n");
    for (int i = 0; i < 50000; i++) /* each would be compared with 2000 names */
        used += (size_t)sprintf(text + used, "  - {calendar: calendarx, resolution: 1h}\n");
    refused(text, used, NULL, CODE_UNKNOWN_CALENDAR);
    used = (size_t)sprintf(text, "sla: 1\n");
    for (int i = 0; i < 190000; i++)
        used += (size_t)sprintf(text + used, "sla: 1\n");
    refused(text, used, NULL, CODE_DUPLICATE_KEY);
    free(text);
}
END_TEST

START_TEST(every_limit_is_the_callers_to_set)
{
    sla_policy_options options = {.size = sizeof options, .max_bytes = 6};
    refused("sla: 1\n", 7, &options, CODE_TOO_LONG);
    options = (sla_policy_options){.size = sizeof options, .max_nodes = 4};
    refused("sla: 1\nname: x\n", SLA_NUL_TERMINATED, &options, CODE_TOO_MANY_NODES);
    options = (sla_policy_options){.size = sizeof options, .max_depth = 2};
    refused("sla: 1\nx-a: [[b]]\n", SLA_NUL_TERMINATED, &options, CODE_TOO_DEEP);
    options = (sla_policy_options){.size = sizeof options, .max_scalar = 4};
    refused("sla: 1\nname: abcde\n", SLA_NUL_TERMINATED, &options, CODE_SCALAR_TOO_LONG);
}
END_TEST

START_TEST(at_a_limit_is_still_allowed)
{
    static const char text[] = "sla: 1\nx-a: [[b]]\n"; /* 7 nodes, 3 levels, 18 bytes */
    sla_policy_options options = {.size = sizeof options, .max_bytes = 18, .max_nodes = 7,
                                  .max_depth = 3, .max_scalar = 3};
    sla_policy *policy = NULL;
    ck_assert_int_eq(sla_policy_compile(text, 18, &options, &policy, NULL), SLA_OK);
    sla_policy_unref(policy);
    options.max_nodes = 6;
    refused(text, 18, &options, CODE_TOO_MANY_NODES);
    options.max_nodes = 7;
    options.max_scalar = 2;
    refused(text, 18, &options, CODE_SCALAR_TOO_LONG);
}
END_TEST

START_TEST(calendars_and_their_dates_are_limited)
{
    char *text = malloc(2000000);
    ck_assert_ptr_nonnull(text);
    size_t used = (size_t)sprintf(text, "sla: 1\ncalendars:\n");
    for (int i = 0; i < 4097; i++)
        used += (size_t)sprintf(text + used, "  c%d: {hours: always}\n", i);
    refused(text, used, NULL, CODE_TOO_MANY_CALENDARS);
    used = (size_t)sprintf(text, "sla: 1\ncalendars: {c: {hours: always, seasons: [");
    for (int i = 0; i < 367; i++)
        used += (size_t)sprintf(text + used, "{from: 06-01, to: 06-01, hours: always},");
    used += (size_t)sprintf(text + used, "]}}\n");
    refused(text, used, NULL, CODE_TOO_MANY_SEASONS);
    used = (size_t)sprintf(text, "sla: 1\nholidays: {h: {closed: [");
    for (int i = 0; i < 600; i++) /* 600 times ten years of 3,653 days */
        used += (size_t)sprintf(text + used, "{date: 2026-01-01, to: 2035-12-31},");
    sprintf(text + used, "]}}\ncalendars: {c: &c {hours: {daily: \"08:00-20:00\"}, holidays: "
                         "[h]}, d: *c}\n");
    sla_policy_options options = {.size = sizeof options, .max_diags = 1};
    refused(text, SLA_NUL_TERMINATED, &options, CODE_TOO_MANY_DATES);
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &policy, &diags);
    ck_assert_uint_eq(sla_diags_errors(diags), 1); /* once, not for every calendar */
    sla_diags_free(diags);
    free(text);
}
END_TEST

START_TEST(options_of_other_versions_are_understood)
{
    sla_policy *policy = NULL;
    struct {
        sla_policy_options known;
        uint64_t unknown;
    } newer = {.known = {.size = sizeof newer}};
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &newer.known, &policy, NULL), SLA_OK);
    sla_policy_unref(policy);
    newer.unknown = 1;
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &newer.known, &policy, NULL),
                     SLA_ERROR_ARGUMENT);
    sla_policy_options older = {.size = 2 * sizeof(uint32_t), .max_nodes = 1};
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &older, &policy, NULL), SLA_OK);
    sla_policy_unref(policy);
    sla_policy_options wrong = {.size = sizeof wrong, .flags = 1u << 31};
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &wrong, &policy, NULL),
                     SLA_ERROR_ARGUMENT);
    wrong = (sla_policy_options){.size = sizeof wrong, .max_depth = 1001};
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, &wrong, &policy, NULL),
                     SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_compile(NULL, 0, NULL, &policy, NULL), SLA_ERROR_ARGUMENT);
    ck_assert_int_eq(sla_policy_compile("sla: 1\n", 7, NULL, NULL, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

/* A loader that answers what the test wants, and counts. */
struct host {
    const char *bytes;
    size_t length;
    sla_status status;
    int loaded, released;
    char last[100];
};

static sla_status load(void *user, uint32_t kind, const sla_text *name, sla_text *out_bytes)
{
    struct host *host = user;
    snprintf(host->last, sizeof host->last, "%u %.*s", kind, (int)name->length, name->data);
    if (host->status != SLA_OK)
        return host->status;
    host->loaded++;
    *out_bytes = (sla_text){host->bytes, host->length};
    return SLA_OK;
}

static void release(void *user, const sla_text *bytes)
{
    struct host *host = user;
    ck_assert_ptr_eq(bytes->data, host->bytes);
    host->released++;
}

START_TEST(a_host_loads_files_and_gets_them_back)
{
    struct host host = {.bytes = "sla: 1\n", .length = 7};
    sla_loader loader = {.load = load, .release = release, .user = &host};
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    sla_policy *policy = NULL;
    ck_assert_int_eq(sla_policy_load("some/where.yaml", &options, &policy, NULL), SLA_OK);
    ck_assert_str_eq(host.last, "1 some/where.yaml");
    ck_assert_int_eq(host.loaded, 1);
    ck_assert_int_eq(host.released, 1);
    sla_policy_unref(policy);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told)
{
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_load("/no/such/policy.yaml", NULL, &policy, &diags),
                     SLA_ERROR_NOT_FOUND);
    ck_assert_uint_eq(sla_diags_count(diags), 1);
    const sla_diag *diag = sla_diags_at(diags, 0);
    ck_assert_uint_eq(diag->code, CODE_NO_FILE);
    ck_assert_uint_eq(diag->line, 0);
    char text[200];
    sla_diag_format(diag, text, sizeof text);
    ck_assert_str_eq(text,
                     "/no/such/policy.yaml: error: the policy file cannot be read [SLA-001]");
    sla_diags_free(diags);
    ck_assert_int_eq(sla_policy_load(NULL, NULL, &policy, NULL), SLA_ERROR_ARGUMENT);
}
END_TEST

START_TEST(a_damaged_zone_file_is_told_where_it_is_named)
{
    struct host host = {.bytes = "TZif2 not really", .length = 16};
    sla_loader loader = {.load = load, .release = release, .user = &host};
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    refused("sla: 1\ntimezone: Europe/Paris\n", SLA_NUL_TERMINATED, &options, CODE_DAMAGED_ZONE);
    ck_assert_str_eq(host.last, "3 Europe/Paris");
    ck_assert_int_eq(host.loaded, host.released);
    host.status = SLA_ERROR_NOT_FOUND;
    refused("sla: 1\ntimezone: Europe/Paris\n", SLA_NUL_TERMINATED, &options, CODE_UNKNOWN_ZONE);
}
END_TEST

START_TEST(another_error_of_the_loader_ends_the_compilation)
{
    struct host host = {.status = SLA_ERROR_BUSY};
    sla_loader loader = {.load = load, .release = release, .user = &host};
    sla_policy_options options = {.size = sizeof options, .loader = &loader};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_compile("sla: 1\ntimezone: Europe/Paris\n", SLA_NUL_TERMINATED,
                                        &options, &policy, &diags),
                     SLA_ERROR_BUSY);
    ck_assert_ptr_null(policy);
    ck_assert_ptr_nonnull(diags);
    sla_diags_free(diags);
}
END_TEST

START_TEST(no_zone_name_reaches_the_loader_that_could_leave_its_folder)
{
    static const char *const names[] = {"../secret", "/etc/passwd", "Europe/../../x", "right/UTC",
                                        "posix/UTC", "a//b", "."};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct host host = {.status = SLA_ERROR_BUSY};
        sla_loader loader = {.load = load, .release = release, .user = &host};
        sla_policy_options options = {.size = sizeof options, .loader = &loader};
        char text[200];
        snprintf(text, sizeof text, "sla: 1\ntimezone: \"%s\"\n", names[i]);
        refused(text, SLA_NUL_TERMINATED, &options, CODE_UNKNOWN_ZONE);
        ck_assert_str_eq(host.last, "");
    }
}
END_TEST

START_TEST(a_file_is_read_with_the_default_loader)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/../policies/rich.yaml", zoneinfo);
    sla_policy_options options = {.size = sizeof options};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    ck_assert_int_eq(sla_policy_load(path, &options, &policy, NULL), SLA_OK);
    ck_assert_ptr_eq(sla_policy_ref(policy), policy);
    sla_policy_unref(policy);
    sla_text name;
    sla_policy_name(policy, &name); /* there is still one reference */
    ck_assert_uint_eq(name.length, strlen("售后服务 rich"));
    ck_assert_int_eq(sla_policy_metric_at(policy, 4, &name), 1);
    ck_assert_int_eq(strncmp(name.data, "resolution", name.length), 0);
    ck_assert_int_eq(sla_policy_metric_at(policy, 5, &name), 0);
    ck_assert_ptr_nonnull(sla_policy_calendar(policy, "night", SLA_NUL_TERMINATED));
    ck_assert_ptr_null(sla_policy_calendar(policy, "day", SLA_NUL_TERMINATED));
    ck_assert_uint_ne(sla_policy_attribute(policy, "product", 7), 0);
    ck_assert_uint_eq(sla_policy_attribute(policy, "nothing", 7), 0);
    sla_policy_unref(policy);
    sla_policy_unref(NULL);
    options.max_bytes = 1000;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_load(path, &options, &policy, &diags), SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_at(diags, 0)->code, CODE_TOO_LONG);
    sla_diags_free(diags);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    snprintf(zoneinfo, sizeof zoneinfo, "%s", argv[1]);
    Suite *suite = suite_create("policy_limits");
    TCase *tcase = tcase_create("policy_limits");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, open_brackets_are_refused_at_once);
    tcase_add_test(tcase, alias_bombs_are_refused_by_their_full_size);
    tcase_add_test(tcase, aliases_count_with_the_bytes_that_they_stand_for);
    tcase_add_test(tcase, giant_texts_are_refused);
    tcase_add_test(tcase, bytes_that_are_no_text_are_refused);
    tcase_add_test(tcase, a_byte_order_mark_before_utf8_is_accepted_and_moves_no_column);
    tcase_add_test(tcase, what_libyaml_is_slow_at_is_refused_early);
    tcase_add_test(tcase, many_faults_do_not_cost_more_than_they_tell);
    tcase_add_test(tcase, every_limit_is_the_callers_to_set);
    tcase_add_test(tcase, at_a_limit_is_still_allowed);
    tcase_add_test(tcase, calendars_and_their_dates_are_limited);
    tcase_add_test(tcase, options_of_other_versions_are_understood);
    tcase_add_test(tcase, a_host_loads_files_and_gets_them_back);
    tcase_add_test(tcase, a_file_that_is_not_there_is_told);
    tcase_add_test(tcase, a_damaged_zone_file_is_told_where_it_is_named);
    tcase_add_test(tcase, another_error_of_the_loader_ends_the_compilation);
    tcase_add_test(tcase, no_zone_name_reaches_the_loader_that_could_leave_its_folder);
    tcase_add_test(tcase, a_file_is_read_with_the_default_loader);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
