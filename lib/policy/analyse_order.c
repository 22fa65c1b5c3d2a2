/* SPDX-License-Identifier: MIT */
/* The order of targets: a response that may come later than the resolution, and an OLA that is
 * longer than the SLA that it serves. Only what is longer for sure, whenever the clock starts. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"

#define PAIRS_TOTAL 4000000u /* of targets: more are not compared */
#define DAY 86400

const sla_calendar *leaf_calendar(const struct analysis *analysis, const struct leaf *leaf)
{
    if (leaf->calendar == NULL)
        return analysis->compile->calendars.items[0];
    if (leaf->calendar->table != NULL)
        return NULL;
    uint32_t number = compile_calendar_name(analysis->compile, leaf->calendar->name.at,
                                            leaf->calendar->name.value);
    return analysis->compile->calendars.items[number];
}

/* Is the first target's deadline later, for every start? */
static bool is_longer(const struct analysis *analysis, const struct leaf *a, const struct leaf *b)
{
    const sla_target *x = &a->target->target, *y = &b->target->target;
    const sla_calendar *own = leaf_calendar(analysis, a), *other = leaf_calendar(analysis, b);
    bool same = a->calendar == b->calendar || (own != NULL && own == other);
    bool other_always = other != NULL && calendar_is_always(other);
    int64_t amount = x->amount < 0 ? 0 : x->amount;
    if (a->target->type != TARGET_FIXED || b->target->type != TARGET_FIXED)
        return false;
    if (x->unit == y->unit) {
        if (amount <= y->amount)
            return false;
        if (x->unit == SLA_UNIT_DAYS)
            return true;
        if (x->unit == SLA_UNIT_SECONDS)
            return same || other_always; /* what counts slower comes later still */
        return same && x->due == y->due && x->due_time == y->due_time && x->cutoff == y->cutoff;
    }
    /* Days against seconds: a day less, for what clocks may be put forward or back. */
    if (x->unit == SLA_UNIT_SECONDS)
        return y->unit == SLA_UNIT_DAYS && amount / DAY > y->amount + 1;
    if (y->unit != SLA_UNIT_SECONDS || !other_always)
        return false;
    return (x->unit == SLA_UNIT_DAYS ? amount - 1 : amount - 2) > y->amount / DAY;
}

static bool is_plain(const struct trigger_model *trigger)
{
    return trigger->events.count > 0 && trigger->changed.at == NULL && trigger->when == NULL;
}

/* Are all names of `some` in `all`? */
static bool has_all(const struct text_list *all, const struct text_list *some)
{
    for (size_t i = 0; i < some->count; i++) {
        bool found = false;
        for (size_t k = 0; k < all->count; k++)
            found = found || text_equal(all->items[k].value, some->items[i].value);
        if (!found)
            return false;
    }
    return true;
}

static bool bears(const struct metric_model *metric, const char *const *words)
{
    for (; *words != NULL; words++)
        if (text_contains(metric->name.value, text_of(*words)))
            return true;
    return false;
}

/* Does nothing but start and stop move its clocks? */
static bool is_simple(const struct metric_model *metric)
{
    return metric->pause_count == 0 && metric->reopen == REOPEN_IGNORE &&
           metric->reset.at == NULL && is_plain(&metric->stop);
}

/* Does the first metric come before the second? Both start together, and what stops the second
   stops the first too, so that the first is never the later one; or their names say so. */
static bool comes_first(const struct metric_model *a, const struct metric_model *b)
{
    static const char *const responses[] = {"respon", "acknowledg", "\xE5\x93\x8D\xE5\xBA\x94",
                                            NULL};
    static const char *const resolutions[] = {"resol", "repair", "restor",
                                              "\xE8\xA7\xA3\xE5\x86\xB3",
                                              "\xE4\xBF\xAE\xE5\xA4\x8D", NULL};
    if (a->repeat || b->repeat || !is_plain(&a->start) || !is_plain(&b->start) ||
        !has_all(&a->start.events, &b->start.events) ||
        !has_all(&b->start.events, &a->start.events))
        return false;
    if (is_simple(a) && is_simple(b) && has_all(&a->stop.events, &b->stop.events) &&
        !has_all(&b->stop.events, &a->stop.events))
        return true;
    return bears(a, responses) && !bears(a, resolutions) && bears(b, resolutions) &&
           !bears(b, responses);
}

static void tell(struct analysis *analysis, enum diag_code code, const struct leaf *a,
                 const struct leaf *b, sla_text name, uint32_t both)
{
    struct text_builder example;
    builder_init(&example, &analysis->build->allocator);
    builder_add_c(&example, "for example ");
    words_of_incident(analysis, both, &example);
    if (example.failed)
        build_fail(analysis->build, SLA_ERROR_MEMORY);
    else
        report_related(analysis->build, code, a->target->at, a->metric_model->name.value, name,
                       builder_text(&example), b->target->at, TEXT("this target is shorter"));
    builder_free(&example);
}

struct search {
    struct analysis *analysis;
    size_t *first; /* of each agreement, its first leaf; one more at the end */
    size_t left;   /* pairs that may still be compared */
};

/* Compares a leaf with those of an agreement; the first that is shorter is told. */
static bool compare(struct search *search, const struct leaf *a, uint32_t agreement,
                    uint32_t metric, enum diag_code code, sla_text name)
{
    struct analysis *analysis = search->analysis;
    for (size_t i = search->first[agreement]; i < search->first[agreement + 1]; i++) {
        const struct leaf *b = &analysis->leaves[i];
        if (search->left == 0)
            return false;
        search->left--;
        if (b->metric != metric || b->target == NULL || !is_longer(analysis, a, b))
            continue;
        uint32_t both = sets_and(&analysis->sets, a->set, b->set);
        if (!set_has_some(both))
            continue;
        tell(analysis, code, a, b, name, both);
        return true;
    }
    return false;
}

static void compare_metrics(struct search *search, const struct leaf *a)
{
    const struct model *model = search->analysis->compile->model;
    for (uint32_t i = 0; i < model->metric_count; i++)
        if (i != a->metric && comes_first(a->metric_model, &model->metrics[i]) &&
            compare(search, a, a->agreement, i, CODE_RESPONSE_LONGER,
                    model->metrics[i].name.value))
            return;
}

static void compare_kinds(struct search *search, const struct leaf *a)
{
    const struct model *model = search->analysis->compile->model;
    if (model->agreements[a->agreement].kind == SLA_KIND_SLA)
        return;
    for (uint32_t i = 0; i < model->agreement_count; i++)
        if (model->agreements[i].kind == SLA_KIND_SLA &&
            compare(search, a, i, a->metric, CODE_OLA_LONGER, model->agreements[i].name.value))
            return;
}

void analyse_order(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    struct search search = {.analysis = analysis, .left = PAIRS_TOTAL};
    search.first = build_array(analysis->build, model->agreement_count + 1, sizeof(size_t));
    if (search.first == NULL)
        return;
    for (size_t i = 0, agreement = 0; agreement <= model->agreement_count; agreement++) {
        while (i < analysis->leaf_count && analysis->leaves[i].agreement < agreement)
            i++;
        search.first[agreement] = i;
    }
    space_begin(analysis);
    for (size_t i = 0; i < model->agreement_count; i++)
        targets_ask(analysis, &model->agreements[i]);
    space_work(analysis);
    for (size_t i = 0; i < analysis->leaf_count; i++) {
        const struct leaf *leaf = &analysis->leaves[i];
        if (leaf->target == NULL || leaf->target->type != TARGET_FIXED)
            continue;
        compare_metrics(&search, leaf);
        compare_kinds(&search, leaf);
    }
    if (search.left == 0)
        tell_undecided(analysis, model->agreements[0].at, "which targets are longer than others");
}
