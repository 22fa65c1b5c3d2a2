/* SPDX-License-Identifier: MIT */
/* An incident on the command line: KEY=VALUE... and when it was opened. */
#ifndef INCIDENT_ARGUMENTS_H
#define INCIDENT_ARGUMENTS_H

#include "tool.h"

#include <argp.h>

struct incident_arguments {
    const char *policy;
    const char *at; /* NULL: now */
    sla_attribute *attributes; /* to be freed */
    size_t count;
};

#define INCIDENT_AT_HELP \
    "When the incident is opened: 2026-11-20T17:50 (in the policy's zone), with an offset, or " \
    "Unix seconds; default: now"

/* Takes POLICY, then KEY=VALUE..., and notices when there is no policy: for the keys
   ARGP_KEY_INIT, ARGP_KEY_ARG and ARGP_KEY_END. Others are ARGP_ERR_UNKNOWN. */
error_t parse_incident(int key, char *argument, struct argp_state *state,
                       struct incident_arguments *incident);

/* When it is opened. EXIT_FINE, or EXIT_USAGE after a complaint. */
int incident_opened(const sla_policy *policy, const struct incident_arguments *incident,
                    sla_time *out_at);

/* Loads the policy and asks it; frees both it and the attributes. The exit status. */
int ask_of_policy(struct incident_arguments *incident,
                  int (*ask)(const sla_policy *policy, const void *options), const void *options);

/* Tells which attributes the policy never looks at: they may be misspelt. */
void tell_unused(const sla_policy *policy, const struct incident_arguments *incident);

#endif
