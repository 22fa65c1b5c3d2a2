/* SPDX-License-Identifier: MIT */
/* Translating the numbers of a draft from one list of names to another; and bytes that grow. */
#include "engine/names.h"

static uint32_t map(const struct translation *translation, enum name_kind kind, uint32_t number)
{
    return number == INDEX_NONE ? INDEX_NONE
                                : translation->map(translation->user, kind, number);
}

static uint32_t map_step(const struct translation *translation, uint32_t step)
{
    return step == INDEX_NONE ? INDEX_NONE : translation->map_step(translation->user, step);
}

/* Of a pause that is gone the cause is not known any more. */
static uint32_t map_cause(const struct translation *translation, uint32_t cause)
{
    if (cause < SPAN_CAUSE(0))
        return cause;
    uint32_t pause = map(translation, NAME_PAUSE, cause - SPAN_CAUSE(0));
    return pause == INDEX_NONE ? SPAN_PAUSE : SPAN_CAUSE(pause);
}

void translate_clock(const struct translation *translation, struct clock *clock)
{
    clock->metric = map(translation, NAME_METRIC, clock->metric);
    clock->agreement = map(translation, NAME_AGREEMENT, clock->agreement);
    clock->rule = map(translation, NAME_RULE, clock->rule);
    clock->calendar = map(translation, NAME_CALENDAR, clock->calendar);
    clock->first_calendar = map(translation, NAME_CALENDAR, clock->first_calendar);
    clock->escalation = map(translation, NAME_ENTRY, clock->escalation);
    clock->next_step = map_step(translation, clock->next_step);
    clock->cause = map_cause(translation, clock->cause);
}

void translate_draft(const struct translation *translation, struct draft *draft)
{
    draft->taken.count = 0; /* they speak of the other numbers */
    draft->head.severity = map(translation, NAME_SEVERITY, draft->head.severity);
    for (size_t i = 0; i < draft->clocks.count; i++)
        translate_clock(translation, &draft->clocks.items[i]);
    for (size_t i = 0; i < draft->past.count; i++)
        translate_clock(translation, &draft->past.items[i].clock);
    for (size_t i = 0; i < draft->spans.count; i++) {
        struct span *span = &draft->spans.items[i];
        span->calendar = map(translation, NAME_CALENDAR, span->calendar);
        span->is_pause = map_cause(translation, span->is_pause);
    }
    for (size_t i = 0; i < draft->causes.count; i++)
        draft->causes.items[i].pause = map(translation, NAME_PAUSE, draft->causes.items[i].pause);
    for (size_t i = 0; i < draft->holding.count; i++)
        draft->holding.items[i] = map(translation, NAME_PAUSE, draft->holding.items[i]);
    for (size_t i = 0; i < draft->sends.count; i++)
        draft->sends.items[i].step = map_step(translation, draft->sends.items[i].step);
}

bool translate_attributes(const struct translation *translation, struct held *held,
                          const sla_allocator *allocator)
{
    struct unpacker unpacker = held_begin(held);
    struct held_attribute attribute;
    held_clear(held);
    while (held_next(&unpacker, &attribute)) {
        if (attribute.slot != 0)
            attribute.slot = map(translation, NAME_ATTRIBUTE, attribute.slot);
        if (attribute.literal != 0)
            attribute.literal = map(translation, NAME_LITERAL, attribute.literal);
        if (!held_add(held, allocator, &attribute))
            return false;
    }
    return true;
}

unsigned char *bytes_begin(struct bytes *bytes, size_t more)
{
    if (bytes->failed || !array_reserve(bytes->allocator, &bytes->data, more)) {
        bytes->failed = true;
        return NULL;
    }
    return bytes->data.items + bytes->data.count;
}

void bytes_end(struct bytes *bytes, const unsigned char *at)
{
    bytes->data.count = (size_t)(at - bytes->data.items);
}

void bytes_number(struct bytes *bytes, uint64_t number)
{
    unsigned char *at = bytes_begin(bytes, PACKED_NUMBER_MAX);
    if (at != NULL)
        bytes_end(bytes, pack_number(at, number));
}

void bytes_signed(struct bytes *bytes, int64_t number)
{
    bytes_number(bytes, fold_sign((uint64_t)number));
}

void bytes_fixed(struct bytes *bytes, uint64_t number)
{
    unsigned char *at = bytes_begin(bytes, 8);
    for (int byte = 0; at != NULL && byte < 8; byte++)
        *at++ = (unsigned char)(number >> (8 * byte));
    if (at != NULL)
        bytes_end(bytes, at);
}

void bytes_text(struct bytes *bytes, sla_text text)
{
    unsigned char *at = bytes_begin(bytes, text.length + PACKED_NUMBER_MAX);
    if (at != NULL)
        bytes_end(bytes, pack_text(at, text));
}
