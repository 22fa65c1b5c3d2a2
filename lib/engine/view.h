/* SPDX-License-Identifier: MIT */
/* A view: one incident unpacked to be looked at. It is an engine's, beside its draft, and keeps
 * what it read until something changes, so that going through an incident's clocks unpacks it
 * once. */
#ifndef ENGINE_VIEW_H
#define ENGINE_VIEW_H

#include "engine/incident.h"

struct view {
    struct draft draft;   /* with its past cycles */
    uint32_t number;      /* of the incident; INDEX_NONE: none */
    uint64_t changes;     /* of the engine when it was read */
    ARRAY(uint64_t) told; /* the told clocks in order, once asked for: see view_told() */
    bool is_sorted;
};

struct view *view_new(const sla_allocator *allocator); /* NULL: no memory */
void view_free(struct view *view, const sla_allocator *allocator);

/* Reads an incident, unless it was read and nothing has changed. SLA_OK or SLA_ERROR_MEMORY. */
sla_status view_read(struct view *view, const struct incidents *incidents, uint32_t number,
                       uint64_t changes);

/* Its clocks in one row, those of past cycles first. */
static inline uint32_t view_count(const struct view *view)
{
    return (uint32_t)(view->draft.past.count + view->draft.clocks.count);
}
static inline bool view_is_past(const struct view *view, uint32_t index)
{
    return index < view->draft.past.count;
}
static inline const struct clock *view_clock(const struct view *view, uint32_t index)
{
    return view_is_past(view, index)
               ? &view->draft.past.items[index].clock
               : &view->draft.clocks.items[index - view->draft.past.count];
}

/* Puts the told clocks in order of metric, kind and cycle: the low half of told.items[i] is an
   index. SLA_OK or SLA_ERROR_MEMORY. */
sla_status view_sort(struct view *view, const sla_allocator *allocator);

#endif
