/* SPDX-License-Identifier: MIT */
/* Saving: an engine or an incident as bytes (E8). */
#include "engine/save.h"

static struct clock_sums sums_of(const sla_engine *engine, struct draft *draft, uint32_t index)
{
    struct clock *clock = &draft->clocks.items[index];
    struct counting counting = {engine->policy, &engine->allocator, clock, index, &draft->spans};
    sla_time at = clock_is_open(clock) ? engine->now : clock->ended;
    if (!clock_is_told(clock))
        return (struct clock_sums){0, 0};
    return (struct clock_sums){clock_is_open(clock) ? clock_used(&counting, at) : clock->used,
                               clock_paused(&counting, at)};
}

static void write_history(struct bytes *bytes, const struct draft *draft,
                          const struct history *history)
{
    size_t told = history == NULL ? 0 : history->told.count;
    bytes_number(bytes, told);
    for (size_t i = 0; i < told; i++)
        bytes_fixed(bytes, history->told.items[i]);
    bytes_number(bytes, draft->past.count);
    for (size_t i = 0; i < draft->past.count; i++) {
        unsigned char *at = bytes_begin(bytes, PACKED_PAST_MAX);
        if (at == NULL)
            return;
        bytes_end(bytes, pack_past(at, &draft->past.items[i], draft->head.opened_at));
    }
}

static void write_sums(const sla_engine *engine, struct bytes *bytes, struct draft *draft)
{
    bytes_number(bytes, draft->clocks.count);
    for (uint32_t i = 0; i < draft->clocks.count; i++) {
        struct clock_sums sums = sums_of(engine, draft, i);
        bytes_signed(bytes, sums.used);
        bytes_signed(bytes, sums.paused);
    }
}

/* The view's draft is translated in place, so the view is worth nothing afterwards. */
static sla_status write_incident(const sla_engine *engine, uint32_t number, struct names *names,
                                 struct bytes *bytes)
{
    struct view *view = engine->view;
    struct draft *draft = &view->draft;
    struct translation translation = names_translation(names);
    const struct incident *incident = incident_at(&engine->incidents, number);
    sla_status status = view_read(view, &engine->incidents, number, engine->changes);
    if (status != SLA_OK)
        return status;
    view->number = INDEX_NONE;
    bytes_text(bytes, incident_id(incident));
    write_sums(engine, bytes, draft);
    translate_draft(&translation, draft);
    if (!translate_attributes(&translation, &draft->attributes, &engine->allocator))
        return SLA_ERROR_MEMORY;
    unsigned char *at = bytes_begin(bytes, pack_bound(draft));
    if (at != NULL)
        bytes_end(bytes, pack_draft(at, draft));
    write_history(bytes, draft, incident->history);
    return bytes->failed || names->failed ? SLA_ERROR_MEMORY : SLA_OK;
}

static uint64_t write_events(const sla_engine *engine, uint32_t only, struct bytes *bytes)
{
    uint64_t count = 0;
    const struct outbox *outbox = &engine->outbox;
    for (size_t i = outbox->delivered; i < outbox->news.count; i++) {
        const struct news *news = &outbox->news.items[i];
        sla_event event;
        if (only != INDEX_NONE && news->incident != only)
            continue;
        news_write(engine, news, &event);
        event_pack(bytes, &event);
        count++;
    }
    return count;
}

static void write_header(const sla_engine *engine, struct bytes *bytes, uint32_t kind)
{
    unsigned char *at = bytes_begin(bytes, 8);
    static const unsigned char magic[] = {'S', 'L', 'A', 'S', STATE_VERSION};
    if (at == NULL)
        return;
    memset(at, 0, 8);
    memcpy(at, magic, sizeof magic);
    at[sizeof magic] = (unsigned char)kind;
    bytes_end(bytes, at + 8);
    bytes_fixed(bytes, engine->policy->fingerprint[0]);
    bytes_fixed(bytes, engine->policy->fingerprint[1]);
    bytes_fixed(bytes, (uint64_t)engine->now);
    for (int i = 0; i < 4; i++)
        bytes_fixed(bytes, 0); /* known at the end */
}

/* Fills in what the header could not know: bytes in all, names, incidents, events. */
static void finish_header(struct bytes *bytes, const uint64_t numbers[4])
{
    unsigned char *at = bytes->data.items + STATE_HEADER - 4 * 8;
    for (int i = 0; i < 4; i++)
        for (int byte = 0; byte < 8; byte++)
            *at++ = (unsigned char)(numbers[i] >> (8 * byte));
}

sla_status state_write(const sla_engine *engine, uint32_t only, struct bytes *bytes)
{
    const struct incidents *incidents = &engine->incidents;
    struct names names;
    sla_status status = SLA_OK;
    uint64_t numbers[4] = {0, 0, only == INDEX_NONE ? incidents->count : 1, 0};
    names_init(&names, engine->policy, &engine->foreign, &engine->allocator);
    write_header(engine, bytes, only == INDEX_NONE ? STATE_ENGINE : STATE_INCIDENT);
    numbers[3] = write_events(engine, only, bytes);
    if (only != INDEX_NONE)
        status = write_incident(engine, only, &names, bytes);
    for (uint32_t i = incidents_next(incidents, 0);
         only == INDEX_NONE && status == SLA_OK && i < incidents->next_number;
         i = incidents_next(incidents, i + 1))
        status = write_incident(engine, i, &names, bytes);
    numbers[1] = bytes->data.count;
    names_pack(&names, bytes);
    numbers[0] = bytes->data.count + 8;
    if (!bytes->failed) {
        finish_header(bytes, numbers);
        bytes_fixed(bytes, hash_bytes(bytes->data.items, bytes->data.count));
    }
    names_free(&names);
    return status == SLA_OK && (bytes->failed || names.failed) ? SLA_ERROR_MEMORY : status;
}

static sla_status save(const sla_engine *engine, uint32_t only, sla_state **out_state)
{
    sla_state *state = memory_zero(&engine->host, sizeof *state);
    if (state == NULL)
        return SLA_ERROR_MEMORY;
    state->allocator = engine->host;
    state->bytes.allocator = &state->allocator;
    sla_status status = state_write(engine, only, &state->bytes);
    if (status != SLA_OK) {
        sla_state_free(state);
        return status;
    }
    *out_state = state;
    return SLA_OK;
}

sla_status sla_engine_save(const sla_engine *engine, sla_state **out_state)
{
    if (engine == NULL || out_state == NULL)
        return SLA_ERROR_ARGUMENT;
    return save(engine, INDEX_NONE, out_state);
}

sla_status sla_engine_save_incident(const sla_engine *engine, const sla_text *incident,
                                    sla_state **out_state)
{
    sla_text id;
    if (engine == NULL || out_state == NULL || incident == NULL ||
        !text_from_api(incident->data, incident->length, &id))
        return SLA_ERROR_ARGUMENT;
    uint32_t number = incidents_find(&engine->incidents, id);
    return number == INDEX_NONE ? SLA_ERROR_NOT_FOUND : save(engine, number, out_state);
}

void sla_state_bytes(const sla_state *state, const void **out_bytes, size_t *out_size)
{
    *out_bytes = state == NULL ? NULL : state->bytes.data.items;
    *out_size = state == NULL ? 0 : state->bytes.data.count;
}

void sla_state_free(sla_state *state)
{
    if (state == NULL)
        return;
    sla_allocator allocator = state->allocator;
    array_free(&allocator, &state->bytes.data);
    memory_free(&allocator, state, sizeof *state);
}
