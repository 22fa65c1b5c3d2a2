/* SPDX-License-Identifier: MIT */
/* Values of a policy in words, as a service manager would say them. */
#include "diff.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static char *joined(struct diff *diff, json_t *list, const char *between, const char *last,
                    words_of words)
{
    char *text = say(diff, "%s", "");
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++)
        text = say(diff, "%s%s%s", text, i == 0 ? "" : i + 1 == count ? last : between,
                   words(diff, json_array_get(list, i)));
    return text;
}

char *key_text(struct diff *diff, json_t *value)
{
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
    char *text = say(diff, "%s", dump != NULL ? dump : "");
    free(dump);
    return text;
}

char *value_words(struct diff *diff, json_t *value)
{
    if (json_is_string(value)) {
        bool is_odd = json_string_length(value) != strlen(json_string_value(value)) ||
                      json_string_length(value) == 0;
        return is_odd ? key_text(diff, value) : say(diff, "%s", json_string_value(value));
    }
    if (json_is_array(value) && json_array_size(value) > 0 &&
        json_is_string(json_array_get(value, 0)))
        return joined(diff, value, ", ", ", ", value_words);
    return key_text(diff, value);
}

/* One of several values: "Rome, Oslo or Bern". */
static char *choice_words(struct diff *diff, json_t *value)
{
    return json_is_array(value) ? joined(diff, value, ", ", " or ", value_words)
                                : value_words(diff, value);
}

static char *attribute_words(struct diff *diff, const char *name, json_t *value);

static char *test_words(struct diff *diff, const char *name, const char *key, json_t *test)
{
    char *value = value_words(diff, test);
    if (strcmp(key, "min") == 0)
        return say(diff, "%s at least %s", name, value);
    if (strcmp(key, "max") == 0)
        return say(diff, "%s at most %s", name, value);
    if (strcmp(key, "prefix") == 0)
        return say(diff, "%s begins with %s", name, value);
    if (strcmp(key, "contains") == 0)
        return say(diff, "%s contains %s", name, value);
    if (strcmp(key, "exists") == 0)
        return say(diff, json_is_true(test) ? "%s is there" : "%s is not there", name);
    return say(diff, "not %s", attribute_words(diff, name, test));
}

static char *attribute_words(struct diff *diff, const char *name, json_t *value)
{
    char *text = say(diff, "%s", "");
    const char *key;
    json_t *test;
    if (!json_is_object(value))
        return say(diff, "%s: %s", name, choice_words(diff, value));
    json_object_foreach(value, key, test)
        text = say(diff, "%s%s%s", text, *text != '\0' ? ", " : "",
                   test_words(diff, name, key, test));
    return text;
}

static char *group_words(struct diff *diff, json_t *when)
{
    char *text = condition_words(diff, when);
    return json_object_size(when) > 1 ? say(diff, "(%s)", text) : text;
}

static char *attributes_words(struct diff *diff, json_t *quoted)
{
    char *text = say(diff, "%s", "");
    const char *key;
    json_t *value;
    json_object_foreach(quoted, key, value)
        text = say(diff, "%s%s%s", text, *text != '\0' ? ", " : "",
                   attribute_words(diff, key, value));
    return text;
}

static char *member_words(struct diff *diff, const char *key, json_t *value)
{
    if (strcmp(key, "any") == 0)
        return joined(diff, value, " or ", " or ", group_words);
    if (strcmp(key, "all") == 0)
        return joined(diff, value, ", ", ", ", group_words);
    if (strcmp(key, "not") == 0)
        return say(diff, "not (%s)", condition_words(diff, value));
    if (strcmp(key, "opened_in") == 0)
        return say(diff, "opened in %s", value_words(diff, value));
    if (strcmp(key, "opened_outside") == 0)
        return say(diff, "opened outside %s", value_words(diff, value));
    if (strcmp(key, "attribute") == 0)
        return attributes_words(diff, value);
    return attribute_words(diff, key, value);
}

char *condition_words(struct diff *diff, json_t *when)
{
    char *text = say(diff, "%s", "");
    const char *key;
    json_t *value;
    if (json_object_size(when) == 0)
        return say(diff, "every incident");
    json_object_foreach(when, key, value)
        text = say(diff, "%s%s%s", text, *text != '\0' ? ", " : "",
                   member_words(diff, key, value));
    return text;
}

char *trigger_words(struct diff *diff, json_t *trigger)
{
    if (!json_is_object(trigger))
        return choice_words(diff, trigger);
    json_t *event = json_object_get(trigger, "event");
    json_t *changed = json_object_get(trigger, "changed");
    json_t *when = json_object_get(trigger, "when");
    return say(diff, "%s%s%s%s%s%s", event != NULL ? choice_words(diff, event) : "",
               event != NULL && changed != NULL ? " and " : "",
               changed != NULL ? "a change of " : "",
               changed != NULL ? value_words(diff, changed) : "", when != NULL ? " when " : "",
               when != NULL ? condition_words(diff, when) : "");
}

void diff_key(struct diff *diff, struct change base, const char *key, json_t *old, json_t *new,
              words_of words)
{
    if (old == new || (old != NULL && new != NULL && json_equal(old, new)))
        return;
    base.kind = old == NULL ? "added" : new == NULL ? "removed" : "changed";
    base.path = *base.path != '\0' ? say(diff, "%s.%s", base.path, key) : say(diff, "%s", key);
    base.what = base.what != NULL ? base.what : say(diff, "%s", key);
    base.before = old == NULL ? NULL : words(diff, old);
    base.after = new == NULL ? NULL : words(diff, new);
    diff_add(diff, base);
}

void diff_order(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    json_t *before = keep(diff, json_array()), *after = keep(diff, json_array()), *value;
    const char *key;
    json_object_foreach(old, key, value)
        if (json_object_get(new, key) != NULL)
            json_array_append_new(before, json_string(key));
    json_object_foreach(new, key, value)
        if (json_object_get(old, key) != NULL)
            json_array_append_new(after, json_string(key));
    base.what = say(diff, "order");
    diff_key(diff, base, "order", before, after, value_words);
}
