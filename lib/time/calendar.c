/* SPDX-License-Identifier: MIT */
/* Questions to a calendar: sums of counted time, opening and closing. */
#include "base/checked.h"
#include "time/tables_locate.h"

const uint64_t *calendar_identity(const sla_calendar *calendar)
{
    return calendar->identity;
}

const struct zone *calendar_zone(const sla_calendar *calendar)
{
    return calendar->zone;
}

bool calendar_is_always(const sla_calendar *calendar)
{
    return calendar->always;
}

uint64_t calendar_memory(const sla_calendar *calendar)
{
    return calendar->memory;
}

/* What is not plain takes the long way, out of the way of the short one. */
static sla_duration elapsed_long_way(const sla_calendar *calendar, sla_time from, sla_time to)
{
    if (calendar->always)
        return to - from;
    return (sla_duration)tables_count(&calendar->tables, to) -
           (sla_duration)tables_count(&calendar->tables, from);
}

static inline sla_duration elapsed(const sla_calendar *calendar, sla_time from, sla_time to)
{
    if (!calendar->plain)
        return elapsed_long_way(calendar, from, to);
    return (sla_duration)tables_count_plain(&calendar->tables, to) -
           (sla_duration)tables_count_plain(&calendar->tables, from);
}

/* The instant of a number by the index, and so many seconds. Called last, so that the short way
   keeps everything in registers. */
static __attribute__((noinline)) sla_status put_far(const struct calendar_tables *tables,
                                                    uint64_t number, sla_duration more,
                                                    sla_time *out_at)
{
    struct number_place reached = tables_place_of_number(tables, number);
    *out_at = time_of_place(&reached) + more;
    return SLA_OK;
}

/* The same for a number that mostly lies in a page or in the one behind it. */
static inline sla_status put_near(const struct calendar_tables *tables, uint32_t page,
                                  uint64_t number, sla_duration more, sla_time *out_at)
{
    if (!is_near(tables, page, number))
        return put_far(tables, number, more, out_at);
    struct number_place reached = place_in_two(tables, page, number);
    *out_at = time_of_place(&reached) + more;
    return SLA_OK;
}

/* Open second number `before` + n - 1 is the n-th from here, and the sum is reached when it has
   passed (C5). */
static inline sla_status add_forward(const struct calendar_tables *tables, uint64_t before,
                                     sla_duration counted, sla_time *out_at)
{
    if ((uint64_t)counted > tables->count_max - before)
        return SLA_ERROR_RANGE;
    *out_at = tables_locate(tables, before + (uint64_t)counted - 1) + 1;
    return SLA_OK;
}

static __attribute__((noinline)) sla_status add_long_way(const sla_calendar *calendar,
                                                         sla_time from, sla_duration counted,
                                                         sla_time *out_at)
{
    const struct calendar_tables *tables = &calendar->tables;
    sla_time at = from;
    if (counted != 0 && calendar->always) {
        if (ckd_add(&at, from, counted) || !time_in_range(at))
            return SLA_ERROR_RANGE;
    } else if (counted > 0) {
        return add_forward(tables, tables_count(tables, from), counted, out_at);
    } else if (counted < 0) {
        /* Backwards the sum is reached where open second `before` - n begins. */
        uint64_t before = tables_count(tables, from);
        uint64_t back = (uint64_t)0 - (uint64_t)counted;
        if (back > before - tables->count_min)
            return SLA_ERROR_RANGE;
        at = tables_locate(tables, before - back);
    }
    *out_at = at;
    return SLA_OK;
}

static inline sla_status add(const sla_calendar *calendar, sla_time from, sla_duration counted,
                             sla_time *out_at)
{
    if (!calendar->plain || counted <= 0)
        return add_long_way(calendar, from, counted, out_at);
    const struct calendar_tables *tables = &calendar->tables;
    struct table_place place = tables_place(tables, from);
    uint64_t before = count_of_place(&place);
    if ((uint64_t)counted > tables->count_max - before)
        return SLA_ERROR_RANGE;
    return put_near(tables, place.page, before + (uint64_t)counted - 1, 1, out_at);
}

static inline bool is_open(const sla_calendar *calendar, sla_time at)
{
    return calendar->always || tables_is_open(&calendar->tables, at);
}

static inline sla_status next_open(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    if (calendar->always) {
        *out_at = at;
        return SLA_OK;
    }
    const struct calendar_tables *tables = &calendar->tables;
    if (!calendar->plain) {
        uint64_t before = tables_count(tables, at);
        if (before >= tables->count_end)
            return SLA_ERROR_RANGE;
        *out_at = tables_locate(tables, before);
        return SLA_OK;
    }
    struct table_place place = tables_place(tables, at);
    uint64_t before = count_of_place(&place);
    if (before >= tables->count_end)
        return SLA_ERROR_RANGE;
    return put_near(tables, place.page, before, 0, out_at);
}

static inline sla_status next_close(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    if (calendar->always)
        return SLA_ERROR_RANGE;
    sla_time close = tables_next_closed(&calendar->tables, at);
    if (close > SLA_TIME_MAX)
        return SLA_ERROR_RANGE;
    *out_at = close;
    return SLA_OK;
}

sla_duration calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to)
{
    return elapsed(calendar, from, to);
}

sla_status calendar_add(const sla_calendar *calendar, sla_time from, sla_duration counted,
                        sla_time *out_at)
{
    return add(calendar, from, counted, out_at);
}

bool calendar_is_open(const sla_calendar *calendar, sla_time at)
{
    return is_open(calendar, at);
}

sla_status calendar_next_open(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    return next_open(calendar, at, out_at);
}

sla_status calendar_next_close(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    return next_close(calendar, at, out_at);
}

bool calendar_is_provisional(const sla_calendar *calendar, sla_time at)
{
    for (size_t i = 0; i < calendar->end_count; i++)
        if (zone_date(calendar->ends[i].zone, at, NULL) > calendar->ends[i].through)
            return true;
    return false;
}

void sla_calendar_name(const sla_calendar *calendar, sla_text *out_name)
{
    if (calendar != NULL && out_name != NULL)
        *out_name = calendar->name;
}

void sla_calendar_zone(const sla_calendar *calendar, sla_text *out_zone)
{
    if (calendar != NULL && out_zone != NULL)
        *out_zone = calendar->zone->name;
}

sla_status sla_calendar_add(const sla_calendar *calendar, sla_time from, sla_duration counted,
                            sla_time *out_at)
{
    if (calendar == NULL || out_at == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(from))
        return SLA_ERROR_RANGE;
    return add(calendar, from, counted, out_at);
}

sla_status sla_calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to,
                                sla_duration *out_counted)
{
    if (calendar == NULL || out_counted == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(from) || !time_in_range(to))
        return SLA_ERROR_RANGE;
    *out_counted = elapsed(calendar, from, to);
    return SLA_OK;
}

int32_t sla_calendar_is_open(const sla_calendar *calendar, sla_time at)
{
    if (calendar == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    return is_open(calendar, at);
}

sla_status sla_calendar_next_open(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    if (calendar == NULL || out_at == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    return next_open(calendar, at, out_at);
}

sla_status sla_calendar_next_close(const sla_calendar *calendar, sla_time at, sla_time *out_at)
{
    if (calendar == NULL || out_at == NULL)
        return SLA_ERROR_ARGUMENT;
    if (!time_in_range(at))
        return SLA_ERROR_RANGE;
    return next_close(calendar, at, out_at);
}

int32_t sla_calendar_is_provisional(const sla_calendar *calendar, sla_time at)
{
    return calendar != NULL && time_in_range(at) && calendar_is_provisional(calendar, at);
}
