/* SPDX-License-Identifier: MIT */
/* The words that every part of libsla shares: instants, durations, texts, statuses, memory.
 *
 * Rules for every public struct: `size` is the caller's sizeof, so that the struct may grow; a
 * struct from a newer caller is accepted if the part that this library does not know is all zero.
 * Fields have fixed widths, texts are pointer and length, and nothing is hidden between them. */
#ifndef SLA_TYPES_H
#define SLA_TYPES_H

#include <sla/export.h>
#include <stddef.h>
#include <stdint.h>

SLA_BEGIN_DECLS

/* An instant: seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). */
typedef int64_t sla_time;

/* A length of time in whole seconds; counted or wall time, as the function says. */
typedef int64_t sla_duration;

#define SLA_TIME_MIN ((sla_time)0)              /* 1970-01-01T00:00:00Z */
#define SLA_TIME_MAX ((sla_time)7258118399)     /* 2199-12-31T23:59:59Z */
#define SLA_TIME_NONE ((sla_time)INT64_MIN)     /* no instant: "null" */
#define SLA_TIME_NEVER ((sla_time)INT64_MAX)    /* later than every instant */
#define SLA_DURATION_NONE ((sla_duration)INT64_MIN)

/* The result of a call. Zero: done. Positive: done, and there is something to know.
   Negative: nothing was done, every object is as it was before. Numbers are never reused. */
typedef int32_t sla_status;

#define SLA_OK 0
#define SLA_DELIVERY_REFUSED 1  /* applied; a callback refused an event, which is first in line */
#define SLA_DUPLICATE 2         /* the update's sequence was seen before; nothing changed (E3) */
#define SLA_EMPTY 3             /* there is no event waiting */
#define SLA_UNKNOWN_SEVERITY 4  /* applied; a severity that the policy does not list was taken as
                                   the last one */
#define SLA_ROWS_FAILED 5       /* a batch was done; rows without an answer say so themselves */
#define SLA_MISSING 6           /* of a row in a column: its input is missing, and so its answer.
                                   Since 0.5 */
#define SLA_ERROR_ARGUMENT (-1) /* a pointer, size, flag or value that cannot be right */
#define SLA_ERROR_MEMORY (-2)   /* an allocation failed */
#define SLA_ERROR_RANGE (-3)    /* an instant, given or computed, outside 1970..2199 (T1, C8) */
#define SLA_ERROR_POLICY (-4)   /* the policy text has faults: see the diagnostics */
#define SLA_ERROR_NOT_FOUND (-5)
#define SLA_ERROR_ORDER (-6)    /* an update before the incident's last one (E3) */
#define SLA_ERROR_BUSY (-7)     /* a change from inside a callback of the same engine (E6) */
#define SLA_ERROR_LIMIT (-8)    /* a limit of the library or of the options is reached */
#define SLA_ERROR_SYNTAX (-9)   /* a text that cannot be read: instant, duration, target */
#define SLA_ERROR_DATA (-10)    /* bytes that are damaged or not ours */
#define SLA_ERROR_POLICY_CHANGED (-11) /* bytes of a policy with another fingerprint (E8) */

/* The status's name, such as "SLA_ERROR_RANGE". Lives as long as the library. Any thread. */
SLA_API const char *sla_status_name(sla_status status);

/* One English sentence for people, without a full stop. Lives as long as the library. */
SLA_API const char *sla_status_text(sla_status status);

/* A text: UTF-8 bytes, borrowed. `length` in bytes; SLA_NUL_TERMINATED: up to the first NUL. */
typedef struct sla_text {
    const char *data;
    size_t length;
} sla_text;

#define SLA_NUL_TERMINATED ((size_t)-1)

/* Where memory comes from. One function, as in Lua: `block` NULL allocates, `new_size` 0 frees
   (and returns NULL), else resizes. Returns NULL when there is none; the block is then untouched.
   `old_size` is what was asked for. Must be safe for the threads that share the object. */
typedef struct sla_allocator {
    void *(*allocate)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
} sla_allocator;

SLA_END_DECLS

#endif
