/* SPDX-License-Identifier: MIT */
/* Classification without an engine: attributes in, severity, agreement and deadlines out. */
#include "base/checked.h"
#include "base/structs.h"
#include "engine/goal.h"
#include "engine/target.h"

#include <sla/goal.h>

/* An attribute that the policy never asks for. */
struct kept {
    sla_text name;
    sla_text value; /* TEXT_NONE: taken away */
};

/* In one block with the slots, the promises and what is kept. */
struct sla_classification {
    sla_policy *policy;
    size_t size; /* of the block */
    sla_time at;
    struct slot *slots;
    struct promise *promises;
    struct kept *kept; /* as they came: of the same name the last counts */
    size_t kept_count;
    char *texts; /* copies of those that the policy does not have; NULL without any */
    size_t text_bytes;
    uint32_t severity;
    bool has_foreign_texts; /* some texts are not the policy's */
};

/* Takes one attribute of the caller: into its slot, or beside the others. Texts that the policy
   does not have are the caller's still. */
static bool take_attribute(struct sla_classification *made, const sla_attribute *attribute)
{
    const sla_policy *policy = made->policy;
    uint32_t id = attribute->id, literal = 0;
    sla_text name, value = TEXT_NONE;
    bool is_removed = attribute->flags == SLA_ATTRIBUTE_REMOVE;
    if ((attribute->flags != 0 && !is_removed) || id > policy->attribute_count)
        return false;
    if (!is_removed) {
        if (!text_from_api(attribute->value.data, attribute->value.length, &value))
            return false;
        literal = text_table_find(&policy->literals, value);
        if (literal != 0)
            value = text_table_at(&policy->literals, literal);
        else if (value.length == 0)
            value = TEXT(""); /* not the none of an absent one */
        else
            made->has_foreign_texts = true;
    }
    if (id == 0) {
        if (!text_from_api(attribute->name.data, attribute->name.length, &name) ||
            name.length == 0)
            return false;
        id = text_table_find(&policy->attributes, name);
        if (id == 0) {
            made->kept[made->kept_count++] = (struct kept){name, value};
            made->has_foreign_texts = true;
        }
    }
    if (id != 0)
        made->slots[id] = (struct slot){value, literal, !is_removed};
    return true;
}

/* Kept values that the policy knows are counted and copied all the same. */
static void add_length(size_t *total, sla_text text)
{
    if (ckd_add(total, *total, text.length))
        *total = SIZE_MAX; /* more than there is memory */
}

static void move_text(char **end, sla_text *text)
{
    if (text->length == 0)
        return;
    memcpy(*end, text->data, text->length);
    text->data = *end;
    *end += text->length;
}

/* Makes all texts that are not the policy's the classification's own. False: no memory. */
static bool keep_texts(struct sla_classification *made)
{
    const sla_policy *policy = made->policy;
    size_t total = 0;
    for (uint32_t i = 1; i <= policy->attribute_count; i++)
        if (made->slots[i].literal == 0)
            add_length(&total, made->slots[i].text);
    for (size_t i = 0; i < made->kept_count; i++) {
        add_length(&total, made->kept[i].name);
        add_length(&total, made->kept[i].value);
    }
    char *end = made->texts = memory_new(&policy->allocator, total);
    if (end == NULL)
        return false;
    made->text_bytes = total;
    for (uint32_t i = 1; i <= policy->attribute_count; i++)
        if (made->slots[i].literal == 0)
            move_text(&end, &made->slots[i].text);
    for (size_t i = 0; i < made->kept_count; i++) {
        move_text(&end, &made->kept[i].name);
        move_text(&end, &made->kept[i].value);
    }
    return true;
}

/* Everything absent, with room for so many attributes. NULL: no memory. */
static struct sla_classification *classification_new(sla_policy *policy, size_t count)
{
    size_t slots = policy->slot_count * sizeof(struct slot);
    size_t promises = (size_t)policy->metric_count * KIND_COUNT * sizeof(struct promise);
    size_t size = sizeof(struct sla_classification), kept;
    if (ckd_mul(&kept, count, sizeof(struct kept)) || ckd_add(&size, size, slots) ||
        ckd_add(&size, size, promises) || ckd_add(&size, size, kept))
        return NULL;
    char *block = memory_new(&policy->allocator, size);
    if (block == NULL)
        return NULL;
    /* the widest first: each part begins where it may */
    struct sla_classification *made = (void *)block;
    *made = (struct sla_classification){.policy = sla_policy_ref(policy), .size = size};
    made->promises = (void *)(block += sizeof *made);
    made->slots = (void *)(block += promises);
    made->kept = (void *)(block + slots);
    memset(made->slots, 0, slots);
    return made;
}

sla_status sla_policy_classify(const sla_policy *policy, sla_time at,
                               const sla_attribute *attributes, size_t count,
                               sla_classification **out)
{
    if (policy == NULL || out == NULL || (attributes == NULL && count > 0))
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    sla_policy *shared; /* only the count of references changes */
    memcpy(&shared, &policy, sizeof shared);
    struct sla_classification *made = classification_new(shared, count);
    if (made == NULL)
        return SLA_ERROR_MEMORY;
    bool good = true;
    for (size_t i = 0; good && i < count; i++)
        good = take_attribute(made, &attributes[i]);
    if (!good || (made->has_foreign_texts && !keep_texts(made))) {
        sla_classification_free(made);
        return good ? SLA_ERROR_MEMORY : SLA_ERROR_ARGUMENT;
    }
    struct facts facts = {policy, made->slots, at};
    made->at = at;
    bool known = classify_derive(&facts, &made->severity);
    promises_find(&facts, made->promises);
    *out = made;
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
            const struct slot *slot = &classification->slots[policy->derivations[i].slot];
            *out_value = slot->text;
            return slot->present != 0;
        }
    if (id != 0) {
        const struct slot *slot = &classification->slots[policy->visible_slots[id]];
        if (slot->present)
            *out_value = slot->text;
        return slot->present != 0;
    }
    for (size_t i = classification->kept_count; i > 0; i--) {
        const struct kept *kept = &classification->kept[i - 1];
        if (!text_equal(kept->name, wanted))
            continue;
        if (kept->value.data != NULL)
            *out_value = kept->value;
        return kept->value.data != NULL;
    }
    return 0;
}

int32_t sla_classification_derived(const sla_classification *classification, size_t index,
                                   sla_text *out_name, sla_text *out_value)
{
    const sla_policy *policy = classification->policy;
    if (index >= policy->derivation_count)
        return 0;
    const struct derivation *derivation = &policy->derivations[index];
    *out_name = derivation->name;
    *out_value = classification->slots[derivation->slot].text;
    return 1;
}

/* The clock at an index: the metric and kind, as a place among the promises. */
static bool find_pair(const sla_classification *classification, size_t index, uint32_t *out_pair)
{
    const sla_policy *policy = classification->policy;
    for (uint32_t pair = 0; pair < policy->metric_count * KIND_COUNT; pair++)
        if (classification->promises[pair].found && index-- == 0) {
            *out_pair = pair;
            return true;
        }
    return false;
}

int32_t sla_classification_clock(const sla_classification *classification, size_t index,
                                 sla_classified_clock *out_clock)
{
    const sla_policy *policy = classification->policy;
    uint32_t pair;
    if (out_clock == NULL || !find_pair(classification, index, &pair))
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
    made.status = promise_answer(policy, promise, classification->at, &made.deadline, &made.budget);
    if (made.status == SLA_OK)
        made.provisional = calendar_is_provisional(calendar, made.deadline);
    return struct_write(out_clock, &made, sizeof made);
}

int32_t sla_classification_agreement(const sla_classification *classification, uint32_t kind,
                                     sla_text *out_name)
{
    const sla_policy *policy = classification->policy;
    struct facts facts = {policy, classification->slots, classification->at};
    uint32_t agreements[KIND_COUNT];
    if (kind >= KIND_COUNT)
        return 0;
    agreements_find(&facts, agreements);
    if (agreements[kind] == INDEX_NONE)
        return 0;
    *out_name = policy->agreements[agreements[kind]].name;
    return 1;
}

int32_t sla_classification_goal(const sla_classification *classification, size_t goal,
                                size_t index)
{
    const sla_policy *policy = classification->policy;
    uint32_t pair;
    if (goal >= policy->goal_count || !find_pair(classification, index, &pair))
        return SLA_ERROR_ARGUMENT;
    struct facts facts = {policy, classification->slots, classification->at};
    return goal_is_for(policy, &policy->goals[goal], pair / KIND_COUNT, pair % KIND_COUNT,
                       classification->promises[pair].agreement) &&
           condition_holds(&facts, policy->goals[goal].condition);
}

void sla_classification_free(sla_classification *classification)
{
    if (classification == NULL)
        return;
    sla_policy *policy = classification->policy;
    memory_free(&policy->allocator, classification->texts, classification->text_bytes);
    memory_free(&policy->allocator, classification, classification->size);
    sla_policy_unref(policy);
}
