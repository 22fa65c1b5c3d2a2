/* SPDX-License-Identifier: MIT */
/* A clock: how much time an incident's metric has used, and when its promise breaks.
 *
 * A clock holds two things apart. What is *true* (start, pauses, target, deadline) changes only by
 * updates, and is a closed form of time in between; what was *told* (breach, sends) changes when
 * events go out. Verdicts come from the first alone, so they cannot depend on polling (T4). */
#ifndef ENGINE_CLOCK_H
#define ENGINE_CLOCK_H

#include "engine/target.h"

#include <sla/engine.h>

#define CLOCK_SILENT 1u      /* followed without a target: nothing is told (K8) */
#define CLOCK_BREACH_TOLD 2u /* and not retracted */
#define CLOCK_MIXED 4u       /* counted on more than one calendar */
#define CLOCK_ROLLS 8u       /* C6 applies to its deadline */
#define CLOCK_MET_IN_GRACE 16u
#define CLOCK_AGREED 32u /* D6: D0 is an agreed instant */
#define CLOCK_BREACH_AHEAD 64u /* told, but later than the late update that is applied (E2) */
#define CLOCK_PINNED 128u /* K12: the deadline is `pinned_at` */
#define CLOCK_ALL_FLAGS 255u

/* What a clock has to say next, if no update comes. */
enum fact_type { FACT_NONE, FACT_RESUME, FACT_STEP, FACT_BREACH };

/* There is no padding in it, so that clocks can be compared byte by byte. */
struct clock {
    uint32_t metric;
    uint8_t kind;  /* SLA_KIND_* */
    uint8_t state; /* SLA_CLOCK_RUNNING ... */
    uint16_t flags;
    uint32_t cycle; /* from 1 */
    uint32_t agreement, rule, calendar, escalation; /* INDEX_NONE where there is none */
    uint32_t first_calendar; /* on which counting began */
    uint32_t round;          /* restarts and retractions so far (E5) */
    uint32_t pauses, retargets, reopens; /* how many so far */
    uint32_t extensions;     /* likewise, pins included */
    uint32_t told_resume;    /* the pause whose end by its limit was told, or 0 */
    uint32_t cause;          /* SPAN_*: of the pause in force or the last one; 0: none yet */
    uint32_t fired;          /* bit i: step i of the escalation, sent once at most, was sent */
    uint32_t next_step;      /* the next fact: index of its step ... */
    uint32_t next_type;      /* ... enum fact_type ... */
    uint32_t next_order;     /* ... its place among the clock's facts (E4); see next_at */
    uint32_t earlier_state;  /* the verdict before the last reopening (K6); 0: none */
    sla_time next_at;        /* the instant of the next fact */
    sla_time started;        /* the trigger's instant (K1) */
    sla_time origin;         /* where counting starts: the cycle's start or its last restart */
    sla_time base_at;        /* the record begins here, usually at the origin ... */
    sla_duration base_used;  /* ... with so much used ... */
    sla_duration base_paused; /* ... and paused before, on calendars that are gone (E9) */
    sla_time ended;          /* SLA_TIME_NONE while open */
    sla_time run_from;       /* start of the running stretch */
    sla_time pause_from;     /* SLA_TIME_NONE while running */
    sla_time resume_at;      /* while paused: when pause limits end it, or SLA_TIME_NEVER */
    sla_duration used;       /* counted until run_from; while paused: until pause_from */
    sla_duration budget, grace; /* of the target; see clock_budget() */
    sla_duration extended;   /* counted time more, as the host said (K12) */
    sla_time pinned_at;      /* CLOCK_PINNED */
    sla_duration shift;      /* P: counted in pauses that move the deadline (K4) */
    sla_duration extra;      /* counted in pauses between deadline and breach (D5) */
    sla_time due0;           /* D0 (D4) */
    sla_time deadline;
    sla_time breach_at;      /* B (D5) */
    sla_time read_at;        /* pauses that ended by then do not move the deadline (D6, K8) */
    sla_time told_breach_at; /* B as it was told */
    sla_time earlier_ended;  /* when the verdict before the last reopening was ... */
    sla_time reopened_at;    /* ... and when the clock went on */
};

_Static_assert(sizeof(struct clock) == 20 * sizeof(uint32_t) + 24 * sizeof(sla_time), "padding");

/* A pause that has ended (from < to or empty), or a change of calendar (from = to). */
struct span {
    sla_time from, to;
    uint32_t clock;    /* index in the incident */
    uint32_t calendar; /* in force from `to` on */
    uint32_t is_pause; /* SPAN_*: false for a change of calendar */
    uint32_t by_limit; /* ended by a pause limit, not by an update */
};
typedef ARRAY(struct span) span_array;

/* What a span is: what the arithmetic asks is whether it is a pause, explanations ask why. */
#define SPAN_CHANGE 0u /* of calendar */
#define SPAN_PAUSE 1u  /* whose cause is not known any more */
#define SPAN_STOPPED(state) (1u + (state)) /* ended as that SLA_CLOCK_*, and reopened (K6) */
#define SPAN_CAUSE(pause) (8u + (pause))   /* a pause of the policy, by its index */

/* One clock of an incident with what is needed to count on it. */
struct counting {
    const sla_policy *policy;
    const sla_allocator *allocator;
    struct clock *clock;
    uint32_t index;    /* of the clock in its incident */
    span_array *spans; /* of the whole incident, in order of time for each clock */
};

/* A calendar by its number. Of one that went with its policy (E9) only the name is left: nothing is
   counted on it any more, so that it does not matter which one stands in for it. */
static inline const sla_calendar *counted_on(const sla_policy *policy, uint32_t calendar)
{
    return policy->calendars[calendar < policy->calendar_count ? calendar : 0];
}

static inline bool clock_is_open(const struct clock *clock)
{
    return clock->state == SLA_CLOCK_RUNNING || clock->state == SLA_CLOCK_PAUSED;
}
static inline bool clock_is_told(const struct clock *clock)
{
    return (clock->flags & CLOCK_SILENT) == 0;
}

/* Starts counting at `at` (also again: restart). The promise must be found, or the clock is
   silent. Forgets spans. SLA_OK or SLA_ERROR_RANGE. */
sla_status clock_begin(struct counting *counting, const struct promise *promise, sla_time at);

/* Forgets the clock's record of pauses and calendars. */
void clock_forget_spans(struct counting *counting);

/* A pause begins; ends. Not for clocks that already are so. `clock_resume` may return
   SLA_ERROR_RANGE or SLA_ERROR_MEMORY. */
void clock_pause(struct counting *counting, sla_time at);
sla_status clock_resume(struct counting *counting, sla_time at, bool by_limit);

/* Takes back a resume that a limit brought about after `at`, if that was the last thing. SLA_OK or
   SLA_ERROR_RANGE. */
sla_status clock_undo_resume(struct counting *counting, sla_time at);

/* Works out deadline and breach again, from D0 and the pauses that have ended. SLA_OK or
   SLA_ERROR_RANGE. */
sla_status clock_settle(struct counting *counting);

/* Takes a new promise and keeps what was used (K8 `keep`). SLA_OK, SLA_ERROR_RANGE, _MEMORY. */
sla_status clock_keep(struct counting *counting, const struct promise *promise, sla_time now);
/* Takes that back: to the clock `before`, which was told, when there were so many spans. */
void clock_undo_keep(struct counting *counting, const struct clock *before, size_t spans_before);

/* The budget with what the host did to it (K12): more by its extensions; of a pinned deadline, as
   of an agreed one, what is counted from the origin until it. */
sla_duration clock_budget(const struct counting *counting);

/* K12: counted time more, also of a pinned deadline; and this deadline, which neither pauses nor
   promises move. They last until `clock_let_go`. SLA_OK, or SLA_ERROR_RANGE: nothing changed. */
sla_status clock_extend(struct counting *counting, sla_duration by);
sla_status clock_pin(struct counting *counting, sla_time at);
sla_status clock_let_go(struct counting *counting);

/* Deadline and breach if the clock, now paused, were resumed at `at`. SLA_OK or SLA_ERROR_RANGE. */
sla_status clock_projection(const struct counting *counting, sla_time at, sla_time *out_deadline,
                            sla_time *out_breach);

/* Counted seconds used at an instant, which may lie in the past. */
sla_duration clock_used(const struct counting *counting, sla_time at);

/* The same, always from the record, span by span. */
sla_duration clock_used_by_spans(const struct counting *counting, sla_time at);

/* K3: is the budget, with grace, overrun at `now`? */
bool clock_is_overrun(const struct clock *clock, sla_time now);

/* Counted seconds that its pauses took, the one that still runs until `until`. */
sla_duration clock_paused(const struct counting *counting, sla_time until);

/* The earliest instant at which `amount` was used, counted from the origin; the origin for an
   amount of 0 or less. Pauses that began before it count; none is assumed later. */
sla_status clock_reach(const struct counting *counting, sla_duration amount, sla_time *out_at);

/* The same for a budget that is counted on more than one calendar (CLOCK_MIXED): what was used when
   the calendar changed stays used, the rest counts from then. Pauses that ended by `*out_read_at`
   do not move it. SLA_OK or SLA_ERROR_RANGE. */
sla_status clock_reach_mixed(const struct counting *counting, sla_duration budget,
                             sla_time *out_at, sla_time *out_read_at);

/* The earliest instant by which the clock ran for `amount` after `from`, counted on `calendar`. */
sla_status clock_reach_after(const struct counting *counting, sla_time from, sla_duration amount,
                             uint32_t calendar, sla_time *out_at);

/* If `at` lies inside a pause, the end of that pause; else `at`. */
sla_time clock_leave_pause(const struct counting *counting, sla_time at);

#endif
