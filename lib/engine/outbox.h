/* SPDX-License-Identifier: MIT */
/* The outbox: events that wait to be delivered, in order, in a compact form. */
#ifndef ENGINE_OUTBOX_H
#define ENGINE_OUTBOX_H

#include "engine/incident.h"

/* One event, before it is written out as an sla_event. */
struct news {
    uint32_t type; /* SLA_EVENT_* */
    uint32_t flags;
    uint32_t incident;
    uint32_t severity; /* index, or INDEX_NONE */
    uint32_t metric;
    uint32_t kind;
    uint32_t agreement; /* index, or INDEX_NONE */
    uint32_t cycle;
    uint32_t step;  /* index in the policy's steps, or INDEX_NONE */
    uint32_t pause; /* index in the policy's pauses, or INDEX_NONE */
    uint32_t round;
    uint32_t repetition;
    uint32_t line;
    uint32_t clock; /* index in its incident when it was said */
    sla_time at;
    sla_time deadline;
    sla_duration elapsed;
    sla_duration remaining;
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
void outbox_drop_first(struct outbox *outbox);

static inline const struct news *outbox_first(const struct outbox *outbox)
{
    return outbox->delivered == outbox->news.count ? NULL
                                                   : &outbox->news.items[outbox->delivered];
}

/* Writes an event out. What it points to lives as long as the policy and the incident. */
void news_write(const sla_policy *policy, const struct incidents *incidents,
                const struct news *news, sla_event *out_event);

#endif
