/* SPDX-License-Identifier: MIT */
/* The command dump: a policy in its canonical form. */
#include "choose.h"
#include "load.h"
#include "output.h"

#include <argp.h>
#include <string.h>

struct options {
    uint32_t format;
    const char *policy;
};

static const char *const format_names[] = {"yaml", "json", NULL};
static const uint32_t formats[] = {SLA_DUMP_YAML, SLA_DUMP_JSON};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'f':
        options->format =
            formats[choose(state, "format", argument, strlen(argument), format_names)];
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one policy at a time");
        options->policy = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which policy?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"format", 'f', "FORMAT", 0, "yaml (default) or json; both are policies again", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY",
    "Prints a policy in one canonical form: included files merged in, anchors written out, keys in "
    "the order of the language, durations and dates in one form. Comments and keys that begin with "
    "x- are left out. POLICY is a file, or - for standard input."
    "\v"
    "Exit status: 0 fine, 1 the policy has faults, 2 wrong usage or a file that cannot be read.\n\n"
    "Examples:\n"
    "  sla-check dump policy.yaml\n"
    "  sla-check dump --format json policy.yaml | jq '.targets'",
    NULL,
    NULL,
    NULL,
};

static int run_dump(int count, char **arguments)
{
    struct options options = {.format = SLA_DUMP_YAML};
    sla_policy *policy;
    sla_text text;
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    int status = load_policy_with(options.policy, SLA_POLICY_KEEP_DUMP, &policy);
    if (status != EXIT_FINE)
        return status;
    if (sla_policy_dump(policy, options.format, &text) == SLA_OK)
        fwrite(text.data, 1, text.length, stdout);
    sla_policy_unref(policy);
    return EXIT_FINE;
}

const struct command dump_command = {
    "dump",
    "POLICY [--format json]",
    "the policy in one canonical form",
    run_dump,
};
