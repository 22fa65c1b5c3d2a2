/* SPDX-License-Identifier: MIT */
/* Reading policies: from a file or standard input, with complaints for people. */
#ifndef LOAD_H
#define LOAD_H

#include "tool.h"

/* A policy as it was read; all may be NULL. To be released with unload(). */
struct loaded {
    sla_policy *policy;
    sla_diags *diags;
    char *text; /* of standard input, which cannot be read again; with a NUL behind it */
};

/* Reads a policy; "-" is standard input. EXIT_FINE, EXIT_FAULTS (see the diagnostics), or
   EXIT_USAGE after a complaint. `flags` are SLA_POLICY_...; zone files are looked for in $TZDIR, if
   set. */
int load(const char *path, uint32_t flags, struct loaded *out_loaded);
void unload(struct loaded *loaded);

/* How many diagnostics of a policy are kept; 0: as many as the library keeps by itself. */
void load_keeps(size_t diagnostics);

/* The options that policies are compiled with; the name is borrowed. */
sla_policy_options load_options(const char *file_name, uint32_t flags);

/* The same for commands that only want to work with a policy: on EXIT_FINE `*out_policy` is owned
   by the caller; otherwise the errors have been printed on standard error. */
int load_policy(const char *path, sla_policy **out_policy);

/* The same, compiled with some of the flags SLA_POLICY_... */
int load_policy_with(const char *path, uint32_t flags, sla_policy **out_policy);

/* Prints a diagnostic as compilers do, with a caret. */
void print_diag(FILE *stream, const sla_diag *diag);

/* Reads a whole stream, or NULL (with errno). To be freed by the caller. */
char *read_stream(FILE *stream, size_t *out_length);

#endif
