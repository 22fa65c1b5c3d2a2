/* SPDX-License-Identifier: MIT */
/* Firing: a fact whose moment has come is made told, and said. */
#include "engine/work.h"

static sla_status fire_resume(struct work *work, const struct fact *fact, struct saying *saying)
{
    struct counting counting = work_counting(work, fact->clock);
    saying->type = SLA_EVENT_RESUMED;
    saying->repetition = counting.clock->pauses;
    for (size_t i = 0; i < work->draft->causes.count; i++)
        if (work->draft->causes.items[i].clock == fact->clock &&
            work->draft->causes.items[i].expires == fact->at)
            saying->pause = work->draft->causes.items[i].pause;
    return clock_resume(&counting, fact->at, true);
}

/* The step at the deadline, or INDEX_NONE. */
static uint32_t find_due_step(const struct work *work, const struct clock *clock)
{
    if (clock->escalation == INDEX_NONE)
        return INDEX_NONE;
    struct range steps = work->policy->escalations[clock->escalation].steps;
    for (uint32_t i = steps.first; i < steps.first + steps.count; i++)
        if (work->policy->steps[i].type == STEP_DUE)
            return i;
    return INDEX_NONE;
}

/* The breach is told, also by the step that speaks of it, if its condition holds; to that step it
   is the first send (K10, K11). */
static bool note_breach(struct work *work, const struct fact *fact, struct saying *saying)
{
    struct clock *clock = work_clock(work, fact->clock);
    uint32_t index = find_due_step(work, clock), count;
    saying->type = SLA_EVENT_BREACH;
    clock->flags |= CLOCK_BREACH_TOLD;
    clock->told_breach_at = clock->breach_at;
    if (index == INDEX_NONE)
        return true;
    const struct step *step = &work->policy->steps[index];
    bool is_wanted =
        step->condition == INDEX_NONE || condition_holds(work_facts(work), step->condition);
    if (is_wanted)
        saying->step = index;
    if (step->times <= 1)
        return true;
    return step_note_send(work, fact->clock, index, fact->at, false, &count) &&
           (is_wanted || step_note_send(work, fact->clock, index, fact->at, true, &count));
}

sla_status fact_fire(struct work *work, const struct fact *fact)
{
    struct clock *clock = work_clock(work, fact->clock);
    struct saying saying = {.step = INDEX_NONE, .pause = INDEX_NONE, .at = fact->at};
    sla_status status = SLA_OK;
    bool is_silenced = false;
    if (fact->type == FACT_RESUME) {
        is_silenced = clock->told_resume == clock->pauses; /* E2: told before */
        status = fire_resume(work, fact, &saying);
        if (status == SLA_ERROR_RANGE) { /* the deadline would lie after 2199: it stays paused */
            clock->resume_at = SLA_TIME_NEVER;
            is_silenced = true;
            status = SLA_OK;
        }
    } else if (fact->type == FACT_BREACH) {
        if (!note_breach(work, fact, &saying))
            status = SLA_ERROR_MEMORY;
    } else {
        const struct step *step = &work->policy->steps[fact->step];
        saying.type = step_is_early(step->type, step->percent) ? SLA_EVENT_WARNING
                                                               : SLA_EVENT_ESCALATION;
        saying.step = fact->step;
        is_silenced = step->skip_late && fact->at < work->late_before; /* K9 */
        if (!step_note_send(work, fact->clock, fact->step, fact->at, false, &saying.repetition))
            status = SLA_ERROR_MEMORY;
    }
    if (status == SLA_OK && !is_silenced && !work_say(work, fact->clock, &saying))
        status = SLA_ERROR_MEMORY;
    if (status == SLA_OK)
        work_plan(work, fact->clock);
    return status;
}
