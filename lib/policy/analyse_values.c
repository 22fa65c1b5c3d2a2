/* SPDX-License-Identifier: MIT */
/* The values of a given attribute: every text that the policy lists, and one text for each other
 * way of answering all that is asked. */
#include "policy/analyse_space.h"

#include <stdlib.h>

#define PARTS_MAX 10u     /* texts that may be contained: every choice of them is a value */
#define VALUES_MAX 4096u  /* of those that are not listed */

static void add(struct analysis *analysis, struct space_slot *slot, uint32_t kind, sla_text text)
{
    space_add(analysis, slot, (struct space_value){.kind = kind, .text = text, .set = SET_NONE});
}

static sla_text kept(struct analysis *analysis, const struct text_builder *builder)
{
    sla_text copy = TEXT_NONE;
    if (!builder->failed)
        copy = arena_text(&analysis->build->work, builder_text(builder));
    if (copy.data == NULL)
        build_fail(analysis->build, SLA_ERROR_MEMORY);
    return copy;
}

static void mark_characters(bool *used, sla_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < 128)
            used[(unsigned char)text.data[i]] = true;
}

/* A text that stands in no text of the slot and is in no number: it keeps others apart. */
static sla_text separator(struct analysis *analysis, struct space_slot *slot)
{
    static const char choices[] = "?*~#!_@$%&|<>^;:/=xyzqwjkvXYZQWJKV";
    bool used[128] = {false};
    size_t longest = 0;
    const sla_text *lists[] = {slot->asked.listed.texts.items, slot->asked.prefixes.texts.items,
                               slot->asked.parts.texts.items};
    const size_t counts[] = {slot->asked.listed.texts.count, slot->asked.prefixes.texts.count,
                             slot->asked.parts.texts.count};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < counts[i]; k++) {
            mark_characters(used, lists[i][k]);
            longest = lists[i][k].length > longest ? lists[i][k].length : longest;
        }
    for (size_t i = 0; choices[i] != '\0'; i++)
        if (!used[(unsigned char)choices[i]])
            return (sla_text){&choices[i], 1};
    /* all of them in use: what is longer than every text is none of them */
    slot->lost = slot->asked.prefixes.texts.count + slot->asked.parts.texts.count > 0;
    struct text_builder builder;
    builder_init(&builder, &analysis->build->allocator);
    for (size_t i = 0; i <= longest; i++)
        builder_add_c(&builder, "?");
    sla_text text = kept(analysis, &builder);
    builder_free(&builder);
    return text;
}

/* Can a number have this text in it? */
static bool is_numeric(sla_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!(text.data[i] >= '0' && text.data[i] <= '9') && text.data[i] != '.' &&
            text.data[i] != '-' && text.data[i] != '+')
            return false;
    return text.length > 0;
}

/* Texts that begin with `base` (none: with no prefix that is asked for) and contain the chosen
   parts; two choices that answer alike are one value. */
static void add_parted(struct analysis *analysis, struct space_slot *slot, sla_text base,
                       uint32_t choice, sla_text apart, uint64_t *seen, size_t *seen_count)
{
    struct text_builder builder;
    uint64_t answer = 0;
    builder_init(&builder, &analysis->build->allocator);
    builder_add(&builder, base);
    builder_add(&builder, apart);
    for (size_t i = 0; i < slot->asked.parts.texts.count; i++)
        if ((choice >> i & 1) != 0) {
            builder_add(&builder, slot->asked.parts.texts.items[i]);
            builder_add(&builder, apart);
        }
    sla_text text = builder_text(&builder);
    for (size_t i = 0; i < slot->asked.parts.texts.count; i++)
        answer |= (uint64_t)text_contains(text, slot->asked.parts.texts.items[i]) << i;
    for (size_t i = 0; i < slot->asked.prefixes.texts.count; i++)
        answer |= (uint64_t)text_starts_with(text, slot->asked.prefixes.texts.items[i]) << (32 + i);
    bool is_new = true;
    for (size_t i = 0; i < *seen_count; i++)
        is_new = is_new && seen[i] != answer;
    if (is_new) {
        seen[(*seen_count)++] = answer;
        add(analysis, slot, choice == 0 && base.length == 0 ? SPACE_OTHER : SPACE_PART,
            kept(analysis, &builder));
    }
    builder_free(&builder);
}

static void add_parts(struct analysis *analysis, struct space_slot *slot, sla_text apart)
{
    size_t prefixes = slot->asked.prefixes.texts.count, parts = slot->asked.parts.texts.count;
    bool has_numbers = slot->asked.bounds.count > 0;
    for (size_t i = 0; i < prefixes + parts && has_numbers; i++)
        if (is_numeric(i < prefixes ? slot->asked.prefixes.texts.items[i]
                                    : slot->asked.parts.texts.items[i - prefixes]))
            slot->lost = true; /* which numbers have it in them is not looked into */
    if (parts > PARTS_MAX || prefixes > 32 || (prefixes + 1) << parts > VALUES_MAX)
        slot->lost = true;
    size_t count = 0;
    uint64_t *seen = slot->lost ? NULL
                                : build_array(analysis->build, (prefixes + 1) << parts,
                                              sizeof *seen);
    for (size_t i = 0; seen != NULL && i <= prefixes; i++)
        for (uint32_t choice = 0; choice < 1u << parts; choice++)
            add_parted(analysis, slot, i == 0 ? TEXT_NONE : slot->asked.prefixes.texts.items[i - 1],
                       choice, apart, seen, &count);
}

static int by_size(const void *a, const void *b)
{
    return decimal_compare(*(const sla_text *)a, *(const sla_text *)b);
}

/* A number's digits: without its sign, with so many behind the point, and one more. */
static void add_digits(struct text_builder *builder, sla_text number, size_t places, char last)
{
    size_t point = number.length;
    for (size_t i = 0; i < number.length; i++)
        if (number.data[i] == '.')
            point = i;
    for (size_t i = 0; i < point; i++)
        if (number.data[i] != '-' && number.data[i] != '+')
            builder_add(builder, (sla_text){number.data + i, 1});
    builder_add_c(builder, ".");
    for (size_t i = 0; i < places; i++)
        builder_add(builder, point + 1 + i < number.length
                                 ? (sla_text){number.data + point + 1 + i, 1}
                                 : TEXT("0"));
    if (last != '\0')
        builder_add(builder, (sla_text){&last, 1});
}

static size_t places_of(sla_text number)
{
    for (size_t i = 0; i < number.length; i++)
        if (number.data[i] == '.')
            return number.length - i - 1;
    return 0;
}

/* Adds zeros until the policy does not list the text. */
static void add_number(struct analysis *analysis, struct space_slot *slot,
                       struct text_builder *builder)
{
    while (!builder->failed && text_table_find(&slot->index, builder_text(builder)) != 0)
        builder_add_c(builder, "0");
    add(analysis, slot, SPACE_NUMBER, kept(analysis, builder));
}

/* The whole number behind or before a bound that has few digits; false: it has many. */
static bool whole_near(sla_text bound, int64_t step, char text[32])
{
    int64_t whole = 0;
    bool negative = bound.length > 0 && bound.data[0] == '-';
    size_t at = bound.length > 0 && (bound.data[0] == '-' || bound.data[0] == '+') ? 1 : 0;
    size_t start = at;
    for (; at < bound.length && bound.data[at] != '.'; at++)
        whole = at - start < 15 ? whole * 10 + (bound.data[at] - '0') : INT64_MAX / 4;
    if (whole > INT64_MAX / 8)
        return false;
    whole = (negative ? -whole : whole) + step;
    size_t length = 0, digits = 0;
    char reversed[24];
    uint64_t rest = whole < 0 ? (uint64_t)-whole : (uint64_t)whole;
    do {
        reversed[digits++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (whole < 0)
        text[length++] = '-';
    while (digits > 0)
        text[length++] = reversed[--digits];
    text[length] = '\0';
    return true;
}

static bool is_between(sla_text number, const sla_text *low, const sla_text *high)
{
    return (low == NULL || decimal_compare(number, *low) > 0) &&
           (high == NULL || decimal_compare(number, *high) < 0);
}

/* A number between two neighbouring bounds (NULL: no bound on that side), a whole one if there
   is one near. */
static void add_between(struct analysis *analysis, struct space_slot *slot, const sla_text *low,
                        const sla_text *high)
{
    struct text_builder builder;
    char whole[32];
    builder_init(&builder, &analysis->build->allocator);
    bool done = false;
    for (int64_t step = 1; step <= 2 && !done; step++) { /* 2: behind a negative fraction */
        const sla_text *from = low != NULL ? low : high;
        done = whole_near(*from, low != NULL ? step : -step, whole) &&
               is_between((sla_text){whole, strlen(whole)}, low, high) &&
               text_table_find(&slot->index, (sla_text){whole, strlen(whole)}) == 0;
    }
    if (done) {
        builder_add_c(&builder, whole);
    } else if (low == NULL || high == NULL) { /* one more digit than the bound: beyond it */
        const sla_text *bound = low == NULL ? high : low;
        if (low == NULL)
            builder_add_c(&builder, "-");
        builder_add_c(&builder, "1");
        add_digits(&builder, *bound, 1, '\0');
    } else {
        size_t places = places_of(*low) > places_of(*high) ? places_of(*low) : places_of(*high);
        bool below_zero = decimal_compare(*high, TEXT("0")) <= 0;
        if (below_zero)
            builder_add_c(&builder, "-");
        /* the bound that is nearer to zero, a bit farther; across zero a bit above it */
        if (!below_zero && decimal_compare(*low, TEXT("0")) < 0)
            add_digits(&builder, TEXT("0"), places, '5');
        else
            add_digits(&builder, below_zero ? *high : *low, places, '5');
    }
    add_number(analysis, slot, &builder);
    builder_free(&builder);
}

/* One number for each bound and for each stretch between bounds. */
static void add_numbers(struct analysis *analysis, struct space_slot *slot)
{
    sla_text *bounds = slot->asked.bounds.items;
    size_t count = slot->asked.bounds.count, kept_count = 0;
    if (count == 0)
        return;
    qsort(bounds, count, sizeof *bounds, by_size);
    for (size_t i = 0; i < count; i++)
        if (kept_count == 0 || decimal_compare(bounds[kept_count - 1], bounds[i]) != 0)
            bounds[kept_count++] = bounds[i];
    slot->asked.bounds.count = count = kept_count;
    for (size_t i = 0; i <= count; i++) {
        add_between(analysis, slot, i == 0 ? NULL : &bounds[i - 1],
                    i == count ? NULL : &bounds[i]);
        if (i == count)
            break;
        struct text_builder builder;
        builder_init(&builder, &analysis->build->allocator);
        builder_add(&builder, bounds[i]);
        if (text_table_find(&slot->index, bounds[i]) != 0 && places_of(bounds[i]) == 0)
            builder_add_c(&builder, ".0");
        add_number(analysis, slot, &builder);
        builder_free(&builder);
    }
}

void space_values(struct analysis *analysis, struct space_slot *slot)
{
    for (size_t i = 0; i < slot->asked.listed.texts.count; i++)
        add(analysis, slot, SPACE_LISTED, slot->asked.listed.texts.items[i]);
    sla_text apart = separator(analysis, slot);
    if (slot->asked.bounds.count > VALUES_MAX)
        slot->lost = true;
    else
        add_numbers(analysis, slot);
    if (slot->asked.prefixes.texts.count + slot->asked.parts.texts.count > 0)
        add_parts(analysis, slot, apart);
    else
        add(analysis, slot, SPACE_OTHER, apart);
}
