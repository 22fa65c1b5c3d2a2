/* SPDX-License-Identifier: MIT */
/* The hours of a local date, in the order of C3. */
#include "oracle_hours.h"

#include <stdlib.h>

static const struct plan_when *closed_when(const void *rows, int32_t i)
{
    return &((const struct plan_closed *)rows)[i].when;
}

static const struct plan_when *special_when(const void *rows, int32_t i)
{
    return &((const struct plan_special *)rows)[i].when;
}

const struct wall_clock *oracle_clock(const struct wall_clocks *clocks, int32_t zone)
{
    for (size_t i = 0; zone < 0 && i < clocks->count; i++)
        if (strcmp(clocks->items[i].name, "UTC") == 0)
            return &clocks->items[i];
    return &clocks->items[zone];
}

static int16_t *new_marks(void)
{
    int16_t *marks = malloc(sizeof *marks * ORACLE_DATES);
    if (marks == NULL)
        exit(2);
    return marks;
}

void oracle_rules_make(struct oracle_rules *rules, const struct plan *plan, int32_t index,
                       const struct wall_clocks *clocks)
{
    memset(rules, 0, sizeof *rules);
    rules->calendar = plan_resolve(plan, index);
    rules->clock = oracle_clock(clocks, rules->calendar.zone);
    /* Closures are no dates: they are taken out of the rows of special days. */
    struct plan_calendar *calendar = &rules->calendar;
    int32_t days = 0;
    for (int32_t i = 0; i < calendar->special_count; i++) {
        const struct plan_special *special = &calendar->special[i];
        if (special->is_closure)
            rules->closures[rules->closure_count++] =
                (struct oracle_closure){oracle_instant(rules->clock, special->from),
                                        oracle_instant(rules->clock, special->to)};
        else
            calendar->special[days++] = *special;
    }
    calendar->special_count = days;
    for (int day = 0; calendar->always && day < 7; day++)
        calendar->week.days[day] = (struct plan_hours){{{0, PLAN_DAY}}, 1};
    int16_t *taken = new_marks();
    for (int32_t date = 0; date < ORACLE_DATES; date++)
        taken[date] = -1;
    for (int32_t i = 0; i < calendar->list_count; i++) {
        rules->lists[i] = plan->lists[calendar->lists[i]];
        rules->closed[i] = new_marks();
        oracle_mark(rules->closed[i], rules->lists[i].closed_count, closed_when,
                    rules->lists[i].closed, NULL);
        for (int32_t date = 0; date < ORACLE_DATES; date++)
            if (rules->closed[i][date] >= 0)
                taken[date] = rules->closed[i][date];
    }
    /* A special day moves to a day that is no holiday either. */
    rules->special = new_marks();
    oracle_mark(rules->special, days, special_when, calendar->special, taken);
    free(taken);
}

void oracle_rules_free(struct oracle_rules *rules)
{
    free(rules->special);
    for (int i = 0; i < PLAN_LISTS; i++)
        free(rules->closed[i]);
}

/* Is the date between the season's two days of the year? */
static bool in_season(const struct plan_season *season, const struct oracle_date *date)
{
    int32_t day = date->month * 100 + date->day;
    int32_t from = season->month * 100 + season->day;
    int32_t to = season->to_month * 100 + season->to_day;
    return from <= to ? from <= day && day <= to : from <= day || day <= to;
}

/* A weekday's row of a week: its own intervals up to midnight, and the morning that spilled in. */
static void row_of(const struct plan_week *week, int32_t weekday, struct oracle_day *out)
{
    const struct plan_hours *own = &week->days[weekday];
    const struct plan_hours *before = &week->days[(weekday + 6) % 7];
    out->count = 0;
    for (int32_t i = 0; i < own->count; i++) {
        out->spans[out->count] = own->spans[i];
        if (own->spans[i].close <= own->spans[i].open)
            out->spans[out->count].close = PLAN_DAY;
        out->count++;
    }
    for (int32_t i = 0; i < before->count; i++) {
        if (before->spans[i].close <= before->spans[i].open && before->spans[i].close > 0)
            out->spans[out->count++] = (struct plan_span){0, before->spans[i].close};
    }
}

static void take_hours(const struct plan_hours *hours, struct oracle_day *out)
{
    out->count = hours->count;
    for (int32_t i = 0; i < hours->count; i++)
        out->spans[i] = hours->spans[i];
}

static void take_workday(const struct plan_workday *workday, const struct plan_week *week,
                         struct oracle_day *out)
{
    out->count = 0;
    if (workday->like == PLAN_LIKE_HOURS)
        take_hours(&workday->hours, out);
    else if (workday->like >= 0)
        row_of(week, workday->like, out);
    for (int32_t day = 0; workday->like == PLAN_LIKE_NOTHING && day < 7 && out->count == 0; day++)
        row_of(week, day, out);
}

void oracle_day_of(const struct oracle_rules *rules, int32_t date, struct oracle_day *out)
{
    const struct plan_calendar *calendar = &rules->calendar;
    const struct plan_week *week = &calendar->week;
    for (int32_t i = calendar->season_count - 1; i >= 0; i--) /* of several the first */
        if (in_season(&calendar->seasons[i], oracle_date(date)))
            week = &calendar->seasons[i].week;
    int16_t special = rules->special[date - ORACLE_FIRST];
    if (special >= 0) {
        out->kind = ORACLE_SPECIAL;
        take_hours(&calendar->special[special].hours, out);
        return;
    }
    for (int32_t i = 0; i < calendar->list_count; i++) {
        for (int32_t k = 0; k < rules->lists[i].workday_count; k++) {
            const struct plan_workday *workday = &rules->lists[i].workdays[k];
            if (date >= workday->date && date <= workday->to) {
                out->kind = ORACLE_WORKDAY;
                take_workday(workday, week, out);
                return;
            }
        }
    }
    out->kind = ORACLE_REGULAR;
    row_of(week, oracle_weekday(date), out);
    for (int32_t i = 0; i < calendar->list_count; i++) {
        int16_t row = rules->closed[i][date - ORACLE_FIRST];
        if (row < 0)
            continue;
        int32_t until = rules->lists[i].closed[row].open_until;
        out->kind = ORACLE_HOLIDAY;
        for (int32_t k = 0; k < out->count; k++)
            if (out->spans[k].close > until)
                out->spans[k].close = until; /* empty where it opens later */
        return;
    }
}

int64_t oracle_instant(const struct wall_clock *clock, int64_t local)
{
    for (size_t i = 0; i < clock->count; i++) {
        bool last = i + 1 == clock->count;
        int64_t at = local - clock->changes[i].offset;
        /* Shown while this offset holds; or skipped when the next one begins: the old offset moves
           it forward by the length of the gap. */
        if (last || at < clock->changes[i + 1].at ||
            local < clock->changes[i + 1].at + clock->changes[i + 1].offset)
            return at;
    }
    return 0;
}

int64_t oracle_local(const struct wall_clock *clock, int64_t at)
{
    return at + clock->changes[wall_change_at(clock, at)].offset;
}

int32_t oracle_local_date(const struct wall_clock *clock, int64_t at)
{
    return oracle_floor_day(oracle_local(clock, at));
}
