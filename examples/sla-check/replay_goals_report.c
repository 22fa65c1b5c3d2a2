/* SPDX-License-Identifier: MIT */
/* Goals as a table for people and as JSON: promised, reached, kept or broken. */
#include "replay_goals_report.h"

#include "replay_goals.h"
#include "table.h"
#include "words.h"

#include <string.h>

static const char *const period_names[] = {"day", "week", "month", "quarter", "year"};

/* "2026-11-20", "2026-W47" (ISO 8601), "2026-11", "2026-Q4", "2026". */
static const char *period_text(const struct goals *goals, const struct tally *tally,
                               sla_time from, char buffer[DURATION_CAPACITY])
{
    sla_date date = 0, first = 0;
    int32_t year = 0, month = 1, day = 1;
    bool is_week = tally->goal.period == SLA_PERIOD_WEEK;
    sla_calendar_date(policy_zone(goals->policy), from, &date);
    sla_date_to_civil(date + (is_week ? 3 : 0), &year, &month, &day); /* a week is its Thursday's */
    if (is_week && sla_date_from_civil(year, 1, 1, &first) == SLA_OK)
        snprintf(buffer, DURATION_CAPACITY, "%04d-W%02d", year, (date + 3 - first) / 7 + 1);
    else if (tally->goal.period == SLA_PERIOD_DAY)
        snprintf(buffer, DURATION_CAPACITY, "%04d-%02d-%02d", year, month, day);
    else if (tally->goal.period == SLA_PERIOD_MONTH)
        snprintf(buffer, DURATION_CAPACITY, "%04d-%02d", year, month);
    else if (tally->goal.period == SLA_PERIOD_QUARTER)
        snprintf(buffer, DURATION_CAPACITY, "%04d-Q%d", year, (month + 2) / 3);
    else
        snprintf(buffer, DURATION_CAPACITY, "%04d", year);
    return buffer;
}

/* "95 %", "99.95 %": exact, without zeros that say nothing. */
static const char *rate_text(uint32_t rate, char buffer[DURATION_CAPACITY])
{
    int length = snprintf(buffer, DURATION_CAPACITY, "%u.%04u", rate / 10000, rate % 10000);
    while (length > 0 && buffer[length - 1] == '0')
        length--;
    if (length > 0 && buffer[length - 1] == '.')
        length--;
    snprintf(buffer + length, DURATION_CAPACITY - (size_t)length, " %%");
    return buffer;
}

static uint32_t judge(const struct tally *tally, const struct period *period, sla_time now)
{
    uint64_t missed = period->missed + period->breached;
    if (period->to > now) /* more clocks may come: only what must be all can be lost by now */
        return tally->goal.rate == SLA_GOAL_WHOLE && missed > 0 ? SLA_GOAL_BROKEN
                                                                : SLA_GOAL_UNDECIDED;
    return sla_goal_judge(tally->goal.rate, period->met, missed, period->open - period->breached);
}

static const char *verdict_text(uint32_t verdict)
{
    return verdict == SLA_GOAL_KEPT ? "kept" : verdict == SLA_GOAL_BROKEN ? "broken" : "undecided";
}

/* What the goal is called, or the metrics that it names. */
static void add_name(const struct goals *goals, size_t index, struct table *table)
{
    const struct tally *tally = &goals->tallies[index];
    char names[200] = "all metrics";
    size_t used = 0;
    sla_text name = tally->goal.name;
    for (size_t i = 0; name.length == 0 && i < tally->goal.metric_count && used < 150; i++) {
        sla_text metric = {NULL, 0};
        sla_policy_metric_at(goals->policy, sla_policy_goal_metric(goals->policy, index, i),
                             &metric);
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%.*s", i == 0 ? "" : ", ",
                                 metric.length < 40 ? (int)metric.length : 40, metric.data);
    }
    if (name.length > 0)
        table_add(table, "%.*s", (int)name.length, name.data);
    else
        table_add(table, "%s", names);
    table_add(table, "%u", tally->goal.line);
}

static void add_numbers(struct table *table, const struct tally *tally,
                        const struct period *period, sla_time now)
{
    char text[DURATION_CAPACITY];
    uint64_t judged = period->met + period->missed;
    table_add(table, "%s", rate_text(tally->goal.rate, text));
    if (judged > 0)
        table_add(table, "%.2f %%", 100.0 * (double)period->met / (double)judged);
    else
        table_add(table, "-");
    table_add(table, "%s", count_text(period->met, text));
    table_add(table, "%s", count_text(period->missed, text));
    table_add(table, "%s", count_text(period->open, text));
    table_add(table, "%s", count_text(period->breached, text));
    table_add(table, "%s", verdict_text(judge(tally, period, now)));
}

void goals_print(const struct goals *goals, sla_time now)
{
    static const char *const headings[] = {"GOAL", ">LINE",   "PERIOD", ">PROMISED", ">REACHED",
                                           ">MET", ">MISSED", ">OPEN",  ">BREACHED", "VERDICT"};
    char text[DURATION_CAPACITY];
    if (goals == NULL)
        return;
    putchar('\n');
    struct table *table = table_new(headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < goals->count; i++) {
        const struct tally *tally = &goals->tallies[i];
        for (size_t k = 0; k < tally->count; k++) {
            add_name(goals, i, table);
            table_add(table, "%s", period_text(goals, tally, tally->periods[k].from, text));
            add_numbers(table, tally, &tally->periods[k], now);
        }
        if (tally->count == 0) { /* a goal that no clock belongs to is worth a line */
            add_name(goals, i, table);
            table_add(table, "-");
            add_numbers(table, tally, &(struct period){.to = SLA_TIME_MAX}, now);
        }
    }
    table_print(table);
    if (goals->without_period > 0)
        complain("%s clocks started in no period that can be told",
                 count_text(goals->without_period, text));
}

static json_t *period_json(const struct goals *goals, const struct tally *tally,
                           const struct period *period, sla_time now)
{
    char text[DURATION_CAPACITY];
    uint64_t judged = period->met + period->missed;
    return json_pack(
        "{s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:o, s:s}", "period",
        period_text(goals, tally, period->from, text), "from", json_from_time(period->from), "to",
        json_from_time(period->to), "met", (json_int_t)period->met, "missed",
        (json_int_t)period->missed, "open", (json_int_t)period->open, "breached_open",
        (json_int_t)period->breached, "reached",
        judged > 0 ? json_real((double)period->met / (double)judged) : json_null(), "verdict",
        verdict_text(judge(tally, period, now)));
}

static json_t *metrics_json(const struct goals *goals, size_t index)
{
    json_t *metrics = json_array();
    for (size_t i = 0; i < goals->tallies[index].goal.metric_count; i++) {
        sla_text metric = {NULL, 0};
        sla_policy_metric_at(goals->policy, sla_policy_goal_metric(goals->policy, index, i),
                             &metric);
        json_array_append_new(metrics, json_from_text(metric));
    }
    return metrics;
}

json_t *goals_json(const struct goals *goals, sla_time now)
{
    json_t *list = json_array();
    for (size_t i = 0; goals != NULL && i < goals->count; i++) {
        const struct tally *tally = &goals->tallies[i];
        json_t *periods = json_array();
        for (size_t k = 0; k < tally->count; k++)
            json_array_append_new(periods, period_json(goals, tally, &tally->periods[k], now));
        json_array_append_new(
            list, json_pack("{s:o, s:I, s:o, s:f, s:s, s:o}", "name",
                            tally->goal.name.length > 0 ? json_from_text(tally->goal.name)
                                                        : json_null(),
                            "line", (json_int_t)tally->goal.line, "metrics",
                            metrics_json(goals, i), "promised",
                            (double)tally->goal.rate / SLA_GOAL_WHOLE, "per",
                            period_names[tally->goal.period], "periods", periods));
    }
    return list;
}
