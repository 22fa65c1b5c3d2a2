/* SPDX-License-Identifier: MIT */
/* The stages of an update (K5), in their order. Each goes metric by metric, kind by kind. */
#ifndef ENGINE_STAGE_H
#define ENGINE_STAGE_H

#include "engine/host.h"
#include "engine/work.h"

/* An update while it is applied. */
struct stage {
    struct work *work;
    sla_time at;
    uint32_t event;         /* the update's name as a literal, or 0 */
    struct host_act act;    /* what the host asks for (K12) */
    bool is_first;          /* it opens the incident: `opened` fires too */
    bool is_late;           /* it lies in the engine's past (E2) */
    struct facts before;    /* the facts before it */
    uint32_t *last;         /* [metric * KIND_COUNT + kind]: the last cycle's clock; INDEX_NONE */
};

/* Does the trigger fire at this update? */
bool trigger_fires(const struct stage *stage, const struct trigger *trigger);

static inline uint32_t stage_last(const struct stage *stage, uint32_t metric, uint32_t kind)
{
    return stage->last[metric * KIND_COUNT + kind];
}
static inline const struct promise *stage_promise(const struct stage *stage, uint32_t metric,
                                                  uint32_t kind)
{
    return &work_promises(stage->work)[metric * KIND_COUNT + kind];
}

/* The last cycle's clock of a metric and kind if it is open, or INDEX_NONE. */
uint32_t stage_open_clock(const struct stage *stage, uint32_t metric, uint32_t kind);

/* Says something about a clock at the update's instant. SLA_OK or SLA_ERROR_MEMORY. */
sla_status stage_say(const struct stage *stage, uint32_t clock, uint32_t type,
                     uint32_t repetition);

/* Does the clock already have this promise? */
bool stage_keeps_promise(const struct clock *clock, const struct promise *promise,
                         const struct stage *stage);
/* A new cycle, silent when nothing is promised. If its pause holds, the stage of pauses says so. */
sla_status stage_start_cycle(struct stage *stage, uint32_t metric, uint32_t kind, uint32_t cycle);
/* Ends an open clock; ends it as cancelled, and says so. */
void stage_end_clock(struct stage *stage, uint32_t clock, uint32_t state);
sla_status stage_cancel_clock(struct stage *stage, uint32_t clock);
/* Begins or ends the pause of an open clock, as its causes are now. */
sla_status stage_pause_clock(struct stage *stage, uint32_t clock);
/* A breach that is already true is told at once, also of a paused clock (K3, E4). */
sla_status stage_tell_overrun(struct stage *stage, uint32_t clock);
/* Makes `due` and later steps ready to be sent again (K9). */
void stage_arm_due(struct stage *stage, uint32_t clock);
/* A new arming: every step, and the breach, is ready to be sent again. */
void stage_arm_all(struct stage *stage, uint32_t clock);

/* Late news: what must be known before the update is applied, and the retraction, before its events
   (which begin at `first_news` in the outbox), of breaches that it proves untrue (E2). */
sla_status late_begin(struct stage *stage);
sla_status late_end(struct stage *stage, size_t first_news);
/* The breach that lies ahead of a late update is not the one in force. */
void late_retract(struct stage *stage, uint32_t clock);

sla_status stage_retarget(struct stage *stage);        /* K8 */
sla_status stage_host(struct stage *stage);            /* K12 */
sla_status stage_cancel(struct stage *stage);
sla_status stage_stop(struct stage *stage);            /* K2 */
sla_status stage_reset(struct stage *stage);
sla_status stage_pause(struct stage *stage);           /* K4 */
sla_status stage_start(struct stage *stage);           /* K1, K6, K7 */

#define FOR_EACH_METRIC_AND_KIND(stage, metric, kind)                                        \
    for (uint32_t metric = 0; metric < (stage)->work->policy->metric_count; metric++)        \
        for (uint32_t kind = 0; kind < KIND_COUNT; kind++)                                   \
            if (((stage)->work->engine->kinds & 1u << kind) != 0)

#endif
