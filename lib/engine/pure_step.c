/* SPDX-License-Identifier: MIT */
/* The pure step: an engine that lives for one call, by way of saved bytes. */
#include "engine/load.h"

#include "base/structs.h"

struct sla_step {
    sla_allocator allocator;
    sla_engine *engine; /* holds the events */
    struct bytes bytes;
};

/* The incident that an engine of one has. */
static uint32_t only_incident(const sla_engine *engine)
{
    uint32_t number = incidents_next(&engine->incidents, 0);
    return number == engine->incidents.next_number ? INDEX_NONE : number;
}

static sla_status run_step(struct sla_step *step, const void *state, size_t size,
                           const sla_update *update, sla_time now, uint32_t flags)
{
    sla_engine *engine = step->engine;
    sla_status status = SLA_OK;
    if (size > 0)
        status = engine_load(engine, state, size, (flags & SLA_LOAD_REBIND) != 0, NULL);
    if (status == SLA_OK && now != SLA_TIME_NONE)
        status = sla_engine_advance(engine, now);
    if (status == SLA_OK && update != NULL)
        status = sla_engine_update(engine, update);
    if (status < SLA_OK)
        return status;
    uint32_t only = only_incident(engine);
    if (only == INDEX_NONE)
        return status;
    if (engine->incidents.count > 1)
        return SLA_ERROR_ARGUMENT; /* the update is another incident's */
    struct outbox waiting = engine->outbox; /* they go out with this step */
    engine->outbox = (struct outbox){.allocator = &engine->allocator};
    sla_status saved = state_write(engine, only, &step->bytes);
    engine->outbox = waiting;
    return saved == SLA_OK ? status : saved;
}

sla_status sla_policy_step(const sla_policy *policy, const void *state, size_t size,
                           const sla_update *update, sla_time now, uint32_t flags,
                           sla_step **out_step)
{
    if (policy == NULL || out_step == NULL || (state == NULL && size > 0) ||
        (flags & ~SLA_LOAD_REBIND) != 0)
        return SLA_ERROR_ARGUMENT;
    sla_policy *shared; /* only the count of references changes */
    memcpy(&shared, &policy, sizeof shared);
    sla_step *step = memory_zero(&policy->allocator, sizeof *step);
    if (step == NULL)
        return SLA_ERROR_MEMORY;
    step->allocator = policy->allocator;
    step->bytes.allocator = &step->allocator;
    sla_status status = sla_engine_new(shared, NULL, NULL, &step->engine);
    if (status == SLA_OK)
        status = run_step(step, state, size, update, now, flags);
    if (status < SLA_OK) {
        sla_step_free(step);
        return status;
    }
    *out_step = step;
    return status;
}

void sla_step_state(const sla_step *step, const void **out_bytes, size_t *out_size)
{
    *out_bytes = step == NULL ? NULL : step->bytes.data.items;
    *out_size = step == NULL ? 0 : step->bytes.data.count;
}

int32_t sla_step_event(const sla_step *step, size_t index, sla_event *out_event)
{
    if (step == NULL || out_event == NULL)
        return 0;
    const struct outbox *outbox = &step->engine->outbox;
    if (index >= outbox_waiting(outbox))
        return 0;
    sla_event event;
    news_write(step->engine, &outbox->news.items[outbox->delivered + index], &event);
    return struct_write(out_event, &event, sizeof event);
}

sla_status sla_step_events(const sla_step *step, const sla_event_columns *columns,
                           size_t *out_count)
{
    return step == NULL ? SLA_ERROR_ARGUMENT : events_show(step->engine, columns, out_count);
}

sla_time sla_step_next_due(const sla_step *step)
{
    return step == NULL ? SLA_TIME_NEVER : sla_engine_next_due(step->engine);
}

void sla_step_free(sla_step *step)
{
    if (step == NULL)
        return;
    sla_allocator allocator = step->allocator;
    sla_engine_free(step->engine);
    array_free(&allocator, &step->bytes.data);
    memory_free(&allocator, step, sizeof *step);
}
