/* SPDX-License-Identifier: MIT */
/* What tests of another policy share (E9): an engine at a state, a policy that is bound to it in
 * every way that there is, and events, moves and clocks as texts. */
#ifndef SUPPORT_BIND_CASE_H
#define SUPPORT_BIND_CASE_H

#include "explain_case.h"

#include <inttypes.h>

static uint64_t ids[256][2]; /* of every event of the test */
static size_t id_count;
static char lines[16384];

static inline void add(const char *format, ...)
{
    size_t used = strlen(lines);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(lines + used, sizeof lines - used, format, arguments);
    va_end(arguments);
}

static inline void add_time(sla_time when)
{
    sla_time since = when - at(0, 0, 0);
    if (when == SLA_TIME_NONE)
        add("none");
    else
        add("%02d %02d:%02d", (int)(since / 86400), (int)(since / 3600 % 24),
            (int)(since / 60 % 60));
}

/* "retargeted solve 20 10:00 due 20 11:30 used 90 left 90", in minutes. */
static inline void add_event(const sla_event *event)
{
    if (event->incident.data[0] != 'a')
        add("%.*s: ", (int)event->incident.length, event->incident.data);
    add("%s %.*s ", sla_event_type_name(event->type), (int)event->metric.length,
        event->metric.data);
    add_time(event->at);
    add(" due ");
    add_time(event->deadline);
    add(" used %" PRId64 " left %" PRId64, event->elapsed / 60, event->remaining / 60);
    if (event->percent != SLA_NO_NUMBER)
        add(" %" PRId32 "%%", event->percent);
    for (size_t i = 0; i < event->notify_count; i++)
        add(" to %.*s", (int)event->notify[i].length, event->notify[i].data);
    add("%s\n", (event->flags & SLA_EVENT_LATE) != 0 ? " late" : "");
}

/* The events that wait, and takes them: none has an id that was told before. */
static inline const char *heard(void)
{
    sla_event event = {.size = sizeof event};
    lines[0] = '\0';
    while (sla_engine_next_event(engine, &event) == SLA_OK) {
        for (size_t i = 0; i < id_count; i++)
            ck_assert_msg(memcmp(ids[i], event.id, sizeof event.id) != 0, "an id was told twice");
        memcpy(ids[id_count++], event.id, sizeof event.id);
        add_event(&event);
        ck_assert_int_eq(sla_engine_event_done(engine), SLA_OK);
    }
    return lines;
}

static inline void add_moves(const sla_moves *moves)
{
    static const char *const changes[] = {"", "retargeted", "started", "cancelled"};
    sla_move move = {.size = sizeof move};
    for (size_t i = 0; sla_moves_at(moves, i, &move) != 0; i++) {
        add("%s %.*s %.*s #%u line %u: ", changes[move.change], (int)move.incident.length,
            move.incident.data, (int)move.metric.length, move.metric.data, move.cycle, move.line);
        add_time(move.deadline_before);
        add(" to ");
        add_time(move.deadline);
        add(", %" PRId64 " to %" PRId64, move.budget_before / 60, move.budget / 60);
        add(", %.*s/%.*s to %.*s/%.*s\n", (int)move.agreement_before.length,
            move.agreement_before.data, (int)move.calendar_before.length,
            move.calendar_before.data, (int)move.agreement.length, move.agreement.data,
            (int)move.calendar.length, move.calendar.data);
    }
}

/* Events of an engine, which stay there. */
static inline void save_of(const sla_engine *of, void *bytes, size_t *size)
{
    sla_state *state = NULL;
    const void *data;
    ck_assert_int_eq(sla_engine_save(of, &state), SLA_OK);
    sla_state_bytes(state, &data, size);
    ck_assert_uint_lt(*size, 65536);
    memcpy(bytes, data, *size);
    sla_state_free(state);
}

static inline sla_policy *compiled(const char *text)
{
    sla_policy *made = NULL;
    sla_diags *diags = NULL;
    sla_status status = sla_policy_compile(text, SLA_NUL_TERMINATED, NULL, &made, &diags);
    if (sla_diags_count(diags) > 0)
        ck_abort_msg("%.*s", (int)sla_diags_at(diags, 0)->message.length,
                     sla_diags_at(diags, 0)->message.data);
    sla_diags_free(diags);
    ck_assert_int_eq(status, SLA_OK);
    return made;
}

/* The pure step of incident `a` under the other policy says what the engine now has to say of
   it. */
static inline void same_by_pure_step(sla_policy *other, const void *bytes, size_t size)
{
    sla_step *step = NULL;
    sla_event event = {.size = sizeof event};
    char by_engine[sizeof lines];
    ck_assert_int_eq(
        sla_policy_step(other, bytes, size, NULL, SLA_TIME_NONE, SLA_LOAD_REBIND, &step), SLA_OK);
    lines[0] = '\0';
    sla_engine *copy = NULL;
    unsigned char all[65536];
    save_of(engine, all, &size);
    ck_assert_int_eq(sla_engine_new(other, NULL, NULL, &copy), SLA_OK);
    ck_assert_int_eq(sla_engine_load(copy, all, size, 0, NULL), SLA_OK);
    for (; sla_engine_next_event(copy, &event) == SLA_OK; sla_engine_event_done(copy))
        if (event.incident.data[0] == 'a')
            add_event(&event);
    strcpy(by_engine, lines);
    lines[0] = '\0';
    for (size_t i = 0; sla_step_event(step, i, &event) != 0; i++)
        add_event(&event);
    ck_assert_str_eq(lines, by_engine);
    sla_engine_free(copy);
    sla_step_free(step);
}

/* Binds a policy to the engine, and to its bytes, and to those of incident `a`: all the same. The
   moves are the answer. */
static inline const char *bind(const char *text)
{
    static unsigned char before[65536], live[65536], loaded[65536], one[65536];
    size_t before_size, live_size, loaded_size, one_size = 0;
    sla_policy *other = compiled(text);
    sla_moves *moves = NULL, *moves_of_bytes = NULL;
    sla_engine *from_bytes = NULL;
    sla_state *state = NULL;
    sla_text a = {"a", 1};
    const void *data;
    char by_bytes[sizeof lines];
    save_of(engine, before, &before_size);
    ck_assert_int_eq(sla_engine_save_incident(engine, &a, &state), SLA_OK);
    sla_state_bytes(state, &data, &one_size);
    memcpy(one, data, one_size);
    sla_state_free(state);
    ck_assert_int_eq(sla_engine_new(other, NULL, NULL, &from_bytes), SLA_OK);
    ck_assert_int_eq(
        sla_engine_load(from_bytes, before, before_size, SLA_LOAD_REBIND, &moves_of_bytes),
        SLA_OK);
    ck_assert_int_eq(sla_engine_bind(engine, other, &moves), SLA_OK);
    save_of(engine, live, &live_size);
    save_of(from_bytes, loaded, &loaded_size);
    ck_assert_uint_eq(live_size, loaded_size);
    ck_assert(memcmp(live, loaded, live_size) == 0);
    same_by_pure_step(other, one, one_size);
    lines[0] = '\0';
    add_moves(moves_of_bytes);
    strcpy(by_bytes, lines);
    lines[0] = '\0';
    add_moves(moves);
    ck_assert_str_eq(lines, by_bytes);
    sla_moves_free(moves);
    sla_moves_free(moves_of_bytes);
    sla_engine_free(from_bytes);
    sla_policy_unref(policy);
    policy = other;
    return lines;
}

/* All clocks: "a solve #1 running due 20 12:00 used 60 left 180 25%". */
static inline const char *clocks(void)
{
    static const char *const states[] = {"none", "running",   "paused", "met",
                                         "missed", "cancelled", "exempt"};
    sla_clock clock = {.size = sizeof clock};
    uint64_t cursor = 0;
    sla_engine *other = NULL;
    unsigned char bytes[1024];
    size_t size;
    sla_state_info of_policy = {.size = sizeof of_policy};
    ck_assert_int_eq(sla_engine_new(policy, NULL, NULL, &other), SLA_OK);
    save_of(other, bytes, &size);
    sla_engine_free(other);
    ck_assert_int_eq(sla_state_describe(bytes, size, &of_policy), SLA_OK);
    lines[0] = '\0';
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK) {
        add("%.*s %.*s #%u %s due ", (int)clock.incident.length, clock.incident.data,
            (int)clock.metric.length, clock.metric.data, clock.cycle, states[clock.state]);
        add_time(clock.deadline);
        add(" used %" PRId64 " left %" PRId64 " %u%%\n", clock.elapsed / 60, clock.remaining / 60,
            clock.percent);
        if (clock.state <= SLA_CLOCK_PAUSED)
            ck_assert(memcmp(clock.fingerprint, of_policy.fingerprint,
                             sizeof clock.fingerprint) == 0);
    }
    return lines;
}

static inline void fresh_ids(void)
{
    id_count = 0;
}

#endif
