/* SPDX-License-Identifier: MIT */
/* The attributes that an incident has, as bytes one behind the other: each with its slot (and its
 * name, if the policy never asks for it) and its value, as a literal where the policy names it. So
 * they lie in blocks and in saved state, and so they are changed. */
#ifndef ENGINE_HELD_H
#define ENGINE_HELD_H

#include "engine/pack.h"

struct held_attribute {
    uint32_t slot;    /* the policy's slot, or 0 when the policy never asks for it */
    uint32_t literal; /* of the value; 0: the policy does not name it, or never asks */
    sla_text name;    /* read when the slot is 0 */
    sla_text value;   /* read when the literal is 0 */
};

struct held {
    const unsigned char *bytes; /* borrowed from a block, or those of `own` */
    size_t size, count;
    uint64_t seen; /* a bit for each attribute there is, others may share it: see held_find() */
    ARRAY(unsigned char) own;
};

void held_clear(struct held *held);
/* Borrows the attributes that were packed there. Sets `failed` if there are none. */
void held_borrow(struct held *held, struct unpacker *unpacker);
/* How many, how many bytes, the bytes. */
unsigned char *pack_held(unsigned char *at, const struct held *held);
#define PACKED_HELD_MAX(held) ((held)->size + 2 * PACKED_NUMBER_MAX)

/* Goes through them: begins, and gives the next one; false: there is none (any more). Texts are
   borrowed until the attributes change. */
static inline struct unpacker held_begin(const struct held *held)
{
    return (struct unpacker){held->bytes, held->size == 0 ? held->bytes : held->bytes + held->size,
                             false};
}
bool held_next(struct unpacker *unpacker, struct held_attribute *out_attribute);

/* Where an attribute lies. */
struct held_place {
    size_t from, to; /* its bytes; both at the end if there is none */
};
/* Finds one by its slot or, for the slot 0, by its name. False: there is none. */
bool held_find(const struct held *held, uint32_t slot, sla_text name,
               struct held_attribute *out_attribute, struct held_place *out_place);
/* Puts another one in its place; texts are copied. False: no memory, and nothing has changed. */
bool held_replace(struct held *held, const sla_allocator *allocator, struct held_place place,
                  const struct held_attribute *attribute);
/* One more, behind the others. The same. */
bool held_add(struct held *held, const sla_allocator *allocator,
              const struct held_attribute *attribute);
/* Takes one out; the last one goes to its place. The same. */
bool held_remove(struct held *held, const sla_allocator *allocator, struct held_place place);

#endif
