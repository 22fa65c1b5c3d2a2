/* SPDX-License-Identifier: MIT */
/* Rebuilding: an incident's history given again, and what that makes wrong of what was told. */
#ifndef ENGINE_REBUILD_H
#define ENGINE_REBUILD_H

#include "engine/work.h"

/* What the host believes of a clock, and the clock as it was and as it is now: indices in the views
   of the engine and of the replay, INDEX_NONE if it is not told there. */
struct belief {
    uint32_t metric, kind, cycle;
    uint32_t state; /* SLA_CLOCK_*; SLA_CLOCK_NONE: the host does not know the clock */
    uint32_t before, now;
    uint32_t agreement;
    sla_time deadline; /* SLA_TIME_NONE while paused */
    sla_duration budget;
    bool is_breached;
    bool is_retracted; /* a breach that was told */
};

struct rebuild {
    sla_engine *engine;
    sla_engine *replay; /* in which the new history was lived, alone */
    uint32_t number;    /* of the incident in the engine */
    sla_time late_before; /* E10: the engine's now when the history came */
    ARRAY(struct belief) beliefs; /* in order of metric, kind and cycle */
    ARRAY(uint64_t) told;         /* halves of all ids that were told before, ascending */
};

/* Reads what was told and what the host believes. SLA_OK or SLA_ERROR_MEMORY. */
sla_status rebuild_recall(struct rebuild *rebuild, bool was_there);
void rebuild_free(struct rebuild *rebuild);

/* Was an event with this half of an id told before? And what is believed of the clock of a fact. */
bool rebuild_was_told(const struct rebuild *rebuild, uint64_t id);
struct belief *rebuild_find(struct rebuild *rebuild, const struct news *news);

/* Says what makes the host's picture right, into the outbox and the ids of the engine's draft,
   which must be the replay's. `*out_is_same`: the same facts as before. SLA_OK or
   SLA_ERROR_MEMORY. */
sla_status rebuild_tell(struct rebuild *rebuild, bool *out_is_same);

/* A told clock of an engine's view. */
static inline const struct clock *view_told_clock(const sla_engine *engine, uint32_t index)
{
    return view_clock(engine->view, index);
}

static inline bool view_breach_is_told(const sla_engine *engine, uint32_t index)
{
    return index != INDEX_NONE && (view_told_clock(engine, index)->flags & CLOCK_BREACH_TOLD) != 0;
}

/* A clock of a view, to be counted; `copy` and `none` are room for it. */
static inline struct counting view_counting(const sla_engine *engine, uint32_t index,
                                            struct clock *copy, span_array *none)
{
    const struct view *view = engine->view;
    bool is_past = view_is_past(view, index);
    *copy = *view_clock(view, index);
    return (struct counting){engine->policy, &engine->allocator, copy,
                             is_past ? 0 : index - (uint32_t)view->draft.past.count,
                             is_past ? none : &engine->view->draft.spans};
}

#endif
