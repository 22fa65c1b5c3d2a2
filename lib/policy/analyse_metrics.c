/* SPDX-License-Identifier: MIT */
/* Metrics: clocks that can start and never stop, and those that nothing promises. */
#include "policy/analyse.h"
#include "policy/analyse_report.h"

static void ask_metric(struct analysis *analysis, const struct metric_model *metric)
{
    const struct trigger_model *triggers[] = {&metric->start, &metric->stop, &metric->reset,
                                              &metric->cancel, &metric->reopen_on};
    space_begin(analysis);
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++)
        space_ask(analysis, triggers[i]->when);
    for (size_t i = 0; i < metric->pause_count; i++) {
        space_ask(analysis, metric->pauses[i].condition);
        space_ask(analysis, metric->pauses[i].from.when);
        space_ask(analysis, metric->pauses[i].until.when);
    }
    space_work(analysis);
}

/* The stop is told as what it means for the clock, not only as a condition. */
static void analyse_stop(struct analysis *analysis, const struct metric_model *metric)
{
    const struct condition_model *when = metric->stop.when;
    if (!set_is_none(condition_set(analysis, when, false)))
        condition_set(analysis, when, true); /* parts of it may never hold all the same */
    else if (metric->name.at != NULL)
        report_related(analysis->build, CODE_NEVER_STOPS, when->at, metric->name.value, TEXT_NONE,
                       TEXT_NONE, metric->name.at, TEXT("the clocks of this metric"));
}

static bool is_named(const struct model *model, sla_text metric)
{
    for (size_t i = 0; i < model->agreement_count; i++)
        for (size_t k = 0; k < model->agreements[i].count; k++)
            for (size_t m = 0; m < model->agreements[i].rows[k].count; m++)
                if (text_equal(model->agreements[i].rows[k].promises[m].metric.value, metric))
                    return true;
    return false;
}

void analyse_metrics(struct analysis *analysis)
{
    const struct model *model = analysis->compile->model;
    for (size_t i = 0; i < model->metric_count; i++) {
        const struct metric_model *metric = &model->metrics[i];
        ask_metric(analysis, metric);
        condition_set(analysis, metric->start.when, true);
        analyse_stop(analysis, metric);
        condition_set(analysis, metric->reset.when, true);
        condition_set(analysis, metric->cancel.when, true);
        condition_set(analysis, metric->reopen_on.when, true);
        for (size_t k = 0; k < metric->pause_count; k++) {
            condition_set(analysis, metric->pauses[k].condition, true);
            condition_set(analysis, metric->pauses[k].from.when, true);
            condition_set(analysis, metric->pauses[k].until.when, true);
        }
        if (metric->name.at != NULL && model->agreement_count > 0 &&
            !is_named(model, metric->name.value))
            report(analysis->build, CODE_METRIC_NOT_PROMISED, metric->name.at, metric->name.value,
                   TEXT_NONE, TEXT_NONE);
    }
}
