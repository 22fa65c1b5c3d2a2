/* SPDX-License-Identifier: MIT */
/* The timer queue: incidents by the next fact that becomes known, a heap of four children a node.
 * The order is E4's: moment known, instant, order of the incident's arrival.
 *
 * An incident that is placed anew gets another entry; what its old one says is then not what the
 * incident says, and the entry is dropped when it comes first, or when such entries are the most.
 * So placing touches the end of the heap and the incident, nothing between. */
#ifndef ENGINE_QUEUE_H
#define ENGINE_QUEUE_H

#include "engine/incident.h"

struct queue_entry {
    sla_time moment;
    uint64_t rank; /* among those of one moment: by the fact's instant, then by the incident */
};

struct queue {
    const sla_allocator *allocator;
    struct incidents *incidents;
    ARRAY(struct queue_entry) entries; /* the first one, if any, is true */
    size_t placed; /* incidents that have a next fact */
};

void queue_init(struct queue *queue, const sla_allocator *allocator,
                struct incidents *incidents);
void queue_free(struct queue *queue);

/* Makes sure that one more entry fits; false: no memory. */
bool queue_reserve(struct queue *queue);

/* Puts an incident where its next fact says: known at `moment` (SLA_TIME_NEVER: there is none, it
   is taken out), with the instant `at`. Cannot fail after queue_reserve(), nor if the incident is
   the first. */
void queue_place(struct queue *queue, uint32_t incident, sla_time moment, sla_time at);

/* The first incident, or INDEX_NONE. */
static inline uint32_t queue_first(const struct queue *queue)
{
    return queue->entries.count == 0 ? INDEX_NONE : (uint32_t)queue->entries.items[0].rank;
}
static inline sla_time queue_moment(const struct queue *queue)
{
    return queue->entries.count == 0 ? SLA_TIME_NEVER : queue->entries.items[0].moment;
}

#endif
