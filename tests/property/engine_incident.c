/* SPDX-License-Identifier: MIT */
/* Laws of single incidents: they do not know of each other, and late news makes them what they would
 * have been (T4, E2). */
#include "engine_court.h"

static bool holds_alone(struct court *court, const struct log *log)
{
    for (int32_t incident = 0; incident < LOG_INCIDENTS; incident++) {
        struct drive drive = {.refuses = 0};
        run_take(&court->part, &court->reference, incident, false);
        run_clear(&court->got);
        drive_open(&drive, court, log, &court->got);
        for (int32_t i = 0; i < log->count; i++) {
            if (log->updates[i].incident == incident)
                drive_update(&drive, i);
            else
                court->got.statuses[i] = court->reference.statuses[i];
        }
        drive_finish(&drive);
        court->wanted = &court->part;
        if (!court_agrees(court, "an incident in an engine of its own"))
            return false;
    }
    return true;
}

/* Late or not, states, deadlines and verdicts are the same. */
static bool holds_late(struct court *court, const struct log *log)
{
    struct log sorted;
    log_in_order(log, &sorted);
    court_run(court, &sorted, &court->part);
    court_run(court, log, &court->got);
    run_sort_clocks(&court->part);
    run_sort_clocks(&court->got);
    court->wanted = &court->part;
    court->part.count = court->got.count = 0; /* events differ by what had been told */
    long index = run_clocks_differ(&court->part, &court->got);
    if (index < 0 || run_left_the_range(&court->part, log->count))
        return true;
    return court_fail(court, "clock %ld differs from the same log in order", index);
}

const struct law incident_laws[] = {
    {"an_incident_is_told_the_same_whether_others_are_there_or_not", LAW_ORDERED, 2, holds_alone},
    {"late_news_leaves_the_clocks_as_news_in_time_would_have", LAW_LATE, 1, holds_late},
};
const int incident_law_count = sizeof incident_laws / sizeof incident_laws[0];
