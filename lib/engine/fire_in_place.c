/* SPDX-License-Identifier: MIT */
/* Firing where the incident is kept: mostly a fact concerns one clock, which says what it says
 * and is laid again where it was; what was told is noted behind the rest. */
#include "engine/work.h"

/* The clocks of a kept incident, as far as their next facts go. */
struct facts_ahead {
    struct fact first, second; /* FACT_NONE: there is none */
    unsigned char *clock;      /* of the first ... */
    bool is_narrow;            /* ... and whether it has the fixed size */
    const unsigned char *clocks_end;
};

static struct facts_ahead look_ahead(struct kept *kept)
{
    unsigned char *front = (unsigned char *)kept;
    struct facts_ahead ahead = {.first = {.type = FACT_NONE}, .second = {.type = FACT_NONE}};
    const unsigned char *at = kept_clocks(kept);
    for (uint32_t i = 0; i < kept->clock_count; i++) {
        struct kept_next next = kept_clock_next(at, kept->opened_at);
        struct fact fact = {fact_moment(next.type, next.at, kept->last_update), next.at, next.type,
                            i, next.step, next.order, next.metric, next.kind, next.cycle};
        if (next.type == FACT_NONE) {
            /* it has nothing to say */
        } else if (ahead.first.type == FACT_NONE || fact_comes_first(&fact, &ahead.first)) {
            ahead.second = ahead.first;
            ahead.first = fact;
            ahead.clock = front + (at - front);
            ahead.is_narrow = next.is_narrow;
        } else if (ahead.second.type == FACT_NONE || fact_comes_first(&fact, &ahead.second)) {
            ahead.second = fact;
        }
        at = next.end;
    }
    ahead.clocks_end = at;
    return ahead;
}

/* Lays the clock again, and notes what was told; false: it does not fit where it was. */
static bool put_in_place(const struct work *work, struct incident *incident, unsigned char *clock)
{
    const struct draft *draft = work->draft;
    struct kept *kept = incident->kept;
    uint32_t told = (uint32_t)draft->told.count;
    if (draft->sends.count + draft->spans.count > 0 || told > 1 ||
        !kept_clock_lay_over(clock, work_clock(work, 0), kept->opened_at))
        return false;
    unsigned char *end = (unsigned char *)kept + kept->used;
    for (uint32_t i = 0; i < told; i++)
        end = store64(end, draft->told.items[i]);
    kept->used += told * 8;
    kept->told_count = (uint8_t)(kept->told_count + told);
    return true;
}

sla_status fire_in_place(sla_engine *engine, uint32_t number, bool *out_done)
{
    struct incident *incident = incident_at(&engine->incidents, number);
    struct draft *draft = &engine->draft;
    size_t news_before = engine->outbox.news.count;
    *out_done = false;
    if (!array_reserve(&engine->allocator, &draft->clocks, 1) ||
        !incident_reserve(&engine->incidents, incident, 8))
        return SLA_ERROR_MEMORY;
    struct facts_ahead ahead = look_ahead(incident->kept);
    if (!ahead.is_narrow || incident->kept->told_count == TOLD_IN_BLOCK ||
        !kept_take_plain(incident->kept, ahead.clocks_end, draft))
        return SLA_OK;
    kept_clock_take(ahead.clock, &draft->clocks.items[0], incident->kept->opened_at);
    draft->clocks.count = 1; /* of the draft it is the only one */
    ahead.first.clock = 0;
    struct work work = work_of_draft(engine, number);
    sla_status status = fact_fire(&work, &ahead.first);
    *out_done = status == SLA_OK && put_in_place(&work, incident, ahead.clock);
    if (!*out_done) {
        outbox_take_back(&engine->outbox, news_before);
        return status;
    }
    struct fact next;
    bool found = fact_next(&work, &next), other = ahead.second.type != FACT_NONE;
    if (other && (!found || fact_comes_first(&ahead.second, &next)))
        next = ahead.second;
    queue_place(&engine->queue, number, found || other ? next.moment : SLA_TIME_NEVER,
                found || other ? next.at : SLA_TIME_NEVER);
    engine->changes++;
    return SLA_OK;
}
