/* SPDX-License-Identifier: MIT */
/* Every allocation of a policy's test, and of asking for a goal, fails in turn: a status, no leak,
   and the policy and the engine as they were. */
#include "suites.h"
#include "world.h"

#include <string.h>

static const char policy_text[] =
    "sla: 1\n"
    "severities: [urgent, normal]\n"
    "classify: {severity: [{when: {impact: outage}, is: urgent}, {is: normal}]}\n"
    "targets: [{first_response: 1h, resolution: 4h}]\n"
    "escalations: [{steps: [{at: 50%, notify: owner}]}]\n"
    "goals: [{when: {severity: urgent}, at_least: 95%, per: month}]\n"
    "tests:\n"
    "  - name: fine\n"
    "    at: 2026-01-05T08:00\n"
    "    incident: {impact: outage, caller: somebody whose name is longer than most}\n"
    "    expect: {severity: urgent, resolution: 2026-01-05T12:00}\n"
    "    then: [{at: 2026-01-05T08:45, event: [called, responded],\n"
    "            expect_events: met first_response}]\n"
    "  - name: everything wrong\n"
    "    at: 2026-01-05T08:00\n"
    "    incident: {impact: none}\n"
    "    expect: {severity: urgent, agreement: none,\n"
    "             resolution: {deadline: 2026-01-05T13:00, calendar: 24x7, elapsed: 1h}}\n"
    "    then:\n"
    "      - at: 2026-01-05T08:45\n"
    "        expect_only_events: [{type: warning, notify: [boss, owner]}]\n"
    "        expect: {impact: {exists: false}}\n"
    "      - {at: 2026-01-05T10:00, event: sla:extend, incident: {by: soon},\n"
    "         expect_events: extended}\n";

static sla_status ask(sla_policy *policy, size_t test, size_t *out_count)
{
    sla_test_run *run = NULL;
    sla_status status = sla_policy_test_run(policy, test, &run);
    ck_assert((run != NULL) == (status == SLA_OK));
    *out_count = sla_test_run_count(run);
    sla_test_run_free(run);
    return status;
}

START_TEST(a_test_without_memory_says_so_and_leaks_nothing)
{
    struct scarce_memory memory = {0};
    sla_policy *policy;
    static const size_t mismatches[] = {0, 7};
    ck_assert_int_eq(world_compile(&memory, policy_text, &policy), SLA_OK);
    uint64_t blocks = memory.blocks;
    for (size_t test = 0; test < 2; test++) {
        for (uint64_t n = 1, failed = 1; failed; n++) {
            size_t count;
            scarce_reset(&memory);
            memory.fail_at = n;
            memory.fail_on = _i;
            sla_status status = ask(policy, test, &count);
            failed = memory.calls >= n;
            ck_assert_int_eq(status, failed ? SLA_ERROR_MEMORY : SLA_OK);
            ck_assert_uint_eq(count, failed ? 0 : mismatches[test]);
            ck_assert_uint_eq(memory.blocks, blocks);
            ck_assert(failed || n > 20);
        }
    }
    sla_policy_unref(policy);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_size, 0);
}
END_TEST

START_TEST(a_goal_without_memory_says_so_and_changes_nothing)
{
    struct scarce_memory memory = {0};
    sla_policy *policy;
    sla_engine *engine;
    sla_attribute impact = {.name = {"impact", 6}, .value = {"outage", 6}};
    sla_update update = {.size = sizeof update, .incident = {"a", 1}, .attributes = &impact,
                         .attribute_count = 1, .at = MONDAY};
    ck_assert_int_eq(world_compile(&memory, policy_text, &policy), SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    ck_assert_int_eq(sla_engine_update(engine, &update), SLA_OK);
    sla_clock clock = {.size = sizeof clock, .incident = {"a", 1}, .agreement = {"default", 7}};
    unsigned failures = 0;
    for (uint64_t n = 1, failed = 1; failed; n++) {
        scarce_reset(&memory);
        memory.fail_at = n;
        memory.fail_on = _i;
        int32_t answer = sla_engine_goal(engine, 0, &clock);
        failed = memory.calls >= n;
        failures += (unsigned)failed;
        ck_assert_int_eq(answer, failed ? SLA_ERROR_MEMORY : 1);
    }
    ck_assert_uint_gt(failures, 1);
    sla_engine_free(engine);
    sla_policy_unref(policy);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_size, 0);
}
END_TEST

void add_policy_test_tests(TCase *cases)
{
    tcase_add_loop_test(cases, a_test_without_memory_says_so_and_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, a_goal_without_memory_says_so_and_changes_nothing, 0, 2);
}
