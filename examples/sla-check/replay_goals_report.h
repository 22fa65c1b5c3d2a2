/* SPDX-License-Identifier: MIT */
/* What was counted for goals: shared by counting and reporting. */
#ifndef REPLAY_GOALS_REPORT_H
#define REPLAY_GOALS_REPORT_H

#include "tool.h"

struct period {
    sla_time from, to; /* exclusive */
    uint64_t met, missed, open;
    uint64_t breached; /* of the open ones: they can only be missed */
};

/* One goal, and its periods in which clocks started, in order. */
struct tally {
    sla_goal goal;
    struct period *periods;
    size_t count, capacity;
};

struct goals {
    const sla_policy *policy;
    struct tally *tallies;
    size_t count;
    unsigned char *sets; /* `count` bytes each, 1 for a goal that is in it */
    size_t set_count;
    uint64_t without_period; /* clocks at the edges of 1970 to 2199 */
};

#endif
