/* SPDX-License-Identifier: MIT */
/* The command check: every fault and warning of policies, and what a code means. */
#include "check_explain.h"
#include "check_output.h"
#include "choose.h"
#include "horizon.h"
#include "load.h"
#include "output.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct options {
    enum check_format format;
    bool strict, looks_ahead, portable;
    sla_duration horizon;
    size_t limit; /* diagnostics shown of each policy; 0: all */
    bool explains, explained_all; /* codes, instead of checking */
    char **policies;
    size_t count;
};

enum { KEY_STRICT = 256, KEY_EXPLAIN, KEY_HORIZON, KEY_MAX_DIAGNOSTICS, KEY_PORTABLE };

#define SHOWN_BY_DEFAULT 50
#define KEPT_MIN 1000   /* of each policy, so that the first of them are found */
#define KEPT_MAX 100000 /* what the library keeps at most */

static const char *const format_names[] = {"text", "json", "jsonl", "sarif", "github", NULL};

static bool read_limit(const char *text, size_t *out)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    *out = number;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && number <= KEPT_MAX;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'f':
        options->format =
            (enum check_format)choose(state, "format", argument, strlen(argument), format_names);
        return 0;
    case KEY_STRICT:
        options->strict = true;
        return 0;
    case KEY_HORIZON:
        if (!read_horizon(argument, &options->horizon))
            argp_error(state, "cannot read the horizon '%s': write 90d or 2160h", argument);
        options->looks_ahead = true;
        return 0;
    case KEY_MAX_DIAGNOSTICS:
        if (!read_limit(argument, &options->limit))
            argp_error(state, "cannot read '%s': write a number such as 50, or 0 for all",
                       argument);
        return 0;
    case KEY_PORTABLE:
        options->portable = true;
        return 0;
    case KEY_EXPLAIN:
        options->explained_all = explain_codes(argument) && options->explained_all;
        options->explains = true;
        return 0;
    case ARGP_KEY_ARGS:
        options->policies = state->argv + state->next;
        options->count = (size_t)(state->argc - state->next);
        if (options->explains) /* --explain SLA-231 SLA-232 */
            for (size_t i = 0; i < options->count; i++)
                options->explained_all =
                    explain_codes(options->policies[i]) && options->explained_all;
        for (size_t i = 0, inputs = 0; i < options->count; i++) {
            inputs += strcmp(options->policies[i], "-") == 0;
            if (inputs > 1)
                argp_error(state, "standard input (-) can be read only once");
        }
        return 0;
    case ARGP_KEY_NO_ARGS:
        if (!options->explains)
            argp_error(state, "which policy?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"format", 'f', "FORMAT", 0,
     "text (default), json (one document), jsonl (one line a fault), sarif (for code scanning), "
     "github (annotations of a workflow)",
     0},
    {"strict", KEY_STRICT, NULL, 0, "Warnings fail too", 0},
    {"horizon", KEY_HORIZON, "TIME", 0,
     "Warn of holiday lists that end within this time from now, such as 90d", 0},
    {"portable", KEY_PORTABLE, NULL, 0,
     "Warn of scalars that other readers of YAML read differently", 0},
    {"max-diagnostics", KEY_MAX_DIAGNOSTICS, "N", 0,
     "Show at most so many of each policy; default 50, 0 for all", 0},
    {"explain", KEY_EXPLAIN, "CODE", 0,
     "Say what a code such as SLA-231 means, and stop; several with commas, list for a line on "
     "each, all for everything",
     0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY...",
    "Finds every fault and warning in policies, each with its place. POLICY is a file, or - for "
    "standard input."
    "\v"
    "Exit status: 0 no faults, 1 faults, 2 wrong usage or a file that cannot be read.\n\n"
    "Examples:\n"
    "  sla-check policy.yaml\n"
    "  sla-check check --strict --format json *.yaml\n"
    "  sla-check --explain SLA-231",
    NULL,
    NULL,
    NULL,
};

static void take_warning(void *report, const sla_diag *warning)
{
    check_report_add(report, warning);
}

static int check_policy(const struct options *options, const char *path,
                        struct check_report *report)
{
    struct loaded loaded;
    uint32_t flags = SLA_POLICY_ANALYSE | (options->portable ? SLA_POLICY_PORTABLE : 0);
    int found = load(path, flags, &loaded);
    if (found != EXIT_USAGE) {
        const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
        for (size_t i = 0; i < sla_diags_count(loaded.diags); i++)
            check_report_add(report, sla_diags_at(loaded.diags, i));
        if (options->looks_ahead && found == EXIT_FINE) {
            sla_time now = (sla_time)time(NULL);
            sla_time until =
                options->horizon < SLA_TIME_MAX - now ? now + options->horizon : SLA_TIME_MAX;
            warn_of_horizon(loaded.policy, name, now, until, take_warning, report);
        }
        size_t warnings = check_report_close(report, name, sla_diags_errors(loaded.diags));
        if (options->strict && warnings > 0)
            found = EXIT_FAULTS;
    }
    unload(&loaded);
    return found;
}

static int run_check(int count, char **arguments)
{
    struct options options = {
        .format = CHECK_TEXT, .limit = SHOWN_BY_DEFAULT, .explained_all = true};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    if (options.explains)
        return options.explained_all ? EXIT_FINE : EXIT_USAGE;
    /* The library sorts what it keeps, so that the first ones are the first ones of the file. */
    load_keeps(options.limit == 0 ? KEPT_MAX : options.limit < KEPT_MIN ? KEPT_MIN : options.limit);
    struct check_report *report = check_report_new(options.format, options.limit);
    int status = EXIT_FINE;
    for (size_t i = 0; i < options.count; i++) {
        int found = check_policy(&options, options.policies[i], report);
        if (found > status)
            status = found;
    }
    check_report_end(report, status != EXIT_USAGE);
    return status;
}

const struct command check_command = {
    "check",
    "POLICY...",
    "every fault, with its place",
    run_check,
};
