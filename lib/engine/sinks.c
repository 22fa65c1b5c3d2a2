/* SPDX-License-Identifier: MIT */
/* Sinks: offsets, bytes and bits, as the Arrow columnar format lays them. */
#include "engine/sinks.h"

#include "base/bits.h"
#include "base/checked.h"
#include "base/structs.h"

static const sla_text *text_at(struct apart rows, size_t row)
{
    return (const void *)(rows.first + row * rows.stride);
}

static const struct text_list *list_at(struct apart rows, size_t row)
{
    return (const void *)(rows.first + row * rows.stride);
}

static bool offsets_are_right(uint32_t width, const void *offsets)
{
    return (width == sizeof(int32_t) || width == sizeof(int64_t)) && offsets != NULL &&
           (uintptr_t)offsets % width == 0;
}

/* No more than its offsets can say. */
static uint64_t room_of(uint64_t capacity, uint32_t width)
{
    uint64_t most = width == sizeof(int32_t) ? INT32_MAX : INT64_MAX;
    return capacity < most ? capacity : most;
}

bool text_sink_open(struct text_sink *sink, sla_text_sink *given)
{
    sla_text_sink *own = &sink->own;
    sink->given = given;
    if (given == NULL)
        return true;
    if (given->size < sizeof *own || !struct_read(given, own, sizeof *own) || own->flags != 0 ||
        own->reserved != 0 || own->unused != NULL || !offsets_are_right(own->width, own->offsets) ||
        (own->bytes == NULL && own->capacity > 0))
        return false;
    own->capacity = room_of(own->capacity, own->width);
    own->used = own->missing = 0;
    return true;
}

bool list_sink_open(struct list_sink *sink, sla_list_sink *given)
{
    sla_list_sink *own = &sink->own;
    sink->given = given;
    if (given == NULL)
        return true;
    if (given->size < sizeof *own || !struct_read(given, own, sizeof *own) || own->flags != 0 ||
        own->reserved != 0 || !offsets_are_right(own->width, own->offsets) ||
        own->texts == NULL || !text_sink_open(&sink->texts, own->texts) ||
        sink->texts.own.validity != NULL)
        return false;
    own->capacity = room_of(own->capacity, own->width);
    own->used = 0;
    return true;
}

size_t text_sink_fits(const struct text_sink *sink, struct apart rows, size_t count)
{
    uint64_t room = sink->own.capacity - sink->own.used;
    size_t row = 0;
    for (; row < count; row++) {
        size_t length = text_at(rows, row)->length;
        if (length > room)
            break;
        room -= length;
    }
    return row;
}

size_t list_sink_fits(const struct list_sink *sink, struct apart rows, size_t count)
{
    uint64_t room = sink->own.capacity - sink->own.used;
    uint64_t bytes = sink->texts.own.capacity - sink->texts.own.used;
    for (size_t row = 0; row < count; row++) {
        const struct text_list *list = list_at(rows, row);
        if (list->count > room)
            return row;
        room -= list->count;
        for (size_t i = 0; i < list->count; i++) {
            if (list->texts[i].length > bytes)
                return row;
            bytes -= list->texts[i].length;
        }
    }
    return count;
}

static void set_offset(void *offsets, uint32_t width, size_t at, uint64_t value)
{
    if (width == sizeof(int32_t))
        ((int32_t *)offsets)[at] = (int32_t)value;
    else
        ((int64_t *)offsets)[at] = (int64_t)value;
}

/* Most texts are short, and a call of memcpy would cost more than they do. */
static void copy_bytes(char *to, const char *from, size_t length)
{
    if (length >= 8 && length <= 16) {
        memcpy(to, from, 8);
        memcpy(to + length - 8, from + length - 8, 8);
    } else if (length > 16 && length <= 32) {
        memcpy(to, from, 16);
        memcpy(to + length - 16, from + length - 16, 16);
    } else if (length > 0) {
        memcpy(to, from, length);
    }
}

static void put_text(sla_text_sink *own, size_t at, sla_text text)
{
    copy_bytes(own->bytes + own->used, text.data, text.length);
    own->used += text.length;
    own->missing += text.length == 0;
    set_offset(own->offsets, own->width, at + 1, own->used);
}

void text_sink_write(struct text_sink *sink, struct apart rows, size_t at, size_t count)
{
    sla_text_sink own = sink->own;
    struct bit_writer validity = bits_begin(own.validity, at);
    if (at == 0)
        set_offset(own.offsets, own.width, 0, 0);
    for (size_t row = 0; row < count; row++) {
        sla_text text = *text_at(rows, row);
        put_text(&own, at + row, text);
        bits_put(&validity, text.length > 0);
    }
    bits_end(&validity);
    sink->own = own;
}

void list_sink_write(struct list_sink *sink, struct apart rows, size_t at, size_t count)
{
    sla_list_sink *own = &sink->own;
    sla_text_sink *texts = &sink->texts.own;
    if (at == 0) {
        set_offset(own->offsets, own->width, 0, 0);
        set_offset(texts->offsets, texts->width, 0, 0);
    }
    for (size_t row = 0; row < count; row++) {
        const struct text_list *list = list_at(rows, row);
        for (size_t i = 0; i < list->count; i++)
            put_text(texts, (size_t)own->used + i, list->texts[i]);
        own->used += list->count;
        set_offset(own->offsets, own->width, at + row + 1, own->used);
    }
}

void text_sink_close(const struct text_sink *sink)
{
    if (sink->given == NULL)
        return;
    sink->given->used = sink->own.used;
    sink->given->missing = sink->own.missing;
}

void list_sink_close(const struct list_sink *sink)
{
    if (sink->given == NULL)
        return;
    sink->given->used = sink->own.used;
    text_sink_close(&sink->texts);
}

void text_sink_tell_need(const struct text_sink *sink, sla_text text)
{
    if (sink->given != NULL)
        sink->given->used = text.length;
}

void list_sink_tell_need(const struct list_sink *sink, struct text_list list)
{
    uint64_t bytes = 0;
    if (sink->given == NULL)
        return;
    for (size_t i = 0; i < list.count; i++)
        if (ckd_add(&bytes, bytes, list.texts[i].length))
            bytes = UINT64_MAX;
    sink->given->used = list.count;
    sink->texts.given->used = bytes;
}
