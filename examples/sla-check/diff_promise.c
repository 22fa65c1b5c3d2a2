/* SPDX-License-Identifier: MIT */
/* One promise: a target and the calendar it counts on; in words, and whether a new one is tighter
 * than an old one. It is called so only where that holds for every incident. */
#include "diff.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static char *table_words(struct diff *diff, json_t *table, words_of words)
{
    const char *key;
    json_t *value, *otherwise = json_object_get(table, "default");
    char *text = say(diff, "by %s (", text_at(table, "by"));
    bool is_first = true;
    json_object_foreach(json_object_get(table, "is"), key, value) {
        text = say(diff, "%s%s%s: %s", text, is_first ? "" : ", ", key, words(diff, value));
        is_first = false;
    }
    return otherwise == NULL ? say(diff, "%s)", text)
                             : say(diff, "%s, else %s)", text, words(diff, otherwise));
}

static char *calendar_words(struct diff *diff, json_t *calendar)
{
    return json_is_object(calendar) ? table_words(diff, calendar, value_words)
                                    : value_words(diff, calendar);
}

/* Without its calendar. */
static char *target_words(struct diff *diff, json_t *target)
{
    if (json_is_string(target))
        return value_words(diff, target);
    if (json_object_get(target, "by") != NULL)
        return table_words(diff, target, target_words);
    const char *agreed = text_at(target, "agreed"), *within = text_at(target, "within");
    const char *latest = text_at(target, "latest"), *due = text_at(target, "due");
    const char *cutoff = text_at(target, "cutoff"), *grace = text_at(target, "grace");
    return say(diff, "%s%s%s%s%s%s%s%s%s%s", agreed != NULL ? "as agreed in " : within,
               agreed != NULL ? agreed : "", latest != NULL ? ", else " : "",
               latest != NULL ? latest : "", due != NULL ? ", due " : "", due != NULL ? due : "",
               cutoff != NULL ? ", cutoff " : "", cutoff != NULL ? cutoff : "",
               grace != NULL ? ", grace " : "", grace != NULL ? grace : "");
}

static bool is_none(struct promise promise)
{
    return promise.target == NULL || (json_is_string(promise.target) &&
                                      strcmp(json_string_value(promise.target), "none") == 0);
}

static json_t *own_calendar(struct promise promise)
{
    json_t *own = json_object_get(promise.target, "calendar");
    return own != NULL ? own : promise.calendar;
}

char *promise_words(struct diff *diff, struct promise promise)
{
    if (is_none(promise))
        return say(diff, "no promise");
    char *target = target_words(diff, promise.target);
    bool is_simple = strchr(target, ',') == NULL || target[strlen(target) - 1] == ')';
    const char *between = is_simple ? " on " : ", on ";
    return say(diff, "%s%s%s", target, between, calendar_words(diff, own_calendar(promise)));
}

/* A target as a mapping without its calendar. */
static json_t *as_map(struct diff *diff, json_t *target)
{
    json_t *map = keep(diff, json_is_object(target) ? json_copy(target) : json_object());
    if (json_is_string(target))
        json_object_set(map, "within", target);
    json_object_del(map, "calendar");
    return map;
}

bool promise_is_same(struct diff *diff, struct promise old, struct promise new)
{
    if (is_none(old) || is_none(new))
        return is_none(old) && is_none(new);
    return json_equal(as_map(diff, old.target), as_map(diff, new.target)) &&
           json_equal(own_calendar(old), own_calendar(new));
}

int64_t duration_seconds(const char *text)
{
    sla_target target = {.size = sizeof target};
    if (text == NULL)
        return 0;
    if (sla_target_parse(text, SLA_NUL_TERMINATED, &target) != SLA_OK ||
        target.unit != SLA_UNIT_SECONDS)
        return -1;
    return target.amount;
}

/* What stays as it is decides nothing, and parts that say different things decide against both. */
enum direction direction_of_both(enum direction a, enum direction b)
{
    return a == DIRECTION_NONE ? b : b == DIRECTION_NONE || a == b ? a : DIRECTION_CHANGED;
}

static enum direction by_order(int64_t old, int64_t new)
{
    return new < old ? DIRECTION_TIGHTER : new > old ? DIRECTION_LOOSER : DIRECTION_NONE;
}

static bool has_equal(json_t *old, json_t *new, const char *key)
{
    json_t *a = json_object_get(old, key), *b = json_object_get(new, key);
    return a == b || (a != NULL && b != NULL && json_equal(a, b));
}

/* D1: more open time and less counted time are tighter. */
static enum direction counted_direction(enum relation relation, int64_t old, int64_t new,
                                        int64_t old_grace, int64_t new_grace)
{
    enum direction direction = relation == RELATION_LONGER    ? DIRECTION_TIGHTER
                               : relation == RELATION_SHORTER ? DIRECTION_LOOSER
                               : relation == RELATION_SAME    ? DIRECTION_NONE
                                                              : DIRECTION_CHANGED;
    direction = direction_of_both(direction, by_order(old, new));
    return direction_of_both(direction, by_order(old_grace, new_grace));
}

/* A later cut-off lets more incidents count from the same day; a closing is not before the time of
   day of the start. */
static enum direction workday_direction(json_t *old, json_t *new, int64_t days)
{
    enum direction direction = DIRECTION_NONE;
    const char *before = text_at(old, "cutoff"), *after = text_at(new, "cutoff");
    if (!has_equal(old, new, "cutoff"))
        direction = before == NULL   ? DIRECTION_LOOSER
                    : after == NULL  ? DIRECTION_TIGHTER
                    : strcmp(after, before) > 0 ? DIRECTION_TIGHTER
                                                : DIRECTION_LOOSER;
    if (has_equal(old, new, "due"))
        return direction;
    before = text_at(old, "due");
    after = text_at(new, "due");
    if (before == NULL && strcmp(after, "close") == 0)
        return direction_of_both(direction, DIRECTION_LOOSER);
    if (after == NULL && strcmp(before, "close") == 0)
        return direction_of_both(direction, DIRECTION_TIGHTER);
    if (days < 1 || before == NULL || after == NULL)
        return DIRECTION_CHANGED;
    bool to_close = strcmp(after, "close") == 0, from_close = strcmp(before, "close") == 0;
    bool later = to_close || (!from_close && strcmp(after, before) > 0);
    return direction_of_both(direction, later ? DIRECTION_LOOSER : DIRECTION_TIGHTER);
}

/* 5wd and 3d by the number in front; -1: other units. */
static int64_t day_count(const char *text, const char *unit)
{
    char *end;
    long long count = text == NULL ? -1 : strtoll(text, &end, 10);
    return text != NULL && strcmp(end, unit) == 0 ? count : -1;
}

static enum direction days_direction(json_t *old, json_t *new, const char *key)
{
    const char *before = text_at(old, key), *after = text_at(new, key);
    int64_t from = day_count(before, "wd"), to = day_count(after, "wd");
    if (from >= 0 && to >= 0)
        return direction_of_both(by_order(from, to),
                                 workday_direction(old, new, from < to ? from : to));
    from = day_count(before, "d");
    to = day_count(after, "d");
    return from >= 0 && to >= 0 ? by_order(from, to) : DIRECTION_CHANGED;
}

/* Of what a target counts on: with tables every choice has to be as it was. */
static enum relation relation_of(struct diff *diff, json_t *old, json_t *new)
{
    const char *key;
    json_t *value, *choices = json_object_get(new, "is");
    if (json_is_string(old) && json_is_string(new))
        return calendar_relation(diff, json_string_value(old), json_string_value(new));
    if (!json_equal(old, new) ||
        relation_of(diff, json_object_get(old, "default"), json_object_get(new, "default")) !=
            RELATION_SAME)
        return RELATION_OTHER;
    json_object_foreach(json_object_get(old, "is"), key, value)
        if (relation_of(diff, value, json_object_get(choices, key)) != RELATION_SAME)
            return RELATION_OTHER;
    return RELATION_SAME;
}

/* C6: 1 where a deadline at closing time moves to the opening. */
static int64_t rolls(const struct side *side)
{
    return json_is_true(json_object_get(side->root, "roll_deadlines"));
}

enum direction promise_direction(struct diff *diff, struct promise old, struct promise new)
{
    if (is_none(old) || is_none(new))
        return is_none(old) ? DIRECTION_TIGHTER : DIRECTION_LOOSER;
    json_t *before = as_map(diff, old.target), *after = as_map(diff, new.target);
    json_t *from = own_calendar(old), *to = own_calendar(new);
    if (json_object_get(before, "by") != NULL || json_object_get(after, "by") != NULL ||
        !has_equal(before, after, "agreed"))
        return DIRECTION_CHANGED;
    const char *key = json_object_get(before, "agreed") != NULL ? "latest" : "within";
    if (text_at(before, key) == NULL || text_at(after, key) == NULL)
        return DIRECTION_CHANGED;
    enum relation relation = relation_of(diff, from, to);
    int64_t seconds = duration_seconds(text_at(before, key));
    int64_t now = duration_seconds(text_at(after, key));
    int64_t grace = duration_seconds(text_at(before, "grace"));
    int64_t grace_now = duration_seconds(text_at(after, "grace"));
    if (seconds >= 0 && now >= 0)
        return direction_of_both(counted_direction(relation, seconds, now, grace, grace_now),
                    by_order(rolls(&diff->old), rolls(&diff->new)));
    if (relation != RELATION_SAME)
        return DIRECTION_CHANGED;
    return direction_of_both(days_direction(before, after, key), by_order(grace, grace_now));
}

char *promise_note(struct diff *diff, struct promise old, struct promise new)
{
    json_t *from = own_calendar(old), *to = own_calendar(new);
    if (is_none(old) || is_none(new) || !json_is_string(to) || !json_equal(from, to) ||
        relation_of(diff, from, to) == RELATION_SAME)
        return NULL;
    return say(diff, "the hours of %s change, too", json_string_value(to));
}
