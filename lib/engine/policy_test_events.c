/* SPDX-License-Identifier: MIT */
/* What a test expects to be told in a step, and what not. */
#include "engine/policy_test.h"

#define NO_EVENT SIZE_MAX

static bool same_words(const sla_text *a, size_t count, const sla_text *b, size_t other)
{
    if (count != other)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!text_equal(a[i], b[i]))
            return false;
    return true;
}

static bool matches(const struct trial *trial, const struct expected_event *expected,
                    const sla_event *event)
{
    const sla_policy *policy = trial->policy;
    if (expected->type != event->type ||
        (expected->metric != INDEX_NONE && expected->metric != event->metric_index) ||
        (expected->kind != INDEX_NONE && expected->kind != event->kind) ||
        (expected->agreement != INDEX_NONE &&
         !text_equal(policy->agreements[expected->agreement].name, event->agreement)))
        return false;
    if ((expected->at != SLA_TIME_NONE && expected->at != event->at) ||
        (expected->percent != SLA_NO_NUMBER && expected->percent != event->percent) ||
        (expected->level != SLA_NO_NUMBER && expected->level != event->level) ||
        (expected->reason.data != NULL && !text_equal(expected->reason, event->reason)))
        return false;
    return (expected->notify == NULL || same_words(expected->notify, expected->notify_count,
                                                   event->notify, event->notify_count)) &&
           (expected->via == NULL || same_words(expected->via, expected->via_count, event->via,
                                                event->via_count));
}

/* The first told event from `from` on that is as expected. */
static size_t find(const struct trial *trial, const struct expected_event *expected, size_t from)
{
    for (size_t i = from; i < trial->told.count; i++)
        if (matches(trial, expected, &trial->told.items[i]))
            return i;
    return NO_EVENT;
}

/* All that was told from a place on, in words; `like` says which details matter. */
static sla_text told_from(struct trial *trial, size_t from, const struct expected_event *like)
{
    for (size_t i = from; i < trial->told.count; i++) {
        builder_add_c(&trial->words, i == from ? "" : ", ");
        trial_add_event(trial, &trial->told.items[i], like);
    }
    if (from >= trial->told.count)
        builder_add_c(&trial->words, from == 0 ? "no event" : "no more events");
    return trial_words(trial);
}

static void tell(struct trial *trial, uint32_t what, const struct test_place *place,
                 const struct expected_event *about, sla_text expected, sla_text got)
{
    uint32_t metric = about == NULL ? INDEX_NONE : about->metric;
    uint32_t kind = about == NULL || about->kind == INDEX_NONE ? SLA_KIND_SLA : about->kind;
    trial_tell(trial, place,
               (sla_test_mismatch){.what = what, .subject = TEXT("events"),
                                   .metric_index = metric == INDEX_NONE ? SLA_NO_INDEX : metric,
                                   .kind = kind, .expected = expected, .got = got});
}

static sla_text in_words(struct trial *trial, const struct expected_event *expected)
{
    trial_add_expected(trial, expected);
    return trial_words(trial);
}

/* Others may stand between. The first that is missing is told; behind it everything would be. */
static void check_in_order(struct trial *trial, const struct expected_events *list)
{
    size_t from = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct expected_event *expected = &list->items[i];
        size_t found = find(trial, expected, from);
        if (found == NO_EVENT) {
            sla_text words = in_words(trial, expected);
            tell(trial, SLA_MISMATCH_EVENT, &expected->place, expected, words,
                 told_from(trial, from, expected));
            return;
        }
        from = found + 1;
    }
}

static void check_only(struct trial *trial, const struct expected_events *list)
{
    static const struct expected_event plain = {
        .agreement = INDEX_NONE, .at = SLA_TIME_NONE, .percent = SLA_NO_NUMBER,
        .level = SLA_NO_NUMBER};
    for (uint32_t i = 0; i < list->count; i++) {
        const struct expected_event *expected = &list->items[i];
        if (i < trial->told.count && matches(trial, expected, &trial->told.items[i]))
            continue;
        sla_text words = in_words(trial, expected);
        tell(trial, SLA_MISMATCH_EVENT, &expected->place, expected, words,
             told_from(trial, i, expected));
        return;
    }
    if (trial->told.count > list->count)
        tell(trial, SLA_MISMATCH_UNEXPECTED, &list->place, NULL,
             list->count == 0 ? TEXT("no event") : TEXT("no more events"),
             told_from(trial, list->count, &plain));
}

static void check_never(struct trial *trial, const struct expected_events *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct expected_event *expected = &list->items[i];
        size_t found = find(trial, expected, 0);
        if (found == NO_EVENT)
            continue;
        builder_add_c(&trial->words, "no ");
        sla_text words = in_words(trial, expected);
        const sla_event *event = &trial->told.items[found];
        struct expected_event like = *expected;
        like.at = event->at;
        trial_add_event(trial, event, &like);
        struct expected_event about = *expected;
        about.metric = event->metric_index;
        about.kind = event->kind;
        tell(trial, SLA_MISMATCH_UNEXPECTED, &expected->place, &about, words,
             trial_words(trial));
    }
}

void trial_check_events(struct trial *trial)
{
    const struct test_step *step = trial_step(trial);
    if (step->in_order.is_said)
        check_in_order(trial, &step->in_order);
    if (step->only.is_said)
        check_only(trial, &step->only);
    if (step->never.is_said)
        check_never(trial, &step->never);
}
