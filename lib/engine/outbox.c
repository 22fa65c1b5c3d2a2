/* SPDX-License-Identifier: MIT */
/* The outbox, and the writing out of events with their ids. */
#include "engine/outbox.h"

void outbox_free(struct outbox *outbox)
{
    array_free(outbox->allocator, &outbox->news);
    outbox->delivered = 0;
}

void outbox_tidy(struct outbox *outbox)
{
    if (outbox->delivered <= outbox->news.count / 2)
        return;
    outbox->news.count -= outbox->delivered;
    memmove(outbox->news.items, outbox->news.items + outbox->delivered,
            outbox->news.count * sizeof *outbox->news.items);
    outbox->delivered = 0;
}

bool outbox_add(struct outbox *outbox, const struct news *news)
{
    return array_push(outbox->allocator, &outbox->news, *news);
}

bool outbox_insert(struct outbox *outbox, size_t place, const struct news *news)
{
    if (!array_push(outbox->allocator, &outbox->news, *news))
        return false;
    memmove(outbox->news.items + place + 1, outbox->news.items + place,
            (outbox->news.count - 1 - place) * sizeof *news);
    outbox->news.items[place] = *news;
    return true;
}

void outbox_drop_first(struct outbox *outbox)
{
    if (++outbox->delivered == outbox->news.count)
        outbox->delivered = outbox->news.count = 0;
}

/* E5: the same for the same fact, whenever and wherever it is computed. */
static void write_id(const sla_policy *policy, const struct news *news, sla_text incident,
                     uint64_t out[2])
{
    struct digest digest;
    uint64_t place = 0; /* entry and place of the step, from 1 */
    for (uint32_t e = 0; news->step != INDEX_NONE && e < policy->escalation_count; e++) {
        const struct range *steps = &policy->escalations[e].steps;
        if (news->step >= steps->first && news->step - steps->first < steps->count)
            place = (uint64_t)(e + 1) << 32 | (news->step - steps->first + 1);
    }
    if (news->type == SLA_EVENT_BREACH)
        place = 0; /* one fact, whatever step speaks of it */
    digest_init(&digest, 2);
    digest_text(&digest, incident);
    digest_text(&digest, policy->metrics[news->metric].name);
    digest_number(&digest, (uint64_t)news->kind << 32 | news->cycle);
    digest_number(&digest, news->type);
    digest_number(&digest, place);
    digest_number(&digest, (uint64_t)news->round << 32 | news->repetition);
    digest_finish(&digest, out);
}

void news_write(const sla_policy *policy, const struct incidents *incidents,
                const struct news *news, sla_event *out)
{
    const struct incident *incident = incident_at(incidents, news->incident);
    *out = (sla_event){
        .size = sizeof *out,
        .flags = news->flags,
        .type = news->type,
        .kind = news->kind,
        .incident = {incident->id, incident->id_length},
        .metric = policy->metrics[news->metric].name,
        .at = news->at,
        .deadline = news->deadline,
        .elapsed = news->elapsed,
        .remaining = news->remaining,
        .metric_index = news->metric,
        .cycle = news->cycle,
        .percent = SLA_NO_NUMBER,
        .level = SLA_NO_NUMBER,
        .repetition = news->repetition,
        .line = news->line,
    };
    if (news->agreement != INDEX_NONE)
        out->agreement = policy->agreements[news->agreement].name;
    if (news->severity != INDEX_NONE)
        out->severity = text_table_at(&policy->literals, policy->severities[news->severity]);
    if (news->pause != INDEX_NONE)
        out->reason = policy->pauses[news->pause].reason;
    if (news->step != INDEX_NONE) {
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
    write_id(policy, news, out->incident, out->id);
}

static const char *const type_names[SLA_EVENT_TYPE_COUNT] = {
    [SLA_EVENT_STARTED] = "started",
    [SLA_EVENT_PAUSED] = "paused",
    [SLA_EVENT_RESUMED] = "resumed",
    [SLA_EVENT_RETARGETED] = "retargeted",
    [SLA_EVENT_REOPENED] = "reopened",
    [SLA_EVENT_EXTENDED] = "extended",
    [SLA_EVENT_CANCELLED] = "cancelled",
    [SLA_EVENT_EXEMPTED] = "exempted",
    [SLA_EVENT_WARNING] = "warning",
    [SLA_EVENT_BREACH] = "breach",
    [SLA_EVENT_BREACH_RETRACTED] = "breach_retracted",
    [SLA_EVENT_ESCALATION] = "escalation",
    [SLA_EVENT_MET] = "met",
    [SLA_EVENT_MISSED] = "missed",
};

const char *sla_event_type_name(uint32_t type)
{
    return type < SLA_EVENT_TYPE_COUNT ? type_names[type] : NULL;
}

const char *sla_kind_name(uint32_t kind)
{
    static const char *const names[] = {"sla", "ola", "uc"};
    return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}
