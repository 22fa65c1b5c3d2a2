/* SPDX-License-Identifier: MIT */
/* Calendars: zone, weekly hours, seasons, holiday lists by name, days of their own; or what other
 * calendars they are made of. */
#include "policy/days.h"

#include "time/instant.h"

static const char *const reserved_names[] = {"24x7", NULL};

/* A week's days, or the word always. */
static bool decode_hours(struct build *build, const struct node *node, struct week_hours *week,
                         bool *out_always)
{
    if (node == NULL)
        return true;
    if (node->type == NODE_MAP)
        return decode_week(build, node, week);
    *out_always = node_is_word(node, "always");
    if (!*out_always)
        report(build, CODE_BAD_HOURS, node, node->text, TEXT_NONE,
               TEXT("write the days: {mon-fri: \"09:00-17:00\"}"));
    return *out_always;
}

static bool decode_border(struct build *build, const struct node *node, int32_t *out_month,
                          int32_t *out_day)
{
    if (node == NULL) /* told: it is missing or of a wrong type */
        return false;
    if (month_day_parse(node->text, out_month, out_day))
        return true;
    report(build, CODE_BAD_YEARLY, node, node->text, TEXT_NONE,
           TEXT("write month and day, such as 06-01"));
    return false;
}

static bool decode_season(struct build *build, const struct node *node, struct season *out)
{
    bool always = false;
    if (!keys_check(build, node, MAP_SEASON, NULL))
        return false;
    const struct node *hours = keys_value(node, MAP_SEASON, "hours");
    bool good = decode_border(build, keys_value(node, MAP_SEASON, "from"), &out->from_month,
                              &out->from_day);
    good = decode_border(build, keys_value(node, MAP_SEASON, "to"), &out->to_month,
                         &out->to_day) &&
           good;
    good = hours != NULL && decode_hours(build, hours, &out->week, &always) && good;
    if (always)
        week_hours_always(&out->week);
    return good;
}

static bool decode_seasons(struct build *build, const struct node *list,
                           struct calendar_model *out)
{
    if (list == NULL)
        return true;
    if (list->count > SEASONS_MAX) {
        report(build, CODE_TOO_MANY_SEASONS, list, TEXT_NONE, TEXT_NONE, TEXT_NONE);
        return false;
    }
    out->seasons = build_array(build, list->count, sizeof *out->seasons);
    bool good = out->seasons != NULL;
    for (const struct member *item = list->members; out->seasons != NULL && item != NULL;
         item = item->next)
        good = decode_season(build, item->value, &out->seasons[out->season_count++]) && good;
    return good;
}

/* What a calendar is made of: hours, or other calendars. */
static bool decode_algebra(struct build *build, const struct node *node,
                           struct calendar_model *out)
{
    static const char *const parts[] = {"all_of", "any_of", "none_of"};
    static const char *const own[] = {"hours", "seasons", "holidays", "special"};
    struct text_list *lists[] = {&out->all_of, &out->any_of, &out->none_of};
    bool good = true;
    for (size_t i = 0; i < 3; i++) {
        const struct node *names = keys_value(node, MAP_CALENDAR, parts[i]);
        if (names == NULL)
            continue;
        good = decode_names(build, names, parts[i], lists[i]) && good;
        for (size_t k = 0; k < 4; k++)
            if (decode_exclusive(build, node, parts[i], own[k])) {
                out->broken = true;
                return false;
            }
    }
    return good;
}

/* False when the name belongs to the calendar that is always there. */
static bool decode_calendar_name(struct build *build, const struct node *key,
                                 struct calendar_model *out)
{
    out->name = (struct text_field){key->text, key};
    out->broken = !decode_name(build, key, "the name of a calendar", &out->name);
    if (!decode_reserved(build, key, "a calendar", reserved_names,
                         "24x7 is always defined: every second of every day"))
        return true;
    out->broken = true;
    out->name.value = TEXT(" "); /* it must not take the number of the real one */
    return false;
}

static void decode_calendar(struct build *build, const struct member *member,
                            struct calendar_model *out)
{
    const struct node *node = member->value;
    out->at = node;
    if (!keys_check(build, node, MAP_CALENDAR, NULL)) {
        out->broken = true;
        return;
    }
    const struct node *zone = keys_value(node, MAP_CALENDAR, "timezone");
    const struct node *holidays = keys_value(node, MAP_CALENDAR, "holidays");
    const struct node *extends = keys_value(node, MAP_CALENDAR, "extends");
    out->has_hours = node_get(node, "hours") != NULL;
    out->has_special = node_get(node, "special") != NULL;
    out->has_seasons = node_get(node, "seasons") != NULL;
    bool good = decode_hours(build, keys_value(node, MAP_CALENDAR, "hours"), &out->week,
                             &out->always);
    good = decode_algebra(build, node, out) && good;
    good = decode_seasons(build, keys_value(node, MAP_CALENDAR, "seasons"), out) && good;
    if (zone != NULL)
        good = decode_text(build, zone, "timezone", &out->zone) && good;
    if (extends != NULL)
        good = decode_name(build, extends, "extends", &out->extends) && good;
    out->holidays.at = holidays; /* [] is a list too: it replaces an inherited one */
    if (holidays != NULL && !(holidays->type == NODE_LIST && holidays->count == 0))
        good = decode_names(build, holidays, "holidays", &out->holidays) && good;
    good = decode_days(build, keys_value(node, MAP_CALENDAR, "special"), MAP_SPECIAL,
                       &out->special) &&
           good;
    out->broken = out->broken || !good || !keys_are_sound(node, MAP_CALENDAR) ||
                  keys_is_doubtful(node, MAP_CALENDAR, NULL);
}

void decode_calendars(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    bool only_reserved = node->count > 0; /* then a target without a calendar is no other fault */
    size_t count = model->calendar_count; /* of the files before */
    struct calendar_model *all = build_array(build, count + node->count, sizeof *all);
    if (all == NULL)
        return;
    if (count > 0)
        memcpy(all, model->calendars, count * sizeof *all);
    model->calendars = all;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (keys_is_own(member->key->text))
            continue;
        struct calendar_model *calendar = &model->calendars[model->calendar_count++];
        if (decode_calendar_name(build, member->key, calendar))
            only_reserved = false;
        decode_calendar(build, member, calendar);
    }
    model->has_calendars = model->has_calendars || !only_reserved;
}
