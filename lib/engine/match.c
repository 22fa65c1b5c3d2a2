/* SPDX-License-Identifier: MIT */
/* What the values of an incident say about the rows of a list, word by word. */
#include "engine/match.h"

/* All rows of a word, of which the last has fewer. */
static inline uint64_t rows_of(const struct match_index *index, uint32_t word)
{
    uint32_t left = index->row_count - word * 64;
    return left >= 64 ? UINT64_MAX : (UINT64_C(1) << left) - 1;
}

/* The patches of a literal, or of none when no condition names it. */
static inline struct range patches_of(const struct match_slot *slot, uint32_t literal)
{
    uint32_t at = match_hash(literal) & slot->value_mask;
    while (slot->values[at].literal != 0 && slot->values[at].literal != literal)
        at = (at + 1) & slot->value_mask;
    return slot->values[at].patches;
}

uint64_t match_only_word(const struct match_index *index, const struct slot *slots)
{
    uint64_t bits = rows_of(index, 0);
    const struct match_slot *slot = index->slots;
    for (const struct match_slot *end = slot + index->slot_count; slot < end; slot++) {
        const struct slot *value = &slots[slot->slot];
        if (!value->present) {
            bits &= slot->absent[0];
            continue;
        }
        struct range patches = {0, 0};
        if (value->literal != 0)
            patches = patches_of(slot, value->literal);
        bits &= patches.count != 0 ? slot->patches[patches.first].bits : slot->other[0];
    }
    return bits;
}

uint64_t match_open(struct match_walk *walk)
{
    const struct match_slot *slot = walk->index->slots;
    for (uint32_t i = 0; i < walk->index->slot_count; i++, slot++) {
        const struct slot *value = &walk->facts->slots[slot->slot];
        struct range patches = {0, 0};
        if (value->present && value->literal != 0)
            patches = patches_of(slot, value->literal);
        walk->cursors[i] = (struct match_cursor){
            value->present ? slot->other : slot->absent,
            slot->patches + patches.first,
            slot->patches + patches.first + patches.count,
        };
    }
    return match_word(walk);
}

uint64_t match_word(struct match_walk *walk)
{
    uint32_t word = walk->word;
    uint64_t bits = rows_of(walk->index, word);
    struct match_cursor *cursor = walk->cursors;
    for (struct match_cursor *end = cursor + walk->index->slot_count; cursor < end; cursor++) {
        while (cursor->patch < cursor->end && cursor->patch->word < word)
            cursor->patch++; /* words that were left early */
        if (cursor->patch < cursor->end && cursor->patch->word == word)
            bits &= cursor->patch->bits;
        else
            bits &= cursor->dense[word];
        if (bits == 0)
            break;
    }
    return bits;
}
