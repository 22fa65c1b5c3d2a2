/* SPDX-License-Identifier: MIT */
/* What a replay comes to: clocks, verdicts and counted time per metric, severity and month. */
#include "replay_summary.h"

#include "words.h"

#include <stdlib.h>
#include <string.h>

static sla_text own_text(sla_text text)
{
    return (sla_text){copy_text(text.data, text.length), text.length};
}

static uint32_t severity_number(struct summary *summary, sla_text name)
{
    for (size_t i = 0; i < summary->severity_count; i++)
        if (summary->severities[i].length == name.length &&
            (name.length == 0 || memcmp(summary->severities[i].data, name.data, name.length) == 0))
            return (uint32_t)i;
    summary->severities = get_memory(summary->severities,
                                     (summary->severity_count + 1) * sizeof *summary->severities);
    summary->severities[summary->severity_count] = own_text(name);
    return (uint32_t)summary->severity_count++;
}

static int32_t month_of(const sla_calendar *zone, sla_time at)
{
    sla_date date;
    int32_t year, month, day;
    if (sla_calendar_date(zone, at, &date) != SLA_OK ||
        sla_date_to_civil(date, &year, &month, &day) != SLA_OK)
        return 0;
    return year * 12 + month - 1;
}

static int compare_records(const void *left, const void *right)
{
    const struct record *a = left, *b = right;
    if (a->metric != b->metric)
        return a->metric < b->metric ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->severity != b->severity)
        return a->severity < b->severity ? -1 : 1;
    return a->month < b->month ? -1 : a->month > b->month;
}

struct summary *summary_new(const sla_policy *policy)
{
    struct summary *summary = get_memory(NULL, sizeof *summary);
    *summary = (struct summary){.policy = policy, .goals = goals_new(policy)};
    sla_text name;
    for (size_t i = 0; sla_policy_severity_at(policy, i, &name); i++)
        severity_number(summary, name);
    return summary;
}

void summary_take_event(struct summary *summary, const sla_engine *engine,
                        const sla_event *event)
{
    if (event->type != SLA_EVENT_MET && event->type != SLA_EVENT_MISSED &&
        event->type != SLA_EVENT_CANCELLED && event->type != SLA_EVENT_EXEMPTED)
        return;
    sla_clock clock = {
        .size = sizeof clock,
        .incident = event->incident,
        .agreement = event->agreement,
        .metric_index = event->metric_index,
        .kind = event->kind,
    };
    struct verdict verdict = {
        .incident = event->incident,
        .metric = event->metric_index,
        .kind = event->kind,
        .cycle = event->cycle,
        .severity = severity_number(summary, event->severity),
        .goals = goals_of_clock(summary->goals, engine, &clock),
    };
    verdicts_set(&summary->verdicts, &verdict);
}

/* An ended clock belongs to the severity and the goals under which it was judged, an open one to
   today's. */
static const struct verdict *verdict_of(const struct summary *summary, const sla_clock *clock)
{
    if (clock->state == SLA_CLOCK_RUNNING || clock->state == SLA_CLOCK_PAUSED)
        return NULL;
    struct verdict verdict = {
        .incident = clock->incident,
        .metric = clock->metric_index,
        .kind = clock->kind,
        .cycle = clock->cycle,
    };
    return verdicts_find(&summary->verdicts, &verdict);
}

void summary_take_clocks(struct summary *summary, const sla_engine *engine)
{
    const sla_calendar *zone = policy_zone(summary->policy);
    sla_clock clock = {.size = sizeof clock};
    uint64_t cursor = 0;
    size_t capacity = 0;
    summary->engine = engine;
    while (sla_engine_clocks(engine, &cursor, &clock) == SLA_OK) {
        if (summary->count == capacity) {
            capacity = capacity * 2 + 1024;
            summary->records = get_memory(summary->records, capacity * sizeof *summary->records);
        }
        const struct verdict *verdict = verdict_of(summary, &clock);
        goals_count(summary->goals,
                    verdict != NULL ? verdict->goals
                                    : goals_of_clock(summary->goals, engine, &clock),
                    &clock);
        summary->records[summary->count++] = (struct record){
            .metric = clock.metric_index,
            .kind = clock.kind,
            .severity = verdict != NULL ? verdict->severity
                                        : severity_number(summary, clock.severity),
            .state = clock.state,
            .flags = clock.flags,
            .month = month_of(zone, clock.started),
            .elapsed = clock.elapsed,
        };
    }
    if (summary->count > 1)
        qsort(summary->records, summary->count, sizeof *summary->records, compare_records);
}

void summary_free(struct summary *summary)
{
    for (size_t i = 0; i < summary->severity_count; i++)
        free((char *)(uintptr_t)summary->severities[i].data);
    free(summary->severities);
    free(summary->records);
    verdicts_free(&summary->verdicts);
    goals_free(summary->goals);
    free(summary);
}

static int compare_durations(const void *left, const void *right)
{
    const sla_duration *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* By nearest rank: the smallest time that at least N % did not exceed. */
static sla_duration rank(const sla_duration *sorted, size_t count, size_t percent)
{
    return count == 0 ? SLA_DURATION_NONE : sorted[(count * percent + 99) / 100 - 1];
}

void summary_add_up(const struct record *records, size_t count, struct group *out)
{
    sla_duration *times = get_memory(NULL, count * sizeof *times);
    size_t ended = 0;
    *out = (struct group){.first = records, .clocks = count};
    for (size_t i = 0; i < count; i++) {
        const struct record *record = &records[i];
        switch (record->state) {
        case SLA_CLOCK_MET:
            out->met++;
            break;
        case SLA_CLOCK_MISSED:
            out->missed++;
            break;
        case SLA_CLOCK_CANCELLED:
            out->cancelled++;
            break;
        case SLA_CLOCK_EXEMPT:
            out->exempt++;
            break;
        default:
            out->running++;
            out->breached_running += (record->flags & SLA_CLOCK_BREACHED) != 0;
            break;
        }
        if (record->state == SLA_CLOCK_MET || record->state == SLA_CLOCK_MISSED)
            times[ended++] = record->elapsed;
    }
    if (ended > 1)
        qsort(times, ended, sizeof *times, compare_durations);
    out->median = rank(times, ended, 50);
    out->p90 = rank(times, ended, 90);
    free(times);
}

size_t summary_run(const struct summary *summary, size_t from, enum depth depth)
{
    const struct record *first = &summary->records[from];
    size_t end = from + 1;
    for (; end < summary->count; end++) {
        const struct record *record = &summary->records[end];
        if (record->metric != first->metric || record->kind != first->kind ||
            (depth >= BY_SEVERITY && record->severity != first->severity) ||
            (depth >= BY_MONTH && record->month != first->month))
            break;
    }
    return end - from;
}
