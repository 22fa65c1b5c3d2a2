/* SPDX-License-Identifier: MIT */
/* Bytes that version 1 of the format wrote (E8): every later version must read them. What they hold
   was worked out by hand from the logs beside them (tests/data/state); 1 June 2026 is a Monday, the
   office is open 09:00-12:00 and 13:00-17:00.
 *
 *     unit_state_golden FOLDER [--write]
 *
 * `--write` makes them anew: only together with a new version of the format. */
#include "run_suite.h"
#include "state_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;

struct golden {
    const char *file, *log, *policy, *policy_behind; /* the log may bind another one */
    const char *incident;                            /* NULL: the engine */
};
static const struct golden goldens[] = {
    {"desk.bin", "desk.log", "desk.yaml", "desk.yaml", NULL},
    {"incident.bin", "desk.log", "desk.yaml", "desk.yaml", "A"},
    {"bound.bin", "bound.log", "desk.yaml", "desk-2.yaml", NULL},
};
#define GOLDENS ((int)(sizeof goldens / sizeof *goldens))

struct expected {
    const char *incident, *metric;
    uint32_t kind, cycle, state;
    const char *deadline; /* NULL: none, for it is paused */
};

static const struct expected of_desk[] = {
    /* 1wd, until closing; answered in time */
    {"A", "response", SLA_KIND_SLA, 1, SLA_CLOCK_MET, "2026-06-02T17:00"},
    /* 4 h from 09:40, 10:10 and Tuesday 11:30, answered at 10:00 and on Tuesday at 11:00 */
    {"A", "next_response", SLA_KIND_SLA, 1, SLA_CLOCK_MET, "2026-06-01T14:40"},
    {"A", "next_response", SLA_KIND_SLA, 2, SLA_CLOCK_MISSED, "2026-06-01T15:10"},
    {"A", "next_response", SLA_KIND_SLA, 3, SLA_CLOCK_RUNNING, "2026-06-02T16:30"},
    {"A", "visit", SLA_KIND_SLA, 1, SLA_CLOCK_CANCELLED, "2026-06-02T12:00"}, /* postponed */
    {"A", "visit", SLA_KIND_SLA, 2, SLA_CLOCK_RUNNING, "2026-06-02T12:00"},   /* as agreed */
    {"A", "resolution", SLA_KIND_SLA, 1, SLA_CLOCK_PAUSED, NULL}, /* held again, told late */
    {"A", "counted", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T10:30"}, /* 1wd and 90m */
    /* 80 minutes until 10:50, on from 15:00: 2 h on Monday, 2:40 h on Tuesday */
    {"B", "resolution", SLA_KIND_OLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T11:40"},
    /* 1:20 h and 19 h are used round the clock, when 21 h of the office are promised */
    {"B", "resolution", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T10:40"},
    {"C", "far", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2135-12-07T11:30"},
    /* stopped 11:50 to 13:20: half an hour; 10 h and that */
    {"D", "resolution", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T16:10"},
    {"D", "counted", SLA_KIND_SLA, 1, SLA_CLOCK_EXEMPT, "2026-06-02T15:40"},
    /* 10 h from 16:00, and 4 h of a pause until its limit */
    {"E", "resolution", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-03T16:00"},
    /* 10 h would be later than 1wd: refused */
    {"E", "counted", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T16:00"},
};

static const struct expected of_bound[] = {
    /* 14 h in the office, of which 2 are used; the rest in the shop */
    {"A", "response", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T17:00"},
    {"A", "resolution", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-03T11:00"}, /* 2wd anew */
    {"A", "counted", SLA_KIND_SLA, 1, SLA_CLOCK_CANCELLED, "2026-06-02T09:00"},  /* is gone */
    /* 5 h from 11:30 */
    {"B", "response", SLA_KIND_SLA, 1, SLA_CLOCK_RUNNING, "2026-06-02T09:30"},
};

static sla_state *make(const struct golden *golden)
{
    sla_policy *policy = state_policy(folder, golden->policy);
    sla_state *state = NULL;
    struct state_log log;
    state_log_open(&log, folder, golden->log, policy);
    while (state_log_step(&log))
        continue;
    sla_text id = {golden->incident, SLA_NUL_TERMINATED};
    sla_status status = golden->incident == NULL
                            ? sla_engine_save(log.engine, &state)
                            : sla_engine_save_incident(log.engine, &id, &state);
    if (status != SLA_OK)
        exit(2);
    state_log_close(&log);
    sla_policy_unref(policy);
    return state;
}

static int write_all(void)
{
    for (int i = 0; i < GOLDENS; i++) {
        char path[4096];
        const void *bytes;
        size_t size;
        sla_state *state = make(&goldens[i]);
        sla_state_bytes(state, &bytes, &size);
        snprintf(path, sizeof path, "%s/%s", folder, goldens[i].file);
        FILE *file = fopen(path, "wb");
        if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
            return 2;
        sla_state_free(state);
    }
    return 0;
}

static sla_engine *load(const struct golden *golden, char **bytes, size_t *size)
{
    sla_policy *policy = state_policy(folder, golden->policy_behind);
    sla_engine *engine = NULL;
    *bytes = state_file(folder, golden->file, size);
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &engine), SLA_OK);
    ck_assert_int_eq(sla_engine_load(engine, *bytes, *size, 0, NULL), SLA_OK);
    sla_policy_unref(policy);
    return engine;
}

static bool is_text(sla_text text, const char *wanted)
{
    return text.length == strlen(wanted) && memcmp(text.data, wanted, text.length) == 0;
}

static void assert_clocks(const struct golden *golden, const struct expected *expected,
                          size_t count)
{
    char *bytes;
    size_t size;
    sla_engine *engine = load(golden, &bytes, &size);
    for (size_t i = 0; i < count; i++) {
        const struct expected *wanted = &expected[i];
        sla_clock clock = {.size = sizeof clock};
        uint64_t cursor = 0;
        sla_status status;
        if (golden->incident != NULL && strcmp(golden->incident, wanted->incident) != 0)
            continue;
        while ((status = sla_engine_clocks(engine, &cursor, &clock)) == SLA_OK &&
               !(is_text(clock.incident, wanted->incident) &&
                 is_text(clock.metric, wanted->metric) && clock.kind == wanted->kind &&
                 clock.cycle == wanted->cycle))
            continue;
        sla_time deadline = wanted->deadline == NULL ? SLA_TIME_NONE
                                                     : state_time(wanted->deadline);
        ck_assert_msg(status == SLA_OK && clock.state == wanted->state &&
                          clock.deadline == deadline,
                      "%s of %s, cycle %u: state %u, deadline %lld, not %lld", wanted->metric,
                      wanted->incident, wanted->cycle, clock.state, (long long)clock.deadline,
                      (long long)deadline);
    }
    sla_engine_free(engine);
    free(bytes);
}

START_TEST(clocks_of_the_desk_are_what_they_were)
{
    assert_clocks(&goldens[0], of_desk, sizeof of_desk / sizeof *of_desk);
}
END_TEST

START_TEST(clocks_of_one_incident_are_what_they_were)
{
    assert_clocks(&goldens[1], of_desk, sizeof of_desk / sizeof *of_desk);
}
END_TEST

START_TEST(clocks_of_another_policy_are_what_they_were)
{
    assert_clocks(&goldens[2], of_bound, sizeof of_bound / sizeof *of_bound);
}
END_TEST

/* The resolution of B, broken on Tuesday at 10:40: reminders two hours later, and then every
   three. Of all that repeats 12:40 is the first after Wednesday 12:30. */
START_TEST(the_next_thing_to_say_is_what_it_was)
{
    char *bytes;
    size_t size;
    sla_engine *engine = load(&goldens[0], &bytes, &size);
    ck_assert_int_eq(sla_engine_now(engine), state_time("2026-06-03T12:30"));
    while (sla_engine_event_done(engine) == SLA_OK)
        continue;
    ck_assert_int_eq(sla_engine_next_due(engine), state_time("2026-06-03T12:40"));
    ck_assert_int_eq(sla_engine_advance(engine, state_time("2026-06-03T12:40")), SLA_OK);
    sla_event event = {.size = sizeof event};
    ck_assert_int_eq(sla_engine_next_event(engine, &event), SLA_OK);
    ck_assert_uint_eq(event.type, SLA_EVENT_ESCALATION);
    ck_assert(is_text(event.incident, "B") && is_text(event.metric, "resolution"));
    ck_assert_uint_eq(event.repetition, 9);
    sla_engine_free(engine);
    free(bytes);
}
END_TEST

START_TEST(saved_again_they_are_the_same_bytes)
{
    for (int i = 0; i < GOLDENS; i++) {
        char *bytes;
        const void *again;
        size_t size, size_again;
        sla_state *state = NULL;
        sla_engine *engine = load(&goldens[i], &bytes, &size);
        sla_text id = {goldens[i].incident, SLA_NUL_TERMINATED};
        ck_assert_int_eq(goldens[i].incident == NULL
                             ? sla_engine_save(engine, &state)
                             : sla_engine_save_incident(engine, &id, &state), SLA_OK);
        sla_state_bytes(state, &again, &size_again);
        ck_assert_msg(size == size_again && memcmp(bytes, again, size) == 0, "%s",
                      goldens[i].file);
        sla_state_free(state);
        sla_engine_free(engine);
        free(bytes);
    }
}
END_TEST

START_TEST(their_logs_still_make_them)
{
    for (int i = 0; i < GOLDENS; i++) {
        const void *made;
        size_t size, size_made;
        char *bytes = state_file(folder, goldens[i].file, &size);
        sla_state *state = make(&goldens[i]);
        sla_state_bytes(state, &made, &size_made);
        ck_assert_msg(size == size_made && memcmp(bytes, made, size) == 0, "%s", goldens[i].file);
        sla_state_free(state);
        free(bytes);
    }
}
END_TEST

int main(int count, char **arguments)
{
    if (count < 2)
        return 2;
    folder = arguments[1];
    if (count > 2 && strcmp(arguments[2], "--write") == 0)
        return write_all();
    Suite *suite = suite_create("state_golden");
    TCase *cases = tcase_create("state_golden");
    tcase_add_test(cases, clocks_of_the_desk_are_what_they_were);
    tcase_add_test(cases, clocks_of_one_incident_are_what_they_were);
    tcase_add_test(cases, clocks_of_another_policy_are_what_they_were);
    tcase_add_test(cases, the_next_thing_to_say_is_what_it_was);
    tcase_add_test(cases, saved_again_they_are_the_same_bytes);
    tcase_add_test(cases, their_logs_still_make_them);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
