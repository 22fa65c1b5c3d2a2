/* SPDX-License-Identifier: MIT */
/* The command schema: the JSON Schema of policies, for editors and other programs. */
#include "embed.h"
#include "new_file.h"

#include <argp.h>

struct options {
    bool included;
    const char *output;
};

enum { KEY_INCLUDED = 256 };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case KEY_INCLUDED:
        options->included = true;
        return 0;
    case 'o':
        options->output = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"included", KEY_INCLUDED, NULL, 0,
     "The schema of files that policies include: holidays and calendars", 0},
    {"output", 'o', "FILE", 0, "Write to this file, which must not exist", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    NULL,
    "Prints the JSON Schema (draft-07) of policies. Editors complete and check with it while you "
    "type; sla-check finds more, such as names that nothing bears."
    "\v"
    "Editors with a language server for YAML find it by a line at the top of the policy:\n"
    "  # yaml-language-server: $schema=sla-policy.schema.json\n\n"
    "Example:\n"
    "  sla-check schema --output sla-policy.schema.json",
    NULL,
    NULL,
    NULL,
};

static int run_schema(int count, char **arguments)
{
    struct options options = {.included = false};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    const struct embedded *schema =
        embedded_file(options.included ? "sla-included.schema.json" : "sla-policy.schema.json");
    return write_new_file(options.output, schema->data, schema->length);
}

const struct command schema_command = {
    "schema",
    "",
    "the JSON Schema of policies",
    run_schema,
};
