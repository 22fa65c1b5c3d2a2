/* SPDX-License-Identifier: MIT */
/* A table of different texts: open addressing with linear probing, at most half full. */
#include "base/hash.h"
#include "base/text.h"

#define INLINE 16 /* texts up to this length are all in their place */

#define ODD_A UINT64_C(0x9E3779B97F4A7C15) /* 2^64 / golden ratio */
#define ODD_B UINT64_C(0xC2B2AE3D27D4EB4F)

void text_table_init(struct text_table *table, const sla_allocator *allocator)
{
    *table = (struct text_table){.allocator = *allocator};
}

void text_table_free(struct text_table *table)
{
    array_free(&table->allocator, &table->texts);
    memory_free(&table->allocator, table->places, table->place_count * sizeof *table->places);
    table->places = NULL;
    table->place_count = 0;
}

/* What stands in a text's place, but for its number: of a short text the first eight bytes and the
   last eight, which say it all; of a longer one its hash and the last eight. */
static inline struct text_place place_of(sla_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    struct text_place place = {0, 0, 0, (uint32_t)text.length};
    if (text.length <= 8) {
        place.first = hash_read(bytes, text.length);
    } else {
        place.first = text.length <= INLINE ? hash_read(bytes, 8) : hash_bytes(bytes, text.length);
        place.last = hash_read(bytes + text.length - 8, 8);
    }
    return place;
}

static inline size_t first_place(const struct text_table *table, const struct text_place *wanted)
{
    return (size_t)hash_fold(wanted->first ^ ODD_A, wanted->last ^ ODD_B ^ wanted->length) &
           (table->place_count - 1);
}

/* Do two places say the same? Of texts up to INLINE that is all there is to say. */
static inline bool is_same(const struct text_place *a, const struct text_place *b)
{
    return ((a->first ^ b->first) | (a->last ^ b->last) | (a->length ^ b->length)) == 0;
}

/* The place that has the text, or the free one where it would go. */
static size_t find_place(const struct text_table *table, sla_text text,
                         const struct text_place *wanted)
{
    for (size_t at = first_place(table, wanted);; at = (at + 1) & (table->place_count - 1)) {
        const struct text_place *place = &table->places[at];
        if (place->number == 0 ||
            (is_same(place, wanted) &&
             (text.length <= INLINE || text_equal(text_table_at(table, place->number), text))))
            return at;
    }
}

/* Apart, so that finding a short text keeps everything in registers. */
__attribute__((noinline)) static uint32_t find_long(const struct text_table *table, sla_text text)
{
    struct text_place wanted = place_of(text);
    return table->places[find_place(table, text, &wanted)].number;
}

uint32_t text_table_find(const struct text_table *table, sla_text text)
{
    if (table->place_count == 0)
        return 0;
    if (text.length > INLINE)
        return find_long(table, text);
    struct text_place wanted = place_of(text);
    for (size_t at = first_place(table, &wanted);; at = (at + 1) & (table->place_count - 1)) {
        const struct text_place *place = &table->places[at];
        if (is_same(place, &wanted)) /* as a free place, without a number, and the empty text */
            return place->number;
        if (place->number == 0)
            return 0;
    }
}

static bool grow_places(struct text_table *table)
{
    size_t count = table->place_count == 0 ? 16 : table->place_count * 2;
    struct text_place *places = memory_zero(&table->allocator, count * sizeof *places);
    if (places == NULL)
        return false;
    memory_free(&table->allocator, table->places, table->place_count * sizeof *table->places);
    table->places = places;
    table->place_count = count;
    for (size_t i = 0; i < table->texts.count; i++) {
        struct text_place place = place_of(table->texts.items[i]);
        place.number = (uint32_t)i + 1;
        places[find_place(table, table->texts.items[i], &place)] = place;
    }
    return true;
}

uint32_t text_table_add(struct text_table *table, sla_text text)
{
    uint32_t found = text_table_find(table, text);
    if (found != 0)
        return found;
    if (table->texts.count >= UINT32_MAX / 4)
        return 0;
    if ((table->texts.count + 1) * 2 > table->place_count && !grow_places(table))
        return 0;
    struct text_place place = place_of(text);
    size_t at = find_place(table, text, &place);
    if (!array_push(&table->allocator, &table->texts, text))
        return 0;
    place.number = (uint32_t)table->texts.count;
    table->places[at] = place;
    return place.number;
}
