/* SPDX-License-Identifier: MIT */
/* Using an engine that came of changed bytes: what it tells, is told and saves. */
#include "state_check.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define HEADER 64u
#define END_OF_TIME ((sla_time)7258118399)
#define EVENTS_MAX 200000 /* more than any of these policies can have to say */

static sla_policy *policies[2];
static size_t in_use;

/* Counts what is allocated, so that a leak is seen at once. */
static void *count_allocations(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    if (new_size == 0) {
        free(block);
        in_use -= old_size;
        return NULL;
    }
    void *made = realloc(block, new_size);
    if (made != NULL)
        in_use += new_size - old_size;
    return made;
}
static const sla_allocator allocator = {count_allocations, NULL};

void state_check_begin(sla_policy *policy, sla_policy *other)
{
    policies[0] = policy;
    policies[1] = other;
}

static void store(uint8_t *at, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

void state_repair(uint8_t *bytes, size_t size)
{
    memcpy(bytes, "SLAS\1", 5);
    bytes[6] = bytes[7] = 0;
    store(bytes + 32, size);
    store(bytes + size - 8, hash_bytes(bytes, size - 8));
}

/* Long stretches take long to write out: seldom. */
static void explain(const sla_engine *engine, const sla_clock *clock)
{
    static char text[65536];
    static unsigned counter;
    bool is_long = sla_engine_now(engine) - clock->started > 366 * 86400;
    if (is_long && counter++ % 64 != 0)
        return;
    sla_explanation *explanation = NULL;
    if (sla_engine_explain(engine, &clock->incident, clock->kind, clock->metric_index,
                           clock->cycle, &explanation) != SLA_OK)
        return;
    sla_explanation_text(explanation, 0, text, sizeof text);
    sla_explanation_free(explanation);
}

static void look_at(const sla_engine *engine, bool explains)
{
    sla_clock clock = {.size = sizeof clock};
    uint64_t cursor = 0;
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK)
        if (explains)
            explain(engine, &clock);
    cursor = 0;
    sla_clock_filter filter = {.size = sizeof filter, .due_before = END_OF_TIME};
    while (sla_engine_find_clocks(engine, &filter, &cursor, &clock) == SLA_OK)
        continue;
    sla_engine_next_due(engine);
}

/* Takes all events; false: there is no end of them. */
static bool drain(sla_engine *engine)
{
    sla_event event = {.size = sizeof event};
    for (int i = 0; i < EVENTS_MAX; i++) {
        if (sla_engine_next_event(engine, &event) != SLA_OK)
            return true;
        sla_engine_event_done(engine);
    }
    return false;
}

static sla_engine *engine_of(sla_policy *policy)
{
    sla_engine_options options = {.size = sizeof options, .allocator = &allocator};
    sla_engine *engine = NULL;
    if (sla_engine_new(policy, NULL, &options, &engine) != SLA_OK)
        abort();
    return engine;
}

/* What was taken can be saved, and what was saved is taken and saved as the same bytes. */
static const char *save_again(sla_engine *engine, sla_policy *policy)
{
    sla_state *first = NULL, *second = NULL;
    const void *bytes, *more_bytes = NULL;
    size_t size, more = 0;
    const char *broken = NULL;
    if (sla_engine_save(engine, &first) != SLA_OK)
        return "an engine can be saved";
    sla_engine *other = engine_of(policy);
    sla_state_bytes(first, &bytes, &size);
    sla_status status = sla_engine_load(other, bytes, size, 0, NULL);
    if (status != SLA_OK)
        broken = sla_status_name(status);
    else if (sla_engine_save(other, &second) != SLA_OK)
        broken = "a loaded engine can be saved";
    sla_state_bytes(second, &more_bytes, &more);
    (void)more_bytes;
    sla_engine_free(other);
    sla_state_free(first);
    sla_state_free(second);
    return broken;
}

static void update_all(sla_engine *engine, sla_time at)
{
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    static const char *const events[] = {"asked", "reopened", "hold", "responded", "resolved",
                                         "sla:extend", "reopened", "unhold", "postponed"};
    for (size_t e = 0; e < sizeof events / sizeof *events; e++)
        for (size_t i = 0; i < 5; i++) {
            sla_attribute attributes[] = {
                {.name = {"by", 2}, .value = {"30m", 3}},
                {.name = {"status", 6}, .value = {e % 3 == 1 ? "waiting" : "visiting", 7}},
                {.name = {"plan", 4}, .value = {e % 4 == 3 ? "gold" : "tin!", 4}}};
            sla_update update = {.size = sizeof update, .at = at + (sla_time)(e * 600),
                                 .incident = {names[i], 1},
                                 .event = {events[e], SLA_NUL_TERMINATED},
                                 .attributes = attributes, .attribute_count = 3};
            sla_engine_update(engine, &update);
        }
}

static const char *use(sla_engine *engine, sla_policy *policy)
{
    look_at(engine, true);
    const char *broken = save_again(engine, policy);
    sla_time now = sla_engine_now(engine);
    if (broken == NULL && !drain(engine))
        broken = "loaded events come to an end";
    if (broken == NULL && now != SLA_TIME_NONE && now < END_OF_TIME - 86400)
        update_all(engine, now - 60);
    look_at(engine, true);
    sla_engine_advance(engine, now == SLA_TIME_NONE ? 1800000000 : now + 86400);
    if (broken == NULL)
        broken = save_again(engine, policy);
    look_at(engine, true);
    sla_status status = sla_engine_advance(engine, END_OF_TIME);
    if (broken == NULL && status == SLA_OK && !drain(engine))
        broken = "events come to an end";
    look_at(engine, false);
    return broken;
}

const char *state_check(const uint8_t *bytes, size_t size, bool *out_accepted)
{
    const char *broken = NULL;
    *out_accepted = false;
    for (int i = 0; i < 2 && broken == NULL; i++) {
        sla_moves *moves = NULL;
        sla_engine *engine = engine_of(policies[i]);
        sla_status status =
            sla_engine_load(engine, bytes, size, i == 0 ? 0 : SLA_LOAD_REBIND, &moves);
        sla_moves_free(moves);
        if (status > 0)
            broken = "nothing refuses delivery";
        if (status < 0 && sla_engine_incidents(engine) != 0)
            broken = "a refusal changes nothing";
        if (status == SLA_OK) {
            broken = use(engine, policies[i]);
            *out_accepted = true;
        }
        sla_engine_free(engine);
        if (broken == NULL && in_use != 0)
            broken = "all memory is given back";
        if (status == SLA_ERROR_DATA)
            break; /* mostly for the other one too */
    }
    return broken;
}
