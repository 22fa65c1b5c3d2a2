/* SPDX-License-Identifier: MIT */
/* Triggers: does this update start, stop, pause ... a metric? */
#include "engine/stage.h"

static bool names_match(const struct stage *stage, struct range events)
{
    const sla_policy *policy = stage->work->policy;
    for (uint32_t i = 0; i < events.count; i++) {
        uint32_t literal = policy->literal_lists[events.first + i];
        if (literal == stage->event || (stage->is_first && literal == policy->opened_literal))
            return true;
    }
    return false;
}

static bool has_changed(const struct stage *stage, uint32_t slot_index)
{
    const struct slot *now = &stage->work->facts.slots[slot_index];
    if (stage->is_first)
        return now->present != 0;
    const struct slot *before = &stage->before.slots[slot_index];
    return now->present != before->present ||
           (now->present && !text_equal(now->text, before->text));
}

bool trigger_fires(const struct stage *stage, const struct trigger *trigger)
{
    if (!trigger->present)
        return false;
    if (trigger->events.count > 0 && !names_match(stage, trigger->events))
        return false;
    if (trigger->changed_slot != 0 && !has_changed(stage, trigger->changed_slot))
        return false;
    if (!condition_holds(&stage->work->facts, trigger->condition))
        return false;
    if (trigger->events.count > 0 || trigger->changed_slot != 0)
        return true;
    /* `when` alone fires when it becomes true; it was false before the first update */
    return stage->is_first || !condition_holds(&stage->before, trigger->condition);
}
