/* SPDX-License-Identifier: MIT */
/* How different two texts are, as a person who typed one for the other sees it: in characters, not
   in bytes, and without what the eye passes over. */
#include "base/text.h"

#define LONGEST 64 /* characters */

/* Upper and lower case of ASCII, the full-width forms that Chinese keyboards write, and the signs
   that join words are alike; other letters are compared as they are. */
static uint32_t folded(uint32_t character)
{
    if (character >= 0xFF01 && character <= 0xFF5E)
        character -= 0xFF01 - '!';
    if (character >= 'A' && character <= 'Z')
        return character - 'A' + 'a';
    switch (character) {
    case ' ':
    case '-':
    case 0x2010: /* the hyphens and dashes of word processors */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x3000: /* the full-width blank */
        return '_';
    case 0xD7: /* the sign of multiplication in 24x7 */
        return 'x';
    default:
        return character;
    }
}

/* False: it is longer than what is compared. */
static bool fold(sla_text text, uint32_t out[LONGEST], size_t *out_count)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        if (count == LONGEST)
            return false;
        out[count++] = folded(text_next_character(text, &at));
    }
    *out_count = count;
    return true;
}

static bool is_digit(uint32_t character)
{
    return character >= '0' && character <= '9';
}

static int distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    int rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b_count; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a_count; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= b_count; j++) {
            int best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a_count % 3][b_count];
}

/* P1 and P2 are two names, and no slip of the finger. */
static bool differs_in_digits_alone(const uint32_t *a, size_t a_count, const uint32_t *b,
                                    size_t b_count)
{
    size_t i = 0, j = 0;
    bool differs = false;
    for (;;) {
        while (i < a_count && is_digit(a[i]) && !(j < b_count && a[i] == b[j])) {
            differs = true;
            i++;
        }
        while (j < b_count && is_digit(b[j]) && !(i < a_count && a[i] == b[j])) {
            differs = true;
            j++;
        }
        if (i == a_count || j == b_count)
            return differs && i == a_count && j == b_count;
        if (a[i++] != b[j++])
            return false;
    }
}

int text_distance(sla_text a, sla_text b, int limit)
{
    uint32_t first[LONGEST], second[LONGEST];
    size_t first_count, second_count;
    if (!fold(a, first, &first_count) || !fold(b, second, &second_count) ||
        differs_in_digits_alone(first, first_count, second, second_count))
        return limit + 1;
    size_t longer = first_count > second_count ? first_count - second_count
                                               : second_count - first_count;
    if (longer > (size_t)limit)
        return limit + 1;
    int found = distance(first, first_count, second, second_count);
    return found > limit ? limit + 1 : found;
}

size_t text_count_characters(sla_text text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; count++)
        text_next_character(text, &at);
    return count;
}
