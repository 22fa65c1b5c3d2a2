/* SPDX-License-Identifier: MIT */
/* The command diff: what a change to a policy changes, in words. */
#include "diff.h"

#include "choose.h"
#include "load.h"
#include "output.h"

#include <argp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL };
struct options {
    enum format format;
    bool exit_code;
    const char *policies[2];
};

enum { KEY_EXIT_CODE = 256 };

static const char *const format_names[] = {"text", "json", "jsonl", NULL};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'f':
        options->format =
            (enum format)choose(state, "format", argument, strlen(argument), format_names);
        return 0;
    case KEY_EXIT_CODE:
        options->exit_code = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "two policies are compared: the old one and the new one");
        options->policies[state->arg_num] = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->policies[1] == NULL)
            argp_error(state, "which policies? the old one and the new one");
        if (strcmp(options->policies[0], "-") == 0 && strcmp(options->policies[1], "-") == 0)
            argp_error(state, "standard input (-) can be read only once");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"format", 'f', "FORMAT", 0,
     "text (default), json (one document), jsonl (one line a change)", 0},
    {"exit-code", KEY_EXIT_CODE, NULL, 0, "End with 1 if anything changes", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "OLD NEW",
    "Says what a change to a policy changes: promises that become tighter or looser, row by row; "
    "who is told, and when; calendars and holidays; how incidents are classified. What does not "
    "change the meaning is not told: order of keys, comments, anchors, files that are included. "
    "OLD and NEW are files, or one of them - for standard input."
    "\v"
    "Exit status: 0 done (with --exit-code: nothing changes), 1 a policy has faults (with "
    "--exit-code also: something changes), 2 wrong usage or a file that cannot be read.\n\n"
    "Examples:\n"
    "  sla-check diff old.yaml new.yaml\n"
    "  git show HEAD:policy.yaml | sla-check diff - policy.yaml\n"
    "  sla-check diff --format json old.yaml new.yaml | jq '.[] | select(.direction == "
    "\"looser\")'",
    NULL,
    NULL,
    NULL,
};

char *say(struct diff *diff, const char *format, ...)
{
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    if (diff->text_count == diff->text_capacity) {
        diff->text_capacity = diff->text_capacity * 2 + 64;
        diff->texts = get_memory(diff->texts, diff->text_capacity * sizeof *diff->texts);
    }
    return diff->texts[diff->text_count++] = text;
}

json_t *keep(struct diff *diff, json_t *value)
{
    if (value == NULL || json_array_append_new(diff->kept, value) != 0) {
        complain("out of memory");
        exit(EXIT_USAGE);
    }
    return value;
}

void diff_add(struct diff *diff, struct change change)
{
    if (diff->count == diff->capacity) {
        diff->capacity = diff->capacity * 2 + 16;
        diff->changes = get_memory(diff->changes, diff->capacity * sizeof *diff->changes);
    }
    diff->changes[diff->count++] = change;
}

/* The dump of a policy, which has nothing of how it was written. */
static bool open_side(struct side *side, sla_policy *policy)
{
    sla_text text;
    json_error_t error;
    side->policy = policy;
    side->calendars = json_object();
    side->always = json_string("24x7");
    if (sla_policy_dump(policy, SLA_DUMP_JSON, &text) == SLA_OK)
        side->root = json_loadb(text.data, text.length, JSON_ALLOW_NUL, &error);
    return side->root != NULL;
}

static void close_side(struct side *side)
{
    json_decref(side->root);
    json_decref(side->calendars);
    json_decref(side->always);
    sla_policy_unref(side->policy);
}

static void compare(struct diff *diff)
{
    static void (*const parts[])(struct diff *) = {
        diff_policy,   diff_targets,    diff_goals,    diff_escalations, diff_calendars,
        diff_holidays, diff_severities, diff_classify, diff_metrics,     diff_tests,
    };
    calendars_resolve(diff);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](diff);
}

static void print(const struct diff *diff, enum format format)
{
    json_t *list = json_array();
    for (size_t i = 0; format != FORMAT_TEXT && i < diff->count; i++) {
        json_t *change = diff_json(&diff->changes[i]);
        if (format == FORMAT_JSONL)
            print_json_line(change);
        else
            json_array_append_new(list, change);
    }
    if (format == FORMAT_TEXT)
        diff_print(diff);
    if (format == FORMAT_JSON)
        print_json_document(list);
    else
        json_decref(list);
}

static void close_diff(struct diff *diff)
{
    close_side(&diff->old);
    close_side(&diff->new);
    json_decref(diff->kept);
    json_decref(diff->renamed);
    json_decref(diff->relations);
    json_decref(diff->conjuncts);
    for (size_t i = 0; i < diff->text_count; i++)
        free(diff->texts[i]);
    free(diff->texts);
    free(diff->changes);
}

/* Both are read before anything is said, so that the faults of both are shown. */
static int load_both(const struct options *options, sla_policy *policies[2])
{
    int status = EXIT_FINE;
    for (size_t i = 0; i < 2; i++) {
        int found = load_policy_with(options->policies[i], SLA_POLICY_KEEP_DUMP, &policies[i]);
        status = found > status ? found : status;
    }
    return status;
}

static int run_diff(int count, char **arguments)
{
    struct options options = {.format = FORMAT_TEXT};
    struct diff diff = {.count = 0};
    sla_policy *policies[2];
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    int status = load_both(&options, policies);
    if (status != EXIT_FINE) {
        sla_policy_unref(policies[0]);
        sla_policy_unref(policies[1]);
        return status;
    }
    diff.kept = json_array();
    diff.renamed = json_object();
    diff.relations = json_object();
    diff.conjuncts = json_object();
    bool is_open = open_side(&diff.old, policies[0]);
    is_open = open_side(&diff.new, policies[1]) && is_open;
    if (is_open) {
        compare(&diff);
        print(&diff, options.format);
        status = options.exit_code && diff.count > 0 ? EXIT_FAULTS : EXIT_FINE;
    } else {
        complain("out of memory");
        status = EXIT_USAGE;
    }
    close_diff(&diff);
    return status;
}

const struct command diff_command = {
    "diff",
    "OLD NEW",
    "what a new version changes",
    run_diff,
};
