/* SPDX-License-Identifier: MIT */
/* What the values of an incident say about the rows of a list, word by word. */
#include "engine/match.h"

uint64_t match_open(struct match_walk *walk)
{
    const struct match_index *index = walk->index;
    const struct match_slot *slot = index->slots;
    for (uint32_t i = 0; i < index->slot_count; i++, slot++) {
        const struct slot *value = &walk->facts->slots[slot->slot];
        struct match_cursor *cursor = &walk->cursors[i];
        uint32_t line = value->present ? index->line : 0;
        *cursor = (struct match_cursor){slot->words + line, NULL, NULL};
        if (value->literal == 0)
            continue;
        const struct match_value *found = match_value_of(slot, value->literal);
        if (found->patches == 0) {
            cursor->line = slot->words + found->first;
        } else {
            cursor->patch = slot->patches + found->first;
            cursor->end = cursor->patch + found->patches;
        }
    }
    return match_next_block(walk);
}

/* A slot that patches some words of its line. */
static void patch_block(uint64_t *block, uint32_t first, struct match_cursor *cursor)
{
    uint64_t patched[MATCH_BLOCK];
    const struct match_patch *begin = cursor->patch, *patch = begin;
    for (; patch < cursor->end && patch->word < first + MATCH_BLOCK; patch++)
        patched[patch->word - first] = block[patch->word - first] & patch->bits;
    for (uint32_t i = 0; i < MATCH_BLOCK; i++)
        block[i] &= cursor->line[first + i];
    for (; begin < patch; begin++)
        block[begin->word - first] = patched[begin->word - first];
    cursor->patch = patch;
}

uint64_t match_next_block(struct match_walk *walk)
{
    uint32_t first = walk->word, last = (walk->index->row_count - 1) / 64;
    uint64_t block[MATCH_BLOCK];
    for (uint32_t i = 0; i < MATCH_BLOCK; i++)
        block[i] = first + i < last ? UINT64_MAX : first + i == last ? walk->index->last : 0;
    struct match_cursor *cursor = walk->cursors;
    for (struct match_cursor *end = cursor + walk->index->slot_count; cursor < end; cursor++) {
        if (cursor->patch < cursor->end) {
            patch_block(block, first, cursor);
            continue;
        }
        for (uint32_t i = 0; i < MATCH_BLOCK; i++)
            block[i] &= cursor->line[first + i];
    }
    memcpy(walk->block, block, sizeof block);
    return block[0];
}
