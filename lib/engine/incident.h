/* SPDX-License-Identifier: MIT */
/* Incidents: all that is known of each, packed in one block, found by id. */
#ifndef ENGINE_INCIDENT_H
#define ENGINE_INCIDENT_H

#include "engine/clock.h"
#include "engine/pool.h"

/* An attribute that an incident has: numbers in the engine's pool. */
struct held_attribute {
    uint32_t slot; /* the policy's slot, or 0 when the policy never asks for it */
    uint32_t name;
    uint32_t value;
};

/* A cause of a pause that holds on one clock. */
struct cause {
    uint32_t clock;
    uint32_t pause;   /* index in the policy's pauses */
    sla_time began;
    sla_time expires; /* by the pause's limit, or SLA_TIME_NEVER */
};

/* A step of a clock that was sent, or that ended without. */
struct send {
    uint32_t clock;
    uint32_t step;    /* index in the policy's steps */
    uint32_t count;   /* sends so far */
    uint32_t is_over; /* nothing more will be sent */
    sla_time last_at;
};

/* A clock of an earlier cycle: nothing will change it any more. */
struct past_cycle {
    struct clock clock;
    sla_duration paused; /* counted in its pauses */
};

/* The parts of an incident that grow, as they lie in its block, in this order. */
enum incident_part {
    PART_CLOCKS,
    PART_SPANS,
    PART_CAUSES,
    PART_SENDS,
    PART_ATTRIBUTES,
    PART_HOLDING, /* uint32_t: event pauses that hold for the incident */
    PART_COUNT,
};

struct incident {
    char *id;
    uint32_t id_length;
    uint32_t hash;
    uint32_t severity;  /* index, or INDEX_NONE */
    sla_time opened_at;
    sla_time last_update;
    uint64_t last_sequence;
    sla_time next_moment; /* when the next fact becomes known, or SLA_TIME_NEVER */
    sla_time next_at;     /* the instant of that fact */
    uint32_t counts[PART_COUNT];
    uint64_t block_size;
    void *block;
    struct past_cycle *past; /* kept apart so that updates do not copy them */
    size_t past_count, past_capacity;
};

struct incidents {
    const sla_allocator *allocator;
    struct incident **chunks; /* of INCIDENT_CHUNK each, so that places never move */
    size_t chunk_count, chunk_capacity;
    uint32_t count; /* incidents are numbered 0 .. count-1 */
    uint32_t *slots; /* number + 1; 0 = free */
    size_t slot_count;
    uint64_t bytes; /* of ids and blocks */
};

#define INCIDENT_CHUNK 256u

void incidents_init(struct incidents *incidents, const sla_allocator *allocator);
void incidents_free(struct incidents *incidents);

static inline struct incident *incident_at(const struct incidents *incidents, uint32_t number)
{
    return &incidents->chunks[number / INCIDENT_CHUNK][number % INCIDENT_CHUNK];
}

/* The number of an incident, or INDEX_NONE. */
uint32_t incidents_find(const struct incidents *incidents, sla_text id);
/* A new, empty one; INDEX_NONE: no memory. `incidents_undo_add` takes the newest away again. */
uint32_t incidents_add(struct incidents *incidents, sla_text id);
void incidents_undo_add(struct incidents *incidents);

/* A draft: one incident unpacked so that it can be changed; the incident itself stays as it is
   until the draft is put back. One draft serves an engine for all its incidents. */
struct draft {
    ARRAY(struct clock) clocks;
    span_array spans;
    ARRAY(struct cause) causes;
    ARRAY(struct send) sends;
    ARRAY(struct held_attribute) attributes;
    ARRAY(uint32_t) holding;
};

bool draft_take(struct draft *draft, const struct incidents *incidents,
                const struct incident *incident); /* false: no memory */
bool draft_put(const struct draft *draft, struct incidents *incidents, struct incident *incident);
/* Moves the clocks of earlier cycles that have ended to the incident's past; `last` tells the last
   clock of every metric and kind. False: no memory, and nothing has changed. */
bool draft_put_away(struct draft *draft, struct incidents *incidents, struct incident *incident,
                    const sla_policy *policy, const uint32_t *last);
/* Takes an incident back to what it was `before`, whatever memory it has got since. */
void incident_restore(struct incident *incident, const struct incident *before);
void draft_free(struct draft *draft, const sla_allocator *allocator);

/* A part as it lies in the incident. */
const void *incident_part(const struct incident *incident, enum incident_part part);

#endif
