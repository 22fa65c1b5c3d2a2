/* SPDX-License-Identifier: MIT */
/* Moves: what another policy did to clocks that were open (E9). */
#include "engine/load.h"

#include "base/structs.h"

struct sla_moves *moves_new(const sla_allocator *allocator)
{
    struct sla_moves *moves = memory_zero(allocator, sizeof *moves);
    if (moves == NULL)
        return NULL;
    moves->allocator = *allocator;
    arena_init(&moves->texts, allocator);
    return moves;
}

bool moves_add(struct sla_moves *moves, const sla_move *move)
{
    sla_move copy = *move;
    sla_text *texts[] = {&copy.incident,  &copy.metric,          &copy.agreement_before,
                         &copy.agreement, &copy.calendar_before, &copy.calendar};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = arena_text(&moves->texts, *texts[i]);
        if (texts[i]->data == NULL)
            return false;
    }
    return array_push(&moves->allocator, &moves->items, copy);
}

sla_move rebind_move_before(struct loading *loading, struct work *work, uint32_t index)
{
    const struct clock *clock = work_clock(work, index);
    sla_move move = {.size = sizeof move,
                     .kind = clock->kind,
                     .cycle = clock->cycle,
                     .incident = loading->id,
                     .metric = engine_metric_name(work->engine, clock->metric),
                     .deadline_before = SLA_TIME_NONE,
                     .deadline = SLA_TIME_NONE};
    if (!clock_is_told(clock))
        return move;
    move.agreement_before = engine_agreement_name(work->engine, clock->agreement);
    move.calendar_before = engine_calendar_name(work->engine, clock->calendar);
    move.budget_before = clock->budget;
    move.deadline_before = clock->deadline;
    struct counting counting = work_counting(work, index);
    sla_time breach;
    if (clock->state == SLA_CLOCK_PAUSED &&
        (rebind_calendar_changed(loading, loading->before.clocks.items[index].calendar) ||
         clock_projection(&counting, loading->now, &move.deadline_before, &breach) != SLA_OK))
        move.deadline_before = SLA_TIME_NONE;
    return move;
}

bool rebind_note_move(struct loading *loading, struct work *work, uint32_t index, sla_move move)
{
    const struct clock *clock = work_clock(work, index);
    const struct clock *old = &loading->before.clocks.items[index];
    bool was_told = clock_is_told(old);
    if (!clock_is_open(old) || (!was_told && !clock_is_told(clock)))
        return true;
    move.change = !was_told              ? SLA_MOVE_STARTED
                  : clock_is_open(clock) ? SLA_MOVE_RETARGETED
                                         : SLA_MOVE_CANCELLED;
    if (move.change != SLA_MOVE_CANCELLED) {
        struct counting counting = work_counting(work, index);
        sla_time breach;
        move.agreement = engine_agreement_name(work->engine, clock->agreement);
        move.calendar = engine_calendar_name(work->engine, clock->calendar);
        move.budget = clock->budget;
        move.deadline = clock->deadline;
        move.line = clock->rule == INDEX_NONE ? 0 : work->policy->target_rules[clock->rule].line;
        if (clock->state == SLA_CLOCK_PAUSED &&
            clock_projection(&counting, loading->now, &move.deadline, &breach) != SLA_OK)
            move.deadline = SLA_TIME_NONE;
    }
    if (move.change == SLA_MOVE_RETARGETED && old->deadline == clock->deadline &&
        old->budget == clock->budget && old->grace == clock->grace &&
        text_equal(move.agreement, move.agreement_before) &&
        text_equal(move.calendar, move.calendar_before))
        return true;
    return moves_add(loading->moves, &move);
}

size_t sla_moves_count(const sla_moves *moves)
{
    return moves == NULL ? 0 : moves->items.count;
}

int32_t sla_moves_at(const sla_moves *moves, size_t index, sla_move *out_move)
{
    if (out_move == NULL || index >= sla_moves_count(moves))
        return 0;
    return struct_write(out_move, &moves->items.items[index], sizeof *out_move);
}

void sla_moves_free(sla_moves *moves)
{
    if (moves == NULL)
        return;
    sla_allocator allocator = moves->allocator;
    array_free(&allocator, &moves->items);
    arena_free(&moves->texts);
    memory_free(&allocator, moves, sizeof *moves);
}
