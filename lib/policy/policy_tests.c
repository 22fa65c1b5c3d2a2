/* SPDX-License-Identifier: MIT */
/* The policy's own tests: incidents, what happens to them, and what is expected then. */
#include "policy/decode_tests.h"

/* An attribute of the incident: a text, or {exists: false}, which takes it away. */
static bool decode_change(struct build *build, const struct member *member,
                          struct change_model *out)
{
    const struct node *value = member->value;
    bool exists = true;
    if (!decode_name(build, member->key, "the name of an attribute", &out->name))
        return false;
    if (node_is(value, NODE_MAP)) {
        if (!keys_check(build, value, MAP_TEST_REMOVED, NULL) ||
            !decode_flag(build, keys_value(value, MAP_TEST_REMOVED, "exists"), "exists", &exists))
            return false;
        if (exists)
            report(build, CODE_BAD_WORD, node_get(value, "exists"), TEXT("exists"), TEXT("false"),
                   TEXT("write the value that the attribute has, or exists: false to take it "
                        "away"));
        out->value.at = value;
        out->is_removed = true;
        return !exists;
    }
    /* An empty text is a value, too; nothing at all is not. */
    return decode_text(build, value, "the value of an attribute", &out->value);
}

static void decode_changes(struct build *build, const struct node *node,
                           struct test_step_model *out)
{
    if (node == NULL)
        return;
    out->changes = build_array(build, node->count, sizeof *out->changes);
    if (out->changes == NULL)
        return;
    for (const struct member *member = node->members; member != NULL; member = member->next)
        if (decode_change(build, member, &out->changes[out->change_count]))
            out->change_count++;
}

static void decode_event_lists(struct build *build, const struct node *node, enum map_kind kind,
                               const struct model *model, struct test_step_model *out)
{
    bool both = decode_exclusive(build, node, "expect_events", "expect_only_events");
    both = decode_exclusive(build, node, "expect_only_events", "expect_no_events") || both;
    if (both)
        return;
    const struct node *in_order = keys_value(node, kind, "expect_events");
    const struct node *only = keys_value(node, kind, "expect_only_events");
    const struct node *never = keys_value(node, kind, "expect_no_events");
    if (in_order != NULL && !decode_is_empty_list(build, in_order, "expect_events"))
        decode_expected_events(build, in_order, model, &out->in_order);
    if (only != NULL) /* an empty one: nothing is told */
        decode_expected_events(build, only, model, &out->only);
    if (never != NULL && !decode_is_empty_list(build, never, "expect_no_events"))
        decode_expected_events(build, never, model, &out->never);
}

static void decode_step(struct build *build, const struct node *node, enum map_kind kind,
                        const struct model *model, struct test_step_model *out)
{
    out->at = node;
    if (!keys_check(build, node, kind, NULL))
        return;
    const struct node *at = keys_value(node, kind, "at");
    const struct node *event = keys_value(node, kind, "event");
    if (at != NULL)
        decode_instant(build, at, TEXT_NONE, &out->instant);
    if (event != NULL)
        decode_names(build, event, "event", &out->events);
    decode_changes(build, keys_value(node, kind, "incident"), out);
    decode_expect(build, keys_value(node, kind, "expect"), model, out);
    decode_event_lists(build, node, kind, model, out);
}

static bool decode_test(struct build *build, const struct node *node, const struct model *model,
                        struct test_model *out)
{
    *out = (struct test_model){.at = node}; /* one that was no mapping may have been here */
    const struct node *name = keys_value(node, MAP_TEST_CASE, "name");
    const struct node *then = keys_value(node, MAP_TEST_CASE, "then");
    out->steps = build_array(build, 1 + (size_t)(then == NULL ? 0 : then->count),
                             sizeof *out->steps);
    if (out->steps == NULL)
        return false;
    decode_step(build, node, MAP_TEST_CASE, model, &out->steps[out->count++]);
    if (name != NULL)
        decode_name(build, name, "the name of a test", &out->name);
    if (then == NULL)
        return node->type == NODE_MAP;
    for (const struct member *item = then->members; item != NULL; item = item->next)
        decode_step(build, item->value, MAP_TEST_STEP, model, &out->steps[out->count++]);
    return true;
}

void decode_tests(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    model->tests = build_array(build, node->count, sizeof *model->tests);
    if (model->tests == NULL)
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next)
        if (decode_test(build, item->value, model, &model->tests[model->test_count]))
            model->test_count++;
    if (model->test_count > 0 && build->diags->errors == 0) /* a test begun twice is one fault */
        decode_names_differ(build, &model->tests->name, model->test_count, sizeof *model->tests);
}
