/* SPDX-License-Identifier: MIT */
/* Goals and tests as text. */
#include "policy/dump.h"
#include "policy/keys.h"
#include "policy/model_tests.h"

#include <sla/goal.h>

static void dump_rate(struct dump *dump, int64_t rate)
{
    struct text_builder text;
    int64_t decimals = rate % 10000;
    int64_t scale = 1000;
    builder_init(&text, dump->text.allocator);
    builder_add_number(&text, rate / 10000);
    for (builder_add_c(&text, decimals > 0 ? "." : ""); decimals > 0; scale /= 10) {
        builder_add_number(&text, decimals / scale);
        decimals %= scale;
    }
    builder_add_c(&text, "%");
    builder_add(&text, (sla_text){"", 1}); /* a C string */
    dump->text.failed = dump->text.failed || text.failed;
    dump_key(dump, "at_least");
    dump_word(dump, text.failed ? "" : text.data);
    builder_free(&text);
}

void dump_goals(struct dump *dump, const struct model *model)
{
    static const char *const periods[] = {"day", "week", "month", "quarter", "year"};
    if (model->goal_count == 0)
        return;
    dump_key(dump, "goals");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->goal_count; i++) {
        const struct goal_model *goal = &model->goals[i];
        dump_begin_map(dump, DUMP_BLOCK);
        dump_text_field(dump, "name", &goal->name);
        dump_words(dump, goal->at, "description");
        dump_names_field(dump, "metrics", &goal->metrics);
        dump_kinds(dump, goal->kinds);
        dump_names_field(dump, "agreements", &goal->agreements);
        dump_condition_field(dump, "when", goal->when);
        dump_rate(dump, goal->rate.value);
        dump_key(dump, "per");
        dump_word(dump, periods[goal->period]);
        dump_end(dump);
    }
    dump_end(dump);
}

/* What a test says is told by its words and places; they are kept as they were written. */
static void dump_node(struct dump *dump, const struct node *node, bool is_block)
{
    if (node->type == NODE_TEXT) {
        dump_text(dump, node->text);
        return;
    }
    if (node->type == NODE_LIST)
        dump_begin_list(dump, is_block ? DUMP_BLOCK : DUMP_LINE);
    else
        dump_begin_map(dump, is_block ? DUMP_BLOCK : DUMP_LINE);
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        bool is_then = member->key != NULL && node_is_word(member->key, "then");
        if (is_block && member->key != NULL && keys_is_own(member->key->text))
            continue;
        if (member->key != NULL)
            dump_name(dump, member->key->text);
        dump_node(dump, member->value, is_block && (is_then || member->value->type == NODE_MAP) &&
                                           (is_then || node->type == NODE_LIST));
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
        dump_node(dump, model->tests[i].at, true);
    dump_end(dump);
}
