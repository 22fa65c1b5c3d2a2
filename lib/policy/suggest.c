/* SPDX-License-Identifier: MIT */
/* What was probably meant: the nearest of what is allowed, or all that is allowed. Never a guess
   that makes the author smile: short words must be nearly right. */
#include "policy/suggest.h"

#define NAME_SHOWN 64    /* bytes of a name in a hint */
#define KEYS_SHOWN 24    /* in a list of all that is possible; no mapping has more */
#define NAMES_SHOWN 10   /* of those that the policy defines */

/* Slips in a word of so many characters: none in a very short one but case and dashes, one in a
   short word, up to three in a long one. */
static int slips(size_t count)
{
    return count <= 2 ? 0 : count <= 4 ? 1 : count <= 8 ? 2 : 3;
}

struct suggestion suggestion_for(struct build *build, sla_text wanted)
{
    if (build->diags->items.count >= build->diags->limit) /* nobody will read it */
        build->suggestions = 0;
    return (struct suggestion){.wanted = wanted,
                               .distance = slips(text_count_characters(wanted)) + 1,
                               .budget = &build->suggestions};
}

/* Are `end` and what stands behind one of the joints of `whole` the same, or nearly? first_response
   for response, and hours for working_hours. */
static bool is_end_of(sla_text whole, sla_text end, int limit)
{
    for (size_t at = 1; at + 3 < whole.length; at++) {
        sla_text tail = {whole.data + at, whole.length - at};
        char joint = whole.data[at - 1];
        if ((joint == '_' || joint == '-' || joint == ' ') &&
            text_distance(tail, end, limit) <= limit)
            return true;
    }
    return false;
}

/* friday and fri, resp and response: one is the beginning of the other, or its end. */
static bool is_part(sla_text wanted, sla_text candidate)
{
    bool cut = candidate.length > wanted.length;
    sla_text whole = cut ? candidate : wanted, part = cut ? wanted : candidate;
    size_t count = text_count_characters(part);
    sla_text rest = {whole.data + part.length, whole.length - part.length};
    if (part.length < 2 || text_to_u64(rest, UINT64_MAX, &(uint64_t){0})) /* tier1 and tier10 */
        return false;
    if (count < 3) /* only a last letter is missing */
        return cut && text_starts_with(whole, part) && text_count_characters(whole) == count + 1;
    return text_starts_with(whole, part) || is_end_of(whole, part, count < 5 ? 0 : 1);
}

void suggestion_offer(struct suggestion *suggestion, sla_text candidate)
{
    /* A name of one letter is near to everything. */
    if (suggestion->distance == 0 || candidate.length < 2 || *suggestion->budget == 0)
        return;
    --*suggestion->budget;
    int distance = text_distance(suggestion->wanted, candidate, suggestion->distance - 1);
    if (distance < suggestion->distance) {
        suggestion->distance = distance;
        suggestion->best = candidate;
        suggestion->is_part = false;
    } else if ((suggestion->best.length == 0 || suggestion->is_part) &&
               is_part(suggestion->wanted, candidate)) {
        /* Two that it may be a part of: which one was meant is anybody's guess. */
        suggestion->best = suggestion->is_part ? TEXT_NONE : candidate;
        suggestion->is_part = true;
    }
}

void hint_add(struct hint *hint, const char *text)
{
    size_t length = strlen(text);
    if (length > sizeof hint->data - hint->length)
        return;
    memcpy(hint->data + hint->length, text, length);
    hint->length += length;
}

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
           character == 0x2029;
}

static void add_visible(struct hint *hint, sla_text name)
{
    size_t at = 0;
    while (at < name.length && at < NAME_SHOWN) {
        size_t start = at;
        bool control = is_control(text_next_character(name, &at));
        if (at - start > sizeof hint->data - hint->length)
            break;
        memcpy(hint->data + hint->length, control ? " " : name.data + start,
               control ? 1 : at - start);
        hint->length += control ? 1 : at - start;
    }
    if (at < name.length)
        hint_add(hint, "...");
}

void hint_add_name(struct hint *hint, sla_text name)
{
    hint_add(hint, "\"");
    add_visible(hint, name);
    hint_add(hint, "\"");
}

bool hint_add_choice(struct hint *hint, size_t *count, sla_text name, bool in_quotes)
{
    static const char more[] = ", ...";
    size_t left = sizeof hint->data - hint->length, most = in_quotes ? NAMES_SHOWN : KEYS_SHOWN;
    if (*count > most)
        return false;
    if (*count == most || left < NAME_SHOWN + 2 * sizeof more) {
        hint_add(hint, more);
        *count = most + 1;
        return false;
    }
    hint_add(hint, *count == 0 ? "" : ", ");
    if (in_quotes)
        hint_add_name(hint, name);
    else
        add_visible(hint, name);
    ++*count;
    return true;
}

sla_text hint_text(const struct hint *hint)
{
    return (sla_text){hint->data, hint->length};
}

sla_text suggestion_hint(const struct suggestion *suggestion, struct hint *hint)
{
    hint->length = 0;
    if (suggestion->best.length == 0)
        return TEXT_NONE;
    hint_add(hint, "did you mean ");
    hint_add_name(hint, suggestion->best);
    hint_add(hint, "?");
    return hint_text(hint);
}

sla_text hint_full_width(sla_text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t character = text_next_character(text, &at);
        if ((character >= 0xFF01 && character <= 0xFF5E) || character == 0x3000)
            return TEXT("write the signs and digits in half width: 09:00-12:00, not "
                        "\xEF\xBC\x90\xEF\xBC\x99\xEF\xBC\x9A\xEF\xBC\x90\xEF\xBC\x90");
        if (character == 0x2013 || character == 0x2014)
            return TEXT("write a plain minus (-), not a dash");
    }
    return TEXT_NONE;
}

sla_text hint_time(sla_text text)
{
    sla_text signs = hint_full_width(text);
    return signs.length > 0 ? signs : TEXT("write 09:00, 16:30 or 24:00");
}
