/* SPDX-License-Identifier: MIT */
/* Conditions as text: the members of a mapping by their keys, which have no order. */
#include "policy/dump.h"

#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
    const struct condition_model *const *first = a, *const *second = b;
    return text_compare((*first)->key, (*second)->key);
}

/* The children of a mapping, sorted; `*out_count` of them. */
static const struct condition_model **sorted(struct dump *dump,
                                             const struct condition_model *all, size_t *out_count)
{
    size_t count = 0;
    for (const struct condition_model *child = all->children; child != NULL; child = child->next)
        count++;
    const struct condition_model **members =
        arena_new(dump->work, (count + 1) * sizeof *members);
    *out_count = members == NULL ? 0 : count;
    if (members == NULL) {
        dump->text.failed = true;
        return NULL;
    }
    count = 0;
    for (const struct condition_model *child = all->children; child != NULL; child = child->next)
        members[count++] = child;
    if (count > 1)
        qsort(members, count, sizeof *members, by_key);
    return members;
}

static void dump_value(struct dump *dump, const struct condition_model *condition);

static void dump_bound(struct dump *dump, const char *key, const struct text_field *bound)
{
    if (bound->at == NULL)
        return;
    dump_key(dump, key);
    dump_decimal(dump, bound->value);
}

/* One of those that a mapping on one attribute has: min, max, prefix, contains, exists, not. */
static void dump_test(struct dump *dump, const struct condition_model *test)
{
    switch (test->op) {
    case CONDITION_BETWEEN:
        dump_bound(dump, "min", &test->min);
        dump_bound(dump, "max", &test->max);
        break;
    case CONDITION_PREFIX:
        dump_text_field(dump, "prefix", &test->text);
        break;
    case CONDITION_CONTAINS:
        dump_text_field(dump, "contains", &test->text);
        break;
    case CONDITION_EXISTS:
        dump_key(dump, "exists");
        dump_flag(dump, true);
        break;
    default: /* CONDITION_NOT */
        if (test->children->op == CONDITION_EXISTS) {
            dump_key(dump, "exists");
            dump_flag(dump, false);
        } else {
            dump_key(dump, "not");
            dump_value(dump, test->children);
        }
        break;
    }
}

static void dump_value(struct dump *dump, const struct condition_model *condition)
{
    if (condition->op == CONDITION_IN) {
        dump_names(dump, &condition->values);
        return;
    }
    dump_begin_map(dump, DUMP_LINE);
    for (const struct condition_model *test = condition->children; test != NULL; test = test->next)
        dump_test(dump, test);
    dump_end(dump);
}

static void dump_list(struct dump *dump, const struct condition_model *several)
{
    dump_begin_list(dump, DUMP_LINE);
    for (const struct condition_model *child = several->children; child != NULL;
         child = child->next)
        dump_condition(dump, child);
    dump_end(dump);
}

/* `attribute`: in it no key is a word of the language. */
static void dump_quoted(struct dump *dump, const struct condition_model *all)
{
    size_t count;
    const struct condition_model **members = sorted(dump, all, &count);
    dump_begin_map(dump, DUMP_LINE);
    for (size_t i = 0; i < count; i++) {
        dump_name(dump, members[i]->key);
        dump_value(dump, members[i]);
    }
    dump_end(dump);
}

static void dump_member(struct dump *dump, const struct condition_model *member)
{
    dump_name(dump, member->key);
    if (text_equal(member->key, TEXT("all")) || text_equal(member->key, TEXT("any")))
        dump_list(dump, member);
    else if (text_equal(member->key, TEXT("not")))
        dump_condition(dump, member->children);
    else if (text_equal(member->key, TEXT("opened_in")))
        dump_text(dump, member->calendar.value);
    else if (text_equal(member->key, TEXT("opened_outside")))
        dump_text(dump, member->children->calendar.value);
    else if (text_equal(member->key, TEXT("attribute")))
        dump_quoted(dump, member);
    else
        dump_value(dump, member);
}

void dump_condition(struct dump *dump, const struct condition_model *condition)
{
    size_t count;
    const struct condition_model **members = sorted(dump, condition, &count);
    dump_begin_map(dump, DUMP_LINE);
    for (size_t i = 0; i < count; i++)
        dump_member(dump, members[i]);
    dump_end(dump);
}
