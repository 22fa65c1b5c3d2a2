/* SPDX-License-Identifier: MIT */
/* Updates: one incident's news, applied stage by stage (E1 to E3, K5). */
#include "base/checked.h"
#include "base/structs.h"
#include "engine/stage.h"

void work_find_last(const struct work *work, uint32_t *last)
{
    for (uint32_t i = 0; i < work->policy->metric_count * KIND_COUNT; i++)
        last[i] = INDEX_NONE;
    for (uint32_t i = 0; i < work->draft->clocks.count; i++) {
        const struct clock *clock = work_clock(work, i);
        last[clock->metric * KIND_COUNT + clock->kind] = i;
    }
}

/* The facts as they were before this update, kept aside for `changed` and for conditions that
   become true. */
static struct facts keep_facts_before(struct work *work, bool is_first)
{
    sla_engine *engine = work->engine;
    if (!is_first && engine->outlook.looks_back)
        work_facts(work);
    struct slot *before = engine->slots;
    engine->slots = engine->slots_before;
    engine->slots_before = before;
    work->facts.slots = engine->slots;
    work->facts_ready = false;
    return (struct facts){work->policy, before, work->facts.opened_at};
}

/* The stages in K5's order, those that this update can bring anything about in. */
static sla_status run_stages(struct stage *stage)
{
    const struct outlook *outlook = &stage->work->engine->outlook;
    uint32_t looks = outlook->without_name | outlook->events[stage->event];
    if (stage->is_first)
        looks |= outlook->events[stage->work->policy->opened_literal];
    bool pauses = (looks & (LOOKS_PAUSE | LOOKS_RESET)) != 0 || stage->is_first ||
                  stage->is_late || stage->work->attributes_changed;
    const struct {
        sla_status (*run)(struct stage *stage);
        bool wanted;
    } stages[] = {
        {stage_retarget, true},
        {stage_host, stage->act.type != HOST_NONE},
        {stage_cancel, (looks & LOOKS_CANCEL) != 0},
        {stage_stop, (looks & LOOKS_STOP) != 0},
        {stage_reset, (looks & LOOKS_RESET) != 0},
        {stage_pause, pauses},
        {stage_start, (looks & LOOKS_START) != 0},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        sla_status status = stages[i].wanted ? stages[i].run(stage) : SLA_OK;
        if (status != SLA_OK)
            return status;
    }
    return SLA_OK;
}

sla_status work_apply(struct work *work, const sla_update *update, bool is_first)
{
    sla_engine *engine = work->engine;
    struct stage stage = {.work = work, .at = update->at, .is_first = is_first,
                          .last = engine->last};
    sla_text event;
    size_t first_news = engine->outbox.news.count;
    stage.is_late = update->at < engine->now;
    if (!text_from_api(update->event.data, update->event.length, &event))
        return SLA_ERROR_ARGUMENT;
    sla_status status = host_read_act(work->policy, event, update, &stage.act);
    if (status != SLA_OK)
        return status;
    if (event.length > 0)
        stage.event = text_table_find(&work->policy->literals, event);
    if (engine->outlook.looks_back && !is_first && !steps_end_unwanted(work, update->at))
        return SLA_ERROR_MEMORY;
    stage.before = keep_facts_before(work, is_first);
    work_find_last(work, stage.last);
    status = stage.is_late ? late_begin(&stage) : SLA_OK;
    if (status == SLA_OK)
        status = work_set_attributes(work, update, stage.act.type != HOST_NONE);
    if (status != SLA_OK)
        return status;
    work_facts(work);
    work->incident->severity = work->severity;
    if ((status = run_stages(&stage)) != SLA_OK)
        return status;
    if (stage.is_late && (status = late_end(&stage, first_news)) != SLA_OK)
        return status;
    bool looks_again = stage.is_late || engine->outlook.looks_back; /* conditions may hold now */
    for (uint32_t i = 0; i < work->draft->clocks.count; i++)
        if ((clock_is_open(work_clock(work, i)) || work_clock(work, i)->next_type != FACT_NONE) &&
            (looks_again || !draft_clock_is_unchanged(work->draft, i)))
            work_plan(work, i);
    return work->severity_known ? SLA_OK : SLA_UNKNOWN_SEVERITY;
}

sla_status work_tell_known(struct work *work, sla_status applied)
{
    struct fact fact;
    while (fact_next(work, &fact) && fact.moment <= work->engine->now) {
        sla_status status = fact_fire(work, &fact);
        if (status != SLA_OK)
            return status;
    }
    return applied;
}

/* Applies the update to a draft and puts it back, or leaves everything as it was. */
static sla_status change_incident(sla_engine *engine, uint32_t number, const sla_update *update,
                                  bool is_first)
{
    outbox_tidy(&engine->outbox);
    size_t news_before = engine->outbox.news.count;
    struct work work;
    sla_status status = work_begin(&work, engine, number);
    if (status != SLA_OK)
        return status;
    if (is_first)
        work.incident->opened_at = work.facts.opened_at = update->at;
    work.incident->last_update = work.last_update = update->at;
    if (update->sequence != 0)
        work.incident->last_sequence = update->sequence;
    /* an update in the engine's past: whatever it makes true until now is late (E10) */
    work.late_before = update->at < engine->now ? SLA_TIME_NEVER : update->at;
    status = work_apply(&work, update, is_first);
    if (status >= SLA_OK)
        status = work_tell_known(&work, status);
    if (status >= SLA_OK && !draft_put_away(work.draft, &engine->allocator, engine->policy,
                                            engine->last))
        status = SLA_ERROR_MEMORY;
    if (status >= SLA_OK) {
        sla_status ended = work_end(&work);
        status = ended == SLA_OK ? status : ended;
    }
    if (status < SLA_OK)
        outbox_take_back(&engine->outbox, news_before);
    return status;
}

/* True if an update said nothing but that it was there: no name, no attributes. Then nothing of the
   incident can move (K5 needs a name or a change), and only its last update is noted; logs of real
   desks are full of these. What the general way would answer must be known without it: the last
   severity may stand for one that the policy does not list. */
static bool note_only(sla_engine *engine, uint32_t number, const sla_update *update)
{
    const sla_policy *policy = engine->policy;
    struct kept *kept = incident_at(&engine->incidents, number)->kept;
    bool is_listed = policy->severity_count == 0 || kept->severity + 1 < policy->severity_count;
    sla_text event;
    if (!text_from_api(update->event.data, update->event.length, &event) || event.length != 0 ||
        update->attribute_count != 0 || update->at < engine->now || !is_listed)
        return false;
    return kept_note(kept, update->at, update->sequence);
}

static sla_status read_update(const sla_engine *engine, const sla_update *given, sla_update *update,
                              sla_text *out_id)
{
    if (engine == NULL || given == NULL || !struct_read(given, update, sizeof *update) ||
        update->flags != 0 ||
        !text_from_api(update->incident.data, update->incident.length, out_id) ||
        out_id->length == 0 || out_id->length > INCIDENT_ID_MAX)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(update->at))
        return SLA_ERROR_RANGE;
    return engine->busy ? SLA_ERROR_BUSY : SLA_OK;
}

sla_status sla_engine_update(sla_engine *engine, const sla_update *given)
{
    sla_text id;
    sla_update copy;
    sla_status status = read_update(engine, given, &copy, &id);
    if (status != SLA_OK)
        return status;
    const sla_update *update = &copy;
    uint32_t number = incidents_find(&engine->incidents, id);
    if (number != INDEX_NONE) {
        incident_fetch(incident_at(&engine->incidents, number));
        const struct kept *kept = incident_at(&engine->incidents, number)->kept;
        if (update->sequence != 0 && update->sequence <= kept_sequence(kept))
            return SLA_DUPLICATE;
        if (update->at < kept->last_update)
            return SLA_ERROR_ORDER;
    }
    /* after a failure there may be something left to tell at now itself */
    if (update->at > engine->now || queue_moment(&engine->queue) <= update->at) {
        status = engine_fire(engine, update->at);
        if (status != SLA_OK)
            return status;
    }
    bool is_first = number == INDEX_NONE;
    if (!is_first && note_only(engine, number, update))
        return engine_deliver(engine);
    if (is_first && (number = incidents_add(&engine->incidents, id)) == INDEX_NONE)
        status = SLA_ERROR_MEMORY;
    if (status == SLA_OK) {
        status = change_incident(engine, number, update, is_first);
        if (status < SLA_OK && is_first)
            incidents_remove(&engine->incidents, number);
    }
    sla_status delivered = engine_deliver(engine);
    return status < SLA_OK || delivered == SLA_OK ? status : delivered;
}
