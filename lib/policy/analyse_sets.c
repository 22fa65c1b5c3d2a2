/* SPDX-License-Identifier: MIT */
/* Sets of incidents: diagrams without doubles, and the operations on them. */
#include "policy/analyse_sets.h"

/* A few dozen megabytes: far more than any policy that a person wrote needs. */
#define NODES_MAX 3000000u
#define MEMO_COUNT 65536u /* a power of two */

enum operation { OPERATION_AND, OPERATION_OR, OPERATION_MINUS };

bool sets_init(struct sets *sets, struct build *build)
{
    *sets = (struct sets){.build = build};
    sets->place_count = 1024;
    sets->places = memory_zero(&build->allocator, sets->place_count * sizeof *sets->places);
    sets->memo = memory_zero(&build->allocator, MEMO_COUNT * sizeof *sets->memo);
    struct set_node end = {UINT32_MAX, 0, 0}; /* none and all: behind every bit */
    if (sets->places == NULL || sets->memo == NULL ||
        !array_push(&build->allocator, &sets->nodes, end) ||
        !array_push(&build->allocator, &sets->nodes, end)) {
        build_fail(build, SLA_ERROR_MEMORY);
        return false;
    }
    return true;
}

void sets_free(struct sets *sets)
{
    const sla_allocator *allocator = &sets->build->allocator;
    array_free(allocator, &sets->nodes);
    if (sets->places != NULL)
        memory_free(allocator, sets->places, sets->place_count * sizeof *sets->places);
    if (sets->memo != NULL)
        memory_free(allocator, sets->memo, MEMO_COUNT * sizeof *sets->memo);
}

void sets_begin(struct sets *sets, uint64_t limit)
{
    sets->total += sets->steps;
    sets->steps = 0;
    sets->limit = limit;
}

static size_t place_of(const struct sets *sets, const struct set_node *node)
{
    uint64_t hash = hash_fold(node->bit ^ UINT64_C(0x9E3779B97F4A7C15),
                              ((uint64_t)node->without << 32 | node->with) ^
                                  UINT64_C(0xC2B2AE3D27D4EB4F));
    size_t at = (size_t)hash & (sets->place_count - 1);
    for (; sets->places[at] != 0; at = (at + 1) & (sets->place_count - 1)) {
        const struct set_node *other = &sets->nodes.items[sets->places[at]];
        if (other->bit == node->bit && other->without == node->without &&
            other->with == node->with)
            break;
    }
    return at;
}

static bool grow_places(struct sets *sets)
{
    size_t old_count = sets->place_count;
    uint32_t *old = sets->places;
    sets->places = memory_zero(&sets->build->allocator, 2 * old_count * sizeof *old);
    if (sets->places == NULL) {
        sets->places = old;
        build_fail(sets->build, SLA_ERROR_MEMORY);
        return false;
    }
    sets->place_count = 2 * old_count;
    for (uint32_t i = 2; i < sets->nodes.count; i++)
        sets->places[place_of(sets, &sets->nodes.items[i])] = i;
    memory_free(&sets->build->allocator, old, old_count * sizeof *old);
    return true;
}

static uint32_t make(struct sets *sets, uint32_t bit, uint32_t without, uint32_t with)
{
    if (without == with || without == SET_LOST)
        return without;
    if (with == SET_LOST)
        return SET_LOST;
    struct set_node node = {bit, without, with};
    size_t at = place_of(sets, &node);
    if (sets->places[at] != 0)
        return sets->places[at];
    if (sets->nodes.count >= NODES_MAX)
        return SET_LOST;
    if (2 * sets->nodes.count >= sets->place_count) {
        if (!grow_places(sets))
            return SET_LOST;
        at = place_of(sets, &node);
    }
    if (!array_push(&sets->build->allocator, &sets->nodes, node)) {
        build_fail(sets->build, SLA_ERROR_MEMORY);
        return SET_LOST;
    }
    sets->places[at] = (uint32_t)sets->nodes.count - 1;
    return sets->places[at];
}

/* What needs no look into the diagrams; false: something does. */
static bool is_plain(enum operation operation, uint32_t a, uint32_t b, uint32_t *out)
{
    if (operation == OPERATION_AND && (a == SET_NONE || b == SET_NONE))
        return *out = SET_NONE, true;
    if (operation == OPERATION_OR && (a == SET_ALL || b == SET_ALL))
        return *out = SET_ALL, true;
    if (operation == OPERATION_MINUS && (a == SET_NONE || b == SET_ALL))
        return *out = SET_NONE, true;
    if (a == SET_LOST || b == SET_LOST)
        return *out = SET_LOST, true;
    if (a == b)
        return *out = operation == OPERATION_MINUS ? SET_NONE : a, true;
    if (operation == OPERATION_AND && (a == SET_ALL || b == SET_ALL))
        return *out = a == SET_ALL ? b : a, true;
    if (operation == OPERATION_OR && (a == SET_NONE || b == SET_NONE))
        return *out = a == SET_NONE ? b : a, true;
    if (operation == OPERATION_MINUS && b == SET_NONE)
        return *out = a, true;
    return false;
}

static uint32_t apply(struct sets *sets, enum operation operation, uint32_t a, uint32_t b)
{
    uint32_t result;
    if (is_plain(operation, a, b, &result))
        return result;
    if (sets->steps >= sets->limit)
        return SET_LOST;
    sets->steps++;
    if (operation != OPERATION_MINUS && a > b) {
        uint32_t other = a;
        a = b;
        b = other;
    }
    uint64_t hash = hash_fold(a ^ UINT64_C(0x9E3779B97F4A7C15),
                              ((uint64_t)b << 2 | operation) ^ UINT64_C(0xC2B2AE3D27D4EB4F));
    struct set_memo *memo = &sets->memo[hash & (MEMO_COUNT - 1)];
    if (memo->a == a && memo->b == b && memo->operation == operation + 1)
        return memo->result;
    struct set_node first = sets->nodes.items[a], second = sets->nodes.items[b];
    uint32_t bit = first.bit < second.bit ? first.bit : second.bit;
    if (first.bit > bit)
        first.without = first.with = a;
    if (second.bit > bit)
        second.without = second.with = b;
    uint32_t without = apply(sets, operation, first.without, second.without);
    uint32_t with = without == SET_LOST ? SET_LOST
                                        : apply(sets, operation, first.with, second.with);
    result = make(sets, bit, without, with);
    if (result != SET_LOST)
        *memo = (struct set_memo){a, b, operation + 1, result};
    return result;
}

uint32_t sets_and(struct sets *sets, uint32_t a, uint32_t b)
{
    return apply(sets, OPERATION_AND, a, b);
}

uint32_t sets_or(struct sets *sets, uint32_t a, uint32_t b)
{
    return apply(sets, OPERATION_OR, a, b);
}

uint32_t sets_minus(struct sets *sets, uint32_t a, uint32_t b)
{
    return apply(sets, OPERATION_MINUS, a, b);
}

uint32_t sets_between(struct sets *sets, uint32_t first, uint32_t bits, uint32_t low,
                      uint32_t high)
{
    uint32_t last = (uint32_t)((UINT64_C(1) << bits) - 1);
    if (low > high || low > last)
        return SET_NONE;
    if (low == 0 && high >= last)
        return SET_ALL;
    uint32_t half = 1u << (bits - 1); /* the first bit is the highest */
    uint32_t below = low >= half ? SET_NONE
                                 : sets_between(sets, first + 1, bits - 1, low,
                                                high >= half ? half - 1 : high);
    uint32_t above = high < half ? SET_NONE
                                 : sets_between(sets, first + 1, bits - 1,
                                                low <= half ? 0 : low - half, high - half);
    return make(sets, first, below, above);
}
