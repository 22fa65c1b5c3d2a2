/* SPDX-License-Identifier: MIT */
/* Plans: what `extends` brings, and how to make a failing plan simpler. */
#include "oracle_plan.h"

#include <string.h>

struct plan_calendar plan_resolve(const struct plan *plan, int32_t index)
{
    struct plan_calendar own = plan->calendars[index];
    if (own.extends >= 0) {
        /* A given key replaces the inherited one; the others are as if they were written here. */
        struct plan_calendar inherited = plan_resolve(plan, own.extends);
        if (own.zone < 0)
            own.zone = inherited.zone;
        if (!own.has_hours) {
            own.week = inherited.week;
            own.always = inherited.always;
        }
        if (!own.has_seasons) {
            memcpy(own.seasons, inherited.seasons, sizeof own.seasons);
            own.season_count = inherited.season_count;
        }
        if (!own.has_holidays) {
            memcpy(own.lists, inherited.lists, sizeof own.lists);
            own.list_count = inherited.list_count;
        }
        if (!own.has_special) {
            memcpy(own.special, inherited.special, sizeof own.special);
            own.special_count = inherited.special_count;
        }
    }
    if (own.zone < 0)
        own.zone = plan->zone;
    return own;
}

/* Takes row `at` out of an array. */
#define TAKE_OUT(array, count, at)                                                                 \
    (memmove(&(array)[at], &(array)[(at) + 1],                                                     \
             (size_t)((count) - (at) - 1) * sizeof *(array)),                                      \
     (count)--)

static bool simpler_hours(struct plan_hours *hours, int *step)
{
    if (*step < hours->count) {
        TAKE_OUT(hours->spans, hours->count, *step);
        return true;
    }
    *step -= hours->count;
    for (int32_t i = 0; i < hours->count; i++) { /* full hours instead of odd minutes */
        struct plan_span *span = &hours->spans[i];
        bool odd = span->open % 3600 != 0 || span->close % 3600 != 0;
        if (odd && (*step)-- == 0) {
            span->open -= span->open % 3600;
            span->close = span->close % 3600 == 0 ? span->close
                                                  : span->close - span->close % 3600 + 3600;
            return span->open != span->close;
        }
    }
    return false;
}

static bool simpler_week(struct plan_week *week, int *step)
{
    for (int day = 0; day < 7; day++)
        if (simpler_hours(&week->days[day], step))
            return true;
    return false;
}

static bool simpler_when(struct plan_when *when, int *step)
{
    int32_t *const fields[] = {&when->observed, &when->to_month, &when->since, &when->until,
                               &when->except};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (*fields[i] != 0 && (*step)-- == 0) {
            *fields[i] = 0;
            return true;
        }
    }
    if (when->form == PLAN_DATE && when->to > when->date && (*step)-- == 0) {
        when->to = when->date;
        return true;
    }
    return false;
}

static bool simpler_list(struct plan_list *list, int *step)
{
    if (*step < list->closed_count) {
        TAKE_OUT(list->closed, list->closed_count, *step);
        return true;
    }
    *step -= list->closed_count;
    if (*step < list->workday_count) {
        TAKE_OUT(list->workdays, list->workday_count, *step);
        return true;
    }
    *step -= list->workday_count;
    if (list->through >= 0 && (*step)-- == 0) {
        list->through = -1;
        return true;
    }
    for (int32_t i = 0; i < list->closed_count; i++)
        if (simpler_when(&list->closed[i].when, step))
            return true;
    for (int32_t i = 0; i < list->workday_count; i++)
        if (simpler_hours(&list->workdays[i].hours, step))
            return true;
    return false;
}

static bool simpler_calendar(struct plan_calendar *calendar, int *step)
{
    if (*step < calendar->season_count) {
        TAKE_OUT(calendar->seasons, calendar->season_count, *step);
        return true;
    }
    *step -= calendar->season_count;
    if (*step < calendar->special_count) {
        TAKE_OUT(calendar->special, calendar->special_count, *step);
        return true;
    }
    *step -= calendar->special_count;
    if (*step < calendar->list_count) {
        TAKE_OUT(calendar->lists, calendar->list_count, *step);
        return true;
    }
    *step -= calendar->list_count;
    if (calendar->member_count > 1 && *step < calendar->member_count) {
        TAKE_OUT(calendar->members, calendar->member_count, *step);
        return true;
    }
    *step -= calendar->member_count > 1 ? calendar->member_count : 0;
    if (calendar->zone >= 0 && (*step)-- == 0) {
        calendar->zone = -1;
        return true;
    }
    if (simpler_week(&calendar->week, step))
        return true;
    for (int32_t i = 0; i < calendar->season_count; i++)
        if (simpler_week(&calendar->seasons[i].week, step))
            return true;
    for (int32_t i = 0; i < calendar->special_count; i++)
        if (simpler_when(&calendar->special[i].when, step) ||
            simpler_hours(&calendar->special[i].hours, step))
            return true;
    return false;
}

static bool is_used(const struct plan *plan, int32_t list)
{
    for (int32_t i = 0; i < plan->calendar_count; i++)
        for (int32_t k = 0; k < plan->calendars[i].list_count; k++)
            if (plan->calendars[i].lists[k] == list)
                return true;
    return false;
}

bool plan_simpler(struct plan *plan, int32_t index, int step)
{
    if (plan->calendar_count > index + 1 && step-- == 0) {
        plan->calendar_count = index + 1;
        return true;
    }
    struct plan_calendar *own = &plan->calendars[index];
    if (own->algebra == PLAN_HOURS && own->extends >= 0 && step-- == 0) {
        *own = plan_resolve(plan, index); /* written out */
        own->extends = -1;
        own->has_hours = own->has_seasons = own->has_holidays = own->has_special = true;
        return true;
    }
    for (int32_t i = index; i >= 0; i--)
        if (simpler_calendar(&plan->calendars[i], &step))
            return true;
    if (plan->list_count > 0 && !is_used(plan, plan->list_count - 1) && step-- == 0) {
        plan->list_count--;
        return true;
    }
    for (int32_t i = 0; i < plan->list_count; i++)
        if (simpler_list(&plan->lists[i], &step))
            return true;
    if (plan->rolls && step-- == 0) {
        plan->rolls = false;
        return true;
    }
    if (plan->zone >= 0 && step-- == 0) {
        plan->zone = -1;
        return true;
    }
    return false;
}
