/* SPDX-License-Identifier: MIT */
/* People told: who gains or loses which notice, entry by entry, step by step. */
#include "diff.h"

#include <string.h>

/* Which clocks an entry is for, in one form. */
static char *entry_key(struct diff *diff, json_t *entry)
{
    static const char *const keys[] = {"metrics", "kinds", "agreements"};
    char *text = condition_key(diff, json_object_get(entry, "when"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(entry, keys[i]);
        text = say(diff, "%s %s", text, value != NULL ? key_text(diff, value) : "");
    }
    return text;
}

static char *entry_words(struct diff *diff, json_t *entry)
{
    json_t *metrics = json_object_get(entry, "metrics"), *kinds = json_object_get(entry, "kinds");
    json_t *agreements = json_object_get(entry, "agreements");
    json_t *when = json_object_get(entry, "when");
    char *text = metrics != NULL ? value_words(diff, metrics) : say(diff, "every metric");
    if (kinds != NULL)
        text = say(diff, "%s, kind %s", text, value_words(diff, kinds));
    if (agreements != NULL)
        text = say(diff, "%s, agreement %s", text, value_words(diff, agreements));
    return when != NULL ? say(diff, "%s, %s", text, condition_words(diff, when)) : text;
}

/* 100% is due. */
static const char *at_of(json_t *step)
{
    const char *at = json_string_value(json_object_get(step, "at"));
    return strcmp(at, "100%") == 0 ? "due" : at;
}

static char *step_key(struct diff *diff, json_t *step)
{
    return say(diff, "%s", at_of(step));
}

static bool has_name(json_t *list, json_t *name)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
        if (json_equal(item, name))
            return true;
    return false;
}

/* Those of one list that are not in the other: "director, owner", or NULL. */
static char *only_in(struct diff *diff, json_t *list, json_t *other)
{
    char *names = NULL;
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
        if (!has_name(other, item))
            names = say(diff, "%s%s%s", names != NULL ? names : "", names != NULL ? ", " : "",
                        value_words(diff, item));
    return names;
}

static char *names_words(struct diff *diff, json_t *list)
{
    return json_array_size(list) == 0 ? say(diff, "nobody") : value_words(diff, list);
}

/* Who is told, and on which way: the order of names means nothing. */
static void tell_names(struct diff *diff, struct change base, const char *key, json_t *old,
                       json_t *new)
{
    old = as_list(diff, json_object_get(old, key));
    new = as_list(diff, json_object_get(new, key));
    char *gone = only_in(diff, old, new), *come = only_in(diff, new, old);
    bool is_notify = strcmp(key, "notify") == 0;
    if (gone == NULL && come == NULL)
        return;
    if (!is_notify)
        base.what = say(diff, "%s: %s", base.what, key);
    base.path = say(diff, "%s.%s", base.path, key);
    base.before = is_notify ? names_words(diff, old) : json_array_size(old) == 0
                      ? NULL : value_words(diff, old);
    base.after = is_notify ? names_words(diff, new) : json_array_size(new) == 0
                     ? NULL : value_words(diff, new);
    if (is_notify)
        base.note = say(diff, "%s%s%s%s%s", come != NULL ? come : "",
                        come != NULL ? " is told now" : "",
                        come != NULL && gone != NULL ? ", " : "", gone != NULL ? gone : "",
                        gone != NULL ? " is told no longer" : "");
    diff_add(diff, base);
}

static char *step_words(struct diff *diff, json_t *step)
{
    json_t *via = json_object_get(step, "via"), *repeat = json_object_get(step, "repeat");
    json_t *times = json_object_get(step, "times"), *when = json_object_get(step, "when");
    char *text = names_words(diff, as_list(diff, json_object_get(step, "notify")));
    if (via != NULL)
        text = say(diff, "%s by %s", text, value_words(diff, via));
    if (repeat != NULL)
        text = say(diff, "%s, every %s, %s times", text, value_words(diff, repeat),
                   value_words(diff, times));
    return when != NULL ? say(diff, "%s, when %s", text, condition_words(diff, when)) : text;
}

static void tell_step(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    static const char *const keys[] = {"level", "repeat", "times", "only_in", "late", "calendar"};
    struct change at = base;
    base.what = say(diff, "%s", at_of(new));
    if (strcmp(at_of(old), at_of(new)) != 0) {
        at.what = say(diff, "step for %s",
                      names_words(diff, as_list(diff, json_object_get(new, "notify"))));
        at.path = say(diff, "%s.at", base.path);
        at.before = say(diff, "%s", at_of(old));
        at.after = say(diff, "%s", at_of(new));
        diff_add(diff, at);
    }
    tell_names(diff, base, "notify", old, new);
    tell_names(diff, base, "via", old, new);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct change change = base;
        change.what = say(diff, "%s: %s", base.what, keys[i]);
        diff_key(diff, change, keys[i], json_object_get(old, keys[i]),
                 json_object_get(new, keys[i]), value_words);
    }
    json_t *before = json_object_get(old, "when"), *after = json_object_get(new, "when");
    if (strcmp(condition_key(diff, before), condition_key(diff, after)) == 0)
        return;
    base.what = say(diff, "%s: condition", base.what);
    base.path = say(diff, "%s.when", base.path);
    base.before = before == NULL ? say(diff, "always") : condition_words(diff, before);
    base.after = after == NULL ? say(diff, "always") : condition_words(diff, after);
    diff_add(diff, base);
}

static void tell_steps(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    struct pairs pairs = pair_items(diff, old, new, step_key);
    base.path = say(diff, "%s.steps", base.path);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        struct pair_item at = pair_at(&pairs, old, new, i);
        bool is_new = at.is_new;
        size_t place = at.place, twin = at.twin;
        json_t *step = at.item;
        struct change change = base;
        change.path = say(diff, "%s[%zu]", base.path, place);
        if (twin == NOWHERE) {
            change.kind = is_new ? "added" : "removed";
            change.what = say(diff, "%s", at_of(step));
            change.before = is_new ? NULL : step_words(diff, step);
            change.after = is_new ? step_words(diff, step) : NULL;
            diff_add(diff, change);
        } else if (is_new) {
            tell_step(diff, change, json_array_get(old, twin), step);
        }
    }
    pairs_free(&pairs);
}

static void tell_entry(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    if (strcmp(entry_key(diff, old), entry_key(diff, new)) != 0) {
        struct change change = base;
        change.what = say(diff, "is for");
        change.before = entry_words(diff, old);
        change.after = entry_words(diff, new);
        diff_add(diff, change);
    }
    tell_steps(diff, base, json_object_get(old, "steps"), json_object_get(new, "steps"));
}

/* All steps of an entry that is on one side only. */
static void tell_single(struct diff *diff, struct change base, json_t *entry, bool is_new)
{
    size_t i;
    json_t *step;
    base.kind = is_new ? "added" : "removed";
    base.subject = say(diff, "%s %s", base.subject, is_new ? "is new" : "is gone");
    base.note = say(diff, is_new ? "in place of entries behind it" : "entries behind it decide");
    json_array_foreach(json_object_get(entry, "steps"), i, step) {
        struct change change = base;
        change.what = say(diff, "%s", at_of(step));
        change.path = say(diff, "%s.steps[%zu]", base.path, i);
        change.before = is_new ? NULL : step_words(diff, step);
        change.after = is_new ? step_words(diff, step) : NULL;
        diff_add(diff, change);
    }
}

void diff_escalations(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "escalations");
    json_t *new = json_object_get(diff->new.root, "escalations");
    struct pairs pairs = pair_items(diff, old, new, entry_key);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        struct pair_item at = pair_at(&pairs, old, new, i);
        bool is_new = at.is_new;
        size_t place = at.place, twin = at.twin;
        json_t *entry = at.item;
        struct change base = {.section = "escalations", .kind = "changed",
                              .path = say(diff, "escalations[%zu]", place),
                              .subject = say(diff, "entry %zu (%s)", place + 1,
                                             entry_words(diff, entry))};
        if (twin == NOWHERE) {
            tell_single(diff, base, entry, is_new);
        } else if (is_new) {
            struct change move = base;
            move.kind = "moved";
            move.what = say(diff, "place");
            move.before = say(diff, "%zu", twin + 1);
            move.after = say(diff, "%zu", place + 1);
            if (pairs.is_moved[place])
                diff_add(diff, move);
            tell_entry(diff, base, json_array_get(old, twin), entry);
        }
    }
    pairs_free(&pairs);
}
