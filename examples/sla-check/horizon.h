/* SPDX-License-Identifier: MIT */
/* Holiday lists that end soon: the warnings of check --horizon. */
#ifndef HORIZON_H
#define HORIZON_H

#include "tool.h"

/* "90d" or "2160h" as seconds; a day has 24 hours here. */
bool read_horizon(const char *text, sla_duration *out_seconds);

/* Calls `take` with a warning for each calendar whose holiday lists end before `until`; `now` is
   today. The warning is borrowed for the call, and stands for the file as a whole. */
void warn_of_horizon(const sla_policy *policy, const char *file, sla_time now, sla_time until,
                     void (*take)(void *user, const sla_diag *warning), void *user);

#endif
