/* SPDX-License-Identifier: MIT */
/* The engine's beginning and end. */
#include "base/structs.h"
#include "engine/work.h"

/* What the engine asks for is counted, block by block. */
static void *count_and_allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    sla_engine *engine = user;
    void *made = engine->host.allocate(engine->host.user, block, old_size, new_size);
    if (made != NULL || new_size == 0)
        engine->bytes += new_size - (block == NULL ? 0 : old_size);
    return made;
}

static bool allocate_scratch(sla_engine *engine)
{
    const sla_policy *policy = engine->policy;
    const sla_allocator *allocator = &engine->allocator;
    size_t pairs = (size_t)policy->metric_count * KIND_COUNT;
    engine->slots = memory_zero(allocator, policy->slot_count * sizeof *engine->slots);
    engine->slots_before = memory_zero(allocator, policy->slot_count * sizeof *engine->slots);
    engine->promises = memory_zero(allocator, pairs * sizeof *engine->promises);
    engine->last = memory_zero(allocator, pairs * sizeof *engine->last);
    engine->view = view_new(allocator);
    if (!outlook_init(&engine->outlook, policy, allocator))
        return false;
    return engine->slots != NULL && engine->slots_before != NULL && engine->promises != NULL &&
           engine->last != NULL && engine->view != NULL;
}

sla_status sla_engine_new(sla_policy *policy, const sla_callbacks *callbacks,
                          const sla_engine_options *options, sla_engine **out_engine)
{
    sla_callbacks told = {.size = sizeof told};
    sla_engine_options wanted = {.size = sizeof wanted};
    if (policy == NULL || out_engine == NULL ||
        (callbacks != NULL && !struct_read(callbacks, &told, sizeof told)) ||
        (options != NULL && !struct_read(options, &wanted, sizeof wanted)) || told.flags != 0 ||
        wanted.flags != 0)
        return SLA_ERROR_ARGUMENT;
    sla_allocator allocator = policy->allocator;
    if (wanted.allocator != NULL)
        allocator = memory_allocator(wanted.allocator);
    sla_engine *engine = memory_zero(&allocator, sizeof *engine);
    if (engine == NULL)
        return SLA_ERROR_MEMORY;
    engine->policy = sla_policy_ref(policy);
    engine->host = allocator;
    engine->allocator = (sla_allocator){count_and_allocate, engine};
    engine->callbacks = told;
    engine->now = SLA_TIME_NONE;
    engine->told_due = SLA_TIME_NEVER;
    text_table_init(&engine->foreign, &engine->allocator);
    arena_init(&engine->foreign_texts, &engine->allocator);
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
    const sla_allocator *allocator = &engine->allocator;
    sla_allocator host = engine->host;
    size_t pairs = (size_t)policy->metric_count * KIND_COUNT;
    memory_free(allocator, engine->slots, policy->slot_count * sizeof *engine->slots);
    memory_free(allocator, engine->slots_before, policy->slot_count * sizeof *engine->slots);
    memory_free(allocator, engine->promises, pairs * sizeof *engine->promises);
    memory_free(allocator, engine->last, pairs * sizeof *engine->last);
    array_free(allocator, &engine->retractions);
    draft_free(&engine->draft, allocator);
    view_free(engine->view, allocator);
    outlook_free(&engine->outlook, allocator);
    text_table_free(&engine->foreign);
    arena_free(&engine->foreign_texts);
    outbox_free(&engine->outbox);
    queue_free(&engine->queue);
    incidents_free(&engine->incidents);
    sla_policy_unref(engine->policy);
    memory_free(&host, engine, sizeof *engine);
}

uint64_t sla_engine_incidents(const sla_engine *engine)
{
    return engine == NULL ? 0 : engine->incidents.count;
}

uint64_t sla_engine_memory(const sla_engine *engine)
{
    return engine == NULL ? 0 : sizeof *engine + engine->bytes;
}
