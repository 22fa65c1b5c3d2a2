/* SPDX-License-Identifier: MIT */
/* Classification without an engine: attributes in, severity, agreement and deadlines out. */
#include "base/checked.h"
#include "base/structs.h"
#include "engine/target.h"

struct sla_classification {
    sla_policy *policy;
    struct arena arena; /* this struct, the slots, the promises and copies of the texts */
    sla_time at;
    struct facts facts;
    uint32_t severity;
    struct promise *promises;
    struct text_table names; /* of attributes that the policy never asks for */
    sla_text *values;        /* theirs */
};

/* Takes one attribute of the caller: into its slot, or beside the others. */
static sla_status take_attribute(struct sla_classification *classification,
                                 const sla_attribute *attribute)
{
    const sla_policy *policy = classification->policy;
    uint32_t id = attribute->id;
    sla_text name, value = TEXT_NONE;
    if ((attribute->flags & ~SLA_ATTRIBUTE_REMOVE) != 0 || id > policy->attribute_count)
        return SLA_ERROR_ARGUMENT;
    bool is_removed = (attribute->flags & SLA_ATTRIBUTE_REMOVE) != 0;
    if (!is_removed && !text_from_api(attribute->value.data, attribute->value.length, &value))
        return SLA_ERROR_ARGUMENT;
    sla_text copy = arena_text(&classification->arena, value);
    if (copy.data == NULL)
        return SLA_ERROR_MEMORY;
    if (id == 0) {
        if (!text_from_api(attribute->name.data, attribute->name.length, &name) ||
            name.length == 0)
            return SLA_ERROR_ARGUMENT;
        id = text_table_find(&policy->attributes, name);
    }
    if (id == 0) {
        sla_text kept = arena_text(&classification->arena, name);
        uint32_t number = kept.data == NULL ? 0 : text_table_add(&classification->names, kept);
        if (number == 0)
            return SLA_ERROR_MEMORY;
        classification->values[number - 1] = is_removed ? TEXT_NONE : copy;
    } else if (is_removed) {
        classification->facts.slots[id] = (struct slot){TEXT_NONE, 0, 0};
    } else {
        slot_set(&classification->facts.slots[id], copy,
                 text_table_find(&policy->literals, copy));
    }
    return SLA_OK;
}

static sla_classification *classification_new(sla_policy *policy, sla_time at, size_t count)
{
    struct arena arena;
    arena_init(&arena, &policy->allocator);
    struct sla_classification *made = arena_new(&arena, sizeof *made);
    struct slot *slots = arena_new(&arena, policy->slot_count * sizeof *slots);
    struct promise *promises =
        arena_new(&arena, (size_t)policy->metric_count * KIND_COUNT * sizeof *promises);
    sla_text *values = arena_new(&arena, count * sizeof *values);
    if (made == NULL || slots == NULL || promises == NULL || values == NULL) {
        arena_free(&arena);
        return NULL;
    }
    *made = (struct sla_classification){.policy = sla_policy_ref(policy), .at = at,
                                        .facts = {policy, slots, at}, .promises = promises,
                                        .values = values};
    text_table_init(&made->names, &policy->allocator);
    made->arena = arena;
    return made;
}

sla_status sla_policy_classify(const sla_policy *policy, sla_time at,
                               const sla_attribute *attributes, size_t count,
                               sla_classification **out)
{
    size_t bytes;
    if (policy == NULL || out == NULL || (attributes == NULL && count > 0) ||
        ckd_mul(&bytes, count, sizeof(sla_text)))
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    sla_policy *shared; /* only the count of references changes */
    memcpy(&shared, &policy, sizeof shared);
    sla_classification *classification = classification_new(shared, at, count);
    if (classification == NULL)
        return SLA_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        sla_status status = take_attribute(classification, &attributes[i]);
        if (status != SLA_OK) {
            sla_classification_free(classification);
            return status;
        }
    }
    bool known = classify_derive(&classification->facts, &classification->severity);
    promises_find(&classification->facts, classification->promises);
    *out = classification;
    return known ? SLA_OK : SLA_UNKNOWN_SEVERITY;
}

void sla_classification_severity(const sla_classification *classification, sla_text *out_severity)
{
    const sla_policy *policy = classification->policy;
    *out_severity = classification->severity == INDEX_NONE
                        ? TEXT_NONE
                        : text_table_at(&policy->literals,
                                        policy->severities[classification->severity]);
}

int32_t sla_classification_attribute(const sla_classification *classification, const char *name,
                                     size_t length, sla_text *out_value)
{
    const sla_policy *policy = classification->policy;
    sla_text wanted;
    if (!text_from_api(name, length, &wanted))
        return 0;
    uint32_t id = text_table_find(&policy->attributes, wanted);
    for (uint32_t i = 0; id == 0 && i < policy->derivation_count; i++)
        if (text_equal(policy->derivations[i].name, wanted)) {
            const struct slot *slot = &classification->facts.slots[policy->derivations[i].slot];
            *out_value = slot->text;
            return slot->present != 0;
        }
    if (id != 0) {
        const struct slot *slot = &classification->facts.slots[policy->visible_slots[id]];
        if (slot->present)
            *out_value = slot->text;
        return slot->present != 0;
    }
    uint32_t number = text_table_find(&classification->names, wanted);
    if (number == 0 || classification->values[number - 1].data == NULL)
        return 0;
    *out_value = classification->values[number - 1];
    return 1;
}

int32_t sla_classification_derived(const sla_classification *classification, size_t index,
                                   sla_text *out_name, sla_text *out_value)
{
    const sla_policy *policy = classification->policy;
    if (index >= policy->derivation_count)
        return 0;
    const struct derivation *derivation = &policy->derivations[index];
    *out_name = derivation->name;
    *out_value = classification->facts.slots[derivation->slot].text;
    return 1;
}

int32_t sla_classification_clock(const sla_classification *classification, size_t index,
                                 sla_classified_clock *out_clock)
{
    const sla_policy *policy = classification->policy;
    if (out_clock == NULL)
        return 0;
    uint32_t pair = 0, pairs = policy->metric_count * KIND_COUNT;
    for (size_t left = index; pair < pairs; pair++)
        if (classification->promises[pair].found && left-- == 0)
            break;
    if (pair == pairs)
        return 0;
    const struct promise *promise = &classification->promises[pair];
    const sla_calendar *calendar = policy->calendars[promise->calendar];
    sla_classified_clock made = {
        .size = sizeof made,
        .kind = pair % KIND_COUNT,
        .agreement = policy->agreements[promise->agreement].name,
        .metric = policy->metrics[pair / KIND_COUNT].name,
        .row = policy->target_rows[promise->row].name,
        .calendar_handle = calendar,
        .deadline = SLA_TIME_NONE,
        .budget = SLA_DURATION_NONE,
        .grace = promise->target->grace,
        .line = policy->target_rules[promise->rule].line,
    };
    sla_calendar_name(calendar, &made.calendar);
    made.cutoff = SLA_NO_CUTOFF;
    if (!promise->agreed) {
        made.unit = promise->target->unit;
        made.due = promise->target->due;
        made.due_time = promise->target->due_time;
        made.cutoff = promise->target->cutoff;
        made.amount = promise->target->amount;
    }
    sla_time due = SLA_TIME_NONE;
    made.status = promise_due(policy, promise, classification->at, &due);
    sla_time deadline = due;
    if (made.status == SLA_OK && promise_rolls(policy, promise))
        made.status = calendar_roll(calendar, &deadline);
    if (made.status == SLA_OK) {
        made.budget = calendar_elapsed(calendar, classification->at, due);
        made.deadline = deadline;
        made.provisional = calendar_is_provisional(calendar, made.deadline);
    }
    return struct_write(out_clock, &made, sizeof made);
}

void sla_classification_free(sla_classification *classification)
{
    if (classification == NULL)
        return;
    text_table_free(&classification->names);
    sla_policy *policy = classification->policy;
    struct arena arena = classification->arena;
    arena_free(&arena);
    sla_policy_unref(policy);
}
