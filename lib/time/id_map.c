/* SPDX-License-Identifier: MIT */
/* The hash table that finds equal shapes while tables are built. */
#include "time/id_map.h"

#define FIRST_SLOTS 64u

void id_map_free(struct id_map *map)
{
    if (map->slots != NULL)
        memory_free(map->allocator, map->slots, map->slot_count * sizeof *map->slots);
    map->slots = NULL;
    map->slot_count = map->used = 0;
}

static void put(struct id_slot *slots, size_t slot_count, uint64_t key, uint32_t number)
{
    size_t at = (size_t)id_mix(key) & (slot_count - 1);
    while (slots[at].number != ID_NONE)
        at = (at + 1) & (slot_count - 1);
    slots[at].key = key;
    slots[at].number = number;
}

static bool grow(struct id_map *map)
{
    size_t count = map->slot_count == 0 ? FIRST_SLOTS : map->slot_count * 2;
    struct id_slot *slots = memory_new(map->allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        slots[i] = (struct id_slot){0, ID_NONE, 0};
    for (size_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].number != ID_NONE)
            put(slots, count, map->slots[i].key, map->slots[i].number);
    }
    size_t used = map->used;
    id_map_free(map);
    map->slots = slots;
    map->slot_count = count;
    map->used = used;
    return true;
}

bool id_map_add(struct id_map *map, uint64_t key, uint32_t number)
{
    if (map->used * 2 >= map->slot_count && !grow(map))
        return false;
    put(map->slots, map->slot_count, key, number);
    map->used++;
    return true;
}

uint32_t id_map_next(const struct id_map *map, uint64_t key, size_t *probe)
{
    if (map->slot_count == 0)
        return ID_NONE;
    size_t start = (size_t)id_mix(key);
    for (;; (*probe)++) {
        const struct id_slot *slot = &map->slots[(start + *probe) & (map->slot_count - 1)];
        if (slot->number == ID_NONE)
            return ID_NONE;
        if (slot->key == key) {
            (*probe)++;
            return slot->number;
        }
    }
}
