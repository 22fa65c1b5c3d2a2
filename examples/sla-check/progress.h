/* SPDX-License-Identifier: MIT */
/* How far long work has come, on standard error, if a person is there to see it. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "tool.h"

/* `quiet_output`: nothing else is written to the terminal meanwhile. */
void progress_start(bool quiet_output);

/* May be called often; shows something after half a second and then now and then. */
void progress_show(uint64_t done, uint64_t in_all);

/* Wipes the line. To be called before anything else is written. */
void progress_end(void);

#endif
