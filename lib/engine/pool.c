/* SPDX-License-Identifier: MIT */
/* The pool of texts: open addressing, with deletion by moving back what follows. */
#include "engine/pool.h"

void pool_init(struct pool *pool, const sla_allocator *allocator, const sla_policy *policy)
{
    *pool = (struct pool){.allocator = allocator, .policy = policy};
}

void pool_free(struct pool *pool)
{
    for (size_t i = 1; i < pool->texts.count; i++)
        memory_free(pool->allocator, pool->texts.items[i].data, pool->texts.items[i].length);
    array_free(pool->allocator, &pool->texts);
    memory_free(pool->allocator, pool->slots, pool->slot_count * sizeof *pool->slots);
}

static size_t find_slot(const struct pool *pool, sla_text text, uint32_t hash)
{
    size_t mask = pool->slot_count - 1, slot = hash & mask;
    for (; pool->slots[slot] != 0; slot = (slot + 1) & mask) {
        const struct pooled *pooled = &pool->texts.items[pool->slots[slot]];
        if (pooled->hash == hash && pooled->length == text.length &&
            (text.length == 0 || memcmp(pooled->data, text.data, text.length) == 0))
            break;
    }
    return slot;
}

static bool make_room(struct pool *pool)
{
    if (pool->texts.count == 0) {
        struct pooled none = {NULL, 0, 0, 0, 0};
        if (!array_push(pool->allocator, &pool->texts, none))
            return false;
    }
    if (pool->first_free == 0 && !array_reserve(pool->allocator, &pool->texts, 1))
        return false;
    if ((pool->in_use + 1) * 4 <= pool->slot_count * 3)
        return true;
    size_t count = pool->slot_count == 0 ? 64 : pool->slot_count * 2;
    uint32_t *slots = memory_zero(pool->allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    memory_free(pool->allocator, pool->slots, pool->slot_count * sizeof *pool->slots);
    pool->slots = slots;
    pool->slot_count = count;
    for (uint32_t i = 1; i < pool->texts.count; i++)
        if (pool->texts.items[i].data != NULL)
            slots[find_slot(pool, pool_text(pool, i), pool->texts.items[i].hash)] = i;
    return true;
}

uint32_t pool_hold(struct pool *pool, sla_text text)
{
    uint32_t hash = (uint32_t)hash_bytes(text.data, text.length);
    if (pool->slot_count > 0) {
        uint32_t found = pool->slots[find_slot(pool, text, hash)];
        if (found != 0) {
            pool->texts.items[found].references++;
            return found;
        }
    }
    if (text.length > UINT32_MAX || pool->in_use >= UINT32_MAX / 4 || !make_room(pool))
        return 0;
    char *data = memory_new(pool->allocator, text.length);
    if (data == NULL)
        return 0;
    if (text.length > 0)
        memcpy(data, text.data, text.length);
    uint32_t number = pool->first_free;
    if (number != 0)
        pool->first_free = pool->texts.items[number].references;
    else
        number = (uint32_t)pool->texts.count++;
    pool->texts.items[number] =
        (struct pooled){data, (uint32_t)text.length, 1,
                        text_table_find(&pool->policy->literals, text), hash};
    pool->slots[find_slot(pool, text, hash)] = number;
    pool->in_use++;
    pool->bytes += text.length;
    return number;
}

void pool_hold_again(struct pool *pool, uint32_t number)
{
    pool->texts.items[number].references++;
}

/* Empties a slot and moves back what was pushed behind it, so that searches still end rightly. */
static void empty_slot(struct pool *pool, size_t slot)
{
    size_t mask = pool->slot_count - 1;
    for (size_t next = (slot + 1) & mask; pool->slots[next] != 0; next = (next + 1) & mask) {
        size_t home = pool->texts.items[pool->slots[next]].hash & mask;
        if (((next - home) & mask) >= ((next - slot) & mask)) {
            pool->slots[slot] = pool->slots[next];
            slot = next;
        }
    }
    pool->slots[slot] = 0;
}

void pool_release(struct pool *pool, uint32_t number)
{
    struct pooled *pooled = &pool->texts.items[number];
    if (--pooled->references > 0)
        return;
    empty_slot(pool, find_slot(pool, pool_text(pool, number), pooled->hash));
    memory_free(pool->allocator, pooled->data, pooled->length);
    pool->in_use--;
    pool->bytes -= pooled->length;
    *pooled = (struct pooled){NULL, 0, pool->first_free, 0, 0};
    pool->first_free = number;
}
