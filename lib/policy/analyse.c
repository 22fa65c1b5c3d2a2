/* SPDX-License-Identifier: MIT */
/* The analysis of a policy: its parts in order. */
#include "policy/analyse.h"

void analyse_policy(struct compile *compile)
{
    static void (*const parts[])(struct analysis *) = {
        analyse_derivations, analyse_targets,   analyse_coverage, analyse_escalations,
        analyse_order,       analyse_metrics,   analyse_calendars,
    };
    struct analysis analysis = {.compile = compile, .build = compile->build};
    bool good = sets_init(&analysis.sets, compile->build) && space_init(&analysis);
    for (size_t i = 0; good && i < sizeof parts / sizeof *parts; i++) {
        parts[i](&analysis);
        good = compile->build->status == SLA_OK;
    }
    space_free(&analysis);
    sets_free(&analysis.sets);
}
