/* SPDX-License-Identifier: MIT */
/* The pure-step law: an incident that is driven by sla_policy_step(), its state kept as bytes
 * between the steps, tells what it tells in an engine. */
#include "engine_court.h"

#include <sla/state.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    struct court *court;
    void *bytes; /* of the incident */
    size_t size;
    sla_time due; /* what the last step said */
    bool broken;  /* a column was wrong */
};

static void keep(struct walk *walk, const sla_step *step)
{
    const void *bytes = NULL;
    size_t size = 0;
    sla_step_state(step, &bytes, &size);
    free(walk->bytes);
    walk->bytes = malloc(size + (size == 0));
    if (walk->bytes == NULL) {
        printf("Bail out! no memory for a state\n");
        exit(2);
    }
    if (size > 0)
        memcpy(walk->bytes, bytes, size);
    walk->size = size;
    walk->due = sla_step_next_due(step);
}

static sla_status step(struct walk *walk, const sla_update *update, sla_time now)
{
    sla_step *made = NULL;
    sla_event event = {.size = sizeof event};
    sla_status status = sla_policy_step(walk->court->policy, walk->bytes, walk->size, update, now,
                                        0, &made);
    if (made == NULL)
        return status;
    bool by_columns = court_chance(walk->court, 30);
    if (by_columns && !columns_of_step(walk->court, made, &walk->court->got, now))
        walk->broken = true;
    for (size_t i = 0; !by_columns && sla_step_event(made, i, &event) != 0; i++)
        run_note(&walk->court->got, &event, now);
    keep(walk, made);
    sla_step_free(made);
    return status;
}

/* Steps in which only time passes, to instants worth it. */
static bool pass(struct walk *walk, sla_time to)
{
    for (int i = 0; i < 3 && walk->size > 0 && court_chance(walk->court, 40); i++) {
        size_t before = walk->court->got.count;
        sla_time due = walk->due;
        sla_time at = due < to && court_chance(walk->court, 50) ? due : to;
        if (step(walk, NULL, at) < 0)
            return court_fail(walk->court, "a step to %lld failed", (long long)at);
        if (walk->court->got.count != before && due > at)
            return court_fail(walk->court, "a step to %lld, next_due was %lld", (long long)at,
                              (long long)due);
    }
    return true;
}

static bool walk_through(struct walk *walk, const struct log *log, int32_t incident)
{
    struct court *court = walk->court;
    sla_attribute attributes[LOG_CHANGES];
    sla_time now = SLA_TIME_NONE;
    for (int32_t i = 0; i < log->count; i++) {
        sla_time at = log->updates[i].at;
        if (!pass(walk, now == SLA_TIME_NONE || at < now ? now : at))
            return false;
        now = at > now ? at : now;
        court->got.call = i;
        court->got.statuses[i] = court->reference.statuses[i];
        if (log->updates[i].incident != incident)
            continue;
        sla_update update = log_update_of(&log->updates[i], court->policy, attributes);
        bool own_instant = at == now && court_chance(court, 50);
        court->got.statuses[i] = step(walk, &update, own_instant ? SLA_TIME_NONE : now);
    }
    court->got.call = log->count;
    return walk->size == 0 || step(walk, NULL, log->until) >= 0 ||
           court_fail(court, "the last step failed");
}

static bool holds_pure(struct court *court, const struct log *log)
{
    for (int32_t incident = 0; incident < LOG_INCIDENTS; incident++) {
        struct walk walk = {.court = court};
        run_clear(&court->got);
        run_take(&court->part, &court->reference, incident, false);
        court->part.clock_count = 0;
        court->wanted = &court->part;
        bool good = walk_through(&walk, log, incident);
        free(walk.bytes);
        if (good && walk.broken)
            good = court_fail(court, "a step's events as columns are wrong");
        if (!good || !court_agrees(court, "driven by pure steps"))
            return false;
    }
    return true;
}

/* What a step leaves is what an engine would save. */
static bool holds_same_bytes(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    struct walk walk = {.court = court};
    int32_t incident = log->updates[0].incident;
    sla_text id = log_incident(incident);
    bool good = true;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; good && i < log->count; i++) {
        sla_attribute attributes[LOG_CHANGES];
        sla_state *state = NULL;
        const void *bytes = NULL;
        size_t size = 0;
        drive_update(&drive, i);
        sla_update update = log_update_of(&log->updates[i], court->policy, attributes);
        if (log->updates[i].incident != incident)
            continue;
        if (step(&walk, &update, sla_engine_now(drive.engine)) < 0 || walk.size == 0)
            continue;
        good = sla_engine_save_incident(drive.engine, &id, &state) == SLA_OK;
        sla_state_bytes(state, &bytes, &size);
        good = good && size == walk.size && memcmp(bytes, walk.bytes, size) == 0;
        if (!good)
            court_fail(court, "after call %d an engine saves %zu bytes, a step leaves %zu", i,
                       size, walk.size);
        sla_state_free(state);
    }
    free(walk.bytes);
    drive_close(&drive);
    return good;
}

const struct law pure_laws[] = {
    {"pure_steps_tell_what_the_engine_tells", LAW_ORDERED | LAW_LATE, 1, holds_pure},
    {"a_step_leaves_the_bytes_that_an_engine_saves", LAW_ORDERED, 4, holds_same_bytes},
};
const int pure_law_count = sizeof pure_laws / sizeof pure_laws[0];
