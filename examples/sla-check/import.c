/* SPDX-License-Identifier: MIT */
/* The command import-holidays: the YAML of a holiday list from an iCalendar feed. */
#include "import_ics.h"
#include "load.h"

#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_INPUT "standard input"

struct options {
    struct import_options import;
    const char *name; /* NULL: that of the file */
    sla_date through;
    bool has_through;
};

static int32_t read_year(struct argp_state *state, const char *option, const char *argument)
{
    int year = 0, used = 0;
    if (sscanf(argument, "%4d%n", &year, &used) != 1 || argument[used] != '\0' ||
        year < YEAR_FIRST || year > YEAR_LAST)
        argp_error(state, "--%s wants a year from %d to %d, not '%s'", option, YEAR_FIRST,
                   YEAR_LAST, argument);
    return year;
}

static sla_date read_date(struct argp_state *state, const char *argument)
{
    int year, month, day, used = 0;
    sla_date date = 0;
    if (strlen(argument) != 10 ||
        sscanf(argument, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10 ||
        year < YEAR_FIRST || year > YEAR_LAST ||
        sla_date_from_civil(year, month, day, &date) != SLA_OK)
        argp_error(state, "--through wants a date such as 2026-12-31, not '%s'", argument);
    return date;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'n': {
        char *clean = clean_name(argument);
        if (*argument == '\0' || strcmp(clean, argument) != 0)
            argp_error(state, "'%s' cannot be the name of a list", argument);
        free(clean);
        options->name = argument;
        return 0;
    }
    case 't':
        options->has_through = true;
        options->through = read_date(state, argument);
        return 0;
    case 'f':
        options->import.first_year = read_year(state, "from", argument);
        return 0;
    case 'u':
        options->import.last_year = read_year(state, "until", argument);
        return 0;
    case 'w':
        if (*argument == '\0')
            argp_error(state, "--workdays wants a text that the names of make-up days contain");
        options->import.workdays = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one feed at a time");
        options->import.file = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->import.file == NULL)
            argp_error(state, "which feed?");
        if (options->import.first_year > 0 && options->import.last_year > 0 &&
            options->import.last_year < options->import.first_year)
            argp_error(state, "--until lies before --from");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"name", 'n', "LIST", 0, "What the list is called; default: the file's name", 0},
    {"through", 't', "DATE", 0,
     "The last date that the list speaks for; default: the last date in the feed", 0},
    {"from", 'f', "YEAR", 0, "Leave out what ends before this year", 0},
    {"until", 'u', "YEAR", 0,
     "Leave out what begins after this year; so far rules without an end are followed", 0},
    {"workdays", 'w', "TEXT", 0, "Events with this in their names are make-up days", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "FILE.ics",
    "Prints the holidays of an iCalendar feed as YAML, for a file that policies include. FILE may "
    "be - for standard input."
    "\v"
    "Events of whole days become dates; what comes every year on the same date, or on the same "
    "weekday of a month, becomes a yearly day. Cancelled events are left out, and so, with a "
    "message, are events with a time of day.\n\n"
    "Examples:\n"
    "  sla-check import-holidays holidays.ics --name germany >germany.yaml\n"
    "  sla-check import-holidays china.ics --workdays 班 --through 2026-12-31",
    NULL,
    NULL,
    NULL,
};

#ifdef HAVE_LIBICAL

static char *read_feed(const char *path, size_t *out_length)
{
    bool standard = strcmp(path, "-") == 0;
    errno = 0;
    FILE *file = standard ? stdin : fopen(path, "r");
    char *text = file != NULL ? read_stream(file, out_length) : NULL;
    if (text == NULL)
        complain("cannot read %s: %s", standard ? STANDARD_INPUT : path, strerror(errno));
    if (file != NULL && !standard)
        fclose(file);
    return text;
}

/* Where nothing was said: the last date in the feed. What only comes from rules without an end is
   known to the end of the years that were asked for; yearly ones are known for ever. */
static bool find_through(struct options *options, const struct holiday_list *list)
{
    if (options->has_through || list_last_date(list, &options->through))
        return true;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].endless)
            return sla_date_from_civil(options->import.last_year, 12, 31, &options->through) ==
                   SLA_OK;
    return false;
}

/* "germany" of germany.ics; "holidays" of what has no name. */
static char *name_of_file(const char *file)
{
    char *name = copy_text(file, strlen(file));
    char *dot = strrchr(name, '.');
    if (dot != NULL)
        *dot = '\0';
    char *clean = clean_name(strcmp(file, STANDARD_INPUT) == 0 ? "" : name);
    free(name);
    if (*clean != '\0')
        return clean;
    free(clean);
    return copy_text("holidays", strlen("holidays"));
}

static int import(struct options *options, const char *text, size_t length)
{
    struct holiday_list list = {0};
    int status = check_ics(text, length, options->import.file);
    if (status == EXIT_FINE)
        status = import_ics(text, &options->import, &list);
    if (status == EXIT_FINE) {
        list_merge(&list);
        list_keep_years(&list, options->import.first_year, options->import.last_year);
        if (list.count == 0) {
            complain("%s has no holidays%s", options->import.file,
                     options->import.first_year + options->import.last_year > 0
                         ? " in the years that were asked for"
                         : "");
            status = EXIT_USAGE;
        }
    }
    if (status == EXIT_FINE) {
        bool through = find_through(options, &list);
        const char *slash = strrchr(options->import.file, '/');
        const char *file = slash != NULL ? slash + 1 : options->import.file;
        char *name = options->name != NULL ? clean_name(options->name) : name_of_file(file);
        list_print(&list, file, name, through ? &options->through : NULL);
        free(name);
    }
    list_free(&list);
    return status;
}

static int run_import(int count, char **arguments)
{
    struct options options = {0};
    size_t length;
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    char *text = read_feed(options.import.file, &length);
    if (text == NULL)
        return EXIT_USAGE;
    if (strcmp(options.import.file, "-") == 0)
        options.import.file = STANDARD_INPUT;
    text = get_memory(text, length + 1);
    text[length] = '\0';
    size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    int status = import(&options, text + mark, length - mark);
    free(text);
    return status;
}

#else

static int run_import(int count, char **arguments)
{
    struct options options = {0};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    complain("import-holidays was built without libical; build with -Dics=enabled");
    return EXIT_USAGE;
}

#endif

const struct command import_command = {
    "import-holidays",
    "FILE.ics",
    "YAML from an iCalendar feed",
    run_import,
};
