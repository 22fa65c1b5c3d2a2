/* SPDX-License-Identifier: MIT */
/* Reading an incident without changing it. */
#include "engine/view.h"

#include "base/sort.h"
#include "engine/names.h"

struct view *view_new(const sla_allocator *allocator)
{
    struct view *view = memory_zero(allocator, sizeof *view);
    if (view != NULL)
        view->number = INDEX_NONE;
    return view;
}

void view_free(struct view *view, const sla_allocator *allocator)
{
    if (view == NULL)
        return;
    draft_free(&view->draft, allocator);
    array_free(allocator, &view->told);
    memory_free(allocator, view, sizeof *view);
}

sla_status view_read(struct view *view, const struct incidents *incidents, uint32_t number,
                       uint64_t changes)
{
    if (view->number == number && view->changes == changes)
        return SLA_OK;
    const struct incident *incident = incident_at(incidents, number);
    view->number = INDEX_NONE;
    view->is_sorted = false;
    sla_status status = draft_take(&view->draft, incidents, incident);
    if (status == SLA_OK)
        status = draft_take_past(&view->draft, incidents, incident);
    if (status != SLA_OK)
        return status;
    view->number = number;
    view->changes = changes;
    return SLA_OK;
}

sla_status view_sort(struct view *view, const sla_allocator *allocator)
{
    if (view->is_sorted)
        return SLA_OK;
    view->told.count = 0;
    for (uint32_t i = 0; i < view_count(view); i++) {
        const struct clock *clock = view_clock(view, i);
        /* cycles of one metric and kind already stand in their order */
        uint64_t metric = is_foreign(clock->metric) ? 0x20000000u + (clock->metric & ~FOREIGN)
                                                    : clock->metric;
        uint64_t key = (metric * KIND_COUNT + clock->kind) << 32 | i;
        if (clock_is_told(clock) && !array_push(allocator, &view->told, key))
            return SLA_ERROR_MEMORY;
    }
    struct arena arena;
    arena_init(&arena, allocator);
    bool sorted = keys_sort(&arena, view->told.items, view->told.count);
    arena_free(&arena);
    view->is_sorted = sorted;
    return sorted ? SLA_OK : SLA_ERROR_MEMORY;
}
