/* SPDX-License-Identifier: MIT */
/* Steps: when warnings and escalations are due, and which fact of an incident comes next. */
#include "base/checked.h"
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
    uint32_t calendar = step->calendar != INDEX_NONE ? step->calendar : clock->calendar;
    sla_status status;
    if (step->type == STEP_PERCENT && step->percent < 100)
        status = clock_reach(counting, share_of(clock->budget, step->percent), out_at);
    else if (step->type == STEP_PERCENT)
        status = clock_reach_after(counting, clock->breach_at,
                                   share_of(clock->budget, step->percent - 100), calendar, out_at);
    else if (step->type == STEP_AFTER)
        status = clock_reach_after(counting, clock->breach_at, step->offset, calendar, out_at);
    else if (calendar_add(counting->policy->calendars[calendar], clock->deadline, -step->offset,
                          out_at) != SLA_OK) {
        *out_at = clock->origin; /* before 1970: certainly before the start */
        status = SLA_OK;
    } else {
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

/* The instant of a step's next send; false: there is none (any more). */
static bool next_send(const struct work *work, uint32_t clock, uint32_t step_index,
                      sla_time *out_at)
{
    const struct step *step = &work->policy->steps[step_index];
    struct counting counting = work_counting(work, clock);
    const struct send *send = find_send(work, clock, step_index);
    if (step->type == STEP_DUE)
        return false;
    if (send == NULL)
        return step_instant(&counting, step, out_at) == SLA_OK;
    if (send->is_over || send->count >= step->times || step->repeat <= 0)
        return false;
    uint32_t calendar =
        step->calendar != INDEX_NONE ? step->calendar : counting.clock->calendar;
    return clock_reach_after(&counting, send->last_at, step->repeat, calendar, out_at) == SLA_OK &&
           hold_to(&counting, step, out_at) == SLA_OK;
}

/* E4: (moment known, instant, metric, kind, cycle, step order). */
static bool comes_first(const struct work *work, const struct fact *a, const struct fact *b)
{
    const struct clock *x = work_clock(work, a->clock), *y = work_clock(work, b->clock);
    if (a->moment != b->moment)
        return a->moment < b->moment;
    if (a->at != b->at)
        return a->at < b->at;
    if (x->metric != y->metric)
        return x->metric < y->metric;
    if (x->kind != y->kind)
        return x->kind < y->kind;
    if (x->cycle != y->cycle)
        return x->cycle < y->cycle;
    return a->order < b->order;
}

struct search {
    struct work *work;
    struct fact best;
    bool found;
};

static void consider(struct search *search, struct fact fact)
{
    if (fact.moment < search->work->last_update)
        fact.moment = search->work->last_update;
    if (!search->found || comes_first(search->work, &fact, &search->best)) {
        search->best = fact;
        search->found = true;
    }
}

static void consider_running(struct search *search, uint32_t index)
{
    struct work *work = search->work;
    const struct clock *clock = work_clock(work, index);
    struct range steps = {0, 0};
    if (clock->escalation != INDEX_NONE)
        steps = work->policy->escalations[clock->escalation].steps;
    uint32_t due_order = steps.count;
    for (uint32_t i = 0; i < steps.count; i++) {
        const struct step *step = &work->policy->steps[steps.first + i];
        struct fact fact = {0, 0, FACT_STEP, index, steps.first + i, i + 1};
        if (step->type == STEP_DUE)
            due_order = i;
        else if (next_send(work, index, fact.step, &fact.at) &&
                 (step->condition == INDEX_NONE ||
                  condition_holds(work_facts(work), step->condition))) {
            fact.moment = fact.at;
            consider(search, fact);
        }
    }
    if ((clock->flags & CLOCK_BREACH_TOLD) == 0 && clock->breach_at < SLA_TIME_MAX)
        consider(search, (struct fact){clock->breach_at + 1, clock->breach_at, FACT_BREACH, index,
                                       INDEX_NONE, due_order + 1});
}

bool fact_next(struct work *work, struct fact *out_fact)
{
    struct search search = {.work = work};
    for (uint32_t i = 0; i < work->draft->clocks.count; i++) {
        const struct clock *clock = work_clock(work, i);
        if (!clock_is_open(clock) || !clock_is_told(clock))
            continue;
        if (clock->state == SLA_CLOCK_RUNNING)
            consider_running(&search, i);
        else if (clock->resume_at != SLA_TIME_NEVER)
            consider(&search, (struct fact){clock->resume_at, clock->resume_at, FACT_RESUME, i,
                                            INDEX_NONE, 0});
    }
    *out_fact = search.best;
    return search.found;
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
            struct send *send = find_send(work, c, i);
            struct send over = {c, i, 0, 1, at};
            if (send != NULL)
                send->is_over = 1;
            else if (!array_push(&work->engine->allocator, &work->draft->sends, over))
                return false;
        }
    }
    return true;
}

sla_status fact_fire(struct work *work, const struct fact *fact)
{
    struct counting counting = work_counting(work, fact->clock);
    struct clock *clock = counting.clock;
    uint32_t late = fact->at < work->late_before ? SLA_EVENT_LATE : 0;
    struct saying saying = {.step = INDEX_NONE, .pause = INDEX_NONE, .at = fact->at, .flags = late};
    if (fact->type == FACT_RESUME) {
        saying.type = SLA_EVENT_RESUMED;
        saying.repetition = clock->pauses;
        for (size_t i = 0; i < work->draft->causes.count; i++)
            if (work->draft->causes.items[i].clock == fact->clock &&
                work->draft->causes.items[i].expires == fact->at)
                saying.pause = work->draft->causes.items[i].pause;
        sla_status status = clock_resume(&counting, fact->at, true);
        if (status != SLA_OK)
            return status;
        return work_say(work, fact->clock, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
    }
    if (fact->type == FACT_BREACH) {
        saying.type = SLA_EVENT_BREACH;
        saying.step = INDEX_NONE;
        struct range steps = {0, 0};
        if (clock->escalation != INDEX_NONE)
            steps = work->policy->escalations[clock->escalation].steps;
        for (uint32_t i = steps.first; i < steps.first + steps.count; i++) {
            const struct step *step = &work->policy->steps[i];
            if (step->type == STEP_DUE && (step->condition == INDEX_NONE ||
                                           condition_holds(work_facts(work), step->condition)))
                saying.step = i;
        }
        clock->flags |= CLOCK_BREACH_TOLD;
        clock->told_breach_at = clock->breach_at;
        return work_say(work, fact->clock, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
    }
    const struct step *step = &work->policy->steps[fact->step];
    struct send *send = find_send(work, fact->clock, fact->step);
    if (send == NULL) {
        struct send first = {fact->clock, fact->step, 0, 0, fact->at};
        if (!array_push(&work->engine->allocator, &work->draft->sends, first))
            return SLA_ERROR_MEMORY;
        send = &work->draft->sends.items[work->draft->sends.count - 1];
    }
    send->count++;
    send->last_at = fact->at;
    if (late != 0 && step->skip_late)
        return SLA_OK; /* K9: silenced */
    bool is_warning = step->type == STEP_BEFORE ||
                      (step->type == STEP_PERCENT && step->percent < 100);
    saying.type = is_warning ? SLA_EVENT_WARNING : SLA_EVENT_ESCALATION;
    saying.step = fact->step;
    saying.repetition = send->count;
    return work_say(work, fact->clock, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
}
