/* SPDX-License-Identifier: MIT */
/* The engine: incidents' clocks, driven by updates and by the time that the host passes in.
 *
 * An engine has no clock, thread or I/O. One thread at a time may use it; many engines may share
 * a policy. Verdicts never depend on how often it is called (T4). */
#ifndef SLA_ENGINE_H
#define SLA_ENGINE_H

#include <sla/classify.h>
#include <sla/event.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

typedef struct sla_engine sla_engine;

/* What the host is told. All state is final before the first callback of a call runs; from inside
   one, queries work and changes are refused with SLA_ERROR_BUSY (E6). Callbacks must return
   normally: do not throw or longjmp out of them (such languages pull instead). */
typedef struct sla_callbacks {
    uint32_t size;
    uint32_t flags; /* 0 */
    /* One event. Zero: taken. Non-zero: refused; it stays first in line, and the call that made
       it returns SLA_DELIVERY_REFUSED. NULL: the host pulls. */
    int32_t (*on_event)(void *user, const sla_event *event);
    /* Told when sla_engine_next_due() changes, at the end of a call. May be NULL. */
    void (*on_rearm)(void *user, sla_time next_due);
    void *user;
    void *reserved; /* NULL */
} sla_callbacks;

typedef struct sla_engine_options {
    uint32_t size;
    uint32_t flags;                 /* 0 */
    const sla_allocator *allocator; /* default: the policy's; copied */
    void *reserved;                 /* NULL */
} sla_engine_options;

/* Something that happened to an incident (E1). Borrowed for the call.
   Names that begin with "sla:" are acts of the host (K12): "sla:extend" gives counted time more,
   the attribute `by` says how much, such as "1h30m"; "sla:pin" sets the deadline to the instant in
   the attribute `deadline` (RFC 3339 or Unix seconds); "sla:exempt" ends clocks out of compliance.
   The attribute `metric` says whose (absent: all); `reason` and `actor` (65,535 bytes at most) go
   with the events. These five are then no attributes of the incident. */
typedef struct sla_update {
    uint32_t size;
    uint32_t flags; /* 0 */
    sla_text incident; /* 1..4096 bytes */
    sla_text event;    /* its name, such as "responded"; may be empty */
    const sla_attribute *attributes;
    size_t attribute_count;
    sla_time at;
    uint64_t sequence; /* 0: none; else not above the incident's last: SLA_DUPLICATE (E3) */
} sla_update;

/* A new engine that holds a reference to `policy`. `callbacks` and `options` may be NULL, and are
   copied. `*out_engine` is owned by the caller.
   SLA_OK, SLA_ERROR_ARGUMENT, SLA_ERROR_MEMORY. */
SLA_API sla_status sla_engine_new(sla_policy *policy, const sla_callbacks *callbacks,
                                  const sla_engine_options *options, sla_engine **out_engine);

/* Frees the engine and what it holds; events not delivered are gone. NULL is allowed. */
SLA_API void sla_engine_free(sla_engine *engine);

/* Applies an update (K5); one later than the engine's now advances the engine first (E1).
   SLA_OK, SLA_DELIVERY_REFUSED, SLA_DUPLICATE, SLA_UNKNOWN_SEVERITY, SLA_ERROR_ORDER,
   SLA_ERROR_RANGE, SLA_ERROR_BUSY, SLA_ERROR_ARGUMENT, SLA_ERROR_LIMIT, SLA_ERROR_MEMORY; and of
   an act of the host (K12) SLA_ERROR_SYNTAX: a duration or instant that cannot be read. After an
   error the incident is as it was (an engine that was advanced first stays advanced). */
SLA_API sla_status sla_engine_update(sla_engine *engine, const sla_update *update);

/* Applies `count` updates one after the other, as sla_engine_update() does, and delivers the events
   of each before the next. Faster when the incidents are many: memory of those that come is fetched
   meanwhile. `updates` lie one behind the other, all of one `size`. `out_statuses` has room for
   `count`, or is NULL; `*out_done` (or NULL) becomes how many were dealt with.
   With `out_statuses` an error of one update does not stop the others: each gets its status, also
   SLA_DUPLICATE and SLA_UNKNOWN_SEVERITY. Without, the first error ends the call and is returned.
   SLA_OK; SLA_ROWS_FAILED: `out_statuses` has errors. Behind the update at hand end with
   SLA_DELIVERY_REFUSED, which counts as done, SLA_ERROR_MEMORY and SLA_ERROR_LIMIT, which do not.
   SLA_ERROR_ARGUMENT, SLA_ERROR_BUSY: nothing was done. Since 0.4. */
SLA_API sla_status sla_engine_update_many(sla_engine *engine, const sla_update *updates,
                                          size_t count, sla_status *out_statuses,
                                          size_t *out_done);

/* Rebuilds an incident: its history, given again in full (corrected, backdated), replaces what the
   engine knows of it, and only the differences are told. It stands then as if each of the `count`
   updates, all of this incident, had come in its time; the last one, if it is later than the
   engine's now, advances the engine first. Sequences count within the new history, and duplicates
   in it are left out. An unknown incident is opened so. The policy is the one that is bound now.
   Facts that were told are not told again, wherever their instants are now. What is told, late
   where it lies in the engine's past (E10): first `breach_retracted` for every told breach that is
   not the one in force; then the facts of the new history that were never told; then, clock by
   clock, what the host still has wrong: a clock that is not there is `cancelled`, an ended one that
   is open `reopened`, one that runs `resumed`, one that pauses `paused`, an open one with another
   deadline, budget or agreement `retargeted`; a breach or verdict that was taken back before is
   told again. No id comes twice. Events that wait stay in line and count as told.
   SLA_OK, SLA_DELIVERY_REFUSED, SLA_UNKNOWN_SEVERITY (of the last update), SLA_ERROR_ARGUMENT
   (also for no updates; see sla_engine_forget()), SLA_ERROR_ORDER, SLA_ERROR_RANGE,
   SLA_ERROR_BUSY, SLA_ERROR_SYNTAX, SLA_ERROR_LIMIT, SLA_ERROR_MEMORY. After an error the incident
   is as it was (an engine that was advanced first stays advanced). Since 0.3. */
SLA_API sla_status sla_engine_rebuild(sla_engine *engine, const sla_text *incident,
                                      const sla_update *updates, size_t count);

/* Fires everything that is known at `now`. Going back is not an error: nothing happens.
   SLA_OK, SLA_DELIVERY_REFUSED, SLA_ERROR_RANGE, SLA_ERROR_BUSY, SLA_ERROR_MEMORY. */
SLA_API sla_status sla_engine_advance(sla_engine *engine, sla_time now);

/* The earliest instant at which advance() would have something to say, or SLA_TIME_NEVER (E7). */
SLA_API sla_time sla_engine_next_due(const sla_engine *engine);

/* The latest instant that the engine has seen, or SLA_TIME_NONE. */
SLA_API sla_time sla_engine_now(const sla_engine *engine);

/* The first event in line, not removed (pull). SLA_OK or SLA_EMPTY. `out_event->size` is set by
   the caller; what it points to is borrowed until the engine is next changed. */
SLA_API sla_status sla_engine_next_event(const sla_engine *engine, sla_event *out_event);

/* Removes the first event in line. SLA_OK, SLA_EMPTY, SLA_ERROR_BUSY. */
SLA_API sla_status sla_engine_event_done(sla_engine *engine);

/* Delivers waiting events to the callback again after a refusal.
   SLA_OK, SLA_DELIVERY_REFUSED, SLA_ERROR_BUSY. */
SLA_API sla_status sla_engine_deliver(sla_engine *engine);

#define SLA_CLOCK_NONE 0u /* the metric has not started */
#define SLA_CLOCK_RUNNING 1u
#define SLA_CLOCK_PAUSED 2u
#define SLA_CLOCK_MET 3u
#define SLA_CLOCK_MISSED 4u
#define SLA_CLOCK_CANCELLED 5u
#define SLA_CLOCK_EXEMPT 6u

#define SLA_CLOCK_BREACHED 1u    /* flag */
#define SLA_CLOCK_IN_GRACE 2u    /* flag: met within grace */
#define SLA_CLOCK_PROVISIONAL 4u /* flag */
#define SLA_CLOCK_PINNED 8u      /* flag: the host pinned its deadline (K12). Since 0.3 */

/* A clock as it stands at the engine's now. Texts are borrowed until the engine changes. */
typedef struct sla_clock {
    uint32_t size;
    uint32_t flags;
    uint32_t state; /* SLA_CLOCK_* */
    uint32_t kind;
    sla_text incident;
    sla_text agreement;
    sla_text metric;
    sla_text calendar;
    sla_text severity;
    sla_time started;
    sla_time ended;     /* SLA_TIME_NONE while open */
    sla_time deadline;  /* SLA_TIME_NONE while paused */
    sla_time projected; /* while paused: the deadline if it were resumed now */
    sla_duration budget;
    sla_duration elapsed;   /* counted seconds used */
    sla_duration remaining; /* may be negative */
    sla_duration paused;    /* counted seconds spent paused */
    uint32_t metric_index;
    uint32_t cycle;
    uint32_t percent; /* of the budget used, rounded down */
    uint32_t line;    /* of the target in the policy file */
    sla_time breach_at;      /* the promise is broken after this instant (B, with grace);
                                SLA_TIME_NONE while paused. Since 0.3 */
    sla_duration grace;      /* counted seconds between deadline and breach. Since 0.3 */
    sla_duration extended;   /* counted seconds that the host added (K12). Since 0.3 */
    uint64_t fingerprint[2]; /* of the policy and zone data that it is judged by. Since 0.3 */
} sla_clock;

/* The latest cycle of a clock. `out_clock->size` must be set.
   SLA_OK, SLA_ERROR_NOT_FOUND, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_engine_clock(const sla_engine *engine, const sla_text *incident,
                                    uint32_t kind, uint32_t metric_index, sla_clock *out_clock);

/* Goes through all told clocks, every cycle, in order of incident, metric, kind and cycle.
   Start with *cursor = 0. SLA_OK, or SLA_EMPTY at the end. Do not change the engine between. */
SLA_API sla_status sla_engine_clocks(const sla_engine *engine, uint64_t *cursor,
                                     sla_clock *out_clock);

/* Which clocks to look for; zeros look for all. Texts are borrowed for the call. */
typedef struct sla_clock_filter {
    uint32_t size;
    uint32_t flags;     /* SLA_CLOCK_BREACHED ... _PINNED: all of these set */
    uint32_t states;    /* bits 1 << SLA_CLOCK_RUNNING ...: one of these; 0: any */
    uint32_t kinds;     /* bits 1 << SLA_KIND_SLA ...: one of these; 0: any */
    sla_text incident;  /* this one alone; empty: all */
    sla_text metric;    /* empty: all */
    sla_text severity;  /* of the incident; empty: all */
    sla_text agreement; /* empty: all */
    sla_time due_before; /* with a deadline before this instant; 0: any or none */
    uint64_t reserved;   /* 0 */
} sla_clock_filter;

/* As sla_engine_clocks(), but only those that the filter wants (NULL: all). SLA_OK, SLA_EMPTY at
   the end, SLA_ERROR_ARGUMENT, SLA_ERROR_MEMORY. Since 0.3. */
SLA_API sla_status sla_engine_find_clocks(const sla_engine *engine, const sla_clock_filter *filter,
                                          uint64_t *cursor, sla_clock *out_clock);

/* Forgets an incident with its clocks, for instance long after it was closed. Its events that wait
   are still delivered. An update of the same id would open it anew. SLA_OK, SLA_ERROR_NOT_FOUND,
   SLA_ERROR_BUSY, SLA_ERROR_ARGUMENT, SLA_ERROR_MEMORY. Since 0.3. */
SLA_API sla_status sla_engine_forget(sla_engine *engine, const sla_text *incident);

/* How many incidents the engine holds, and how many bytes of memory in all. */
SLA_API uint64_t sla_engine_incidents(const sla_engine *engine);
SLA_API uint64_t sla_engine_memory(const sla_engine *engine);

SLA_END_DECLS

#endif
