/* SPDX-License-Identifier: MIT */
/* Coverage: combinations for which no row promises a target of a metric that other rows promise. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"
#include "time/zone.h"

#define COMBINATIONS_SHOWN 3u

/* A metric in all agreements of a kind. */
struct coverage {
    struct analysis *analysis;
    uint32_t kind;
    uint32_t covered;
    const struct leaf *last; /* the last that promises more than `none` */
};

/* SLAs are meant for every incident, unless a target says `none`; but before the first and after
   the last date of all agreements nothing was agreed. */
static uint32_t meant_by_sla(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    const struct space_slot *opened = &analysis->slots[0];
    uint32_t set = SET_NONE;
    bool from_ever = false, until_ever = false;
    sla_date from = DATE_MAX, until = DATE_MIN;
    for (size_t i = 0; i < model->agreement_count; i++) {
        const struct agreement_model *agreement = &model->agreements[i];
        if (agreement->kind != SLA_KIND_SLA)
            continue;
        from_ever = from_ever || agreement->from.at == NULL;
        until_ever = until_ever || agreement->until.at == NULL;
        if (agreement->from.at != NULL && agreement->from.value < from)
            from = (sla_date)agreement->from.value;
        if (agreement->until.at != NULL && agreement->until.value > until)
            until = (sla_date)agreement->until.value;
    }
    if (from_ever && until_ever)
        return SET_ALL;
    for (size_t i = 1; i < opened->values.count && !opened->lost; i++) {
        int32_t second;
        sla_date date = zone_date(analysis->compile->policy->zone, opened->values.items[i].at,
                                  &second);
        if ((from_ever || date >= from) && (until_ever || date <= until))
            set = sets_or(&analysis->sets, set, opened->values.items[i].set);
    }
    return opened->lost ? SET_LOST : set;
}

/* An OLA or a UC is between those whom it names: meant are incidents for which it promises
   anything at all. */
static uint32_t meant(struct analysis *analysis, uint32_t kind)
{
    const struct model *model = analysis->compile->model;
    uint32_t set = SET_NONE;
    if (kind == SLA_KIND_SLA)
        return meant_by_sla(analysis);
    for (size_t i = 0; i < analysis->leaf_count; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (model->agreements[leaf->agreement].kind == kind && leaf->target != NULL &&
            leaf->target->type != TARGET_NONE)
            set = sets_or(&analysis->sets, set, leaf->set);
    }
    return set;
}

struct slot_list {
    uint32_t *items;
    size_t count;
    bool *has; /* a flag for each slot */
};

static void look_at(struct slot_list *list, uint32_t slot)
{
    if (list->has[slot])
        return;
    list->has[slot] = true;
    list->items[list->count++] = slot;
}

static void look_at_condition(struct analysis *analysis, struct slot_list *list,
                              const struct condition_model *condition)
{
    if (condition == NULL)
        return;
    for (const struct condition_model *child = condition->children; child; child = child->next)
        look_at_condition(analysis, list, child);
    if (condition->op == CONDITION_OPENED_IN)
        look_at(list, 0);
    else if (condition->attribute.at != NULL)
        look_at(list, space_find(analysis, &condition->attribute));
}

/* For an OLA or a UC every metric counts, because it says what is meant. */
static void look_at_row(struct analysis *analysis, struct slot_list *list,
                        const struct target_row_model *row, uint32_t kind, sla_text metric)
{
    for (size_t i = 0; i < row->count; i++) {
        if (kind == SLA_KIND_SLA && !text_equal(row->promises[i].metric.value, metric))
            continue;
        look_at_condition(analysis, list, row->when);
        if (row->promises[i].target.type == TARGET_TABLE)
            look_at(list, space_find(analysis, &row->promises[i].target.table.by));
    }
}

/* The slots that decide which target of the metric applies, in the order in which rows ask. */
static bool slots_of(struct analysis *analysis, uint32_t kind, sla_text metric,
                     struct slot_list *list)
{
    const struct model *model = analysis->compile->model;
    list->items = build_array(analysis->build, analysis->slot_count, sizeof *list->items);
    list->has = build_array(analysis->build, analysis->slot_count, sizeof *list->has);
    list->count = 0;
    if (list->items == NULL || list->has == NULL)
        return false;
    for (size_t i = 0; i < model->agreement_count; i++) {
        const struct agreement_model *agreement = &model->agreements[i];
        if (agreement->kind != kind)
            continue;
        look_at_condition(analysis, list, agreement->when);
        if (agreement->from.at != NULL || agreement->until.at != NULL)
            look_at(list, 0);
        for (size_t k = 0; k < agreement->count; k++)
            look_at_row(analysis, list, &agreement->rows[k], kind, metric);
    }
    return true;
}

/* Where the list of rows or of agreements begins. */
static const struct node *place_of(const struct model *model, uint32_t kind)
{
    const struct agreement_model *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < model->agreement_count; i++)
        if (model->agreements[i].kind == kind && count++ == 0)
            first = &model->agreements[i];
    const struct node *list = node_get(model->root, "targets");
    if (list == NULL && count == 1)
        list = node_get(first->at, "targets");
    if (list == NULL)
        list = first->at->parent;
    return list->key != NULL ? list->key : list;
}

static void tell(const struct coverage *coverage, sla_text metrics, sla_text metric,
                 uint32_t uncovered)
{
    struct analysis *analysis = coverage->analysis;
    const struct model *model = analysis->compile->model;
    const struct leaf *last = coverage->last;
    struct text_builder words, example;
    struct slot_list list;
    if (!slots_of(analysis, coverage->kind, metric, &list))
        return;
    builder_init(&words, &analysis->build->allocator);
    builder_init(&example, &analysis->build->allocator);
    words_of_combinations(analysis, uncovered, list.items, list.count, COMBINATIONS_SHOWN,
                          &words);
    builder_add_c(&example, "for example ");
    words_of_incident(analysis, uncovered, &example);
    builder_add_c(&example, "; add a row, or one that says none");
    const struct node *promised = model->agreements[last->agreement].rows[last->row].at;
    if (words.failed || example.failed)
        build_fail(analysis->build, SLA_ERROR_MEMORY);
    else
        report_related(analysis->build, CODE_NO_TARGET, place_of(model, coverage->kind), metrics,
                       builder_text(&words), builder_text(&example), promised,
                       TEXT("promised here, for others"));
    builder_free(&words);
    builder_free(&example);
}

static void measure(struct coverage *coverage, uint32_t metric)
{
    struct analysis *analysis = coverage->analysis;
    const struct model *model = analysis->compile->model;
    coverage->covered = SET_NONE;
    coverage->last = NULL;
    for (size_t i = 0; i < analysis->leaf_count; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (leaf->metric != metric || leaf->target == NULL ||
            model->agreements[leaf->agreement].kind != coverage->kind)
            continue;
        coverage->covered = sets_or(&analysis->sets, coverage->covered, leaf->set);
        if (leaf->target->type != TARGET_NONE)
            coverage->last = leaf;
    }
}

/* Metrics that lack a target for the same incidents are told together. */
static void analyse_kind(struct analysis *analysis, uint32_t kind)
{
    const struct model *model = analysis->compile->model;
    uint32_t *uncovered = build_array(analysis->build, model->metric_count, sizeof *uncovered);
    struct coverage *coverages = build_array(analysis->build, model->metric_count,
                                             sizeof *coverages);
    if (uncovered == NULL || coverages == NULL)
        return;
    uint32_t wanted = meant(analysis, kind);
    for (uint32_t i = 0; i < model->metric_count; i++) {
        coverages[i] = (struct coverage){.analysis = analysis, .kind = kind};
        measure(&coverages[i], i);
        uncovered[i] = coverages[i].last == NULL
                           ? SET_NONE
                           : sets_minus(&analysis->sets, wanted, coverages[i].covered);
    }
    for (uint32_t i = 0; i < model->metric_count; i++) {
        if (uncovered[i] == SET_LOST && analysis->told_undecided == 0)
            tell_undecided(analysis, place_of(model, kind), "what has no target");
        if (!set_has_some(uncovered[i]))
            continue;
        struct text_builder names;
        builder_init(&names, &analysis->build->allocator);
        uint32_t set = uncovered[i];
        for (uint32_t k = i; k < model->metric_count; k++) {
            if (uncovered[k] != set)
                continue;
            builder_add_c(&names, k == i ? "\"" : ", \"");
            builder_add_visible(&names, model->metrics[k].name.value);
            builder_add_c(&names, "\"");
            uncovered[k] = SET_NONE;
        }
        if (names.failed)
            build_fail(analysis->build, SLA_ERROR_MEMORY);
        else
            tell(&coverages[i], builder_text(&names), model->metrics[i].name.value, set);
        builder_free(&names);
    }
}

void analyse_coverage(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (uint32_t kind = SLA_KIND_SLA; kind <= SLA_KIND_UC; kind++) {
        bool has = false;
        space_begin(analysis);
        for (size_t i = 0; i < model->agreement_count; i++)
            if (model->agreements[i].kind == kind) {
                has = true;
                targets_ask(analysis, &model->agreements[i]);
            }
        space_work(analysis);
        if (has)
            analyse_kind(analysis, kind);
    }
}
