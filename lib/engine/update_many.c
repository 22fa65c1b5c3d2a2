/* SPDX-License-Identifier: MIT */
/* Many updates in one call. What an update reads lies far apart, one thing behind the other: the
   table of ids, the incident, its block. Each of the three is fetched a few updates ahead. */
#include "base/structs.h"
#include "engine/work.h"

#define TABLE_AHEAD 12u
#define INCIDENT_AHEAD 8u
#define BLOCK_AHEAD 4u
#define RING 16u

/* What is known of the updates ahead, by their places. */
struct ahead {
    const sla_engine *engine;
    const unsigned char *updates;
    size_t size, count;
    uint32_t hashes[RING], numbers[RING];
};

static const sla_update *update_at(const struct ahead *ahead, size_t place)
{
    return (const sla_update *)(ahead->updates + place * ahead->size);
}

static void fetch_table(struct ahead *ahead, size_t place)
{
    sla_text id;
    if (place >= ahead->count)
        return;
    const sla_update *update = update_at(ahead, place);
    if (update->size != ahead->size || update->size < sizeof *update ||
        !text_from_api(update->incident.data, update->incident.length, &id))
        id = TEXT_NONE; /* it will be refused */
    ahead->hashes[place % RING] = incidents_hash(id);
    incidents_fetch(&ahead->engine->incidents, ahead->hashes[place % RING]);
}

static void fetch_incident(struct ahead *ahead, size_t place)
{
    if (place >= ahead->count)
        return;
    const struct incidents *incidents = &ahead->engine->incidents;
    uint32_t number = incidents_guess(incidents, ahead->hashes[place % RING]);
    ahead->numbers[place % RING] = number;
    if (number != INDEX_NONE)
        memory_prefetch(incident_at(incidents, number));
}

static void fetch_block(const struct ahead *ahead, size_t place)
{
    if (place >= ahead->count || ahead->numbers[place % RING] == INDEX_NONE)
        return;
    const struct incident *incident =
        incidents_peek(&ahead->engine->incidents, ahead->numbers[place % RING]);
    if (incident != NULL)
        incident_fetch(incident);
}

/* The first ones have nobody before them. */
static void fetch_first(struct ahead *ahead)
{
    for (size_t place = 0; place < TABLE_AHEAD; place++)
        fetch_table(ahead, place);
    for (size_t place = 0; place < INCIDENT_AHEAD; place++)
        fetch_incident(ahead, place);
    for (size_t place = 0; place < BLOCK_AHEAD; place++)
        fetch_block(ahead, place);
}

sla_status sla_engine_update_many(sla_engine *engine, const sla_update *updates, size_t count,
                                  sla_status *out_statuses, size_t *out_done)
{
    if (out_done != NULL)
        *out_done = 0;
    if (engine == NULL || (updates == NULL && count > 0) ||
        (count > 0 && (updates->size == 0 || updates->size % _Alignof(sla_update) != 0)))
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    if (count == 0)
        return SLA_OK;
    struct ahead ahead = {.engine = engine, .updates = (const unsigned char *)updates,
                          .size = updates->size, .count = count};
    sla_status all = SLA_OK;
    size_t done = 0;
    bool ends = false;
    fetch_first(&ahead);
    while (done < count && !ends) {
        fetch_table(&ahead, done + TABLE_AHEAD);
        fetch_incident(&ahead, done + INCIDENT_AHEAD);
        fetch_block(&ahead, done + BLOCK_AHEAD);
        const sla_update *update = update_at(&ahead, done);
        sla_status status = update->size == ahead.size ? sla_engine_update(engine, update)
                                                       : SLA_ERROR_ARGUMENT;
        if (out_statuses != NULL)
            out_statuses[done] = status;
        ends = status == SLA_DELIVERY_REFUSED || status == SLA_ERROR_MEMORY ||
               status == SLA_ERROR_LIMIT || (status < SLA_OK && out_statuses == NULL);
        if (ends)
            all = status;
        else if (status < SLA_OK)
            all = SLA_ROWS_FAILED;
        done += !ends || status == SLA_DELIVERY_REFUSED;
    }
    if (out_done != NULL)
        *out_done = done;
    return all;
}
