/* SPDX-License-Identifier: MIT */
/* The record of a clock: what happened to it, and the stretches that this cuts its time into. */
#include "engine/explain.h"

static void push_event(sla_explanation *explanation, sla_explained_event event)
{
    event.size = (uint32_t)sizeof event;
    explanation_push(explanation, &explanation->events, event);
}

/* A running stretch, cut at the deadline: what lies behind it is OVER. */
static void push_run(sla_explanation *explanation, sla_time from, sla_time to, uint32_t calendar,
                     uint32_t flags, sla_time deadline)
{
    struct stretch stretch = {from, to, SLA_PART_COUNTED, flags, calendar, 0};
    if (from < deadline && deadline < to) {
        stretch.to = deadline;
        explanation_push(explanation, &explanation->stretches, stretch);
        stretch.from = deadline;
        stretch.to = to;
    }
    if (stretch.from >= deadline)
        stretch.flags |= SLA_PART_OVER;
    if (stretch.from < stretch.to)
        explanation_push(explanation, &explanation->stretches, stretch);
}

/* A pause, or the time between a stop and a reopening. `to` NONE: it runs, `now` is as far as it
   is known. */
static void push_pause(sla_explanation *explanation, const struct span *span, bool is_running,
                       sla_time deadline)
{
    const sla_policy *policy = explanation->policy;
    bool is_stop = span->is_pause > SPAN_PAUSE && span->is_pause < SPAN_CAUSE(0);
    struct stretch stretch = {.from = span->from, .to = span->to, .calendar = span->calendar,
                              .what = is_stop ? SLA_PART_STOPPED : SLA_PART_PAUSED,
                              .flags = span->from > deadline ? SLA_PART_OVER : 0,
                              .cause = span->is_pause};
    explanation_push(explanation, &explanation->stretches, stretch);
    sla_explained_event event = {
        .what = is_stop ? SLA_RECORD_STOPPED : SLA_RECORD_PAUSED,
        .flags = span->by_limit ? SLA_RECORD_BY_LIMIT : 0,
        .state = is_stop ? span->is_pause - SPAN_STOPPED(0) : 0,
        .at = span->from,
        .until = is_running ? SLA_TIME_NONE : span->to,
        .counted = calendar_elapsed(policy->calendars[span->calendar], span->from, span->to),
    };
    if (span->is_pause >= SPAN_CAUSE(0)) {
        const struct pause *pause = &policy->pauses[span->is_pause - SPAN_CAUSE(0)];
        event.text = pause->reason;
        event.line = pause->line;
    }
    push_event(explanation, event);
}

/* A stop that is no pause has no span: what was before is forgotten, or the time since counts. */
static void tell_earlier_end(sla_explanation *explanation, const struct clock *clock)
{
    const struct metric *metric = &explanation->policy->metrics[clock->metric];
    bool counts = metric->reopen == REOPEN_COUNT;
    if (clock->earlier_state == 0)
        return;
    for (size_t i = 0; i < explanation->events.count; i++) {
        const sla_explained_event *pause = &explanation->events.items[i];
        if (pause->what == SLA_RECORD_STOPPED && pause->at == clock->earlier_ended)
            return; /* it is a pause, and told as one */
        if (pause->what == SLA_RECORD_PAUSED && pause->at < clock->earlier_ended &&
            pause->until == clock->reopened_at)
            counts = false; /* it was stopped while paused: the pause went on */
    }
    sla_explained_event event = {.size = sizeof event, .what = SLA_RECORD_STOPPED,
                                 .flags = counts ? SLA_RECORD_COUNTS : 0,
                                 .state = clock->earlier_state,
                                 .at = clock->earlier_ended, .until = clock->reopened_at};
    size_t place = explanation->events.count;
    while (place > 0 && explanation->events.items[place - 1].at > event.at)
        place--;
    explanation_push(explanation, &explanation->events, event);
    if (explanation->failed)
        return;
    sla_explained_event *items = explanation->events.items;
    memmove(items + place + 1, items + place,
            (explanation->events.count - 1 - place) * sizeof *items);
    items[place] = event;
}

/* From the last span to the end of what is known: running, paused or ended. */
static void explain_last(sla_explanation *explanation, const struct counting *counting,
                         sla_time from)
{
    const struct clock *clock = counting->clock;
    sla_time now = explanation->clock.now, deadline = clock->deadline;
    sla_time until = clock_is_open(clock) ? now : clock->ended;
    sla_time ahead = deadline, ahead_from = until;
    bool is_paused = clock->pause_from != SLA_TIME_NONE;
    push_run(explanation, from, is_paused ? clock->pause_from : until, clock->calendar, 0,
             deadline);
    if (is_paused) {
        struct span span = {clock->pause_from, until, 0, clock->calendar,
                            clock->cause == 0 ? SPAN_PAUSE : clock->cause, 0};
        push_pause(explanation, &span, clock_is_open(clock), deadline);
        ahead = explanation->clock.projected; /* NONE when it ended: it was judged at the pause */
    }
    if (ahead > ahead_from)
        push_run(explanation, ahead_from, ahead, clock->calendar, SLA_PART_AHEAD, ahead);
}

void explain_record(sla_explanation *explanation, const struct counting *counting)
{
    const struct clock *clock = counting->clock;
    sla_explained_event started = {.what = SLA_RECORD_STARTED, .at = clock->started};
    push_event(explanation, started);
    if (clock->origin != clock->started) {
        started.what = SLA_RECORD_RESTARTED;
        started.at = clock->origin;
        push_event(explanation, started);
    }
    if (clock->base_at != clock->origin || clock->base_used != 0) {
        started = (sla_explained_event){.what = SLA_RECORD_BOUND, .at = clock->base_at,
                                        .counted = clock->base_used};
        push_event(explanation, started);
    }
    sla_time at = clock->base_at;
    uint32_t calendar = clock->first_calendar;
    for (size_t i = 0; i < counting->spans->count; i++) {
        const struct span *span = &counting->spans->items[i];
        push_run(explanation, at, span->from, calendar, 0, clock->deadline);
        if (span->is_pause) {
            push_pause(explanation, span, false, clock->deadline);
        } else {
            sla_explained_event change = {.what = SLA_RECORD_CALENDAR, .at = span->to};
            sla_calendar_name(explanation->policy->calendars[span->calendar], &change.text);
            push_event(explanation, change);
        }
        at = span->to;
        calendar = span->calendar;
    }
    explain_last(explanation, counting, at);
    tell_earlier_end(explanation, clock);
    if (!clock_is_open(clock)) {
        sla_explained_event ended = {.what = SLA_RECORD_ENDED, .at = clock->ended,
                                     .state = clock->state};
        push_event(explanation, ended);
    }
}
