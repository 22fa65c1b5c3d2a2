/* SPDX-License-Identifier: MIT */
/* Incidents: the table by id, and packing drafts into blocks. */
#include "engine/incident.h"

void incidents_init(struct incidents *incidents, const sla_allocator *allocator)
{
    *incidents = (struct incidents){.allocator = allocator};
}

static void free_incident(struct incidents *incidents, struct incident *incident)
{
    incidents->bytes -= incident->id_length + incident->block_size +
                        incident->past_capacity * sizeof *incident->past;
    memory_free(incidents->allocator, incident->past,
                incident->past_capacity * sizeof *incident->past);
    memory_free(incidents->allocator, incident->id, incident->id_length);
    memory_free(incidents->allocator, incident->block, incident->block_size);
}

void incidents_free(struct incidents *incidents)
{
    for (uint32_t i = 0; i < incidents->count; i++)
        free_incident(incidents, incident_at(incidents, i));
    for (size_t i = 0; i < incidents->chunk_count; i++)
        memory_free(incidents->allocator, incidents->chunks[i],
                    INCIDENT_CHUNK * sizeof **incidents->chunks);
    memory_free(incidents->allocator, incidents->chunks,
                incidents->chunk_capacity * sizeof *incidents->chunks);
    memory_free(incidents->allocator, incidents->slots,
                incidents->slot_count * sizeof *incidents->slots);
}

static size_t find_slot(const struct incidents *incidents, sla_text id, uint32_t hash)
{
    size_t mask = incidents->slot_count - 1, slot = hash & mask;
    for (; incidents->slots[slot] != 0; slot = (slot + 1) & mask) {
        const struct incident *incident = incident_at(incidents, incidents->slots[slot] - 1);
        if (incident->hash == hash && incident->id_length == id.length &&
            memcmp(incident->id, id.data, id.length) == 0)
            break;
    }
    return slot;
}

uint32_t incidents_find(const struct incidents *incidents, sla_text id)
{
    if (incidents->slot_count == 0)
        return INDEX_NONE;
    size_t slot = find_slot(incidents, id, (uint32_t)hash_bytes(id.data, id.length));
    return incidents->slots[slot] - 1; /* a free slot gives INDEX_NONE */
}

static bool make_room(struct incidents *incidents)
{
    const sla_allocator *allocator = incidents->allocator;
    if (incidents->count == incidents->chunk_count * INCIDENT_CHUNK) {
        if (!memory_grow(allocator, &incidents->chunks, &incidents->chunk_capacity,
                         incidents->chunk_count + 1, sizeof *incidents->chunks))
            return false;
        struct incident *chunk = memory_zero(allocator, INCIDENT_CHUNK * sizeof *chunk);
        if (chunk == NULL)
            return false;
        incidents->chunks[incidents->chunk_count++] = chunk;
    }
    if (((size_t)incidents->count + 1) * 4 <= incidents->slot_count * 3)
        return true;
    size_t count = incidents->slot_count == 0 ? 64 : incidents->slot_count * 2;
    uint32_t *slots = memory_zero(allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    memory_free(allocator, incidents->slots, incidents->slot_count * sizeof *slots);
    incidents->slots = slots;
    incidents->slot_count = count;
    for (uint32_t i = 0; i < incidents->count; i++) {
        size_t slot = incident_at(incidents, i)->hash & (count - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (count - 1);
        slots[slot] = i + 1;
    }
    return true;
}

uint32_t incidents_add(struct incidents *incidents, sla_text id)
{
    if (incidents->count >= INDEX_NONE / 4 || !make_room(incidents))
        return INDEX_NONE;
    char *copy = memory_new(incidents->allocator, id.length);
    if (copy == NULL)
        return INDEX_NONE;
    memcpy(copy, id.data, id.length);
    uint32_t hash = (uint32_t)hash_bytes(id.data, id.length), number = incidents->count;
    incidents->slots[find_slot(incidents, id, hash)] = number + 1;
    *incident_at(incidents, number) = (struct incident){
        .id = copy,
        .id_length = (uint32_t)id.length,
        .hash = hash,
        .severity = INDEX_NONE,
        .opened_at = SLA_TIME_NONE,
        .last_update = SLA_TIME_NONE,
        .next_moment = SLA_TIME_NEVER,
        .next_at = SLA_TIME_NEVER,
    };
    incidents->bytes += id.length;
    incidents->count++;
    return number;
}

void incidents_undo_add(struct incidents *incidents)
{
    struct incident *incident = incident_at(incidents, incidents->count - 1);
    sla_text id = {incident->id, incident->id_length};
    size_t slot = find_slot(incidents, id, incident->hash);
    /* It is the newest, so nothing was pushed behind it. */
    incidents->slots[slot] = 0;
    free_incident(incidents, incident);
    memset(incident, 0, sizeof *incident);
    incidents->count--;
}

static const size_t part_width[PART_COUNT] = {
    [PART_CLOCKS] = sizeof(struct clock),
    [PART_SPANS] = sizeof(struct span),
    [PART_CAUSES] = sizeof(struct cause),
    [PART_SENDS] = sizeof(struct send),
    [PART_ATTRIBUTES] = sizeof(struct held_attribute),
    [PART_HOLDING] = sizeof(uint32_t),
};

const void *incident_part(const struct incident *incident, enum incident_part wanted)
{
    const char *part = incident->block;
    for (int i = 0; i < (int)wanted; i++)
        part += incident->counts[i] * part_width[i];
    return part;
}

#define TAKE(part, array)                                                          \
    do {                                                                           \
        (array)->count = 0;                                                        \
        if (!array_reserve(incidents->allocator, (array), incident->counts[part])) \
            return false;                                                          \
        (array)->count = incident->counts[part];                                   \
        if ((array)->count > 0)                                                    \
            memcpy((array)->items, from, (array)->count * sizeof *(array)->items); \
        from += (array)->count * sizeof *(array)->items;                           \
    } while (0)

bool draft_take(struct draft *draft, const struct incidents *incidents,
                const struct incident *incident)
{
    const char *from = incident->block;
    TAKE(PART_CLOCKS, &draft->clocks);
    TAKE(PART_SPANS, &draft->spans);
    TAKE(PART_CAUSES, &draft->causes);
    TAKE(PART_SENDS, &draft->sends);
    TAKE(PART_ATTRIBUTES, &draft->attributes);
    TAKE(PART_HOLDING, &draft->holding);
    return true;
}

#define PUT(part, array)                                                         \
    do {                                                                         \
        incident->counts[part] = (uint32_t)(array)->count;                       \
        if ((array)->count > 0)                                                  \
            memcpy(to, (array)->items, (array)->count * sizeof *(array)->items); \
        to += (array)->count * sizeof *(array)->items;                           \
    } while (0)

bool draft_put(const struct draft *draft, struct incidents *incidents, struct incident *incident)
{
    size_t size = draft->clocks.count * sizeof *draft->clocks.items +
                  draft->spans.count * sizeof *draft->spans.items +
                  draft->causes.count * sizeof *draft->causes.items +
                  draft->sends.count * sizeof *draft->sends.items +
                  draft->attributes.count * sizeof *draft->attributes.items +
                  draft->holding.count * sizeof *draft->holding.items;
    if (size > incident->block_size) {
        const sla_allocator *allocator = incidents->allocator;
        void *block = memory_new(allocator, size);
        if (block == NULL)
            return false;
        memory_free(allocator, incident->block, incident->block_size);
        incidents->bytes += size - incident->block_size;
        incident->block = block;
        incident->block_size = size;
    }
    char *to = incident->block;
    PUT(PART_CLOCKS, &draft->clocks);
    PUT(PART_SPANS, &draft->spans);
    PUT(PART_CAUSES, &draft->causes);
    PUT(PART_SENDS, &draft->sends);
    PUT(PART_ATTRIBUTES, &draft->attributes);
    PUT(PART_HOLDING, &draft->holding);
    return true;
}

void draft_free(struct draft *draft, const sla_allocator *allocator)
{
    array_free(allocator, &draft->clocks);
    array_free(allocator, &draft->spans);
    array_free(allocator, &draft->causes);
    array_free(allocator, &draft->sends);
    array_free(allocator, &draft->attributes);
    array_free(allocator, &draft->holding);
}
