/* SPDX-License-Identifier: MIT */
/* What a run told: every event with all its fields, and the clocks at the end. Texts are kept as a
 * number, since they are only borrowed. */
#ifndef PROPERTY_ENGINE_EVENTS_H
#define PROPERTY_ENGINE_EVENTS_H

#include "engine_log.h"

struct told {
    sla_event event; /* without its texts */
    uint64_t texts;  /* all of them in one number */
    int32_t incident;
    int32_t call;  /* the update that made it known, or log->count: the end */
    sla_time now;  /* the engine's, when it was delivered */
};

struct stood {
    sla_clock clock; /* without its texts */
    uint64_t texts;
    int32_t incident;
};

struct run {
    struct told *told;
    size_t count, capacity;
    struct stood *clocks;
    size_t clock_count, clock_capacity;
    sla_status statuses[LOG_UPDATES + 1]; /* of each update, and of the last advance */
    int32_t call; /* that is going on */
};

void run_clear(struct run *run);
void run_free(struct run *run);
void run_note(struct run *run, const sla_event *event, sla_time now);
/* All clocks of an engine. */
void run_note_clocks(struct run *run, const sla_engine *engine);
/* Clocks in order of incident, metric, kind and cycle, whichever incident came first. */
void run_sort_clocks(struct run *run);

bool told_same(const struct told *a, const struct told *b);
/* The index of the first event that differs, or -1. */
long run_differ(const struct run *a, const struct run *b);
/* The events and clocks of one incident, or of all others when `without` is true. */
void run_take(struct run *out, const struct run *all, int32_t incident, bool without);
/* The index of the first clock that differs, or -1. */
long run_clocks_differ(const struct run *a, const struct run *b);
/* An update was refused for the range of time: such logs end early. */
bool run_left_the_range(const struct run *run, int32_t updates);

/* As comments of TAP: some events before and after the first difference, then the clocks'. */
void run_print_difference(const struct run *wanted, const struct run *got);
void told_print(const char *label, const struct told *told);
void clock_print(const char *label, const struct run *run, long index);

#endif
