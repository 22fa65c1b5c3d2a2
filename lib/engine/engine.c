/* SPDX-License-Identifier: MIT */
/* The engine's beginning and end. */
#include "engine/work.h"

static bool allocate_scratch(sla_engine *engine)
{
    const sla_policy *policy = engine->policy;
    const sla_allocator *allocator = &engine->allocator;
    size_t pairs = (size_t)policy->metric_count * KIND_COUNT;
    engine->slots = memory_zero(allocator, policy->slot_count * sizeof *engine->slots);
    engine->slots_before = memory_zero(allocator, policy->slot_count * sizeof *engine->slots);
    engine->promises = memory_zero(allocator, pairs * sizeof *engine->promises);
    engine->last = memory_zero(allocator, pairs * sizeof *engine->last);
    return engine->slots != NULL && engine->slots_before != NULL && engine->promises != NULL &&
           engine->last != NULL;
}

sla_status sla_engine_new(sla_policy *policy, const sla_callbacks *callbacks,
                          const sla_engine_options *options, sla_engine **out_engine)
{
    if (policy == NULL || out_engine == NULL ||
        (callbacks != NULL && (callbacks->size < sizeof *callbacks || callbacks->flags != 0)) ||
        (options != NULL && (options->size < sizeof *options || options->flags != 0)))
        return SLA_ERROR_ARGUMENT;
    sla_allocator allocator = policy->allocator;
    if (options != NULL && options->allocator != NULL)
        allocator = memory_allocator(options->allocator);
    sla_engine *engine = memory_zero(&allocator, sizeof *engine);
    if (engine == NULL)
        return SLA_ERROR_MEMORY;
    engine->policy = sla_policy_ref(policy);
    engine->allocator = allocator;
    if (callbacks != NULL)
        engine->callbacks = *callbacks;
    engine->now = SLA_TIME_NONE;
    engine->told_due = SLA_TIME_NEVER;
    pool_init(&engine->pool, &engine->allocator, policy);
    incidents_init(&engine->incidents, &engine->allocator);
    queue_init(&engine->queue, &engine->allocator, &engine->incidents);
    engine->outbox.allocator = &engine->allocator;
    for (uint32_t a = 0; a < policy->agreement_count; a++)
        engine->kinds |= 1u << policy->agreements[a].kind;
    if (!allocate_scratch(engine)) {
        sla_engine_free(engine);
        return SLA_ERROR_MEMORY;
    }
    *out_engine = engine;
    return SLA_OK;
}

void sla_engine_free(sla_engine *engine)
{
    if (engine == NULL)
        return;
    const sla_policy *policy = engine->policy;
    sla_allocator allocator = engine->allocator;
    size_t pairs = (size_t)policy->metric_count * KIND_COUNT;
    memory_free(&allocator, engine->slots, policy->slot_count * sizeof *engine->slots);
    memory_free(&allocator, engine->slots_before, policy->slot_count * sizeof *engine->slots);
    memory_free(&allocator, engine->promises, pairs * sizeof *engine->promises);
    memory_free(&allocator, engine->last, pairs * sizeof *engine->last);
    array_free(&allocator, &engine->held);
    array_free(&allocator, &engine->dropped);
    draft_free(&engine->draft, &allocator);
    outbox_free(&engine->outbox);
    queue_free(&engine->queue);
    incidents_free(&engine->incidents);
    pool_free(&engine->pool);
    sla_policy_unref(engine->policy);
    memory_free(&allocator, engine, sizeof *engine);
}

uint64_t sla_engine_incidents(const sla_engine *engine)
{
    return engine == NULL ? 0 : engine->incidents.count;
}

uint64_t sla_engine_memory(const sla_engine *engine)
{
    if (engine == NULL)
        return 0;
    const struct draft *draft = &engine->draft;
    const struct incidents *incidents = &engine->incidents;
    return sizeof *engine + incidents->bytes +
           incidents->chunk_count * INCIDENT_CHUNK * sizeof(struct incident) +
           incidents->chunk_capacity * sizeof(struct incident *) +
           incidents->slot_count * sizeof(uint32_t) +
           engine->pool.bytes + engine->pool.slot_count * sizeof(uint32_t) +
           engine->pool.texts.capacity * sizeof(struct pooled) +
           engine->queue.entries.capacity * sizeof(struct queue_entry) +
           engine->outbox.news.capacity * sizeof(struct news) +
           draft->clocks.capacity * sizeof(struct clock) +
           draft->spans.capacity * sizeof(struct span) +
           draft->causes.capacity * sizeof(struct cause) +
           draft->sends.capacity * sizeof(struct send) +
           draft->attributes.capacity * sizeof(struct held_attribute);
}
