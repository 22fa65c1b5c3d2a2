/* SPDX-License-Identifier: MIT */
/* What a test expected, and what it got, in the policy's own words. */
#include "engine/policy_test.h"

#include "base/words.h"
#include "engine/explain.h"
#include "time/instant.h"

sla_text trial_words(struct trial *trial)
{
    sla_text text = arena_text(&trial->run->arena, builder_text(&trial->words));
    if (trial->words.failed || text.data == NULL)
        trial->failed = true;
    trial->words.count = 0;
    return text.data == NULL ? TEXT("") : text;
}

void trial_add_instant(struct trial *trial, sla_time at)
{
    char buffer[SLA_TIME_CAPACITY];
    if (at == SLA_TIME_NONE) {
        builder_add_c(&trial->words, "none");
        return;
    }
    size_t length = instant_format(at, trial->policy->zone, buffer);
    builder_add(&trial->words, (sla_text){buffer, length});
}

void trial_add_duration(struct trial *trial, sla_duration duration)
{
    char buffer[64];
    struct writer writer;
    writer_init(&writer, buffer, sizeof buffer);
    if (duration < 0)
        writer_add_c(&writer, "-");
    write_duration(&writer, duration < 0 ? -duration : duration);
    size_t length = writer_finish(&writer);
    builder_add(&trial->words, (sla_text){buffer, length});
}

void trial_add_metric(struct trial *trial, uint32_t metric, uint32_t kind)
{
    uint32_t kinds = trial->policy->agreement_kinds;
    builder_add(&trial->words, trial->policy->metrics[metric].name);
    if (kind == INDEX_NONE || (kinds & (kinds - 1)) == 0)
        return;
    builder_add_c(&trial->words, " ");
    builder_add_c(&trial->words, kind_words[kind]);
}

static void add_number(struct trial *trial, const char *before, int32_t number, const char *behind)
{
    builder_add_c(&trial->words, before);
    builder_add_number(&trial->words, number);
    builder_add_c(&trial->words, behind);
}

static void add_words(struct trial *trial, const char *before, const sla_text *words,
                      size_t count)
{
    builder_add_c(&trial->words, before);
    for (size_t i = 0; i < count; i++) {
        builder_add_c(&trial->words, i == 0 ? "" : " and ");
        builder_add(&trial->words, words[i]);
    }
    if (count == 0)
        builder_add_c(&trial->words, "nobody");
}

void trial_add_expected(struct trial *trial, const struct expected_event *event)
{
    builder_add_c(&trial->words, event_type_words[event->type]);
    if (event->metric != INDEX_NONE) {
        builder_add_c(&trial->words, " ");
        trial_add_metric(trial, event->metric, event->kind);
    }
    if (event->percent != SLA_NO_NUMBER)
        add_number(trial, " at ", event->percent, "%");
    if (event->level != SLA_NO_NUMBER)
        add_number(trial, " level ", event->level, "");
    if (event->agreement != INDEX_NONE) {
        builder_add_c(&trial->words, " of ");
        builder_add(&trial->words, trial->policy->agreements[event->agreement].name);
    }
    if (event->reason.data != NULL) {
        builder_add_c(&trial->words, " because of ");
        builder_add(&trial->words, event->reason);
    }
    if (event->notify != NULL)
        add_words(trial, " to ", event->notify, event->notify_count);
    if (event->via != NULL)
        add_words(trial, " via ", event->via, event->via_count);
    if (event->at != SLA_TIME_NONE) {
        builder_add_c(&trial->words, " at ");
        trial_add_instant(trial, event->at);
    }
}

static const sla_text nobody[1];

void trial_add_event(struct trial *trial, const sla_event *event,
                     const struct expected_event *like)
{
    struct expected_event shown = {
        .type = event->type, .metric = event->metric_index, .kind = event->kind,
        .agreement = INDEX_NONE, .at = SLA_TIME_NONE, .percent = event->percent,
        .level = event->level};
    if (like->agreement != INDEX_NONE)
        shown.agreement = policy_find_agreement(trial->policy, event->agreement);
    if (like->reason.data != NULL && event->reason.length > 0)
        shown.reason = event->reason;
    if (like->notify != NULL) {
        shown.notify = event->notify_count == 0 ? nobody : event->notify;
        shown.notify_count = (uint32_t)event->notify_count;
    }
    if (like->via != NULL) {
        shown.via = event->via_count == 0 ? nobody : event->via;
        shown.via_count = (uint32_t)event->via_count;
    }
    if (like->at != SLA_TIME_NONE)
        shown.at = event->at;
    trial_add_expected(trial, &shown);
}
