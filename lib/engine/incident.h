/* SPDX-License-Identifier: MIT */
/* Incidents: all that is known of each, kept in one block, found by id. */
#ifndef ENGINE_INCIDENT_H
#define ENGINE_INCIDENT_H

#include "engine/kept.h"

struct incident_slot {
    uint32_t hash;
    uint32_t number; /* number + 1; 0 = free */
};

/* Incidents are numbered in the order in which their first updates arrived; a number is never used
   twice, so that it also orders them (E4). A chunk of which all are forgotten is freed. */
struct incidents {
    const sla_allocator *allocator;
    struct incident_chunk **chunks;
    size_t chunk_count, chunk_capacity;
    uint32_t next_number;
    uint32_t count; /* that are there */
    struct incident_slot *slots;
    size_t slot_count;
    uint32_t usual_size; /* of a block after an incident's first update */
    ARRAY(unsigned char) laying; /* where a draft is laid first */
};

#define INCIDENT_ID_MAX 4096u /* bytes of an id */
#define INCIDENT_CHUNK 256u
struct incident_chunk {
    struct incident incidents[INCIDENT_CHUNK];
    uint32_t in_use;
};

void incidents_init(struct incidents *incidents, const sla_allocator *allocator);
void incidents_free(struct incidents *incidents);

static inline struct incident *incident_at(const struct incidents *incidents, uint32_t number)
{
    return &incidents->chunks[number / INCIDENT_CHUNK]->incidents[number % INCIDENT_CHUNK];
}

/* The same, or NULL if there is none of that number any more. */
static inline struct incident *incidents_peek(const struct incidents *incidents, uint32_t number)
{
    struct incident_chunk *chunk = number < incidents->next_number
                                       ? incidents->chunks[number / INCIDENT_CHUNK]
                                       : NULL;
    return chunk == NULL || chunk->incidents[number % INCIDENT_CHUNK].kept == NULL
               ? NULL
               : &chunk->incidents[number % INCIDENT_CHUNK];
}

/* The first number from `number` on that has an incident, or next_number. */
uint32_t incidents_next(const struct incidents *incidents, uint32_t number);

/* Of an incident that will be looked for: fetches its place in the table; then, there by now, tells
   its number, which may be another's or INDEX_NONE. */
uint32_t incidents_hash(sla_text id);
static inline void incidents_fetch(const struct incidents *incidents, uint32_t hash)
{
    if (incidents->slot_count > 0)
        memory_prefetch(&incidents->slots[hash & (incidents->slot_count - 1)]);
}
uint32_t incidents_guess(const struct incidents *incidents, uint32_t hash);

/* The number of an incident, or INDEX_NONE. */
uint32_t incidents_find(const struct incidents *incidents, sla_text id);
/* A new one that has nothing yet; INDEX_NONE: no memory. */
uint32_t incidents_add(struct incidents *incidents, sla_text id);
void incidents_remove(struct incidents *incidents, uint32_t number);

/* Borrowed until the incident is put or removed. */
static inline sla_text incident_id(const struct incident *incident)
{
    return kept_id(incident->kept);
}

/* Takes an incident out; attributes of the draft, and what was told, are borrowed from its block.
   SLA_OK or SLA_ERROR_MEMORY. */
sla_status draft_take(struct draft *draft, const struct incidents *incidents,
                      const struct incident *incident);
/* Puts it back; what the draft put away and told goes to the incident's history. SLA_OK;
   SLA_ERROR_MEMORY and SLA_ERROR_LIMIT (4 GiB): the incident is as it was. */
sla_status draft_put(struct draft *draft, struct incidents *incidents, struct incident *incident);

/* Makes room for `more` bytes behind what the block holds. False: no memory; it is as it was. */
bool incident_reserve(const struct incidents *incidents, struct incident *incident, uint32_t more);

/* The incident's past cycles, in `draft->past`. SLA_OK or SLA_ERROR_MEMORY. */
sla_status draft_take_past(struct draft *draft, const struct incidents *incidents,
                           const struct incident *incident);

#endif
