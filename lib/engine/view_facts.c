/* SPDX-License-Identifier: MIT */
/* The facts of an incident as it stands, for those who only look at it. */
#include "engine/work.h"

sla_status engine_look(const sla_engine *engine, sla_text incident, struct looked *out)
{
    const sla_policy *policy = engine->policy;
    *out = (struct looked){.severity = INDEX_NONE};
    uint32_t number = incidents_find(&engine->incidents, incident);
    if (number == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    sla_status status = view_read(engine->view, &engine->incidents, number, engine->changes);
    if (status != SLA_OK)
        return status;
    const struct draft *draft = &engine->view->draft;
    size_t size = policy->slot_count * sizeof(struct slot);
    out->facts = (struct facts){policy, memory_zero(&engine->allocator, size),
                                draft->head.opened_at};
    if (out->facts.slots == NULL)
        return SLA_ERROR_MEMORY;
    held_fill(&draft->attributes, &out->facts);
    classify_derive(&out->facts, &out->severity);
    return SLA_OK;
}

void engine_look_away(const sla_engine *engine, struct looked *looked)
{
    memory_free(&engine->allocator, looked->facts.slots,
                engine->policy->slot_count * sizeof(struct slot));
    looked->facts.slots = NULL;
}
