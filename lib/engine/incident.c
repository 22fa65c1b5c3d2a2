/* SPDX-License-Identifier: MIT */
/* Incidents: the table by id. Slots keep the hash beside the number, so that a search looks only
   at the incident that it finds. */
#include "engine/incident.h"

void incidents_init(struct incidents *incidents, const sla_allocator *allocator)
{
    *incidents = (struct incidents){.allocator = allocator};
}

void history_free(struct history *history, const sla_allocator *allocator)
{
    if (history == NULL)
        return;
    array_free(allocator, &history->told);
    array_free(allocator, &history->cycles);
    memory_free(allocator, history, sizeof *history);
}

static void free_incident(struct incidents *incidents, struct incident *incident)
{
    history_free(incident->history, incidents->allocator);
    memory_free(incidents->allocator, incident->kept, incident->block_size);
}

void incidents_free(struct incidents *incidents)
{
    for (size_t c = 0; c < incidents->chunk_count; c++) {
        struct incident_chunk *chunk = incidents->chunks[c];
        for (uint32_t i = 0; chunk != NULL && i < INCIDENT_CHUNK; i++)
            free_incident(incidents, &chunk->incidents[i]);
        memory_free(incidents->allocator, chunk, sizeof *chunk);
    }
    memory_free(incidents->allocator, incidents->chunks,
                incidents->chunk_capacity * sizeof *incidents->chunks);
    memory_free(incidents->allocator, incidents->slots,
                incidents->slot_count * sizeof *incidents->slots);
    array_free(incidents->allocator, &incidents->laying);
}

uint32_t incidents_next(const struct incidents *incidents, uint32_t number)
{
    while (number < incidents->next_number) {
        const struct incident_chunk *chunk = incidents->chunks[number / INCIDENT_CHUNK];
        if (chunk == NULL)
            number = (number / INCIDENT_CHUNK + 1) * INCIDENT_CHUNK;
        else if (chunk->incidents[number % INCIDENT_CHUNK].kept == NULL)
            number++;
        else
            return number;
    }
    return incidents->next_number;
}

uint32_t incidents_hash(sla_text id)
{
    return (uint32_t)hash_bytes(id.data, id.length);
}

/* The slot of the id, or the free one where it would go. */
static size_t find_slot(const struct incidents *incidents, sla_text id, uint32_t hash)
{
    size_t mask = incidents->slot_count - 1, slot = hash & mask;
    for (; incidents->slots[slot].number != 0; slot = (slot + 1) & mask)
        if (incidents->slots[slot].hash == hash &&
            text_equal(incident_id(incident_at(incidents, incidents->slots[slot].number - 1)), id))
            break;
    return slot;
}

uint32_t incidents_guess(const struct incidents *incidents, uint32_t hash)
{
    if (incidents->slot_count == 0)
        return INDEX_NONE;
    size_t mask = incidents->slot_count - 1, slot = hash & mask;
    while (incidents->slots[slot].number != 0 && incidents->slots[slot].hash != hash)
        slot = (slot + 1) & mask;
    return incidents->slots[slot].number - 1;
}

uint32_t incidents_find(const struct incidents *incidents, sla_text id)
{
    if (incidents->slot_count == 0)
        return INDEX_NONE;
    return incidents->slots[find_slot(incidents, id, incidents_hash(id))].number - 1;
}

static bool make_slots(struct incidents *incidents)
{
    if (((size_t)incidents->count + 1) * 4 <= incidents->slot_count * 3)
        return true;
    size_t count = incidents->slot_count == 0 ? 64 : incidents->slot_count * 2;
    struct incident_slot *slots = memory_zero(incidents->allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < incidents->slot_count; i++) {
        if (incidents->slots[i].number == 0)
            continue;
        size_t slot = incidents->slots[i].hash & (count - 1);
        while (slots[slot].number != 0)
            slot = (slot + 1) & (count - 1);
        slots[slot] = incidents->slots[i];
    }
    memory_free(incidents->allocator, incidents->slots, incidents->slot_count * sizeof *slots);
    incidents->slots = slots;
    incidents->slot_count = count;
    return true;
}

static bool make_chunk(struct incidents *incidents)
{
    const sla_allocator *allocator = incidents->allocator;
    if (incidents->next_number < incidents->chunk_count * INCIDENT_CHUNK)
        return true;
    if (!memory_grow(allocator, &incidents->chunks, &incidents->chunk_capacity,
                     incidents->chunk_count + 1, sizeof *incidents->chunks))
        return false;
    struct incident_chunk *chunk = memory_zero(allocator, sizeof *chunk);
    if (chunk == NULL)
        return false;
    incidents->chunks[incidents->chunk_count++] = chunk;
    return true;
}

uint32_t incidents_add(struct incidents *incidents, sla_text id)
{
    if (incidents->next_number >= INDEX_NONE - 1 || !make_slots(incidents) ||
        !make_chunk(incidents))
        return INDEX_NONE;
    uint32_t size = (uint32_t)kept_size(id.length);
    if (size < incidents->usual_size)
        size = incidents->usual_size; /* so that it need not grow at once */
    struct kept *kept = memory_new(incidents->allocator, size);
    if (kept == NULL)
        return INDEX_NONE;
    kept_begin(kept, id);
    uint32_t number = incidents->next_number++, hash = incidents_hash(id);
    *incident_at(incidents, number) =
        (struct incident){.kept = kept, .due = SLA_TIME_NEVER, .block_size = size};
    incidents->chunks[number / INCIDENT_CHUNK]->in_use++;
    incidents->slots[find_slot(incidents, id, hash)] = (struct incident_slot){hash, number + 1};
    incidents->count++;
    return number;
}

/* Empties a slot and moves back what was pushed behind it, so that searches still end rightly. */
static void empty_slot(struct incidents *incidents, size_t slot)
{
    size_t mask = incidents->slot_count - 1;
    for (size_t next = (slot + 1) & mask; incidents->slots[next].number != 0;
         next = (next + 1) & mask) {
        size_t home = incidents->slots[next].hash & mask;
        if (((next - home) & mask) >= ((next - slot) & mask)) {
            incidents->slots[slot] = incidents->slots[next];
            slot = next;
        }
    }
    incidents->slots[slot] = (struct incident_slot){0, 0};
}

void incidents_remove(struct incidents *incidents, uint32_t number)
{
    struct incident *incident = incident_at(incidents, number);
    sla_text id = incident_id(incident);
    empty_slot(incidents, find_slot(incidents, id, incidents_hash(id)));
    free_incident(incidents, incident);
    *incident = (struct incident){.due = SLA_TIME_NEVER};
    incidents->count--;
    struct incident_chunk **chunk = &incidents->chunks[number / INCIDENT_CHUNK];
    bool is_newest = number + 1 == incidents->next_number;
    if (--(*chunk)->in_use == 0 && (number / INCIDENT_CHUNK + 1) * INCIDENT_CHUNK <=
                                       incidents->next_number) {
        memory_free(incidents->allocator, *chunk, sizeof **chunk);
        *chunk = NULL;
    } else if (is_newest) {
        incidents->next_number--; /* nobody has seen it: an update that failed */
    }
}
