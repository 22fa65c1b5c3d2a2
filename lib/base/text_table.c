/* SPDX-License-Identifier: MIT */
/* A table of different texts: open addressing with linear probing, at most half full; a small one,
   which costs little, at most a quarter, so that the first place is mostly the right one. */
#include "base/text.h"

#define SMALL 1024 /* texts */

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

static struct text_place place_of(sla_text text)
{
    if (text.length <= TEXT_SHORT)
        return text_place_of_short(text);
    const unsigned char *end = (const unsigned char *)text.data + text.length;
    return (struct text_place){hash_bytes(text.data, text.length), hash_read(end - 8, 8), 0,
                               (uint32_t)text.length};
}

/* The place that has the text, or the free one where it would go. */
static size_t find_place(const struct text_table *table, sla_text text,
                         const struct text_place *wanted)
{
    size_t at = text_place_start(table, wanted);
    for (;; at = (at + 1) & (table->place_count - 1)) {
        const struct text_place *place = &table->places[at];
        if (place->number == 0 ||
            (text_place_is_same(place, wanted) &&
             (text.length <= TEXT_SHORT ||
              text_equal(text_table_at(table, place->number), text))))
            return at;
    }
}

uint32_t text_table_find_long(const struct text_table *table, sla_text text)
{
    if (table->place_count == 0)
        return 0;
    struct text_place wanted = place_of(text);
    return table->places[find_place(table, text, &wanted)].number;
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
    size_t wanted = (table->texts.count + 1) * (table->texts.count < SMALL ? 4 : 2);
    if (wanted > table->place_count && !grow_places(table))
        return 0;
    struct text_place place = place_of(text);
    size_t at = find_place(table, text, &place);
    if (!array_push(&table->allocator, &table->texts, text))
        return 0;
    place.number = (uint32_t)table->texts.count;
    table->places[at] = place;
    return place.number;
}
