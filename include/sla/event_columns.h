/* SPDX-License-Identifier: MIT */
/* Events as columns: many that wait, in one call, into memory of the caller's.
 *
 * What is written has the forms of the Arrow columnar format, so that data frames and databases
 * take it as it lies. Row by row it is what sla_engine_next_event() shows. Since 0.5. */
#ifndef SLA_EVENT_COLUMNS_H
#define SLA_EVENT_COLUMNS_H

#include <sla/engine.h>
#include <sla/evaluate.h>
#include <sla/event.h>
#include <sla/state.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

/* Where texts go: one behind the other, and where each begins and the last ends (Arrow's utf8 or
   large_utf8). */
typedef struct sla_text_sink {
    uint32_t size;
    uint32_t flags;    /* 0 */
    uint32_t width;    /* bytes of an offset, which is signed: 4 or 8 */
    uint32_t reserved; /* 0 */
    uint64_t capacity; /* bytes that `bytes` has room for */
    uint64_t used;     /* out: bytes written; after SLA_ERROR_LIMIT what the first event needs */
    uint64_t missing;  /* out: how many of the texts are empty */
    void *offsets;     /* one more than there is room for texts; the first becomes 0 */
    char *bytes;
    uint8_t *validity; /* bits as sla_event_columns has them, 0: the text is empty. NULL: not
                          wanted */
    void *unused;      /* NULL */
} sla_text_sink;

/* Where lists of texts go (Arrow's list<utf8>). */
typedef struct sla_list_sink {
    uint32_t size;
    uint32_t flags;    /* 0 */
    uint32_t width;    /* bytes of an offset, which is signed: 4 or 8 */
    uint32_t reserved; /* 0 */
    uint64_t capacity; /* texts of all lists that there is room for */
    uint64_t used;     /* out: texts written; after SLA_ERROR_LIMIT what the first event needs */
    void *offsets;     /* row i has the texts offsets[i] up to offsets[i + 1] */
    sla_text_sink *texts;
} sla_list_sink;

/* Which columns are wanted of events; NULL: not wanted. Arrays have room for `capacity` elements,
   columns of bits for (capacity + 7) / 8 bytes: the lowest bit of a byte is its first row, and bits
   of the last byte past the last row become 0. All is borrowed for the call. */
typedef struct sla_event_columns {
    uint32_t size;
    uint32_t flags;    /* 0 */
    uint32_t ticks;    /* of a second, in which the four columns of time are written: 1, 1,000,
                          1,000,000 or 1,000,000,000; 0 is 1 */
    uint32_t reserved; /* 0 */
    uint64_t first;    /* so many events at the front of the line are passed over */
    uint64_t capacity; /* rows, not 0 */
    uint8_t *types;       /* SLA_EVENT_STARTED ... */
    uint8_t *kinds;       /* SLA_KIND_* */
    uint8_t *event_flags; /* SLA_EVENT_LATE, _IN_GRACE, _PROVISIONAL */
    uint8_t *ids;         /* 16 bytes a row: id[0] and id[1], each with its highest byte first, so
                             that in hexadecimal digits they are the id as logs print it */
    int64_t *at;
    int64_t *deadlines;   /* INT64_MIN while paused */
    int64_t *elapsed;
    int64_t *remaining;
    uint32_t *metric_indexes;    /* as in sla_policy_metric_at(); SLA_NO_INDEX: the policy that is
                                    bound now has no metric of this name */
    uint32_t *agreement_indexes; /* as in sla_policy_agreement_at(); or SLA_NO_INDEX */
    uint32_t *severity_indexes;  /* as in sla_policy_severity_at(); or SLA_NO_INDEX */
    uint32_t *cycles;
    int32_t *percents; /* or SLA_NO_NUMBER */
    int32_t *levels;   /* or SLA_NO_NUMBER */
    uint32_t *repetitions;
    uint32_t *lines;
    uint8_t *has_deadline;  /* bits, the validity of `deadlines` ... */
    uint8_t *has_metric;    /* ... of `metric_indexes` ... */
    uint8_t *has_agreement;
    uint8_t *has_severity;
    uint8_t *has_percent;
    uint8_t *has_level;
    uint8_t *late;        /* bits: SLA_EVENT_LATE */
    uint8_t *in_grace;    /* bits: SLA_EVENT_IN_GRACE */
    uint8_t *provisional; /* bits: SLA_EVENT_PROVISIONAL */
    sla_text_sink *id_texts; /* the ids as logs print them: 32 hexadecimal digits a row */
    sla_text_sink *incidents;
    sla_text_sink *agreements;
    sla_text_sink *metrics;
    sla_text_sink *severities;
    sla_text_sink *reasons;
    sla_text_sink *actors;
    sla_list_sink *notify;
    sla_list_sink *via;
} sla_event_columns;

/* Shows the first events in line, up to `capacity`, and removes none; they are those that
   sla_engine_next_event() would show one by one. Where a sink is full the rows end before that
   event; `*out_count` becomes how many there are. Also from inside a callback.
   SLA_OK; SLA_EMPTY: no event waits (behind the first `first` ones); SLA_ERROR_LIMIT: a sink is too
   small for the first event, and the sinks' `used` say what it needs; SLA_ERROR_ARGUMENT: a
   pointer, size, width, flag or number that cannot be right, and nothing was written. */
SLA_API sla_status sla_engine_events(const sla_engine *engine, const sla_event_columns *columns,
                                     size_t *out_count);

/* Removes the first `count` events in line. SLA_OK; SLA_EMPTY: fewer wait, and none was removed;
   SLA_ERROR_BUSY, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_engine_events_done(sla_engine *engine, size_t count);

/* How many events wait; 0 for NULL. */
SLA_API size_t sla_engine_events_waiting(const sla_engine *engine);

/* The events of a pure step in the same form and with the same statuses: those from `first` on.
   Any thread. */
SLA_API sla_status sla_step_events(const sla_step *step, const sla_event_columns *columns,
                                   size_t *out_count);

SLA_END_DECLS

#endif
