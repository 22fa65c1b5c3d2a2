/* SPDX-License-Identifier: MIT */
/* Lifecycle: clocks that start, stop, are reset, cancelled and reopened (K1, K2, K5 to K7). */
#include "engine/stage.h"

uint32_t stage_open_clock(const struct stage *stage, uint32_t metric, uint32_t kind)
{
    uint32_t index = stage_last(stage, metric, kind);
    return index != INDEX_NONE && clock_is_open(work_clock(stage->work, index)) ? index
                                                                                : INDEX_NONE;
}

sla_status stage_say(const struct stage *stage, uint32_t clock, uint32_t type, uint32_t repetition)
{
    struct saying saying = {.type = type,
                            .step = INDEX_NONE,
                            .pause = INDEX_NONE,
                            .repetition = repetition,
                            .at = stage->at};
    return work_say(stage->work, clock, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
}

sla_status stage_start_cycle(struct stage *stage, uint32_t metric, uint32_t kind, uint32_t cycle)
{
    struct work *work = stage->work;
    const struct promise *promise = stage_promise(stage, metric, kind);
    uint32_t index = (uint32_t)work->draft->clocks.count;
    struct clock fresh = {.metric = metric, .kind = (uint8_t)kind, .cycle = cycle,
                          .started = stage->at, .next_step = INDEX_NONE};
    if (!array_push(&work->engine->allocator, &work->draft->clocks, fresh))
        return SLA_ERROR_MEMORY;
    struct counting counting = work_counting(work, index);
    sla_status status = clock_begin(&counting, promise, stage->at);
    if (status != SLA_OK)
        return status;
    stage->last[metric * KIND_COUNT + kind] = index;
    counting.clock->escalation = INDEX_NONE;
    counting.clock->next_at = counting.clock->breach_at; /* as work_plan() leaves what has ended */
    if (promise->found)
        counting.clock->escalation = escalation_choose(&work->facts, counting.clock);
    return stage_say(stage, index, SLA_EVENT_STARTED, 0);
}

/* In the last stage: told started and then paused, if a cause holds (K5). */
static sla_status start_late_cycle(struct stage *stage, uint32_t metric, uint32_t kind,
                                   uint32_t cycle)
{
    sla_status status = stage_start_cycle(stage, metric, kind, cycle);
    return status == SLA_OK ? stage_pause_clock(stage, stage_last(stage, metric, kind)) : status;
}

static void forget_causes(struct stage *stage, uint32_t clock)
{
    struct draft *draft = stage->work->draft;
    size_t kept = 0;
    for (size_t i = 0; i < draft->causes.count; i++)
        if (draft->causes.items[i].clock != clock)
            draft->causes.items[kept++] = draft->causes.items[i];
    draft->causes.count = kept;
}

void stage_end_clock(struct stage *stage, uint32_t index, uint32_t state)
{
    struct counting counting = work_counting(stage->work, index);
    struct clock *clock = counting.clock;
    if (clock->state == SLA_CLOCK_RUNNING)
        clock->used = clock_used(&counting, stage->at);
    clock->ended = stage->at;
    clock->run_from = stage->at;
    clock->state = (uint8_t)state;
    forget_causes(stage, index);
}

/* Cancelled again after a reopening is another fact. */
sla_status stage_cancel_clock(struct stage *stage, uint32_t index)
{
    stage_end_clock(stage, index, SLA_CLOCK_CANCELLED);
    return stage_say(stage, index, SLA_EVENT_CANCELLED, work_clock(stage->work, index)->reopens);
}

sla_status stage_cancel(struct stage *stage)
{
    sla_status status = SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t clock = stage_open_clock(stage, metric, kind);
        if (status != SLA_OK || clock == INDEX_NONE ||
            !trigger_fires(stage, &stage->work->policy->metrics[metric].cancel))
            continue;
        status = stage_cancel_clock(stage, clock);
    }
    return status;
}

/* K2: met iff t <= B; stopped while paused it is judged as at the start of the pause (K4). */
static sla_status stop_clock(struct stage *stage, uint32_t index)
{
    struct clock *clock = work_clock(stage->work, index);
    sla_time judged = clock->state == SLA_CLOCK_PAUSED ? clock->pause_from : stage->at;
    bool is_met = !clock_is_told(clock) || judged <= clock->breach_at;
    bool in_grace = is_met && clock_is_told(clock) && judged > clock->deadline;
    stage_end_clock(stage, index, is_met ? SLA_CLOCK_MET : SLA_CLOCK_MISSED);
    if (in_grace)
        clock->flags |= CLOCK_MET_IN_GRACE;
    struct saying saying = {.type = is_met ? SLA_EVENT_MET : SLA_EVENT_MISSED,
                            .step = INDEX_NONE,
                            .pause = INDEX_NONE,
                            .repetition = clock->reopens, /* a later verdict is another fact */
                            .flags = in_grace ? SLA_EVENT_IN_GRACE : 0,
                            .at = stage->at};
    return work_say(stage->work, index, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
}

sla_status stage_stop(struct stage *stage)
{
    sla_status status = SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t clock = stage_open_clock(stage, metric, kind);
        if (status == SLA_OK && clock != INDEX_NONE &&
            trigger_fires(stage, &stage->work->policy->metrics[metric].stop))
            status = stop_clock(stage, clock);
    }
    return status;
}

sla_status stage_reset(struct stage *stage)
{
    sla_status status = SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t clock = stage_open_clock(stage, metric, kind);
        if (status != SLA_OK || clock == INDEX_NONE ||
            !trigger_fires(stage, &stage->work->policy->metrics[metric].reset))
            continue;
        uint32_t cycle = work_clock(stage->work, clock)->cycle;
        status = stage_cancel_clock(stage, clock);
        if (status == SLA_OK)
            status = stage_start_cycle(stage, metric, kind, cycle + 1);
    }
    return status;
}

/* The record of an ended clock goes on: the time it was stopped is a pause, or counts. */
static sla_status go_on(struct counting *counting, uint32_t mode, sla_time at)
{
    struct clock *clock = counting->clock;
    sla_status status = SLA_OK;
    bool was_paused = clock->pause_from != SLA_TIME_NONE;
    if (mode == REOPEN_RESUME || was_paused) {
        if (!was_paused) {
            clock->pause_from = clock->ended;
            clock->cause = SPAN_STOPPED(clock->state);
        }
        clock->state = SLA_CLOCK_PAUSED;
        status = clock_resume(counting, at, false);
    }
    clock->state = SLA_CLOCK_RUNNING;
    clock->ended = SLA_TIME_NONE;
    clock->flags &= (uint16_t)~CLOCK_MET_IN_GRACE;
    return status;
}

/* The target is looked up again, as K8 `keep` would; a refused one changes nothing. */
static sla_status look_up_again(struct stage *stage, uint32_t index, const struct promise *promise)
{
    struct counting counting = work_counting(stage->work, index);
    struct clock *clock = counting.clock, before = *clock;
    size_t spans_before = counting.spans->count;
    bool was_told = clock_is_told(clock);
    if (!promise->found || (was_told && stage_keeps_promise(clock, promise, stage)))
        return SLA_OK;
    sla_status status = clock_keep(&counting, promise, stage->at);
    if (status == SLA_OK && was_told &&
        stage->work->policy->metrics[clock->metric].never_loosen &&
        clock->deadline > before.deadline)
        clock_undo_keep(&counting, &before, spans_before);
    return status;
}

/* K6: an ended clock goes on, in one of four ways. */
static sla_status reopen_clock(struct stage *stage, uint32_t index)
{
    struct work *work = stage->work;
    struct counting counting = work_counting(work, index);
    struct clock *clock = counting.clock;
    const struct metric *metric = &work->policy->metrics[clock->metric];
    const struct promise *promise = stage_promise(stage, clock->metric, clock->kind);
    bool keeps = metric->reopen == REOPEN_RESUME || metric->reopen == REOPEN_COUNT;
    bool loses = clock_is_told(clock) && !promise->found && !(keeps && metric->never_loosen);
    /* what lost its target goes on as the next (K8), so that its verdict stays in the record */
    if (metric->reopen == REOPEN_CYCLE || loses)
        return start_late_cycle(stage, clock->metric, clock->kind, clock->cycle + 1);
    sla_status status = clock_let_go(&counting); /* K12 */
    if (status != SLA_OK)
        return status;
    clock->earlier_state = clock->state;
    clock->earlier_ended = clock->ended;
    clock->reopened_at = stage->at;
    if (metric->reopen == REOPEN_RESTART) {
        status = clock_begin(&counting, promise, stage->at);
        stage_arm_all(stage, index);
    } else {
        status = go_on(&counting, metric->reopen, stage->at);
        if (status == SLA_OK)
            status = look_up_again(stage, index, promise);
        if ((clock->flags & CLOCK_BREACH_TOLD) != 0 && !clock_is_overrun(clock, stage->at))
            stage_arm_due(stage, index);
        if ((clock->flags & CLOCK_BREACH_TOLD) != 0)
            clock->told_breach_at = clock->breach_at; /* it still stands, where it is now */
    }
    if (status != SLA_OK)
        return status;
    clock->reopens++;
    if (clock_is_told(clock) &&
        !escalation_set(work, index, escalation_choose(&work->facts, clock)))
        return SLA_ERROR_MEMORY;
    status = stage_say(stage, index, SLA_EVENT_REOPENED, clock->reopens);
    return status == SLA_OK ? stage_pause_clock(stage, index) : status;
}

sla_status stage_start(struct stage *stage)
{
    const sla_policy *policy = stage->work->policy;
    sla_status status = SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, m, kind) {
        const struct metric *metric = &policy->metrics[m];
        uint32_t last = stage_last(stage, m, kind);
        bool starts = trigger_fires(stage, &metric->start);
        if (status != SLA_OK)
            return status;
        if (last == INDEX_NONE) {
            if (!starts)
                continue;
            status = start_late_cycle(stage, m, kind, 1);
            if (status == SLA_OK && !metric->repeat && trigger_fires(stage, &metric->stop))
                status = stop_clock(stage, stage_last(stage, m, kind)); /* met at that instant */
            continue;
        }
        const struct clock *clock = work_clock(stage->work, last);
        if (clock_is_open(clock))
            continue; /* K7: the oldest unanswered message counts */
        if (starts && metric->repeat)
            status = start_late_cycle(stage, m, kind, clock->cycle + 1);
        else if (metric->reopen != REOPEN_IGNORE && trigger_fires(stage, &metric->reopen_on))
            status = reopen_clock(stage, last);
    }
    return status;
}
