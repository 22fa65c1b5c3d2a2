/* SPDX-License-Identifier: MIT */
/* Kept incidents: a draft laid into one block of memory, to be read fast and changed in place. In
 * this process alone; saved state is packed (pack_draft.h).
 *
 * The block: its front, the id, the clocks, the attributes and the lists there are, what was told.
 * A clock that nothing unusual has happened to takes a narrow form of fixed size, any other one
 * all its fields. */
#ifndef ENGINE_KEPT_H
#define ENGINE_KEPT_H

#include "engine/draft.h"

struct kept {
    sla_time opened_at, last_update;
    uint32_t severity; /* index, or INDEX_NONE */
    uint32_t clock_count;
    uint32_t used; /* bytes of the block */
    uint16_t id_length;
    uint8_t told_count;
    uint8_t parts; /* bits: which lists there are */
};

/* More than so many told events of a block go to the incident's history. */
#define TOLD_IN_BLOCK 24u

/* What only grows is kept apart from the block, so that updates need not copy it. */
struct history {
    ARRAY(uint64_t) told;         /* as in the draft, older ones */
    ARRAY(unsigned char) cycles;  /* past cycles, packed one after the other */
    uint32_t cycle_count;
};
void history_free(struct history *history, const sla_allocator *allocator); /* NULL is allowed */

struct incident {
    struct kept *kept;       /* its block; NULL: forgotten */
    struct history *history; /* or NULL */
    sla_time due;            /* when its next fact becomes known; SLA_TIME_NEVER: there is none */
    uint32_t due_before;     /* how many seconds before that the fact's instant lies */
    uint32_t block_size;
};

static inline sla_text kept_id(const struct kept *kept)
{
    return (sla_text){(const char *)(kept + 1), kept->id_length};
}

/* Asks for the block to be fetched. */
static inline void incident_fetch(const struct incident *incident)
{
    const char *at = (const char *)incident->kept;
    for (uint32_t line = 0; line < incident->block_size && line < 512; line += 64)
        memory_prefetch(at + line);
}

/* The front and the id of a new incident, which knows nothing else yet. */
size_t kept_size(size_t id_length);
void kept_begin(struct kept *kept, sla_text id);
bool kept_is_new(const struct kept *kept);

/* The number of the last update; and another last update, in place. False, and nothing is done: the
   number has no place there. */
uint64_t kept_sequence(const struct kept *kept);
bool kept_note(struct kept *kept, sla_time last_update, uint64_t sequence);

/* Lays a draft there, behind the front with the id, which must be another block's or another
   buffer than the draft borrows from. `kept_bound` is how many bytes all takes at most. */
size_t kept_bound(const struct draft *draft, size_t id_length);
void kept_lay(struct kept *kept, const struct draft *draft);
/* Takes it out again; attributes, and what was told, are borrowed. SLA_OK or SLA_ERROR_MEMORY. */
sla_status kept_take(const struct kept *kept, struct draft *draft, const sla_allocator *allocator);

/* Takes the head and the attributes alone, for a draft of one clock. `clocks_end` is where the
   clocks end. False: the incident has more lists, and its clocks are not independent. */
bool kept_take_plain(const struct kept *kept, const unsigned char *clocks_end,
                     struct draft *draft);

/* One clock; `base` is the instant of the incident's opening. A narrow one has always the same
   size. */
#define KEPT_CLOCK_MAX (4 + sizeof(struct clock))
unsigned char *kept_clock_lay(unsigned char *at, const struct clock *clock, sla_time base);
const unsigned char *kept_clock_take(const unsigned char *at, struct clock *clock, sla_time base);

/* What must be known of a kept clock to see which fact is the next. */
struct kept_next {
    sla_time at;
    uint32_t type, step, order;
    uint32_t metric, kind, cycle;
    const unsigned char *end; /* of the clock */
    bool is_narrow;
};
struct kept_next kept_clock_next(const unsigned char *at, sla_time base);
/* Lays a clock over a narrow one. False, and nothing is done: it is not narrow any more. */
bool kept_clock_lay_over(unsigned char *at, const struct clock *clock, sla_time base);

static inline const unsigned char *kept_clocks(const struct kept *kept)
{
    return (const unsigned char *)(kept + 1) + (kept->id_length + 3u) / 4 * 4;
}

#endif
