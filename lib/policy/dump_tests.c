/* SPDX-License-Identifier: MIT */
/* Goals and tests as text. Tests bring nothing into the policy: they are written as they stand, in
 * the order of the language. */
#include "policy/dump.h"
#include "policy/keys.h"
#include "policy/model_tests.h"

#include <sla/goal.h>

/* 95%, 99.5%: parts of a million without the zeros behind. */
static void dump_rate(struct dump *dump, int64_t rate)
{
    struct text_builder text;
    int64_t rest = rate % 10000;
    builder_init(&text, dump->text.allocator);
    builder_add_number(&text, rate / 10000);
    if (rest > 0)
        builder_add_c(&text, ".");
    for (int64_t unit = 1000; rest > 0; unit /= 10) {
        builder_add_number(&text, rest / unit);
        rest %= unit;
    }
    builder_add_c(&text, "%");
    builder_add(&text, (sla_text){"", 1}); /* a C string */
    dump->text.failed = dump->text.failed || text.failed;
    dump_word(dump, text.failed ? "" : text.data);
    builder_free(&text);
}

void dump_goals(struct dump *dump, const struct model *model)
{
    static const char *const periods[] = {
        [SLA_PERIOD_DAY] = "day",         [SLA_PERIOD_WEEK] = "week", [SLA_PERIOD_MONTH] = "month",
        [SLA_PERIOD_QUARTER] = "quarter", [SLA_PERIOD_YEAR] = "year"};
    if (model->goal_count == 0)
        return;
    dump_key(dump, "goals");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->goal_count; i++) {
        const struct goal_model *goal = &model->goals[i];
        dump_begin_map(dump, DUMP_LINE);
        dump_text_field(dump, "name", &goal->name);
        dump_words(dump, goal->at, "description");
        dump_names_field(dump, "metrics", &goal->scope.metrics);
        dump_kinds(dump, goal->scope.kinds);
        dump_names_field(dump, "agreements", &goal->scope.agreements);
        dump_condition_field(dump, "when", goal->scope.when);
        dump_key(dump, "at_least");
        dump_rate(dump, goal->rate.value);
        dump_key(dump, "per");
        dump_word(dump, periods[goal->period]);
        dump_end(dump);
    }
    dump_end(dump);
}

/* As it stands: what is in it are attributes, metrics, and expectations of them. */
static void dump_node(struct dump *dump, const struct node *node)
{
    if (node->type == NODE_TEXT) {
        dump_text(dump, node->text);
        return;
    }
    if (node->type == NODE_LIST)
        dump_begin_list(dump, DUMP_LINE);
    else
        dump_begin_map(dump, DUMP_LINE);
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        if (member->key != NULL)
            dump_name(dump, member->key->text);
        dump_node(dump, member->value);
    }
    dump_end(dump);
}

/* The keys that a mapping of this kind may have, in the order of the language. */
static void dump_known(struct dump *dump, const struct node *node, enum map_kind kind,
                       enum dump_style style)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    dump_begin_map(dump, style);
    for (size_t i = 0; i < count; i++) {
        const struct node *value =
            rules[i].map == (uint32_t)kind ? node_get(node, rules[i].key) : NULL;
        if (value == NULL)
            continue;
        dump_key(dump, rules[i].key);
        if (strcmp(rules[i].key, "then") != 0) {
            dump_node(dump, value);
            continue;
        }
        dump_begin_list(dump, DUMP_BLOCK);
        for (const struct member *item = value->members; item != NULL; item = item->next)
            dump_known(dump, item->value, MAP_TEST_STEP, DUMP_LINE);
        dump_end(dump);
    }
    dump_end(dump);
}

void dump_tests(struct dump *dump, const struct model *model)
{
    if (model->test_count == 0)
        return;
    dump_key(dump, "tests");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->test_count; i++)
        dump_known(dump, model->tests[i].at, MAP_TEST_CASE, DUMP_BLOCK);
    dump_end(dump);
}
