/* SPDX-License-Identifier: MIT */
/* Walking through the rows of a list whose conditions hold, in order, by the list's index. */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "engine/slots.h"

/* Where a walk stands in one slot's bits. */
struct match_cursor {
    const uint64_t *line;
    const struct match_patch *patch, *end; /* instead of words of the line */
};
struct match_walk {
    const struct facts *facts;
    const struct match_index *index;
    uint64_t bits; /* candidates left in this word */
    uint32_t word;
    /* of lists of several words: */
    uint64_t block[MATCH_BLOCK]; /* the candidates of the words around `word` */
    struct match_cursor cursors[MATCH_SLOTS_MAX];
};

/* What the slots say about the first block of words, which makes ready for all, and the next. */
uint64_t match_open(struct match_walk *walk);
uint64_t match_next_block(struct match_walk *walk);

/* What an index knows about a literal: the line of all others, if no condition names it. */
static inline const struct match_value *match_value_of(const struct match_slot *slot,
                                                       uint32_t literal)
{
    uint32_t at = match_hash(literal) & slot->value_mask;
    while (slot->values[at].literal != literal && slot->values[at].literal != 0)
        at = (at + 1) & slot->value_mask;
    return &slot->values[at];
}

/* What the slots say about the rows of a list of one word. */
static inline uint64_t match_only_word(const struct match_index *index, const struct slot *slots)
{
    uint64_t bits = index->last;
    const struct match_slot *slot = index->slots;
    for (const struct match_slot *end = slot + index->slot_count; slot < end; slot++) {
        const struct slot *value = &slots[slot->slot];
        uint32_t line = value->present;
        if (value->literal != 0)
            line = match_value_of(slot, value->literal)->first;
        bits &= slot->words[line];
    }
    return bits;
}

static inline void match_begin(struct match_walk *walk, const struct facts *facts,
                               const struct match_index *index)
{
    walk->facts = facts;
    walk->index = index;
    walk->word = 0;
    if (index->line > 1)
        walk->bits = match_open(walk);
    else
        walk->bits = index->slot_count == 0 ? index->last : match_only_word(index, facts->slots);
}

/* The next row whose condition holds; false: there is none. */
static inline bool match_next(struct match_walk *walk, uint32_t *out_row)
{
    const struct match_index *index = walk->index;
    for (;;) {
        while (walk->bits == 0) {
            if (++walk->word >= index->line)
                return false;
            walk->bits = walk->word % MATCH_BLOCK == 0 ? match_next_block(walk)
                                                       : walk->block[walk->word % MATCH_BLOCK];
        }
        uint64_t bit = walk->bits & (0 - walk->bits);
        uint32_t row = walk->word * 64 + (uint32_t)__builtin_ctzll(walk->bits);
        walk->bits ^= bit;
        if ((index->sure[walk->word] & bit) != 0 ||
            condition_holds(walk->facts, index->conditions[row])) {
            *out_row = row;
            return true;
        }
    }
}

#endif
