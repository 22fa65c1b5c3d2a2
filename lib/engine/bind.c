/* SPDX-License-Identifier: MIT */
/* Another policy for a live engine (E9): it is saved, loaded into a new one, and that put in its
   place, so that there is one way for live engines and for saved bytes. */
#include "engine/load.h"

/* Everything in an engine that points into it. */
static void point_to(sla_engine *engine)
{
    engine->allocator.user = engine;
    engine->foreign.allocator.user = engine;
    engine->foreign_texts.allocator.user = engine;
    engine->incidents.allocator = &engine->allocator;
    engine->queue.allocator = &engine->allocator;
    engine->queue.incidents = &engine->incidents;
    engine->outbox.allocator = &engine->allocator;
}

sla_status sla_engine_bind(sla_engine *engine, sla_policy *policy, sla_moves **out_moves)
{
    if (engine == NULL || policy == NULL)
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    sla_state *state = NULL;
    sla_engine *fresh = NULL;
    struct sla_moves *moves = NULL;
    sla_engine_options options = {.size = sizeof options, .allocator = &engine->host};
    sla_status status = sla_engine_save(engine, &state);
    if (status == SLA_OK)
        status = sla_engine_new(policy, &engine->callbacks, &options, &fresh);
    if (status == SLA_OK && out_moves != NULL && (moves = moves_new(&engine->host)) == NULL)
        status = SLA_ERROR_MEMORY;
    if (status == SLA_OK)
        status = engine_load(fresh, state->bytes.data.items, state->bytes.data.count, true, moves);
    sla_state_free(state);
    if (status != SLA_OK) {
        sla_moves_free(moves);
        sla_engine_free(fresh);
        return status;
    }
    fresh->told_due = engine->told_due;
    sla_engine old = *engine;
    *engine = *fresh;
    *fresh = old;
    point_to(engine);
    point_to(fresh);
    sla_engine_free(fresh);
    if (out_moves != NULL)
        *out_moves = moves;
    return engine_deliver(engine);
}
