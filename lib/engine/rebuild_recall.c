/* SPDX-License-Identifier: MIT */
/* What the host was told of an incident, and so believes, beside what is true now. */
#include "base/sort.h"
#include "engine/rebuild.h"

static int compare(const struct belief *a, const struct belief *b)
{
    if (a->metric != b->metric)
        return a->metric < b->metric ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->cycle < b->cycle ? -1 : a->cycle > b->cycle;
}

static struct belief belief_of(const sla_engine *engine, uint32_t index)
{
    const struct clock *clock = view_told_clock(engine, index);
    return (struct belief){.metric = clock->metric, .kind = clock->kind, .cycle = clock->cycle,
                           .before = INDEX_NONE, .now = INDEX_NONE, .agreement = INDEX_NONE,
                           .deadline = SLA_TIME_NONE};
}

/* The host has been told all that is true of it. */
static void believe(const sla_engine *engine, struct belief *belief)
{
    struct clock copy;
    span_array none = {0};
    struct counting counting = view_counting(engine, belief->before, &copy, &none);
    belief->state = copy.state;
    belief->agreement = copy.agreement;
    belief->deadline = copy.state == SLA_CLOCK_PAUSED ? SLA_TIME_NONE : copy.deadline;
    belief->budget = clock_budget(&counting);
    belief->is_breached = view_breach_is_told(engine, belief->before);
}

/* Pairs the clocks that were with those that are; both views have them in the same order. */
static bool pair_clocks(struct rebuild *rebuild, bool was_there)
{
    const struct view *was = rebuild->engine->view, *is = rebuild->replay->view;
    size_t i = 0, j = 0, was_count = was_there ? was->told.count : 0;
    while (i < was_count || j < is->told.count) {
        struct belief old, now, belief;
        if (i < was_count)
            old = belief_of(rebuild->engine, (uint32_t)was->told.items[i]);
        if (j < is->told.count)
            now = belief_of(rebuild->replay, (uint32_t)is->told.items[j]);
        int order = i == was_count ? 1 : j == is->told.count ? -1 : compare(&old, &now);
        belief = order <= 0 ? old : now;
        if (order <= 0) {
            belief.before = (uint32_t)was->told.items[i++];
            believe(rebuild->engine, &belief);
        }
        if (order >= 0)
            belief.now = (uint32_t)is->told.items[j++];
        /* of a metric that went with its policy (E9) only the record spoke */
        if (!is_foreign(belief.metric) &&
            !array_push(&rebuild->engine->allocator, &rebuild->beliefs, belief))
            return false;
    }
    return true;
}

static bool recall_told(struct rebuild *rebuild)
{
    const sla_allocator *allocator = &rebuild->engine->allocator;
    const struct draft *draft = &rebuild->engine->view->draft;
    const struct history *history =
        incident_at(&rebuild->engine->incidents, rebuild->number)->history;
    for (size_t i = 0; i < draft->told_before; i++)
        if (!array_push(allocator, &rebuild->told, load64(draft->packed_told + 8 * i)))
            return false;
    for (size_t i = 0; history != NULL && i < history->told.count; i++)
        if (!array_push(allocator, &rebuild->told, history->told.items[i]))
            return false;
    struct arena arena;
    arena_init(&arena, allocator);
    bool sorted = keys_sort(&arena, rebuild->told.items, rebuild->told.count);
    arena_free(&arena);
    return sorted;
}

sla_status rebuild_recall(struct rebuild *rebuild, bool was_there)
{
    sla_engine *engine = rebuild->engine, *replay = rebuild->replay;
    sla_status status = view_read(replay->view, &replay->incidents, 0, replay->changes);
    if (status == SLA_OK)
        status = view_sort(replay->view, &replay->allocator);
    if (status == SLA_OK && was_there)
        status = view_read(engine->view, &engine->incidents, rebuild->number, engine->changes);
    if (status == SLA_OK && was_there)
        status = view_sort(engine->view, &engine->allocator);
    if (status != SLA_OK)
        return status;
    return pair_clocks(rebuild, was_there) && (!was_there || recall_told(rebuild))
               ? SLA_OK : SLA_ERROR_MEMORY;
}

void rebuild_free(struct rebuild *rebuild)
{
    array_free(&rebuild->engine->allocator, &rebuild->beliefs);
    array_free(&rebuild->engine->allocator, &rebuild->told);
}

bool rebuild_was_told(const struct rebuild *rebuild, uint64_t id)
{
    size_t from = 0, to = rebuild->told.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (rebuild->told.items[middle] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < rebuild->told.count && rebuild->told.items[from] == id;
}

struct belief *rebuild_find(struct rebuild *rebuild, const struct news *news)
{
    struct belief wanted = {.metric = news->metric, .kind = news->kind, .cycle = news->cycle};
    size_t from = 0, to = rebuild->beliefs.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(&rebuild->beliefs.items[middle], &wanted);
        if (order == 0)
            return &rebuild->beliefs.items[middle];
        *(order < 0 ? &from : &to) = order < 0 ? middle + 1 : middle;
    }
    return NULL; /* every clock that tells something is told */
}
