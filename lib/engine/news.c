/* SPDX-License-Identifier: MIT */
/* News written out as events, with the names that their numbers stand for. */
#include "engine/work.h"

#include <stddef.h>

static sla_text foreign_name(const sla_engine *engine, uint32_t index)
{
    return engine->foreign.texts.items[index & ~FOREIGN];
}

sla_text engine_metric_name(const sla_engine *engine, uint32_t metric)
{
    return is_foreign(metric) ? foreign_name(engine, metric)
                              : engine->policy->metrics[metric].name;
}

sla_text engine_agreement_name(const sla_engine *engine, uint32_t agreement)
{
    if (agreement == INDEX_NONE)
        return TEXT_NONE;
    return is_foreign(agreement) ? foreign_name(engine, agreement)
                                 : engine->policy->agreements[agreement].name;
}

sla_text engine_calendar_name(const sla_engine *engine, uint32_t calendar)
{
    if (calendar == INDEX_NONE)
        return TEXT_NONE;
    if (is_foreign(calendar))
        return foreign_name(engine, calendar);
    sla_text name;
    sla_calendar_name(engine->policy->calendars[calendar], &name);
    return name;
}

uint32_t engine_keep_name(sla_engine *engine, sla_text text)
{
    uint32_t number = text_table_find(&engine->foreign, text);
    if (number == 0) {
        sla_text copy = arena_text(&engine->foreign_texts, text);
        number = copy.data == NULL ? 0 : text_table_add(&engine->foreign, copy);
    }
    return number == 0 ? INDEX_NONE : FOREIGN | (number - 1);
}

/* What the step of an event adds, or nothing. */
static void write_step(const sla_policy *policy, const struct step *step, sla_event *out)
{
    out->notify = policy->word_lists + step->notify.first;
    out->notify_count = step->notify.count;
    out->via = policy->word_lists + step->via.first;
    out->via_count = step->via.count;
    out->level = step->level;
    out->line = step->line;
    if (step->percent > 0)
        out->percent = (int32_t)step->percent;
}

/* Field by field: clearing the struct before would take as long as the rest. */
void news_write(const sla_engine *engine, const struct news *news, sla_event *out)
{
    const sla_policy *policy = engine->policy;
    if (news->written != NULL) {
        *out = news->written->event;
        return;
    }
    out->size = sizeof *out;
    out->flags = news->flags;
    out->type = news->type;
    out->kind = news->kind;
    out->id[0] = news->id[0];
    out->id[1] = news->id[1];
    out->incident = incident_id(incident_at(&engine->incidents, news->incident));
    out->agreement = engine_agreement_name(engine, news->agreement);
    out->metric = engine_metric_name(engine, news->metric);
    out->severity = news->severity == INDEX_NONE
                        ? TEXT_NONE
                        : text_table_at(&policy->literals, policy->severities[news->severity]);
    out->reason = news->pause == INDEX_NONE ? TEXT_NONE : policy->pauses[news->pause].reason;
    out->actor = TEXT_NONE;
    out->notify = out->via = NULL;
    out->notify_count = out->via_count = 0;
    out->at = news->at;
    out->deadline = news->deadline;
    out->elapsed = news->elapsed;
    out->remaining = news->remaining;
    out->metric_index = is_foreign(news->metric) ? INDEX_NONE : news->metric;
    out->cycle = news->cycle;
    out->percent = SLA_NO_NUMBER;
    out->level = SLA_NO_NUMBER;
    out->repetition = news->repetition;
    out->line = news->line;
    if (news->step != INDEX_NONE)
        write_step(policy, &policy->steps[news->step], out);
}

#define INCIDENT_AHEAD 32u
#define BLOCK_AHEAD 16u

static void fetch_incident(const sla_engine *engine, const struct news *news)
{
    if (news->written == NULL)
        memory_prefetch(incident_at(&engine->incidents, news->incident));
}

static void fetch_block(const sla_engine *engine, const struct news *news)
{
    if (news->written != NULL)
        return;
    const char *block = (const char *)incident_at(&engine->incidents, news->incident)->kept;
    memory_prefetch(block + offsetof(struct kept, id_length));
    memory_prefetch(block + sizeof(struct kept) + 24); /* a block may lie across lines */
}

void news_fetch_first(const sla_engine *engine, const struct news *news, size_t left)
{
    for (size_t i = 0; i < left && i < INCIDENT_AHEAD; i++)
        fetch_incident(engine, &news[i]);
    for (size_t i = 0; i < left && i < BLOCK_AHEAD; i++)
        fetch_block(engine, &news[i]);
}

void news_fetch_ahead(const sla_engine *engine, const struct news *news, size_t left)
{
    if (left > INCIDENT_AHEAD)
        fetch_incident(engine, &news[INCIDENT_AHEAD]);
    if (left > BLOCK_AHEAD)
        fetch_block(engine, &news[BLOCK_AHEAD]);
}

bool news_make_written(const sla_engine *engine, struct news *news)
{
    sla_event event;
    if (news->written != NULL)
        return true;
    news_write(engine, news, &event);
    news->written = event_copy(&event, &engine->allocator);
    return news->written != NULL;
}
