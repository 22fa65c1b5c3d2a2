/* SPDX-License-Identifier: MIT */
/* What the parts of the command diff share: both policies as JSON, and the list of changes. */
#ifndef DIFF_H
#define DIFF_H

#include "tool.h"

#include <jansson.h>

#define NOWHERE SIZE_MAX

/* What a change does to promises, and to the hours of calendars. */
enum direction {
    DIRECTION_NONE, /* it is about something else */
    DIRECTION_TIGHTER,
    DIRECTION_LOOSER,
    DIRECTION_CHANGED, /* neither of both, or for some incidents this and for others that */
    DIRECTION_LONGER,  /* a calendar: open whenever it was, and more */
    DIRECTION_SHORTER,
};

struct change {
    const char *section; /* the key at the top of the policy: "targets" */
    const char *kind;    /* added, removed, changed, moved, renamed */
    char *path;          /* "agreements[gold].targets[2].resolution", in the new policy if there */
    char *subject;       /* what it is about: "row 2 (severity: urgent)"; may be NULL */
    char *what;          /* which part of it: "resolution"; may be NULL */
    char *before, *after; /* may be NULL */
    char *note;          /* what follows from it; may be NULL */
    enum direction direction;
};

struct side {
    sla_policy *policy;
    json_t *root;
    json_t *calendars; /* by name, with what they inherit */
    json_t *always;    /* "24x7": what a policy without calendars counts on */
};

struct diff {
    struct side old, new;
    struct change *changes;
    size_t count, capacity;
    char **texts; /* of all that was said; freed at the end */
    size_t text_count, text_capacity;
    json_t *kept;      /* values that were made on the way */
    json_t *renamed;   /* calendars: new name -> old name; the old policy's JSON has the new ones */
    json_t *conjuncts; /* of conditions, by where they are */
    json_t *relations; /* between calendars, by "old\nnew" */
};

/* A text that lives as long as the diff. */
char *say(struct diff *diff, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Keeps a new reference until the end; returns it. */
json_t *keep(struct diff *diff, json_t *value) __attribute__((returns_nonnull));

/* The text behind a key, or NULL; a value as a list of itself, if it is none; is a calendar made of
   others? (diff_values.c) */
const char *text_at(json_t *map, const char *key);
json_t *as_list(struct diff *diff, json_t *value);
bool is_made(json_t *calendar);

/* Adds a change; its texts come from say() or are constant. */
void diff_add(struct diff *diff, struct change change);

/* Sections, in the order in which they are told. */
void diff_policy(struct diff *diff);
void diff_targets(struct diff *diff);
void diff_escalations(struct diff *diff);
void diff_calendars(struct diff *diff);
void diff_holidays(struct diff *diff);
void diff_severities(struct diff *diff);
void diff_classify(struct diff *diff);
void diff_metrics(struct diff *diff);
void diff_goals(struct diff *diff);
void diff_tests(struct diff *diff);

/* Prints all changes as text for people. */
void diff_print(const struct diff *diff);
json_t *diff_json(const struct change *change);

/* The rows of an agreement (`old` and `new`), whose list has this path in the new policy; `prefix`
   stands before the rows' labels. */
void diff_rows(struct diff *diff, json_t *old, json_t *new, const char *path, const char *prefix);

/* One change of one key whose values can be said by `words`; nothing if they are equal. `base` has
   section, subject and path (the key is added to it). */
typedef char *(*words_of)(struct diff *diff, json_t *value);
/* Tells that keys that are on both sides have another order. */
void diff_order(struct diff *diff, struct change base, json_t *old, json_t *new);
void diff_key(struct diff *diff, struct change base, const char *key, json_t *old, json_t *new,
              words_of words);

/* For qsort(): texts bytewise. */
int diff_by_text(const void *a, const void *b);

/* Values in words (diff_words.c). */
char *value_words(struct diff *diff, json_t *value);     /* a text, a list, or compact JSON */
char *condition_words(struct diff *diff, json_t *when);  /* "severity: urgent, region: city" */
char *trigger_words(struct diff *diff, json_t *trigger); /* "opened or reopened" */
char *key_text(struct diff *diff, json_t *value);        /* canonical; the same for equal values */

/* What must hold, each by a text of its own, whatever way of writing was chosen (diff_condition.c):
   "=severity" has the list of values that are allowed, other keys have true. NULL: nothing. */
json_t *conjuncts_of(struct diff *diff, json_t *when);
char *condition_key(struct diff *diff, json_t *when);
/* Does b hold whenever a does; can they never hold both? False: that is not known. */
bool condition_implies(struct diff *diff, json_t *a, json_t *b);
bool condition_excludes(struct diff *diff, json_t *a, json_t *b);

/* Lists whose items are matched by name, else by what they are about, else by place
   (diff_pairs.c). `key` gives what an item is about, as a text, or NULL. */
struct pairs {
    size_t old_count, new_count;
    size_t *to_new, *to_old; /* NOWHERE: it is only on one side */
    bool *is_moved;          /* of the new ones: its place among those on both sides is another */
};
typedef char *(*key_of)(struct diff *diff, json_t *item);
struct pairs pair_items(struct diff *diff, json_t *old, json_t *new, key_of key);
void pairs_free(struct pairs *pairs);

/* One item of either side, by its number in the new ones and then the old ones. */
struct pair_item {
    bool is_new;
    size_t place; /* in its list */
    size_t twin;  /* the place of the one on the other side, or NOWHERE */
    json_t *item;
};
struct pair_item pair_at(const struct pairs *pairs, json_t *old, json_t *new, size_t number);

/* How two calendars relate, over all the time that there is (diff_calendar_relation.c). */
enum relation {
    RELATION_SAME,
    RELATION_LONGER,  /* the new one is open whenever the old one is, and more */
    RELATION_SHORTER, /* the other way round */
    RELATION_OTHER,
};
enum relation calendar_relation(struct diff *diff, const char *old, const char *new);

/* The same as a direction of a calendar. For targets in working days it says nothing: a day that
   closes later is due later. */
enum direction relation_direction(enum relation relation);
/* Of two things that happen together. */
enum direction direction_of_both(enum direction a, enum direction b);

/* Calendars with what they inherit (diff_inherited.c), and which of them only changed their names:
   those get their new ones in the old policy, too. */
void calendars_resolve(struct diff *diff);

/* Days as "2026-12-24": each date of plain ranges by itself, other days by their rule. Tells each
   that is only on one side, or means something else on it (diff_days.c). */
void diff_days(struct diff *diff, struct change base, const char *word, json_t *old, json_t *new);
/* Weekly hours day by day (diff_week.c). */
void diff_week(struct diff *diff, struct change base, json_t *old, json_t *new);
char *week_words(struct diff *diff, json_t *hours);

/* A target with the calendar that it counts on, both as JSON. */
struct promise {
    json_t *target, *calendar;
};
char *promise_words(struct diff *diff, struct promise promise);
bool promise_is_same(struct diff *diff, struct promise old, struct promise new);
enum direction promise_direction(struct diff *diff, struct promise old, struct promise new);
/* What makes the direction hard to see: the calendar's own hours change, too. NULL: nothing. */
char *promise_note(struct diff *diff, struct promise old, struct promise new);
/* Seconds of 1h30m; -1: working or calendar days. */
int64_t duration_seconds(const char *text);

#endif
