/* SPDX-License-Identifier: MIT */
/* The summary of a replay as a table for people and as JSON. */
#include "replay_summary.h"

#include "output.h"
#include "table.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>

/* The first cells of a row: what is counted. */
static void add_group(const struct summary *summary, struct table *table, const struct group *group,
                      sla_text severity)
{
    sla_text metric = {"", 0};
    sla_policy_metric_at(summary->policy, group->first->metric, &metric);
    if (group->first->kind == SLA_KIND_SLA)
        table_add(table, "%.*s", (int)metric.length, metric.data);
    else
        table_add(table, "%.*s (%s)", (int)metric.length, metric.data,
                  sla_kind_name(group->first->kind));
    if (severity.length > 0)
        table_add(table, "%.*s", (int)severity.length, severity.data);
    else
        table_add(table, "-");
}

static void add_numbers(struct table *table, const struct group *group)
{
    char text[DURATION_CAPACITY];
    table_add(table, "%s", count_text(group->clocks, text));
    table_add(table, "%s", count_text(group->met, text));
    table_add(table, "%s", count_text(group->missed, text));
    table_add(table, "%s", count_text(group->cancelled + group->exempt, text));
    table_add(table, "%s", count_text(group->running, text));
    table_add(table, "%s", count_text(group->breached_running, text));
    if (group->met + group->missed > 0)
        table_add(table, "%.2f %%",
                  100.0 * (double)group->met / (double)(group->met + group->missed));
    else
        table_add(table, "-");
    table_add(table, "%s",
              group->median != SLA_DURATION_NONE ? duration_text(group->median, text) : "-");
    table_add(table, "%s", group->p90 != SLA_DURATION_NONE ? duration_text(group->p90, text) : "-");
}

static const char *month_text(int32_t month, char buffer[DURATION_CAPACITY])
{
    snprintf(buffer, DURATION_CAPACITY, "%04d-%02d", month / 12, month % 12 + 1);
    return buffer;
}

/* The rows of one metric and severity: its months, if they are wanted, and all of them. */
static void add_severity(const struct summary *summary, struct table *table, size_t from,
                         size_t count, bool months)
{
    sla_text severity = summary->severities[summary->records[from].severity];
    struct group group;
    char text[DURATION_CAPACITY];
    for (size_t i = from; months && i < from + count;) {
        size_t length = summary_run(summary, i, BY_MONTH);
        summary_add_up(&summary->records[i], length, &group);
        add_group(summary, table, &group, severity);
        table_add(table, "%s", month_text(group.first->month, text));
        add_numbers(table, &group);
        i += length;
    }
    summary_add_up(&summary->records[from], count, &group);
    add_group(summary, table, &group, severity);
    if (months)
        table_add(table, "all");
    add_numbers(table, &group);
}

static void print_counts(const struct summary *summary, const struct replay_counts *counts)
{
    char text[DURATION_CAPACITY];
    uint64_t events = 0;
    for (uint32_t type = 1; type < SLA_EVENT_TYPE_COUNT; type++)
        events += counts->events[type];
    uint64_t incidents = sla_engine_incidents(summary->engine);
    printf("%s update%s", count_text(counts->applied, text), counts->applied == 1 ? "" : "s");
    printf(", %s incident%s", count_text(incidents, text), incidents == 1 ? "" : "s");
    printf(", %s event%s", count_text(events, text), events == 1 ? "" : "s");
    const char *separator = ": ";
    for (uint32_t type = 1; type < SLA_EVENT_TYPE_COUNT; type++) {
        if (counts->events[type] == 0)
            continue;
        printf("%s%s %s", separator, count_text(counts->events[type], text),
               sla_event_type_name(type));
        separator = ", ";
    }
    putchar('\n');
}

void summary_print_text(const struct summary *summary, const struct replay_counts *counts,
                        bool months)
{
    static const char *const headings[] = {"METRIC",      "SEVERITY", "MONTH",      ">CLOCKS",
                                           ">MET",        ">MISSED",  ">CANCELLED", ">RUNNING",
                                           ">BREACHED",   ">COMPLIANCE", ">MEDIAN", ">P90"};
    const char *wanted[sizeof headings / sizeof *headings];
    size_t count = 0;
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (months || strcmp(headings[i], "MONTH") != 0)
            wanted[count++] = headings[i];
    print_counts(summary, counts);
    if (summary->count == 0) {
        puts("No clock was started.");
        return;
    }
    putchar('\n');
    struct table *table = table_new(wanted, count);
    for (size_t i = 0; i < summary->count;) {
        size_t whole = summary_run(summary, i, BY_METRIC);
        size_t groups = 0;
        struct group group;
        for (size_t j = i; j < i + whole; groups++) {
            size_t length = summary_run(summary, j, BY_SEVERITY);
            add_severity(summary, table, j, length, months);
            j += length;
        }
        if (groups > 1) {
            summary_add_up(&summary->records[i], whole, &group);
            add_group(summary, table, &group, (sla_text){"all", 3});
            if (months)
                table_add(table, "all");
            add_numbers(table, &group);
        }
        i += whole;
    }
    table_print(table);
    goals_print(summary->goals, sla_engine_now(summary->engine));
}

static json_t *json_from_duration(sla_duration duration)
{
    return duration == SLA_DURATION_NONE ? json_null() : json_integer(duration);
}

static void set_group(json_t *object, const struct group *group)
{
    uint64_t judged = group->met + group->missed;
    json_object_update_new(
        object,
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "clocks",
                  (json_int_t)group->clocks, "met", (json_int_t)group->met, "missed",
                  (json_int_t)group->missed, "cancelled", (json_int_t)group->cancelled, "exempt",
                  (json_int_t)group->exempt, "running", (json_int_t)group->running,
                  "breached_running", (json_int_t)group->breached_running, "compliance",
                  judged > 0 ? json_real((double)group->met / (double)judged) : json_null(),
                  "median", json_from_duration(group->median), "p90",
                  json_from_duration(group->p90)));
}

static json_t *group_json(const struct summary *summary, const struct group *group, bool severity)
{
    sla_text metric = {"", 0};
    sla_policy_metric_at(summary->policy, group->first->metric, &metric);
    json_t *object = json_pack("{s:o, s:s}", "metric", json_from_text(metric), "kind",
                               sla_kind_name(group->first->kind));
    if (severity) {
        sla_text name = summary->severities[group->first->severity];
        json_object_set_new(object, "severity",
                            name.length > 0 ? json_from_text(name) : json_null());
    }
    set_group(object, group);
    return object;
}

static json_t *months_json(const struct summary *summary, size_t from, size_t count)
{
    json_t *months = json_array();
    for (size_t i = from; i < from + count;) {
        struct group group;
        char name[DURATION_CAPACITY];
        size_t length = summary_run(summary, i, BY_MONTH);
        summary_add_up(&summary->records[i], length, &group);
        json_t *object =
            json_pack("{s:s}", "month", month_text(summary->records[i].month, name));
        set_group(object, &group);
        json_array_append_new(months, object);
        i += length;
    }
    return months;
}

static json_t *counts_json(const struct replay_counts *counts)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "read", (json_int_t)counts->lines, "applied",
                     (json_int_t)counts->applied, "bad", (json_int_t)counts->bad, "duplicates",
                     (json_int_t)counts->duplicates, "after_until", (json_int_t)counts->after_until,
                     "unsorted", (json_int_t)counts->unsorted);
}

void summary_print_json(const struct summary *summary, const struct replay_counts *counts)
{
    json_t *metrics = json_array(), *severities = json_array(), *events = json_object();
    sla_text name;
    for (size_t i = 0; i < summary->count;) {
        struct group group;
        size_t whole = summary_run(summary, i, BY_METRIC);
        summary_add_up(&summary->records[i], whole, &group);
        json_array_append_new(metrics, group_json(summary, &group, false));
        for (size_t j = i; j < i + whole;) {
            size_t length = summary_run(summary, j, BY_SEVERITY);
            summary_add_up(&summary->records[j], length, &group);
            json_t *object = group_json(summary, &group, true);
            json_object_set_new(object, "months", months_json(summary, j, length));
            json_array_append_new(severities, object);
            j += length;
        }
        i += whole;
    }
    for (uint32_t type = 1; type < SLA_EVENT_TYPE_COUNT; type++)
        json_object_set_new(events, sla_event_type_name(type),
                            json_integer((json_int_t)counts->events[type]));
    sla_policy_name(summary->policy, &name);
    print_json_document(
        json_pack("{s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:o}", "policy", json_from_text(name),
                  "until", json_from_time(sla_engine_now(summary->engine)), "lines",
                  counts_json(counts),
                  "incidents", (json_int_t)sla_engine_incidents(summary->engine), "events", events,
                  "metrics", metrics, "severities", severities, "goals",
                  goals_json(summary->goals, sla_engine_now(summary->engine))));
}
