/* SPDX-License-Identifier: MIT */
/* The command test: runs the tests that a policy has in it. */
#include "choose.h"
#include "load.h"
#include "output.h"
#include "test_report.h"
#include "words.h"

#include <argp.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>


struct options {
    enum test_format format;
    const char *only; /* NULL: all */
    bool shows_all, brief;
    char **policies;
    size_t count;
};

enum { KEY_ONLY = 256, KEY_BRIEF };

static const char *const format_names[] = {"text", "json", "jsonl", "tap", "junit", NULL};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'f':
        options->format =
            (enum test_format)choose(state, "format", argument, strlen(argument), format_names);
        return 0;
    case KEY_ONLY:
        options->only = argument;
        return 0;
    case 'v':
        options->shows_all = true;
        return 0;
    case KEY_BRIEF:
        options->brief = true;
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
        argp_error(state, "which policy?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option option_table[] = {
    {"only", KEY_ONLY, "NAME", 0, "Run the tests of this name alone; * and ? stand for others", 0},
    {"verbose", 'v', NULL, 0, "A line for every test, not only for one that failed", 0},
    {"brief", KEY_BRIEF, NULL, 0, "Do not explain failures", 0},
    {"format", 'f', "FORMAT", 0,
     "text (default), json (one document), jsonl (one line a test), tap, junit (XML)", 0},
    {0},
};

static const struct argp parser = {
    option_table,
    parse_option,
    "POLICY...",
    "Runs the tests that policies have in them, and shows what was expected, what came instead, "
    "and why. POLICY is a file, or - for standard input."
    "\v"
    "Exit status: 0 all passed, 1 tests failed or faults in a policy, 2 wrong usage or a file that "
    "cannot be read.\n\n"
    "Examples:\n"
    "  sla-check test policy.yaml\n"
    "  sla-check test --only 'Friday*' policy.yaml\n"
    "  sla-check test --format junit *.yaml >results.xml",
    NULL,
    NULL,
    NULL,
};

/* The source lines are for the carets; without them the places must do. */
static char *read_source(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t length;
    if (file == NULL)
        return NULL;
    char *bytes = read_stream(file, &length);
    fclose(file);
    if (bytes == NULL)
        return NULL;
    char *text = copy_text(bytes, length);
    free(bytes);
    return text;
}

static bool is_wanted(const struct options *options, sla_text name)
{
    if (options->only == NULL)
        return true;
    char *text = copy_text(name.data, name.length);
    bool wanted = strcmp(options->only, text) == 0 || fnmatch(options->only, text, 0) == 0;
    free(text);
    return wanted;
}

/* Runs what is wanted; the number of tests that are not. */
static int run_tests(const struct options *options, const struct tested_policy *tested,
                     struct test_report *report, size_t *found)
{
    sla_policy_test test = {.size = sizeof test};
    struct test_result *results = NULL;
    size_t count = 0, skipped = 0;
    int status = EXIT_FINE;
    for (size_t i = 0; sla_policy_test_at(tested->policy, i, &test); i++) {
        if (!is_wanted(options, test.name)) {
            skipped++;
            continue;
        }
        results = get_memory(results, (count + 1) * sizeof *results);
        results[count] = (struct test_result){test, NULL};
        sla_status ran = sla_policy_test_run(tested->policy, i, &results[count].run);
        if (ran != SLA_OK) {
            complain("cannot run a test: %s", sla_status_text(ran));
            status = EXIT_USAGE;
            break;
        }
        if (sla_test_run_count(results[count++].run) > 0)
            status = EXIT_FAULTS;
    }
    if (status != EXIT_USAGE)
        test_report_add(report, tested, results, count, skipped);
    *found += count;
    for (size_t i = 0; i < count; i++)
        sla_test_run_free(results[i].run);
    free(results);
    return status;
}

static int test_policy(const struct options *options, const char *path,
                       struct test_report *report, size_t *found)
{
    struct loaded loaded;
    int status = load(path, 0, &loaded);
    if (status == EXIT_FAULTS) {
        for (size_t i = 0; i < sla_diags_count(loaded.diags); i++)
            if (sla_diags_at(loaded.diags, i)->severity == SLA_DIAG_ERROR)
                print_diag(stderr, sla_diags_at(loaded.diags, i));
    }
    if (status == EXIT_FINE) {
        bool is_input = strcmp(path, "-") == 0;
        char *source = is_input ? NULL : read_source(path);
        struct tested_policy tested = {is_input ? "<stdin>" : path,
                                       is_input ? loaded.text : source, loaded.policy};
        status = run_tests(options, &tested, report, found);
        free(source);
    }
    unload(&loaded);
    return status;
}

static int run_test(int count, char **arguments)
{
    struct options options = {.format = TEST_TEXT};
    argp_parse(&parser, count, arguments, 0, NULL, &options);
    struct test_report *report =
        test_report_new(options.format, options.shows_all, !options.brief);
    int status = EXIT_FINE;
    size_t found = 0;
    for (size_t i = 0; i < options.count; i++) {
        int result = test_policy(&options, options.policies[i], report, &found);
        if (result > status)
            status = result;
    }
    test_report_end(report);
    if (options.only != NULL && found == 0 && status == EXIT_FINE) {
        complain("there is no test '%s'", options.only);
        return EXIT_USAGE;
    }
    return status;
}

const struct command test_command = {
    "test",
    "POLICY...",
    "the policy's own tests",
    run_test,
};
