/* SPDX-License-Identifier: MIT */
/* The oracle of days. */
#include "oracle_days.h"

#include <stdlib.h>

/* The dates that reach into the line, whatever the zone. */
#define FIRST_DATE (-12)
#define LAST_DATE (84006 + 12)

static void lay(const struct wall_clock *clock, int32_t date, struct plan_span span,
                struct line *out)
{
    int64_t midnight = (int64_t)date * PLAN_DAY;
    for (size_t i = wall_change_at(clock, midnight - 3 * PLAN_DAY); i < clock->count; i++) {
        int64_t begin = clock->changes[i].at;
        int64_t end = i + 1 < clock->count ? clock->changes[i + 1].at : INT64_MAX;
        int64_t open = midnight + span.open - clock->changes[i].offset;
        int64_t close = midnight + span.close - clock->changes[i].offset;
        if (begin > midnight + 4 * PLAN_DAY)
            break;
        line_put(out, open < begin ? begin : open, close > end ? end : close);
    }
}

static struct line lay_hours(const struct oracle_rules *rules)
{
    struct line open = {NULL, 0, 0};
    struct line closed = {NULL, 0, 0};
    for (int32_t date = FIRST_DATE; date <= LAST_DATE; date++) {
        struct oracle_day day;
        oracle_day_of(rules, date, &day);
        for (int32_t i = 0; i < day.count; i++)
            if (day.spans[i].open < day.spans[i].close)
                lay(rules->clock, date, day.spans[i], &open);
    }
    line_tidy(&open);
    if (rules->closure_count == 0)
        return open;
    for (int32_t i = 0; i < rules->closure_count; i++)
        line_put(&closed, rules->closures[i].from, rules->closures[i].to);
    line_tidy(&closed);
    struct line others = line_complement(&closed);
    struct line out = line_intersection(&open, &others);
    line_free(&open);
    line_free(&closed);
    line_free(&others);
    return out;
}

/* What is known of the holidays is known of what is made from them (C10). */
static void take_through(struct oracle_days *days, const struct oracle_days *member)
{
    for (int32_t i = 0; i < member->through_count; i++) {
        bool known = false;
        for (int32_t k = 0; k < days->through_count; k++)
            known = known || (days->through[k].clock == member->through[i].clock &&
                              days->through[k].date == member->through[i].date);
        if (!known)
            days->through[days->through_count++] = member->through[i];
    }
}

/* C9: calendar `index` from earlier ones. */
static void combine(struct oracle_days *all, const struct plan_calendar *calendar, int32_t index)
{
    struct oracle_days *days = &all[index];
    struct line nothing = {NULL, 0, 0};
    struct line everything = line_complement(&nothing);
    days->open = calendar->algebra == PLAN_ALL_OF ? everything : nothing;
    for (int32_t k = 0; k < calendar->member_count; k++) {
        int32_t member = calendar->members[k];
        const struct line *with = member < 0 ? &everything : &all[member].open;
        struct line both = calendar->algebra == PLAN_ALL_OF
                               ? line_intersection(&days->open, with)
                               : line_union(&days->open, with);
        if (days->open.items != everything.items)
            line_free(&days->open);
        days->open = both;
        if (member >= 0)
            take_through(days, &all[member]);
    }
    if (calendar->algebra == PLAN_NONE_OF) {
        struct line outside = line_complement(&days->open);
        line_free(&days->open);
        days->open = outside;
    }
    line_free(&everything);
}

/* C7: the dates that the open stretches touch, counted up. */
static void count_workdays(struct oracle_days *days)
{
    const struct wall_clock *clock = days->clock;
    int32_t *counts = calloc(ORACLE_DATES + 1, sizeof *counts);
    size_t change = 0;
    if (counts == NULL)
        exit(2);
    for (size_t i = 0; i < days->open.count; i++) {
        for (int64_t at = days->open.items[i].from; at < days->open.items[i].to;) {
            while (change + 1 < clock->count && clock->changes[change + 1].at <= at)
                change++;
            int64_t local = at + clock->changes[change].offset;
            int32_t date = oracle_floor_day(local);
            counts[date - ORACLE_FIRST + 1] = 1;
            at += ((int64_t)date + 1) * PLAN_DAY - local; /* the next midnight, or ... */
            if (change + 1 < clock->count && clock->changes[change + 1].at < at)
                at = clock->changes[change + 1].at; /* ... what the clocks did before */
        }
    }
    for (int32_t i = 0; i < ORACLE_DATES; i++)
        counts[i + 1] += counts[i];
    days->workdays = counts;
}

void oracle_days_make(struct oracle_days all[PLAN_CALENDARS], const struct plan *plan,
                      const struct wall_clocks *clocks)
{
    for (int32_t index = 0; index < plan->calendar_count; index++) {
        struct oracle_days *days = &all[index];
        memset(days, 0, sizeof *days);
        struct plan_calendar calendar = plan_resolve(plan, index);
        days->is_algebra = calendar.algebra != PLAN_HOURS;
        days->clock = oracle_clock(clocks, calendar.zone);
        days->rolls = plan->rolls;
        if (days->is_algebra) {
            combine(all, &calendar, index);
        } else {
            struct oracle_rules *rules = &days->rules;
            oracle_rules_make(rules, plan, index, clocks);
            days->open = lay_hours(rules);
            for (int32_t i = 0; i < rules->calendar.list_count; i++)
                if (rules->lists[i].through >= 0)
                    days->through[days->through_count++] =
                        (struct oracle_through){rules->clock, rules->lists[i].through};
        }
        line_sum(&days->open);
        count_workdays(days);
    }
}

void oracle_days_free(struct oracle_days all[PLAN_CALENDARS], const struct plan *plan)
{
    for (int32_t index = 0; index < plan->calendar_count; index++) {
        line_free(&all[index].open);
        free(all[index].workdays);
        oracle_rules_free(&all[index].rules);
    }
}

bool oracle_days_opens(const struct oracle_days *days)
{
    return line_before(&days->open, SLA_TIME_MAX + 1) > line_before(&days->open, SLA_TIME_MIN);
}

static int64_t in_range(int64_t at)
{
    return oracle_in_range(at) ? at : ORACLE_RANGE;
}

int64_t oracle_days_next_open(const struct oracle_days *days, int64_t at)
{
    size_t i = line_find(&days->open, at);
    if (i == days->open.count)
        return ORACLE_RANGE;
    return in_range(days->open.items[i].from > at ? days->open.items[i].from : at);
}

/* C5: the stretch in which the sum is reached is found by what lies before each. */
int64_t oracle_days_add(const struct oracle_days *days, int64_t from, int64_t sum)
{
    const struct line *open = &days->open;
    int64_t wanted = line_before(open, from) + sum;
    size_t low = 0;
    size_t high = open->count;
    if (sum == 0)
        return in_range(from);
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct line_stretch *item = &open->items[middle];
        int64_t behind = item->before + item->to - item->from;
        /* Forwards a sum that is reached at a closing is due there; backwards it begins at the
           opening of the next. */
        if (behind > wanted || (sum > 0 && behind == wanted))
            high = middle;
        else
            low = middle + 1;
    }
    if (low == open->count || wanted < 0)
        return ORACLE_RANGE;
    return in_range(open->items[low].from + wanted - open->items[low].before);
}

int32_t oracle_pieces(const struct wall_clock *clock, int32_t date,
                      struct line_stretch pieces[ORACLE_PIECES])
{
    int32_t count = 0;
    int64_t midnight = (int64_t)date * PLAN_DAY;
    for (size_t i = wall_change_at(clock, midnight - 3 * PLAN_DAY); i < clock->count; i++) {
        int64_t begin = clock->changes[i].at;
        int64_t end = i + 1 < clock->count ? clock->changes[i + 1].at : INT64_MAX;
        int64_t from = midnight - clock->changes[i].offset;
        int64_t to = from + PLAN_DAY;
        if (begin > midnight + 4 * PLAN_DAY)
            break;
        from = from < begin ? begin : from;
        to = to > end ? end : to;
        if (from >= to)
            continue;
        if (count > 0 && pieces[count - 1].to == from)
            pieces[count - 1].to = to; /* the clocks changed during the date */
        else
            pieces[count++] = (struct line_stretch){from, to, 0};
    }
    return count;
}

int32_t oracle_stretches(const struct oracle_days *days, int32_t date,
                         struct line_stretch stretches[ORACLE_STRETCHES])
{
    struct line_stretch pieces[ORACLE_PIECES];
    int32_t pieces_count = oracle_pieces(days->clock, date, pieces);
    int32_t count = 0;
    for (int32_t p = 0; p < pieces_count; p++) {
        for (size_t i = line_find(&days->open, pieces[p].from);
             i < days->open.count && days->open.items[i].from < pieces[p].to; i++) {
            struct line_stretch cut = days->open.items[i];
            cut.from = cut.from < pieces[p].from ? pieces[p].from : cut.from;
            cut.to = cut.to > pieces[p].to ? pieces[p].to : cut.to;
            stretches[count++] = cut;
        }
    }
    return count;
}
