/* SPDX-License-Identifier: MIT */
/* Attributes of an incident: set, changed and removed by an update. Their texts are borrowed, from
   the incident's block or from the update, until the draft is put back. */
#include "engine/host.h"
#include "engine/work.h"

sla_text held_value(const sla_policy *policy, const struct held_attribute *held)
{
    return held->literal != 0 ? text_table_at(&policy->literals, held->literal) : held->value;
}

/* Where an attribute stands in the draft, or SIZE_MAX. */
static size_t find_attribute(const struct work *work, uint32_t slot, sla_text name)
{
    const struct draft *draft = work->draft;
    for (size_t i = 0; i < draft->attributes.count; i++) {
        const struct held_attribute *held = &draft->attributes.items[i];
        if (held->slot == slot && (slot != 0 || text_equal(held->name, name)))
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
    struct draft *draft = work->draft;
    struct held_attribute fresh = {0};
    sla_status status = identify(work, attribute, &fresh.slot, &fresh.name);
    if (status != SLA_OK)
        return status;
    size_t place = find_attribute(work, fresh.slot, fresh.name);
    struct held_attribute *held = place == SIZE_MAX ? NULL : &draft->attributes.items[place];
    if ((attribute->flags & SLA_ATTRIBUTE_REMOVE) != 0) {
        if (held == NULL)
            return SLA_OK;
        note_change(work, fresh.slot);
        *held = draft->attributes.items[--draft->attributes.count];
        return SLA_OK;
    }
    if (attribute->flags != 0 ||
        !text_from_api(attribute->value.data, attribute->value.length, &fresh.value))
        return SLA_ERROR_ARGUMENT;
    if (fresh.slot != 0)
        fresh.literal = text_table_find(&work->policy->literals, fresh.value);
    if (held == NULL || !is_same(work->policy, held, &fresh))
        note_change(work, fresh.slot);
    if (held != NULL) {
        *held = fresh;
        return SLA_OK;
    }
    return array_push(&work->engine->allocator, &draft->attributes, fresh) ? SLA_OK
                                                                           : SLA_ERROR_MEMORY;
}

sla_status work_set_attributes(struct work *work, const sla_update *update, bool is_act)
{
    if (update->attributes == NULL && update->attribute_count > 0)
        return SLA_ERROR_ARGUMENT;
    if (update->attribute_count > 0)
        unpack_attributes(work->draft);
    for (size_t i = 0; i < update->attribute_count; i++) {
        if (is_act && host_is_argument(work->policy, &update->attributes[i]))
            continue;
        sla_status status = set_attribute(work, &update->attributes[i]);
        if (status != SLA_OK)
            return status;
    }
    return SLA_OK;
}
