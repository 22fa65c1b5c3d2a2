/* SPDX-License-Identifier: MIT */
/* News written out as events, with the names that their numbers stand for. */
#include "engine/work.h"

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

void news_write(const sla_engine *engine, const struct news *news, sla_event *out)
{
    const sla_policy *policy = engine->policy;
    if (news->written != NULL) {
        *out = news->written->event;
        return;
    }
    *out = (sla_event){
        .size = sizeof *out,
        .flags = news->flags,
        .type = news->type,
        .kind = news->kind,
        .id = {news->id[0], news->id[1]},
        .incident = incident_id(incident_at(&engine->incidents, news->incident)),
        .agreement = engine_agreement_name(engine, news->agreement),
        .metric = engine_metric_name(engine, news->metric),
        .at = news->at,
        .deadline = news->deadline,
        .elapsed = news->elapsed,
        .remaining = news->remaining,
        .metric_index = is_foreign(news->metric) ? INDEX_NONE : news->metric,
        .cycle = news->cycle,
        .percent = SLA_NO_NUMBER,
        .level = SLA_NO_NUMBER,
        .repetition = news->repetition,
        .line = news->line,
    };
    if (news->severity != INDEX_NONE)
        out->severity = text_table_at(&policy->literals, policy->severities[news->severity]);
    if (news->pause != INDEX_NONE)
        out->reason = policy->pauses[news->pause].reason;
    if (news->step == INDEX_NONE)
        return;
    const struct step *step = &policy->steps[news->step];
    out->notify = policy->word_lists + step->notify.first;
    out->notify_count = step->notify.count;
    out->via = policy->word_lists + step->via.first;
    out->via_count = step->via.count;
    out->level = step->level;
    out->line = step->line;
    if (step->percent > 0)
        out->percent = (int32_t)step->percent;
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
