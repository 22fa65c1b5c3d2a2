/* SPDX-License-Identifier: MIT */
/* How many columns a terminal gives a character, so that carets stand where they should.
   The ranges are the wide, fullwidth and combining blocks of Unicode, taken as whole blocks. */
#include "base/text.h"

struct block {
    uint32_t first, last;
};

static const struct block combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
    {0xE0100, 0xE01EF},
};

static const struct block wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

static bool is_in(uint32_t character, const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character >= blocks[i].first && character <= blocks[i].last)
            return true;
    return false;
}

int character_width(uint32_t character)
{
    if (character < 0x300)
        return 1;
    if (is_in(character, combining, sizeof combining / sizeof *combining))
        return 0;
    return is_in(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}
