/* SPDX-License-Identifier: MIT */
/* What a replay comes to: clocks, verdicts and counted time per metric, severity and month. */
#ifndef REPLAY_SUMMARY_H
#define REPLAY_SUMMARY_H

#include "replay_goals.h"
#include "replay_verdicts.h"

/* How many lines and events there were. */
struct replay_counts {
    uint64_t lines; /* updates in the log, bad ones included */
    uint64_t applied;
    uint64_t bad;
    uint64_t duplicates;
    uint64_t after_until;
    uint64_t unsorted;
    uint64_t unknown_severities;
    uint64_t events[SLA_EVENT_TYPE_COUNT];
};

/* A clock as the summary needs it. */
struct record {
    uint32_t metric, kind, severity, state, flags;
    int32_t month; /* of its start, in the policy's zone: year * 12 + month - 1 */
    sla_duration elapsed;
};

struct summary {
    const sla_policy *policy;
    const sla_engine *engine; /* once it has come to its end */
    struct verdicts verdicts;
    struct goals *goals; /* NULL: the policy has none */
    sla_text *severities; /* worst first; unknown ones behind, as they came */
    size_t severity_count;
    struct record *records;
    size_t count;
};

/* A run of records, added up. */
struct group {
    const struct record *first;
    uint64_t clocks, met, missed, cancelled, exempt, running, breached_running;
    sla_duration median, p90; /* SLA_DURATION_NONE when nothing ended */
};

struct summary *summary_new(const sla_policy *policy);

/* Every event goes here, while the engine tells it: the severity in which a clock was judged, and
   the goals that look at it, are known only then. */
void summary_take_event(struct summary *summary, const sla_engine *engine,
                        const sla_event *event);

/* Reads the clocks of an engine that has come to its end. */
void summary_take_clocks(struct summary *summary, const sla_engine *engine);
void summary_free(struct summary *summary);

/* How finely records are told apart. Metric means metric and kind. */
enum depth { BY_METRIC, BY_SEVERITY, BY_MONTH };

/* How many records from `from` on belong together. */
size_t summary_run(const struct summary *summary, size_t from, enum depth depth);

void summary_add_up(const struct record *records, size_t count, struct group *out);

/* `months`: with a row for each month. */
void summary_print_text(const struct summary *summary, const struct replay_counts *counts,
                        bool months);
void summary_print_json(const struct summary *summary, const struct replay_counts *counts);

#endif
