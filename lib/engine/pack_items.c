/* SPDX-License-Identifier: MIT */
/* Packing what a draft consists of beside its clocks: the head, and an item of each list. */
#include "engine/pack_draft.h"

/* An instant, or one of SLA_TIME_NONE and SLA_TIME_NEVER, beside another. */
static unsigned char *pack_time(unsigned char *at, sla_time time, sla_time base)
{
    return pack_number(at, fold_sign((uint64_t)time - (uint64_t)base));
}
static sla_time unpack_time(struct unpacker *unpacker, sla_time base)
{
    return (sla_time)(unfold_sign(unpack_number(unpacker)) + (uint64_t)base);
}

/* An index, with INDEX_NONE as 0. */
static unsigned char *pack_index(unsigned char *at, uint32_t index)
{
    return pack_number(at, (uint32_t)(index + 1));
}
static uint32_t unpack_index(struct unpacker *unpacker)
{
    return unpack_u32(unpacker) - 1;
}

unsigned char *pack_head(unsigned char *at, const struct incident_head *head)
{
    at = store64(at, (uint64_t)head->opened_at);
    at = store64(at, (uint64_t)head->last_update); /* the same room, whatever it says: it changes */
    at = pack_number(at, head->last_sequence);
    return pack_index(at, head->severity);
}

void unpack_head(struct unpacker *unpacker, struct incident_head *head)
{
    head->opened_at = (sla_time)unpack_fixed(unpacker);
    head->last_update = (sla_time)unpack_fixed(unpacker);
    head->last_sequence = unpack_number(unpacker);
    head->severity = unpack_index(unpacker);
}

unsigned char *pack_span(unsigned char *at, const struct span *span, sla_time base)
{
    at = pack_number(at, span->clock);
    at = pack_time(at, span->from, base);
    at = pack_time(at, span->to, span->from);
    at = pack_index(at, span->calendar);
    uint64_t cause = span->is_pause > SPAN_PAUSE ? span->is_pause - SPAN_PAUSE : 0;
    return pack_number(at, (span->is_pause != 0) | span->by_limit << 1 | cause << 2);
}

void unpack_span(struct unpacker *unpacker, struct span *span, sla_time base)
{
    span->clock = unpack_u32(unpacker);
    span->from = unpack_time(unpacker, base);
    span->to = unpack_time(unpacker, span->from);
    span->calendar = unpack_index(unpacker);
    uint32_t bits = unpack_u32(unpacker);
    span->is_pause = (bits & 1) == 0 ? SPAN_CHANGE : SPAN_PAUSE + (bits >> 2);
    span->by_limit = bits >> 1 & 1;
}

unsigned char *pack_cause(unsigned char *at, const struct cause *cause, sla_time base)
{
    at = pack_number(at, cause->clock);
    at = pack_number(at, cause->pause);
    at = pack_time(at, cause->began, base);
    return pack_time(at, cause->expires, cause->began);
}

void unpack_cause(struct unpacker *unpacker, struct cause *cause, sla_time base)
{
    cause->clock = unpack_u32(unpacker);
    cause->pause = unpack_u32(unpacker);
    cause->began = unpack_time(unpacker, base);
    cause->expires = unpack_time(unpacker, cause->began);
}

unsigned char *pack_send(unsigned char *at, const struct send *send, sla_time base)
{
    at = pack_number(at, send->clock);
    at = pack_number(at, send->step);
    at = pack_number(at, (uint64_t)send->count << 1 | send->is_over);
    return pack_time(at, send->last_at, base);
}

void unpack_send(struct unpacker *unpacker, struct send *send, sla_time base)
{
    send->clock = unpack_u32(unpacker);
    send->step = unpack_u32(unpacker);
    uint64_t count = unpack_number(unpacker);
    send->count = (uint32_t)(count >> 1);
    send->is_over = count & 1;
    send->last_at = unpack_time(unpacker, base);
}

unsigned char *pack_past(unsigned char *at, const struct past_cycle *past, sla_time base)
{
    return pack_number(pack_clock(at, &past->clock, base), (uint64_t)past->paused);
}

void unpack_past(struct unpacker *unpacker, struct past_cycle *past, sla_time base)
{
    unpack_clock(unpacker, &past->clock, base);
    past->paused = (sla_duration)unpack_number(unpacker);
}
