/* SPDX-License-Identifier: MIT */
/* The format of saved state, version 1; numbers as in pack.h, fixed ones the lowest byte first:
 *
 *   "SLAS", version, kind: a byte each, two bytes 0
 *   fixed: fingerprint (2), now, bytes in all, where the names begin, incidents, events
 *   events that wait
 *   incidents, in order of arrival: id, used and paused of each clock, draft, told ids, past cycles
 *   names: see names.h
 *   fixed: a hash of everything before it
 */
#ifndef ENGINE_SAVE_H
#define ENGINE_SAVE_H

#include "engine/work.h"

#include <sla/state.h>

#define STATE_VERSION 1u
#define STATE_ENGINE 1u
#define STATE_INCIDENT 2u
#define STATE_HEADER 64u /* bytes before the incidents */

struct sla_state {
    sla_allocator allocator;
    struct bytes bytes; /* its allocator is the one above */
};

/* Everything that an unpacked clock does not say and that cannot be asked for when its calendars
   are gone. */
struct clock_sums {
    sla_duration used;   /* until the state's now, or the clock's end */
    sla_duration paused; /* the same */
};

/* Writes the engine (`only` INDEX_NONE) or one incident of it. SLA_OK, _MEMORY, _LIMIT. */
sla_status state_write(const sla_engine *engine, uint32_t only, struct bytes *bytes);

void event_pack(struct bytes *bytes, const sla_event *event);
/* The event that stands for itself; NULL: no memory, or the bytes are wrong (`failed`). */
struct written_event *event_unpack(struct unpacker *unpacker, const sla_allocator *allocator);

#endif
