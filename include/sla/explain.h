/* SPDX-License-Identifier: MIT */
/* Explanations: why a clock has the deadline it has. Which rows of the policy matched and why
 * earlier ones did not, what happened to the clock, and how its time is counted, part by part. */
#ifndef SLA_EXPLAIN_H
#define SLA_EXPLAIN_H

#include <sla/calendar.h>
#include <sla/classify.h>
#include <sla/engine.h>

SLA_BEGIN_DECLS

/* Immutable: any number of threads may read it at once. It holds a reference to its policy and
   needs the engine no more. Texts and calendars that its functions give are borrowed from it. */
typedef struct sla_explanation sla_explanation;

/* Explains a clock of an engine as it stands at the engine's now. `cycle` 0 is the last one that
   was told. A metric that has no clock is explained, too: why nothing is promised, or that it has
   not started. On SLA_OK `*out` is owned by the caller.
   SLA_OK; SLA_ERROR_NOT_FOUND: no such incident or cycle; SLA_ERROR_ARGUMENT: no such kind or
   metric among them; SLA_ERROR_MEMORY. The engine's thread, also from inside a callback.
   Since 0.3. */
SLA_API sla_status sla_engine_explain(const sla_engine *engine, const sla_text *incident,
                                      uint32_t kind, uint32_t metric_index, uint32_t cycle,
                                      sla_explanation **out);

/* Explains the clock that would start at `at`, on an incident that is opened then with these
   attributes (borrowed for the call), without an engine. On SLA_OK or SLA_UNKNOWN_SEVERITY `*out`
   is owned by the caller; a metric without a target has an explanation, too.
   Also SLA_ERROR_ARGUMENT, SLA_ERROR_RANGE, SLA_ERROR_MEMORY. Any thread. Since 0.3. */
SLA_API sla_status sla_policy_explain(const sla_policy *policy, sla_time at,
                                      const sla_attribute *attributes, size_t count, uint32_t kind,
                                      uint32_t metric_index, sla_explanation **out);

/* Frees it; NULL is allowed. */
SLA_API void sla_explanation_free(sla_explanation *explanation);

#define SLA_EXPLAINED_TARGET 1u           /* flag: a target applies; else there is no deadline */
#define SLA_EXPLAINED_AGREED 2u           /* flag: the deadline is an agreed instant (D6) */
#define SLA_EXPLAINED_BREACHED 4u         /* flag, as on sla_clock */
#define SLA_EXPLAINED_IN_GRACE 8u         /* flag, as on sla_clock */
#define SLA_EXPLAINED_PROVISIONAL 16u     /* flag, as on sla_clock */
#define SLA_EXPLAINED_ROLLED 32u          /* flag: from a closing to the next opening (C6) */
#define SLA_EXPLAINED_OTHER_TARGET 64u    /* flag: the attributes would now choose another target
                                             than the clock keeps: it has ended, or the metric never
                                             loosens. The verdicts are those of the attributes */
#define SLA_EXPLAINED_NO_RECORD 128u      /* flag: only the sums are kept of what was interrupted in
                                             an earlier cycle, or ended under an earlier policy
                                             (E9): no events of pauses, and no parts */
#define SLA_EXPLAINED_MIXED 256u          /* flag: counted on more than one calendar */
#define SLA_EXPLAINED_UNKNOWN_SEVERITY 512u /* flag: the severity was taken as the last one */
#define SLA_EXPLAINED_PINNED 1024u        /* flag: the host pinned the deadline (K12) */

/* The clock and its target. Times that there are not are SLA_TIME_NONE. */
typedef struct sla_explained_clock {
    uint32_t size;
    uint32_t flags; /* SLA_EXPLAINED_* */
    uint32_t state; /* SLA_CLOCK_*; SLA_CLOCK_NONE: it has not started, or nothing is promised */
    uint32_t kind;  /* SLA_KIND_* */
    sla_text incident;  /* empty without an engine */
    sla_text metric;
    sla_text agreement; /* empty without a target, as are those behind it: */
    sla_text row;       /* the target row's `name`, or empty */
    sla_text calendar;
    sla_text severity;  /* empty if the policy has no severities */
    const sla_calendar *calendar_handle; /* NULL without a target, or gone with its policy (E9) */
    const void *reserved;
    sla_time now;          /* what the explanation looks at: the engine's now, or `at` */
    sla_time opened;       /* when the incident was */
    sla_time started;      /* the cycle's start */
    sla_time counted_from; /* the start, or the last restart */
    sla_time ended;
    sla_time first_due;    /* D0: the deadline before pauses moved it (D4) */
    sla_time deadline;     /* NONE while paused */
    sla_time breach_at;    /* B: the deadline and its grace (D5); NONE while paused */
    sla_time projected;    /* while paused: the deadline if it were resumed now */
    sla_duration budget;   /* counted seconds allowed */
    sla_duration grace;
    sla_duration elapsed;  /* counted seconds used */
    sla_duration remaining; /* budget - elapsed; may be negative */
    sla_duration paused;   /* counted seconds spent paused */
    sla_duration moved;    /* P: those that moved the deadline (K4) */
    sla_duration extended; /* that the host added (K12); in `budget` */
    sla_time parts_from;   /* where the parts begin: at counted_from; or later, when a policy was
                              bound of which a calendar counts otherwise (E9), with ... */
    sla_duration used_before;   /* ... so much used before; in `elapsed` ... */
    sla_duration paused_before; /* ... and so much paused; in `paused` */
    int64_t amount;        /* of the target as written: seconds, or days */
    uint32_t unit;         /* SLA_UNIT_*; 0: an agreed instant, or no target */
    uint32_t due;          /* as in sla_target */
    uint32_t due_time;     /* as in sla_target */
    uint32_t cutoff;       /* as in sla_target */
    uint32_t metric_index;
    uint32_t cycle;        /* 0: none */
    uint32_t line;         /* of the target in the policy file; 0: none, or gone (E9) */
    uint32_t row_line;     /* of its row; 0: not known any more (see OTHER_TARGET) */
    uint32_t metric_line;  /* of the metric; 0: it is one of the two that need no words */
    sla_status status;     /* SLA_OK, or SLA_ERROR_RANGE: the deadline cannot be computed */
} sla_explained_clock;

/* The clock; `out_clock->size` must be set. 1, or 0 if it cannot be right. */
SLA_API int32_t sla_explanation_clock(const sla_explanation *explanation,
                                      sla_explained_clock *out_clock);

#define SLA_ATTRIBUTE_DERIVED 1u /* flag: made by the policy's `classify` */

/* An attribute that the incident has and that the policy looks at. */
typedef struct sla_explained_attribute {
    uint32_t size;
    uint32_t flags; /* SLA_ATTRIBUTE_DERIVED */
    sla_text name;
    sla_text value;
} sla_explained_attribute;

/* The attribute at `index` from 0: first those of the host, then the derived ones in the order of
   the policy. 0 past the end. */
SLA_API int32_t sla_explanation_attribute(const sla_explanation *explanation, size_t index,
                                          sla_explained_attribute *out_attribute);

#define SLA_VERDICT_CHOICE 1u     /* a row of `classify` that gives an attribute its value */
#define SLA_VERDICT_MATRIX 2u     /* a matrix of `classify` */
#define SLA_VERDICT_TABLE 3u      /* a table of `classify` */
#define SLA_VERDICT_RAISE 4u      /* a `raise` row */
#define SLA_VERDICT_AGREEMENT 5u
#define SLA_VERDICT_TARGET 6u     /* a row of targets */
#define SLA_VERDICT_TARGET_TABLE 7u   /* a target chosen by an attribute */
#define SLA_VERDICT_CALENDAR_TABLE 8u /* a calendar chosen by an attribute */
#define SLA_VERDICT_ESCALATION 9u

#define SLA_VERDICT_MATCHED 1u /* flag */
#define SLA_VERDICT_ABSENT 2u  /* flag: the incident does not have `attribute` */

#define SLA_REASON_CONDITION 1u /* a part of its `when` does not hold: `wanted`, `has` */
#define SLA_REASON_DATES 2u     /* opened outside its `from` and `until` */
#define SLA_REASON_METRIC 3u    /* it does not name the metric */
#define SLA_REASON_KIND 4u      /* it is for other kinds of agreements */
#define SLA_REASON_AGREEMENT 5u /* it is for other agreements */

/* What became of one row. Of rows of which the first to match wins, those after it are left out:
   they were not asked. */
typedef struct sla_explained_verdict {
    uint32_t size;
    uint32_t flags;  /* SLA_VERDICT_MATCHED, _ABSENT */
    uint32_t what;   /* SLA_VERDICT_CHOICE ... */
    uint32_t line;   /* in the policy file; 0: none */
    uint32_t reason; /* why it did not match: SLA_REASON_*; 0 if it did */
    uint32_t failed_line; /* of the first part of the condition that does not hold; else 0 */
    sla_text name;      /* the derived attribute, the agreement, the target row's `name` */
    sla_text gives;     /* the value, the target, the calendar, "+1" of a `raise`; may be empty */
    sla_text condition; /* its `when` in the policy's words, or what a table looks up; or empty */
    sla_text wanted;    /* the part that does not hold, or the dates, in the policy's words */
    sla_text has;       /* what the incident has instead, such as "impact: degraded" */
    sla_text attribute; /* if one attribute alone decided: its name, and ... */
    sla_text value;     /* ... its value, empty where absent */
} sla_explained_verdict;

/* The verdict at `index` from 0, in the order in which rows are asked: `classify`, agreements,
   targets, escalations. 0 past the end. */
SLA_API int32_t sla_explanation_verdict(const sla_explanation *explanation, size_t index,
                                        sla_explained_verdict *out_verdict);

#define SLA_RECORD_STARTED 1u
#define SLA_RECORD_RESTARTED 2u /* the whole budget counts anew from here */
#define SLA_RECORD_PAUSED 3u    /* `at` to `until`; NONE: it still is */
#define SLA_RECORD_STOPPED 4u   /* ended as `state` at `at`, reopened at `until`; that time is a
                                   pause of the clock, or (flag) counts, or nothing before it
                                   does (it was restarted) */
#define SLA_RECORD_CALENDAR 5u  /* from here on `text` is the calendar */
#define SLA_RECORD_ENDED 6u     /* as `state` */
#define SLA_RECORD_BOUND 7u     /* here another policy was bound (E9), with `counted` used before */

#define SLA_RECORD_BY_LIMIT 1u /* flag: the pause's limit ended it */
#define SLA_RECORD_COUNTS 2u   /* flag: the time until `until` counts */

/* Something that happened to the clock. */
typedef struct sla_explained_event {
    uint32_t size;
    uint32_t flags; /* SLA_RECORD_BY_LIMIT, _COUNTS */
    uint32_t what;  /* SLA_RECORD_* */
    uint32_t state; /* SLA_CLOCK_*: STOPPED, ENDED */
    uint32_t line;  /* of the pause in the policy file; 0: none */
    uint32_t reserved;
    sla_time at;
    sla_time until;
    sla_duration counted; /* PAUSED, STOPPED: seconds of the calendar that passed */
    sla_text text;        /* PAUSED: the reason, or empty; CALENDAR: its name */
} sla_explained_event;

/* The event at `index` from 0, in order of time. 0 past the end. */
SLA_API int32_t sla_explanation_event(const sla_explanation *explanation, size_t index,
                                      sla_explained_event *out_event);

#define SLA_PART_COUNTED 1u /* the calendar is open, and the clock runs */
#define SLA_PART_CLOSED 2u  /* the calendar is closed */
#define SLA_PART_PAUSED 3u  /* a pause; `counted` is what of it would have counted */
#define SLA_PART_STOPPED 4u /* ended, and reopened later: as a pause */

#define SLA_PART_AHEAD 1u /* flag: not used: after now, or after the end */
#define SLA_PART_OVER 2u  /* flag: behind the deadline */
#define SLA_PART_SHIFTED 4u /* flag: the zone's clocks change in it, so that times of day mislead */

/* A part of the time from the start of counting on. Parts follow each other without a gap. The
   counted ones that are not AHEAD sum up to `elapsed` less `used_before`. */
typedef struct sla_explained_part {
    uint32_t size;
    uint32_t flags; /* SLA_PART_AHEAD, _OVER, _SHIFTED */
    uint32_t what;  /* SLA_PART_COUNTED ... */
    uint32_t day;   /* SLA_DAY_*: COUNTED: a make-up working day, a special day; CLOSED: why, where
                       it is more than the week's hours */
    sla_text name;  /* of the day or closure, or the pause's reason; may be empty */
    const sla_calendar *calendar;
    const void *reserved;
    sla_time from;
    sla_time to; /* exclusive */
    sla_duration counted; /* seconds; 0 for CLOSED */
} sla_explained_part;

/* The next part; start with *cursor = 0. However long the target, nothing is left out and nothing
   is allocated. 0 at the end. */
SLA_API int32_t sla_explanation_part(const sla_explanation *explanation, uint64_t *cursor,
                                     sla_explained_part *out_part);

#define SLA_TEXT_ALL_PARTS 1u  /* flag: every part, also of long targets */
#define SLA_TEXT_CLOCK_ALONE 2u /* flag: without `classify`, the same for every clock */

/* The explanation for people, in English: lines of UTF-8, the last one with its end, columns
   aligned for a terminal, instants in the zone of their calendar, nothing that steers a terminal.
   Of more than some forty parts those in the middle become one line that sums them up, unless
   SLA_TEXT_ALL_PARTS is set. Writes at most `capacity` bytes with the NUL (`buffer` may be NULL
   with 0) and returns the length of the whole text without it, as snprintf does. */
SLA_API size_t sla_explanation_text(const sla_explanation *explanation, uint32_t flags,
                                    char *buffer, size_t capacity);

SLA_END_DECLS

#endif
