/* SPDX-License-Identifier: MIT */
/* The events that a test expects: "breach first_response", "escalation resolution ola", "met", or
 * {type: escalation, metric: resolution, level: 2}. */
#include "policy/decode_tests.h"

#include "base/words.h"

#include <sla/event.h>

static bool decode_type(struct build *build, const struct node *node, sla_text word,
                        uint32_t *out)
{
    struct suggestion suggestion = suggestion_for(build, word);
    for (uint32_t i = SLA_EVENT_STARTED; i < SLA_EVENT_TYPE_COUNT; i++) {
        if (text_equal(word, text_of(event_type_words[i]))) {
            *out = i;
            return true;
        }
        suggestion_offer(&suggestion, text_of(event_type_words[i]));
    }
    struct hint hint;
    sla_text help = suggestion_hint(&suggestion, &hint);
    report(build, CODE_BAD_EVENT, node, word, TEXT_NONE,
           help.length > 0 ? help : TEXT("write such as \"breach first_response\""));
    return false;
}

static sla_text trim(sla_text text)
{
    while (text.length > 0 && text.data[0] == ' ')
        text = (sla_text){text.data + 1, text.length - 1};
    while (text.length > 0 && text.data[text.length - 1] == ' ')
        text.length--;
    return text;
}

/* Cuts the last word off a text; false: there is only one. */
static bool cut_last(sla_text text, sla_text *out_rest, sla_text *out_word)
{
    size_t at = text.length;
    while (at > 0 && text.data[at - 1] != ' ')
        at--;
    *out_word = (sla_text){text.data + at, text.length - at};
    *out_rest = trim((sla_text){text.data, at});
    return at > 0;
}

/* "TYPE", "TYPE METRIC" or "TYPE METRIC KIND"; a metric's name may have blanks in it. */
static bool decode_short(struct build *build, const struct node *node, const struct model *model,
                         struct expected_event_model *out)
{
    sla_text text = trim(node->text), type = text, metric = TEXT_NONE, rest, word;
    const char *blank = text.length == 0 ? NULL : memchr(text.data, ' ', text.length);
    if (blank != NULL) {
        type.length = (size_t)(blank - text.data);
        metric = trim((sla_text){blank, text.length - type.length});
    }
    if (!decode_type(build, node, type, &out->type))
        return false;
    if (metric.length == 0)
        return true;
    if (text_table_find(&model->metric_names, metric) == 0 && cut_last(metric, &rest, &word))
        for (uint32_t i = 0; kind_words[i] != NULL; i++)
            if (text_equal(word, text_of(kind_words[i]))) {
                out->kind = (struct number_field){i, node};
                metric = rest;
            }
    out->metric = (struct text_field){metric, node};
    return decode_metric_name(build, node, metric, model);
}

static bool decode_long(struct build *build, const struct node *node, const struct model *model,
                        struct expected_event_model *out)
{
    if (!keys_check(build, node, MAP_EXPECT_EVENT, NULL))
        return false;
    const struct node *type = keys_value(node, MAP_EXPECT_EVENT, "type");
    const struct node *metric = keys_value(node, MAP_EXPECT_EVENT, "metric");
    const struct node *agreement = keys_value(node, MAP_EXPECT_EVENT, "agreement");
    const struct node *at = keys_value(node, MAP_EXPECT_EVENT, "at");
    const struct node *percent = keys_value(node, MAP_EXPECT_EVENT, "percent");
    const struct node *level = keys_value(node, MAP_EXPECT_EVENT, "level");
    const struct node *reason = keys_value(node, MAP_EXPECT_EVENT, "reason");
    const struct node *notify = keys_value(node, MAP_EXPECT_EVENT, "notify");
    const struct node *via = keys_value(node, MAP_EXPECT_EVENT, "via");
    bool good = type != NULL && decode_type(build, type, type->text, &out->type);
    if (metric != NULL) {
        out->metric = (struct text_field){metric->text, metric};
        good = decode_metric_name(build, metric, metric->text, model) && good;
    }
    decode_kind(build, keys_value(node, MAP_EXPECT_EVENT, "kind"), &out->kind);
    if (agreement != NULL)
        decode_name(build, agreement, "the name of an agreement", &out->agreement);
    if (at != NULL)
        decode_instant(build, at, TEXT_NONE, &out->instant);
    if (percent != NULL)
        decode_percent(build, percent, &out->percent);
    if (level != NULL)
        decode_whole(build, level, -INT32_MAX, INT32_MAX, &out->level);
    if (reason != NULL)
        decode_text(build, reason, "reason", &out->reason);
    if (notify != NULL)
        decode_names(build, notify, "notify", &out->notify);
    if (via != NULL)
        decode_names(build, via, "via", &out->via);
    return good;
}

static void decode_event(struct build *build, const struct node *node, const struct model *model,
                         struct expected_events_model *out)
{
    struct expected_event_model *event = &out->items[out->count];
    *event = (struct expected_event_model){.at = node};
    if (!keys_expect(build, node, keys_map_name(MAP_EXPECT_EVENT), NODE_TEXT | NODE_MAP))
        return;
    out->count += node->type == NODE_TEXT ? decode_short(build, node, model, event)
                                          : decode_long(build, node, model, event);
}

void decode_expected_events(struct build *build, const struct node *node,
                            const struct model *model, struct expected_events_model *out)
{
    out->at = node;
    out->items = build_array(build, node->type == NODE_LIST ? node->count : 1,
                             sizeof *out->items);
    if (out->items == NULL)
        return;
    if (node->type != NODE_LIST) {
        decode_event(build, node, model, out);
        return;
    }
    for (const struct member *item = node->members; item != NULL; item = item->next)
        decode_event(build, item->value, model, out);
}
