/* SPDX-License-Identifier: MIT */
/* Targets: how long is allowed, by metric, row by row, in one agreement or several. */
#include "policy/decode.h"

#include "base/words.h"
#include "time/instant.h"

static bool decode_target(struct build *build, const struct node *node, struct target_model *out);

static bool decode_due(struct build *build, const struct node *node, sla_target *target)
{
    int32_t time;
    if (node_is_word(node, "same_time")) {
        target->due = SLA_DUE_SAME_TIME;
    } else if (node_is_word(node, "close")) {
        target->due = SLA_DUE_CLOSE;
    } else if (time_of_day_parse(node->text, &time)) {
        target->due = SLA_DUE_TIME;
        target->due_time = (uint32_t)time;
    } else {
        report(build, CODE_BAD_TIME, node, node->text, TEXT_NONE,
               TEXT("write same_time, close, or a time such as 17:00"));
        return false;
    }
    return true;
}

/* `due` and `cutoff` say where in a working day; other units have no use for them. */
static bool decode_workday_keys(struct build *build, const struct node *map,
                                const struct node *duration, sla_target *target)
{
    const struct node *due = keys_value(map, MAP_TARGET, "due");
    const struct node *cutoff = keys_value(map, MAP_TARGET, "cutoff");
    struct number_field time;
    bool good = due == NULL || decode_due(build, due, target);
    if (cutoff != NULL) {
        good = decode_time_of_day(build, cutoff, &time) && good;
        if (good)
            target->cutoff = (uint32_t)time.value;
    }
    for (int i = 0; i < 2 && good; i++) {
        const struct node *key = i == 0 ? due : cutoff;
        if (key != NULL && target->unit != SLA_UNIT_WORKDAYS) {
            report_related(build, CODE_NEEDS_WORKDAYS, key, i == 0 ? TEXT("due") : TEXT("cutoff"),
                           TEXT_NONE, TEXT("working days are written 5wd"), duration,
                           TEXT("the target is here"));
            good = false;
        }
    }
    return good;
}

static bool decode_target_map(struct build *build, const struct node *node,
                              struct target_model *out)
{
    if (!keys_check(build, node, MAP_TARGET, NULL) ||
        decode_exclusive(build, node, "within", "agreed") ||
        decode_exclusive(build, node, "within", "latest"))
        return false;
    const struct node *within = keys_value(node, MAP_TARGET, "within");
    const struct node *agreed = keys_value(node, MAP_TARGET, "agreed");
    const struct node *latest = keys_value(node, MAP_TARGET, "latest");
    const struct node *grace = keys_value(node, MAP_TARGET, "grace");
    const struct node *duration = within != NULL ? within : latest;
    struct number_field seconds = {0, NULL};
    decode_calendar_ref(build, node, MAP_TARGET, NULL, &out->calendar);
    if (node_get(node, "within") == NULL && node_get(node, "agreed") == NULL) {
        keys_missing(build, node, MAP_TARGET, "a target", "within");
        return false;
    }
    bool good = within != NULL || agreed != NULL;
    out->type = agreed != NULL ? TARGET_AGREED : TARGET_FIXED;
    out->target.unit = SLA_UNIT_WORKDAYS; /* without `latest`: nothing to hold `due` against */
    out->target.cutoff = SLA_NO_CUTOFF;
    if (agreed != NULL)
        good = decode_name(build, agreed, "agreed", &out->agreed);
    if (duration != NULL) {
        good = decode_target_duration(build, duration, &out->target) && good;
        out->duration_at = duration;
        out->has_latest = latest != NULL;
    }
    if (good)
        good = decode_workday_keys(build, node, duration, &out->target);
    if (grace != NULL)
        good = decode_duration(build, grace, &seconds) && good;
    out->target.grace = seconds.value;
    return good;
}

static bool decode_target_table(struct build *build, const struct node *node,
                                struct target_model *out)
{
    out->type = TARGET_TABLE;
    if (!keys_check(build, node, MAP_TABLE, NULL) ||
        !decode_table(build, node, MAP_TABLE, NULL, &out->table))
        return false;
    bool good = true;
    struct table_model *table = &out->table;
    for (size_t i = 0; i <= table->count; i++) {
        struct entry_model *entry = i < table->count ? &table->entries[i] : &table->otherwise;
        if (entry->at == NULL)
            continue;
        entry->target = build_new(build, sizeof *entry->target);
        if (entry->target == NULL)
            return false;
        entry->target->at = entry->at;
        if (node_is(entry->at, NODE_MAP) && node_get(entry->at, "by") != NULL) {
            report(build, CODE_TABLE_IN_TABLE, entry->at, TEXT_NONE, TEXT_NONE, TEXT_NONE);
            entry->target->broken = true;
        } else {
            entry->target->broken = !decode_target(build, entry->at, entry->target);
        }
        good = good && !entry->target->broken;
    }
    return good;
}

/* One of its two keys may be misspelt. */
static bool is_table(const struct node *node)
{
    return node_get(node, "by") != NULL || node_get(node, "is") != NULL;
}

static bool decode_target(struct build *build, const struct node *node, struct target_model *out)
{
    out->at = node;
    if (!keys_expect(build, node, "a target", NODE_TEXT | NODE_MAP))
        return false;
    if (node_is_word(node, "none")) {
        out->type = TARGET_NONE;
        return true;
    }
    if (node->type == NODE_MAP)
        return is_table(node) ? decode_target_table(build, node, out)
                              : decode_target_map(build, node, out);
    out->type = TARGET_FIXED;
    out->duration_at = node;
    return decode_target_duration(build, node, &out->target);
}

static bool decode_row(struct build *build, const struct node *node, const struct model *model,
                       struct target_row_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_TARGET_ROW, &model->metric_names))
        return false;
    const struct node *when = keys_value(node, MAP_TARGET_ROW, "when");
    const struct node *name = keys_value(node, MAP_TARGET_ROW, "name");
    if (when != NULL)
        out->when = decode_condition(build, when);
    if (name != NULL)
        decode_name(build, name, "name", &out->name);
    decode_calendar_ref(build, node, MAP_TARGET_ROW, &model->metric_names, &out->calendar);
    out->promises = build_array(build, node->count, sizeof *out->promises);
    if (out->promises == NULL)
        return false;
    for (const struct member *member = node->members; member != NULL; member = member->next) {
        sla_text key = member->key->text;
        if (text_equal(key, TEXT("when")) || text_equal(key, TEXT("name")) ||
            text_equal(key, TEXT("calendar")) || text_table_find(&model->metric_names, key) == 0)
            continue;
        struct promise_model *promise = &out->promises[out->count++];
        promise->metric = (struct text_field){key, member->key};
        promise->target.broken = !decode_target(build, member->value, &promise->target);
    }
    if (out->count == 0 && !keys_is_doubtful(node, MAP_TARGET_ROW, &model->metric_names))
        report(build, CODE_ROW_WITHOUT_TARGET, node, TEXT_NONE, TEXT_NONE, TEXT_NONE);
    return true;
}

static void decode_rows(struct build *build, const struct node *list, const struct model *model,
                        struct agreement_model *out)
{
    if (list == NULL || decode_is_empty_list(build, list, "targets"))
        return;
    out->rows = build_array(build, list->count, sizeof *out->rows);
    if (out->rows == NULL)
        return;
    for (const struct member *item = list->members; item != NULL; item = item->next)
        if (decode_row(build, item->value, model, &out->rows[out->count]))
            out->count++;
}

void decode_targets(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    model->agreements = build_array(build, 1, sizeof *model->agreements);
    if (model->agreements == NULL)
        return;
    model->agreement_count = 1;
    model->agreements->name.value = TEXT("default");
    model->agreements->kind = SLA_KIND_SLA;
    model->agreements->at = node;
    decode_rows(build, node, model, model->agreements);
}

static bool decode_agreement(struct build *build, const struct node *node,
                             const struct model *model, struct agreement_model *out)
{
    out->at = node;
    if (!keys_check(build, node, MAP_AGREEMENT, NULL))
        return false;
    const struct node *name = keys_value(node, MAP_AGREEMENT, "name");
    const struct node *kind = keys_value(node, MAP_AGREEMENT, "kind");
    const struct node *when = keys_value(node, MAP_AGREEMENT, "when");
    const struct node *from = keys_value(node, MAP_AGREEMENT, "from");
    const struct node *until = keys_value(node, MAP_AGREEMENT, "until");
    if (name != NULL)
        decode_name(build, name, "the name of an agreement", &out->name);
    if (kind != NULL)
        decode_word(build, kind, "kind", kind_words, &out->kind);
    if (when != NULL)
        out->when = decode_condition(build, when);
    if (from != NULL)
        decode_date(build, from, &out->from);
    if (until != NULL)
        decode_date(build, until, &out->until);
    if (out->from.at != NULL && out->until.at != NULL && out->until.value < out->from.value)
        report_related(build, CODE_RANGE_BACKWARDS, until, until->text, from->text, TEXT_NONE, from,
                       TEXT("the range begins here"));
    decode_calendar_ref(build, node, MAP_AGREEMENT, NULL, &out->calendar);
    decode_rows(build, keys_value(node, MAP_AGREEMENT, "targets"), model, out);
    return true;
}

void decode_agreements(struct build *build, const struct node *node, struct model *model)
{
    if (node == NULL)
        return;
    if (decode_is_empty_list(build, node, "agreements")) {
        build->lost |= LOST_AGREEMENTS;
        return;
    }
    model->agreements = build_array(build, node->count, sizeof *model->agreements);
    if (model->agreements == NULL)
        return;
    for (const struct member *item = node->members; item != NULL; item = item->next) {
        struct agreement_model *agreement = &model->agreements[model->agreement_count];
        model->agreement_count += decode_agreement(build, item->value, model, agreement);
        if (agreement->name.at == NULL)
            build->lost |= LOST_AGREEMENTS;
    }
}
