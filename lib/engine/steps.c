/* SPDX-License-Identifier: MIT */
/* Steps: when warnings and escalations are due, and which fact of an incident comes next. */
#include "engine/work.h"

uint32_t escalation_choose(const struct facts *facts, const struct clock *clock)
{
    const sla_policy *policy = facts->policy;
    for (uint32_t e = 0; e < policy->escalation_count; e++) {
        const struct escalation *entry = &policy->escalations[e];
        bool fits = entry->metrics.count == 0;
        for (uint32_t i = 0; i < entry->metrics.count; i++)
            fits |= policy->index_lists[entry->metrics.first + i] == clock->metric;
        if (!fits || (entry->kinds != 0 && (entry->kinds & 1u << clock->kind) == 0))
            continue;
        fits = entry->agreements.count == 0;
        for (uint32_t i = 0; i < entry->agreements.count; i++)
            fits |= policy->index_lists[entry->agreements.first + i] == clock->agreement;
        if (fits && condition_holds(facts, entry->condition))
            return e;
    }
    return INDEX_NONE;
}

/* `percent` of the budget in seconds, rounded up (D4). */
static sla_duration share_of(sla_duration budget, uint32_t percent)
{
    if (budget <= 0)
        return 0;
    sla_duration whole = budget / 100 * percent, rest = budget % 100 * percent;
    return whole + (rest + 99) / 100;
}

/* K10: held to a calendar, a step waits for its opening; and no step stands inside a pause. */
static sla_status hold_to(const struct counting *counting, const struct step *step, sla_time *at)
{
    while (step->only_in != INDEX_NONE) {
        sla_status status =
            calendar_next_open(counting->policy->calendars[step->only_in], *at, at);
        if (status != SLA_OK)
            return status;
        sla_time left = clock_leave_pause(counting, *at);
        if (left == *at)
            break;
        *at = left;
    }
    return SLA_OK;
}

/* The instant of a step's first send. */
static sla_status step_instant(const struct counting *counting, const struct step *step,
                               sla_time *out_at)
{
    const struct clock *clock = counting->clock;
    sla_duration budget = clock_budget(counting);
    uint32_t calendar = step->calendar != INDEX_NONE ? step->calendar : clock->calendar;
    sla_status status;
    if (step->type == STEP_PERCENT && step->percent < 100)
        status = clock_reach(counting, share_of(budget, step->percent), out_at);
    else if (step->type == STEP_PERCENT)
        status = clock_reach_after(counting, clock->breach_at,
                                   share_of(budget, step->percent - 100), calendar, out_at);
    else if (step->type == STEP_AFTER)
        status = clock_reach_after(counting, clock->breach_at, step->offset, calendar, out_at);
    else if (calendar_add(counted_on(counting->policy, calendar), clock->deadline, -step->offset,
                          out_at) != SLA_OK) {
        *out_at = clock->origin; /* before 1970: certainly before the start */
        status = SLA_OK;
    } else { /* K9: a pause moves it, and it may not have moved the deadline */
        *out_at = clock_leave_pause(counting, *out_at);
        status = SLA_OK;
    }
    if (status != SLA_OK)
        return status;
    if (*out_at < clock->origin) /* K9: never before the start of what is counted */
        *out_at = clock->origin;
    return hold_to(counting, step, out_at);
}

static struct send *find_send(const struct work *work, uint32_t clock, uint32_t step)
{
    for (size_t i = 0; i < work->draft->sends.count; i++) {
        struct send *send = &work->draft->sends.items[i];
        if (send->clock == clock && send->step == step)
            return send;
    }
    return NULL;
}

/* The bit of a step in its clock's `fired`; 0 for a step that needs a record of its own, because
   it repeats or stands far down in a long entry. */
static uint32_t fired_bit(const struct work *work, const struct clock *clock, uint32_t step)
{
    uint32_t first = work->policy->escalations[clock->escalation].steps.first;
    return step - first < 32 && work->policy->steps[step].times <= 1 ? 1u << (step - first) : 0;
}

bool step_note_send(struct work *work, uint32_t clock_index, uint32_t step, sla_time at,
                    bool over, uint32_t *out_count)
{
    struct clock *clock = work_clock(work, clock_index);
    uint32_t bit = fired_bit(work, clock, step);
    clock->fired |= bit;
    *out_count = 1;
    if (bit != 0)
        return true;
    struct send *send = find_send(work, clock_index, step);
    if (send == NULL) {
        struct send first = {clock_index, step, 0, 0, at};
        if (!array_push(&work->engine->allocator, &work->draft->sends, first))
            return false;
        send = &work->draft->sends.items[work->draft->sends.count - 1];
    }
    if (over)
        send->is_over = 1;
    else
        send->count++;
    send->last_at = at;
    *out_count = send->count;
    return true;
}

bool escalation_set(struct work *work, uint32_t index, uint32_t entry)
{
    struct clock *clock = work_clock(work, index);
    if (entry == clock->escalation)
        return true;
    for (uint32_t bit = 0; clock->fired != 0; bit++, clock->fired >>= 1) {
        if ((clock->fired & 1) == 0)
            continue;
        uint32_t step = work->policy->escalations[clock->escalation].steps.first + bit;
        struct send sent = {index, step, 1, 1, clock->origin};
        if (!array_push(&work->engine->allocator, &work->draft->sends, sent))
            return false;
    }
    clock->escalation = entry;
    return true;
}

/* The instant of a step's next send; false: there is none (any more). */
static bool next_send(const struct work *work, uint32_t clock, uint32_t step_index,
                      sla_time *out_at)
{
    const struct step *step = &work->policy->steps[step_index];
    struct counting counting = work_counting(work, clock);
    bool is_due = step->type == STEP_DUE; /* its first send is the breach */
    if ((is_due && step->times <= 1) ||
        (counting.clock->fired & fired_bit(work, counting.clock, step_index)) != 0)
        return false;
    const struct send *send =
        work->draft->sends.count == 0 ? NULL : find_send(work, clock, step_index);
    if (send == NULL)
        return !is_due && step_instant(&counting, step, out_at) == SLA_OK;
    if (send->is_over || send->count >= step->times || step->repeat <= 0)
        return false;
    uint32_t calendar =
        step->calendar != INDEX_NONE ? step->calendar : counting.clock->calendar;
    return clock_reach_after(&counting, send->last_at, step->repeat, calendar, out_at) == SLA_OK &&
           hold_to(&counting, step, out_at) == SLA_OK;
}

/* Makes a fact the clock's next one if it comes before what is there. */
static void plan(const struct work *work, struct clock *clock, uint32_t type, sla_time at,
                 uint32_t step, uint32_t order)
{
    sla_time moment = fact_moment(type, at, work->last_update);
    if (clock->next_type != FACT_NONE) {
        sla_time next_moment = fact_moment(clock->next_type, clock->next_at, work->last_update);
        if (moment != next_moment ? moment > next_moment
            : at != clock->next_at ? at > clock->next_at
                                   : order > clock->next_order)
            return;
    }
    clock->next_type = type;
    clock->next_at = at;
    clock->next_step = step;
    clock->next_order = order;
}

/* A step that cannot come before a breach that is still to be told: nothing was sent of it yet, and
   it stands at least a second behind. Mostly its instant need not be worked out. */
static bool is_behind_breach(const struct work *work, uint32_t index, uint32_t step_index)
{
    const struct step *step = &work->policy->steps[step_index];
    const struct clock *clock = work_clock(work, index);
    return ((step->type == STEP_AFTER && step->offset > 0) ||
            (step->type == STEP_PERCENT && step->percent > 100 && clock->budget > 0 &&
             (clock->flags & CLOCK_PINNED) == 0)) && /* a pin may leave a budget of 0 */
           (work->draft->sends.count == 0 || find_send(work, index, step_index) == NULL);
}

void work_plan(struct work *work, uint32_t index)
{
    struct clock *clock = work_clock(work, index);
    clock->next_type = FACT_NONE; /* and the rest as packing expects it */
    clock->next_order = 0;
    clock->next_step = INDEX_NONE;
    clock->next_at = clock->breach_at;
    if ((clock->flags & (CLOCK_BREACH_TOLD | CLOCK_BREACH_AHEAD)) == 0)
        clock->told_breach_at = clock->breach_at;
    if (!clock_is_open(clock) || !clock_is_told(clock))
        return;
    if (clock->state == SLA_CLOCK_PAUSED) {
        if (clock->resume_at != SLA_TIME_NEVER)
            plan(work, clock, FACT_RESUME, clock->resume_at, INDEX_NONE, 0);
        /* K3: overrun while it ran, though only for that instant (an agreed visit long past) */
        if ((clock->flags & CLOCK_BREACH_TOLD) == 0 && clock_is_overrun(clock, clock->pause_from))
            plan(work, clock, FACT_BREACH, clock->breach_at, INDEX_NONE, 0);
        return;
    }
    struct range steps = {0, 0};
    if (clock->escalation != INDEX_NONE)
        steps = work->policy->escalations[clock->escalation].steps;
    uint32_t due_order = steps.count;
    bool is_ahead = (clock->flags & CLOCK_BREACH_TOLD) == 0 && clock->breach_at < SLA_TIME_MAX;
    for (uint32_t i = 0; i < steps.count; i++) {
        const struct step *step = &work->policy->steps[steps.first + i];
        sla_time at;
        if (step->type == STEP_DUE)
            due_order = i;
        if (is_ahead && is_behind_breach(work, index, steps.first + i))
            continue;
        if (next_send(work, index, steps.first + i, &at) &&
                 (step->condition == INDEX_NONE ||
                  condition_holds(work_facts(work), step->condition)))
            plan(work, clock, FACT_STEP, at, steps.first + i, i + 1);
    }
    if (is_ahead)
        plan(work, clock, FACT_BREACH, clock->breach_at, INDEX_NONE, due_order + 1);
}

bool fact_comes_first(const struct fact *a, const struct fact *b)
{
    if (a->moment != b->moment)
        return a->moment < b->moment;
    if (a->at != b->at)
        return a->at < b->at;
    if (a->metric != b->metric)
        return a->metric < b->metric;
    if (a->kind != b->kind)
        return a->kind < b->kind;
    if (a->cycle != b->cycle)
        return a->cycle < b->cycle;
    return a->order < b->order;
}

bool fact_next(const struct work *work, struct fact *out_fact)
{
    bool found = false;
    for (uint32_t i = 0; i < work->draft->clocks.count; i++) {
        const struct clock *clock = work_clock(work, i);
        if (clock->next_type == FACT_NONE)
            continue;
        sla_time moment = fact_moment(clock->next_type, clock->next_at, work->last_update);
        struct fact fact = {moment, clock->next_at, clock->next_type, i, clock->next_step,
                            clock->next_order, clock->metric, clock->kind, clock->cycle};
        if (!found || fact_comes_first(&fact, out_fact))
            *out_fact = fact;
        found = true;
    }
    return found;
}

bool steps_end_unwanted(struct work *work, sla_time now)
{
    for (uint32_t c = 0; c < work->draft->clocks.count; c++) {
        const struct clock *clock = work_clock(work, c);
        if (clock->state != SLA_CLOCK_RUNNING || !clock_is_told(clock) ||
            clock->escalation == INDEX_NONE)
            continue;
        struct range steps = work->policy->escalations[clock->escalation].steps;
        for (uint32_t i = steps.first; i < steps.first + steps.count; i++) {
            uint32_t condition = work->policy->steps[i].condition;
            sla_time at;
            if (condition == INDEX_NONE || !next_send(work, c, i, &at) || at > now ||
                condition_holds(work_facts(work), condition))
                continue;
            uint32_t count;
            if (!step_note_send(work, c, i, at, true, &count))
                return false;
        }
    }
    return true;
}
