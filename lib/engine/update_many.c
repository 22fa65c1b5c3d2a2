/* SPDX-License-Identifier: MIT */
/* Many updates in one call. What an update reads lies far apart, one thing behind the other: the
   table of ids, the incident, its block. Each of the three is fetched a few updates ahead. */
#include "engine/update_many.h"

#include "base/structs.h"

#define TABLE_AHEAD 12u
#define INCIDENT_AHEAD 8u
#define BLOCK_AHEAD 4u
#define RING UPDATES_AHEAD

/* What is known of the updates ahead, by their places. */
struct ahead {
    const sla_engine *engine;
    struct update_source *source;
    size_t end;
    const sla_update *updates[RING];
    sla_status statuses[RING];
    uint32_t hashes[RING], numbers[RING];
};

static void fetch_table(struct ahead *ahead, size_t place)
{
    sla_text id = TEXT_NONE;
    if (place >= ahead->end)
        return;
    const sla_update *update = NULL;
    sla_status status = ahead->source->read(ahead->source, place, &update);
    ahead->statuses[place % RING] = status;
    ahead->updates[place % RING] = update;
    if (status != SLA_OK || update->size < sizeof *update ||
        !text_from_api(update->incident.data, update->incident.length, &id))
        id = TEXT_NONE; /* it will be refused */
    ahead->hashes[place % RING] = incidents_hash(id);
    incidents_fetch(&ahead->engine->incidents, ahead->hashes[place % RING]);
}

static void fetch_incident(struct ahead *ahead, size_t place)
{
    if (place >= ahead->end)
        return;
    const struct incidents *incidents = &ahead->engine->incidents;
    uint32_t number = incidents_guess(incidents, ahead->hashes[place % RING]);
    ahead->numbers[place % RING] = number;
    if (number != INDEX_NONE)
        memory_prefetch(incident_at(incidents, number));
}

static void fetch_block(const struct ahead *ahead, size_t place)
{
    if (place >= ahead->end || ahead->numbers[place % RING] == INDEX_NONE)
        return;
    const struct incident *incident =
        incidents_peek(&ahead->engine->incidents, ahead->numbers[place % RING]);
    if (incident != NULL)
        incident_fetch(incident);
}

/* The first ones have nobody before them. */
static void fetch_first(struct ahead *ahead, size_t first)
{
    for (size_t i = 0; i < TABLE_AHEAD; i++)
        fetch_table(ahead, first + i);
    for (size_t i = 0; i < INCIDENT_AHEAD; i++)
        fetch_incident(ahead, first + i);
    for (size_t i = 0; i < BLOCK_AHEAD; i++)
        fetch_block(ahead, first + i);
}

static bool ends_the_call(sla_status status, bool has_statuses)
{
    return status == SLA_DELIVERY_REFUSED || status == SLA_ERROR_MEMORY ||
           status == SLA_ERROR_LIMIT ||
           (!has_statuses && (status < SLA_OK || status == SLA_MISSING));
}

sla_status updates_apply(sla_engine *engine, struct update_source *source, size_t first,
                         size_t end, sla_status *statuses, size_t *out_done)
{
    struct ahead ahead = {.engine = engine, .source = source, .end = end};
    sla_status all = SLA_OK;
    size_t done = first;
    bool ends = false;
    fetch_first(&ahead, first);
    while (done < end && !ends) {
        fetch_table(&ahead, done + TABLE_AHEAD);
        fetch_incident(&ahead, done + INCIDENT_AHEAD);
        fetch_block(&ahead, done + BLOCK_AHEAD);
        sla_status status = ahead.statuses[done % RING];
        if (status == SLA_OK)
            status = sla_engine_update(engine, ahead.updates[done % RING]);
        if (statuses != NULL)
            statuses[done] = status;
        ends = ends_the_call(status, statuses != NULL);
        if (ends)
            all = status;
        else if (status < SLA_OK)
            all = SLA_ROWS_FAILED;
        done += !ends || status == SLA_DELIVERY_REFUSED;
    }
    *out_done = done;
    return all;
}

/* Updates that lie one behind the other. */
struct update_array {
    struct update_source source;
    const unsigned char *updates;
    size_t size; /* of each */
};

static sla_status read_array(struct update_source *source, size_t place,
                             const sla_update **out_update)
{
    const struct update_array *array = (const struct update_array *)source;
    *out_update = (const sla_update *)(array->updates + place * array->size);
    return (*out_update)->size == array->size ? SLA_OK : SLA_ERROR_ARGUMENT;
}

sla_status sla_engine_update_many(sla_engine *engine, const sla_update *updates, size_t count,
                                  sla_status *out_statuses, size_t *out_done)
{
    size_t done = 0;
    if (out_done != NULL)
        *out_done = 0;
    if (engine == NULL || (updates == NULL && count > 0) ||
        (count > 0 && (updates->size == 0 || updates->size % _Alignof(sla_update) != 0)))
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    if (count == 0)
        return SLA_OK;
    struct update_array array = {.source = {read_array},
                                 .updates = (const unsigned char *)updates,
                                 .size = updates->size};
    sla_status status = updates_apply(engine, &array.source, 0, count, out_statuses, &done);
    if (out_done != NULL)
        *out_done = done;
    return status;
}
