/* SPDX-License-Identifier: MIT */
/* The command calendar: a calendar as a picture, or questions about it. */
#include "calendar.h"

#include "choose.h"
#include "load.h"
#include "output.h"
#include "table.h"
#include "words.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct options {
    const char *policy;
    const char *calendar;
    int32_t year, month; /* month 0: the whole year */
    bool has_year, has_month, batch, has_format;
    size_t format; /* FORMAT_* */
};

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_SVG };

enum { KEY_BATCH = 256 };

/* All of `text` must be used up. */
static bool read_year(const char *text, int32_t *out_year)
{
    int used = 0;
    return sscanf(text, "%4d%n", out_year, &used) == 1 && used == 4 && text[used] == '\0' &&
           text[0] >= '0' && text[0] <= '9';
}

static bool read_month(const char *text, int32_t *out_year, int32_t *out_month)
{
    char year[5] = {0};
    int used = 0;
    if (strlen(text) != 7 || text[4] != '-' || text[5] < '0' || text[5] > '9')
        return false;
    memcpy(year, text, 4);
    return read_year(year, out_year) && sscanf(text + 5, "%2d%n", out_month, &used) == 1 &&
           used == 2 && *out_month >= 1 && *out_month <= 12;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {"text", "json", "svg", NULL};
    struct options *options = state->input;
    switch (key) {
    case 'm':
        options->has_month = true;
        if (!read_month(argument, &options->year, &options->month))
            argp_error(state, "cannot read the month '%s': write 2026-10", argument);
        return 0;
    case 'y':
        options->has_year = true;
        if (!read_year(argument, &options->year))
            argp_error(state, "cannot read the year '%s': write 2026", argument);
        return 0;
    case 'f':
        options->has_format = true;
        options->format = choose(state, "format", argument, strlen(argument), formats);
        return 0;
    case KEY_BATCH:
        options->batch = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0)
            options->policy = argument;
        else if (state->arg_num == 1)
            options->calendar = argument;
        else
            argp_error(state, "one calendar at a time");
        return 0;
    case ARGP_KEY_END:
        if (options->policy == NULL)
            argp_error(state, "which policy?");
        if (options->has_year && options->has_month)
            argp_error(state, "--month and --year exclude each other");
        if (options->batch && options->calendar != NULL)
            argp_error(state, "with --batch each question names its calendar");
        if (options->batch && (options->has_year || options->has_month))
            argp_error(state, "--month and --year are for a picture, not for --batch");
        if (options->batch && options->has_format)
            argp_error(state, "answers of --batch are JSON lines: leave out --format");
        if (!options->batch && options->calendar == NULL &&
            (options->has_year || options->has_month || options->format == FORMAT_SVG))
            argp_error(state, "which calendar of %s? Without options they are listed",
                       options->policy);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"month", 'm', "YYYY-MM", 0, "One month, day by day; default: this month", 0},
    {"year", 'y', "YYYY", 0, "One year, twelve small months", 0},
    {"format", 'f', "FORMAT", 0, "text (default), json or svg", 0},
    {"batch", KEY_BATCH, NULL, 0,
     "Read questions from standard input, one JSON object a line; write one answer a line", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY [NAME]",
    "Shows a calendar of a policy as a picture: hours, holidays, make-up days, changes of the "
    "clock, totals. Without NAME it lists the calendars; without a month it shows this one."
    "\v"
    "Questions of --batch: op is add (at, seconds), elapsed (from, to), is_open, next_open, "
    "next_close (at), or due (at, within). Instants are RFC 3339 or Unix seconds; without an "
    "offset they are local to the calendar.\n\n"
    "Examples:\n"
    "  sla-check calendar policy.yaml office --month 2026-10\n"
    "  sla-check calendar policy.yaml office --year 2026\n"
    "  sla-check calendar policy.yaml office --year 2026 --format svg >2026.svg\n"
    "  echo '{\"calendar\":\"office\",\"op\":\"is_open\",\"at\":\"2026-10-01\"}' |\n"
    "      sla-check calendar policy.yaml --batch",
    NULL,
    NULL,
    NULL,
};

static json_t *calendars_json(const sla_policy *policy)
{
    json_t *items = json_array();
    const sla_calendar *calendar;
    for (size_t i = 0; (calendar = sla_policy_calendar_at(policy, i)) != NULL; i++) {
        sla_text name, zone;
        sla_calendar_name(calendar, &name);
        sla_calendar_zone(calendar, &zone);
        json_array_append_new(items, json_pack("{s:o, s:o}", "calendar", json_from_text(name),
                                               "zone", json_from_text(zone)));
    }
    return items;
}

static int list_calendars(const sla_policy *policy, const char *path, bool json)
{
    static const char *const headings[] = {"CALENDAR", "ZONE"};
    if (json) {
        print_json_document(calendars_json(policy));
        return EXIT_FINE;
    }
    struct table *table = table_new(headings, 2);
    const sla_calendar *calendar;
    for (size_t i = 0; (calendar = sla_policy_calendar_at(policy, i)) != NULL; i++) {
        sla_text name, zone;
        sla_calendar_name(calendar, &name);
        sla_calendar_zone(calendar, &zone);
        table_add(table, "%.*s", (int)name.length, name.data);
        table_add(table, "%.*s", (int)zone.length, zone.data);
    }
    table_print(table);
    fputs("\nShow one with: " PROGRAM " calendar ", stdout);
    print_visible(stdout, path, strlen(path));
    puts(" NAME");
    return EXIT_FINE;
}

static int complain_about_name(const sla_policy *policy, const char *name)
{
    size_t count = 0;
    while (sla_policy_calendar_at(policy, count) != NULL)
        count++;
    char **names = get_memory(NULL, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        sla_text text;
        sla_calendar_name(sla_policy_calendar_at(policy, i), &text);
        names[i] = copy_text(text.data, text.length);
    }
    names[count] = NULL;
    const char *nearest = nearest_word(name, (const char *const *)names);
    char list[1024];
    join_words((const char *const *)names, list, sizeof list);
    if (nearest != NULL)
        complain("the policy has no calendar '%s'; did you mean '%s'?", name, nearest);
    else
        complain("the policy has no calendar '%s'; it has: %s", name, list);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return EXIT_USAGE;
}

static int show_calendar(const sla_policy *policy, struct options *options)
{
    const sla_calendar *calendar =
        sla_policy_calendar(policy, options->calendar, strlen(options->calendar));
    if (calendar == NULL)
        return complain_about_name(policy, options->calendar);
    if (!options->has_year && !options->has_month) {
        sla_date today;
        int32_t day;
        if (sla_calendar_date(calendar, (sla_time)time(NULL), &today) != SLA_OK ||
            sla_date_to_civil(today, &options->year, &options->month, &day) != SLA_OK) {
            complain("which month? Write --month 2026-10");
            return EXIT_USAGE;
        }
    }
    if (options->year < 1970 || options->year > 2199) {
        complain("%d is outside the years 1970 to 2199", options->year);
        return EXIT_USAGE;
    }
    struct span span;
    span_read(calendar, options->year, options->month, &span);
    if (options->format == FORMAT_JSON)
        print_span_json(&span);
    else if (options->format == FORMAT_SVG)
        print_span_svg(&span);
    else if (options->month == 0)
        print_year(&span);
    else
        print_month(&span);
    span_free(&span);
    return EXIT_FINE;
}

static int run_calendar(int count, char **arguments)
{
    struct options options = {0};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    if (options.batch && strcmp(options.policy, "-") == 0) {
        complain("standard input cannot be both the policy and the questions");
        return EXIT_USAGE;
    }
    sla_policy *policy;
    int status = load_policy(options.policy, &policy);
    if (status != EXIT_FINE)
        return status;
    if (options.batch)
        status = answer_batch(policy);
    else if (options.calendar == NULL)
        status = list_calendars(policy, options.policy, options.format == FORMAT_JSON);
    else
        status = show_calendar(policy, &options);
    sla_policy_unref(policy);
    return status;
}

const struct command calendar_command = {
    "calendar",
    "POLICY NAME [--month M]",
    "a picture, or --batch",
    run_calendar,
};
