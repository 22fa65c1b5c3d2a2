/* SPDX-License-Identifier: MIT */
/* State as bytes (E8), the pure step, and another policy for what is going on (E9).
 *
 * Saved bytes carry a version, a checksum, the policy's fingerprint and every name that they use.
 * They are the same on every machine, are read by the version that wrote them and by later ones,
 * and hold undelivered events too: going on from them gives the events that would have come if
 * nothing had been saved. Whoever may change the bytes can change what is promised: keep them as
 * safe as the incidents themselves. */
#ifndef SLA_STATE_H
#define SLA_STATE_H

#include <sla/engine.h>
#include <sla/event.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

/* Bytes that were saved. Immutable; several threads may read them. */
typedef struct sla_state sla_state;

/* The whole engine. `*out_state` is owned by the caller. SLA_OK, SLA_ERROR_ARGUMENT,
   SLA_ERROR_MEMORY, SLA_ERROR_LIMIT. Also from inside a callback. Since 0.3. */
SLA_API sla_status sla_engine_save(const sla_engine *engine, sla_state **out_state);

/* One incident, with its undelivered events. Also SLA_ERROR_NOT_FOUND. Since 0.3. */
SLA_API sla_status sla_engine_save_incident(const sla_engine *engine, const sla_text *incident,
                                            sla_state **out_state);

/* The bytes, borrowed from the state. Since 0.3. */
SLA_API void sla_state_bytes(const sla_state *state, const void **out_bytes, size_t *out_size);

/* Frees them; NULL is allowed. Since 0.3. */
SLA_API void sla_state_free(sla_state *state);

/* What saved bytes say of themselves. */
typedef struct sla_state_info {
    uint32_t size;
    uint32_t flags;          /* 0 */
    uint32_t format;         /* of the bytes: 1 */
    uint32_t is_incident;    /* 1: one incident, 0: an engine */
    uint64_t fingerprint[2]; /* of the policy that they were saved under */
    uint64_t incidents;      /* how many */
    uint64_t events;         /* how many wait to be delivered */
    sla_time now;            /* the engine's; SLA_TIME_NONE: it was never called */
} sla_state_info;

/* Looks at saved bytes without a policy. SLA_OK, SLA_ERROR_DATA: they are damaged, cut off or not
   ours, SLA_ERROR_ARGUMENT. Any thread. Since 0.3. */
SLA_API sla_status sla_state_describe(const void *bytes, size_t size, sla_state_info *out_info);

#define SLA_LOAD_REBIND 1u /* flag: take bytes of another policy, and apply K8 (E9) */

#define SLA_MOVE_RETARGETED 1u /* the target, the calendar or the deadline is another */
#define SLA_MOVE_STARTED 2u    /* a clock that was followed silently has a target now */
#define SLA_MOVE_CANCELLED 3u  /* nothing is promised any more, or the metric is gone */

/* One open clock that another policy moved. Texts are borrowed from the list. */
typedef struct sla_move {
    uint32_t size;
    uint32_t flags;  /* 0 */
    uint32_t change; /* SLA_MOVE_* */
    uint32_t kind;   /* SLA_KIND_* */
    uint32_t cycle;
    uint32_t line;   /* of the new target in the new policy; 0: none */
    sla_text incident;
    sla_text metric;
    sla_text agreement_before; /* may be empty */
    sla_text agreement;        /* may be empty */
    sla_text calendar_before;
    sla_text calendar;
    sla_time deadline_before;  /* of a paused clock: if it were resumed now; SLA_TIME_NONE:
                                  its calendar is gone, or counts otherwise now */
    sla_time deadline;         /* SLA_TIME_NONE: cancelled */
    sla_duration budget_before; /* counted seconds */
    sla_duration budget;
} sla_move;

/* The clocks that moved, in order of incident, metric, kind. Immutable. */
typedef struct sla_moves sla_moves;
SLA_API size_t sla_moves_count(const sla_moves *moves); /* 0 for NULL. Since 0.3. */
/* The one at `index` from 0; 0 past the end. `out_move->size` must be set. Since 0.3. */
SLA_API int32_t sla_moves_at(const sla_moves *moves, size_t index, sla_move *out_move);
SLA_API void sla_moves_free(sla_moves *moves); /* NULL is allowed. Since 0.3. */

/* Restores saved bytes: those of an engine into one that holds no incident and no event; those of
   an incident beside the others, in place of the same one, and the engine is first advanced to the
   instant at which they were saved. Events that waited are delivered first. `flags` is 0 or
   SLA_LOAD_REBIND; `out_moves` may be NULL, else on success `*out_moves` is owned by the caller.
   SLA_OK, SLA_DELIVERY_REFUSED, SLA_ERROR_DATA: the bytes are damaged, cut off or not ours,
   SLA_ERROR_POLICY_CHANGED: saved under a policy with another fingerprint, SLA_ERROR_RANGE: the
   new policy gives a deadline after 2199, SLA_ERROR_BUSY, SLA_ERROR_ARGUMENT, SLA_ERROR_LIMIT,
   SLA_ERROR_MEMORY. After an error nothing has changed (an engine that was advanced first stays
   advanced). Since 0.3. */
SLA_API sla_status sla_engine_load(sla_engine *engine, const void *bytes, size_t size,
                                   uint32_t flags, sla_moves **out_moves);

/* Binds another policy to a live engine: the same as saving it and loading the bytes with
   SLA_LOAD_REBIND. Every incident counts as updated at the engine's now, so that later updates
   for an instant before it are SLA_ERROR_ORDER. SLA_OK, SLA_DELIVERY_REFUSED, and the errors of
   sla_engine_load(). Since 0.3. */
SLA_API sla_status sla_engine_bind(sla_engine *engine, sla_policy *policy, sla_moves **out_moves);

/* What a pure step gives. Immutable. */
typedef struct sla_step sla_step;

/* The pure step: one incident's bytes (of sla_engine_save_incident() or of a step; size 0: it is
   not known yet), time, and at most one update in; events and the new bytes out. First time
   passes to `now` (SLA_TIME_NONE: to the update's own instant, or not at all), then `update`
   (NULL: none) is applied; an update before `now` is late news (E2). Events that waited in the
   bytes come first, and none is left to wait in the new ones. `flags`: 0 or SLA_LOAD_REBIND.
   Driving every incident so gives what an engine would (but for the order between incidents).
   The statuses of sla_engine_load() and sla_engine_update(); on success, SLA_DUPLICATE and
   SLA_UNKNOWN_SEVERITY `*out_step` is owned by the caller. Any thread. Since 0.3. */
SLA_API sla_status sla_policy_step(const sla_policy *policy, const void *state, size_t size,
                                   const sla_update *update, sla_time now, uint32_t flags,
                                   sla_step **out_step);

/* The new bytes, borrowed from the step; size 0: there is still no incident. Since 0.3. */
SLA_API void sla_step_state(const sla_step *step, const void **out_bytes, size_t *out_size);
/* The event at `index` from 0, borrowed from the step; 0 past the end. `out_event->size` must be
   set. Since 0.3. */
SLA_API int32_t sla_step_event(const sla_step *step, size_t index, sla_event *out_event);
/* When the next step without an update has something to say, or SLA_TIME_NEVER. Since 0.3. */
SLA_API sla_time sla_step_next_due(const sla_step *step);
SLA_API void sla_step_free(sla_step *step); /* NULL is allowed. Since 0.3. */

SLA_END_DECLS

#endif
