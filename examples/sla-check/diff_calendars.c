/* SPDX-License-Identifier: MIT */
/* Calendars with what they inherit, and the holiday lists that they name. */
#include "diff.h"

#include <string.h>

static char *season_key(struct diff *diff, json_t *season)
{
    return say(diff, "%s to %s", text_at(season, "from"), text_at(season, "to"));
}

static void tell_seasons(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    struct pairs pairs = pair_items(diff, old, new, season_key);
    base.path = say(diff, "%s.seasons", base.path);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        bool is_new = i < pairs.new_count;
        json_t *season = json_array_get(is_new ? new : old, is_new ? i : i - pairs.new_count);
        size_t twin = is_new ? pairs.to_old[i] : pairs.to_new[i - pairs.new_count];
        struct change change = base;
        change.what = say(diff, "from %s", season_key(diff, season));
        if (twin == NOWHERE) {
            char *words = week_words(diff, json_object_get(season, "hours"));
            change.kind = is_new ? "added" : "removed";
            change.before = is_new ? say(diff, "the usual hours") : words;
            change.after = is_new ? words : say(diff, "the usual hours");
            diff_add(diff, change);
        } else if (is_new) {
            json_t *before = json_array_get(old, twin);
            change.kind = pairs.is_moved[i] ? "moved" : "changed";
            change.before = say(diff, "%s, %s", season_key(diff, before),
                                week_words(diff, json_object_get(before, "hours")));
            change.after = say(diff, "%s, %s", season_key(diff, season),
                               week_words(diff, json_object_get(season, "hours")));
            if (pairs.is_moved[i] || strcmp(change.before, change.after) != 0)
                diff_add(diff, change);
        }
    }
    pairs_free(&pairs);
}

static void tell_calendar(struct diff *diff, const char *name, json_t *old, json_t *new)
{
    static const char *const lists[] = {"all_of", "any_of", "none_of", "holidays"};
    struct change base = {.section = "calendars", .kind = "changed",
                          .path = say(diff, "calendars.%s", name),
                          .subject = say(diff, "calendar %s", name)};
    base.direction = relation_direction(calendar_relation(diff, name, name));
    json_t *zone = json_object_get(json_object_get(json_object_get(diff->old.root, "calendars"),
                                                   name), "timezone");
    json_t *zone_now = json_object_get(json_object_get(json_object_get(diff->new.root,
                                                                       "calendars"), name),
                                       "timezone");
    if (zone != NULL || zone_now != NULL) /* else it is the policy's, which tells it */
        diff_key(diff, base, "timezone", json_object_get(old, "timezone"),
                 json_object_get(new, "timezone"), value_words);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        json_t *before = json_object_get(old, lists[i]), *after = json_object_get(new, lists[i]);
        bool is_empty = json_array_size(before) + json_array_size(after) == 0 &&
                        !json_is_string(before) && !json_is_string(after);
        if (!is_empty)
            diff_key(diff, base, lists[i], before, after, value_words);
    }
    diff_week(diff, base, json_object_get(old, "hours"), json_object_get(new, "hours"));
    tell_seasons(diff, base, json_object_get(old, "seasons"), json_object_get(new, "seasons"));
    base.path = say(diff, "%s.special", base.path);
    diff_days(diff, base, "closed", json_object_get(old, "special"),
              json_object_get(new, "special"));
}

static char *calendar_words(struct diff *diff, json_t *calendar)
{
    json_t *holidays = json_object_get(calendar, "holidays");
    if (is_made(calendar))
        return say(diff, "made of other calendars");
    return say(diff, "%s%s%s", week_words(diff, json_object_get(calendar, "hours")),
               holidays != NULL ? ", without holidays of " : "",
               holidays != NULL ? value_words(diff, holidays) : "");
}

void diff_calendars(struct diff *diff)
{
    const char *name;
    json_t *calendar, *before;
    json_object_foreach(diff->new.calendars, name, calendar) {
        before = json_object_get(diff->old.calendars, name);
        if (before != NULL)
            tell_calendar(diff, name, before, calendar);
    }
    json_object_foreach(diff->old.calendars, name, calendar)
        if (json_object_get(diff->new.calendars, name) == NULL)
            diff_add(diff, (struct change){.section = "calendars", .kind = "removed",
                                           .path = say(diff, "calendars.%s", name),
                                           .subject = say(diff, "calendar %s", name),
                                           .before = calendar_words(diff, calendar)});
    json_object_foreach(diff->new.calendars, name, calendar) {
        const char *former = text_at(diff->renamed, name);
        struct change change = {.section = "calendars", .kind = "added",
                                .path = say(diff, "calendars.%s", name),
                                .subject = say(diff, "calendar %s", name)};
        if (former != NULL) {
            change.kind = "renamed";
            change.what = say(diff, "name");
            change.before = say(diff, "%s", former);
            change.after = say(diff, "%s", name);
            diff_add(diff, change);
        } else if (json_object_get(diff->old.calendars, name) == NULL) {
            change.after = calendar_words(diff, calendar);
            diff_add(diff, change);
        }
    }
}

static bool names_list(json_t *calendar, const char *list)
{
    json_t *names = json_object_get(calendar, "holidays"), *name;
    size_t i;
    if (json_is_string(names))
        return strcmp(json_string_value(names), list) == 0;
    json_array_foreach(names, i, name)
        if (strcmp(json_string_value(name), list) == 0)
            return true;
    return false;
}

/* Who uses a list, and what its changes do to them. */
static void find_users(struct diff *diff, const char *list, struct change *change)
{
    const char *name;
    json_t *calendar;
    char *users = NULL;
    json_object_foreach(diff->new.calendars, name, calendar) {
        if (!names_list(calendar, list))
            continue;
        users = say(diff, "%s%s%s", users != NULL ? users : "used by ", users != NULL ? ", " : "",
                    name);
        if (json_object_get(diff->old.calendars, name) != NULL)
            change->direction =
                direction_of_both(change->direction,
                                  relation_direction(calendar_relation(diff, name, name)));
    }
    change->note = users != NULL ? users : say(diff, "no calendar uses it");
}

static void tell_list(struct diff *diff, const char *name, json_t *old, json_t *new)
{
    struct change base = {.section = "holidays", .kind = "changed",
                          .path = say(diff, "holidays.%s", name),
                          .subject = say(diff, "holidays %s", name)};
    find_users(diff, name, &base);
    struct change through = base, days = base;
    through.direction = DIRECTION_NONE;
    through.what = say(diff, "speaks for dates through");
    diff_key(diff, through, "through", json_object_get(old, "through"),
             json_object_get(new, "through"), value_words);
    days.path = say(diff, "%s.closed", base.path);
    diff_days(diff, days, "closed", json_object_get(old, "closed"), json_object_get(new, "closed"));
    days.path = say(diff, "%s.workdays", base.path);
    diff_days(diff, days, "worked", json_object_get(old, "workdays"),
              json_object_get(new, "workdays"));
}

void diff_holidays(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "holidays"), *list;
    json_t *new = json_object_get(diff->new.root, "holidays");
    const char *name;
    json_object_foreach(new, name, list)
        tell_list(diff, name, json_object_get(old, name), list);
    json_object_foreach(old, name, list)
        if (json_object_get(new, name) == NULL)
            tell_list(diff, name, list, NULL);
}
