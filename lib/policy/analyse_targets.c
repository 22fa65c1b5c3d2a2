/* SPDX-License-Identifier: MIT */
/* Agreements and rows of targets: which incidents get which target, and what is never reached. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"
#include "time/zone.h"

/* The agreement that is looked at. */
struct rows {
    struct analysis *analysis;
    const struct agreement_model *agreement;
    uint32_t number;
    uint32_t inside;          /* the incidents to which it applies */
    uint32_t *taken;          /* of each metric: what earlier rows took */
    uint32_t *holds;          /* of each row so far: what its condition holds for */
    struct earlier *earlier;  /* outside of the agreement, then rows */
    bool undecided;
};

static uint32_t metric_of(const struct analysis *analysis, const struct promise_model *promise)
{
    return text_table_find(&analysis->compile->model->metric_names, promise->metric.value) - 1;
}

static const struct node *key_of(const struct node *node)
{
    return node->key != NULL ? node->key : node;
}

static void ask_target(struct analysis *analysis, const struct target_model *target)
{
    if (target->type == TARGET_TABLE)
        space_ask_slot(analysis, space_find(analysis, &target->table.by));
}

static void ask_agreement(struct analysis *analysis, const struct agreement_model *agreement)
{
    space_ask(analysis, agreement->when);
    if (agreement->from.at != NULL || agreement->until.at != NULL)
        space_ask_slot(analysis, 0);
}

static void ask_rows(struct analysis *analysis, const struct agreement_model *agreement)
{
    for (size_t i = 0; i < agreement->count; i++) {
        space_ask(analysis, agreement->rows[i].when);
        for (size_t k = 0; k < agreement->rows[i].count; k++)
            ask_target(analysis, &agreement->rows[i].promises[k].target);
    }
}

void targets_ask(struct analysis *analysis, const struct agreement_model *agreement)
{
    ask_agreement(analysis, agreement);
    ask_rows(analysis, agreement);
}

static void add_leaf(const struct rows *rows, uint32_t row, uint32_t metric, uint32_t set,
                     const struct target_model *target)
{
    struct analysis *analysis = rows->analysis;
    const struct model *model = analysis->compile->model;
    const struct calendar_ref *refs[] = {target == NULL ? NULL : &target->calendar,
                                         &rows->agreement->rows[row].calendar,
                                         &rows->agreement->calendar, &model->calendar};
    struct leaf leaf = {.agreement = rows->number, .row = row, .metric = metric, .set = set,
                        .target = target, .metric_model = &model->metrics[metric]};
    if (set == SET_NONE)
        return;
    for (size_t i = 0; i < 4 && leaf.calendar == NULL; i++)
        if (refs[i] != NULL && refs[i]->at != NULL)
            leaf.calendar = refs[i];
    analysis->leaves[analysis->leaf_count++] = leaf;
}

static void add_table(struct rows *rows, uint32_t row, uint32_t metric, uint32_t set,
                      const struct table_model *table)
{
    struct analysis *analysis = rows->analysis;
    const struct space_slot *by = &analysis->slots[space_find(analysis, &table->by)];
    uint32_t rest = set;
    for (size_t i = 0; i < table->count; i++) {
        const struct entry_model *entry = &table->entries[i];
        uint32_t equal = space_equal(by, entry->key.value);
        uint32_t here = sets_and(&analysis->sets, set, equal);
        if (set_is_none(equal))
            tell_never_has(analysis, by, &entry->key);
        else if (set_is_none(here) && !set_is_none(set))
            tell_unreachable(analysis, CODE_ENTRY_UNREACHABLE, entry->key.at, entry->key.value,
                             NULL);
        rest = sets_minus(&analysis->sets, rest, equal);
        add_leaf(rows, row, metric, here, entry->target);
    }
    add_leaf(rows, row, metric, rest, table->otherwise.target);
}

/* Earlier rows that name a metric, and what is outside of the agreement. */
static size_t earlier_for(const struct rows *rows, uint32_t row, uint32_t metric)
{
    struct analysis *analysis = rows->analysis;
    size_t count = 0;
    if (rows->agreement->when != NULL || rows->inside != SET_ALL)
        rows->earlier[count++] = (struct earlier){
            rows->agreement->at, sets_minus(&analysis->sets, SET_ALL, rows->inside),
            "this agreement has no such incidents"};
    for (uint32_t i = 0; i < row; i++) {
        const struct target_row_model *other = &rows->agreement->rows[i];
        for (size_t k = 0; k < other->count; k++)
            if (metric_of(analysis, &other->promises[k]) == metric)
                rows->earlier[count++] =
                    (struct earlier){other->at, rows->holds[i],
                                     "this row takes what it would match"};
    }
    return count;
}

/* Tells a row, or those of its targets, that no incident gets to. */
static void tell_row(struct rows *rows, uint32_t number, const bool *dead, bool whole)
{
    struct analysis *analysis = rows->analysis;
    const struct target_row_model *row = &rows->agreement->rows[number];
    struct takers takers = {.count = 0};
    for (size_t i = 0; i < row->count; i++) {
        const struct promise_model *promise = &row->promises[i];
        if (!dead[i])
            continue;
        size_t count = earlier_for(rows, number, metric_of(analysis, promise));
        takers_find(analysis, rows->holds[number], rows->earlier, count, &takers);
        if (whole)
            continue;
        tell_unreachable(analysis, CODE_TARGET_UNREACHABLE, promise->metric.at,
                         promise->metric.value, &takers);
        takers.count = 0;
    }
    if (whole)
        tell_unreachable(analysis, CODE_ROW_UNREACHABLE, row->at, TEXT_NONE, &takers);
}

static void analyse_row(struct rows *rows, uint32_t number)
{
    struct analysis *analysis = rows->analysis;
    struct sets *sets = &analysis->sets;
    const struct target_row_model *row = &rows->agreement->rows[number];
    uint32_t holds = condition_set(analysis, row->when, true);
    uint32_t inside = sets_and(sets, holds, rows->inside);
    rows->holds[number] = holds;
    bool *dead = build_array(analysis->build, row->count, sizeof *dead);
    size_t dead_count = 0;
    for (size_t i = 0; dead != NULL && i < row->count; i++) {
        const struct target_model *target = &row->promises[i].target;
        uint32_t metric = metric_of(analysis, &row->promises[i]);
        uint32_t here = sets_minus(sets, inside, rows->taken[metric]);
        rows->taken[metric] = sets_or(sets, rows->taken[metric], inside);
        rows->undecided = rows->undecided || here == SET_LOST;
        dead[i] = set_is_none(here);
        dead_count += dead[i];
        if (target->type == TARGET_TABLE)
            add_table(rows, number, metric, here, &target->table);
        else
            add_leaf(rows, number, metric, here, target);
    }
    if (dead_count > 0 && !set_is_none(holds) && !set_is_none(rows->inside))
        tell_row(rows, number, dead, dead_count == row->count);
}

static size_t count_leaves(const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; i < model->agreement_count; i++)
        for (size_t k = 0; k < model->agreements[i].count; k++) {
            const struct target_row_model *row = &model->agreements[i].rows[k];
            for (size_t m = 0; m < row->count; m++)
                count += row->promises[m].target.type == TARGET_TABLE
                             ? row->promises[m].target.table.count + 1
                             : 1;
        }
    return count;
}

/* Incidents that are opened while an agreement is in force. */
static uint32_t in_force(struct analysis *analysis, const struct agreement_model *agreement)
{
    const struct space_slot *opened = &analysis->slots[0];
    if (agreement->from.at == NULL && agreement->until.at == NULL)
        return SET_ALL;
    uint32_t set = opened->lost ? SET_LOST : SET_NONE;
    for (size_t i = 1; i < opened->values.count && !opened->lost; i++) {
        int32_t second;
        sla_date date = zone_date(analysis->compile->policy->zone, opened->values.items[i].at,
                                  &second);
        if ((agreement->from.at == NULL || date >= agreement->from.value) &&
            (agreement->until.at == NULL || date <= agreement->until.value))
            set = sets_or(&analysis->sets, set, opened->values.items[i].set);
    }
    return set;
}

/* Which incidents each agreement has: of each kind the first that matches. */
static void analyse_agreements(struct analysis *analysis, uint64_t *support)
{
    struct sets *sets = &analysis->sets;
    const struct model *model = analysis->compile->model;
    size_t count = model->agreement_count, earlier_count[3] = {0, 0, 0};
    uint32_t taken[3] = {SET_NONE, SET_NONE, SET_NONE};
    struct earlier *earlier[3];
    bool undecided = false;
    for (size_t i = 0; i < 3; i++) {
        earlier[i] = build_array(analysis->build, count, sizeof *earlier[i]);
        if (earlier[i] == NULL)
            return;
    }
    space_begin(analysis);
    for (size_t i = 0; i < count; i++)
        ask_agreement(analysis, &model->agreements[i]);
    memcpy(support, analysis->support, analysis->support_words * sizeof *support);
    space_work(analysis);
    for (size_t i = 0; i < count; i++) {
        const struct agreement_model *agreement = &model->agreements[i];
        uint32_t kind = agreement->kind;
        uint32_t holds = condition_set(analysis, agreement->when, true);
        uint32_t mine = sets_and(sets, holds, in_force(analysis, agreement));
        analysis->agreement_sets[i] = sets_minus(sets, mine, taken[kind]);
        undecided = undecided || analysis->agreement_sets[i] == SET_LOST;
        if (set_is_none(analysis->agreement_sets[i]) && !set_is_none(holds)) {
            struct takers takers = {.count = 0};
            takers_find(analysis, mine, earlier[kind], earlier_count[kind], &takers);
            tell_unreachable(analysis, CODE_AGREEMENT_UNREACHABLE, agreement->at,
                             agreement->name.value, &takers);
        }
        earlier[kind][earlier_count[kind]++] = (struct earlier){
            agreement->at, mine, "this agreement takes what it would match"};
        taken[kind] = sets_or(sets, taken[kind], mine);
    }
    if (undecided)
        tell_undecided(analysis, key_of(model->agreements[0].at->parent),
                       "which agreements apply");
}

void analyse_targets(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    size_t most = 0;
    for (size_t i = 0; i < model->agreement_count; i++)
        most = model->agreements[i].count > most ? model->agreements[i].count : most;
    struct rows rows = {.analysis = analysis};
    uint64_t *support = build_array(analysis->build, analysis->support_words, sizeof *support);
    rows.holds = build_array(analysis->build, most, sizeof *rows.holds);
    rows.taken = build_array(analysis->build, model->metric_count, sizeof *rows.taken);
    rows.earlier = build_array(analysis->build, most + 1, sizeof *rows.earlier);
    analysis->leaves = build_array(analysis->build, count_leaves(model), sizeof(struct leaf));
    analysis->agreement_sets =
        build_array(analysis->build, model->agreement_count, sizeof(uint32_t));
    if (rows.taken == NULL || rows.earlier == NULL || rows.holds == NULL || support == NULL ||
        analysis->leaves == NULL || analysis->agreement_sets == NULL ||
        model->agreement_count == 0)
        return;
    analyse_agreements(analysis, support);
    for (uint32_t i = 0; i < model->agreement_count; i++) {
        rows.agreement = &model->agreements[i];
        rows.number = i;
        rows.inside = analysis->agreement_sets[i];
        rows.undecided = false;
        memset(rows.taken, 0, model->metric_count * sizeof *rows.taken);
        memcpy(analysis->support, support, analysis->support_words * sizeof *support);
        ask_rows(analysis, rows.agreement);
        space_work(analysis);
        for (uint32_t k = 0; k < rows.agreement->count; k++)
            analyse_row(&rows, k);
        if (rows.undecided && rows.inside != SET_LOST)
            tell_undecided(analysis, key_of(rows.agreement->at),
                           "which of these targets are reached");
    }
}
