/* SPDX-License-Identifier: MIT */
/* Events: what the engine tells the host. */
#ifndef SLA_EVENT_H
#define SLA_EVENT_H

#include <sla/types.h>

SLA_BEGIN_DECLS

#define SLA_EVENT_STARTED 1u
#define SLA_EVENT_PAUSED 2u
#define SLA_EVENT_RESUMED 3u
#define SLA_EVENT_RETARGETED 4u
#define SLA_EVENT_REOPENED 5u
#define SLA_EVENT_EXTENDED 6u
#define SLA_EVENT_CANCELLED 7u
#define SLA_EVENT_EXEMPTED 8u
#define SLA_EVENT_WARNING 9u
#define SLA_EVENT_BREACH 10u
#define SLA_EVENT_BREACH_RETRACTED 11u
#define SLA_EVENT_ESCALATION 12u
#define SLA_EVENT_MET 13u
#define SLA_EVENT_MISSED 14u
#define SLA_EVENT_TYPE_COUNT 15u

#define SLA_EVENT_LATE 1u        /* flag: made true by an update after its instant (E10) */
#define SLA_EVENT_IN_GRACE 2u    /* flag: met after the deadline, within grace (D5) */
#define SLA_EVENT_PROVISIONAL 4u /* flag: the deadline lies beyond the holiday data (C10) */

#define SLA_NO_NUMBER INT32_MIN /* a number that does not apply */

/* One event. Everything it points to is borrowed: in a callback until it returns, from
   sla_engine_next_event() until the engine is next changed. */
typedef struct sla_event {
    uint32_t size;
    uint32_t flags; /* SLA_EVENT_LATE, _IN_GRACE, _PROVISIONAL */
    uint32_t type;  /* SLA_EVENT_STARTED ... */
    uint32_t kind;  /* SLA_KIND_* of the agreement */
    uint64_t id[2]; /* the same for the same fact, whenever and wherever it is computed (E5) */
    sla_text incident;
    sla_text agreement;
    sla_text metric;
    sla_text severity; /* the incident's at that moment; may be empty */
    sla_text reason;   /* of a pause, an extension ...; may be empty */
    sla_text actor;    /* of a host's update; may be empty */
    const sla_text *notify;
    size_t notify_count;
    const sla_text *via;
    size_t via_count;
    sla_time at;       /* the true instant of the fact */
    sla_time deadline; /* SLA_TIME_NONE while paused */
    sla_duration elapsed;   /* counted seconds used at `at` */
    sla_duration remaining; /* budget - elapsed; may be negative */
    uint32_t metric_index;
    uint32_t cycle;      /* from 1 */
    int32_t percent;     /* of a step written as N %; else SLA_NO_NUMBER */
    int32_t level;       /* of a step; else SLA_NO_NUMBER */
    uint32_t repetition; /* n-th send of a step, pause, retarget or reopening; from 1 */
    uint32_t line;       /* of the step or target in the policy file; 0: none */
} sla_event;

/* The type's name as in logs, such as "breach_retracted"; NULL if there is no such type. */
SLA_API const char *sla_event_type_name(uint32_t type);

/* "sla", "ola" or "uc"; NULL if there is no such kind. */
SLA_API const char *sla_kind_name(uint32_t kind);

SLA_END_DECLS

#endif
