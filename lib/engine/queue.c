/* SPDX-License-Identifier: MIT */
/* The timer queue as a heap in which old entries stay until they are in the way. */
#include "engine/queue.h"

/* So many old entries are never worth the trouble of dropping them. */
#define OLD_ENTRIES 64u

void queue_init(struct queue *queue, const sla_allocator *allocator,
                struct incidents *incidents)
{
    *queue = (struct queue){.allocator = allocator, .incidents = incidents};
}

void queue_free(struct queue *queue)
{
    array_free(queue->allocator, &queue->entries);
}

/* Incidents are numbered in order of arrival; how far an instant lies before its moment is told
   up to 2^32 - 1 seconds. */
static uint64_t rank_of(uint32_t number, uint32_t before)
{
    return (uint64_t)(UINT32_MAX - before) << 32 | number;
}

/* Without a branch, which would mostly be guessed wrong. */
static inline bool comes_before(struct queue_entry a, struct queue_entry b)
{
    return (a.moment < b.moment) | ((a.moment == b.moment) & (a.rank < b.rank));
}

/* Does the incident still say what the entry says? */
static bool is_true(const struct queue *queue, struct queue_entry entry)
{
    const struct incident *incident = incidents_peek(queue->incidents, (uint32_t)entry.rank);
    return incident != NULL && incident->due == entry.moment &&
           rank_of((uint32_t)entry.rank, incident->due_before) == entry.rank;
}

/* An incident that comes near the front will be worked on soon: first its place is fetched, then,
   one step nearer, its block. */
static inline void set_entry(struct queue *queue, size_t place, struct queue_entry entry)
{
    queue->entries.items[place] = entry;
    if (place == 0 || place > 20)
        return;
    const struct incident *incident = incidents_peek(queue->incidents, (uint32_t)entry.rank);
    if (incident == NULL)
        return;
    memory_prefetch(incident);
    if (place <= 4)
        incident_fetch(incident);
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

/* Which of up to four entries comes first. */
static inline size_t first_of(const struct queue_entry *entries, size_t count)
{
    size_t best = 0;
    if (count >= 4) {
        size_t low = comes_before(entries[1], entries[0]);
        size_t high = 2 + (size_t)comes_before(entries[3], entries[2]);
        return comes_before(entries[high], entries[low]) ? high : low;
    }
    for (size_t i = 1; i < count; i++)
        best = comes_before(entries[i], entries[best]) ? i : best;
    return best;
}

static void move_down(struct queue *queue, size_t place, struct queue_entry entry)
{
    struct queue_entry *entries = queue->entries.items;
    size_t count = queue->entries.count, child;
    while ((child = place * 4 + 1) < count) {
        const struct queue_entry *below = &entries[child * 4 + 1];
        if (child * 4 + 17 < count) { /* one of these four lines comes next */
            memory_prefetch(below);
            memory_prefetch(below + 4);
            memory_prefetch(below + 8);
            memory_prefetch(below + 12);
        }
        size_t best = child + first_of(&entries[child], count - child);
        if (!comes_before(entries[best], entry))
            break;
        set_entry(queue, place, entries[best]);
        place = best;
    }
    set_entry(queue, place, entry);
}

static void drop_first(struct queue *queue)
{
    struct queue_entry last = queue->entries.items[--queue->entries.count];
    if (queue->entries.count > 0)
        move_down(queue, 0, last);
}

/* Old entries, and second ones that say the same, go: what an incident has said once is marked. */
static void drop_old(struct queue *queue)
{
    struct queue_entry *entries = queue->entries.items;
    size_t kept = 0;
    for (size_t i = 0; i < queue->entries.count; i++) {
        if (i + 16 < queue->entries.count)
            memory_prefetch(incidents_peek(queue->incidents, (uint32_t)entries[i + 16].rank));
        if (!is_true(queue, entries[i]))
            continue;
        incident_at(queue->incidents, (uint32_t)entries[i].rank)->due = SLA_TIME_NEVER;
        entries[kept++] = entries[i];
    }
    queue->entries.count = kept;
    for (size_t i = 0; i < kept; i++)
        incident_at(queue->incidents, (uint32_t)entries[i].rank)->due = entries[i].moment;
    for (size_t i = kept / 4 + 1; i > 0 && kept > 0; i--)
        if (i - 1 < kept)
            move_down(queue, i - 1, entries[i - 1]);
}

bool queue_reserve(struct queue *queue)
{
    if (queue->entries.count == queue->entries.capacity &&
        queue->entries.count > 2 * queue->placed + OLD_ENTRIES)
        drop_old(queue);
    return array_reserve(queue->allocator, &queue->entries, 1);
}

void queue_place(struct queue *queue, uint32_t number, sla_time moment, sla_time at)
{
    struct incident *incident = incident_at(queue->incidents, number);
    uint64_t before = (uint64_t)moment - (uint64_t)at;
    bool was_placed = incident->due != SLA_TIME_NEVER, is_placed = moment != SLA_TIME_NEVER;
    if (before > UINT32_MAX)
        before = UINT32_MAX;
    if (moment == incident->due && (!is_placed || before == incident->due_before))
        return;
    incident->due = moment;
    incident->due_before = (uint32_t)before;
    queue->placed = queue->placed + is_placed - was_placed;
    struct queue_entry entry = {moment, rank_of(number, (uint32_t)before)};
    if (queue_first(queue) == number) {
        if (is_placed)
            move_down(queue, 0, entry);
        else
            drop_first(queue);
        while (queue->entries.count > 0 && !is_true(queue, queue->entries.items[0]))
            drop_first(queue);
    } else if (is_placed) {
        move_up(queue, queue->entries.count++, entry);
    }
}
