/* SPDX-License-Identifier: MIT */
/* Forgetting an incident. */
#include "engine/work.h"

/* What waits of it must not need it any more. */
static bool write_news_of(sla_engine *engine, uint32_t number)
{
    struct outbox *outbox = &engine->outbox;
    for (size_t i = outbox->delivered; i < outbox->news.count; i++)
        if (outbox->news.items[i].incident == number &&
            !news_make_written(engine, &outbox->news.items[i]))
            return false;
    return true;
}

sla_status sla_engine_forget(sla_engine *engine, const sla_text *incident)
{
    sla_text id;
    if (engine == NULL || incident == NULL ||
        !text_from_api(incident->data, incident->length, &id))
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    uint32_t number = incidents_find(&engine->incidents, id);
    if (number == INDEX_NONE)
        return SLA_ERROR_NOT_FOUND;
    if (!write_news_of(engine, number))
        return SLA_ERROR_MEMORY;
    queue_place(&engine->queue, number, SLA_TIME_NEVER, SLA_TIME_NEVER);
    incidents_remove(&engine->incidents, number);
    engine->changes++;
    engine_rearm(engine);
    return SLA_OK;
}
