/* SPDX-License-Identifier: MIT */
/* What a new history makes of the host's picture: retractions, new facts, corrections. */
#include "engine/rebuild.h"

static bool is_taken(const struct rebuild *rebuild, uint64_t id)
{
    const struct draft *draft = &rebuild->engine->draft;
    if (rebuild->told.count == 0) /* nothing was told: ids are unique by how they are made */
        return false;
    for (size_t i = draft->told.count; i > 0; i--)
        if (draft->told.items[i - 1] == id)
            return true;
    return rebuild_was_told(rebuild, id);
}

/* The host learns it. */
static void learn(struct belief *belief, const struct news *news)
{
    switch (news->type) {
    case SLA_EVENT_STARTED:
    case SLA_EVENT_RESUMED:
    case SLA_EVENT_REOPENED: belief->state = SLA_CLOCK_RUNNING; break;
    case SLA_EVENT_PAUSED: belief->state = SLA_CLOCK_PAUSED; break;
    case SLA_EVENT_MET: belief->state = SLA_CLOCK_MET; break;
    case SLA_EVENT_MISSED: belief->state = SLA_CLOCK_MISSED; break;
    case SLA_EVENT_CANCELLED: belief->state = SLA_CLOCK_CANCELLED; break;
    case SLA_EVENT_EXEMPTED: belief->state = SLA_CLOCK_EXEMPT; break;
    case SLA_EVENT_BREACH: belief->is_breached = true; break;
    case SLA_EVENT_BREACH_RETRACTED: belief->is_breached = false; break;
    default: break;
    }
    if (news->type == SLA_EVENT_REOPENED && news->at <= news->deadline)
        belief->is_breached = false; /* K6: it alone tells the result */
    if (news->type <= SLA_EVENT_EXTENDED) { /* what speaks of the target */
        belief->agreement = news->agreement;
        belief->deadline = news->deadline;
        belief->budget = news->elapsed + news->remaining;
    }
}

/* Into the outbox, which takes over what is written of it. False: no memory. */
static bool send(struct rebuild *rebuild, struct belief *belief, struct news *news)
{
    sla_engine *engine = rebuild->engine;
    if (!array_push(&engine->allocator, &engine->draft.told, news->id[0]) ||
        !outbox_add(&engine->outbox, news)) {
        written_free(news->written, &engine->allocator);
        return false;
    }
    learn(belief, news);
    return true;
}

/* Says something of a clock that no fact of the new history says; late, as it stems from news of
   the engine's past (E10). */
static bool correct(struct rebuild *rebuild, struct belief *belief, uint32_t type,
                    uint32_t repetition, sla_time at)
{
    sla_engine *engine = rebuild->engine;
    bool is_gone = belief->now == INDEX_NONE || type == SLA_EVENT_BREACH_RETRACTED;
    const sla_engine *from = is_gone && belief->before != INDEX_NONE ? engine : rebuild->replay;
    struct clock copy;
    span_array none = {0};
    struct counting counting =
        view_counting(from, from == engine ? belief->before : belief->now, &copy, &none);
    struct saying saying = {.type = type, .step = INDEX_NONE, .pause = INDEX_NONE,
                            .repetition = repetition, .at = at, .flags = SLA_EVENT_LATE};
    if (type == SLA_EVENT_PAUSED && copy.cause >= SPAN_CAUSE(0))
        saying.pause = copy.cause - SPAN_CAUSE(0);
    if (type == SLA_EVENT_MET && (copy.flags & CLOCK_MET_IN_GRACE) != 0)
        saying.flags |= SLA_EVENT_IN_GRACE;
    struct news news = news_compose(engine, rebuild->number, from->view->draft.head.severity,
                                    &counting, &saying);
    if (!clock_is_open(&copy)) {
        news.remaining += news.elapsed - copy.used;
        news.elapsed = copy.used;
    }
    while (is_taken(rebuild, news.id[0]))
        news_renumber(engine, &news, copy.round);
    return send(rebuild, belief, &news);
}

/* E2: a told breach that is not the one in force. */
static bool retract(struct rebuild *rebuild, struct belief *belief)
{
    const sla_engine *engine = rebuild->engine, *replay = rebuild->replay;
    if (!belief->is_breached ||
        (view_breach_is_told(replay, belief->now) &&
         view_told_clock(replay, belief->now)->told_breach_at ==
             view_told_clock(engine, belief->before)->told_breach_at))
        return true;
    belief->is_retracted = true;
    return correct(rebuild, belief, SLA_EVENT_BREACH_RETRACTED, 0, engine->now);
}

/* Told before, but taken back since: of a clock that came again, and of a breach. */
static bool is_true_again(const struct rebuild *rebuild, const struct belief *belief,
                          const struct news *news)
{
    if (news->type == SLA_EVENT_STARTED)
        return belief->state == SLA_CLOCK_NONE;
    return news->type == SLA_EVENT_BREACH && !belief->is_breached &&
           view_breach_is_told(rebuild->replay, belief->now) &&
           view_told_clock(rebuild->replay, belief->now)->told_breach_at == news->at;
}

/* A fact of the new history. */
static bool tell(struct rebuild *rebuild, const struct news *fact)
{
    const sla_engine *engine = rebuild->engine;
    struct news news = *fact;
    struct belief *belief = rebuild_find(rebuild, fact);
    bool is_late = news.at < rebuild->late_before, is_step = news.step != INDEX_NONE;
    bool is_known = rebuild_was_told(rebuild, news.id[0]);
    if (belief == NULL || (is_known && !is_true_again(rebuild, belief, fact)))
        return true;
    if (is_late && is_step && news.type != SLA_EVENT_BREACH &&
        engine->policy->steps[news.step].skip_late) /* K9 */
        return true;
    news.incident = rebuild->number;
    if (is_late)
        news.flags |= SLA_EVENT_LATE;
    uint32_t round = view_told_clock(rebuild->replay, belief->now)->round;
    while (is_taken(rebuild, news.id[0]))
        news_renumber(engine, &news, round);
    if (fact->written != NULL) {
        news.written = event_copy(&fact->written->event, &engine->allocator);
        if (news.written == NULL)
            return false;
        news.written->event.flags = news.flags;
    }
    return send(rebuild, belief, &news);
}

/* What is still wrong in the picture of a clock that is there. */
static bool correct_clock(struct rebuild *rebuild, struct belief *belief)
{
    const sla_engine *replay = rebuild->replay;
    sla_time now = rebuild->engine->now;
    struct clock clock;
    span_array none = {0};
    struct counting counting = view_counting(replay, belief->now, &clock, &none);
    bool is_breached = view_breach_is_told(replay, belief->now), is_open = clock_is_open(&clock);
    bool good = true;
    if (is_open && belief->state != SLA_CLOCK_RUNNING && belief->state != SLA_CLOCK_PAUSED)
        good = correct(rebuild, belief, SLA_EVENT_REOPENED, clock.reopens + 1, now);
    if (good && clock.state == SLA_CLOCK_RUNNING && belief->state == SLA_CLOCK_PAUSED)
        good = correct(rebuild, belief, SLA_EVENT_RESUMED, clock.pauses, now);
    if (good && clock.state == SLA_CLOCK_PAUSED && belief->state == SLA_CLOCK_RUNNING)
        good = correct(rebuild, belief, SLA_EVENT_PAUSED, clock.pauses, clock.pause_from);
    if (good && is_open &&
        (belief->agreement != clock.agreement || belief->budget != clock_budget(&counting) ||
         (clock.state == SLA_CLOCK_RUNNING && belief->deadline != clock.deadline)))
        good = correct(rebuild, belief, SLA_EVENT_RETARGETED, clock.retargets + 1, now);
    if (good && is_breached != belief->is_breached)
        good = is_breached ? correct(rebuild, belief, SLA_EVENT_BREACH, 0, clock.told_breach_at)
                           : correct(rebuild, belief, SLA_EVENT_BREACH_RETRACTED, 0, now);
    static const uint32_t verdicts[] = {[SLA_CLOCK_MET] = SLA_EVENT_MET,
                                        [SLA_CLOCK_MISSED] = SLA_EVENT_MISSED,
                                        [SLA_CLOCK_CANCELLED] = SLA_EVENT_CANCELLED,
                                        [SLA_CLOCK_EXEMPT] = SLA_EVENT_EXEMPTED};
    if (good && !is_open && belief->state != clock.state)
        good = correct(rebuild, belief, verdicts[clock.state], clock.reopens, clock.ended);
    return good;
}

sla_status rebuild_tell(struct rebuild *rebuild, bool *out_is_same)
{
    const struct outbox *facts = &rebuild->replay->outbox;
    bool good = true;
    for (size_t i = 0; good && i < rebuild->beliefs.count; i++)
        good = retract(rebuild, &rebuild->beliefs.items[i]);
    for (size_t i = facts->delivered; good && i < facts->news.count; i++)
        good = tell(rebuild, &facts->news.items[i]);
    for (size_t i = 0; good && i < rebuild->beliefs.count; i++) {
        struct belief *belief = &rebuild->beliefs.items[i];
        if (belief->now != INDEX_NONE)
            good = correct_clock(rebuild, belief);
        else if (belief->state != SLA_CLOCK_CANCELLED)
            good = correct(rebuild, belief, SLA_EVENT_CANCELLED, 0, rebuild->engine->now);
    }
    /* unique by how they are made, ids of the same number that were all told are the same ids */
    *out_is_same = rebuild->engine->draft.told.count == 0 &&
                   rebuild->told.count == facts->news.count - facts->delivered;
    return good ? SLA_OK : SLA_ERROR_MEMORY;
}
