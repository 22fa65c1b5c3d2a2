/* SPDX-License-Identifier: MIT */
/* Late news: an update in the engine's past (E2). What was told since then may prove untrue. */
#include "engine/stage.h"

/* Pauses that a limit ended after the update's instant go on again: the limit's instant has not
   come yet, as the update sees it. */
static sla_status undo_limits(struct work *work, sla_time at)
{
    for (uint32_t i = 0; i < work->draft->clocks.count; i++) {
        struct counting counting = work_counting(work, i);
        sla_status status = SLA_OK;
        if (counting.clock->state == SLA_CLOCK_RUNNING)
            status = clock_undo_resume(&counting, at);
        if (status != SLA_OK)
            return status;
    }
    return SLA_OK;
}

sla_status late_begin(struct stage *stage)
{
    struct work *work = stage->work;
    sla_engine *engine = work->engine;
    struct outbox *outbox = &engine->retractions;
    outbox->news.count = 0;
    for (uint32_t i = 0; i < work->draft->clocks.count; i++) {
        const struct clock *clock = work_clock(work, i);
        if ((clock->flags & CLOCK_BREACH_TOLD) == 0 || !clock_is_open(clock) ||
            !clock_is_told(clock))
            continue;
        /* said now, with the deadline that was told and the sums from just before the update */
        struct saying saying = {.type = SLA_EVENT_BREACH_RETRACTED, .step = INDEX_NONE,
                                .pause = INDEX_NONE, .at = stage->at, .flags = SLA_EVENT_LATE};
        struct news news = work_compose(work, i, &saying);
        news.deadline = clock->deadline;
        if (!outbox_add(outbox, &news))
            return SLA_ERROR_MEMORY;
    }
    return undo_limits(work, stage->at);
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
    for (size_t i = 0; i < engine->retractions.news.count; i++) {
        const struct news *news = &engine->retractions.news.items[i];
        struct counting counting = work_counting(work, news->clock);
        if ((counting.clock->flags & CLOCK_BREACH_TOLD) == 0 ||
            is_in_force(&counting, engine->now))
            continue;
        if (!outbox_insert(&engine->outbox, first_news, news))
            return SLA_ERROR_MEMORY;
        first_news++;
        stage_arm_due(stage, news->clock);
    }
    return SLA_OK;
}
