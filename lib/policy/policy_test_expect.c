/* SPDX-License-Identifier: MIT */
/* What a test expects: {severity: urgent, first_response: 2026-11-20T18:50}. A name is a
 * metric's if there is such a metric, else an attribute's; whether there is such an attribute is
 * known only when everything is compiled. */
#include "policy/decode_tests.h"

#include "base/words.h"

#define CLOCK_HELP \
    "write an instant such as 2026-11-20T18:50, none, running, paused, met, missed, cancelled " \
    "or exempt"

void decode_kind(struct build *build, const struct node *node, struct number_field *out)
{
    uint32_t kind;
    if (node != NULL && decode_word(build, node, "kind", kind_words, &kind))
        *out = (struct number_field){kind, node};
}

static void decode_flag_field(struct build *build, const struct node *node, const char *what,
                              struct number_field *out)
{
    bool value;
    if (node != NULL && decode_flag(build, node, what, &value))
        *out = (struct number_field){value, node};
}

/* A duration that may be negative: what remains of a clock that is over its deadline. */
static void decode_remaining(struct build *build, const struct node *node,
                             struct number_field *out)
{
    if (node == NULL)
        return;
    sla_target amount;
    bool is_negative = node->text.length > 0 && node->text.data[0] == '-';
    sla_text text = {node->text.data + is_negative, node->text.length - is_negative};
    if (!decode_amount(build, node, text, "write 30m, or -30m for half an hour too late", &amount))
        return;
    if (amount.unit != SLA_UNIT_SECONDS) {
        report(build, CODE_DURATION_UNIT, node, node->text, TEXT("s, m and h"), TEXT_NONE);
        return;
    }
    *out = (struct number_field){is_negative ? -amount.amount : amount.amount, node};
}

/* first_response: 2026-11-20T18:50, or a word for the clock's state. */
static bool decode_short_clock(struct build *build, const struct node *node,
                               struct expected_clock_model *out)
{
    struct suggestion suggestion = suggestion_for(build, node->text);
    for (uint32_t i = 0; state_words[i] != NULL; i++) {
        if (node_is_word(node, state_words[i])) {
            out->state = (struct number_field){i, node};
            return true;
        }
        suggestion_offer(&suggestion, text_of(state_words[i]));
    }
    struct hint hint;
    sla_text help = suggestion_hint(&suggestion, &hint);
    return decode_instant(build, node, help.length > 0 ? help : TEXT(CLOCK_HELP), &out->deadline);
}

static bool decode_long_clock(struct build *build, const struct node *node,
                              struct expected_clock_model *out)
{
    if (!keys_check(build, node, MAP_EXPECT_CLOCK, NULL) ||
        decode_is_empty_list(build, node, keys_map_name(MAP_EXPECT_CLOCK)))
        return false;
    const struct node *agreement = keys_value(node, MAP_EXPECT_CLOCK, "agreement");
    const struct node *calendar = keys_value(node, MAP_EXPECT_CLOCK, "calendar");
    const struct node *state = keys_value(node, MAP_EXPECT_CLOCK, "state");
    const struct node *deadline = keys_value(node, MAP_EXPECT_CLOCK, "deadline");
    const struct node *cycle = keys_value(node, MAP_EXPECT_CLOCK, "cycle");
    const struct node *elapsed = keys_value(node, MAP_EXPECT_CLOCK, "elapsed");
    uint32_t word;
    decode_kind(build, keys_value(node, MAP_EXPECT_CLOCK, "kind"), &out->kind);
    if (agreement != NULL)
        decode_name(build, agreement, "the name of an agreement", &out->agreement);
    if (calendar != NULL)
        decode_name(build, calendar, "a calendar's name", &out->calendar);
    if (state != NULL && decode_word(build, state, "state", state_words, &word))
        out->state = (struct number_field){word, state};
    if (node_is_word(deadline, "none"))
        out->deadline = (struct text_field){deadline->text, deadline};
    else if (deadline != NULL)
        decode_instant(build, deadline, TEXT_NONE, &out->deadline);
    decode_flag_field(build, keys_value(node, MAP_EXPECT_CLOCK, "breached"), "breached",
                      &out->breached);
    decode_flag_field(build, keys_value(node, MAP_EXPECT_CLOCK, "in_grace"), "in_grace",
                      &out->in_grace);
    decode_flag_field(build, keys_value(node, MAP_EXPECT_CLOCK, "provisional"), "provisional",
                      &out->provisional);
    if (cycle != NULL)
        decode_whole(build, cycle, 1, INT32_MAX, &out->cycle);
    if (elapsed != NULL)
        decode_duration(build, elapsed, &out->elapsed);
    decode_remaining(build, keys_value(node, MAP_EXPECT_CLOCK, "remaining"), &out->remaining);
    return true;
}

/* Where one more element goes; counts are limited by the tree, so the room was made before. */
static void decode_clock(struct build *build, const struct node *key, const struct node *node,
                         struct test_step_model *out)
{
    struct expected_clock_model *clock = &out->clocks[out->clock_count];
    *clock = (struct expected_clock_model){.metric = {key->text, key}, .at = node};
    if (!keys_expect(build, node, "an expected clock", NODE_TEXT | NODE_MAP))
        return;
    out->clock_count += node->type == NODE_TEXT ? decode_short_clock(build, node, clock)
                                                : decode_long_clock(build, node, clock);
}

/* One clock, or a list of them: one for each kind. */
static void decode_clocks(struct build *build, const struct node *key, const struct node *node,
                          struct test_step_model *out)
{
    if (node->type != NODE_LIST) {
        decode_clock(build, key, node, out);
        return;
    }
    if (decode_is_empty_list(build, node, "expected clocks"))
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        decode_clock(build, key, item->value, out);
}

static void decode_value(struct build *build, const struct node *key, const struct node *node,
                         struct test_step_model *out)
{
    struct expected_value_model *value = &out->values[out->value_count];
    bool exists;
    *value = (struct expected_value_model){.name = {key->text, key}};
    if (node_is(node, NODE_MAP)) {
        if (!keys_check(build, node, MAP_EXPECT_VALUE, NULL) ||
            !decode_flag(build, keys_value(node, MAP_EXPECT_VALUE, "exists"), "exists", &exists))
            return;
        value->value.at = node;
        value->how = exists ? EXPECT_PRESENT : EXPECT_ABSENT;
        out->value_count++;
        return;
    }
    if (decode_text(build, node, "an expected value", &value->value))
        out->value_count++;
}

bool decode_metric_name(struct build *build, const struct node *node, sla_text name,
                        const struct model *model)
{
    if (text_table_find(&model->metric_names, name) != 0)
        return true;
    if ((build->lost & LOST_METRICS) != 0 ||
        report_again(build, CODE_UNKNOWN_METRIC, node, name))
        return false;
    struct suggestion suggestion = suggestion_for(build, name);
    for (size_t i = 0; i < model->metric_count && *suggestion.budget > 0; i++)
        suggestion_offer(&suggestion, model->metrics[i].name.value);
    struct hint hint;
    report(build, CODE_UNKNOWN_METRIC, node, name, TEXT_NONE,
           suggestion_hint(&suggestion, &hint));
    return false;
}

/* Is it surely an attribute, so that a metric of the same name must be told apart? */
static bool is_derived(const struct model *model, sla_text name)
{
    for (size_t i = 0; i < model->derivation_count; i++)
        if (text_equal(model->derivations[i].name.value, name))
            return true;
    return model->severities.count > 0 && text_equal(name, TEXT("severity"));
}

/* Is it written as only a metric's clock can be? */
static bool is_clock(const struct node *node)
{
    size_t count;
    const struct key_rule *rules = keys_of(MAP_EXPECT_CLOCK, &count);
    for (size_t i = 0; i < count && node->type == NODE_MAP; i++)
        if (node_get(node, rules[i].key) != NULL)
            return true;
    return node->type == NODE_LIST;
}

static void decode_either(struct build *build, const struct member *member,
                          const struct model *model, struct test_step_model *out)
{
    sla_text name = member->key->text;
    if (text_table_find(&model->metric_names, name) == 0 && is_clock(member->value)) {
        decode_metric_name(build, member->key, name, model);
    } else if (text_table_find(&model->metric_names, name) == 0) {
        decode_value(build, member->key, member->value, out);
    } else if (is_derived(model, name)) {
        report(build, CODE_METRIC_OR_ATTRIBUTE, member->key, name, TEXT_NONE,
               TEXT("write it under \"attributes\" or under \"metrics\""));
    } else {
        decode_clocks(build, member->key, member->value, out);
    }
}

static void decode_section(struct build *build, const struct node *section, bool is_metrics,
                           const struct model *model, struct test_step_model *out)
{
    if (!keys_expect(build, section, is_metrics ? "metrics" : "attributes", NODE_MAP))
        return;
    for (const struct member *member = section->members; member != NULL; member = member->next) {
        if (!is_metrics)
            decode_value(build, member->key, member->value, out);
        else if (decode_metric_name(build, member->key, member->key->text, model))
            decode_clocks(build, member->key, member->value, out);
    }
}

/* Not fewer than the values or clocks that there may be: each stands alone, in a list or in a
   section. */
static size_t room_for(const struct node *node, int depth)
{
    size_t room = node->count;
    for (const struct member *member = node->members; member != NULL && depth > 0;
         member = member->next)
        room += room_for(member->value, depth - 1);
    return room;
}

void decode_expect(struct build *build, const struct node *node, const struct model *model,
                   struct test_step_model *out)
{
    if (node == NULL || decode_is_empty_list(build, node, keys_map_name(MAP_EXPECT)))
        return;
    size_t room = room_for(node, 2);
    out->values = build_array(build, room, sizeof *out->values);
    out->clocks = build_array(build, room, sizeof *out->clocks);
    if (out->values == NULL || out->clocks == NULL)
        return;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        const struct node *key = member->key;
        if (keys_is_own(key->text))
            continue;
        if (node_is_word(key, "agreement"))
            decode_names(build, member->value, "agreement", &out->agreements);
        else if (node_is_word(key, "metrics") || node_is_word(key, "attributes"))
            decode_section(build, member->value, node_is_word(key, "metrics"), model, out);
        else
            decode_either(build, member, model, out);
    }
}
