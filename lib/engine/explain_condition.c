/* SPDX-License-Identifier: MIT */
/* Conditions explained: back in the policy's words, and which part of one does not hold. */
#include "engine/explain.h"

sla_text slot_name(const sla_policy *policy, uint32_t slot)
{
    if (slot <= policy->attribute_count)
        return text_table_at(&policy->attributes, slot);
    return policy->derivations[slot - policy->attribute_count - 1].name;
}

/* Characters that are plain wherever they stand in a word; what is not ASCII is plain, too. */
static bool is_plain(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '.' ||
           character == '+' || character == '/' || (unsigned char)character >= 0x80;
}

void write_word(struct writer *writer, sla_text word)
{
    bool plain = word.length > 0;
    for (size_t i = 0; i < word.length; i++) {
        bool inside = i > 0 && i + 1 < word.length;
        char character = word.data[i];
        plain = plain && (is_plain(character) ||
                          (inside && (character == '-' || character == ' ' || character == '@')));
    }
    if (plain) {
        writer_add(writer, word);
        return;
    }
    writer_add_c(writer, "\"");
    size_t from = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] != '"' && word.data[i] != '\\')
            continue;
        writer_add(writer, (sla_text){word.data + from, i - from});
        writer_add_c(writer, "\\");
        from = i;
    }
    writer_add(writer, (sla_text){word.data + from, word.length - from});
    writer_add_c(writer, "\"");
}

/* Attributes that bear a word of the language are written {attribute: {not: true}}. */
static bool is_word_of_the_language(sla_text name)
{
    return text_equal(name, TEXT("all")) || text_equal(name, TEXT("any")) ||
           text_equal(name, TEXT("not")) || text_equal(name, TEXT("opened_in")) ||
           text_equal(name, TEXT("opened_outside")) || text_equal(name, TEXT("attribute"));
}

static bool is_about_one_attribute(const struct condition *condition)
{
    return condition->op == CONDITION_IN || condition->op == CONDITION_BETWEEN ||
           condition->op == CONDITION_PREFIX || condition->op == CONDITION_CONTAINS ||
           condition->op == CONDITION_EXISTS;
}

static void write_list(struct writer *writer, const sla_policy *policy, struct range list)
{
    if (list.count != 1)
        writer_add_c(writer, "[");
    for (uint32_t i = 0; i < list.count; i++) {
        if (i > 0)
            writer_add_c(writer, ", ");
        write_word(writer,
                   text_table_at(&policy->literals, policy->literal_lists[list.first + i]));
    }
    if (list.count != 1)
        writer_add_c(writer, "]");
}

/* What stands behind the attribute's name. */
static void write_test(struct writer *writer, const sla_policy *policy,
                       const struct condition *condition)
{
    switch ((enum condition_op)condition->op) {
    case CONDITION_IN:
        write_list(writer, policy, condition->list);
        return;
    case CONDITION_BETWEEN:
        writer_add_c(writer, "{");
        if (condition->min.length > 0) {
            writer_add_c(writer, "min: ");
            writer_add(writer, condition->min);
        }
        if (condition->max.length > 0) {
            writer_add_c(writer, condition->min.length > 0 ? ", max: " : "max: ");
            writer_add(writer, condition->max);
        }
        writer_add_c(writer, "}");
        return;
    case CONDITION_PREFIX:
    case CONDITION_CONTAINS:
        writer_add_c(writer, condition->op == CONDITION_PREFIX ? "{prefix: " : "{contains: ");
        write_word(writer, condition->text);
        writer_add_c(writer, "}");
        return;
    default:
        writer_add_c(writer, "{exists: true}");
    }
}

static void write_on_attribute(struct writer *writer, const sla_policy *policy,
                               const struct condition *condition, bool negated)
{
    sla_text name = slot_name(policy, condition->slot);
    bool wrapped = is_word_of_the_language(name);
    if (wrapped)
        writer_add_c(writer, "attribute: {");
    write_word(writer, name);
    writer_add_c(writer, ": ");
    if (negated && condition->op == CONDITION_EXISTS) {
        writer_add_c(writer, "{exists: false}");
    } else {
        if (negated)
            writer_add_c(writer, "{not: ");
        write_test(writer, policy, condition);
        if (negated)
            writer_add_c(writer, "}");
    }
    if (wrapped)
        writer_add_c(writer, "}");
}

static void write_children(struct writer *writer, const sla_policy *policy,
                           const struct condition *condition, bool braces)
{
    for (uint32_t i = 0; i < condition->children.count; i++) {
        if (i > 0)
            writer_add_c(writer, ", ");
        write_condition(writer, policy,
                        policy->condition_children[condition->children.first + i], braces);
    }
}

static void write_negation(struct writer *writer, const sla_policy *policy,
                           const struct condition *condition)
{
    uint32_t child = policy->condition_children[condition->children.first];
    const struct condition *denied = &policy->conditions[child];
    if (is_about_one_attribute(denied)) {
        write_on_attribute(writer, policy, denied, true);
    } else if (denied->op == CONDITION_OPENED_IN) {
        sla_text name;
        sla_calendar_name(policy->calendars[denied->calendar], &name);
        writer_add_c(writer, "opened_outside: ");
        write_word(writer, name);
    } else {
        writer_add_c(writer, "not: ");
        write_condition(writer, policy, child, true);
    }
}

/* Conditions nest no deeper than the policy's text does, which has a limit. */
void write_condition(struct writer *writer, const sla_policy *policy, uint32_t index, bool braces)
{
    if (index == INDEX_NONE)
        return;
    const struct condition *condition = &policy->conditions[index];
    if (braces)
        writer_add_c(writer, "{");
    if (condition->op == CONDITION_ALL) {
        write_children(writer, policy, condition, false);
    } else if (condition->op == CONDITION_ANY) {
        writer_add_c(writer, "any: [");
        write_children(writer, policy, condition, true);
        writer_add_c(writer, "]");
    } else if (condition->op == CONDITION_NOT) {
        write_negation(writer, policy, condition);
    } else if (condition->op == CONDITION_OPENED_IN) {
        sla_text name;
        sla_calendar_name(policy->calendars[condition->calendar], &name);
        writer_add_c(writer, "opened_in: ");
        write_word(writer, name);
    } else {
        write_on_attribute(writer, policy, condition, false);
    }
    if (braces)
        writer_add_c(writer, "}");
}

uint32_t condition_failed_part(const struct facts *facts, uint32_t index)
{
    const sla_policy *policy = facts->policy;
    for (;;) {
        const struct condition *condition = &policy->conditions[index];
        const uint32_t *children = policy->condition_children + condition->children.first;
        uint32_t i = 0;
        if (condition->op == CONDITION_ALL)
            while (i < condition->children.count && condition_holds(facts, children[i]))
                i++;
        else if (condition->op != CONDITION_ANY || condition->children.count != 1)
            return index;
        if (i == condition->children.count)
            return index; /* not reached: then all of it would hold */
        index = children[i];
    }
}

/* Looks for a slot in a condition, up to a part of it: an attribute is told once. */
struct search {
    const sla_policy *policy;
    uint32_t slot;
    const struct condition *until;
    bool found, ended;
};

static void search_below(struct search *search, uint32_t index)
{
    const struct condition *condition = &search->policy->conditions[index];
    search->ended = search->ended || condition == search->until;
    if (search->ended || search->found)
        return;
    if (is_about_one_attribute(condition))
        search->found = condition->slot == search->slot;
    for (uint32_t i = 0; i < condition->children.count; i++)
        search_below(search, search->policy->condition_children[condition->children.first + i]);
}

static bool was_told(const sla_policy *policy, uint32_t root, const struct condition *part)
{
    struct search search = {.policy = policy, .slot = part->slot, .until = part};
    search_below(&search, root);
    return search.found;
}

static void write_fact(struct writer *writer, const struct facts *facts, uint32_t slot_index)
{
    const struct slot *slot = &facts->slots[slot_index];
    if (!slot->present)
        writer_add_c(writer, "no ");
    write_word(writer, slot_name(facts->policy, slot_index));
    if (slot->present) {
        writer_add_c(writer, ": ");
        write_word(writer, slot->text);
    }
}

static void write_facts_below(struct writer *writer, const struct facts *facts, uint32_t root,
                              uint32_t index, size_t start)
{
    const sla_policy *policy = facts->policy;
    const struct condition *condition = &policy->conditions[index];
    bool on_attribute = is_about_one_attribute(condition);
    if (on_attribute && was_told(policy, root, condition))
        return;
    if ((on_attribute || condition->op == CONDITION_OPENED_IN) && writer->length > start)
        writer_add_c(writer, ", ");
    if (on_attribute) {
        write_fact(writer, facts, condition->slot);
    } else if (condition->op == CONDITION_OPENED_IN) {
        const sla_calendar *calendar = policy->calendars[condition->calendar];
        writer_add_c(writer, "opened ");
        write_instant(writer, calendar_zone(calendar), facts->opened_at);
    }
    for (uint32_t i = 0; i < condition->children.count; i++)
        write_facts_below(writer, facts, root,
                          policy->condition_children[condition->children.first + i], start);
}

void write_facts(struct writer *writer, const struct facts *facts, uint32_t condition)
{
    write_facts_below(writer, facts, condition, condition, writer->length);
}
