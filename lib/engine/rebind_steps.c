/* SPDX-License-Identifier: MIT */
/* Binding another policy (E9): what was sent under the old one stays sent (K9). */
#include "engine/load.h"
#include "engine/stage.h"

bool rebind_is_restarted(const struct work *work, const struct clock *clock,
                         const struct clock *old)
{
    return clock->round != old->round &&
           (clock->origin != old->origin ||
            (clock->retargets != old->retargets &&
             work->policy->metrics[clock->metric].retarget == RETARGET_RESTART));
}

/* An incident's steps end, when their conditions do not hold, at its next update: that is now. */
bool rebind_end_unwanted(struct loading *loading, struct work *work)
{
    struct draft *draft = work->draft, *before = &loading->before;
    if (!steps_end_unwanted(work, loading->now))
        return false;
    for (uint32_t i = 0; i < draft->clocks.count; i++)
        if (draft->clocks.items[i].escalation != INDEX_NONE)
            before->clocks.items[i].fired = draft->clocks.items[i].fired;
    for (size_t i = 0; i < draft->sends.count; i++) {
        struct send send = draft->sends.items[i];
        if (i < before->sends.count) {
            before->sends.items[i].is_over = send.is_over;
            before->sends.items[i].last_at = send.last_at;
            continue;
        }
        const struct clock *clock = work_clock(work, send.clock);
        uint32_t place =
            send.step - work->policy->escalations[clock->escalation].steps.first;
        send.step = before->clocks.items[send.clock].escalation << SAVED_STEP_BITS | place;
        if (!array_push(&work->engine->allocator, &before->sends, send))
            return false;
    }
    return true;
}

static bool is_at_same_time(const struct saved_step *a, const struct saved_step *b)
{
    return a->type == b->type && a->percent == b->percent && a->offset == b->offset;
}

/* The step that a saved one is: the same one, if its entry is in the policy as it was; else, in the
   clock's entry, the one that stands at the same place in time; INDEX_NONE: there is none. */
static uint32_t step_again(const struct loading *loading, const struct work *work,
                           const struct clock *clock, const struct saved_name *entry,
                           uint32_t place)
{
    const struct saved_step *saved = loading->names.steps.items + entry->steps.first;
    uint32_t before = 0;
    if (entry->index != INDEX_NONE)
        return entry->first_step + place;
    if (clock->escalation == INDEX_NONE)
        return INDEX_NONE;
    struct range steps = work->policy->escalations[clock->escalation].steps;
    for (uint32_t i = 0; i < place; i++)
        before += is_at_same_time(&saved[i], &saved[place]);
    for (uint32_t s = steps.first; s < steps.first + steps.count; s++) {
        const struct step *step = &work->policy->steps[s];
        const struct saved_step now = {.type = step->type, .percent = step->percent,
                                       .offset = step->offset};
        if (is_at_same_time(&now, &saved[place]) && before-- == 0)
            return s;
    }
    return INDEX_NONE;
}

/* A step was sent under the old policy: so was the step that it is now. */
static bool restore_send(struct loading *loading, struct work *work,
                         const struct saved_name *entry, uint32_t place, struct send send)
{
    const struct clock *clock = work_clock(work, send.clock);
    const struct clock *old = &loading->before.clocks.items[send.clock];
    uint32_t count, step = step_again(loading, work, clock, entry, place);
    bool armed = clock->round != old->round;
    const struct saved_step *was = &loading->names.steps.items[entry->steps.first + place];
    if (step == INDEX_NONE || (armed && !step_is_early(was->type, was->percent)))
        return true;
    struct range steps = {0, 0};
    if (clock->escalation != INDEX_NONE)
        steps = work->policy->escalations[clock->escalation].steps;
    if (step - steps.first >= steps.count) { /* of an entry that was chosen before */
        send.step = step;
        send.is_over |= work->policy->steps[step].times <= 1;
        return array_push(&work->engine->allocator, &work->draft->sends, send);
    }
    for (uint32_t sent = 0; sent < send.count; sent++)
        if (!step_note_send(work, send.clock, step, send.last_at, false, &count))
            return false;
    return send.is_over == 0 ||
           step_note_send(work, send.clock, step, send.last_at, true, &count);
}

bool rebind_restore_sends(struct loading *loading, struct work *work, uint32_t index)
{
    const struct clock *old = &loading->before.clocks.items[index];
    struct clock *clock = work_clock(work, index);
    if (!clock_is_told(clock) || rebind_is_restarted(work, clock, old))
        return true;
    const struct saved_name *entry =
        old->escalation == INDEX_NONE
            ? NULL
            : saved_name_at(&loading->names, NAME_ENTRY, old->escalation);
    bool differs = entry != NULL && entry->index != clock->escalation;
    for (uint32_t bit = 0; entry != NULL && bit < 32 && bit < entry->steps.count; bit++) {
        struct send once = {index, 0, 1, 0, clock->origin};
        if ((old->fired >> bit & 1) != 0 && !restore_send(loading, work, entry, bit, once))
            return false;
    }
    for (size_t i = 0; i < loading->before.sends.count; i++) {
        const struct send *send = &loading->before.sends.items[i];
        const struct saved_name *its =
            saved_name_at(&loading->names, NAME_ENTRY, send->step >> SAVED_STEP_BITS);
        uint32_t place = send->step & ((1u << SAVED_STEP_BITS) - 1);
        if (send->clock != index || its == NULL || place >= its->steps.count)
            continue;
        differs = differs || its->index == INDEX_NONE;
        if (!restore_send(loading, work, its, place, *send))
            return false;
    }
    clock->round += differs;
    return true;
}
