/* SPDX-License-Identifier: MIT */
/* Promises: the rows of an agreement. One that comes, goes or moves says what its incidents get now
 * and what they got before. */
#include "diff.h"

#include <string.h>

/* The rows of one agreement on both sides, and where they stand. */
struct lists {
    struct diff *diff;
    json_t *old, *new; /* agreements */
    struct pairs pairs;
    const char *path;   /* of the list in the new policy */
    const char *prefix; /* "gold: ", where there are agreements */
};

static json_t *rows_of(json_t *agreement)
{
    return json_object_get(agreement, "targets");
}

static char *row_key(struct diff *diff, json_t *row)
{
    return condition_key(diff, json_object_get(row, "when"));
}

static char *row_label(struct lists *lists, json_t *row, size_t place)
{
    const char *name = json_string_value(json_object_get(row, "name"));
    return say(lists->diff, "%srow %zu (%s)", lists->prefix, place + 1,
               name != NULL ? name : condition_words(lists->diff, json_object_get(row, "when")));
}

/* The target that a row has for a metric, with the calendar that it counts on. */
static struct promise promise_of(const struct side *side, json_t *agreement, json_t *row,
                                 const char *metric)
{
    struct promise promise = {json_object_get(row, metric), json_object_get(row, "calendar")};
    if (promise.calendar == NULL)
        promise.calendar = json_object_get(agreement, "calendar");
    if (promise.calendar == NULL)
        promise.calendar = json_object_get(side->root, "calendar");
    if (promise.calendar == NULL)
        promise.calendar = side->always;
    return promise;
}

static bool is_metric(const char *key)
{
    return strcmp(key, "when") != 0 && strcmp(key, "name") != 0 && strcmp(key, "calendar") != 0;
}

/* The other side's rows, for incidents that match a condition. */
struct search {
    const struct side *side;
    json_t *agreement;
    const size_t *to_here; /* for each of these rows: which it is on the searching side */
    size_t place;          /* of the row on its own side */
};
struct found {
    size_t row;      /* NOWHERE: none */
    bool is_certain; /* it takes all of them */
};

/* The first row that may take incidents of the condition and did not come before the row anyway. */
static struct found find_row(struct diff *diff, const struct search *search, json_t *when,
                             const char *metric)
{
    json_t *rows = rows_of(search->agreement), *row;
    size_t i;
    json_array_foreach(rows, i, row) {
        size_t twin = search->to_here[i];
        json_t *other = json_object_get(row, "when");
        if (json_object_get(row, metric) == NULL ||
            (twin != NOWHERE && twin < search->place) || condition_excludes(diff, when, other))
            continue;
        return (struct found){i, condition_implies(diff, when, other)};
    }
    return (struct found){NOWHERE, true};
}

/* A row that is only on one side: for each of its metrics what its incidents get, and got. */
static void tell_single(struct lists *lists, bool is_new, size_t place)
{
    struct diff *diff = lists->diff;
    const struct side *here = is_new ? &diff->new : &diff->old;
    struct search search = {is_new ? &diff->old : &diff->new, is_new ? lists->old : lists->new,
                            is_new ? lists->pairs.to_new : lists->pairs.to_old, place};
    json_t *agreement = is_new ? lists->new : lists->old, *value;
    json_t *row = json_array_get(rows_of(agreement), place), *when = json_object_get(row, "when");
    const char *metric;
    json_object_foreach(row, metric, value) {
        if (!is_metric(metric))
            continue;
        struct found found = find_row(diff, &search, when, metric);
        json_t *other = json_array_get(rows_of(search.agreement), found.row);
        struct promise own = promise_of(here, agreement, row, metric);
        struct promise others = promise_of(search.side, search.agreement, other, metric);
        struct change change = {
            .section = "targets", .kind = is_new ? "added" : "removed",
            .path = say(diff, "%s[%zu].%s", lists->path, place, metric),
            .subject = say(diff, "%s %s", row_label(lists, row, place),
                           is_new ? "is new" : "is gone"),
            .what = say(diff, "%s", metric)};
        char *own_words = promise_words(diff, own), *other_words = promise_words(diff, others);
        change.before = is_new ? other_words : own_words;
        change.after = is_new ? own_words : other_words;
        change.direction = is_new ? promise_direction(diff, others, own)
                                  : promise_direction(diff, own, others);
        if (promise_is_same(diff, is_new ? others : own, is_new ? own : others))
            change.direction = DIRECTION_NONE;
        if (found.row != NOWHERE)
            change.note = say(diff, "%s %s%s", is_new ? "before:" : "now:",
                              row_label(lists, other, found.row),
                              found.is_certain ? "" : " and rows behind it");
        if (!found.is_certain)
            change.direction = DIRECTION_CHANGED;
        diff_add(diff, change);
    }
}

/* A table entry by entry; both have the same attribute. */
static void tell_tables(struct lists *lists, struct change base, struct promise old,
                        struct promise new)
{
    struct diff *diff = lists->diff;
    json_t *from = json_object_get(old.target, "is"), *to = json_object_get(new.target, "is");
    json_t *all = keep(diff, json_copy(from)), *value;
    const char *by = json_string_value(json_object_get(new.target, "by")), *key;
    json_object_update_missing(all, to);
    json_object_foreach(all, key, value) {
        json_t *before = json_object_get(from, key), *after = json_object_get(to, key);
        struct promise one = old, other = new;
        one.target = before != NULL ? before : json_object_get(old.target, "default");
        other.target = after != NULL ? after : json_object_get(new.target, "default");
        if (promise_is_same(diff, one, other))
            continue;
        struct change change = base;
        change.what = say(diff, "%s for %s: %s", base.what, by, key);
        change.path = say(diff, "%s.is.%s", base.path, key);
        change.before = promise_words(diff, one);
        change.after = promise_words(diff, other);
        change.direction = promise_direction(diff, one, other);
        diff_add(diff, change);
    }
    old.target = json_object_get(old.target, "default");
    new.target = json_object_get(new.target, "default");
    if (promise_is_same(diff, old, new))
        return;
    base.what = say(diff, "%s for every other %s", base.what, by);
    base.path = say(diff, "%s.default", base.path);
    base.before = promise_words(diff, old);
    base.after = promise_words(diff, new);
    base.direction = promise_direction(diff, old, new);
    diff_add(diff, base);
}

static void tell_promise(struct lists *lists, struct change base, struct promise old,
                         struct promise new)
{
    struct diff *diff = lists->diff;
    json_t *by = json_object_get(old.target, "by");
    if (by != NULL && json_equal(by, json_object_get(new.target, "by"))) {
        tell_tables(lists, base, old, new);
        return;
    }
    if (old.target != NULL && new.target != NULL && promise_is_same(diff, old, new))
        return;
    base.before = promise_words(diff, old);
    base.after = promise_words(diff, new);
    base.direction = promise_direction(diff, old, new);
    base.note = promise_note(diff, old, new);
    if (old.target == NULL || new.target == NULL) { /* rows behind it decide, or decided */
        base.kind = old.target == NULL ? "added" : "removed";
        base.direction = DIRECTION_CHANGED;
        if (old.target == NULL)
            base.before = say(diff, "as rows behind it say");
        else
            base.after = say(diff, "as rows behind it say");
    }
    diff_add(diff, base);
}

static char *name_words(struct diff *diff, json_t *value)
{
    return say(diff, "\"%s\"", value_words(diff, value));
}

static void tell_pair(struct lists *lists, size_t place)
{
    struct diff *diff = lists->diff;
    json_t *row = json_array_get(rows_of(lists->new), place), *value;
    json_t *before = json_array_get(rows_of(lists->old), lists->pairs.to_old[place]);
    const char *metric;
    struct change base = {.section = "targets", .kind = "changed",
                          .path = say(diff, "%s[%zu]", lists->path, place),
                          .subject = row_label(lists, row, place)};
    diff_key(diff, base, "name", json_object_get(before, "name"), json_object_get(row, "name"),
             name_words);
    if (strcmp(row_key(diff, before), row_key(diff, row)) != 0) {
        struct change change = base;
        change.path = say(diff, "%s.when", base.path);
        change.what = say(diff, "condition");
        change.before = condition_words(diff, json_object_get(before, "when"));
        change.after = condition_words(diff, json_object_get(row, "when"));
        diff_add(diff, change);
    }
    json_t *all = keep(diff, json_copy(before));
    json_object_update_missing(all, row);
    json_object_foreach(all, metric, value) {
        if (!is_metric(metric))
            continue;
        struct change change = base;
        change.what = say(diff, "%s", metric);
        change.path = say(diff, "%s.%s", base.path, metric);
        tell_promise(lists, change, promise_of(&diff->old, lists->old, before, metric),
                     promise_of(&diff->new, lists->new, row, metric));
    }
}

/* Does the order of two rows matter to any incident? */
static bool has_shared_metric(json_t *row, json_t *other)
{
    const char *metric;
    json_t *value;
    json_object_foreach(row, metric, value)
        if (is_metric(metric) && json_object_get(other, metric) != NULL)
            return true;
    return false;
}

/* The rows that a moved one has passed, as far as incidents may match both. */
static void tell_move(struct lists *lists, size_t place)
{
    struct diff *diff = lists->diff;
    size_t before = lists->pairs.to_old[place], shown = 0, i;
    json_t *rows = rows_of(lists->new), *row = json_array_get(rows, place), *other;
    char *passed = NULL;
    json_array_foreach(rows, i, other) {
        size_t was = lists->pairs.to_old[i];
        bool crossed = was != NOWHERE && i != place && (was < before) != (i < place);
        if (!crossed || !has_shared_metric(row, other) ||
            condition_excludes(diff, json_object_get(row, "when"), json_object_get(other, "when")))
            continue;
        if (shown++ < 3)
            passed = say(diff, "%s%s%s", passed != NULL ? passed : "", passed != NULL ? ", " : "",
                         say(diff, "%s %s", i > place ? "before" : "behind",
                             row_label(lists, other, i)));
    }
    struct change change = {.section = "targets", .kind = "moved",
                            .path = say(diff, "%s[%zu]", lists->path, place),
                            .subject = row_label(lists, row, place), .what = say(diff, "place"),
                            .before = say(diff, "%zu", before + 1),
                            .after = say(diff, "%zu", place + 1)};
    change.direction = passed != NULL ? DIRECTION_CHANGED : DIRECTION_NONE;
    change.note = passed == NULL ? say(diff, "no incident matches two of the rows: no effect")
                  : shown > 3    ? say(diff, "now %s and %zu more", passed, shown - 3)
                                 : say(diff, "now %s", passed);
    diff_add(diff, change);
}

void diff_rows(struct diff *diff, json_t *old, json_t *new, const char *path, const char *prefix)
{
    struct lists lists = {diff, old, new, {0}, path, prefix};
    lists.pairs = pair_items(diff, rows_of(old), rows_of(new), row_key);
    for (size_t i = 0; i < lists.pairs.new_count; i++) {
        if (lists.pairs.to_old[i] == NOWHERE) {
            tell_single(&lists, true, i);
            continue;
        }
        if (lists.pairs.is_moved[i])
            tell_move(&lists, i);
        tell_pair(&lists, i);
    }
    for (size_t i = 0; i < lists.pairs.old_count; i++)
        if (lists.pairs.to_new[i] == NOWHERE)
            tell_single(&lists, false, i);
    pairs_free(&lists.pairs);
}
