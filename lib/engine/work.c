/* SPDX-License-Identifier: MIT */
/* One incident at work: its facts, what it says, and when it speaks next. */
#include "engine/work.h"

struct work work_of_draft(sla_engine *engine, uint32_t number)
{
    struct draft *draft = &engine->draft;
    return (struct work){
        .engine = engine,
        .policy = engine->policy,
        .draft = draft,
        .number = number,
        .incident = &draft->head,
        .id = incident_id(incident_at(&engine->incidents, number)),
        .facts = {engine->policy, engine->slots, draft->head.opened_at},
        .last_update = draft->head.last_update,
        .late_before = SLA_TIME_NONE,
    };
}

sla_status work_begin(struct work *work, sla_engine *engine, uint32_t number)
{
    sla_status status = draft_take(&engine->draft, &engine->incidents,
                                   incident_at(&engine->incidents, number));
    *work = work_of_draft(engine, number);
    return status;
}

sla_status work_end(struct work *work)
{
    sla_engine *engine = work->engine;
    struct fact fact;
    bool found = fact_next(work, &fact);
    if (!queue_reserve(&engine->queue))
        return SLA_ERROR_MEMORY;
    sla_status status = draft_put(work->draft, &engine->incidents,
                                  incident_at(&engine->incidents, work->number));
    if (status == SLA_OK)
        queue_place(&engine->queue, work->number, found ? fact.moment : SLA_TIME_NEVER,
                    found ? fact.at : SLA_TIME_NEVER);
    engine->changes++;
    return status;
}

const struct facts *work_facts(struct work *work)
{
    if (work->facts_ready)
        return &work->facts;
    slots_clear(&work->facts);
    held_fill(&work->draft->attributes, &work->facts);
    work->severity_known = classify_derive(&work->facts, &work->severity);
    work->facts_ready = true;
    return &work->facts;
}

struct counting work_counting(const struct work *work, size_t index)
{
    return (struct counting){work->policy, &work->engine->allocator, work_clock(work, index),
                             (uint32_t)index, &work->draft->spans};
}

/* The entry and place of a step of the clock's escalation, from 1; the breach is one fact, whatever
   step speaks of it. */
static uint64_t step_place(const sla_policy *policy, const struct clock *clock,
                           const struct saying *saying)
{
    if (saying->step == INDEX_NONE || saying->type == SLA_EVENT_BREACH)
        return 0;
    uint32_t first = policy->escalations[clock->escalation].steps.first;
    return (uint64_t)(clock->escalation + 1) << 32 | (saying->step - first + 1);
}

struct news news_compose(const sla_engine *engine, uint32_t number, uint32_t severity,
                         const struct counting *counting, const struct saying *saying)
{
    const sla_policy *policy = counting->policy;
    const struct clock *clock = counting->clock;
    struct news news = {
        .type = (uint16_t)saying->type,
        .flags = (uint8_t)saying->flags,
        .incident = number,
        .severity = severity,
        .metric = clock->metric,
        .kind = clock->kind,
        .agreement = clock->agreement,
        .cycle = clock->cycle,
        .step = saying->step,
        .pause = saying->pause,
        .repetition = saying->repetition,
        .line = clock->rule == INDEX_NONE ? 0 : policy->target_rules[clock->rule].line,
        .at = saying->at,
        .deadline = saying->without_deadline ? SLA_TIME_NONE : clock->deadline,
        .elapsed = clock_used(counting, saying->at),
    };
    news.remaining = clock_budget(counting) - news.elapsed;
    if (clock->state == SLA_CLOCK_PAUSED)
        news.deadline = SLA_TIME_NONE; /* K4: paused, it has none */
    else if (news.deadline != SLA_TIME_NONE &&
             calendar_is_provisional(counted_on(policy, clock->calendar), news.deadline))
        news.flags |= SLA_EVENT_PROVISIONAL;
    struct event_identity identity = {
        .incident = incident_id(incident_at(&engine->incidents, number)),
        .metric = engine_metric_name(engine, clock->metric),
        .kind = clock->kind,
        .cycle = clock->cycle,
        .type = saying->type,
        .round = clock->round,
        .repetition = saying->repetition,
        .place = step_place(policy, clock, saying),
    };
    event_identify(&identity, news.id);
    return news;
}

struct news work_compose(const struct work *work, size_t index, const struct saying *saying)
{
    struct counting counting = work_counting(work, index);
    return news_compose(work->engine, work->number, work->incident->severity, &counting, saying);
}

/* What the host said of its act goes with the event, as a copy (K12). False: no memory. */
static bool add_words(const struct work *work, struct news *news, const struct saying *saying)
{
    sla_event event;
    if (saying->reason.length == 0 && saying->actor.length == 0)
        return true;
    news_write(work->engine, news, &event);
    event.reason = saying->reason;
    event.actor = saying->actor;
    news->written = event_copy(&event, &work->engine->allocator);
    return news->written != NULL;
}

bool work_say(struct work *work, size_t index, const struct saying *saying)
{
    sla_engine *engine = work->engine;
    if (!clock_is_told(work_clock(work, index)))
        return true;
    struct news news = work_compose(work, index, saying);
    if (news.at < work->late_before) /* E10 */
        news.flags |= SLA_EVENT_LATE;
    if (work->draft->is_rebuilt && !work_is_news(work, index, &news))
        return true;
    if (!add_words(work, &news, saying) ||
        !array_push(&engine->allocator, &work->draft->told, news.id[0])) {
        written_free(news.written, &engine->allocator);
        return false;
    }
    if (outbox_add(&engine->outbox, &news))
        return true;
    written_free(news.written, &engine->allocator);
    return false;
}
