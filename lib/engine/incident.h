/* SPDX-License-Identifier: MIT */
/* Incidents: all that is known of each, packed in one block, found by id. */
#ifndef ENGINE_INCIDENT_H
#define ENGINE_INCIDENT_H

#include "engine/pack.h"

/* What only grows is kept apart from the block, so that updates need not copy it. */
struct history {
    ARRAY(uint64_t) told;         /* as in the draft, older ones */
    ARRAY(unsigned char) cycles;  /* past cycles, packed one after the other */
    uint32_t cycle_count;
};

struct incident {
    unsigned char *block; /* the id's length, the id, the packed draft; NULL: forgotten */
    struct history *history; /* or NULL */
    uint32_t block_size;
    uint32_t used; /* bytes of the block */
    uint32_t hash;
    uint32_t place; /* in the timer queue, or INDEX_NONE */
};

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
    ARRAY(unsigned char) packing; /* where a draft is packed first */
};

#define INCIDENT_ID_MAX 4096u /* bytes of an id */
#define INCIDENT_CHUNK 256u
struct incident_chunk {
    struct incident incidents[INCIDENT_CHUNK];
    uint32_t in_use;
};

void history_free(struct history *history, const sla_allocator *allocator); /* NULL is allowed */
void incidents_init(struct incidents *incidents, const sla_allocator *allocator);
void incidents_free(struct incidents *incidents);

static inline struct incident *incident_at(const struct incidents *incidents, uint32_t number)
{
    return &incidents->chunks[number / INCIDENT_CHUNK]->incidents[number % INCIDENT_CHUNK];
}

/* The first number from `number` on that has an incident, or next_number. */
uint32_t incidents_next(const struct incidents *incidents, uint32_t number);

/* The number of an incident, or INDEX_NONE. */
uint32_t incidents_find(const struct incidents *incidents, sla_text id);
/* A new one that has nothing yet; INDEX_NONE: no memory. */
uint32_t incidents_add(struct incidents *incidents, sla_text id);
void incidents_remove(struct incidents *incidents, uint32_t number);

/* Borrowed until the incident is put or removed. */
sla_text incident_id(const struct incident *incident);
struct incident_head incident_head(const struct incident *incident);
/* Puts another head there; false, and nothing is done, if its place in the block is too small or
   too large for it. */
bool incident_set_head(struct incident *incident, const struct incident_head *head);

/* Unpacks an incident; texts of the draft, and what it leaves packed, are borrowed from its block.
   SLA_OK or SLA_ERROR_MEMORY. */
sla_status draft_take(struct draft *draft, const struct incidents *incidents,
                      const struct incident *incident);
/* Packs it again; what the draft put away and told goes to the incident's history. SLA_OK;
   SLA_ERROR_MEMORY and SLA_ERROR_LIMIT (4 GiB): the incident is as it was. */
sla_status draft_put(struct draft *draft, struct incidents *incidents, struct incident *incident);

/* The incident's past cycles, in `draft->past`. SLA_OK or SLA_ERROR_MEMORY. */
sla_status draft_take_past(struct draft *draft, const struct incidents *incidents,
                           const struct incident *incident);

#endif
