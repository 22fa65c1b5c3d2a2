/* SPDX-License-Identifier: MIT */
/* Rules of a feed that a policy can write as a day of every year: 12-25, or 4th thu of nov. */
#include "import_yearly.h"

#include <string.h>

/* From 0 for Monday. */
static int32_t weekday_of(sla_date date)
{
    return ((date + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

/* The day's date in a year; false: that year has none. */
static bool date_in(const struct holiday *holiday, int32_t year, sla_date *out)
{
    if (holiday->nth == 0)
        return date_of(year, holiday->month, holiday->day, out);
    sla_date first, next = 0;
    bool december = holiday->month == 12;
    if (!date_of(year, holiday->month, 1, &first) ||
        !date_of(year + december, december ? 1 : holiday->month + 1, 1, &next))
        return false;
    if (holiday->nth < 0)
        *out = next - 1 - (weekday_of(next - 1) - holiday->weekday + 7) % 7;
    else
        *out = first + (holiday->weekday - weekday_of(first) + 7) % 7 + 7 * (holiday->nth - 1);
    return *out < next;
}

static bool is_empty(const short *values)
{
    return values[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

/* Not there, or only the one value that the start has anyway. */
static bool is_empty_or(const short *values, int value)
{
    return is_empty(values) || (values[0] == value && values[1] == ICAL_RECURRENCE_ARRAY_MAX);
}

static bool is_one(const short *values)
{
    return !is_empty(values) && values[1] == ICAL_RECURRENCE_ARRAY_MAX;
}

/* Does a range end on the same day in every year? Not when it ends behind February. */
static bool ends_alike(int32_t days, struct holiday *yearly)
{
    static const int32_t years[] = {2001, 2003, 2004};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        sla_date start;
        int32_t year, month, day;
        if (!date_of(years[i], yearly->month, yearly->day, &start))
            return false;
        civil_of(start + days - 1, &year, &month, &day);
        if (i > 0 && (month != yearly->to_month || day != yearly->to_day))
            return false;
        yearly->to_month = month;
        yearly->to_day = day;
    }
    return true;
}

/* 25 December; also as a range of a few days. */
static bool is_fixed_day(const struct icalrecurrencetype *rule, const struct event *event,
                         struct holiday *out)
{
    if (!is_empty(rule->by_day) || !is_empty_or(rule->by_month, out->month) ||
        !is_empty_or(rule->by_month_day, out->day))
        return false;
    if (is_empty(rule->by_month) && !is_empty(rule->by_month_day))
        return false; /* it may be the 25th of every month */
    out->to_month = out->month;
    out->to_day = out->day;
    if (event->days == 1) /* what counts 29 February does not count years */
        return out->month != 2 || out->day != 29 || rule->count == 0;
    return event->days < 300 && ends_alike(event->days, out);
}

/* The fourth Thursday of November. A fifth one is not there every year, which COUNT would have to
   know; and the first occurrence must be one. */
static bool is_weekday(const struct icalrecurrencetype *rule, const struct event *event,
                       struct holiday *out)
{
    if (event->days != 1 || !is_one(rule->by_day) || !is_one(rule->by_month) ||
        rule->by_month[0] != out->month || !is_empty(rule->by_month_day))
        return false;
    sla_date date;
    out->nth = icalrecurrencetype_day_position(rule->by_day[0]);
    /* libical counts from 1 for Sunday */
    out->weekday = (int32_t)(icalrecurrencetype_day_day_of_week(rule->by_day[0]) + 5) % 7;
    return out->nth >= -1 && out->nth <= 4 && out->nth != 0 &&
           date_in(out, year_of(event->start), &date) && date == event->start;
}

bool yearly_from_rule(const struct icalrecurrencetype *rule, const struct event *event,
                      struct holiday *out)
{
    int32_t year;
    civil_of(event->start, &year, &out->month, &out->day);
    if (rule->freq != ICAL_YEARLY_RECURRENCE || rule->interval != 1 || rule->rscale != NULL ||
        !is_empty(rule->by_week_no) || !is_empty(rule->by_year_day) || !is_empty(rule->by_set_pos))
        return false;
    return is_fixed_day(rule, event, out) || is_weekday(rule, event, out);
}

/* The last year of a rule, 0 for no end. */
static int32_t last_year(const struct icalrecurrencetype *rule, const struct event *event,
                         const struct holiday *holiday)
{
    sla_date until, date;
    if (rule->count > 0)
        return year_of(event->start) + (rule->count < YEAR_LAST ? rule->count : YEAR_LAST) - 1;
    if (icaltime_is_null_time(rule->until))
        return 0;
    bool reached = date_of(rule->until.year, rule->until.month, rule->until.day, &until) &&
                   date_in(holiday, rule->until.year, &date) && date <= until;
    return rule->until.year - !reached;
}

void yearly_add(struct rule_task *task, const struct event *event,
                const struct icalrecurrencetype *rule, struct holiday holiday)
{
    int32_t first = year_of(event->start), last = last_year(rule, event, &holiday);
    holiday.yearly = true;
    holiday.workday = task->workday;
    if ((last != 0 && (last < first || last < YEAR_FIRST)) || first > YEAR_LAST)
        return;
    holiday.since = first >= YEAR_FIRST ? first : 0;
    holiday.until = last != 0 && last < YEAR_LAST ? last : 0;
    holiday.except = get_memory(NULL, (YEAR_LAST - YEAR_FIRST + 1) * sizeof *holiday.except);
    for (int32_t year = first > YEAR_FIRST ? first : YEAR_FIRST;
         year <= (holiday.until != 0 ? holiday.until : YEAR_LAST); year++) {
        sla_date date;
        if (date_in(&holiday, year, &date) && is_taken_away(task, event, date))
            holiday.except[holiday.except_count++] = year;
    }
    holiday.name = copy_text(event->name, strlen(event->name));
    list_add(task->list, holiday);
}
