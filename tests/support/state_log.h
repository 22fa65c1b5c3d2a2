/* SPDX-License-Identifier: MIT */
/* Logs that lead an engine to a state worth saving: tests/data/state, whose log tells how a line
 * looks. Everything is pulled, so that events wait until a line takes them. */
#ifndef SUPPORT_STATE_LOG_H
#define SUPPORT_STATE_LOG_H

#include <sla/sla.h>
#include <stdbool.h>

/* Compiles a policy of the folder, or ends the program. */
sla_policy *state_policy(const char *folder, const char *name);

/* "2026-06-01T09:00" as an instant, UTC; SLA_TIME_NONE: it is none. */
sla_time state_time(const char *text);

/* A log that is being read. */
struct state_log {
    const char *folder;
    char *text, *at;
    sla_engine *engine;
};

/* Opens a log of the folder, with an engine under the policy; or ends the program. */
void state_log_open(struct state_log *log, const char *folder, const char *name,
                    sla_policy *policy);
/* Carries out the next line; false: there is none. A call that fails ends the program. */
bool state_log_step(struct state_log *log);
void state_log_close(struct state_log *log);

/* A whole file, to be freed; ends the program if it cannot be read. */
char *state_file(const char *folder, const char *name, size_t *out_size);

#endif
