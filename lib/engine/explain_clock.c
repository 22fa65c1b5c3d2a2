/* SPDX-License-Identifier: MIT */
/* The clock of an explanation: its target as it is written, and how it stands. */
#include "engine/explain.h"

void explain_clock_target(sla_explanation *explanation, const struct clock *clock)
{
    const sla_policy *policy = explanation->policy;
    sla_explained_clock *out = &explanation->clock;
    out->flags |= SLA_EXPLAINED_TARGET;
    out->grace = clock->grace;
    explanation->rule = clock->rule;
    if (clock->agreement < policy->agreement_count)
        out->agreement = policy->agreements[clock->agreement].name;
    if (clock->calendar < policy->calendar_count) {
        out->calendar_handle = policy->calendars[clock->calendar];
        sla_calendar_name(out->calendar_handle, &out->calendar);
    }
    if ((clock->flags & CLOCK_AGREED) != 0)
        out->flags |= SLA_EXPLAINED_AGREED;
    if (clock->rule == INDEX_NONE)
        return;
    const struct target_rule *rule = &policy->target_rules[clock->rule];
    out->line = rule->line;
    if ((clock->flags & CLOCK_AGREED) != 0)
        return;
    out->unit = rule->target.unit;
    out->due = rule->target.due;
    out->due_time = rule->target.due_time;
    out->cutoff = rule->target.cutoff;
    out->amount = rule->target.amount;
}

void explain_clock_row(sla_explanation *explanation, const struct clock *clock,
                       const struct promise *promise)
{
    const sla_policy *policy = explanation->policy;
    bool was_agreed = (clock->flags & CLOCK_AGREED) != 0;
    if (!promise->found || clock->rule == INDEX_NONE || promise->agreed != was_agreed ||
        (was_agreed && promise->agreed_at != clock->due0) ||
        !promise_is_same(policy, promise, clock->agreement, clock->rule, clock->calendar)) {
        explanation->clock.flags |= SLA_EXPLAINED_OTHER_TARGET;
        return;
    }
    explanation->clock.row = policy->target_rows[promise->row].name;
    explanation->clock.row_line = policy->target_rows[promise->row].line;
}

void explain_clock_state(sla_explanation *explanation, const struct counting *counting)
{
    const struct clock *clock = counting->clock;
    const sla_calendar *calendar = counted_on(explanation->policy, clock->calendar);
    sla_explained_clock *out = &explanation->clock;
    bool is_open = clock_is_open(clock), is_paused = clock->state == SLA_CLOCK_PAUSED;
    sla_time projected, breach;
    explain_clock_target(explanation, clock);
    out->started = clock->started;
    out->counted_from = clock->origin;
    out->ended = is_open ? SLA_TIME_NONE : clock->ended;
    out->first_due = clock->due0;
    if (!is_paused) {
        out->deadline = clock->deadline;
        out->breach_at = clock->breach_at;
    } else if (clock_projection(counting, out->now, &projected, &breach) == SLA_OK) {
        out->projected = projected;
    }
    out->budget = clock_budget(counting);
    out->extended = clock->extended;
    out->parts_from = clock->base_at;
    out->used_before = clock->base_used;
    out->paused_before = clock->base_paused;
    out->elapsed = is_open ? clock_used(counting, out->now) : clock->used;
    out->remaining = out->budget - out->elapsed;
    out->paused = clock_paused(counting, is_open ? out->now : clock->ended);
    out->moved = clock->shift;
    bool is_pinned = (clock->flags & CLOCK_PINNED) != 0;
    if (is_pinned)
        out->flags |= SLA_EXPLAINED_PINNED;
    /* what is not rolled ends an open second, or is the start of a clock with nothing to count */
    sla_time due = is_paused ? out->projected : clock->deadline;
    if ((clock->flags & CLOCK_ROLLS) != 0 && !is_pinned && due != SLA_TIME_NONE &&
        due != clock->due0 && !calendar_is_open(calendar, due - 1))
        out->flags |= SLA_EXPLAINED_ROLLED;
    if ((clock->flags & CLOCK_BREACH_TOLD) != 0 || clock->state == SLA_CLOCK_MISSED)
        out->flags |= SLA_EXPLAINED_BREACHED;
    if ((clock->flags & CLOCK_MET_IN_GRACE) != 0)
        out->flags |= SLA_EXPLAINED_IN_GRACE;
    if ((clock->flags & CLOCK_MIXED) != 0)
        out->flags |= SLA_EXPLAINED_MIXED;
    if (calendar_is_provisional(calendar, clock->deadline))
        out->flags |= SLA_EXPLAINED_PROVISIONAL;
}
