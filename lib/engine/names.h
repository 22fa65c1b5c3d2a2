/* SPDX-License-Identifier: MIT */
/* Names: what saved state says instead of a policy's numbers.
 *
 * In memory an incident names metrics, calendars, targets, steps ... by their numbers in its
 * policy. Saved, it names them by their numbers in a list of names that the bytes carry, so that
 * they can be found again in the same policy of a later library, or in another policy (E9). */
#ifndef ENGINE_NAMES_H
#define ENGINE_NAMES_H

#include "engine/pack_draft.h"

/* A number with this bit is that of a name of a policy that is gone (E9); see engine->foreign. */
#define FOREIGN 0x80000000u
static inline bool is_foreign(uint32_t index)
{
    return index != INDEX_NONE && (index & FOREIGN) != 0;
}

/* The kinds of names. Their order is part of the format. */
enum name_kind {
    NAME_METRIC,
    NAME_AGREEMENT,
    NAME_CALENDAR,
    NAME_RULE,  /* a target as it was written */
    NAME_ENTRY, /* of the escalations, with its steps */
    NAME_PAUSE,
    NAME_ATTRIBUTE, /* a slot */
    NAME_LITERAL,
    NAME_SEVERITY,
    NAME_KIND_COUNT,
};

/* Gives every number of a draft to `map` and puts its answer in its place; INDEX_NONE stays as it
   is, and so do the slot 0 and the literal 0. A step is named by its entry and its place in it. */
struct translation {
    uint32_t (*map)(void *user, enum name_kind kind, uint32_t number);
    uint32_t (*map_step)(void *user, uint32_t step);
    void *user;
};
void translate_clock(const struct translation *translation, struct clock *clock);
void translate_draft(const struct translation *translation, struct draft *draft);
/* Attributes that are borrowed. False: no memory. */
bool translate_attributes(const struct translation *translation, struct held *held,
                          const sla_allocator *allocator);

/* Bytes that grow. */
struct bytes {
    const sla_allocator *allocator;
    ARRAY(unsigned char) data;
    bool failed; /* no memory: nothing more is added */
};
/* Room for `more` bytes at the end, or NULL; whoever writes there calls bytes_end(). */
unsigned char *bytes_begin(struct bytes *bytes, size_t more);
void bytes_end(struct bytes *bytes, const unsigned char *at);
void bytes_number(struct bytes *bytes, uint64_t number);
void bytes_signed(struct bytes *bytes, int64_t number);
void bytes_fixed(struct bytes *bytes, uint64_t number); /* eight bytes */
void bytes_text(struct bytes *bytes, sla_text text);

/* A saved step: the number of its entry among the names, and its place in the entry. */
#define SAVED_STEP_BITS 12u

/* The names that something to be saved uses. */
struct names {
    const sla_policy *policy;
    const struct text_table *foreign;
    const sla_allocator *allocator;
    struct name_list {
        ARRAY(uint32_t) used; /* in order of first use */
        uint32_t *places;     /* number -> place in `used` + 1; 0: not used */
        size_t size;
    } lists[NAME_KIND_COUNT];
    bool failed; /* no memory, or more than the format can say */
};
void names_init(struct names *names, const sla_policy *policy, const struct text_table *foreign,
                const sla_allocator *allocator);
void names_free(struct names *names);
/* A translation from the policy's numbers to those of the names, which notes every use. */
struct translation names_translation(struct names *names);
void names_pack(struct names *names, struct bytes *bytes);

#endif
