/* SPDX-License-Identifier: MIT */
/* A policy as canonical text: its top level, agreements and targets, what all sections share. */
#include "policy/dump.h"

#include <sla/dump.h>

void dump_text_field(struct dump *dump, const char *key, const struct text_field *field)
{
    if (field->at == NULL)
        return;
    dump_key(dump, key);
    dump_text(dump, field->value);
}

void dump_names(struct dump *dump, const struct text_list *list)
{
    if (list->count == 1) {
        dump_text(dump, list->items[0].value);
        return;
    }
    dump_begin_list(dump, DUMP_LINE);
    for (size_t i = 0; i < list->count; i++)
        dump_text(dump, list->items[i].value);
    dump_end(dump);
}

void dump_names_field(struct dump *dump, const char *key, const struct text_list *list)
{
    if (list->count == 0)
        return;
    dump_key(dump, key);
    dump_names(dump, list);
}

void dump_condition_field(struct dump *dump, const char *key, const struct condition_model *when)
{
    if (when == NULL)
        return;
    dump_key(dump, key);
    dump_condition(dump, when);
}

void dump_words(struct dump *dump, const struct node *at, const char *key)
{
    const struct node *words = at == NULL ? NULL : node_get(at, key);
    if (words == NULL)
        return;
    dump_key(dump, key);
    dump_text(dump, words->text);
}

void duration_build(struct text_builder *out, uint32_t unit, int64_t amount)
{
    static const struct {
        int64_t seconds;
        const char *letter;
    } units[] = {{3600, "h"}, {60, "m"}, {1, "s"}};
    if (unit != SLA_UNIT_SECONDS) {
        builder_add_number(out, amount);
        builder_add_c(out, unit == SLA_UNIT_WORKDAYS ? "wd" : "d");
        return;
    }
    if (amount == 0)
        builder_add_c(out, "0s");
    for (size_t i = 0; i < 3; i++) {
        if (amount >= units[i].seconds) {
            builder_add_number(out, amount / units[i].seconds);
            builder_add_c(out, units[i].letter);
        }
        amount %= units[i].seconds;
    }
}

void dump_duration(struct dump *dump, uint32_t unit, int64_t amount)
{
    struct text_builder text;
    builder_init(&text, dump->text.allocator);
    duration_build(&text, unit, amount);
    builder_add(&text, (sla_text){"", 1}); /* a C string */
    dump->text.failed = dump->text.failed || text.failed;
    dump_word(dump, text.failed ? "" : text.data);
    builder_free(&text);
}

static void dump_target(struct dump *dump, const struct target_model *target);

/* The values of a table: targets, else names. */
static void dump_entry(struct dump *dump, const struct entry_model *entry)
{
    if (entry->target != NULL)
        dump_target(dump, entry->target);
    else
        dump_text(dump, entry->value);
}

void dump_table(struct dump *dump, const struct table_model *table)
{
    dump_begin_map(dump, DUMP_BLOCK);
    dump_text_field(dump, "by", &table->by);
    dump_key(dump, "is");
    dump_begin_map(dump, DUMP_BLOCK);
    for (size_t i = 0; i < table->count; i++) {
        dump_name(dump, table->entries[i].key.value);
        dump_entry(dump, &table->entries[i]);
    }
    dump_end(dump);
    if (table->otherwise.at != NULL) {
        dump_key(dump, "default");
        dump_entry(dump, &table->otherwise);
    }
    dump_end(dump);
}

void dump_calendar_field(struct dump *dump, const struct calendar_ref *ref)
{
    if (ref->table != NULL) {
        dump_key(dump, "calendar");
        dump_table(dump, ref->table);
    } else {
        dump_text_field(dump, "calendar", &ref->name);
    }
}

static void dump_due(struct dump *dump, const sla_target *target)
{
    if (target->due == SLA_DUE_CLOSE) {
        dump_key(dump, "due");
        dump_word(dump, "close");
    } else if (target->due == SLA_DUE_TIME) {
        dump_key(dump, "due");
        dump_time_of_day(dump, (int32_t)target->due_time);
    }
    if (target->cutoff != SLA_NO_CUTOFF) {
        dump_key(dump, "cutoff");
        dump_time_of_day(dump, (int32_t)target->cutoff);
    }
}

static bool is_bare(const struct target_model *target)
{
    return target->type == TARGET_FIXED && target->calendar.at == NULL &&
           target->target.grace == 0 && target->target.due == SLA_DUE_SAME_TIME &&
           target->target.cutoff == SLA_NO_CUTOFF;
}

static void dump_target(struct dump *dump, const struct target_model *target)
{
    const sla_target *amount = &target->target;
    if (target->type == TARGET_NONE) {
        dump_word(dump, "none");
    } else if (target->type == TARGET_TABLE) {
        dump_table(dump, &target->table);
    } else if (is_bare(target)) {
        dump_duration(dump, amount->unit, amount->amount);
    } else {
        dump_begin_map(dump, DUMP_LINE);
        dump_text_field(dump, "agreed", &target->agreed);
        if (target->type == TARGET_FIXED || target->has_latest) {
            dump_key(dump, target->type == TARGET_FIXED ? "within" : "latest");
            dump_duration(dump, amount->unit, amount->amount);
        }
        dump_due(dump, amount);
        if (amount->grace != 0) {
            dump_key(dump, "grace");
            dump_duration(dump, SLA_UNIT_SECONDS, amount->grace);
        }
        dump_calendar_field(dump, &target->calendar);
        dump_end(dump);
    }
}

static void dump_rows(struct dump *dump, const struct agreement_model *agreement)
{
    dump_key(dump, "targets");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < agreement->count; i++) {
        const struct target_row_model *row = &agreement->rows[i];
        dump_begin_map(dump, DUMP_BLOCK);
        dump_text_field(dump, "name", &row->name);
        dump_condition_field(dump, "when", row->when);
        dump_calendar_field(dump, &row->calendar);
        for (size_t k = 0; k < row->count; k++) {
            dump_name(dump, row->promises[k].metric.value);
            dump_target(dump, &row->promises[k].target);
        }
        dump_end(dump);
    }
    dump_end(dump);
}

static void dump_agreement(struct dump *dump, const struct agreement_model *agreement)
{
    static const char *const kinds[] = {
        [SLA_KIND_SLA] = "sla", [SLA_KIND_OLA] = "ola", [SLA_KIND_UC] = "uc"};
    dump_begin_map(dump, DUMP_BLOCK);
    dump_text_field(dump, "name", &agreement->name);
    dump_words(dump, agreement->at, "description");
    if (agreement->kind != SLA_KIND_SLA) {
        dump_key(dump, "kind");
        dump_word(dump, kinds[agreement->kind]);
    }
    dump_condition_field(dump, "when", agreement->when);
    const struct number_field *dates[] = {&agreement->from, &agreement->until};
    for (size_t i = 0; i < 2; i++)
        if (dates[i]->at != NULL) {
            dump_key(dump, i == 0 ? "from" : "until");
            dump_date(dump, (sla_date)dates[i]->value);
        }
    dump_calendar_field(dump, &agreement->calendar);
    dump_rows(dump, agreement);
    dump_end(dump);
}

/* Does it say no more than `targets` at the top would? */
static bool is_top_level(const struct agreement_model *agreement)
{
    return agreement->name.at == NULL ||
           (text_equal(agreement->name.value, TEXT("default")) &&
            agreement->kind == SLA_KIND_SLA && agreement->when == NULL &&
            agreement->from.at == NULL && agreement->until.at == NULL &&
            agreement->calendar.at == NULL && node_get(agreement->at, "description") == NULL);
}

void dump_agreements(struct dump *dump, const struct model *model)
{
    if (model->agreement_count == 0)
        return;
    if (model->agreement_count == 1 && is_top_level(model->agreements)) {
        dump_rows(dump, model->agreements);
        return;
    }
    dump_key(dump, "agreements");
    dump_begin_list(dump, DUMP_BLOCK);
    for (size_t i = 0; i < model->agreement_count; i++)
        dump_agreement(dump, &model->agreements[i]);
    dump_end(dump);
}

static void dump_severities(struct dump *dump, const struct text_list *list)
{
    if (list->count == 0)
        return;
    dump_key(dump, "severities");
    dump_begin_list(dump, DUMP_LINE);
    for (size_t i = 0; i < list->count; i++)
        dump_text(dump, list->items[i].value);
    dump_end(dump);
}

/* In the order of the language's key table. */
static void dump_policy(struct dump *dump, const struct model *model)
{
    dump_begin_map(dump, DUMP_BLOCK);
    dump_key(dump, "sla");
    dump_number(dump, 1);
    dump_text_field(dump, "name", &model->name);
    dump_words(dump, model->root, "description");
    dump_key(dump, "timezone");
    dump_text(dump, model->zone.at == NULL ? TEXT("UTC") : model->zone.value);
    dump_calendar_field(dump, &model->calendar);
    dump_holidays(dump, model);
    dump_calendars(dump, model);
    dump_severities(dump, &model->severities);
    dump_classify(dump, model);
    dump_metrics(dump, model);
    dump_agreements(dump, model);
    dump_escalations(dump, model);
    dump_goals(dump, model);
    if (model->roll_deadlines) {
        dump_key(dump, "roll_deadlines");
        dump_flag(dump, true);
    }
    dump_tests(dump, model);
    dump_end(dump);
}

bool dump_keep(struct build *build, const struct model *model, struct sla_policy *policy)
{
    struct dump *dump = build_new(build, sizeof *dump);
    for (uint32_t format = 0; dump != NULL && format <= SLA_DUMP_JSON; format++) {
        dump_init(dump, build, format == SLA_DUMP_JSON);
        dump_policy(dump, model);
        if (!dump->text.failed)
            policy->dumps[format] = arena_text(&policy->arena, builder_text(&dump->text));
        if (policy->dumps[format].data == NULL)
            build_fail(build, SLA_ERROR_MEMORY);
        builder_free(&dump->text);
    }
    return build->status == SLA_OK;
}

sla_status sla_policy_dump(const sla_policy *policy, uint32_t format, sla_text *out_text)
{
    if (policy == NULL || out_text == NULL || format > SLA_DUMP_JSON)
        return SLA_ERROR_ARGUMENT;
    if (policy->dumps[format].data == NULL)
        return SLA_ERROR_NOT_FOUND;
    *out_text = policy->dumps[format];
    return SLA_OK;
}
