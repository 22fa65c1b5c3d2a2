/* SPDX-License-Identifier: MIT */
/* From nodes to the model: typed scalars, and one function for each section of the language.
 * Every function tells what is wrong and leaves it out; NULL nodes are allowed and mean absent. */
#ifndef POLICY_DECODE_H
#define POLICY_DECODE_H

#include "policy/keys.h"
#include "policy/model.h"
#include "policy/report.h"

/* Typed scalars. */
bool decode_name(struct build *build, const struct node *node, const char *what,
                 struct text_field *out);
bool decode_text(struct build *build, const struct node *node, const char *what,
                 struct text_field *out);
bool decode_flag(struct build *build, const struct node *node, const char *what, bool *out);
bool decode_date(struct build *build, const struct node *node, struct number_field *out);
/* An instant with a time of day, of which the zone is not known yet: it stays a text. */
bool decode_instant(struct build *build, const struct node *node, sla_text hint,
                    struct text_field *out);
bool decode_time_of_day(struct build *build, const struct node *node, struct number_field *out);
bool decode_whole(struct build *build, const struct node *node, int64_t min, int64_t max,
                  struct number_field *out);
/* A duration in s, m, h. */
bool decode_duration(struct build *build, const struct node *node, struct number_field *out);
/* A duration in any unit, in a part of the node's text; `help` says how to write it. The rest of
   the target gets its defaults. */
bool decode_amount(struct build *build, const struct node *node, sla_text text, const char *help,
                   sla_target *out);
/* The same for a whole node; due, cutoff and grace get their defaults. */
bool decode_target_duration(struct build *build, const struct node *node, sla_target *out);
/* "50%", as a step has it. */
void decode_percent(struct build *build, const struct node *node, struct number_field *out);
/* One of `words` (NULL at the end): its number. */
bool decode_word(struct build *build, const struct node *node, const char *what,
                 const char *const *words, uint32_t *out);
/* One text, or a list of them; every one a name. False when one of them is none: `out` has the
   others. */
bool decode_names(struct build *build, const struct node *node, const char *what,
                  struct text_list *out);
/* Tells names that are there twice; each stands `width` bytes behind the one before, and those
   without a node are none. True if all differ. */
bool decode_names_differ(struct build *build, const struct text_field *first, size_t count,
                         size_t width);
static inline bool decode_no_twice(struct build *build, const struct text_list *list)
{
    return decode_names_differ(build, list->items, list->count, sizeof *list->items);
}
/* Which clocks an entry is about: its `metrics`, `kinds`, `agreements` and `when`. */
void decode_scope(struct build *build, const struct node *node, enum map_kind kind,
                  struct scope_model *out);
/* Tells that two keys of a mapping exclude each other, if both are there; true if they are. */
bool decode_exclusive(struct build *build, const struct node *map, const char *a, const char *b);

/* A list's items: how many there are, and the first; tells an empty list. */
bool decode_is_empty_list(struct build *build, const struct node *node, const char *what);
/* The same for a mapping whose keys are words of the language: x- keys say nothing. */
bool decode_says_nothing(struct build *build, const struct node *map, const char *what);

/* A name that the language keeps for itself is told: true. `hint` may be NULL. */
bool decode_reserved(struct build *build, const struct node *key, const char *what,
                     const char *const *reserved, const char *hint);

/* Sections, one file each. */
void decode_holidays(struct build *build, const struct node *node, struct model *model);
void decode_calendars(struct build *build, const struct node *node, struct model *model);
struct condition_model *decode_condition(struct build *build, const struct node *node);
void decode_classify(struct build *build, const struct node *node, struct model *model);
void decode_metrics(struct build *build, const struct node *node, struct model *model);
void decode_targets(struct build *build, const struct node *node, struct model *model);
void decode_agreements(struct build *build, const struct node *node, struct model *model);
void decode_escalations(struct build *build, const struct node *node, struct model *model);
void decode_goals(struct build *build, const struct node *node, struct model *model);
void decode_tests(struct build *build, const struct node *node, struct model *model);

/* {by, is, default} in a mapping whose keys were checked: keys and names; without `what` the
   values are left to the caller. */
bool decode_table(struct build *build, const struct node *node, enum map_kind kind,
                  const char *what, struct table_model *out);
void decode_trigger(struct build *build, const struct node *node, const char *what,
                    struct trigger_model *out);
/* The key `calendar` of a mapping; `more` are keys that it may have beside those of its kind. */
void decode_calendar_ref(struct build *build, const struct node *map, enum map_kind kind,
                         const struct text_table *more, struct calendar_ref *out);

/* Hours: a week, and the intervals of one day ("09:00-12:00, 13:00-17:00" or a list). */
bool decode_week(struct build *build, const struct node *node, struct week_hours *out);
bool decode_day_hours(struct build *build, const struct node *node, struct intervals *out);
/* The number of a weekday, 0 = Monday, or -1. */
int decode_weekday(sla_text name);

/* The whole policy: what stands in its own file. */
bool decode_policy(struct build *build, const struct node *root, struct model *out);
/* What stands in one of the files that it includes. */
void decode_included(struct build *build, const struct node *root, struct model *model);

#endif
