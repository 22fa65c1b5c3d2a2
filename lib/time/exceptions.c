/* SPDX-License-Identifier: MIT */
/* Dates with hours of their own (C3): special days, make-up working days, holidays. */
#include "time/exceptions.h"

#include "base/sort.h"

/* A holiday with `open_until` keeps the hours in force up to there. */
static bool cut_hours(struct arena *arena, const struct date_hours *from, int32_t until,
                      struct date_hours *out)
{
    if (from->count == 0)
        return true;
    struct interval *hours = arena_copy(arena, from->hours, from->count * sizeof *hours);
    if (hours == NULL)
        return false;
    while (out->count < from->count && hours[out->count].open < until) {
        if (hours[out->count].close > until)
            hours[out->count].close = until;
        out->count++;
    }
    out->hours = hours;
    return true;
}

static bool find_hours(struct arena *arena, const struct date_exception *exception,
                       const struct week_table *week, struct date_hours *out)
{
    *out = (struct date_hours){exception->date, NULL, 0};
    const struct date_hours *like = NULL;
    if (exception->kind == EXCEPTION_HOLIDAY) {
        if (exception->open_until < 0)
            return true;
        return cut_hours(arena, &week->days[weekday_of(exception->date)], exception->open_until,
                         out);
    }
    if (exception->kind == EXCEPTION_WORKDAY && exception->like >= 0) {
        like = &week->days[exception->like];
    } else if (exception->kind == EXCEPTION_WORKDAY && exception->like == LIKE_FIRST_OPEN) {
        for (int day = 0; day < 7 && like == NULL; day++)
            like = week->days[day].count > 0 ? &week->days[day] : NULL;
        if (like == NULL)
            return true;
    }
    if (like == NULL)
        return hours_copy(arena, exception->hours, out);
    out->hours = like->hours;
    out->count = like->count;
    return true;
}

/* By date, then by precedence (C3), then by place in the list. */
static uint64_t order_key(const struct date_exception *exception, size_t index)
{
    return (uint64_t)(exception->date - DATE_MIN) << 34 |
           (uint64_t)(EXCEPTION_SPECIAL - exception->kind) << 32 | (uint32_t)index;
}

/* Those of dates that can be asked for, the first of each date. */
static bool choose(struct arena *arena, const struct calendar_rules *rules,
                   struct chosen_exceptions *out)
{
    size_t all = rules->always ? 0 : rules->exception_count;
    uint64_t *keys = arena_new(arena, (all + 1) * sizeof *keys);
    if (keys == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        sla_date date = rules->exceptions[i].date;
        if (date_in_range(date))
            keys[count++] = order_key(&rules->exceptions[i], i);
    }
    if (!keys_sort(arena, keys, count))
        return false;
    out->items = arena_new(arena, (count + 1) * sizeof *out->items);
    if (out->items == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || keys[i - 1] >> 34 != keys[i] >> 34)
            out->items[out->count++] = &rules->exceptions[keys[i] & UINT32_MAX];
    return true;
}

sla_status exceptions_choose(struct arena *arena, const struct calendar_rules *rules,
                             const struct week_table *weeks, const struct season_table *seasons,
                             struct chosen_exceptions *out)
{
    *out = (struct chosen_exceptions){.count = 0};
    if (!choose(arena, rules, out))
        return SLA_ERROR_MEMORY;
    out->hours = arena_new(arena, (out->count + 1) * sizeof *out->hours);
    if (out->hours == NULL)
        return SLA_ERROR_MEMORY;
    size_t season = 0;
    for (size_t i = 0; i < out->count; i++) {
        season = seasons_seek(seasons, out->items[i]->date, season);
        if (!find_hours(arena, out->items[i], &weeks[seasons->changes[season].week],
                        &out->hours[i]))
            return SLA_ERROR_MEMORY;
    }
    return SLA_OK;
}
