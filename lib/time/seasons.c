/* SPDX-License-Identifier: MIT */
/* Weekly hours, and the parts of the year in which others are in force (C2, C3). */
#include "time/seasons.h"

#include <string.h>

/* Years that a local date of 1970..2199 can lie in, and one more on either side. */
#define YEAR_FIRST 1969
#define YEAR_LAST 2200

void week_hours_always(struct week_hours *out_week)
{
    static const struct interval all_day = {0, SECONDS_PER_DAY};
    for (int day = 0; day < 7; day++)
        out_week->days[day] = (struct intervals){&all_day, 1};
}

bool hours_copy(struct arena *arena, struct intervals from, struct date_hours *out)
{
    out->hours = NULL;
    out->count = 0;
    if (from.count == 0)
        return true;
    struct interval *hours = arena_new(arena, from.count * sizeof *hours);
    if (hours == NULL)
        return false;
    for (size_t i = 0; i < from.count; i++) {
        size_t place = i;
        for (; place > 0 && hours[place - 1].open > from.items[i].open; place--)
            hours[place] = hours[place - 1];
        hours[place] = from.items[i];
    }
    uint32_t count = 0;
    for (size_t i = 0; i < from.count; i++) {
        if (count > 0 && hours[i].open <= hours[count - 1].close) {
            if (hours[i].close > hours[count - 1].close)
                hours[count - 1].close = hours[i].close;
        } else {
            hours[count++] = hours[i];
        }
    }
    out->hours = hours;
    out->count = count;
    return true;
}

static bool read_week(struct arena *arena, const struct week_hours *week, struct week_table *out)
{
    for (int day = 0; day < 7; day++)
        if (!hours_copy(arena, week->days[day], &out->days[day]))
            return false;
    return true;
}

const struct week_table *weeks_read(struct arena *arena, const struct calendar_rules *rules)
{
    size_t seasons = rules->always ? 0 : rules->season_count;
    struct week_table *weeks = arena_new(arena, (1 + seasons) * sizeof *weeks);
    if (weeks == NULL)
        return NULL;
    struct week_hours always;
    week_hours_always(&always);
    if (!read_week(arena, rules->always ? &always : &rules->week, &weeks[0]))
        return NULL;
    for (size_t i = 0; i < seasons; i++)
        if (!read_week(arena, &rules->seasons[i].week, &weeks[1 + i]))
            return NULL;
    return weeks;
}

static bool season_holds(const struct season *season, int32_t month, int32_t day)
{
    int32_t at = month * 32 + day;
    int32_t from = season->from_month * 32 + season->from_day;
    int32_t to = season->to_month * 32 + season->to_day;
    return from <= to ? from <= at && at <= to : at >= from || at <= to;
}

static uint32_t week_of(const struct calendar_rules *rules, int32_t month, int32_t day)
{
    for (size_t i = 0; i < rules->season_count; i++)
        if (season_holds(&rules->seasons[i], month, day))
            return (uint32_t)i + 1;
    return 0;
}

/* The days of a leap year on which another week begins. */
struct border {
    int32_t month, day;
    uint32_t week;
};

static size_t find_borders(const struct calendar_rules *rules, struct border borders[366])
{
    size_t count = 0;
    uint32_t week = week_of(rules, 12, 31);
    for (int32_t month = 1; month <= 12; month++) {
        for (int32_t day = 1; day <= civil_days_in_month(2000, month); day++) {
            uint32_t next = week_of(rules, month, day);
            if (next != week)
                borders[count++] = (struct border){month, day, next};
            week = next;
        }
    }
    return count;
}

bool seasons_lay(struct arena *arena, const struct calendar_rules *rules,
                 struct season_table *out_table)
{
    struct border borders[366];
    size_t in_year = rules->always || rules->season_count == 0 ? 0 : find_borders(rules, borders);
    size_t years = YEAR_LAST - YEAR_FIRST + 1;
    struct season_change *changes = arena_new(arena, (1 + years * in_year) * sizeof *changes);
    if (changes == NULL)
        return false;
    changes[0] = (struct season_change){INT32_MIN, 0};
    if (rules->season_count > 0 && !rules->always)
        changes[0].week = week_of(rules, 12, 31);
    size_t count = 1;
    for (int32_t year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        for (size_t i = 0; i < in_year; i++) {
            /* 02-29 is 03-01 in a year that has none; what begins on 03-01 then replaces it. */
            sla_date date = civil_to_date(year, borders[i].month, borders[i].day);
            if (changes[count - 1].date == date)
                count--;
            if (changes[count - 1].week != borders[i].week)
                changes[count++] = (struct season_change){date, borders[i].week};
        }
    }
    *out_table = (struct season_table){changes, count};
    return true;
}

size_t seasons_seek(const struct season_table *table, sla_date date, size_t hint)
{
    while (hint > 0 && table->changes[hint].date > date)
        hint--;
    while (hint + 1 < table->count && table->changes[hint + 1].date <= date)
        hint++;
    return hint;
}
