/* SPDX-License-Identifier: MIT */
/* Random logs and questions for threads. */
#include "life.h"

#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INCIDENTS 40
#define UPDATES 600
#define QUESTIONS 500
#define START ((sla_time)1772438400) /* 2026-03-02T08:00:00Z; a change of clocks comes later */

const char life_policy[] =
    "sla: 1\n"
    "timezone: Europe/Dublin\n"
    "calendar: office\n"
    "holidays: {some: {through: 2030-12-31, closed: [{yearly: 03-17, name: a holiday}]}}\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: [\"09:00-12:00\", \"13:00-17:00\"]}, holidays: [some]}\n"
    "severities: [urgent, normal]\n"
    "classify:\n"
    "  severity: [{when: {impact: [outage, fire]}, is: urgent}, {is: normal}]\n"
    "metrics:\n"
    "  response: {start: opened, stop: responded}\n"
    "  next_response: {start: asked, stop: responded, repeat: true}\n"
    "  resolution: {start: opened, stop: resolved, cancel: withdrawn, reopen: resume,\n"
    "               pause: [{while: {status: waiting}, limit: 4h}, {event: hold, until: unhold}]}\n"
    "targets:\n"
    "  - {when: {severity: urgent}, calendar: 24x7, response: 1h, next_response: 2h,\n"
    "     resolution: 8h}\n"
    "  - {response: {within: 1wd, grace: 1h}, next_response: 4h, resolution: 3wd}\n"
    "escalations:\n"
    "  - steps: [{at: 50%, notify: [owner]}, {at: due, notify: [boss]},\n"
    "            {at: 1h after, repeat: 1h, times: 3, when: {muted: {not: true}}}]\n";

static const char *const events[] = {"", "", "", "responded", "asked", "resolved", "reopened",
                                     "hold", "unhold", "withdrawn"};
static const char *const names[] = {"impact", "status", "muted", "colour"};
static const char *const values[] = {"outage", "waiting", "true", "fire", "working"};

static sla_text text(const char *words)
{
    return (sla_text){words, strlen(words)};
}

void life_mix(uint64_t *sum, uint64_t value)
{
    struct random random = {*sum ^ value};
    *sum = random_next(&random);
}

static void mix_text(uint64_t *sum, sla_text words)
{
    life_mix(sum, words.length);
    for (size_t i = 0; i < words.length; i++)
        life_mix(sum, (unsigned char)words.data[i]);
}

static void mix_event(uint64_t *sum, const sla_event *event)
{
    life_mix(sum, event->id[0]);
    life_mix(sum, event->id[1]);
    life_mix(sum, event->type);
    life_mix(sum, event->flags);
    life_mix(sum, (uint64_t)event->at);
    life_mix(sum, (uint64_t)event->deadline);
    life_mix(sum, (uint64_t)event->elapsed);
    mix_text(sum, event->incident);
    mix_text(sum, event->severity);
    for (size_t i = 0; i < event->notify_count; i++)
        mix_text(sum, event->notify[i]);
}

struct told {
    sla_update update;
    sla_attribute attribute;
    char incident[24];
};

/* An hour or so later each time; some updates are late news, and some of those too late. */
static void make_update(struct random *random, size_t number, struct told *told)
{
    sla_time at = START + (sla_time)number * 3000 + random_between(random, 0, 2000);
    if (random_between(random, 0, 9) == 0)
        at -= random_between(random, 0, 40000);
    snprintf(told->incident, sizeof told->incident, "incident %d",
             (int)random_between(random, 1, INCIDENTS));
    told->attribute = (sla_attribute){.name = text(names[random_between(random, 0, 3)]),
                                      .value = text(values[random_between(random, 0, 4)])};
    told->update = (sla_update){.size = sizeof told->update,
                                .incident = text(told->incident),
                                .event = text(events[random_between(random, 0, 9)]),
                                .attributes = &told->attribute,
                                .attribute_count = (size_t)random_between(random, 0, 1),
                                .at = at};
}

static void take_events(sla_engine *engine, uint64_t *sum)
{
    sla_event event = {.size = sizeof event};
    while (sla_engine_next_event(engine, &event) == SLA_OK) {
        mix_event(sum, &event);
        sla_engine_event_done(engine);
    }
}

/* The engine's bytes in a new engine, in the place of the old one. */
static sla_status start_again(sla_policy *policy, sla_engine **engine)
{
    const void *bytes;
    size_t size;
    sla_state *saved = NULL;
    sla_engine *fresh = NULL;
    sla_status status = sla_engine_save(*engine, &saved);
    if (status == SLA_OK)
        status = sla_engine_new(policy, NULL, NULL, &fresh);
    if (status == SLA_OK) {
        sla_state_bytes(saved, &bytes, &size);
        status = sla_engine_load(fresh, bytes, size, 0, NULL);
        sla_engine_free(*engine);
        *engine = fresh;
    }
    sla_state_free(saved);
    return status;
}

uint64_t life_in_an_engine(sla_policy *policy, uint64_t seed, int restart)
{
    uint64_t sum = seed, cursor = 0;
    struct random random = {seed};
    sla_engine *engine = NULL;
    sla_clock clock = {.size = sizeof clock};
    sla_status status = sla_engine_new(policy, NULL, NULL, &engine);
    for (size_t i = 0; i < UPDATES && status >= SLA_OK; i++) {
        struct told told;
        make_update(&random, i, &told);
        status = sla_engine_update(engine, &told.update);
        if (status == SLA_ERROR_ORDER)
            status = SLA_OK;
        take_events(engine, &sum);
        life_mix(&sum, (uint64_t)sla_engine_next_due(engine));
        if (i == UPDATES / 2 && restart && status >= SLA_OK)
            status = start_again(policy, &engine);
    }
    if (status >= SLA_OK)
        status = sla_engine_advance(engine, START + UPDATES * (sla_time)3000 + 40 * 86400);
    if (status >= SLA_OK)
        take_events(engine, &sum);
    while (status >= SLA_OK && sla_engine_clocks(engine, &cursor, &clock) == SLA_OK) {
        mix_text(&sum, clock.incident);
        life_mix(&sum, clock.state);
        life_mix(&sum, (uint64_t)clock.elapsed);
    }
    sla_engine_free(engine);
    return status >= SLA_OK ? sum : 0;
}

/* A row asked in a batch, and why its clock would have its deadline. */
static sla_status ask_more(const sla_policy *policy, sla_time at, const sla_attribute *attribute,
                           uint64_t *sum)
{
    uint32_t severity = 0;
    sla_time deadline = 0;
    sla_explanation *explanation = NULL;
    sla_column column = {.id = attribute->id, .values = &attribute->value};
    sla_clock_columns clock = {.size = sizeof clock, .metric = 2, .deadlines = &deadline};
    sla_evaluation evaluation = {.size = sizeof evaluation, .rows = 1, .at = &at,
                                 .columns = &column, .column_count = 1, .clocks = &clock,
                                 .clock_count = 1, .severities = &severity};
    sla_status status = sla_policy_evaluate_many(policy, &evaluation);
    if (status >= SLA_OK)
        status = sla_policy_explain(policy, at, attribute, 1, SLA_KIND_SLA, 2, &explanation);
    if (status >= SLA_OK)
        life_mix(sum, sla_explanation_text(explanation, 0, NULL, 0));
    sla_explanation_free(explanation);
    life_mix(sum, severity);
    life_mix(sum, (uint64_t)deadline);
    return status;
}

uint64_t life_of_questions(const sla_policy *policy, uint64_t seed)
{
    uint64_t sum = seed;
    struct random random = {seed};
    const sla_calendar *office = sla_policy_calendar(policy, "office", SLA_NUL_TERMINATED);
    uint32_t impact = sla_policy_attribute(policy, "impact", SLA_NUL_TERMINATED);
    sla_target target = {.size = sizeof target};
    sla_status status = sla_target_parse("3wd", SLA_NUL_TERMINATED, &target);
    for (int i = 0; i < QUESTIONS && status >= SLA_OK; i++) {
        sla_time at = START + random_between(&random, 0, 86400 * 300), answer = 0;
        sla_duration counted = 0;
        sla_classification *found = NULL;
        sla_classified_clock clock = {.size = sizeof clock};
        sla_attribute attribute = {.id = impact, .value = text(values[i % 5])};
        sla_calendar_add(office, at, 3600 * (i % 100), &answer);
        life_mix(&sum, (uint64_t)answer);
        sla_calendar_elapsed(office, at, answer + 86400, &counted);
        life_mix(&sum, (uint64_t)counted);
        sla_calendar_due(office, at, &target, &answer);
        life_mix(&sum, (uint64_t)answer);
        status = sla_policy_classify(policy, at, &attribute, 1, &found);
        for (size_t n = 0; status >= SLA_OK && sla_classification_clock(found, n, &clock); n++)
            life_mix(&sum, (uint64_t)clock.deadline);
        sla_classification_free(found);
        if (status >= SLA_OK && i % 10 == 0)
            status = ask_more(policy, at, &attribute, &sum);
    }
    return status >= SLA_OK ? sum : 0;
}

uint64_t life_by_steps(const sla_policy *policy, uint64_t seed)
{
    uint64_t sum = seed;
    struct random random = {seed};
    sla_step *last[INCIDENTS + 1] = {NULL};
    sla_status status = SLA_OK;
    for (size_t i = 0; i < UPDATES && status >= SLA_OK; i++) {
        struct told told;
        const void *bytes = NULL;
        size_t size = 0;
        sla_step *step = NULL;
        sla_event event = {.size = sizeof event};
        make_update(&random, i, &told);
        int which = atoi(told.incident + strlen("incident "));
        if (last[which] != NULL)
            sla_step_state(last[which], &bytes, &size);
        status = sla_policy_step(policy, bytes, size, &told.update, SLA_TIME_NONE, 0, &step);
        if (status == SLA_ERROR_ORDER) {
            status = SLA_OK;
            continue;
        }
        for (size_t n = 0; status >= SLA_OK && sla_step_event(step, n, &event); n++)
            mix_event(&sum, &event);
        sla_step_free(last[which]);
        last[which] = step;
    }
    for (size_t i = 0; i <= INCIDENTS; i++)
        sla_step_free(last[i]);
    return status >= SLA_OK ? sum : 0;
}
