/* SPDX-License-Identifier: MIT */
/* A bare table of days: what add and elapsed cost when memory is no object. */
#include "bare_table.h"

#include <stdlib.h>
#include <string.h>

#define DAY 86400
#define SHAPES 65536u

static uint64_t bare_count(const struct bare_table *table, sla_time at)
{
    uint64_t second = (uint64_t)(at + table->shift);
    uint32_t day = (uint32_t)(second >> 7) / 675;
    int32_t rest = (int32_t)(second - (uint64_t)day * DAY);
    uint64_t entry = table->days[day];
    const struct bare_shape *shape = &table->shapes[entry & 0xffff];
    int32_t sum = 0;
    for (int i = 0; i < 2; i++) {
        int32_t passed = rest - (int32_t)shape->open[i];
        passed = passed < 0 ? 0 : passed;
        sum += passed < (int32_t)shape->length[i] ? passed : (int32_t)shape->length[i];
    }
    return (entry >> 16) + (uint32_t)sum;
}

static sla_time bare_locate(const struct bare_table *table, uint64_t number)
{
    uint32_t day = table->inverse[number >> table->inverse_shift];
    uint64_t limit = (number + 1) << 16;
    while (table->days[day + 1] < limit)
        day++;
    uint64_t entry = table->days[day];
    uint32_t rest = (uint32_t)(number - (entry >> 16));
    const struct bare_shape *shape = &table->shapes[entry & 0xffff];
    uint32_t second_span = rest >= shape->length[0];
    uint32_t second =
        rest - (shape->length[0] & (0u - second_span)) + shape->open[second_span];
    return (int64_t)day * DAY + second - table->shift;
}

sla_status bare_table_add(const struct bare_table *table, sla_time from, sla_duration counted,
                          sla_time *out_at)
{
    if (from < SLA_TIME_MIN || from > SLA_TIME_MAX || counted < 0)
        return SLA_ERROR_RANGE;
    if (counted == 0) {
        *out_at = from;
        return SLA_OK;
    }
    uint64_t reached = bare_count(table, from) + (uint64_t)counted;
    if (reached > table->days[BARE_DAYS] >> 16)
        return SLA_ERROR_RANGE;
    *out_at = bare_locate(table, reached - 1) + 1;
    return SLA_OK;
}

sla_status bare_table_elapsed(const struct bare_table *table, sla_time from, sla_time to,
                              sla_duration *out_counted)
{
    if (from < SLA_TIME_MIN || from > SLA_TIME_MAX || to < SLA_TIME_MIN || to > SLA_TIME_MAX)
        return SLA_ERROR_RANGE;
    *out_counted =
        (sla_duration)bare_count(table, to) - (sla_duration)bare_count(table, from);
    return SLA_OK;
}

/* The spans of one day of the table, read off the calendar. */
static bool read_day(const sla_calendar *calendar, sla_time from, struct bare_shape *shape)
{
    sla_time at = from < SLA_TIME_MIN ? SLA_TIME_MIN : from;
    sla_time end = from + DAY;
    memset(shape, 0, sizeof *shape);
    for (int i = 0; at < end && at <= SLA_TIME_MAX; i++) {
        sla_time open;
        sla_time close;
        if (sla_calendar_next_open(calendar, at, &open) != SLA_OK || open >= end)
            return true;
        if (i == 2)
            return false;
        if (sla_calendar_next_close(calendar, open, &close) != SLA_OK || close > end)
            close = end;
        shape->open[i] = (uint32_t)(open - from);
        shape->length[i] = (uint32_t)(close - open);
        at = close;
    }
    return true;
}

static uint32_t shape_number(struct bare_table *table, const struct bare_shape *shape)
{
    for (size_t i = 0; i < table->shape_count; i++) {
        if (memcmp(&table->shapes[i], shape, sizeof *shape) == 0)
            return (uint32_t)i;
    }
    table->shapes[table->shape_count] = *shape;
    return (uint32_t)table->shape_count++;
}

static bool fill(struct bare_table *table, const sla_calendar *calendar)
{
    uint64_t sum = 0;
    for (uint32_t day = 0; day < BARE_DAYS; day++) {
        struct bare_shape shape;
        if (!read_day(calendar, (int64_t)day * DAY - table->shift, &shape) ||
            table->shape_count == SHAPES)
            return false;
        table->days[day] = sum << 16 | shape_number(table, &shape);
        sum += shape.length[0] + shape.length[1];
    }
    table->days[BARE_DAYS] = sum << 16;
    while (sum >> table->inverse_shift > BARE_DAYS)
        table->inverse_shift++;
    size_t count = (size_t)(sum >> table->inverse_shift) + 1;
    table->inverse = malloc(count * sizeof *table->inverse);
    if (table->inverse == NULL)
        return false;
    uint32_t day = 0;
    for (size_t i = 0; i < count; i++) {
        while (day + 1 < BARE_DAYS &&
               table->days[day + 1] >> 16 <= (uint64_t)i << table->inverse_shift)
            day++;
        table->inverse[i] = day;
    }
    table->bytes = (BARE_DAYS + 1) * sizeof *table->days + count * sizeof *table->inverse +
                   table->shape_count * sizeof *table->shapes;
    return true;
}

bool bare_table_init(struct bare_table *table, const sla_calendar *calendar, int64_t shift)
{
    memset(table, 0, sizeof *table);
    table->shift = shift;
    table->days = malloc((BARE_DAYS + 1) * sizeof *table->days);
    table->shapes = malloc(SHAPES * sizeof *table->shapes);
    if (table->days != NULL && table->shapes != NULL && fill(table, calendar))
        return true;
    bare_table_free(table);
    return false;
}

void bare_table_free(struct bare_table *table)
{
    free(table->days);
    free(table->inverse);
    free(table->shapes);
    memset(table, 0, sizeof *table);
}
