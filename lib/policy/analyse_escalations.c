/* SPDX-License-Identifier: MIT */
/* Escalations: entries that no clock ever gets, and warnings that come with the clock's start. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"

#define PAIRS_TOTAL 4000000u /* clocks times entries: more are not looked at */
#define ROWS_SHOWN 3u

/* The clocks of one metric in one agreement. */
struct clocks {
    uint32_t agreement, metric;
    uint32_t set;   /* incidents that have one */
    uint32_t taken; /* by earlier entries */
    size_t first_leaf, leaf_end;
};
struct entries {
    struct analysis *analysis;
    struct clocks *clocks;
    size_t clock_count;
    uint32_t *holds; /* of each entry so far */
    struct earlier *earlier;
};

/* A clock that refuses a later deadline keeps its agreement while attributes change: then which
   clocks there are does not hang on the attributes at hand. */
static void find_clocks(struct entries *entries)
{
    struct analysis *analysis = entries->analysis;
    const struct model *model = analysis->compile->model;
    uint32_t *place = build_array(analysis->build, model->metric_count, sizeof *place);
    uint32_t agreement = INDEX_NONE;
    size_t first = 0;
    for (size_t i = 0; place != NULL && i < analysis->leaf_count; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (leaf->agreement != agreement) {
            memset(place, 0, model->metric_count * sizeof *place);
            agreement = leaf->agreement;
            first = i;
        }
        if (leaf->target == NULL || leaf->target->type == TARGET_NONE)
            continue;
        if (place[leaf->metric] == 0) {
            entries->clocks[entries->clock_count++] =
                (struct clocks){agreement, leaf->metric, SET_NONE, SET_NONE, first, i};
            place[leaf->metric] = (uint32_t)entries->clock_count;
        }
        struct clocks *clocks = &entries->clocks[place[leaf->metric] - 1];
        clocks->leaf_end = i + 1;
        clocks->set = leaf->metric_model->never_loosen
                          ? SET_ALL
                          : sets_or(&analysis->sets, clocks->set, leaf->set);
    }
}

static bool names(const struct text_list *list, sla_text name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].value, name))
            return true;
    return list->count == 0;
}

static bool fits(const struct analysis *analysis, const struct escalation_model *entry,
                 const struct clocks *clocks)
{
    const struct model *model = analysis->compile->model;
    const struct agreement_model *agreement = &model->agreements[clocks->agreement];
    return (entry->scope.kinds == 0 || (entry->scope.kinds & 1u << agreement->kind) != 0) &&
           names(&entry->scope.metrics, model->metrics[clocks->metric].name.value) &&
           names(&entry->scope.agreements, agreement->name.value);
}

/* D1 alone: then the step's instant is sure. A step that counts on a calendar of its own needs one
   that is never open while the clock's is not: the clock's must always be. */
static bool is_at_start(struct analysis *analysis, const struct step_model *step,
                        const struct leaf *leaf)
{
    const sla_target *target = &leaf->target->target;
    if (leaf->target->type != TARGET_FIXED || target->unit != SLA_UNIT_SECONDS ||
        step->offset < target->amount || step->offset == 0)
        return false;
    if (step->calendar.at == NULL)
        return true;
    const sla_calendar *own = leaf_calendar(analysis, leaf);
    const sla_calendar *steps = analysis->compile->calendars.items[compile_calendar_name(
        analysis->compile, step->calendar.at, step->calendar.value)];
    return own != NULL && (own == steps || calendar_is_always(own));
}

/* `early` warnings of an entry, for the clocks that get it. */
static void find_early(const struct entries *entries, const struct step_model *step,
                       const struct clocks *clocks, uint32_t chosen, struct related_place *places,
                       size_t *count)
{
    struct analysis *analysis = entries->analysis;
    for (size_t i = clocks->first_leaf; i < clocks->leaf_end && *count < ROWS_SHOWN; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (leaf->metric != clocks->metric || leaf->target == NULL ||
            !is_at_start(analysis, step, leaf) ||
            !set_has_some(sets_and(&analysis->sets, leaf->set, chosen)))
            continue;
        places[(*count)++] = (struct related_place){leaf->target->at, "this target is no longer"};
    }
}

static void analyse_steps(const struct entries *entries, const struct escalation_model *entry,
                          uint32_t holds)
{
    struct analysis *analysis = entries->analysis;
    for (size_t i = 0; i < entry->count; i++) {
        const struct step_model *step = &entry->steps[i];
        struct related_place places[ROWS_SHOWN];
        size_t count = 0;
        condition_set(analysis, step->when, true);
        if (step->type != STEP_BEFORE)
            continue;
        for (size_t k = 0; k < entries->clock_count && count < ROWS_SHOWN; k++) {
            const struct clocks *clocks = &entries->clocks[k];
            if (!fits(analysis, entry, clocks))
                continue;
            find_early(entries, step, clocks,
                       sets_minus(&analysis->sets, holds, clocks->taken), places, &count);
        }
        if (count > 0)
            report_places(analysis->build, CODE_WARNING_AT_START, node_get(step->at, "at"),
                          node_get(step->at, "at")->text, TEXT_NONE, TEXT_NONE, places, count);
    }
}

static void tell_entry(const struct entries *entries, size_t number, uint32_t holds)
{
    struct analysis *analysis = entries->analysis;
    const struct model *model = analysis->compile->model;
    struct takers takers = {.count = 0};
    bool has_clocks = false;
    for (size_t k = 0; k < entries->clock_count && takers.count < EARLIER_MAX; k++) {
        const struct clocks *clocks = &entries->clocks[k];
        size_t count = 0;
        if (!fits(analysis, &model->escalations[number], clocks))
            continue;
        has_clocks = true;
        for (size_t i = 0; i < number; i++)
            if (fits(analysis, &model->escalations[i], clocks))
                entries->earlier[count++] =
                    (struct earlier){model->escalations[i].at, entries->holds[i],
                                     "this entry takes what it would match"};
        takers_find(analysis, sets_and(&analysis->sets, clocks->set, holds), entries->earlier,
                    count, &takers);
    }
    if (takers.count > 0)
        tell_unreachable(analysis, CODE_ESCALATION_UNREACHABLE, model->escalations[number].at,
                         TEXT_NONE, &takers);
    else
        report(analysis->build, CODE_ESCALATION_UNREACHABLE, model->escalations[number].at,
               TEXT_NONE, TEXT_NONE,
               has_clocks ? TEXT("no incident that has such a clock matches")
                          : TEXT("no target makes such a clock"));
}

static void analyse_entry(struct entries *entries, size_t number, bool *undecided)
{
    struct analysis *analysis = entries->analysis;
    struct sets *sets = &analysis->sets;
    const struct escalation_model *entry = &analysis->compile->model->escalations[number];
    uint32_t holds = condition_set(analysis, entry->scope.when, true);
    bool reached = entries->clock_count == 0; /* nothing is promised: that is another matter */
    entries->holds[number] = holds;
    for (size_t k = 0; k < entries->clock_count; k++) {
        const struct clocks *clocks = &entries->clocks[k];
        if (!fits(analysis, entry, clocks))
            continue;
        uint32_t here = sets_minus(sets, sets_and(sets, clocks->set, holds), clocks->taken);
        reached = reached || !set_is_none(here);
        *undecided = *undecided || here == SET_LOST;
    }
    if (!reached && !set_is_none(holds))
        tell_entry(entries, number, holds);
    analyse_steps(entries, entry, holds);
    for (size_t k = 0; k < entries->clock_count; k++)
        if (fits(analysis, entry, &entries->clocks[k]))
            entries->clocks[k].taken = sets_or(sets, entries->clocks[k].taken, holds);
}

void analyse_escalations(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    struct entries entries = {.analysis = analysis};
    size_t count = model->escalation_count;
    bool undecided = false;
    if (count == 0)
        return;
    entries.clocks = build_array(analysis->build, analysis->leaf_count, sizeof(struct clocks));
    entries.holds = build_array(analysis->build, count, sizeof *entries.holds);
    entries.earlier = build_array(analysis->build, count, sizeof *entries.earlier);
    if (entries.clocks == NULL || entries.holds == NULL || entries.earlier == NULL)
        return;
    space_begin(analysis);
    for (size_t i = 0; i < model->agreement_count; i++)
        targets_ask(analysis, &model->agreements[i]);
    for (size_t i = 0; i < count; i++) {
        space_ask(analysis, model->escalations[i].scope.when);
        for (size_t k = 0; k < model->escalations[i].count; k++)
            space_ask(analysis, model->escalations[i].steps[k].when);
    }
    space_work(analysis);
    find_clocks(&entries);
    if (entries.clock_count > PAIRS_TOTAL / count) {
        tell_undecided(analysis, model->escalations[0].at->parent->key, "which entry is chosen");
        return;
    }
    for (size_t i = 0; i < count; i++)
        analyse_entry(&entries, i, &undecided);
    if (undecided && analysis->told_undecided == 0)
        tell_undecided(analysis, model->escalations[0].at->parent->key, "which entry is chosen");
}
