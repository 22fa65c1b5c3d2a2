/* SPDX-License-Identifier: MIT */
/* The outcome of a policy's own tests, for people, for programs and for test harnesses. */
#ifndef TEST_REPORT_H
#define TEST_REPORT_H

#include "tool.h"

/* In the order of the names in test.c. */
enum test_format { TEST_TEXT, TEST_JSON, TEST_JSONL, TEST_TAP, TEST_JUNIT };

/* A policy whose tests are run. */
struct tested_policy {
    const char *file; /* as it is to be shown */
    const char *text; /* its source, or NULL */
    const sla_policy *policy;
};

/* A test, and what came of it. */
struct test_result {
    sla_policy_test test;
    sla_test_run *run;
};

struct test_report;

/* In text `shows_all` gives every test a line, and `explains` says why one failed. */
struct test_report *test_report_new(enum test_format format, bool shows_all, bool explains);

/* The tests of one policy; `skipped` more were not asked for. */
void test_report_add(struct test_report *report, const struct tested_policy *policy,
                     const struct test_result *results, size_t count, size_t skipped);

/* Prints what must come at the end, and frees the report. */
void test_report_end(struct test_report *report);

/* The mismatches of a test for people: place, line, caret, and why (test_report_text.c). */
void print_mismatches(const struct tested_policy *policy, const struct test_result *result,
                      bool explains);

#endif
