/* SPDX-License-Identifier: MIT */
/* The names that saved state uses: noted as they come, and written out. */
#include "engine/names.h"

void names_init(struct names *names, const sla_policy *policy, const struct text_table *foreign,
                const sla_allocator *allocator)
{
    *names = (struct names){.policy = policy, .foreign = foreign, .allocator = allocator};
}

void names_free(struct names *names)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        struct name_list *list = &names->lists[kind];
        memory_free(names->allocator, list->places, list->size * sizeof *list->places);
        array_free(names->allocator, &list->used);
    }
}

/* One more than the highest number of a kind in the policy. */
static size_t count_of(const sla_policy *policy, enum name_kind kind)
{
    switch (kind) {
    case NAME_METRIC: return policy->metric_count;
    case NAME_AGREEMENT: return policy->agreement_count;
    case NAME_CALENDAR: return policy->calendar_count;
    case NAME_RULE: return policy->target_rule_count;
    case NAME_ENTRY: return policy->escalation_count;
    case NAME_PAUSE: return policy->pause_count;
    case NAME_ATTRIBUTE: return policy->attribute_count + 1;
    case NAME_LITERAL: return policy->literals.texts.count + 1;
    case NAME_SEVERITY: return policy->severity_count;
    case NAME_KIND_COUNT: break;
    }
    return 0;
}

static uint32_t use(void *user, enum name_kind kind, uint32_t number)
{
    struct names *names = user;
    struct name_list *list = &names->lists[kind];
    size_t known = count_of(names->policy, kind);
    size_t place = is_foreign(number) ? known + (number & ~FOREIGN) : number;
    if (list->places == NULL) {
        list->size = known + names->foreign->texts.count + 1;
        list->places = memory_zero(names->allocator, list->size * sizeof *list->places);
    }
    names->failed |= list->places == NULL;
    if (names->failed)
        return 0;
    if (list->places[place] == 0) {
        if (!array_push(names->allocator, &list->used, number)) {
            names->failed = true;
            return 0;
        }
        list->places[place] = (uint32_t)list->used.count;
    }
    return list->places[place] - (kind != NAME_ATTRIBUTE && kind != NAME_LITERAL);
}

static uint32_t use_step(void *user, uint32_t step)
{
    struct names *names = user;
    const sla_policy *policy = names->policy;
    uint32_t entry = 0;
    while (entry < policy->escalation_count &&
           step - policy->escalations[entry].steps.first >= policy->escalations[entry].steps.count)
        entry++;
    uint32_t place = step - policy->escalations[entry].steps.first;
    uint32_t number = use(names, NAME_ENTRY, entry);
    if (place >> SAVED_STEP_BITS != 0 || number >> (31 - SAVED_STEP_BITS) != 0)
        names->failed = true;
    return number << SAVED_STEP_BITS | place;
}

struct translation names_translation(struct names *names)
{
    return (struct translation){use, use_step, names};
}

static void pack_rule(struct bytes *bytes, const struct target_rule *rule)
{
    bytes_number(bytes, rule->type == TARGET_AGREED);
    bytes_number(bytes, rule->target.unit);
    bytes_number(bytes, (uint64_t)rule->target.amount);
    bytes_number(bytes, rule->target.due);
    bytes_number(bytes, rule->target.due_time);
    bytes_number(bytes, rule->target.cutoff);
    bytes_number(bytes, (uint64_t)rule->target.grace);
    bytes_number(bytes, rule->line);
}

static void pack_entry(struct bytes *bytes, const sla_policy *policy, uint32_t index)
{
    struct range steps = policy->escalations[index].steps;
    bytes_number(bytes, index);
    bytes_number(bytes, steps.count);
    for (uint32_t i = steps.first; i < steps.first + steps.count; i++) {
        bytes_number(bytes, policy->steps[i].type);
        bytes_number(bytes, policy->steps[i].percent);
        bytes_number(bytes, (uint64_t)policy->steps[i].offset);
        bytes_number(bytes, policy->steps[i].times);
    }
}

static void pack_pause(struct names *names, struct bytes *bytes, uint32_t index)
{
    const sla_policy *policy = names->policy;
    uint32_t metric = 0;
    while (index - policy->metrics[metric].pauses.first >= policy->metrics[metric].pauses.count)
        metric++;
    bytes_text(bytes, policy->metrics[metric].name);
    bytes_number(bytes, index - policy->metrics[metric].pauses.first);
    bytes_number(bytes, policy->pauses[index].from.present);
    bytes_text(bytes, policy->pauses[index].reason);
}

static void pack_name(struct names *names, struct bytes *bytes, enum name_kind kind,
                      uint32_t number)
{
    const sla_policy *policy = names->policy;
    sla_text name = TEXT_NONE;
    uint64_t no_identity[2] = {0, 0};
    const uint64_t *identity = no_identity;
    bool foreign = is_foreign(number);
    if (foreign)
        name = names->foreign->texts.items[number & ~FOREIGN];
    switch (kind) {
    case NAME_METRIC:
        bytes_text(bytes, foreign ? name : policy->metrics[number].name);
        break;
    case NAME_AGREEMENT:
        bytes_text(bytes, foreign ? name : policy->agreements[number].name);
        break;
    case NAME_CALENDAR:
        if (!foreign) {
            sla_calendar_name(policy->calendars[number], &name);
            identity = calendar_identity(policy->calendars[number]);
        }
        bytes_text(bytes, name);
        bytes_fixed(bytes, identity[0]);
        bytes_fixed(bytes, identity[1]);
        break;
    case NAME_RULE:
        bytes_number(bytes, number);
        pack_rule(bytes, &policy->target_rules[number]);
        break;
    case NAME_ENTRY:
        pack_entry(bytes, policy, number);
        break;
    case NAME_PAUSE:
        pack_pause(names, bytes, number);
        break;
    case NAME_ATTRIBUTE:
        bytes_text(bytes, text_table_at(&policy->attributes, number));
        break;
    case NAME_LITERAL:
        bytes_text(bytes, text_table_at(&policy->literals, number));
        break;
    case NAME_SEVERITY:
        bytes_text(bytes, text_table_at(&policy->literals, policy->severities[number]));
        break;
    case NAME_KIND_COUNT:
        break;
    }
}

void names_pack(struct names *names, struct bytes *bytes)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        const struct name_list *list = &names->lists[kind];
        bytes_number(bytes, list->used.count);
        for (size_t i = 0; i < list->used.count; i++)
            pack_name(names, bytes, (enum name_kind)kind, list->used.items[i]);
    }
}
