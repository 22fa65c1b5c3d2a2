/* SPDX-License-Identifier: MIT */
/* The canonical text of a policy: one walk over the checked model, two ways of writing. */
#ifndef POLICY_DUMP_H
#define POLICY_DUMP_H

#include "policy/dump_writer.h"
#include "policy/model.h"

/* Writes both formats into the policy, before names are resolved and calendars inherit: so the dump
   says what the author said, and grows with what was read, not with what it stands for. The model
   must be without faults. False: build->status says why. */
bool dump_keep(struct build *build, const struct model *model, struct sla_policy *policy);

/* Sections; each writes its key and value, or nothing. */
void dump_holidays(struct dump *dump, const struct model *model);
void dump_calendars(struct dump *dump, const struct model *model);
void dump_classify(struct dump *dump, const struct model *model);
void dump_metrics(struct dump *dump, const struct model *model);
void dump_agreements(struct dump *dump, const struct model *model);
void dump_escalations(struct dump *dump, const struct model *model);
void dump_goals(struct dump *dump, const struct model *model);
void dump_tests(struct dump *dump, const struct model *model);
/* Kinds of agreements, bits 1 << SLA_KIND_*; nothing if there are none. */
void dump_kinds(struct dump *dump, uint32_t kinds);

/* Weekly hours as a mapping of days (dump_hours.c). */
void dump_week(struct dump *dump, const struct week_hours *week);
/* The hours of a day: "09:00-12:00, 13:00-17:00", a list of such texts if it is long, or closed. */
void dump_day_hours(struct dump *dump, const struct intervals *hours);

/* `key: value`, nothing if there is no value. */
void dump_text_field(struct dump *dump, const char *key, const struct text_field *field);
void dump_names_field(struct dump *dump, const char *key, const struct text_list *list);
void dump_condition_field(struct dump *dump, const char *key, const struct condition_model *when);
void dump_calendar_field(struct dump *dump, const struct calendar_ref *ref);
/* What is written for readers alone: `name`, `description`; `at` may be NULL. */
void dump_words(struct dump *dump, const struct node *at, const char *key);

/* Values. */
void dump_names(struct dump *dump, const struct text_list *list); /* one: a text, else a list */
void dump_condition(struct dump *dump, const struct condition_model *condition);
/* {by, is, default} of names. */
void dump_table(struct dump *dump, const struct table_model *table);
void dump_date(struct dump *dump, sla_date date);
void dump_time_of_day(struct dump *dump, int32_t seconds);
void dump_duration(struct dump *dump, uint32_t unit, int64_t amount);
/* 1h30m, 5wd, 3d: the text of a duration, in its one normal form. */
void duration_build(struct text_builder *out, uint32_t unit, int64_t amount);

#endif
