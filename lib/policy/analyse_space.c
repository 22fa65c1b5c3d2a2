/* SPDX-License-Identifier: MIT */
/* The space of incidents: which attributes there are, and what is asked of each. */
#include "policy/analyse_space.h"

/* Steps of work for an entry with more combinations than are promised to be decided. */
#define COMBINATIONS_SURE 65536u
#define STEPS_LARGE 2000000u
#define STEPS_TOTAL UINT64_C(40000000) /* of all such entries together: about a second */

uint32_t space_find(struct analysis *analysis, const struct text_field *attribute)
{
    uint32_t slot = compile_slot_as_given(analysis->compile, attribute);
    if ((slot & SLOT_DERIVED) != 0)
        return analysis->attribute_count + 1 + (slot & ~SLOT_DERIVED);
    if (analysis->settled != 0 && analysis->compile->deriving == AFTER_ALL &&
        text_equal(attribute->value, TEXT("severity")))
        return analysis->settled;
    return slot;
}

/* Each value of a given attribute gets a number, and its set is where the attribute's bits read as
   that number; the last one has the rest of the numbers. */
static void lay_out(struct analysis *analysis, uint32_t number)
{
    struct space_slot *slot = &analysis->slots[number];
    struct space_value *values = slot->values.items + (number == 0); /* no incident lacks one */
    uint32_t count = (uint32_t)slot->values.count - (number == 0), bits = 0;
    while (count > UINT32_C(1) << bits)
        bits++;
    bool lost = slot->lost || analysis->bits + bits > SET_BITS_MAX;
    for (uint32_t i = 0; i < count; i++)
        values[i].set =
            lost ? SET_LOST
                 : sets_between(&analysis->sets, analysis->bits, bits, i,
                                i + 1 == count ? UINT32_MAX : i);
    if (!lost)
        analysis->bits += bits;
    slot->lost = lost;
    slot->support[number / 64] |= UINT64_C(1) << number % 64;
}

static bool make_slots(struct analysis *analysis)
{
    const struct compile *compile = analysis->compile;
    const struct text_table *attributes = &compile->policy->attributes;
    const struct model *model = compile->model;
    uint32_t count = (uint32_t)attributes->texts.count;
    analysis->attribute_count = count;
    analysis->slot_count = count + 1 + (uint32_t)model->derivation_count;
    if (model->severities.count > 0 && compile->policy->severity_slot <= count)
        analysis->settled = analysis->slot_count++;
    analysis->support_words = (analysis->slot_count + 63) / 64;
    analysis->slots = build_array(analysis->build, analysis->slot_count, sizeof *analysis->slots);
    analysis->support = build_array(analysis->build, analysis->support_words, sizeof(uint64_t));
    if (analysis->slots == NULL || analysis->support == NULL)
        return false;
    for (uint32_t i = 0; i < analysis->slot_count; i++) {
        struct space_slot *slot = &analysis->slots[i];
        text_table_init(&slot->asked.listed, &analysis->build->allocator);
        text_table_init(&slot->asked.prefixes, &analysis->build->allocator);
        text_table_init(&slot->asked.parts, &analysis->build->allocator);
        text_table_init(&slot->index, &analysis->build->allocator);
        slot->support = build_array(analysis->build, analysis->support_words, sizeof(uint64_t));
        slot->name = i == 0                      ? TEXT("opened")
                     : i == analysis->settled    ? TEXT("severity")
                     : i <= count                ? text_table_at(attributes, i)
                                                 : model->derivations[i - count - 1].name.value;
        struct space_value absent = {.kind = SPACE_ABSENT};
        if (slot->support == NULL ||
            !array_push(&analysis->build->allocator, &slot->values, absent)) {
            build_fail(analysis->build, SLA_ERROR_MEMORY);
            return false;
        }
    }
    return true;
}

bool space_init(struct analysis *analysis)
{
    if (!make_slots(analysis))
        return false;
    space_collect(analysis);
    space_instants(analysis);
    sets_begin(&analysis->sets, UINT64_MAX);
    for (uint32_t i = 0; i <= analysis->attribute_count; i++) {
        if (i > 0)
            space_values(analysis, &analysis->slots[i]);
        lay_out(analysis, i);
    }
    return analysis->build->status == SLA_OK;
}

void space_free(struct analysis *analysis)
{
    const sla_allocator *allocator = &analysis->build->allocator;
    for (uint32_t i = 0; analysis->slots != NULL && i < analysis->slot_count; i++) {
        struct space_slot *slot = &analysis->slots[i];
        text_table_free(&slot->asked.listed);
        text_table_free(&slot->asked.prefixes);
        text_table_free(&slot->asked.parts);
        text_table_free(&slot->index);
        array_free(allocator, &slot->asked.bounds);
        array_free(allocator, &slot->values);
    }
    array_free(allocator, &analysis->calendars);
    array_free(allocator, &analysis->dates);
}

void space_add(struct analysis *analysis, struct space_slot *slot, struct space_value value)
{
    struct sets *sets = &analysis->sets;
    if (value.kind == SPACE_ABSENT) {
        slot->values.items[0].set = sets_or(sets, slot->values.items[0].set, value.set);
        return;
    }
    uint32_t number = text_table_find(&slot->index, value.text);
    if (number != 0) {
        struct space_value *known = &slot->values.items[number];
        known->set = sets_or(sets, known->set, value.set);
        return;
    }
    if (!array_push(&analysis->build->allocator, &slot->values, value) ||
        text_table_add(&slot->index, value.text) == 0) {
        build_fail(analysis->build, SLA_ERROR_MEMORY);
        slot->values.count = slot->index.texts.count + 1; /* they must agree until the end */
    }
}

uint32_t space_equal(const struct space_slot *slot, sla_text text)
{
    uint32_t number = text_table_find(&slot->index, text);
    if (slot->lost)
        return SET_LOST;
    return number == 0 ? SET_NONE : slot->values.items[number].set;
}

void space_begin(struct analysis *analysis)
{
    memset(analysis->support, 0, analysis->support_words * sizeof *analysis->support);
}

void space_ask_slot(struct analysis *analysis, uint32_t slot)
{
    for (size_t i = 0; i < analysis->support_words; i++)
        analysis->support[i] |= analysis->slots[slot].support[i];
}

void space_ask(struct analysis *analysis, const struct condition_model *condition)
{
    if (condition == NULL)
        return;
    for (const struct condition_model *child = condition->children; child; child = child->next)
        space_ask(analysis, child);
    if (condition->op == CONDITION_OPENED_IN)
        space_ask_slot(analysis, 0);
    else if (condition->attribute.at != NULL)
        space_ask_slot(analysis, space_find(analysis, &condition->attribute));
}

void space_work(struct analysis *analysis)
{
    uint64_t combinations = 1;
    for (uint32_t i = 0; i <= analysis->attribute_count; i++)
        if ((analysis->support[i / 64] >> i % 64 & 1) != 0 && combinations <= COMBINATIONS_SURE)
            combinations *= analysis->slots[i].values.count;
    bool is_small = combinations <= COMBINATIONS_SURE;
    uint64_t left = analysis->sets.total < STEPS_TOTAL ? STEPS_TOTAL - analysis->sets.total : 0;
    sets_begin(&analysis->sets, is_small ? UINT64_MAX : left < STEPS_LARGE ? left : STEPS_LARGE);
}
