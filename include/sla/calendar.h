/* SPDX-License-Identifier: MIT */
/* Calendars: when time counts, and sums of counted time.
 *
 * A calendar is borrowed from its policy and immutable: every function here may be called from any
 * number of threads. An instant is open iff its local time of day lies in the hours of its local
 * date (C1), so days of 23 and 25 hours need no special case. Every call costs about the same,
 * however far apart its instants are. Instants outside 1970..2199 are SLA_ERROR_RANGE. */
#ifndef SLA_CALENDAR_H
#define SLA_CALENDAR_H

#include <sla/column.h>
#include <sla/policy.h>
#include <sla/types.h>

SLA_BEGIN_DECLS

/* The calendar's name in the policy, and its zone's, such as "Asia/Shanghai". Borrowed. */
SLA_API void sla_calendar_name(const sla_calendar *calendar, sla_text *out_name);
SLA_API void sla_calendar_zone(const sla_calendar *calendar, sla_text *out_zone);

/* The instant by which `counted` seconds have been counted from `from`: the earliest t >= from
   with elapsed(from, t) >= counted (C5). For a negative `counted` the latest t <= from with
   elapsed(t, from) >= -counted. add(a, 0) = a.
   Returns SLA_OK, SLA_ERROR_RANGE (C8), SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_calendar_add(const sla_calendar *calendar, sla_time from,
                                    sla_duration counted, sla_time *out_at);

/* Counted seconds in [from, to); negative when `to` lies before `from` (C4).
   Returns SLA_OK, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to,
                                        sla_duration *out_counted);

/* 1 when the instant is open, 0 when closed (C1), SLA_ERROR_RANGE or SLA_ERROR_ARGUMENT. */
SLA_API int32_t sla_calendar_is_open(const sla_calendar *calendar, sla_time at);

/* The first open instant >= at, `at` itself when open (C7). SLA_ERROR_RANGE if there is none. */
SLA_API sla_status sla_calendar_next_open(const sla_calendar *calendar, sla_time at,
                                          sla_time *out_at);

/* The first closed instant >= at, `at` itself when closed (C7). SLA_ERROR_RANGE if none. */
SLA_API sla_status sla_calendar_next_close(const sla_calendar *calendar, sla_time at,
                                           sla_time *out_at);

/* 1 when an answer at this instant lies beyond what the calendar's holiday lists speak for (C10),
   else 0. */
SLA_API int32_t sla_calendar_is_provisional(const sla_calendar *calendar, sla_time at);

#define SLA_UNIT_SECONDS 1u  /* counted time (D1) */
#define SLA_UNIT_WORKDAYS 2u /* working days (D2) */
#define SLA_UNIT_DAYS 3u     /* calendar days on the local wall clock (D3) */

#define SLA_DUE_SAME_TIME 0u
#define SLA_DUE_CLOSE 1u
#define SLA_DUE_TIME 2u

#define SLA_NO_CUTOFF UINT32_MAX

/* How long is allowed. */
typedef struct sla_target {
    uint32_t size;
    uint32_t flags;    /* 0 */
    uint32_t unit;     /* SLA_UNIT_* */
    uint32_t due;      /* SLA_DUE_*, for working days */
    uint32_t due_time; /* seconds of the local day, for SLA_DUE_TIME */
    uint32_t cutoff;   /* seconds of the local day, or SLA_NO_CUTOFF; for working days */
    int64_t amount;    /* seconds, or days; >= 0 */
    int64_t grace;     /* counted seconds >= 0; does not move the deadline (D5) */
} sla_target;

/* Reads "90s", "1h30m", "5wd", "3d" into `*out_target` (its `size` must be set; due, cutoff and
   grace get their defaults). SLA_ERROR_SYNTAX, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_target_parse(const char *text, size_t length, sla_target *out_target);

/* The deadline of a target that starts at `start` (D1 to D3), grace not included. Where the policy
   has `roll_deadlines: true`, one in counted time that falls on a closing is the next opening (C6).
   Returns SLA_OK, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT (calendar days on a calendar that is not
   always open among them). */
SLA_API sla_status sla_calendar_due(const sla_calendar *calendar, sla_time start,
                                    const sla_target *target, sla_time *out_deadline);

/* Batches: the same question for many rows at once, faster than row by row and with the same
   answers. Nothing is allocated or kept, and any number of threads may share the calendar.
   - Columns of input are arrays with a step: row i reads column[i * step]. Step 1 is a plain array,
     0 one value for all rows, k every k-th value of a wider table.
   - Columns of output are plain arrays of `rows` values. `out_statuses` may be NULL.
   - A row that the single call would refuse, an instant out of range above all, gets SLA_TIME_NONE
     or SLA_DURATION_NONE and its own status; so a missing value stays a missing value. The call
     then goes on and returns SLA_ROWS_FAILED.
   - An output may be the very array that an input with step 1 is; else it overlaps no input.
   - With 0 rows every column may be NULL.
   They return SLA_OK, SLA_ROWS_FAILED, or SLA_ERROR_ARGUMENT, which wrote nothing. Since 0.2. */

/* sla_calendar_add() of each row: the instant by which `counted` seconds of either sign have been
   counted from `from` (C5). A row's status is SLA_OK or SLA_ERROR_RANGE. */
SLA_API sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t rows,
                                         const sla_time *from, size_t from_step,
                                         const sla_duration *counted, size_t counted_step,
                                         sla_time *out_at, sla_status *out_statuses);

/* sla_calendar_elapsed() of each row: counted seconds in [from, to), signed (C4). A row's status is
   SLA_OK or SLA_ERROR_RANGE. */
SLA_API sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t rows,
                                             const sla_time *from, size_t from_step,
                                             const sla_time *to, size_t to_step,
                                             sla_duration *out_counted, sla_status *out_statuses);

/* sla_calendar_due() of each row: the deadline of one target from many starts (D1 to D3). A row's
   status is SLA_OK or SLA_ERROR_RANGE. A target that no row could have is the call's
   SLA_ERROR_ARGUMENT: calendar days on a calendar that is not always open among them. */
SLA_API sla_status sla_calendar_due_many(const sla_calendar *calendar, size_t rows,
                                         const sla_time *start, size_t start_step,
                                         const sla_target *target, sla_time *out_deadline,
                                         sla_status *out_statuses);

/* The same questions for columns as data frames and databases keep them: numbers of any tick, with
   gaps (<sla/column.h>). What is finer than a second is floored to it, durations too (T2).
   - A row with a missing input has no answer and the status SLA_MISSING, which is no error; a row
     that the single call would refuse has none either, and SLA_ERROR_RANGE.
   - Values of the answers may be the very array that an input of 8 bytes with stride 8 is, and
     their validity the very bits of an input that begin at bit 0; else they overlap no input.
   - With 0 rows every `values` may be NULL.
   They return SLA_OK; SLA_ROWS_FAILED: some rows have errors; or SLA_ERROR_ARGUMENT, which wrote
   nothing: a struct, or a target, that cannot be right. Nothing is allocated; any thread.
   Since 0.5. */

/* sla_calendar_add() of each row. */
SLA_API sla_status sla_calendar_add_columns(const sla_calendar *calendar, size_t rows,
                                            const sla_numbers *from, const sla_numbers *counted,
                                            sla_answers *out_at);

/* sla_calendar_elapsed() of each row. */
SLA_API sla_status sla_calendar_elapsed_columns(const sla_calendar *calendar, size_t rows,
                                                const sla_numbers *from, const sla_numbers *to,
                                                sla_answers *out_counted);

/* sla_calendar_due() of each row, for one target. */
SLA_API sla_status sla_calendar_due_columns(const sla_calendar *calendar, size_t rows,
                                            const sla_numbers *start, const sla_target *target,
                                            sla_answers *out_deadline);

/* A local date: days since 1970-01-01 on the calendar's own wall clock. Dates from 1969-12-31 to
   2200-01-01 are in range: those that some place has at an instant of 1970..2199. */
typedef int32_t sla_date;

/* Working days are local dates with at least one open second (C7); these count whole dates and
   know nothing of hours. 1 when the date is a working day, 0 when not, SLA_ERROR_RANGE or
   SLA_ERROR_ARGUMENT. Since 0.2. */
SLA_API int32_t sla_calendar_is_workday(const sla_calendar *calendar, sla_date date);

/* The number of working days in [from, to): `from` may be one of them, `to` is not. Negative when
   `to` lies before `from`: workdays(b, a) = -workdays(a, b). Both dates must be in range.
   Returns SLA_OK, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT. Since 0.2. */
SLA_API sla_status sla_calendar_workdays(const sla_calendar *calendar, sla_date from, sla_date to,
                                         int64_t *out_count);

/* The n-th working day after `date`, as D2 counts: `date` itself is never counted, whether it is a
   working day or not. For a negative n the |n|-th working day before it. n = 0 is `date` itself, as
   it is; who wants a day that is not a working day moved asks for add_workdays(date - 1, 1), the
   first working day from `date` on, or add_workdays(date + 1, -1), the last one up to it.
   Returns SLA_OK; SLA_ERROR_RANGE: the date is out of range, or there are not so many working days;
   SLA_ERROR_ARGUMENT. Since 0.2. */
SLA_API sla_status sla_calendar_add_workdays(const sla_calendar *calendar, sla_date date, int64_t n,
                                             sla_date *out_date);

/* One open stretch of a date, cut at its own midnights (C7). */
typedef struct sla_stretch {
    sla_time open;
    sla_time close; /* exclusive */
} sla_stretch;

#define SLA_DAY_REGULAR 0u /* the week's hours */
#define SLA_DAY_HOLIDAY 1u /* closed, or cut by open_until */
#define SLA_DAY_WORKDAY 2u /* a make-up working day */
#define SLA_DAY_SPECIAL 3u /* the calendar's own special day */
#define SLA_DAY_CLOSURE 4u /* a closure between two instants takes some of it; since 0.2 */

/* What a local date is and why. Of a calendar made of others: what the first of them says that has
   something to say. */
typedef struct sla_day {
    uint32_t size;
    uint32_t flags;        /* 0 */
    uint32_t kind;         /* SLA_DAY_* */
    uint32_t clock_change; /* 1 when the zone's offset changes during the date */
    sla_time start, end;   /* first instant of the date, and the first behind it */
    sla_duration open;     /* counted seconds in it */
    sla_text name;         /* of the holiday or special day; may be empty. Borrowed */
    size_t stretch_count;  /* how many stretches the date has (may exceed what was asked for) */
    size_t reserved;
} sla_day;

/* The local date of an instant. SLA_OK or SLA_ERROR_RANGE. */
SLA_API sla_status sla_calendar_date(const sla_calendar *calendar, sla_time at, sla_date *out_date);

/* Describes a local date; up to `capacity` stretches go to `stretches` (may be NULL with 0).
   A date that a zone skipped has start == end. SLA_OK, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_calendar_day(const sla_calendar *calendar, sla_date date, sla_day *out_day,
                                    sla_stretch *stretches, size_t capacity);

/* Year, month 1..12 and day 1..31 as a date, and back. SLA_ERROR_RANGE if there is no such day. */
SLA_API sla_status sla_date_from_civil(int32_t year, int32_t month, int32_t day,
                                       sla_date *out_date);
SLA_API sla_status sla_date_to_civil(sla_date date, int32_t *out_year, int32_t *out_month,
                                     int32_t *out_day);

/* Reads an RFC 3339 instant; without an offset it is local time in the calendar's zone (T3), and a
   date alone is its midnight. SLA_OK, SLA_ERROR_SYNTAX, SLA_ERROR_RANGE, SLA_ERROR_ARGUMENT. */
SLA_API sla_status sla_calendar_parse_time(const sla_calendar *calendar, const char *text,
                                           size_t length, sla_time *out_at);

#define SLA_TIME_CAPACITY 32u

/* Writes an instant as RFC 3339 with the offset of the calendar's zone, such as
   "2026-11-20T18:50:00+08:00", or as UTC with "Z" when `calendar` is NULL. `buffer` holds
   SLA_TIME_CAPACITY bytes.
   Returns the length without the NUL, or SLA_ERROR_RANGE. */
SLA_API int32_t sla_calendar_format_time(const sla_calendar *calendar, sla_time at, char *buffer);

SLA_END_DECLS

#endif
