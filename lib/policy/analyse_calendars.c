/* SPDX-License-Identifier: MIT */
/* Calendars and holiday lists that nothing uses, and closing times in the middle of the night. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"
#include "time/zone.h"

#define FIRST_LOOK ((sla_time)1767225600) /* 2026-01-01: any year shows the night shifts */
#define STRETCHES_LOOKED_AT 1000u

struct uses {
    struct analysis *analysis;
    bool *calendars; /* by number; 24x7 is 0 */
};

static void use(struct uses *uses, const struct text_field *name)
{
    if (name->at != NULL)
        uses->calendars[compile_calendar_name(uses->analysis->compile, name->at, name->value)] =
            true;
}

static void use_ref(struct uses *uses, const struct calendar_ref *ref)
{
    use(uses, &ref->name);
    for (size_t i = 0; ref->table != NULL && i <= ref->table->count; i++) {
        const struct entry_model *entry =
            i < ref->table->count ? &ref->table->entries[i] : &ref->table->otherwise;
        use(uses, &(struct text_field){entry->value, entry->at});
    }
}

static void use_target(struct uses *uses, const struct target_model *target)
{
    use_ref(uses, &target->calendar);
    for (size_t i = 0; target->type == TARGET_TABLE && i <= target->table.count; i++) {
        const struct entry_model *entry =
            i < target->table.count ? &target->table.entries[i] : &target->table.otherwise;
        if (entry->target != NULL)
            use_ref(uses, &entry->target->calendar);
    }
}

static void use_all(struct uses *uses)
{
    const struct model *model = uses->analysis->compile->model;
    use_ref(uses, &model->calendar);
    for (size_t i = 0; i < model->agreement_count; i++) {
        const struct agreement_model *agreement = &model->agreements[i];
        use_ref(uses, &agreement->calendar);
        for (size_t k = 0; k < agreement->count; k++) {
            use_ref(uses, &agreement->rows[k].calendar);
            for (size_t m = 0; m < agreement->rows[k].count; m++)
                use_target(uses, &agreement->rows[k].promises[m].target);
        }
    }
    for (size_t i = 0; i < model->escalation_count; i++)
        for (size_t k = 0; k < model->escalations[i].count; k++) {
            use(uses, &model->escalations[i].steps[k].calendar);
            use(uses, &model->escalations[i].steps[k].only_in);
        }
    for (size_t i = 0; i < model->calendar_count; i++) {
        use(uses, &model->calendars[i].extends);
        for (size_t k = 0; k < model->calendars[i].member_count; k++)
            uses->calendars[model->calendars[i].members[k]] = true;
    }
    for (size_t i = 0; i < uses->analysis->calendars.count; i++) /* opened_in */
        uses->calendars[uses->analysis->calendars.items[i]] = true;
}

/* What an included file brings may be there for other policies. */
static bool is_own(const struct model *model, const struct text_field *name)
{
    return name->at != NULL && name->at->file == model->root->file;
}

static void tell_unused(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    struct uses uses = {.analysis = analysis};
    uses.calendars = build_array(analysis->build, model->calendar_count + 1, 1);
    bool *lists = build_array(analysis->build, model->holidays_count, 1);
    if (uses.calendars == NULL || lists == NULL)
        return;
    use_all(&uses);
    for (size_t i = 0; i < model->calendar_count; i++) {
        const struct calendar_model *calendar = &model->calendars[i];
        if (!uses.calendars[i + 1] && is_own(model, &calendar->name))
            report(analysis->build, CODE_CALENDAR_UNUSED, calendar->name.at, calendar->name.value,
                   TEXT_NONE, TEXT_NONE);
        for (size_t k = 0; k < calendar->holidays.count; k++)
            lists[text_table_find(&analysis->compile->holiday_names,
                                  calendar->holidays.items[k].value) - 1] = true;
    }
    for (size_t i = 0; i < model->holidays_count; i++)
        if (!lists[i] && is_own(model, &model->holidays[i].name))
            report(analysis->build, CODE_HOLIDAYS_UNUSED, model->holidays[i].name.at,
                   model->holidays[i].name.value, TEXT_NONE, TEXT_NONE);
}

/* A shift that runs past midnight: then the close of its first date is that midnight (C7, D2). */
struct night {
    sla_date date;
    int32_t end; /* second of the next date */
};

static bool find_night(const sla_calendar *calendar, struct night *out)
{
    sla_time at = FIRST_LOOK, end;
    for (size_t i = 0; i < STRETCHES_LOOKED_AT; i++) {
        int32_t second;
        if (calendar_next_open(calendar, at, &at) != SLA_OK ||
            calendar_next_close(calendar, at, &end) != SLA_OK)
            return false;
        out->date = zone_date(calendar_zone(calendar), at, &second);
        if (at > FIRST_LOOK && end - at < SECONDS_PER_DAY &&
            zone_date(calendar_zone(calendar), end - 1, &second) != out->date) {
            zone_date(calendar_zone(calendar), end, &out->end);
            return true;
        }
        at = end;
    }
    return false;
}

static void check_close(struct analysis *analysis, const struct leaf *leaf,
                        const sla_calendar *calendar)
{
    struct night night;
    struct text_builder date, hint;
    sla_text name;
    if (!find_night(calendar, &night))
        return;
    builder_init(&date, &analysis->build->allocator);
    builder_init(&hint, &analysis->build->allocator);
    words_of_date(night.date, &date);
    builder_add_c(&hint, "say the time: due: \"");
    words_of_time(night.end, &hint);
    builder_add_c(&hint, "\"");
    sla_calendar_name(calendar, &name);
    if (date.failed || hint.failed)
        build_fail(analysis->build, SLA_ERROR_MEMORY);
    else
        report(analysis->build, CODE_CLOSE_AT_NIGHT, leaf->target->at, name, builder_text(&date),
               builder_text(&hint));
    builder_free(&date);
    builder_free(&hint);
}

static void check_closes(struct analysis *analysis)
{
    struct compile *compile = analysis->compile;
    for (size_t i = 0; i < analysis->leaf_count; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (leaf->target == NULL || leaf->target->type == TARGET_NONE ||
            leaf->target->duration_at == NULL || leaf->target->target.due != SLA_DUE_CLOSE ||
            leaf->set == SET_LOST)
            continue;
        const sla_calendar *calendar = leaf_calendar(analysis, leaf);
        if (calendar != NULL)
            check_close(analysis, leaf, calendar);
        const struct table_model *table = calendar == NULL ? leaf->calendar->table : NULL;
        for (size_t k = 0; table != NULL && k <= table->count; k++) {
            const struct entry_model *entry =
                k < table->count ? &table->entries[k] : &table->otherwise;
            uint32_t number = compile_calendar_name(compile, entry->at, entry->value);
            check_close(analysis, leaf, compile->calendars.items[number]);
        }
    }
}

void analyse_calendars(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    if (model->agreement_count == 0)
        return; /* the host asks the calendars itself */
    tell_unused(analysis);
    check_closes(analysis);
}
