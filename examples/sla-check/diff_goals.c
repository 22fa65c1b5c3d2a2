/* SPDX-License-Identifier: MIT */
/* Goals and tests, and what stands at the top of a policy. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

static char *goal_key(struct diff *diff, json_t *goal)
{
    static const char *const keys[] = {"metrics", "kinds", "agreements"};
    char *text = condition_key(diff, json_object_get(goal, "when"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(goal, keys[i]);
        text = say(diff, "%s %s", text, value != NULL ? key_text(diff, value) : "");
    }
    return text;
}

static char *goal_words(struct diff *diff, json_t *goal)
{
    json_t *metrics = json_object_get(goal, "metrics"), *when = json_object_get(goal, "when");
    json_t *name = json_object_get(goal, "name");
    char *text = metrics != NULL ? value_words(diff, metrics) : say(diff, "every metric");
    if (when != NULL)
        text = say(diff, "%s, %s", text, condition_words(diff, when));
    return name != NULL ? say(diff, "%s", value_words(diff, name)) : text;
}

static char *rate_words(struct diff *diff, json_t *goal)
{
    json_t *per = json_object_get(goal, "per");
    return say(diff, "at least %s%s%s", value_words(diff, json_object_get(goal, "at_least")),
               per != NULL ? " per " : "", per != NULL ? value_words(diff, per) : "");
}

static void tell_goal(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    json_t *rate = json_object_get(old, "at_least"), *rate_now = json_object_get(new, "at_least");
    base.before = rate_words(diff, old);
    base.after = rate_words(diff, new);
    base.direction = DIRECTION_CHANGED;
    bool same_period = key_text(diff, json_object_get(old, "per")) != NULL &&
                       strcmp(key_text(diff, json_object_get(old, "per")),
                              key_text(diff, json_object_get(new, "per"))) == 0;
    if (same_period && json_is_string(rate) && json_is_string(rate_now))
        base.direction = strtod(json_string_value(rate_now), NULL) >
                                 strtod(json_string_value(rate), NULL)
                             ? DIRECTION_TIGHTER
                             : DIRECTION_LOOSER;
    if (strcmp(base.before, base.after) != 0)
        diff_add(diff, base);
    if (strcmp(goal_key(diff, old), goal_key(diff, new)) == 0)
        return;
    struct change change = base;
    change.what = say(diff, "%s: is for", base.what);
    change.direction = DIRECTION_CHANGED;
    json_t *before = keep(diff, json_copy(old)), *after = keep(diff, json_copy(new));
    json_object_del(before, "name");
    json_object_del(after, "name");
    change.before = goal_words(diff, before);
    change.after = goal_words(diff, after);
    diff_add(diff, change);
}

void diff_goals(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "goals");
    json_t *new = json_object_get(diff->new.root, "goals");
    struct pairs pairs = pair_items(diff, old, new, goal_key);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        struct pair_item at = pair_at(&pairs, old, new, i);
        bool is_new = at.is_new;
        size_t place = at.place, twin = at.twin;
        json_t *goal = at.item;
        struct change base = {.section = "goals", .kind = "changed",
                              .path = say(diff, "goals[%zu]", place),
                              .what = goal_words(diff, goal)};
        if (twin == NOWHERE) {
            base.kind = is_new ? "added" : "removed";
            base.before = is_new ? NULL : rate_words(diff, goal);
            base.after = is_new ? rate_words(diff, goal) : NULL;
            base.direction = is_new ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
            diff_add(diff, base);
        } else if (is_new) {
            tell_goal(diff, base, json_array_get(old, twin), goal);
        }
    }
    pairs_free(&pairs);
}

/* Tests say what is expected; they promise nothing. */
void diff_tests(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "tests");
    json_t *new = json_object_get(diff->new.root, "tests");
    struct pairs pairs = pair_items(diff, old, new, key_text);
    for (size_t i = 0; i < pairs.new_count + pairs.old_count; i++) {
        struct pair_item at = pair_at(&pairs, old, new, i);
        bool is_new = at.is_new;
        size_t place = at.place, twin = at.twin;
        json_t *test = at.item;
        json_t *name = json_object_get(test, "name");
        struct change change = {.section = "tests", .path = say(diff, "tests[%zu]", place)};
        change.what = name != NULL ? value_words(diff, name) : say(diff, "test %zu", place + 1);
        change.kind = twin != NOWHERE ? "changed" : is_new ? "added" : "removed";
        change.after = twin != NOWHERE ? say(diff, "expects something else") : NULL;
        bool is_same = twin != NOWHERE && json_equal(test, json_array_get(old, twin));
        if (twin == NOWHERE || (is_new && !is_same))
            diff_add(diff, change);
    }
    pairs_free(&pairs);
}

void diff_policy(struct diff *diff)
{
    json_t *old = diff->old.root, *new = diff->new.root;
    struct change base = {.section = "policy", .path = say(diff, "%s", "")};
    diff_key(diff, base, "name", json_object_get(old, "name"), json_object_get(new, "name"),
             value_words);
    struct change zone = base;
    zone.note = say(diff, "local time, also of calendars without a zone of their own");
    diff_key(diff, zone, "timezone", json_object_get(old, "timezone"),
             json_object_get(new, "timezone"), value_words);
    json_t *rolls = json_object_get(new, "roll_deadlines");
    struct change roll = base;
    roll.what = say(diff, "roll_deadlines");
    roll.direction = rolls != NULL ? DIRECTION_LOOSER : DIRECTION_TIGHTER;
    roll.note = say(diff, rolls != NULL
                              ? "a deadline at closing time moves to the next opening"
                              : "a deadline at closing time stays where it is");
    diff_key(diff, roll, "roll_deadlines", json_object_get(old, "roll_deadlines"), rolls,
             value_words);
}
