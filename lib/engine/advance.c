/* SPDX-License-Identifier: MIT */
/* Advancing: what becomes known as time passes is told in order and delivered (E1, E4, E6, E7). */
#include "base/checked.h"
#include "base/structs.h"
#include "engine/work.h"

/* Fires the first fact of an incident, by taking it out. */
static sla_status fire_taken(sla_engine *engine, uint32_t number)
{
    size_t news_before = engine->outbox.news.count;
    struct work work;
    struct fact fact;
    sla_status status = work_begin(&work, engine, number);
    if (status != SLA_OK)
        return status;
    /* as long as this incident stays first, its draft need not be put back */
    bool found = fact_next(&work, &fact);
    sla_time moment = fact.moment, at = fact.at;
    while (status == SLA_OK && found && fact.moment == moment && fact.at == at) {
        status = fact_fire(&work, &fact);
        found = fact_next(&work, &fact);
    }
    if (status == SLA_OK)
        status = work_end(&work);
    if (status != SLA_OK)
        outbox_take_back(&engine->outbox, news_before);
    return status;
}

/* Fires the first fact of the first incident in line. */
static sla_status fire_first(sla_engine *engine)
{
    sla_time moment = queue_moment(&engine->queue);
    uint32_t number = queue_first(&engine->queue);
    bool done = false;
    sla_status status = fire_in_place(engine, number, &done);
    if (status == SLA_OK && !done)
        status = fire_taken(engine, number);
    if (status == SLA_OK && moment > engine->now)
        engine->now = moment;
    return status;
}

sla_status engine_fire(sla_engine *engine, sla_time now)
{
    outbox_tidy(&engine->outbox);
    while (queue_moment(&engine->queue) <= now) {
        sla_status status = fire_first(engine);
        if (status != SLA_OK)
            return status;
    }
    if (now > engine->now)
        engine->now = now;
    return SLA_OK;
}

void engine_rearm(sla_engine *engine)
{
    sla_time due = queue_moment(&engine->queue);
    if (engine->callbacks.on_rearm == NULL || due == engine->told_due)
        return;
    engine->told_due = due;
    engine->busy = 1;
    engine->callbacks.on_rearm(engine->callbacks.user, due);
    engine->busy = 0;
}

sla_status engine_deliver(sla_engine *engine)
{
    sla_status status = SLA_OK;
    const struct news *news;
    engine->busy = 1;
    while (engine->callbacks.on_event != NULL && status == SLA_OK &&
           (news = outbox_first(&engine->outbox)) != NULL) {
        sla_event event;
        news_fetch_ahead(engine, news, outbox_waiting(&engine->outbox));
        news_write(engine, news, &event);
        if (engine->callbacks.on_event(engine->callbacks.user, &event) != 0)
            status = SLA_DELIVERY_REFUSED;
        else
            outbox_drop_first(&engine->outbox, 1);
    }
    engine->busy = 0;
    engine_rearm(engine);
    return status;
}

sla_status sla_engine_advance(sla_engine *engine, sla_time now)
{
    if (engine == NULL)
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    if (!time_in_range(now))
        return SLA_ERROR_RANGE;
    sla_status status = engine_fire(engine, now);
    sla_status delivered = engine_deliver(engine);
    return status != SLA_OK ? status : delivered;
}

sla_time sla_engine_next_due(const sla_engine *engine)
{
    return engine == NULL ? SLA_TIME_NEVER : queue_moment(&engine->queue);
}

sla_time sla_engine_now(const sla_engine *engine)
{
    return engine == NULL ? SLA_TIME_NONE : engine->now;
}

sla_status sla_engine_next_event(const sla_engine *engine, sla_event *out_event)
{
    if (engine == NULL || out_event == NULL)
        return SLA_ERROR_ARGUMENT;
    const struct news *news = outbox_first(&engine->outbox);
    if (news == NULL)
        return SLA_EMPTY;
    sla_event event;
    news_write(engine, news, &event);
    return struct_write(out_event, &event, sizeof event) ? SLA_OK : SLA_ERROR_ARGUMENT;
}

sla_status sla_engine_events_done(sla_engine *engine, size_t count)
{
    if (engine == NULL)
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    if (count > outbox_waiting(&engine->outbox))
        return SLA_EMPTY;
    outbox_drop_first(&engine->outbox, count);
    return SLA_OK;
}

sla_status sla_engine_event_done(sla_engine *engine)
{
    return sla_engine_events_done(engine, 1);
}

size_t sla_engine_events_waiting(const sla_engine *engine)
{
    return engine == NULL ? 0 : outbox_waiting(&engine->outbox);
}

sla_status sla_engine_deliver(sla_engine *engine)
{
    if (engine == NULL)
        return SLA_ERROR_ARGUMENT;
    return engine->busy ? SLA_ERROR_BUSY : engine_deliver(engine);
}
