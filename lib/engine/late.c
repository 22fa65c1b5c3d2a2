/* SPDX-License-Identifier: MIT */
/* Late news: an update in the engine's past (E2). What was told since then may prove untrue. */
#include "engine/stage.h"

/* A pause that a limit ended after the update's instant goes on again: the limit's instant has not
   come yet, as the update sees it. */
static sla_status undo_limit(struct work *work, uint32_t index, sla_time at, bool *out_is_undone)
{
    struct counting counting = work_counting(work, index);
    *out_is_undone = false;
    if (counting.clock->state != SLA_CLOCK_RUNNING)
        return SLA_OK;
    sla_status status = clock_undo_resume(&counting, at);
    *out_is_undone = counting.clock->state == SLA_CLOCK_PAUSED;
    return status;
}

static sla_status undo_limits(struct work *work, sla_time at)
{
    sla_status status = SLA_OK;
    bool is_undone;
    for (uint32_t i = 0; status == SLA_OK && i < work->draft->clocks.count; i++)
        status = undo_limit(work, i, at, &is_undone);
    return status;
}

/* The update comes before the breach was found unwanted, and may make its step wanted. */
static void want_due_step(struct work *work, uint32_t clock)
{
    for (size_t i = 0; i < work->draft->sends.count; i++) {
        struct send *send = &work->draft->sends.items[i];
        if (send->clock == clock && work->policy->steps[send->step].type == STEP_DUE &&
            send->last_at == work_clock(work, clock)->told_breach_at)
            send->is_over = 0;
    }
}

sla_status late_begin(struct stage *stage)
{
    struct work *work = stage->work;
    sla_engine *engine = work->engine;
    engine->retractions.count = 0;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t index = stage_open_clock(stage, metric, kind);
        struct clock *clock = index == INDEX_NONE ? NULL : work_clock(work, index);
        if (clock == NULL || !clock_is_told(clock) || (clock->flags & CLOCK_BREACH_TOLD) == 0)
            continue;
        /* said now, with the deadline that was told and the sums from just before the update */
        struct saying saying = {.type = SLA_EVENT_BREACH_RETRACTED, .step = INDEX_NONE,
                                .pause = INDEX_NONE, .at = stage->at, .flags = SLA_EVENT_LATE};
        struct retraction retraction = {work_compose(work, index, &saying), index};
        retraction.news.deadline = clock->deadline;
        bool is_undone = false;
        sla_status status = undo_limit(work, index, stage->at, &is_undone);
        if (status != SLA_OK)
            return status;
        /* A breach before the update is the stages' own affair, unless the clock, paused exactly
           at its end, was overrun only by going on when the limit of the pause was reached. */
        if (clock->told_breach_at < stage->at &&
            (!is_undone || clock_is_overrun(clock, stage->at)))
            continue;
        if (!array_push(&engine->allocator, &engine->retractions, retraction))
            return SLA_ERROR_MEMORY;
        clock->flags ^= CLOCK_BREACH_TOLD | CLOCK_BREACH_AHEAD; /* the stages do not see it */
        want_due_step(work, index);
    }
    return undo_limits(work, stage->at);
}

void late_retract(struct stage *stage, uint32_t index)
{
    work_clock(stage->work, index)->flags &= (uint16_t)~CLOCK_BREACH_AHEAD;
    stage_arm_due(stage, index);
}

/* Is the breach that was told the one in force at `now`? A pause that its limit ends before now
   is over by then. */
static bool is_in_force(const struct counting *counting, sla_time now)
{
    const struct clock *clock = counting->clock;
    sla_time breach = clock->breach_at, deadline;
    sla_time judged = clock->ended != SLA_TIME_NONE ? clock->ended : now;
    if (clock->state == SLA_CLOCK_PAUSED && clock->resume_at <= now) {
        if (clock_projection(counting, clock->resume_at, &deadline, &breach) != SLA_OK)
            return false;
    } else if (clock->pause_from != SLA_TIME_NONE && clock->pause_from < judged) {
        judged = clock->pause_from;
    }
    return breach == clock->told_breach_at && judged > breach;
}

sla_status late_end(struct stage *stage, size_t first_news)
{
    struct work *work = stage->work;
    sla_engine *engine = work->engine;
    for (size_t i = 0; i < engine->retractions.count; i++) {
        struct retraction *retraction = &engine->retractions.items[i];
        struct counting counting = work_counting(work, retraction->clock);
        struct clock *clock = counting.clock;
        if ((clock->flags & CLOCK_BREACH_AHEAD) != 0) {
            if (is_in_force(&counting, engine->now)) {
                clock->flags ^= CLOCK_BREACH_TOLD | CLOCK_BREACH_AHEAD;
                continue;
            }
            late_retract(stage, retraction->clock);
        }
        work_is_news(work, retraction->clock, &retraction->news);
        if (!outbox_insert(&engine->outbox, first_news, &retraction->news) ||
            !array_push(&engine->allocator, &work->draft->told, retraction->news.id[0]))
            return SLA_ERROR_MEMORY;
        first_news++;
    }
    return SLA_OK;
}
