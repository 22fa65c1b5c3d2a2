/* SPDX-License-Identifier: MIT */
/* The outbox: events that wait to be delivered, in order, in a compact form. */
#ifndef ENGINE_OUTBOX_H
#define ENGINE_OUTBOX_H

#include "engine/incident.h"

#include <sla/event.h>

/* An event that stands for itself, with all its texts: of a policy or an incident that is gone. */
struct written_event {
    size_t size; /* of this block */
    sla_event event;
    sla_text words[]; /* notify, via; then the bytes of all texts */
};

/* One event, before it is written out as an sla_event. */
struct news {
    uint64_t id[2];
    sla_time at;
    sla_time deadline;
    sla_duration elapsed;
    sla_duration remaining;
    struct written_event *written; /* not NULL: this, and nothing else, is the event; owned */
    uint32_t incident;
    uint32_t severity; /* index, or INDEX_NONE */
    uint32_t metric;
    uint32_t agreement; /* index, or INDEX_NONE */
    uint32_t cycle;
    uint32_t step;  /* index in the policy's steps, or INDEX_NONE */
    uint32_t pause; /* index in the policy's pauses, or INDEX_NONE */
    uint32_t repetition;
    uint32_t line;
    uint16_t type; /* SLA_EVENT_* */
    uint8_t kind;
    uint8_t flags;
};

struct outbox {
    const sla_allocator *allocator;
    ARRAY(struct news) news;
    size_t delivered; /* how many at the front are done */
};

void outbox_free(struct outbox *outbox);
bool outbox_add(struct outbox *outbox, const struct news *news); /* false: no memory */
/* Takes away what was delivered, if that is most of it; places in `news` change. */
void outbox_tidy(struct outbox *outbox);
/* Puts an event before the one that stands at `place`. False: no memory. */
bool outbox_insert(struct outbox *outbox, size_t place, const struct news *news);
/* Takes away the first `count`, which are there. */
void outbox_drop_first(struct outbox *outbox, size_t count);
/* Takes back what was added behind `count`. */
void outbox_take_back(struct outbox *outbox, size_t count);

static inline const struct news *outbox_first(const struct outbox *outbox)
{
    return outbox->delivered == outbox->news.count ? NULL
                                                   : &outbox->news.items[outbox->delivered];
}

static inline size_t outbox_waiting(const struct outbox *outbox)
{
    return outbox->news.count - outbox->delivered;
}

/* E5: an event's id, the same for the same fact. `place` is the step's entry and place, from 1. */
struct event_identity {
    sla_text incident, metric;
    uint32_t kind, cycle, type, round, repetition;
    uint64_t place;
};
void event_identify(const struct event_identity *identity, uint64_t out_id[2]);

/* A copy of an event with all its texts; NULL: no memory. */
struct written_event *event_copy(const sla_event *event, const sla_allocator *allocator);
void written_free(struct written_event *written, const sla_allocator *allocator);

#endif
