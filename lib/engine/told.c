/* SPDX-License-Identifier: MIT */
/* What an incident has told. Ids are unique by how they are made (E5), until its history is given
 * anew: then counters may begin again that have told of other facts, and the ids are looked up. */
#include "engine/work.h"

void news_renumber(const sla_engine *engine, struct news *news, uint32_t round)
{
    news->repetition++;
    struct event_identity identity = {
        .incident = incident_id(incident_at(&engine->incidents, news->incident)),
        .metric = engine_metric_name(engine, news->metric),
        .kind = news->kind,
        .cycle = news->cycle,
        .type = news->type,
        .round = round,
        .repetition = news->repetition,
    };
    event_identify(&identity, news->id);
}

static bool was_told(const struct work *work, uint64_t id)
{
    const struct draft *draft = work->draft;
    const struct history *history =
        incident_at(&work->engine->incidents, work->number)->history;
    for (size_t i = 0; i < draft->told.count; i++)
        if (draft->told.items[i] == id)
            return true;
    for (size_t i = 0; i < draft->told_before; i++)
        if (load64(draft->packed_told + 8 * i) == id)
            return true;
    for (size_t i = 0; history != NULL && i < history->told.count; i++)
        if (history->told.items[i] == id)
            return true;
    return false;
}

bool work_is_news(const struct work *work, size_t clock, struct news *news)
{
    if (!work->draft->is_rebuilt)
        return true;
    bool is_step = news->type == SLA_EVENT_WARNING || news->type == SLA_EVENT_ESCALATION;
    while (was_told(work, news->id[0])) {
        if (is_step) /* K9: it was sent in this arming */
            return false;
        news_renumber(work->engine, news, work_clock(work, clock)->round);
    }
    return true;
}
