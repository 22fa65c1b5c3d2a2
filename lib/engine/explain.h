/* SPDX-License-Identifier: MIT */
/* Explanations while they are made, and what they hold. */
#ifndef ENGINE_EXPLAIN_H
#define ENGINE_EXPLAIN_H

#include "base/writer.h"
#include "engine/clock.h"

#include <sla/explain.h>

/* A stretch of a clock's time: it ran on one calendar, or did not run. */
struct stretch {
    sla_time from, to;
    uint32_t what;     /* SLA_PART_COUNTED: it ran; _PAUSED, _STOPPED */
    uint32_t flags;    /* SLA_PART_AHEAD, _OVER */
    uint32_t calendar; /* index */
    uint32_t cause;    /* SPAN_* of a pause */
};

struct sla_explanation {
    sla_policy *policy;
    struct arena arena;  /* this struct, the facts, the texts */
    struct facts facts;
    sla_explained_clock clock;
    uint32_t rule;       /* index of the clock's target_rule */
    ARRAY(sla_explained_attribute) attributes;
    ARRAY(sla_explained_verdict) verdicts;
    ARRAY(sla_explained_event) events;
    ARRAY(struct stretch) stretches;
    bool failed; /* there was no memory: it is thrown away */
};

#define explanation_push(explanation, array, value)                      \
    do {                                                                 \
        if (!array_push(&(explanation)->arena.allocator, array, value))  \
            (explanation)->failed = true;                                \
    } while (0)

/* What of an engine is explained: copied out of it, so that nothing else knows how it is kept. */
struct explain_subject {
    sla_time opened_at;
    bool has_clock;
    struct clock clock;
    sla_text agreement, calendar; /* by name: they may have gone with their policy (E9) */
    span_array spans;    /* of that clock, which is number 0; the caller frees it */
    bool has_record;     /* false: only the sums are left */
    bool is_past;        /* an earlier cycle ... */
    sla_duration paused; /* ... and what was counted in its pauses */
};
/* Fills the explanation's slots with the incident's attributes, and the subject. `cycle` 0: the
   last that was told. SLA_OK, SLA_ERROR_NOT_FOUND, SLA_ERROR_MEMORY. */
sla_status explain_subject(const sla_engine *engine, sla_text incident, uint32_t kind,
                           uint32_t metric, uint32_t cycle, sla_explanation *explanation,
                           struct explain_subject *out);
/* What an engine is made of, as far as explanations must know. */
struct explain_engine {
    sla_policy *policy;
    const sla_allocator *allocator;
    sla_time now;
};
struct explain_engine explain_engine(const sla_engine *engine);

/* A text of the explanation's own; nothing when there is no memory. */
sla_text explain_copy(sla_explanation *explanation, sla_text text);
/* Writes with `write(writer, explanation, about)` into a text of its own. */
sla_text explain_written(sla_explanation *explanation,
                         void (*write)(struct writer *, const sla_explanation *, const void *),
                         const void *about);

/* The attributes, and what `classify` does with them: fills the derived slots, too. False: the
   severity is none that the policy lists. */
bool explain_classify(sla_explanation *explanation);
/* Agreements and rows of targets for a metric and kind, and what they promise in the end. */
struct promise explain_target(sla_explanation *explanation, uint32_t kind, uint32_t metric);
void explain_escalation(sla_explanation *explanation, uint32_t kind, uint32_t metric,
                        uint32_t agreement);
/* A verdict on something with a condition, with the first part of it that does not hold. */
sla_explained_verdict explain_verdict(sla_explanation *explanation, uint32_t what, uint32_t line,
                                      uint32_t condition);

/* The clock: its target as it is written; the row that it is of, if the attributes would choose it
   now; how it stands at the now that is already in the explanation. */
void explain_clock_target(sla_explanation *explanation, const struct clock *clock);
void explain_clock_row(sla_explanation *explanation, const struct clock *clock,
                       const struct promise *promise);
void explain_clock_state(sla_explanation *explanation, const struct counting *counting);
/* Its events and stretches. */
void explain_record(sla_explanation *explanation, const struct counting *counting);

/* Conditions in the policy's words: with braces, or as the parts of a `when`. */
void write_condition(struct writer *writer, const sla_policy *policy, uint32_t condition,
                     bool braces);
/* What the incident has of all that a condition looks at: "impact: degraded, no users". */
void write_facts(struct writer *writer, const struct facts *facts, uint32_t condition);
/* The first part of a condition that does not hold. */
uint32_t condition_failed_part(const struct facts *facts, uint32_t condition);
sla_text slot_name(const sla_policy *policy, uint32_t slot);
/* A word as YAML needs it: quoted unless it is plain. */
void write_word(struct writer *writer, sla_text word);

/* Words of time. "1 h 30 min"; "1h30m" as policies write it; "09:00", seconds where there are any;
   "Fri 20 Nov" for a column, the year where wanted; "Fri 20 Nov 2026 09:00", and "+08:00". */
void write_length(struct writer *writer, sla_duration seconds);
void write_duration(struct writer *writer, sla_duration seconds);
void write_time_of_day(struct writer *writer, int32_t second);
void write_date(struct writer *writer, sla_date date, bool with_year);
void write_moment(struct writer *writer, const struct zone *zone, sla_time at);
void write_instant(struct writer *writer, const struct zone *zone, sla_time at);
/* "3wd, due close, grace 1h", "agreed in visit_at, latest 3wd", "none". */
void write_target(struct writer *writer, const sla_policy *policy, uint32_t rule);

/* The parts of the text. */
void text_rows(struct writer *writer, const sla_explanation *explanation, bool clock_alone);
void text_parts(struct writer *writer, const sla_explanation *explanation, bool all);
/* One part of them: is it worth a line? Nights and breaks are no news; of longer regular closings
   the whole days are left in the part. When it was, and what. */
bool part_is_shown(sla_explained_part *part);
void write_span(struct writer *writer, bool with_year, size_t time_column,
                const sla_explained_part *part);
void write_reason(struct writer *writer, const sla_explained_part *part);
const struct zone *explanation_zone(const sla_explanation *explanation);

#endif
