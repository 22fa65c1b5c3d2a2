/* SPDX-License-Identifier: MIT */
/* Events as bytes: with all their texts, so that they outlive their policy. */
#include "engine/save.h"

static void pack_words(struct bytes *bytes, const sla_text *words, size_t count)
{
    bytes_number(bytes, count);
    for (size_t i = 0; i < count; i++)
        bytes_text(bytes, words[i]);
}

void event_pack(struct bytes *bytes, const sla_event *event)
{
    bytes_number(bytes, event->type);
    bytes_number(bytes, event->kind);
    bytes_number(bytes, event->flags);
    bytes_fixed(bytes, event->id[0]);
    bytes_fixed(bytes, event->id[1]);
    bytes_text(bytes, event->incident);
    bytes_text(bytes, event->agreement);
    bytes_text(bytes, event->metric);
    bytes_text(bytes, event->severity);
    bytes_text(bytes, event->reason);
    bytes_text(bytes, event->actor);
    pack_words(bytes, event->notify, event->notify_count);
    pack_words(bytes, event->via, event->via_count);
    bytes_signed(bytes, event->at);
    bytes_signed(bytes, event->deadline);
    bytes_signed(bytes, event->elapsed);
    bytes_signed(bytes, event->remaining);
    bytes_number(bytes, event->metric_index);
    bytes_number(bytes, event->cycle);
    bytes_signed(bytes, event->percent);
    bytes_signed(bytes, event->level);
    bytes_number(bytes, event->repetition);
    bytes_number(bytes, event->line);
}

/* Reads past a list of words; where it begins is kept by the caller. */
static size_t skip_words(struct unpacker *unpacker)
{
    uint64_t count = unpack_number(unpacker);
    for (uint64_t i = 0; i < count && !unpacker->failed; i++)
        unpack_text(unpacker);
    return unpacker->failed ? 0 : (size_t)count;
}

static void read_words(struct unpacker unpacker, sla_text *words, size_t count)
{
    unpack_number(&unpacker);
    for (size_t i = 0; i < count; i++)
        words[i] = unpack_text(&unpacker);
}

struct written_event *event_unpack(struct unpacker *unpacker, const sla_allocator *allocator)
{
    sla_event event = {.size = sizeof event};
    event.type = unpack_u32(unpacker);
    event.kind = unpack_u32(unpacker);
    event.flags = unpack_u32(unpacker);
    event.id[0] = unpack_fixed(unpacker);
    event.id[1] = unpack_fixed(unpacker);
    event.incident = unpack_text(unpacker);
    event.agreement = unpack_text(unpacker);
    event.metric = unpack_text(unpacker);
    event.severity = unpack_text(unpacker);
    event.reason = unpack_text(unpacker);
    event.actor = unpack_text(unpacker);
    struct unpacker words = *unpacker;
    event.notify_count = skip_words(unpacker);
    struct unpacker more_words = *unpacker;
    event.via_count = skip_words(unpacker);
    event.at = unpack_signed(unpacker);
    event.deadline = unpack_signed(unpacker);
    event.elapsed = unpack_signed(unpacker);
    event.remaining = unpack_signed(unpacker);
    event.metric_index = unpack_u32(unpacker);
    event.cycle = unpack_u32(unpacker);
    event.percent = (int32_t)unpack_signed(unpacker);
    event.level = (int32_t)unpack_signed(unpacker);
    event.repetition = unpack_u32(unpacker);
    event.line = unpack_u32(unpacker);
    unpacker->failed |= event.type == 0 || event.type >= SLA_EVENT_TYPE_COUNT ||
                        event.kind >= KIND_COUNT || event.incident.length == 0;
    if (unpacker->failed)
        return NULL;
    size_t count = event.notify_count + event.via_count; /* each took a byte at least */
    sla_text *texts = memory_new(allocator, count * sizeof *texts);
    if (texts == NULL)
        return NULL;
    read_words(words, texts, event.notify_count);
    read_words(more_words, texts + event.notify_count, event.via_count);
    event.notify = texts;
    event.via = texts + event.notify_count;
    struct written_event *written = event_copy(&event, allocator);
    memory_free(allocator, texts, count * sizeof *texts);
    return written;
}
