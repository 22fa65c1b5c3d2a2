/* SPDX-License-Identifier: MIT */
/* A table of different texts: open addressing with linear probing, at most three quarters full. */
#include "base/hash.h"
#include "base/text.h"

void text_table_init(struct text_table *table, const sla_allocator *allocator)
{
    *table = (struct text_table){.allocator = *allocator};
}

void text_table_free(struct text_table *table)
{
    array_free(&table->allocator, &table->texts);
    memory_free(&table->allocator, table->slots, table->slot_count * sizeof *table->slots);
    table->slots = NULL;
    table->slot_count = 0;
}

/* The slot that has the text, or the free one where it would go. */
static size_t find_slot(const struct text_table *table, sla_text text)
{
    size_t mask = table->slot_count - 1;
    size_t slot = (size_t)hash_bytes(text.data, text.length) & mask;
    while (table->slots[slot] != 0 && !text_equal(text_table_at(table, table->slots[slot]), text))
        slot = (slot + 1) & mask;
    return slot;
}

uint32_t text_table_find(const struct text_table *table, sla_text text)
{
    return table->slot_count == 0 ? 0 : table->slots[find_slot(table, text)];
}

static bool grow_slots(struct text_table *table)
{
    size_t count = table->slot_count == 0 ? 16 : table->slot_count * 2;
    uint32_t *slots = memory_zero(&table->allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    memory_free(&table->allocator, table->slots, table->slot_count * sizeof *table->slots);
    table->slots = slots;
    table->slot_count = count;
    for (size_t i = 0; i < table->texts.count; i++)
        slots[find_slot(table, table->texts.items[i])] = (uint32_t)i + 1;
    return true;
}

uint32_t text_table_add(struct text_table *table, sla_text text)
{
    uint32_t found = text_table_find(table, text);
    if (found != 0)
        return found;
    if (table->texts.count >= UINT32_MAX / 4)
        return 0;
    if ((table->texts.count + 1) * 4 > table->slot_count * 3 && !grow_slots(table))
        return 0;
    size_t slot = find_slot(table, text);
    if (!array_push(&table->allocator, &table->texts, text))
        return 0;
    return table->slots[slot] = (uint32_t)table->texts.count;
}
