/* SPDX-License-Identifier: MIT */
/* Binding another policy (E9): K8 for every open clock, without the old policy at hand.
 *
 * Of a calendar that is gone, or counts otherwise now, only the sum is left that was counted on it;
 * a clock's record then begins with that sum (base_at, base_used). */
#include "engine/load.h"
#include "engine/stage.h"

bool rebind_remember(struct loading *loading, const struct draft *draft)
{
    const sla_allocator *allocator = &loading->engine->allocator;
    struct draft *before = &loading->before;
    draft_clear(before);
    if (!array_reserve(allocator, &before->clocks, draft->clocks.count) ||
        !array_reserve(allocator, &before->spans, draft->spans.count) ||
        !array_reserve(allocator, &before->sends, draft->sends.count))
        return false;
    for (size_t i = 0; i < draft->clocks.count; i++)
        before->clocks.items[before->clocks.count++] = draft->clocks.items[i];
    for (size_t i = 0; i < draft->spans.count; i++)
        before->spans.items[before->spans.count++] = draft->spans.items[i];
    for (size_t i = 0; i < draft->sends.count; i++)
        before->sends.items[before->sends.count++] = draft->sends.items[i];
    return true;
}

bool rebind_calendar_changed(struct loading *loading, uint32_t calendar)
{
    if (calendar == INDEX_NONE)
        return false;
    const struct saved_name *name = saved_name_at(&loading->names, NAME_CALENDAR, calendar);
    return name == NULL || name->changed;
}

/* Does any calendar of the clock's record not count any more as it did? */
static bool record_is_gone(struct loading *loading, uint32_t index)
{
    const struct clock *clock = &loading->before.clocks.items[index];
    bool gone = rebind_calendar_changed(loading, clock->calendar) ||
                rebind_calendar_changed(loading, clock->first_calendar);
    for (size_t i = 0; i < loading->before.spans.count && !gone; i++)
        if (loading->before.spans.items[i].clock == index)
            gone = rebind_calendar_changed(loading, loading->before.spans.items[i].calendar);
    return gone;
}

/* The record becomes a sum. The calendar becomes one that no promise of the policy names, so that
   K8 sees another. */
static bool begin_with_sum(struct loading *loading, struct work *work, uint32_t index)
{
    struct counting counting = work_counting(work, index);
    struct clock *clock = counting.clock;
    clock_forget_spans(&counting);
    clock->base_at = clock->pause_from != SLA_TIME_NONE ? clock->pause_from
                     : clock_is_open(clock)             ? loading->now
                                                        : clock->ended;
    clock->run_from = clock->base_at;
    clock->used = clock->base_used = loading->sums.items[index].used;
    clock->flags |= CLOCK_MIXED;
    if (clock_is_open(clock) && !is_foreign(clock->calendar))
        clock->calendar = engine_keep_name(
            work->engine, saved_name_at(&loading->names, NAME_CALENDAR,
                                        loading->before.clocks.items[index].calendar)->text);
    clock->first_calendar = clock->calendar;
    return clock->calendar != INDEX_NONE;
}

/* Metrics that the policy does not know end: their clocks go to the record. */
static sla_status end_orphans(struct loading *loading, struct work *work)
{
    struct draft *draft = work->draft;
    const sla_allocator *allocator = &work->engine->allocator;
    for (uint32_t i = (uint32_t)draft->clocks.count; i > 0; i--) {
        struct clock *clock = work_clock(work, i - 1);
        if (!is_foreign(clock->metric))
            continue;
        if (clock_is_open(clock) && clock_is_told(clock)) {
            sla_move move = rebind_move_before(loading, work, i - 1);
            struct saying saying = {.type = SLA_EVENT_CANCELLED, .step = INDEX_NONE,
                                    .pause = INDEX_NONE, .repetition = clock->reopens,
                                    .at = loading->now};
            move.change = SLA_MOVE_CANCELLED;
            clock->used = loading->sums.items[i - 1].used;
            clock->ended = clock->run_from = loading->now;
            clock->state = SLA_CLOCK_CANCELLED;
            if (!work_say(work, i - 1, &saying) ||
                (loading->moves != NULL && !moves_add(loading->moves, &move)))
                return SLA_ERROR_MEMORY;
        }
        struct past_cycle past = {*clock, loading->sums.items[i - 1].paused};
        if (clock_is_told(clock) && !array_push(allocator, &draft->past, past))
            return SLA_ERROR_MEMORY;
        draft_take_out(draft, i - 1);
        draft_take_out(&loading->before, i - 1);
        memmove(loading->sums.items + i - 1, loading->sums.items + i,
                (--loading->sums.count - (i - 1)) * sizeof *loading->sums.items);
    }
    return SLA_OK;
}

/* Causes and pauses of the old policy that the new one does not have. */
static void drop_pauses(struct draft *draft)
{
    size_t kept = 0;
    for (size_t i = 0; i < draft->causes.count; i++)
        if (draft->causes.items[i].pause != INDEX_NONE)
            draft->causes.items[kept++] = draft->causes.items[i];
    draft->causes.count = kept;
    kept = 0;
    for (size_t i = 0; i < draft->holding.count; i++)
        if (draft->holding.items[i] != INDEX_NONE)
            draft->holding.items[kept++] = draft->holding.items[i];
    draft->holding.count = kept;
}

/* Open clocks count on calendars of the policy from here on; what K8 did not move, or refused to
   move, keeps its deadline. */
static void settle_clock(struct loading *loading, struct work *work, struct stage *stage,
                         uint32_t index)
{
    struct clock *clock = work_clock(work, index);
    const struct clock *old = &loading->before.clocks.items[index];
    if (!clock_is_told(clock))
        return;
    const struct promise *promise = stage_promise(stage, clock->metric, clock->kind);
    if (is_foreign(clock->calendar) && clock_is_open(clock)) {
        const struct saved_name *name =
            saved_name_at(&loading->names, NAME_CALENDAR, old->calendar);
        clock->calendar = !is_foreign(name->index) ? name->index
                          : promise->found         ? promise->calendar
                                                   : 0;
        clock->first_calendar = clock->calendar;
    }
    if (clock_is_open(clock) && promise->found && stage_keeps_promise(clock, promise, stage))
        clock->rule = promise->rule; /* the same, on another line perhaps */
    if ((old->base_at == clock->base_at && old->base_used == clock->base_used) ||
        rebind_is_restarted(work, clock, old))
        return;
    struct counting counting = work_counting(work, index);
    sla_time at = clock_is_open(clock) ? loading->now : clock->ended;
    clock->base_paused += loading->sums.items[index].paused - clock_paused(&counting, at);
}

/* A promise that was broken under the same words stays broken when it was: what hours count from
   now on says nothing about that instant (K4: a deadline that was passed stays where it is). */
static void keep_what_is_broken(struct loading *loading, struct work *work, struct stage *stage,
                                uint32_t index)
{
    struct clock *clock = work_clock(work, index);
    const struct clock *old = &loading->before.clocks.items[index];
    const struct saved_name *name = saved_name_at(&loading->names, NAME_CALENDAR, old->calendar);
    const struct promise *promise = stage_promise(stage, clock->metric, clock->kind);
    if (!clock_is_open(clock) || !clock_is_told(clock) || is_foreign(name->index) ||
        !clock_is_overrun(old, loading->now))
        return;
    struct clock trial = *clock;
    trial.calendar = name->index;
    if (promise->found && stage_keeps_promise(&trial, promise, stage))
        clock->calendar = clock->first_calendar = name->index;
}

static sla_status apply(struct loading *loading, struct work *work, struct stage *stage)
{
    sla_engine *engine = work->engine;
    size_t count = work->draft->clocks.count;
    work->attributes_changed = work->promises_changed = true;
    for (uint32_t i = 0; i < count; i++) /* when its steps were due nobody can say any more */
        if (clock_is_open(work_clock(work, i)) && record_is_gone(loading, i))
            work_clock(work, i)->escalation = INDEX_NONE;
    if (!rebind_end_unwanted(loading, work))
        return SLA_ERROR_MEMORY;
    work->draft->sends.count = 0;
    stage->before = *work_facts(work); /* no trigger fires: nothing has changed but the policy */
    work->incident->severity = work->severity;
    work->promises_ready = false;
    work_find_last(work, stage->last);
    struct arena arena;
    arena_init(&arena, &engine->allocator);
    sla_move *moves = arena_new(&arena, (count + 1) * sizeof *moves);
    sla_status status = moves == NULL ? SLA_ERROR_MEMORY : SLA_OK;
    for (uint32_t i = 0; status == SLA_OK && loading->moves != NULL && i < count; i++)
        moves[i] = rebind_move_before(loading, work, i);
    for (uint32_t i = 0; status == SLA_OK && i < count; i++) {
        struct clock *clock = work_clock(work, i);
        if (clock_is_open(clock))
            clock->escalation = INDEX_NONE; /* chosen again (K8) */
        clock->fired = 0;
        if (clock->calendar == INDEX_NONE || !record_is_gone(loading, i))
            continue;
        if (!begin_with_sum(loading, work, i))
            status = SLA_ERROR_MEMORY;
        else
            keep_what_is_broken(loading, work, stage, i);
    }
    if (status == SLA_OK)
        status = stage_retarget(stage);
    for (uint32_t i = 0; status == SLA_OK && i < count; i++) {
        settle_clock(loading, work, stage, i);
        if (!rebind_restore_sends(loading, work, i))
            status = SLA_ERROR_MEMORY;
    }
    if (status == SLA_OK)
        status = stage_pause(stage);
    for (uint32_t i = 0; status == SLA_OK && loading->moves != NULL && i < count; i++)
        if (!rebind_note_move(loading, work, i, moves[i]))
            status = SLA_ERROR_MEMORY;
    arena_free(&arena);
    return status;
}

sla_status rebind_incident(struct loading *loading, struct work *work)
{
    sla_engine *engine = work->engine;
    struct stage stage = {.work = work, .at = loading->now, .last = engine->last};
    if (loading->now == SLA_TIME_NONE)
        return SLA_ERROR_DATA; /* an incident, and the engine was never called? */
    drop_pauses(work->draft);
    work->incident->last_update = work->last_update = work->late_before = loading->now;
    sla_status status = end_orphans(loading, work);
    if (status == SLA_OK)
        status = apply(loading, work, &stage);
    if (status != SLA_OK)
        return status;
    for (uint32_t i = 0; i < work->draft->clocks.count; i++)
        work_plan(work, i);
    status = work_tell_known(work, SLA_OK);
    if (status == SLA_OK &&
        !draft_put_away(work->draft, &engine->allocator, engine->policy, engine->last))
        status = SLA_ERROR_MEMORY;
    return status;
}
