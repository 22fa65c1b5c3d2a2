/* SPDX-License-Identifier: MIT */
/* How many columns a terminal gives a character, so that carets stand where they should. */
#include "base/text.h"

struct block {
    uint32_t first, last;
};

#include "base/width_table.def"

#define COUNT(blocks) (sizeof(blocks) / sizeof *(blocks))

static bool is_in(uint32_t character, const struct block *blocks, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character > blocks[middle].last)
            low = middle + 1;
        else if (character < blocks[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

int character_width(uint32_t character)
{
    if (character < 0x300)
        return 1;
    if (is_in(character, combining, COUNT(combining)))
        return 0;
    return is_in(character, wide, COUNT(wide)) ? 2 : 1;
}
