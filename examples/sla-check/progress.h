/* SPDX-License-Identifier: MIT */
/* How far long work has come, on standard error, if a person is there to see it. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "tool.h"

/* `quiet_output`: nothing else is written to the terminal meanwhile. */
void progress_start(bool quiet_output);

/* May be called often; shows a bar after a moment and then now and then. `in_all` 0: unknown. */
void progress_show(uint64_t done, uint64_t in_all);

/* Wipes the line before anything else is written, as complain() does; the bar comes again. */
void progress_wipe(void);

/* Wipes the line for good. */
void progress_end(void);

#endif
