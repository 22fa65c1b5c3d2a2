/* SPDX-License-Identifier: MIT */
/* The law of split advances (T4): however often an engine is asked, it tells the same. */
#include "engine_court.h"

#define MINUTE 60
#define DAY 86400

/* An instant worth asking at, after `from` and not after `to`. */
static sla_time random_instant(struct drive *drive, sla_time from, sla_time to)
{
    struct random *random = &drive->court->random;
    sla_time due = sla_engine_next_due(drive->engine);
    sla_time at = random_between(random, from, to);
    if (due <= to && court_chance(drive->court, 60))
        at = due + random_between(random, -1, 1);
    return at < from ? from : at > to ? to : at;
}

/* Updates that must be refused and change nothing (E3). */
static bool refuse_something(struct drive *drive, int32_t index)
{
    struct court *court = drive->court;
    sla_attribute attributes[LOG_CHANGES];
    int32_t other = (int32_t)random_between(&court->random, 0, index - 1);
    const struct log_update *old = &drive->log->updates[other];
    sla_update update = log_update_of(old, court->policy, attributes);
    bool is_old = false, was_seen = false;
    for (int32_t i = 0; i < index; i++) {
        const struct log_update *done = &drive->log->updates[i];
        if (done->incident != old->incident || drive->run->statuses[i] < 0 ||
            drive->run->statuses[i] == SLA_DUPLICATE)
            continue;
        is_old = is_old || done->at > old->at;
        was_seen = was_seen || (old->sequence != 0 && done->sequence >= old->sequence);
    }
    if (!is_old && !was_seen)
        return true;
    sla_status wanted = was_seen ? SLA_DUPLICATE : SLA_ERROR_ORDER;
    return sla_engine_update(drive->engine, &update) == wanted;
}

static bool holds_at_random(struct court *court, const struct log *log)
{
    struct drive drive = {.pulls = court_chance(court, 20)};
    bool good = true;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; good && i <= log->count; i++) {
        sla_time to = i < log->count ? log->updates[i].at : log->until;
        sla_time from = i > 0 ? log->updates[i - 1].at : to - DAY;
        court->got.call = i;
        for (int64_t n = random_between(&court->random, 0, 3); good && n > 0; n--) {
            from = random_instant(&drive, from, to);
            good = drive_advance(&drive, from);
        }
        if (good && i > 0 && court_chance(court, 15) && !refuse_something(&drive, i)) {
            drive_close(&drive);
            return court_fail(court, "before call %d: an old update is taken", i);
        }
        if (good && i < log->count)
            drive_update(&drive, i);
    }
    if (!good) {
        drive_close(&drive);
        return court_fail(court, "an advance between updates failed");
    }
    drive_finish(&drive);
    return court_agrees(court, "advanced at random instants");
}

static bool holds_each(struct court *court, const struct log *log, sla_time tick, const char *what)
{
    struct drive drive = {.refuses = 0};
    drive_open(&drive, court, log, &court->got);
    sla_time at = log->updates[0].at;
    for (int32_t i = 0; i <= log->count; i++) {
        sla_time to = i < log->count ? log->updates[i].at : log->until;
        for (court->got.call = i; at <= to; at += tick)
            if (!drive_advance(&drive, at)) {
                drive_close(&drive);
                return court_fail(court, "%s: an advance failed", what);
            }
        if (i < log->count)
            drive_update(&drive, i);
    }
    drive_finish(&drive);
    return court_agrees(court, what);
}

static bool holds_every_minute(struct court *court, const struct log *log)
{
    return holds_each(court, log, MINUTE, "advanced every minute");
}

static bool holds_every_second(struct court *court, const struct log *log)
{
    sla_time length = log->until - log->updates[0].at;
    return length > 40 * DAY || holds_each(court, log, 1, "advanced every second");
}

/* Every second near updates and near what is due, and nothing between. */
static bool holds_near(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    drive_open(&drive, court, log, &court->got);
    sla_time at = log->updates[0].at - MINUTE;
    for (int32_t i = 0; i <= log->count; i++) {
        sla_time to = i < log->count ? log->updates[i].at : log->until;
        court->got.call = i;
        for (sla_time quiet = at + MINUTE; at <= to; at++) {
            sla_time due = sla_engine_next_due(drive.engine);
            if (at > quiet && due > at + 3 && to > at + MINUTE) /* on to what comes next */
                at = (due < to ? due : to) - 3;
            drive_advance(&drive, at);
            if (at == due)
                quiet = at + 5;
        }
        if (i < log->count)
            drive_update(&drive, i);
    }
    drive_finish(&drive);
    return court_agrees(court, "advanced every second near what happens");
}

/* A pause whose end would move the deadline out of 1970..2199 goes on; nothing is told of it. */
static bool stays_paused(const struct drive *drive)
{
    uint64_t cursor = 0;
    sla_clock clock = {.size = sizeof clock};
    while (sla_engine_clocks(drive->engine, &cursor, &clock) == SLA_OK)
        if (clock.state == SLA_CLOCK_PAUSED && clock.projected == SLA_TIME_NONE)
            return true;
    return false;
}

/* E7: one second before next_due there is nothing to say, and then there is. */
static bool follow(struct drive *drive, sla_time to)
{
    struct court *court = drive->court;
    for (sla_time due; (due = sla_engine_next_due(drive->engine)) <= to;) {
        size_t before = drive->run->count;
        sla_time now = sla_engine_now(drive->engine);
        if (now != SLA_TIME_NONE && due <= now)
            return court_fail(court, "at %lld next_due is %lld", (long long)now, (long long)due);
        drive_advance(drive, due - 1);
        if (drive->run->count != before)
            return court_fail(court, "an event before next_due %lld", (long long)due);
        if (sla_engine_next_due(drive->engine) != due)
            return court_fail(court, "next_due %lld moves by itself", (long long)due);
        drive_advance(drive, due);
        if (drive->run->count == before && !stays_paused(drive))
            return court_fail(court, "no event at next_due %lld", (long long)due);
    }
    return true;
}

static bool holds_next_due(struct court *court, const struct log *log)
{
    struct drive drive = {.refuses = 0};
    bool good = true;
    drive_open(&drive, court, log, &court->got);
    for (int32_t i = 0; good && i <= log->count; i++) {
        court->got.call = i;
        good = follow(&drive, i < log->count ? log->updates[i].at : log->until);
        if (good && i < log->count)
            drive_update(&drive, i);
    }
    if (!good) {
        drive_close(&drive);
        return false;
    }
    drive_finish(&drive);
    return court_agrees(court, "advanced to each next_due");
}

const struct law split_laws[] = {
    {"asked_at_random_instants_the_engine_tells_the_same", LAW_ORDERED, 1, holds_at_random},
    {"asked_every_minute_the_engine_tells_the_same", LAW_ORDERED, 12, holds_every_minute},
    {"asked_every_second_the_engine_tells_the_same", LAW_ORDERED, 500, holds_every_second},
    {"asked_every_second_near_what_happens_it_tells_the_same", LAW_ORDERED, 2, holds_near},
    {"next_due_is_exactly_when_there_is_something_to_say", LAW_ORDERED, 1, holds_next_due},
};
const int split_law_count = sizeof split_laws / sizeof split_laws[0];
