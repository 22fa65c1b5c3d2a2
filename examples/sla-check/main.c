/* SPDX-License-Identifier: MIT */
/* sla-check, the policy checker and workbench: finds the command and runs it. */
#include "output.h"
#include "words.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In the order of the help. A command is one file that defines a `struct command`. */
static const struct command *const commands[] = {
    &check_command,
    &test_command,
    &classify_command,
    &explain_command,
    &calendar_command,
    &diff_command,
    &dump_command,
    &replay_command,
    &import_command,
    &init_command,
    &schema_command,
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void print_help(FILE *stream)
{
    fprintf(stream,
            "%s checks SLA policies and shows what they mean.\n\n"
            "Usage:\n  %s [check] POLICY...\n  %s COMMAND ...\n\nCommands:\n",
            PROGRAM, PROGRAM, PROGRAM);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(stream, "  %-15s %-28s  %s\n", commands[i]->name, commands[i]->synopsis,
                commands[i]->summary);
    fprintf(stream,
            "\nAlso:\n"
            "  %s COMMAND --help      what a command does, with examples\n"
            "  %s --explain SLA-231   what a code means and how to repair it\n"
            "  %s --version\n"
            "\nExit status: 0 fine, 1 faults found, 2 wrong usage or unreadable input.\n"
            "Colour is used on a terminal only, and not when NO_COLOR is set; always when\n"
            "CLICOLOR_FORCE is.\n"
            "Zone files are read from $TZDIR, if it is set.\n",
            PROGRAM, PROGRAM, PROGRAM);
}

static void print_version(FILE *stream, struct argp_state *state)
{
    (void)state;
    fprintf(stream, "%s %s (libsla %s)\n", PROGRAM, SLA_VERSION_TEXT, sla_version());
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* A word that is neither a command nor a file was meant to be a command. */
static bool is_lost_word(const char *word)
{
    return word[0] != '-' && strpbrk(word, "./") == NULL && access(word, F_OK) != 0;
}

static int complain_about_word(const char *word)
{
    const char *names[COMMAND_COUNT + 1] = {NULL};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    char list[256];
    join_words(names, list, sizeof list);
    const char *nearest = nearest_word(word, names);
    if (nearest != NULL)
        complain("'%s' is no command and no file; did you mean '%s'?", word, nearest);
    else
        complain("'%s' is no command and no file; the commands are: %s", word, list);
    return EXIT_USAGE;
}

static int run_command(const struct command *command, int count, char **arguments)
{
    char name[64];
    snprintf(name, sizeof name, "%s %s", PROGRAM, command->name);
    arguments[0] = name;
    return command->run(count, arguments);
}

static int run(int count, char **arguments)
{
    if (count < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    char *word = arguments[1];
    const struct command *command = find_command(word);
    if (command != NULL)
        return run_command(command, count - 1, arguments + 1);
    if (strcmp(word, "help") == 0 && count == 3 && find_command(arguments[2]) != NULL) {
        char help[] = "--help", *help_arguments[] = {arguments[0], help, NULL};
        return run_command(find_command(arguments[2]), 2, help_arguments);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-?") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0) {
        print_help(stdout);
        return EXIT_FINE;
    }
    if (is_lost_word(word))
        return complain_about_word(word);
    char name[] = PROGRAM;
    arguments[0] = name;
    return check_command.run(count, arguments);
}

/* argp ends the program itself after --help and --version. */
static void finish_at_exit(void)
{
    int status = output_finish(EXIT_FINE);
    if (status != EXIT_FINE)
        _exit(status);
}

int main(int count, char **arguments)
{
    output_start();
    argp_err_exit_status = EXIT_USAGE;
    argp_program_version_hook = print_version;
    atexit(finish_at_exit);
    return run(count, arguments);
}
