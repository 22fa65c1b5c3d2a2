/* SPDX-License-Identifier: MIT */
/* Is an unpacked draft one that an engine could have made? Whoever can write a hash can write
   anything, and the arithmetic of calendars trusts its arguments. */
#include "engine/load.h"

#include "base/checked.h"
#include "base/sort.h"

static bool is_time(sla_time at)
{
    return time_in_range(at);
}
static bool is_time_or(sla_time at, sla_time other)
{
    return at == other || time_in_range(at);
}
static bool is_amount(sla_duration amount)
{
    return amount >= -SLA_TIME_MAX && amount <= SLA_TIME_MAX;
}
static bool is_length(sla_duration amount)
{
    return amount >= 0 && amount <= SLA_TIME_MAX;
}
static bool is_index(uint32_t index, uint32_t count)
{
    return index < count || index == INDEX_NONE;
}
/* The policy has it, or another one that went had it. */
static bool is_there(uint32_t index, uint32_t count, bool rebinds)
{
    return index < count || (rebinds && index == INDEX_NONE);
}
/* A number of the policy, or a name that is gone. */
static bool is_name(uint32_t index, uint32_t count)
{
    return is_index(index, count) || is_foreign(index);
}

static bool times_are_sound(const struct clock *clock)
{
    return is_time(clock->started) && is_time(clock->origin) && is_time(clock->base_at) &&
           is_time(clock->run_from) && is_time_or(clock->ended, SLA_TIME_NONE) &&
           is_time_or(clock->pause_from, SLA_TIME_NONE) &&
           is_time_or(clock->resume_at, SLA_TIME_NEVER) && is_amount(clock->used) &&
           is_amount(clock->base_used) && is_amount(clock->base_paused) &&
           is_amount(clock->budget) && is_length(clock->grace) && is_amount(clock->shift) &&
           is_amount(clock->extra) && is_length(clock->extended) && is_time(clock->pinned_at);
}

/* Open, it has not ended; running, it is not paused. */
static bool state_is_sound(const struct clock *clock)
{
    if ((clock->flags & ~CLOCK_ALL_FLAGS) != 0 || clock->state == SLA_CLOCK_NONE ||
        clock_is_open(clock) != (clock->ended == SLA_TIME_NONE))
        return false;
    return clock->state == SLA_CLOCK_PAUSED    ? clock->pause_from != SLA_TIME_NONE &&
                                                     clock->resume_at >= clock->pause_from
           : clock->state == SLA_CLOCK_RUNNING ? clock->pause_from == SLA_TIME_NONE
                                               : true;
}

static bool deadline_is_sound(const struct clock *clock)
{
    return is_time(clock->due0) && is_time(clock->deadline) && is_time(clock->breach_at) &&
           is_time_or(clock->read_at, SLA_TIME_NONE) && is_amount(clock->told_breach_at) &&
           (clock->next_type == FACT_NONE ? is_amount(clock->next_at) : is_time(clock->next_at));
}

static struct range steps_of(const struct clock *clock, const sla_policy *policy)
{
    return clock->escalation == INDEX_NONE ? (struct range){0, 0}
                                           : policy->escalations[clock->escalation].steps;
}

/* Nothing was sent that the entry does not have. */
static bool fired_is_sound(const struct clock *clock, const sla_policy *policy)
{
    uint32_t count = steps_of(clock, policy).count;
    return count >= 32 || clock->fired >> count == 0;
}

/* What comes next is something that a clock in this state can say, on a calendar of the policy. */
static bool next_is_sound(const struct clock *clock, const sla_policy *policy)
{
    struct range steps = steps_of(clock, policy);
    if (!clock_is_open(clock))
        return clock->next_type == FACT_NONE;
    if (is_foreign(clock->calendar))
        return false;
    if (clock->next_type == FACT_STEP)
        return clock->state == SLA_CLOCK_RUNNING && clock->next_step - steps.first < steps.count;
    return clock->next_type != FACT_RESUME || clock->state == SLA_CLOCK_PAUSED;
}

/* A pause that a limit ends is planned to end, or something before it: else it would never end. */
static bool resume_is_sound(const struct clock *clock, sla_time now, bool rebinds)
{
    if (clock->state != SLA_CLOCK_PAUSED || !clock_is_told(clock) ||
        clock->resume_at == SLA_TIME_NEVER)
        return true;
    if (rebinds && clock->resume_at < now)
        return false;
    return clock->next_type == FACT_RESUME ? clock->next_at == clock->resume_at
                                           : clock->next_type == FACT_BREACH &&
                                                 clock->next_at <= clock->resume_at;
}

static bool clock_is_sound(const struct clock *clock, const sla_policy *policy, bool rebinds)
{
    if (clock->kind >= KIND_COUNT || !state_is_sound(clock) || clock->cycle == 0 ||
        !is_name(clock->metric, policy->metric_count) || clock->metric == INDEX_NONE ||
        !is_name(clock->agreement, policy->agreement_count) ||
        !is_name(clock->calendar, policy->calendar_count) ||
        !is_name(clock->first_calendar, policy->calendar_count) ||
        !is_index(clock->rule, policy->target_rule_count) ||
        !is_index(clock->escalation, policy->escalation_count) || !times_are_sound(clock))
        return false;
    if (clock->cause >= SPAN_CAUSE(policy->pause_count) ||
        clock->earlier_state > SLA_CLOCK_EXEMPT ||
        (clock->earlier_state != 0 &&
         (!is_time(clock->earlier_ended) || !is_time(clock->reopened_at))))
        return false;
    if (!rebinds && !fired_is_sound(clock, policy))
        return false;
    if (!clock_is_told(clock))
        return true;
    if (!rebinds && !next_is_sound(clock, policy))
        return false;
    return clock->next_type <= FACT_BREACH && clock->agreement != INDEX_NONE &&
           clock->calendar != INDEX_NONE && deadline_is_sound(clock);
}

static bool lists_are_sound(const struct draft *draft, const sla_policy *policy, uint32_t steps,
                            bool rebinds)
{
    size_t clocks = draft->clocks.count;
    for (size_t i = 0; i < draft->spans.count; i++) {
        const struct span *span = &draft->spans.items[i];
        if (span->clock >= clocks || !is_time(span->from) || !is_time(span->to) ||
            span->from > span->to || span->from > draft->head.last_update ||
            (!span->by_limit && span->to > draft->head.last_update) ||
            !is_name(span->calendar, policy->calendar_count) ||
            span->is_pause >= SPAN_CAUSE(policy->pause_count))
            return false;
    }
    for (size_t i = 0; i < draft->causes.count; i++) {
        const struct cause *cause = &draft->causes.items[i];
        if (cause->clock >= clocks || !is_there(cause->pause, policy->pause_count, rebinds) ||
            !is_time(cause->began) || !is_time_or(cause->expires, SLA_TIME_NEVER) ||
            cause->expires < cause->began)
            return false;
    }
    for (size_t i = 0; i < draft->sends.count; i++) {
        const struct send *send = &draft->sends.items[i];
        if (send->clock >= clocks || !is_there(send->step, steps, rebinds) ||
            !is_time(send->last_at))
            return false;
    }
    for (size_t i = 0; i < draft->holding.count; i++)
        if (!is_there(draft->holding.items[i], policy->pause_count, rebinds))
            return false;
    return true;
}

sla_status draft_has_each_clock_once(const struct draft *draft, const sla_allocator *allocator)
{
    struct arena arena;
    size_t count = draft->clocks.count;
    arena_init(&arena, allocator);
    uint64_t *keys = arena_new(&arena, (count + 1) * sizeof *keys);
    sla_status status = keys == NULL ? SLA_ERROR_MEMORY : SLA_OK;
    for (size_t i = 0; status == SLA_OK && i < count; i++) {
        const struct clock *clock = &draft->clocks.items[i];
        keys[i] = (uint64_t)clock->metric * KIND_COUNT + clock->kind;
    }
    if (status == SLA_OK && !keys_sort(&arena, keys, count))
        status = SLA_ERROR_MEMORY;
    for (size_t i = 1; status == SLA_OK && i < count; i++)
        if (keys[i - 1] == keys[i])
            status = SLA_ERROR_DATA;
    arena_free(&arena);
    return status;
}

bool sums_are_sound(const struct clock_sums *sums, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_amount(sums[i].used) || !is_amount(sums[i].paused))
            return false;
    return true;
}

bool draft_is_sound(const struct draft *draft, const sla_engine *engine, sla_time now,
                    bool rebinds)
{
    const sla_policy *policy = engine->policy;
    uint32_t steps = 0;
    for (uint32_t e = 0; e < policy->escalation_count; e++)
        if (policy->escalations[e].steps.first + policy->escalations[e].steps.count > steps)
            steps = policy->escalations[e].steps.first + policy->escalations[e].steps.count;
    if (!is_time(draft->head.opened_at) || !is_time(draft->head.last_update) ||
        draft->head.last_update < draft->head.opened_at || draft->head.last_update > now ||
        !is_index(draft->head.severity, policy->severity_count))
        return false;
    for (size_t i = 0; i < draft->clocks.count; i++) {
        const struct clock *clock = &draft->clocks.items[i];
        sla_time last = draft->head.last_update; /* only limits of pauses work without an update */
        if (clock->started > last || clock->origin > last || clock->base_at > last ||
            clock->pause_from > last || clock->ended > last || clock->run_from > now)
            return false;
        if (!clock_is_sound(clock, policy, rebinds) || !resume_is_sound(clock, now, rebinds) ||
            (!rebinds && is_foreign(clock->metric)))
            return false;
    }
    for (size_t i = 0; i < draft->past.count; i++)
        if (!clock_is_sound(&draft->past.items[i].clock, policy, true) ||
            clock_is_open(&draft->past.items[i].clock) || !is_amount(draft->past.items[i].paused))
            return false;
    return lists_are_sound(draft, policy, steps, rebinds);
}
