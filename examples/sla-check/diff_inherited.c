/* SPDX-License-Identifier: MIT */
/* Calendars as if nobody inherited anything, and the names of those that only have another one. */
#include "diff.h"

#include <string.h>

static void inherit(json_t *calendar, json_t *base, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        json_t *value = json_object_get(base, *keys);
        if (value != NULL && json_object_get(calendar, *keys) == NULL)
            json_object_set(calendar, *keys, value);
    }
}

/* A calendar as if it were written without `extends`: a given key replaces the inherited one. */
static json_t *resolve(struct diff *diff, struct side *side, const char *name)
{
    static const char *const made[] = {"all_of", "any_of", "none_of", NULL};
    static const char *const own[] = {"hours", "seasons", "holidays", "special", NULL};
    static const char *const zone[] = {"timezone", NULL};
    json_t *known = json_object_get(side->calendars, name);
    if (known != NULL)
        return known;
    json_t *calendar =
        json_copy(json_object_get(json_object_get(side->root, "calendars"), name));
    const char *base_name = text_at(calendar, "extends");
    json_t *base = NULL;
    if (base_name != NULL && strcmp(base_name, "24x7") == 0)
        base = keep(diff, json_pack("{s:s}", "hours", "always"));
    else if (base_name != NULL)
        base = resolve(diff, side, base_name);
    if (base != NULL) {
        inherit(calendar, base, zone);
        if (!is_made(calendar) && is_made(base) && json_object_get(calendar, "hours") == NULL)
            inherit(calendar, base, made);
        else if (!is_made(calendar))
            inherit(calendar, base, own);
    }
    if (json_object_get(calendar, "timezone") == NULL)
        json_object_set(calendar, "timezone", json_object_get(side->root, "timezone"));
    json_object_del(calendar, "extends");
    json_object_del(calendar, "name");
    json_object_del(calendar, "description");
    json_object_set_new(side->calendars, name, calendar);
    return calendar;
}

static void resolve_all(struct diff *diff, struct side *side)
{
    const char *name;
    json_t *calendar;
    json_object_foreach(json_object_get(side->root, "calendars"), name, calendar)
        resolve(diff, side, name);
}

/* Gives a name, a list of names or a table of them the new name. */
static void rename_in(json_t *map, const char *key, const char *from, const char *to)
{
    json_t *value = json_object_get(map, key), *item;
    const char *choice;
    size_t i;
    void *next;
    if (json_is_string(value) && strcmp(json_string_value(value), from) == 0)
        json_object_set_new(map, key, json_string(to));
    json_array_foreach(value, i, item)
        if (json_is_string(item) && strcmp(json_string_value(item), from) == 0)
            json_array_set_new(value, i, json_string(to));
    if (!json_is_object(value))
        return;
    rename_in(value, "default", from, to);
    json_object_foreach_safe(json_object_get(value, "is"), next, choice, item)
        rename_in(json_object_get(value, "is"), choice, from, to);
}

/* Conditions name calendars by two words; an attribute that bears one stands under `attribute`. */
static void rename_in_conditions(json_t *value, const char *from, const char *to)
{
    const char *key;
    json_t *item;
    size_t i;
    rename_in(value, "opened_in", from, to);
    rename_in(value, "opened_outside", from, to);
    json_object_foreach(value, key, item)
        if (strcmp(key, "attribute") != 0)
            rename_in_conditions(item, from, to);
    json_array_foreach(value, i, item)
        rename_in_conditions(item, from, to);
}

static void rename_in_rows(json_t *rows, const char *from, const char *to)
{
    json_t *row, *target, *choice;
    const char *metric, *key;
    size_t i;
    json_array_foreach(rows, i, row) {
        rename_in(row, "calendar", from, to);
        json_object_foreach(row, metric, target) {
            if (strcmp(metric, "when") == 0 || strcmp(metric, "calendar") == 0)
                continue;
            rename_in(target, "calendar", from, to);
            rename_in(json_object_get(target, "default"), "calendar", from, to);
            json_object_foreach(json_object_get(target, "is"), key, choice)
                rename_in(choice, "calendar", from, to);
        }
    }
}

static void rename_calendar(json_t *root, const char *from, const char *to)
{
    static const char *const lists[] = {"all_of", "any_of", "none_of", "extends"};
    json_t *calendars = json_object_get(root, "calendars"), *item, *step;
    const char *name;
    size_t i, k;
    json_object_set(calendars, to, json_object_get(calendars, from));
    json_object_del(calendars, from);
    json_object_foreach(calendars, name, item)
        for (i = 0; i < sizeof lists / sizeof *lists; i++)
            rename_in(item, lists[i], from, to);
    rename_in(root, "calendar", from, to);
    rename_in_conditions(root, from, to);
    rename_in_rows(json_object_get(root, "targets"), from, to);
    json_array_foreach(json_object_get(root, "agreements"), i, item) {
        rename_in(item, "calendar", from, to);
        rename_in_rows(json_object_get(item, "targets"), from, to);
    }
    json_array_foreach(json_object_get(root, "escalations"), i, item)
        json_array_foreach(json_object_get(item, "steps"), k, step) {
            rename_in(step, "calendar", from, to);
            rename_in(step, "only_in", from, to);
        }
}

/* The calendar that is new and has the same hours as one that is gone, if it is the only one. */
static const char *new_name(const struct diff *diff, json_t *calendar)
{
    const char *name, *found = NULL;
    json_t *twin;
    json_object_foreach(diff->new.calendars, name, twin) {
        if (json_object_get(diff->old.calendars, name) != NULL ||
            json_object_get(diff->renamed, name) != NULL || !json_equal(calendar, twin))
            continue;
        if (found != NULL)
            return NULL;
        found = name;
    }
    return found;
}

void calendars_resolve(struct diff *diff)
{
    const char *name;
    json_t *calendar, *former = keep(diff, json_object());
    resolve_all(diff, &diff->old);
    resolve_all(diff, &diff->new);
    json_object_foreach(diff->old.calendars, name, calendar) {
        const char *now = json_object_get(diff->new.calendars, name) == NULL
                              ? new_name(diff, calendar)
                              : NULL;
        if (now != NULL)
            json_object_set_new(diff->renamed, now, json_string(name));
    }
    json_object_update(former, diff->renamed);
    json_object_foreach(former, name, calendar)
        rename_calendar(diff->old.root, json_string_value(calendar), name);
    json_object_clear(diff->old.calendars);
    resolve_all(diff, &diff->old);
}
