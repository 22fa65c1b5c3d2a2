/* SPDX-License-Identifier: MIT */
/* What every command of sla-check shares: the table of commands, exit codes, complaints. */
#ifndef TOOL_H
#define TOOL_H

#include <sla/sla.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PROGRAM "sla-check"

/* The exit codes are a contract: scripts look at them. */
#define EXIT_FINE 0
#define EXIT_FAULTS 1 /* faults found in a policy */
#define EXIT_USAGE 2  /* wrong usage, unreadable input, or output that cannot be written */

/* One command; a new one is a file of its own and a line in main.c. `arguments[0]` is the name to
   be shown in messages, such as "sla-check replay". */
struct command {
    const char *name;
    const char *synopsis;
    const char *summary;
    int (*run)(int count, char **arguments);
};

extern const struct command check_command;
extern const struct command test_command;
extern const struct command classify_command;
extern const struct command explain_command;
extern const struct command calendar_command;
extern const struct command diff_command;
extern const struct command dump_command;
extern const struct command replay_command;
extern const struct command import_command;
extern const struct command init_command;
extern const struct command schema_command;

/* A message on standard error, "sla-check: " before it and a new line behind it. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Memory, or the end of the program: a tool has nothing better to do without it. */
void *get_memory(void *old, size_t size) __attribute__((returns_nonnull));
char *copy_text(const char *text, size_t length) __attribute__((returns_nonnull));

#endif
