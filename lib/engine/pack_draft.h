/* SPDX-License-Identifier: MIT */
/* Packing clocks and drafts, as saved state has them. What usually has a value that follows from
 * what stands before it is written only when it differs. */
#ifndef ENGINE_PACK_DRAFT_H
#define ENGINE_PACK_DRAFT_H

#include "engine/draft.h"

/* A clock; `base` is an instant near which its own lie. */
#define PACKED_CLOCK_MAX 512u
unsigned char *pack_clock(unsigned char *at, const struct clock *clock, sla_time base);
void unpack_clock(struct unpacker *unpacker, struct clock *clock, sla_time base);

/* Items of a draft's lists; `base` is the instant of the incident's opening. */
unsigned char *pack_head(unsigned char *at, const struct incident_head *head);
void unpack_head(struct unpacker *unpacker, struct incident_head *head);
unsigned char *pack_span(unsigned char *at, const struct span *span, sla_time base);
void unpack_span(struct unpacker *unpacker, struct span *span, sla_time base);
unsigned char *pack_cause(unsigned char *at, const struct cause *cause, sla_time base);
void unpack_cause(struct unpacker *unpacker, struct cause *cause, sla_time base);
unsigned char *pack_send(unsigned char *at, const struct send *send, sla_time base);
void unpack_send(struct unpacker *unpacker, struct send *send, sla_time base);

/* A cycle that is over. */
#define PACKED_PAST_MAX (PACKED_CLOCK_MAX + PACKED_NUMBER_MAX)
unsigned char *pack_past(unsigned char *at, const struct past_cycle *past, sla_time base);
void unpack_past(struct unpacker *unpacker, struct past_cycle *past, sla_time base);

/* A whole draft without its history. `pack_bound` is how many bytes it may take at most. */
size_t pack_bound(const struct draft *draft);
unsigned char *pack_draft(unsigned char *at, const struct draft *draft);
/* SLA_OK; SLA_ERROR_MEMORY; SLA_ERROR_DATA: these bytes were never packed. Attributes, and what was
   told, are borrowed from the bytes; `allocator` is the draft's. */
sla_status unpack_draft(struct unpacker *unpacker, struct draft *draft,
                        const sla_allocator *allocator);

#endif
