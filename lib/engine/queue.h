/* SPDX-License-Identifier: MIT */
/* The timer queue: incidents by the next fact that becomes known, a heap of four children a node.
   The order is E4's: moment known, instant, order of the incident's arrival. */
#ifndef ENGINE_QUEUE_H
#define ENGINE_QUEUE_H

#include "engine/incident.h"

struct queue_entry {
    sla_time moment;
    uint32_t incident;
    uint32_t before; /* how many seconds before the moment the fact's instant lies; at most all
                        ones */
};

struct queue {
    const sla_allocator *allocator;
    struct incidents *incidents;
    ARRAY(struct queue_entry) entries; /* the incidents know their places */
};

void queue_init(struct queue *queue, const sla_allocator *allocator,
                struct incidents *incidents);
void queue_free(struct queue *queue);

/* Makes sure that one more incident fits; false: no memory. */
bool queue_reserve(struct queue *queue);

/* Puts an incident where its next fact says: known at `moment` (SLA_TIME_NEVER: there is none, it
   is taken out), with the instant `at`. Cannot fail after queue_reserve(). */
void queue_place(struct queue *queue, uint32_t incident, sla_time moment, sla_time at);

/* The first incident, or INDEX_NONE. */
static inline uint32_t queue_first(const struct queue *queue)
{
    return queue->entries.count == 0 ? INDEX_NONE : queue->entries.items[0].incident;
}
static inline sla_time queue_moment(const struct queue *queue)
{
    return queue->entries.count == 0 ? SLA_TIME_NEVER : queue->entries.items[0].moment;
}

#endif
