/* SPDX-License-Identifier: MIT */
/* The dates of one event of a feed: its rules, what was added to them and what was taken away. */
#include "import_yearly.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS_MOST 3652        /* a range of dates in a policy is not longer than ten years */
#define OCCURRENCES_MOST 5000 /* of one rule: every day for more than ten years */
#define STEPS_MOST 200000     /* that an iteration may take before the first year */

bool date_of(int32_t year, int32_t month, int32_t day, sla_date *out_date)
{
    struct tm civil = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *out_date = (sla_date)(timegm(&civil) / 86400);
    return civil.tm_mday == day; /* 30 February has become a day of March */
}

void civil_of(sla_date date, int32_t *out_year, int32_t *out_month, int32_t *out_day)
{
    time_t at = (time_t)date * 86400;
    struct tm civil = {0};
    gmtime_r(&at, &civil);
    *out_year = civil.tm_year + 1900;
    *out_month = civil.tm_mon + 1;
    *out_day = civil.tm_mday;
}

static int complain_about(const struct rule_task *task, const struct event *event, const char *what)
{
    complain("%s: \"%s\": %s", task->file, event->name, what);
    return EXIT_USAGE;
}

int32_t year_of(sla_date date)
{
    int32_t year = 0, month, day;
    civil_of(date, &year, &month, &day);
    return year;
}

/* The dates of all EXDATE or RDATE lines. NULL after a complaint; to be freed. They are read at
   once, since libical has one place a component from which it goes on to the next property. */
static sla_date *read_dates(const struct rule_task *task, const struct event *event,
                            icalproperty_kind kind, size_t *out_count)
{
    icalcomponent *component = event->component;
    size_t count = 0;
    int most = icalcomponent_count_properties(component, kind);
    sla_date *dates = get_memory(NULL, (size_t)most * sizeof *dates);
    for (icalproperty *property = icalcomponent_get_first_property(component, kind);
         property != NULL; property = icalcomponent_get_next_property(component, kind)) {
        struct icaltimetype at;
        if (kind == ICAL_EXDATE_PROPERTY) {
            at = icalproperty_get_exdate(property);
        } else {
            struct icaldatetimeperiodtype when = icalproperty_get_rdate(property);
            at = icaltime_is_null_time(when.time) ? when.period.start : when.time;
        }
        if (date_of(at.year, at.month, at.day, &dates[count++]))
            continue;
        complain_about(task, event, "a date of its EXDATE or RDATE lines cannot be read");
        free(dates);
        return NULL;
    }
    *out_count = count;
    return dates;
}

bool is_taken_away(const struct rule_task *task, const struct event *event, sla_date date)
{
    if (event->replaces)
        return false;
    for (size_t i = 0; i < task->replaced_count; i++)
        if (task->replaced[i].replaced == date)
            return true;
    for (size_t i = 0; i < task->taken_count; i++)
        if (task->taken[i] == date)
            return true;
    return false;
}

static void add_dates(struct rule_task *task, const struct event *event, sla_date from)
{
    sla_date to = from + event->days - 1;
    int32_t first = year_of(from), last = year_of(to);
    if (is_taken_away(task, event, from))
        return;
    if (first < YEAR_FIRST || last > YEAR_LAST) {
        complain("%s: \"%s\" of %d is left out: policies know the years %d to %d", task->file,
                 event->name, first, YEAR_FIRST, YEAR_LAST);
        return;
    }
    list_add(task->list, (struct holiday){.from = from, .to = to, .workday = task->workday,
                                          .endless = task->endless,
                                          .name = copy_text(event->name, strlen(event->name))});
}

static int expand(struct rule_task *task, const struct event *event,
                  const struct icalrecurrencetype *rule)
{
    char message[320];
    struct icalrecurrencetype copy = *rule;
    bool open = rule->count == 0 && icaltime_is_null_time(rule->until);
    if (open && task->last_year == 0) {
        snprintf(message, sizeof message,
                 "its rule %.200s has no end; say which years are wanted: --until 2030",
                 icalrecurrencetype_as_string(&copy));
        return complain_about(task, event, message);
    }
    task->endless = open;
    int32_t year, month, day, last = task->last_year != 0 ? task->last_year : YEAR_LAST;
    civil_of(event->start, &year, &month, &day);
    struct icaltimetype start = icaltime_null_time(), at;
    start.is_date = 1;
    start.year = year;
    start.month = month;
    start.day = day;
    copy.until.is_date = !icaltime_is_null_time(copy.until);
    icalrecur_iterator *iterator = icalrecur_iterator_new(copy, start);
    if (iterator == NULL) {
        snprintf(message, sizeof message, "its rule %.200s cannot be followed",
                 icalrecurrencetype_as_string(&copy));
        return complain_about(task, event, message);
    }
    size_t found = 0, steps = 0;
    int status = EXIT_FINE;
    for (at = icalrecur_iterator_next(iterator); !icaltime_is_null_time(at) && at.year <= last;
         at = icalrecur_iterator_next(iterator)) {
        sla_date date;
        if (at.year >= YEAR_FIRST && date_of(at.year, at.month, at.day, &date)) {
            add_dates(task, event, date);
            found++;
        }
        if (found > OCCURRENCES_MOST || ++steps > STEPS_MOST) {
            status = complain_about(task, event,
                                    "it comes so often that it is no holiday; take it out of the "
                                    "feed, or ask for fewer years with --until");
            break;
        }
    }
    icalrecur_iterator_free(iterator);
    task->endless = false;
    return status;
}

static int add_rule(struct rule_task *task, const struct event *event, icalproperty *property)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    struct holiday yearly = {0};
    if (rule.freq == ICAL_NO_RECURRENCE)
        return complain_about(task, event, "its RRULE cannot be read");
    if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
        rule.freq == ICAL_HOURLY_RECURRENCE)
        return complain_about(task, event, "its RRULE counts hours, but it lasts whole days");
    if (!yearly_from_rule(&rule, event, &yearly))
        return expand(task, event, &rule);
    yearly_add(task, event, &rule, yearly);
    return EXIT_FINE;
}

/* The rules of an event; a feed rarely has more than one. */
static int add_rules(struct rule_task *task, const struct event *event)
{
    icalcomponent *component = event->component;
    for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY);
         property != NULL;
         property = icalcomponent_get_next_property(component, ICAL_RRULE_PROPERTY)) {
        int status = add_rule(task, event, property);
        if (status != EXIT_FINE)
            return status;
    }
    return EXIT_FINE;
}

static int add_all(struct rule_task *task, const struct event *event)
{
    size_t count;
    bool rules = icalcomponent_count_properties(event->component, ICAL_RRULE_PROPERTY) > 0;
    sla_date *dates = read_dates(task, event, ICAL_RDATE_PROPERTY, &count);
    if (dates == NULL)
        return EXIT_USAGE;
    if (!rules)
        add_dates(task, event, event->start);
    for (size_t i = 0; i < count; i++)
        add_dates(task, event, dates[i]);
    free(dates);
    return rules ? add_rules(task, event) : EXIT_FINE;
}

int rule_add_dates(struct rule_task *task, const struct event *event)
{
    if (event->days > DAYS_MOST)
        return complain_about(task, event, "it lasts longer than ten years");
    if (icalcomponent_count_properties(event->component, ICAL_EXRULE_PROPERTY) > 0)
        return complain_about(task, event, "EXRULE is not known; RFC 5545 has no such rule");
    if (event->replaces) {
        add_dates(task, event, event->start);
        return EXIT_FINE;
    }
    task->taken = read_dates(task, event, ICAL_EXDATE_PROPERTY, &task->taken_count);
    if (task->taken == NULL)
        return EXIT_USAGE;
    int status = add_all(task, event);
    free(task->taken);
    task->taken = NULL;
    task->taken_count = 0;
    return status;
}
