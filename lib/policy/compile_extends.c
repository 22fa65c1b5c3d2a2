/* SPDX-License-Identifier: MIT */
/* Calendars that extend others: a key that is given replaces the inherited one. Hours of any kind
 * and being made of other calendars are one key in this. */
#include "policy/compile.h"

static bool is_made(const struct calendar_model *calendar)
{
    return calendar->all_of.at != NULL || calendar->any_of.at != NULL ||
           calendar->none_of.at != NULL;
}

static void inherit_hours(struct calendar_model *calendar, const struct calendar_model *base)
{
    if (!calendar->has_hours) {
        calendar->week = base->week;
        calendar->always = base->always;
        calendar->has_hours = base->has_hours;
    }
    if (!calendar->has_seasons) {
        calendar->seasons = base->seasons;
        calendar->season_count = base->season_count;
        calendar->has_seasons = base->has_seasons;
    }
    if (calendar->holidays.at == NULL)
        calendar->holidays = base->holidays;
    if (!calendar->has_special) {
        calendar->special = base->special;
        calendar->has_special = base->has_special;
    }
}

/* Days of its own need hours that they replace. */
static void check_days(struct compile *compile, struct calendar_model *calendar,
                       const struct calendar_model *base)
{
    const char *key = calendar->has_special ? "special"
                      : calendar->has_seasons ? "seasons"
                      : calendar->holidays.at != NULL ? "holidays" : NULL;
    if (key == NULL)
        return;
    report_related(compile->build, CODE_DAYS_WITHOUT_HOURS, calendar->extends.at, text_of(key),
                   base->name.value, TEXT_NONE, base->name.at, TEXT("it is defined here"));
    calendar->broken = true;
}

static void inherit(struct compile *compile, struct calendar_model *calendar,
                    const struct calendar_model *base)
{
    if (calendar->zone.at == NULL)
        calendar->zone = base->zone;
    if (!is_made(calendar) && !calendar->has_hours && is_made(base)) {
        calendar->all_of = base->all_of;
        calendar->any_of = base->any_of;
        calendar->none_of = base->none_of;
        check_days(compile, calendar, base);
    } else if (!is_made(calendar)) {
        inherit_hours(calendar, base);
    }
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
            report_related(compile->build, CODE_EXTENDS_ITSELF, calendar->extends.at,
                           first->name.value, TEXT_NONE, TEXT_NONE, base->name.at,
                           TEXT("it is defined here"));
            for (size_t k = 0; k < length; k++)
                chain[k]->broken = true;
            base = NULL;
        }
        if (base != NULL && base->extended)
            inherit(compile, calendar, base);
        calendar = base;
    }
    while (length > 1) {
        length--;
        inherit(compile, chain[length - 1], chain[length]);
    }
}

void compile_extends(struct compile *compile)
{
    struct model *model = compile->model;
    struct calendar_model **chain =
        build_array(compile->build, model->calendar_count, sizeof *chain);
    for (size_t i = 0; chain != NULL && i < model->calendar_count; i++)
        extend(compile, &model->calendars[i], chain);
}
