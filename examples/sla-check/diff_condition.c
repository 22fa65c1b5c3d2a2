/* SPDX-License-Identifier: MIT */
/* Conditions by what they ask for: the same for {all: [{a: b}]}, {attribute: {a: b}} and {a: b}. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

static void add_members(struct diff *diff, json_t *out, json_t *when);

int diff_by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Texts of a list in one order, each once. */
static json_t *sorted_texts(json_t *list)
{
    size_t count = json_array_size(list);
    const char **texts = get_memory(NULL, count * sizeof *texts);
    json_t *sorted = json_array();
    for (size_t i = 0; i < count; i++)
        texts[i] = json_string_value(json_array_get(list, i));
    qsort(texts, count, sizeof *texts, diff_by_text);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(texts[i], texts[i - 1]) != 0)
            json_array_append_new(sorted, json_string(texts[i]));
    free(texts);
    return sorted;
}

static void add(json_t *out, const char *text)
{
    json_object_set_new(out, text, json_true());
}

/* The attribute has one of these values. Asked twice, both questions stay as they are. */
static void add_values(struct diff *diff, json_t *out, const char *attribute, json_t *value)
{
    json_t *list = json_array(), *sorted;
    if (json_is_array(value))
        json_array_extend(list, value);
    else
        json_array_append(list, value);
    sorted = sorted_texts(list);
    json_decref(list);
    const char *key = say(diff, "=%s", attribute);
    if (json_object_get(out, key) == NULL)
        json_object_set(out, key, sorted);
    else if (!json_equal(json_object_get(out, key), sorted))
        add(out, say(diff, "%s=%s", attribute, key_text(diff, sorted)));
    json_decref(sorted);
}

/* None of what is in `inner` all together. */
static void add_negation(struct diff *diff, json_t *out, json_t *inner)
{
    add(out, say(diff, "!%s", key_text(diff, inner)));
}

static void add_attribute(struct diff *diff, json_t *out, const char *attribute, json_t *value)
{
    const char *key;
    json_t *test;
    if (!json_is_object(value)) {
        add_values(diff, out, attribute, value);
        return;
    }
    json_object_foreach(value, key, test) {
        if (strcmp(key, "not") == 0) {
            json_t *inner = keep(diff, json_object());
            add_attribute(diff, inner, attribute, test);
            add_negation(diff, out, inner);
        } else if (json_is_false(test)) { /* exists */
            json_t *inner = keep(diff, json_object());
            add(inner, say(diff, "%s exists true", attribute));
            add_negation(diff, out, inner);
        } else {
            add(out, say(diff, "%s %s %s", attribute, key, key_text(diff, test)));
        }
    }
}

/* One of several: each by itself, in one order; a list of one is that one. */
static void add_any(struct diff *diff, json_t *out, json_t *list)
{
    json_t *keys = keep(diff, json_array()), *item;
    size_t i;
    if (json_array_size(list) == 1) {
        add_members(diff, out, json_array_get(list, 0));
        return;
    }
    json_array_foreach(list, i, item)
        json_array_append_new(keys, json_string(condition_key(diff, item)));
    json_t *sorted = keep(diff, sorted_texts(keys));
    add(out, say(diff, "any %s", key_text(diff, sorted)));
}

static void add_members(struct diff *diff, json_t *out, json_t *when)
{
    const char *key;
    json_t *value, *item;
    size_t i;
    json_object_foreach(when, key, value) {
        if (strcmp(key, "all") == 0) {
            json_array_foreach(value, i, item)
                add_members(diff, out, item);
        } else if (strcmp(key, "any") == 0) {
            add_any(diff, out, value);
        } else if (strcmp(key, "not") == 0) {
            json_t *inner = keep(diff, json_object());
            add_members(diff, inner, value);
            add_negation(diff, out, inner);
        } else if (strcmp(key, "opened_in") == 0) {
            add(out, say(diff, "opened in %s", json_string_value(value)));
        } else if (strcmp(key, "opened_outside") == 0) {
            json_t *inner = keep(diff, json_object());
            add(inner, say(diff, "opened in %s", json_string_value(value)));
            add_negation(diff, out, inner);
        } else if (strcmp(key, "attribute") == 0) {
            const char *attribute;
            json_object_foreach(value, attribute, item)
                add_attribute(diff, out, attribute, item);
        } else {
            add_attribute(diff, out, key, value);
        }
    }
}

/* Rows are compared with many others: what a condition asks for is found out once. */
json_t *conjuncts_of(struct diff *diff, json_t *when)
{
    char place[32];
    snprintf(place, sizeof place, "%p", (void *)when);
    json_t *known = json_object_get(diff->conjuncts, place);
    if (known != NULL)
        return known;
    json_t *out = json_object();
    json_object_set_new(diff->conjuncts, place, out);
    add_members(diff, out, when);
    return out;
}

char *condition_key(struct diff *diff, json_t *when)
{
    return key_text(diff, conjuncts_of(diff, when));
}

static size_t shared_texts(json_t *a, json_t *b)
{
    size_t shared = 0, i, k;
    json_t *one, *other;
    json_array_foreach(a, i, one)
        json_array_foreach(b, k, other)
            shared += (size_t)json_equal(one, other);
    return shared;
}

bool condition_implies(struct diff *diff, json_t *a, json_t *b)
{
    json_t *given = conjuncts_of(diff, a), *wanted = conjuncts_of(diff, b), *value;
    const char *key;
    json_object_foreach(wanted, key, value) {
        json_t *has = json_object_get(given, key);
        if (has == NULL)
            return false;
        if (json_is_array(value) && shared_texts(has, value) < json_array_size(has))
            return false;
    }
    return true;
}

bool condition_excludes(struct diff *diff, json_t *a, json_t *b)
{
    json_t *one = conjuncts_of(diff, a), *other = conjuncts_of(diff, b), *value;
    const char *key;
    json_object_foreach(one, key, value) {
        json_t *has = json_object_get(other, key);
        if (json_is_array(value) && json_is_array(has) && shared_texts(value, has) == 0)
            return true;
    }
    return false;
}
