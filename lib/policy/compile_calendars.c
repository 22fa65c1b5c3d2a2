/* SPDX-License-Identifier: MIT */
/* Calendars: holiday lists are looked up, ranges of dates are written out, and what comes of it is
 * compiled by lib/time. */
#include "policy/compile.h"

#include "policy/days.h"
#include "policy/fingerprint.h"

struct exceptions {
    struct date_exception *items;
    size_t count;
};

static struct date_exception exception_of(const struct day_model *day, uint32_t kind)
{
    struct date_exception exception = {.kind = kind, .like = LIKE_NONE, .open_until = -1,
                                       .hours = day->hours, .name = day->name.value};
    if (kind == EXCEPTION_HOLIDAY && day->open_until.at != NULL)
        exception.open_until = (int32_t)day->open_until.value;
    if (kind == EXCEPTION_WORKDAY && !day->has_hours)
        exception.like = day->like.at != NULL ? (int32_t)day->like.value : LIKE_FIRST_OPEN;
    return exception;
}

static void add_days(const struct day_list *list, uint32_t kind, struct exceptions *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct day_model *day = &list->items[i];
        sla_date from, to;
        if (day->dates == 0)
            continue;
        for (int32_t at = 0; day_next_range(day, &at, &from, &to);) {
            for (sla_date date = from; date <= to; date++) {
                out->items[out->count] = exception_of(day, kind);
                out->items[out->count++].date = date;
            }
        }
    }
}

/* The holiday lists that a calendar names; NULL where there is no such list (told). */
static const struct holidays_model **find_lists(struct compile *compile,
                                                const struct calendar_model *calendar, bool *good)
{
    const struct text_list *names = &calendar->holidays;
    const struct holidays_model **lists = build_array(compile->build, names->count, sizeof *lists);
    if (lists == NULL)
        return NULL;
    for (size_t i = 0; i < names->count; i++) {
        uint32_t number = compile_find(compile, &compile->holiday_names, names->items[i].at,
                                       names->items[i].value, CODE_UNKNOWN_HOLIDAYS);
        if (number == 0)
            *good = false;
        else
            lists[i] = &compile->model->holidays[number - 1];
    }
    return lists;
}

/* C10: several lists speak together only as far as the first one that ends. */
static void narrow_through(struct calendar_rules *rules, const struct holidays_model *list)
{
    if (list->through.at == NULL)
        return;
    sla_date through = (sla_date)list->through.value;
    if (!rules->has_through || through < rules->through)
        rules->through = through;
    rules->has_through = true;
}

static size_t fullest_day(const struct week_hours *week)
{
    size_t most = 0;
    for (int day = 0; day < 7; day++)
        if (week->days[day].count > most)
            most = week->days[day].count;
    return most;
}

/* What the dates of a list cost a calendar: the intervals of each, and those of the days around it,
   which have to be laid out with it. Bounded before anything is built. */
static uint64_t dates_cost(const struct day_list *list, size_t fullest)
{
    uint64_t cost = 0;
    for (size_t i = 0; i < list->count; i++)
        cost += (uint64_t)list->items[i].dates * (1 + list->items[i].hours.count + fullest);
    return cost;
}

static bool gather(struct compile *compile, const struct calendar_model *calendar,
                   struct calendar_rules *rules)
{
    bool good = true;
    const struct holidays_model **lists = find_lists(compile, calendar, &good);
    if (lists == NULL || !good)
        return false;
    size_t count = calendar->holidays.count, days = calendar->special.dates;
    size_t fullest = fullest_day(&calendar->week);
    compile->dates_cost += CALENDAR_COST + 20 * fullest; /* its zone's changes alone */
    compile->dates_cost += dates_cost(&calendar->special, fullest);
    for (size_t i = 0; i < count; i++) {
        days += lists[i]->closed.dates + lists[i]->workdays.dates;
        compile->dates_cost += dates_cost(&lists[i]->closed, fullest) +
                               dates_cost(&lists[i]->workdays, fullest);
        narrow_through(rules, lists[i]);
    }
    if (compile->dates_cost > DATES_MAX) {
        report(compile->build, CODE_TOO_MANY_DATES, calendar->name.at, TEXT_NONE, TEXT_NONE,
               TEXT_NONE);
        return false;
    }
    struct exceptions all = {build_array(compile->build, days, sizeof *all.items), 0};
    if (all.items == NULL)
        return false;
    add_days(&calendar->special, EXCEPTION_SPECIAL, &all);
    for (size_t i = 0; i < count; i++) {
        add_days(&lists[i]->workdays, EXCEPTION_WORKDAY, &all);
        add_days(&lists[i]->closed, EXCEPTION_HOLIDAY, &all);
    }
    rules->exceptions = all.items;
    rules->exception_count = all.count;
    return true;
}

static sla_calendar *finish(struct compile *compile, const struct calendar_rules *rules,
                            const struct node *at)
{
    sla_calendar *calendar = NULL;
    switch (calendar_compile(&compile->policy->arena, rules, &calendar)) {
    case SLA_OK:
        fingerprint_calendar(compile->policy, rules);
        return calendar;
    case SLA_ERROR_RANGE:
        if (at != NULL)
            report(compile->build, CODE_NEVER_OPEN, at, rules->name, TEXT_NONE, TEXT_NONE);
        return NULL;
    case SLA_ERROR_LIMIT:
        if (at != NULL)
            report(compile->build, CODE_TOO_MANY_DATES, at, TEXT_NONE, TEXT_NONE, TEXT_NONE);
        return NULL;
    default:
        build_fail(compile->build, SLA_ERROR_MEMORY);
        return NULL;
    }
}

static void inherit(struct calendar_model *calendar, const struct calendar_model *base)
{
    if (calendar->zone.at == NULL)
        calendar->zone = base->zone;
    if (!calendar->has_hours) {
        calendar->week = base->week;
        calendar->always = base->always;
    }
    if (calendar->holidays.at == NULL)
        calendar->holidays = base->holidays;
    if (!calendar->has_special)
        calendar->special = base->special;
    calendar->broken = calendar->broken || base->broken;
}

/* The calendar that this one extends; NULL if it extends none, or none that there is (told). */
static struct calendar_model *base_of(struct compile *compile, struct calendar_model *calendar)
{
    if (calendar->extends.at == NULL)
        return NULL;
    uint32_t index =
        compile_calendar_name(compile, calendar->extends.at, calendar->extends.value);
    if (index == INDEX_NONE)
        calendar->broken = true;
    else if (index == 0) /* 24x7 has hours and nothing else */
        calendar->always = calendar->always || !calendar->has_hours;
    return index == INDEX_NONE || index == 0 ? NULL : &compile->model->calendars[index - 1];
}

/* Follows `extends` to a calendar that has all its keys, then fills in on the way back. The chain
   may be as long as the list, so it is walked and not called. */
static void extend(struct compile *compile, struct calendar_model *calendar,
                   struct calendar_model **chain)
{
    size_t length = 0;
    const struct calendar_model *first = calendar;
    while (calendar != NULL && !calendar->extended) {
        calendar->extended = true;
        chain[length++] = calendar;
        struct calendar_model *base = base_of(compile, calendar);
        for (size_t i = 0; base != NULL && base->extended && i < length; i++) {
            if (chain[i] != base)
                continue;
            report(compile->build, CODE_EXTENDS_ITSELF, calendar->extends.at, first->name.value,
                   TEXT_NONE, TEXT_NONE);
            for (size_t k = 0; k < length; k++)
                chain[k]->broken = true;
            base = NULL;
        }
        if (base != NULL && base->extended)
            inherit(calendar, base);
        calendar = base;
    }
    while (length > 1) {
        length--;
        inherit(chain[length - 1], chain[length]);
    }
}

static sla_calendar *compile_one(struct compile *compile, const struct calendar_model *calendar)
{
    struct calendar_rules rules = {.name = calendar->name.value, .zone = compile->policy->zone,
                                   .always = calendar->always, .week = calendar->week};
    size_t errors = compile->build->diags->errors;
    if (calendar->zone.at != NULL)
        rules.zone = compile_zone(compile, &calendar->zone);
    bool good = gather(compile, calendar, &rules);
    if (!good || calendar->broken || rules.zone == NULL || compile->build->diags->errors > errors)
        return NULL;
    /* `always` with days of its own is the whole week, so that the days can still close it. */
    static const struct interval whole = {0, SECONDS_PER_DAY};
    if (rules.always && rules.exception_count > 0) {
        rules.always = false;
        for (int day = 0; day < 7; day++)
            rules.week.days[day] = (struct intervals){&whole, 1};
    }
    return finish(compile, &rules, calendar->name.at);
}

void compile_calendars(struct compile *compile)
{
    const struct model *model = compile->model;
    struct calendar_rules always = {.name = TEXT("24x7"), .zone = compile->policy->zone,
                                    .always = true};
    fingerprint_begin(compile->policy);
    if (!compile_push(compile, &compile->calendars, finish(compile, &always, NULL)))
        return;
    struct calendar_model **chain =
        build_array(compile->build, model->calendar_count, sizeof *chain);
    for (size_t i = 0; chain != NULL && i < model->calendar_count; i++)
        extend(compile, &model->calendars[i], chain);
    bool too_many = model->calendar_count > CALENDARS_MAX;
    if (too_many)
        report(compile->build, CODE_TOO_MANY_CALENDARS, model->calendars[CALENDARS_MAX].name.at,
               TEXT_NONE, TEXT_NONE, TEXT_NONE);
    for (size_t i = 0; i < model->calendar_count; i++) {
        sla_calendar *calendar = NULL;
        if (!too_many && compile->build->status == SLA_OK &&
            compile->dates_cost <= DATES_MAX)
            calendar = compile_one(compile, &model->calendars[i]);
        if (!compile_push(compile, &compile->calendars, calendar))
            return;
    }
}
