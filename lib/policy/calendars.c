/* SPDX-License-Identifier: MIT */
/* Calendars: zone, weekly hours, holiday lists by name, and days of their own. */
#include "policy/days.h"

static const char *const reserved_names[] = {"24x7", NULL};

static bool decode_hours(struct build *build, const struct node *node, struct calendar_model *out)
{
    if (node == NULL)
        return true;
    if (node->type == NODE_MAP)
        return decode_week(build, node, &out->week);
    out->always = node_is_word(node, "always");
    if (!out->always)
        report(build, CODE_BAD_HOURS, node, node->text, TEXT_NONE,
               TEXT("write the days: {mon-fri: \"09:00-17:00\"}"));
    return out->always;
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
    if (!keys_check(build, node, MAP_CALENDAR, NULL)) {
        out->broken = true;
        return;
    }
    const struct node *zone = keys_value(node, MAP_CALENDAR, "timezone");
    const struct node *holidays = keys_value(node, MAP_CALENDAR, "holidays");
    const struct node *extends = keys_value(node, MAP_CALENDAR, "extends");
    out->has_hours = node_get(node, "hours") != NULL;
    out->has_special = node_get(node, "special") != NULL;
    bool good = decode_hours(build, keys_value(node, MAP_CALENDAR, "hours"), out);
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
    out->broken = out->broken || !good;
}

void decode_calendars(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    bool only_reserved = node->count > 0; /* then a target without a calendar is no other fault */
    model->calendars = build_array(build, node->count, sizeof *model->calendars);
    if (model->calendars == NULL)
        return;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (keys_is_own(member->key->text))
            continue;
        struct calendar_model *calendar = &model->calendars[model->calendar_count++];
        if (decode_calendar_name(build, member->key, calendar))
            only_reserved = false;
        decode_calendar(build, member, calendar);
    }
    model->has_calendars = !only_reserved;
}
