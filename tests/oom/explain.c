/* SPDX-License-Identifier: MIT */
/* Every allocation of an explanation fails in turn: a status, no leak, the engine as it was. */
#include "log.h"
#include "suites.h"

#include <stdlib.h>

/* Of an engine's clock, or of one that would start. */
static sla_status explain(const struct world *world, int of_engine, uint32_t metric,
                          sla_explanation **out)
{
    sla_attribute impact = {.name = {"impact", 6}, .value = {"outage", 6}};
    sla_text incident = {"a", 1};
    if (of_engine)
        return sla_engine_explain(world->engine, &incident, SLA_KIND_SLA, metric, 0, out);
    return sla_policy_explain(world->policy, MONDAY, &impact, 1, SLA_KIND_SLA, metric, out);
}

static unsigned fail_in_turn(struct world *world, int of_engine, uint32_t metric, int fail_on)
{
    unsigned failures = 0;
    uint64_t blocks = world->memory.blocks;
    for (uint64_t n = 1, failed = 1; failed; n++) {
        /* what the engine unpacked to look at stays its own: it must be read anew each time */
        scarce_reset(&world->memory);
        world->memory.fail_at = n;
        world->memory.fail_on = fail_on;
        sla_explanation *explanation = NULL;
        sla_status status = explain(world, of_engine, metric, &explanation);
        failed = world->memory.calls >= n;
        failures += (unsigned)failed;
        if (failed)
            ck_assert_int_eq(status, SLA_ERROR_MEMORY);
        else
            ck_assert_int_ge(status, SLA_OK);
        ck_assert((explanation != NULL) == (status >= SLA_OK));
        sla_explanation_free(explanation);
        ck_assert(of_engine || world->memory.blocks == blocks);
    }
    return failures;
}

START_TEST(failed_explanation_leaks_nothing_and_changes_nothing)
{
    struct world world;
    sla_text name;
    world_open(&world, 0);
    for (unsigned i = 0; i < log_length; i++) {
        line_prepare(&world, &log_lines[i]);
        ck_assert_int_ge(line_do(&world, &log_lines[i]), SLA_OK);
        if (i % 8 != 0)
            continue;
        scarce_reset(&world.memory);
        char *before = world_text(&world);
        unsigned failures = 0;
        for (uint32_t m = 0; sla_policy_metric_at(world.policy, m, &name); m++)
            failures += fail_in_turn(&world, i > 0, m, _i);
        ck_assert_uint_gt(failures, 10);
        scarce_reset(&world.memory);
        char *after = world_text(&world);
        ck_assert_str_eq(after, before);
        free(before);
        free(after);
    }
    world_close(&world);
}
END_TEST

void add_explain_tests(TCase *cases)
{
    tcase_add_loop_test(cases, failed_explanation_leaks_nothing_and_changes_nothing, 0, 2);
}
