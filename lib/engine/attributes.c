/* SPDX-License-Identifier: MIT */
/* Attributes of an incident: set, changed and removed by an update. */
#include "engine/work.h"

/* Where an attribute stands in the draft, or SIZE_MAX. */
static size_t find_attribute(const struct work *work, uint32_t slot, sla_text name)
{
    const struct draft *draft = work->draft;
    for (size_t i = 0; i < draft->attributes.count; i++) {
        const struct held_attribute *held = &draft->attributes.items[i];
        if (held->slot != slot)
            continue;
        if (slot != 0 || text_equal(pool_text(&work->engine->pool, held->name), name))
            return i;
    }
    return SIZE_MAX;
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
        *out_name = text_table_at(&policy->attributes, attribute->id);
        return SLA_OK;
    }
    if (!text_from_api(attribute->name.data, attribute->name.length, out_name) ||
        out_name->length == 0)
        return SLA_ERROR_ARGUMENT;
    *out_slot = text_table_find(&policy->attributes, *out_name);
    return SLA_OK;
}

/* Remembers a text that this update holds, or one that it no longer needs. */
static bool note(struct work *work, uint32_t held, uint32_t dropped)
{
    sla_engine *engine = work->engine;
    return (held == 0 || array_push(&engine->allocator, &engine->held, held)) &&
           (dropped == 0 || array_push(&engine->allocator, &engine->dropped, dropped));
}

static uint32_t hold(struct work *work, sla_text text)
{
    sla_engine *engine = work->engine;
    if (!array_reserve(&engine->allocator, &engine->held, 1))
        return 0;
    uint32_t number = pool_hold(&engine->pool, text);
    return number != 0 && note(work, number, 0) ? number : 0;
}

static sla_status set_attribute(struct work *work, const sla_attribute *attribute)
{
    struct draft *draft = work->draft;
    uint32_t slot;
    sla_text name, value;
    sla_status status = identify(work, attribute, &slot, &name);
    if (status != SLA_OK)
        return status;
    size_t place = find_attribute(work, slot, name);
    if ((attribute->flags & SLA_ATTRIBUTE_REMOVE) != 0) {
        if (place == SIZE_MAX)
            return SLA_OK;
        work->attributes_changed |= slot != 0;
        struct held_attribute gone = draft->attributes.items[place];
        draft->attributes.items[place] = draft->attributes.items[--draft->attributes.count];
        return note(work, 0, gone.value) && note(work, 0, gone.name) ? SLA_OK : SLA_ERROR_MEMORY;
    }
    if (attribute->flags != 0 ||
        !text_from_api(attribute->value.data, attribute->value.length, &value))
        return SLA_ERROR_ARGUMENT;
    uint32_t number = hold(work, value);
    if (number == 0)
        return SLA_ERROR_MEMORY;
    work->attributes_changed |=
        slot != 0 && (place == SIZE_MAX || draft->attributes.items[place].value != number);
    if (place != SIZE_MAX) {
        uint32_t old = draft->attributes.items[place].value;
        draft->attributes.items[place].value = number;
        return note(work, 0, old) ? SLA_OK : SLA_ERROR_MEMORY;
    }
    uint32_t name_number = slot != 0 ? 0 : hold(work, name);
    if (slot == 0 && name_number == 0)
        return SLA_ERROR_MEMORY;
    struct held_attribute fresh = {slot, name_number, number};
    return array_push(&work->engine->allocator, &draft->attributes, fresh) ? SLA_OK
                                                                           : SLA_ERROR_MEMORY;
}

sla_status work_set_attributes(struct work *work, const sla_update *update)
{
    if (update->attributes == NULL && update->attribute_count > 0)
        return SLA_ERROR_ARGUMENT;
    for (size_t i = 0; i < update->attribute_count; i++) {
        sla_status status = set_attribute(work, &update->attributes[i]);
        if (status != SLA_OK)
            return status;
    }
    return SLA_OK;
}
