/* SPDX-License-Identifier: MIT */
/* The work by which the engine is measured: incidents with ids of 20 bytes, 6 attributes (5 of at
 * most 100 values, one of 24 bytes that is different everywhere), 2 clocks and 3 steps a clock.
 *
 * The week: opened on Monday, moved on Tuesday; nothing falls due before Wednesday; on Thursday
 * half as many events are told as there are incidents: warnings, breaches and escalations. */
#ifndef BENCH_INCIDENTS_H
#define BENCH_INCIDENTS_H

#include "meter.h"

#include <sla/sla.h>

#define MONDAY ((sla_time)1795392000) /* 2026-11-23, midnight UTC */
#define DAY_OF_WEEK(n) (MONDAY + (sla_time)(n)*86400)
#define HOUR_OF(n) ((sla_time)(n)*3600)

#define ATTRIBUTES 6
#define BATCH 64 /* updates of one call, if several are told at once */

/* One update. Its bytes stand in here, and are good until the next one is made. */
struct told {
    sla_update update;
    sla_attribute attributes[ATTRIBUTES];
    char id[20], reference[24];
};

struct incidents {
    sla_policy *policy;
    sla_engine *engine;
    struct live_memory memory; /* the engine's */
    uint64_t events;           /* told so far */
    uint32_t *order;           /* the numbers 0 .. count - 1, shuffled */
    size_t count;
    uint64_t seed;
    uint32_t ids[ATTRIBUTES]; /* 0: the policy never asks for it */
    int at_once;              /* tell BATCH updates with one call */
    size_t waiting;
    struct told batch[BATCH];
    sla_update updates[BATCH];
};

/* An engine without incidents, and an order in which `count` of them will come. The policy asks for
   three of the attributes, or with `ask_all` for all. Ends the program if something is wrong. */
void incidents_begin(struct incidents *work, size_t count, int ask_all);
void incidents_end(struct incidents *work);

/* Another engine, without a callback: events wait in line. */
void incidents_let_wait(struct incidents *work);

/* Another random order of the first `some`. */
void incidents_shuffle(struct incidents *work, size_t some);

/* What opens incident `number`. */
void incidents_make_opening(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at);

#define IMPACT_OWN UINT32_MAX /* the value that the incident was opened with */

/* What gives its impact the value of that number: 0 to 10 urgent, 11 to 19 important. */
void incidents_make_impact(const struct incidents *work, struct told *told, uint32_t number,
                           sla_time at, uint32_t value);
/* What pauses its second clock (1) or lets it go on (0). */
void incidents_make_waiting(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at, int waiting);
/* What ends both clocks. */
void incidents_make_closing(const struct incidents *work, struct told *told, uint32_t number,
                            sla_time at);

/* Tells an update, or keeps a copy until there are enough, or incidents_tell_rest() is called. */
void incidents_tell(struct incidents *work, const struct told *told);
void incidents_tell_rest(struct incidents *work);
void incidents_advance(struct incidents *work, sla_time now);

/* Every incident of the order opened, evenly over Monday's working hours. */
void incidents_open_all(struct incidents *work);

#endif
