/* SPDX-License-Identifier: MIT */
/* Attributes of an incident: set, changed and removed by an update. */
#include "engine/host.h"
#include "engine/work.h"

sla_text held_value(const sla_policy *policy, const struct held_attribute *held)
{
    return held->literal != 0 ? text_table_at(&policy->literals, held->literal) : held->value;
}

void held_fill(const struct held *held, const struct facts *facts)
{
    struct unpacker unpacker = held_begin(held);
    struct held_attribute attribute;
    while (held_next(&unpacker, &attribute))
        if (attribute.slot != 0)
            slot_set(&facts->slots[attribute.slot], held_value(facts->policy, &attribute),
                     attribute.literal);
}

/* The slot and the name that an attribute of the API means. */
static sla_status identify(const struct work *work, const sla_attribute *attribute,
                           uint32_t *out_slot, sla_text *out_name)
{
    const sla_policy *policy = work->policy;
    if (attribute->id != 0) {
        if (attribute->id > policy->attribute_count)
            return SLA_ERROR_ARGUMENT;
        *out_slot = attribute->id;
        *out_name = TEXT_NONE; /* the slot says it */
        return SLA_OK;
    }
    if (!text_from_api(attribute->name.data, attribute->name.length, out_name) ||
        out_name->length == 0)
        return SLA_ERROR_ARGUMENT;
    *out_slot = text_table_find(&policy->attributes, *out_name);
    return SLA_OK;
}

static bool is_same(const sla_policy *policy, const struct held_attribute *a,
                    const struct held_attribute *b)
{
    if (a->literal != b->literal)
        return false;
    return a->literal != 0 || text_equal(held_value(policy, a), held_value(policy, b));
}

static void note_change(struct work *work, uint32_t slot)
{
    work->attributes_changed |= slot != 0;
    work->promises_changed |= slot != 0 && work->engine->outlook.slots[slot] != 0;
}

static sla_status set_attribute(struct work *work, const sla_attribute *attribute)
{
    const sla_allocator *allocator = &work->engine->allocator;
    struct held_attribute fresh = {0};
    sla_status status = identify(work, attribute, &fresh.slot, &fresh.name);
    if (status != SLA_OK)
        return status;
    struct held *attributes = &work->draft->attributes;
    struct held_attribute held;
    struct held_place place;
    bool is_there = held_find(attributes, fresh.slot, fresh.name, &held, &place);
    if ((attribute->flags & SLA_ATTRIBUTE_REMOVE) != 0) {
        if (!is_there)
            return SLA_OK;
        note_change(work, fresh.slot);
        return held_remove(attributes, allocator, place) ? SLA_OK : SLA_ERROR_MEMORY;
    }
    if (attribute->flags != 0 ||
        !text_from_api(attribute->value.data, attribute->value.length, &fresh.value))
        return SLA_ERROR_ARGUMENT;
    if (fresh.slot != 0)
        fresh.literal = text_table_find(&work->policy->literals, fresh.value);
    if (is_there && is_same(work->policy, &held, &fresh))
        return SLA_OK;
    note_change(work, fresh.slot);
    bool done = is_there ? held_replace(attributes, allocator, place, &fresh)
                         : held_add(attributes, allocator, &fresh);
    return done ? SLA_OK : SLA_ERROR_MEMORY;
}

sla_status work_set_attributes(struct work *work, const sla_update *update, bool is_act)
{
    if (update->attributes == NULL && update->attribute_count > 0)
        return SLA_ERROR_ARGUMENT;
    for (size_t i = 0; i < update->attribute_count; i++) {
        if (is_act && host_is_argument(work->policy, &update->attributes[i]))
            continue;
        sla_status status = set_attribute(work, &update->attributes[i]);
        if (status != SLA_OK)
            return status;
    }
    return SLA_OK;
}
