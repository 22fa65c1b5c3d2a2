/* SPDX-License-Identifier: MIT */
/* Texts: UTF-8 pieces, numbers in them, a builder for new ones, and a table of different ones. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

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

/* How different two texts are: insertions, deletions, changes and swaps of neighbours; at most
   `limit` + 1 (texts longer than 64 bytes are always too different). */
int text_distance(sla_text a, sla_text b, int limit);

/* Is it a decimal number: [-+]digits[.digits]? */
bool text_is_decimal(sla_text text);
/* Compares two decimal numbers exactly, whatever their length: <0, 0, >0. */
int decimal_compare(sla_text a, sla_text b);

/* Reads a whole text as digits; false if it is anything else or above `max`. */
bool text_to_u64(sla_text text, uint64_t max, uint64_t *out);

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
    uint64_t first, last; /* see text_table.c */
    uint32_t number;      /* 0: free */
    uint32_t length;      /* the low half of it */
};
struct text_table {
    sla_allocator allocator;
    ARRAY(sla_text) texts;
    struct text_place *places;
    size_t place_count;
};
void text_table_init(struct text_table *table, const sla_allocator *allocator);
void text_table_free(struct text_table *table);
uint32_t text_table_find(const struct text_table *table, sla_text text); /* 0: not there */
/* Adds it unless it is there; 0: no memory. */
uint32_t text_table_add(struct text_table *table, sla_text text);
static inline sla_text text_table_at(const struct text_table *table, uint32_t number)
{
    return number == 0 ? TEXT_NONE : table->texts.items[number - 1];
}

#endif
