/* SPDX-License-Identifier: MIT */
/* A clock's arithmetic: what is used, where the deadline stands, when the promise breaks. */
#include "engine/clock.h"

#include "base/checked.h"

static const sla_calendar *calendar_of(const struct counting *counting)
{
    return counted_on(counting->policy, counting->clock->calendar);
}

static bool is_counted_mixed(const struct clock *clock)
{
    return (clock->flags & (CLOCK_MIXED | CLOCK_AGREED)) == CLOCK_MIXED;
}

/* Where the deadline stands before pauses: D0, later by what the host extended it. */
static sla_status extend_deadline(const struct counting *counting, sla_time *out_deadline)
{
    const struct clock *clock = counting->clock;
    sla_duration budget;
    sla_time read_at;
    *out_deadline = clock->due0;
    if (clock->extended == 0)
        return SLA_OK;
    if (!is_counted_mixed(clock))
        return calendar_add(calendar_of(counting), clock->due0, clock->extended, out_deadline);
    if (ckd_add(&budget, clock->budget, clock->extended))
        return SLA_ERROR_RANGE;
    return clock_reach_mixed(counting, budget, out_deadline, &read_at);
}

/* Where deadline and breach stand, from D0 and the pauses counted so far. */
static sla_status settle_deadline(struct counting *counting)
{
    struct clock *clock = counting->clock;
    const sla_calendar *calendar = calendar_of(counting);
    bool is_pinned = (clock->flags & CLOCK_PINNED) != 0;
    sla_time deadline = clock->pinned_at;
    sla_duration behind;
    if (!is_pinned && extend_deadline(counting, &deadline) != SLA_OK)
        return SLA_ERROR_RANGE; /* D0 itself while P = 0 */
    if (!is_pinned && clock->shift > 0 &&
        calendar_add(calendar, deadline, clock->shift, &deadline) != SLA_OK)
        return SLA_ERROR_RANGE;
    if (!is_pinned && (clock->flags & CLOCK_ROLLS) != 0 &&
        calendar_roll(calendar, &deadline) != SLA_OK)
        return SLA_ERROR_RANGE;
    clock->deadline = deadline;
    if (ckd_add(&behind, clock->grace, clock->extra))
        return SLA_ERROR_RANGE;
    clock->breach_at = deadline;
    return behind == 0 ? SLA_OK : calendar_add(calendar, deadline, behind, &clock->breach_at);
}

/* K4, D5: a pause moves the deadline if it began at or before it, else the breach alone. It does
   not move what is pinned (K12). */
static sla_status count_pause(struct counting *counting, sla_time from, sla_time to)
{
    struct clock *clock = counting->clock;
    bool is_pinned = (clock->flags & CLOCK_PINNED) != 0;
    if (is_pinned ? from <= clock->deadline : to <= clock->read_at)
        return SLA_OK;
    sla_duration counted = calendar_elapsed(calendar_of(counting), from, to);
    if (from <= clock->deadline)
        clock->shift += counted;
    else if (from <= clock->breach_at)
        clock->extra += counted;
    else
        return SLA_OK;
    return settle_deadline(counting);
}

void clock_forget_spans(struct counting *counting)
{
    size_t kept = 0;
    for (size_t i = 0; i < counting->spans->count; i++)
        if (counting->spans->items[i].clock != counting->index)
            counting->spans->items[kept++] = counting->spans->items[i];
    counting->spans->count = kept;
}

static void take_promise(struct clock *clock, const sla_policy *policy,
                         const struct promise *promise, sla_time now)
{
    clock->agreement = promise->agreement;
    clock->rule = promise->rule;
    clock->calendar = promise->calendar;
    clock->grace = promise->target->grace;
    clock->shift = clock->extra = 0;
    /* D6: read again when it changes, not when the rest of the promise does */
    if (!promise->agreed || (clock->flags & CLOCK_AGREED) == 0 ||
        promise->agreed_at != clock->due0)
        clock->read_at = promise->agreed ? now : SLA_TIME_NONE;
    clock->flags &= (uint16_t)~(CLOCK_SILENT | CLOCK_ROLLS | CLOCK_AGREED);
    if (promise->agreed)
        clock->flags |= CLOCK_AGREED;
    if (promise_rolls(policy, promise))
        clock->flags |= CLOCK_ROLLS;
}

/* D4: what is counted from the origin to D0; of so many seconds, just these (C5). */
static sla_duration budget_of(const struct counting *counting, const struct promise *promise,
                              sla_time origin, sla_time due)
{
    if (!promise->agreed && promise->target->unit == SLA_UNIT_SECONDS)
        return promise->target->amount;
    return calendar_elapsed(calendar_of(counting), origin, due);
}

static sla_status begin_with_promise(struct counting *counting, const struct promise *promise,
                                     sla_time at)
{
    struct clock *clock = counting->clock;
    take_promise(clock, counting->policy, promise, at);
    clock->read_at = SLA_TIME_NONE; /* every pause to come ends later anyway */
    clock->first_calendar = promise->calendar;
    sla_status status = promise_due(counting->policy, promise, at, &clock->due0);
    if (status != SLA_OK)
        return status;
    clock->budget = budget_of(counting, promise, at, clock->due0);
    return settle_deadline(counting);
}

sla_status clock_begin(struct counting *counting, const struct promise *promise, sla_time at)
{
    struct clock *clock = counting->clock;
    clock_forget_spans(counting);
    clock->state = SLA_CLOCK_RUNNING;
    clock->origin = clock->base_at = clock->run_from = at;
    clock->base_used = clock->base_paused = 0;
    clock->pause_from = clock->ended = SLA_TIME_NONE;
    clock->resume_at = SLA_TIME_NEVER;
    clock->used = 0;
    clock->flags &= (uint16_t)~(CLOCK_MIXED | CLOCK_MET_IN_GRACE);
    if (promise->found)
        return begin_with_promise(counting, promise, at);
    clock->flags |= CLOCK_SILENT;
    clock->agreement = clock->rule = clock->calendar = INDEX_NONE;
    return SLA_OK;
}

void clock_pause(struct counting *counting, sla_time at)
{
    struct clock *clock = counting->clock;
    if (clock_is_told(clock))
        clock->used += calendar_elapsed(calendar_of(counting), clock->run_from, at);
    clock->pause_from = at;
    clock->state = SLA_CLOCK_PAUSED;
}

sla_status clock_resume(struct counting *counting, sla_time at, bool by_limit)
{
    struct clock *clock = counting->clock;
    uint32_t cause = clock->cause == SPAN_CHANGE ? SPAN_PAUSE : clock->cause;
    struct span span = {clock->pause_from, at, counting->index, clock->calendar, cause, by_limit};
    struct clock before = *clock;
    clock->state = SLA_CLOCK_RUNNING;
    clock->run_from = at;
    clock->pause_from = SLA_TIME_NONE;
    clock->resume_at = SLA_TIME_NEVER;
    sla_status status = clock_is_told(clock) ? count_pause(counting, span.from, at) : SLA_OK;
    if (status == SLA_OK && !array_push(counting->allocator, counting->spans, span))
        status = SLA_ERROR_MEMORY;
    if (status != SLA_OK)
        *clock = before;
    return status;
}

sla_status clock_settle(struct counting *counting)
{
    const span_array *spans = counting->spans;
    struct clock *clock = counting->clock;
    sla_status status = SLA_OK;
    sla_duration budget;
    sla_time due;
    clock->shift = clock->extra = 0;
    if (is_counted_mixed(clock) && ckd_add(&budget, clock->budget, clock->extended))
        return SLA_ERROR_RANGE;
    if (is_counted_mixed(clock)) /* what was extended may not be spent any more */
        status = clock_reach_mixed(counting, budget, &due, &clock->read_at);
    if (status == SLA_OK)
        status = settle_deadline(counting);
    for (size_t i = 0; status == SLA_OK && i < spans->count; i++)
        if (spans->items[i].clock == counting->index && spans->items[i].is_pause)
            status = count_pause(counting, spans->items[i].from, spans->items[i].to);
    return status;
}

sla_status clock_undo_resume(struct counting *counting, sla_time at)
{
    struct clock *clock = counting->clock;
    span_array *spans = counting->spans;
    size_t last = spans->count;
    while (last > 0 && spans->items[last - 1].clock != counting->index)
        last--;
    if (last == 0 || !spans->items[last - 1].by_limit || spans->items[last - 1].to <= at)
        return SLA_OK;
    struct span span = spans->items[last - 1];
    spans->count--;
    memmove(spans->items + last - 1, spans->items + last,
            (spans->count - (last - 1)) * sizeof *spans->items);
    clock->state = SLA_CLOCK_PAUSED;
    clock->pause_from = span.from;
    clock->resume_at = span.to;
    clock->cause = span.is_pause;
    clock->told_resume = clock->pauses;
    return clock_settle(counting);
}

/* On an unchanged calendar: the deadline that the new target would have had from the original
   start, moved by the pauses that began at or before it. */
static sla_status keep_from_origin(struct counting *counting, const struct promise *promise)
{
    struct clock *clock = counting->clock;
    sla_status status = promise_due(counting->policy, promise, clock->origin, &clock->due0);
    if (status != SLA_OK)
        return status;
    clock->first_calendar = clock->calendar;
    clock->budget = budget_of(counting, promise, clock->origin, clock->due0);
    return clock_settle(counting);
}

/* On another calendar: what was used stays used, the rest of the new budget counts from now; of a
   paused clock from the start of its pause, which is the same, since nothing counts in it. */
static sla_status keep_used(struct counting *counting, const struct promise *promise, sla_time now,
                            uint32_t old_calendar)
{
    struct clock *clock = counting->clock;
    uint32_t new_calendar = clock->calendar;
    sla_time from = clock->state == SLA_CLOCK_PAUSED ? clock->pause_from : now;
    struct span change = {from, from, counting->index, new_calendar, SPAN_CHANGE, 0};
    sla_time due;
    sla_status status = promise_due(counting->policy, promise, clock->origin, &due);
    if (status != SLA_OK)
        return status;
    clock->budget = budget_of(counting, promise, clock->origin, due);
    clock->calendar = old_calendar;
    clock->used = clock_used(counting, now);
    clock->calendar = new_calendar;
    clock->run_from = from;
    clock->flags |= CLOCK_MIXED;
    if (!array_push(counting->allocator, counting->spans, change))
        return SLA_ERROR_MEMORY;
    if (promise->agreed)
        clock->due0 = promise->agreed_at;
    else /* if it is spent, when that was (K8); a pause since then may have moved the breach */
        status = clock_reach_mixed(counting, clock->budget, &clock->due0, &clock->read_at);
    return status == SLA_OK ? clock_settle(counting) : status;
}

static void set_calendar_of_spans(struct counting *counting, uint32_t calendar)
{
    for (size_t i = 0; i < counting->spans->count; i++)
        if (counting->spans->items[i].clock == counting->index)
            counting->spans->items[i].calendar = calendar;
}

/* The whole record counts on the present calendar: a clock that was silent gains a target (K8), or
   the calendar changed at the very start. */
static void count_on_one_calendar(struct counting *counting, sla_time now)
{
    struct clock *clock = counting->clock;
    set_calendar_of_spans(counting, clock->calendar);
    sla_time until = clock->state == SLA_CLOCK_PAUSED ? clock->pause_from : now;
    clock->used = clock_used_by_spans(counting, until);
    clock->run_from = until;
}

sla_status clock_keep(struct counting *counting, const struct promise *promise, sla_time now)
{
    struct clock *clock = counting->clock;
    struct clock before = *clock;
    size_t spans_before = counting->spans->count;
    bool was_silent = !clock_is_told(clock);
    take_promise(clock, counting->policy, promise, now);
    sla_status status;
    if (was_silent || now == clock->origin ||
        ((clock->flags & CLOCK_MIXED) == 0 && clock->calendar == before.calendar)) {
        status = keep_from_origin(counting, promise);
        if (status == SLA_OK && (was_silent || now == clock->origin))
            count_on_one_calendar(counting, now);
    } else {
        status = keep_used(counting, promise, now, before.calendar);
    }
    if (status != SLA_OK) {
        *clock = before;
        counting->spans->count = spans_before;
    }
    return status;
}

void clock_undo_keep(struct counting *counting, const struct clock *before, size_t spans_before)
{
    *counting->clock = *before;
    counting->spans->count = spans_before;
    if ((before->flags & CLOCK_MIXED) == 0) /* the whole record was counted on that one */
        set_calendar_of_spans(counting, before->calendar);
}

sla_status clock_projection(const struct counting *counting, sla_time at, sla_time *out_deadline,
                            sla_time *out_breach)
{
    struct clock copy = *counting->clock;
    struct counting trial = *counting;
    trial.clock = &copy;
    sla_status status = count_pause(&trial, copy.pause_from, at);
    *out_deadline = copy.deadline;
    *out_breach = copy.breach_at;
    return status;
}

bool clock_is_overrun(const struct clock *clock, sla_time now)
{
    if (clock->state == SLA_CLOCK_PAUSED && clock->pause_from < now)
        now = clock->pause_from;
    return now > clock->breach_at;
}
