/* SPDX-License-Identifier: MIT */
/* A draft: one incident unpacked, so that it can be changed. The incident itself stays as it is
 * until the draft is put back. One draft serves an engine for all its incidents. */
#ifndef ENGINE_DRAFT_H
#define ENGINE_DRAFT_H

#include "engine/clock.h"
#include "engine/held.h"

/* What every incident has. */
struct incident_head {
    sla_time opened_at;
    sla_time last_update;
    uint64_t last_sequence;
    uint32_t severity; /* index, or INDEX_NONE */
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

struct draft {
    struct incident_head head;
    ARRAY(struct clock) clocks;
    ARRAY(struct clock) taken; /* the same as they were taken; none: they are not known any more */
    span_array spans;
    ARRAY(struct cause) causes;
    ARRAY(struct send) sends;
    struct held attributes;
    ARRAY(uint32_t) holding; /* event pauses that hold for the incident */
    const unsigned char *packed_told; /* halves of the ids of events that were told before ... */
    size_t told_before;               /* ... so many, in the block */
    ARRAY(uint64_t) told;             /* and those of this draft */
    bool is_rebuilt; /* its history was given anew: counters do not make ids unique any more */
    ARRAY(struct past_cycle) past; /* cycles that this draft puts away */
};

/* Is the clock at a place the one that was taken there? */
static inline bool draft_clock_is_unchanged(const struct draft *draft, size_t index)
{
    return index < draft->taken.count && memcmp(&draft->clocks.items[index],
                                                &draft->taken.items[index],
                                                sizeof(struct clock)) == 0;
}

void draft_clear(struct draft *draft);
void draft_free(struct draft *draft, const sla_allocator *allocator);

/* Takes a clock out, with all that belongs to it; the clocks behind it get other numbers. */
void draft_take_out(struct draft *draft, uint32_t clock);

/* Takes the clocks of earlier cycles that have ended out of the way of updates, into `past`; `last`
   tells the last clock of every metric and kind. False: no memory. */
bool draft_put_away(struct draft *draft, const sla_allocator *allocator, const sla_policy *policy,
                    const uint32_t *last);

#endif
