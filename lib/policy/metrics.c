/* SPDX-License-Identifier: MIT */
/* Metrics: what starts, stops and pauses their clocks. */
#include "policy/decode.h"

/* Words of a target row cannot be metrics. */
static const char *const reserved_names[] = {"when", "calendar", "name", NULL};

void decode_trigger(struct build *build, const struct node *node, const char *what,
                    struct trigger_model *out)
{
    if (node == NULL)
        return;
    if (node->type != NODE_MAP) {
        if (decode_names(build, node, what, &out->events))
            out->at = node;
        return;
    }
    if (!keys_check(build, node, MAP_TRIGGER, NULL) || decode_says_nothing(build, node, what))
        return;
    const struct node *event = keys_value(node, MAP_TRIGGER, "event");
    const struct node *changed = keys_value(node, MAP_TRIGGER, "changed");
    const struct node *when = keys_value(node, MAP_TRIGGER, "when");
    if (event != NULL)
        decode_names(build, event, "event", &out->events);
    if (changed != NULL)
        decode_name(build, changed, "changed", &out->changed);
    if (when != NULL)
        out->when = decode_condition(build, when);
    out->at = node;
}

static void decode_limit(struct build *build, const struct node *node, struct pause_model *out)
{
    if (!decode_target_duration(build, node, &out->limit))
        return;
    if (out->limit.unit == SLA_UNIT_DAYS) /* K4: counted time or working days */
        report(build, CODE_DURATION_UNIT, node, node->text, TEXT("s, m, h and wd"), TEXT_NONE);
    else
        out->limited = true;
}

static bool decode_pause(struct build *build, const struct node *node, struct pause_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_PAUSE, NULL))
        return false;
    const struct node *condition = keys_value(node, MAP_PAUSE, "while");
    const struct node *from = keys_value(node, MAP_PAUSE, "event");
    const struct node *until = keys_value(node, MAP_PAUSE, "until");
    const struct node *limit = keys_value(node, MAP_PAUSE, "limit");
    const struct node *reason = keys_value(node, MAP_PAUSE, "reason");
    if (limit != NULL)
        decode_limit(build, limit, out);
    if (reason != NULL)
        decode_name(build, reason, "reason", &out->reason);
    if (decode_exclusive(build, node, "while", "event") ||
        decode_exclusive(build, node, "while", "until"))
        return true;
    if (condition != NULL) {
        out->condition = decode_condition(build, condition);
        return true;
    }
    if (from != NULL)
        decode_trigger(build, from, "event", &out->from);
    if (until != NULL)
        decode_trigger(build, until, "until", &out->until);
    const char *missing = node_get(node, "event") == NULL && node_get(node, "until") == NULL
                              ? "while"
                          : node_get(node, "event") == NULL ? "event"
                          : node_get(node, "until") == NULL ? "until"
                                                            : NULL;
    if (missing != NULL && node_get(node, "while") == NULL)
        keys_missing(build, node, MAP_PAUSE, "a pause", missing);
    return true;
}

static void decode_pauses(struct build *build, const struct node *node, struct metric_model *out)
{
    if (node == NULL)
        return;
    bool is_list = node->type == NODE_LIST;
    out->pauses = build_array(build, is_list ? node->count : 1, sizeof *out->pauses);
    if (out->pauses == NULL)
        return;
    if (!is_list) {
        out->pause_count = decode_pause(build, node, &out->pauses[0]);
        return;
    }
    for (const struct member *item = node->members; item != NULL; item = item->next)
        if (decode_pause(build, item->value, &out->pauses[out->pause_count]))
            out->pause_count++;
}

static void decode_reopen(struct build *build, const struct node *node, struct metric_model *out)
{
    if (node == NULL)
        return;
    out->reopen_on.builtin = true; /* unless the policy names its own trigger */
    const struct node *clock = node;
    if (node->type == NODE_MAP) {
        if (!keys_check(build, node, MAP_REOPEN, NULL))
            return;
        clock = keys_value(node, MAP_REOPEN, "clock");
        const struct node *event = keys_value(node, MAP_REOPEN, "event");
        if (event != NULL) {
            decode_trigger(build, event, "event", &out->reopen_on);
            out->reopen_on.builtin = false;
        }
    }
    if (clock != NULL)
        decode_word(build, clock, "reopen", value_words(VALUE_CLOCK), &out->reopen);
}

static void decode_metric(struct build *build, const struct member *member,
                          struct metric_model *out)
{
    const struct node *node = member->value;
    out->at = node;
    out->name = (struct text_field){member->key->text, member->key};
    decode_name(build, member->key, "the name of a metric", &out->name);
    decode_reserved(build, member->key, "a metric", reserved_names, NULL);
    if (!keys_check(build, node, MAP_METRIC, NULL))
        return;
    decode_trigger(build, keys_value(node, MAP_METRIC, "start"), "start", &out->start);
    decode_trigger(build, keys_value(node, MAP_METRIC, "stop"), "stop", &out->stop);
    decode_trigger(build, keys_value(node, MAP_METRIC, "cancel"), "cancel", &out->cancel);
    decode_trigger(build, keys_value(node, MAP_METRIC, "reset"), "reset", &out->reset);
    decode_pauses(build, keys_value(node, MAP_METRIC, "pause"), out);
    decode_reopen(build, keys_value(node, MAP_METRIC, "reopen"), out);
    const struct node *retarget = keys_value(node, MAP_METRIC, "retarget");
    const struct node *never_loosen = keys_value(node, MAP_METRIC, "never_loosen");
    const struct node *repeat = keys_value(node, MAP_METRIC, "repeat");
    if (retarget != NULL)
        decode_word(build, retarget, "retarget", value_words(VALUE_RETARGET), &out->retarget);
    if (never_loosen != NULL)
        decode_flag(build, never_loosen, "never_loosen", &out->never_loosen);
    if (repeat != NULL)
        decode_flag(build, repeat, "repeat", &out->repeat);
}

static void set_events(struct build *build, struct trigger_model *trigger, const char *first,
                       const char *second)
{
    struct text_field *items = build_array(build, 2, sizeof *items);
    if (items == NULL)
        return;
    items[0].value = text_of(first);
    if (second != NULL)
        items[1].value = text_of(second);
    trigger->events = (struct text_list){items, 1 + (size_t)(second != NULL), NULL};
    trigger->builtin = true;
}

/* What a policy without `metrics` has. */
static void default_metrics(struct build *build, struct model *model)
{
    struct metric_model *metrics = build_array(build, 2, sizeof *metrics);
    if (metrics == NULL)
        return;
    metrics[0].name.value = TEXT("first_response");
    set_events(build, &metrics[0].start, "opened", NULL);
    set_events(build, &metrics[0].stop, "responded", "resolved");
    metrics[1].name.value = TEXT("resolution");
    set_events(build, &metrics[1].start, "opened", NULL);
    set_events(build, &metrics[1].stop, "resolved", NULL);
    metrics[1].reopen = REOPEN_RESUME;
    metrics[1].reopen_on.builtin = true;
    model->metrics = metrics;
    model->metric_count = 2;
}

void decode_metrics(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL) {
        default_metrics(build, model);
    } else {
        model->metrics = build_array(build, node->count, sizeof *model->metrics);
        if (model->metrics == NULL)
            return;
        for (const struct member *member = node->members; member != NULL; member = member->next)
            if (!keys_is_own(member->key->text))
                decode_metric(build, member, &model->metrics[model->metric_count++]);
    }
    for (size_t i = 0; i < model->metric_count; i++) {
        struct metric_model *metric = &model->metrics[i];
        if (metric->reopen_on.builtin)
            set_events(build, &metric->reopen_on, "reopened", NULL);
        if (text_table_add(&model->metric_names, metric->name.value) == 0)
            build_fail(build, SLA_ERROR_MEMORY);
    }
}
