/* SPDX-License-Identifier: MIT */
/* Invariants: what holds of every event and of every clock, whatever the policy and the log. */
#include "engine_court.h"

#include <stdlib.h>
#include <string.h>

#define METRICS 3
#define KINDS 3

/* What the events told so far make of a clock. */
struct life {
    enum { UNBORN, RUNS, STANDS, ENDED } state;
    enum { SOUND, BREACHED, ONE_OF_BOTH } breach; /* a reopening may begin anew or not (K6) */
    uint32_t cycle;
    int32_t changed; /* the call that gave it its deadline, which may already have passed */
};

struct witness {
    struct life lives[LOG_INCIDENTS][METRICS][KINDS];
    sla_time opened[LOG_INCIDENTS];
};

static const char *break_of_life(struct life *life, const struct told *told)
{
    const sla_event *event = &told->event;
    bool is_fresh = life->changed == told->call;
    bool open = life->state == RUNS || life->state == STANDS;
    if (event->type == SLA_EVENT_STARTED) {
        if (open)
            return "started while the cycle before is open";
        if (event->cycle <= life->cycle)
            return "started, and its cycle is not a new one";
        *life = (struct life){RUNS, SOUND, event->cycle, told->call};
        return NULL;
    }
    if (event->type == SLA_EVENT_REOPENED) {
        if (open)
            return "reopened while it is open";
        if (event->cycle < life->cycle)
            return "reopened, and a later cycle was told";
        *life = (struct life){
            RUNS, event->cycle == life->cycle && life->breach != SOUND ? ONE_OF_BOTH : SOUND,
            event->cycle, told->call};
        return NULL;
    }
    if (event->cycle != life->cycle)
        return "told of a cycle that is not the present one";
    switch (event->type) {
    case SLA_EVENT_PAUSED:
        if (life->state != RUNS)
            return "paused, and it does not run";
        life->state = STANDS;
        return NULL;
    case SLA_EVENT_RESUMED:
        if (life->state != STANDS)
            return "resumed, and it is not paused";
        life->state = RUNS;
        return NULL;
    case SLA_EVENT_WARNING:
    case SLA_EVENT_ESCALATION:
        return life->state == RUNS ? NULL : "a reminder of a clock that does not run (K10)";
    case SLA_EVENT_BREACH:
        if (!open || (life->breach == BREACHED && !is_fresh))
            return "breached, and it is not open or was breached before";
        life->breach = BREACHED;
        return NULL;
    case SLA_EVENT_BREACH_RETRACTED:
        if (life->breach == SOUND)
            return "a breach is retracted that was not told";
        life->breach = SOUND;
        return NULL;
    case SLA_EVENT_MET:
    case SLA_EVENT_MISSED:
        if (!open)
            return "a verdict on a clock that is not open";
        if (!is_fresh && life->breach == (event->type == SLA_EVENT_MISSED ? SOUND : BREACHED))
            return "missed without a breach, or met with one (K2, K3)";
        life->state = ENDED;
        return NULL;
    case SLA_EVENT_CANCELLED:
    case SLA_EVENT_EXEMPTED:
        if (!open)
            return "ended, and it is not open";
        life->state = ENDED;
        return NULL;
    case SLA_EVENT_RETARGETED:
    case SLA_EVENT_EXTENDED:
        life->changed = told->call;
        return open ? NULL : "a change of a clock that is not open";
    default:
        return "of no type";
    }
}

static const char *break_of_numbers(const struct told *told, sla_time opened)
{
    const sla_event *event = &told->event;
    bool stands = event->type == SLA_EVENT_PAUSED;
    /* D6: an instant may be agreed on that has passed; the breach bears it all the same */
    bool agreed_past = event->type == SLA_EVENT_BREACH && event->deadline < opened;
    if (event->at < opened && !agreed_past)
        return "an event before its incident was opened";
    if (event->at > told->now)
        return "an event of the future";
    if (event->type == SLA_EVENT_BREACH && event->at >= told->now)
        return "a breach at now is not yet one (K3)";
    if (event->elapsed < 0 || (event->elapsed > event->at - opened && !agreed_past))
        return "more counted time than wall time";
    if (stands && event->deadline != SLA_TIME_NONE)
        return "a deadline while it is paused (K4)";
    if (event->type == SLA_EVENT_STARTED && event->deadline == SLA_TIME_NONE)
        return "started without a deadline";
    if ((event->flags & SLA_EVENT_IN_GRACE) != 0 && event->type != SLA_EVENT_MET)
        return "in grace, and not met";
    if ((event->flags & SLA_EVENT_LATE) != 0 && event->at >= told->now)
        return "late, and nothing has come after it (E10)";
    return NULL;
}

struct order {
    sla_time resumed[LOG_INCIDENTS][METRICS][KINDS];
    int32_t arrivals[LOG_INCIDENTS];
    sla_time moment, at; /* of the last event */
};

/* Events that an advance makes known come by moment, instant, incident, metric, kind (E4). */
static bool in_order(struct order *order, const struct told *a, const struct told *b)
{
    const sla_event *x = &a->event, *y = &b->event;
    sla_time *resumed = &order->resumed[b->incident][y->metric_index][y->kind];
    struct order before = *order;
    /* what fell due at the start of a pause, or while it was closed in one, waits for its end */
    order->at = y->at > *resumed ? y->at : *resumed;
    order->moment = order->at + (y->type == SLA_EVENT_BREACH && order->at == y->at);
    if (y->type == SLA_EVENT_RESUMED)
        *resumed = y->at;
    if (before.moment != order->moment)
        return before.moment < order->moment;
    if (before.at != order->at)
        return before.at < order->at;
    if (a->incident != b->incident)
        return order->arrivals[a->incident] < order->arrivals[b->incident];
    if (x->metric_index != y->metric_index)
        return x->metric_index < y->metric_index;
    return x->kind != y->kind ? x->kind < y->kind : x->cycle <= y->cycle;
}

static bool holds_events(struct court *court, const struct log *log)
{
    static struct witness witness;
    const struct run *run = &court->reference;
    memset(&witness, 0, sizeof witness);
    for (int32_t i = log->count - 1; i >= 0; i--)
        if (court->reference.statuses[i] >= 0)
            witness.opened[log->updates[i].incident] = log->updates[i].at;
    for (size_t i = 0; i < run->count; i++) {
        const struct told *told = &run->told[i];
        struct life *life =
            &witness.lives[told->incident][told->event.metric_index][told->event.kind];
        const char *broken = break_of_life(life, told);
        if (broken == NULL)
            broken = break_of_numbers(told, witness.opened[told->incident]);
        if (broken != NULL) {
            court->pair[0] = *told;
            return court_fail(court, "event %zu: %s", i, broken);
        }
    }
    return true;
}

static bool holds_order(struct court *court, const struct log *log)
{
    static struct order order;
    static const struct told nothing = {.event = {.at = SLA_TIME_NONE}};
    struct drive drive = {.refuses = 0};
    int32_t arrived = 0;
    bool good = true;
    memset(&order, 0, sizeof order);
    for (int32_t i = 0; i < LOG_INCIDENTS; i++)
        order.arrivals[i] = INT32_MAX;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; good && i <= log->count; i++) {
        size_t first = court->got.count;
        drive_advance(&drive, i < log->count ? log->updates[i].at : log->until);
        order.moment = SLA_TIME_NONE;
        for (size_t k = first; good && k < court->got.count; k++) {
            court->pair[0] = k > first ? court->got.told[k - 1] : nothing;
            court->pair[1] = court->got.told[k];
            good = in_order(&order, &court->pair[0], &court->pair[1]);
        }
        if (i == log->count || !good)
            continue;
        drive_update(&drive, i);
        int32_t *arrival = &order.arrivals[log->updates[i].incident];
        if (court->got.statuses[i] >= 0 && *arrival == INT32_MAX)
            *arrival = arrived++;
    }
    drive_close(&drive);
    if (good)
        court->pair[0].event.type = court->pair[1].event.type = 0;
    return good || court_fail(court, "two events of one advance are not in order (E4)");
}

static const char *break_of_clock(const sla_clock *clock, sla_time until)
{
    bool open = clock->state == SLA_CLOCK_RUNNING || clock->state == SLA_CLOCK_PAUSED;
    sla_time end = open ? until : clock->ended;
    if (open != (clock->ended == SLA_TIME_NONE))
        return "it is open, and has an end, or the other way round";
    if (clock->started > end)
        return "it ends before it starts";
    if (clock->elapsed < 0 || clock->elapsed > end - clock->started)
        return "more counted time than wall time";
    if (clock->paused < 0 || clock->paused + clock->elapsed > end - clock->started)
        return "more counted time and pauses than wall time";
    if (clock->budget - clock->elapsed != clock->remaining)
        return "remaining is not budget - elapsed";
    if (clock->budget > 0 &&
        clock->percent != (uint32_t)(clock->elapsed * 100 / clock->budget))
        return "percent is not what is used of the budget";
    if ((clock->state == SLA_CLOCK_PAUSED) != (clock->deadline == SLA_TIME_NONE))
        return "it is paused and has a deadline, or the other way round";
    if (clock->state != SLA_CLOCK_PAUSED && clock->projected != SLA_TIME_NONE)
        return "it is not paused, and something is projected";
    bool breached = (clock->flags & SLA_CLOCK_BREACHED) != 0;
    if (clock->state == SLA_CLOCK_MET && breached)
        return "met, and breached";
    if (clock->state == SLA_CLOCK_MISSED && !breached)
        return "missed, and not breached";
    if ((clock->flags & SLA_CLOCK_IN_GRACE) != 0 && clock->state != SLA_CLOCK_MET)
        return "in grace, and not met";
    return NULL;
}

static bool holds_clocks(struct court *court, const struct log *log)
{
    const struct run *run = court->wanted;
    for (size_t i = 0; i < run->clock_count; i++) {
        const struct stood *stood = &run->clocks[i];
        sla_time now = log->until;
        for (int32_t k = 0; k < log->count; k++) /* of a shortened log, until may lie before */
            now = log->updates[k].at > now ? log->updates[k].at : now;
        const char *broken = break_of_clock(&stood->clock, now);
        if (broken != NULL) {
            court->clock = (long)i;
            return court_fail(court, "clock %zu: %s", i, broken);
        }
    }
    return true;
}

const struct law invariant_laws[] = {
    {"no_event_comes_before_its_cause_and_met_excludes_missed", LAW_ORDERED, 1, holds_events},
    {"what_an_advance_tells_comes_in_the_order_of_E4", LAW_ORDERED, 2, holds_order},
    {"the_numbers_of_every_clock_fit_together", LAW_ORDERED | LAW_LATE, 1, holds_clocks},
};
const int invariant_law_count = sizeof invariant_laws / sizeof invariant_laws[0];
