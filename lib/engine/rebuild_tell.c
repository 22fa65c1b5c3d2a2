/* SPDX-License-Identifier: MIT */
/* What a new history makes of the host's picture: retractions, new facts, corrections. */
#include "base/sort.h"
#include "engine/rebuild.h"

/* A told clock of an engine's view. */
static const struct clock *clock_at(const sla_engine *engine, uint32_t index)
{
    return view_clock(engine->view, index);
}

static bool breach_is_told(const sla_engine *engine, uint32_t index)
{
    return index != INDEX_NONE && (clock_at(engine, index)->flags & CLOCK_BREACH_TOLD) != 0;
}

static int compare(const struct belief *a, const struct belief *b)
{
    if (a->metric != b->metric)
        return a->metric < b->metric ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->cycle < b->cycle ? -1 : a->cycle > b->cycle;
}

static struct belief belief_of(const sla_engine *engine, uint32_t index)
{
    const struct clock *clock = clock_at(engine, index);
    return (struct belief){.metric = clock->metric, .kind = clock->kind, .cycle = clock->cycle,
                           .before = INDEX_NONE, .now = INDEX_NONE, .agreement = INDEX_NONE,
                           .deadline = SLA_TIME_NONE};
}

/* The host has been told all that is true of it. */
static void believe(const sla_engine *engine, struct belief *belief)
{
    struct clock copy;
    span_array none = {0};
    struct counting counting = view_counting(engine, belief->before, &copy, &none);
    belief->state = copy.state;
    belief->agreement = copy.agreement;
    belief->deadline = copy.state == SLA_CLOCK_PAUSED ? SLA_TIME_NONE : copy.deadline;
    belief->budget = clock_budget(&counting);
    belief->is_breached = breach_is_told(engine, belief->before);
}

/* Pairs the clocks that were with those that are; both views have them in the same order. */
static bool pair_clocks(struct rebuild *rebuild, bool was_there)
{
    const struct view *was = rebuild->engine->view, *is = rebuild->replay->view;
    size_t i = 0, j = 0, was_count = was_there ? was->told.count : 0;
    while (i < was_count || j < is->told.count) {
        struct belief old, now, belief;
        if (i < was_count)
            old = belief_of(rebuild->engine, (uint32_t)was->told.items[i]);
        if (j < is->told.count)
            now = belief_of(rebuild->replay, (uint32_t)is->told.items[j]);
        int order = i == was_count ? 1 : j == is->told.count ? -1 : compare(&old, &now);
        belief = order <= 0 ? old : now;
        if (order <= 0) {
            belief.before = (uint32_t)was->told.items[i++];
            believe(rebuild->engine, &belief);
        }
        if (order >= 0)
            belief.now = (uint32_t)is->told.items[j++];
        /* of a metric that went with its policy (E9) only the record spoke */
        if (!is_foreign(belief.metric) &&
            !array_push(&rebuild->engine->allocator, &rebuild->beliefs, belief))
            return false;
    }
    return true;
}

static bool recall_told(struct rebuild *rebuild)
{
    const sla_allocator *allocator = &rebuild->engine->allocator;
    const struct draft *draft = &rebuild->engine->view->draft;
    const struct history *history =
        incident_at(&rebuild->engine->incidents, rebuild->number)->history;
    for (size_t i = 0; i < draft->told_before; i++)
        if (!array_push(allocator, &rebuild->told, load64(draft->packed_told + 8 * i)))
            return false;
    for (size_t i = 0; history != NULL && i < history->told.count; i++)
        if (!array_push(allocator, &rebuild->told, history->told.items[i]))
            return false;
    struct arena arena;
    arena_init(&arena, allocator);
    bool sorted = keys_sort(&arena, rebuild->told.items, rebuild->told.count);
    arena_free(&arena);
    return sorted;
}

sla_status rebuild_recall(struct rebuild *rebuild, bool was_there)
{
    sla_engine *engine = rebuild->engine, *replay = rebuild->replay;
    sla_status status = view_read(replay->view, &replay->incidents, 0, replay->changes);
    if (status == SLA_OK)
        status = view_sort(replay->view, &replay->allocator);
    if (status == SLA_OK && was_there)
        status = view_read(engine->view, &engine->incidents, rebuild->number, engine->changes);
    if (status == SLA_OK && was_there)
        status = view_sort(engine->view, &engine->allocator);
    if (status != SLA_OK)
        return status;
    return pair_clocks(rebuild, was_there) && (!was_there || recall_told(rebuild))
               ? SLA_OK : SLA_ERROR_MEMORY;
}

void rebuild_free(struct rebuild *rebuild)
{
    array_free(&rebuild->engine->allocator, &rebuild->beliefs);
    array_free(&rebuild->engine->allocator, &rebuild->told);
}

static bool was_told(const struct rebuild *rebuild, uint64_t id)
{
    size_t from = 0, to = rebuild->told.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (rebuild->told.items[middle] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < rebuild->told.count && rebuild->told.items[from] == id;
}

static bool is_taken(const struct rebuild *rebuild, uint64_t id)
{
    const struct draft *draft = &rebuild->engine->draft;
    if (rebuild->told.count == 0) /* nothing was told: ids are unique by how they are made */
        return false;
    for (size_t i = draft->told.count; i > 0; i--)
        if (draft->told.items[i - 1] == id)
            return true;
    return was_told(rebuild, id);
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

/* Says something of a clock that no fact of the new history says; late, as it stems from news of the
   engine's past (E10). */
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
        (breach_is_told(replay, belief->now) &&
         clock_at(replay, belief->now)->told_breach_at ==
             clock_at(engine, belief->before)->told_breach_at))
        return true;
    belief->is_retracted = true;
    return correct(rebuild, belief, SLA_EVENT_BREACH_RETRACTED, 0, engine->now);
}

static struct belief *find_belief(struct rebuild *rebuild, const struct news *news)
{
    struct belief wanted = {.metric = news->metric, .kind = news->kind, .cycle = news->cycle};
    size_t from = 0, to = rebuild->beliefs.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(&rebuild->beliefs.items[middle], &wanted);
        if (order == 0)
            return &rebuild->beliefs.items[middle];
        *(order < 0 ? &from : &to) = order < 0 ? middle + 1 : middle;
    }
    return NULL; /* every clock that tells something is told */
}

/* Told before, but taken back since: of a clock that came again, and of a breach. */
static bool is_true_again(const struct rebuild *rebuild, const struct belief *belief,
                          const struct news *news)
{
    if (news->type == SLA_EVENT_STARTED)
        return belief->state == SLA_CLOCK_NONE;
    return news->type == SLA_EVENT_BREACH && !belief->is_breached &&
           breach_is_told(rebuild->replay, belief->now) &&
           clock_at(rebuild->replay, belief->now)->told_breach_at == news->at;
}

/* A fact of the new history. */
static bool tell(struct rebuild *rebuild, const struct news *fact)
{
    const sla_engine *engine = rebuild->engine;
    struct news news = *fact;
    struct belief *belief = find_belief(rebuild, fact);
    bool is_late = news.at < rebuild->late_before, is_step = news.step != INDEX_NONE;
    bool is_known = was_told(rebuild, news.id[0]);
    if (belief == NULL || (is_known && !is_true_again(rebuild, belief, fact)))
        return true;
    if (is_late && is_step && news.type != SLA_EVENT_BREACH &&
        engine->policy->steps[news.step].skip_late) /* K9 */
        return true;
    news.incident = rebuild->number;
    if (is_late)
        news.flags |= SLA_EVENT_LATE;
    uint32_t round = clock_at(rebuild->replay, belief->now)->round;
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
    bool is_breached = breach_is_told(replay, belief->now), is_open = clock_is_open(&clock);
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
