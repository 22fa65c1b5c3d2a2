/* SPDX-License-Identifier: MIT */
/* Random plans: odd on purpose, but such that an author may write them. */
#include "oracle_hours.h"

#include <stdlib.h>

static int32_t between(struct random *random, int64_t low, int64_t high)
{
    return (int32_t)random_between(random, low, high);
}

static bool one_in(struct random *random, int64_t n)
{
    return random_between(random, 1, n) == 1;
}

/* A day's hours that end by midnight; quarters of an hour mostly, single seconds sometimes. */
static struct plan_hours day_hours(struct random *random, int32_t least, int32_t most)
{
    struct plan_hours hours = {.count = between(random, least, most)};
    for (int32_t i = 0; i < hours.count; i++) {
        int32_t step = one_in(random, 6) ? 1 : 900;
        int32_t open = between(random, 0, PLAN_DAY / step - 1) * step;
        int32_t longest = one_in(random, 4) ? PLAN_DAY : 6 * 3600;
        int32_t close = open + between(random, 1, longest / step) * step;
        hours.spans[i] = (struct plan_span){open, close > PLAN_DAY ? PLAN_DAY : close};
        if (one_in(random, 40))
            hours.spans[i] = (struct plan_span){0, PLAN_DAY};
    }
    return hours;
}

/* 22:00-06:00 and the like, 00:00 as its end included; rarely nearly a whole day. */
static struct plan_span night(struct random *random)
{
    struct plan_span span = {between(random, 18 * 4, 95) * 900, between(random, 0, 32) * 900};
    if (one_in(random, 5)) {
        span.open = between(random, 1, PLAN_DAY - 1);
        span.close = between(random, 0, span.open - 1);
    }
    return span;
}

static struct plan_week random_week(struct random *random, bool must_open)
{
    struct plan_week week = {{{{{0, 0}}, 0}}};
    int32_t most = between(random, 1, PLAN_SPANS);
    struct plan_hours office = day_hours(random, 1, most);
    for (int day = 0; day < 7; day++)
        week.days[day] = one_in(random, 2)  ? office
                         : day < 5          ? day_hours(random, 0, most)
                         : one_in(random, 2) ? day_hours(random, 0, 2)
                                             : (struct plan_hours){.count = 0};
    bool at_night = one_in(random, 3);
    for (int day = 0; at_night && day < 7; day++) { /* any evenings, Sunday's included */
        struct plan_hours *hours = &week.days[day];
        if (hours->count < PLAN_SPANS && one_in(random, 2))
            hours->spans[hours->count++] = night(random);
    }
    if (must_open && week.days[2].count == 0)
        week.days[2] = day_hours(random, 1, 2);
    return week;
}

static int32_t near(struct random *random, int32_t center, int32_t far)
{
    int32_t date = center + between(random, -far, far);
    return date < 0 ? 0 : date > 84005 ? 84005 : date;
}

static void random_yearly(struct plan_when *when, struct random *random, int32_t center)
{
    const struct oracle_date *at = oracle_date(near(random, center, 20));
    int32_t year = oracle_date(center)->year;
    when->form = between(random, PLAN_YEARLY, PLAN_FORMS - 1);
    when->month = at->month;
    when->day = at->day;
    when->weekday = at->weekday;
    when->nth = one_in(random, 3) ? -1 : one_in(random, 8) ? 5 : (at->day - 1) / 7 % 4 + 1;
    when->offset = between(random, -60, 60);
    if (one_in(random, 3)) {
        when->month = one_in(random, 2) ? 12 : 1; /* where substitutes cross New Year */
        when->day = when->month == 12 ? between(random, 25, 31) : between(random, 1, 4);
    }
    if (one_in(random, 15)) {
        when->month = 2;
        when->day = 29;
    }
    if (when->form == PLAN_YEARLY && one_in(random, 4)) {
        const struct oracle_date *to = oracle_date(near(random, center, 30));
        bool leap_day = (to->month == 2 && to->day == 29) || (when->month == 2 && when->day == 29);
        if (!leap_day) {
            when->to_month = to->month;
            when->to_day = to->day;
        }
        if (one_in(random, 3) && when->month == 12) {
            when->to_month = 1;
            when->to_day = between(random, 1, 5);
        }
    }
    /* Half a year has more Sundays than anybody finds free days for. */
    bool is_short = when->to_month == 0 || when->to_month == when->month % 12 + 1 ||
                    (when->to_month == when->month && when->to_day >= when->day);
    if (is_short && one_in(random, 2)) {
        when->observed = between(random, PLAN_AS_IS, PLAN_OBSERVED - 1);
    }
    if (one_in(random, 4))
        when->since = year - between(random, 0, 3);
    if (one_in(random, 4))
        when->until = year + between(random, 0, 3);
    if (one_in(random, 4))
        when->except = year + between(random, 0, 1);
    when->since = when->since != 0 && when->since < 1970 ? 1970 : when->since;
    when->until = when->until > 2199 ? 2199 : when->until;
    when->except = when->except > 2199 ? 2199 : when->except;
}

static struct plan_when random_when(struct random *random, int32_t center)
{
    struct plan_when when = {.form = PLAN_DATE};
    when.date = near(random, center, 20);
    when.to = when.date;
    if (one_in(random, 3))
        when.to += one_in(random, 10) ? between(random, 30, 500) : between(random, 1, 9);
    when.to = when.to > 84005 ? 84005 : when.to;
    if (one_in(random, 2))
        random_yearly(&when, random, center);
    return when;
}

static void random_list(struct plan_list *list, struct random *random, int32_t center)
{
    list->closed_count = between(random, 0, PLAN_DAYS);
    list->workday_count = between(random, 0, 2) * between(random, 0, PLAN_DAYS / 2);
    list->through = one_in(random, 3) ? -1 : near(random, center, 400);
    for (int32_t i = 0; i < list->closed_count; i++) {
        list->closed[i].when = random_when(random, center);
        list->closed[i].open_until = one_in(random, 3) ? between(random, 0, 96) * 900 : -1;
    }
    for (int32_t i = 0; i < list->workday_count; i++) {
        struct plan_workday *workday = &list->workdays[i];
        workday->date = near(random, center, 20);
        workday->to = workday->date + (one_in(random, 4) ? between(random, 1, 3) : 0);
        workday->to = workday->to > 84005 ? 84005 : workday->to;
        workday->like = between(random, PLAN_LIKE_NOTHING, 6);
        if (workday->like == PLAN_LIKE_HOURS)
            workday->hours = day_hours(random, 1, 3);
    }
}

static void random_special(struct plan_special *special, struct random *random, int32_t center)
{
    if (!one_in(random, 3)) {
        special->when = random_when(random, center);
        special->hours = day_hours(random, 0, 3);
        return;
    }
    int64_t length = one_in(random, 4)   ? random_between(random, 1, 30 * PLAN_DAY)
                     : one_in(random, 3) ? random_between(random, 1, 7200)
                                         : random_between(random, 1, 288) * 900;
    int64_t step = one_in(random, 3) ? 1 : 900;
    special->is_closure = true;
    special->from = (int64_t)near(random, center, 20) * PLAN_DAY;
    special->from += random_between(random, 0, PLAN_DAY / step - 1) * step;
    /* Both ends are instants of 1970..2199 in every zone. */
    special->from = special->from < 2 * PLAN_DAY ? 2 * PLAN_DAY : special->from;
    special->to = special->from + length;
    if (special->to > (int64_t)84004 * PLAN_DAY) {
        special->to = (int64_t)84004 * PLAN_DAY;
        special->from = special->to - length;
    }
}

static void random_seasons(struct plan_calendar *calendar, struct random *random, int32_t center)
{
    calendar->season_count = between(random, 0, PLAN_SEASONS);
    for (int32_t i = 0; i < calendar->season_count; i++) {
        struct plan_season *season = &calendar->seasons[i];
        const struct oracle_date *from = oracle_date(near(random, center, 60));
        const struct oracle_date *to = oracle_date(near(random, center, 60));
        season->month = from->month;
        season->day = from->month == 2 && from->day == 29 ? 28 : from->day;
        season->to_month = to->month;
        season->to_day = to->month == 2 && to->day == 29 ? 28 : to->day;
        season->week = random_week(random, false);
    }
}

static void random_keys(struct plan *plan, struct plan_calendar *calendar, struct random *random)
{
    bool all = calendar->extends < 0;
    calendar->has_hours = all || one_in(random, 2);
    calendar->has_seasons = one_in(random, 3);
    calendar->has_holidays = plan->list_count > 0 && one_in(random, 2);
    calendar->has_special = one_in(random, 2);
    calendar->always = calendar->has_hours && one_in(random, 12);
    if (calendar->has_hours && !calendar->always)
        calendar->week = random_week(random, true);
    if (calendar->has_seasons)
        random_seasons(calendar, random, plan->center);
    if (calendar->has_holidays) {
        calendar->list_count = between(random, 1, plan->list_count);
        int32_t first = between(random, 0, plan->list_count - 1);
        for (int32_t i = 0; i < calendar->list_count; i++)
            calendar->lists[i] = (first + i) % plan->list_count;
    }
    if (calendar->has_special) {
        calendar->special_count = between(random, 0, PLAN_DAYS);
        for (int32_t i = 0; i < calendar->special_count; i++)
            random_special(&calendar->special[i], random, plan->center);
    }
}

static void random_algebra(struct plan *plan, struct plan_calendar *calendar,
                           struct random *random)
{
    calendar->algebra = between(random, PLAN_ALL_OF, PLAN_NONE_OF);
    calendar->member_count = between(random, 1, PLAN_MEMBERS);
    for (int32_t i = 0; i < calendar->member_count; i++) {
        calendar->members[i] = between(random, 0, plan->calendar_count - 1);
        if (one_in(random, 12) && calendar->algebra != PLAN_NONE_OF)
            calendar->members[i] = PLAN_ROUND_THE_CLOCK;
        for (int32_t k = 0; k < i; k++) /* each once */
            if (calendar->members[k] == calendar->members[i])
                calendar->member_count = i;
    }
}

/* The center: a change of a zone's clocks mostly, else any date, New Year and the ends. */
static void random_center(struct plan *plan, const struct wall_clock *clock, struct random *random)
{
    plan->center = between(random, 0, 84005);
    if (clock->count > 1 && !one_in(random, 3))
        plan->center = oracle_floor_day(
            clock->changes[random_between(random, 1, (int64_t)clock->count - 1)].at);
    if (one_in(random, 10))
        plan->center = oracle_date_of(between(random, 1971, 2199), 1, 1);
    if (one_in(random, 25))
        plan->center = one_in(random, 2) ? between(random, 0, 15) : between(random, 83990, 84005);
    plan->center = near(random, plan->center, 0);
}

void plan_random(struct plan *plan, const struct wall_clocks *clocks, struct random *random,
                 int32_t zone)
{
    int64_t last = (int64_t)clocks->count - 1;
    memset(plan, 0, sizeof *plan);
    if (zone < 0)
        zone = between(random, 0, last);
    plan->zone = one_in(random, 2) ? between(random, -1, last) : zone;
    random_center(plan, &clocks->items[zone], random);
    plan->rolls = one_in(random, 4);
    plan->list_count = between(random, 0, PLAN_LISTS);
    for (int32_t i = 0; i < plan->list_count; i++)
        random_list(&plan->lists[i], random, plan->center);
    int32_t count = between(random, 1, PLAN_CALENDARS);
    for (int32_t i = 0; i < count; i++) {
        struct plan_calendar *calendar = &plan->calendars[i];
        calendar->zone = i == 0 ? zone : one_in(random, 3) ? -1 : between(random, 0, last);
        calendar->extends = -1;
        if (i >= 2 && !one_in(random, 3)) {
            random_algebra(plan, calendar, random);
        } else {
            if (i == 1 && one_in(random, 2))
                calendar->extends = 0;
            random_keys(plan, calendar, random);
        }
        plan->calendar_count++;
    }
}
