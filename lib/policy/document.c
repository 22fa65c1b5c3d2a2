/* SPDX-License-Identifier: MIT */
/* The policy as a whole: its top level, section after section. */
#include "policy/decode.h"

static void decode_severities(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    bool good = decode_names(build, node, "severities", &model->severities);
    /* A name that is there twice may have been meant for another. */
    if (!decode_no_twice(build, &model->severities) || !good)
        build->lost |= LOST_SEVERITIES;
}

static bool check_version(struct build *build, const struct node *root)
{
    const struct node *version = keys_value(root, MAP_POLICY, "sla");
    if (version == NULL || node_is_word(version, "1"))
        return true;
    report(build, CODE_LANGUAGE_VERSION, version, version->text, TEXT_NONE,
           TEXT("this library reads sla: 1"));
    return false;
}

/* A section, and the names that are not known when it cannot be read. */
struct section {
    const char *key;
    uint32_t lost;
};

/* Was the key of a section misspelt here? An unknown key that is near to nothing may be any. */
static bool may_be(struct build *build, const struct node *key, enum map_kind kind,
                   const char *section)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    struct suggestion suggestion = suggestion_for(build, key->text);
    for (size_t i = 0; i < count; i++) {
        if (rules[i].map != (uint32_t)kind)
            continue;
        if (node_is_word(key, rules[i].key))
            return false;
        suggestion_offer(&suggestion, text_of(rules[i].key));
    }
    return !keys_is_own(key->text) && (suggestion.best.length == 0 ||
                                       text_equal(suggestion.best, text_of(section)));
}

/* Sections that are told to be faulty, so that what they would have brought is unknown. */
static uint32_t find_lost(struct build *build, const struct node *root, enum map_kind kind)
{
    static const struct section sections[] = {
        {"calendars", LOST_CALENDARS},   {"holidays", LOST_HOLIDAYS},
        {"severities", LOST_SEVERITIES}, {"metrics", LOST_METRICS},
        {"targets", LOST_AGREEMENTS},    {"agreements", LOST_AGREEMENTS},
        {"calendar", LOST_DEFAULT_CALENDAR},
    };
    uint32_t lost = 0;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const struct node *value = node_get(root, sections[i].key);
        bool missing = value == NULL, faulty = false;
        if (!missing)
            faulty = keys_value(root, kind, sections[i].key) == NULL || value->damaged;
        for (const struct member *member = root->members; missing && member != NULL;
             member = member->next)
            faulty = faulty || may_be(build, member->key, kind, sections[i].key);
        if (faulty || (missing && root->damaged))
            lost |= sections[i].lost;
    }
    return lost;
}

void decode_included(struct build *build, const struct node *root, struct model *model)
{
    keys_check(build, root, MAP_INCLUDED, NULL);
    if (root->type != NODE_MAP || !check_version(build, root))
        return;
    build->lost |= find_lost(build, root, MAP_INCLUDED) & (LOST_CALENDARS | LOST_HOLIDAYS);
    struct text_field zone = {.at = NULL};
    const struct node *timezone = keys_value(root, MAP_INCLUDED, "timezone");
    size_t first = model->calendar_count;
    if (timezone != NULL)
        decode_text(build, timezone, "timezone", &zone);
    decode_holidays(build, keys_value(root, MAP_INCLUDED, "holidays"), model);
    decode_calendars(build, keys_value(root, MAP_INCLUDED, "calendars"), model);
    for (size_t i = first; i < model->calendar_count; i++)
        if (model->calendars[i].zone.at == NULL && model->calendars[i].extends.at == NULL)
            model->calendars[i].zone = zone;
}

bool decode_policy(struct build *build, const struct node *root, struct model *out)
{
    out->root = root;
    keys_check(build, root, MAP_POLICY, NULL);
    if (root->type != NODE_MAP || !check_version(build, root))
        return false;
    build->lost |= find_lost(build, root, MAP_POLICY);
    const struct node *name = keys_value(root, MAP_POLICY, "name");
    const struct node *zone = keys_value(root, MAP_POLICY, "timezone");
    const struct node *roll = keys_value(root, MAP_POLICY, "roll_deadlines");
    if (name != NULL)
        decode_name(build, name, "name", &out->name);
    if (zone != NULL)
        decode_text(build, zone, "timezone", &out->zone);
    if (roll != NULL)
        decode_flag(build, roll, "roll_deadlines", &out->roll_deadlines);
    decode_calendar_ref(build, root, MAP_POLICY, NULL, &out->calendar);
    out->calendar.lost = (build->lost & LOST_DEFAULT_CALENDAR) != 0;
    decode_holidays(build, keys_value(root, MAP_POLICY, "holidays"), out);
    decode_calendars(build, keys_value(root, MAP_POLICY, "calendars"), out);
    decode_severities(build, keys_value(root, MAP_POLICY, "severities"), out);
    decode_classify(build, keys_value(root, MAP_POLICY, "classify"), out);
    decode_metrics(build, keys_value(root, MAP_POLICY, "metrics"), out);
    if (!decode_exclusive(build, root, "targets", "agreements")) {
        decode_targets(build, keys_value(root, MAP_POLICY, "targets"), out);
        decode_agreements(build, keys_value(root, MAP_POLICY, "agreements"), out);
    }
    decode_escalations(build, keys_value(root, MAP_POLICY, "escalations"), out);
    decode_goals(build, keys_value(root, MAP_POLICY, "goals"), out);
    decode_tests(build, keys_value(root, MAP_POLICY, "tests"), out);
    return build->status == SLA_OK;
}
