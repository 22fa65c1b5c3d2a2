/* SPDX-License-Identifier: MIT */
/* The arguments of the command replay. */
#include "replay_options.h"

#include "choose.h"
#include "words.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_UNTIL = 256,
    KEY_EVENTS,
    KEY_MAP,
    KEY_SORT,
    KEY_SUMMARY,
    KEY_KEEP_GOING,
    KEY_NO_EVENTS,
    KEY_MONTHS,
};

static void read_events(struct replay_options *options, struct argp_state *state, const char *list)
{
    const char *names[SLA_EVENT_TYPE_COUNT];
    for (uint32_t type = 1; type < SLA_EVENT_TYPE_COUNT; type++)
        names[type - 1] = sla_event_type_name(type);
    names[SLA_EVENT_TYPE_COUNT - 1] = NULL;
    sla_text part;
    while (next_part(&list, &part))
        options->events |= 2u << choose(state, "event", part.data, part.length, names);
}

static void read_renames(struct replay_options *options, struct argp_state *state, const char *list)
{
    sla_text part;
    while (next_part(&list, &part)) {
        const char *equals = memchr(part.data, '=', part.length);
        if (equals == NULL || equals == part.data || equals + 1 == part.data + part.length)
            argp_error(state, "cannot read --map '%.*s': write incident=COLUMN,at=COLUMN",
                       (int)part.length, part.data);
        size_t before = (size_t)(equals - part.data);
        options->renames =
            get_memory(options->renames, (options->rename_count + 1) * sizeof *options->renames);
        options->renames[options->rename_count++] = (struct log_rename){
            .name = {part.data, before},
            .column = {equals + 1, part.length - before - 1},
        };
    }
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {"text", "jsonl", NULL};
    static const char *const forms[] = {"text", "json", NULL};
    struct replay_options *options = state->input;
    switch (key) {
    case 'f':
        options->jsonl = choose(state, "format", argument, strlen(argument), formats) == 1;
        return 0;
    case KEY_UNTIL:
        options->until = argument;
        return 0;
    case KEY_EVENTS:
        read_events(options, state, argument);
        return 0;
    case KEY_MAP:
        read_renames(options, state, argument);
        return 0;
    case KEY_SORT:
        options->sort = true;
        return 0;
    case KEY_KEEP_GOING:
        options->keep_going = true;
        return 0;
    case KEY_NO_EVENTS:
        options->no_events = true;
        return 0;
    case KEY_MONTHS:
        options->months = true;
        return 0;
    case KEY_SUMMARY:
        options->summary =
            choose(state, "form of the summary", argument, strlen(argument), forms) == 1
                ? SUMMARY_JSON
                : SUMMARY_TEXT;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0)
            options->policy = argument;
        else if (state->arg_num == 1)
            options->log = argument;
        else
            argp_error(state, "one log at a time");
        return 0;
    case ARGP_KEY_END:
        if (options->policy == NULL)
            argp_error(state, "which policy?");
        if (options->log == NULL)
            argp_error(state, "which log? Standard input is -");
        if (strcmp(options->policy, "-") == 0 && strcmp(options->log, "-") == 0)
            argp_error(state, "standard input cannot be both the policy and the log");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"until", KEY_UNTIL, "TIME", 0,
     "Apply no line later than this, and end at it; default: the last line's instant", 0},
    {"events", KEY_EVENTS, "TYPE,...", 0, "Print only these events: breach,missed", 0},
    {"format", 'f', "FORMAT", 0, "text (default: events and a summary) or jsonl (events only)", 0},
    {"summary", KEY_SUMMARY, "FORM", 0,
     "Print the summary alone: text or json (by month too; a clock belongs to the month in which "
     "it started)",
     0},
    {"no-events", KEY_NO_EVENTS, NULL, 0, "The same as --summary text", 0},
    {"months", KEY_MONTHS, NULL, 0, "Let the table have a row for each month too", 0},
    {"map", KEY_MAP, "NAME=COLUMN,...", 0, "Rename columns: incident=case_id,at=opened", 0},
    {"sort", KEY_SORT, NULL, 0, "Bring the lines into the order of their instants first", 0},
    {"keep-going", KEY_KEEP_GOING, NULL, 0, "Count and skip bad lines", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY LOG",
    "Runs a log of updates through the engine and prints every event, then what it comes to per "
    "metric and severity. LOG is CSV or JSON lines; - is standard input."
    "\v"
    "CSV has a header: incident,at,event and a column for each attribute. An empty cell leaves "
    "the attribute as it was, \\N removes it; event may be empty. JSON lines have the same names; "
    "null removes. Instants are RFC 3339, local to the policy's zone without an offset, or Unix "
    "seconds.\n\n"
    "In the summary RUNNING are clocks that are open at the end, paused or not, BREACHED those "
    "of them that are overdue; COMPLIANCE is met / (met + missed); MEDIAN and P90 are the counted "
    "time of met and missed clocks.\n\n"
    "Examples:\n"
    "  sla-check replay policy.yaml log.csv\n"
    "  sla-check replay policy.yaml log.csv --format jsonl --events breach\n"
    "  sla-check replay policy.yaml log.csv --map incident=id,at=time --sort",
    NULL,
    NULL,
    NULL,
};

void replay_options_read(int count, char **arguments, struct replay_options *out_options)
{
    *out_options = (struct replay_options){0};
    argp_parse(&parser, count, arguments, 0, NULL, out_options);
}
