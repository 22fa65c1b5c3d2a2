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
    struct event_columns columns = {.zone = policy_zone(policy), .type = strlen("retargeted")};
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
    if (name == NULL)
        name = "?";
    if (strlen(name) > columns->type)
        columns->type = strlen(name);
    columns->incident = wider(columns->incident, event->incident);
    printf("%s  %s%-*s%s  ", at, style(stdout, event_style(event->type)), (int)columns->type, name,
           style(stdout, STYLE_PLAIN));
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

static void add_where_it_applies(struct json_line *line, const sla_event *event)
{
    bool is_step = event->type == SLA_EVENT_WARNING || event->type == SLA_EVENT_ESCALATION;
    if (event->percent != SLA_NO_NUMBER)
        json_line_number(line, "percent", event->percent);
    if (event->level != SLA_NO_NUMBER)
        json_line_number(line, "level", event->level);
    if (is_step)
        json_line_number(line, "repetition", event->repetition);
    if (event->notify_count > 0)
        json_line_texts(line, "notify", event->notify, event->notify_count);
    if (event->via_count > 0)
        json_line_texts(line, "via", event->via, event->via_count);
    if (event->severity.length > 0)
        json_line_text(line, "severity", event->severity);
    if (event->type == SLA_EVENT_MET || event->type == SLA_EVENT_MISSED)
        json_line_word(line, "verdict", event->type == SLA_EVENT_MET ? "met" : "missed");
    if (event->type == SLA_EVENT_MET)
        json_line_flag(line, "in_grace", (event->flags & SLA_EVENT_IN_GRACE) != 0);
    if (event->reason.length > 0)
        json_line_text(line, "reason", event->reason);
    if (event->actor.length > 0)
        json_line_text(line, "actor", event->actor);
    if (event->flags & SLA_EVENT_PROVISIONAL)
        json_line_flag(line, "provisional", true);
    if (event->line > 0)
        json_line_number(line, "line", event->line);
}

void print_event_json(struct json_line *line, const sla_event *event)
{
    static const char digits[] = "0123456789abcdef";
    char id[32];
    for (size_t i = 0; i < sizeof id; i++)
        id[i] = digits[event->id[i / 16] >> (60 - i % 16 * 4) & 15];
    json_line_begin(line);
    json_line_text(line, "id", (sla_text){id, sizeof id});
    json_line_word(line, "type", sla_event_type_name(event->type));
    json_line_text(line, "incident", event->incident);
    json_line_text(line, "agreement", event->agreement);
    json_line_word(line, "kind", sla_kind_name(event->kind));
    json_line_text(line, "metric", event->metric);
    json_line_number(line, "cycle", event->cycle);
    json_line_time(line, "at", event->at);
    json_line_time(line, "deadline", event->deadline);
    json_line_duration(line, "elapsed", event->elapsed);
    json_line_duration(line, "remaining", event->remaining);
    json_line_flag(line, "late", (event->flags & SLA_EVENT_LATE) != 0);
    add_where_it_applies(line, event);
    json_line_print(line);
}
