/* SPDX-License-Identifier: MIT */
/* The command classify: what a policy makes of one incident. */
#include "choose.h"
#include "incident_arguments.h"
#include "output.h"
#include "table.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct options {
    struct incident_arguments incident;
    bool json;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {"text", "json", NULL};
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->incident.at = argument;
        return 0;
    case 'f':
        options->json = choose(state, "format", argument, strlen(argument), formats) == 1;
        return 0;
    default:
        return parse_incident(key, argument, state, &options->incident);
    }
}

static const struct argp_option option_table[] = {
    {"at", 'a', "TIME", 0, INCIDENT_AT_HELP, 0},
    {"format", 'f', "FORMAT", 0, "text (default) or json", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY [KEY=VALUE...]",
    "Shows what a policy makes of an incident with these attributes: what is derived from them, "
    "which agreement applies, and every target with its deadline."
    "\v"
    "Example:\n"
    "  sla-check classify policy.yaml impact=outage --at 2026-11-20T17:50",
    NULL,
    NULL,
    NULL,
};

#define WITHIN_CAPACITY (DURATION_CAPACITY + 8)

/* How long is allowed, as a policy writes it; NULL for an agreed instant. */
static const char *within_text(const sla_classified_clock *clock, char buffer[WITHIN_CAPACITY])
{
    switch (clock->unit) {
    case SLA_UNIT_SECONDS:
        return duration_text(clock->amount, buffer);
    case SLA_UNIT_WORKDAYS:
        snprintf(buffer, WITHIN_CAPACITY, "%" PRId64 "wd", clock->amount);
        return buffer;
    case SLA_UNIT_DAYS:
        snprintf(buffer, WITHIN_CAPACITY, "%" PRId64 "d", clock->amount);
        return buffer;
    default:
        return NULL;
    }
}

/* "close" or "16:00"; NULL for the same time, the default. */
static const char *due_text(const sla_classified_clock *clock, char buffer[WITHIN_CAPACITY])
{
    if (clock->unit != SLA_UNIT_WORKDAYS || clock->due == SLA_DUE_SAME_TIME)
        return NULL;
    return clock->due == SLA_DUE_CLOSE ? "close" : time_of_day_text(clock->due_time, buffer);
}

static const char *cutoff_text(const sla_classified_clock *clock, char buffer[WITHIN_CAPACITY])
{
    if (clock->unit != SLA_UNIT_WORKDAYS || clock->cutoff == SLA_NO_CUTOFF)
        return NULL;
    return time_of_day_text(clock->cutoff, buffer);
}

static json_t *clock_json(const sla_classified_clock *clock)
{
    char text[WITHIN_CAPACITY];
    bool known = clock->status == SLA_OK;
    const char *within = within_text(clock, text);
    json_t *item = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:b, s:I}", "agreement",
                             json_from_text(clock->agreement), "kind", sla_kind_name(clock->kind),
                             "metric", json_from_text(clock->metric), "within",
                             within != NULL ? json_string(within) : json_null(), "calendar",
                             json_from_text(clock->calendar), "deadline",
                             json_from_time(known ? clock->deadline : SLA_TIME_NONE), "provisional",
                             (int)clock->provisional, "line", (json_int_t)clock->line);
    if (due_text(clock, text) != NULL)
        json_object_set_new(item, "due", json_string(due_text(clock, text)));
    if (cutoff_text(clock, text) != NULL)
        json_object_set_new(item, "cutoff", json_string(cutoff_text(clock, text)));
    if (clock->grace > 0)
        json_object_set_new(item, "grace", json_string(duration_text(clock->grace, text)));
    if (!known)
        json_object_set_new(item, "error", json_string(sla_status_text(clock->status)));
    return item;
}

static void print_json(const sla_classification *result, sla_time at)
{
    json_t *attributes = json_object(), *clocks = json_array();
    sla_text name, value;
    for (size_t i = 0; sla_classification_derived(result, i, &name, &value); i++) {
        char *key = copy_text(name.data, name.length);
        json_object_set_new(attributes, key, json_from_text(value));
        free(key);
    }
    sla_text severity = {NULL, 0};
    sla_classification_severity(result, &severity);
    if (severity.length > 0)
        json_object_set_new(attributes, "severity", json_from_text(severity));
    sla_classified_clock clock = {.size = sizeof clock};
    for (size_t i = 0; sla_classification_clock(result, i, &clock); i++)
        json_array_append_new(clocks, clock_json(&clock));
    print_json_document(json_pack("{s:o, s:o, s:o}", "at", json_from_time(at), "attributes",
                                  attributes, "clocks", clocks));
}

static void print_fact(const char *name, size_t name_length, const char *value, size_t value_length,
                       size_t width)
{
    size_t own = text_width(name, name_length);
    fputs(style(stdout, STYLE_BOLD), stdout);
    print_visible(stdout, name, name_length);
    printf("%s%*s  ", style(stdout, STYLE_PLAIN), own < width ? (int)(width - own) : 0, "");
    print_visible(stdout, value, value_length);
    putchar('\n');
}

static void print_facts(const sla_policy *policy, const sla_classification *result, sla_time at)
{
    char opened[WEEKDAY_TIME_CAPACITY];
    sla_text name, value, severity = {NULL, 0};
    size_t width = strlen("severity");
    bool has_severity = false;
    for (size_t i = 0; sla_classification_derived(result, i, &name, &value); i++) {
        size_t own = text_width(name.data, name.length);
        width = own > width ? own : width;
        has_severity = has_severity || (name.length == 8 && memcmp(name.data, "severity", 8) == 0);
    }
    weekday_time_text(policy_zone(policy), at, opened);
    print_fact("opened", 6, opened, strlen(opened), width);
    for (size_t i = 0; sla_classification_derived(result, i, &name, &value); i++)
        print_fact(name.data, name.length, value.data, value.length, width);
    sla_classification_severity(result, &severity);
    if (!has_severity && severity.length > 0)
        print_fact("severity", 8, severity.data, severity.length, width);
    putchar('\n');
}

static void add_within(struct table *table, const sla_classified_clock *clock)
{
    char within[WITHIN_CAPACITY], due[WITHIN_CAPACITY], cutoff[WITHIN_CAPACITY];
    char grace[WITHIN_CAPACITY];
    const char *within_word = within_text(clock, within);
    const char *due_word = due_text(clock, due), *cutoff_word = cutoff_text(clock, cutoff);
    table_add(table, "%s%s%s%s%s%s%s", within_word != NULL ? within_word : "as agreed",
              due_word != NULL ? ", due " : "", due_word != NULL ? due_word : "",
              cutoff_word != NULL ? ", cutoff " : "", cutoff_word != NULL ? cutoff_word : "",
              clock->grace > 0 ? ", grace " : "",
              clock->grace > 0 ? duration_text(clock->grace, grace) : "");
}

static void print_text(const sla_policy *policy, const sla_classification *result, sla_time at)
{
    static const char *const headings[] = {"METRIC",   "AGREEMENT", "WITHIN",
                                           "CALENDAR", "DEADLINE",  ">LINE"};
    print_facts(policy, result, at);
    sla_classified_clock clock = {.size = sizeof clock};
    if (!sla_classification_clock(result, 0, &clock)) {
        puts("No target applies.");
        return;
    }
    struct table *table = table_new(headings, sizeof headings / sizeof *headings);
    bool provisional = false;
    for (size_t i = 0; sla_classification_clock(result, i, &clock); i++) {
        char deadline[WEEKDAY_TIME_CAPACITY];
        bool known = clock.status == SLA_OK;
        table_add(table, "%.*s", (int)clock.metric.length, clock.metric.data);
        if (clock.kind == SLA_KIND_SLA)
            table_add(table, "%.*s", (int)clock.agreement.length, clock.agreement.data);
        else
            table_add(table, "%.*s (%s)", (int)clock.agreement.length, clock.agreement.data,
                      sla_kind_name(clock.kind));
        add_within(table, &clock);
        table_add(table, "%.*s", (int)clock.calendar.length, clock.calendar.data);
        if (known)
            table_add(table, "%s%s",
                      weekday_time_text(clock.calendar_handle, clock.deadline, deadline),
                      clock.provisional ? " (provisional)" : "");
        else
            table_add(table, "%s", sla_status_text(clock.status));
        table_add(table, "%u", clock.line);
        provisional = provisional || clock.provisional;
    }
    table_print(table);
    if (provisional)
        puts("\nprovisional: later than the holiday lists speak for");
}

static int classify(const sla_policy *policy, const void *of_command)
{
    const struct options *options = of_command;
    const struct incident_arguments *incident = &options->incident;
    sla_time at;
    if (incident_opened(policy, incident, &at) != EXIT_FINE)
        return EXIT_USAGE;
    sla_classification *result = NULL;
    sla_status status =
        sla_policy_classify(policy, at, incident->attributes, incident->count, &result);
    if (status < 0) {
        complain("cannot classify: %s", sla_status_text(status));
        return EXIT_USAGE;
    }
    tell_unused(policy, incident);
    if (status == SLA_UNKNOWN_SEVERITY)
        complain("note: the policy does not list this severity; it is taken as the last one");
    if (options->json)
        print_json(result, at);
    else
        print_text(policy, result, at);
    sla_classification_free(result);
    return EXIT_FINE;
}

static int run_classify(int count, char **arguments)
{
    struct options options = {0};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    return ask_of_policy(&options.incident, classify, &options);
}

const struct command classify_command = {
    "classify",
    "POLICY KEY=VALUE... [--at T]",
    "what is promised, and by when",
    run_classify,
};
