/* SPDX-License-Identifier: MIT */
/* Loading: bytes become incidents again (E8), under the same policy or another (E9). */
#include "engine/load.h"

#include "base/checked.h"
#include "base/structs.h"

sla_status state_read_header(const void *bytes, size_t size, sla_state_info *out_info,
                             uint64_t *out_names)
{
    const unsigned char *at = bytes;
    if (size < STATE_HEADER + 8 || memcmp(at, "SLAS", 4) != 0 || at[4] != STATE_VERSION ||
        (at[5] != STATE_ENGINE && at[5] != STATE_INCIDENT) || at[6] != 0 || at[7] != 0)
        return SLA_ERROR_DATA;
    struct unpacker unpacker = {at + 8, at + size, false};
    sla_state_info info = {.size = sizeof info, .format = at[4],
                           .is_incident = at[5] == STATE_INCIDENT};
    info.fingerprint[0] = unpack_fixed(&unpacker);
    info.fingerprint[1] = unpack_fixed(&unpacker);
    info.now = (sla_time)unpack_fixed(&unpacker);
    uint64_t total = unpack_fixed(&unpacker);
    *out_names = unpack_fixed(&unpacker);
    info.incidents = unpack_fixed(&unpacker);
    info.events = unpack_fixed(&unpacker);
    struct unpacker hash = {at + size - 8, at + size, false};
    if (total != size || *out_names < STATE_HEADER || *out_names > size - 8 ||
        info.incidents > size || info.events > size || (info.is_incident && info.incidents != 1) ||
        (info.now != SLA_TIME_NONE && !time_in_range(info.now)) ||
        unpack_fixed(&hash) != hash_bytes(bytes, size - 8))
        return SLA_ERROR_DATA;
    *out_info = info;
    return SLA_OK;
}

sla_status sla_state_describe(const void *bytes, size_t size, sla_state_info *out_info)
{
    sla_state_info info;
    uint64_t names;
    if (out_info == NULL || (bytes == NULL && size > 0))
        return SLA_ERROR_ARGUMENT;
    sla_status status = size == 0 ? SLA_ERROR_DATA
                                  : state_read_header(bytes, size, &info, &names);
    if (status != SLA_OK)
        return status;
    return struct_write(out_info, &info, sizeof info) ? SLA_OK : SLA_ERROR_ARGUMENT;
}

/* Attributes by name: what the policy at hand asks for may be other than it was. SLA_OK,
   SLA_ERROR_DATA, SLA_ERROR_MEMORY. */
static sla_status find_attributes(struct loading *loading, struct held *held)
{
    const sla_policy *policy = loading->engine->policy;
    struct unpacker unpacker = held_begin(held);
    struct held_attribute attribute;
    size_t count = held->count;
    held_clear(held);
    while (held_next(&unpacker, &attribute)) {
        if (attribute.slot != 0) {
            const struct saved_name *name =
                saved_name_at(&loading->names, NAME_ATTRIBUTE, attribute.slot);
            attribute.name = name == NULL ? TEXT_NONE : name->text;
        }
        if (attribute.literal != 0) {
            const struct saved_name *name =
                saved_name_at(&loading->names, NAME_LITERAL, attribute.literal);
            attribute.value = name == NULL ? TEXT_NONE : name->text;
        }
        attribute.slot = text_table_find(&policy->attributes, attribute.name);
        attribute.literal =
            attribute.slot == 0 ? 0 : text_table_find(&policy->literals, attribute.value);
        if (!held_add(held, &loading->engine->allocator, &attribute))
            return SLA_ERROR_MEMORY;
    }
    return unpacker.failed || held->count != count ? SLA_ERROR_DATA : SLA_OK;
}

/* The draft's sums stand before it, its history behind. */
static sla_status read_sums(struct loading *loading, struct unpacker *unpacker)
{
    uint64_t count = unpack_number(unpacker);
    loading->sums.count = 0;
    for (uint64_t i = 0; i < count && !unpacker->failed; i++) {
        struct clock_sums sums = {unpack_signed(unpacker), 0};
        sums.paused = unpack_signed(unpacker);
        if (!array_push(&loading->engine->allocator, &loading->sums, sums))
            return SLA_ERROR_MEMORY;
    }
    return unpacker->failed ? SLA_ERROR_DATA : SLA_OK;
}

static sla_status read_history(struct loading *loading, struct unpacker *unpacker,
                               struct draft *draft)
{
    const sla_allocator *allocator = &loading->engine->allocator;
    uint64_t told = unpack_number(unpacker);
    if (told > 0 && (loading->history = memory_zero(allocator, sizeof *loading->history)) == NULL)
        return SLA_ERROR_MEMORY;
    for (uint64_t i = 0; i < told && !unpacker->failed; i++)
        if (!array_push(allocator, &loading->history->told, unpack_fixed(unpacker)))
            return SLA_ERROR_MEMORY;
    uint64_t cycles = unpack_number(unpacker);
    for (uint64_t i = 0; i < cycles && !unpacker->failed; i++) {
        struct past_cycle past;
        unpack_past(unpacker, &past, draft->head.opened_at);
        if (!array_push(allocator, &draft->past, past))
            return SLA_ERROR_MEMORY;
    }
    return unpacker->failed ? SLA_ERROR_DATA : SLA_OK;
}

static sla_status read_incident(struct loading *loading)
{
    struct draft *draft = &loading->engine->draft;
    struct unpacker *unpacker = &loading->incidents;
    struct translation translation = saved_names_translation(&loading->names);
    loading->id = unpack_text(unpacker);
    sla_status status = read_sums(loading, unpacker);
    if (status == SLA_OK)
        status = unpack_draft(unpacker, draft, &loading->engine->allocator);
    if (status == SLA_OK)
        status = read_history(loading, unpacker, draft);
    if (status != SLA_OK)
        return status;
    if (loading->id.length == 0 || loading->id.length > INCIDENT_ID_MAX ||
        loading->sums.count != draft->clocks.count)
        return SLA_ERROR_DATA;
    if (loading->rebinds && !rebind_remember(loading, draft))
        return SLA_ERROR_MEMORY;
    if ((status = find_attributes(loading, &draft->attributes)) != SLA_OK)
        return status;
    translate_draft(&translation, draft);
    if (loading->names.damaged || !sums_are_sound(loading->sums.items, loading->sums.count) ||
        !draft_is_sound(draft, loading->engine, loading->now, loading->rebinds))
        return SLA_ERROR_DATA;
    return draft_has_each_clock_once(draft, &loading->engine->allocator);
}

/* Puts the incident that was read among the others, or in the place of the same one. */
static sla_status place_incident(struct loading *loading)
{
    sla_engine *engine = loading->engine;
    struct incidents *incidents = &engine->incidents;
    uint32_t number = incidents_find(incidents, loading->id);
    bool is_new = number == INDEX_NONE;
    if (is_new && (number = incidents_add(incidents, loading->id)) == INDEX_NONE)
        return SLA_ERROR_MEMORY;
    struct incident *incident = incident_at(incidents, number);
    struct history *history = incident->history;
    incident->history = loading->history;
    loading->history = NULL;
    struct work work = work_of_draft(engine, number);
    sla_status status = loading->rebinds ? rebind_incident(loading, &work) : SLA_OK;
    if (status == SLA_OK)
        status = work_end(&work);
    loading->history = history; /* to be freed: the old one, or after a failure the new */
    if (status != SLA_OK) {
        loading->history = incident->history;
        incident->history = history;
        if (is_new)
            incidents_remove(incidents, number);
    }
    history_free(loading->history, &engine->allocator);
    loading->history = NULL;
    return status;
}

static sla_status read_events(struct loading *loading)
{
    sla_engine *engine = loading->engine;
    for (uint64_t i = 0; i < loading->event_count; i++) {
        struct news news = {.incident = INDEX_NONE};
        news.written = event_unpack(&loading->incidents, &engine->allocator);
        if (news.written == NULL)
            return loading->incidents.failed ? SLA_ERROR_DATA : SLA_ERROR_MEMORY;
        news.written->event.metric_index =
            policy_find_metric(engine->policy, news.written->event.metric);
        if (!outbox_add(&engine->outbox, &news)) {
            written_free(news.written, &engine->allocator);
            return SLA_ERROR_MEMORY;
        }
    }
    return SLA_OK;
}

/* The incidents of the events that wait are known only when all are there. */
static void find_incidents_of_events(sla_engine *engine, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++)
        engine->outbox.news.items[i].incident = incidents_find(
            &engine->incidents, engine->outbox.news.items[i].written->event.incident);
}

static sla_status read_all(struct loading *loading, size_t news_before)
{
    sla_status status = read_events(loading);
    for (uint64_t i = 0; status == SLA_OK && i < loading->incident_count; i++) {
        status = read_incident(loading);
        bool is_last = i + 1 == loading->incident_count;
        if (status == SLA_OK && is_last && loading->incidents.at != loading->incidents.end)
            status = SLA_ERROR_DATA; /* before it takes another one's place */
        if (status == SLA_OK)
            status = place_incident(loading);
        if (status != SLA_OK)
            history_free(loading->history, &loading->engine->allocator);
        loading->history = NULL;
    }
    if (status == SLA_OK && loading->incidents.at != loading->incidents.end)
        status = SLA_ERROR_DATA;
    if (status == SLA_OK)
        find_incidents_of_events(loading->engine, news_before, (size_t)loading->event_count);
    return status;
}

static void forget_all(sla_engine *engine)
{
    struct incidents *incidents = &engine->incidents;
    while (incidents->count > 0) {
        uint32_t number = incidents_next(incidents, 0);
        queue_place(&engine->queue, number, SLA_TIME_NEVER, SLA_TIME_NEVER);
        incidents_remove(incidents, number);
    }
}

sla_status engine_load(sla_engine *engine, const void *bytes, size_t size, bool rebinds,
                       struct sla_moves *moves)
{
    sla_state_info info;
    uint64_t names;
    sla_status status = size == 0 ? SLA_ERROR_DATA
                                  : state_read_header(bytes, size, &info, &names);
    if (status != SLA_OK)
        return status;
    const unsigned char *at = bytes;
    const uint64_t *fingerprint = engine->policy->fingerprint;
    bool is_same = info.fingerprint[0] == fingerprint[0] && info.fingerprint[1] == fingerprint[1];
    if (!is_same && !rebinds)
        return SLA_ERROR_POLICY_CHANGED;
    if (!info.is_incident && (engine->incidents.count > 0 || outbox_first(&engine->outbox) != NULL))
        return SLA_ERROR_ARGUMENT;
    struct loading loading = {.engine = engine,
                              .incidents = {at + STATE_HEADER, at + names, false},
                              .incident_count = info.incidents,
                              .event_count = info.events,
                              .now = info.now,
                              .rebinds = !is_same,
                              .moves = moves};
    struct unpacker unpacker = {at + names, at + size - 8, false};
    sla_time now_before = engine->now;
    if (info.now > engine->now && !info.is_incident)
        engine->now = info.now; /* there is nothing to be told in between */
    else if (info.now > engine->now && (status = engine_fire(engine, info.now)) != SLA_OK)
        return status;
    size_t news_before = engine->outbox.news.count; /* with what the engine had to say by then */
    status = saved_names_read(&loading.names, &unpacker, &engine->allocator);
    if (status == SLA_OK)
        status = saved_names_resolve(&loading.names, engine);
    if (status == SLA_OK)
        status = read_all(&loading, news_before);
    if (status != SLA_OK) {
        outbox_take_back(&engine->outbox, news_before);
        if (!info.is_incident) {
            forget_all(engine);
            engine->now = now_before;
        }
    }
    saved_names_free(&loading.names);
    array_free(&engine->allocator, &loading.sums);
    draft_free(&loading.before, &engine->allocator);
    engine->changes++;
    return status;
}

sla_status sla_engine_load(sla_engine *engine, const void *bytes, size_t size, uint32_t flags,
                           sla_moves **out_moves)
{
    struct sla_moves *moves = NULL;
    if (engine == NULL || (bytes == NULL && size > 0) || (flags & ~SLA_LOAD_REBIND) != 0)
        return SLA_ERROR_ARGUMENT;
    if (engine->busy)
        return SLA_ERROR_BUSY;
    if (out_moves != NULL && (moves = moves_new(&engine->host)) == NULL)
        return SLA_ERROR_MEMORY;
    sla_status status = engine_load(engine, bytes, size, (flags & SLA_LOAD_REBIND) != 0, moves);
    if (status != SLA_OK) {
        sla_moves_free(moves);
        return status;
    }
    if (out_moves != NULL)
        *out_moves = moves;
    if (engine->now != SLA_TIME_NONE)
        engine_fire(engine, engine->now); /* what cannot be told now waits for the next call */
    return engine_deliver(engine);
}
