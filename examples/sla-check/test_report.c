/* SPDX-License-Identifier: MIT */
/* The outcome of a policy's own tests: text, JSON, TAP, JUnit's XML. */
#include "test_report.h"

#include "output.h"
#include "svg.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

struct test_report {
    enum test_format format;
    bool shows_all, explains;
    json_t *documents; /* JSON */
    size_t count;      /* of all tests so far */
};

struct test_report *test_report_new(enum test_format format, bool shows_all, bool explains)
{
    struct test_report *report = get_memory(NULL, sizeof *report);
    *report = (struct test_report){.format = format, .shows_all = shows_all,
                                   .explains = explains};
    if (format == TEST_JSON)
        report->documents = json_array();
    if (format == TEST_JUNIT)
        puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>");
    return report;
}

static bool has_passed(const struct test_result *result)
{
    return sla_test_run_count(result->run) == 0;
}

static size_t failed_of(const struct test_result *results, size_t count)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += !has_passed(&results[i]);
    return failed;
}

static const char *what_name(uint32_t what)
{
    static const char *const names[] = {
        [SLA_MISMATCH_ATTRIBUTE] = "attribute", [SLA_MISMATCH_AGREEMENT] = "agreement",
        [SLA_MISMATCH_CLOCK] = "clock",         [SLA_MISMATCH_EVENT] = "event",
        [SLA_MISMATCH_UNEXPECTED] = "unexpected", [SLA_MISMATCH_UPDATE] = "update"};
    return what < sizeof names / sizeof *names && names[what] != NULL ? names[what] : "other";
}

static json_t *mismatch_json(const sla_policy *policy, const sla_test_mismatch *mismatch)
{
    json_t *metric = json_null(), *kind = json_null();
    sla_text name;
    if (mismatch->metric_index != SLA_NO_INDEX &&
        sla_policy_metric_at(policy, mismatch->metric_index, &name)) {
        metric = json_from_text(name);
        kind = json_string(sla_kind_name(mismatch->kind));
    }
    return json_pack("{s:s, s:I, s:o, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "what",
                     what_name(mismatch->what), "step", (json_int_t)mismatch->step, "at",
                     json_from_time(mismatch->at), "line", (json_int_t)mismatch->line, "column",
                     (json_int_t)mismatch->column, "end_line", (json_int_t)mismatch->end_line,
                     "end_column", (json_int_t)mismatch->end_column, "subject",
                     json_from_text(mismatch->subject), "metric", metric, "kind", kind,
                     "expected", json_from_text(mismatch->expected), "got",
                     json_from_text(mismatch->got));
}

static json_t *test_json(const sla_policy *policy, const struct test_result *result)
{
    json_t *mismatches = json_array();
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    for (size_t i = 0; sla_test_run_mismatch(result->run, i, &mismatch); i++)
        json_array_append_new(mismatches, mismatch_json(policy, &mismatch));
    return json_pack("{s:o, s:I, s:b, s:o}", "name", json_from_text(result->test.name), "line",
                     (json_int_t)result->test.line, "passed", has_passed(result), "mismatches",
                     mismatches);
}

static json_t *file_json(const struct tested_policy *policy)
{
    return json_from_text((sla_text){policy->file, strlen(policy->file)});
}

static void add_json(struct test_report *report, const struct tested_policy *policy,
                     const struct test_result *results, size_t count, size_t skipped)
{
    json_t *tests = json_array();
    size_t failed = failed_of(results, count);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(tests, test_json(policy->policy, &results[i]));
    json_array_append_new(report->documents,
                          json_pack("{s:o, s:o, s:I, s:I, s:I}", "file", file_json(policy),
                                    "tests", tests, "passed", (json_int_t)(count - failed),
                                    "failed", (json_int_t)failed, "left_out",
                                    (json_int_t)skipped));
}

static void add_json_lines(const struct tested_policy *policy, const struct test_result *results,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_pack("{s:o}", "file", file_json(policy));
        json_object_update_new(item, test_json(policy->policy, &results[i]));
        print_json_line(item);
    }
}

/* One mismatch as a line: "first_response: expected ..., got ... (policy.yaml:24:30)". */
static char *mismatch_line(const struct tested_policy *policy, const sla_test_mismatch *mismatch)
{
    char *line = NULL;
    if (asprintf(&line, "%.*s: expected %.*s, got %.*s (%s:%u:%u)", (int)mismatch->subject.length,
                 mismatch->subject.data, (int)mismatch->expected.length, mismatch->expected.data,
                 (int)mismatch->got.length, mismatch->got.data, policy->file, mismatch->line,
                 mismatch->column) < 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    return line;
}

/* In the description of a TAP test '#' would begin a directive. */
static void print_tap_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t run = i;
        while (run < length && text[run] != '#' && text[run] != '\\')
            run++;
        print_visible(stdout, text + i, run - i);
        if (run < length)
            printf("\\%c", text[run]);
        i = run;
    }
}

static void add_tap(struct test_report *report, const struct tested_policy *policy,
                    const struct test_result *result)
{
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    printf("%sok %zu - ", has_passed(result) ? "" : "not ", report->count + 1);
    print_tap_text(policy->file, strlen(policy->file));
    fputs(": ", stdout);
    print_tap_text(result->test.name.data, result->test.name.length);
    putchar('\n');
    for (size_t i = 0; sla_test_run_mismatch(result->run, i, &mismatch); i++) {
        char *line = mismatch_line(policy, &mismatch);
        fputs("# ", stdout);
        print_visible(stdout, line, strlen(line));
        putchar('\n');
        free(line);
    }
}

static void add_junit(const struct tested_policy *policy, const struct test_result *results,
                      size_t count)
{
    fputs("  <testsuite name=\"", stdout);
    svg_escaped(policy->file, strlen(policy->file));
    printf("\" tests=\"%zu\" failures=\"%zu\">\n", count, failed_of(results, count));
    for (size_t i = 0; i < count; i++) {
        sla_test_mismatch mismatch = {.size = sizeof mismatch};
        fputs("    <testcase classname=\"", stdout);
        svg_escaped(policy->file, strlen(policy->file));
        fputs("\" name=\"", stdout);
        svg_escaped(results[i].test.name.data, results[i].test.name.length);
        fputs("\">", stdout);
        for (size_t k = 0; sla_test_run_mismatch(results[i].run, k, &mismatch); k++) {
            char *line = mismatch_line(policy, &mismatch);
            fputs("\n      <failure message=\"", stdout);
            svg_escaped(line, strlen(line));
            fputs("\"/>", stdout);
            free(line);
        }
        puts(has_passed(&results[i]) ? "</testcase>" : "\n    </testcase>");
    }
    puts("  </testsuite>");
}

static void print_name(const struct test_result *result)
{
    bool passed = has_passed(result);
    printf("%s%s%s  ", style(stdout, passed ? STYLE_GREEN : STYLE_RED),
           passed ? "ok    " : "failed",
           style(stdout, STYLE_PLAIN));
    print_visible(stdout, result->test.name.data, result->test.name.length);
    putchar('\n');
}

static void add_text(const struct test_report *report, const struct tested_policy *policy,
                     const struct test_result *results, size_t count, size_t skipped)
{
    char number[DURATION_CAPACITY], all[DURATION_CAPACITY];
    const char *plural = count == 1 ? "" : "s";
    size_t failed = failed_of(results, count);
    for (size_t i = 0; i < count; i++) {
        print_mismatches(policy, &results[i], report->explains);
        if (report->shows_all)
            print_name(&results[i]);
    }
    print_visible(stdout, policy->file, strlen(policy->file));
    if (count + skipped == 0)
        printf(": the policy has no tests");
    else if (failed > 0)
        printf(": %s%s of %s test%s failed%s", style(stdout, STYLE_RED),
               count_text(failed, number), count_text(count, all), plural,
               style(stdout, STYLE_PLAIN));
    else
        printf(": %s test%s passed", count_text(count, number), plural);
    if (skipped > 0)
        printf(", %s left out", count_text(skipped, number));
    putchar('\n');
}

void test_report_add(struct test_report *report, const struct tested_policy *policy,
                     const struct test_result *results, size_t count, size_t skipped)
{
    switch (report->format) {
    case TEST_TEXT:
        add_text(report, policy, results, count, skipped);
        break;
    case TEST_JSON:
        add_json(report, policy, results, count, skipped);
        break;
    case TEST_JSONL:
        add_json_lines(policy, results, count);
        break;
    case TEST_TAP:
        for (size_t i = 0; i < count; i++, report->count++)
            add_tap(report, policy, &results[i]);
        break;
    case TEST_JUNIT:
        add_junit(policy, results, count);
        break;
    }
}

void test_report_end(struct test_report *report)
{
    if (report->format == TEST_JSON)
        print_json_document(report->documents);
    if (report->format == TEST_JUNIT)
        puts("</testsuites>");
    if (report->format == TEST_TAP)
        printf("1..%zu\n", report->count);
    free(report);
}
