/* SPDX-License-Identifier: MIT */
/* Loading saved state: its names found again in the policy at hand. */
#ifndef ENGINE_LOAD_H
#define ENGINE_LOAD_H

#include "engine/save.h"

struct saved_step {
    uint32_t type, percent, times;
    sla_duration offset;
};

/* One name of the bytes, and what it is in the policy at hand. */
struct saved_name {
    sla_text text;
    uint32_t index; /* in the policy; FOREIGN | n; INDEX_NONE: gone (a literal, an attribute: 0) */
    bool changed;   /* a calendar: not what it was, though its name is; an entry: other steps */
    uint64_t identity[2];
    struct target_rule rule;
    struct range steps;  /* an entry: in saved_names.steps ... */
    uint32_t first_step; /* ... and its first one in the policy at hand */
    uint32_t place;     /* of a pause in its metric; of a target, of an entry in the policy */
    bool by_event;      /* a pause */
};

struct saved_names {
    const sla_allocator *allocator;
    struct {
        ARRAY(struct saved_name) names;
    } lists[NAME_KIND_COUNT];
    ARRAY(struct saved_step) steps;
    bool damaged; /* a number was asked for that is not there */
};

/* Reads the names. SLA_OK, SLA_ERROR_DATA, SLA_ERROR_MEMORY; free them in any case. */
sla_status saved_names_read(struct saved_names *saved, struct unpacker *unpacker,
                            const sla_allocator *allocator);
void saved_names_free(struct saved_names *saved);
/* Finds them in the engine's policy; names that are not there become foreign ones of the engine.
   SLA_OK or SLA_ERROR_MEMORY. */
sla_status saved_names_resolve(struct saved_names *saved, sla_engine *engine);
struct translation saved_names_translation(struct saved_names *saved);
const struct saved_name *saved_name_at(struct saved_names *saved, enum name_kind kind,
                                       uint32_t number);
/* The step that a saved number means; NULL: there is none. */
const struct saved_step *saved_step_at(struct saved_names *saved, uint32_t step);

/* Bytes while they are loaded. */
struct loading {
    sla_engine *engine;
    struct saved_names names;
    struct unpacker incidents; /* the bytes between header and names */
    uint64_t incident_count, event_count;
    sla_time now;
    bool rebinds; /* the policy is another one */
    struct sla_moves *moves; /* or NULL */
    sla_text id;             /* of the incident at hand ... */
    struct history *history; /* ... and its history */
    ARRAY(struct clock_sums) sums;
    struct draft before; /* rebinding: the draft as it was saved */
};

/* Checks the header and the hash. SLA_OK, SLA_ERROR_DATA. */
sla_status state_read_header(const void *bytes, size_t size, sla_state_info *out_info,
                             uint64_t *out_names);

/* Loads bytes into an engine; nothing is delivered. The statuses of sla_engine_load(). */
sla_status engine_load(sla_engine *engine, const void *bytes, size_t size, bool rebinds,
                       struct sla_moves *moves);

/* Keeps what of a draft is lost when it is translated. False: no memory. */
bool rebind_remember(struct loading *loading, const struct draft *draft);
/* Makes the unpacked, not yet translated draft one of the policy at hand, and tells what that
   changes (E9). */
sla_status rebind_incident(struct loading *loading, struct work *work);
/* Ends steps that nobody wants to be sent, before anything changes. False: no memory. */
bool rebind_end_unwanted(struct loading *loading, struct work *work);
/* What was sent stays sent, also of an ended clock that may be reopened, unless K8 armed it again.
   Other steps than before begin a new round, so that no two facts have one id. False: no memory. */
bool rebind_restore_sends(struct loading *loading, struct work *work, uint32_t index);
/* Did K8 begin anew, perhaps at the very instant at which the clock began? */
bool rebind_is_restarted(const struct work *work, const struct clock *clock,
                         const struct clock *old);

/* Is a translated draft one that an engine could have made by `now`? */
bool draft_is_sound(const struct draft *draft, const sla_engine *engine, sla_time now,
                    bool rebinds);
bool sums_are_sound(const struct clock_sums *sums, size_t count);
/* One clock at most of a metric and kind? SLA_OK, SLA_ERROR_DATA, SLA_ERROR_MEMORY. */
sla_status draft_has_each_clock_once(const struct draft *draft, const sla_allocator *allocator);

struct sla_moves {
    sla_allocator allocator;
    ARRAY(struct sla_move) items;
    struct arena texts;
};
struct sla_moves *moves_new(const sla_allocator *allocator);
bool moves_add(struct sla_moves *moves, const sla_move *move);
/* Is a calendar of the bytes gone, or does it count otherwise now? */
bool rebind_calendar_changed(struct loading *loading, uint32_t calendar);
/* A clock's move as it was before; and what came of it, added to the list if it is one. False: no
   memory. */
sla_move rebind_move_before(struct loading *loading, struct work *work, uint32_t clock);
bool rebind_note_move(struct loading *loading, struct work *work, uint32_t clock, sla_move move);

#endif
