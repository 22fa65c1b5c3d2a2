/* SPDX-License-Identifier: MIT */
/* Events that stand for themselves, and the names of their types. */
#include "engine/outbox.h"

#include "base/checked.h"
#include "base/words.h"

/* Where the texts of an event are copied to. */
struct copying {
    char *at;
};

static sla_text copy_text(struct copying *copying, sla_text text)
{
    sla_text copy = {copying->at, text.length};
    if (text.length > 0)
        memcpy(copying->at, text.data, text.length);
    copying->at += text.length;
    return copy;
}

static bool count_words(size_t *size, const sla_text *words, size_t count)
{
    size_t pointers;
    if (ckd_mul(&pointers, count, sizeof *words) || ckd_add(size, *size, pointers))
        return false;
    for (size_t i = 0; i < count; i++)
        if (ckd_add(size, *size, words[i].length))
            return false;
    return true;
}

struct written_event *event_copy(const sla_event *event, const sla_allocator *allocator)
{
    const sla_text *texts[] = {&event->incident, &event->agreement, &event->metric,
                               &event->severity, &event->reason, &event->actor};
    size_t size = sizeof(struct written_event);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (ckd_add(&size, size, texts[i]->length))
            return NULL;
    if (!count_words(&size, event->notify, event->notify_count) ||
        !count_words(&size, event->via, event->via_count))
        return NULL;
    struct written_event *written = memory_new(allocator, size);
    if (written == NULL)
        return NULL;
    size_t words = event->notify_count + event->via_count;
    struct copying copying = {(char *)(written->words + words)};
    written->size = size;
    written->event = *event;
    sla_event *out = &written->event;
    out->incident = copy_text(&copying, event->incident);
    out->agreement = copy_text(&copying, event->agreement);
    out->metric = copy_text(&copying, event->metric);
    out->severity = copy_text(&copying, event->severity);
    out->reason = copy_text(&copying, event->reason);
    out->actor = copy_text(&copying, event->actor);
    for (size_t i = 0; i < event->notify_count; i++)
        written->words[i] = copy_text(&copying, event->notify[i]);
    for (size_t i = 0; i < event->via_count; i++)
        written->words[event->notify_count + i] = copy_text(&copying, event->via[i]);
    out->notify = written->words;
    out->via = written->words + event->notify_count;
    return written;
}

void written_free(struct written_event *written, const sla_allocator *allocator)
{
    if (written != NULL)
        memory_free(allocator, written, written->size);
}

const char *sla_event_type_name(uint32_t type)
{
    return type < SLA_EVENT_TYPE_COUNT ? event_type_words[type] : NULL;
}

const char *sla_kind_name(uint32_t kind)
{
    return kind <= SLA_KIND_UC ? kind_words[kind] : NULL;
}
