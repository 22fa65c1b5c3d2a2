/* SPDX-License-Identifier: MIT */
/* Laws of another policy for what is going on (E9). */
#include "engine_court.h"

#include <sla/state.h>
#include <string.h>

/* The same policy, bound again, moves nothing. */
static bool holds_bound(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; i < log->count; i++) {
        sla_moves *moves = NULL;
        drive_update(&drive, i);
        if (!court_chance(court, 30))
            continue;
        sla_status status = sla_engine_bind(drive.engine, court->policy, &moves);
        size_t moved = sla_moves_count(moves);
        sla_moves_free(moves);
        if (status >= 0 && moved == 0)
            continue;
        drive_close(&drive);
        return court_fail(court, "bound again after call %d: %s, %zu clocks moved", i,
                          sla_status_name(status), moved);
    }
    drive_finish(&drive);
    return court_agrees(court, "bound to the same policy again");
}

static sla_status rebind_bytes(struct drive *drive, sla_moves **moves)
{
    sla_state *state = NULL;
    const void *bytes = NULL;
    size_t size = 0;
    sla_status status = sla_engine_save(drive->engine, &state);
    if (status != SLA_OK)
        return status;
    drive->policy = drive->court->other;
    drive_replace(drive);
    sla_state_bytes(state, &bytes, &size);
    if (sla_engine_load(drive->engine, bytes, size, 0, NULL) != SLA_ERROR_POLICY_CHANGED)
        status = SLA_ERROR_DATA;
    else
        status = sla_engine_load(drive->engine, bytes, size, SLA_LOAD_REBIND, moves);
    sla_state_free(state);
    return status;
}

static bool same_text(sla_text a, sla_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool same_moves(const sla_moves *a, const sla_moves *b)
{
    sla_move x = {.size = sizeof x}, y = {.size = sizeof y};
    if (sla_moves_count(a) != sla_moves_count(b))
        return false;
    for (size_t i = 0; sla_moves_at(a, i, &x) != 0 && sla_moves_at(b, i, &y) != 0; i++)
        if (x.change != y.change || x.kind != y.kind || x.cycle != y.cycle || x.line != y.line ||
            !same_text(x.incident, y.incident) || !same_text(x.metric, y.metric) ||
            !same_text(x.agreement_before, y.agreement_before) ||
            !same_text(x.agreement, y.agreement) || !same_text(x.calendar, y.calendar) ||
            !same_text(x.calendar_before, y.calendar_before) || x.deadline != y.deadline ||
            x.deadline_before != y.deadline_before || x.budget != y.budget ||
            x.budget_before != y.budget_before)
            return false;
    return true;
}

/* Bound live, or saved and loaded under the other policy: one and the same. */
static bool holds_rebound(struct court *court, const struct log *log)
{
    struct drive live = {.refuses = 0}, saved = {.refuses = 0};
    sla_moves *moves[2] = {NULL, NULL};
    int32_t calls = (int32_t)random_between(&court->random, 1, log->count);
    if (court->other == NULL)
        return true;
    run_clear(&court->part);
    drive_open(&live, court, log, &court->part);
    drive_open(&saved, court, log, &court->got);
    for (int32_t i = 0; i < calls; i++) {
        drive_update(&live, i);
        drive_update(&saved, i);
    }
    sla_status by_bytes = rebind_bytes(&saved, &moves[1]);
    sla_status status = sla_engine_bind(live.engine, court->other, &moves[0]);
    live.policy = court->other;
    bool same = same_moves(moves[0], moves[1]);
    sla_moves_free(moves[0]);
    sla_moves_free(moves[1]);
    if (status != by_bytes || status < 0 || !same) {
        drive_close(&live);
        drive_close(&saved);
        if (status == by_bytes && status == SLA_ERROR_RANGE)
            return true;
        return court_fail(court, "bound after call %d: %s, from bytes: %s%s", calls - 1,
                          sla_status_name(status), sla_status_name(by_bytes),
                          same ? "" : ", and other moves");
    }
    for (int32_t i = calls; i < log->count; i++) {
        drive_update(&live, i);
        drive_advance(&saved, log->updates[i].at - random_between(&court->random, 0, 600));
        drive_update(&saved, i);
    }
    drive_finish(&live);
    drive_finish(&saved);
    court->wanted = &court->part;
    return run_left_the_range(&court->part, log->count) ||
           court_agrees(court, "bound to another policy, live and from bytes");
}

const struct law bind_laws[] = {
    {"binding_the_same_policy_again_changes_nothing", LAW_ORDERED, 3, holds_bound},
    {"another_policy_is_bound_to_a_live_engine_as_to_its_bytes", LAW_ORDERED, 3, holds_rebound},
};
const int bind_law_count = sizeof bind_laws / sizeof bind_laws[0];
