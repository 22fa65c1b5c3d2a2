/* SPDX-License-Identifier: MIT */
/* The severity in which each clock was judged, and the goals that looked at it then: an incident
 * may be urgent when its first response is missed and ordinary an hour later. */
#ifndef REPLAY_VERDICTS_H
#define REPLAY_VERDICTS_H

#include "tool.h"

/* A clock, and the numbers of its severity and its set of goals. */
struct verdict {
    sla_text incident;
    uint32_t metric, kind, cycle, severity, goals;
};

/* A table of verdicts. Zero to begin with. */
struct verdicts {
    struct verdict **places; /* NULL: free */
    size_t count, capacity;  /* a power of two */
};

/* Notes a verdict; a later one of the same clock replaces it. The incident is copied. */
void verdicts_set(struct verdicts *verdicts, const struct verdict *verdict);

/* What was noted of a clock, or NULL. */
const struct verdict *verdicts_find(const struct verdicts *verdicts, const struct verdict *clock);

void verdicts_free(struct verdicts *verdicts);

#endif
