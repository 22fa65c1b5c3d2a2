/* SPDX-License-Identifier: MIT */
/* One incident at work: its facts, what it says, and when it speaks next. */
#include "engine/work.h"

struct work work_begin(sla_engine *engine, uint32_t number)
{
    struct incident *incident = incident_at(&engine->incidents, number);
    return (struct work){
        .engine = engine,
        .policy = engine->policy,
        .draft = &engine->draft,
        .number = number,
        .incident = incident,
        .facts = {engine->policy, engine->slots, incident->opened_at},
        .last_update = incident->last_update,
        .late_before = SLA_TIME_NONE,
    };
}

const struct facts *work_facts(struct work *work)
{
    if (work->facts_ready)
        return &work->facts;
    const struct pool *pool = &work->engine->pool;
    slots_clear(&work->facts);
    for (size_t i = 0; i < work->draft->attributes.count; i++) {
        const struct held_attribute *held = &work->draft->attributes.items[i];
        if (held->slot != 0)
            slot_set(&work->facts.slots[held->slot], pool_text(pool, held->value),
                     pool->texts.items[held->value].literal);
    }
    work->severity_known = classify_derive(&work->facts, &work->severity);
    work->facts_ready = true;
    return &work->facts;
}

struct counting work_counting(const struct work *work, size_t index)
{
    return (struct counting){work->policy, &work->engine->allocator, work_clock(work, index),
                             (uint32_t)index, &work->draft->spans};
}

struct news work_compose(const struct work *work, size_t index, const struct saying *saying)
{
    const struct clock *clock = work_clock(work, index);
    struct counting counting = work_counting(work, index);
    struct news news = {
        .type = saying->type,
        .flags = saying->flags,
        .incident = work->number,
        .clock = (uint32_t)index,
        .severity = work->incident->severity,
        .metric = clock->metric,
        .kind = clock->kind,
        .agreement = clock->agreement,
        .cycle = clock->cycle,
        .step = saying->step,
        .pause = saying->pause,
        .round = clock->round,
        .repetition = saying->repetition,
        .line = clock->rule == INDEX_NONE ? 0 : work->policy->target_rules[clock->rule].line,
        .at = saying->at,
        .deadline = saying->without_deadline ? SLA_TIME_NONE : clock->deadline,
        .elapsed = clock_used(&counting, saying->at),
    };
    news.remaining = clock->budget - news.elapsed;
    if (clock->state == SLA_CLOCK_PAUSED)
        news.deadline = SLA_TIME_NONE; /* K4: paused, it has none */
    else if (news.deadline != SLA_TIME_NONE &&
             calendar_is_provisional(work->policy->calendars[clock->calendar], news.deadline))
        news.flags |= SLA_EVENT_PROVISIONAL;
    return news;
}

bool work_say(struct work *work, size_t index, const struct saying *saying)
{
    if (!clock_is_told(work_clock(work, index)))
        return true;
    struct news news = work_compose(work, index, saying);
    if (news.at < work->late_before) /* E10 */
        news.flags |= SLA_EVENT_LATE;
    return outbox_add(&work->engine->outbox, &news);
}

void work_schedule(struct work *work)
{
    struct fact fact;
    bool found = fact_next(work, &fact);
    work->incident->next_moment = found ? fact.moment : SLA_TIME_NEVER;
    work->incident->next_at = found ? fact.at : SLA_TIME_NEVER;
}
