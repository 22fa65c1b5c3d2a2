/* SPDX-License-Identifier: MIT */
/* A pool of texts, each held once however many incidents have it, and counted. */
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include "policy/compiled.h"

struct pooled {
    char *data; /* NULL: this number is free */
    uint32_t length;
    uint32_t references; /* of a free number: the next free one */
    uint32_t literal;    /* the text's number in the policy, or 0 */
    uint32_t hash;
};

struct pool {
    const sla_allocator *allocator;
    const sla_policy *policy;
    ARRAY(struct pooled) texts; /* [0] is never used */
    uint32_t *slots;            /* numbers; 0 = free */
    size_t slot_count;
    size_t in_use;
    uint32_t first_free;
    size_t bytes; /* of the texts themselves */
};

void pool_init(struct pool *pool, const sla_allocator *allocator, const sla_policy *policy);
void pool_free(struct pool *pool);

/* The number of a text, with one reference more; 0: no memory. */
uint32_t pool_hold(struct pool *pool, sla_text text);
void pool_hold_again(struct pool *pool, uint32_t number);
void pool_release(struct pool *pool, uint32_t number);

static inline sla_text pool_text(const struct pool *pool, uint32_t number)
{
    const struct pooled *pooled = &pool->texts.items[number];
    return (sla_text){pooled->data, pooled->length};
}

#endif
