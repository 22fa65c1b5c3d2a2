/* SPDX-License-Identifier: MIT */
/* Calendars: holiday lists are looked up, their dates written out (dates.c), and what comes of them
 * is compiled by lib/time. */
#include "policy/compile.h"

#include "policy/dates.h"
#include "policy/fingerprint.h"
#include "time/instant.h"

/* The holiday lists that a calendar names; NULL where there is no such list (told). */
static struct holidays_model **find_lists(struct compile *compile,
                                          const struct calendar_model *calendar, bool *good)
{
    const struct text_list *names = &calendar->holidays;
    struct holidays_model **lists = build_array(compile->build, names->count, sizeof *lists);
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
    struct holidays_model **lists = find_lists(compile, calendar, &good);
    if (lists == NULL || !good)
        return false;
    size_t count = calendar->holidays.count;
    size_t fullest = fullest_day(&calendar->week);
    for (size_t i = 0; i < calendar->season_count; i++) {
        size_t of_season = fullest_day(&calendar->seasons[i].week);
        fullest = of_season > fullest ? of_season : fullest;
    }
    /* its zone's changes alone, and the weeks in which seasons begin and end */
    compile->dates_cost += CALENDAR_COST + (20 + 100 * calendar->season_count) * fullest;
    compile->dates_cost += dates_cost(&calendar->special, fullest);
    for (size_t i = 0; i < count; i++) {
        compile->dates_cost += dates_cost(&lists[i]->closed, fullest) +
                               dates_cost(&lists[i]->workdays, fullest);
        narrow_through(rules, lists[i]);
    }
    if (compile->dates_cost > DATES_MAX) /* told by the caller */
        return true;
    return dates_of_calendar(compile, calendar, lists, rules);
}

static sla_calendar *finish(struct compile *compile, struct calendar_rules *rules,
                            const struct node *at)
{
    sla_calendar *calendar = NULL;
    fingerprint_identify(rules);
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

bool compile_instant(struct compile *compile, const struct text_field *field,
                     const struct zone *zone, sla_time *out)
{
    if (instant_parse(field->value, zone, out) == SLA_OK)
        return true;
    report(compile->build, CODE_BAD_INSTANT, field->at, field->value, TEXT_NONE,
           TEXT("instants are those of 1970 to 2199"));
    return false;
}

/* Closures are local times of the calendar that has them, inherited or not. */
static bool gather_closures(struct compile *compile, const struct day_list *special,
                            struct calendar_rules *rules)
{
    struct closure *closures = build_array(compile->build, special->count, sizeof *closures);
    bool good = closures != NULL;
    for (size_t i = 0; good && i < special->count; i++) {
        const struct day_model *day = &special->items[i];
        if (day->closed_from.at == NULL)
            continue;
        struct closure closure = {.name = day->name.value};
        if (!compile_instant(compile, &day->closed_from, rules->zone, &closure.from) ||
            !compile_instant(compile, &day->closed_to, rules->zone, &closure.to))
            return false;
        if (closure.from >= closure.to) {
            report_related(compile->build, CODE_CLOSURE_EMPTY, day->closed_to.at, TEXT_NONE,
                           TEXT_NONE, TEXT_NONE, day->closed_from.at,
                           TEXT("the closure begins here"));
            return false;
        }
        compile->dates_cost += (uint64_t)(closure.to - closure.from) / SECONDS_PER_DAY + 2;
        closures[rules->closure_count++] = closure;
    }
    rules->closures = closures;
    return good;
}

static bool gather_hours(struct compile *compile, const struct calendar_model *calendar,
                         struct calendar_rules *rules)
{
    rules->always = calendar->always;
    rules->week = calendar->week;
    rules->seasons = calendar->seasons;
    rules->season_count = calendar->season_count;
    if (!gather(compile, calendar, rules) ||
        !gather_closures(compile, &calendar->special, rules))
        return false;
    /* `always` with days of its own is the whole week, so that the days can still close it, and so
       that lists which close nothing still say how far they speak. */
    if (rules->always && (rules->has_through || rules->exception_count > 0 ||
                          rules->season_count > 0 || rules->closure_count > 0)) {
        rules->always = false;
        week_hours_always(&rules->week);
    }
    return true;
}

static sla_calendar *compile_one(struct compile *compile, const struct calendar_model *calendar)
{
    struct calendar_rules rules = {.name = calendar->name.value, .zone = compile->policy->zone,
                                   .rolls = compile->policy->roll_deadlines};
    struct calendar_algebra algebra;
    size_t errors = compile->build->diags->errors;
    if (calendar->zone.at != NULL)
        rules.zone = compile_zone(compile, &calendar->zone);
    bool good = rules.zone != NULL;
    if (good && calendar->member_count > 0) {
        rules.algebra = &algebra;
        good = compile_algebra(compile, calendar, &algebra);
    } else if (good) {
        good = gather_hours(compile, calendar, &rules);
    }
    if (good && compile->dates_cost > DATES_MAX) {
        report(compile->build, CODE_TOO_MANY_DATES, calendar->name.at, TEXT_NONE, TEXT_NONE,
               TEXT_NONE);
        good = false;
    }
    if (!good || calendar->broken || compile->build->diags->errors > errors)
        return NULL;
    return finish(compile, &rules, calendar->name.at);
}

void compile_calendars(struct compile *compile)
{
    struct model *model = compile->model;
    struct calendar_rules always = {.name = TEXT("24x7"), .zone = compile->policy->zone,
                                    .always = true};
    fingerprint_begin(compile->policy);
    if (!compile_push(compile, &compile->calendars, finish(compile, &always, NULL)))
        return;
    for (size_t i = 0; i < model->calendar_count; i++)
        if (!compile_push(compile, &compile->calendars, NULL))
            return;
    compile_extends(compile);
    if (model->calendar_count > CALENDARS_MAX) {
        report(compile->build, CODE_TOO_MANY_CALENDARS, model->calendars[CALENDARS_MAX].name.at,
               TEXT_NONE, TEXT_NONE, TEXT_NONE);
        return;
    }
    const uint32_t *order = compile_member_order(compile);
    for (size_t i = 0; order != NULL && i < model->calendar_count; i++)
        if (compile->build->status == SLA_OK && compile->dates_cost <= DATES_MAX)
            compile->calendars.items[order[i] + 1] =
                compile_one(compile, &model->calendars[order[i]]);
}
