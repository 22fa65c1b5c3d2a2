/* SPDX-License-Identifier: MIT */
/* A desk whose incidents are rebuilt: two hours are promised, every day around the clock, so that
 * each line that is told can be worked out by hand. No id may be told twice. */
#ifndef REBUILT_DESK_H
#define REBUILT_DESK_H

#include "run_suite.h"

#include <inttypes.h>
#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

/* 2026-11-20T00:00:00Z. */
#define MIDNIGHT ((sla_time)1795132800)
#define AT(hour, minute) (MIDNIGHT + 3600 * (hour) + 60 * (minute))

#define METRICS                                                                          \
    "sla: 1\n"                                                                           \
    "metrics:\n"                                                                         \
    "  fix: {start: opened, stop: fixed, pause: {event: held, until: freed}, reopen: "   \
    "{event: reopened, clock: resume}}\n"                                                \
    "  reply: {start: asked, stop: answered, repeat: true}\n"                            \
    "targets: [{when: {plan: gold}, fix: 1h}, {fix: 2h, reply: 1h}]\n"
static const char plain[] = METRICS;
static const char with_steps[] = METRICS "escalations: [{steps: [{at: 50%}, {at: 30m after}]}]\n";

static sla_policy *policy;
static sla_engine *engine;
static uint64_t ids[100];
static int id_count;
static char told[1000]; /* what came since the last look */
static sla_event last;  /* without its texts */

static inline int32_t on_event(void *user, const sla_event *event)
{
    size_t used = strlen(told);
    int at = (int)(event->at - MIDNIGHT) / 60, due = (int)(event->deadline - MIDNIGHT) / 60;
    (void)user;
    used += (size_t)snprintf(told + used, sizeof told - used, "%s%02d:%02d %s %.*s",
                             used == 0 ? "" : ", ", at / 60, at % 60,
                             sla_event_type_name(event->type), (int)event->metric.length,
                             event->metric.data);
    if (event->cycle > 1)
        used += (size_t)snprintf(told + used, sizeof told - used, "#%" PRIu32, event->cycle);
    if (event->deadline != SLA_TIME_NONE)
        used += (size_t)snprintf(told + used, sizeof told - used, " (%02d:%02d)", due / 60,
                                 due % 60);
    if ((event->flags & SLA_EVENT_LATE) != 0)
        used += (size_t)snprintf(told + used, sizeof told - used, " late");
    if (event->actor.length > 0)
        snprintf(told + used, sizeof told - used, " by %.*s", (int)event->actor.length,
                 event->actor.data);
    last = *event;
    for (int i = 0; i < id_count; i++)
        ck_assert_uint_ne(ids[i], event->id[0]); /* no id comes twice */
    ck_assert_int_lt(id_count, 100);
    ids[id_count++] = event->id[0];
    return 0;
}

static inline void begin(const char *text)
{
    sla_callbacks callbacks = {.size = sizeof callbacks, .on_event = on_event};
    ck_assert_int_eq(sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &policy, NULL), SLA_OK);
    ck_assert_int_eq(sla_engine_new(policy, &callbacks, NULL, &engine), SLA_OK);
    id_count = 0;
    told[0] = '\0';
}

static inline void set_up(void)
{
    begin(plain);
}

static inline void tear_down(void)
{
    sla_engine_free(engine);
    sla_policy_unref(policy);
}

static inline sla_update update(const char *event, sla_time at)
{
    return (sla_update){.size = sizeof(sla_update), .at = at, .incident = {"a", 1},
                        .event = {event, SLA_NUL_TERMINATED}};
}

static inline void happens(const char *event, sla_time at)
{
    sla_update one = update(event, at);
    ck_assert_int_eq(sla_engine_update(engine, &one), SLA_OK);
}

static inline void assert_told(const char *wanted)
{
    ck_assert_str_eq(told, wanted);
    told[0] = '\0';
}

static inline sla_status rebuild(const sla_update *updates, size_t count)
{
    sla_text id = {"a", 1};
    return sla_engine_rebuild(engine, &id, updates, count);
}

/* Rebuilds from these and says what was told. */
#define REBUILD(...)                                                                     \
    do {                                                                                 \
        sla_update history[] = {__VA_ARGS__};                                            \
        told[0] = '\0';                                                                  \
        ck_assert_int_eq(rebuild(history, sizeof history / sizeof *history), SLA_OK);    \
    } while (0)

static inline void assert_stands(uint32_t metric, uint32_t state, sla_time deadline, uint32_t flags)
{
    sla_text id = {"a", 1};
    sla_clock clock = {.size = sizeof clock};
    ck_assert_int_eq(sla_engine_clock(engine, &id, SLA_KIND_SLA, metric, &clock), SLA_OK);
    ck_assert_uint_eq(clock.state, state);
    ck_assert_int_eq(clock.deadline, deadline);
    ck_assert_uint_eq(clock.flags, flags);
}

static inline int clocks(void)
{
    int count = 0;
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK)
        count++;
    return count;
}

#endif
