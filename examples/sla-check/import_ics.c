/* SPDX-License-Identifier: MIT */
/* Reading holiday feeds (RFC 5545) with libical: which events count, and their dates. */
#include "import_ics.h"

#include "import_rule.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_MOST 10 /* events left out that are told one by one */

struct feed {
    const struct import_options *options;
    struct holiday_list *list;
    struct event *events;
    size_t count, capacity;
    size_t timed;
};

static const char *summary_of(icalcomponent *component)
{
    const char *summary = icalcomponent_get_summary(component);
    return summary != NULL ? summary : "";
}

/* Of an event that is not kept. */
static int complain_about(const struct feed *feed, const struct event *event, const char *what)
{
    complain("%s: \"%s\": %s", feed->options->file, event->name, what);
    free(event->name);
    return EXIT_USAGE;
}

static bool read_date(struct icaltimetype at, sla_date *out_date)
{
    return !icaltime_is_null_time(at) &&
           date_of(at.year, at.month, at.day, out_date);
}

static bool is_midnight(struct icaltimetype at)
{
    return at.hour == 0 && at.minute == 0 && at.second == 0;
}

/* Whole days are dates, or run from midnight to midnight of the local clock. */
static bool is_whole_days(struct icaltimetype start, struct icaltimetype end)
{
    if (start.is_date)
        return true;
    return !icaltime_is_utc(start) && is_midnight(start) && is_midnight(end) &&
           icaltime_compare(start, end) < 0;
}

/* DTEND is exclusive; an event that ends where it starts is one day all the same. */
static bool read_dates(struct event *event, struct icaltimetype start, struct icaltimetype end)
{
    sla_date after;
    if (!read_date(start, &event->start))
        return false;
    event->days = 1;
    if (read_date(end, &after) && after > event->start + 1)
        event->days = after - event->start;
    return true;
}

static void tell_timed(struct feed *feed, const struct event *event)
{
    if (++feed->timed <= TOLD_MOST)
        complain("%s: \"%s\" is left out: it has a time of day, %s", feed->options->file,
                 event->name, icaltime_as_ical_string(icalcomponent_get_dtstart(event->component)));
}

/* libical drops what it cannot read and leaves a note. Where dates were dropped the list would be
   wrong. */
static const char *dropped_dates(icalcomponent *component)
{
    static const char *const names[] = {"DTSTART", "DTEND", "DURATION", "RRULE",
                                        "RDATE",   "EXDATE", "EXRULE", "RECURRENCE-ID"};
    for (icalproperty *property =
             icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
         property != NULL;
         property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        const char *note = icalproperty_get_xlicerror(property);
        for (size_t i = 0; note != NULL && i < sizeof names / sizeof *names; i++)
            if (strstr(note, names[i]) != NULL)
                return note;
    }
    return NULL;
}

/* Adds an event of whole days to the feed; tells of all others. */
static int read_event(struct feed *feed, icalcomponent *component)
{
    struct event event = {.component = component, .order = feed->count};
    icalproperty *sequence = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY);
    icalproperty *recurrence =
        icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
    struct icaltimetype start = icalcomponent_get_dtstart(component);
    event.uid = icalcomponent_get_uid(component);
    event.sequence = sequence != NULL ? icalproperty_get_sequence(sequence) : 0;
    event.cancelled = icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;
    event.name = clean_name(summary_of(component));
    const char *dropped = dropped_dates(component);
    if (dropped != NULL)
        return complain_about(feed, &event, dropped);
    if (recurrence != NULL) {
        event.replaces = read_date(icalproperty_get_recurrenceid(recurrence), &event.replaced);
        if (!event.replaces)
            return complain_about(feed, &event, "its RECURRENCE-ID is no date");
    }
    if (!event.cancelled || !icaltime_is_null_time(start)) {
        struct icaltimetype end = icalcomponent_get_dtend(component);
        if (icaltime_is_null_time(start))
            return complain_about(feed, &event, "it has no DTSTART that can be read");
        if (!event.cancelled && !is_whole_days(start, end)) {
            tell_timed(feed, &event);
            event.timed = true;
        } else if (!read_dates(&event, start, end)) {
            return complain_about(feed, &event, "its DTSTART is no date of the calendar");
        }
    }
    if (feed->count == feed->capacity) {
        feed->capacity = feed->capacity * 2 + 64;
        feed->events = get_memory(feed->events, feed->capacity * sizeof *feed->events);
    }
    feed->events[feed->count++] = event;
    return EXIT_FINE;
}

static int read_calendar(struct feed *feed, icalcomponent *calendar)
{
    for (icalcomponent *component = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);
         component != NULL;
         component = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        int status = EXIT_FINE;
        if (icalcomponent_isa(component) == ICAL_VCALENDAR_COMPONENT)
            status = read_calendar(feed, component);
        else if (icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT)
            status = read_event(feed, component);
        if (status != EXIT_FINE)
            return status;
    }
    return EXIT_FINE;
}

/* What belongs together stands together: an event, its newer versions, and what replaces single
   occurrences of it. The newest version comes first. */
static int compare_events(const void *left_item, const void *right_item)
{
    const struct event *left = left_item, *right = right_item;
    int order = strcmp(left->uid != NULL ? left->uid : "", right->uid != NULL ? right->uid : "");
    if (order != 0)
        return order;
    if (left->replaces != right->replaces)
        return left->replaces ? 1 : -1;
    if (left->replaces && left->replaced != right->replaced)
        return left->replaced < right->replaced ? -1 : 1;
    if (left->sequence != right->sequence)
        return left->sequence > right->sequence ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static bool same_uid(const struct event *left, const struct event *right)
{
    return left->uid != NULL && right->uid != NULL && *left->uid != '\0' &&
           strcmp(left->uid, right->uid) == 0;
}

/* An older version of the event before it. Feeds that use a UID twice have no SEQUENCE. */
static bool is_old(const struct event *newer, const struct event *event)
{
    return same_uid(newer, event) && newer->replaces == event->replaces &&
           (!event->replaces || newer->replaced == event->replaced) &&
           newer->sequence > event->sequence;
}

static void drop_old(struct feed *feed)
{
    size_t count = 0;
    for (size_t i = 0; i < feed->count; i++) {
        if (count > 0 && is_old(&feed->events[count - 1], &feed->events[i]))
            free(feed->events[i].name);
        else
            feed->events[count++] = feed->events[i];
    }
    feed->count = count;
}

static int add_group(struct feed *feed, size_t first, size_t end)
{
    struct rule_task task = {
        .file = feed->options->file,
        .last_year = feed->options->last_year,
        .list = feed->list,
    };
    int status = EXIT_FINE;
    size_t replacing = first;
    while (replacing < end && !feed->events[replacing].replaces)
        replacing++;
    task.replaced = feed->events + replacing;
    task.replaced_count = end - replacing;
    for (size_t i = first; i < end && status == EXIT_FINE; i++) {
        const struct event *event = &feed->events[i];
        if (event->cancelled || event->timed)
            continue;
        task.workday =
            feed->options->workdays != NULL && strstr(event->name, feed->options->workdays) != NULL;
        status = rule_add_dates(&task, event);
    }
    return status;
}

static int add_groups(struct feed *feed)
{
    int status = EXIT_FINE;
    if (feed->count > 0)
        qsort(feed->events, feed->count, sizeof *feed->events, compare_events);
    drop_old(feed);
    for (size_t first = 0, end; first < feed->count && status == EXIT_FINE; first = end) {
        end = first + 1;
        while (end < feed->count && same_uid(&feed->events[first], &feed->events[end]))
            end++;
        status = add_group(feed, first, end);
    }
    return status;
}

int import_ics(const char *text, const struct import_options *options, struct holiday_list *list)
{
    struct feed feed = {.options = options, .list = list};
    icalerror_set_errors_are_fatal(0);
    icalcomponent *root = icalparser_parse_string(text);
    if (root == NULL) {
        complain("%s is no iCalendar file", options->file);
        return EXIT_USAGE;
    }
    int status = icalcomponent_isa(root) == ICAL_VEVENT_COMPONENT ? read_event(&feed, root)
                                                                  : read_calendar(&feed, root);
    if (feed.timed > TOLD_MOST)
        complain("%s: %zu more with a time of day are left out", options->file,
                 feed.timed - TOLD_MOST);
    if (status == EXIT_FINE)
        status = add_groups(&feed);
    for (size_t i = 0; i < feed.count; i++)
        free(feed.events[i].name);
    free(feed.events);
    icalcomponent_free(root);
    return status;
}
