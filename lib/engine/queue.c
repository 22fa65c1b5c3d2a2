/* SPDX-License-Identifier: MIT */
/* The timer queue as an indexed heap: moving an incident costs O(log n), the first one nothing. */
#include "engine/queue.h"

void queue_init(struct queue *queue, const sla_allocator *allocator,
                struct incidents *incidents)
{
    *queue = (struct queue){.allocator = allocator, .incidents = incidents};
}

void queue_free(struct queue *queue)
{
    array_free(queue->allocator, &queue->entries);
}

bool queue_reserve(struct queue *queue)
{
    return array_reserve(queue->allocator, &queue->entries, 1);
}

/* An incident that comes near the front will be worked on soon: first its place is fetched, then,
   one step nearer, its block. */
static void fetch_ahead(const struct queue *queue, size_t place, uint32_t number)
{
    if (place == 0 || place > 20)
        return;
    const struct incident *incident = incident_at(queue->incidents, number);
    if (place > 4) {
        memory_prefetch(incident);
        return;
    }
    for (uint32_t at = 0; at < incident->used && at < 512; at += 64)
        memory_prefetch(incident->block + at);
}

/* Incidents are numbered in order of arrival. */
static bool comes_before(struct queue_entry a, struct queue_entry b)
{
    if (a.moment != b.moment)
        return a.moment < b.moment;
    return a.before != b.before ? a.before > b.before : a.incident < b.incident;
}

static void set_entry(struct queue *queue, size_t place, struct queue_entry entry)
{
    queue->entries.items[place] = entry;
    fetch_ahead(queue, place, entry.incident);
    incident_at(queue->incidents, entry.incident)->place = (uint32_t)place;
}

static void move_up(struct queue *queue, size_t place, struct queue_entry entry)
{
    while (place > 0) {
        size_t parent = (place - 1) / 4;
        if (!comes_before(entry, queue->entries.items[parent]))
            break;
        set_entry(queue, place, queue->entries.items[parent]);
        place = parent;
    }
    set_entry(queue, place, entry);
}

static void move_down(struct queue *queue, size_t place, struct queue_entry entry)
{
    size_t count = queue->entries.count;
    for (;;) {
        size_t child = place * 4 + 1;
        if (child >= count)
            break;
        size_t best = child, end = child + 4 < count ? child + 4 : count;
        for (size_t below = child * 4 + 1; below < child * 4 + 17 && below < count; below += 4)
            memory_prefetch(&queue->entries.items[below]);
        for (size_t i = child + 1; i < end; i++)
            if (comes_before(queue->entries.items[i], queue->entries.items[best]))
                best = i;
        if (!comes_before(queue->entries.items[best], entry))
            break;
        set_entry(queue, place, queue->entries.items[best]);
        place = best;
    }
    set_entry(queue, place, entry);
}

static void settle(struct queue *queue, size_t place, struct queue_entry entry)
{
    if (place > 0 && comes_before(entry, queue->entries.items[(place - 1) / 4]))
        move_up(queue, place, entry);
    else
        move_down(queue, place, entry);
}

static void take_out(struct queue *queue, struct incident *incident)
{
    size_t place = incident->place;
    incident->place = INDEX_NONE;
    struct queue_entry last = queue->entries.items[--queue->entries.count];
    if (place < queue->entries.count)
        settle(queue, place, last);
}

void queue_place(struct queue *queue, uint32_t number, sla_time moment, sla_time at)
{
    struct incident *incident = incident_at(queue->incidents, number);
    uint64_t before = (uint64_t)moment - (uint64_t)at;
    struct queue_entry entry = {moment, number,
                                before > UINT32_MAX ? UINT32_MAX : (uint32_t)before};
    if (moment == SLA_TIME_NEVER) {
        if (incident->place != INDEX_NONE)
            take_out(queue, incident);
    } else if (incident->place == INDEX_NONE) {
        queue->entries.count++;
        move_up(queue, queue->entries.count - 1, entry);
    } else {
        settle(queue, incident->place, entry);
    }
}
