/* SPDX-License-Identifier: MIT */
/* A hash table from 64-bit keys to small numbers; keys may come more than once. */
#ifndef TIME_ID_MAP_H
#define TIME_ID_MAP_H

#include "base/memory.h"

#define ID_NONE UINT32_MAX

struct id_map {
    const sla_allocator *allocator;
    struct id_slot {
        uint64_t key;
        uint32_t number; /* ID_NONE: free */
        uint32_t unused;
    } *slots;
    size_t slot_count, used; /* slot_count is 0 or a power of two */
};

void id_map_free(struct id_map *map);
/* False: no memory. */
bool id_map_add(struct id_map *map, uint64_t key, uint32_t number);
/* The numbers under a key one after the other, ID_NONE at the end; `*probe` begins with 0. */
uint32_t id_map_next(const struct id_map *map, uint64_t key, size_t *probe);

static inline uint64_t id_mix(uint64_t value)
{
    value ^= value >> 32;
    value *= 0x9e3779b97f4a7c15u;
    value ^= value >> 29;
    return value;
}

/* The number that was added first under a key. */
static inline uint32_t id_map_find(const struct id_map *map, uint64_t key)
{
    size_t probe = 0;
    if (map->slot_count > 0) { /* mostly where it belongs */
        const struct id_slot *slot = &map->slots[(size_t)id_mix(key) & (map->slot_count - 1)];
        if (slot->key == key && slot->number != ID_NONE)
            return slot->number;
    }
    return id_map_next(map, key, &probe);
}

#endif
