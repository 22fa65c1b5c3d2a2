/* SPDX-License-Identifier: MIT */
/* Diagnostics: every code has a fixture that causes it and an explanation that shows it; what is
   printed is compared with texts that were derived by hand. */
#define _GNU_SOURCE
#include "run_suite.h"

#include "base/diag_codes.h"
#include "base/diags.h"

#include <check.h>
#include <dirent.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODE_COUNT_MAX 1000

static char zoneinfo[4096];
static char folder[4200];

/* Codes that no policy text of reasonable size causes: tests/unit/policy_limits.c causes them.
   HOLIDAYS_END and MORE_FAULTS are told by sla-check: tests/tool/test_check.py causes them. TOO_NEW
   needs a library older than a key: tests/unit/reader.c makes one. */
static const uint32_t caused_elsewhere[] = {
    CODE_NO_FILE,         CODE_TOO_LONG,     CODE_TOO_MANY_NODES,     CODE_SCALAR_TOO_LONG,
    CODE_DAMAGED_ZONE,    CODE_TOO_MANY_DATES, CODE_TOO_MANY_CALENDARS,
    CODE_TOO_MANY_SEASONS, CODE_TOO_MANY_FILES, CODE_HOLIDAYS_END,
    CODE_MORE_FAULTS,     CODE_TOO_NEW,
};

static char *read_file(const char *path, size_t *out_length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *data = calloc(1, 1 << 20);
    ck_assert_ptr_nonnull(data);
    *out_length = fread(data, 1, (1 << 20) - 1, file);
    fclose(file);
    return data;
}

/* What has to be asked for. */
static uint32_t flags_for(uint32_t code)
{
    return code == CODE_ROW_UNREACHABLE || (code > 900 && code < 950) ? SLA_POLICY_ANALYSE
           : code > 950                                                ? SLA_POLICY_PORTABLE
                                                                       : 0;
}

static sla_status compile_with(uint32_t flags, const char *text, size_t length,
                               const char *file_name, sla_diags **out_diags)
{
    sla_policy_options options = {.size = sizeof options, .flags = flags};
    options.file_name = (sla_text){file_name, SLA_NUL_TERMINATED};
    options.zoneinfo = (sla_text){zoneinfo, SLA_NUL_TERMINATED};
    sla_policy *policy = NULL;
    sla_status status = sla_policy_compile(text, length, &options, &policy, out_diags);
    ck_assert_ptr_nonnull(*out_diags);
    ck_assert_int_eq(status == SLA_OK, policy != NULL);
    sla_policy_unref(policy);
    return status;
}

static sla_status compile(const char *text, size_t length, const char *file_name,
                          sla_diags **out_diags)
{
    return compile_with(0, text, length, file_name, out_diags);
}

static char *format_all(const sla_diags *diags)
{
    char *text = calloc(1, 1 << 20);
    ck_assert_ptr_nonnull(text);
    size_t used = 0;
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        used += sla_diag_format(sla_diags_at(diags, i), text + used, (1 << 20) - used - 2);
        text[used++] = '\n';
    }
    return text;
}

static int is_fixture(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

/* False, and both texts shown, when they differ. */
static bool check_fixture(const char *name)
{
    char path[5000], expected_path[5000];
    size_t length, expected_length;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(expected_path, sizeof expected_path, "%s/%.*s.txt", folder, (int)strlen(name) - 5,
             name);
    char *text = read_file(path, &length), *expected = read_file(expected_path, &expected_length);
    ck_assert_msg(text != NULL && expected != NULL, "%s lacks its .yaml or .txt", name);
    sla_diags *diags = NULL;
    compile_with(flags_for((uint32_t)atoi(name + strlen("SLA-"))), text, length, name, &diags);
    char *got = format_all(diags);
    bool same = strcmp(got, expected) == 0;
    if (!same)
        fprintf(stderr, "%s\nexpected:\n%s\ngot:\n%s\n", name, expected, got);
    free(got);
    free(text);
    free(expected);
    sla_diags_free(diags);
    return same;
}

START_TEST(fixtures_print_what_was_derived_by_hand)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_fixture, alphasort);
    ck_assert_int_gt(count, 80);
    int different = 0;
    for (int i = 0; i < count; i++) {
        different += !check_fixture(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    ck_assert_msg(different == 0, "%d fixtures print something else", different);
}
END_TEST

static bool has_fixture(uint32_t code)
{
    char path[5000];
    snprintf(path, sizeof path, "%s/SLA-%03u.txt", folder, code);
    size_t length;
    char *text = read_file(path, &length);
    char tag[16];
    snprintf(tag, sizeof tag, "[SLA-%03u]", code);
    bool found = text != NULL && strstr(text, tag) != NULL;
    free(text);
    return found;
}

START_TEST(every_code_has_a_fixture)
{
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++) {
        uint32_t code = sla_diag_code_at(i);
        bool elsewhere = false;
        for (size_t k = 0; k < sizeof caused_elsewhere / sizeof *caused_elsewhere; k++)
            elsewhere = elsewhere || caused_elsewhere[k] == code;
        ck_assert_msg(elsewhere || has_fixture(code), "SLA-%03u has no fixture", code);
    }
}
END_TEST

START_TEST(codes_ascend_and_an_unknown_one_has_no_explanation)
{
    uint32_t last = 0;
    size_t count = 0;
    while (sla_diag_code_at(count) != 0) {
        ck_assert_uint_gt(sla_diag_code_at(count), last);
        last = sla_diag_code_at(count++);
    }
    ck_assert_uint_gt(count, 60);
    ck_assert_uint_eq(sla_diag_code_at(CODE_COUNT_MAX), 0);
    ck_assert_ptr_null(sla_diag_explain(0));
    ck_assert_ptr_null(sla_diag_explain(last + 1));
    ck_assert_ptr_null(sla_diag_message(last + 1));
    ck_assert_uint_eq(sla_diag_severity(last + 1), 0);
    ck_assert_str_eq(sla_diag_message(CODE_UNKNOWN_KEY), "unknown key \"{1}\" in {2}");
    ck_assert_uint_eq(sla_diag_severity(CODE_UNKNOWN_KEY), SLA_DIAG_ERROR);
    ck_assert_uint_eq(sla_diag_severity(CODE_ROW_UNREACHABLE), SLA_DIAG_WARNING);
    ck_assert_int_eq(CODE_UNKNOWN_KEY, 231);
}
END_TEST

/* The next block of lines that begin with four blanks, without them; false: there is none. */
static bool next_block(const char **at, char *out)
{
    *out = '\0';
    const char *line = *at;
    bool inside = false;
    while (*line != '\0') {
        const char *end = strchr(line, '\n');
        bool indented = strncmp(line, "    ", 4) == 0;
        if (inside && !indented)
            break;
        inside = inside || indented;
        if (indented)
            strncat(out, line + 4, (size_t)(end - line) - 3);
        line = end + 1;
    }
    *at = line;
    return inside;
}

START_TEST(every_explanation_shows_a_policy_that_causes_it_and_one_that_does_not)
{
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++) {
        uint32_t code = sla_diag_code_at(i);
        const char *explanation = sla_diag_explain(code);
        ck_assert_msg(explanation != NULL && strlen(explanation) > 60, "SLA-%03u", code);
        static char block[4096];
        if (!next_block(&explanation, block))
            continue; /* a limit, or bytes that cannot be shown */
        sla_diags *diags = NULL;
        compile_with(flags_for(code), block, strlen(block), "bad", &diags);
        ck_assert_msg(sla_diags_count(diags) > 0, "SLA-%03u is not caused", code);
        for (size_t k = 0; k < sla_diags_count(diags); k++)
            ck_assert_uint_eq(sla_diags_at(diags, k)->code, code);
        sla_diags_free(diags);
        ck_assert_msg(next_block(&explanation, block), "SLA-%03u is not repaired", code);
        compile_with(flags_for(code), block, strlen(block), "good", &diags);
        ck_assert_msg(sla_diags_count(diags) == 0, "SLA-%03u: the repair has faults: %s", code,
                      format_all(diags));
        sla_diags_free(diags);
    }
}
END_TEST

START_TEST(a_diagnostic_carries_place_path_and_line)
{
    static const char text[] = "sla: 1\n"
                               "targets:\n"
                               "  - {resolution: 1h}\n"
                               "  - resolution: {within: 1h, grace: soon}\n";
    sla_diags *diags = NULL;
    ck_assert_int_eq(compile(text, SLA_NUL_TERMINATED, "p.yaml", &diags), SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_count(diags), 1);
    ck_assert_uint_eq(sla_diags_errors(diags), 1);
    const sla_diag *diag = sla_diags_at(diags, 0);
    ck_assert_uint_eq(diag->size, sizeof *diag);
    ck_assert_uint_eq(diag->flags, 0);
    ck_assert_uint_eq(diag->severity, SLA_DIAG_ERROR);
    ck_assert_uint_eq(diag->line, 4);
    ck_assert_uint_eq(diag->column, 37); /* "  - resolution: {within: 1h, grace: " has 36 */
    ck_assert_uint_eq(diag->end_line, 4);
    ck_assert_uint_eq(diag->end_column, 41);
    ck_assert_str_eq(diag->file.data, "p.yaml");
    ck_assert_str_eq(diag->path.data, "targets[1].resolution.grace");
    ck_assert_str_eq(diag->source_line.data, "  - resolution: {within: 1h, grace: soon}");
    ck_assert_ptr_null(sla_diags_at(diags, 1));
    sla_diags_free(diags);
}
END_TEST

START_TEST(formatting_tells_the_whole_length_and_never_writes_past_the_end)
{
    sla_diag diag = {.size = sizeof diag, .code = 231, .severity = SLA_DIAG_WARNING};
    diag.line = 3;
    diag.column = 2;
    diag.end_line = 3;
    diag.end_column = 4;
    diag.file = TEXT("a.yaml");
    diag.message = TEXT("odd");
    diag.source_line = TEXT("\t\xE4\xB8\xAD\xE6\x96\x87");
    static const char whole[] = "a.yaml:3:2: warning: odd [SLA-231]\n"
                                "\t\xE4\xB8\xAD\xE6\x96\x87\n"
                                "\t^~~~";
    size_t length = strlen(whole);
    ck_assert_uint_eq(sla_diag_format(&diag, NULL, 0), length);
    for (size_t capacity = 1; capacity <= length + 1; capacity++) {
        char buffer[200];
        memset(buffer, '#', sizeof buffer);
        ck_assert_uint_eq(sla_diag_format(&diag, buffer, capacity), length);
        ck_assert_uint_eq(strlen(buffer), capacity - 1);
        ck_assert_int_eq(strncmp(buffer, whole, capacity - 1), 0);
        ck_assert_int_eq(buffer[capacity], '#');
    }
    diag.line = 0; /* about the file as a whole */
    char buffer[200];
    sla_diag_format(&diag, buffer, sizeof buffer);
    ck_assert_str_eq(buffer, "a.yaml: warning: odd [SLA-231]");
}
END_TEST

START_TEST(a_list_keeps_no_more_than_its_limit_and_counts_on)
{
    static const char text[] = "sla: 1\na: 1\nb: 1\nc: 1\nd: 1\n";
    sla_policy_options options = {.size = sizeof options, .max_diags = 2};
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, &options, &policy, &diags),
                     SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_count(diags), 2);
    ck_assert_uint_eq(sla_diags_errors(diags), 4);
    sla_diags_free(diags);
    ck_assert_uint_eq(sla_diags_count(NULL), 0);
    ck_assert_uint_eq(sla_diags_errors(NULL), 0);
    ck_assert_ptr_null(sla_diags_at(NULL, 0));
    sla_diags_free(NULL);
}
END_TEST

START_TEST(a_shared_value_tells_its_fault_once)
{
    static const char text[] = "sla: 1\n"
                               "targets:\n"
                               "  - {when: {a: b}, resolution: &r {within: 1h, du: close}}\n"
                               "  - {resolution: *r}\n";
    sla_diags *diags = NULL;
    ck_assert_int_eq(compile(text, SLA_NUL_TERMINATED, "p", &diags), SLA_ERROR_POLICY);
    ck_assert_uint_eq(sla_diags_count(diags), 1);
    ck_assert_uint_eq(sla_diags_errors(diags), 1);
    ck_assert_str_eq(sla_diags_at(diags, 0)->path.data, "targets[0].resolution.du");
    sla_diags_free(diags);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    snprintf(zoneinfo, sizeof zoneinfo, "%s", argv[1]);
    snprintf(folder, sizeof folder, "%s/../diagnostics", argv[1]);
    Suite *suite = suite_create("diagnostics");
    TCase *tcase = tcase_create("diagnostics");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, fixtures_print_what_was_derived_by_hand);
    tcase_add_test(tcase, every_code_has_a_fixture);
    tcase_add_test(tcase, codes_ascend_and_an_unknown_one_has_no_explanation);
    tcase_add_test(tcase, every_explanation_shows_a_policy_that_causes_it_and_one_that_does_not);
    tcase_add_test(tcase, a_diagnostic_carries_place_path_and_line);
    tcase_add_test(tcase, formatting_tells_the_whole_length_and_never_writes_past_the_end);
    tcase_add_test(tcase, a_list_keeps_no_more_than_its_limit_and_counts_on);
    tcase_add_test(tcase, a_shared_value_tells_its_fault_once);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
