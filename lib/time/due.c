/* SPDX-License-Identifier: MIT */
/* Deadlines: what a target that starts at an instant comes to (D1 to D3). */
#include "base/checked.h"
#include "base/structs.h"
#include "base/text.h"
#include "time/calendar_tables.h"
#include "time/day.h"
#include "time/instant.h"

/* A local date that is one run of instants, all of them in T1's range. Nearly every date is; the
   few others are walked through. */
struct date_run {
    sla_time from, to;
};

static bool read_run(const sla_calendar *calendar, sla_date date, struct date_run *run)
{
    if (!zone_dates_are_plain(calendar->zone, date, 1, &run->from))
        return false;
    run->to = run->from + SECONDS_PER_DAY;
    return run->from >= SLA_TIME_MIN && run->to <= SLA_TIME_MAX + 1;
}

/* The first open instant from `from` on and before `to`. */
static bool opening_within(const sla_calendar *calendar, sla_time from, sla_time to, sla_time *out)
{
    const struct calendar_tables *tables = &calendar->tables;
    uint64_t before = tables_count(tables, from);
    if (from >= to || before == tables_count(tables, to))
        return false;
    *out = tables_locate(tables, before);
    return true;
}

/* The last closing after `from` and up to `to`; what is open at `to` closes there. */
static bool closing_within(const sla_calendar *calendar, sla_time from, sla_time to, sla_time *out)
{
    const struct calendar_tables *tables = &calendar->tables;
    uint64_t before = tables_count(tables, to);
    if (before == tables_count(tables, from))
        return false;
    *out = tables_locate(tables, before - 1) + 1;
    return true;
}

/* The first open instant of a local date that is not before `from`. */
static bool opening_of(const sla_calendar *calendar, sla_date date, sla_time from, sla_time *out)
{
    struct date_run run;
    if (read_run(calendar, date, &run))
        return opening_within(calendar, from > run.from ? from : run.from, run.to, out);
    struct day_walk walk;
    sla_stretch stretch;
    for (day_walk_begin(&walk, calendar, date); day_walk_next(&walk, &stretch);) {
        if (stretch.close > from) {
            *out = stretch.open > from ? stretch.open : from;
            return true;
        }
    }
    return false;
}

/* The first opening of the next working day. Where dates are not whole (St. John's fell back at
   00:01) the next date may have been before: then the one after it counts. */
static sla_status next_workday_opening(const sla_calendar *calendar, sla_date date, sla_time from,
                                       sla_time *out_at)
{
    do {
        sla_status status = calendar_add_workdays(calendar, date, 1, &date);
        if (status != SLA_OK)
            return status;
    } while (!opening_of(calendar, date, from, out_at));
    return SLA_OK;
}

/* D2's s: when the counting of working days begins. */
static sla_status begin_counting(const sla_calendar *calendar, sla_time start,
                                 const sla_target *target, sla_time *out_at)
{
    if (target->cutoff != SLA_NO_CUTOFF) {
        int32_t second;
        sla_time opening;
        sla_date date = zone_date(calendar->zone, start, &second);
        if ((uint32_t)second >= target->cutoff && opening_of(calendar, date, start, &opening))
            return next_workday_opening(calendar, date, start, out_at);
    }
    return calendar_next_open(calendar, start, out_at);
}

/* due_at_time() where the date is one run of instants; `second` may be that of its end, 24:00. */
static bool due_in_run(const sla_calendar *calendar, const struct date_run *run, int32_t second,
                       sla_time *out_at)
{
    sla_time wanted = run->from + second;
    if (wanted < run->to && calendar_is_open(calendar, wanted)) {
        *out_at = wanted;
        return true;
    }
    return closing_within(calendar, run->from, wanted, out_at) ||
           opening_within(calendar, wanted, run->to, out_at);
}

/* Was the date open before the range of instants begins? Only the date of 1970-01-01T00:00:00Z can
   have been. */
static bool opened_before_range(const sla_calendar *calendar, sla_date date)
{
    struct zone_piece piece;
    return zone_date_pieces(calendar->zone, date, &piece, 1) > 0 && piece.from < SLA_TIME_MIN &&
           tables_count(&calendar->tables, piece.from) <
               tables_count(&calendar->tables, SLA_TIME_MIN);
}

/* Is there open time between the end of the range of instants and `to`? Then what closes last up to
   `to` is no instant of ours (T1). */
static bool is_open_behind_range(const sla_calendar *calendar, sla_time to)
{
    return to > SLA_TIME_MAX + 1 &&
           tables_count(&calendar->tables, to) > calendar->tables.count_end;
}

/* That local time on that date where it is open; else the last closing at or before it, else the
   date's opening. */
static bool due_at_time(const sla_calendar *calendar, sla_date date, int32_t second,
                        sla_time *out_at)
{
    struct date_run run;
    if (read_run(calendar, date, &run))
        return due_in_run(calendar, &run, second, out_at);
    sla_time wanted = zone_instant(calendar->zone, date, second);
    if (is_open_behind_range(calendar, wanted + 1))
        return false;
    bool on_date = zone_date(calendar->zone, wanted, NULL) == date;
    bool found = opened_before_range(calendar, date);
    *out_at = SLA_TIME_MIN - 1; /* before every start, as what was then open */
    struct day_walk walk;
    sla_stretch stretch;
    for (day_walk_begin(&walk, calendar, date); day_walk_next(&walk, &stretch);) {
        if (on_date && stretch.open <= wanted && wanted < stretch.close) {
            *out_at = wanted;
            return true;
        }
        if (stretch.close <= wanted)
            *out_at = stretch.close;
        else if (!found)
            *out_at = stretch.open;
        found = true;
    }
    return found;
}

static bool due_at_close(const sla_calendar *calendar, sla_date date, sla_time *out_at)
{
    struct date_run run;
    if (read_run(calendar, date, &run))
        return closing_within(calendar, run.from, run.to, out_at);
    if (is_open_behind_range(calendar, zone_instant(calendar->zone, date + 1, 0)))
        return false;
    bool found = false;
    struct day_walk walk;
    sla_stretch stretch;
    for (day_walk_begin(&walk, calendar, date); day_walk_next(&walk, &stretch);) {
        *out_at = stretch.close;
        found = true;
    }
    return found;
}

/* D2 */
static sla_status due_in_workdays(const sla_calendar *calendar, sla_time start,
                                  const sla_target *target, sla_time *out_at)
{
    sla_time begin;
    sla_status status = begin_counting(calendar, start, target, &begin);
    if (status != SLA_OK)
        return status;
    if (target->amount == 0 && target->due == SLA_DUE_SAME_TIME) {
        *out_at = begin;
        return SLA_OK;
    }
    int32_t second;
    sla_date date = zone_date(calendar->zone, begin, &second);
    if (target->due == SLA_DUE_TIME)
        second = (int32_t)target->due_time;
    int64_t days = target->amount;
    for (;;) {
        sla_time at = SLA_TIME_NONE;
        status = calendar_add_workdays(calendar, date, days, &date);
        if (status != SLA_OK)
            return status;
        bool found = target->due == SLA_DUE_CLOSE ? due_at_close(calendar, date, &at)
                                                  : due_at_time(calendar, date, second, &at);
        if (!found || at > SLA_TIME_MAX) /* only at the very ends of the range */
            return SLA_ERROR_RANGE;
        if (at >= begin) {
            *out_at = at;
            return SLA_OK;
        }
        days = 1; /* before its own start: the same on the next working day */
    }
}

/* D3 */
static sla_status due_in_days(const sla_calendar *calendar, sla_time start, int64_t days,
                              sla_time *out_at)
{
    if (!calendar->always)
        return SLA_ERROR_ARGUMENT;
    if (days == 0) {
        *out_at = start;
        return SLA_OK;
    }
    int32_t second;
    int64_t date = zone_date(calendar->zone, start, &second);
    if (days > DATE_MAX - date)
        return SLA_ERROR_RANGE;
    sla_time at = zone_instant(calendar->zone, (sla_date)(date + days), second);
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    *out_at = at;
    return SLA_OK;
}

sla_status calendar_due(const sla_calendar *calendar, sla_time start, const sla_target *target,
                        sla_time *out_deadline)
{
    switch (target->unit) {
    case SLA_UNIT_WORKDAYS:
        return due_in_workdays(calendar, start, target, out_deadline);
    case SLA_UNIT_DAYS:
        return due_in_days(calendar, start, target->amount, out_deadline);
    default:
        return calendar_add(calendar, start, target->amount, out_deadline);
    }
}

sla_status calendar_roll(const sla_calendar *calendar, sla_time *deadline)
{
    bool is_closing = *deadline > SLA_TIME_MIN && !calendar_is_open(calendar, *deadline) &&
                      calendar_is_open(calendar, *deadline - 1);
    return is_closing ? calendar_next_open(calendar, *deadline, deadline) : SLA_OK;
}

sla_status calendar_deadline(const sla_calendar *calendar, sla_time start,
                             const sla_target *target, sla_time *out_deadline)
{
    sla_time deadline;
    sla_status status = calendar_due(calendar, start, target, &deadline);
    if (status == SLA_OK && calendar->rolls && target->unit == SLA_UNIT_SECONDS)
        status = calendar_roll(calendar, &deadline);
    if (status == SLA_OK)
        *out_deadline = deadline;
    return status;
}

bool target_is_valid(const sla_target *target)
{
    return target->flags == 0 && target->unit >= SLA_UNIT_SECONDS &&
           target->unit <= SLA_UNIT_DAYS && target->due <= SLA_DUE_TIME &&
           target->due_time <= SECONDS_PER_DAY &&
           (target->cutoff == SLA_NO_CUTOFF || target->cutoff <= SECONDS_PER_DAY) &&
           target->amount >= 0 && target->grace >= 0;
}

sla_status sla_calendar_due(const sla_calendar *calendar, sla_time start, const sla_target *given,
                            sla_time *out_deadline)
{
    sla_target target;
    if (calendar == NULL || out_deadline == NULL || given == NULL ||
        !struct_read(given, &target, sizeof target) || !target_is_valid(&target))
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(start))
        return SLA_ERROR_RANGE;
    return calendar_deadline(calendar, start, &target, out_deadline);
}

/* "5wd" and "3d"; false if it does not end so. */
static bool read_days(sla_text text, sla_text unit, uint64_t *out_amount, sla_status *out_status)
{
    if (text.length <= unit.length ||
        memcmp(text.data + text.length - unit.length, unit.data, unit.length) != 0)
        return false;
    sla_text digits = {text.data, text.length - unit.length};
    *out_status = SLA_OK;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            *out_status = SLA_ERROR_SYNTAX;
    }
    if (*out_status == SLA_OK && !text_to_u64(digits, INT64_MAX, out_amount))
        *out_status = SLA_ERROR_RANGE;
    return true;
}

sla_status sla_target_parse(const char *text, size_t length, sla_target *out_target)
{
    sla_text given;
    if (out_target == NULL || !text_from_api(text, length, &given))
        return SLA_ERROR_ARGUMENT;
    sla_target target = {.size = (uint32_t)sizeof target, .unit = SLA_UNIT_SECONDS,
                         .cutoff = SLA_NO_CUTOFF};
    uint64_t days = 0;
    sla_status status;
    if (read_days(given, TEXT("wd"), &days, &status))
        target.unit = SLA_UNIT_WORKDAYS;
    else if (read_days(given, TEXT("d"), &days, &status))
        target.unit = SLA_UNIT_DAYS;
    else
        status = duration_parse(given, &target.amount);
    if (status != SLA_OK)
        return status;
    if (target.unit != SLA_UNIT_SECONDS)
        target.amount = (int64_t)days;
    return struct_write(out_target, &target, sizeof target) ? SLA_OK : SLA_ERROR_ARGUMENT;
}
