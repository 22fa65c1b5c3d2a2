/* SPDX-License-Identifier: MIT */
/* Pauses: which causes hold, which have reached their limit, and what that does to clocks (K4). */
#include "engine/stage.h"

static size_t find_holding(const struct draft *draft, uint32_t pause)
{
    for (size_t i = 0; i < draft->holding.count; i++)
        if (draft->holding.items[i] == pause)
            return i;
    return SIZE_MAX;
}

/* Between `event` and `until` a cause holds for the incident, whether or not a clock is open. */
static sla_status follow_event_pauses(struct stage *stage)
{
    const sla_policy *policy = stage->work->policy;
    struct draft *draft = stage->work->draft;
    for (uint32_t m = 0; m < policy->metric_count; m++) {
        struct range pauses = policy->metrics[m].pauses;
        for (uint32_t p = pauses.first; p < pauses.first + pauses.count; p++) {
            const struct pause *pause = &policy->pauses[p];
            size_t place = find_holding(draft, p);
            if (!pause->from.present)
                continue;
            if (place != SIZE_MAX && trigger_fires(stage, &pause->until))
                draft->holding.items[place] = draft->holding.items[--draft->holding.count];
            else if (place == SIZE_MAX && trigger_fires(stage, &pause->from) &&
                     !array_push(&stage->work->engine->allocator, &draft->holding, p))
                return SLA_ERROR_MEMORY;
        }
    }
    return SLA_OK;
}

static size_t find_cause(const struct draft *draft, uint32_t clock, uint32_t pause)
{
    for (size_t i = 0; i < draft->causes.count; i++)
        if (draft->causes.items[i].clock == clock && draft->causes.items[i].pause == pause)
            return i;
    return SIZE_MAX;
}

/* A silent pause has no limit; nor has one that would end after 2199. */
static sla_time limit_instant(const struct stage *stage, const struct clock *clock,
                              const struct pause *pause)
{
    sla_time at;
    if (!pause->limited || !clock_is_told(clock) ||
        calendar_due(counted_on(stage->work->policy, clock->calendar), stage->at, &pause->limit,
                     &at) != SLA_OK)
        return SLA_TIME_NEVER;
    return at;
}

/* Brings the clock's causes up to date. `*out_until` is when the last one that still counts ends:
   not after now if none does; `*out_pause` is the first that counts. */
static sla_status follow_causes(struct stage *stage, uint32_t clock_index, sla_time *out_until,
                                uint32_t *out_pause)
{
    const struct work *work = stage->work;
    struct draft *draft = work->draft;
    const struct clock *clock = work_clock(work, clock_index);
    struct range pauses = work->policy->metrics[clock->metric].pauses;
    *out_until = SLA_TIME_NONE;
    *out_pause = INDEX_NONE;
    for (uint32_t p = pauses.first; p < pauses.first + pauses.count; p++) {
        const struct pause *pause = &work->policy->pauses[p];
        bool holds = pause->from.present ? find_holding(draft, p) != SIZE_MAX
                                         : condition_holds(&work->facts, pause->condition);
        size_t place = find_cause(draft, clock_index, p);
        if (!holds) {
            if (place != SIZE_MAX)
                draft->causes.items[place] = draft->causes.items[--draft->causes.count];
            continue;
        }
        if (place == SIZE_MAX) {
            struct cause cause = {clock_index, p, stage->at, limit_instant(stage, clock, pause)};
            place = draft->causes.count;
            if (!array_push(&work->engine->allocator, &draft->causes, cause))
                return SLA_ERROR_MEMORY;
        }
        sla_time expires = draft->causes.items[place].expires;
        if (expires > stage->at && *out_pause == INDEX_NONE)
            *out_pause = p;
        if (expires > *out_until)
            *out_until = expires;
    }
    return SLA_OK;
}

sla_status stage_pause_clock(struct stage *stage, uint32_t clock_index)
{
    struct work *work = stage->work;
    sla_time until;
    uint32_t pause;
    sla_status status = follow_causes(stage, clock_index, &until, &pause);
    if (status != SLA_OK)
        return status;
    struct counting counting = work_counting(work, clock_index);
    struct clock *clock = counting.clock;
    struct saying saying = {.step = INDEX_NONE, .pause = pause, .at = stage->at};
    bool was_paused = clock->state == SLA_CLOCK_PAUSED;
    if (until > stage->at) {
        if (!was_paused) {
            clock_pause(&counting, stage->at);
            clock->pauses++;
            clock->cause = SPAN_CAUSE(pause);
        }
        clock->resume_at = until;
        saying.type = SLA_EVENT_PAUSED;
        saying.without_deadline = true;
    } else if (was_paused) {
        status = clock_resume(&counting, stage->at, false);
        saying.type = SLA_EVENT_RESUMED;
    }
    if (status != SLA_OK || was_paused == (clock->state == SLA_CLOCK_PAUSED))
        return status;
    saying.repetition = clock->pauses;
    if (was_paused && clock->told_resume == clock->pauses)
        return SLA_OK; /* E2: this resume was told before, at its limit */
    return work_say(work, clock_index, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
}

sla_status stage_pause(struct stage *stage)
{
    sla_status status = follow_event_pauses(stage);
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t clock = stage_open_clock(stage, metric, kind);
        if (status == SLA_OK && clock != INDEX_NONE)
            status = stage_pause_clock(stage, clock);
    }
    return status;
}
