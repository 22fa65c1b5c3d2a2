/* SPDX-License-Identifier: MIT */
/* Reading: from YAML to a tree whose nodes know their places, and the table of the language. */
#include "run_suite.h"
#include "policy/keys.h"
#include "policy/reader.h"
#include "policy/options.h"
#include "policy/source.h"

#include <check.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct build build;

static const struct node *read_text(const char *text)
{
    build = (struct build){.status = SLA_OK, .suggestions = SUGGESTIONS_MAX};
    ck_assert(options_read(NULL, &build.options));
    build.allocator = memory_allocator(NULL);
    build.diags = diags_new(&build.allocator, 100);
    arena_init(&build.work, &build.allocator);
    if (!source_check(&build, (sla_text){text, strlen(text)}))
        return NULL;
    return reader_read(&build);
}

static void done(void)
{
    sla_diags_free(build.diags);
    arena_free(&build.work);
}

static void assert_span(const struct node *node, uint32_t line, uint32_t column, uint32_t end_line,
                        uint32_t end_column)
{
    ck_assert_uint_eq(node->span.line, line);
    ck_assert_uint_eq(node->span.column, column);
    ck_assert_uint_eq(node->span.end_line, end_line);
    ck_assert_uint_eq(node->span.end_column, end_column);
}

static void assert_path(const struct node *node, const char *expected)
{
    struct text_builder path;
    builder_init(&path, &build.allocator);
    node_path(node, &path);
    ck_assert_uint_eq(path.count, strlen(expected));
    ck_assert(path.count == 0 || memcmp(path.data, expected, path.count) == 0);
    builder_free(&path);
}

static const struct node *item(const struct node *list, size_t index)
{
    const struct member *member = list->members;
    while (index-- > 0)
        member = member->next;
    return member->value;
}

START_TEST(nodes_know_where_they_stand)
{
    const struct node *root = read_text("sla: 1\n"
                                        "targets:\n"
                                        "  - when: {城市: [北京, b]}\n"
                                        "    first: \"1h\"\n"
                                        "  - second\n");
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->type, NODE_MAP);
    ck_assert_uint_eq(root->count, 2);
    assert_span(root, 1, 1, 1, 4); /* a block mapping: its first key */
    assert_path(root, "");
    const struct node *targets = node_get(root, "targets");
    assert_span(targets, 3, 3, 3, 4); /* a block list: its first dash */
    const struct node *row = item(targets, 0);
    assert_span(row, 3, 5, 3, 9);
    const struct node *when = node_get(row, "when");
    assert_span(when, 3, 11, 3, 24); /* {城市: [北京, b]} has 13 characters */
    const struct node *city = node_get(when, "城市");
    assert_span(city, 3, 16, 3, 23);
    assert_span(item(city, 1), 3, 21, 3, 22);
    assert_path(item(city, 1), "targets[0].when.城市[1]");
    const struct node *first = node_get(row, "first");
    assert_span(first, 4, 12, 4, 16);
    ck_assert(!first->plain);
    assert_path(first->key, "targets[0].first");
    ck_assert_ptr_eq(item(targets, 1)->parent, targets);
    ck_assert_uint_eq(item(targets, 1)->index, 1);
    done();
}
END_TEST

START_TEST(an_alias_shares_the_node_of_its_anchor)
{
    const struct node *root = read_text("a: &x {k: [1, 2]}\nb: *x\nc: [*x, *x]\n");
    ck_assert_ptr_nonnull(root);
    const struct node *shared = node_get(root, "a");
    ck_assert_ptr_eq(node_get(root, "b"), shared);
    ck_assert_ptr_eq(item(node_get(root, "c"), 1), shared);
    assert_path(node_get(root, "b"), "a");
    ck_assert_uint_eq(shared->weight, 4); /* the mapping, the list, two texts */
    ck_assert_uint_eq(node_get(root, "c")->weight, 9);
    ck_assert_uint_eq(shared->height, 3);
    ck_assert_uint_eq(root->height, 5);
    done();
}
END_TEST

START_TEST(a_later_anchor_hides_an_earlier_one)
{
    const struct node *root = read_text("a: &x 1\nb: &x 2\nc: *x\n");
    ck_assert_ptr_nonnull(root);
    ck_assert(node_is_word(node_get(root, "c"), "2"));
    done();
}
END_TEST

START_TEST(nothing_is_told_apart_from_an_empty_text)
{
    const struct node *root = read_text("a:\nb: \"\"\nc: ~\n");
    ck_assert(node_is_empty(node_get(root, "a")));
    ck_assert(!node_is_empty(node_get(root, "b")));
    ck_assert(!node_is_empty(node_get(root, "c"))); /* two readers of YAML differ; we take a text */
    ck_assert_str_eq(node_describe(node_get(root, "a")), "nothing");
    assert_span(node_get(root, "a"), 1, 3, 1, 3);
    done();
}
END_TEST

START_TEST(the_first_of_two_keys_stays_and_both_places_are_told)
{
    const struct node *root = read_text("a: 1\nb: 2\na: 3\n");
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->count, 2);
    ck_assert(node_is_word(node_get(root, "a"), "1"));
    const sla_diag *diag = sla_diags_at(build.diags, 0);
    ck_assert_uint_eq(diag->code, CODE_DUPLICATE_KEY);
    ck_assert_uint_eq(diag->line, 3);
    ck_assert_uint_eq(diag->related_count, 1);
    ck_assert_uint_eq(diag->related[0].line, 1);
    ck_assert_uint_eq(diag->related[0].column, 1);
    done();
}
END_TEST

START_TEST(duplicates_are_found_in_large_mappings_too)
{
    char text[4096] = "";
    for (int i = 0; i < 100; i++)
        sprintf(text + strlen(text), "key%d: 1\n", i);
    strcat(text, "key57: 2\n");
    const struct node *root = read_text(text);
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(sla_diags_count(build.diags), 1);
    ck_assert_uint_eq(sla_diags_at(build.diags, 0)->related[0].line, 58);
    done();
}
END_TEST

START_TEST(every_line_break_of_yaml_counts)
{
    /* LF, CR LF, CR, NEL, LS: libyaml and we must count alike, or carets point at other lines. */
    const struct node *root =
        read_text("a: 1\nb: 2\r\nc: 3\rd: 4\xC2\x85"
                  "e: 5\xE2\x80\xA8"
                  "f: 6\n");
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(node_get(root, "f")->span.line, 6);
    struct span place = source_place(build.source, build.source.length - 2);
    ck_assert_uint_eq(place.line, 6);
    ck_assert_uint_eq(place.column, 4);
    done();
}
END_TEST

/* Fuzzing found it: the comment takes the text's end, and libyaml puts what it was reading then
   into a third line. */
START_TEST(a_second_place_lies_in_the_text)
{
    ck_assert_ptr_null(read_text("sla: 6, law\nx-loop: &loop [one, # a, *loop, sat-moner"));
    const sla_diag *diag = sla_diags_at(build.diags, 0);
    ck_assert_uint_eq(diag->code, CODE_SYNTAX);
    ck_assert_uint_eq(diag->related_count, 1);
    ck_assert_uint_eq(diag->related[0].line, 2); /* the bracket behind the anchor */
    ck_assert_uint_eq(diag->related[0].column, 15);
    done();
}
END_TEST

START_TEST(a_key_that_is_too_new_says_which_library_has_it)
{
    const struct node *root = read_text("sla: 1\ngoals: []\ntargets: []\n");
    ck_assert_ptr_nonnull(root);
    build.level = 3; /* libsla 0.3 */
    ck_assert(!keys_check(&build, root, MAP_POLICY, NULL));
    ck_assert_uint_eq(sla_diags_count(build.diags), 1);
    const sla_diag *diag = sla_diags_at(build.diags, 0);
    ck_assert_uint_eq(diag->code, CODE_TOO_NEW);
    ck_assert_uint_eq(diag->line, 2);
    ck_assert_str_eq(diag->message.data, "\"goals\" needs libsla >= 0.4");
    done();
    root = read_text("sla: 1\ngaols: []\n"); /* what is too new is no suggestion either */
    build.level = 3;
    keys_check(&build, root, MAP_POLICY, NULL);
    ck_assert_uint_eq(sla_diags_count(build.diags), 1);
    ck_assert_ptr_null(strstr(sla_diags_at(build.diags, 0)->hint.data, "goals"));
    done();
}
END_TEST

START_TEST(the_table_of_the_language_is_in_order)
{
    size_t count;
    const struct key_rule *rules = keys_all(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_ge(rules[i].since, 1);
        ck_assert_uint_lt(keys_kind(&rules[i]), VALUE_KIND_COUNT);
        ck_assert_uint_ne(value_types[keys_kind(&rules[i])], 0);
        ck_assert_uint_gt(strlen(rules[i].about), 5);
        if (i > 0)
            ck_assert_uint_ge(rules[i].map, rules[i - 1].map);
        for (size_t k = 0; k < i; k++)
            ck_assert(rules[k].map != rules[i].map || strcmp(rules[k].key, rules[i].key) != 0);
    }
    for (uint32_t kind = 0; kind < MAP_KIND_COUNT; kind++)
        ck_assert_ptr_nonnull(keys_map_name((enum map_kind)kind));
    ck_assert_uint_eq(rules[count - 1].map, MAP_KIND_COUNT - 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reader");
    TCase *tcase = tcase_create("reader");
    tcase_add_test(tcase, nodes_know_where_they_stand);
    tcase_add_test(tcase, an_alias_shares_the_node_of_its_anchor);
    tcase_add_test(tcase, a_later_anchor_hides_an_earlier_one);
    tcase_add_test(tcase, nothing_is_told_apart_from_an_empty_text);
    tcase_add_test(tcase, the_first_of_two_keys_stays_and_both_places_are_told);
    tcase_add_test(tcase, duplicates_are_found_in_large_mappings_too);
    tcase_add_test(tcase, every_line_break_of_yaml_counts);
    tcase_add_test(tcase, a_second_place_lies_in_the_text);
    tcase_add_test(tcase, a_key_that_is_too_new_says_which_library_has_it);
    tcase_add_test(tcase, the_table_of_the_language_is_in_order);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
