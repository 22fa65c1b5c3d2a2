/* SPDX-License-Identifier: MIT */
/* Events as lines: for people, or as JSON. */
#include "replay_print.h"

#include "output.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>

static enum style event_style(uint32_t type)
{
    switch (type) {
    case SLA_EVENT_MET:
        return STYLE_GREEN;
    case SLA_EVENT_MISSED:
    case SLA_EVENT_BREACH:
        return STYLE_RED;
    case SLA_EVENT_WARNING:
    case SLA_EVENT_ESCALATION:
        return STYLE_YELLOW;
    case SLA_EVENT_STARTED:
        return STYLE_PLAIN;
    default:
        return STYLE_DIM;
    }
}

static void print_words(const char *before, const sla_text *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputs(i == 0 ? before : ", ", stdout);
        print_visible(stdout, words[i].data, words[i].length);
    }
}

static void print_deadline(const sla_calendar *zone, const sla_event *event)
{
    char text[SLA_TIME_CAPACITY], left[DURATION_CAPACITY];
    if (event->deadline != SLA_TIME_NONE &&
        sla_calendar_format_time(zone, event->deadline, text) > 0)
        printf("  due %s", text);
    if (event->remaining == SLA_DURATION_NONE || event->remaining == 0)
        return;
    if (event->remaining > 0)
        printf("  %s left", duration_text(event->remaining, left));
    else
        printf("  %s over", duration_text(-event->remaining, left));
}

/* "took 9h of 8h": what was used, and what was allowed; "took 9h, due 2h before it started" where
   an instant was agreed that had already passed (D6). */
static void print_verdict(const sla_event *event)
{
    char used[DURATION_CAPACITY], text[DURATION_CAPACITY];
    sla_duration budget = event->elapsed + event->remaining;
    printf("  took %s", duration_text(event->elapsed, used));
    if (budget >= 0)
        printf(" of %s", duration_text(budget, text));
    else
        printf(", due %s before it started", duration_text(-budget, text));
    if (event->flags & SLA_EVENT_IN_GRACE)
        fputs(", in grace", stdout);
}

static size_t wider(size_t width, sla_text text)
{
    size_t own = text_width(text.data, text.length);
    return own > width ? own : width;
}

struct event_columns event_columns_of(const sla_policy *policy)
{
    struct event_columns columns = {.zone = policy_zone(policy)};
    sla_text name;
    for (size_t i = 0; sla_policy_metric_at(policy, i, &name); i++)
        columns.metric = wider(columns.metric, name);
    for (size_t i = 0; sla_policy_severity_at(policy, i, &name); i++)
        columns.severity = wider(columns.severity, name);
    return columns;
}

/* Spaces that fill a column up to its width. */
static void fill(size_t width, size_t used)
{
    if (used < width)
        printf("%*s", (int)(width - used), "");
}

/* "resolution#2 (ola)": the cycle and the kind only where they are not the usual ones. */
static void print_metric(const struct event_columns *columns, const sla_event *event)
{
    size_t used = text_width(event->metric.data, event->metric.length);
    fputs("  ", stdout);
    print_visible(stdout, event->metric.data, event->metric.length);
    if (event->cycle > 1)
        used += (size_t)printf("#%" PRIu32, event->cycle);
    if (event->kind != SLA_KIND_SLA)
        used += (size_t)printf(" (%s)", sla_kind_name(event->kind));
    fill(columns->metric, used);
    if (event->severity.length > 0) {
        fputs("  [", stdout);
        print_visible(stdout, event->severity.data, event->severity.length);
        putchar(']');
        fill(columns->severity, text_width(event->severity.data, event->severity.length));
    }
}

void print_event_text(struct event_columns *columns, const sla_event *event)
{
    char at[SLA_TIME_CAPACITY] = "";
    const char *name = sla_event_type_name(event->type);
    sla_calendar_format_time(columns->zone, event->at, at);
    columns->incident = wider(columns->incident, event->incident);
    printf("%s  %s%-10s%s  ", at, style(stdout, event_style(event->type)),
           name != NULL ? name : "?", style(stdout, STYLE_PLAIN));
    print_visible(stdout, event->incident.data, event->incident.length);
    fill(columns->incident, text_width(event->incident.data, event->incident.length));
    print_metric(columns, event);
    if (event->type == SLA_EVENT_MET || event->type == SLA_EVENT_MISSED)
        print_verdict(event);
    else
        print_deadline(columns->zone, event);
    if (event->percent != SLA_NO_NUMBER)
        printf("  %" PRId32 "%%", event->percent);
    if (event->level != SLA_NO_NUMBER)
        printf("  level %" PRId32, event->level);
    print_words("  notify ", event->notify, event->notify_count);
    print_words("  via ", event->via, event->via_count);
    print_words("  reason: ", &event->reason, event->reason.length > 0);
    print_words("  by ", &event->actor, event->actor.length > 0);
    if (event->flags & SLA_EVENT_LATE)
        fputs("  late", stdout);
    if (event->flags & SLA_EVENT_PROVISIONAL)
        fputs("  provisional", stdout);
    putchar('\n');
}

/* Keys are ours, so that they need no check; this halves the time of a long replay. */
static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}

static void set_text(json_t *object, const char *key, sla_text text)
{
    if (text.length > 0)
        set(object, key, json_from_text(text));
}

static void set_words(json_t *object, const char *key, const sla_text *words, size_t count)
{
    if (count == 0)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_from_text(words[i]));
    set(object, key, list);
}

static json_t *json_from_duration(sla_duration duration)
{
    return duration == SLA_DURATION_NONE ? json_null() : json_integer(duration);
}

static void set_where_it_applies(json_t *object, const sla_event *event)
{
    bool is_step = event->type == SLA_EVENT_WARNING || event->type == SLA_EVENT_ESCALATION;
    if (event->percent != SLA_NO_NUMBER)
        set(object, "percent", json_integer(event->percent));
    if (event->level != SLA_NO_NUMBER)
        set(object, "level", json_integer(event->level));
    if (is_step)
        set(object, "repetition", json_integer(event->repetition));
    set_words(object, "notify", event->notify, event->notify_count);
    set_words(object, "via", event->via, event->via_count);
    set_text(object, "severity", event->severity);
    if (event->type == SLA_EVENT_MET || event->type == SLA_EVENT_MISSED)
        set(object, "verdict", json_string(event->type == SLA_EVENT_MET ? "met" : "missed"));
    if (event->type == SLA_EVENT_MET)
        set(object, "in_grace", json_boolean((event->flags & SLA_EVENT_IN_GRACE) != 0));
    set_text(object, "reason", event->reason);
    set_text(object, "actor", event->actor);
    if (event->flags & SLA_EVENT_PROVISIONAL)
        set(object, "provisional", json_true());
    if (event->line > 0)
        set(object, "line", json_integer(event->line));
}

void print_event_json(const sla_event *event)
{
    char id[33];
    json_t *object = json_object();
    snprintf(id, sizeof id, "%016" PRIx64 "%016" PRIx64, event->id[0], event->id[1]);
    set(object, "id", json_string(id));
    set(object, "type", json_string(sla_event_type_name(event->type)));
    set(object, "incident", json_from_text(event->incident));
    set(object, "agreement", json_from_text(event->agreement));
    set(object, "kind", json_string(sla_kind_name(event->kind)));
    set(object, "metric", json_from_text(event->metric));
    set(object, "cycle", json_integer(event->cycle));
    set(object, "at", json_from_time(event->at));
    set(object, "deadline", json_from_time(event->deadline));
    set(object, "elapsed", json_from_duration(event->elapsed));
    set(object, "remaining", json_from_duration(event->remaining));
    set(object, "late", json_boolean((event->flags & SLA_EVENT_LATE) != 0));
    set_where_it_applies(object, event);
    print_json_line(object);
}
