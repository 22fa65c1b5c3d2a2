/* SPDX-License-Identifier: MIT */
/* Instruction counts of the engine: the life of incidents, and bytes of state. */
#include "operations.h"

#include <string.h>

static uint64_t open_all(void *state)
{
    struct incidents *work = state;
    incidents_open_all(work);
    return work->count;
}

void operations_make_retarget(const struct incidents *work, struct told *told, uint32_t number)
{
    incidents_make_impact(work, told, number, DAY_OF_WEEK(1) + HOUR_OF(10),
                          number % 100 > 10 && number % 100 < 20 ? 5 : 15);
}

static uint64_t retarget(void *state)
{
    struct incidents *work = state;
    struct told told;
    for (size_t i = 0; i < SOME; i++) {
        operations_make_retarget(work, &told, work->order[i]);
        incidents_tell(work, &told);
    }
    return SOME;
}

static void wait(struct incidents *work, sla_time at, int waiting)
{
    struct told told;
    for (size_t i = 0; i < SOME; i++) {
        incidents_make_waiting(work, &told, work->order[i], at, waiting);
        incidents_tell(work, &told);
    }
}

static uint64_t pause(void *state)
{
    wait(state, DAY_OF_WEEK(1) + HOUR_OF(14), 1);
    return SOME;
}

static uint64_t resume(void *state)
{
    wait(state, DAY_OF_WEEK(1) + HOUR_OF(15), 0);
    return SOME;
}

static uint64_t stop(void *state)
{
    struct incidents *work = state;
    struct told told;
    for (size_t i = 0; i < SOME; i++) {
        incidents_make_closing(work, &told, work->order[i], DAY_OF_WEEK(3) + HOUR_OF(20));
        incidents_tell(work, &told);
    }
    return SOME;
}

static uint64_t advance(void *state)
{
    struct incidents *work = state;
    uint64_t before = work->events;
    incidents_advance(work, DAY_OF_WEEK(3) + HOUR_OF(19));
    return work->events - before;
}

static uint64_t next_due(void *state)
{
    const struct incidents *work = state;
    for (size_t i = 0; i < SOME; i++)
        sla_engine_next_due(work->engine);
    return SOME;
}

static uint64_t ask_clock(void *state)
{
    const struct incidents *work = state;
    struct told told;
    for (size_t i = 0; i < SOME; i++) {
        sla_clock clock = {.size = sizeof clock};
        incidents_make_closing(work, &told, work->order[i], MONDAY);
        sla_engine_clock(work->engine, &told.update.incident, SLA_KIND_SLA, 1, &clock);
    }
    return SOME;
}

static uint64_t save(void *state)
{
    const struct incidents *work = state;
    sla_state *saved = NULL;
    operations_must(sla_engine_save(work->engine, &saved) == SLA_OK, "saving");
    sla_state_free(saved);
    return work->count;
}

struct loaded {
    const void *bytes;
    size_t size;
    struct incidents *work;
};

static uint64_t load(void *state)
{
    struct loaded *loaded = state;
    operations_must(sla_engine_load(loaded->work->engine, loaded->bytes, loaded->size, 0, NULL) ==
                        SLA_OK,
                    "loading");
    return INCIDENTS;
}

static uint64_t step(void *state)
{
    struct loaded *loaded = state;
    struct told told;
    sla_step *taken = NULL;
    incidents_make_waiting(loaded->work, &told, loaded->work->order[0],
                           DAY_OF_WEEK(1) + HOUR_OF(16), 1);
    for (size_t i = 0; i < SOME; i++) {
        operations_must(sla_policy_step(loaded->work->policy, loaded->bytes, loaded->size,
                                        &told.update, SLA_TIME_NONE, 0, &taken) >= SLA_OK,
                        "a step");
        sla_step_free(taken);
    }
    return SOME;
}

static void keep_state(struct incidents *work)
{
    struct incidents other;
    struct told told;
    sla_state *whole = NULL, *one = NULL;
    struct loaded loaded = {.work = &other};
    operation("save_an_incident_of_all", save, work);
    operations_must(sla_engine_save(work->engine, &whole) == SLA_OK, "saving");
    sla_state_bytes(whole, &loaded.bytes, &loaded.size);
    incidents_begin(&other, 1, 0);
    operation("load_an_incident_of_all", load, &loaded);
    incidents_end(&other);
    sla_state_free(whole);

    incidents_make_closing(work, &told, work->order[0], MONDAY);
    operations_must(sla_engine_save_incident(work->engine, &told.update.incident, &one) == SLA_OK,
                    "saving one");
    loaded = (struct loaded){.work = work};
    sla_state_bytes(one, &loaded.bytes, &loaded.size);
    operation("step", step, &loaded);
    sla_state_free(one);
}

void operations_engine(void)
{
    struct incidents work;
    incidents_begin(&work, INCIDENTS, 0);
    operation("engine_open", open_all, &work);
    incidents_shuffle(&work, INCIDENTS);
    operation("engine_retarget", retarget, &work);
    incidents_shuffle(&work, INCIDENTS);
    operation("engine_pause", pause, &work);
    operation("engine_resume", resume, &work);
    operation("engine_next_due", next_due, &work);
    operation("engine_clock", ask_clock, &work);
    keep_state(&work);
    incidents_advance(&work, DAY_OF_WEEK(2) + HOUR_OF(19));
    operation("engine_advance_an_event", advance, &work);
    operation("engine_stop", stop, &work);
    incidents_end(&work);
}

void operations_growth(size_t incidents)
{
    struct incidents work;
    incidents_begin(&work, incidents, 0);
    incidents_open_all(&work);
    incidents_shuffle(&work, incidents);
    operation("growth_retarget", retarget, &work);
    incidents_shuffle(&work, incidents);
    operation("growth_pause", pause, &work);
    operation("growth_resume", resume, &work);
}
