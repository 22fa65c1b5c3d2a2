/* SPDX-License-Identifier: MIT */
/* The engine: each call of a log with each of its allocations failing in turn. */
#include "log.h"
#include "suites.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MOST 100

/* The log as it goes when there is plenty. */
struct plain {
    sla_status statuses[LINES_MOST];
    char *texts[LINES_MOST]; /* after each line */
    char *told;
};

/* One kind of run, and how far it has come. */
struct run {
    struct plain plain;
    int pushes, fail_on;
    int is_cold; /* before each try the engine is saved and restored: no buffer is at hand */
    uint64_t next[LINES_MOST]; /* which allocation of a line is to fail next; 0: all have */
    uint64_t failures, harmless;
};

static char *finish(struct world *world)
{
    world_take(world, UINT32_MAX);
    char *told = world->told;
    world->told = NULL;
    world_close(world);
    return told;
}

static void cool_down(const struct run *run, struct world *world, const struct line *line)
{
    if (run->is_cold && line->deed != RESTART && line->deed != REBIND)
        world_restart(world);
}

static void run_plainly(struct run *run)
{
    struct world world;
    world_open(&world, run->pushes);
    ck_assert_uint_le(log_length, LINES_MOST);
    for (unsigned i = 0; i < log_length; i++) {
        line_prepare(&world, &log_lines[i]);
        cool_down(run, &world, &log_lines[i]);
        run->plain.statuses[i] = line_do(&world, &log_lines[i]);
        ck_assert_int_ge(run->plain.statuses[i], SLA_OK);
        run->plain.texts[i] = world_text(&world);
        run->next[i] = 1;
    }
    run->plain.told = finish(&world);
}

/* Fails with the first line in which two texts differ; a text can be long. */
static void assert_same(unsigned line, uint64_t n, const char *got, const char *wanted)
{
    const char *at = got, *other = wanted;
    while (*got != '\0' && *got == *wanted) {
        if (*got == '\n') {
            at = got + 1;
            other = wanted + 1;
        }
        got++;
        wanted++;
    }
    if (*got != *wanted)
        ck_abort_msg("line %u, allocation %u:\n%.*s\nwanted\n%.*s", line, (unsigned)n,
                     (int)strcspn(at, "\n"), at, (int)strcspn(other, "\n"), other);
}

/* Lets allocations of one line fail until none does, or until it was done in spite of one. Returns
   its status. */
static sla_status fail_line(struct run *run, struct world *world, unsigned i)
{
    const struct line *line = &log_lines[i];
    char *before = world_text(world);
    for (;;) {
        uint64_t n = run->next[i];
        cool_down(run, world, line);
        scarce_reset(&world->memory);
        world->memory.fail_at = n;
        world->memory.fail_on = run->fail_on;
        sla_status status = line_do(world, line);
        int failed = world->memory.calls >= n;
        scarce_reset(&world->memory);
        run->next[i] = failed ? n + 1 : 0;
        run->failures += (uint64_t)failed;
        if (status < SLA_OK && status != SLA_ERROR_MEMORY)
            ck_abort_msg("line %u, allocation %u: %s", i, (unsigned)n, sla_status_name(status));
        if (status != SLA_ERROR_MEMORY) { /* nothing failed, or it did no harm */
            run->harmless += (uint64_t)failed;
            free(before);
            return status;
        }
        ck_assert_msg(failed, "line %u: out of memory without a failed allocation", i);
        if (line_goes_on(line)) { /* some of it may be done: the rest of it follows */
            free(before);
            return line_do(world, line);
        }
        char *after = world_text(world);
        assert_same(i, n, after, before);
        free(after);
    }
}

/* Once through the log. Returns whether lines have allocations that did not fail yet. */
static int run_scarcely(struct run *run)
{
    struct world world;
    int again = 0;
    world_open(&world, run->pushes);
    for (unsigned i = 0; i < log_length; i++) {
        const struct line *line = &log_lines[i];
        line_prepare(&world, line);
        cool_down(run, &world, line);
        sla_status status =
            run->next[i] == 0 ? line_do(&world, line) : fail_line(run, &world, i);
        again |= run->next[i] != 0;
        /* a callback that refused in the middle of it does not refuse again */
        int differs = run->pushes && line_goes_on(line);
        if (!differs || status < SLA_OK)
            ck_assert_int_eq(status, run->plain.statuses[i]);
        char *after = world_text(&world);
        if (!differs)
            assert_same(i, 0, after, run->plain.texts[i]);
        free(after);
    }
    char *told = finish(&world);
    assert_same(log_length, 0, told, run->plain.told);
    free(told);
    return again;
}

/* A log that does not bring about everything would prove less than it seems to. */
static void assert_tells_every_type(const char *told)
{
    char line[40];
    for (uint32_t type = 1; type < SLA_EVENT_TYPE_COUNT; type++) {
        snprintf(line, sizeof line, "\n%s ", sla_event_type_name(type));
        ck_assert_msg(strstr(told, line) != NULL, "the log brings no %s", line + 1);
    }
}

static void fail_in_turn(struct run run)
{
    run_plainly(&run);
    assert_tells_every_type(run.plain.told);
    while (run_scarcely(&run))
        continue;
    ck_assert_uint_gt(run.failures, log_length); /* it did fail, and often */
    ck_assert_uint_lt(run.harmless * 10, run.failures);
    for (unsigned i = 0; i < log_length; i++)
        free(run.plain.texts[i]);
    free(run.plain.told);
}

START_TEST(failed_call_leaves_the_engine_as_it_was_and_leaks_nothing)
{
    fail_in_turn((struct run){.fail_on = _i});
}
END_TEST

START_TEST(failed_call_of_an_engine_that_pushes_loses_and_repeats_no_event)
{
    fail_in_turn((struct run){.fail_on = _i, .pushes = 1});
}
END_TEST

START_TEST(failed_call_of_a_restored_engine_leaves_it_as_it_was)
{
    fail_in_turn((struct run){.fail_on = _i, .is_cold = 1});
}
END_TEST

void add_engine_tests(TCase *cases)
{
    tcase_add_loop_test(cases, failed_call_leaves_the_engine_as_it_was_and_leaks_nothing, 0, 2);
    tcase_add_loop_test(cases, failed_call_of_a_restored_engine_leaves_it_as_it_was, 0, 2);
    tcase_add_loop_test(cases, failed_call_of_an_engine_that_pushes_loses_and_repeats_no_event, 0,
                        2);
}
