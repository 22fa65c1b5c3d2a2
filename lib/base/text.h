/* SPDX-License-Identifier: MIT */
/* Texts: UTF-8 pieces, numbers in them, a builder for new ones, and a table of different ones. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/hash.h"
#include "base/memory.h"

#include <string.h>

#define TEXT(literal) ((sla_text){(literal), sizeof(literal) - 1})
#define TEXT_NONE ((sla_text){NULL, 0})

/* A text given through the API: all-ones lengths measured, NULL data is the empty text. False when
   it cannot be right (data NULL with a length). */
static inline bool text_from_api(const char *data, size_t length, sla_text *out)
{
    if (data == NULL) {
        *out = TEXT_NONE;
        return length == 0 || length == SLA_NUL_TERMINATED;
    }
    *out = (sla_text){data, length == SLA_NUL_TERMINATED ? strlen(data) : length};
    return true;
}

static inline bool text_equal(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

int text_compare(sla_text a, sla_text b); /* bytewise */
bool text_starts_with(sla_text text, sla_text prefix);
bool text_contains(sla_text text, sla_text part);

/* Is it valid UTF-8 (no surrogates, no overlong forms)? */
bool text_is_utf8(sla_text text);

/* The character that begins at byte `*at`, moving `*at` behind it; damaged bytes give U+FFFD. */
uint32_t text_next_character(sla_text text, size_t *at);

/* Columns that a terminal needs for a character: 0, 1 or 2. */
int character_width(uint32_t character);

/* How different two texts are: characters put in, left out, changed, or swapped with a neighbour;
   at most `limit` + 1. Case, the full-width forms of ASCII, and whether words are joined by a
   blank, a dash or an underscore do not count. Texts that differ in digits alone, or have more than
   64 characters, are always too different. */
int text_distance(sla_text a, sla_text b, int limit);

size_t text_count_characters(sla_text text);

/* Is it a decimal number: [-+]digits[.digits]? */
bool text_is_decimal(sla_text text);
/* Compares two decimal numbers exactly, whatever their length: <0, 0, >0. */
int decimal_compare(sla_text a, sla_text b);

/* Reads a whole text as digits; false if it is anything else or above `max`. */
bool text_to_u64(sla_text text, uint64_t max, uint64_t *out);

/* Writes a number in decimal digits before `end`, at most TEXT_DIGITS bytes; where they begin. */
#define TEXT_DIGITS 20u
char *text_digits(uint64_t magnitude, bool negative, char *end);

/* A text that grows. After a failed allocation `failed` is set and further calls do nothing. */
struct text_builder {
    const sla_allocator *allocator;
    char *data;
    size_t count, capacity;
    bool failed;
};
void builder_init(struct text_builder *builder, const sla_allocator *allocator);
void builder_add(struct text_builder *builder, sla_text text);
void builder_add_c(struct text_builder *builder, const char *text);
void builder_add_number(struct text_builder *builder, int64_t number);
void builder_free(struct text_builder *builder);
static inline sla_text builder_text(const struct text_builder *builder)
{
    return (sla_text){builder->data, builder->count};
}

/* A table of different texts, numbered from 1 in order of arrival. Texts are borrowed. A place
   knows its text's length and up to 16 of its bytes, so that finding a short text reads nothing
   else. */
struct text_place {
    uint64_t first, last; /* of a short text the first and the last eight bytes, which say it all;
                             of a longer one its hash and the last eight */
    uint32_t number;      /* 0: free */
    uint32_t length;      /* the low half of it */
};
#define TEXT_SHORT 16u
struct text_table {
    sla_allocator allocator;
    ARRAY(sla_text) texts;
    struct text_place *places;
    size_t place_count;
};
void text_table_init(struct text_table *table, const sla_allocator *allocator);
void text_table_free(struct text_table *table);
/* Adds it unless it is there; 0: no memory. */
uint32_t text_table_add(struct text_table *table, sla_text text);
static inline sla_text text_table_at(const struct text_table *table, uint32_t number)
{
    return number == 0 ? TEXT_NONE : table->texts.items[number - 1];
}

static inline struct text_place text_place_of_short(sla_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    struct text_place place = {0, 0, 0, (uint32_t)text.length};
    place.first = hash_read(bytes, text.length);
    if (text.length > 8)
        place.last = hash_read(bytes + text.length - 8, 8);
    return place;
}

/* Where a text's place is, if it is not taken by another; then in one of those behind it. */
static inline size_t text_place_start(const struct text_table *table,
                                      const struct text_place *place)
{
    uint64_t hash = hash_fold(place->first ^ UINT64_C(0x9E3779B97F4A7C15),
                              place->last ^ UINT64_C(0xC2B2AE3D27D4EB4F) ^ place->length);
    return (size_t)hash & (table->place_count - 1);
}

/* Do two places say the same? */
static inline bool text_place_is_same(const struct text_place *a, const struct text_place *b)
{
    return ((a->first ^ b->first) | (a->last ^ b->last) | (a->length ^ b->length)) == 0;
}

uint32_t text_table_find_long(const struct text_table *table, sla_text text);

/* The number of a text; 0: not there. Here, because classifying does little else. */
static inline uint32_t text_table_find(const struct text_table *table, sla_text text)
{
    if (text.length > TEXT_SHORT)
        return text_table_find_long(table, text);
    if (table->place_count == 0)
        return 0;
    struct text_place wanted = text_place_of_short(text);
    size_t at = text_place_start(table, &wanted);
    for (;; at = (at + 1) & (table->place_count - 1)) {
        const struct text_place *place = &table->places[at];
        if (text_place_is_same(place, &wanted)) /* a free one and the empty text: without number */
            return place->number;
        if (place->number == 0)
            return 0;
    }
}

#endif
