/* SPDX-License-Identifier: MIT */
/* Indexes of conditions: which rows of a list can match is told by the values of a few attributes.
 *
 * A part of a row's condition that looks at one slot, and at nothing but whether it is there and
 * which literal it is, is true or false for each literal: that goes into the slot's bits. What
 * looks at texts, numbers, calendars or several slots at once does not; such a row stays a
 * candidate that is not sure, and is asked. The memory is linear in what the conditions say: a slot
 * costs two bits a row, and a literal that a row names at most four words. */
#include "policy/match_build.h"

#include "base/sort.h"

/* Does all of it look at one slot's literal only? `term->slot` is 0 before the first leaf. */
static bool read_term(const struct match_build *build, uint32_t index, struct match_term *term)
{
    const struct condition *condition = match_condition(build, index);
    if (condition->op == CONDITION_IN || condition->op == CONDITION_EXISTS) {
        if (term->slot != 0 && term->slot != condition->slot)
            return false;
        term->slot = condition->slot;
        term->literals += condition->list.count;
        return true;
    }
    if (condition->op > CONDITION_NOT)
        return false;
    for (uint32_t i = 0; i < condition->children.count; i++)
        if (!read_term(build, match_child(build, condition, i), term))
            return false;
    return true;
}

/* Takes a row's condition apart; false: something in it is no term, or there is no memory. */
static bool take_apart(struct match_build *build, uint32_t row, uint32_t index)
{
    if (index == INDEX_NONE)
        return true;
    const struct condition *condition = match_condition(build, index);
    if (condition->op == CONDITION_ALL) {
        bool whole = true;
        for (uint32_t i = 0; i < condition->children.count; i++)
            whole = take_apart(build, row, match_child(build, condition, i)) && whole;
        return whole;
    }
    struct match_term term = {.row = row, .condition = index};
    if (!read_term(build, index, &term) || term.slot == 0 ||
        (condition->op != CONDITION_IN && term.literals > MATCH_LITERALS_MAX))
        return false;
    return compile_push(build->compile, &build->terms, term);
}

/* Slot by slot, and row by row in each. */
static bool sort_terms(struct match_build *build)
{
    struct arena *work = &build->compile->build->work;
    size_t count = build->terms.count;
    uint64_t *keys = arena_new(work, count * sizeof *keys);
    struct match_term *before = arena_copy(work, build->terms.items, count * sizeof *before);
    if (keys == NULL || before == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        keys[i] = (uint64_t)before[i].slot << 32 | i;
    if (!keys_sort(work, keys, count))
        return false;
    for (size_t i = 0; i < count; i++)
        build->terms.items[i] = before[(uint32_t)keys[i]];
    return true;
}

/* Where the terms of each slot begin, those first that most rows look at: `uses` gets
   (all ones - rows) << 32 | first term. Not more slots than make asking the rows less work. */
static bool choose_slots(struct match_build *build, uint64_t *uses, uint32_t *out_count)
{
    const struct match_term *terms = build->terms.items;
    uint32_t count = 0;
    for (size_t i = 0; i < build->terms.count; i++) {
        bool new_slot = i == 0 || terms[i - 1].slot != terms[i].slot;
        if (new_slot)
            uses[count++] = (uint64_t)UINT32_MAX << 32 | i;
        if (new_slot || terms[i - 1].row != terms[i].row)
            uses[count - 1] -= UINT64_C(1) << 32;
    }
    if (!keys_sort(&build->compile->build->work, uses, count))
        return false;
    uint32_t most = build->row_count / 2;
    most = most > MATCH_SLOTS_MAX ? MATCH_SLOTS_MAX : most;
    count = count > most ? most : count;
    while (count > 0 && UINT32_MAX - (uses[count - 1] >> 32) < build->row_count / 64)
        count--; /* so few rows that they are better asked */
    *out_count = count;
    return true;
}

/* Rows that look at a slot which was not chosen are not sure. */
static void find_sure(struct match_build *build, const uint64_t *uses, uint32_t count)
{
    const struct match_term *terms = build->terms.items;
    for (size_t i = 0; i < build->terms.count; i++) {
        uint32_t k = 0;
        while (k < count && terms[(uint32_t)uses[k]].slot != terms[i].slot)
            k++;
        if (k == count)
            match_clear(build->sure, terms[i].row);
    }
}

static bool make_slots(struct match_build *build, struct match_index *index)
{
    uint64_t *uses = arena_new(&build->compile->build->work, build->terms.count * sizeof *uses);
    uint32_t count = 0;
    if (uses == NULL || !sort_terms(build) || !choose_slots(build, uses, &count))
        return false;
    struct match_slot *slots = arena_new(&build->compile->policy->arena, count * sizeof *slots);
    if (slots == NULL)
        return false;
    find_sure(build, uses, count);
    index->slots = slots;
    for (uint32_t i = 0; i < count; i++)
        if (!match_make_slot(build, (uint32_t)uses[i], &slots[index->slot_count++]))
            return false;
    return true;
}

/* The index of rows with these conditions; NULL: no memory. */
static const struct match_index *make_index(struct match_build *build, const uint32_t *conditions,
                                            uint32_t count)
{
    struct arena *arena = &build->compile->policy->arena;
    struct match_index *index = arena_new(arena, sizeof *index);
    build->conditions = arena_copy(arena, conditions, count * sizeof *conditions);
    build->row_count = count;
    build->line = (count + 63) / 64;
    if (build->line > 1)
        build->line += MATCH_BLOCK - 1 - (build->line - 1) % MATCH_BLOCK;
    build->sure = arena_new(arena, build->line * sizeof *build->sure);
    build->terms.count = 0;
    if (index == NULL || build->conditions == NULL || build->sure == NULL)
        return NULL;
    memset(build->sure, 0xFF, build->line * sizeof *build->sure);
    for (uint32_t row = 0; row < count; row++)
        if (count == 1 ? conditions[row] != INDEX_NONE : !take_apart(build, row, conditions[row]))
            match_clear(build->sure, row);
    *index = (struct match_index){.row_count = count, .line = build->line,
                                  .conditions = build->conditions, .sure = build->sure,
                                  .last = UINT64_MAX >> (63 - (count + 63) % 64)};
    if (count == 0)
        index->last = 0;
    bool good = build->compile->build->status == SLA_OK;
    return good && (build->terms.count == 0 || make_slots(build, index)) ? index : NULL;
}

/* Both lists of rows have a condition in each; `at(i)` is that of row i. */
#define INDEX_ROWS(build, list, total, at, out)                                         \
    do {                                                                                \
        for (uint32_t i = 0; i < (total); i++)                                          \
            (list)[i] = (at);                                                           \
        (out) = make_index((build), (list), (total));                                   \
        if ((out) == NULL)                                                              \
            return false;                                                               \
    } while (0)

static bool index_all(struct match_build *build)
{
    struct compile *compile = build->compile;
    size_t most = compile->derivation_rows.count;
    most = compile->target_rows.count > most ? compile->target_rows.count : most;
    most = compile->agreements.count > most ? compile->agreements.count : most;
    uint32_t *list = arena_new(&compile->build->work, most * sizeof *list);
    if (list == NULL)
        return false;
    for (size_t k = 0; k < compile->derivations.count; k++) {
        struct derivation *derivation = &compile->derivations.items[k];
        if (derivation->rows.count == 0) /* a table or a matrix */
            continue;
        const struct derivation_row *rows =
            compile->derivation_rows.items + derivation->rows.first;
        INDEX_ROWS(build, list, derivation->rows.count, rows[i].condition, derivation->index);
    }
    for (size_t k = 0; k < compile->agreements.count; k++) {
        struct agreement *agreement = &compile->agreements.items[k];
        const struct target_row *rows = compile->target_rows.items + agreement->rows.first;
        INDEX_ROWS(build, list, agreement->rows.count, rows[i].condition, agreement->index);
        compile->policy->agreement_kinds |= 1u << agreement->kind;
    }
    INDEX_ROWS(build, list, (uint32_t)compile->agreements.count,
               compile->agreements.items[i].condition, compile->policy->agreement_index);
    return true;
}

void compile_matches(struct compile *compile)
{
    const sla_allocator *allocator = &compile->build->allocator;
    struct match_build build = {.compile = compile};
    if (compile->build->diags->errors > 0)
        return; /* nobody will ask */
    if (!index_all(&build))
        build_fail(compile->build, SLA_ERROR_MEMORY);
    array_free(allocator, &build.terms);
    array_free(allocator, &build.named);
    array_free(allocator, &build.words);
    array_free(allocator, &build.patches);
    array_free(allocator, &build.values);
}
