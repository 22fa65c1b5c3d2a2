/* SPDX-License-Identifier: MIT */
/* Acts of the host: more time, another deadline, out of compliance (K12). */
#include "engine/host.h"

#include "engine/stage.h"
#include "time/instant.h"

enum argument { ARGUMENT_METRIC, ARGUMENT_BY, ARGUMENT_DEADLINE, ARGUMENT_REASON, ARGUMENT_ACTOR,
                ARGUMENT_COUNT };

/* Which argument an attribute is, or ARGUMENT_COUNT. */
static uint32_t argument_of(const sla_policy *policy, const sla_attribute *attribute)
{
    static const sla_text names[ARGUMENT_COUNT] = {
        {"metric", 6}, {"by", 2}, {"deadline", 8}, {"reason", 6}, {"actor", 5}};
    sla_text name = TEXT_NONE;
    if (attribute->id != 0 && attribute->id <= policy->attribute_count)
        name = text_table_at(&policy->attributes, attribute->id);
    else if (attribute->id != 0 ||
             !text_from_api(attribute->name.data, attribute->name.length, &name))
        return ARGUMENT_COUNT;
    uint32_t argument = 0;
    while (argument < ARGUMENT_COUNT && !text_equal(name, names[argument]))
        argument++;
    return argument;
}

bool host_is_argument(const sla_policy *policy, const sla_attribute *attribute)
{
    return argument_of(policy, attribute) != ARGUMENT_COUNT;
}

/* RFC 3339, local time in the policy's zone without an offset; or Unix seconds. */
static sla_status read_instant(const sla_policy *policy, sla_text text, sla_time *out_at)
{
    uint64_t seconds;
    if (!text_to_u64(text, UINT64_MAX, &seconds))
        return instant_parse(text, policy->zone, out_at);
    if (seconds > SLA_TIME_MAX)
        return SLA_ERROR_RANGE;
    *out_at = (sla_time)seconds;
    return SLA_OK;
}

static uint32_t type_of(sla_text event)
{
    if (text_equal(event, TEXT("sla:extend")))
        return HOST_EXTEND;
    if (text_equal(event, TEXT("sla:pin")))
        return HOST_PIN;
    return text_equal(event, TEXT("sla:exempt")) ? HOST_EXEMPT : HOST_NONE;
}

/* The arguments as texts; the last of a name counts, and one that is taken away is not there. */
static sla_status read_arguments(const sla_policy *policy, const sla_update *update,
                                 sla_text texts[ARGUMENT_COUNT], bool present[ARGUMENT_COUNT])
{
    for (size_t i = 0; i < update->attribute_count; i++) {
        const sla_attribute *attribute = &update->attributes[i];
        uint32_t argument = argument_of(policy, attribute);
        if (argument == ARGUMENT_COUNT)
            continue;
        present[argument] = (attribute->flags & SLA_ATTRIBUTE_REMOVE) == 0;
        texts[argument] = TEXT_NONE;
        if ((attribute->flags & ~SLA_ATTRIBUTE_REMOVE) != 0 ||
            (present[argument] && !text_from_api(attribute->value.data, attribute->value.length,
                                                 &texts[argument])))
            return SLA_ERROR_ARGUMENT;
    }
    return SLA_OK;
}

sla_status host_read_act(const sla_policy *policy, sla_text event, const sla_update *update,
                         struct host_act *out_act)
{
    sla_text texts[ARGUMENT_COUNT] = {TEXT_NONE};
    bool present[ARGUMENT_COUNT] = {false};
    struct host_act act = {.type = type_of(event), .metric = INDEX_NONE};
    *out_act = act;
    if (!text_starts_with(event, TEXT("sla:")))
        return SLA_OK;
    if (act.type == HOST_NONE || (update->attributes == NULL && update->attribute_count > 0))
        return SLA_ERROR_ARGUMENT;
    sla_status status = read_arguments(policy, update, texts, present);
    if (status != SLA_OK)
        return status;
    if ((act.type == HOST_EXTEND && !present[ARGUMENT_BY]) ||
        (act.type == HOST_PIN && !present[ARGUMENT_DEADLINE]))
        return SLA_ERROR_ARGUMENT;
    if (present[ARGUMENT_METRIC] &&
        (act.metric = policy_find_metric(policy, texts[ARGUMENT_METRIC])) == INDEX_NONE)
        return SLA_ERROR_ARGUMENT;
    if (act.type == HOST_EXTEND)
        status = duration_parse(texts[ARGUMENT_BY], &act.by);
    else if (act.type == HOST_PIN)
        status = read_instant(policy, texts[ARGUMENT_DEADLINE], &act.deadline);
    if (texts[ARGUMENT_REASON].length > HOST_WORDS_MAX ||
        texts[ARGUMENT_ACTOR].length > HOST_WORDS_MAX)
        return SLA_ERROR_LIMIT;
    act.reason = texts[ARGUMENT_REASON];
    act.actor = texts[ARGUMENT_ACTOR];
    if (status == SLA_OK)
        *out_act = act;
    return status;
}

static sla_status say(const struct stage *stage, uint32_t clock, uint32_t type,
                      uint32_t repetition)
{
    struct saying saying = {.type = type,
                            .step = INDEX_NONE,
                            .pause = INDEX_NONE,
                            .repetition = repetition,
                            .at = stage->at,
                            .reason = stage->act.reason,
                            .actor = stage->act.actor};
    return work_say(stage->work, clock, &saying) ? SLA_OK : SLA_ERROR_MEMORY;
}

/* What was told of the breach stays told: an exempt clock is out of compliance, but it did run
   over. Exempted again after a reopening is another fact. */
static sla_status exempt_clock(struct stage *stage, uint32_t index)
{
    stage_end_clock(stage, index, SLA_CLOCK_EXEMPT);
    return say(stage, index, SLA_EVENT_EXEMPTED, work_clock(stage->work, index)->reopens);
}

static sla_status change_clock(struct counting *counting, const struct host_act *act)
{
    return act->type == HOST_EXTEND ? clock_extend(counting, act->by)
                                    : clock_pin(counting, act->deadline);
}

/* Like a retarget: a told breach that is no longer true is retracted first, one that is thereby
   true is told at once (K8). Nothing refuses it, not even never_loosen. */
static sla_status grant(struct stage *stage, uint32_t index)
{
    struct counting counting = work_counting(stage->work, index), trying = counting;
    struct clock *clock = counting.clock, trial = *clock;
    trying.clock = &trial;
    sla_status status = change_clock(&trying, &stage->act);
    if (status == SLA_OK && (clock->flags & CLOCK_BREACH_TOLD) != 0 &&
        !clock_is_overrun(&trial, stage->at)) {
        status = stage_say(stage, index, SLA_EVENT_BREACH_RETRACTED, 0);
        stage_arm_due(stage, index);
    }
    if (status != SLA_OK)
        return status;
    change_clock(&counting, &stage->act); /* as tried: it cannot fail */
    if ((clock->flags & CLOCK_BREACH_TOLD) != 0)
        clock->told_breach_at = clock->breach_at; /* it still stands, where it is now */
    clock->extensions++;
    status = say(stage, index, SLA_EVENT_EXTENDED, clock->extensions);
    return status == SLA_OK ? stage_tell_overrun(stage, index) : status;
}

sla_status stage_host(struct stage *stage)
{
    sla_status status = SLA_OK;
    if (stage->act.type == HOST_NONE)
        return SLA_OK;
    FOR_EACH_METRIC_AND_KIND(stage, metric, kind) {
        uint32_t index = stage_open_clock(stage, metric, kind);
        if (status != SLA_OK || index == INDEX_NONE ||
            (stage->act.metric != INDEX_NONE && stage->act.metric != metric))
            continue;
        if (stage->act.type == HOST_EXEMPT)
            status = exempt_clock(stage, index);
        else if (clock_is_told(work_clock(stage->work, index)))
            status = grant(stage, index);
    }
    return status;
}
