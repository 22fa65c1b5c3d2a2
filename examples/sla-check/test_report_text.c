/* SPDX-License-Identifier: MIT */
/* A failed test for people: where the expectation stands, what came instead, and why. */
#include "explain_text.h"
#include "load.h"
#include "output.h"
#include "table.h"
#include "test_report.h"

#include <stdlib.h>
#include <string.h>

/* The line of a text by its number; empty if there is none. */
static sla_text line_of(const char *text, uint32_t number)
{
    if (text == NULL)
        return (sla_text){NULL, 0};
    while (--number > 0) {
        text = strchr(text, '\n');
        if (text == NULL)
            return (sla_text){NULL, 0};
        text++;
    }
    return (sla_text){text, strcspn(text, "\r\n")};
}

static bool same_text(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Does a row of the policy say something about an attribute, or about agreements? */
static bool is_about(const sla_explained_verdict *verdict, const sla_test_mismatch *mismatch)
{
    if (mismatch->what == SLA_MISMATCH_AGREEMENT)
        return verdict->what == SLA_VERDICT_AGREEMENT;
    return verdict->what >= SLA_VERDICT_CHOICE && verdict->what <= SLA_VERDICT_RAISE &&
           same_text(verdict->name, mismatch->subject);
}

static void add_reason(struct table *table, const sla_explained_verdict *verdict)
{
    bool matched = (verdict->flags & SLA_VERDICT_MATCHED) != 0;
    sla_text condition = verdict->condition;
    if (matched && condition.length == 0)
        table_add(table, "no condition");
    else if (matched)
        table_add(table, "%.*s", (int)condition.length, condition.data);
    else
        table_add(table, "wants %.*s; has %.*s", (int)verdict->wanted.length,
                  verdict->wanted.data, (int)verdict->has.length, verdict->has.data);
}

/* The rows that gave an attribute its value, or chose the agreement. */
static void print_rows(const sla_test_mismatch *mismatch)
{
    static const char *const headings[] = {">  LINE", "GIVES", "MATCHES", "BECAUSE"};
    sla_explained_verdict verdict = {.size = sizeof verdict};
    struct table *table = NULL;
    for (size_t i = 0; sla_explanation_verdict(mismatch->explanation, i, &verdict); i++) {
        if (!is_about(&verdict, mismatch))
            continue;
        if (table == NULL)
            table = table_new(headings, sizeof headings / sizeof *headings);
        sla_text gives = verdict.gives.length > 0 ? verdict.gives : verdict.name;
        table_add(table, "%u", verdict.line);
        table_add(table, "%.*s", (int)gives.length, gives.data);
        table_add(table, (verdict.flags & SLA_VERDICT_MATCHED) != 0 ? "yes" : "no");
        add_reason(table, &verdict);
    }
    if (table != NULL) {
        putchar('\n');
        table_print(table);
    }
}

/* A clock is explained once: what goes wrong with it later is seldom another fault. */
static bool was_explained(const sla_test_run *run, size_t index, const sla_test_mismatch *mismatch)
{
    sla_test_mismatch earlier = {.size = sizeof earlier};
    for (size_t i = 0; i < index && sla_test_run_mismatch(run, i, &earlier); i++)
        if (earlier.metric_index == mismatch->metric_index && earlier.kind == mismatch->kind)
            return true;
    return false;
}

static void explain(const sla_test_run *run, size_t index, const sla_test_mismatch *mismatch)
{
    if (mismatch->explanation == NULL)
        return;
    if (mismatch->metric_index == SLA_NO_INDEX) {
        print_rows(mismatch);
    } else if (!was_explained(run, index, mismatch)) {
        putchar('\n');
        print_explanation(mismatch->explanation, 0, 2);
    }
}

static void print_place(const struct tested_policy *policy, const sla_policy_test *test,
                        const sla_test_mismatch *mismatch)
{
    char *message = NULL;
    int length = asprintf(&message, "test \"%.*s\": %.*s: expected %.*s, got %.*s",
                          (int)test->name.length, test->name.data, (int)mismatch->subject.length,
                          mismatch->subject.data, (int)mismatch->expected.length,
                          mismatch->expected.data, (int)mismatch->got.length, mismatch->got.data);
    if (length < 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    char *visible = visible_text(message, (size_t)length);
    sla_text line = line_of(policy->text, mismatch->line);
    char *shown = visible_text(line.data, line.length);
    sla_diag diag = {.size = sizeof diag, .severity = SLA_DIAG_ERROR, .line = mismatch->line,
                     .column = mismatch->column, .end_line = mismatch->end_line,
                     .end_column = mismatch->end_column,
                     .file = {policy->file, strlen(policy->file)},
                     .message = {visible, strlen(visible)}};
    /* what cannot be shown has other columns: then the place must do */
    if (line.length > 0 && strlen(shown) == line.length &&
        memcmp(shown, line.data, line.length) == 0)
        diag.source_line = line;
    print_diag(stdout, &diag);
    free(shown);
    free(visible);
    free(message);
}

void print_mismatches(const struct tested_policy *policy, const struct test_result *result,
                      bool explains)
{
    sla_test_mismatch mismatch = {.size = sizeof mismatch};
    for (size_t i = 0; sla_test_run_mismatch(result->run, i, &mismatch); i++) {
        print_place(policy, &result->test, &mismatch);
        if (explains)
            explain(result->run, i, &mismatch);
        putchar('\n');
    }
}
