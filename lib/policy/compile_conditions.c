/* SPDX-License-Identifier: MIT */
/* Conditions, triggers and tables: from names to numbers. */
#include "policy/compile.h"

#include <stdlib.h>

struct range compile_literals(struct compile *compile, const struct text_list *list)
{
    struct range range = {(uint32_t)compile->literal_lists.count, 0};
    for (size_t i = 0; i < list->count; i++) {
        uint32_t literal = compile_literal(compile, list->items[i].value);
        if (literal == 0 || !compile_push(compile, &compile->literal_lists, literal))
            return range;
        range.count++;
    }
    return range;
}

/* Is this the severity in force, whose values the policy lists? */
static bool is_listed_severity(const struct compile *compile, const struct condition *condition,
                               const struct condition_model *model)
{
    if (!text_equal(model->attribute.value, TEXT("severity")))
        return false;
    return condition->slot == compile->policy->severity_slot;
}

struct child {
    const struct condition_model *model;
    uint32_t place; /* in the author's order */
};

static int by_key(const void *a, const void *b)
{
    const struct child *first = a, *second = b;
    int order = text_compare(first->model->key, second->model->key);
    return order != 0 ? order : first->place < second->place ? -1 : 1;
}

/* Members of a mapping are compiled in the order of their keys, so that numbers of attributes and
   literals, and with them the policy, are the same in whatever order they are written. */
static void compile_children(struct compile *compile, const struct condition_model *model,
                             struct condition *out)
{
    uint32_t count = 0;
    for (const struct condition_model *child = model->children; child; child = child->next)
        count++;
    uint32_t *indexes = build_array(compile->build, count, sizeof *indexes);
    struct child *children = build_array(compile->build, count, sizeof *children);
    if (indexes == NULL || children == NULL)
        return;
    count = 0;
    for (const struct condition_model *child = model->children; child; child = child->next) {
        children[count] = (struct child){child, count};
        count++;
    }
    if (count > 1)
        qsort(children, count, sizeof *children, by_key);
    for (uint32_t i = 0; i < count; i++)
        indexes[children[i].place] = compile_condition(compile, children[i].model);
    out->children = (struct range){(uint32_t)compile->condition_children.count, 0};
    for (uint32_t i = 0; i < count; i++)
        if (indexes[i] != INDEX_NONE &&
            compile_push(compile, &compile->condition_children, indexes[i]))
            out->children.count++;
}

uint32_t compile_condition(struct compile *compile, const struct condition_model *model)
{
    if (model == NULL)
        return INDEX_NONE;
    if (model->op == CONDITION_ALL && model->children != NULL && model->children->next == NULL)
        return compile_condition(compile, model->children); /* a group of one */
    struct condition condition = {.op = model->op, .calendar = INDEX_NONE,
                                  .line = line_of(model->at)};
    if (model->attribute.at != NULL)
        condition.slot = model->op == CONDITION_EXISTS
                             ? compile_slot_as_given(compile, &model->attribute)
                             : compile_slot(compile, &model->attribute);
    if (model->op == CONDITION_IN) {
        condition.list = compile_literals(compile, &model->values);
        for (size_t i = 0; i < model->values.count; i++)
            if (is_listed_severity(compile, &condition, model))
                compile_check_severity(compile, &model->values.items[i]);
    }
    condition.text = compile_text(compile, model->text.value);
    condition.min = compile_text(compile, model->min.value);
    condition.max = compile_text(compile, model->max.value);
    if (model->op == CONDITION_OPENED_IN)
        condition.calendar =
            compile_calendar_name(compile, model->calendar.at, model->calendar.value);
    compile_children(compile, model, &condition);
    if (!compile_push(compile, &compile->conditions, condition))
        return INDEX_NONE;
    return (uint32_t)compile->conditions.count - 1;
}

void compile_trigger(struct compile *compile, const struct trigger_model *model,
                     struct trigger *out)
{
    *out = (struct trigger){.condition = INDEX_NONE, .line = line_of(model->at)};
    out->present = model->at != NULL || model->builtin;
    if (!out->present)
        return;
    out->events = compile_literals(compile, &model->events);
    if (model->changed.at != NULL)
        out->changed_slot = compile_slot(compile, &model->changed);
    out->condition = compile_condition(compile, model->when);
}

static int by_literal(const void *a, const void *b)
{
    const struct table_entry *first = a, *second = b;
    return first->literal < second->literal ? -1 : first->literal > second->literal;
}

static uint32_t table_value(struct compile *compile, const struct entry_model *entry,
                            enum table_values values)
{
    return values == TABLE_LITERALS ? compile_literal(compile, entry->value)
                                    : compile_calendar_name(compile, entry->at, entry->value);
}

void compile_table(struct compile *compile, const struct table_model *model,
                   enum table_values values, const uint32_t *indexes, struct table *out)
{
    out->slot = compile_slot(compile, &model->by);
    out->otherwise = INDEX_NONE;
    struct table_entry *entries = build_array(compile->build, model->count, sizeof *entries);
    if (entries == NULL)
        return;
    bool on_severity = text_equal(model->by.value, TEXT("severity")) &&
                       out->slot == compile->policy->severity_slot;
    for (size_t i = 0; i < model->count; i++) {
        const struct entry_model *entry = &model->entries[i];
        if (on_severity)
            compile_check_severity(compile, &entry->key);
        entries[i].literal = compile_literal(compile, entry->key.value);
        entries[i].value =
            values == TABLE_TARGETS ? indexes[i] : table_value(compile, entry, values);
    }
    if (model->otherwise.at != NULL)
        out->otherwise = values == TABLE_TARGETS ? indexes[model->count]
                                                 : table_value(compile, &model->otherwise, values);
    qsort(entries, model->count, sizeof *entries, by_literal);
    out->entries = (struct range){(uint32_t)compile->table_entries.count, 0};
    for (size_t i = 0; i < model->count; i++)
        if (compile_push(compile, &compile->table_entries, entries[i]))
            out->entries.count++;
}
