/* SPDX-License-Identifier: MIT */
/* Metrics: what starts, stops and pauses their clocks. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

/* What a pause is about, without its limit and reason. */
static char *pause_words(struct diff *diff, json_t *pause)
{
    json_t *condition = json_object_get(pause, "while");
    if (condition != NULL)
        return say(diff, "while %s", condition_words(diff, condition));
    return say(diff, "from %s until %s", trigger_words(diff, json_object_get(pause, "event")),
               trigger_words(diff, json_object_get(pause, "until")));
}

static char *pause_key(struct diff *diff, json_t *pause)
{
    json_t *condition = json_object_get(pause, "while");
    return condition != NULL ? condition_key(diff, condition) : pause_words(diff, pause);
}

static char *whole_pause_words(struct diff *diff, json_t *pause)
{
    json_t *limit = json_object_get(pause, "limit"), *reason = json_object_get(pause, "reason");
    return say(diff, "%s%s%s%s%s", pause_words(diff, pause),
               limit != NULL ? ", at most " : "", limit != NULL ? value_words(diff, limit) : "",
               reason != NULL ? ", reason " : "", reason != NULL ? value_words(diff, reason) : "");
}

/* A clock that may pause longer is due later. */
static enum direction limit_direction(json_t *old, json_t *new)
{
    int64_t before = duration_seconds(json_string_value(old));
    int64_t after = duration_seconds(json_string_value(new));
    if (old == NULL || new == NULL)
        return old == NULL ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
    if (before < 0 || after < 0) {
        long long days = strtoll(json_string_value(old), NULL, 10);
        long long now = strtoll(json_string_value(new), NULL, 10);
        if (before >= 0 || after >= 0)
            return DIRECTION_CHANGED;
        return now < days ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
    }
    return after < before ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
}

static void tell_pause(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    struct change limit = base, condition = base;
    base.what = say(diff, "pause %s: reason", pause_words(diff, new));
    diff_key(diff, base, "reason", json_object_get(old, "reason"), json_object_get(new, "reason"),
             value_words);
    limit.what = say(diff, "pause %s: at most", pause_words(diff, new));
    limit.direction = limit_direction(json_object_get(old, "limit"), json_object_get(new, "limit"));
    diff_key(diff, limit, "limit", json_object_get(old, "limit"), json_object_get(new, "limit"),
             value_words);
    if (strcmp(pause_key(diff, old), pause_key(diff, new)) == 0)
        return;
    condition.what = say(diff, "pause");
    condition.before = pause_words(diff, old);
    condition.after = pause_words(diff, new);
    condition.direction = DIRECTION_CHANGED;
    diff_add(diff, condition);
}

static void tell_pauses(struct diff *diff, struct change base, json_t *old, json_t *new)
{
    old = as_list(diff, old);
    new = as_list(diff, new);
    struct pairs pairs = pair_items(diff, old, new, pause_key);
    base.path = say(diff, "%s.pause", base.path);
    for (size_t i = 0; i < pairs.new_count; i++) {
        json_t *pause = json_array_get(new, i);
        struct change change = base;
        if (pairs.to_old[i] != NOWHERE) {
            tell_pause(diff, base, json_array_get(old, pairs.to_old[i]), pause);
            continue;
        }
        change.kind = "added";
        change.what = say(diff, "pause");
        change.after = whole_pause_words(diff, pause);
        change.direction = DIRECTION_LOOSER;
        diff_add(diff, change);
    }
    for (size_t i = 0; i < pairs.old_count; i++) {
        struct change change = base;
        if (pairs.to_new[i] != NOWHERE)
            continue;
        change.kind = "removed";
        change.what = say(diff, "pause");
        change.before = whole_pause_words(diff, json_array_get(old, i));
        change.direction = DIRECTION_TIGHTER;
        diff_add(diff, change);
    }
    pairs_free(&pairs);
}

static char *reopen_words(struct diff *diff, json_t *reopen)
{
    if (!json_is_object(reopen))
        return value_words(diff, reopen);
    return say(diff, "%s on %s", json_string_value(json_object_get(reopen, "clock")),
               trigger_words(diff, json_object_get(reopen, "event")));
}

/* What is not there is the default. */
static void tell_word(struct diff *diff, struct change base, const char *key, json_t *old,
                      json_t *new, const char *otherwise, words_of words)
{
    json_t *missing = keep(diff, json_string(otherwise));
    diff_key(diff, base, key, old != NULL ? old : missing, new != NULL ? new : missing, words);
}

/* The names that a trigger waits for have no order. */
static json_t *trigger_of(struct diff *diff, json_t *metric, const char *key)
{
    json_t *trigger = json_object_get(metric, key), *name;
    json_t *names = keep(diff, json_object());
    size_t i;
    if (!json_is_array(trigger))
        return trigger;
    json_array_foreach(trigger, i, name)
        json_object_set_new(names, json_string_value(name), json_true());
    return names;
}

static void tell_metric(struct diff *diff, const char *name, json_t *old, json_t *new)
{
    static const char *const triggers[] = {"start", "stop", "cancel", "reset"};
    struct change base = {.section = "metrics", .kind = "changed",
                          .path = say(diff, "metrics.%s", name),
                          .subject = say(diff, "metric %s", name)};
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        json_t *before = trigger_of(diff, old, triggers[i]);
        json_t *after = trigger_of(diff, new, triggers[i]);
        if (before == NULL || after == NULL || !json_equal(before, after))
            diff_key(diff, base, triggers[i], json_object_get(old, triggers[i]),
                     json_object_get(new, triggers[i]), trigger_words);
    }
    tell_pauses(diff, base, json_object_get(old, "pause"), json_object_get(new, "pause"));
    tell_word(diff, base, "reopen", json_object_get(old, "reopen"), json_object_get(new, "reopen"),
              "ignore", reopen_words);
    tell_word(diff, base, "retarget", json_object_get(old, "retarget"),
              json_object_get(new, "retarget"), "keep", value_words);
    struct change never = base;
    never.direction =
        json_object_get(new, "never_loosen") != NULL ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
    tell_word(diff, never, "never_loosen", json_object_get(old, "never_loosen"),
              json_object_get(new, "never_loosen"), "false", value_words);
    tell_word(diff, base, "repeat", json_object_get(old, "repeat"), json_object_get(new, "repeat"),
              "false", value_words);
}

static void tell_one_side(struct diff *diff, const char *name, json_t *metric, bool is_new)
{
    char *words = say(diff, "from %s to %s", trigger_words(diff, json_object_get(metric, "start")),
                      trigger_words(diff, json_object_get(metric, "stop")));
    diff_add(diff, (struct change){.section = "metrics", .kind = is_new ? "added" : "removed",
                                   .path = say(diff, "metrics.%s", name),
                                   .subject = say(diff, "metric %s", name),
                                   .before = is_new ? NULL : words,
                                   .after = is_new ? words : NULL});
}

void diff_metrics(struct diff *diff)
{
    json_t *old = json_object_get(diff->old.root, "metrics"), *metric;
    json_t *new = json_object_get(diff->new.root, "metrics");
    const char *name;
    json_object_foreach(new, name, metric) {
        json_t *before = json_object_get(old, name);
        if (before == NULL)
            tell_one_side(diff, name, metric, true);
        else
            tell_metric(diff, name, before, metric);
    }
    json_object_foreach(old, name, metric)
        if (json_object_get(new, name) == NULL)
            tell_one_side(diff, name, metric, false);
    diff_order(diff, (struct change){.section = "metrics", .path = say(diff, "metrics"),
                                     .note = say(diff, "of events at one instant")},
               old, new);
}
