/* SPDX-License-Identifier: MIT */
/* The severity in which each clock was judged: an incident may be urgent when its first response
 * is missed and ordinary an hour later. */
#ifndef REPLAY_VERDICTS_H
#define REPLAY_VERDICTS_H

#include "tool.h"

/* A clock, and the number of its severity. */
struct verdict {
    sla_text incident;
    uint32_t metric, kind, cycle, severity;
};

/* A table of verdicts. Zero to begin with. */
struct verdicts {
    struct verdict **places; /* NULL: free */
    size_t count, capacity;  /* a power of two */
};

/* Notes a verdict; a later one of the same clock replaces it. The incident is copied. */
void verdicts_set(struct verdicts *verdicts, const struct verdict *verdict);

/* The noted severity of a clock, or UINT32_MAX. */
uint32_t verdicts_find(const struct verdicts *verdicts, const struct verdict *clock);

void verdicts_free(struct verdicts *verdicts);

#endif
