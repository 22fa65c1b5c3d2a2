/* SPDX-License-Identifier: MIT */
/* Laws of single incidents: they do not know of each other, and late news makes them what they
 * would have been (T4, E2). */
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

/* What is forgotten is gone, and nobody else notices. */
static bool holds_forgotten(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    int32_t calls = (int32_t)random_between(&court->random, 1, log->count);
    int32_t other = (int32_t)random_between(&court->random, 0, calls - 1);
    int32_t incident = log->updates[other].incident;
    bool comes_again = court_chance(court, 30);
    sla_text id = log_incident(incident);
    sla_clock clock = {.size = sizeof clock};
    sla_status status = SLA_OK;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        if (i == calls) {
            uint64_t before = sla_engine_incidents(drive.engine);
            status = sla_engine_forget(drive.engine, &id);
            if (sla_engine_incidents(drive.engine) + (status == SLA_OK) != before ||
                sla_engine_clock(drive.engine, &id, 0, 0, &clock) != SLA_ERROR_NOT_FOUND)
                status = SLA_ERROR_DATA;
        }
        if (i < calls || log->updates[i].incident != incident || comes_again)
            drive_update(&drive, i);
    }
    drive_finish(&drive);
    if (status != SLA_OK && status != SLA_ERROR_NOT_FOUND)
        return court_fail(court, "(%d) is not forgotten: %s", incident, sla_status_name(status));
    static struct run mine;
    run_take(&court->part, &court->reference, incident, true);
    run_take(&mine, &court->got, incident, true);
    court->wanted = &court->part;
    if (run_differ(&court->part, &mine) < 0 && run_clocks_differ(&court->part, &mine) < 0)
        return true;
    run_take(&court->got, &mine, incident, true);
    return court_fail(court, "after call %d (%d) is forgotten, and others differ", calls - 1,
                      incident);
}

const struct law incident_laws[] = {
    {"an_incident_is_told_the_same_whether_others_are_there_or_not", LAW_ORDERED, 2, holds_alone},
    {"forgetting_an_incident_changes_no_other", LAW_ORDERED, 3, holds_forgotten},
    {"late_news_leaves_the_clocks_as_news_in_time_would_have", LAW_LATE, 1, holds_late},
};
const int incident_law_count = sizeof incident_laws / sizeof incident_laws[0];
