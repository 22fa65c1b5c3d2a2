/* SPDX-License-Identifier: MIT */
/* The names of saved bytes: read, and found again in a policy. */
#include "engine/load.h"

static void read_rule(struct unpacker *unpacker, struct target_rule *rule)
{
    rule->type = unpack_number(unpacker) != 0 ? TARGET_AGREED : TARGET_FIXED;
    rule->target.unit = unpack_u32(unpacker);
    rule->target.amount = (int64_t)unpack_number(unpacker);
    rule->target.due = unpack_u32(unpacker);
    rule->target.due_time = unpack_u32(unpacker);
    rule->target.cutoff = unpack_u32(unpacker);
    rule->target.grace = (sla_duration)unpack_number(unpacker);
    rule->line = unpack_u32(unpacker);
}

static sla_status read_entry(struct saved_names *saved, struct unpacker *unpacker,
                             struct saved_name *name)
{
    name->place = unpack_u32(unpacker);
    name->steps = (struct range){(uint32_t)saved->steps.count, unpack_u32(unpacker)};
    for (uint32_t i = 0; i < name->steps.count && !unpacker->failed; i++) {
        struct saved_step step = {.type = unpack_u32(unpacker)};
        step.percent = unpack_u32(unpacker);
        step.offset = (sla_duration)unpack_number(unpacker);
        step.times = unpack_u32(unpacker);
        if (!array_push(saved->allocator, &saved->steps, step))
            return SLA_ERROR_MEMORY;
    }
    return SLA_OK;
}

static sla_status read_name(struct saved_names *saved, struct unpacker *unpacker,
                            enum name_kind kind, struct saved_name *name)
{
    if (kind == NAME_RULE) {
        name->place = unpack_u32(unpacker);
        read_rule(unpacker, &name->rule);
        return SLA_OK;
    }
    if (kind == NAME_ENTRY)
        return read_entry(saved, unpacker, name);
    name->text = unpack_text(unpacker);
    if (kind == NAME_CALENDAR) {
        name->identity[0] = unpack_fixed(unpacker);
        name->identity[1] = unpack_fixed(unpacker);
    } else if (kind == NAME_PAUSE) {
        name->place = unpack_u32(unpacker);
        name->by_event = unpack_number(unpacker) != 0;
        unpack_text(unpacker); /* its reason, for people who look at the bytes */
    }
    return SLA_OK;
}

sla_status saved_names_read(struct saved_names *saved, struct unpacker *unpacker,
                            const sla_allocator *allocator)
{
    saved->allocator = allocator;
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        uint64_t count = unpack_number(unpacker);
        for (uint64_t i = 0; i < count && !unpacker->failed; i++) {
            struct saved_name name = {.index = INDEX_NONE};
            sla_status status = read_name(saved, unpacker, (enum name_kind)kind, &name);
            if (status == SLA_OK && !array_push(allocator, &saved->lists[kind].names, name))
                status = SLA_ERROR_MEMORY;
            if (status != SLA_OK)
                return status;
        }
    }
    return unpacker->failed || unpacker->at != unpacker->end ? SLA_ERROR_DATA : SLA_OK;
}

void saved_names_free(struct saved_names *saved)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
        array_free(saved->allocator, &saved->lists[kind].names);
    array_free(saved->allocator, &saved->steps);
}

const struct saved_name *saved_name_at(struct saved_names *saved, enum name_kind kind,
                                       uint32_t number)
{
    if (kind == NAME_ATTRIBUTE || kind == NAME_LITERAL)
        number--;
    if (number < saved->lists[kind].names.count)
        return &saved->lists[kind].names.items[number];
    saved->damaged = true;
    return NULL;
}

const struct saved_step *saved_step_at(struct saved_names *saved, uint32_t step)
{
    const struct saved_name *entry = saved_name_at(saved, NAME_ENTRY, step >> SAVED_STEP_BITS);
    uint32_t place = step & ((1u << SAVED_STEP_BITS) - 1);
    if (entry != NULL && place < entry->steps.count)
        return &saved->steps.items[entry->steps.first + place];
    saved->damaged = true;
    return NULL;
}

static uint32_t find_again(void *user, enum name_kind kind, uint32_t number)
{
    const struct saved_name *name = saved_name_at(user, kind, number);
    return name == NULL ? 0 : name->index;
}

static uint32_t find_step_again(void *user, uint32_t step)
{
    struct saved_names *saved = user;
    const struct saved_name *entry = saved_name_at(saved, NAME_ENTRY, step >> SAVED_STEP_BITS);
    uint32_t place = step & ((1u << SAVED_STEP_BITS) - 1);
    if (saved_step_at(saved, step) == NULL)
        return 0;
    return entry->index == INDEX_NONE ? INDEX_NONE : entry->first_step + place;
}

struct translation saved_names_translation(struct saved_names *saved)
{
    return (struct translation){find_again, find_step_again, saved};
}

/* A target that says the same: the one in its place, or on the same line, or any. The clock itself
   knows whether an agreed instant was read. */
static uint32_t find_rule(const sla_policy *policy, const struct saved_name *name)
{
    uint32_t found = INDEX_NONE, best = 0;
    for (uint32_t i = 0; i < policy->target_rule_count; i++) {
        const struct target_rule *rule = &policy->target_rules[i];
        if (!target_is_same(&rule->target, &name->rule.target))
            continue;
        uint32_t likeness = 1u + (rule->type == name->rule.type);
        if (rule->line == name->rule.line)
            likeness += 2u + (i == name->place);
        if (likeness > best) {
            best = likeness;
            found = i;
        }
    }
    return found;
}

/* The entry in the same place with the same steps. */
static uint32_t find_entry(const struct saved_names *saved, const sla_policy *policy,
                           struct saved_name *name)
{
    if (name->place >= policy->escalation_count)
        return INDEX_NONE;
    struct range steps = policy->escalations[name->place].steps;
    if (steps.count != name->steps.count)
        return INDEX_NONE;
    for (uint32_t i = 0; i < steps.count; i++) {
        const struct step *step = &policy->steps[steps.first + i];
        const struct saved_step *other = &saved->steps.items[name->steps.first + i];
        if (step->type != other->type || step->percent != other->percent ||
            step->offset != other->offset || step->times != other->times)
            return INDEX_NONE;
    }
    name->first_step = steps.first;
    return name->place;
}

static uint32_t find_pause(const sla_policy *policy, const struct saved_name *name)
{
    uint32_t metric = policy_find_metric(policy, name->text);
    if (metric == INDEX_NONE || name->place >= policy->metrics[metric].pauses.count)
        return INDEX_NONE;
    uint32_t index = policy->metrics[metric].pauses.first + name->place;
    return policy->pauses[index].from.present == name->by_event ? index : INDEX_NONE;
}

static uint32_t find_calendar(const sla_policy *policy, struct saved_name *name)
{
    for (uint32_t i = 0; i < policy->calendar_count; i++) {
        sla_text text;
        sla_calendar_name(policy->calendars[i], &text);
        const uint64_t *identity = calendar_identity(policy->calendars[i]);
        if (!text_equal(text, name->text))
            continue;
        name->changed = identity[0] != name->identity[0] || identity[1] != name->identity[1];
        return i;
    }
    name->changed = true;
    return INDEX_NONE;
}

sla_status saved_names_resolve(struct saved_names *saved, sla_engine *engine)
{
    const sla_policy *policy = engine->policy;
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        for (size_t i = 0; i < saved->lists[kind].names.count; i++) {
            struct saved_name *name = &saved->lists[kind].names.items[i];
            switch ((enum name_kind)kind) {
            case NAME_METRIC: name->index = policy_find_metric(policy, name->text); break;
            case NAME_AGREEMENT: name->index = policy_find_agreement(policy, name->text); break;
            case NAME_CALENDAR: name->index = find_calendar(policy, name); break;
            case NAME_RULE: name->index = find_rule(policy, name); break;
            case NAME_ENTRY: name->index = find_entry(saved, policy, name); break;
            case NAME_PAUSE: name->index = find_pause(policy, name); break;
            case NAME_ATTRIBUTE:
                name->index = text_table_find(&policy->attributes, name->text);
                break;
            case NAME_LITERAL:
                name->index = text_table_find(&policy->literals, name->text);
                break;
            case NAME_SEVERITY:
                name->index = policy_find_severity(
                    policy, text_table_find(&policy->literals, name->text));
                break;
            case NAME_KIND_COUNT: break;
            }
            if (name->index == INDEX_NONE && kind <= NAME_CALENDAR &&
                (name->index = engine_keep_name(engine, name->text)) == INDEX_NONE)
                return SLA_ERROR_MEMORY;
        }
    }
    return SLA_OK;
}
