/* SPDX-License-Identifier: MIT */
/* The command init: a commented policy to start from. */
#include "choose.h"
#include "embed.h"
#include "load.h"
#include "new_file.h"
#include "output.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODELINE "# yaml-language-server: $schema="
#define SCHEMA_FILE "sla-policy.schema.json"

/* In the order of embedded files, which are called template/NAME. */
static const char *const template_names[] = {"minimal", "helpdesk", "after-sales", "contracts",
                                             NULL};

struct options {
    size_t template;
    const char *zone, *name, *output;
    bool has_schema;
};

enum { KEY_SCHEMA = 256 };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 't':
        options->template = choose(state, "template", argument, strlen(argument), template_names);
        return 0;
    case 'z':
        options->zone = argument;
        return 0;
    case 'n':
        if (*argument == '\0')
            argp_error(state, "a name is not empty");
        options->name = argument;
        return 0;
    case 'o':
        options->output = argument;
        return 0;
    case KEY_SCHEMA:
        options->has_schema = true;
        return 0;
    case ARGP_KEY_END:
        if (options->has_schema && options->output == NULL)
            argp_error(state, "--schema needs --output: it is written beside the policy");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"template", 't', "NAME", 0,
     "minimal (default), helpdesk (priority of impact and urgency, holidays, a pause), after-sales "
     "(visits, Chinese names), contracts (several agreements, teams in several places)",
     0},
    {"timezone", 'z', "ZONE", 0, "The policy's time zone, such as Europe/Berlin", 0},
    {"name", 'n', "TEXT", 0, "What the policy is called", 0},
    {"output", 'o', "FILE", 0, "Write to this file, which must not exist", 0},
    {"schema", KEY_SCHEMA, NULL, 0,
     "Also write " SCHEMA_FILE " beside it, for editors that complete and check", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    NULL,
    "Writes a commented policy to start from, with tests of its own."
    "\v"
    "Examples:\n"
    "  sla-check init --timezone Europe/Berlin --output policy.yaml\n"
    "  sla-check init --template helpdesk | less",
    NULL,
    NULL,
    NULL,
};

/* A text as YAML, in quotes. */
static char *quoted(const char *text)
{
    json_t *value = json_from_text((sla_text){text, strlen(text)});
    char *quotes = json_dumps(value, JSON_ENCODE_ANY);
    json_decref(value);
    return quotes;
}

/* Is this the line of a key at the top level? */
static bool is_line_of(const char *line, size_t length, const char *key)
{
    size_t known = strlen(key);
    return length > known + 1 && memcmp(line, key, known) == 0 && line[known] == ':';
}

/* "timezone: Europe/London   # why" with another value; what is said about it stays. */
static void write_value(FILE *stream, const char *key, const char *value, const char *line,
                        size_t length)
{
    const char *comment = memmem(line, length, " #", 2);
    int written = fprintf(stream, "%s: %s", key, value);
    if (comment != NULL) {
        int column = (int)(comment - line) + 1;
        fprintf(stream, "%*s%.*s", written < column ? column - written : 1, "",
                (int)(line + length - comment) - 1, comment + 1);
    }
    fputc('\n', stream);
}

static char *policy_text(const struct options *options, size_t *out_length)
{
    char file_name[64];
    snprintf(file_name, sizeof file_name, "template/%s", template_names[options->template]);
    const struct embedded *file = embedded_file(file_name);
    char *text = NULL, *name = options->name != NULL ? quoted(options->name) : NULL;
    FILE *stream = open_memstream(&text, out_length);
    if (stream == NULL)
        abort();
    const char *end = file->data + file->length;
    for (const char *line = file->data, *next; line < end; line = next) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        next = line + length + 1;
        if (length > strlen(MODELINE) && memcmp(line, MODELINE, strlen(MODELINE)) == 0) {
            if (options->has_schema)
                fprintf(stream, MODELINE "%s\n", SCHEMA_FILE);
            else if (next < end && next[0] == '#' && next[1] == '\n')
                next += 2; /* the line that only stood between them */
        } else if (name != NULL && is_line_of(line, length, "name")) {
            write_value(stream, "name", name, line, length);
        } else if (options->zone != NULL && is_line_of(line, length, "timezone")) {
            write_value(stream, "timezone", options->zone, line, length);
        } else {
            fprintf(stream, "%.*s\n", (int)length, line);
        }
    }
    free(name);
    fclose(stream);
    return text;
}

/* A zone that nobody knows would make the new policy faulty. */
static int check_text(const char *text, size_t length)
{
    sla_policy *policy = NULL;
    sla_diags *diags = NULL;
    sla_policy_options options = load_options("the new policy", 0);
    sla_status status = sla_policy_compile(text, length, &options, &policy, &diags);
    for (size_t i = 0; i < sla_diags_count(diags); i++) {
        const sla_diag *diag = sla_diags_at(diags, i);
        complain("%.*s%s%.*s", (int)diag->message.length, diag->message.data,
                 diag->hint.length > 0 ? "; " : "", (int)diag->hint.length, diag->hint.data);
    }
    sla_policy_unref(policy);
    sla_diags_free(diags);
    return status == SLA_OK ? EXIT_FINE : EXIT_USAGE;
}

/* Where the schema lies: in the folder of the policy. */
static char *beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    size_t size = folder + sizeof SCHEMA_FILE;
    char *joined = get_memory(NULL, size);
    snprintf(joined, size, "%.*s%s", (int)folder, path, SCHEMA_FILE);
    return joined;
}

static int write_schema(const char *policy)
{
    const struct embedded *schema = embedded_file(SCHEMA_FILE);
    char *path = beside(policy);
    /* one that is there already serves several policies */
    int status = access(path, F_OK) == 0 ? EXIT_FINE
                                         : write_new_file(path, schema->data, schema->length);
    free(path);
    return status;
}

static int run_init(int count, char **arguments)
{
    struct options options = {.template = 0};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    size_t length = 0;
    char *text = policy_text(&options, &length);
    int status = check_text(text, length);
    if (status == EXIT_FINE)
        status = write_new_file(options.output, text, length);
    if (status == EXIT_FINE && options.has_schema)
        status = write_schema(options.output);
    if (status == EXIT_FINE && options.output != NULL)
        fprintf(stderr, "%s is written; check it with:\n  %s check %s\n", options.output, PROGRAM,
                options.output);
    free(text);
    return status;
}

const struct command init_command = {
    "init",
    "",
    "a commented policy to start from",
    run_init,
};
