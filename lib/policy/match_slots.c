/* SPDX-License-Identifier: MIT */
/* One slot of an index of conditions: for each literal that a term names, for all others, and for
 * an absent attribute, which rows' terms hold. */
#include "policy/match_build.h"

#include "base/sort.h"

/* Does a term hold for a slot that is absent, or has this literal (0: one that nobody names)? */
static bool term_holds(const struct match_build *build, uint32_t index, bool present,
                       uint32_t literal)
{
    const struct condition *condition = match_condition(build, index);
    if (condition->op == CONDITION_EXISTS)
        return present;
    if (condition->op == CONDITION_IN) {
        const uint32_t *list = build->compile->literal_lists.items + condition->list.first;
        for (uint32_t i = 0; literal != 0 && i < condition->list.count; i++)
            if (list[i] == literal)
                return true;
        return false;
    }
    bool ends = condition->op != CONDITION_ALL; /* what a child says that settles it */
    for (uint32_t i = 0; i < condition->children.count; i++)
        if (term_holds(build, match_child(build, condition, i), present, literal) == ends)
            return condition->op == CONDITION_ANY;
    return condition->op != CONDITION_ANY;
}

/* Notes for each literal that the condition names whether all terms [first, end) hold with it. */
static bool add_named(struct match_build *build, uint32_t index, size_t first, size_t end)
{
    const struct condition *condition = match_condition(build, index);
    const struct match_term *terms = build->terms.items;
    for (uint32_t i = 0; i < condition->children.count; i++)
        if (!add_named(build, match_child(build, condition, i), first, end))
            return false;
    for (uint32_t i = 0; i < condition->list.count; i++) {
        uint32_t literal = build->compile->literal_lists.items[condition->list.first + i];
        bool holds = true;
        for (size_t k = first; k < end; k++) /* a list need not be searched for what it names */
            holds = holds && (terms[k].condition == index ||
                              term_holds(build, terms[k].condition, true, literal));
        uint64_t named = (uint64_t)literal << 32 | (uint64_t)terms[first].row << 1 | holds;
        if (!compile_push(build->compile, &build->named, named))
            return false;
    }
    return true;
}

/* Takes in the terms of one slot and row, [first, end). */
static bool add_row(struct match_build *build, size_t first, size_t end)
{
    const struct match_term *terms = build->terms.items;
    uint64_t literals = 0;
    for (size_t i = first; i < end; i++)
        literals += terms[i].literals;
    if (end - first > 1 && literals > MATCH_LITERALS_MAX) {
        match_clear(build->sure, terms[first].row); /* the first says enough; the row is asked */
        end = first + 1;
    }
    for (size_t i = first; i < end; i++) {
        if (!term_holds(build, terms[i].condition, false, 0))
            match_clear(build->words.items, terms[i].row);
        if (!term_holds(build, terms[i].condition, true, 0))
            match_clear(build->words.items + build->line, terms[i].row);
        if (!add_named(build, terms[i].condition, first, end))
            return false;
    }
    return true;
}

/* The patch of a literal for one word, from named[*at] on. */
static struct match_patch make_patch(const struct match_build *build, size_t *at)
{
    uint64_t place = build->named.items[*at] / 128; /* literal and word */
    uint32_t word = (uint32_t)place & (UINT32_MAX >> 7);
    struct match_patch patch = {build->words.items[build->line + word], word};
    for (; *at < build->named.count && build->named.items[*at] / 128 == place; ++*at) {
        uint64_t bit = UINT64_C(1) << build->named.items[*at] / 2 % 64;
        bool holds = (build->named.items[*at] & 1) != 0;
        patch.bits = holds ? patch.bits | bit : patch.bits & ~bit;
    }
    return patch;
}

/* A line more, with all bits set. False: no memory. */
static bool add_line(struct match_build *build)
{
    if (!array_reserve(&build->compile->build->allocator, &build->words, build->line))
        return false;
    memset(build->words.items + build->words.count, 0xFF, build->line * sizeof(uint64_t));
    build->words.count += build->line;
    return true;
}

/* Gives a value whose patches are the last ones a line of its own instead. */
static bool make_line(struct match_build *build, struct match_value *value)
{
    const struct match_patch *patches = build->patches.items + value->first;
    size_t at = build->words.count;
    if (at > UINT32_MAX || !add_line(build))
        return false;
    uint64_t *line = build->words.items + at;
    memcpy(line, build->words.items + build->line, build->line * sizeof *line);
    for (uint32_t i = 0; i < value->patches; i++)
        line[patches[i].word] = patches[i].bits;
    build->patches.count = value->first;
    *value = (struct match_value){value->literal, (uint32_t)at, 0};
    return true;
}

/* Values, with their patches or lines, from what is named, which is sorted. */
static bool make_values(struct match_build *build)
{
    for (size_t at = 0; at < build->named.count;) {
        uint32_t literal = (uint32_t)(build->named.items[at] >> 32);
        struct match_value value = {literal, (uint32_t)build->patches.count, 0};
        while (at < build->named.count && build->named.items[at] >> 32 == literal) {
            struct match_patch patch = make_patch(build, &at);
            if (!compile_push(build->compile, &build->patches, patch))
                return false;
            value.patches++;
        }
        if (value.patches * 4 >= build->line && !make_line(build, &value))
            return false;
        if (!compile_push(build->compile, &build->values, value))
            return false;
    }
    return true;
}

static bool lay_out(struct match_build *build, struct match_slot *out)
{
    struct arena *arena = &build->compile->policy->arena;
    uint32_t count = 2;
    while (count < 4 * build->values.count)
        count *= 2;
    struct match_value *values = arena_new(arena, count * sizeof *values);
    out->words = arena_copy(arena, build->words.items, build->words.count * sizeof *out->words);
    out->patches =
        arena_copy(arena, build->patches.items, build->patches.count * sizeof *out->patches);
    if (values == NULL || out->words == NULL || out->patches == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        values[i].first = build->line;
    for (size_t i = 0; i < build->values.count; i++) {
        uint32_t at = match_hash(build->values.items[i].literal) & (count - 1);
        while (values[at].literal != 0)
            at = (at + 1) & (count - 1);
        values[at] = build->values.items[i];
    }
    out->values = values;
    out->value_mask = count - 1;
    return true;
}

bool match_make_slot(struct match_build *build, size_t first, struct match_slot *out)
{
    const struct match_term *terms = build->terms.items;
    build->words.count = build->named.count = build->patches.count = build->values.count = 0;
    out->slot = terms[first].slot;
    if (!add_line(build) || !add_line(build)) /* absent, and all other values */
        return false;
    while (first < build->terms.count && terms[first].slot == out->slot) {
        size_t end = first + 1;
        while (end < build->terms.count && terms[end].slot == out->slot &&
               terms[end].row == terms[first].row)
            end++;
        if (!add_row(build, first, end))
            return false;
        first = end;
    }
    struct arena *work = &build->compile->build->work;
    return keys_sort(work, build->named.items, build->named.count) && make_values(build) &&
           lay_out(build, out);
}
