/* SPDX-License-Identifier: MIT */
/* Every allocation of the engine fails in turn, once and for good: the call says so, nothing leaks,
   and when the call is made again the events are those of a run without failures. */
#include <check.h>
#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((sla_time)1795132800) /* 2026-11-20T00:00:00Z */

static const char policy_text[] =
    "sla: 1\n"
    "severities: [high, low]\n"
    "classify:\n"
    "  severity: [{when: {impact: outage}, is: high}, {is: low}]\n"
    "metrics:\n"
    "  answer: {start: opened, stop: answered}\n"
    "  reply: {start: asked, stop: answered, repeat: true}\n"
    "  solve: {start: opened, stop: solved, reopen: resume,\n"
    "          pause: [{while: {status: waiting}, reason: customer, limit: 2h},\n"
    "                  {event: hold, until: unhold}]}\n"
    "targets:\n"
    "  - {when: {severity: high}, answer: 30m, reply: 1h, solve: 4h}\n"
    "  - {answer: 1h, reply: 2h, solve: 8h}\n"
    "escalations:\n"
    "  - steps: [{at: 50%, notify: [owner]}, {at: due, notify: [boss]},\n"
    "            {at: 10m after, repeat: 10m, times: 3, when: {muted: {not: true}}}]\n";

/* An allocator that counts, and fails from or at its n-th call. */
struct counter {
    size_t calls, fail_at;
    bool for_good;
    size_t bytes;
};

static void *counted(void *user, void *block, size_t old_size, size_t new_size)
{
    struct counter *counter = user;
    if (new_size == 0) {
        counter->bytes -= block == NULL ? 0 : old_size;
        free(block);
        return NULL;
    }
    counter->calls++;
    if (counter->fail_at != 0 && (counter->calls == counter->fail_at ||
                                  (counter->for_good && counter->calls > counter->fail_at)))
        return NULL;
    void *fresh = realloc(block, new_size);
    if (fresh != NULL)
        counter->bytes += new_size - (block == NULL ? 0 : old_size);
    return fresh;
}

struct line {
    int minute;
    const char *incident, *event, *name, *value;
};

static const struct line lines[] = {
    {0, "a", "", "impact", "minor"},       {5, "b", "", "impact", "outage"},
    {10, "a", "asked", "status", "new"},   {20, "a", "", "status", "waiting"},
    {30, "c", "", "colour", "unheard of"}, {40, "b", "hold", "impact", "minor"},
    {50, "b", "unhold", "muted", "true"},  {60, "a", "answered", "impact", "outage"},
    {200, "a", "asked", "status", "back"}, {300, "b", "solved", "colour", "green"},
    {330, "b", "reopened", "x", "y"},      {400, "c", "answered", "muted", "false"},
};
#define LINES (sizeof lines / sizeof *lines)

static void read_events(sla_engine *engine, char *log, size_t capacity)
{
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(engine, &event) == SLA_OK) {
        size_t used = strlen(log);
        snprintf(log + used, capacity - used, "%lld %s %.*s %.*s %lld %lld\n",
                 (long long)(event.at - DAY) / 60, sla_event_type_name(event.type),
                 (int)event.incident.length, event.incident.data, (int)event.metric.length,
                 event.metric.data, (long long)event.elapsed, (long long)event.deadline);
        sla_engine_event_done(engine);
    }
}

/* Tells a line; after a failure the allocator is mended and the line told again. */
static sla_status tell(sla_engine *engine, const struct line *line, struct counter *counter)
{
    sla_attribute attribute = {.name = {line->name, SLA_NUL_TERMINATED},
                               .value = {line->value, SLA_NUL_TERMINATED}};
    sla_update update = {.size = sizeof update, .at = DAY + line->minute * 60,
                         .incident = {line->incident, SLA_NUL_TERMINATED},
                         .event = {line->event, SLA_NUL_TERMINATED},
                         .attributes = &attribute, .attribute_count = 1};
    sla_status status = sla_engine_update(engine, &update);
    if (status == SLA_ERROR_MEMORY) {
        uint64_t incidents = sla_engine_incidents(engine);
        ck_assert_int_eq(sla_engine_update(engine, &update),
                         counter->for_good ? SLA_ERROR_MEMORY : SLA_OK);
        if (counter->for_good) {
            ck_assert_uint_eq(sla_engine_incidents(engine), incidents);
            counter->fail_at = 0;
            ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
        }
    } else {
        ck_assert_int_eq(status, SLA_OK);
    }
    return status;
}

/* Runs the log with the n-th allocation of the engine failing; true when nothing failed. */
static bool run(sla_policy *policy, size_t fail_at, bool for_good, char *log, size_t capacity)
{
    struct counter counter = {.fail_at = fail_at, .for_good = for_good};
    sla_allocator allocator = {counted, &counter};
    sla_engine_options options = {.size = sizeof options, .allocator = &allocator};
    sla_engine *engine = NULL;
    bool clean = true;
    log[0] = '\0';
    if (sla_engine_new(policy, NULL, &options, &engine) == SLA_ERROR_MEMORY) {
        ck_assert_ptr_null(engine);
        ck_assert_uint_eq(counter.bytes, 0);
        counter.fail_at = 0;
        clean = false;
        ck_assert_int_eq(sla_engine_new(policy, NULL, &options, &engine), SLA_OK);
    }
    for (size_t i = 0; i < LINES; i++)
        clean = tell(engine, &lines[i], &counter) == SLA_OK && clean;
    sla_status status = sla_engine_advance(engine, DAY + 86400);
    if (status == SLA_ERROR_MEMORY) {
        clean = false;
        counter.fail_at = 0;
        status = sla_engine_advance(engine, DAY + 86400);
    }
    ck_assert_int_eq(status, SLA_OK);
    read_events(engine, log, capacity);
    sla_engine_free(engine);
    ck_assert_uint_eq(counter.bytes, 0);
    return clean;
}

static void fail_each(bool for_good)
{
    static char expected[16384], log[16384];
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    ck_assert_int_eq(sla_policy_compile(policy_text, SLA_NUL_TERMINATED, NULL, &policy, &diags),
                     SLA_OK);
    sla_diags_free(diags);
    ck_assert(run(policy, 0, false, expected, sizeof expected));
    ck_assert_ptr_nonnull(strstr(expected, "breach"));
    ck_assert_ptr_nonnull(strstr(expected, "reopened"));
    ck_assert_ptr_nonnull(strstr(expected, "resumed"));
    size_t n = 1;
    while (!run(policy, n, for_good, log, sizeof log)) {
        ck_assert_str_eq(log, expected);
        ck_assert_uint_lt(++n, 100000);
    }
    ck_assert_uint_gt(n, 20); /* there were that many allocations to fail */
    sla_policy_unref(policy);
}

START_TEST(one_failed_allocation_changes_nothing)
{
    fail_each(false);
}
END_TEST

START_TEST(failing_for_good_changes_nothing)
{
    fail_each(true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oom_engine");
    TCase *tests = tcase_create("engine");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, one_failed_allocation_changes_nothing);
    tcase_add_test(tests, failing_for_good_changes_nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
