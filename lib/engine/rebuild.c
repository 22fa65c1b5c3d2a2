/* SPDX-License-Identifier: MIT */
/* Rebuilding: an incident's history, given again in full, is lived through in an engine of its own;
 * what came of it takes the place of what was. */
#include "engine/rebuild.h"

#include "base/structs.h"

/* Lives through the updates, each in its time. `*out_last`: the instant of the last one. The
   status is that of the last one that counts, or an error. */
static sla_status live_through(sla_engine *replay, sla_text id, const sla_update *updates,
                               size_t count, sla_time *out_last)
{
    const unsigned char *at = (const unsigned char *)updates;
    sla_status last = SLA_OK;
    for (size_t i = 0; i < count; i++, at += updates->size) { /* the caller's size, as arrays go */
        sla_update update;
        sla_text given;
        if (!struct_read(at, &update, sizeof update) || update.size != updates->size ||
            !text_from_api(update.incident.data, update.incident.length, &given) ||
            !text_equal(given, id))
            return SLA_ERROR_ARGUMENT;
        update.size = sizeof update;
        sla_status status = sla_engine_update(replay, &update);
        if (status < SLA_OK)
            return status;
        if (status == SLA_DUPLICATE)
            continue;
        last = status;
        *out_last = update.at;
    }
    return last;
}

/* What is older than the block: the told ids that were, the cycles that are. NULL, and
   `*out_failed` false: there is nothing. */
static struct history *make_history(const sla_allocator *allocator, const struct history *was,
                                    const struct history *is, bool *out_failed)
{
    size_t told = was == NULL ? 0 : was->told.count;
    size_t cycles = is == NULL ? 0 : is->cycles.count;
    *out_failed = false;
    if (told == 0 && cycles == 0)
        return NULL;
    struct history *history = memory_zero(allocator, sizeof *history);
    *out_failed = history == NULL || !array_reserve(allocator, &history->told, told) ||
                  !array_reserve(allocator, &history->cycles, cycles);
    if (*out_failed) {
        history_free(history, allocator);
        return NULL;
    }
    if (told > 0)
        memcpy(history->told.items, was->told.items, told * sizeof *was->told.items);
    if (cycles > 0)
        memcpy(history->cycles.items, is->cycles.items, cycles);
    history->told.count = told;
    history->cycles.count = cycles;
    history->cycle_count = is == NULL ? 0 : is->cycle_count;
    return history;
}

/* A step was sent: it is not sent again in this arming (K9). */
static bool keep_send(struct work *work, uint32_t index, const struct send *sent)
{
    struct clock *clock = work_clock(work, index);
    const struct step *step = &work->policy->steps[sent->step];
    for (size_t i = 0; i < work->draft->sends.count; i++) {
        struct send *send = &work->draft->sends.items[i];
        if (send->clock != index || send->step != sent->step)
            continue;
        if (send->count < sent->count) {
            send->count = sent->count;
            send->last_at = sent->last_at;
        }
        return true;
    }
    if (clock->escalation != INDEX_NONE) {
        struct range steps = work->policy->escalations[clock->escalation].steps;
        uint32_t place = sent->step - steps.first;
        if (place < steps.count && place < 32 && step->times <= 1) {
            clock->fired |= 1u << place;
            return true;
        }
    }
    struct send send = *sent;
    send.clock = index;
    send.is_over = step->times <= 1;
    return array_push(&work->engine->allocator, &work->draft->sends, send);
}

static bool stays_sent(const struct belief *belief, const struct step *step)
{
    return !belief->is_retracted || step_is_early(step->type, step->percent);
}

/* What was sent stays sent, as long as the arming is the same; a retraction arms `due` and later
   steps again. */
static bool keep_sends(const struct rebuild *rebuild, struct work *work, uint32_t index,
                       const struct belief *belief)
{
    const struct view *was = rebuild->engine->view;
    const struct clock *old = view_clock(was, belief->before);
    const sla_policy *policy = work->policy;
    uint32_t old_index = belief->before - (uint32_t)was->draft.past.count;
    struct range steps = {0, 0};
    if (old->escalation != INDEX_NONE)
        steps = policy->escalations[old->escalation].steps;
    for (uint32_t bit = 0; bit < 32 && bit < steps.count; bit++) {
        struct send sent = {index, steps.first + bit, 1, 0, work_clock(work, index)->origin};
        if ((old->fired >> bit & 1) != 0 &&
            stays_sent(belief, &policy->steps[sent.step]) &&
            !keep_send(work, index, &sent))
            return false;
    }
    for (size_t i = 0; i < was->draft.sends.count && !view_is_past(was, belief->before); i++) {
        const struct send *sent = &was->draft.sends.items[i];
        if (sent->clock == old_index && sent->count > 0 &&
            stays_sent(belief, &policy->steps[sent->step]) &&
            !keep_send(work, index, sent))
            return false;
    }
    return true;
}

/* Clocks that were there go on where ids and sends of before left off. */
static sla_status join(const struct rebuild *rebuild, struct work *work)
{
    const struct view *was = rebuild->engine->view, *is = rebuild->replay->view;
    for (size_t i = 0; i < rebuild->beliefs.count; i++) {
        const struct belief *belief = &rebuild->beliefs.items[i];
        if (belief->before == INDEX_NONE || belief->now == INDEX_NONE ||
            view_is_past(is, belief->now))
            continue;
        uint32_t index = belief->now - (uint32_t)is->draft.past.count;
        struct clock *clock = work_clock(work, index);
        const struct clock *old = view_clock(was, belief->before);
        if (clock->round <= old->round) {
            clock->round = old->round;
            if (!keep_sends(rebuild, work, index, belief))
                return SLA_ERROR_MEMORY;
        }
        clock->round += belief->is_retracted;
        if (clock_is_open(clock))
            work_plan(work, index);
    }
    return SLA_OK;
}

/* Takes the replay's incident into the engine's draft, tells, and puts it in its place. */
static sla_status replace(struct rebuild *rebuild, bool was_there)
{
    sla_engine *engine = rebuild->engine;
    struct draft *draft = &engine->draft;
    struct incident *incident = incident_at(&engine->incidents, rebuild->number);
    const struct incident *lived = incident_at(&rebuild->replay->incidents, 0);
    bool is_same, failed;
    sla_status status = rebuild_recall(rebuild, was_there);
    if (status == SLA_OK)
        status = kept_take(lived->kept, draft, &engine->allocator);
    if (status != SLA_OK)
        return status;
    if (was_there) {
        draft->packed_told = engine->view->draft.packed_told;
        draft->told_before = engine->view->draft.told_before;
        draft->is_rebuilt = engine->view->draft.is_rebuilt;
    } else {
        draft->told_before = 0; /* the replay's are told now */
    }
    if ((status = rebuild_tell(rebuild, &is_same)) != SLA_OK)
        return status;
    draft->is_rebuilt |= was_there && !is_same;
    struct work work = work_of_draft(engine, rebuild->number);
    if ((status = join(rebuild, &work)) != SLA_OK)
        return status;
    struct history *before = incident->history;
    struct history *after = make_history(&engine->allocator, before, lived->history, &failed);
    if (failed)
        return SLA_ERROR_MEMORY;
    incident->history = after;
    status = work_end(&work);
    if (status == SLA_OK) {
        history_free(before, &engine->allocator);
    } else {
        history_free(incident->history, &engine->allocator);
        incident->history = before;
    }
    return status;
}

/* The incident and its clocks as the replay left them, among the engine's. */
static sla_status rebuild_incident(sla_engine *engine, sla_engine *replay, sla_text id,
                                   sla_time late_before)
{
    struct rebuild rebuild = {.engine = engine, .replay = replay, .late_before = late_before};
    rebuild.number = incidents_find(&engine->incidents, id);
    bool was_there = rebuild.number != INDEX_NONE;
    if (!was_there && (rebuild.number = incidents_add(&engine->incidents, id)) == INDEX_NONE)
        return SLA_ERROR_MEMORY;
    outbox_tidy(&engine->outbox);
    size_t news_before = engine->outbox.news.count;
    sla_status status = replace(&rebuild, was_there);
    if (status != SLA_OK) {
        outbox_take_back(&engine->outbox, news_before);
        if (!was_there)
            incidents_remove(&engine->incidents, rebuild.number);
    }
    rebuild_free(&rebuild);
    return status;
}

static sla_status rebuild_with(sla_engine *engine, sla_engine *own, sla_text id,
                               const sla_update *updates, size_t count)
{
    sla_time last = SLA_TIME_NONE, late_before = engine->now;
    sla_status applied = live_through(own, id, updates, count, &last);
    sla_status status = applied < SLA_OK ? applied : SLA_OK;
    if (status == SLA_OK && (last > engine->now || queue_moment(&engine->queue) <= engine->now))
        status = engine_fire(engine, last > engine->now ? last : engine->now);
    if (status == SLA_OK)
        status = engine_fire(own, engine->now);
    if (status == SLA_OK)
        status = rebuild_incident(engine, own, id, late_before);
    return status == SLA_OK ? applied : status;
}

sla_status sla_engine_rebuild(sla_engine *engine, const sla_text *incident,
                              const sla_update *updates, size_t count)
{
    sla_text id;
    sla_engine *own;
    if (engine == NULL || incident == NULL || updates == NULL || count == 0 ||
        !text_from_api(incident->data, incident->length, &id))
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    sla_engine_options options = {.size = sizeof options, .allocator = &engine->host};
    sla_status status = sla_engine_new(engine->policy, NULL, &options, &own);
    if (status != SLA_OK)
        return status;
    status = rebuild_with(engine, own, id, updates, count);
    sla_engine_free(own);
    sla_status delivered = engine_deliver(engine);
    return status < SLA_OK || delivered == SLA_OK ? status : delivered;
}
