/* SPDX-License-Identifier: MIT */
/* The command check: every fault and warning of policies, and what a code means. */
#include "check_output.h"
#include "choose.h"
#include "horizon.h"
#include "load.h"
#include "output.h"

#include <argp.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct options {
    enum check_format format;
    bool strict, looks_ahead;
    sla_duration horizon;
    const char *explain;
    char **policies;
    size_t count;
};

enum { KEY_STRICT = 256, KEY_EXPLAIN, KEY_HORIZON };

static const char *const format_names[] = {"text", "json", "jsonl", "sarif", "github", NULL};

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
    case KEY_EXPLAIN:
        options->explain = argument;
        return 0;
    case ARGP_KEY_ARGS:
        options->policies = state->argv + state->next;
        options->count = (size_t)(state->argc - state->next);
        for (size_t i = 0, inputs = 0; i < options->count; i++) {
            inputs += strcmp(options->policies[i], "-") == 0;
            if (inputs > 1)
                argp_error(state, "standard input (-) can be read only once");
        }
        return 0;
    case ARGP_KEY_NO_ARGS:
        if (options->explain == NULL)
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
    {"explain", KEY_EXPLAIN, "CODE", 0, "Say what a code such as SLA-231 means, and stop", 0},
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

/* "SLA-231", "sla231" and "231" are the same code. */
static uint32_t read_code(const char *text)
{
    if (strncasecmp(text, "sla", 3) == 0)
        text += text[3] == '-' ? 4 : 3;
    if (!isdigit((unsigned char)*text))
        return 0;
    char *end;
    unsigned long code = strtoul(text, &end, 10);
    return *end == '\0' && code <= UINT32_MAX ? (uint32_t)code : 0;
}

static int explain(const char *text)
{
    uint32_t code = read_code(text);
    const char *explanation = code != 0 ? sla_diag_explain(code) : NULL;
    if (explanation != NULL) {
        size_t length = strlen(explanation);
        printf("%sSLA-%03u%s\n\n%s", style(stdout, STYLE_BOLD), code, style(stdout, STYLE_PLAIN),
               explanation);
        if (length == 0 || explanation[length - 1] != '\n')
            putchar('\n');
        return EXIT_FINE;
    }
    complain("there is no code '%s'; the codes are:", text);
    for (size_t i = 0; sla_diag_code_at(i) != 0; i++)
        fprintf(stderr, "%sSLA-%03u", i % 10 == 0 ? "\n  " : " ", sla_diag_code_at(i));
    fputc('\n', stderr);
    return EXIT_USAGE;
}

static void take_warning(void *report, const sla_diag *warning)
{
    check_report_add(report, warning);
}

static int check_policy(const struct options *options, const char *path,
                        struct check_report *report)
{
    struct loaded loaded;
    int found = load(path, &loaded);
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
    struct options options = {.format = CHECK_TEXT};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    if (options.explain != NULL)
        return explain(options.explain);
    struct check_report *report = check_report_new(options.format);
    int status = EXIT_FINE;
    for (size_t i = 0; i < options.count; i++) {
        int found = check_policy(&options, options.policies[i], report);
        if (found > status)
            status = found;
    }
    check_report_end(report);
    return status;
}

const struct command check_command = {
    "check",
    "POLICY...",
    "every fault, with its place",
    run_check,
};
