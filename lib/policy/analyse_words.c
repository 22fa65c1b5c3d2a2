/* SPDX-License-Identifier: MIT */
/* Witnesses in words: one incident of a set, or the combinations of values that it consists of. */
#include "policy/analyse_report.h"

#include "time/zone.h"

/* Behind so many bytes no further combination begins: a message is cut (report.c). */
#define WORDS_ENOUGH 300u

static void add_padded(struct text_builder *out, int32_t number)
{
    if (number < 10)
        builder_add_c(out, "0");
    builder_add_number(out, number);
}

void words_of_date(sla_date date, struct text_builder *out)
{
    struct civil civil = civil_from_date(date);
    builder_add_number(out, civil.year);
    builder_add_c(out, "-");
    add_padded(out, civil.month);
    builder_add_c(out, "-");
    add_padded(out, civil.day);
}

void words_of_time(int32_t second, struct text_builder *out)
{
    add_padded(out, second / 3600);
    builder_add_c(out, ":");
    add_padded(out, second / 60 % 60);
}

/* The local time of an instant in the policy's zone. */
static void add_instant(const struct analysis *analysis, sla_time at, struct text_builder *out)
{
    int32_t second;
    words_of_date(zone_date(analysis->compile->policy->zone, at, &second), out);
    builder_add_c(out, "T");
    words_of_time(second, out);
}

static void add_value(const struct analysis *analysis, const struct space_slot *slot,
                      const struct space_value *value, struct text_builder *out)
{
    if (slot == &analysis->slots[0])
        add_instant(analysis, value->at, out);
    else if (value->kind == SPACE_ABSENT)
        builder_add_c(out, "(absent)");
    else if (value->kind == SPACE_OTHER)
        builder_add_c(out, "(other)");
    else
        builder_add_visible(out, value->text);
}

/* The first value that some of the incidents have; they are narrowed to those with it. */
static const struct space_value *pick(struct analysis *analysis, const struct space_slot *slot,
                                      uint32_t *set)
{
    for (size_t i = 1; i <= slot->values.count; i++) { /* absent comes last */
        const struct space_value *value = &slot->values.items[i % slot->values.count];
        uint32_t here = sets_and(&analysis->sets, *set, value->set);
        if (!set_has_some(here))
            continue;
        *set = here;
        return value;
    }
    return NULL;
}

void words_of_incident(struct analysis *analysis, uint32_t set, struct text_builder *out)
{
    size_t before = out->count;
    uint64_t limit = analysis->sets.limit;
    analysis->sets.limit = UINT64_MAX; /* what is found is also said */
    for (uint32_t i = 1; i <= analysis->attribute_count; i++) {
        const struct space_slot *slot = &analysis->slots[i];
        const struct space_value *absent = &slot->values.items[0];
        uint32_t without = slot->lost ? SET_NONE : sets_and(&analysis->sets, set, absent->set);
        if (set_has_some(without)) {
            set = without;
            continue;
        }
        const struct space_value *value = slot->lost ? NULL : pick(analysis, slot, &set);
        if (value == NULL)
            continue;
        builder_add_c(out, out->count > before ? " " : "");
        builder_add_visible(out, slot->name);
        builder_add_c(out, "=");
        builder_add_visible(out, value->text);
    }
    if (out->count == before)
        builder_add_c(out, "one without attributes");
    const struct space_slot *opened = &analysis->slots[0];
    const struct space_value *at = opened->values.count > 2 ? pick(analysis, opened, &set) : NULL;
    if (at != NULL) {
        builder_add_c(out, " at ");
        add_instant(analysis, at->at, out);
    }
    analysis->sets.limit = limit;
}

/* The values that a slot may have while the others are as chosen: those with which every incident
   is in the set, if `set` is. */
struct choice {
    const struct space_slot *slot;
    bool *has; /* of each value */
    uint32_t set;
    bool is_all;
};

static uint32_t all_but(struct analysis *analysis, const struct choice *choices, size_t count,
                        size_t left_out)
{
    uint32_t set = SET_ALL;
    for (size_t i = 0; i < count; i++)
        if (i != left_out)
            set = sets_and(&analysis->sets, set, choices[i].set);
    return set;
}

/* One combination of the set, made as wide as can be; false: it is none. */
static bool choose(struct analysis *analysis, uint32_t set, struct choice *choices, size_t count)
{
    uint32_t rest = set;
    for (size_t i = 0; i < count; i++) {
        const struct space_value *value = pick(analysis, choices[i].slot, &rest);
        if (value == NULL)
            return false;
        memset(choices[i].has, 0, choices[i].slot->values.count);
        choices[i].has[value - choices[i].slot->values.items] = true;
        choices[i].set = value->set;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t others = all_but(analysis, choices, count, i);
        choices[i].is_all = true;
        for (size_t k = 0; k < choices[i].slot->values.count; k++) {
            uint32_t value = choices[i].slot->values.items[k].set;
            uint32_t here = sets_and(&analysis->sets, others, value);
            if (set_is_none(here) || choices[i].has[k])
                continue; /* nothing has it with the others */
            if (!set_is_none(sets_minus(&analysis->sets, here, set))) {
                choices[i].is_all = false;
                continue;
            }
            choices[i].has[k] = true;
            choices[i].set = sets_or(&analysis->sets, choices[i].set, value);
        }
        if (choices[i].is_all) /* also those that others may bring when they are made wide */
            choices[i].set = SET_ALL;
    }
    return true;
}

/* Where nothing but one calendar is asked of the opening: in its hours, or outside of them. */
static bool add_opened(struct analysis *analysis, const struct choice *choice,
                       struct text_builder *out)
{
    const struct space_slot *opened = &analysis->slots[0];
    sla_text name;
    if (choice->slot != opened || analysis->calendars.count != 1 || analysis->dates.count > 0)
        return false;
    const sla_calendar *calendar =
        analysis->compile->calendars.items[analysis->calendars.items[0]];
    size_t value = choice->has[1] ? 1 : 2;
    bool is_in = calendar_is_open(calendar, opened->values.items[value].at);
    sla_calendar_name(calendar, &name);
    builder_add_c(out, is_in ? "opened_in=" : "opened_outside=");
    builder_add_visible(out, name);
    return true;
}

static void add_choices(struct analysis *analysis, const struct choice *choices, size_t count,
                        struct text_builder *out)
{
    size_t before = out->count;
    for (size_t i = 0; i < count; i++) {
        if (choices[i].is_all)
            continue;
        builder_add_c(out, out->count > before ? ", " : "");
        if (add_opened(analysis, &choices[i], out))
            continue;
        builder_add_visible(out, choices[i].slot->name);
        builder_add_c(out, "=");
        bool first = true;
        for (size_t k = 0; k < choices[i].slot->values.count; k++) {
            size_t value = (k + 1) % choices[i].slot->values.count; /* absent comes last */
            if (!choices[i].has[value])
                continue;
            builder_add_c(out, first ? "" : "|");
            add_value(analysis, choices[i].slot, &choices[i].slot->values.items[value], out);
            first = false;
        }
    }
    if (out->count == before)
        builder_add_c(out, "all incidents");
}

void words_of_combinations(struct analysis *analysis, uint32_t set, const uint32_t *slots,
                           size_t count, size_t limit, struct text_builder *out)
{
    struct choice *choices = build_array(analysis->build, count, sizeof *choices);
    for (size_t i = 0; choices != NULL && i < count; i++) {
        choices[i].slot = &analysis->slots[slots[i]];
        choices[i].has = build_array(analysis->build, choices[i].slot->values.count, 1);
        if (choices[i].has == NULL)
            return;
    }
    uint64_t steps = analysis->sets.limit;
    analysis->sets.limit = UINT64_MAX;
    for (size_t shown = 0; choices != NULL && set_has_some(set) && shown <= limit; shown++) {
        if (shown == limit || out->count > WORDS_ENOUGH) {
            builder_add_c(out, "; and others");
            break;
        }
        if (!choose(analysis, set, choices, count))
            break;
        builder_add_c(out, shown == 0 ? "" : "; ");
        add_choices(analysis, choices, count, out);
        set = sets_minus(&analysis->sets, set, all_but(analysis, choices, count, count));
    }
    analysis->sets.limit = steps;
}
