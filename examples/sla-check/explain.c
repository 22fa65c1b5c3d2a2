/* SPDX-License-Identifier: MIT */
/* The command explain: why a clock would have the deadline it has. */
#include "choose.h"
#include "explain_json.h"
#include "explain_text.h"
#include "incident_arguments.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

#define KIND_COUNT 3u
#define METRIC_LIMIT 256 /* for the complaint about an unknown metric */

struct options {
    struct incident_arguments incident;
    const char *metric;
    bool json, all;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {"text", "json", NULL};
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->incident.at = argument;
        return 0;
    case 'm':
        options->metric = argument;
        return 0;
    case 'A':
        options->all = true;
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
    {"metric", 'm', "METRIC", 0, "Explain this metric alone; default: all", 0},
    {"all", 'A', NULL, 0, "Every interval, also of a long target (JSON has them anyway)", 0},
    {"format", 'f', "FORMAT", 0, "text (default) or json", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY [KEY=VALUE...]",
    "Shows why an incident with these attributes has the deadlines it has: which rows of the "
    "policy match and at which lines, why earlier ones do not, and how the time counts, interval "
    "by interval, closed days and holidays named."
    "\v"
    "Example:\n"
    "  sla-check explain policy.yaml impact=outage --at 2026-11-20T17:50 --metric resolution",
    NULL,
    NULL,
    NULL,
};

/* A metric without a target is worth a word among promises to customers; of other kinds only if
   some row has it in mind. */
static bool is_worth_a_word(const sla_explanation *explanation, uint32_t kind)
{
    sla_explained_verdict verdict = {.size = sizeof verdict};
    for (size_t i = 0; sla_explanation_verdict(explanation, i, &verdict); i++)
        if ((verdict.what == SLA_VERDICT_AGREEMENT && kind == SLA_KIND_SLA) ||
            (verdict.what == SLA_VERDICT_TARGET && verdict.reason != SLA_REASON_METRIC))
            return true;
    return false;
}

/* Explains one metric after the other, kind by kind. */
struct output {
    const struct options *options;
    json_t *document, *clocks;
    size_t count;
    bool unknown_severity;
};

static int explain_clock(struct output *output, const sla_policy *policy, sla_time at,
                         uint32_t kind, uint32_t metric)
{
    const struct options *options = output->options;
    sla_explanation *explanation = NULL;
    sla_status status =
        sla_policy_explain(policy, at, options->incident.attributes, options->incident.count, kind,
                           metric, &explanation);
    if (status < 0) {
        complain("cannot explain: %s", sla_status_text(status));
        return EXIT_USAGE;
    }
    output->unknown_severity |= status == SLA_UNKNOWN_SEVERITY;
    if (!is_worth_a_word(explanation, kind)) {
        sla_explanation_free(explanation);
        return EXIT_FINE;
    }
    if (options->json) {
        if (output->count == 0)
            output->document = json_pack("{s:o, s:o, s:o}", "at", json_from_time(at),
                                         "attributes", explained_attributes(explanation),
                                         "classify", explained_classify(explanation));
        json_array_append_new(output->clocks, explained_clock(explanation));
    } else {
        if (output->count > 0)
            putchar('\n');
        print_explanation(explanation, (options->all ? SLA_TEXT_ALL_PARTS : 0) |
                                           (output->count > 0 ? SLA_TEXT_CLOCK_ALONE : 0), 0);
    }
    output->count++;
    sla_explanation_free(explanation);
    return EXIT_FINE;
}

static bool is_metric(const sla_text *name, const char *wanted)
{
    return wanted == NULL ||
           (strlen(wanted) == name->length && memcmp(wanted, name->data, name->length) == 0);
}

static int complain_about_metric(const sla_policy *policy, const char *wanted)
{
    char *names[METRIC_LIMIT + 1] = {NULL}, list[1024];
    size_t count = 0;
    sla_text name;
    while (count < METRIC_LIMIT && sla_policy_metric_at(policy, count, &name)) {
        names[count] = copy_text(name.data, name.length);
        count++;
    }
    join_words((const char *const *)names, list, sizeof list);
    const char *nearest = nearest_word(wanted, (const char *const *)names);
    if (nearest != NULL)
        complain("the policy has no metric '%s'; did you mean '%s'?", wanted, nearest);
    else
        complain("the policy has no metric '%s'; its metrics are: %s", wanted, list);
    while (count > 0)
        free(names[--count]);
    return EXIT_USAGE;
}

static int explain(const sla_policy *policy, const void *of_command)
{
    const struct options *options = of_command;
    struct output output = {.options = options};
    sla_time at;
    sla_text name;
    bool found = false;
    int status = incident_opened(policy, &options->incident, &at);
    if (status != EXIT_FINE)
        return status;
    if (options->json)
        output.clocks = json_array();
    for (uint32_t metric = 0; sla_policy_metric_at(policy, metric, &name); metric++) {
        bool wanted = is_metric(&name, options->metric);
        found |= wanted;
        for (uint32_t kind = 0; wanted && status == EXIT_FINE && kind < KIND_COUNT; kind++)
            status = explain_clock(&output, policy, at, kind, metric);
    }
    if (!found)
        status = complain_about_metric(policy, options->metric);
    if (status == EXIT_FINE) {
        tell_unused(policy, &options->incident);
        if (output.unknown_severity)
            complain("note: the policy does not list this severity; it is taken as the last one");
    }
    if (options->json && status == EXIT_FINE) {
        if (output.document == NULL)
            output.document = json_pack("{s:o}", "at", json_from_time(at));
        json_object_set(output.document, "clocks", output.clocks);
        print_json_document(output.document);
    } else if (output.count == 0 && status == EXIT_FINE) {
        puts("Nothing is promised.");
    }
    json_decref(output.clocks);
    return status;
}

static int run_explain(int count, char **arguments)
{
    struct options options = {0};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    return ask_of_policy(&options.incident, explain, &options);
}

const struct command explain_command = {
    "explain",
    "POLICY KEY=VALUE... [--at T]",
    "why: rows, then the counting",
    run_explain,
};
