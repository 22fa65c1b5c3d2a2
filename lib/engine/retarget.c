/* SPDX-License-Identifier: MIT */
/* Retargeting: attributes changed, the incident is classified again, and promises move (K8). */
#include "engine/stage.h"

static void forget_sends(struct stage *stage, uint32_t clock, bool only_due_and_later)
{
    struct draft *draft = stage->work->draft;
    const struct step *steps = stage->work->policy->steps;
    size_t kept = 0;
    for (size_t i = 0; i < draft->sends.count; i++) {
        const struct send *send = &draft->sends.items[i];
        if (send->clock != clock || (only_due_and_later && step_is_early(steps[send->step].type,
                                                                      steps[send->step].percent)))
            draft->sends.items[kept++] = *send;
    }
    draft->sends.count = kept;
    struct clock *owner = work_clock(stage->work, clock);
    if (owner->escalation == INDEX_NONE || !only_due_and_later) {
        owner->fired = 0;
        return;
    }
    struct range entry = stage->work->policy->escalations[owner->escalation].steps;
    for (uint32_t i = 0; i < entry.count && i < 32; i++)
        if (!step_is_early(steps[entry.first + i].type, steps[entry.first + i].percent))
            owner->fired &= ~(1u << i);
}

static void arm(struct stage *stage, uint32_t index, bool only_due_and_later)
{
    struct clock *clock = work_clock(stage->work, index);
    forget_sends(stage, index, only_due_and_later);
    clock->flags &= (uint16_t)~CLOCK_BREACH_TOLD;
    clock->round++;
}

void stage_arm_due(struct stage *stage, uint32_t index)
{
    arm(stage, index, true);
}

void stage_arm_all(struct stage *stage, uint32_t index)
{
    arm(stage, index, false);
}

bool stage_keeps_promise(const struct clock *clock, const struct promise *promise,
                         const struct stage *stage)
{
    bool was_agreed = (clock->flags & CLOCK_AGREED) != 0;
    if (promise->agreed != was_agreed)
        return false;
    if (was_agreed) /* amounts do not matter, the instant does */
        return promise->agreed_at == clock->due0 && promise->agreement == clock->agreement &&
               promise->calendar == clock->calendar && promise->target->grace == clock->grace;
    return promise_is_same(stage->work->policy, promise, clock->agreement, clock->rule,
                           clock->calendar);
}

/* Where the deadline stands, or would stand if the clock were resumed now. */
static sla_time deadline_to_compare(const struct counting *counting, sla_time now)
{
    sla_time deadline, breach;
    if (counting->clock->state != SLA_CLOCK_PAUSED)
        return counting->clock->deadline;
    return clock_projection(counting, now, &deadline, &breach) == SLA_OK ? deadline
                                                                         : SLA_TIME_NEVER;
}

static sla_status restart_clock(struct counting *counting, const struct promise *promise,
                                sla_time now)
{
    struct clock *clock = counting->clock;
    bool is_paused = clock->state == SLA_CLOCK_PAUSED;
    sla_time resume_at = clock->resume_at;
    sla_status status = clock_begin(counting, promise, now);
    if (status == SLA_OK && is_paused) {
        clock_pause(counting, now);
        clock->resume_at = resume_at;
    }
    return status;
}

/* The promise went away: the cycle ends, and the metric is followed silently as the next. */
static sla_status lose_target(struct stage *stage, uint32_t index)
{
    const struct clock *clock = work_clock(stage->work, index);
    uint32_t metric = clock->metric, kind = clock->kind, cycle = clock->cycle;
    if (stage->work->policy->metrics[metric].never_loosen)
        return SLA_OK;
    sla_status status = stage_cancel_clock(stage, index);
    return status == SLA_OK ? stage_start_cycle(stage, metric, kind, cycle + 1) : status;
}

sla_status stage_tell_overrun(struct stage *stage, uint32_t index)
{
    const struct clock *clock = work_clock(stage->work, index);
    if ((clock->flags & CLOCK_BREACH_TOLD) != 0 || !clock_is_overrun(clock, stage->at))
        return SLA_OK;
    if ((clock->flags & CLOCK_BREACH_AHEAD) != 0) /* it replaces a breach that was told */
        late_retract(stage, index);
    struct fact fact = {.moment = stage->at, .at = clock->breach_at, .type = FACT_BREACH,
                        .clock = index, .step = INDEX_NONE};
    return fact_fire(stage->work, &fact);
}

/* A silent clock gains a target: it is told as started (then paused, if its pause runs). */
static sla_status gain_target(struct stage *stage, uint32_t index, const struct promise *promise)
{
    struct work *work = stage->work;
    struct counting counting = work_counting(work, index);
    struct clock *clock = counting.clock;
    bool is_paused = clock->state == SLA_CLOCK_PAUSED;
    bool restarts = work->policy->metrics[clock->metric].retarget == RETARGET_RESTART;
    sla_status status = restarts ? restart_clock(&counting, promise, stage->at)
                                 : clock_keep(&counting, promise, stage->at);
    if (status != SLA_OK)
        return status;
    if (!escalation_set(work, index, escalation_choose(&work->facts, clock)))
        return SLA_ERROR_MEMORY;
    struct saying saying = {.type = SLA_EVENT_STARTED, .step = INDEX_NONE, .pause = INDEX_NONE,
                            .at = stage->at};
    clock->state = SLA_CLOCK_RUNNING; /* it is told with its deadline first */
    bool said = work_say(work, index, &saying);
    if (is_paused) {
        clock->state = SLA_CLOCK_PAUSED;
        saying.type = SLA_EVENT_PAUSED;
        saying.repetition = clock->pauses;
        saying.without_deadline = true;
        for (size_t i = 0; i < work->draft->causes.count; i++) /* the first that the policy names */
            if (work->draft->causes.items[i].clock == index &&
                work->draft->causes.items[i].pause < saying.pause)
                saying.pause = work->draft->causes.items[i].pause;
        said = said && work_say(work, index, &saying);
    }
    return said ? stage_tell_overrun(stage, index) : SLA_ERROR_MEMORY;
}

static sla_status move_target(struct stage *stage, uint32_t index, const struct promise *promise)
{
    struct work *work = stage->work;
    struct counting counting = work_counting(work, index);
    struct clock *clock = counting.clock, before = *clock;
    const struct metric *metric = &work->policy->metrics[clock->metric];
    sla_time old_deadline = deadline_to_compare(&counting, stage->at);
    struct saying retraction = {.type = SLA_EVENT_BREACH_RETRACTED, .step = INDEX_NONE,
                                .pause = INDEX_NONE, .at = stage->at};
    bool restarts = metric->retarget == RETARGET_RESTART;
    struct clock trial = before;
    size_t spans_before = counting.spans->count;
    sla_status status;
    if (restarts) { /* tried on a copy, because beginning again forgets the pauses */
        span_array none = {0};
        struct counting trying = counting;
        trying.clock = &trial;
        trying.spans = &none;
        status = restart_clock(&trying, promise, stage->at);
        array_free(counting.allocator, &none);
    } else {
        status = clock_keep(&counting, promise, stage->at);
        trial = *clock;
    }
    if (status != SLA_OK)
        return status;
    struct counting tried = counting;
    tried.clock = &trial;
    bool refused = metric->never_loosen && deadline_to_compare(&tried, stage->at) > old_deadline;
    if (refused) {
        clock_undo_keep(&counting, &before, spans_before);
        return SLA_OK;
    }
    *clock = before;
    bool was_breached = (before.flags & CLOCK_BREACH_TOLD) != 0;
    if (was_breached && !clock_is_overrun(&trial, stage->at)) {
        if (!work_say(work, index, &retraction))
            return SLA_ERROR_MEMORY;
        stage_arm_due(stage, index);
    }
    trial.round = clock->round;
    trial.fired = clock->fired;
    trial.flags = (uint16_t)((trial.flags & ~CLOCK_BREACH_TOLD) |
                             (clock->flags & CLOCK_BREACH_TOLD));
    if (restarts)
        restart_clock(&counting, promise, stage->at); /* as tried: it cannot fail */
    else
        *clock = trial;
    if (restarts)
        stage_arm_all(stage, index);
    if ((clock->flags & CLOCK_BREACH_TOLD) != 0)
        clock->told_breach_at = clock->breach_at; /* it still stands, where it is now */
    clock->retargets++;
    if (!escalation_set(work, index, escalation_choose(&work->facts, clock)))
        return SLA_ERROR_MEMORY;
    status = stage_say(stage, index, SLA_EVENT_RETARGETED, clock->retargets);
    return status == SLA_OK ? stage_tell_overrun(stage, index) : status;
}

sla_status stage_retarget(struct stage *stage)
{
    const struct work *work = stage->work;
    /* what never_loosen refused is judged again at the next change of any attribute */
    if (!work->attributes_changed || (!work->promises_changed && !work->engine->outlook.refuses))
        return SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t index = stage_open_clock(stage, metric, kind);
        if (index == INDEX_NONE)
            continue;
        const struct promise *promise = stage_promise(stage, metric, kind);
        struct clock *clock = work_clock(stage->work, index);
        sla_status status = SLA_OK;
        if (!clock_is_told(clock)) {
            if (promise->found)
                status = gain_target(stage, index, promise);
        } else if (!promise->found) {
            status = lose_target(stage, index);
        } else if (!stage_keeps_promise(clock, promise, stage)) {
            status = move_target(stage, index, promise);
        }
        if (status != SLA_OK)
            return status;
        clock = work_clock(stage->work, index);
        if (clock_is_open(clock) && clock_is_told(clock) &&
            !escalation_set(stage->work, index, escalation_choose(&stage->work->facts, clock)))
            return SLA_ERROR_MEMORY;
    }
    return SLA_OK;
}
