/* SPDX-License-Identifier: MIT */
/* The policy as a whole: its top level, section after section. */
#include "policy/decode.h"

static void decode_severities(struct build *build, const struct node *node, struct model *model)
{
    if (node != NULL && decode_names(build, node, "severities", &model->severities))
        decode_no_twice(build, &model->severities);
}

static bool check_version(struct build *build, const struct node *root)
{
    const struct node *version = keys_value(root, MAP_POLICY, "sla");
    if (version == NULL || node_is_word(version, "1"))
        return true;
    report(build, CODE_LANGUAGE_VERSION, version, version->text, TEXT_NONE, TEXT_NONE);
    return false;
}

void decode_included(struct build *build, const struct node *root, struct model *model)
{
    keys_check(build, root, MAP_INCLUDED, NULL);
    if (root->type != NODE_MAP || !check_version(build, root))
        return;
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
    const struct node *name = keys_value(root, MAP_POLICY, "name");
    const struct node *zone = keys_value(root, MAP_POLICY, "timezone");
    const struct node *roll = keys_value(root, MAP_POLICY, "roll_deadlines");
    if (name != NULL)
        decode_name(build, name, "name", &out->name);
    if (zone != NULL)
        decode_text(build, zone, "timezone", &out->zone);
    if (roll != NULL)
        decode_flag(build, roll, "roll_deadlines", &out->roll_deadlines);
    decode_calendar_ref(build, keys_value(root, MAP_POLICY, "calendar"), &out->calendar);
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
    return build->status == SLA_OK;
}
